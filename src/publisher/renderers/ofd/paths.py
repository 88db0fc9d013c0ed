"""Commands of a path → its figure, and what clips leave of it.

WeasyPrint draws borders as the ring around an element, cut to one side of it: these become boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from publisher.matrices import Matrix, applied
from publisher.renderers.ofd import places
from publisher.renderers.ofd.drawn import ClipPath, Commands, DrawnShape
from publisher.renderers.ofd.places import Edges, Point, Polygon, around


class OpenPath:
    """A path that is being drawn."""

    def __init__(self) -> None:
        self.clips: bool | None = None
        """Whether it bounds what is drawn afterwards, and whether by the rule of even and odd."""
        self._commands: list[tuple[str, tuple[Point, ...]]] = []
        self._start: Point = (0, 0)

    def taken(self) -> tuple[Commands, bool | None]:
        """The path and whether it is a clip; the next begins with nothing."""
        taken = _without_bare_moves(self._commands), self.clips
        self._commands, self.clips = [], None
        return taken

    def move(self, matrix: Matrix, given: Any) -> None:
        """To where a figure begins."""
        self._start = _at(matrix, given)
        self._commands.append(("M", (self._start,)))

    def line(self, matrix: Matrix, given: Any) -> None:
        """Straight on to a point."""
        self._commands.append(("L", (_at(matrix, given),)))

    def curve(self, matrix: Matrix, given: Any) -> None:
        """Along a curve of three points."""
        spots = (_at(matrix, given[step : step + 2]) for step in (0, 2, 4))
        self._commands.append(("B", tuple(spots)))

    def curve_from_here(self, matrix: Matrix, given: Any) -> None:
        """Along one whose first point is where the path is."""
        spots = (points for _, points in reversed(self._commands) if points)
        here = next(spots, (self._start,))[-1]
        self._commands.append(("B", (here, _at(matrix, given[:2]), _at(matrix, given[2:]))))

    def curve_to_there(self, matrix: Matrix, given: Any) -> None:
        """Along one whose second point is where it ends."""
        end = _at(matrix, given[2:])
        self._commands.append(("B", (_at(matrix, given[:2]), end, end)))

    def close(self, matrix: Matrix, given: Any) -> None:
        """Back to where the figure begins."""
        self._commands.append(("C", ()))

    def box(self, matrix: Matrix, given: Any) -> None:
        """A figure of its own, with four corners."""
        x, y, width, height = map(float, given)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self._commands += as_commands(tuple(applied(matrix, *corner) for corner in corners))

    def clip(self, matrix: Matrix, given: Any) -> None:
        """It bounds what is drawn afterwards."""
        self.clips = False

    def clip_even_odd(self, matrix: Matrix, given: Any) -> None:
        """It does so by the rule of even and odd."""
        self.clips = True


def _at(matrix: Matrix, given: Sequence[Any]) -> Point:
    x, y = given
    return applied(matrix, float(x), float(y))


PATHS: dict[str, Callable[[OpenPath, Matrix, Any], None]] = {
    "m": OpenPath.move,
    "l": OpenPath.line,
    "c": OpenPath.curve,
    "v": OpenPath.curve_from_here,
    "y": OpenPath.curve_to_there,
    "h": OpenPath.close,
    "re": OpenPath.box,
    "W": OpenPath.clip,
    "W*": OpenPath.clip_even_odd,
}
"""The commands that go on with a path."""


@dataclass(frozen=True, slots=True)
class Painting:
    """What is done with a path."""

    fill: bool = False
    line: bool = False
    even_odd: bool = False
    close: bool = False


PAINTINGS = {
    "n": Painting(),
    "S": Painting(line=True),
    "s": Painting(line=True, close=True),
    "f": Painting(fill=True),
    "F": Painting(fill=True),
    "f*": Painting(fill=True, even_odd=True),
    "B": Painting(fill=True, line=True),
    "B*": Painting(fill=True, line=True, even_odd=True),
    "b": Painting(fill=True, line=True, close=True),
    "b*": Painting(fill=True, line=True, even_odd=True, close=True),
}
"""The commands that end a path."""


# -- clips ------------------------------------------------------------------------------


def relevant(clips: Iterable[ClipPath], box: Edges) -> tuple[ClipPath, ...] | None:
    """The clips that leave out a part of a box; None where they leave nothing of it."""
    kept = []
    for clip in clips:
        polygons = _polygons(clip.commands)
        outline = around(point for _, spots in clip.commands for point in spots)
        left = box.within(outline)
        if not box.width and not box.height:
            return None
        if left.width <= 0 and left.height <= 0:
            return None
        is_box = polygons is not None and len(polygons) == 1 and places.box_of(polygons[0])
        if not (is_box and outline.holds(box)):
            kept.append(clip)
    return tuple(kept)


def plain(shape: DrawnShape, clips: tuple[ClipPath, ...]) -> list[Polygon] | None:
    """Boxes, and what is between two, cut by their clips; None of what is more than that.

    So WeasyPrint draws borders: the ring around an element, cut to one side of it.
    """
    polygons = _polygons(shape.commands)
    if polygons is None:
        return None
    boxes = [places.box_of(polygon) for polygon in polygons]
    if any(box is None for box in boxes):
        return None
    outer = [box for box in boxes if box is not None]
    parts = outer
    if shape.even_odd and len(outer) == 2:
        first, second = sorted(outer, key=lambda box: box.width * box.height, reverse=True)
        if not first.holds(second):
            return None
        parts = list(places.ring(first, second))
    elif len(outer) > 1:
        return None
    left: list[Polygon] = [part.corners for part in parts]
    for clip in clips:
        cutting = _polygons(clip.commands)
        if cutting is None or len(cutting) != 1 or not places.is_convex(cutting[0]):
            return None
        left = [rest for polygon in left if (rest := places.cut(polygon, cutting[0]))]
    return [polygon for polygon in left if _has_area(polygon)]


def _without_bare_moves(commands: Sequence[tuple[str, tuple[Point, ...]]]) -> Commands:
    """A path without points from which nothing is drawn."""
    following = [name for name, _ in commands[1:]] + ["M"]
    pairs = zip(commands, following, strict=True) if commands else ()
    return tuple(command for command, after in pairs if (command[0], after) != ("M", "M"))


def _has_area(polygon: Polygon) -> bool:
    box = around(polygon)
    return box.width > places.CLOSE and box.height > places.CLOSE


def _polygons(commands: Commands) -> list[Polygon] | None:
    """The figures of a path; None where one is curved."""
    figures: list[list[Point]] = []
    for name, spots in commands:
        if name == "B":
            return None
        if name == "M":
            figures.append([])
        if figures:
            figures[-1] += spots
    return [tuple(figure) for figure in figures if len(figure) > 2]


def as_commands(polygon: Polygon) -> Commands:
    """A path around its corners."""
    first, *further = polygon
    return (("M", (first,)), *(("L", (spot,)) for spot in further), ("C", ()))
