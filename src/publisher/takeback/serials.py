"""A table as it was printed and as it came back → the same, its rows counted as they were counted.

Who adds a row, or takes one out, seldom counts the others anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.model import ColumnRole, Document, Row, Table
from publisher.row_kinds import is_item
from publisher.takeback.merging.rows import counted, counts, is_number, row_pairs
from publisher.takeback.replacing import counterparts, with_table
from publisher.takeback.result import NotTaken, Reason


@dataclass(frozen=True, slots=True)
class Recounted:
    """A table whose rows are counted, and what of its serials is not taken."""

    table: Table
    typed: tuple[str, ...] = ()
    """What somebody typed in the place of the number that was there."""
    stale: tuple[str, ...] = ()
    """All that stood there and stands there no more."""


def recounted(was: Table, now: Table) -> Recounted:
    """The table with its rows counted where they were.

    Where they were not counted their numbers are what its author typed; but a row that had one
    keeps one.
    """
    column = was.column_of(ColumnRole.SERIAL)
    if column is None or len(now.columns) != len(was.columns):
        return Recounted(now)
    before = {new: was.rows[old].cells[column].text for old, new in row_pairs(was, now)}
    rows = tuple(_numbered(row, column, before.get(at), was) for at, row in enumerate(now.rows))
    rows = counted(rows, column) if counts(was) else rows
    pairs = [
        tuple(row.cells[column].text for row in both) for both in zip(now.rows, rows, strict=True)
    ]
    stale = {at: said for at, (said, made) in enumerate(pairs) if said != made}
    typed = tuple(said for at, said in stale.items() if said != before.get(at, said))
    return Recounted(replace(now, rows=rows), typed, tuple(stale.values()))


def _numbered(row: Row, column: int, before: str | None, was: Table) -> Row:
    """A row with a number where it had one, or where one that was added is counted."""
    serial = row.cells[column]
    if before is None and counts(was) and serial.merge is None and is_item(was.columns, row):
        before = "1"
    if before is None or not is_number(before) or is_number(serial.text):
        return row
    cell = replace(serial, items=(before,))
    return replace(row, cells=(*row.cells[:column], cell, *row.cells[column + 1 :]))


def left_of(made: Recounted, title: str = "") -> Iterator[NotTaken]:
    """What of the serials is told."""
    where = f"《{title}》 序号" if title else "序号"
    yield from (NotTaken(Reason.GENERATED, where, words or "（空）") for words in made.typed)


# -- all tables of a document -----------------------------------------------------------------


def in_document(was: Document, now: Document) -> tuple[Document, list[Recounted]]:
    """The document with its tables counted so, and what that made of each."""
    all_made = []
    for before, after in list(counterparts(was, now)):
        made = recounted(before, after)
        if made.stale:
            now = with_table(now, after, made.table)
            all_made.append(made)
    return now, all_made


def sentences(old: Document, new: Document) -> Iterator[str]:
    """Which serials differ that count nothing: they are content, and no change that is shown."""
    for before, after in counterparts(old, new):
        column = before.column_of(ColumnRole.SERIAL)
        if column is None or counts(before) or len(before.columns) != len(after.columns):
            continue
        pairs = [(before.rows[at], after.rows[to]) for at, to in row_pairs(before, after)]
        count = sum(was.cells[column].text != now.cells[column].text for was, now in pairs)
        if count:
            title = f"《{before.title}》" if before.title else "表格"
            yield f"{title}不是顺着编的序号改了 {count} 处，照收；预览里序号不算修改"
