"""The rows of `w:tbl` → where each of its cells stands in the grid, and what it spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.intake.word.choices import children
from publisher.intake.word.names import W, number, value
from publisher.intake.word.revisions import GONE, is_gone

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
        elif child.tag not in (f"{W}tblPr", f"{W}tblGrid", *GONE):
            yield from rows_of(child)


def cells_of(row: _Element) -> Iterator[_Element]:
    """The cells of a row, those in content controls too, without those that are deleted."""
    for child in children(row):
        if child.tag == f"{W}tc":
            if not is_gone(child):
                yield child
        elif child.tag not in (f"{W}trPr", f"{W}tblPrEx", *GONE):
            yield from cells_of(child)


@dataclass(frozen=True, slots=True)
class _Span:
    """A cell, and between which lines of the grid it stands."""

    cell: _Element
    begin: int
    end: int
    goes_on: bool
    """Whether it is one with the cell at its left."""


def places(
    rows: list[_Element], widths: Sequence[float] = ()
) -> tuple[list[PlacedCell], tuple[float, ...]]:
    """The cells of rows by their places, in reading order, and the widths of their columns.

    Word's grid has a line wherever any cell ends: what is no column to a reader is none here.
    `widths` are those of that grid, in twips; none are given back where they do not fit it.
    """
    spans = [list(_spans(row)) for row in rows]
    columns, kept = _columns([each for row in spans for each in row], widths)
    placed: list[PlacedCell] = []
    above: dict[int, PlacedCell] = {}
    """The cells of the row above that go on below, by column."""
    for number_, row in enumerate(spans):
        current: dict[int, PlacedCell] = {}
        last: PlacedCell | None = None
        for span in row:
            settings = span.cell.find(f"{W}tcPr")
            column = columns[span.begin]
            count = max(1, columns[span.end] - column)
            if last and span.goes_on:
                last.columns = max(last.columns, columns[span.end] - last.column)
                last.covered.append((number_, span.cell))
            elif (merged := above.get(column)) and _continues(settings, merged, count):
                merged.rows += 1
                merged.covered.append((number_, span.cell))
                current[column] = last = merged
            else:
                last = PlacedCell(number_, column, span.cell, columns=count)
                placed.append(last)
                if _merge(settings, "vMerge"):
                    current[column] = last
        above = current
    return placed, kept


def _spans(row: _Element) -> Iterator[_Span]:
    column = max(0, min(number(value(row.find(f"{W}trPr"), "gridBefore")), _WIDEST))
    for place, cell in enumerate(cells_of(row)):
        settings = cell.find(f"{W}tcPr")
        end = column + max(1, min(number(value(settings, "gridSpan"), 1), _WIDEST - column))
        yield _Span(cell, column, end, place > 0 and _merge(settings, "hMerge") == "continue")
        column = end


def _columns(
    spans: Sequence[_Span], widths: Sequence[float]
) -> tuple[dict[int, int], tuple[float, ...]]:
    """For each line of the grid the column that begins there, or the one behind what ends there."""
    lines = sorted({line for span in spans for line in (span.begin, span.end)})
    is_known = bool(lines) and lines[-1] <= len(widths)
    reached = list(accumulate(widths, initial=0.0)) if is_known else []
    near = _together(lines, reached) if is_known else {line: line for line in lines}
    if any(near[span.begin] == near[span.end] for span in spans):
        near = {line: line for line in lines}
    begins = sorted({near[span.begin] for span in spans if not span.goes_on})
    columns = {line: bisect_left(begins, near[line]) for line in lines}
    ends = [*begins[1:], lines[-1]] if is_known else []
    kept = [reached[end] - reached[begin] for begin, end in zip(begins, ends, strict=False)]
    return columns, tuple(kept) if all(kept) else ()


def _together(lines: Sequence[int], reached: Sequence[float]) -> dict[int, int]:
    """For each line of the grid the first of those so near that no column fits between them."""
    near: dict[int, int] = {}
    first = lines[0]
    for line in lines:
        if reached[line] - reached[first] > _NARROWEST:
            first = line
        near[line] = first
    return near


_NARROWEST = 113
"""Twips that a column has at least: 2 mm. People who move a line of a row miss that of the next."""


def _merge(settings: _Element | None, name: str) -> str:
    """`restart`, `continue`, or nothing."""
    mark = None if settings is None else settings.find(f"{W}{name}")
    return "" if mark is None else value(mark) or "continue"


def _continues(settings: _Element | None, above: PlacedCell, columns: int) -> bool:
    return _merge(settings, "vMerge") == "continue" and above.columns == columns
