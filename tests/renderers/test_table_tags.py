"""The tags of a table with merged cells: each cell once, with its full span and all its headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grids import Headed, data_cells, merged_tables, set_table
from publisher.model import ColumnRole, Grouping, RowGroup, SetCell, SetRow, SetTable, Table
from publisher.renderers.pdf_tags import MarkedContent, PdfTag
from publisher.renderers.table_tags import whole_table
from publisher.spans import on_page
from tried import tried

pytestmark = pytest.mark.thorough

promise = tried(60)
SCOPES = {ColumnRole.SERIAL: "row", ColumnRole.HEADING: "row", ColumnRole.GROUP: "rowgroup"}


# -- as pages draw it -------------------------------------------------------------------


@dataclass
class Drawn:
    """A table's tags as pages draw it; each piece of content is a number, and has words."""

    table: SetTable
    words: list[str] = field(default_factory=list)

    def tag(self, breaks: set[int]) -> PdfTag:
        """The table with a page that begins at each of these rows."""
        head = [PdfTag("TR", tuple(self._head(row))) for row in self.table.head]
        body = [row for page in self._pages(breaks) for row in page]
        return PdfTag("Table", (PdfTag("THead", tuple(head)), PdfTag("TBody", tuple(body))))

    def _head(self, row: tuple[SetCell, ...]) -> Iterator[PdfTag]:
        for index in self._printed:
            if not row[index].is_covered:
                yield self._cell(row[index], "col")

    @property
    def _printed(self) -> list[int]:
        has_banners = self.table.grouping is Grouping.HEADING_ROW
        roles = [column.role for column in self.table.columns]
        return [n for n, role in enumerate(roles) if not has_banners or role != ColumnRole.GROUP]

    def _pages(self, breaks: set[int]) -> Iterator[list[PdfTag]]:
        drawn = [
            (group, row) for group in self.table.groups for row in group.drawn(self.table.grouping)
        ]
        numbers = iter(range(len(drawn)))
        last = ""
        for _, rows in groupby(drawn, lambda pair: _next_page(breaks, next(numbers))):
            made: list[PdfTag] = []
            for anchor, pairs in groupby(rows, lambda pair: pair[0].anchor):
                of_group = list(pairs)
                made += self._group(of_group[0][0], [row for _, row in of_group], anchor == last)
                last = anchor
            yield made

    def _group(self, group: RowGroup, rows: list[SetRow], goes_on: bool) -> Iterator[PdfTag]:
        if self.table.grouping is Grouping.HEADING_ROW and group.label:
            label = SetCell((group.label,), columns=len(self._printed), begins_again=goes_on)
            yield PdfTag("TR", (self._cell(label, "rowgroup"),))
        for row in on_page(rows):
            cells = [(n, row.cells[n]) for n in self._printed if not row.cells[n].is_covered]
            scopes = [SCOPES.get(self.table.columns[n].role, "") for n, _ in cells]
            if row.is_banner:
                scopes = ["colgroup" for _ in cells]
            made = (self._cell(cell, scope) for (_, cell), scope in zip(cells, scopes, strict=True))
            yield PdfTag("TR", tuple(made))

    def _cell(self, cell: SetCell, scope: str) -> PdfTag:
        kids = ()
        if words := "".join(cell.items):
            kids = (MarkedContent(0, len(self.words)),)
            self.words.append(words)
        return PdfTag(
            "TH" if scope else "TD",
            kids,
            scope=scope,
            begun="again" if cell.begins_again else "",
            rows=cell.rows,
            columns=cell.columns,
        )

    def said(self, tag: PdfTag) -> str:
        """The words of a tag."""
        return "".join(self.words[number] for _, number in tag.pieces())


def _next_page(breaks: set[int], row: int) -> int:
    return sum(number <= row for number in breaks)


def cells(table: PdfTag) -> list[PdfTag]:
    """The cells in reading order."""
    rows = [row for part in table.tags("THead", "TBody") for row in part.tags("TR")]
    return [cell for row in rows for cell in row.tags("TH", "TD")]


made = st.sets(st.integers(1, 7))


# -- promises ---------------------------------------------------------------------------


@promise
@given(merged_tables(), made)
def test_each_data_cell_names_exactly_the_headers_of_its_rows_groups_and_columns(
    table: Table, breaks: set[int]
) -> None:
    content = set_table(table)
    drawn = Drawn(content)
    whole = whole_table(drawn.tag(breaks), 1)
    named = {cell.identifier: drawn.said(cell) for cell in cells(whole) if cell.name == "TH"}
    told = [
        Headed(drawn.said(cell), frozenset(named[header] for header in cell.headers))
        for cell in cells(whole)
        if cell.name == "TD"
    ]
    assert told == data_cells(content)
    assert all(len(set(cell.headers)) == len(cell.headers) for cell in cells(whole))


@promise
@given(merged_tables(), made)
def test_pages_leave_no_trace(table: Table, breaks: set[int]) -> None:
    content = set_table(table)
    paged, one = Drawn(content), Drawn(content)
    told = [_without_content(paged, tag) for tag in (whole_table(paged.tag(breaks), 1),)]
    assert told == [_without_content(one, whole_table(one.tag(set()), 1))]


def _without_content(drawn: Drawn, tag: PdfTag) -> object:
    kids = tuple(_without_content(drawn, kid) for kid in tag.kids if isinstance(kid, PdfTag))
    return replace(tag, kids=()), kids, drawn.said(tag)


@promise
@given(merged_tables(), made)
def test_cells_fill_the_grid_and_each_header_has_a_name_and_a_scope(
    table: Table, breaks: set[int]
) -> None:
    whole = whole_table(Drawn(set_table(table)).tag(breaks), 1)
    for part in whole.tags("THead", "TBody"):
        rows = part.tags("TR")
        area = sum(cell.rows * cell.columns for cell in cells(replace(whole, kids=(part,))))
        assert area == len(rows) * sum(cell.columns for cell in rows[0].tags("TH", "TD"))
        assert all(row.kids for row in rows)
    heads = [cell for cell in cells(whole) if cell.name == "TH"]
    assert len({cell.identifier for cell in heads}) == len(heads)
    assert {cell.scope for cell in heads} <= {"Column", "Row"}
    assert all(cell.scope == "Column" for cell in heads if cell in cells(_head(whole)))


def _head(table: PdfTag) -> PdfTag:
    return replace(table, kids=tuple(table.tags("THead")))
