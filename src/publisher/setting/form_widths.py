"""A form → how wide its columns are: for its labels, and for what is written in its blanks."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from publisher.model import SetTable
from publisher.setting.wholes import width

_PADDING = 1.5
"""What borders and padding of a cell take, and a little air, in characters."""
_BORDERS = 0.75
"""The same without air."""
_SHORT = 4
"""Labels of so many characters are not torn."""
_ONE_LINE = 6
"""Labels of so many characters stand on one line."""
_ROWS_OF_NARROW = 3
"""Rows of a merged label that may stand on short lines, as it is read from above."""
_NARROW = 2
"""Characters of such lines."""
_TO_WRITE = 4.0
"""Characters that a blank has at least."""


def form_widths(table: SetTable, across: float) -> list[float]:
    """What the columns of a form need for their labels; what is left, in equal parts, is blanks'.

    In characters, of which so many fit across. Where labels have no room, all give way alike.
    """
    count = len(table.columns)
    widths = [_PADDING] * count
    for columns, wanted in sorted(_wanted(table), key=lambda each: len(each[0])):
        lacking = wanted - sum(widths[index] for index in columns)
        for index in columns:
            widths[index] += max(lacking, 0.0) / len(columns)
    blanks = sorted(_blanks(table)) or range(count)
    rest = max(across - sum(widths), 0.0)
    for index in blanks:
        widths[index] += rest / len(blanks)
    return [wide * across / sum(widths) for wide in widths]


def label_widths(table: SetTable) -> dict[int, float]:
    """By column the width below which a short label in it is torn, in characters."""
    least = dict.fromkeys(range(len(table.columns)), 0.0)
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            if cell.is_label and cell.columns == 1 and cell.rows < _ROWS_OF_NARROW:
                wide = [width(line) for item in cell.items for line in item.split("\n")]
                short = [each for each in wide if each <= _SHORT]
                least[index] = max([least[index], *(each + _BORDERS for each in short)])
    return least


def _wanted(table: SetTable) -> Iterator[tuple[range, float]]:
    """The columns of each cell, and how wide together its words or what is written there need."""
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            if cell.is_covered:
                continue
            columns = range(index, index + cell.columns)
            lines = [line for item in cell.items for line in item.split("\n")]
            if cell.is_label:
                rows = cell.rows
                yield columns, max(_label_width(line, rows) for line in lines) + _PADDING
            else:
                words = max(map(width, lines), default=0.0)
                yield columns, max(min(words, _ONE_LINE * len(columns)), _TO_WRITE) + _PADDING


def _label_width(words: str, rows: int) -> float:
    wide = width(words)
    if rows >= _ROWS_OF_NARROW:
        return min(wide, _NARROW)
    return wide if wide <= _ONE_LINE else ceil(wide / ceil(wide / _ONE_LINE))


def _blanks(table: SetTable) -> set[int]:
    """The columns in which some blank stands alone."""
    return {
        index
        for row in table.rows
        for index, cell in enumerate(row.cells)
        if not cell.is_label and not cell.is_covered and cell.columns == 1
    }
