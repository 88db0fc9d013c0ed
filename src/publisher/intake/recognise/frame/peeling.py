"""A table → its title, unit and remarks that stand in rows of their own, and the table itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publisher.intake.source import SourceBlock, SourceCell, SourceTable
from publisher.words.elements import LABEL, bare

_TITLE = re.compile(
    "(?!专栏).{2,60}(?:表|名单|清单|台账|目录|统计|情况|一览|汇总|计划|方案|任务|分工)(?:[（(].+[）)])?"
)
_UNIT = re.compile("[（(]?(?:计量)?单位[：:].{1,20}|(?:填报|填表|制表)[^：:]{0,6}[：:].*")
_REMARK = re.compile("(?:注|备注|说明)[：:].*", re.DOTALL)
_MOST_ABOVE = 3


def peeled(table: SourceTable) -> Iterator[SourceBlock]:
    """The words of rows that are one cell above and below a table as paragraphs, and the table."""
    if table.width < 2 or table.height < 2:
        yield table
        return
    rows: dict[int, list[SourceCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    first, last = _bounds(table, rows)
    for row in range(first):
        yield from (block for cell in rows[row] for block in cell.blocks)
    yield _between(table, first, last)
    for row in range(last, table.height):
        yield from (block for cell in rows.get(row, []) for block in cell.blocks)


def _bounds(table: SourceTable, rows: dict[int, list[SourceCell]]) -> tuple[int, int]:
    first, last = 0, table.height
    while first < min(_MOST_ABOVE, table.height - 1) and _is_above(_words(rows, first), first):
        first += 1
    while last - 1 > first and _REMARK.fullmatch(_words(rows, last - 1)):
        last -= 1
    if any(cell.row < first < cell.row + cell.rows for cell in table.cells):
        first = 0
    return first, last


def _words(rows: dict[int, list[SourceCell]], row: int) -> str:
    """The words of a row where one cell alone has some; none of another row."""
    filled = [cell for cell in rows.get(row, []) if cell.words.strip()]
    return filled[0].words.strip() if len(filled) == 1 and filled[0].rows == 1 else ""


def _is_above(words: str, row: int) -> bool:
    plain = bare(words)
    if LABEL.fullmatch(plain):
        return row == 0
    return bool(_UNIT.fullmatch(plain) or _TITLE.fullmatch(plain))


def _between(table: SourceTable, first: int, last: int) -> SourceTable:
    if (first, last) == (0, table.height):
        return table
    cells = tuple(
        replace(cell, row=cell.row - first) for cell in table.cells if first <= cell.row < last
    )
    numbers = [block.number for cell in cells for block in cell.blocks]
    return replace(
        table,
        number=min(numbers, default=table.number),
        cells=cells,
        height=last - first,
        head_rows=max(0, table.head_rows - first),
        heights=table.heights[first:last],
    )
