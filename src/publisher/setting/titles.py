"""A title → its lines: broken at whole words, in the shape of a trapezium or a rhombus (7.3.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil

from publisher import standard
from publisher.model import Document, Orientation
from publisher.phrases import Seam, seams
from publisher.setting.composition import ComposedTitle
from publisher.setting.lines import LATIN_GAP, has_gap
from publisher.standard import Size, page_profile

_MOST_LINES = 6
_MORE_LINES = 2
"""More lines than there must be."""
_COST = {
    Seam.WELL: 0.0,
    Seam.WEAKLY: 4.0,
    Seam.HARDLY: 16.0,
    Seam.BARELY: 60.0,
    Seam.INSIDE: 400.0,
    Seam.DEEP: 900.0,
}
_COST_OF_LINE = 12.0
_COST_IN_TITLE = 25.0
"""Of a break inside 《》 or “” that would fit a line."""
_QUOTED = re.compile("《[^《》]*》|“[^“”]*”")
_TITLES = 64
"""Titles kept with their lines: each format sets those of a document anew."""


def composed_title(
    title: str, document: Document, orientation: Orientation = Orientation.PORTRAIT
) -> ComposedTitle:
    """A title of 2号 with newlines where its lines end, on pages of an orientation (7.3.1)."""
    page = page_profile(document.bureau.page)
    across = standard.text_width(page, landscape=orientation is Orientation.LANDSCAPE)
    most = across.pt // Size.NO_2.value
    words = broken(title, most, names_in_titles(document))
    return ComposedTitle(
        words, sum(max(1, ceil(set_width(line) / most)) for line in words.split("\n"))
    )


def names_in_titles(document: Document) -> frozenset[str]:
    """The names and terms that no title of a document is broken in, with their other spellings."""
    bureau = document.bureau
    named = (*bureau.people, *bureau.departments)
    return frozenset(
        (
            *(organ.name for organ in (*document.issuers, *bureau.organs)),
            *(organ.short_name for organ in bureau.organs if organ.short_name),
            *(spelling for entry in named for spelling in (entry.name, *entry.spellings)),
            *(term.form for term in bureau.terms),
        )
    )


def width(title: str) -> float:
    """The width of a title in Chinese characters; letters of 小标宋 are wider than half of one."""
    return sum(
        1.0
        if unicodedata.east_asian_width(character) in "WFA"
        else 0.56
        if character.isdigit()
        else 0.75
        for character in title
    )


def set_width(title: str) -> float:
    """The same in print: Word sets letters and digits off from Chinese characters beside them."""
    return sum(_advances(title))


def _advances(title: str) -> Iterator[float]:
    """The width of each character with the gap before it."""
    for before, character in zip(f" {title}", title, strict=False):
        yield width(character) + (LATIN_GAP if has_gap(before, character) else 0.0)


@lru_cache(maxsize=_TITLES)
def broken(title: str, characters: float, names: frozenset[str] = frozenset()) -> str:
    """The title with newlines where it is broken to lines of at most so many characters.

    The author's own breaks win. No break falls inside a word, a figure, a term of the field or one
    of `names` that fits a line; a title that cannot be broken so is left to the program that sets
    it.
    """
    if "\n" in title or set_width(title) <= characters:
        return title
    breaks = _breaks(title, characters, names)
    fewest = ceil(set_width(title) / characters)
    shapes = [
        (_COST_OF_LINE * count + sum(breaks[at] for at in shape) + _ugliness(lines), lines)
        for count in range(fewest, min(fewest + _MORE_LINES, _MOST_LINES) + 1)
        for shape in _shapes(title, list(breaks), count, characters)
        if (lines := _lines(title, shape))
    ]
    return "\n".join(min(shapes)[1]) if shapes else title


def _breaks(title: str, characters: float, names: Iterable[str]) -> dict[int, float]:
    """Where the title may be broken, and what a break costs there."""
    costs = {
        at: _COST[seam] for at, seam in enumerate(seams(title, names), 1) if seam is not Seam.NEVER
    }
    for match in _QUOTED.finditer(title):
        if set_width(match[0]) <= characters:
            for at in range(match.start() + 1, match.end()):
                if at in costs:
                    costs[at] += _COST_IN_TITLE
    return costs


def _shapes(
    title: str, breaks: Sequence[int], count: int, characters: float
) -> Iterator[tuple[int, ...]]:
    """All ways to set a title in so many lines that are not too long."""
    widths = [0.0, *accumulate(_advances(title))]
    room = characters + 0.001  # sums of parts of a character are not exact

    def further(start: int, lines: int) -> Iterator[tuple[int, ...]]:
        left = widths[-1] - widths[start]
        if lines == 1 and left <= room:
            yield ()
        if lines == 1 or left > lines * room:
            return
        for at in breaks:
            if at > start and widths[at] - widths[start] <= room:
                for rest in further(at, lines - 1):
                    yield (at, *rest)

    yield from further(0, count)


def _lines(title: str, breaks: Sequence[int]) -> tuple[str, ...]:
    # Names of several organs have a blank between them, which no line keeps at its edge.
    return tuple(title[start:end].strip() for start, end in pairwise((0, *breaks, len(title))))


def _ugliness(lines: tuple[str, ...]) -> float:
    """Less is better: lines of like length, but neither a rectangle nor narrow in the middle."""
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    unevenness = sum((wide - mean) ** 2 for wide in widths) / len(widths)
    rectangle = 4.0 if max(widths) - min(widths) < 1 else 0.0
    if rectangle and len(lines) > 2:
        rectangle += _COST_OF_LINE
    hourglass = (
        50.0 if any(second < min(first, third) for first, second, third in _threes(widths)) else 0.0
    )
    # 《 begins a thought: a line that begins with it reads well.
    at_titles = sum(8.0 for line in lines[1:] if line.startswith("《"))
    return unevenness + rectangle + hourglass - at_titles


def _threes(widths: list[float]) -> Iterator[tuple[float, float, float]]:
    return zip(widths, widths[1:], widths[2:], strict=False)


# -- pieces -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a title, and what it is made of where it has no room on a line."""

    words: str
    room: float
    """Characters of a line on which it has room, unless it is a single word."""
    parts: tuple[Piece, ...] = ()


