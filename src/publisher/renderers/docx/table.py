"""A table and its pages → tables of Word, one a page, each with head and labels."""

from __future__ import annotations

from collections.abc import Iterator
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
    widths = _widths(table, across)
    for index, groups in enumerate(pages):
        if index:
            yield maker.paragraph("表格换页")
        yield _table(maker, table, groups, widths, goes_on=index > 0)
    yield maker.paragraph("表后")


def _table(
    maker: Maker, table: SetTable, groups: TablePage, widths: list[int], *, goes_on: bool
) -> Element:
    rows = [
        _header_row(maker, table, widths),
        *(row for group in groups for row in _group_rows(maker, table, group, widths)),
    ]
    made = maker.table("公文表格", widths, rows)
    title, names = one_line(table.title), "、".join(column.name for column in table.columns)
    count = sum(len(group.rows) for group in groups)
    made.tblPr.append(maker.element("w:tblLook", val="0020", firstRow="1", noVBand="1"))
    made.tblPr.append(maker.value("w:tblCaption", f"{title}（续）" if goes_on else title))
    made.tblPr.append(maker.value("w:tblDescription", f"共{count}行，各列为{names}"))
    element: Element = made
    return element


def _header_row(maker: Maker, table: SetTable, widths: list[int]) -> Element:
    cells = [
        maker.cell([maker.paragraph("表头", maker.run(table.columns[index].name))], width)
        for index, width in zip(typesetting.printed_columns(table), widths, strict=True)
    ]
    return maker.row(cells, header=True)


def _group_rows(
    maker: Maker, table: SetTable, group: RowGroup, widths: list[int]
) -> Iterator[Element]:
    if table.grouping is Grouping.HEADING_ROW and group.label:
        label = maker.paragraph("表格分组", maker.run(group.label))
        yield maker.row([maker.cell([label], sum(widths), span=len(widths))])
    for index, row in enumerate(group.rows):
        yield maker.row(
            _body_cell(maker, table, row, position, first=index == 0, width=width)
            for position, width in zip(typesetting.printed_columns(table), widths, strict=True)
        )


def _body_cell(
    maker: Maker, table: SetTable, row: SetRow, position: int, *, first: bool, width: int
) -> Element:
    cell, column = row.cells[position], table.columns[position]
    style = "表格文字" if column.role in _LEFT_ALIGNED else "表格居中"
    items, merge = typesetting.printed_items(table, position, cell), ""
    if column.role is ColumnRole.GROUP:
        items, merge = (cell.items, "restart") if first else ((), "continue")
    paragraphs = [
        maker.paragraph(style, *([maker.run(item)] if item else [])) for item in items or ("",)
    ]
    return maker.cell(paragraphs, width, merge=merge)


def _widths(table: SetTable, across: Length) -> list[int]:
    """Widths of the printed columns in twips; they add up to that of the page's text."""
    columns = typesetting.printed_columns(table)
    widths = [int(typesetting.column_width(table, index, across).pt * 20) for index in columns]
    widths[-1] += across.twips - sum(widths)
    return widths
