"""Rows of a version of a table → what each is called in a list of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from publisher.compare.columns import NAMES, index_of
from publisher.compare.grid import CellGrid, cell
from publisher.model import Column, ColumnRole, one_line

_LONGEST = 12
_BETWEEN = "／"
_SAYS_ITSELF = (ColumnRole.HEADING, ColumnRole.NUMBER, *NAMES)


class RowNames:
    """The names of the rows of one table."""

    def __init__(self, grid: CellGrid, columns: tuple[Column, ...]) -> None:
        self.grid = grid
        self._telling = telling(columns)
        self._heads = [at for at, each in enumerate(columns) if each.role is ColumnRole.HEADING]
        self._groups = [at for at, each in enumerate(columns) if each.role is ColumnRole.GROUP]
        self._words = [at for at, each in enumerate(columns) if each.role not in _SAYS_ITSELF]
        self._counts: dict[int, Counter[tuple[str, ...]]] = {}

    def of(self, at: int) -> str:
        """What a row is called, each part of a name only by its beginning, if it is long.

        It is the words of its lowest head; where other rows of its group have them too, those of
        the heads above stand before, and at last the first words behind: 上午／8:30. Without heads
        it is what stands in the first column.
        """
        return _BETWEEN.join(map(_beginning, self._name(at)))

    def _name(self, at: int) -> tuple[str, ...]:
        heads = tuple(self._filled(at, self._heads))
        if not heads:
            return tuple(self._filled(at, self._telling))[:1]
        counts = range(1, len(self._heads) + 1)
        depth = next((n for n in counts if self._is_alone(at, n)), None)
        if depth is not None:
            return heads[-depth:]
        return (*heads, *tuple(self._filled(at, self._words))[:1])

    def _is_alone(self, at: int, depth: int) -> bool:
        """Whether no other row of its group is called so by so many of its lowest heads."""
        if depth not in self._counts:
            rows = range(len(self.grid.rows))
            self._counts[depth] = Counter(self._key(row, depth) for row in rows)
        return self._counts[depth][self._key(at, depth)] == 1

    def _key(self, at: int, depth: int) -> tuple[str, ...]:
        cells = self.grid.shown[at].cells
        groups = (cells[column].text for column in self._groups)
        return (*groups, *tuple(self._filled(at, self._heads))[-depth:])

    def _filled(self, at: int, columns: list[int]) -> Iterator[str]:
        """The words of cells, of those that hold any."""
        for words in self.grid.lines(at, columns):
            if name := one_line(words).strip():
                yield name


def _beginning(name: str) -> str:
    return name if len(name) <= _LONGEST else name[:_LONGEST] + "……"


def row_words(grid: CellGrid, at: int, columns: tuple[Column, ...]) -> str:
    """A row in one line, without its serial and groups."""
    return " | ".join(grid.lines(at, telling(columns)))


_MOST = 30
"""So many cells of a column are told one by one."""


def column_words(grid: CellGrid, columns: tuple[Column, ...], at: int) -> str:
    """The cells of a column in one line, each behind what its row is called; of many the first."""
    names, serial = RowNames(grid, columns), index_of(columns, ColumnRole.SERIAL)
    filled = [
        (row, words)
        for row in range(len(grid.rows))
        if grid.origin(row, at) == (row, at) and (words := grid.shown[row].cells[at].text)
    ]
    named = (
        f"{cell(grid.shown[row], serial) or names.of(row)}：{words}"
        for row, words in filled[:_MOST]
    )
    more = f"……（共 {len(filled)} 格）" if len(filled) > _MOST else ""
    return "；".join(named) + more


def telling(columns: tuple[Column, ...]) -> list[int]:
    """The columns that say what a row is."""
    return [at for at, column in enumerate(columns) if column.role not in NAMES]
