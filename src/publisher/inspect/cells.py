"""Strokes and characters of a page → the cells of its tables, and the lines in each."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.inspect import thresholds
from publisher.inspect.lines import Line, parted_at
from publisher.inspect.pages import Box, Page, Stroke
from publisher.inspect.thresholds import Points
from publisher.standard import NOTHING, Length


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between four strokes."""

    page: int
    table: int
    """Of which table of its page, from the top down."""
    row: int
    """How many strokes run across its table above it."""
    left: Length
    right: Length
    lines: tuple[Line, ...]
    """From the top down."""


def table_boxes(page: Page) -> list[Box]:
    """Where tables are drawn on a page, from the top down: what the upright lines of each enclose.

    Upright lines are of one table while they follow one another without a gap.
    """
    uprights = sorted(
        (stroke.box for stroke in page.strokes if not stroke.horizontal),
        key=lambda box: box.top,
    )
    tables: list[list[Box]] = []
    bottom = NOTHING
    for box in uprights:
        if not tables or box.top > bottom + thresholds.SAME_STROKE * 2:
            tables.append([])
            bottom = box.bottom
        tables[-1].append(box)
        bottom = max(bottom, box.bottom)
    return [_around(table) for table in tables if len(table) >= thresholds.FEWEST_UPRIGHTS]


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def is_inside(line: Line, boxes: Iterable[Box]) -> bool:
    """Whether the middle of a line stands in one of these."""
    return any(
        box.left <= line.centre <= box.right and box.top <= line.middle <= box.bottom
        for box in boxes
    )


def cells(page: Page, lines: Iterable[Line]) -> list[Cell]:
    """The cells of a page's tables that hold any of these lines, in reading order."""
    uprights = _Strokes((stroke for stroke in page.strokes if not stroke.horizontal), upright=True)
    across = _Strokes((stroke for stroke in page.strokes if stroke.horizontal), upright=False)
    tops = [box.top.pt for box in table_boxes(page)]
    held: dict[tuple[int, int, Points, Points], list[Line]] = defaultdict(list)
    for line in lines:
        for part in parted_at(line, uprights.crossing(line.middle)):
            edges = uprights.crossing(part.middle)
            index = bisect_left(edges, part.centre.pt)
            if 0 < index < len(edges):
                table = bisect_left(tops, part.middle.pt)
                rows = across.crossing(part.centre)
                above = bisect_left(rows, tops[table - 1] - _SAME) if table else 0
                row = bisect_left(rows, part.middle.pt) - above
                held[table, row, edges[index - 1], edges[index]].append(part)
    return [
        Cell(page.number, table, row, Length(left), Length(right), tuple(inside))
        for (table, row, left, right), inside in sorted(held.items())
    ]


def edges_of(page: Page, box: Box) -> tuple[Points, ...]:
    """Where the upright lines of a table are, from the left, each place once."""
    uprights = (
        stroke
        for stroke in page.strokes
        if not stroke.horizontal and box.top <= stroke.box.top <= box.bottom
    )
    return _Strokes(uprights, upright=True).places


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

    @property
    def places(self) -> tuple[Points, ...]:
        """All of them, in order."""
        return tuple(self._stretches)

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


@dataclass(frozen=True, slots=True)
class StrokeCell:
    """A cell as the strokes of its table part it, whether anything stands in it or not."""

    row: int
    column: int
    """Its place in the grid of all strokes, from 0."""
    rows: int
    columns: int
    box: Box


def stroke_cells(page: Page, box: Box) -> list[StrokeCell]:
    """The cells of one table of a page, in reading order; each is a rectangle of the grid."""
    inside = [stroke for stroke in page.strokes if _touches(stroke, box)]
    uprights = _Strokes((stroke for stroke in inside if not stroke.horizontal), upright=True)
    across = _Strokes((stroke for stroke in inside if stroke.horizontal), upright=False)
    columns, rows = uprights.places, across.places
    taken: set[tuple[int, int]] = set()
    drawn: list[StrokeCell] = []
    for row in range(len(rows) - 1):
        middle = Length((rows[row] + rows[row + 1]) / 2)
        parting = set(uprights.crossing(middle))
        for column in range(len(columns) - 1):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < len(columns) - 1 and columns[right] not in parting:
                right += 1
            centre = Length((columns[column] + columns[right]) / 2)
            ends = set(across.crossing(centre))
            below = row + 1
            while below < len(rows) - 1 and rows[below] not in ends:
                below += 1
            taken |= {(r, c) for r in range(row, below) for c in range(column, right)}
            edges = (columns[column], rows[row], columns[right], rows[below])
            place = Box(*map(Length, edges))
            drawn.append(StrokeCell(row, column, below - row, right - column, place))
    return drawn


def _touches(stroke: Stroke, box: Box) -> bool:
    """Whether a stroke lies in a box or on its edge."""
    slack = thresholds.SAME_STROKE
    return (
        box.left - slack <= stroke.centre <= box.right + slack
        and box.top - slack <= stroke.middle <= box.bottom + slack
    )
