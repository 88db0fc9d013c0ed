"""Rows of a page whose gaps stand below one another → the tables that have no lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publisher.inspect.lines import Line, parted_at
from publisher.inspect.thresholds import Points
from publisher.intake.gathered import GatheredCell
from publisher.intake.pdf.columns import finely_parted
from publisher.intake.pdf.text import TextRow, cell_runs
from publisher.intake.plain.aligned import is_headed

_LEAST_ROWS, _LEAST_COLUMNS, _MOST_ROWS = 3, 3, 500
_GUTTER = 0.4
"""Of a character: between two columns nothing stands so wide."""
_FAR = 2.6
"""Characters from row to row in a table, at most."""


@dataclass(frozen=True, slots=True)
class SpacedTable:
    """A table that only gaps make one."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    """The lines of each cell."""
    head: TextRow
    """The row in which it begins."""
    count: int
    """How many rows it takes."""

    def cells(self) -> list[GatheredCell]:
        """Its cells; a line after which another begins in a cell was full."""
        return [
            GatheredCell(row, column, (cell_runs(lines, 0),) if lines else ())
            for row, cells in enumerate(self.rows)
            for column, lines in enumerate(cells)
        ]


def spaced_tables(rows: Sequence[TextRow]) -> Iterator[TextRow | SpacedTable]:
    """Rows of a page, those that are a table as one."""
    at = 0
    while at < len(rows):
        table = _table(rows[at : _end(rows, at)])
        yield table or rows[at]
        at += table.count if table else 1


def _end(rows: Sequence[TextRow], at: int) -> int:
    """Behind the last row that may belong to a table whose head is a row."""
    if not _has_gap(rows[at]):
        return at
    end = at + 1
    while end < min(len(rows), at + _MOST_ROWS) and _goes_on(rows[end - 1], rows[end], rows[at]):
        end += 1
    return end


def _has_gap(row: TextRow) -> bool:
    return len(row.parts) > 1 or any(len(list(finely_parted(part))) > 1 for part in row.parts)


def _goes_on(above: TextRow, row: TextRow, head: TextRow) -> bool:
    """Whether a row has gaps, or stands below one in a column that is not the first."""
    is_near = 0 < row.baseline - above.baseline < _FAR * head.size
    return is_near and (_has_gap(row) or row.left >= next(finely_parted(head.parts[0])).right.pt)


def _table(rows: Sequence[TextRow]) -> SpacedTable | None:
    edges = _edges([row for row in rows if _has_gap(row)])
    if len(edges) + 1 < _LEAST_COLUMNS:
        return None
    grid: list[list[list[Line]]] = []
    count = 0
    for row in rows:
        cells = _cells(row, edges)
        if _has_gap(row):
            grid.append(cells)
        elif _continues(cells, grid):
            for cell, lines in zip(grid[-1], cells, strict=True):
                cell += lines
        else:
            break
        count += 1
    words = [["".join(line.words for line in cell) for cell in cells] for cells in grid]
    is_table = len(grid) >= _LEAST_ROWS and all(words[0]) and "：" not in "".join(words[0])
    if not is_table or not is_headed(words):
        return None
    return SpacedTable(tuple(tuple(map(tuple, cells)) for cells in grid), rows[0], count)


def _edges(rows: Sequence[TextRow]) -> list[Points]:
    """The middles of the gaps that go down through all rows."""
    parts = (part for row in rows for part in row.parts)
    inked = [glyph for part in parts for glyph in part.glyphs if glyph.character.strip()]
    spans = sorted((glyph.x, glyph.end) for glyph in inked)
    edges: list[Points] = []
    reach = spans[0][1] if spans else 0
    for begin, end in spans:
        if begin - reach > _GUTTER * rows[0].size:
            edges.append((reach + begin) / 2)
        reach = max(reach, end)
    return edges


def _continues(cells: Sequence[Sequence[Line]], grid: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Whether a line goes on in one cell, not of the first column, below where that begins."""
    filled = [column for column, cell in enumerate(cells) if cell]
    if len(filled) != 1 or not filled[0] or not grid[-1][filled[0]]:
        return False
    (line,), above = cells[filled[0]], grid[-1][filled[0]][0]
    return abs(line.left.pt - above.left.pt) < line.size.pt


def _cells(row: TextRow, edges: list[Points]) -> list[list[Line]]:
    cells: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for part in row.parts:
        for line in parted_at(part, edges):
            cells[sum(edge < line.centre.pt for edge in edges)].append(line)
    return cells
