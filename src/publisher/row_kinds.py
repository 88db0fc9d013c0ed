"""The cells of a row → whether it is the sum of other rows."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.model import Cell, Column, ColumnRole, SetCell
from publisher.words.figures import names_total

_NAMES_ROW = (ColumnRole.HEADING, ColumnRole.GROUP)


def is_total(columns: Sequence[Column], cells: Sequence[Cell | SetCell]) -> bool:
    """Whether the first words of a row name a sum (合计, 小计), or those that name the row do."""
    first = next((index for index, cell in enumerate(cells) if cell.items), None)
    if first is None or columns[first].role is ColumnRole.NUMBER:
        return False
    named = [index for index, column in enumerate(columns) if column.role in _NAMES_ROW]
    return any(names_total("".join(cells[index].items)) for index in (first, *named))
