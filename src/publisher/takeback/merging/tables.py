"""Three versions of a table → its columns, rows and cells with the edits of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from publisher.changes import Both
from publisher.compare.columns import Columns
from publisher.model import Cell, Column, ColumnRole, Merge, Row, Table, one_line
from publisher.takeback.merging.pairing import Member, Pairs, paired
from publisher.takeback.merging.sequences import Strand, Strands, added_alike, strands, woven
from publisher.takeback.merging.three import Grain, Merging, Naming, Three
from publisher.takeback.merging.values import merged_fields
from publisher.takeback.merging.words import merged_words
from publisher.wordings import bare

_FIELDS = (
    "title",
    "grouping",
    "orientation",
    "unit",
    "remarks",
    "says_it_goes_on",
    "is_form",
    "is_fillable",
    "delivery",
)
_EMPTY = Cell(())


def merged_table(merging: Merging, where: Naming, three: Three[Table]) -> Table:
    """A table with what either edited."""
    fields = merged_fields(merging, lambda _: where, three, _FIELDS)
    reconciled = merged_fields(merging, lambda _: where, three, ["reconciled"])
    grid = _Grid(merging, where, three)
    return replace(three.ours, **fields, **reconciled, **grid.merged())


def table_lines(table: Table) -> list[str]:
    """What a table says, a row a line."""
    rows = [" | ".join(cell.text for cell in row.cells) for row in (*table.head, *table.rows)]
    names = " | ".join(one_line(column.name) for column in table.columns)
    return [*filter(None, [one_line(table.title), names]), *rows, *table.remarks]


Cells = Three[Sequence[Cell | None]]


@dataclass(slots=True)
class _Grid:
    """The columns and rows of three versions of a table."""

    merging: Merging
    where: Naming
    tables: Three[Table]
    columns: Strands = field(init=False)
    order: list[int] = field(init=False)
    """Of the columns that are kept."""
    serials: dict[str, int | None] = field(init=False)

    def merged(self) -> dict[str, Any]:
        tables = self.tables
        to_ours = _columns(tables.base, tables.ours)
        to_theirs = _columns(tables.base, tables.theirs)
        members = tables.map(lambda table: [Member(each, each.name) for each in table.columns])
        added = added_alike(members.ours, members.theirs, to_ours, to_theirs)
        self.columns = strands(
            tables.map(lambda table: len(table.columns)), to_ours, to_theirs, added
        )
        rows = self._rows("rows")
        head = self._rows("head")
        kept = {n for n, strand in enumerate(self.columns.all) if self._is_kept(strand, rows)}
        self.order, _ = woven(self.columns.orders, kept)
        made, heights = self._made(rows, "rows")
        return {
            "columns": tuple(self._column(self.columns.all[n]) for n in self.order),
            "rows": _numbered(tables, self._with_clauses(made), self._serial()),
            "head": tuple(self._made(head, "head")[0]),
            "widths": self._widths(),
            "heights": heights,
        }

    # -- columns ----------------------------------------------------------------------------

    def _is_kept(self, strand: Strand, rows: Strands) -> bool:
        if not strand.base or (strand.ours and strand.theirs):
            return True
        if not strand.ours and not strand.theirs:
            return False
        name = "ours" if strand.ours else "theirs"
        side: Table = getattr(self.tables, name)
        at, left = strand.base[0], getattr(strand, name)[0]
        pairs = [(row.base, getattr(row, name)) for row in rows.all if getattr(row, name)]
        differing = [
            (self.tables.base.rows[base[0]].cells[at], side.rows[row[0]].cells[left])
            for base, row in pairs
            if base
        ]
        added = [
            cell
            for base, row in pairs
            if not base and (cell := side.rows[row[0]].cells[left]).items
        ]
        changed = [(old, new) for old, new in differing if not _is_alike(old, new)]
        if not changed and not added:
            return False
        called = side.columns[left].name
        before = "；".join(old.text for old, _ in changed)
        after = "；".join([*(new.text for _, new in changed), *(cell.text for cell in added)])
        words = Three(before, after if strand.ours else "", after if strand.theirs else "")
        self.merging.dispute(lambda: f"{self.where()} {one_line(called)}".strip(), words)
        return bool(strand.ours)

    def _column(self, strand: Strand) -> Column:
        if strand.base and strand.ours and strand.theirs:
            three = Three(
                self.tables.base.columns[strand.base[0]],
                self.tables.ours.columns[strand.ours[0]],
                self.tables.theirs.columns[strand.theirs[0]],
            )

            def where() -> str:
                return f"{self.where()} {one_line(three.ours.name)}".strip()

            made = merged_fields(self.merging, lambda _: where, three, ("name", "role"))
            return replace(three.ours, **made)
        if strand.ours:
            return self.tables.ours.columns[strand.ours[0]]
        return self.tables.theirs.columns[strand.theirs[0]]

    def _widths(self) -> tuple[float, ...]:
        """Of columns that stay as they are, those of one version; else as the content asks."""
        widths = self.tables.of("widths")
        if len(widths.best) == len(self.order) and not widths.is_disputed:
            return tuple(widths.best)
        for side, table in (("ours", self.tables.ours), ("theirs", self.tables.theirs)):
            at = [getattr(self.columns.all[n], side) for n in self.order]
            if table.widths and all(at):
                return tuple(table.widths[some[0]] for some in at)
        return ()

    # -- rows -------------------------------------------------------------------------------

    def _rows(self, name: str) -> Strands:
        members = self.tables.map(lambda table: self._row_members(table, name))
        is_even = self.tables.ours.is_form or name == "head"
        to_ours = paired(members.base, members.ours, is_even=is_even)
        to_theirs = paired(members.base, members.theirs, is_even=is_even)
        added = added_alike(members.ours, members.theirs, to_ours, to_theirs)
        return strands(members.map(len), to_ours, to_theirs, added)

    def _row_members(self, table: Table, name: str) -> list[Member]:
        shared = [
            (getattr(strand, side)[0], number)
            for number, strand in enumerate(self.columns.all)
            if strand.base and strand.ours and strand.theirs
            for side in ("base", "ours", "theirs")
            if table is getattr(self.tables, side)
        ]
        return [_row_member(table, row, dict(shared)) for row in getattr(table, name)]

    def _made(self, rows: Strands, name: str) -> tuple[list[Row], tuple[float | None, ...]]:
        kept = {n for n, strand in enumerate(rows.all) if self._is_row_kept(strand, name)}
        order, _ = woven(rows.orders, kept)
        made = [self._row(rows.all[n], name) for n in order]
        return made, self._heights([rows.all[n] for n in order]) if name == "rows" else ()

    def _row_of(self, strand: Strand, side: str, name: str) -> Row | None:
        at = getattr(strand, side)
        return getattr(getattr(self.tables, side), name)[at[0]] if at else None

    def _is_row_kept(self, strand: Strand, name: str) -> bool:
        if not strand.base or (strand.ours and strand.theirs):
            return True
        rows = Three(*(self._row_of(strand, side, name) for side in ("base", "ours", "theirs")))
        left = rows.ours or rows.theirs
        if left is None:
            return False
        side = "ours" if rows.ours else "theirs"
        if all(
            _is_alike(old, new)
            for n, column in enumerate(self.columns.all)
            if column.base and getattr(column, side) and not self._is_serial(n)
            for old, new in [
                (rows.base.cells[column.base[0]], left.cells[getattr(column, side)[0]])  # type: ignore[union-attr]
            ]
        ):
            return False
        self.merging.dispute(self._row_where(strand), rows.map(_row_words))
        return rows.ours is not None

    def _row_where(self, strand: Strand, column: str = "") -> Naming:
        def where() -> str:
            tables = self.tables
            sides = (
                (tables.ours, strand.ours[0] if strand.ours else None),
                (tables.theirs, strand.theirs[0] if strand.theirs else None),
                (tables.base, strand.base[0] if strand.base else None),
            )
            return self.merging.names.row(sides, one_line(column))

        return where

    def _row(self, strand: Strand, name: str) -> Row:
        rows = Three(*(self._row_of(strand, side, name) for side in ("base", "ours", "theirs")))
        cells = tuple(self._cell(strand, rows, n) for n in self.order)
        clause = rows.map(lambda row: row.clause if row else None)
        whole = rows.ours or rows.theirs
        assert whole is not None
        chosen = clause.best if rows.base and rows.ours and rows.theirs else whole.clause
        return replace(whole, cells=cells, clause=chosen)

    def _cell(self, strand: Strand, rows: Three[Row | None], n: int) -> Cell:
        column = self.columns.all[n]
        cells = Three(
            *(
                row.cells[at[0]] if row is not None and at else None
                for row, at in (
                    (rows.base, column.base),
                    (rows.ours, column.ours),
                    (rows.theirs, column.theirs),
                )
            )
        )
        if cells.ours is None or cells.theirs is None:
            return cells.ours or cells.theirs or _EMPTY
        if cells.base is None:
            if not cells.ours.text or cells.ours == cells.theirs:
                return replace(cells.theirs, place=cells.ours.place)
            return cells.ours
        three = Three(cells.base, cells.ours, cells.theirs)
        name = self._name(column)
        return merged_cell(self.merging, self._row_where(strand, name), three)

    def _name(self, column: Strand) -> str:
        if column.ours:
            return self.tables.ours.columns[column.ours[0]].name
        return self.tables.theirs.columns[column.theirs[0]].name if column.theirs else ""

    def _heights(self, made: Sequence[Strand]) -> tuple[float | None, ...]:
        heights = self.tables.of("heights")
        if not any((heights.ours, heights.theirs)):
            return ()

        def of(strand: Strand, side: str) -> float | None:
            at, some = getattr(strand, side), getattr(heights, side)
            return some[at[0]] if at and at[0] < len(some) else None

        result = []
        for strand in made:
            three = Three(*(of(strand, side) for side in ("base", "ours", "theirs")))
            if not strand.ours or not strand.theirs:
                result.append(three.ours if strand.ours else three.theirs)
            else:
                result.append(three.best)
        if heights.best == tuple(result)[: len(heights.best)] and not any(
            result[len(heights.best) :]
        ):
            return tuple(heights.best)
        return tuple(result)

    def _with_clauses(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Rows that all have the cell of the clause, where some have it."""
        if not any(row.clause for row in self.tables.ours.rows):
            return tuple(rows)
        return tuple(row if row.clause else replace(row, clause=_EMPTY) for row in rows)

    # -- serials ----------------------------------------------------------------------------

    def _is_serial(self, n: int) -> bool:
        column = self.columns.all[n]
        base = self.tables.base.columns[column.base[0]] if column.base else None
        return base is not None and base.role is ColumnRole.SERIAL

    def _serial(self) -> int | None:
        """Where the serials stand in the table that is made."""
        return next((at for at, n in enumerate(self.order) if self._is_serial(n)), None)


