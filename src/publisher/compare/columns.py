"""Two versions of a table → its columns side by side, and what each of them holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace

from publisher.changes import (
    ALONE,
    MOVED,
    AlignedColumn,
    Both,
    ChangeKind,
    Op,
    Status,
    Subject,
    Weight,
    Where,
    only,
)
from publisher.compare.grid import cell
from publisher.compare.ledger import Ledger
from publisher.compare.similar import (
    between,
    equal_anywhere,
    longest_rising,
    most_alike,
    similarity,
)
from publisher.compare.stream import walk
from publisher.compare.words import Runs, pieces, run
from publisher.model import Column, ColumnRole, Table, one_line

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


ColumnCells = Callable[[int], str]
"""What the cells of a column of one version say."""


class Columns:
    """The columns of two versions of a table."""

    def __init__(self, tables: Both[Table]) -> None:
        self.tables = tables
        self.slots = list(_slots(tables))
        """In the order of the stream."""
        self.roles = {slot.pair: self._role(slot.pair) for slot in self.slots}
        """What each holds; text, where the versions do not agree."""
        shared = sorted((pair for pair in self.roles if pair.is_shared), key=self._order)
        self.telling = [pair for pair in shared if self.roles[pair] not in NAMES]
        """Those of both versions that say something of a row, in the order of the table; one that
        was moved stands between its two places."""
        self.shared: list[Both[int | None]] = [*shared]
        """All of both versions."""
        texts = [pair for pair in self.telling if self.roles[pair] is ColumnRole.TEXT]
        most = max(texts or self.telling, key=self._amount, default=None)
        heads = [pair for pair in self.telling if self.roles[pair] is ColumnRole.HEADING]
        self.main = heads or ([most] if most else [])
        """Those which say what a row is: its heads, else the column of text that says the most; of
        forms all."""
        if all(table.is_form for table in tables):
            self.main = self.telling

    def main_of(self, side: int) -> list[int]:
        """The indices of those in one version."""
        return [at for pair in self.main if (at := pair[side]) is not None]

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

    def depth(self, pair: Pair) -> int | None:
        """Which of the columns of groups it is in both versions, from 0; None for all else."""
        old, new = (
            places.index(at) if at in (places := group_columns(table)) else None
            for table, at in zip(self.tables, pair, strict=True)
        )
        return old if old == new else None

    def _order(self, pair: Pair) -> tuple[int, list[str]]:
        names = sorted(column.name for column in self.of(pair) if column)
        return sum(at or 0 for at in pair), names

    def _amount(self, pair: Pair) -> int:
        sides = zip(self.tables, pair, strict=True)
        return sum(len(cell(row, at)) for table, at in sides for row in table.rows)

    def aligned(
        self, where: Both[Where], ledger: Ledger, cells: Both[ColumnCells]
    ) -> Iterator[AlignedColumn]:
        """The columns side by side; each that differs is a change of the table there.

        One that came or went has its cells told with it.
        """
        entered: dict[Pair, str] = {}
        for slot in self.slots:
            column = self.of(slot.pair)
            if slot.op is Op.EQUAL and self._is_same(column):
                yield AlignedColumn(Status.EQUAL, *column, None)
                continue
            if slot.pair not in entered:
                entered[slot.pair] = self._enter(slot, where, ledger, cells)
            shown = column if slot.op is Op.EQUAL else only(slot.op, column.of(slot.op))
            yield AlignedColumn(_status(slot), *shown, entered[slot.pair])

    def _is_same(self, column: Both[Column | None]) -> bool:
        """Whether a column is what it was; names that stand in several rows are told there."""
        old, new = column
        if old is None or new is None:
            return False
        return old.role is new.role and (old.name == new.name or has_head(self.tables))

    def _enter(
        self, slot: Slot, where: Both[Where], ledger: Ledger, cells: Both[ColumnCells]
    ) -> str:
        old, new = column = self.of(slot.pair)
        is_moved = slot.is_moved
        is_arranged = old and new and old.name == new.name and not is_moved
        return ledger.enter(
            _become(column, is_moved),
            Subject.COLUMN,
            Both(
                replace(where.old, column=_called(old, slot.pair.old)) if old else None,
                replace(where.new, column=_called(new, slot.pair.new)) if new else None,
            ),
            pieces(*column.map(_head)),
            Both(
                _words(old, None if new else cells.old, slot.pair.old),
                _words(new, None if old else cells.new, slot.pair.new),
            ),
            (Weight.FORM, ()) if is_arranged else None,
        )


def has_head(tables: Both[Table]) -> bool:
    """Whether one of two versions has more of a head than the names of its columns."""
    return bool(tables.old.head or tables.new.head)


def group_columns(table: Table) -> list[int]:
    """The indices of the columns by which a table's rows are grouped, the outer first."""
    return [at for at, column in enumerate(table.columns) if column.role is ColumnRole.GROUP]


