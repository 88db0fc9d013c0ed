"""A table's tags as pages drew them → one table: each cell once, as far as it spans, with headers.

A page draws again the head, and the cells that began on the page before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from publisher.renderers.pdf_tags import Kid, PdfTag


def whole_table(table: PdfTag, number: int) -> PdfTag:
    """The table with one head and one body; each cell has its headers, each header its name.

    A data cell names all headers of its rows, its groups and its columns (ISO 14289-1 7.5); a
    header those that it stands below. `number` tells the table from others.
    """
    head = list(_rows(_drawn(table.tags("THead")[:1])))
    body = list(_rows(_drawn(table.tags("TBody")), below=len(head)))
    headers = _Headers([*head, *body], f"t{number}")
    parts = {"THead": head, "TBody": body}
    kept = (kid for kid in table.kids if not isinstance(kid, PdfTag) or kid.name not in parts)
    made = (PdfTag(name, tuple(map(headers.row, rows))) for name, rows in parts.items() if rows)
    return replace(table, kids=(*kept, *made))


def whole_form(form: PdfTag, number: int) -> PdfTag:
    """A form with one body: each label has its name, and each blank names those that name it.

    A label heads the blanks in its rows, or those in its columns, or both.
    """
    rows = list(_rows(_drawn(form.tags("TBody"))))
    fields = _Fields(rows, f"t{number}")
    kept = (kid for kid in form.kids if not isinstance(kid, PdfTag) or kid.name != "TBody")
    return replace(form, kids=(*kept, PdfTag("TBody", tuple(map(fields.row, rows)))))


def _drawn(sections: Iterable[PdfTag]) -> Iterator[PdfTag]:
    return (row for section in sections for row in section.tags("TR"))


# -- cells ------------------------------------------------------------------------------


@dataclass(slots=True)
class _GridCell:
    """A cell on the grid of its table, whose rows and columns are counted from 0."""

    tag: PdfTag
    row: int
    column: int
    rows: int = 0
    kids: list[Kid] = field(default_factory=list)

    @property
    def across(self) -> range:
        """The columns that it takes."""
        return range(self.column, self.column + self.tag.columns)

    @property
    def down(self) -> range:
        """The rows that it takes."""
        return range(self.row, self.row + self.rows)


@dataclass(slots=True)
class _GridRow:
    tag: PdfTag
    cells: list[_GridCell]
    """Those that begin in it."""


def _rows(drawn: Iterable[PdfTag], below: int = 0) -> Iterator[_GridRow]:
    """The rows in which a cell begins, the first of them `below` others."""
    grid, made = _Grid(below), []
    for row in drawn:
        cells = grid.begun_in(row)
        if cells:
            made.append(_GridRow(row, cells))
    yield from made


class _Grid:
    """The cells of rows, taken row by row."""

    def __init__(self, row: int) -> None:
        self._row = row
        self._last: dict[int, _GridCell] = {}
        """By column, the cell that stands there."""
        self._left: dict[int, int] = defaultdict(int)
        """By column, how many rows it still takes."""

    def begun_in(self, row: PdfTag) -> list[_GridCell]:
        """The cells that begin in the next row; where none does, it is no row of the table."""
        begun = []
        for tag in row.tags("TH", "TD"):
            column = next(x for x in range(len(self._left) + 1) if not self._left[x])
            cell = self._begun_before(tag, column)
            if cell is None and tag.begun and tag.columns >= len(self._last):
                continue  # the name of all that follows, drawn again
            if cell is None:
                cell = _GridCell(tag, self._row, column)
                begun.append(cell)
            if tag.begun != "again":
                cell.kids.extend(tag.kids)
            for x in cell.across:
                self._last[x], self._left[x] = cell, tag.rows
        self._end_row(counts=bool(begun))
        return begun

    def _begun_before(self, tag: PdfTag, column: int) -> _GridCell | None:
        cell = self._last.get(column)
        is_same = cell and (cell.column, cell.tag.columns) == (column, tag.columns)
        return cell if tag.begun and is_same else None

    def _end_row(self, *, counts: bool) -> None:
        for x, cell in self._last.items():
            if counts and self._left[x] and x == cell.column:
                cell.rows += 1
            self._left[x] = max(self._left[x] - 1, 0)
        self._row += counts


# -- headers ----------------------------------------------------------------------------

_SCOPES = {"col": "Column", "row": "Row", "rowgroup": "Row", "banner": "Column"}


class _Headers:
    """Which cells head which."""

    def __init__(self, rows: list[_GridRow], name: str) -> None:
        self._name = name
        self._across = max((cell.across.stop for row in rows for cell in row.cells), default=0)
        self._of_rows: dict[int, list[_GridCell]] = defaultdict(list)
        self._of_columns: dict[int, list[_GridCell]] = defaultdict(list)
        self._banners: list[tuple[_GridCell, ...]] = []
        """Of each row, those that it stands below: a group's, and one within the group."""
        for row in rows:
            self._banners.append(self._below_banners(row))
            for cell in row.cells:
                self._add(cell)

    def _below_banners(self, row: _GridRow) -> tuple[_GridCell, ...]:
        before = self._banners[-1] if self._banners else ()
        cell = row.cells[0]
        if self._kind(cell) != "banner":
            return before
        of_group = [banner for banner in before if banner.tag.scope == "rowgroup"]
        outer = [] if cell.tag.scope == "rowgroup" else of_group
        return tuple(banner for banner in (*outer, cell) if banner.kids)

    def _add(self, cell: _GridCell) -> None:
        if not cell.kids:
            return  # without words it heads nothing
        match self._kind(cell):
            case "col":
                for x in cell.across:
                    self._of_columns[x].append(cell)
            case "row" | "rowgroup":
                for y in cell.down:
                    self._of_rows[y].append(cell)

    def _kind(self, cell: _GridCell) -> str:
        """What a cell heads; nothing for a data cell."""
        scope = cell.tag.scope
        if cell.tag.name == "TD":
            return ""
        if scope in ("rowgroup", "colgroup") and cell.tag.columns == self._across:
            return "banner"
        return scope.removesuffix("group") if scope == "colgroup" else scope

    def row(self, row: _GridRow) -> PdfTag:
        """The tag of a row, with those of its cells."""
        return replace(row.tag, kids=tuple(map(self._cell, row.cells)))

    def _cell(self, cell: _GridCell) -> PdfTag:
        kind = self._kind(cell)
        names = dict.fromkeys(map(self._identifier, self._headers_of(cell, kind)))
        return replace(
            cell.tag,
            kids=tuple(cell.kids),
            rows=cell.rows,
            headers=tuple(names),
            scope=_SCOPES.get(kind, ""),
            identifier=self._identifier(cell) if kind else "",
        )

    def _identifier(self, cell: _GridCell) -> str:
        return f"{self._name}r{cell.row + 1}c{cell.column + 1}"

    def _headers_of(self, cell: _GridCell, kind: str) -> Iterator[_GridCell]:
        """A cell's headers: those of its rows, of its groups, and those of its columns."""
        of_columns = [head for x in cell.across for head in self._of_columns[x]]
        if kind == "banner":
            return
        if kind == "col":
            yield from (head for head in of_columns if _stands_below(cell, head))
            return
        of_rows = [head for y in cell.down for head in sorted(self._of_rows[y], key=_column)]
        if kind:
            of_rows = [head for head in of_rows if _stands_in(cell, kind, head)]
        yield from (head for head in of_rows if self._kind(head) == "row")
        yield from (head for head in of_rows if self._kind(head) == "rowgroup")
        for y in cell.down:
            yield from self._banners[y]
        yield from of_columns


