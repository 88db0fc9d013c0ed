"""Strokes and lines of pages → tables on a grid, those joined that go on over pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from publisher.inspect.cells import StrokeCell, stroke_cells
from publisher.inspect.lines import Line, parted_at
from publisher.inspect.pages import Box, Page
from publisher.inspect.thresholds import Points
from publisher.intake.gathered import GatheredCell
from publisher.intake.source import Run

_OFTEN = 3
"""So many lines of the same width show how wide a column is."""
_SAME_EDGE: Points = 4.0
"""So far columns of a table may be off from page to page."""


@dataclass(slots=True)
class DrawnTable:
    """A table of one page, or what is joined of several."""

    first: int
    """The page on which it begins."""
    page: int
    """On which it ends."""
    edges: tuple[Points, ...]
    """Of its columns."""
    rows: list[list[tuple[StrokeCell, list[Line]]]]
    """The cells that begin in each row, with the lines in each."""
    is_landscape: bool
    repeated: list[Line] = field(default_factory=list)
    """Lines of heads that are repeated on further pages."""

    def goes_on_in(self, following: DrawnTable) -> bool:
        """Whether another table has the same columns, on a page right after."""
        return (
            following.page == self.page + 1
            and len(self.edges) == len(following.edges)
            and all(
                abs(here - there) < _SAME_EDGE
                for here, there in zip(self.edges, following.edges, strict=True)
            )
        )

    def join(self, following: DrawnTable) -> None:
        """Take its rows, without a head that only says again what it said."""
        rows = following.rows
        again = 0
        while again < min(len(rows), len(self.rows)) and _words(rows[again]) == _words(
            self.rows[again]
        ):
            again += 1
        for row in rows[:again]:
            self.repeated += [line for _, lines in row for line in lines]
        shift = len(self.rows) - again
        self.rows += [
            [(replace(cell, row=cell.row + shift), lines) for cell, lines in row]
            for row in rows[again:]
        ]
        self.page = following.page

    @property
    def lines(self) -> list[Line]:
        """All that stand in it."""
        return [line for row in self.rows for _, lines in row for line in lines]

    def _rooms(self) -> dict[tuple[int, int], Points]:
        """By its first column and how many it spans, how wide a line in a cell gets."""
        inner: dict[tuple[int, int], list[Points]] = defaultdict(list)
        every: dict[tuple[int, int], list[Points]] = defaultdict(list)
        for row in self.rows:
            for cell, lines in row:
                widths = list(map(_width, lines))
                inner[cell.column, cell.columns] += widths[:-1]
                every[cell.column, cell.columns] += widths
        return {key: _room(inner[key], every[key]) for key in every}

    def cells(
        self, runs_of: Callable[[Sequence[Line], Points], tuple[Run, ...]]
    ) -> list[GatheredCell]:
        """Its cells; lines as wide as the widest of their column fill it."""
        rooms = self._rooms()
        return [
            GatheredCell(
                cell.row,
                cell.column,
                (runs_of(lines, rooms[cell.column, cell.columns]),) if lines else (),
                min(cell.rows, len(self.rows) - cell.row),
                cell.columns,
            )
            for row in self.rows
            for cell, lines in row
        ]


def _room(inner: Sequence[Points], every: Sequence[Points]) -> Points:
    """How wide lines of a column get, by those that others follow; marks squeeze single lines."""
    usual, count = Counter(map(round, inner)).most_common(1)[0] if inner else (0, 0)
    return float(usual) if count >= _OFTEN else max(every, default=0.0)


def _words(row: Sequence[tuple[StrokeCell, Sequence[Line]]]) -> list[str]:
    return ["".join(line.words for line in lines) for _, lines in row]


def drawn_table(page: Page, box: Box, lines: Sequence[Line]) -> DrawnTable | None:
    """The table in a box, with the lines that stand in it; None where it has only one cell."""
    drawn = stroke_cells(page, box)
    if len(drawn) < 2:
        return None
    edges = sorted({edge for cell in drawn for edge in (cell.box.left.pt, cell.box.right.pt)})
    rows: list[list[tuple[StrokeCell, list[Line]]]] = []
    for cell in drawn:
        while len(rows) <= cell.row:
            rows.append([])
        rows[cell.row].append((cell, []))
    for line in lines:
        for part in parted_at(line, edges):
            holder = _holder(rows, part)
            if holder is None:
                return None
            holder.append(part)
    return DrawnTable(page.number, page.number, tuple(edges), rows, page.landscape)


def _holder(
    rows: Sequence[Sequence[tuple[StrokeCell, list[Line]]]], part: Line
) -> list[Line] | None:
    for row in rows:
        for cell, lines in row:
            box = cell.box
            is_across = box.left <= part.centre <= box.right
            if is_across and box.top <= part.middle <= box.bottom:
                return lines
    return None


def _width(line: Line) -> Points:
    """How wide a line is without marks that may hang over."""
    return (line.inner_right - line.left).pt
