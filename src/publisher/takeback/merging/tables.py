"""Three versions of a table → its columns, rows and cells with the edits of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from publisher.model import Cell, Column, ColumnRole, Row, Table, one_line
from publisher.takeback.merging.cells import cell_words, is_alike, merged_cell
from publisher.takeback.merging.columns import column_strands
from publisher.takeback.merging.regions import Regions, standing_alone
from publisher.takeback.merging.rows import counted, counts, is_number, row_strands
from publisher.takeback.merging.sequences import Indices, Strand, Strands, woven
from publisher.takeback.merging.three import Merging, Naming, Three
from publisher.takeback.merging.values import merged_fields
from publisher.takeback.result import Reason

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
    "reconciled",
)
_EMPTY = Cell(())


def _cell_of(row: Row | None, at: Indices) -> Cell | None:
    return row.cells[at[0]] if row is not None and at else None


def _height_of(heights: tuple[float | None, ...], at: Indices) -> float | None:
    return heights[at[0]] if at and at[0] < len(heights) else None


def merged_table(merging: Merging, where: Naming, three: Three[Table]) -> Table:
    """A table with what either edited."""
    fields = merged_fields(merging, lambda _: where, three, _FIELDS)
    return replace(three.ours, **fields, **_Merger(merging, where, three).fields())


def table_lines(table: Table) -> list[str]:
    """What a table says, a row a line."""
    names = " | ".join(one_line(column.name) for column in table.columns)
    above = filter(None, [one_line(table.title), names])
    return [*above, *map(row_words, (*table.head, *table.rows)), *table.remarks]


def row_words(row: Row | None) -> str:
    """What a row says; nothing for none."""
    return " | ".join(map(cell_words, row.cells)) if row else ""


@dataclass(slots=True)
class _Merger:
    """Merges the grid of three versions of a table."""

    merging: Merging
    where: Naming
    tables: Three[Table]
    columns: Strands = field(init=False)
    order: list[int] = field(init=False)
    """Of the columns that are kept."""
    _is_counted: bool = field(init=False)
    """Whether all versions count their rows."""

    def fields(self) -> dict[str, Any]:
        """The columns and rows of the table that is made, and their measures."""
        self.columns = column_strands(self.tables)
        counting = self.tables.map(counts)
        self._is_counted = counting.base and counting.ours and counting.theirs
        rows = row_strands(self.tables, self.columns, "rows")
        head = row_strands(self.tables, self.columns, "head")
        kept = {n for n, each in enumerate(self.columns.all) if self._is_column_kept(each, rows)}
        self.order, moved = woven(self.columns.orders, kept)
        for n in moved:
            where = self._column_where(self.columns.all[n])
            self.merging.leave(Reason.CONFLICT, where, "另外挪到别处的一列")
        made = self._ordered(rows, "rows")
        return {
            "columns": tuple(self._column(self.columns.all[n]) for n in self.order),
            "rows": self._finished(made),
            "head": tuple(self._row(strand, "head") for strand in self._ordered(head, "head")),
            "widths": self._widths(),
            "heights": self._heights(made),
        }

    # -- columns ----------------------------------------------------------------------------

    def _is_column_kept(self, strand: Strand, rows: Strands) -> bool:
        if not strand.base or (strand.ours and strand.theirs):
            return True
        if not strand.ours and not strand.theirs:
            return False
        edited = []
        for row in rows.all:
            cells = self._rows(row, "rows").across(strand, _cell_of)
            left = cells.ours or cells.theirs
            if left is not None and not is_alike(cells.base or _EMPTY, left):
                edited.append(cells)
        names = self._columns(strand).map(lambda column: column.name if column else "")
        if not edited and names.base in (names.ours, names.theirs):
            return False

        def said(side: str) -> str:
            cells = [cell for three in edited if (cell := getattr(three, side))]
            return "；".join([getattr(names, side), *map(cell_words, cells)])

        words = Three(*(said(side) for side in ("base", "ours", "theirs")))
        self.merging.dispute(self._column_where(strand), words)
        return bool(strand.ours)

    def _column_where(self, strand: Strand) -> Naming:
        return lambda: f"{self.where()} {one_line(self._name(strand))}".strip()

    def _name(self, strand: Strand) -> str:
        columns = self._columns(strand)
        column = columns.ours or columns.theirs or columns.base
        return column.name if column else ""

    def _columns(self, strand: Strand) -> Three[Column | None]:
        return self.tables.across(strand, lambda table, at: table.columns[at[0]] if at else None)

    def _column(self, strand: Strand) -> Column:
        three = self._columns(strand)
        if three.base and three.ours and three.theirs:
            where = self._column_where(strand)
            fields = merged_fields(self.merging, lambda _: where, three, ("name", "role"))
            return replace(three.ours, **fields)
        column = three.ours or three.theirs
        assert column is not None
        return column

    def _widths(self) -> tuple[float, ...]:
        """Of the columns as they stand now; none where they are not known of all."""
        widths = self.tables.of("widths")
        if not widths.best:
            return ()
        for side, table in ((widths.best, None), (widths.ours, "ours"), (widths.theirs, "theirs")):
            at = [getattr(self.columns.all[n], table or self._side(widths)) for n in self.order]
            if side and all(at) and len(at) == len(side):
                return tuple(side[some[0]] for some in at)
        return ()

    @staticmethod
    def _side(values: Three[Any]) -> str:
        return "ours" if values.best == values.ours else "theirs"

    # -- rows -------------------------------------------------------------------------------

    def _rows(self, strand: Strand, part: str) -> Three[Row | None]:
        def row(table: Table, at: Indices) -> Row | None:
            return getattr(table, part)[at[0]] if at else None

        return self.tables.across(strand, row)

    def _ordered(self, rows: Strands, part: str) -> list[Strand]:
        kept = {n for n, strand in enumerate(rows.all) if self._is_row_kept(strand, part)}
        order, moved = woven(rows.orders, kept)
        for n in moved:
            self.merging.leave(Reason.CONFLICT, self._row_where(rows.all[n]), "另外挪到别处的一行")
        return [rows.all[n] for n in order]

    def _is_row_kept(self, strand: Strand, part: str) -> bool:
        if not strand.base or (strand.ours and strand.theirs):
            return True
        rows = self._rows(strand, part)
        if not rows.ours and not rows.theirs:
            return False
        if all(self._is_cell_alike(rows, n) for n in range(len(self.columns.all))):
            return False
        self.merging.dispute(self._row_where(strand), rows.map(row_words))
        return rows.ours is not None

    def _is_cell_alike(self, rows: Three[Row | None], n: int) -> bool:
        """Whether a cell of a row that one side took out is as it was on the other."""
        strand = self.columns.all[n]
        cells = rows.across(strand, _cell_of)
        if self._is_count(n, cells):
            return True
        left = cells.ours or cells.theirs
        if left is None or (strand.base and is_alike(cells.base or _EMPTY, left)):
            return True
        return not strand.base and not left.items

    def _row_where(self, strand: Strand, column: str = "") -> Naming:
        sides = [
            (getattr(self.tables, side), at[0])
            for side in ("ours", "theirs", "base")
            if (at := getattr(strand, side))
        ]
        return lambda: self.merging.names.row(sides, one_line(column))

    def _row(self, strand: Strand, part: str) -> Row:
        rows = self._rows(strand, part)
        cells = tuple(self._cell(strand, rows, n) for n in self.order)
        clause = rows.map(lambda row: row.clause if row else None)
        whole = rows.ours or rows.theirs
        assert whole is not None
        chosen = clause.best if rows.base and rows.ours and rows.theirs else whole.clause
        return replace(whole, cells=cells, clause=chosen)

    def _cell(self, strand: Strand, rows: Three[Row | None], n: int) -> Cell:
        column = self.columns.all[n]
        cells = rows.across(column, _cell_of)
        if cells.ours is None or cells.theirs is None:
            return cells.ours or cells.theirs or _EMPTY
        three = Three(cells.base or _EMPTY, cells.ours, cells.theirs)
        if not three.is_disputed:
            return replace(three.best, place=three.ours.place)
        if self._is_count(n, cells):
            return three.ours
        return merged_cell(self.merging, self._row_where(strand, self._name(column)), three)

    def _heights(self, made: Sequence[Strand]) -> tuple[float | None, ...]:
        heights = self.tables.of("heights")
        if not heights.ours and not heights.theirs:
            return ()
        result = []
        for strand in made:
            three = heights.across(strand, _height_of)
            is_whole = strand.ours and strand.theirs
            result.append(three.best if is_whole else three.ours or three.theirs)
        while result and result[-1] is None and len(result) > len(heights.best):
            result.pop()
        return tuple(result)

    def _finished(self, made: Sequence[Strand]) -> tuple[Row, ...]:
        rows = tuple(self._row(strand, "rows") for strand in made)
        if any(cell.merge for row in rows for cell in row.cells):
            rows = standing_alone(
                rows, [self._regions("ours", made), self._regions("theirs", made)]
            )
        serial = next((at for at, n in enumerate(self.order) if self._is_serial(n)), None)
        if serial is not None and self._is_counted:
            rows = counted(rows, serial)
        if any(row.clause for row in self.tables.ours.rows):
            rows = tuple(row if row.clause else replace(row, clause=_EMPTY) for row in rows)
        return rows

    def _regions(self, side: str, made: Sequence[Strand]) -> Regions:
        columns = [getattr(self.columns.all[n], side) for n in self.order]
        rows = [getattr(strand, side) for strand in made]
        return Regions(getattr(self.tables, side).rows, rows, columns)

    # -- serials ----------------------------------------------------------------------------

    def _is_serial(self, n: int) -> bool:
        columns = self._columns(self.columns.all[n])
        return any(
            column is not None and column.role is ColumnRole.SERIAL
            for column in (columns.base, columns.ours)
        )

    def _is_count(self, n: int, cells: Three[Cell | None]) -> bool:
        """Whether cells are serials that are counted, and differ in nothing else."""
        some = (cells.base, cells.ours, cells.theirs)
        return (
            self._is_serial(n)
            and self._is_counted
            and all(is_number(cell.text) for cell in some if cell is not None)
        )
