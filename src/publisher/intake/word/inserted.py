"""A whole file that stands in a Word file (altChunk) → its blocks, counted on from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from publisher.intake.source import (
    SourceBlock,
    SourceFile,
    SourceSpot,
    SourceTable,
)

ReadInserted = Callable[[bytes], SourceFile]
"""Reads a file that was inserted; Unreadable where it cannot."""
MOST_INSERTED = 20
"""Files that are read of those that a file has inserted."""


def counted_on(source: SourceFile, before: int) -> SourceFile:
    """The same with the numbers that its paragraphs have behind so many of another file."""
    return replace(
        source,
        blocks=tuple(_block(each, before) for each in source.blocks),
        left_out=tuple(replace(each, number=_on(each.number, before)) for each in source.left_out),
        remarks=tuple(replace(each, number=_on(each.number, before)) for each in source.remarks),
    )


def spots_on(source: SourceFile, paragraphs: int, tables: int) -> list[SourceSpot]:
    """Where its paragraphs stand behind so many paragraphs and tables; nobody knows their pages."""
    return [
        replace(
            spot,
            page=None,
            paragraph=_on(spot.paragraph, paragraphs),
            table=_on(spot.table, tables),
        )
        for spot in source.spots
    ]


def _on(number: int, before: int) -> int:
    """A number counted on; 0, which says that there is none, stays."""
    return number + before if number else 0


def _block(block: SourceBlock, before: int) -> SourceBlock:
    if not isinstance(block, SourceTable):
        return replace(block, number=block.number + before)
    cells = (
        replace(cell, blocks=tuple(_block(each, before) for each in cell.blocks))
        for cell in block.cells
    )
    return replace(block, number=block.number + before, cells=tuple(cells))
