"""A table → an Excel workbook with real numbers and dates, merged cells, and its notes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from publisher.model import (
    Column,
    ColumnRole,
    Document,
    Orientation,
    PageChoice,
    SetCell,
    SetRow,
    SetTable,
    one_line,
)
from publisher.renderers.properties import cut, listed, shortened
from publisher.setting.columns import column_shares
from publisher.spans import is_said_again, sign_of
from publisher.standard import Length, page_profile
from publisher.words import captions
from publisher.words.figures import shown_as, value_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
CELL_LIMIT = 32767
"""Characters that Excel takes in a cell; XlsxWriter leaves a longer one empty."""
SHEET_NAME_LIMIT = 31
HEADER_LIMIT = 240
"""Excel takes 255 characters in a page header, its control codes included."""
SHEET_WIDTH = 132.0
"""Characters that all columns of a list have together: a landscape A4 page without shrinking."""
UPRIGHT_WIDTH = 92.0
"""Characters that fit across an upright A4 page without shrinking."""
NARROWEST, WIDEST, DATE_WIDTH, CLAUSE_WIDTH = 6.0, 40.0, 13.0, 24.0
HEAD_WIDTH = 18.0
"""What words of its head get of a column at most: eight Chinese characters; the rest is lines."""
HEADING_HEIGHT, LINE_HEIGHT, ROW_PADDING, ROW_LIMIT = 24.0, 15.0, 6.0, 409.0
"""Points: a row of the head, a line of 11 pt, around a row's lines, and the most that Excel
takes.
"""
_FITTING, _BESIDE = 0.95, 1.5
"""The part of a column that its words fill, and what stays free beside them: fonts differ."""
UNDATED = date(2000, 1, 1)
"""Stands for the creation date of a document without a date: the clock would change the bytes."""

_COUNTING_NUMBER = re.compile(r"[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Sheeted:
    """A table that gets a workbook."""

    table: SetTable
    title: str
    """What the workbook is called: the table's title, or that of the text it stands in."""
    otherwise: str
    """What its sheet is called where Excel takes nothing of the title."""
    orientation: Orientation | None = None
    """Of its pages; None: as its columns fit."""


@dataclass(frozen=True, slots=True)
class _SheetColumn:
    """A column of the sheet: one of the table's, or what is generated beside it."""

    name: str
    source: int
    """Index of the table's column."""
    role: ColumnRole
    """CLAUSE for the clauses that tasks break down."""
    is_date: bool
    """Whether it holds the real dates of a column of deadlines."""
    width: float

    @property
    def is_own(self) -> bool:
        """Whether it is one of the table's."""
        return not self.is_date and self.role is not ColumnRole.CLAUSE


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, and how Excel shows it."""

    value: float
    shown: str


_Value = str | int | date | _Number | None
_Bound = Mapping[str, str]
"""By the anchor of a row, the name of the clause that it breaks down."""


def as_xlsx(document: Document, sheeted: Sheeted, bound: _Bound) -> bytes:
    """The workbook of a table.

    Cells that are one are merged, but for the names of groups: each row is complete, so that rows
    can be filtered. A figure is a number in the form in which it was written; the mark of its note
    belongs to that form.
    """
    stream = io.BytesIO()
    book = book_of_words(stream)
    book.set_properties(_properties(document, sheeted.title))
    sheet = book.add_worksheet(_sheet_name(sheeted))
    columns = _sheet_columns(sheeted, document.bureau.page)
    if any(row.anchor in bound for row in sheeted.table.rows):
        columns = (*columns, _clause_column(sheeted.table))
    writer = _Writer(book, sheet, sheeted.table, columns, bound)
    writer.write()
    writer.make_workable()
    _make_printable(sheet, sheeted, columns, writer.first)
    book.close()
    return stream.getvalue()


def book_of_words(stream: io.BytesIO) -> Workbook:
    """A new workbook, in which words stay words, whatever they look like."""
    from xlsxwriter import Workbook

    kinds = ("formulas", "urls", "numbers")
    return Workbook(stream, {"in_memory": True, **{f"strings_to_{kind}": False for kind in kinds}})


def _properties(document: Document, title: str) -> dict[str, object]:
    return {
        "title": shortened(title),
        "subject": shortened(one_line(document.body.title)),
        "author": listed(organ.name for organ in document.issuers),
        "created": datetime.combine(document.date or UNDATED, time()),
    }


def _sheet_name(sheeted: Sheeted) -> str:
    """The title without what Excel forbids in a sheet's name, cut to the length it takes."""
    legal = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "", sheeted.title)
    name = cut(legal, SHEET_NAME_LIMIT).strip("' ")
    return name if name and name.lower() != "history" else sheeted.otherwise


# -- columns ----------------------------------------------------------------------------


