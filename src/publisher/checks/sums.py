"""Sums that tables and sentences give → those that their parts do not come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Block, ColumnRole, Document, Row, Table, plain
from publisher.words.places import place_in

_TOTAL = re.compile("合计|总计|共计|总数")
_PART_OF_TABLE = re.compile("小计|其中|分计")
_FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_NO_SUM = re.compile("[%％‰率]|占比|比例|平均|人均|户均|年龄|编号|电话|单价|标准|序号|排名")
_NOTHING = frozenset(("", "0", "-", "—", "——", "/", "／", "无"))
_MONEY = re.compile(
    r"(?P<total>[0-9]+(?:\.[0-9]+)?)(?P<unit>万元|亿元|元)[^。；0-9]{0,40}其中[：，]?(?P<rest>[^。；]*)"
)
_NO_PART = re.compile("增|减|比|均|每|各|至|累计|含|剩|结余|以上|以下|左右|不低于|不超过")
_CLOSE = Decimal("0.05")
"""Parts that miss their whole by so little are meant to be all of it."""


def wrong_sum(document: Document) -> Iterator[Finding]:
    """The parts do not add up: a row 合计 of a table, or amounts of money behind 其中.

    A figure was changed and its sum was not. In a table the row 合计 is held against the other
    rows, column by column, where all of them are numbers and none is a 小计; in a sentence as
    共7480万元，其中甲2620万元、乙4860万元 the parts must not exceed the whole, nor miss it by
    little. People are not added up: one may be counted twice. Look which figure is wrong.
    """
    for table in document.tables:
        yield from _of_table(table)
    for text in document.proses:
        for block in text.blocks:
            words = plain(block.content)
            if "其中" in words:
                yield from _of_money(block, words)


def _of_table(table: Table) -> Iterator[Finding]:
    totals = [row for row in table.rows if _is_called(_TOTAL, row)]
    rows = [row for row in table.rows if not _is_called(_TOTAL, row)]
    if len(totals) != 1 or len(rows) < 2 or any(_is_called(_PART_OF_TABLE, row) for row in rows):
        return
    for index, column in enumerate(table.columns):
        cell = totals[0].cells[index]
        figures = [_figure(row.cells[index].text) for row in rows]
        total = _figure(cell.text)
        if column.role is not ColumnRole.TEXT or _NO_SUM.search(column.name + cell.text):
            continue
        parts = [figure for figure in figures if figure is not None]
        if not total or len(parts) < len(figures):
            continue
        summed = sum(parts)
        if abs(summed - total) > _rounding(parts):
            yield review(
                "wrong_sum",
                cell.place,
                f"“{column.name}”列的合计写的是 {total}，各行相加是 {summed}",
                "请核对各行和合计。",
            )


def _is_called(pattern: re.Pattern[str], row: Row) -> bool:
    """Whether the first words of a row are of some kind, as 合计."""
    first = next((cell.text for cell in row.cells if cell.items), "")
    return bool(pattern.fullmatch(re.sub(r"\s", "", first)))


def _figure(words: str) -> Decimal | None:
    """The number that a cell begins with; none where it is something else."""
    if words.strip() in _NOTHING:
        return Decimal(0)
    match = _FIGURE.match(words)
    rest = words[match.end() :] if match else words
    is_number = match is not None and re.fullmatch("(?:（[^（）]*）)?", rest) is not None
    return Decimal(match[0].replace(",", "")) if match and is_number else None


def _rounding(parts: list[Decimal]) -> Decimal:
    """How far a sum may be off, for each part was rounded."""
    places = max((-int(part.as_tuple().exponent) for part in parts), default=0)
    return Decimal(len(parts)).scaleb(-places) / 2 if places else Decimal(0)


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