def index_of(columns: tuple[Column, ...], role: ColumnRole) -> int | None:
    """The index of the first column of a role."""
    return next((index for index, column in enumerate(columns) if column.role is role), None)


def _slots(tables: Both[Table]) -> Iterator[Slot]:
    """The columns of both in one order: what kept its place, between it the old, then the new."""
    columns = tables.map(lambda table: table.columns)
    are_forms = all(table.is_form for table in tables)
    partner = _paired_by_content(tables) if are_forms else _paired_columns(*columns)
    if len(partner) < min(map(len, columns)):
        _pair_alike(tables, partner)
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


def _paired_by_content(tables: Both[Table]) -> dict[int, int]:
    """Columns of forms, which have no names, by what stands in them."""
    old, new = (range(len(table.columns)) for table in tables)
    return dict(most_alike([[_share(tables, at, new_at) for new_at in new] for at in old]))


_ALIKE = 0.5
"""How alike names of columns, or what stands in them, must be between the same two columns."""


def _pair_alike(tables: Both[Table], partner: dict[int, int]) -> None:
    """Pair columns left between the same two that are called alike or hold the same."""
    kept = sorted(partner.items())
    risen = longest_rising([new for _, new in kept], [1] * len(kept))
    anchors = [pair for at, pair in enumerate(kept) if at in risen]
    ends = tables.map(lambda table: len(table.columns))
    for within, new_within, _ in between(anchors, *ends):
        olds = [at for at in within if at not in partner]
        news = [at for at in new_within if at not in partner.values()]
        scored = [
            (_likeness(tables, at, new_at), -abs(number - new_number), at, new_at)
            for number, at in enumerate(olds)
            for new_number, new_at in enumerate(news)
        ]
        for score, _, at, new_at in sorted(scored, reverse=True):
            if score >= _ALIKE and at not in partner and new_at not in partner.values():
                partner[at] = new_at


def _likeness(tables: Both[Table], at: int, new_at: int) -> float:
    old, new = tables.old.columns[at], tables.new.columns[new_at]
    names = max(
        similarity(old.name, new.name),
        similarity(_leaf(old), _leaf(new)),
    )
    return max(names, _share(tables, at, new_at)) if old.role is new.role else names


def _share(tables: Both[Table], at: int, new_at: int) -> float:
    """How much of what stands in the one column stands in the other."""
    words = [
        Counter(words for row in table.rows if (words := row.cells[place].text))
        for table, place in zip(tables, (at, new_at), strict=True)
    ]
    return (words[0] & words[1]).total() / max(1, *(each.total() for each in words))


def _leaf(column: Column) -> str:
    """The lowest of the names that stand above a column."""
    return column.name.rpartition("/")[2]


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


def _words(column: Column | None, cells: ColumnCells | None, at: int | None) -> list[str]:
    """What a column is called and holds; nothing for none."""
    if column is None or at is None:
        return []
    held = cells(at) if cells else ""
    name = f"{column.name}（{column.role.value}）" if column.name else _called(column, at)
    return [name, *([held] if held else [])]


def _called(column: Column, at: int | None) -> str:
    """The name of a column; of one without its place."""
    return one_line(column.name) or f"第 {(at or 0) + 1} 列"