def own_columns(sheeted: Sheeted, page: PageChoice) -> dict[int, int]:
    """Where the columns of a table stand in its sheet, from 0: generated ones stand between."""
    columns = enumerate(_sheet_columns(sheeted, page))
    return {position: column.source for position, column in columns if column.is_own}


def _sheet_columns(sheeted: Sheeted, page: PageChoice) -> tuple[_SheetColumn, ...]:
    """The table's columns, and one of dates after each of deadlines."""
    table = sheeted.table
    taken = {column.name for column in table.columns}
    columns: list[_SheetColumn] = []
    for index, (column, width) in enumerate(
        zip(table.columns, _widths(sheeted, page), strict=True)
    ):
        columns.append(_SheetColumn(column.name, index, column.role, False, width))
        if column.role is ColumnRole.DEADLINE:
            name = _date_name(column, taken)
            columns.append(_SheetColumn(name, index, column.role, True, DATE_WIDTH))
    return tuple(columns)


def _widths(sheeted: Sheeted, page: PageChoice) -> list[float]:
    """Of a list of tasks, as on paper; else as wide as what stands in each column."""
    table = sheeted.table
    if table.is_list:
        orientation = sheeted.orientation or Orientation.PORTRAIT
        shares = column_shares(table, orientation, page_profile(page))
        return [max(NARROWEST, round(share * SHEET_WIDTH, 1)) for share in shares]
    if table.widths:
        of_all = sum(table.widths)
        return [max(NARROWEST, round(UPRIGHT_WIDTH * each / of_all, 1)) for each in table.widths]
    heads, bodies = list(table.head), [row.cells for row in table.rows]
    return [
        max(
            NARROWEST,
            _around(min(_widest(heads, index), HEAD_WIDTH)),
            _around(min(_widest(bodies, index), WIDEST)),
        )
        for index in range(len(table.columns))
    ]


def _widest(rows: Sequence[Sequence[SetCell]], index: int) -> float:
    """How wide the widest line in a column is; what spans other columns is none of it."""
    cells = (cells[index] for cells in rows)
    lines = (line for cell in cells if cell.columns == 1 for line in _shown(cell).split("\n"))
    return max(map(_width, lines), default=0.0)


def _clause_column(table: SetTable) -> _SheetColumn:
    """The clauses, after the table's own columns; 条款 where one of those has the name."""
    name = ColumnRole.CLAUSE.value
    taken = name in {column.name for column in table.columns}
    return _SheetColumn("条款" if taken else name, 0, ColumnRole.CLAUSE, False, CLAUSE_WIDTH)


def _date_name(column: Column, taken: set[str]) -> str:
    """完成日期 beside 完成时限; the name with （日期） where that says nothing new or is taken."""
    name = re.sub(r"(时限|期限|时间)$", "日期", column.name)
    return f"{column.name}（日期）" if name in taken else name


# -- cells ------------------------------------------------------------------------------


