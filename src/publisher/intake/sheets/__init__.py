"""A workbook or CSV → its `SourceFile`: a table a sheet."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from publisher import office
from publisher.files import Unreadable
from publisher.intake.gathered import Gathered
from publisher.intake.plain.encodings import text_in
from publisher.intake.sheets.delimited import delimited
from publisher.intake.sheets.laying import LaidCell, LaidSheet, lay
from publisher.intake.sheets.workbook import (
    ReadWorkbook,
    WholeSheet,
    read_workbook,
    whole_sheets,
)
from publisher.intake.source import LeftOut, SourceFile
from publisher.words.invisible import without_invisible

_PAGE = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*+<(?:!doctype|html|head|meta|table)", re.IGNORECASE)
_OF_WORKBOOKS = b"xl/workbook.xml"
"""The name of a part that a workbook has, whatever the file is called."""
_TEXTS = (".csv", ".tsv")


def read(name: str, data: bytes) -> SourceFile:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    suffix = PurePosixPath(name).suffix.lower()
    if not data.strip():
        raise Unreadable("文件是空的")
    if _PAGE.match(data):  # as many systems export tables that they call .xls
        from publisher.intake import page

        return page.read(name, data)
    is_workbook = suffix == ".xlsx" or (data.startswith(b"PK") and _OF_WORKBOOKS in data)
    is_text = suffix in _TEXTS and not is_workbook
    if is_workbook:
        book = read_workbook(data)
    elif is_text:
        book = _delimited(data)
    else:
        book = read_workbook(_converted(data, suffix))
        book.sentences.append(f"由 LibreOffice 从 {suffix} 转换，请与原文件核对")
    gathered = Gathered()
    for sheet in book.sheets:
        lay(sheet, gathered)
    if not gathered.blocks:
        raise Unreadable("表格里没有文字")
    return SourceFile(
        name,
        "表格文件" if is_text else "工作簿",
        tuple(gathered.blocks),
        book.raw,
        left_out=tuple(book.left_out),
        remarks=tuple(book.remarks),
        comments=tuple(book.comments),
        spots=tuple(gathered.spots),
        properties=tuple(book.properties),
        sentences=tuple(book.sentences),
    )


def _delimited(data: bytes) -> ReadWorkbook:
    text, sentences = text_in(data)
    given = delimited(without_invisible(text))
    laid = [{column: LaidCell(words) for column, words in enumerate(row)} for row in given.rows]
    book = ReadWorkbook([LaidSheet("", laid)], sentences=sentences, raw=text)
    if given.signs:
        book.left_out.append(LeftOut(given.signs, "表格的记号"))
    return book


def whole(name: str, data: bytes) -> list[WholeSheet]:
    """The sheets of a workbook of any kind with all that is in them; Unreadable."""
    suffix = PurePosixPath(name).suffix.lower()
    return whole_sheets(data if suffix in ("", ".xlsx") else _converted(data, suffix))


def _converted(data: bytes, suffix: str) -> bytes:
    made = office.as_xlsx(data, suffix)
    if made is None:
        raise Unreadable(f"{suffix} 文件要用 LibreOffice 转换，没有成功；请另存为 .xlsx 再导入")
    return made
