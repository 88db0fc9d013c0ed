"""Slabs of lines → the pages that they fill."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from publisher import standard
from publisher.standard import NOTHING, Length, PageProfile

Divide = Callable[[Length, Length, Length], tuple[Length, ...]]
"""What is left of a page, the room of each, and what must fit below → how high each is filled."""


@dataclass(frozen=True, slots=True)
class Slab:
    """Lines of a paragraph, or what is kept whole."""

    lines: int
    before: float = 0.0
    """Blank lines above, which the top of a page swallows."""
    height: Length = NOTHING
    """Of what is no line of text, below the lines."""
    keeps_next: bool = False
    """Whether the first line of the next slab stands on the same page as this slab's last."""
    is_whole: bool = False
    begins_page: bool = False
    anchor: str = ""
    """The name of the heading that it is, for a 目录, or of the table."""
    divide: Divide | None = None
    """Of a table, which stands on several pages otherwise than in lines; `height` is then what of
    it stands together at least."""

    def with_last_line_held(self) -> tuple[Slab, ...]:
        """The slab in two, the second of which is the line that stays with what follows."""
        if self.is_whole or self.lines < _FEWEST_TO_DIVIDE:
            return (replace(self, keeps_next=True),)
        return replace(self, lines=self.lines - 1), Slab(1, keeps_next=True)


_FEWEST_TO_DIVIDE = 2


@dataclass(frozen=True, slots=True)
class Span:
    """The pages of the first and of the last line of a slab, from 0."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Pages that are filled with slabs."""

    heights: tuple[Length, ...]
    """How high each is filled."""
    spans: tuple[Span, ...]
    """Where each slab stands."""
    places: dict[str, int] = field(default_factory=dict)
    """The pages of slabs that have a name, from 0."""
    rooms: dict[str, tuple[Length, Length, Length]] = field(default_factory=dict)
    """By the names of tables, what they were divided for."""


def room_on_page(page: PageProfile) -> Length:
    """How high the text area of a page is."""
    return standard.PAPER_HEIGHT - page.top - page.bottom


def fits(used: Length, room: Length) -> bool:
    """Whether a page that is filled so high has room for it."""
    return used.pt <= room.pt + _ROUNDING


_ROUNDING = 0.01


def fill(slabs: Sequence[Slab], line: Length, room: Length, head: Length = NOTHING) -> Filled:
    """Pages filled with slabs whose lines are so far apart, the first one below a head."""
    full = [head]
    spans: list[Span] = []
    rooms: dict[str, tuple[Length, Length, Length]] = {}
    kept_together = [*_kept_together(slabs, line), NOTHING]
    for slab, (kept, kept_below) in zip(slabs, pairwise(kept_together), strict=True):
        if slab.begins_page and full[-1] > NOTHING:
            full.append(NOTHING)
        above = line * slab.before if full[-1] > NOTHING else NOTHING
        if slab.divide:
            full[-1] = full[-1] + above
            rooms[slab.anchor] = room - full[-1], room, kept_below if slab.keeps_next else NOTHING
            spans.append(_divided(full, slab.divide(*rooms[slab.anchor])))
            continue
        if full[-1] > NOTHING and not fits(full[-1] + above + kept, room):
            full.append(NOTHING)
            above = NOTHING
        full[-1] = full[-1] + above
        first = len(full) - 1
        for index, part in enumerate(_parts(slab, line)):
            if not fits(full[-1] + part, room):
                full.append(NOTHING)
                first += index == 0
            full[-1] = full[-1] + part
        spans.append(Span(first, len(full) - 1))
    named = zip(slabs, spans, strict=True)
    places = {slab.anchor: span.first for slab, span in named if slab.anchor}
    return Filled(tuple(full), tuple(spans), places, rooms)


def _divided(full: list[Length], heights: tuple[Length, ...]) -> Span:
    """Fill pages with what is divided otherwise than in lines; say on which it stands."""
    begins_next = len(heights) > 1 and heights[0] == NOTHING
    first = len(full) - 1 + begins_next
    full[-1] = full[-1] + heights[0]
    full += heights[1:]
    return Span(first, len(full) - 1)


def _parts(slab: Slab, line: Length) -> list[Length]:
    """What of a slab no page end divides, from above."""
    return [line] * slab.lines + ([slab.height] if slab.height > NOTHING else [])


def _kept_together(slabs: Sequence[Slab], line: Length) -> list[Length]:
    """How much from the top of each slab must stand together on one page."""
    kept: list[Length] = []
    below: Slab | None = None
    for slab in reversed(slabs):
        whole = line * slab.lines + slab.height
        chains = slab.keeps_next and slab.divide is None
        if chains and below is not None and not below.begins_page:
            kept.append(whole + line * below.before + kept[-1])
        else:
            kept.append(whole if slab.is_whole else next(iter(_parts(slab, line)), line))
        below = slab
    return kept[::-1]
