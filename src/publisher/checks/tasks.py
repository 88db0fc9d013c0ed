"""The rows of a document's tables, by themselves; their comparison with the plan comes later."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Finding, Severity
from publisher.model import ColumnRole, Document


def empty_task(document: Document) -> Iterator[Finding]:
    """A row holds nothing but its number and its group.

    Somebody deleted a task and left its row. Fill it in or take it out; the numbers after it then
    change, so it may have to stay as it was issued.
    """
    given = (ColumnRole.SERIAL, ColumnRole.GROUP)
    for table in document.tables:
        for row in table.rows:
            cells = zip(table.columns, row.cells, strict=True)
            if not any(cell.items for column, cell in cells if column.role not in given):
                yield Finding(
                    "empty_task",
                    Severity.REVIEW,
                    row.place,
                    "本行除序号和分组外没有内容",
                    "请补写内容，或删去本行并顺延序号。",
                )


def serial_out_of_order(document: Document) -> Iterator[Finding]:
    """A row's 序号 does not follow the one before it: one is missing, doubled or misplaced.

    Numbers run 1, 2, 3 … through the whole table. Mend the number, or look for a row that got lost.
    """
    for table in document.tables:
        roles = [column.role for column in table.columns]
        if ColumnRole.SERIAL not in roles:
            continue
        index = roles.index(ColumnRole.SERIAL)
        previous = 0
        for row in table.rows:
            cell = row.cells[index]
            number = int(cell.text) if cell.text.isascii() and cell.text.isdigit() else None
            if number != previous + 1:
                yield Finding(
                    "serial_out_of_order",
                    Severity.REVIEW,
                    cell.place,
                    f"序号“{cell.text}”没有接着上一行的 {previous}",
                    f"此处应为 {previous + 1}；请核对是否漏行、重行或错位。",
                )
            previous = number if number is not None else previous + 1
