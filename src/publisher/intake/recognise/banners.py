"""A table with rows that name those below them → the same with a column of groups, if it had one.

Our own files say what the column is called; elsewhere such rows stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from publisher.intake.source import SourceTable
from publisher.model import Cell, Column, ColumnRole, Grouping, Row, Table
from publisher.row_kinds import is_banner

_BY = re.compile("按“(?P<name>[^“”]+)”分为")
_COLUMNS = re.compile("各列为(?P<names>.+)")
_BETWEEN = "、"


def grouped(table: Table, source: SourceTable) -> Table:
    """The table with its groups in a column."""
    name, place = _group_name(source, [column.name for column in table.columns])
    if not name or not table.rows or not is_banner(table.rows[0]):
        return table
    rows: list[Row] = []
    latest: Row | None = None
    for row in table.rows:
        if is_banner(row):
            if latest is not None and latest.cells[0].items == row.cells[0].items:
                continue  # said again where a page begins
            if latest is not None and not _holds(rows, latest, place):
                rows.append(_alone(latest, place))
            latest = row
        elif latest is not None:
            rows.append(replace(row, cells=_with(row.cells, _name(latest), place)))
    if latest is not None and not _holds(rows, latest, place):
        rows.append(_alone(latest, place))
    head = tuple(replace(row, cells=_with(row.cells, Cell(()), place)) for row in table.head)
    group = Column(name, ColumnRole.GROUP)
    columns = (*table.columns[:place], group, *table.columns[place:])
    return replace(
        table, columns=columns, rows=tuple(rows), head=head, grouping=Grouping.HEADING_ROW
    )


def _with(cells: tuple[Cell, ...], group: Cell, place: int) -> tuple[Cell, ...]:
    return (*cells[:place], group, *cells[place:])


def _holds(rows: Sequence[Row], banner: Row, place: int) -> bool:
    """Whether the latest row belongs to the group that a banner names."""
    return bool(rows) and rows[-1].cells[place].items == banner.cells[0].items


def _name(banner: Row) -> Cell:
    return replace(banner.cells[0], merge=None)


def _alone(banner: Row, place: int) -> Row:
    """The row of a group of which nothing else is said."""
    rest = tuple(Cell((), cell.place) for cell in banner.cells)
    return replace(banner, cells=_with(rest, _name(banner), place))


def _group_name(source: SourceTable, names: Sequence[str]) -> tuple[str, int]:
    """What the column of groups is called, and where it stands, as our own file says it.

    Empty where it does not.
    """
    said = f"{source.caption}\n{source.description}"
    if match := _BY.search(said):
        return match["name"], int(names[:1] == [ColumnRole.SERIAL.value])
    listed = _COLUMNS.search(said)
    if listed is None:
        return "", 0
    all_names = listed["names"]
    for place in range(len(names) + 1):
        before = "".join(f"{name}{_BETWEEN}" for name in names[:place])
        behind = "".join(f"{_BETWEEN}{name}" for name in names[place:])
        if all_names.startswith(before) and all_names.endswith(behind):
            between = all_names[len(before) : len(all_names) - len(behind)]
            if len(before) + len(behind) < len(all_names):
                return between, place
    return "", 0
