"""The signs of merged cells → what each cell of a grid spans, and the signs that make no cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from publisher.model import Cell, Column, ColumnRole, Merge, Row, SetCell, SetRow

Signs = Sequence[Sequence[Merge | None]]
"""Rows of a grid, each as long as the others."""
Spot = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as it is drawn: where it begins, and how many rows and columns it takes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


def spans(signs: Signs) -> tuple[list[list[Span]], list[Spot]]:
    """For each place of the grid the cell that stands there; the signs that make no rectangle.

    A sign leads to the cell on its left or above it, and what leads to the same cell is one with
    it. Where that is no rectangle, or leads out of the grid, each place is a cell of its own.
    """
    origins = _origins(signs)
    members: dict[Spot, list[Spot]] = {}
    for row, line in enumerate(origins):
        for column, origin in enumerate(line):
            members.setdefault(origin, []).append((row, column))
    made = [[Span(row, column) for column in range(len(line))] for row, line in enumerate(signs)]
    wrong: list[Spot] = []
    for origin, spots in members.items():
        if len(spots) == 1 and _sign_at(signs, origin) is None:
            continue
        span = _around(origin, spots)
        if span.rows * span.columns != len(spots) or _sign_at(signs, origin) is not None:
            wrong += [spot for spot in spots if _sign_at(signs, spot) is not None]
            continue
        for row, column in spots:
            made[row][column] = span
    return made, sorted(wrong)


def _sign_at(signs: Signs, spot: Spot) -> Merge | None:
    return signs[spot[0]][spot[1]]


def _origins(signs: Signs) -> list[list[Spot]]:
    """For each place that to which its sign leads in the end; itself where it has none."""
    origins: list[list[Spot]] = []
    for row, line in enumerate(signs):
        origins.append([])
        for column, sign in enumerate(line):
            origin = (row, column)
            if sign is Merge.LEFT and column > 0:
                origin = origins[row][column - 1]
            elif sign is Merge.ABOVE and row > 0:
                origin = origins[row - 1][column]
            origins[row].append(origin)
    return origins


def _around(origin: Spot, spots: Sequence[Spot]) -> Span:
    """The rectangle from a cell to the last of those that are one with it."""
    row = origin[0]
    left = min(column for _, column in spots)
    return Span(
        row,
        left,
        max(row for row, _ in spots) - row + 1,
        max(column for _, column in spots) - left + 1,
    )


# -- rows as they are set ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell of a table with what it spans."""

    cell: Cell
    """That which is drawn where it stands: of a covered place, the one that covers it."""
    rows: int = 1
    """From here down, of what covers it."""
    columns: int = 1
    is_covered: bool = False


def filled(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of which each cell that is one with another has the items of that.

    The sign of one in the first column of what it is part of leads up, that of others left: where
    the rows above are cut off, what is below them stays whole.
    """
    if not any(cell.merge for row in rows for cell in row.cells):
        return tuple(rows)
    made, _ = spans([[cell.merge for cell in row.cells] for row in rows])

    def with_items(cell: Cell, span: Span, column: int) -> Cell:
        if cell.merge is None:
            return cell
        first = rows[span.row].cells[span.column]
        merge = Merge.LEFT if column > span.column else Merge.ABOVE
        return replace(cell, items=first.items, note=first.note, merge=merge)

    return tuple(
        replace(row, cells=tuple(map(with_items, row.cells, line, count())))
        for row, line in zip(rows, made, strict=True)
    )


def merged_cells(rows: Sequence[Row], roles: Sequence[ColumnRole]) -> list[list[Spanned]]:
    """The cells of rows that stand in one group, with what each spans.

    Neighbours in columns of groups that say the same are one cell, below the same outer group.
    """
    signs = _signs(rows, roles)
    if not any(sign for line in signs for sign in line):
        return [[Spanned(cell) for cell in row.cells] for row in rows]
    made, _ = spans(signs)
    return [
        [_spanned(rows, span, (row, column)) for column, span in enumerate(line)]
        for row, line in enumerate(made)
    ]


def set_cell(spanned: Spanned, notes: Mapping[str, int]) -> SetCell:
    """The cell as it is printed; the numbers of the table's notes by their words."""
    cell = spanned.cell
    return SetCell(
        cell.items,
        rows=spanned.rows,
        columns=spanned.columns,
        is_covered=spanned.is_covered,
        note=notes.get(cell.note) if cell.note is not None else None,
    )


def on_page(rows: Sequence[SetRow]) -> tuple[SetRow, ...]:
    """Rows of one group that stand on a page, with their merged cells as far as they stand there.

    A cell that began on the page before begins again.
    """
    return tuple(
        replace(
            row,
            cells=tuple(_cut(cell, index, column, rows) for column, cell in enumerate(row.cells)),
        )
        if any(cell.is_merged for cell in row.cells)
        else row
        for index, row in enumerate(rows)
    )


def sign_of(cells: Sequence[SetCell], index: int) -> Merge | None:
    """The sign for that with which a cell of a row is one; None where it stands for itself."""
    if not cells[index].is_covered:
        return None
    return Merge.LEFT if index and cells[index - 1].columns > 1 else Merge.ABOVE


def is_said_again(column: Column, cell: SetCell, sign: Merge) -> bool:
    """Whether a covered cell is the name of a group, which holds in each of its rows by itself."""
    return column.role is ColumnRole.GROUP and sign is Merge.ABOVE and cell.columns == 1


def _signs(rows: Sequence[Row], roles: Sequence[ColumnRole]) -> list[list[Merge | None]]:
    signs = [[cell.merge for cell in row.cells] for row in rows]
    # A cell that began above the rows begins again.
    signs[:1] = [[None if sign is Merge.ABOVE else sign for sign in line] for line in signs[:1]]
    grouping = [index for index, role in enumerate(roles) if role is ColumnRole.GROUP]
    for row in range(1, len(rows)):
        for column in grouping:
            cell, above = rows[row].cells[column], rows[row - 1].cells[column]
            if (cell.items, cell.merge) != (above.items, above.merge):
                break  # what is below another group is another
            if _reach(rows[row], column) != _reach(rows[row - 1], column):
                break  # together they would be no rectangle
            if cell.merge is None:
                signs[row][column] = Merge.ABOVE
    return signs


def _reach(row: Row, column: int) -> int:
    """How many cells on its right are one with a cell."""
    after = row.cells[column + 1 :]
    return next((n for n, cell in enumerate(after) if cell.merge is not Merge.LEFT), len(after))


def _spanned(rows: Sequence[Row], span: Span, spot: Spot) -> Spanned:
    down, along = spot[0] - span.row, spot[1] - span.column
    return Spanned(
        rows[span.row].cells[span.column],
        span.rows - down,
        span.columns - along,
        is_covered=bool(down or along),
    )


def _cut(cell: SetCell, index: int, column: int, rows: Sequence[SetRow]) -> SetCell:
    is_first = column == 0 or rows[index].cells[column - 1].columns == 1
    begins = cell.is_covered and index == 0 and is_first
    count = min(cell.rows, len(rows) - index)
    if count == cell.rows and not begins and not cell.begins_again:
        return cell
    return replace(
        cell,
        rows=count,
        is_covered=cell.is_covered and not begins,
        begins_again=begins,
    )
