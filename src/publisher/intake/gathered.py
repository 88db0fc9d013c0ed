"""Paragraphs and tables as a reader meets them → numbered blocks, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from publisher.intake.source import (
    Look,
    Room,
    Run,
    SourceBlock,
    SourceCell,
    SourceParagraph,
    SourcePicture,
    SourceSpot,
    SourceTable,
)


@dataclass(frozen=True, slots=True)
class GatheredCell:
    """A cell with the runs of each of its paragraphs."""

    row: int
    column: int
    """Its place in the grid, from 0."""
    paragraphs: tuple[tuple[Run, ...], ...]
    rows: int = 1
    columns: int = 1
    look: Look = Look()


@dataclass
class Gathered:
    """The blocks of a file up to here."""

    blocks: list[SourceBlock] = field(default_factory=list)
    spots: list[SourceSpot] = field(default_factory=list)
    outside: int = 0
    """How many paragraphs stand in no table."""
    tables: int = 0

    @property
    def number(self) -> int:
        """Of the last paragraph."""
        return len(self.spots)

    def paragraph(
        self,
        runs: tuple[Run, ...],
        look: Look | None = None,
        page: int | None = None,
        room: Room = Room.TEXT,
    ) -> None:
        """A paragraph in no table."""
        self._next_outside(page, room)
        self.blocks.append(SourceParagraph(self.number, runs, look=look or Look(), room=room))

    def picture(self, picture: SourcePicture, page: int | None = None) -> None:
        """A picture that stands by itself."""
        self._next_outside(page, picture.room)
        self.blocks.append(replace(picture, number=self.number))

    def _next_outside(self, page: int | None, room: Room) -> None:
        self.outside += 1
        self.spots.append(SourceSpot(page, self.outside, room=room))

    def table(
        self, cells: Iterable[GatheredCell], frame: SourceTable, page: int | None = None
    ) -> None:
        """A table: `frame` with these cells; nothing where none of them has words."""
        first = self.number + 1
        self.tables += 1
        made = [self._cell(cell, page) for cell in cells]
        if self.number < first:
            self.tables -= 1
            return
        self.blocks.append(replace(frame, number=first, cells=tuple(made)))

    def _cell(self, cell: GatheredCell, page: int | None) -> SourceCell:
        blocks: list[SourceBlock] = []
        for runs in cell.paragraphs:
            place = SourceSpot(page, table=self.tables, row=cell.row + 1, column=cell.column + 1)
            self.spots.append(place)
            blocks.append(SourceParagraph(self.number, runs, look=cell.look))
        return SourceCell(cell.row, cell.column, tuple(blocks), cell.rows, cell.columns)
