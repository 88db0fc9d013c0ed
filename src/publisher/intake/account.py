"""Sources and the document made of them → what became of every word.

Whatever a source shows, its automatic numbers too, is looked for in what the document prints. What
the program writes of what the content says otherwise (a date, a number, a bracket) may differ from
what was typed by its form alone, and is listed then; all else is the same, character by character
and in the same order, or is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from publisher.intake.aligned import aligned
from publisher.intake.matching import First, Matching
from publisher.intake.prints import units_of
from publisher.intake.shown import ink, passages_of
from publisher.intake.source import LeftOut, SourceFile, paragraphs_in
from publisher.intake.whereabouts import Whereabouts
from publisher.model import Document
from publisher.resolve import resolve

MADE_UP = "读出的比文件里多"
"""Why words are surplus that a reader gave, and its file does not hold."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Words that the program prints in another form than they were typed."""

    before: str
    after: str
    source: str = ""
    number: int = 0
    """Of their paragraph."""


@dataclass(frozen=True, slots=True)
class Account:
    """Every character of the sources, blanks aside, by what became of it."""

    held: int
    """How many the sources hold, counted by themselves, automatic numbers among them."""
    kept: int
    """How many the document prints, in another form some of them."""
    left_out: tuple[LeftOut, ...]
    """Those that become no content, each with why."""
    lost: tuple[LeftOut, ...]
    """Those of which nobody knows: a fault of the program, told as that."""
    surplus: tuple[LeftOut, ...] = ()
    """What stands in the content and in no source, or more often than there; `number` is that of
    the paragraph before it."""
    misplaced: tuple[LeftOut, ...] = ()
    """What stands in another order than in the source, or in another cell."""
    rewritten: tuple[Rewritten, ...] = ()
    """What is printed in another form."""
    added: tuple[str, ...] = ()
    """What the document prints and no source has: numbers, marks of attachments."""

    @property
    def is_whole(self) -> bool:
        """Whether every word is accounted for: each is found, and they are as many."""
        is_told = bool(self.lost or self.surplus or self.misplaced)
        return not is_told and self.held == self.kept + self.dropped

    @property
    def untold(self) -> int:
        """How many characters are lost, or stand where nobody put them."""
        amiss = (*self.lost, *self.surplus, *self.misplaced)
        return sum(len(ink(each.words)) for each in amiss)

    @property
    def dropped(self) -> int:
        """How many characters become no content."""
        return sum(len(ink(each.words)) for each in self.left_out)

    @property
    def missing(self) -> int:
        """How many characters nobody knows of."""
        return sum(len(ink(each.words)) for each in self.lost)


def account(
    sources: Sequence[SourceFile], document: Document, left_out: Sequence[LeftOut]
) -> Account:
    """What became of every word, by what `document` prints, read again from the files written.

    `left_out` is what was left out by whoever recognised the sources; what their readers left out
    they say themselves.
    """
    passages, units = tuple(passages_of(sources)), units_of(resolve(document))
    best: Account | None = None
    for first in First:  # the next where words repeat in other passages
        matching = Matching(passages, units, left_out, first)
        made = _account_of(matching, sources)
        best = made if best is None or made.untold < best.untold else best
        if best.is_whole:
            break
    assert best is not None
    return best


def _account_of(matching: Matching, sources: Sequence[SourceFile]) -> Account:
    unread = tuple(chain.from_iterable(map(_unread, sources)))
    of_readers = (
        replace(each, source=source.name) for source in sources for each in source.left_out
    )
    whereabouts = Whereabouts(matching)
    lost, dropped = (*unread, *whereabouts.lost()), (*of_readers, *matching.dropped)
    return Account(
        held=sum(map(_held, sources)),
        kept=matching.kept,
        left_out=dropped,
        lost=lost,
        surplus=(*chain.from_iterable(map(_made_up, sources)), *whereabouts.surplus()),
        misplaced=tuple(whereabouts.misplaced()),
        rewritten=tuple(
            Rewritten(before, after, matching.passages[at].source, matching.passages[at].number)
            for before, after, at in matching.rewritten
        ),
        added=tuple(whereabouts.added()),
    )


def _held(source: SourceFile) -> int:
    """How many characters a file holds, by a walk of its own, and its automatic numbers."""
    labels = (ink(paragraph.label) for paragraph in paragraphs_in(source.blocks))
    return len(ink(source.raw)) + sum(map(len, labels))


def _read(source: SourceFile) -> str:
    """All that its reader gave of a file."""
    paragraphs = list(paragraphs_in(source.blocks))
    given = [paragraph.typed for paragraph in paragraphs]
    given += [
        "".join(run.words for run in note)
        for paragraph in paragraphs
        for note in (run.note for run in paragraph.runs)
        if note
    ]
    return ink("".join([*given, *(each.words for each in source.left_out)]))


def _unread(source: SourceFile) -> Iterator[LeftOut]:
    """What a file holds, by a walk of its own, and its reader gave nobody."""
    yield from _missing(ink(source.raw), _read(source), "没有读出", source)


def _made_up(source: SourceFile) -> Iterator[LeftOut]:
    """What the reader of a file gave, and the file does not hold, or not so often."""
    yield from _missing(_read(source), ink(source.raw), MADE_UP, source)


def _missing(words: str, there: str, why: str, source: SourceFile) -> Iterator[LeftOut]:
    """Characters that stand more often in some words than in others."""
    missing = Counter(words) - Counter(there)
    if not missing:
        return
    taken = set(aligned(words, there))
    for is_lost, run in groupby(range(len(words)), lambda at: at not in taken):
        part = "".join(words[at] for at in run) if is_lost else ""
        part = part if Counter(part) <= missing else ""  # else it only stands elsewhere
        if part:
            missing -= Counter(part)
            yield LeftOut(part, why, source=source.name)
    if rest := "".join(missing.elements()):
        yield LeftOut(rest, why, source=source.name)
