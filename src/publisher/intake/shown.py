"""Sources → the words that they show, in passages, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, count, islice

from publisher.intake.source import (
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceTable,
    paragraphs_in,
)

_BLANK = re.compile("[\\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x1f]+")


def ink(words: str) -> str:
    """Words without blanks, and without what nobody sees."""
    return _BLANK.sub("", words)


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """A paragraph, or a note to one, without blanks."""

    words: str
    source: str
    number: int
    """Of its paragraph."""
    table: int = 0
    """Which table of all sources it stands in, from 1; 0 outside tables."""
    cell: SourceCell | None = None
    lines: tuple[int, ...] = ()
    """Before which of its characters a line was ended by hand."""


def passages_of(sources: Iterable[SourceFile]) -> Iterator[SourcePassage]:
    """All passages of sources in reading order, those without ink aside.

    Notes stand where they are printed: below their table, at the end of their source.
    """
    tables = count(1)
    for source in sources:
        notes: list[SourcePassage] = []
        for passage in (*_passages(source.blocks, source.name, tables, notes), *notes):
            if passage.words:
                yield passage


def _passages(
    blocks: Iterable[SourceBlock],
    source: str,
    tables: Iterator[int],
    notes: list[SourcePassage],
    table: int = 0,
    cell: SourceCell | None = None,
) -> Iterator[SourcePassage]:
    """Passages in order, those of notes gathered in `notes`."""
    for block in blocks:
        if isinstance(block, SourceParagraph):
            lines = [ink(line) for line in block.words.split("\n")]
            begins = tuple(accumulate(map(len, lines[:-1])))
            yield SourcePassage("".join(lines), source, block.number, table, cell, begins)
            for words in _notes(block):
                notes.append(SourcePassage(ink(words), source, block.number))  # in no cell
        elif isinstance(block, SourceTable):
            number = next(tables)
            own = notes if cell else []
            is_frame = _is_frame(block)
            for inner in block.cells:
                # A table in a cell of another is read as lines of that cell, unless the outer one
                # only stands around it.
                place = (table, cell) if cell else (number, None if is_frame else inner)
                yield from _passages(inner.blocks, source, tables, own, *place)
            yield from () if cell else own


def _is_frame(table: SourceTable) -> bool:
    """Whether a table has words in one cell alone, and a table among them."""
    around = [cell for cell in table.cells if any(map(_is_table, cell.blocks))]
    inked = (cell for cell in table.cells if any(map(_has_ink, cell.blocks)))
    return len(around) == 1 and list(islice(inked, 2)) == around


def _is_table(block: SourceBlock) -> bool:
    return isinstance(block, SourceTable)


def _has_ink(block: SourceBlock) -> bool:
    return any(ink(each.words) for each in paragraphs_in((block,)))


def _notes(paragraph: SourceParagraph) -> Iterator[str]:
    for run in paragraph.runs:
        if run.note:
            yield "".join(part.words for part in run.note)
