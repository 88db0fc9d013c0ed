"""A part that was moved, both versions in one → what stands where it was, and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.changes import (
    MOVED,
    AlignedBlock,
    AlignedColumn,
    AlignedElement,
    AlignedFile,
    AlignedPart,
    AlignedRow,
    AlignedTable,
    AlignedText,
    Both,
    Op,
    Piece,
    Pieces,
    only,
)
from publisher.compare.words import in_order, is_edited, of_side


def one_side(part: AlignedPart, op: Op, change: str) -> AlignedPart:
    """The deleted or the inserted side of a part, all of it moved by a change."""
    if isinstance(part, AlignedText):
        sides = only(op, Both(part.old, part.new).of(op))
        title, blocks = _side(part.title, op, change), tuple(_blocks(part.blocks, op, change))
        elements = tuple(_elements(part.elements, op, change))
        return AlignedText(MOVED[op], part.role, *sides, title, blocks, change, elements)
    return (
        table_side(part, op, change)
        if isinstance(part, AlignedTable)
        else file_side(part, op, change)
    )


def file_side(file: AlignedFile, op: Op, change: str) -> AlignedFile:
    """The deleted or the inserted side of a picture or finished file, moved by a change."""
    old, new = only(op, Both(file.old, file.new).of(op))
    title, elements = _side(file.title, op, change), tuple(_elements(file.elements, op, change))
    return AlignedFile(MOVED[op], file.role, old, new, title, elements, change)


def table_side(table: AlignedTable, op: Op, change: str) -> AlignedTable:
    """The deleted or the inserted side of a table, all of it moved by a change."""
    old, new = only(op, Both(table.old, table.new).of(op))
    columns = table.columns
    return replace(
        table,
        status=MOVED[op],
        old=old,
        new=new,
        title=_side(table.title, op, change),
        columns=tuple(_column(column, op, change) for column in columns if _has(column, op)),
        rows=tuple(_row(row, columns, op, change) for row in table.rows if _has(row, op)),
        change=change,
        head=tuple(_row(row, columns, op, change) for row in table.head if _has(row, op)),
        elements=tuple(_elements(table.elements, op, change)),
    )


def _side(pieces: Pieces, op: Op, change: str) -> Pieces:
    """The words of one side, all of them moved by a change."""
    return in_order(of_side(pieces, op, change))


def _elements(
    elements: tuple[AlignedElement, ...], op: Op, change: str
) -> Iterator[AlignedElement]:
    """Those that one side has; one that was edited on the way stands with its edit there."""
    for element in elements:
        words = _side(element.pieces, op, change)
        is_here = op is Op.INSERTED
        if element.change and is_here:
            yield element
        elif words:
            yield replace(element, pieces=words, change=element.change or change)


def _has(aligned: AlignedColumn | AlignedRow, op: Op) -> bool:
    return (aligned.old if op is Op.DELETED else aligned.new) is not None


def _blocks(blocks: tuple[AlignedBlock, ...], op: Op, change: str) -> Iterator[AlignedBlock]:
    waiting: list[Piece] = []
    begun: AlignedBlock | None = None  # its number stands where a paragraph begins
    for block in blocks:
        if block.status.op is op:
            yield block
            continue
        if block.status.op is op.reverse:
            continue
        if block.table or block.file:
            yield apart(block, op, change)
            continue
        waiting += block.pieces
        begun = begun or block
        if block.mark is op.reverse:  # this side has no end here
            continue
        own = block.change or change
        yield AlignedBlock(
            MOVED[op],
            *only(op, Both(begun.old, begun.new).of(op)),
            _side(tuple(waiting), op, own),
            op,
            own,
            in_order(waiting) if is_edited(waiting) else (),
        )
        waiting, begun = [], None


def apart(block: AlignedBlock, op: Op, change: str) -> AlignedBlock:
    """The deleted or the inserted side of a table or picture of a text."""
    sides = only(op, Both(block.old, block.new).of(op))
    table = block.table and table_side(block.table, op, change)
    file = block.file and file_side(block.file, op, change)
    return AlignedBlock(MOVED[op], *sides, (), op, change, table=table, file=file)


def _column(column: AlignedColumn, op: Op, change: str) -> AlignedColumn:
    sides = only(op, Both(column.old, column.new).of(op))
    return AlignedColumn(MOVED[op], *sides, column.change or change)


def _row(row: AlignedRow, columns: tuple[AlignedColumn, ...], op: Op, change: str) -> AlignedRow:
    there = [_has(column, op) for column in columns]
    cells = tuple(cell for cell, has in zip(row.cells, there, strict=True) if has)
    edits = tuple(cell for cell, has in zip(row.edits, there, strict=False) if has)
    regions = tuple(name for name, has in zip(row.regions, there, strict=False) if has)
    if row.status.op is op:
        return replace(row, cells=cells, edits=edits, regions=regions)
    own = row.change or change
    is_edited = any(True for cell in cells for piece in cell for _ in piece.changes)
    return AlignedRow(
        MOVED[op],
        *only(op, Both(row.old, row.new).of(op)),
        tuple(_side(cell, op, own) for cell in cells),
        own,
        cells if is_edited else (),
        regions,
    )
