"""An extract → the workbook in which who does its tasks reports how far they have come."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from publisher.extracts.extract import Extract
from publisher.extracts.notice import source_named
from publisher.extracts.tasks import AssignedTask
from publisher.model import ColumnRole, one_line
from publisher.renderers.properties import listed, shortened
from publisher.renderers.sheet import (
    LINE_HEIGHT,
    ROW_LIMIT,
    ROW_PADDING,
    UNDATED,
    book_of_words,
    lines_in,
)
from publisher.words.statuses import TaskStatus

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET, ABOUT = "进展表", "publisher"
"""The sheet that is filled in, and the hidden one that says what it is of."""
KEY, STATUS, FINISHED, REMARK = "标识", "状态", "完成日期", "说明"
"""The names of columns: the hidden one of keys, and those that are filled in."""
TASK, SERIAL = "任务", "序号"
SLUG, VERSION, OWNER, ASKER = "公文", "版本", "填报单位", "范围"
"""What the hidden sheet says, each name before its value."""
REPORTER, REPORTED = "填报人", "填报日期"
HEAD_ROW = 3
"""The row of the head, from 0."""
_LONGEST_REMARK = 2000
_LAST_YEAR = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class _ReportColumn:
    name: str
    width: float
    is_filled_in: bool = False
    is_centred: bool = False
    is_hidden: bool = False


def workbook(extract: Extract, version: str) -> bytes:
    """The workbook; but for status, day and remark its cells are protected, without a password.

    Each row has the key of its task in a hidden column: rows may be sorted, and words changed.
    """
    stream = io.BytesIO()
    book = book_of_words(stream)
    issuers = listed(organ.name for organ in extract.document.issuers)
    made_on = datetime.combine(extract.document.date or UNDATED, time())
    title = shortened(f"{extract.title}进展表")
    book.set_properties({"title": title, "author": issuers, "created": made_on})
    _ReportWriter(book, book.add_worksheet(SHEET), extract).write()
    about = book.add_worksheet(ABOUT)
    about.very_hidden()
    for row, (name, value) in enumerate(_about(extract, version)):
        about.write_row(row, 0, (name, value))
    about.protect()
    book.close()
    return stream.getvalue()


def _about(extract: Extract, version: str) -> Iterator[tuple[str, str]]:
    yield SLUG, extract.document.slug
    yield VERSION, version
    yield OWNER, extract.owner
    yield ASKER, extract.asker.value


class _ReportWriter:
    """Writes the sheet that is filled in."""

    def __init__(self, book: Workbook, sheet: Worksheet, extract: Extract) -> None:
        self.sheet, self.extract = sheet, extract
        text = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        ruled = {**text, "border": 1, "border_color": "#7F7F7F"}
        grey = {"bg_color": "#F2F2F2"}
        self.title = book.add_format({**text, "font_size": 16, "bold": True})
        self.plain = book.add_format(text)
        self.head = book.add_format({**ruled, **grey, "bold": True, "align": "center"})
        self.cell = book.add_format({**ruled, **grey})
        self.centred = book.add_format({**ruled, **grey, "align": "center"})
        self.day = book.add_format({**ruled, **grey, "align": "center", "num_format": "yyyy-mm-dd"})
        self.free = book.add_format({**ruled, "locked": False})
        self.free_day = book.add_format(
            {**ruled, "locked": False, "align": "center", "num_format": "yyyy-mm-dd"}
        )
        self.columns = tuple(_columns(extract))

    def write(self) -> None:
        """All that the sheet has."""
        last = len(self.columns) - 1
        heading = f"{self.extract.title}进展表"
        self.sheet.merge_range(0, 1, 0, last, heading, self.title)
        self.sheet.merge_range(1, 1, 1, last, self._how(), self.plain)
        self.sheet.set_row(0, 30)
        self.sheet.set_row(1, 2 * LINE_HEIGHT + ROW_PADDING)
        for row in (2, HEAD_ROW):
            self.sheet.set_row(row, LINE_HEIGHT + 2 * ROW_PADDING)
        self._write_who(last)
        for at, column in enumerate(self.columns):
            hidden = {"hidden": True} if column.is_hidden else {}
            self.sheet.set_column(at, at, column.width, None, hidden)
            self.sheet.write_string(HEAD_ROW, at, column.name, self.head)
        for row, task in enumerate(self.extract.tasks, HEAD_ROW + 1):
            self._write_task(row, task)
        self._protect()
        self._validate()
        self._lay_out()

    def _how(self) -> str:
        private = "个人任务，只发本人，不公开。" if self.extract.is_personal else ""
        statuses = "、".join(status.value for status in TaskStatus)
        return (
            f"{private}摘自{source_named(self.extract.document)}，共{len(self.extract.tasks)}项。"
            f"只填白色的格：状态从{statuses}中选，完成日期写作 2025-06-30，说明写进展和困难。"
            "填好后把本文件发回。"
        )

    def _write_who(self, last: int) -> None:
        """Who reports: the owner is known, the rest is filled in."""
        self.sheet.write_string(2, 1, OWNER, self.head)
        self.sheet.merge_range(2, 2, 2, 3, self.extract.owner or "（请填写）", self._owner_format)
        self.sheet.write_string(2, last - 4, REPORTER, self.head)
        self.sheet.write_blank(2, last - 3, None, self.free)
        self.sheet.write_string(2, last - 2, REPORTED, self.head)
        self.sheet.write_blank(2, last - 1, None, self.free_day)

    @property
    def _owner_format(self) -> object:
        return self.cell if self.extract.owner else self.free

    def _write_task(self, row: int, task: AssignedTask) -> None:
        values = (
            task.key,
            task.serial,
            task.group,
            task.words,
            task.deadline,
            task.due,
            "、".join(task.people),
            "、".join(task.departments),
        )
        for at, value in enumerate(values):
            if isinstance(value, date):
                self.sheet.write_datetime(row, at, datetime.combine(value, time()), self.day)
            else:
                made = self.centred if self.columns[at].is_centred else self.cell
                self.sheet.write_string(row, at, value or "", made)
        for at, column in enumerate(self.columns):
            if column.is_filled_in:
                is_day = column.name == FINISHED
                self.sheet.write_blank(row, at, None, self.free_day if is_day else self.free)
        shown = zip(values, self.columns, strict=False)
        lines = max(
            lines_in(value, column.width)
            for value, column in shown
            if isinstance(value, str) and not column.is_hidden
        )
        self.sheet.set_row(row, min(max(lines, 2) * LINE_HEIGHT + ROW_PADDING, ROW_LIMIT))

    def _protect(self) -> None:
        allowed = ("sort", "autofilter", "format_columns", "format_rows", "select_locked_cells")
        self.sheet.protect("", dict.fromkeys(allowed, True))

    def _validate(self) -> None:
        first, last = HEAD_ROW + 1, HEAD_ROW + max(len(self.extract.tasks), 1)
        names = [column.name for column in self.columns]
        statuses = [status.value for status in TaskStatus]

        def validate(name: str, rule: dict[str, object]) -> None:
            at = names.index(name)
            self.sheet.data_validation(first, at, last, at, rule)

        validate(
            STATUS,
            {
                "validate": "list",
                "source": statuses,
                "input_title": STATUS,
                "input_message": "从列表中选一个",
                "error_title": STATUS,
                "error_message": "请从列表中选："
                + "、".join(status.value for status in TaskStatus),
            },
        )
        day: dict[str, object] = {
            "validate": "date",
            "criteria": "between",
            "minimum": UNDATED,
            "maximum": _LAST_YEAR,
            "error_title": FINISHED,
            "error_message": "请写日期，如 2025-06-30",
        }
        validate(FINISHED, day)
        validate(
            REMARK,
            {
                "validate": "length",
                "criteria": "<=",
                "value": _LONGEST_REMARK,
                "error_title": REMARK,
                "error_message": f"最多 {_LONGEST_REMARK} 字",
            },
        )

    def _lay_out(self) -> None:
        sheet, last = self.sheet, len(self.columns) - 1
        sheet.freeze_panes(HEAD_ROW + 1, 2)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(self.extract.tasks), 1), last)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)


def _columns(extract: Extract) -> Iterator[_ReportColumn]:
    """Those of the table, as it calls them, and those that are filled in."""

    def named(role: ColumnRole, otherwise: str) -> str:
        for task in extract.tasks:
            if (at := task.table.column_of(role)) is not None:
                return one_line(task.table.columns[at].name)
        return otherwise

    yield _ReportColumn(KEY, 4, is_hidden=True)
    yield _ReportColumn(SERIAL, 10, is_centred=True)
    yield _ReportColumn(named(ColumnRole.GROUP, "分组"), 18)
    yield _ReportColumn(TASK, 52)
    yield _ReportColumn(named(ColumnRole.DEADLINE, "完成时限"), 11, is_centred=True)
    yield _ReportColumn("到期日", 12, is_centred=True)
    yield _ReportColumn(named(ColumnRole.PEOPLE, "责任人"), 12, is_centred=True)
    yield _ReportColumn(named(ColumnRole.DEPARTMENTS, "责任部门"), 18)
    yield _ReportColumn(STATUS, 10, is_filled_in=True)
    yield _ReportColumn(FINISHED, 13, is_filled_in=True)
    yield _ReportColumn(REMARK, 30, is_filled_in=True)
