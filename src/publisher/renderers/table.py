"""An edition → each attached table on its own, as XLSX and CSV to work with."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from publisher.model import (
    Column,
    ColumnRole,
    Document,
    Edition,
    Orientation,
    PageChoice,
    RowGroup,
    SetAttachment,
    SetRow,
    SetTable,
)
from publisher.renderers import clauses
from publisher.renderers.properties import cut, listed, shortened
from publisher.setting.columns import column_shares
from publisher.standard import page_profile

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | date | None

A4 = 9
CELL_LIMIT = 32767
"""Characters that Excel takes in a cell; XlsxWriter leaves a longer one empty."""
SHEET_NAME_LIMIT = 31
HEADER_LIMIT = 240
"""Excel takes 255 characters in a page header, its control codes included."""
SHEET_WIDTH = 132.0
"""Characters that all columns of the table have together: a landscape A4 page without shrinking."""
NARROWEST, DATE_WIDTH, CLAUSE_WIDTH = 6.0, 13.0, 24.0
HEADING_HEIGHT, LINE_HEIGHT, ROW_PADDING, ROW_LIMIT = 24.0, 15.0, 6.0, 409.0
"""Points: the first row, a line of 11 pt, around a row's lines, and the most that Excel takes."""
UNDATED = date(2000, 1, 1)
"""Stands for the creation date of a document without a date: the clock would change the bytes."""

_COUNTING_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
# OWASP, CSV injection: what a spreadsheet may take for a formula's beginning, in full width too.
_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
_SIGNED = re.compile(r"[+＋－-][0-9０-９ .,，%％－—-]*")
"""-5%, +86-711-335, or a dash for what there is not: reckoned or not, it does no harm."""


def render(edition: Edition) -> dict[str, bytes]:
    """`attachment-N.xlsx` and `attachment-N.csv` of each attachment that is a table."""
    files: dict[str, bytes] = {}
    bound = {row: clauses.name(path) for row, path in edition.clauses_of_rows().items()}
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetTable):
            name = f"attachment-{attachment.ordinal}"
            files[f"{name}.xlsx"] = _xlsx(edition.document, attachment, attachment.content, bound)
            files[f"{name}.csv"] = _csv(attachment.content)
    return files


# -- CSV --------------------------------------------------------------------------------


def _csv(table: SetTable) -> bytes:
    """UTF-8 with BOM and CRLF, as Excel wants it; the document's own columns, every row complete.

    What a spreadsheet would reckon as a formula gets an apostrophe, for the public opens this file
    in one; numbers, telephone numbers and dashes do not. Programs that want the words untouched
    read the XLSX, in which all of them are strings; the source of the table is never touched.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_guarded(column.name) for column in table.columns)
    for group, row in _rows(table):
        writer.writerow(_guarded(words) for words in _words(table, group, row))
    return stream.getvalue().encode("utf-8-sig")


def _guarded(words: str) -> str:
    is_formula = words.startswith(_FORMULA_STARTS) and not _SIGNED.fullmatch(words)
    return f"'{words}" if is_formula else words


# -- XLSX -------------------------------------------------------------------------------


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


_Bound = Mapping[str, str]
"""By the anchor of a row, the name of the clause that it breaks down."""


def _xlsx(document: Document, attachment: SetAttachment, table: SetTable, bound: _Bound) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(_properties(document, table))
    sheet = book.add_worksheet(_sheet_name(table.title))
    columns = _sheet_columns(table, attachment.orientation, document.bureau.page)
    if any(row.anchor in bound for row in table.rows):
        columns = (*columns, _clause_column(table))
    _write_cells(book, sheet, table, columns, bound)
    _make_workable(sheet, len(table.rows), len(columns))
    _make_printable(sheet, table, attachment.orientation)
    book.close()
    return stream.getvalue()


def _properties(document: Document, table: SetTable) -> dict[str, object]:
    return {
        "title": shortened(_joined(table.title)),
        "subject": shortened(_joined(document.body.title)),
        "author": listed(organ.name for organ in document.issuers),
        "created": datetime.combine(document.date or UNDATED, time()),
    }


def _sheet_name(title: str) -> str:
    """The title without what Excel forbids in a sheet's name, cut to the length it takes."""
    legal = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "", title)
    name = cut(legal, SHEET_NAME_LIMIT).strip("' ")
    return name if name and name.lower() != "history" else "附件"


def _sheet_columns(
    table: SetTable, orientation: Orientation, page: PageChoice
) -> tuple[_SheetColumn, ...]:
    """The table's columns as wide as on paper, and one of dates after each of deadlines."""
    shares = column_shares(table, orientation, page_profile(page))
    taken = {column.name for column in table.columns}
    columns: list[_SheetColumn] = []
    for index, (column, share) in enumerate(zip(table.columns, shares, strict=True)):
        width = max(NARROWEST, round(share * SHEET_WIDTH, 1))
        columns.append(_SheetColumn(column.name, index, column.role, False, width))
        if column.role is ColumnRole.DEADLINE:
            name = _date_name(column, taken)
            columns.append(_SheetColumn(name, index, column.role, True, DATE_WIDTH))
    return tuple(columns)


