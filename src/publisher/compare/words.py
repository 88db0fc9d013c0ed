"""Two wordings → the pieces that both have, that were deleted, that were inserted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from publisher import wordings
from publisher.changes import Op, Piece, Pieces
from publisher.model import Inline, LineBreak, Link, Strong, Text
from publisher.words.sentences import spans
from publisher.words.tokens import tokens as tokens_of

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are stressed or not, and lead somewhere or not."""

    words: str
    strong: bool = False
    target: str | None = None


Runs = tuple[Run, ...]


def runs(content: tuple[Inline, ...]) -> Runs:
    """Inline content without its nesting; a line that the author ended ends with a newline."""
    return joined(_runs(content, False, None))


def run(words: str) -> Runs:
    """Words without stress or link."""
    return (Run(words),) if words else ()


def text(stretch: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(run.words for run in stretch)


def _runs(content: tuple[Inline, ...], strong: bool, target: str | None) -> Iterator[Run]:
    for inline in content:
        match inline:
            case Text(characters):
                yield Run(characters, strong, target)
            case Strong(inner):
                yield from _runs(inner, True, target)
            case Link(address, inner):
                yield from _runs(inner, strong, address)
            case LineBreak():
                yield Run(BREAK, strong, target)


def joined(stretch: Iterable[Run]) -> Runs:
    """Neighbours of one form as one run; empty ones left out."""
    there = (run for run in stretch if run.words)
    return tuple(
        Run("".join(run.words for run in alike), strong, target)
        for (strong, target), alike in groupby(there, lambda run: (run.strong, run.target))
    )


def sentences(content: Runs) -> tuple[Runs, ...]:
    """The sentences of a text, each with the blanks that follow it; together they are the text."""
    whole = text(content)
    cuts = [0, *(span.start for span in spans(whole)), len(whole)]
    cuts[1:2] = []  # blanks before the first sentence belong to it
    starts = list(accumulate((len(run.words) for run in content), initial=0))
    return tuple(_cut(content, starts, start, end) for start, end in pairwise(cuts) if start < end)


def _cut(content: Runs, starts: list[int], start: int, end: int) -> Runs:
    cut = []
    within = slice(bisect_right(starts, start) - 1, bisect_left(starts, end))
    for run, at in zip(content[within], starts[within], strict=True):
        words = run.words[max(start - at, 0) : max(end - at, 0)]
        if words:
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
    return in_order(_pieces(tokens(old), tokens(new), change))


def all_of(content: Runs, op: Op, change: str | None = None) -> Pieces:
    """A text as pieces that are all on one side, or on both."""
    return tuple(Piece(op, run.words, run.strong, run.target, change) for run in content)


def owned(pieces: Iterable[Piece], change: str) -> Pieces:
    """Pieces, of which those that differ and are no other change's are that change's."""
    return tuple(
        piece if piece.op is Op.EQUAL or piece.change else replace(piece, change=change)
        for piece in pieces
    )


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
            yield from all_of(old[first:end], Op.DELETED, change)
            yield from all_of(new[new_first:new_end], Op.INSERTED, change)


def in_order(pieces: Iterable[Piece]) -> Pieces:
    """Pieces with neighbours alike joined; between what both have, the deleted stands first."""
    ordered: list[Piece] = []
    for is_equal, alike in groupby(pieces, lambda piece: piece.op is Op.EQUAL):
        some = list(alike)
        ordered += some if is_equal else sorted(some, key=lambda piece: piece.op is Op.INSERTED)
    return tuple(
        Piece(form[0], "".join(piece.words for piece in alike), *form[1:])
        for form, alike in groupby(
            (piece for piece in ordered if piece.words),
            lambda piece: (piece.op, piece.strong, piece.target, piece.change),
        )
    )
