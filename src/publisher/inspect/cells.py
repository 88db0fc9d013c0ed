"""Strokes and characters of a page → the cells of its tables, and the lines in each."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.inspect.lines import Line, parted_at
from publisher.inspect.pdf import Page, Stroke

_SAME = 0.6
"""Strokes within so many millimetres are one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between four strokes."""

    page: int
    row: int
    """How many strokes run across the page above it."""
    left: float
    right: float
    lines: tuple[Line, ...]
    """From the top down."""


def cells(page: Page, lines: Iterable[Line]) -> list[Cell]:
    """The cells of a page's tables that hold any of these lines, in reading order."""
    uprights = _Strokes((one for one in page.strokes if not one.horizontal), upright=True)
    across = _Strokes((one for one in page.strokes if one.horizontal), upright=False)
    found: dict[tuple[int, float, float], list[Line]] = defaultdict(list)
    for line in lines:
        for part in parted_at(line, uprights.crossing(line.middle)):
            x = (part.left + part.right) / 2
            edges = uprights.crossing(part.middle)
            index = bisect_left(edges, x)
            if 0 < index < len(edges):
                row = bisect_left(across.crossing(x), part.middle)
                found[row, edges[index - 1], edges[index]].append(part)
    return [Cell(page.number, *place, tuple(some)) for place, some in sorted(found.items())]


class _Strokes:
    """Strokes of one direction by where they lie, each place with the stretches that it covers."""

    def __init__(self, strokes: Iterable[Stroke], *, upright: bool) -> None:
        self._stretches: dict[float, list[tuple[float, float]]] = {}
        self._known: dict[int, list[float]] = {}
        for place, begin, end in sorted(_measures(strokes, upright=upright)):
            last = next(reversed(self._stretches), None)
            if last is None or place - last > _SAME:
                last = place
            self._stretches.setdefault(last, []).append((begin, end))

    def crossing(self, where: float) -> list[float]:
        """The places of those that reach over a place on the other axis, in order."""
        key = round(where)
        if key not in self._known:
            self._known[key] = [
                place
                for place, stretches in self._stretches.items()
                if any(begin - _SAME <= where <= end + _SAME for begin, end in stretches)
            ]
        return self._known[key]


def _measures(strokes: Iterable[Stroke], *, upright: bool) -> Iterator[tuple[float, float, float]]:
    """Where a stroke lies, and from where to where it reaches."""
    for one in strokes:
        if upright:
            yield (one.left + one.right) / 2, one.top, one.bottom
        else:
            yield one.middle, one.left, one.right
