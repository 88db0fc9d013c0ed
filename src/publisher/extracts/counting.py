"""All extracts → who has how many tasks, and until when; a workbook of that."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from publisher.extracts.extract import Extract, by_deadline
from publisher.extracts.notice import source_named
from publisher.extracts.tasks import AssignedTask
from publisher.model import Document
from publisher.renderers.properties import listed, shortened
from publisher.renderers.sheet import UNDATED, book_of_words

_SHEET = "总览"
UNTIMED = "没有写时限"
"""Where a deadline should stand and none does."""


@dataclass(frozen=True, slots=True)
class OwnerCount:
    """How much one department has to do."""

    name: str
    folder: str
    """Beside the overview; empty where it has none."""
    count: int
    shared: int
    deadlines: tuple[tuple[str, int], ...]


def counts(extracts: Sequence[Extract], folders: Sequence[str]) -> tuple[OwnerCount, ...]:
    """The line of each extract in the overview."""
    return tuple(
        OwnerCount(
            extract.owner,
            folder,
            len(extract.tasks),
            len(extract.shared),
            tuple(by_deadline(extract.tasks)),
        )
        for extract, folder in zip(extracts, folders, strict=True)
    )


@dataclass(frozen=True)
class TaskCounts:
    """Who has how much to do, and until when, of these tasks."""

    tasks: Sequence[AssignedTask]
    owned: Sequence[OwnerCount]

    @property
    def named(self) -> int:
        """What all have together: a task of several counts with each."""
        return sum(each.count for each in self.owned)

    @cached_property
    def shared(self) -> list[AssignedTask]:
        """What several departments have."""
        return [task for task in self.tasks if len(task.departments) > 1]

    @cached_property
    def nobodys(self) -> list[AssignedTask]:
        """What no department has."""
        return [task for task in self.tasks if not task.departments]

    @cached_property
    def deadlines(self) -> list[tuple[str, int]]:
        """How many of the tasks have each."""
        return by_deadline(self.tasks)


def counted_workbook(document: Document, counts: TaskCounts, when: str) -> bytes:
    """A row for each department, a column for each deadline, and their sums, as the page has them.

    Sums are formulas with their values: who corrects a number has them anew.
    """
    from xlsxwriter.utility import xl_range

    stream = io.BytesIO()
    book = book_of_words(stream)
    book.set_properties(
        {
            "title": shortened(f"任务总览：{source_named(document)}"),
            "author": listed(organ.name for organ in document.issuers),
            "created": datetime.combine(document.date or UNDATED, time()),
        }
    )
    ruled = {"font_name": "宋体", "font_size": 11, "border": 1, "text_wrap": True}
    cell, head = book.add_format(ruled), book.add_format({**ruled, "bold": True})
    sheet = book.add_worksheet(_SHEET)
    for row, words in enumerate(_said(document, counts, when)):
        sheet.write_string(row, 0, words)
    first = row + 3
    rows = list(_rows(counts))
    names = ("部门", "任务", "其中共同承担", *(words or UNTIMED for words, _ in counts.deadlines))
    for at, name in enumerate(names):
        sheet.write_string(first - 1, at, name, head)
    for line, (owner, numbers) in enumerate(zip(counts.owned, rows, strict=True), first):
        sheet.write_string(line, 0, owner.name, cell)
        for at, number in enumerate(numbers, 1):
            sheet.write_number(line, at, number, cell)
    last = first + len(rows)
    sheet.write_string(last, 0, "合计", head)
    for at, column in enumerate(zip(*rows, strict=True), 1):
        summed = f"=SUM({xl_range(first, at, last - 1, at)})"
        sheet.write_formula(last, at, summed, head, sum(column))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(names) - 1, 13)
    sheet.freeze_panes(first, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first - 1)
    book.close()
    return stream.getvalue()


def _said(document: Document, counts: TaskCounts, when: str) -> Iterator[str]:
    """What stands above the table."""
    yield f"{source_named(document)}{when}"
    yield (
        f"任务共 {len(counts.tasks)} 项；各部门合计 {counts.named} 项："
        f"{len(counts.shared)} 项由几个部门共同承担，各算一次。"
    )
    if counts.nobodys:
        serials = "、".join(task.serial or "无" for task in counts.nobodys)
        yield f"没有写责任部门的 {len(counts.nobodys)} 项（序号{serials}）不在任何一份里。"


def _rows(counts: TaskCounts) -> Iterator[tuple[int, ...]]:
    """The numbers of each department."""
    for each in counts.owned:
        by = dict(each.deadlines)
        yield (each.count, each.shared, *(by.get(words, 0) for words, _ in counts.deadlines))
