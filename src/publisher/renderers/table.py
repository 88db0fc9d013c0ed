"""An edition → each of its tables on its own, as XLSX and CSV to work with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from publisher.model import Column, Edition, Merge, SetCell, SetTable, one_line
from publisher.renderers import clauses
from publisher.renderers.sheet import Sheeted, as_xlsx
from publisher.spans import is_said_again, sign_of
from publisher.words import captions
from publisher.words.formulas import without_formula

_SIGNS = frozenset(merge.value for merge in Merge)


def render(edition: Edition) -> dict[str, bytes]:
    """`attachment-N.xlsx` and `attachment-N.csv` of each attachment that is a table, `table-N` of
    each table in a text.
    """
    files: dict[str, bytes] = {}
    bound = {row: clauses.name(path) for row, path in edition.clauses_of_rows().items()}
    for stem, sheeted in sheeted_tables(edition):
        files[f"{stem}.xlsx"] = as_xlsx(edition.document, sheeted, bound)
        files[f"{stem}.csv"] = _csv(sheeted.table)
    return files


def sheeted_tables(edition: Edition) -> Iterator[tuple[str, Sheeted]]:
    """The tables with the names of their files, without suffix."""
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetTable):
            table = attachment.content
            title = one_line(table.title)
            yield (
                f"attachment-{attachment.ordinal}",
                Sheeted(table, title, "附件", attachment.orientation),
            )
    for text in edition.prose:
        for table in text.tables:
            title = captions.heading(table) or one_line(text.title)
            yield table.anchor, Sheeted(table, title, "表格")


# -- CSV --------------------------------------------------------------------------------


def _csv(table: SetTable) -> bytes:
    """UTF-8 with BOM and CRLF, as Excel wants it; what an author would write to have this table.

    Merged cells are the signs for them, groups stand in every row, and behind a cell stands the
    mark of its note with the number that is printed: with `表头` and `脚注` said of it, the program
    reads the file as the same table.

    What a spreadsheet would reckon as a formula gets an apostrophe, for the public opens this file
    in one; numbers, telephone numbers and dashes do not. Programs that want the words untouched
    read the XLSX, in which they are strings; the source of the table is never touched.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for cells in (*table.head, *(row.cells for row in table.rows)):
        writer.writerow(_value(column, cells, at) for at, column in enumerate(table.columns))
    return stream.getvalue().encode("utf-8-sig")


def _value(column: Column, cells: Sequence[SetCell], at: int) -> str:
    """What stands for a cell: its words, or the sign for that with which it is one."""
    cell = cells[at]
    sign = sign_of(cells, at)
    if sign and not is_said_again(column, cell, sign):
        return sign.value
    words = "；".join(cell.items)
    if cell.note is not None:
        return f"{without_formula(words)}[^{cell.note}]"
    return f"\\{words}" if words in _SIGNS else without_formula(words)
