"""A table and the same as it came back → its rows in their old order, where they were sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publisher.compare.similar import longest_rising
from publisher.model import ColumnRole, Row, Table
from publisher.row_kinds import is_item
from publisher.takeback.merging.rows import counted, counts, row_pairs
from publisher.takeback.result import NotTaken, Reason
from publisher.takeback.sheets.laid import ShownTable

_FEW = 3
"""So many rows somebody may have moved one by one."""


def in_order(was: Table, now: ShownTable) -> ShownTable:
    """Rows that were sorted stand as they stood; new ones behind the last of their group."""
    pairs = row_pairs(was, now.table)
    order = sorted(pairs, key=lambda pair: pair[1])
    risen = longest_rising([old for old, _ in order], [1] * len(order))
    moved = len(order) - len(risen)
    if not moved or not (moved > _FEW or _is_sorted(now.table, was)):
        return now
    rows = [now.table.rows[new] for _, new in sorted(pairs)]
    kept = {new for _, new in pairs}
    for at, row in enumerate(now.table.rows):
        if at not in kept:
            rows.insert(_behind_group(rows, row, was), row)
    sorting = NotTaken(Reason.ORDER, "", f"{moved} 行换了位置，按原来的次序排回")
    return replace(now, table=replace(now.table, rows=tuple(rows)), left=(*now.left, sorting))


def numbered(was: Table, now: ShownTable) -> ShownTable:
    """Items counted anew where they were counted: who adds a row seldom counts the others."""
    column = was.column_of(ColumnRole.SERIAL)
    if column is None or not counts(was):
        return now
    columns, rows = now.table.columns, []
    for row in now.table.rows:
        cell = row.cells[column]
        if not cell.items and cell.merge is None and is_item(columns, row):
            cell = replace(cell, items=("1",))
        rows.append(replace(row, cells=(*row.cells[:column], cell, *row.cells[column + 1 :])))
    return replace(now, table=replace(now.table, rows=counted(rows, column)))


def _behind_group(rows: Sequence[Row], row: Row, table: Table) -> int:
    column = table.column_of(ColumnRole.GROUP)
    if column is not None:
        alike = [at for at, each in enumerate(rows) if each.cells[column] == row.cells[column]]
        if alike:
            return alike[-1] + 1
    return len(rows)


def _is_sorted(now: Table, was: Table) -> bool:
    """Whether the rows stand by the words of a column, by which they did not stand before."""
    return any(_rises(now, at) and not _rises(was, at) for at in range(len(now.columns)))


def _rises(table: Table, at: int) -> bool:
    keys = [_key(row.cells[at].text) for row in table.rows]
    is_telling = len(set(keys)) > 1
    return is_telling and (keys == sorted(keys) or keys == sorted(keys, reverse=True))


def _key(words: str) -> tuple[int, float, str]:
    try:
        return 0, float(words.replace(",", "")), ""
    except ValueError:
        return 1, 0.0, words
