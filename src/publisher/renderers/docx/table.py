"""A table and its pages → tables of Word, one a page, each with head and labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import (
    ColumnRole,
    Grouping,
    RowGroup,
    SetRow,
    SetTable,
    one_line,
)
from publisher.renderers import typesetting
from publisher.renderers.docx.elements import Maker
from publisher.renderers.layout import TablePage
from publisher.standard import Length

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEFT_ALIGNED = (ColumnRole.TEXT, ColumnRole.DEPARTMENTS)


def table_pages(
    maker: Maker, table: SetTable, pages: tuple[TablePage, ...], across: Length
) -> Iterator[Element]:
    """The table of each page, new pages between them, and the paragraph that Word wants at last.

    One table would do if LibreOffice began a page within a table where a row asks for it.
    """
    columns = _columns(table, across)
    for index, groups in enumerate(pages):
        if index:
            yield maker.paragraph("表格换页")
        yield _table(maker, table, groups, columns, goes_on=index > 0)
    yield maker.paragraph("表后")


@dataclass(frozen=True, slots=True)
class _Column:
    """A printed column."""

    index: int
    name: str
    role: ColumnRole
    width: int
    """In twips."""
    is_spread: bool


def _table(
    maker: Maker, table: SetTable, groups: TablePage, columns: list[_Column], *, goes_on: bool
) -> Element:
    rows = [
        _header_row(maker, columns),
        *(row for group in groups for row in _group_rows(maker, table, group, columns)),
    ]
    made = maker.table("公文表格", [column.width for column in columns], rows)
    title, names = one_line(table.title), "、".join(column.name for column in table.columns)
    count = sum(len(group.rows) for group in groups)
    made.tblPr.append(maker.element("w:tblLook", val="0020", firstRow="1", noVBand="1"))
    made.tblPr.append(maker.value("w:tblCaption", f"{title}（续）" if goes_on else title))
    made.tblPr.append(maker.value("w:tblDescription", f"共{count}行，各列为{names}"))
    element: Element = made
    return element


def _header_row(maker: Maker, columns: list[_Column]) -> Element:
    cells = [
        maker.cell([maker.paragraph("表头", maker.run(column.name))], column.width)
        for column in columns
    ]
    return maker.row(cells, header=True)


def _group_rows(
    maker: Maker, table: SetTable, group: RowGroup, columns: list[_Column]
) -> Iterator[Element]:
    if table.grouping is Grouping.HEADING_ROW and group.label:
        label = maker.paragraph("表格分组", maker.run(group.label))
        across = sum(column.width for column in columns)
        yield maker.row([maker.cell([label], across, span=len(columns))])
    for index, row in enumerate(group.rows):
        yield maker.row(_body_cell(maker, column, row, first=index == 0) for column in columns)


def _body_cell(maker: Maker, column: _Column, row: SetRow, *, first: bool) -> Element:
    cell = row.cells[column.index]
    style = "表格文字" if column.role in _LEFT_ALIGNED else "表格居中"
    items, merge = typesetting.printed_items(cell, is_spread=column.is_spread), ""
    if column.role is ColumnRole.GROUP:
        items, merge = (cell.items, "restart") if first else ((), "continue")
    paragraphs = [
        maker.paragraph(style, *([maker.run(item)] if item else [])) for item in items or ("",)
    ]
    return maker.cell(paragraphs, column.width, merge=merge)


def _columns(table: SetTable, across: Length) -> list[_Column]:
    """The printed columns; their widths add up to that of the page's text."""
    printed, spread = typesetting.printed_columns(table), typesetting.spread_columns(table)
    widths = [int(typesetting.column_width(table, index, across).pt * 20) for index in printed]
    widths[-1] += across.twips - sum(widths)
    return [
        _Column(index, table.columns[index].name, table.columns[index].role, width, index in spread)
        for index, width in zip(printed, widths, strict=True)
    ]
