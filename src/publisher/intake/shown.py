"""Sources → the words that they show, in passages, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from publisher.intake.source import (
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceTable,
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


def passages_of(sources: Iterable[SourceFile]) -> Iterator[SourcePassage]:
    """All passages of sources in reading order, those without ink aside."""
    tables = count(1)
    for source in sources:
        for passage in _passages(source.blocks, source.name, tables):
            if passage.words:
                yield passage


def _passages(
    blocks: Iterable[SourceBlock],
    source: str,
    tables: Iterator[int],
    table: int = 0,
    cell: SourceCell | None = None,
) -> Iterator[SourcePassage]:
    for block in blocks:
        if isinstance(block, SourceParagraph):
            for words in (block.words, *_notes(block)):
                yield SourcePassage(ink(words), source, block.number, table, cell)
        elif isinstance(block, SourceTable):
            number = next(tables)
            for inner in block.cells:
                yield from _passages(inner.blocks, source, tables, number, inner)


def _notes(paragraph: SourceParagraph) -> Iterator[str]:
    for run in paragraph.runs:
        if run.note:
            yield "".join(part.words for part in run.note)