def _columns(old: Table, new: Table) -> Pairs:
    shared = Columns(Both(old, new)).shared
    return sorted((pair.old, pair.new) for pair in shared if None not in (pair.old, pair.new))  # type: ignore[misc]


def _row_member(table: Table, row: Row, shared: dict[int, int]) -> Member:
    cells = sorted((number, row.cells[at]) for at, number in shared.items())
    key = tuple((number, cell.items, cell.merge) for number, cell in cells)
    words = bare(
        "".join(
            row.cells[at].text
            for at, _ in sorted(shared.items(), key=lambda pair: pair[1])
            if table.columns[at].role not in (ColumnRole.SERIAL, ColumnRole.GROUP)
        )
    )
    return Member(key, words)


def _row_words(row: Row | None) -> str:
    return " | ".join(cell.text for cell in row.cells) if row else ""


def _is_alike(old: Cell, new: Cell) -> bool:
    return (old.items, old.note, old.merge) == (new.items, new.note, new.merge) or (
        old.merge is None
        and new.merge is None
        and bare(old.text) == bare(new.text)
        and old.note is None
    )


# -- cells ----------------------------------------------------------------------------------


def merged_cell(merging: Merging, where: Naming, three: Three[Cell]) -> Cell:
    """What stands in a cell, and its note."""
    if not three.is_disputed:
        return replace(three.best, place=three.ours.place)
    note = merged_fields(merging, lambda _: where, three, ["note"])["note"]
    said = three.map(lambda cell: (cell.items, cell.merge))
    if not said.is_disputed:
        items, merge = said.best
        return replace(three.ours, items=items, merge=merge, note=note)
    if all(each.merge is None and len(each.items) == 1 for each in _each(three)):
        words = merged_words(merging, where, three.map(lambda cell: cell.items[0]))
        return replace(three.ours, items=(words,) if words else (), note=note)
    if merging.grain is Grain.CHARACTER and bare(three.ours.text) == bare(three.base.text):
        return replace(three.theirs, place=three.ours.place, note=note)
    merging.dispute(where, three.map(cell_words))
    return replace(three.ours, note=note)


