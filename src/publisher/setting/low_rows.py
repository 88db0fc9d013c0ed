"""Widths of columns → widths of the same sum at which the rows of a table are lower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from publisher.model import ColumnRole, SetTable
from publisher.setting.wholes import width

_STEP = 0.5
"""Characters that go from one column to another at once."""
_MOST_ROWS = 60
"""Rows that are looked at, evenly through a table."""
_MOST_STEPS = 30
_BORDERS = 0.75
"""What borders and padding of a cell take, in characters."""
_LITTLE = 1e-6


@dataclass(frozen=True, slots=True)
class _CellWidths:
    """A cell whose words may take several lines."""

    columns: tuple[int, ...]
    """Those that are printed of it."""
    items: tuple[float, ...]
    """How wide each is."""
    rows: int

    def height(self, widths: Mapping[int, float]) -> float:
        """The lines of its words, on each of its rows."""
        room = max(sum(widths[index] for index in self.columns) - _BORDERS, 1.0)
        return sum(ceil(item / room) for item in self.items) / self.rows


def lowered(
    widths: Mapping[int, float],
    least: Mapping[int, float],
    table: SetTable,
    running: Sequence[int],
    unit: float,
) -> dict[int, float]:
    """Widths, none below its least, at which running text makes rows as low as can be.

    `unit` is how wide a character is. Columns of figures, as wide as one another, stay so.
    """
    made = dict(widths)
    rows = list(_rows(table, made, running))
    height = _height(rows, made, unit)
    for _ in range(_MOST_STEPS):
        tried = list(_moved(made, least, table, running, unit))
        if not tried:
            break
        best = min(tried, key=lambda each: _height(rows, each, unit))
        lower = _height(rows, best, unit)
        if lower >= height - _LITTLE:
            break
        made, height = best, lower
    return made


def _rows(
    table: SetTable, widths: Mapping[int, float], running: Sequence[int]
) -> Iterator[list[_CellWidths]]:
    """The cells of rows that running text makes high."""
    step = ceil(len(table.rows) / _MOST_ROWS) or 1
    for row in table.rows[::step]:
        made = []
        for index, cell in enumerate(row.cells):
            spanned = range(index, index + cell.columns)
            columns = tuple(column for column in spanned if column in widths)
            if columns and not cell.is_covered and any(column in running for column in columns):
                made.append(_CellWidths(columns, tuple(map(width, cell.items)), cell.rows))
        yield made


def _height(rows: list[list[_CellWidths]], widths: Mapping[int, float], unit: float) -> float:
    """How many lines the rows take, and a little for each line of lower cells beside them."""
    inner = {index: wide / unit for index, wide in widths.items()}
    heights = [[cell.height(inner) for cell in row] for row in rows]
    return sum(max(row, default=1.0) + sum(row) / 100 for row in heights)


def _moved(
    widths: Mapping[int, float],
    least: Mapping[int, float],
    table: SetTable,
    running: Sequence[int],
    unit: float,
) -> Iterator[dict[int, float]]:
    """Widths where a column of running text is wider by some steps and others narrower."""
    figures = [index for index in widths if table.columns[index].role is ColumnRole.NUMBER]
    givers = [figures] * bool(figures) + [[index] for index in widths if index not in figures]
    for taker in running:
        for columns in givers:
            for steps in (1, 2, 4, 8):
                part = steps * _STEP * unit / len(columns)
                if taker in columns or any(widths[each] - part < least[each] for each in columns):
                    break
                made = {each: widths[each] - part * (each in columns) for each in widths}
                made[taker] += part * len(columns)
                yield made
