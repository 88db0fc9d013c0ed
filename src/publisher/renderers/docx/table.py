"""A table and its pages → tables of Word, one a page, each with head and labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from publisher.model import (
    Column,
    ColumnRole,
    Grouping,
    RowGroup,
    SetRow,
    one_line,
)
from publisher.renderers.docx.elements import Maker
from publisher.setting.composition import ComposedColumn, ComposedTable
from publisher.standard import Length
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEFT_ALIGNED = (ColumnRole.TEXT, ColumnRole.DEPARTMENTS)


def table_pages(maker: Maker, composed: ComposedTable, across: Length) -> Iterator[Element]:
    """The table of each page, new pages between them, and the paragraph that Word wants at last.

    One table would do if LibreOffice began a page within a table where a row asks for it.
    """
    setter = TableSetter(maker, composed, across)
    grouping = composed.table.grouping
    for index, groups in enumerate(composed.pages):
        if index:
            yield maker.paragraph(Style.NEW_TABLE_PAGE)
        count = sum(len(group.drawn(grouping)) for group in groups)
        rows = (row for group in groups for row in _group_rows(setter, group))
        yield setter.table([setter.header(), *rows], count, goes_on=index > 0)
    yield maker.paragraph(Style.AFTER_TABLE)


def _group_rows(setter: TableSetter, group: RowGroup) -> Iterator[Element]:
    if setter.names_groups_in_rows and group.label:
        yield setter.group_name(group.label)
    for index, row in enumerate(group.drawn(setter.content.grouping)):
        yield setter.row(row, merge="continue" if index else "restart")


class TableSetter:
    """Sets a table and its rows, each when it is asked for."""

    def __init__(self, maker: Maker, composed: ComposedTable, across: Length) -> None:
        self.content = composed.table
        self._maker = maker
        self._columns = composed.columns
        self.widths = _widths(composed, across)
        """Of the printed columns, in twips."""
        self._cells: dict[tuple[int, tuple[str, ...], str], Element] = {}

    @property
    def names_groups_in_rows(self) -> bool:
        """Whether a row names each group, and not a cell of the column for groups."""
        return self.content.grouping is Grouping.HEADING_ROW

    @property
    def columns(self) -> tuple[Column, ...]:
        """The printed columns."""
        return tuple(column.column for column in self._columns)

    def table(self, rows: Iterable[Element], count: int, *, goes_on: bool = False) -> Element:
        """The table with these rows, of which so many are not its head."""
        table, maker = self.content, self._maker
        made = maker.table(Style.TABLE, self.widths, rows)
        title, names = one_line(table.title), "、".join(column.name for column in table.columns)
        made.tblPr.append(maker.element("w:tblLook", val="0020", firstRow="1", noVBand="1"))
        made.tblPr.append(maker.value("w:tblCaption", f"{title}（续）" if goes_on else title))
        made.tblPr.append(maker.value("w:tblDescription", f"共{count}行，各列为{names}"))
        element: Element = made
        return element

    def header(self) -> Element:
        """The row of the columns' names."""
        maker = self._maker
        cells = [
            maker.cell([maker.paragraph(Style.TABLE_HEAD, maker.run(column.column.name))], width)
            for column, width in zip(self._columns, self.widths, strict=True)
        ]
        return maker.row(cells, header=True)

    def group_name(self, label: str) -> Element:
        """The row that names a group."""
        name = self._maker.paragraph(Style.TABLE_GROUP, self._maker.run(label))
        cell = self._maker.cell([name], sum(self.widths), span=len(self._columns))
        return self._maker.row([cell])

    def printed(self, row: SetRow) -> Iterator[tuple[str, ...]]:
        """What each cell of a row prints, a line each."""
        for column in self._columns:
            yield column.items_of(row)

    def row(self, row: SetRow, *, merge: str = "") -> Element:
        """A row; `merge` begins or continues the cell of its group, which else is like others."""
        return self._maker.row(
            self._cell(column, width, column.items_of(row), merge if _is_group(column) else "")
            for column, width in zip(self._columns, self.widths, strict=True)
        )

    def _cell(
        self, column: ComposedColumn, width: int, lines: tuple[str, ...], merge: str
    ) -> Element:
        """A cell; those of a long table that hold no text are mostly copies of one another."""
        if column.column.role is ColumnRole.TEXT:
            return self._new_cell(column, width, lines, merge)
        key = column.index, lines, merge
        if key not in self._cells:
            self._cells[key] = self._new_cell(column, width, lines, merge)
        return deepcopy(self._cells[key])

    def _new_cell(
        self, column: ComposedColumn, width: int, lines: tuple[str, ...], merge: str
    ) -> Element:
        style = Style.TABLE_TEXT if column.column.role in _LEFT_ALIGNED else Style.TABLE_CENTRED
        paragraphs = [
            self._maker.paragraph(style, *([self._maker.run(line)] if line else []))
            for line in (lines if merge != "continue" else ()) or ("",)
        ]
        return self._maker.cell(paragraphs, width, merge=merge)


def _is_group(column: ComposedColumn) -> bool:
    """Whether a column holds the names of groups."""
    return column.column.role is ColumnRole.GROUP


def _widths(composed: ComposedTable, across: Length) -> list[int]:
    """The widths of the printed columns in twips: they add up to that of the page's text."""
    widths = [int(column.width.pt * 20) for column in composed.columns]
    widths[-1] += across.twips - sum(widths)
    return widths
