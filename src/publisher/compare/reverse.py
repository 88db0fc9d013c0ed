"""Changes → the same for who reads the new version first."""

from __future__ import annotations

from dataclasses import replace

from publisher.changes import (
    AlignedBlock,
    AlignedColumn,
    AlignedElement,
    AlignedFile,
    AlignedPart,
    AlignedRow,
    AlignedTable,
    AlignedText,
    Both,
    Change,
    Changes,
    Pieces,
)
from publisher.compare.ledger import named
from publisher.compare.stream import old_first, old_first_order
from publisher.compare.words import in_order, is_edited


def reverse(changes: Changes) -> Changes:
    """What `compare` says of the same two documents the other way round."""
    return named(
        Changes(
            changes.new,
            changes.old,
            tuple(map(_element, changes.elements)),
            tuple(old_first(map(_part, changes.parts))),
            tuple(map(_change, changes.changes)),
            Both(*changes.references[::-1]),
        )
    )


def _element(element: AlignedElement) -> AlignedElement:
    return replace(element, pieces=_pieces(element.pieces))


def _pieces(pieces: Pieces) -> Pieces:
    if not is_edited(pieces):
        return pieces
    return in_order(
        replace(piece, op=piece.op.reverse, note=piece.note and _pieces(piece.note))
        for piece in pieces
    )


def _change(change: Change) -> Change:
    return replace(
        change,
        kind=change.kind.reverse,
        old=change.new,
        new=change.old,
        before=change.after,
        after=change.before,
        pieces=_pieces(change.pieces),
        columns=Both(*change.columns[::-1]),
    )


def _part(part: AlignedPart) -> AlignedPart:
    if isinstance(part, AlignedText):
        return replace(
            part,
            status=part.status.reverse,
            old=part.new,
            new=part.old,
            title=_pieces(part.title),
            elements=tuple(map(_element, part.elements)),
            blocks=tuple(old_first(map(_block, part.blocks))),
        )
    return _table(part) if isinstance(part, AlignedTable) else _file(part)


def _file(file: AlignedFile) -> AlignedFile:
    return replace(
        file,
        status=file.status.reverse,
        old=file.new,
        new=file.old,
        title=_pieces(file.title),
        elements=tuple(map(_element, file.elements)),
    )


def _table(table: AlignedTable) -> AlignedTable:
    columns = tuple(map(_column, table.columns))
    order = old_first_order([column.status.op for column in columns])
    return AlignedTable(
        table.status.reverse,
        table.role,
        table.new,
        table.old,
        _pieces(table.title),
        tuple(columns[at] for at in order),
        tuple(old_first(_row(row, order) for row in table.rows)),
        table.change,
        tuple(old_first(_row(row, order) for row in table.head)),
        tuple(map(_element, table.elements)),
    )


def _block(block: AlignedBlock) -> AlignedBlock:
    return replace(
        block,
        status=block.status.reverse,
        old=block.new,
        new=block.old,
        pieces=_pieces(block.pieces),
        mark=block.mark.reverse,
        edits=_pieces(block.edits),
        table=block.table and _table(block.table),
        file=block.file and _file(block.file),
    )


def _column(column: AlignedColumn) -> AlignedColumn:
    return replace(column, status=column.status.reverse, old=column.new, new=column.old)


def _row(row: AlignedRow, order: list[int]) -> AlignedRow:
    return replace(
        row,
        status=row.status.reverse,
        old=row.new,
        new=row.old,
        cells=tuple(_pieces(row.cells[at]) for at in order),
        edits=tuple(_pieces(row.edits[at]) for at in order) if row.edits else (),
        regions=tuple(row.regions[at] for at in order) if row.regions else (),
    )
