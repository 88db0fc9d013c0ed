"""Changes → lines for a terminal: how many of what, then a line each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.changes import (
    Change,
    ChangeKind,
    Changes,
    Op,
    Piece,
    Script,
    Subject,
    Weight,
    Where,
    sentence,
    words_of,
)
from publisher.renderers.changes import wording

Styled = tuple[str, str]
"""Words, and the name of a colour; empty for none."""

_LONGEST = 40
_AROUND = 6
"""So many characters around what differs tell where in the sentence it is."""
_MOST = 3
"""Cells, or lines of a file, that are told."""
_COLOURS = {Weight.SUBSTANCE: "yellow", Weight.WORDING: "", Weight.FORM: "bright_black"}
_OLD, _NEW = "red", "green"


def lines(changes: Changes) -> Iterator[tuple[Styled, ...]]:
    """The counts on a line, then each change on one."""
    yield ((sentence(changes) + "。", ""),)
    for change in changes.changes:
        yield tuple(_line(change))
    for reference in changes.references.new:
        place = _place(reference.where)
        yield (("引用的序号可能要改 ", "yellow"), (f"{place}：{wording.stale(reference)}", ""))


def _line(change: Change) -> Iterator[Styled]:
    matters = "·".join(matter.value for matter in change.matters)
    weight = f"[{change.weight.value}{'：' if matters else ''}{matters}]"
    yield weight, _COLOURS[change.weight]
    yield f" {change.kind.value}{change.subject.value} {place(change)}：", ""
    yield from _told(change)


def place(change: Change) -> str:
    """Where a change is, and for what was moved where it was."""
    if change.old and change.new and wording.is_moved(change):
        by_place = wording.keeps_serial(change)
        old, new = (_place(where, by_place=by_place) for where in (change.old, change.new))
        return new if old == new else f"{old} → {new}"
    return _place(change.where)


def _place(where: Where, *, by_place: bool = False) -> str:
    if not where.part:
        return where.column
    clause = wording.clause(where) if where.clauses else ""
    row = wording.row(where, by_place=by_place)
    paragraph = f"第 {where.paragraph} 段" if where.paragraph else ""
    table = wording.table(where)
    steps = (where.part, *table, clause, row, paragraph, wording.part_of(where))
    return " ".join(filter(None, steps))


def _told(change: Change) -> Iterator[Styled]:
    """The words of a change: those that differ, or the beginning of those that moved."""
    own = any(piece.change == change.identifier for piece in change.pieces)
    is_told_whole = not own or "".join(change.before) != words_of(change.pieces, Op.INSERTED)
    if change.kind is ChangeKind.EDITED and is_told_whole:
        yield f"【{_short(' '.join(change.before))}", _OLD
        yield " → ", ""
        yield f"{_short(' '.join(change.after))}】", _NEW
        return
    if wording.is_region(change) or change.kind is ChangeKind.REPLACED:
        yield f"【{_each(change.before)}", _OLD
        yield " → ", ""
        yield f"{_each(change.after)}】", _NEW
        yield change.remark, ""
        return
    if change.kind in (ChangeKind.SPLIT, ChangeKind.MERGED) or not own:
        yield _short(" ".join(change.after or change.before)), ""
        if change.kind is ChangeKind.SPLIT:
            yield f"（1 → {len(change.after)}）", ""
        if change.kind is ChangeKind.MERGED:
            yield f"（{len(change.before)} → 1）", ""
        return
    if change.subject in (Subject.ROW, Subject.SECTION) and change.kind is ChangeKind.MOVED_EDITED:
        yield _short(" ".join(change.after)) + " ", ""
    for number, pair in enumerate(_pairs(change)):
        if number:
            yield "；", ""
        yield from pair


def _each(words: tuple[str, ...]) -> str:
    """The first of some words, each by its beginning."""
    more = "……" if len(words) > _MOST else ""
    return "；".join(map(_short, words[:_MOST])) + more


def _pairs(change: Change) -> Iterator[tuple[Styled, ...]]:
    """Each deletion with the insertion in its place, among a few of the words around them."""
    pieces = [piece for piece in change.pieces if piece.change in (None, change.identifier)]
    at = 0
    while at < len(pieces):
        if pieces[at].op is Op.EQUAL:
            at += 1
            continue
        both = pieces[at].op is Op.DELETED and _op(pieces, at + 1) is Op.INSERTED
        end = at + 2 if both else at + 1
        yield (
            (_before(pieces[at - 1]) if at else "", ""),
            *_differing(pieces[at:end]),
            (_after(pieces[end]) if end < len(pieces) else "", ""),
        )
        at = end


def _op(pieces: list[Piece], at: int) -> Op | None:
    return pieces[at].op if at < len(pieces) else None


def _before(piece: Piece) -> str:
    return piece.words.split("\n")[-1][-_AROUND:] if piece.op is Op.EQUAL else ""


def _after(piece: Piece) -> str:
    return piece.words.split("\n")[0][:_AROUND] if piece.op is Op.EQUAL else ""


def _differing(pieces: list[Piece]) -> Iterator[Styled]:
    words = [_short(_typed(piece)) for piece in pieces]
    if len(pieces) == 2:
        yield f"【{words[0]}", _OLD
        yield " → ", ""
        yield f"{words[1]}】", _NEW
    elif pieces[0].op is Op.DELETED:
        yield f"【删：{words[0]}】", _OLD
    else:
        yield f"【增：{words[0]}】", _NEW


_SIGNS = {Script.RAISED: "^", Script.LOWERED: "~", None: ""}


def _typed(piece: Piece) -> str:
    """Words as their author typed them, above or below the line."""
    sign = _SIGNS[piece.script]
    return f"{sign}{piece.words}{sign}"


def _short(words: str) -> str:
    if named := wording.blanks(words):
        return named
    one_line = words.replace("\n", "⏎") if words.strip(" |") else wording.BLANK_ROW
    return one_line if len(one_line) <= _LONGEST else one_line[:_LONGEST] + "……"