@dataclass
class _Writer:
    """Writes one table into its sheet."""

    book: Workbook
    sheet: Worksheet
    table: SetTable
    columns: tuple[_SheetColumn, ...]
    bound: _Bound

    def __post_init__(self) -> None:
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._positions = {
            column.source: position for position, column in enumerate(self.columns) if column.is_own
        }

    @cached_property
    def top(self) -> int:
        """The first row of the head: below what its figures count."""
        return 1 if self.table.unit else 0

    @cached_property
    def first(self) -> int:
        """The first row below the head."""
        return self.top + len(self.table.head)

    def write(self) -> None:
        """All that the sheet has."""
        self._write_line(0, captions.unit(self.table), {"align": "right"})
        self._write_columns()
        after = self.first + len(self.table.rows)
        # A row between, so that programs that look for the end of the rows take no note for one.
        for line, words in enumerate(captions.below(self.table), after + 1):
            self._write_line(line, words, {"align": "left"})
            self._set_height(line, [(words, sum(column.width for column in self.columns))])

    def make_workable(self) -> None:
        """The head stays in sight, with what heads the rows; rows can be filtered and sorted.

        Neither is there where merged cells or sums among the rows would make nonsense of it.
        """
        if self.table.is_form:
            return
        self.sheet.freeze_panes(self.first, self._heading_columns())
        if not any(row.is_total or _is_merged(self.table, row) for row in self.table.rows):
            last = self.top + len(self.table.head) + len(self.table.rows) - 1
            self.sheet.autofilter(self.first - 1, 0, last, len(self.columns) - 1)

    def _heading_columns(self) -> int:
        """How many columns at the left head their rows; none where a cell reaches beyond them."""
        roles = [column.role for column in self.table.columns]
        count = next((i for i, role in enumerate(roles) if role is not ColumnRole.HEADING), 0)
        lines = (*self.table.head, *(row.cells for row in self.table.rows))
        return 0 if count and any(cells[count - 1].columns > 1 for cells in lines) else count

    def _write_line(self, line: int, words: str, style: dict[str, object]) -> None:
        """Words across the whole sheet."""
        if not words:
            return
        made = self._format({**_TEXT, "text_wrap": True, "valign": "vcenter", **style})
        if len(self.columns) > 1:
            self.sheet.merge_range(line, 0, line, len(self.columns) - 1, "", made)
        self.sheet.write_string(line, 0, words, made)

    def _write_columns(self) -> None:
        for position, column in enumerate(self.columns):
            self.sheet.set_column(position, position, column.width)
            self._write_head(position, column)
            for line, row in enumerate(self.table.rows, self.first):
                self._write_cell(line, position, column, row)
        for line, cells in enumerate(self.table.head, self.top):
            self._set_height(line, self._words_in(cells), HEADING_HEIGHT)
        for line, row in enumerate(self.table.rows, self.first):
            shown = self._words_in(row.cells)
            least = self._given_height(line - self.first)
            clause = [(self.bound.get(row.anchor, ""), CLAUSE_WIDTH)] if self.bound else []
            self._set_height(line, [*shown, *clause], least)

    def _given_height(self, row: int) -> float:
        """The height that its author gives a row, in points; nothing where he gives none."""
        given = self.table.heights[row] if row < len(self.table.heights) else None
        return Length.of_mm(given or 0.0).pt

    def _write_head(self, position: int, column: _SheetColumn) -> None:
        """The head of a column; that of a generated one is as high as what it stands below lets it
        be.
        """
        heading = self._format(_HEADING)
        if column.is_own:
            for line, cells in enumerate(self.table.head, self.top):
                cell = cells[column.source]
                if sign_of(cells, column.source) is None:
                    self._merge(line, position, cell, heading)
                    self.sheet.write_string(line, position, _shown(cell), heading)
            return
        free = [
            line
            for line, cells in enumerate(self.table.head, self.top)
            if not column.is_date or cells[column.source].columns == 1
        ]
        if len(free) > 1:
            self.sheet.merge_range(free[0], position, free[-1], position, "", heading)
        if free:
            self.sheet.write_string(free[0], position, column.name, heading)

    def _write_cell(self, line: int, position: int, column: _SheetColumn, row: SetRow) -> None:
        value = self._value(column, row)
        style = _style(column, value, is_total=row.is_total)
        if self.table.is_form:
            there = row.cells[column.source]
            style |= _LABEL if there.is_label else {}
            style["align"] = "center" if there.is_name else "left"
        if column.role is ColumnRole.CLAUSE:
            self._put(line, position, value, self._format(style))
            return
        cell = row.cells[column.source]
        if column.is_date:
            if cell.columns == 1:
                self._put(line, position, value, self._format(style))
            return
        sign = sign_of(row.cells, column.source)
        own = self.table.columns[column.source]
        if sign is None or is_said_again(own, cell, sign):
            made = self._format(style)
            if sign is None and not _is_group_alone(own, cell):
                self._merge(line, position, cell, made)
            self._put(line, position, value, made)

    def _merge(self, line: int, position: int, cell: SetCell, made: Format) -> None:
        last = self._last_position(cell, self.columns[position].source)
        if cell.rows > 1 or last > position:
            self.sheet.merge_range(line, position, line + cell.rows - 1, last, "", made)

    def _last_position(self, cell: SetCell, source: int) -> int:
        return self._positions[source + cell.columns - 1]

    def _value(self, column: _SheetColumn, row: SetRow) -> _Value:
        if column.role is ColumnRole.CLAUSE:
            return self.bound.get(row.anchor)
        cell = row.cells[column.source]
        if column.is_date:
            return cell.due
        words = "；".join(cell.items)
        mark = captions.mark(cell.note) if cell.note is not None else ""
        # [0-9], not isdigit: １２ and ² are digits to Python, not numbers to a person who sorts.
        if column.role is ColumnRole.SERIAL and _COUNTING_NUMBER.fullmatch(words) and not mark:
            return int(words)
        value = value_of(words)
        shown = shown_as(words) if column.role is ColumnRole.NUMBER else None
        if value is not None and shown is not None:
            return _Number(float(value), _marked(shown, mark))
        return words + mark

    def _put(self, line: int, position: int, value: _Value, made: Format) -> None:
        match value:
            case None | "":
                self.sheet.write_blank(line, position, None, made)
            case str():
                self.sheet.write_string(line, position, _told(value), made)
            case int():
                self.sheet.write_number(line, position, value, made)
            case _Number(number):
                self.sheet.write_number(line, position, number, made)
            case date():
                self.sheet.write_datetime(line, position, datetime.combine(value, time()), made)

    def _words_in(self, cells: Sequence[SetCell]) -> Iterator[tuple[str, float]]:
        """The words of the cells of a row with the width that each has for them.

        Of one that spans rows, this row's part.
        """
        for source, cell in enumerate(cells):
            sign = sign_of(cells, source)
            if sign is None or is_said_again(self.table.columns[source], cell, sign):
                first, last = self._positions[source], self._last_position(cell, source)
                width = sum(column.width for column in self.columns[first : last + 1])
                rows = 1 if _is_group_alone(self.table.columns[source], cell) else cell.rows
                yield _shown(cell), width * rows

    def _set_height(
        self,
        line: int,
        shown: Sequence[tuple[str, float]] | Iterator[tuple[str, float]],
        least: float = 0.0,
    ) -> None:
        # Excel would fit the height by itself on opening; LibreOffice and some viewers would not.
        lines = max((lines_in(words, width) for words, width in shown), default=1)
        height = max(least, lines * LINE_HEIGHT + ROW_PADDING)
        self.sheet.set_row(line, min(height, ROW_LIMIT))

    def _format(self, style: dict[str, object]) -> Format:
        key = tuple(style.items())
        if key not in self._formats:
            self._formats[key] = self.book.add_format(style)
        return self._formats[key]


