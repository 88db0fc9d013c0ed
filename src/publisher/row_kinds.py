"""A row of a table → whether it is an item, the sum of others, or names those below it."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.model import Cell, Column, ColumnRole, Merge, Row, SetCell
from publisher.words.figures import names_total

_NAMES_ROW = (ColumnRole.HEADING, ColumnRole.GROUP)


def is_total(columns: Sequence[Column], cells: Sequence[Cell | SetCell]) -> bool:
    """Whether the first words of a row name a sum (合计, 小计), or those that name the row do."""
    first = next((index for index, cell in enumerate(cells) if cell.items), None)
    if first is None or columns[first].role is ColumnRole.NUMBER:
        return False
    named = [index for index, column in enumerate(columns) if column.role in _NAMES_ROW]
    return any(names_total("".join(cells[index].items)) for index in (first, *named))


def is_banner(row: Row) -> bool:
    """Whether one cell is all of a row, which names the rows below it."""
    return len(row.cells) > 1 and all(cell.merge is Merge.LEFT for cell in row.cells[1:])


def is_item(columns: Sequence[Column], row: Row) -> bool:
    """Whether a row says something of its own: it is neither a sum nor a banner."""
    return not is_banner(row) and not is_total(columns, row.cells)
