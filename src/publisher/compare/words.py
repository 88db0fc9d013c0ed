"""Two wordings → the pieces that both have, that were deleted, that were inserted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import TypeVar, assert_never

from publisher import wordings
from publisher.changes import NOTE_MARK, Op, Piece, Pieces, Script
from publisher.model import Inline, LineBreak, Link, Lowered, Note, Raised, Strong, Text
from publisher.words.sentences import spans
from publisher.words.tokens import tokens as tokens_of

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one form; or the mark of a note."""

    words: str
    strong: bool = False
    """Whether they are stressed."""
    target: str | None = None
    """Where they lead."""
    script: Script | None = None
    note: Runs | None = None
    """What the note says whose mark it is; None for words."""


Runs = tuple[Run, ...]


def runs(content: tuple[Inline, ...]) -> Runs:
    """Inline content without its nesting; a line that the author ended ends with a newline."""
    return joined(_runs(content, False, None))


def run(words: str) -> Runs:
    """Words without stress or link."""
    return (Run(words),) if words else ()


def text(stretch: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(run.words for run in stretch if run.note is None)


def notes(stretch: Iterable[Run]) -> Iterator[Runs]:
    """What the notes say whose marks stand among words."""
    return (run.note for run in stretch if run.note is not None)


def unnoted(stretch: Iterable[Run]) -> Runs:
    """The same without the marks of notes."""
    return joined(run for run in stretch if run.note is None)


def _runs(content: tuple[Inline, ...], strong: bool, target: str | None) -> Iterator[Run]:
    for inline in content:
        match inline:
            case Text(characters):
                yield Run(characters, strong, target)
            case Raised(characters):
                yield Run(characters, strong, target, Script.RAISED)
            case Lowered(characters):
                yield Run(characters, strong, target, Script.LOWERED)
            case Strong(inner):
                yield from _runs(inner, True, target)
            case Link(address, inner):
                yield from _runs(inner, strong, address)
            case LineBreak():
                yield Run(BREAK, strong, target)
            case Note(inner):
                yield Run(NOTE_MARK, note=runs(inner))
            case _:
                assert_never(inline)


def joined(stretch: Iterable[Run]) -> Runs:
    """Neighbours of one form as one run; empty ones left out, and each mark by itself."""
    there = [run for run in stretch if run.words]
    return tuple(_as_one(list(alike)) for _, alike in groupby(there, _form))


_Words = TypeVar("_Words", Run, Piece)


def _as_one(alike: list[_Words]) -> _Words:
    """Words in one form, joined."""
    first = alike[0]
    if len(alike) == 1:
        return first
    return replace(first, words="".join(words.words for words in alike))


def _form(words: Run | Piece) -> tuple[object, ...]:
    """Two neighbours with the same are one; no mark of a note is one with another."""
    return words.strong, words.target, words.script, None if words.note is None else id(words)


def sentences(content: Runs) -> tuple[Runs, ...]:
    """The sentences of a text, each with the blanks that follow it; together they are the text.

    The mark of a note belongs to the words before it.
    """
    whole = text(content)
    if not whole:
        return (content,) if content else ()
    cuts = [0, *(span.start for span in spans(whole)), len(whole)]
    cuts[1:2] = []  # blanks before the first sentence belong to it
    lengths = (len(run.words) if run.note is None else 0 for run in content)
    starts = list(accumulate(lengths, initial=0))
    return tuple(_cut(content, starts, start, end) for start, end in pairwise(cuts) if start < end)


def _cut(content: Runs, starts: list[int], start: int, end: int) -> Runs:
    cut = []
    within = slice(max(bisect_left(starts, start) - 1, 0), bisect_right(starts, end))
    for run, at in zip(content[within], starts[within], strict=False):
        if run.note is not None:
            if start < at <= end or at == start == 0:
                cut.append(run)
        elif words := run.words[max(start - at, 0) : max(end - at, 0)]:
            cut.append(replace(run, words=words))
    return tuple(cut)


# -- tokens -----------------------------------------------------------------------------


def tokens(content: Runs) -> tuple[Run, ...]:
    """The tokens of a text in order; together they are the text."""
    return tuple(replace(run, words=token) for run in content for token in tokens_of(run.words))


# -- pieces -----------------------------------------------------------------------------


def pieces(old: Runs, new: Runs, change: str | None = None) -> Pieces:
    """How one text becomes the other, what differs told as that change's."""
    if old == new:
        return all_of(old, Op.EQUAL)
    if (words := unnoted(old)) == unnoted(new):
        return in_order(_with_marks(words, _marks(old), _marks(new), change))
    return in_order(_pieces(tokens(old), tokens(new), change))


def all_of(content: Runs, op: Op, change: str | None = None) -> Pieces:
    """A text as pieces that are all on one side, or on both."""
    return tuple(
        Piece(
            op,
            run.words,
            run.strong,
            run.target,
            change,
            run.script,
            None if run.note is None else all_of(run.note, op, change),
        )
        for run in content
    )


def of_side(pieces: Iterable[Piece], op: Op, change: str | None) -> Pieces:
    """What one side has of pieces, as if it alone had it, told as that change's."""
    return tuple(
        replace(
            piece,
            op=op,
            change=change,
            note=None if piece.note is None else of_side(piece.note, op, change),
        )
        for piece in pieces
        if piece.op is not op.reverse
    )


def owned(pieces: Iterable[Piece], change: str) -> Pieces:
    """Pieces, of which those that differ and are no other change's are that change's."""
    return tuple(
        piece
        if piece.note is None and (piece.op is Op.EQUAL or piece.change)
        else replace(
            piece,
            change=piece.change or (None if piece.op is Op.EQUAL else change),
            note=piece.note and owned(piece.note, change),
        )
        for piece in pieces
    )


def unmarked(pieces: Iterable[Piece]) -> Pieces:
    """Pieces without the marks of notes, which are told by themselves."""
    return in_order(piece for piece in pieces if piece.note is None)


def is_edited(pieces: Iterable[Piece]) -> bool:
    """Whether some of them, or of the words of notes, is on one side alone."""
    return any(piece.op is not Op.EQUAL or is_edited(piece.note or ()) for piece in pieces)


def lines(parts: Iterable[Pieces], end: Piece) -> Pieces:
    """Pieces of several paragraphs or cells in one, parted by `end`."""
    parted: list[Piece] = []
    for number, line in enumerate(parts):
        parted += [end, *line] if number else line
    return tuple(parted)


def _pieces(old: tuple[Run, ...], new: tuple[Run, ...], change: str | None) -> Iterator[Piece]:
    for tag, first, end, new_first, new_end in wordings.steps(old, new, lambda run: run.words):
        if tag == "equal":
            yield from all_of(old[first:end], Op.EQUAL)
        else:
            yield from _replaced(old[first:end], new[new_first:new_end], change)


_Marks = dict[int, list[Run]]
"""The marks of notes by how many characters of words stand before them."""


def _marks(content: Runs) -> _Marks:
    marks: _Marks = {}
    at = 0
    for run in content:
        if run.note is None:
            at += len(run.words)
        else:
            marks.setdefault(at, []).append(run)
    return marks


def _with_marks(words: Runs, old: _Marks, new: _Marks, change: str | None) -> Iterator[Piece]:
    """Words that both sides have, with the marks of each at their places."""
    starts = list(accumulate((len(run.words) for run in words), initial=0))
    last = 0
    for at in sorted({*old, *new}):
        yield from all_of(_cut(words, starts, last, at), Op.EQUAL)
        yield from _pieces(tuple(old.get(at, ())), tuple(new.get(at, ())), change)
        last = at
    yield from all_of(_cut(words, starts, last, starts[-1]), Op.EQUAL)


def _replaced(old: tuple[Run, ...], new: tuple[Run, ...], change: str | None) -> Iterator[Piece]:
    """Words in the place of others; of notes in them the first became the first."""
    at, new_at = (_first_mark(runs) for runs in (old, new))
    yield from all_of(old[:at], Op.DELETED, change)
    yield from all_of(new[:new_at], Op.INSERTED, change)
    if at < len(old) and new_at < len(new):
        note = pieces(old[at].note or (), new[new_at].note or (), change)
        yield Piece(Op.EQUAL, NOTE_MARK, note=note)
        yield from _replaced(old[at + 1 :], new[new_at + 1 :], change)
    else:
        yield from all_of(old[at:], Op.DELETED, change)
        yield from all_of(new[new_at:], Op.INSERTED, change)


def _first_mark(content: tuple[Run, ...]) -> int:
    """The index of the first mark of a note; behind the last where there is none."""
    return next((at for at, run in enumerate(content) if run.note is not None), len(content))


def in_order(pieces: Iterable[Piece]) -> Pieces:
    """Pieces with neighbours alike joined; between what both have, the deleted stands first."""
    ordered: list[Piece] = []
    for is_equal, alike in groupby(pieces, lambda piece: piece.op is Op.EQUAL):
        some = list(alike)
        ordered += some if is_equal else sorted(some, key=lambda piece: piece.op is Op.INSERTED)
    kept = [
        piece if piece.note is None else replace(piece, note=in_order(piece.note))
        for piece in ordered
        if piece.words
    ]
    forms = groupby(kept, lambda piece: (piece.op, piece.change, *_form(piece)))
    return tuple(_as_one(list(alike)) for _, alike in forms)
