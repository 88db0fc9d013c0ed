"""A form → how wide its columns are: for its labels, and for what is written in its blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from publisher.model import SetTable
from publisher.setting.labels import GAP, HAS_BOX, options
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
    """What the columns of a form need for their words; what is left, in equal parts, is blanks'.

    In characters, of which so many fit across. Where there is not room for all, words in blanks
    give way first, then labels, each alike.
    """
    wanted = [_PADDING] * len(table.columns)
    for columns, wide in sorted(_wanted(table), key=lambda each: len(each[0])):
        lacking = wide - sum(wanted[index] for index in columns)
        for index in columns:
            wanted[index] += max(lacking, 0.0) / len(columns)
    firm = firm_widths(table)
    least = [min(wide, firm[index]) for index, wide in enumerate(wanted)]
    spare, rest = sum(wanted) - sum(least), across - sum(least)
    if rest < 0:
        return [wide * across / sum(least) for wide in least]
    if rest < spare:
        pairs = zip(least, wanted, strict=True)
        return [low + (wide - low) * rest / spare for low, wide in pairs]
    blanks = _blanks(table) or set(range(len(wanted)))
    more = (rest - spare) / len(blanks)
    return [wide + more * (index in blanks) for index, wide in enumerate(wanted)]


def firm_widths(table: SetTable) -> dict[int, float]:
    """By column the width below which a short label or option is torn, or a long one hardly fits.

    In characters.
    """
    least = dict.fromkeys(range(len(table.columns)), 0.0)
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            if cell.columns == 1 and not cell.is_covered:
                longest = _NARROW if cell.rows >= _ROWS_OF_NARROW else _SHORT
                lines = [line for item in cell.items for line in item.split("\n")]
                if not cell.is_label:
                    longest, lines = _ONE_LINE, _options(lines)
                wide = max((min(width(line), longest) for line in lines), default=0.0)
                least[index] = max(least[index], wide + _BORDERS)
    return least


def _options(lines: Iterable[str]) -> list[str]:
    return [option.strip(GAP) for line in lines if HAS_BOX.search(line) for option in options(line)]


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
