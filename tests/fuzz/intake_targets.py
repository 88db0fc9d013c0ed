"""Files of others as `import` takes them: each word is accounted for, whatever they hold."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from random import Random
from typing import Any

import seeds
from engine import Broken, Target
from grammars import CSV, HTML, MARKDOWN, OFD, PDF, SHEET, WORD
from mutations import Grammar, of_package, of_pdf, of_text, pack, part_of, unpack

from conftest import ROOT, resolved
from publisher.files import Unreadable
from publisher.intake import take_in
from publisher.intake.account import MADE_UP, account
from publisher.intake.result import Certainty, Intake
from publisher.intake.source import Run, SourceBlock, SourceFile, SourceTable, paragraphs_in
from publisher.renderers import text

sys.path.append(str(ROOT / "tests" / "foreign"))
import page_habits
from answers import typed
from other_habits import text_of, workbook
from word_habits import Habit, word_file

CHINESE = re.compile("[\u4e00-\u9fff]")
_BLANK = re.compile(r"\s+")


def _hold(holds: object, promise: str, about: object = "") -> None:
    if not holds:
        raise Broken(promise, about)


# -- what holds of a file that was read -------------------------------------------------


def taken_in(suffix: str) -> Callable[[bytes], str]:
    """What reads an input as a file of a suffix, and says what came of it."""

    def read(data: bytes) -> str:
        bureau = seeds.small().bureau
        with kept_inside():
            try:
                intake = take_in([(f"a{suffix}", data)], bureau, "case")
            except Unreadable as error:
                message = str(error)
                _hold(
                    CHINESE.search(message) and "\n" not in message,
                    "why is told in Chinese",
                    message,
                )
                return "refused"
            _is_whole(intake)
            counted = account(intake.sources, intake.document, intake.left_out)
            surplus = sum(len(each.words) for each in counted.surplus if each.why == MADE_UP)
            said = counted.kept + counted.dropped + counted.missing - surplus
            _hold(said == counted.held, "the account adds up", (said, counted.held))
        if not counted.is_whole:
            return "unaccounted"
        return "questions" if intake.questions else "taken in"

    return read


def _is_whole(intake: Intake) -> None:
    for source in intake.sources:
        _hold(*_accounted(source))
        _hold(source.called and source.name, "what a file is, is told")
    decided = {each.number for each in intake.decisions}
    for source in intake.sources:
        for block in source.blocks:
            if isinstance(block, SourceTable) or _says(block):
                _hold(_is_decided(block, decided), "each block is decided on", block)
    for decision in intake.decisions:
        _hold(decision.reason, "each decision has a reason", decision)
        is_asked = decision.certainty is Certainty.ASKED
        _hold(decision.question or not is_asked, "what is doubtful is asked", decision)
    text.render(resolved(intake.document))


def _says(block: SourceBlock) -> bool:
    return any(each.words.strip() for each in paragraphs_in((block,)))


def _is_decided(block: SourceBlock, decided: set[int]) -> bool:
    return block.number in decided or any(
        each.number in decided for each in paragraphs_in((block,))
    )


def _accounted(source: SourceFile) -> tuple[bool, str, object]:
    """Whether a source has all words of its file, and no others."""
    kept = [words for each in paragraphs_in(source.blocks) for words in _words(each.runs)]
    kept += [each.words for each in source.left_out]
    held, has = _characters([source.raw]), _characters(kept)
    return (
        held == has,
        "all words of a file are in its source",
        (dict(held - has), dict(has - held)),
    )


def _words(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        yield run.words
        if run.note:
            yield from _words(run.note)


def _characters(words: Sequence[str]) -> Counter[str]:
    return Counter(_BLANK.sub("", "".join(words)))


# -- nothing outside --------------------------------------------------------------------

_FETCHES = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")
_CHANGES = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
)
_INSIDE = "nothing is fetched or written outside"
_seen: list[str] | None = None
_owner = 0
"""The process that has this list: what others do that were forked off, they say by failing."""


def _hear(event: str, given: tuple[Any, ...]) -> None:
    if _seen is None:
        return
    in_folder = any(isinstance(each, int) and each >= 0 for each in given[1:])  # opened before
    is_change = (event in _CHANGES and not in_folder) or (event == "open" and _writes(given))
    if event in _FETCHES or (is_change and _is_outside(given[0])):
        if os.getpid() != _owner:
            raise Broken(_INSIDE, f"{event} {given}")
        _seen.append(f"{event} {given}")


def _writes(given: tuple[Any, ...]) -> bool:
    mode = given[1]
    return isinstance(mode, str) and any(letter in mode for letter in "wax+")


def _is_outside(path: object) -> bool:
    name = str(path)
    allowed = (tempfile.gettempdir(), "/dev/", "/proc/")
    return not isinstance(path, int) and "__pycache__" not in name and not name.startswith(allowed)


@cache
def _listen() -> None:
    sys.addaudithook(_hear)


@contextmanager
def kept_inside() -> Iterator[None]:
    """Nothing is fetched, and nothing written outside of what is temporary."""
    global _seen, _owner
    _listen()
    _seen, _owner = [], os.getpid()
    try:
        yield
        _hold(not _seen, _INSIDE, _seen)
    finally:
        _seen = None


# -- seeds ------------------------------------------------------------------------------

_PARTS = re.compile(r"\[Content|_rels|word/(?:_rels|document|numbering|comments|footnotes)")
_HABITS = {
    "joint": Habit(numbers="auto", headings="styles"),
    "minutes": Habit(mark="vml", indents="blanks"),
    "letter": Habit(mark="drawing", half_width=True, revises=True),
    "request": Habit(mark="table", imprint="table"),
}


@cache
def _word_files() -> tuple[bytes, ...]:
    foreign = (word_file(typed(name), habit) for name, habit in _HABITS.items())
    return (*seeds.word_files(), *map(_reduced, foreign))


def _reduced(data: bytes) -> bytes:
    """A Word file without the hundred styles that its template has."""
    parts = {name: part for name, part in unpack(data).items() if _PARTS.match(name)}
    small = unpack(seeds.word_files()[0])
    return pack({**parts, "word/styles.xml": small["word/styles.xml"]})


@cache
def _pages() -> tuple[bytes, ...]:
    some = [typed(name) for name in ("joint", "group", "forwarded", "attachments", "letter")]
    makers = (
        page_habits.span_soup,
        page_habits.with_breaks,
        page_habits.in_tables,
        page_habits.with_mobile_copy,
        page_habits.with_elements,
    )
    made = [make(page_habits.on_page(each)) for make, each in zip(makers, some, strict=True)]
    return (*seeds.pages()[:4], *made, page_habits.saved_by_word(typed("request")))


@cache
def _archives() -> tuple[bytes, ...]:
    """Pages with all that belongs to them in a file, as browsers save them."""
    (page, *_) = _pages()
    head = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"
        b' type="text/html"; boundary="----b"\r\n\r\n------b\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://a.cn/1.html\r\n\r\n"
    )
    tail = (
        b"\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: https://a.cn/a.png\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
    )
    return tuple(head + each + tail for each in (page, *_pages()[4:6]))


@cache
def _texts() -> tuple[bytes, ...]:
    some = [typed(name) for name in ("opinion", "request", "group", "emergency")]
    return tuple(
        text_of(each, wraps=bool(number % 2), encoding="utf-8") for number, each in enumerate(some)
    )


@cache
def workbooks() -> tuple[bytes, ...]:
    """XLSX: tables of others, without the theme that theirs have."""
    return tuple(
        pack({name: part for name, part in unpack(data).items() if "theme" not in name})
        for data in map(workbook, map(typed, ("plan", "attachments", "circular")))
    )


_GB = re.compile(rb"charset=[\"']?gb[k\d]", re.IGNORECASE)


def _of_encoded(grammar: Grammar) -> Callable[[Random, Sequence[bytes]], bytes]:
    """Makes inputs of text whose seeds are in UTF-8 or GB 18030; each is in either."""
    changes = of_text(grammar)

    def mutate(random: Random, some: Sequence[bytes]) -> bytes:
        changed = changes(random, [_in_utf8(each) for each in some])
        if random.random() < 0.7:
            return changed
        return changed.decode("utf-8", "replace").encode("gb18030")

    return mutate


@cache
def _in_utf8(seed: bytes) -> bytes:
    encoding = "gb18030" if _GB.search(seed) else "utf-8"
    return _GB.sub(b"charset=utf-8", seed).decode(encoding, "replace").encode()


def _target(
    suffix: str,
    seeds_: Callable[[], Sequence[bytes]],
    mutate: Callable[[Random, Sequence[bytes]], bytes],
    short: int,
) -> Target:
    name = f"import-{suffix[1:]}"
    return Target(name, suffix, seeds_, mutate, taken_in(suffix), 10_000, short)


INTAKE = (
    _target(".docx", _word_files, of_package(part_of(WORD)), 60),
    _target(".html", _pages, _of_encoded(HTML), 40),
    _target(".mhtml", _archives, _of_encoded(HTML), 20),
    _target(".txt", _texts, _of_encoded(MARKDOWN), 40),
    _target(".xlsx", workbooks, of_package(part_of(SHEET)), 30),
    _target(".csv", seeds.tables, of_text(CSV), 30),
    _target(".pdf", seeds.prints, of_pdf(PDF), 15),
    _target(".ofd", seeds.ofd_prints, of_package(part_of(OFD)), 20),
)