def _each(three: Three[Cell]) -> tuple[Cell, Cell, Cell]:
    return three.base, three.ours, three.theirs


def cell_words(cell: Cell) -> str:
    """A cell in words; what is one with a neighbour is told as such."""
    if cell.merge is not None:
        return "（与上格合并）" if cell.merge is Merge.ABOVE else "（与左格合并）"
    return cell.text


# -- serials --------------------------------------------------------------------------------

_NUMBER = re.compile("[1-9][0-9]*")


def _numbered(tables: Three[Table], rows: Sequence[Row], column: int | None) -> tuple[Row, ...]:
    """Rows counted anew where all versions count theirs from 1."""
    if column is None or not all(
        _counts(table) for table in (tables.base, tables.ours, tables.theirs)
    ):
        return tuple(rows)
    made = []
    number = 0
    for row in rows:
        cell = row.cells[column]
        if _NUMBER.fullmatch(cell.text):
            number += 1
            cell = replace(cell, items=(str(number),))
        made.append(replace(row, cells=(*row.cells[:column], cell, *row.cells[column + 1 :])))
    return tuple(made)


def _counts(table: Table) -> bool:
    column = table.column_of(ColumnRole.SERIAL)
    if column is None:
        return False
    typed = [text for row in table.rows if _NUMBER.fullmatch(text := row.cells[column].text)]
    return typed == [str(n + 1) for n in range(len(typed))]
