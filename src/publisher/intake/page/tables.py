"""The tables of a page → which of them hold data, and where their cells stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.page.styles import Declared, StyleSheet
from publisher.limits import PLACES_OF_A_PAGE
from publisher.verify.tree import MOST_COLUMNS, MOST_ROWS, Event, Walk, spanned

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONG = 400
"""Characters of a cell; with more, in several paragraphs, an unruled table lays a page out."""
_MOST_OF_IT = 0.6
"""The part of a table's words that a cell of data does not have alone."""
_PARTS = ("thead", "tbody", "tfoot")
_THROUGH = (*_PARTS, "form", "center")
_LINES = frozenset(["solid", "double", "dotted", "dashed", "groove", "ridge", "inset", "outset"])


@dataclass(slots=True)
class _Facts:
    """What a table holds."""

    nests: bool = False
    filled: int = 0
    """How many of its cells have words."""
    longest: int = 0
    words: int = 0
    """Characters of all its cells."""
    paragraphs: int = 0
    """The most that a cell holds."""
    rows: int = 0
    wide: int = 0
    """How many cells its widest row has."""
    in_row: int = 0
    """How many the last row has, as far as it was read."""
    is_ruled: bool = False
    has_heads: bool = False


@dataclass(frozen=True, slots=True)
class PageCell:
    """Where a cell begins, and how far it reaches."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True)
class PageGrid:
    """A table of data."""

    places: dict[HtmlElement, PageCell]
    height: int
    width: int
    head_rows: int
    is_ruled: bool


@dataclass(slots=True)
class Tables:
    """All tables of a page."""

    styles: StyleSheet
    facts: dict[HtmlElement, _Facts] = field(default_factory=dict)
    places: int = 0

    def look_at(self, root: HtmlElement) -> None:
        """Know what each table holds."""
        tables: list[_Facts] = []
        cells: list[tuple[_Facts, list[int]]] = []
        """Of each cell that is open: its table; its characters and paragraphs."""
        for event, element, words in Walk(root, lambda element: element.tag in ("script", "style")):
            if event is Event.START and element.tag == "table":
                facts = self.facts[element] = _Facts(is_ruled=self._rules(element))
                if tables:
                    tables[-1].nests = True
                tables.append(facts)
            elif event is Event.START and element.tag == "tr" and tables:
                tables[-1].rows += 1
                tables[-1].in_row = 0
            elif event is Event.START and element.tag in ("td", "th") and tables:
                cells.append((tables[-1], [0, 0]))
                tables[-1].in_row += 1
                tables[-1].wide = max(tables[-1].wide, tables[-1].in_row)
                tables[-1].has_heads |= element.tag == "th"
                tables[-1].is_ruled |= _is_ruled(self.styles.of(element))
            elif event is Event.START and element.tag in ("p", "br", "div", "li") and cells:
                cells[-1][1][1] += 1
            elif event is Event.END and element.tag == "table" and tables:
                tables.pop()
            elif event is Event.END and element.tag in ("td", "th") and cells:
                facts, (length, paragraphs) = cells.pop()
                facts.filled += length > 0
                facts.longest = max(facts.longest, length)
                facts.words += length
                facts.paragraphs = max(facts.paragraphs, paragraphs)
            if cells and words:
                cells[-1][1][0] += len("".join(words.split()))

    def _rules(self, table: HtmlElement) -> bool:
        border = table.get("border")
        return (border is not None and border.strip() not in ("", "0")) or _is_ruled(
            self.styles.of(table)
        )

    def grid(self, table: HtmlElement) -> PageGrid | None:
        """Where the cells of a table stand; None where it only lays the page out."""
        facts = self.facts.get(table)
        if facts is None or _lays_out(table, facts):
            return None
        parts = list(_rows(table))
        self.places += sum(_area(part) for part in parts)
        if self.places > PLACES_OF_A_PAGE:
            raise Unreadable(f"表格里合并的单元格展开以后超过 {PLACES_OF_A_PAGE // 10_000} 万格")
        places: dict[HtmlElement, PageCell] = {}
        height = 0
        for part in parts:
            _place(part, height, places)
            height += len(part)
        heads = len(parts[0]) if _is_head(parts[0]) else _head_rows(parts[0])
        rows = _begun((place.row for place in places.values()), height)
        width = max((place.column + place.columns for place in places.values()), default=0)
        columns = _begun((place.column for place in places.values()), width)
        heads = rows[heads]
        return PageGrid(
            {cell: _without_empty(place, rows, columns) for cell, place in places.items()},
            rows[-1],
            columns[-1],
            heads if heads < rows[-1] else 0,
            _shows(facts, rows[-1]),
        )


def _begun(begun: Iterable[int], count: int) -> Sequence[int]:
    """For each of so many rows or columns, how many before it are there: some cell begins in them.

    One in which none begins is nowhere: it has no height, or no width.
    """
    seen = set(begun)
    return list(accumulate((number in seen for number in range(count)), initial=0))


def _without_empty(place: PageCell, rows: Sequence[int], columns: Sequence[int]) -> PageCell:
    row, column = rows[place.row], columns[place.column]
    return PageCell(
        row,
        column,
        rows[place.row + place.rows] - row,
        columns[place.column + place.columns] - column,
    )


def _shows(facts: _Facts, height: int) -> bool:
    """Whether a table has lines; a style sheet that is elsewhere may draw those of a real one."""
    return facts.is_ruled or facts.has_heads or height > 2


def _lays_out(table: HtmlElement, facts: _Facts) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    if facts.filled < 2 or (facts.nests and not facts.is_ruled):
        return True
    if facts.is_ruled or facts.has_heads:
        return False
    holds_text = facts.paragraphs > 2 and (
        facts.longest > _LONG or facts.longest > facts.words * _MOST_OF_IT
    )
    return holds_text or facts.wide == 1 or facts.rows == 1


def _is_ruled(said: Declared) -> bool:
    """Whether lines are drawn around an element."""
    return any(
        name.startswith("border") and not _LINES.isdisjoint(value.lower().split())
        for name, value in said.items()
    )


def _rows(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The rows of a table, those of each part together: no merged cell reaches out of its part."""
    loose: list[HtmlElement] = []
    waiting = list(reversed(table))
    while waiting:
        child = waiting.pop()
        if child.tag == "tr":
            loose.append(child)
        elif child.tag in _THROUGH:
            if loose:
                yield loose
                loose = []
            if child.tag in _PARTS:
                yield [row for row in child if row.tag == "tr"]
            else:
                waiting += reversed(child)
    yield loose


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _spans(cell: HtmlElement) -> tuple[int, int]:
    rows = cell.get("rowspan")
    deep = MOST_ROWS if (rows or "").strip() == "0" else spanned(rows, MOST_ROWS)
    return deep, spanned(cell.get("colspan"), MOST_COLUMNS)


