"""Marks in a text and lines at its end that begin with them → the notes where their marks stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.intake.recognise.looks import without_first
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import Run, RunShift, SourceBlock, SourceFile, SourceParagraph

_MARK = r"(?:[\[［〔]\s*[0-9]{1,3}\s*[\]］〕]|[①-⑳㉑-㉟㊱-㊿])"
_LINK = "a"
"""The style of what leads somewhere in a page."""
_IS_MARK = re.compile(_MARK)
_BEGINS = re.compile(rf"\s*(?P<mark>{_MARK})\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class NotedText:
    """The blocks of a text with its notes where their marks stood."""

    blocks: tuple[SourceBlock, ...]
    decisions: tuple[Decision, ...] = ()
    """Of the lines of notes."""


def with_notes(blocks: Sequence[SourceBlock], source: SourceFile) -> NotedText:
    """The text with typed notes as notes, where marks and notes agree one by one; else as it is."""
    ends = _notes_at_end(blocks)
    body = blocks[: len(blocks) - len(ends)]
    marks = [mark for block in body if isinstance(block, SourceParagraph) for mark in _marks(block)]
    if not ends or marks != [_mark_of(each) for each in ends]:
        return NotedText(tuple(blocks))
    notes = iter(ends)
    made = tuple(
        _noted(block, notes) if isinstance(block, SourceParagraph) else block for block in body
    )
    decisions = (
        Decision(
            each.number,
            each.words,
            Role.NOTE,
            certainty=Certainty.LIKELY,
            reason="文末的注，文中有它的序号",
            source=source.name,
        )
        for each in ends
    )
    return NotedText(made, tuple(decisions))


def _notes_at_end(blocks: Sequence[SourceBlock]) -> list[SourceParagraph]:
    ends: list[SourceParagraph] = []
    for block in reversed(blocks):
        if not isinstance(block, SourceParagraph) or not _BEGINS.match(block.words):
            break
        ends.insert(0, block)
    return ends


def _mark_of(paragraph: SourceParagraph) -> str:
    match = _BEGINS.match(paragraph.words)
    return _bare(match["mark"]) if match else ""


def _bare(mark: str) -> str:
    return re.sub(r"[\[\]［］〔〕\s]", "", mark)


def _marks(paragraph: SourceParagraph) -> list[str]:
    return [_bare(run.words) for run in paragraph.runs if _is_mark(run)]


def _is_mark(run: Run) -> bool:
    """Whether a run is the mark of a note: above the line, or one that leads to the note."""
    is_set_apart = run.shift is RunShift.RAISED or run.style == _LINK
    return is_set_apart and bool(_IS_MARK.fullmatch(run.words.strip()))


def _noted(paragraph: SourceParagraph, notes: Iterator[SourceParagraph]) -> SourceParagraph:
    runs = tuple(
        replace(run, words="", style="", shift=RunShift.NONE, note=_words_of(next(notes)))
        if _is_mark(run)
        else run
        for run in paragraph.runs
    )
    return replace(paragraph, runs=runs)


def _words_of(note: SourceParagraph) -> tuple[Run, ...]:
    match = _BEGINS.match(note.typed)
    return without_first(note.runs, match.end() if match else 0)
