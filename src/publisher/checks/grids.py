"""A table → the figures in it, by row and column, and what rows and columns are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import takewhile

from publisher.checks.rows import is_banner, rows_of
from publisher.checks.totals import Indexes, Line, rounding
from publisher.model import Cell, ColumnRole, Row, Table
from publisher.spans import spans
from publisher.words.figures import is_no_figure, names_total, value_of

_NO_SUM = re.compile(
    "[%％‰率均比序]|占(?![地用])|增长|增幅|增速|降幅|指数|系数|年龄|年份|编号|编码|代码|号码|电话|邮编|"
    "[单房地物票电水气油药]价|价格|标准|排名|名次|位次|密度|[得评]分|进度|最[高低大小多少]|中位|上限|下限"
)
"""In the name of a column: what stands in it is not summed."""
_RATE = re.compile("[%％‰]")
_UNIT = re.compile(
    r"[（(](?P<unit>[万亿千百十]{0,2}(?:元|美元|人次?|户次?|个|件次?|张|吨|亩|家|台套?|辆次?|项|条|所|处|座|"
    r"平方米|平方公里|立方米|公里|公顷|千瓦时?|米|名|次|只|头|株|份|篇|户数|%|％|‰))[）)]$"
)
_IS_ROUNDED = re.compile("^[万亿]|[：:、，（(][万亿]")
_OF_ROW = re.compile("(?:计量)?单\\s*位")
_WORDS = (ColumnRole.HEADING, ColumnRole.GROUP, ColumnRole.TEXT)
_FIGURES = (ColumnRole.NUMBER, ColumnRole.TEXT)
_BRACKETED = re.compile(r"(.*?)\s*(?:（[^（）]*）|\([^()]*\))?", re.DOTALL)
_NOTHING = ("无", "零")


@dataclass(frozen=True, slots=True)
class FigurePanel:
    """Columns of figures, and those on their left that name the rows."""

    words: Indexes
    figures: Indexes


class FigureGrid:
    """The figures of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = rows_of(table)
        self._signs = [[cell.merge for cell in row.cells] for row in table.rows]
        self.paths = _paths_of_columns(table)

    @cached_property
    def has_totals(self) -> bool:
        """Whether a row or a column is called a sum."""
        named = any(map(names_total, (name for path in self.paths for name in path)))
        words = [n for n, column in enumerate(self.table.columns) if column.role in _WORDS]
        return named or any(
            names_total(row.cells[index].text)
            for row in self.rows
            for index in (*words, *self._serials)
        )

    def panels(self) -> Iterator[FigurePanel]:
        """Most tables are one panel; two stand side by side where each has names with sums."""
        words: list[int] = []
        figures: list[int] = []
        for index, column in enumerate(self.table.columns):
            if self._holds_figures(index):
                figures.append(index)
            elif column.role in _WORDS and (not figures or self._names_totals(index)):
                if figures:
                    yield FigurePanel(tuple(words), tuple(figures))
                    words, figures = [], []
                words.append(index)
        if figures:
            yield FigurePanel(tuple(words), tuple(figures))

    @cached_property
    def _serials(self) -> list[int]:
        columns = enumerate(self.table.columns)
        return [n for n, column in columns if column.role is ColumnRole.SERIAL]

    @cached_property
    def _starts(self) -> list[int]:
        """With which column each panel begins but the first."""
        return [panel.words[0] for panel in self.panels() if panel.words][1:]

    def _holds_figures(self, index: int) -> bool:
        role = self.table.columns[index].role
        if role is not ColumnRole.TEXT:
            return role is ColumnRole.NUMBER
        cells = [row.cells[index] for row in self.rows if not is_banner(row)]
        words = [cell.text for cell in cells if cell.items and not is_no_figure(cell.text)]
        return bool(words) and 2 * sum(1 for each in words if figure(each) is not None) > len(words)

    def _names_totals(self, index: int) -> bool:
        return any(names_total(row.cells[index].text) for row in self.rows)

    def _decimals(self, row: int, column: int) -> int:
        value = figure(self.rows[row].cells[column].text)
        exponent = value.as_tuple().exponent if value is not None else 0
        return -exponent if isinstance(exponent, int) else 0

    @cached_property
    def _merged(self) -> set[tuple[int, int]]:
        """Where cells stand that are one with others: their figure is not that of one place."""
        if not any(sign for line in self._signs for sign in line):
            return set()
        made, _ = spans(self._signs)
        return {
            (row, column)
            for row, line in enumerate(made)
            for column, span in enumerate(line)
            if span.rows * span.columns > 1
        }

    def value(self, row: int, column: int) -> Decimal | None:
        """The figure at a place; None where there is none, or one for several places."""
        return None if (row, column) in self._merged else figure(self.cell(row, column).text)

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place."""
        return self.rows[row].cells[column]

    # -- lines --------------------------------------------------------------------------------

    def rows_as_lines(self, panel: FigurePanel) -> list[Line]:
        """The rows, each with its figures in the columns of a panel."""
        lines = []
        path: tuple[str, ...] = ()
        for at, row in enumerate(self.rows):
            path = _path_of_row(row, panel.words, path) or self._instead_of_serial(row)
            values = tuple(self.value(at, column) for column in panel.figures)
            lines.append(Line(path, values))
        return lines

    def _instead_of_serial(self, row: Row) -> tuple[str, ...]:
        """The name of a sum that stands where other rows have their serials."""
        return tuple(filter(names_total, (row.cells[serial].text for serial in self._serials)))[:1]

    def columns_as_lines(self, columns: Sequence[int]) -> list[Line]:
        """Columns, each with its figures in all rows."""
        rows = range(len(self.rows))
        return [
            Line(self.paths[column], tuple(self.value(row, column) for row in rows))
            for column in columns
        ]

    # -- what may be summed -------------------------------------------------------------------

    @cached_property
    def additive(self) -> frozenset[int]:
        """The columns of which the figures may be summed, as their names and units have it."""
        return frozenset(
            column
            for column, path in enumerate(self.paths)
            if not _NO_SUM.search("".join(path))
            and not any(map(_RATE.search, (row.cells[column].text for row in self.rows)))
        )

    def unit_of_row(self, row: int) -> str:
        """The unit of the figures of a row, where a column behind its name says it of each."""
        return "" if self._units is None else self.cell(row, self._units).text

    @cached_property
    def _units(self) -> int | None:
        """The column of units; one of that name which names the rows holds organs."""
        columns = enumerate(self.table.columns)
        words = [n for n, column in columns if column.role in _WORDS]
        named = (n for n in words[1:] if _OF_ROW.fullmatch(self.table.columns[n].name))
        return next(named, None)

    def is_measure(self, row: int, panel: FigurePanel) -> bool:
        """Whether the words before the figures of a row in a panel name what is not summed."""
        return bool(_NO_SUM.search(self.name_of_row(row, panel.figures[0])))

    def name_of_row(self, row: int, column: int) -> str:
        """The words before the first figure of the panel that a column is of, each once."""
        first = max((start for start in self._starts if start <= column), default=0)
        words = takewhile(_is_word, (cell.text for cell in self.rows[row].cells[first:]))
        return "/".join(dict.fromkeys(filter(None, words)))

    def tolerance(self, rows: Indexes, columns: Indexes) -> Decimal:
        """How far a sum of these cells, and of the sum itself, may be off."""
        decimals = max(self._decimals(row, column) for row in rows for column in columns)
        names = (self.table.unit or "", *(unit_in(self.paths[column]) for column in columns))
        is_rounded = any(map(_IS_ROUNDED.search, names))
        return rounding(decimals, len(rows) * len(columns), is_rounded=is_rounded)


@lru_cache(maxsize=20_000)  # asked for cell by cell, by row and by column
def figure(words: str) -> Decimal | None:
    """The number that a cell is, what stands behind it in brackets aside; None where it is none."""
    plain = _without_brackets(words)
    if plain in _NOTHING:
        return Decimal(0)
    return value_of(plain)


def _is_word(text: str) -> bool:
    return figure(text) is None


def _without_brackets(words: str) -> str:
    match = _BRACKETED.fullmatch(words)
    return match[1] if match else words


def unit_in(path: Sequence[str]) -> str:
    """The unit in brackets behind the names of a line; empty where there is none."""
    matches = [match["unit"] for name in path if (match := _UNIT.search(name))]
    return matches[-1] if matches else ""


def _path_of_row(row: Row, words: Indexes, above: tuple[str, ...]) -> tuple[str, ...]:
    """What a row is called; where its first names are left empty, they are those above it."""
    names = [re.sub(r"\s", "", row.cells[index].text) for index in words]
    filled = next((n for n, name in enumerate(names) if name), len(names))
    path = [*above[:filled], *names[filled:]] if filled < len(names) else []
    return tuple(name for n, name in enumerate(path) if name and (not n or name != path[n - 1]))


def _paths_of_columns(table: Table) -> list[tuple[str, ...]]:
    """What stands above each column, from the top down."""
    if not table.head:
        return [(re.sub(r"\s", "", column.name),) for column in table.columns]
    made, _ = spans([[cell.merge for cell in row.cells] for row in table.head])
    paths = []
    for column in range(len(table.columns)):
        origins = dict.fromkeys((line[column].row, line[column].column) for line in made)
        names = (re.sub(r"\s", "", table.head[row].cells[at].text) for row, at in origins)
        paths.append(tuple(filter(None, names)))
    return paths
