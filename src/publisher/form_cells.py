"""The rows of a form → which cells are labels, and which of them say what a blank is for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from publisher.model import SetCell, SetRow
from publisher.words.blanks import has_room

_ASKS = ("：", ":")
"""How words end behind which something is written."""

Spot = tuple[int, int]
"""Row and column of a cell, from 0."""


def with_fields(rows: Sequence[SetRow]) -> tuple[SetRow, ...]:
    """The rows of a form, its labels marked, and each blank with the labels that name it.

    They are the label nearest on its left, and that above it in a row of labels alone, which heads
    the rows below it that are divided as it is.
    """
    grid = [row.cells for row in rows]
    origins = _origins(grid)
    labels = frozenset(
        spot for line in origins for spot in dict.fromkeys(line) if _is_label(grid, spot)
    )
    heads = _heads(origins, labels)
    return tuple(
        replace(row, cells=tuple(_cells(row, origins, index, labels, heads)))
        for index, row in enumerate(rows)
    )


def _origins(grid: Sequence[Sequence[SetCell]]) -> list[list[Spot]]:
    """For each place the cell that stands there."""
    origins = [[(row, column) for column in range(len(line))] for row, line in enumerate(grid)]
    for row, line in enumerate(grid):
        for column, cell in enumerate(line):
            if cell.is_covered or not cell.is_merged:
                continue
            for down in range(cell.rows):
                for along in range(cell.columns):
                    origins[row + down][column + along] = (row, column)
    return origins


def _is_label(grid: Sequence[Sequence[SetCell]], spot: Spot) -> bool:
    """Whether a cell has words, and none of them is room to write."""
    row, column = spot
    cell = grid[row][column]
    words = "\n".join(cell.items)
    if not words or has_room(words):
        return False
    if not words.endswith(_ASKS):
        return True
    right = column + cell.columns
    return right < len(grid[row]) and not grid[row][right].items


def _cells(
    row: SetRow,
    origins: Sequence[Sequence[Spot]],
    index: int,
    labels: Collection[Spot],
    heads: Sequence[int | None],
) -> Iterator[SetCell]:
    for column, cell in enumerate(row.cells):
        row_at, column_at = origins[index][column]
        if (row_at, column_at) in labels:
            yield replace(cell, is_label=True)
            continue
        beside = reversed(origins[row_at][:column_at])
        left = next((spot for spot in beside if spot in labels), None)
        head = heads[row_at]
        above = origins[head][column_at] if head is not None else None
        yield replace(cell, named_by=tuple(dict.fromkeys(filter(None, (left, above)))))


def _heads(origins: Sequence[Sequence[Spot]], labels: Collection[Spot]) -> tuple[int | None, ...]:
    """For each row of a form the row of labels that heads it, if one does.

    It heads the rows that follow it for as long as they are divided as it is.
    """
    heading: list[int | None] = []
    divided: list[int] = []
    for row, line in enumerate(origins):
        columns = [column for _, column in line]
        if columns != divided:
            head, divided = None, columns
        if len(set(line)) > 1 and all(spot in labels for spot in line):
            head = row
        heading.append(head)
    return tuple(heading)
