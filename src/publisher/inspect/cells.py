"""Strokes and characters of a page → the cells of its tables, and the lines in each."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.inspect import thresholds
from publisher.inspect.lines import Line, parted_at
from publisher.inspect.pdf import Box, Page, Stroke
from publisher.inspect.thresholds import Points
from publisher.standard import Length


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between four strokes."""

    page: int
    row: int
    """How many strokes run across the page above it."""
    left: Length
    right: Length
    lines: tuple[Line, ...]
    """From the top down."""


def table_box(page: Page) -> Box | None:
    """Where a table is drawn on a page: what its upright lines enclose."""
    upright = [stroke.box for stroke in page.strokes if not stroke.horizontal]
    if len(upright) < thresholds.FEWEST_UPRIGHTS:
        return None
    return Box(
        min(box.left for box in upright),
        min(box.top for box in upright),
        max(box.right for box in upright),
        max(box.bottom for box in upright),
    )


def cells(page: Page, lines: Iterable[Line]) -> list[Cell]:
    """The cells of a page's tables that hold any of these lines, in reading order."""
    uprights = _Strokes((stroke for stroke in page.strokes if not stroke.horizontal), upright=True)
    across = _Strokes((stroke for stroke in page.strokes if stroke.horizontal), upright=False)
    held: dict[tuple[int, Points, Points], list[Line]] = defaultdict(list)
    for line in lines:
        for part in parted_at(line, uprights.crossing(line.middle)):
            edges = uprights.crossing(part.middle)
            index = bisect_left(edges, part.centre.pt)
            if 0 < index < len(edges):
                row = bisect_left(across.crossing(part.centre), part.middle.pt)
                held[row, edges[index - 1], edges[index]].append(part)
    return [
        Cell(page.number, row, Length(left), Length(right), tuple(inside))
        for (row, left, right), inside in sorted(held.items())
    ]


class _Strokes:
    """Strokes of one direction by where they lie, each place with the stretches that it covers."""

    def __init__(self, strokes: Iterable[Stroke], *, upright: bool) -> None:
        self._stretches: dict[Points, list[tuple[Points, Points]]] = {}
        self._known: dict[int, list[Points]] = {}
        for place, begin, end in sorted(_measures(strokes, upright=upright)):
            last = next(reversed(self._stretches), None)
            if last is None or place - last > _SAME:
                last = place
            self._stretches.setdefault(last, []).append((begin, end))

    def crossing(self, where: Length) -> list[Points]:
        """The places of those that reach over a place on the other axis, in order."""
        key = round(where.mm)
        if key not in self._known:
            self._known[key] = [
                place
                for place, stretches in self._stretches.items()
                if any(begin - _SAME <= where.pt <= end + _SAME for begin, end in stretches)
            ]
        return self._known[key]


_SAME = thresholds.SAME_STROKE.pt


def _measures(
    strokes: Iterable[Stroke], *, upright: bool
) -> Iterator[tuple[Points, Points, Points]]:
    """Where a stroke lies, and from where to where it reaches."""
    for stroke in strokes:
        if upright:
            yield stroke.centre.pt, stroke.box.top.pt, stroke.box.bottom.pt
        else:
            yield stroke.middle.pt, stroke.box.left.pt, stroke.box.right.pt
