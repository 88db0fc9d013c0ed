"""What one text or table lost and another got, word for word → moved from the one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from publisher.changes import (
    MOVED,
    AlignedBlock,
    AlignedFile,
    AlignedPart,
    AlignedRow,
    AlignedTable,
    AlignedText,
    Both,
    ChangeKind,
    Op,
    Piece,
    Pieces,
    Status,
    Subject,
)
from publisher.compare.columns import NAMES
from publisher.compare.files import fingerprint
from publisher.compare.ledger import Ledger
from publisher.compare.tables import table_lines
from publisher.model import Picture, Table
from publisher.wordings import bare

_TELLING = 8
"""Words as long as that are not the same by chance."""
_SUBJECTS = (
    Subject.SECTION,
    Subject.ITEM,
    Subject.PARAGRAPH,
    Subject.TABLE,
    Subject.PICTURE,
    Subject.ROW,
    Subject.GROUP,
)
_HEADED = (Subject.SECTION, Subject.ITEM, Subject.TABLE, Subject.PICTURE)
"""What is told by its first line."""
_Aligned = AlignedBlock | AlignedRow
_Words = tuple[Subject, tuple[str, ...]]


def between_parts(parts: tuple[AlignedPart, ...], ledger: Ledger) -> tuple[AlignedPart, ...]:
    """The parts, with what went from one to another told as one move."""
    gone, come = (
        _by_words(parts, ledger, status) | _notes(ledger, kind)
        for status, kind in (
            (Status.REMOVED, ChangeKind.REMOVED),
            (Status.ADDED, ChangeKind.ADDED),
        )
    )
    names: dict[str, str] = {}
    for words, olds in gone.items():
        for old, new in zip(olds, come.get(words, ()), strict=False):
            names[old] = names[new] = _enter(old, new, ledger)
    return tuple(_renamed(part, names) for part in parts) if names else parts


def _by_words(
    parts: tuple[AlignedPart, ...], ledger: Ledger, status: Status
) -> dict[_Words, list[str]]:
    """Changes by which something came or went, by the words that did."""
    words: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        if part.status is status:  # it came or went whole
            continue
        for aligned, table in _stream(part):
            if aligned.status is status and aligned.change:
                words[aligned.change].append(_words(aligned, table))
    named: dict[_Words, list[str]] = defaultdict(list)
    for name, lines in words.items():
        subject = ledger.changes[name].subject
        if subject in _SUBJECTS and len(bare("".join(lines))) >= _TELLING:
            named[subject, tuple(lines)].append(name)
    return named


def _notes(ledger: Ledger, kind: ChangeKind) -> dict[_Words, list[str]]:
    """Changes by which a note came or went, by its words; it may stand elsewhere in its text."""
    named: dict[_Words, list[str]] = defaultdict(list)
    for name, change in ledger.changes.items():
        if change.subject is Subject.NOTE and change.kind is kind:
            named[Subject.NOTE, change.before or change.after].append(name)
    return named


def _stream(part: AlignedPart) -> Iterator[tuple[_Aligned, AlignedTable | None]]:
    """The blocks of a text, and the rows of tables with their table."""
    if isinstance(part, AlignedTable):
        yield from ((row, part) for row in part.rows)
        return
    if isinstance(part, AlignedFile):
        return
    for block in part.blocks:
        if block.table is None or block.status is not Status.EDITED:
            yield block, None
        else:
            yield from ((row, block.table) for row in block.table.rows)


def _words(aligned: _Aligned, table: AlignedTable | None) -> str:
    if isinstance(aligned, AlignedBlock):
        side = aligned.new or aligned.old
        block = side and side.block
        if isinstance(block, Table):
            return "\n".join((block.title, *table_lines(block)))
        if isinstance(block, Picture):
            return "\n".join((block.title, block.words, fingerprint(block)))
        return "".join(piece.words for piece in aligned.pieces)
    assert table
    columns = (column.new or column.old for column in table.columns)
    return " | ".join(
        "".join(piece.words for piece in cell)
        for column, cell in zip(columns, aligned.cells, strict=True)
        if column and column.role not in NAMES
    )


def _enter(old: str, new: str, ledger: Ledger) -> str:
    """Put one change in the place of two."""
    gone, come = ledger.changes.pop(old), ledger.changes.pop(new)
    count = 1 if gone.subject in _HEADED else len(gone.before)
    words = Both(list(gone.before[:count]), list(come.after[:count]))
    pieces = (Piece(Op.EQUAL, "\n".join(words.new)),) if words.old == words.new else ()
    return ledger.enter(ChangeKind.MOVED, gone.subject, Both(gone.old, come.new), pieces, words)


def _renamed(part: AlignedPart, names: dict[str, str]) -> AlignedPart:
    if isinstance(part, AlignedText):
        blocks = (_with_notes(_moved(block, names), names) for block in part.blocks)
        return replace(part, blocks=tuple(blocks))
    return _with_rows(part, names) if isinstance(part, AlignedTable) else part


def _with_rows(table: AlignedTable, names: dict[str, str]) -> AlignedTable:
    head, rows = (
        tuple(_noted_row(_moved_row(row, names), names) for row in some)
        for some in (table.head, table.rows)
    )
    return replace(table, head=head, rows=rows)


def _moved(block: AlignedBlock, names: dict[str, str]) -> AlignedBlock:
    if block.change not in names:
        return replace(block, table=_with_rows(block.table, names)) if block.table else block
    name = names[block.change]
    pieces = _pieces(block.pieces, name)
    table = block.table and _moved_table(block.table, names)
    file = block.file and _moved_file(block.file, name)
    status = MOVED[block.status.op]
    return replace(block, status=status, change=name, pieces=pieces, table=table, file=file)


def _moved_file(file: AlignedFile, name: str) -> AlignedFile:
    """A picture that one side has alone, which was moved."""
    return replace(
        file,
        status=MOVED[file.status.op],
        change=name,
        title=_pieces(file.title, name),
        elements=tuple(
            replace(each, pieces=_pieces(each.pieces, name), change=name) for each in file.elements
        ),
    )


def _moved_table(table: AlignedTable, names: dict[str, str]) -> AlignedTable:
    """A table that one side has alone, which was moved whole."""
    assert table.change
    name, status = names[table.change], MOVED[table.status.op]
    return replace(
        _with_rows(table, names),
        status=status,
        change=name,
        title=_pieces(table.title, name),
        elements=tuple(
            replace(each, pieces=_pieces(each.pieces, name), change=name) for each in table.elements
        ),
        columns=tuple(replace(each, status=status, change=name) for each in table.columns),
        head=tuple(_moved_row(row, names) for row in table.head),
    )


def _with_notes(block: AlignedBlock, names: dict[str, str]) -> AlignedBlock:
    """A block with the marks of notes that were moved."""
    if names.keys().isdisjoint(block.changes):
        return block
    pieces, edits = (_with_marks(some, names) for some in (block.pieces, block.edits))
    return replace(block, pieces=pieces, edits=edits)


def _noted_row(row: AlignedRow, names: dict[str, str]) -> AlignedRow:
    """A row with the marks of notes that were moved."""
    if names.keys().isdisjoint(row.changes):
        return row
    cells, edits = (
        tuple(_with_marks(each, names) for each in some) for some in (row.cells, row.edits)
    )
    return replace(row, cells=cells, edits=edits)


def _with_marks(pieces: Pieces, names: dict[str, str]) -> Pieces:
    return tuple(
        replace(mark, change=names[mark.change], note=_pieces(mark.note, names[mark.change]))
        if mark.note and mark.change in names
        else mark
        for mark in pieces
    )


def _moved_row(row: AlignedRow, names: dict[str, str]) -> AlignedRow:
    if row.change not in names:
        return row
    name = names[row.change]
    cells = tuple(_pieces(cell, name) for cell in row.cells)
    return replace(row, status=MOVED[row.status.op], change=name, cells=cells)


def _pieces(pieces: Pieces, name: str) -> Pieces:
    return tuple(
        replace(piece, change=name, note=piece.note and _pieces(piece.note, name))
        for piece in pieces
    )
