"""Points of a PDF → places on paper as OFD counts them: millimetres, from the upper left corner."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from publisher.matrices import Matrix
from publisher.standard import POINTS_PER_MM

MM = float
"""Millimetres."""
Point = tuple[MM, MM]
PER_POINT = 1 / POINTS_PER_MM
CLOSE: MM = 0.002
"""What is nearer than this stands at one place."""


class Edges(NamedTuple):
    """A box on a page."""

    left: MM
    top: MM
    right: MM
    bottom: MM

    @property
    def width(self) -> MM:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> MM:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, inner: Edges) -> bool:
        """Whether another box lies in it."""
        return (
            self.left - CLOSE <= inner.left
            and self.top - CLOSE <= inner.top
            and inner.right <= self.right + CLOSE
            and inner.bottom <= self.bottom + CLOSE
        )

    def holds_middle_of(self, edges: Edges) -> bool:
        """Whether the middle of another box lies in it."""
        x, y = (edges.left + edges.right) / 2, (edges.top + edges.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def within(self, outer: Edges) -> Edges:
        """What another box leaves of it; of no size where they do not meet."""
        left, top = max(self.left, outer.left), max(self.top, outer.top)
        right, bottom = min(self.right, outer.right), min(self.bottom, outer.bottom)
        return Edges(left, top, max(left, right), max(top, bottom))

    def wider(self, by: MM) -> Edges:
        """The same with so much more on each side."""
        return Edges(self.left - by, self.top - by, self.right + by, self.bottom + by)

    @property
    def corners(self) -> tuple[Point, ...]:
        """Clockwise from the upper left one."""
        return (
            *((self.left, self.top), (self.right, self.top)),
            *((self.right, self.bottom), (self.left, self.bottom)),
        )


def around(points: Iterable[Point]) -> Edges:
    """The box around points."""
    across, down = zip(*points, strict=True)
    return Edges(min(across), min(down), max(across), max(down))


def around_all(boxes: Iterable[Edges]) -> Edges:
    """The box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Edges(min(lefts), min(tops), max(rights), max(bottoms))


def scale(matrix: Matrix) -> float:
    """By how much a matrix makes lengths longer, on the whole."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


# -- polygons ---------------------------------------------------------------------------

Polygon = tuple[Point, ...]


def is_convex(polygon: Polygon) -> bool:
    """Whether all its corners turn one way."""
    corners = (*polygon, *polygon[:2])
    turns = [
        (x2 - x1) * (y3 - y2) - (y2 - y1) * (x3 - x2)
        for (x1, y1), (x2, y2), (x3, y3) in zip(corners, corners[1:], corners[2:], strict=False)
    ]
    return all(turn >= -_FLAT for turn in turns) or all(turn <= _FLAT for turn in turns)


_FLAT = 1e-9


def box_of(polygon: Sequence[Point]) -> Edges | None:
    """The box that a polygon is; None where it is none."""
    corners = [
        point for point, after in pairwise((*polygon, polygon[0])) if not _same(point, after)
    ]
    if len(corners) != 4:
        return None
    box = around(corners)
    stands = all(
        (abs(x - box.left) < CLOSE or abs(x - box.right) < CLOSE)
        and (abs(y - box.top) < CLOSE or abs(y - box.bottom) < CLOSE)
        for x, y in corners
    )
    return box if stands else None


def _same(first: Point, second: Point) -> bool:
    return abs(first[0] - second[0]) < CLOSE and abs(first[1] - second[1]) < CLOSE


def cut(polygon: Polygon, clip: Polygon) -> Polygon:
    """What a convex clip leaves of a convex polygon, which may be nothing (Sutherland, Hodgman)."""
    left = list(polygon)
    middle = (sum(x for x, _ in clip) / len(clip), sum(y for _, y in clip) / len(clip))
    for start, end in pairwise((*clip, clip[0])):
        if _same(start, end) or not left:
            continue
        sign = 1 if _side(start, end, middle) >= 0 else -1
        left = _cut(left, start, end, sign)
    return tuple(left)


def _cut(polygon: Sequence[Point], start: Point, end: Point, sign: int) -> list[Point]:
    kept: list[Point] = []
    for before, point in pairwise((polygon[-1], *polygon)):
        was, now = sign * _side(start, end, before), sign * _side(start, end, point)
        if (was >= 0) != (now >= 0):
            part = was / (was - now)
            kept.append(
                (
                    before[0] + part * (point[0] - before[0]),
                    before[1] + part * (point[1] - before[1]),
                )
            )
        if now >= 0:
            kept.append(point)
    return kept


def _side(start: Point, end: Point, point: Point) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def ring(outer: Edges, inner: Edges) -> tuple[Edges, ...]:
    """What lies between a box and one in it: above, below, left and right of that."""
    inner = inner.within(outer)
    parts = (
        Edges(outer.left, outer.top, outer.right, inner.top),
        Edges(outer.left, inner.bottom, outer.right, outer.bottom),
        Edges(outer.left, inner.top, inner.left, inner.bottom),
        Edges(inner.right, inner.top, outer.right, inner.bottom),
    )
    return tuple(part for part in parts if part.width > CLOSE and part.height > CLOSE)