def _area(rows: list[HtmlElement]) -> int:
    total = 0
    for index, row in enumerate(rows):
        for cell in _cells(row):
            deep, wide = _spans(cell)
            total += min(deep, len(rows) - index) * wide
    return total


def _place(rows: list[HtmlElement], top: int, places: dict[HtmlElement, PageCell]) -> None:
    """Give each cell of the rows its place, the first row being row `top`."""
    taken: list[set[int]] = [set() for _ in rows]
    for index, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while column in taken[index]:
                column += 1
            deep, wide = _spans(cell)
            deep = min(deep, len(rows) - index)
            while any(step in taken[index] for step in range(column, column + wide)):
                wide -= 1  # no two cells lie over one another
            places[cell] = PageCell(top + index, column, deep, wide)
            for below in taken[index : index + deep]:
                below.update(range(column, column + wide))
            column += wide


def _is_head(rows: list[HtmlElement]) -> bool:
    return bool(rows) and rows[0].getparent().tag == "thead"


def _head_rows(rows: list[HtmlElement]) -> int:
    """How many rows at the top have nothing but `<th>`; none but the first may be empty."""
    count = 0
    for row in rows:
        cells = _cells(row)
        if not cells or any(cell.tag != "th" for cell in cells) or not all(map(_inked, cells[1:])):
            break
        count += 1
    return count


def _inked(cell: HtmlElement) -> bool:
    return any(words.strip() for words in cell.itertext())
