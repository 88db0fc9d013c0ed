"""The rows of a table, each by itself → those that are empty, incomplete or out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publisher.checks.review import review
from publisher.checks.rows import data_tables, is_banner, is_total, items_of, rows_of
from publisher.diagnostics import Finding
from publisher.model import Cell, ColumnRole, Document, Grouping, Merge, Row, Table


def empty_task(document: Document) -> Iterator[Finding]:
    """A row holds nothing but its number and its group.

    Somebody deleted a task and left its row. Fill it in or take it out; the numbers after it then
    change, so it may have to stay as it was issued. A group of which the items are withheld is its
    name alone where a row names each group (通栏标题行), and is not told; in a merged cell an empty
    row stands beside it. A table in which most rows are empty is a form to be filled in, and is not
    told either.
    """
    for table in data_tables(document):
        rows = items_of(table)
        empty = [row for row in rows if is_empty(table, row)]
        if 2 * len(empty) <= len(rows):
            for row in empty:
                if table.grouping is Grouping.HEADING_ROW and is_group_alone(table, row):
                    continue
                yield _empty_task(table, row)


def _empty_task(table: Table, row: Row) -> Finding:
    message, hint = "本行除序号和分组外没有内容", "请补写内容，或删去本行并顺延序号。"
    if is_group_alone(table, row):
        message = "本行只有分组，组名旁会印出一个空行"
        hint = "请补写内容；内容不印、只印组名的，请写“分组方式: 通栏标题行”。"
    return review("empty_task", row.place, message, hint)


def is_empty(table: Table, row: Row) -> bool:
    """Whether nothing stands in a row but its number and its group."""
    return not any(role not in _GIVEN for role in _roles_with_words(table, row))


def is_group_alone(table: Table, row: Row) -> bool:
    """Whether a row holds nothing but its group."""
    roles = _roles_with_words(table, row)
    return bool(roles) and all(role is ColumnRole.GROUP for role in roles)


_GIVEN = (ColumnRole.SERIAL, ColumnRole.GROUP)
"""What a row is called by."""


def _roles_with_words(table: Table, row: Row) -> list[ColumnRole]:
    cells = zip(table.columns, row.cells, strict=True)
    return [column.role for column, cell in cells if cell.items]


def serial_out_of_order(document: Document) -> Iterator[Finding]:
    """A row's 序号 does not follow the one before it: one is missing, doubled or misplaced.

    Numbers run 1, 2, 3 … through the whole table, or begin anew with 1 in a new group, below a row
    that is one cell, or behind a sum. A sum has none, and neither has a row that holds its group
    alone, of which the items are withheld. Mend the number, or look for a row that got lost.
    """
    for table in data_tables(document):
        index = table.column_of(ColumnRole.SERIAL)
        if index is None:
            continue
        numbered = list(_numbered(table, index))
        expected = 1
        for (cell, number, begins), (_, following, _) in pairwise([*numbered, _NO_ROW]):
            if begins and number == 1:
                expected = 1
            if number != expected:
                yield review(
                    "serial_out_of_order",
                    cell.place,
                    f"序号“{cell.text}”没有接着上一行的 {expected - 1}",
                    f"此处应为 {expected}；请核对是否漏行、重行或错位。",
                )
            # Where the next row goes on as if nothing were wrong, this number alone is.
            goes_on = number is None or following == expected + 1
            expected = (expected if goes_on else number or expected) + 1


_NO_ROW: tuple[Cell, int | None, bool] = (Cell(()), None, False)
"""Behind the last."""


def _numbered(table: Table, index: int) -> Iterator[tuple[Cell, int | None, bool]]:
    """The cells of 序号 with their numbers, and whether something begins with their rows."""
    group = table.column_of(ColumnRole.GROUP)
    before: str | None = None
    begins = True
    for row in rows_of(table):
        cell = row.cells[index]
        if is_banner(row) or is_total(table.columns, row.cells):
            begins = True
        elif not is_group_alone(table, row) and cell.merge is not Merge.ABOVE:
            number = int(cell.text) if re.fullmatch("[0-9]{1,9}", cell.text) else None
            name = row.cells[group].text if group is not None else ""
            yield cell, number, begins or name != before
            begins, before = False, name


_USUALLY = 0.5
"""The part of a column's cells that are filled where an empty one is a slip."""
_OWNERS = {
    ColumnRole.PEOPLE: "没有写人员",
    ColumnRole.DEPARTMENTS: "没有写部门",
    ColumnRole.DEADLINE: "没有写时限",
}


def incomplete_task(document: Document) -> Iterator[Finding]:
    """A task names no person, no department or no deadline, though most rows do.

    Nobody is responsible for it, or nobody knows until when. Where most cells of the column are
    empty nothing is told, nor of a row that is empty altogether (`empty_task`). Fill the cell in.
    """
    for table in data_tables(document):
        filled = [row for row in items_of(table) if not is_empty(table, row)]
        for index, column in enumerate(table.columns):
            if column.role not in _OWNERS:
                continue
            wanting = [row for row in filled if not row.cells[index].items]
            if len(wanting) >= _USUALLY * len(filled):
                continue
            for row in wanting:
                yield review(
                    "incomplete_task",
                    row.cells[index].place,
                    f"这项任务的“{column.name}”是空的，{_OWNERS[column.role]}",
                    "请补写；确实不需要的，可写入 accepted.yaml 并说明理由。",
                )


def merged_cells(document: Document) -> Iterator[Finding]:
    """The first column of words in a table is empty in some rows, as merged cells are when saved.

    Merged cells lose their words in all rows but the first when a sheet is saved as CSV. Write `^`
    into a cell that is one with that above it; or make the column one of groups (分组), of which
    there may be several, and fill in each row.
    """
    for table in data_tables(document):
        rows = items_of(table)
        column = next(iter(_words_of(table)), None)
        if column is None or not rows or not rows[0].cells[column].items:
            continue
        empty = [row for row in rows if not row.cells[column].items]
        if empty and _are_filled_otherwise(table, column, empty):
            name = table.columns[column].name
            yield review(
                "merged_cells",
                empty[0].cells[column].place,
                f"“{name}”列有 {len(empty)} 格空着，不会与上面的格合并",
                "与上面是一格的，请在格里写“^”；是分组的，也可以在“列”里把它写成“分组”，"
                "每行都写明。本来没有内容的，可以保留。",
            )


def _are_filled_otherwise(table: Table, column: int, rows: list[Row]) -> bool:
    """Whether rows that are empty in a column have words in all others, and right beside it.

    Of two tables side by side the shorter one ends with rows that are empty.
    """
    if any(
        not row.cells[column + 1 : column + 2] or not row.cells[column + 1].items for row in rows
    ):
        return False
    words = [index for index in _words_of(table) if index != column]
    return bool(words) and all(row.cells[index].items for row in rows for index in words)


def _words_of(table: Table) -> list[int]:
    """The columns of words."""
    roles = [column.role for column in table.columns]
    words = (ColumnRole.TEXT, ColumnRole.HEADING)
    return [index for index, role in enumerate(roles) if role in words]
