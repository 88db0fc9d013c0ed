"""A sheet of progress that came back, saved by whatever program → what it says of each task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from publisher import office
from publisher.bounded import bounded
from publisher.extracts.reporting import (
    ABOUT,
    ASKER,
    FINISHED,
    KEY,
    OWNER,
    REMARK,
    REPORTED,
    REPORTER,
    SERIAL,
    SLUG,
    STATUS,
    TASK,
    VERSION,
)
from publisher.files import Unreadable
from publisher.intake import sheets as workbooks
from publisher.intake.sheets.workbook import WholeSheet
from publisher.model import one_line
from publisher.readers.source import CONTROL, REPLACEMENT
from publisher.wordfile import unpacked

SUFFIXES = (".xlsx", ".xls", ".et", ".ods")
"""Of what workbooks are saved as."""
_SECONDS = 60
"""That reading may take; LibreOffice has its own beside them."""
_CORE = re.compile(r"docProps/core\.xml")
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([0-9T:Z.+-]{10,40})</dcterms:modified>")
_FILE = re.compile("(.+?)(?:-[0-9-]+到期)?-进展表")
"""The name that a sheet was given: it begins with its owner."""
_IDLE = frozenset({"", "—", "-", "/", "／", "无"})
"""What stands in cells that say nothing."""


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A row of a sheet, in the words of who filled it in."""

    line: int
    """From 1, as the program shows it."""
    key: str
    """Of its task; empty where the column of keys is gone."""
    serial: str
    words: str
    status: str
    finished: str
    remark: str

    @property
    def is_silent(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.status or self.finished or self.remark)


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A sheet that came back."""

    name: str
    """Of its file."""
    slug: str
    """Of the document; empty where it does not say it any more."""
    version: str
    """Of the tasks that it was made of."""
    owner: str
    """Who reports."""
    is_personal: bool
    reporter: str
    reported: str
    """The day that stands in it."""
    saved: str
    """When a program saved it last, as ISO has it; empty where it does not say so."""
    rows: tuple[ReportedRow, ...]


def read_sheet(name: str, data: bytes) -> ReturnedSheet:
    """What a file says, as any file of ours can hold it; Unreadable where it is none of ours."""
    sheets = bounded(partial(workbooks.whole, name, data), _SECONDS + office.TIMEOUT)
    sheets, name = [_held(sheet) for sheet in sheets], _holdable(one_line(name))
    about = _about(sheets)
    for sheet in sheets:
        if head := _head(sheet):
            line, columns = head
            owner, reporter, reported = (
                _beside(sheet, what, line) for what in (OWNER, REPORTER, REPORTED)
            )
            return ReturnedSheet(
                name,
                about.get(SLUG, ""),
                about.get(VERSION, ""),
                about.get(OWNER) or _given(owner) or _of_name(name),
                about.get(ASKER) == "个人",
                reporter,
                reported,
                _saved(data),
                tuple(_rows(sheet, line, columns)),
            )
    raise Unreadable(f"里面没有“{TASK}”“{STATUS}”两列，不是 publisher extract 生成的进展表")


def _held(sheet: WholeSheet) -> WholeSheet:
    return replace(sheet, cells={at: _holdable(words) for at, words in sheet.cells.items()})


def _holdable(words: str) -> str:
    """A workbook can hold what no other file can: `_x0007_` is a control character."""
    return CONTROL.sub(REPLACEMENT, words)


def _about(sheets: list[WholeSheet]) -> dict[str, str]:
    """What the hidden sheet says."""
    for sheet in sheets:
        if sheet.name == ABOUT:
            lines = {line for line, _ in sheet.cells}
            return {
                sheet.cells.get((line, 1), ""): sheet.cells.get((line, 2), "") for line in lines
            }
    return {}


def _head(sheet: WholeSheet) -> tuple[int, dict[str, int]] | None:
    """The row of the head, and where its columns stand; None where there is none."""
    lines: dict[int, dict[str, int]] = {}
    for (line, column), words in sorted(sheet.cells.items()):
        lines.setdefault(line, {}).setdefault(words, column)
    heads = (line for line in lines if {TASK, STATUS} <= lines[line].keys())
    return next(((line, lines[line]) for line in heads), None)


def _beside(sheet: WholeSheet, what: str, head: int) -> str:
    """The words on the right of a name above the head."""
    for (line, column), words in sheet.cells.items():
        if line < head and words == what:
            return sheet.cells.get((line, column + 1), "")
    return ""


def _given(owner: str) -> str:
    return "" if owner == "（请填写）" else owner


def _of_name(name: str) -> str:
    match = _FILE.match(PurePosixPath(name).stem)
    return match[1] if match else ""


def _rows(sheet: WholeSheet, head: int, columns: Mapping[str, int]) -> Iterator[ReportedRow]:
    def cell(line: int, name: str) -> str:
        column = columns.get(name)
        return sheet.cells.get((line, column), "").strip() if column else ""

    def said(line: int, name: str) -> str:
        words = cell(line, name)
        return "" if words in _IDLE else words

    for line in sorted({line for line, _ in sheet.cells if line > head}):
        row = ReportedRow(
            line,
            cell(line, KEY),
            cell(line, SERIAL),
            cell(line, TASK),
            said(line, STATUS),
            said(line, FINISHED),
            said(line, REMARK),
        )
        if row.key or row.words or not row.is_silent:
            yield row


def _saved(data: bytes) -> str:
    try:
        parts = unpacked(data, _CORE)
    except Unreadable:  # no package: an old format
        return ""
    matches = (_MODIFIED.search(part) for part in parts.values())
    match = next(filter(None, matches), None)
    return match[1].decode() if match else ""
