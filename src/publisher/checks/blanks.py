"""A form → blanks of which nothing says what is to be written in them."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.form_cells import with_fields
from publisher.model import Cell, Document, SetRow, Table
from publisher.spans import merged_cells, set_cell


def blank_without_label(document: Document) -> Iterator[Finding]:
    """Nothing says what is to be written in a blank of a form: no words on its left or above it.

    Who hears the form read aloud, or fills it in in Word, is told nothing of it. Write a label
    beside it, or join it to its neighbour with `<` or `^`. The first of a form is told, with how
    many there are.
    """
    for table in document.tables:
        nameless = list(_nameless(table)) if table.is_form else []
        if nameless:
            count = f"（共 {len(nameless)} 格）" if len(nameless) > 1 else ""
            yield review(
                "blank_without_label",
                nameless[0].place,
                f"这一空格的左边和上面都没有文字，不知道要填什么{count}",
                "请在旁边写明要填什么；与左边一格是一格的写“<”，与上面一格是一格的写“^”。",
            )


def _nameless(table: Table) -> Iterator[Cell]:
    roles = [column.role for column in table.columns]
    rows = with_fields(
        [
            SetRow("", tuple(set_cell(spanned, {}) for spanned in line))
            for line in merged_cells(table.rows, roles)
        ]
    )
    for index, (typed, row) in enumerate(zip(table.rows, rows, strict=True)):
        for column, cell in enumerate(row.cells):
            if cell.items or cell.is_covered or cell.named_by:
                continue
            if not _stands_below_words(rows[:index], column):
                yield typed.cells[column]


def _stands_below_words(above: tuple[SetRow, ...], column: int) -> bool:
    """Whether a row that is one cell with words stands right above, as 意见 above the room."""
    cells = above[-1].cells if above else ()
    return bool(cells) and cells[0].columns == len(cells) and bool(cells[column].items)
