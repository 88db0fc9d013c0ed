"""Heads of two versions of a table → their rows side by side; what differs is entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.changes import (
    ALONE,
    AlignedColumn,
    AlignedRow,
    Both,
    Op,
    Status,
    Subject,
    Where,
)
from publisher.compare.cells import Called, Cells
from publisher.compare.columns import Columns, has_head
from publisher.compare.grid import CellGrid, grid
from publisher.compare.ledger import Ledger
from publisher.compare.regions import Places
from publisher.compare.similar import most_alike
from publisher.compare.stream import old_first, walk
from publisher.model import Cell, Row, Table, one_line


def align_head(
    columns: Columns, aligned: tuple[AlignedColumn, ...], where: Both[Where], ledger: Ledger
) -> Iterator[AlignedRow]:
    """The rows of both heads in one stream; none where the names of columns are all of them."""
    if not has_head(columns.tables):
        return
    heads = columns.tables.map(lambda table: grid(head_rows(table)))
    pairs = _pairs(heads, columns)
    places = dict.fromkeys(pairs, where)
    called = columns.tables.map(_name_of_column)
    cells = Cells(heads, columns, aligned, places, ledger, called, Subject.HEAD)
    sides = heads.map(lambda head: range(len(head.rows)))
    yield from old_first(_row(at, cells, where) for at in walk(sides, pairs))


def _name_of_column(table: Table) -> Called:
    """What a cell of a head is called: the name of its column."""
    return lambda _, column: one_line(table.columns[column].name)


def head_rows(table: Table) -> tuple[Row, ...]:
    """The rows of a head; the names of columns, where they are all of it."""
    return table.head or (Row(tuple(Cell((column.name,)) for column in table.columns)),)


def _row(at: Places, cells: Cells, where: Both[Where]) -> AlignedRow:
    rows = Both(
        None if at.old is None else cells.grids.old.rows[at.old],
        None if at.new is None else cells.grids.new.rows[at.new],
    )
    if at.old is not None and at.new is not None:
        words, regions = cells.told(at)
        made = AlignedRow(Status.EQUAL, *rows, words, None, (), regions)
        return replace(made, status=Status.EDITED) if made.changes else made
    op = Op.DELETED if at.new is None else Op.INSERTED
    head, number = cells.grids.of(op), at.of(op)
    assert number is not None
    there = filter(None, head.lines(number, range(len(head.rows[number].cells))))
    line = " | ".join(dict.fromkeys(there))
    change = cells.ledger.enter_whole(op, Subject.HEAD, where.of(op), [line])
    return AlignedRow(ALONE[op], *rows, cells.alike(at, change), change)


def _pairs(heads: Both[CellGrid], columns: Columns) -> list[Places]:
    """The rows of both heads that say most of the same, in an order that rises on both sides.

    As many as can be: of a head with a row more than the other, that row is alone.
    """
    old, new = heads.map(lambda head: len(head.rows))
    score = [[float(_alike(heads, i, j, columns)) for j in range(new)] for i in range(old)]
    return [Both[int | None](*pair) for pair in most_alike(score)]


def _alike(heads: Both[CellGrid], at: int, new_at: int, columns: Columns) -> int:
    """How many columns say the same in a row of each head, those that begin there twice."""
    alike = 0
    for old, new in columns.shared:
        if old is not None and new is not None:
            cells = heads.old.shown[at].cells[old], heads.new.shown[new_at].cells[new]
            begins = heads.old.origin(at, old)[0], heads.new.origin(new_at, new)[0]
            alike += (cells[0].items == cells[1].items) * (1 + (begins == (at, new_at)))
    return alike
