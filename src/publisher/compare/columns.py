"""Two versions of a table → its columns side by side, and what each of them holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from publisher.changes import AlignedColumn, ChangeKind, Op, Status, Subject, Where
from publisher.compare.ledger import Ledger
from publisher.compare.similar import equal_anywhere, longest_rising
from publisher.compare.words import Runs, pieces, run
from publisher.model import Column, ColumnRole, Row, Table

NAMES = (ColumnRole.SERIAL, ColumnRole.GROUP)
"""Roles of columns that do not say what a row is."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A column of both versions: its index in each; None where one has it not."""

    old: int | None
    new: int | None

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

    def __init__(self, old: Table, new: Table) -> None:
        self.tables = old, new
        self.slots = _slots(old.columns, new.columns)
        """In the order of the stream."""
        self.pairs = [slot.pair for slot in self.slots if not _is_second(slot)]
        shared = sorted((pair for pair in self.pairs if pair.is_shared), key=self._order)
        self.telling = [pair for pair in shared if self.role(pair) not in NAMES]
        """Those of both versions that say something of a row, in the order of the table; one that
        was moved stands between its two places."""
        texts = [pair for pair in self.telling if self.role(pair) is ColumnRole.TEXT]
        self.main = max(texts or self.telling, key=self._amount, default=None)
        """That which says what a row is: the column of text that says the most."""

    def role(self, pair: Pair) -> ColumnRole:
        """What a column holds; text, where the versions do not agree."""
        roles = {table.columns[at].role for table, at in self._sides(pair)}
        return roles.pop() if len(roles) == 1 else ColumnRole.TEXT

    def groups(self, pair: Pair) -> bool:
        """Whether rows are grouped by a column in both versions."""
        sides = zip(self.tables, (pair.old, pair.new), strict=True)
        return all(group_column(table) == at for table, at in sides)

    def _sides(self, pair: Pair) -> Iterator[tuple[Table, int]]:
        for table, at in zip(self.tables, (pair.old, pair.new), strict=True):
            if at is not None:
                yield table, at

    def _order(self, pair: Pair) -> tuple[int, list[str]]:
        sides = list(self._sides(pair))
        return sum(at for _, at in sides), sorted(table.columns[at].name for table, at in sides)

    def _amount(self, pair: Pair) -> int:
        return sum(len(cell(row, at)) for table, at in self._sides(pair) for row in table.rows)

    def aligned(self, parts: tuple[str, str], ledger: Ledger) -> Iterator[AlignedColumn]:
        """The columns side by side; each that differs is a change. `parts` are called so."""
        entered: dict[Pair, str] = {}
        old, new = self.tables
        for slot in self.slots:
            pair, op = slot.pair, slot.op
            one = None if pair.old is None else old.columns[pair.old]
            other = None if pair.new is None else new.columns[pair.new]
            if one == other and op is Op.EQUAL:
                yield AlignedColumn(Status.EQUAL, one, other, None)
                continue
            if pair not in entered:
                entered[pair] = name = ledger.name()
                ledger.enter(
                    name,
                    _become(one, other, slot.is_moved),
                    Subject.COLUMN,
                    Where(parts[0], column=one.name) if one else None,
                    Where(parts[1], column=other.name) if other else None,
                    pieces(_head(one), _head(other), name),
                    [_told(one)] if one else (),
                    [_told(other)] if other else (),
                )
            yield AlignedColumn(
                _status(slot),
                None if op is Op.INSERTED else one,
                None if op is Op.DELETED else other,
                entered[pair],
            )


def group_column(table: Table) -> int | None:
    """The index of the column by which a table's rows are grouped."""
    return index_of(table.columns, ColumnRole.GROUP)


def index_of(columns: tuple[Column, ...], role: ColumnRole) -> int | None:
    """The index of the first column of a role."""
    return next((index for index, one in enumerate(columns) if one.role is role), None)


def cell(row: Row | None, index: int | None) -> str:
    """What stands in a cell; nothing where there is no such row or column."""
    return "" if row is None or index is None else row.cells[index].text


def _is_second(slot: Slot) -> bool:
    """Whether it is the new side of a moved column, whose old side stands for both."""
    return slot.is_moved and slot.op is Op.INSERTED


def _slots(old: tuple[Column, ...], new: tuple[Column, ...]) -> list[Slot]:
    """The columns of both in one order: what kept its place, between it the old, then the new."""
    partner = _paired_columns(old, new)
    shared = sorted(partner.items())
    risen = longest_rising([other for _, other in shared], [1] * len(shared))
    kept = [shared[at] for at in sorted(risen)]
    back = {other: one for one, other in shared}
    slots: list[Slot] = []
    one = other = 0
    for first, second in [*kept, (len(old), len(new))]:
        slots += [Slot(Pair(at, partner.get(at)), Op.DELETED) for at in range(one, first)]
        slots += [Slot(Pair(back.get(at), at), Op.INSERTED) for at in range(other, second)]
        slots.append(Slot(Pair(first, second), Op.EQUAL))
        one, other = first + 1, second + 1
    return slots[:-1]


def _paired_columns(old: tuple[Column, ...], new: tuple[Column, ...]) -> dict[int, int]:
    """Columns by name; where each side has one left of a role, that one was renamed."""
    partner: dict[int, int] = {}
    keys_of: tuple[Callable[[Column], Hashable], ...] = (
        lambda one: one,
        lambda one: one.name,
        lambda one: one.role,
    )
    for key in keys_of:
        left = [at for at in range(len(old)) if at not in partner]
        right = [at for at in range(len(new)) if at not in partner.values()]
        keys = [key(old[at]) for at in left], [key(new[at]) for at in right]
        for one, other in equal_anywhere(*keys):
            is_name = not isinstance(keys[0][one], ColumnRole)
            if is_name or keys[0].count(keys[0][one]) == keys[1].count(keys[0][one]) == 1:
                partner[left[one]] = right[other]
    return partner


def _status(slot: Slot) -> Status:
    match slot.op:
        case Op.DELETED:
            return Status.MOVED_FROM if slot.is_moved else Status.REMOVED
        case Op.INSERTED:
            return Status.MOVED_TO if slot.is_moved else Status.ADDED
        case _:
            return Status.EDITED


def _become(one: Column | None, other: Column | None, is_moved: bool) -> ChangeKind:
    if one is None:
        return ChangeKind.ADDED
    if other is None:
        return ChangeKind.REMOVED
    if not is_moved:
        return ChangeKind.EDITED
    return ChangeKind.MOVED if one == other else ChangeKind.MOVED_EDITED


def _head(column: Column | None) -> Runs:
    return run(column.name) if column else ()


def _told(column: Column) -> str:
    return f"{column.name}（{column.role.value}）"
