"""Rows of a version of a table → the words of each cell, and which of them are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publisher.changes import NOTE_MARK
from publisher.compare.words import Run, Runs, run
from publisher.model import Row
from publisher.spans import Span, Spot, filled, spans


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Rows with what each of their cells spans."""

    rows: tuple[Row, ...]
    """As their author wrote them."""
    shown: tuple[Row, ...]
    """Each cell with the words of what it is one with."""
    spans: list[list[Span]] | None
    """None where each cell stands for itself."""

    def origin(self, row: int, column: int) -> Spot:
        """Where the cell begins that stands in a place."""
        if self.spans is None:
            return row, column
        span = self.spans[row][column]
        return span.row, span.column

    def lines(self, row: int, columns: Iterable[int]) -> Iterator[str]:
        """The words of a row's cells; what reaches over several columns has them in the first."""
        for column in columns:
            begins = self.origin(row, column)[1] == column
            yield self.shown[row].cells[column].text if begins else ""


def grid(rows: Sequence[Row]) -> CellGrid:
    """The grid of rows of one table."""
    signs = [[cell.merge for cell in row.cells] for row in rows]
    has_merges = any(sign for line in signs for sign in line)
    return CellGrid(tuple(rows), filled(rows), spans(signs)[0] if has_merges else None)


def cell(row: Row | None, index: int | None) -> str:
    """What stands in a cell; nothing where there is no such row or column."""
    return "" if row is None or index is None else row.cells[index].text


def cell_runs(row: Row | None, index: int | None) -> Runs:
    """The same, with the mark of its note."""
    words = run(cell(row, index))
    note = None if row is None or index is None else row.cells[index].note
    return words if note is None else (*words, Run(NOTE_MARK, note=run(note)))
