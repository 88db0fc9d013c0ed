"""A part that was moved, both versions in one → what stands where it was, and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.changes import (
    AlignedBlock,
    AlignedColumn,
    AlignedPart,
    AlignedRow,
    AlignedText,
    Op,
    Piece,
    Pieces,
    Status,
)
from publisher.compare.words import in_order


def one_side(part: AlignedPart, op: Op, change: str) -> AlignedPart:
    """The deleted or the inserted side of a part, all of it moved by a change."""
    status = _status(op)
    is_old = op is Op.DELETED
    title = side_of(part.title, op, change)
    if isinstance(part, AlignedText):
        return AlignedText(
            status,
            part.role,
            part.old if is_old else None,
            None if is_old else part.new,
            title,
            tuple(_blocks(part.blocks, op, change)),
            change,
        )
    columns = tuple(_column(one, op, change) for one in part.columns if _has(one, op))
    rows = tuple(_row(one, part.columns, op, change) for one in part.rows if _has(one, op))
    return replace(
        part,
        status=status,
        old=part.old if is_old else None,
        new=None if is_old else part.new,
        title=title,
        columns=columns,
        rows=rows,
        change=change,
    )


def side_of(pieces: Pieces, op: Op, change: str) -> Pieces:
    """The words of one side, all of them moved by a change."""
    return in_order(
        Piece(op, one.words, one.strong, one.target, change)
        for one in pieces
        if one.op is not op.reverse
    )


def _status(op: Op) -> Status:
    return Status.MOVED_FROM if op is Op.DELETED else Status.MOVED_TO


def _has(one: AlignedColumn | AlignedRow, op: Op) -> bool:
    return (one.old if op is Op.DELETED else one.new) is not None


def _blocks(blocks: tuple[AlignedBlock, ...], op: Op, change: str) -> Iterator[AlignedBlock]:
    waiting: list[Piece] = []
    for block in blocks:
        if block.status.op is op:
            yield block
            continue
        if block.status.op is op.reverse:
            continue
        waiting += block.pieces
        if block.mark is op.reverse:  # this side has no end here
            continue
        edited = any(piece.op is not Op.EQUAL for piece in waiting)
        own = block.change or change
        yield AlignedBlock(
            _status(op),
            block.old if op is Op.DELETED else None,
            block.new if op is Op.INSERTED else None,
            side_of(tuple(waiting), op, own),
            op,
            own,
            in_order(waiting) if edited else (),
        )
        waiting = []


def _column(column: AlignedColumn, op: Op, change: str) -> AlignedColumn:
    is_old = op is Op.DELETED
    return AlignedColumn(
        _status(op),
        column.old if is_old else None,
        None if is_old else column.new,
        column.change or change,
    )


def _row(row: AlignedRow, columns: tuple[AlignedColumn, ...], op: Op, change: str) -> AlignedRow:
    there = [_has(column, op) for column in columns]
    cells = tuple(cell for cell, has in zip(row.cells, there, strict=True) if has)
    edits = tuple(cell for cell, has in zip(row.edits, there, strict=False) if has)
    if row.status.op is op:
        return replace(row, cells=cells, edits=edits)
    own = row.change or change
    is_edited = any(piece.change for cell in cells for piece in cell)
    return AlignedRow(
        _status(op),
        row.old if op is Op.DELETED else None,
        row.new if op is Op.INSERTED else None,
        tuple(side_of(cell, op, own) for cell in cells),
        own,
        cells if is_edited else (),
    )
