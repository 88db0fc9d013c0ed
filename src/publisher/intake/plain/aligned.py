"""Lines whose cells stand below one another by blanks → the cells of each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publisher.intake.plain.paragraphs import GAP, width
from publisher.words.figures import is_figure

_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_MOST_ROWS, _WIDEST = 5000, 400
"""Lines, and characters of one."""
_NAMES = re.compile(
    "序号|编号|姓名|名称|单位|部门|地区|县区|区县|项目|职务|职称|性别|电话|金额|数量|面积|日期|时间"
    "|地点|内容|类别|类型|指标|合计|小计|备注|说明|等级|得分|分值|规格|型号|责任人|联系人"
)
"""What names a column."""
_LEAST_FIGURES = 2 / 3
"""The part of the cells of a column that are figures, where its name is none."""


def aligned_rows(lines: Sequence[str]) -> list[list[str]] | None:
    """The rows of a table, the head first; None where it is not sure that lines are one.

    Names of a list, below one another behind 组长：, are none.
    """
    are_many = len(lines) > _MOST_ROWS or max(map(len, lines), default=0) > _WIDEST
    if len(lines) < _LEAST_ROWS or are_many or "：" in lines[0]:
        return None
    rows = [GAP.split(line.strip(" \u3000\u00a0")) for line in lines]
    if len(set(map(len, rows))) > 1:
        rows = _by_gutters(lines)
    head = rows[0]
    is_table = len(head) >= _LEAST_COLUMNS and all(head)
    return rows if is_table and is_headed(rows) else None


def is_headed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns."""
    bare = [re.sub(r"\s", "", cell) for cell in rows[0]]
    if any(map(is_figure, bare)):
        return False
    if sum(bool(_NAMES.search(cell)) for cell in bare) > 1:
        return True
    return any(
        sum(is_figure(cell) for cell in column) >= len(column) * _LEAST_FIGURES
        for column in zip(*rows[1:], strict=True)
    )


def _by_gutters(lines: Sequence[str]) -> list[list[str]]:
    """Cells between columns of blanks that go down through all lines."""
    places = [list(_places(line)) for line in lines]
    taken = set().union(*map(_taken, places))
    most = max(taken) + 1
    inked = [at in taken for at in range(most)]
    rows: list[list[str]] = [[] for _ in lines]
    begin = 0
    for at in range(1, most + 1):
        is_end = at == most or (inked[at] and not inked[at - 1] and _parts_all(places, at))
        if is_end and any(inked[begin:at]):
            for row, line in zip(rows, places, strict=True):
                row.append("".join(sign for place, sign in line if begin <= place < at).strip())
            begin = at
    return rows


def _places(line: str) -> Iterator[tuple[int, str]]:
    """The characters of a line, each with the column in which it begins."""
    at = 0
    for sign in line:
        yield at, sign
        at += width(sign)


def _taken(places: Sequence[tuple[int, str]]) -> set[int]:
    """The columns that ink takes."""
    return {
        column
        for at, sign in places
        if not sign.isspace()
        for column in range(at, at + width(sign))
    }


def _parts_all(places: Sequence[Sequence[tuple[int, str]]], at: int) -> bool:
    """Whether in each line with words on both sides of a column more than one blank ends there."""
    for line in places:
        before = "".join(sign for place, sign in line if place < at)
        behind = "".join(sign for place, sign in line if place >= at)
        blanks = len(before) - len(before.rstrip())
        begins = len(behind) - len(behind.lstrip())
        if before.strip() and behind.strip() and blanks + begins < 2:
            return False
    return True
