"""Words of a block of a page, as they are written → paragraphs of runs, as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.intake.page.looks import Looks
from publisher.intake.source import Run, alike_as_one
from publisher.model import LevelForm
from publisher.words.invisible import without_invisible
from publisher.words.numbering import typed

BREAK = "\n"
"""What stands for `<br>` among words; none in the words themselves is kept but in `<pre>`."""
_WRITTEN = re.compile(r"[ \t\n\r\f\v]+")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。；：？！、（）《》“”]")
_OTHER_BLANKS = {0xA0: " ", 0x2002: " ", 0x2003: "\u3000", 0x2009: " "}
_BLANKS = " \t\u3000"
_INDENTED = re.compile("[ \t]{4}|\u3000{2}|[ \t]*\u3000[ \t\u3000]")
_NUMBERED = re.compile(rf"\s*{typed(LevelForm.PART, LevelForm.CLAUSE)}")
_ENDED = re.compile(r"[。！？；：][”’）」』]?$")


def shown(pieces: Sequence[tuple[str, Looks]]) -> list[Run]:
    """Words with their blanks as a browser shows them, those that look alike joined."""
    runs: list[Run] = []
    before = BREAK
    for words, looks in pieces:
        plain = without_invisible(words)
        if not looks.keeps_blanks and words != BREAK:
            plain = _collapsed(plain, before)
        plain = plain.translate(_OTHER_BLANKS)
        if plain:
            runs.append(looks.run(plain))
            before = words[-1:] if words == BREAK else _last(words, plain)
    return list(alike_as_one(runs))


def _last(words: str, plain: str) -> str:
    """The character that the next words follow; a blank that may be shown is none of the source."""
    return "\u00a0" if plain[-1] == " " and words[-1] == "\u00a0" else plain[-1]


def _collapsed(words: str, before: str) -> str:
    """Words in which blanks of the source are one; none at the beginning of a line.

    An end of a line of the source between Chinese characters is none: it was put there by a tool.
    """

    def blank(match: re.Match[str]) -> str:
        left = words[match.start() - 1] if match.start() else before
        right = words[match.end() : match.end() + 1]
        is_broken = "\n" in match.group() and _WIDE.match(left) and _WIDE.match(right)
        return "" if left in ("\n", " ") or is_broken else " "

    return _WRITTEN.sub(blank, words)


def paragraphs(runs: Sequence[Run], parts_all: bool) -> Iterator[tuple[Run, ...]]:
    """The paragraphs of a block; lines that belong together stay in one.

    `parts_all`: each line that was ended ends a paragraph, as in blocks that hold several.
    """
    gathered: list[Run] = []
    before = ""
    is_parted = False
    for line in _lines(runs):
        words = "".join(run.words for run in line)
        if not words.strip():
            is_parted = True
            continue
        is_numbered = _ENDED.search(before) and _NUMBERED.match(words)
        parts = is_parted or parts_all or _INDENTED.match(words) or is_numbered
        if gathered and parts:
            yield _trimmed(gathered)
            gathered = []
        gathered += [Run(BREAK), *line] if gathered else line
        before, is_parted = words.rstrip(_BLANKS), False
    if gathered:
        yield _trimmed(gathered)


def _lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        first, *rest = run.words.split(BREAK)
        line.append(replace(run, words=first))
        for words in rest:
            yield [part for part in line if part.words]
            line = [replace(run, words=words)]
    yield [part for part in line if part.words]


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs without blanks at their end; a break looks as what stands before it."""
    kept: list[Run] = []
    for run in runs:
        if run.words == BREAK and kept:
            kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip(_BLANKS) + BREAK)
        else:
            kept.append(run)
    while kept and not kept[-1].words.rstrip(_BLANKS):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip(_BLANKS))
    return tuple(alike_as_one(kept))
