"""The rows of `w:tbl` → where each of its cells stands in the grid, and what it spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.intake.word.choices import children
from publisher.intake.word.names import W, number, value
from publisher.intake.word.revisions import is_gone

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDEST = 63
"""Columns that Word lets a table have."""


@dataclass(slots=True)
class PlacedCell:
    """A cell, where it begins."""

    row: int
    column: int
    cell: _Element
    rows: int = 1
    columns: int = 1
    covered: list[tuple[int, _Element]] = field(default_factory=list)
    """Cells that were merged into it, which are not shown, each with its row."""


def rows_of(table: _Element) -> Iterator[_Element]:
    """The rows of a table, those in content controls too, without those that are deleted."""
    for child in children(table):
        if child.tag == f"{W}tr":
            if not is_gone(child):
                yield child
        elif child.tag not in (f"{W}tblPr", f"{W}tblGrid"):
            yield from rows_of(child)


def cells_of(row: _Element) -> Iterator[_Element]:
    """The cells of a row, those in content controls too, without those that are deleted."""
    for child in children(row):
        if child.tag == f"{W}tc":
            if not is_gone(child):
                yield child
        elif child.tag not in (f"{W}trPr", f"{W}tblPrEx"):
            yield from cells_of(child)


def places(rows: list[_Element]) -> list[PlacedCell]:
    """The cells of rows by their places, in reading order."""
    placed: list[PlacedCell] = []
    above: dict[int, PlacedCell] = {}
    """The cells of the row above that go on below, by column."""
    for number_, row in enumerate(rows):
        column = max(0, min(number(value(row.find(f"{W}trPr"), "gridBefore")), _WIDEST))
        current: dict[int, PlacedCell] = {}
        last: PlacedCell | None = None
        for cell in cells_of(row):
            settings = cell.find(f"{W}tcPr")
            columns = max(1, min(number(value(settings, "gridSpan"), 1), _WIDEST - column))
            if last and _merge(settings, "hMerge") == "continue":
                last.columns += columns
                last.covered.append((number_, cell))
            elif (merged := above.get(column)) and _continues(settings, merged, columns):
                merged.rows += 1
                merged.covered.append((number_, cell))
                current[column] = last = merged
            else:
                last = PlacedCell(number_, column, cell, columns=columns)
                placed.append(last)
                if _merge(settings, "vMerge"):
                    current[column] = last
            column += columns
        above = current
    return placed


def _merge(settings: _Element | None, name: str) -> str:
    """`restart`, `continue`, or nothing."""
    mark = None if settings is None else settings.find(f"{W}{name}")
    return "" if mark is None else value(mark) or "continue"


def _continues(settings: _Element | None, above: PlacedCell, columns: int) -> bool:
    return _merge(settings, "vMerge") == "continue" and above.columns == columns
