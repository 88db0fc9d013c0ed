"""Deadlines → those that cannot be read, lie outside the plan's years or contradict it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from publisher.checks.dates import names_impossible_date
from publisher.checks.reconciliation import Reconciliations, where
from publisher.checks.review import review, short
from publisher.checks.rows import data_tables, rows_of
from publisher.diagnostics import Finding
from publisher.model import Cell, ColumnRole, Document, Reconciliation, Task
from publisher.words.deadlines import due_date, is_open, limits
from publisher.words.numerals import ONES, value_of

_COUNTED = re.compile(f"[0-9０-９{ONES}十]")


def unreadable_deadline(document: Document) -> Iterator[Finding]:
    """A deadline names a day that cannot be read, as 13月底.

    Nobody can be held to it, and it gets no date in the spreadsheet. Deadlines without a number,
    as 长期坚持 or 尽快, are no days and are not told; 2月30日 is told as `impossible_date`. Write
    it as docs/writing.md shows.
    """
    cells = list(_deadlines(document))
    unreadable = {
        words for words in {cell.text for cell in cells} if _is_unreadable(words, document.year)
    }
    for cell in cells:
        if cell.text in unreadable:
            yield review(
                "unreadable_deadline",
                cell.place,
                f"完成时限“{cell.text}”不能换算成日期",
                "请核对月份和日期；写法如 6月底、6月30日前、第三季度、年底前。",
            )


def _is_unreadable(words: str, year: int | None) -> bool:
    is_day = not is_open(words) and _COUNTED.search(words)
    return bool(is_day) and not names_impossible_date(words) and due_date(words, year) is None


def deadline_outside_year(document: Document) -> Iterator[Finding]:
    """A deadline lies outside the years that the title of the plan names.

    In the table of a plan for 2025 a task due in 2024 is a slip of the year; one due in 2026
    belongs to another plan. A title that names several years means all from the first to the last,
    and 三年行动 as many as it says. Where no title names a year, nothing is told. Mend the year.
    """
    years = _years(document)
    if years is None:
        return
    first, last = years
    cells = list(_deadlines(document))
    days = {words: due_date(words, document.year) for words in {cell.text for cell in cells}}
    for cell in cells:
        due = days[cell.text]
        if due is not None and not first <= due.year <= last:
            named = f"{first} 年" if first == last else f"{first} 至 {last} 年"
            yield review(
                "deadline_outside_year",
                cell.place,
                f"完成时限“{cell.text}”不在 {named}之内",
                "请核对年份；跨年的任务，可写入 accepted.yaml 并说明理由。",
            )


def deadline_contradicts_plan(document: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A task is due later than the sentence of the plan that it breaks down allows, or never.

    The sentence says 6月底前 or 到年底, the table a later day or 长期坚持. An earlier one is a
    stricter step and is not told; of several days in a sentence the last counts. Make them agree.
    """
    year = document.year
    for reconciliation in bound:
        column = reconciliation.table.column_of(ColumnRole.DEADLINE)
        if column is None:
            continue
        for task in reconciliation.tasks:
            cell = rows_of(reconciliation.table)[task.row].cells[column]
            for words, place, limit in _limits(reconciliation, task, year):
                due = due_date(cell.text, year)
                never = due is None and is_open(cell.text)
                if never or (due is not None and due > limit):
                    yield review(
                        "deadline_contradicts_plan",
                        cell.place,
                        f"完成时限“{cell.text}”与计划的{short(words)}不一致（计划 {place}）",
                        "请核对哪一处正确，把另一处改成一致。",
                    )


def _limits(
    reconciliation: Reconciliation, task: Task, year: int | None
) -> Iterator[tuple[str, str, date]]:
    """For each sentence that a task breaks down, its last day: as written, where, and the date."""
    for piece in task.pieces:
        if piece.sentence is None:
            continue
        sentence = reconciliation.sentences[piece.sentence]
        last = max(limits(sentence.words[slice(*piece.part)], year), default=None)
        if last:
            yield last[1], where(reconciliation, sentence), last[0]


def _deadlines(document: Document) -> Iterator[Cell]:
    for table in data_tables(document):
        column = table.column_of(ColumnRole.DEADLINE)
        if column is not None:
            yield from (row.cells[column] for row in table.rows if row.cells[column].items)


_SPAN = re.compile("(20[0-9]{2})(?:年)?[-—–－~～至到]+(20[0-9]{2})年?")
_LASTING = re.compile("([二两三四五])年(?:行动|规划|计划|工作)")


def _years(document: Document) -> tuple[int, int] | None:
    """The first and the last year that the titles of what is issued, else of the document, name."""
    titles = [*(text.title for text in document.issued), document.body.title]
    for title in titles:
        if span := _SPAN.search(title):
            return int(span[1]), int(span[2])
        named = [int(year) for year in re.findall("(20[0-9]{2})年", title)]
        if named:
            lasting = _LASTING.search(title)
            length = value_of(lasting[1]) if lasting else None
            return min(named), max(named) + (length or 1) - 1
    return None
