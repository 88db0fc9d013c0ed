"""Sums that tables and sentences give → those that their parts do not come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from publisher.checks.grids import FigureGrid, FigurePanel, unit_in
from publisher.checks.review import review, short
from publisher.checks.rows import data_tables
from publisher.checks.totals import Arrangement, Indexes, wrong_totals
from publisher.diagnostics import Finding
from publisher.model import Block, Document, Table, plain
from publisher.words.places import place_in

_FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_MONEY = re.compile(
    r"(?P<total>[0-9]+(?:\.[0-9]+)?)(?P<unit>万元|亿元|元)[^。；0-9]{0,40}其中[：，]?(?P<rest>[^。；]*)"
)
_NO_PART = re.compile("增|减|比|均|每|各|至|累计|含|剩|结余|以上|以下|左右|不低于|不超过")
_CLOSE = Decimal("0.05")
"""Parts that miss their whole by so little are meant to be all of it."""


def wrong_sum(document: Document) -> Iterator[Finding]:
    """The parts do not add up: 合计, 小计 or 总计 of a table, or amounts of money behind 其中.

    A figure was changed and its sum was not, or a row was put in. In a table each row and column
    that is called a sum is held against its parts: the rows beside it, those of its group, or the
    sums below it, whichever come to other sums of the table. 其中 rows are no parts; percentages,
    means and the like are not added up; a line with figures that are not known (—) is not judged,
    and nothing is said where the arrangement leaves open what the parts are. Where a row and a
    column are off by the same, the figure that stands in both is told. In a sentence as
    共7480万元，其中甲2620万元、乙4860万元 the parts must not exceed the whole, nor miss it by
    little. Look which figure is wrong.
    """
    for table in data_tables(document):
        yield from _of_table(table)
    for text in document.proses:
        for block in text.blocks:
            words = plain(block.content)
            if "其中" in words:
                yield from _of_money(block, words)


# -- tables -----------------------------------------------------------------------------

_OTHERWISE = re.compile("不含|不包括|不包含|未含|未包括|剔除|扣除|重复|交叉|不等于|不一致|去重|兼")
"""What a note to a table says where its sums are not those of all parts."""


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A sum that its parts do not come to."""

    row: int
    column: int
    parts: Indexes
    """Rows where `is_down`, else columns."""
    total: Decimal
    summed: Decimal
    is_down: bool

    @property
    def by(self) -> Decimal:
        """By how much the parts are more than it."""
        return self.summed - self.total


def _of_table(table: Table) -> Iterator[Finding]:
    grid = FigureGrid(table)
    if not grid.has_totals or any(map(_OTHERWISE.search, table.remarks)):
        return
    down: list[_Wrong] = []
    along: list[_Wrong] = []
    for panel in grid.panels():
        down += _down(grid, panel)
        along += _along(grid, panel)
    for wrong in (*down, *along):
        crossing = _crossing(wrong, down if not wrong.is_down else along)
        if crossing is None:
            yield _of_sum(grid, wrong)
        elif wrong.is_down:
            yield _of_part(grid, wrong, crossing)


def _down(grid: FigureGrid, panel: FigurePanel) -> Iterator[_Wrong]:
    """The wrong sums among the rows."""

    def alike(rows: Indexes) -> bool:
        named = {unit_in(lines[row].path) for row in rows} - {""}
        return len(named) < 2 and len({grid.unit_of_row(row) for row in rows}) < 2

    lines = grid.rows_as_lines(panel)
    arrangement = Arrangement(
        lines,
        is_additive=lambda across: panel.figures[across] in grid.additive,
        alike=alike,
        tolerance=lambda across, rows: grid.tolerance(rows, (panel.figures[across],)),
    )
    for each in wrong_totals(arrangement):
        column = panel.figures[each.across]
        if not _is_noted(grid, each.line, column):
            yield _Wrong(each.line, column, each.parts, each.total, each.summed, is_down=True)


def _along(grid: FigureGrid, panel: FigurePanel) -> Iterator[_Wrong]:
    """The wrong sums among the columns."""
    columns = [column for column in panel.figures if column in grid.additive]
    lines = grid.columns_as_lines(columns)
    arrangement = Arrangement(
        lines,
        is_additive=lambda row: not grid.is_measure(row, panel),
        alike=lambda parts: len({unit_in(lines[part].path) for part in parts} - {""}) < 2,
        tolerance=lambda row, parts: grid.tolerance((row,), tuple(columns[n] for n in parts)),
        needs_proof=True,
    )
    for each in wrong_totals(arrangement):
        parts = tuple(columns[part] for part in each.parts)
        column = columns[each.line]
        if not _is_noted(grid, each.across, column):
            yield _Wrong(each.across, column, parts, each.total, each.summed, is_down=False)


def _is_noted(grid: FigureGrid, row: int, column: int) -> bool:
    """Whether a note to a cell says that it is no sum of all parts."""
    note = grid.cell(row, column).note
    return note is not None and bool(_OTHERWISE.search(note))


def _crossing(wrong: _Wrong, across: list[_Wrong]) -> _Wrong | None:
    """The sum of the other direction that is off by the same, for a part that both have."""
    crossing = [each for each in across if each.by == wrong.by and _is_part_of_both(wrong, each)]
    return crossing[0] if len(crossing) == 1 else None


def _is_part_of_both(wrong: _Wrong, across: _Wrong) -> bool:
    down, along = (wrong, across) if wrong.is_down else (across, wrong)
    return along.row in down.parts and down.column in along.parts


def _of_sum(grid: FigureGrid, wrong: _Wrong) -> Finding:
    row, column = _name_of_row(grid, wrong.row, wrong.column), "/".join(grid.paths[wrong.column])
    parts = "各行" if wrong.is_down else "各列"
    return review(
        "wrong_sum",
        grid.cell(wrong.row, wrong.column).place,
        f"{short(row)}一行“{column}”列写的是 {_written(wrong.total)}，"
        f"{parts}相加是 {_written(wrong.summed)}",
        f"请核对{parts}和合计。",
    )


def _of_part(grid: FigureGrid, down: _Wrong, along: _Wrong) -> Finding:
    row, column = along.row, down.column
    value = grid.value(row, column) or Decimal(0)
    return review(
        "wrong_sum",
        grid.cell(row, column).place,
        f"{short(_name_of_row(grid, row, column))}一行“{'/'.join(grid.paths[column])}”列写的是 "
        f"{_written(value)}，按横行和纵列的合计都应是 {_written(value - down.by)}",
        "请核对这一格和两处合计。",
    )


def _name_of_row(grid: FigureGrid, row: int, column: int) -> str:
    return grid.name_of_row(row, column) or f"第{row + 1}行"


def _written(number: Decimal) -> str:
    return f"{number:f}"


# -- sentences --------------------------------------------------------------------------


def _of_money(block: Block, words: str) -> Iterator[Finding]:
    for match in _MONEY.finditer(words):
        rest = match["rest"]
        figures = re.findall(rf"({_FIGURE.pattern}){match['unit']}", rest)
        total, summed = Decimal(match["total"]), sum(Decimal(figure) for figure in figures)
        is_all = abs(total - summed) < total * _CLOSE
        if len(figures) < 2 or _NO_PART.search(rest) or "其中" in rest or summed == total:
            continue
        if summed > total or is_all:
            yield review(
                "wrong_sum",
                place_in(block, match.start()),
                f"写的是 {match['total']}{match['unit']}，“其中”各项相加是 {summed}{match['unit']}",
                "请核对总数和各项。",
            )
