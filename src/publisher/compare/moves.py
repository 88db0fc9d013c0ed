"""What one text or table lost and another got, word for word → moved from the one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from publisher.changes import (
    MOVED,
    AlignedBlock,
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
from publisher.compare.ledger import Ledger
from publisher.compare.tables import row_words
from publisher.wordings import bare

_TELLING = 8
"""Words as long as that are not the same by chance."""
_SUBJECTS = (Subject.SECTION, Subject.ITEM, Subject.PARAGRAPH, Subject.ROW, Subject.GROUP)
_HEADED = (Subject.SECTION, Subject.ITEM)
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
        for aligned in _stream(part):
            if aligned.status is status and aligned.change:
                words[aligned.change].append(_words(part, aligned))
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


def _stream(part: AlignedPart) -> Iterator[_Aligned]:
    yield from part.blocks if isinstance(part, AlignedText) else part.rows


def _words(part: AlignedPart, aligned: _Aligned) -> str:
    if isinstance(aligned, AlignedBlock):
        return "".join(piece.words for piece in aligned.pieces)
    assert isinstance(part, AlignedTable)
    row, side = (aligned.old, part.old) if aligned.old else (aligned.new, part.new)
    assert row
    assert side
    return row_words(row, side.source.columns)


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
    return replace(part, rows=tuple(_moved_row(row, names) for row in part.rows))


def _moved(block: AlignedBlock, names: dict[str, str]) -> AlignedBlock:
    if block.change not in names:
        return block
    name = names[block.change]
    pieces = _pieces(block.pieces, name)
    return replace(block, status=MOVED[block.status.op], change=name, pieces=pieces)


def _with_notes(block: AlignedBlock, names: dict[str, str]) -> AlignedBlock:
    """A block with the marks of notes that were moved."""
    if names.keys().isdisjoint(block.changes):
        return block
    pieces, edits = (
        tuple(
            replace(mark, change=names[mark.change], note=_pieces(mark.note, names[mark.change]))
            if mark.note and mark.change in names
            else mark
            for mark in some
        )
        for some in (block.pieces, block.edits)
    )
    return replace(block, pieces=pieces, edits=edits)


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
