"""Words with the marks of notes → the same, each note that differs told as a change of its own."""

from __future__ import annotations

from dataclasses import replace

from publisher.changes import Both, ChangeKind, Op, Piece, Pieces, Subject, Where, only
from publisher.compare.ledger import Ledger
from publisher.compare.words import is_edited


def noted(words: Pieces, where: Both[Where], ledger: Ledger) -> Pieces:
    """The same, with each note that came, went or was edited told as a change."""
    return tuple(
        piece if piece.note is None or piece.change else _with_note(piece, where, ledger)
        for piece in words
    )


def _with_note(mark: Piece, where: Both[Where], ledger: Ledger) -> Piece:
    assert mark.note is not None
    if not is_edited(mark.note):
        return mark
    places = where.map(_of_note)
    if mark.op is Op.EQUAL:
        change = ledger.enter(ChangeKind.EDITED, Subject.NOTE, places, mark.note)
        return replace(mark, note=ledger.pieces(change))
    kind = ChangeKind.REMOVED if mark.op is Op.DELETED else ChangeKind.ADDED
    stands = only(mark.op, places.of(mark.op))
    change = ledger.enter(kind, Subject.NOTE, stands, mark.note)
    return replace(mark, change=change, note=ledger.pieces(change))


def _of_note(place: Where) -> Where:
    return replace(place, column=f"{place.column}的注" if place.column else "注")
