"""Rows made of three versions → the same, their merged cells being those of one of the versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publisher.model import Cell, Row
from publisher.spans import Spot, filled, spans
from publisher.takeback.merging.sequences import Indices


class Regions:
    """The merged cells of a version, by where its rows and columns stand in what was made."""

    def __init__(
        self, rows: Sequence[Row], row_of: Sequence[Indices], column_of: Sequence[Indices]
    ) -> None:
        self.row_of, self.column_of = row_of, column_of
        self.filled = filled(rows)
        self.origins = _origins(rows)
        self.row_at = {at[0]: n for n, at in enumerate(row_of) if at}
        self.column_at = {at[0]: n for n, at in enumerate(column_of) if at}

    def has(self, n: int, m: int) -> bool:
        """Whether the version has what stands in a place."""
        return bool(self.row_of[n] and self.column_of[m])

    def origin(self, n: int, m: int) -> tuple[int | None, int | None] | None:
        """Where in what was made the cell of a place begins; None where the version lacks it."""
        if not self.has(n, m):
            return None
        row, column = self.origins[self.row_of[n][0]][self.column_of[m][0]]
        return self.row_at.get(row), self.column_at.get(column)

    def whole(self, n: int, m: int) -> Cell:
        """The cell of a place with the words of that which it is one with."""
        cell = self.filled[self.row_of[n][0]].cells[self.column_of[m][0]]
        return replace(cell, merge=None)


def standing_alone(made: Sequence[Row], versions: Sequence[Regions]) -> tuple[Row, ...]:
    """The rows; a cell that is one with another in no version says its words itself."""
    origins = _origins(made)

    def stands(cell: Cell, n: int, m: int) -> Cell:
        known = [each for each in versions if each.has(n, m)]
        if cell.merge is None or origins[n][m] in [each.origin(n, m) for each in known]:
            return cell
        return known[0].whole(n, m) if known else replace(cell, merge=None)

    return tuple(
        replace(row, cells=tuple(stands(cell, n, m) for m, cell in enumerate(row.cells)))
        for n, row in enumerate(made)
    )


def _origins(rows: Sequence[Row]) -> list[list[Spot]]:
    made, _ = spans([[cell.merge for cell in row.cells] for row in rows])
    return [[(span.row, span.column) for span in line] for line in made]