def _clause_column(table: SetTable) -> _SheetColumn:
    """The clauses, after the table's own columns; 条款 where one of those has the name."""
    name = ColumnRole.CLAUSE.value
    taken = name in {column.name for column in table.columns}
    return _SheetColumn("条款" if taken else name, 0, ColumnRole.CLAUSE, False, CLAUSE_WIDTH)


def _date_name(column: Column, taken: set[str]) -> str:
    """完成日期 beside 完成时限; the name with （日期） where that says nothing new or is taken."""
    name = re.sub(r"(时限|期限|时间)$", "日期", column.name)
    return f"{column.name}（日期）" if name in taken else name


def _write_cells(
    book: Workbook,
    sheet: Worksheet,
    table: SetTable,
    columns: tuple[_SheetColumn, ...],
    bound: _Bound,
) -> None:
    heading = book.add_format(_HEADING)
    sheet.set_row(0, HEADING_HEIGHT)
    for position, column in enumerate(columns):
        style = book.add_format(_style(column))
        sheet.set_column(position, position, column.width)
        sheet.write_string(0, position, column.name, heading)
        for line, (group, row) in enumerate(_rows(table), start=1):
            _write(sheet, line, position, _value(table, column, group, row, bound), style)
    for line, (group, row) in enumerate(_rows(table), start=1):
        shown = ((_value(table, column, group, row, bound), column.width) for column in columns)
        lines = max(_lines(str(value or ""), width) for value, width in shown)
        # Excel would fit the height by itself on opening; LibreOffice and some viewers would not.
        sheet.set_row(line, min(lines * LINE_HEIGHT + ROW_PADDING, ROW_LIMIT))


def _lines(words: str, width: float) -> int:
    """How many lines words take in a column: a Chinese character is as wide as two digits."""
    fitting = max(0.95 * width - 1.5, 2.0)  # a little less than fits: fonts differ
    return sum(max(1, ceil(_width(line) / fitting)) for line in words.split("\n"))


def _width(words: str) -> float:
    return sum(2.15 if east_asian_width(character) in "WFA" else 1.0 for character in words)


def _write(sheet: Worksheet, line: int, position: int, value: Value, style: Format) -> None:
    match value:
        case None | "":
            sheet.write_blank(line, position, None, style)
        case str():
            sheet.write_string(line, position, _told(value), style)
        case int():
            sheet.write_number(line, position, value, style)
        case date():
            sheet.write_datetime(line, position, datetime.combine(value, time()), style)


def _told(words: str) -> str:
    """Words as a cell takes them; where they are too many, it says where all of them are."""
    if cut(words, CELL_LIMIT) == words:
        return words
    return cut(words, CELL_LIMIT - len(_REST)) + _REST


_REST = "……（此格超过 Excel 的限度，全文见同名的 CSV 文件）"


def _value(
    table: SetTable, column: _SheetColumn, group: RowGroup, row: SetRow, bound: _Bound
) -> Value:
    if column.is_date:
        return row.cells[column.source].due
    if column.role is ColumnRole.CLAUSE:
        return bound.get(row.anchor)
    words = _words(table, group, row)[column.source]
    # [0-9], not isdigit: １２ and ² are digits to Python, not numbers to a person who sorts.
    if column.role is ColumnRole.SERIAL and _COUNTING_NUMBER.fullmatch(words):
        return int(words)
    return words


_BORDER = {"border": 1, "border_color": "#BFBFBF", "font_name": "宋体", "font_size": 11}
_HEADING = {
    **_BORDER,
    "bold": True,
    "bg_color": "#F2F2F2",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}


def _style(column: _SheetColumn) -> dict[str, object]:
    style: dict[str, object] = {**_BORDER, "text_wrap": True, "valign": "vcenter"}
    if column.is_date:
        style["num_format"] = "yyyy-mm-dd"
    if column.is_date or column.role in (ColumnRole.SERIAL, ColumnRole.DEADLINE):
        style["align"] = "center"
    return style


def _make_workable(sheet: Worksheet, rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, columns - 1)


def _make_printable(sheet: Worksheet, table: SetTable, orientation: Orientation) -> None:
    """A4, one page wide, the header row on every page, the title above and page numbers below."""
    if orientation is Orientation.LANDSCAPE:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.75)
    # In a header & begins a control code; && prints one.
    title = _joined(table.title)
    shown = shortened(title, max(HEADER_LIMIT - title.count("&"), 1))
    sheet.set_header("&C&14" + " " + shown.replace("&", "&&"))
    sheet.set_footer("&C第 &P 页，共 &N 页")


# -- both -------------------------------------------------------------------------------


def _rows(table: SetTable) -> Iterator[tuple[RowGroup, SetRow]]:
    return ((group, row) for group in table.groups for row in group.rows)


def _words(table: SetTable, group: RowGroup, row: SetRow) -> list[str]:
    """What stands in each of the table's columns; the group's label in every row of its own."""
    words = ["；".join(cell.items) for cell in row.cells]
    if table.group_column is not None:
        words[table.group_column] = group.label
    return words


def _joined(title: str) -> str:
    return title.replace("\n", "")
