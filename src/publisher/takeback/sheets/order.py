"""A table and the same as it came back → its rows in their old order, where they were sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publisher.compare.similar import longest_rising
from publisher.model import ColumnRole, Row, Table
from publisher.takeback.merging.rows import row_pairs
from publisher.takeback.result import NotTaken, Reason
from publisher.takeback.serials import left_of, recounted
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
    added = [row for at, row in enumerate(now.table.rows) if at not in kept]
    rows = _in_groups(rows, added, was.column_of(ColumnRole.GROUP))
    sorting = NotTaken(Reason.ORDER, "", f"{moved} 行换了位置，按原来的次序排回")
    return replace(now, table=replace(now.table, rows=tuple(rows)), left=(*now.left, sorting))


def numbered(was: Table, now: ShownTable) -> ShownTable:
    """Items counted anew where they were counted."""
    made = recounted(was, now.table)
    return replace(now, table=made.table, left=(*now.left, *left_of(made)))


def _in_groups(rows: Sequence[Row], added: Sequence[Row], column: int | None) -> list[Row]:
    """Rows, and those that were added: behind the last of their group, else behind all."""

    def group(row: Row) -> str | None:
        return None if column is None else row.cells[column].text

    last = {group(row): at for at, row in enumerate(rows)}
    behind: dict[int, list[Row]] = {}
    for row in added:
        at = len(rows) - 1 if column is None else last.get(group(row), len(rows) - 1)
        behind.setdefault(at, []).append(row)
    made = [] if rows else [*added]
    for at, row in enumerate(rows):
        made += [row, *behind.get(at, [])]
    return made


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
