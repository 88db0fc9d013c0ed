"""Two readings of one place → each in pieces, with what differs from what was there before."""

from __future__ import annotations

from typing import NamedTuple

from publisher.wordings import steps

_AROUND = 10
"""Characters shown before and behind what differs."""
_MORE = "……"


class ReadingPiece(NamedTuple):
    """Words of a reading."""

    words: str
    differs: bool


def pieces(base: str, reading: str) -> list[ReadingPiece]:
    """All words of a reading, those that the base has not apart."""
    made: list[ReadingPiece] = []
    for kind, _, _, first, last in steps(base, reading, str):
        if words := reading[first:last]:
            differs = kind != "equal"
            if made and made[-1].differs == differs:
                words = made.pop().words + words
            made.append(ReadingPiece(words, differs))
    return made


def brief(base: str, reading: str, longest: int) -> str:
    """A reading in one line; of a long one what differs, and some words around it."""
    line = " ".join(reading.split())
    if len(line) <= longest:
        return line
    made = pieces(" ".join(base.split()), line)
    lengths = [len(piece.words) for piece in made]
    spans = [
        (sum(lengths[:at]), sum(lengths[: at + 1]))
        for at, piece in enumerate(made)
        if piece.differs
    ]
    first, last = (spans[0][0], spans[-1][1]) if spans else (0, longest)
    start, end = max(first - _AROUND, 0), last + _AROUND
    shown = line[start:end]
    if len(shown) > longest:
        shown = f"{shown[: longest // 2]}{_MORE}{shown[-longest // 2 :]}"
    return f"{_MORE if start else ''}{shown}{_MORE if end < len(line) else ''}"