def _is_merged(table: SetTable, row: SetRow) -> bool:
    """Whether cells of a row are merged in the sheet: those that name groups alone are not."""
    return any(
        cell.is_merged and not _is_group_alone(column, cell)
        for column, cell in zip(table.columns, row.cells, strict=True)
    )


def _is_group_alone(column: Column, cell: SetCell) -> bool:
    """Whether a cell names a group and reaches over no other column."""
    return column.role is ColumnRole.GROUP and cell.columns == 1


def _shown(cell: SetCell) -> str:
    """The words of a cell with the mark of its note."""
    return "；".join(cell.items) + (captions.mark(cell.note) if cell.note is not None else "")


def _marked(shown: str, mark: str) -> str:
    """The form of a number with the mark of a note behind it."""
    return ";".join(f'{part}"{mark}"' for part in shown.split(";")) if mark else shown


def lines_in(words: str, width: float) -> int:
    """How many lines words take in a column: a Chinese character is as wide as two digits."""
    fitting = max(_FITTING * width - _BESIDE, 2.0)
    return sum(max(1, ceil(_width(line) / fitting)) for line in words.split("\n"))


def _around(words: float) -> float:
    """The width of a column that has words of a width on one line."""
    return ceil((words + _BESIDE) / _FITTING)


def _width(words: str) -> float:
    return sum(2.15 if east_asian_width(character) in "WFA" else 1.0 for character in words)


def _told(words: str) -> str:
    """Words as a cell takes them; where they are too many, it says where all of them are."""
    if cut(words, CELL_LIMIT) == words:
        return words
    return cut(words, CELL_LIMIT - len(_REST)) + _REST


_REST = "……（此格超过 Excel 的限度，全文见同名的 CSV 文件）"

_TEXT = {"font_name": "宋体", "font_size": 11}
_BORDER = {"border": 1, "border_color": "#BFBFBF", **_TEXT}
_HEADING: dict[str, object] = {
    **_BORDER,
    "bold": True,
    "bg_color": "#F2F2F2",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}


_LABEL: dict[str, object] = {"bg_color": "#F2F2F2"}
"""Of a form: what is to be filled in is white."""


def _style(column: _SheetColumn, value: _Value, *, is_total: bool) -> dict[str, object]:
    style: dict[str, object] = {**_BORDER, "text_wrap": True, "valign": "vcenter"}
    if column.is_date:
        style["num_format"] = "yyyy-mm-dd"
    if isinstance(value, _Number):
        style["num_format"] = value.shown
    if column.is_date or column.role in (ColumnRole.SERIAL, ColumnRole.DEADLINE):
        style["align"] = "center"
    if column.role is ColumnRole.NUMBER:
        style |= {"align": "right", "indent": 1}
    if is_total:
        style["bold"] = True
    return style


def _make_printable(
    sheet: Worksheet, sheeted: Sheeted, columns: Sequence[_SheetColumn], head: int
) -> None:
    """A4, one page wide, the head on every page, the title above and page numbers below."""
    is_wide = sum(column.width for column in columns) > UPRIGHT_WIDTH
    if sheeted.orientation is Orientation.LANDSCAPE or (sheeted.orientation is None and is_wide):
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    if head:
        sheet.repeat_rows(0, head - 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.75)
    # In a header & begins a control code; && prints one.
    shown = shortened(sheeted.title, max(HEADER_LIMIT - sheeted.title.count("&"), 1))
    sheet.set_header("&C&14" + " " + shown.replace("&", "&&"))
    sheet.set_footer("&C第 &P 页，共 &N 页")