def pieces(title: str, rooms: Sequence[float], names: Iterable[str] = ()) -> tuple[Piece, ...]:
    """What a title is made of where nobody knows how long its lines are.

    A piece fits a line of the first of `rooms`, its parts a line of the next. No thought is parted
    that has room on a line.
    """
    return tuple(_cut(_Measured(title, seams(title, names)), 0, len(title), rooms))


class _Measured:
    """A title with its seams, and how wide it is up to each character."""

    def __init__(self, title: str, between: Sequence[Seam]) -> None:
        self.title = title
        self.seams = between
        self.upto = [0.0, *accumulate(map(width, title))]

    def wide(self, start: int, end: int) -> float:
        return round(self.upto[end] - self.upto[start], 3)


def _cut(title: _Measured, start: int, end: int, rooms: Sequence[float]) -> Iterator[Piece]:
    room, *narrower = rooms
    for first, last in pairwise((start, *_ends(title, start, end, room))):
        parts = tuple(_cut(title, first, last, narrower)) if narrower else ()
        yield Piece(title.title[first:last], room, parts)


def _ends(title: _Measured, start: int, end: int, room: float) -> list[int]:
    """Where pieces end such that each fits, and the breaks between them are as good as can be."""
    places = [at for at in range(start + 1, end) if title.seams[at - 1] is not Seam.NEVER]
    places = [start, *places, end]
    best: dict[int, tuple[float, int]] = {start: (0.0, start)}
    for index, last in enumerate(places[1:], 1):
        cut = _COST[title.seams[last - 1]] if last < end else 0.0
        best[last] = min(
            (best[first][0] + cut + _misfit(title.wide(first, last), room), first)
            for first in _beginnings(title, places[:index], last, room)
        )
    ends = [end]
    while best[ends[-1]][1] != start:
        ends.append(best[ends[-1]][1])
    return ends[::-1]


def _beginnings(title: _Measured, places: Sequence[int], last: int, room: float) -> Iterator[int]:
    """Where a piece may begin that ends there: no thought is joined to the next."""
    for first in reversed(places):
        if first != places[-1] and title.wide(first, last) > room:
            return
        yield first
        if first and title.seams[first - 1] is Seam.WELL:
            return


def _misfit(wide: float, room: float) -> float:
    """What is wrong with a piece: too wide, else rather pieces of like length."""
    return _COST_TOO_WIDE * max(0.0, wide - room) + (wide / room) ** 2


_COST_TOO_WIDE = 1000.0
