"""Rows that both versions of a table have → their cells side by side; what differs is entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from publisher.changes import (
    AlignedColumn,
    Both,
    ChangeKind,
    Matter,
    Op,
    Pieces,
    Subject,
    Weight,
    Where,
)
from publisher.compare.columns import Columns, Pair, Slot
from publisher.compare.grid import CellGrid, cell, cell_runs
from publisher.compare.ledger import Ledger, Weighed
from publisher.compare.noted import noted
from publisher.compare.regions import Places, Region, drawn, regions
from publisher.compare.weight import BY_ROLE
from publisher.compare.words import BREAK, Runs, all_of, owned, pieces, run, unnoted
from publisher.model import ColumnRole, Row
from publisher.words.figures import value_of

Told = tuple[tuple[Pieces, ...], tuple[str | None, ...]]
"""The cells of a row, and for each the change by which it became one with others, or ceased."""
Name = Callable[[Pair], str | None]
"""The change of what a cell says of its row, told elsewhere, as the name of a group is."""

Called = Callable[[int, int], str]
"""What a cell of one version is called, by its row and column."""


class Cells:
    """Tells what became of the cells of the rows of one table, or of its head."""

    def __init__(
        self,
        grids: Both[CellGrid],
        columns: Columns,
        aligned: tuple[AlignedColumn, ...],
        places: Mapping[Places, Both[Where]],
        ledger: Ledger,
        called: Both[Called],
        subject: Subject = Subject.CELL,
    ) -> None:
        self.grids, self.columns, self.aligned = grids, columns, aligned
        self.ledger, self.subject = ledger, subject
        self.called = called
        self.places = places
        """Where each row stands that both versions have."""
        self.regions = regions(grids, list(places), columns.shared)
        self._words: dict[object, Pieces] = {}

    # -- rows as a whole ------------------------------------------------------------------

    def alike(self, at: Places, change: str | None) -> tuple[Pieces, ...]:
        """The cells of a row in all columns; all differences of words belong to one change."""
        rows = self._rows(at)
        return tuple(self._pieces(slot, rows, change) for slot in self.columns.slots)

    def _rows(self, at: Places) -> Both[Row | None]:
        return Both(
            None if at.old is None else self.grids.old.shown[at.old],
            None if at.new is None else self.grids.new.shown[at.new],
        )

    def _pieces(self, slot: Slot, row: Both[Row | None], change: str | None) -> Pieces:
        before = cell_runs(row.old, None if slot.op is Op.INSERTED else slot.pair.old)
        after = cell_runs(row.new, None if slot.op is Op.DELETED else slot.pair.new)
        if row.old and row.new and self.columns.roles[slot.pair] is ColumnRole.SERIAL:
            change = None if slot.pair.is_shared else change
        return pieces(before, after, change)

    # -- cell by cell ---------------------------------------------------------------------

    def told(self, at: Places, named: Name = lambda _: None) -> Told:
        """The cells of a row that is on both sides, each difference a change of its own."""
        columns = zip(self.columns.slots, self.aligned, strict=True)
        cells = tuple(self._cell(at, slot, column.change, named) for slot, column in columns)
        return cells, self.told_regions(at)

    def told_regions(self, at: Places) -> tuple[str | None, ...]:
        """For each cell of a row the change by which it became one with others, or ceased."""
        names = tuple(self._of_region(at, slot.pair) for slot in self.columns.slots)
        return names if any(names) else ()

    def _cell(self, at: Places, slot: Slot, of_column: str | None, named: Name) -> Pieces:
        rows = self._rows(at)
        pair = slot.pair
        runs = Both(cell_runs(rows.old, pair.old), cell_runs(rows.new, pair.new))
        is_same = runs.old == runs.new
        if slot.op is Op.EQUAL and is_same:
            return all_of(runs.old, Op.EQUAL)
        name = None if slot.op is Op.EQUAL else of_column
        is_serial = self.columns.roles[pair] is ColumnRole.SERIAL
        if pair.is_shared and not is_same and not is_serial:
            if unnoted(runs.old) != unnoted(runs.new):
                name = self._of_region(at, pair) or named(pair) or self._edited(at, pair)
            if slot.op is Op.EQUAL:
                return self._noted(at, pair, runs, name)
        return self._pieces(slot, rows, name)

    def _noted(self, at: Places, pair: Pair, runs: Both[Runs], change: str | None) -> Pieces:
        """The pieces of a cell; each note that differs is a change of its own."""
        key = at, pair
        if key not in self._words:
            old, new = runs
            words = noted(pieces(old, new), self._where(at, pair), self.ledger)
            self._words[key] = owned(words, change) if change else words
        return self._words[key]

    # -- changes --------------------------------------------------------------------------

    def _where(self, at: Places, pair: Pair) -> Both[Where]:
        """The place of a cell in both versions."""
        sides = zip(self.places[at], self.called, at, pair, strict=True)
        return Both(*(_cell_of(*side) for side in sides))

    def _edited(self, at: Places, pair: Pair) -> str:
        """The change of a cell: one for all rows and columns that it reaches over."""
        begins = drawn(self.grids, at, pair)
        return self.ledger.once((self, begins), lambda: self._enter_edited(at, pair))

    def _enter_edited(self, at: Places, pair: Pair) -> str:
        rows = self._rows(at)
        words = Both(cell(rows.old, pair.old), cell(rows.new, pair.new))
        return self.ledger.enter(
            ChangeKind.EDITED,
            self.subject,
            self._where(at, pair),
            pieces(*words.map(run)),
            words.map(lambda words: [words]),
            self.weigh(words, pair),
        )

    def weigh(self, words: Both[str], pair: Pair) -> Weighed:
        """The weight of words in a column that became others; a figure may be written otherwise."""
        values = words.map(value_of)
        if values.old is not None and values.old == values.new:
            return Weight.FORM, ()
        return self.ledger.scale.weigh(*words, self._matter(pair))

    def _matter(self, pair: Pair) -> Matter | None:
        """What any change in a column concerns; a head names figures, and is none."""
        return BY_ROLE.get(self.columns.roles[pair]) if self.subject is Subject.CELL else None

    def _of_region(self, at: Places, pair: Pair) -> str | None:
        """The change by which a cell became one with others, or ceased to be."""
        region = self.regions.get((at, pair))
        if region is None:
            return None
        return self.ledger.once((self, region.first), lambda: self._enter_region(region))

    def _enter_region(self, region: Region) -> str:
        at, column = region.first
        pair = Pair(*column)
        filled = region.words.map(lambda words: [each for each in words if each])
        joined = filled.map(BREAK.join)
        blank = region.counts.map(lambda count: [f"空白 {count} 格"])
        words = filled if any(filled) else blank
        return self.ledger.enter(
            region.kind,
            self.subject,
            self._where(at, pair),
            pieces(*joined.map(run)),
            words,
            self._weigh_region(region, pair),
        )

    def _weigh_region(self, region: Region, pair: Pair) -> Weighed:
        """Words that came or went with a cell are content, whatever they say."""
        if region.says_the_same:
            return Weight.FORM, ()
        weight, matters = self.weigh(region.shown.map(BREAK.join), pair)
        if weight is not Weight.SUBSTANCE and set(region.words.old) != set(region.words.new):
            return Weight.SUBSTANCE, (Matter.CONTENT,)
        return weight, matters


def _cell_of(where: Where, called: Called, row: int | None, column: int | None) -> Where:
    """The place of a cell in one version."""
    assert row is not None
    assert column is not None
    return replace(where, column=called(row, column))