class _Fields:
    """Which labels of a form name which of its blanks."""

    def __init__(self, rows: list[_GridRow], name: str) -> None:
        self._name = name
        self._cells = {cell.tag.spot: cell for row in rows for cell in row.cells}
        self._beside: set[str] = set()
        self._above: set[str] = set()
        """The spots of labels that name what is at their right, and what is below them."""
        for cell in self._cells.values():
            for spot in cell.tag.named_by:
                is_beside = cell.row in self._cells[spot].down
                (self._beside if is_beside else self._above).add(spot)

    def row(self, row: _GridRow) -> PdfTag:
        """The tag of a row, with those of its cells."""
        return replace(row.tag, kids=tuple(map(self._cell, row.cells)))

    def _cell(self, cell: _GridCell) -> PdfTag:
        is_label = cell.tag.name == "TH"
        return replace(
            cell.tag,
            kids=tuple(cell.kids),
            rows=cell.rows,
            headers=tuple(map(self._identifier, cell.tag.named_by)),
            scope=self._scope(cell.tag.spot) if is_label else "",
            identifier=self._identifier(cell.tag.spot) if is_label else "",
        )

    def _scope(self, spot: str) -> str:
        if spot in self._above:
            return "Both" if spot in self._beside else "Column"
        return "Row"

    def _identifier(self, spot: str) -> str:
        cell = self._cells[spot]
        return f"{self._name}r{cell.row + 1}c{cell.column + 1}"


def _stands_below(cell: _GridCell, head: _GridCell) -> bool:
    return head.row < cell.row and _covers(head.across, cell.across)


def _stands_in(cell: _GridCell, kind: str, head: _GridCell) -> bool:
    """Whether a header of rows is headed by another: by its group, or by one of its kind before."""
    is_of_kind = head.tag.scope == kind and head.column < cell.column
    is_group = kind == "row" and head.tag.scope == "rowgroup"
    return (is_of_kind or is_group) and _covers(head.down, cell.down)


def _covers(outer: range, inner: range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def _column(cell: _GridCell) -> int:
    return cell.column
