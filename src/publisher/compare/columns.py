"""Two versions of a table → its columns side by side, and what each of them holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from publisher.changes import (
    ALONE,
    MOVED,
    AlignedColumn,
    Both,
    ChangeKind,
    Op,
    Status,
    Subject,
    Where,
    only,
)
from publisher.compare.ledger import Ledger
from publisher.compare.similar import equal_anywhere, longest_rising
from publisher.compare.stream import walk
from publisher.compare.words import Runs, pieces, run
from publisher.model import Column, ColumnRole, Row, Table

NAMES = (ColumnRole.SERIAL, ColumnRole.GROUP)
"""Roles of columns that do not say what a row is."""


class Pair(Both[int | None]):
    """A column of both versions: its index in each; None where one has it not."""

    __slots__ = ()

    @property
    def is_shared(self) -> bool:
        """Whether both versions have it."""
        return self.old is not None and self.new is not None


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the stream: of both sides, or the one side of a column that was moved."""

    pair: Pair
    op: Op

    @property
    def is_moved(self) -> bool:
        """Whether the column stands elsewhere, in a slot of its own, in the other version."""
        return self.pair.is_shared and self.op is not Op.EQUAL


class Columns:
    """The columns of two versions of a table."""

    def __init__(self, tables: Both[Table]) -> None:
        self.tables = tables
        self.slots = list(_slots(tables.map(lambda table: table.columns)))
        """In the order of the stream."""
        self.roles = {slot.pair: self._role(slot.pair) for slot in self.slots}
        """What each holds; text, where the versions do not agree."""
        shared = sorted((pair for pair in self.roles if pair.is_shared), key=self._order)
        self.telling = [pair for pair in shared if self.roles[pair] not in NAMES]
        """Those of both versions that say something of a row, in the order of the table; one that
        was moved stands between its two places."""
        texts = [pair for pair in self.telling if self.roles[pair] is ColumnRole.TEXT]
        self.main = max(texts or self.telling, key=self._amount, default=Pair(None, None))
        """That which says what a row is: the column of text that says the most."""

    def of(self, pair: Pair) -> Both[Column | None]:
        """A column as each version has it."""
        old, new = self.tables
        return Both(
            None if pair.old is None else old.columns[pair.old],
            None if pair.new is None else new.columns[pair.new],
        )

    def _role(self, pair: Pair) -> ColumnRole:
        roles = {column.role for column in self.of(pair) if column}
        return roles.pop() if len(roles) == 1 else ColumnRole.TEXT

    def groups(self, pair: Pair) -> bool:
        """Whether rows are grouped by a column in both versions."""
        return self.tables.map(group_column) == Both(*pair)

    def _order(self, pair: Pair) -> tuple[int, list[str]]:
        names = sorted(column.name for column in self.of(pair) if column)
        return sum(at or 0 for at in pair), names

    def _amount(self, pair: Pair) -> int:
        sides = zip(self.tables, pair, strict=True)
        return sum(len(cell(row, at)) for table, at in sides for row in table.rows)

    def aligned(self, parts: Both[str], ledger: Ledger) -> Iterator[AlignedColumn]:
        """The columns side by side; each that differs is a change. `parts` are called so."""
        entered: dict[Pair, str] = {}
        for slot in self.slots:
            column = self.of(slot.pair)
            if column.old == column.new and slot.op is Op.EQUAL:
                yield AlignedColumn(Status.EQUAL, *column, None)
                continue
            if slot.pair not in entered:
                entered[slot.pair] = self._enter(slot, parts, ledger)
            shown = column if slot.op is Op.EQUAL else only(slot.op, column.of(slot.op))
            yield AlignedColumn(_status(slot), *shown, entered[slot.pair])

    def _enter(self, slot: Slot, parts: Both[str], ledger: Ledger) -> str:
        old, new = column = self.of(slot.pair)
        return ledger.enter(
            _become(column, slot.is_moved),
            Subject.COLUMN,
            Both(
                Where(parts.old, column=old.name) if old else None,
                Where(parts.new, column=new.name) if new else None,
            ),
            pieces(*column.map(_head)),
            column.map(lambda column: [_told(column)] if column else []),
        )


def group_column(table: Table) -> int | None:
    """The index of the column by which a table's rows are grouped."""
    return index_of(table.columns, ColumnRole.GROUP)


def index_of(columns: tuple[Column, ...], role: ColumnRole) -> int | None:
    """The index of the first column of a role."""
    return next((index for index, column in enumerate(columns) if column.role is role), None)


def cell(row: Row | None, index: int | None) -> str:
    """What stands in a cell; nothing where there is no such row or column."""
    return "" if row is None or index is None else row.cells[index].text


def _slots(columns: Both[tuple[Column, ...]]) -> Iterator[Slot]:
    """The columns of both in one order: what kept its place, between it the old, then the new."""
    partner = _paired_columns(*columns)
    back = {new: old for old, new in partner.items()}
    shared = [Pair(*pair) for pair in sorted(partner.items())]
    risen = longest_rising([new for _, new in sorted(partner.items())], [1] * len(shared))
    kept = [shared[at] for at in sorted(risen)]
    for pair in walk(columns.map(lambda side: range(len(side))), kept):
        match pair:
            case Both(int(old), None):
                yield Slot(Pair(old, partner.get(old)), Op.DELETED)
            case Both(None, int(new)):
                yield Slot(Pair(back.get(new), new), Op.INSERTED)
            case _:
                yield Slot(Pair(*pair), Op.EQUAL)


def _paired_columns(old: tuple[Column, ...], new: tuple[Column, ...]) -> dict[int, int]:
    """Columns by name; where each side has one left of a role, that one was renamed."""
    partner: dict[int, int] = {}
    keys_of: tuple[Callable[[Column], Hashable], ...] = (
        lambda column: column,
        lambda column: column.name,
        lambda column: column.role,
    )
    for key in keys_of:
        left = [at for at in range(len(old)) if at not in partner]
        right = [at for at in range(len(new)) if at not in partner.values()]
        keys = [key(old[at]) for at in left], [key(new[at]) for at in right]
        for at, new_at in equal_anywhere(*keys):
            is_name = not isinstance(keys[0][at], ColumnRole)
            if is_name or keys[0].count(keys[0][at]) == keys[1].count(keys[0][at]) == 1:
                partner[left[at]] = right[new_at]
    return partner


def _status(slot: Slot) -> Status:
    if slot.op is Op.EQUAL:
        return Status.EDITED
    return (MOVED if slot.is_moved else ALONE)[slot.op]


def _become(column: Both[Column | None], is_moved: bool) -> ChangeKind:
    if column.old is None:
        return ChangeKind.ADDED
    if column.new is None:
        return ChangeKind.REMOVED
    if not is_moved:
        return ChangeKind.EDITED
    return ChangeKind.MOVED if column.old == column.new else ChangeKind.MOVED_EDITED


def _head(column: Column | None) -> Runs:
    return run(column.name) if column else ()


def _told(column: Column) -> str:
    return f"{column.name}（{column.role.value}）"
