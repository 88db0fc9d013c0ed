"""A title → its lines: broken at whole words, in the shape of a trapezium or a rhombus (7.3.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, combinations, pairwise
from math import ceil

_MOST_LINES = 4
# What stays with the word before it, and what with the word after.
_CLINGS_BACK = re.compile("[，。；：、！？）》〉”’〕】%‰]|[的之等了和与及]$")
_CLINGS_ON = re.compile("[（《〈“‘〔【关对和与及]$")
_NUMBER = "[0-9A-Za-z]+(?:[年月日号项条个%‰]|周年)?"


def width(title: str) -> float:
    """The width of a title in Chinese characters; letters of 小标宋 are wider than half of one."""
    return sum(
        1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.56 if one.isdigit() else 0.75
        for one in title
    )


def broken(title: str, characters: float, names: Iterable[str] = ()) -> str:
    """The title with newlines where it is broken to lines of at most so many characters.

    The author's own breaks win. No break falls inside a word, a number, one of `names`, or 《》
    that fits a line; a title that cannot be broken so is left to the program that sets it.
    """
    if "\n" in title or width(title) <= characters:
        return title
    pieces = list(_pieces(title, characters, names))
    fewest = ceil(width(title) / characters)
    shapes = [
        min(found, key=_ugliness)
        for count in range(fewest, _MOST_LINES + 1)
        if (found := list(_shapes(pieces, count, characters)))
    ]
    # As few lines as can be, unless they make a rectangle and more would not.
    best = [shape for shape in shapes if not _is_rectangle(shape)] or shapes
    return "\n".join(best[0]) if best else title


def parts(title: str, characters: float) -> list[str]:
    """What a title may be broken between, where nobody knows how long its lines are.

    A title in 《》 of at most so many characters is one part.
    """
    return list(_pieces(title, characters, ()))


def _is_rectangle(lines: tuple[str, ...]) -> bool:
    widths = [width(line) for line in lines]
    return len(widths) > 2 and max(widths) - min(widths) < 1


def _shapes(pieces: Sequence[str], count: int, characters: float) -> Iterator[tuple[str, ...]]:
    """All ways to set the pieces in so many lines that are not too long."""
    widths = [0.0, *accumulate(map(width, pieces))]
    for breaks in combinations(range(1, len(pieces)), count - 1):
        ends = [0, *breaks, len(pieces)]
        if all(widths[end] - widths[start] <= characters for start, end in pairwise(ends)):
            # Names of several organs have a blank between them, which no line keeps at its edge.
            yield tuple("".join(pieces[start:end]).strip() for start, end in pairwise(ends))


def _ugliness(lines: tuple[str, ...]) -> float:
    """Less is better: lines of like length, but neither a rectangle nor narrow in the middle."""
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    unevenness = sum((one - mean) ** 2 for one in widths) / len(widths)
    rectangle = 4.0 if max(widths) - min(widths) < 1 else 0.0
    hourglass = 50.0 if any(two < min(one, three) for one, two, three in _threes(widths)) else 0.0
    # 《 begins a thought: a line that begins with it reads well.
    at_titles = sum(4.0 for line in lines[1:] if line.startswith("《"))
    return unevenness + rectangle + hourglass - at_titles


def _threes(widths: list[float]) -> Iterator[tuple[float, float, float]]:
    return zip(widths, widths[1:], widths[2:], strict=False)


def _pieces(title: str, characters: float, names: Iterable[str]) -> Iterator[str]:
    """What a title may be broken between."""
    piece = ""
    for word in _words(title, characters, names):
        if piece and not _CLINGS_BACK.match(word) and not _CLINGS_ON.search(piece):
            yield piece
            piece = ""
        piece += word
    yield piece


def _words(title: str, characters: float, names: Iterable[str]) -> Iterator[str]:
    """Words, with names and with titles in 《》 that fit a line as one word each."""
    import rjieba

    kept = [re.escape(name) for name in sorted(names, key=len, reverse=True) if name]
    pattern = re.compile("|".join([*kept, "《[^《》]*》", _NUMBER]))
    end = 0
    for match in pattern.finditer(title):
        yield from rjieba.cut(title[end : match.start()])
        whole = width(match[0]) <= characters
        yield from [match[0]] if whole else rjieba.cut(match[0])
        end = match.end()
    yield from rjieba.cut(title[end:])
