"""The rows of a table of a file → how many of them are its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from publisher.intake.recognise.grids import Typed
from publisher.intake.result import Certainty
from publisher.intake.source import Aligned, SourceCell, SourceTable, paragraphs_in
from publisher.model import Merge
from publisher.words.figures import is_figure

_MOST_ROWS = 9
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class HeadRows:
    """How many rows are the head of a table, and how that is known."""

    count: int
    certainty: Certainty
    reason: str


def heads_of(table: SourceTable, rows: Sequence[Typed]) -> HeadRows:
    """The head of a table: as its file says, else by merged cells and what its rows hold."""
    if table.head_rows:
        return HeadRows(min(table.head_rows, _MOST_ROWS), Certainty.SURE, "文件写明了表头")
    deep = _merged_head(rows)
    if deep > 1:
        return HeadRows(min(deep, _MOST_ROWS), Certainty.LIKELY, "表头有合并到下一行的格")
    if _is_set_apart(table):
        return HeadRows(1, Certainty.LIKELY, "第一行居中或加粗")
    if _holds_names(rows):
        return HeadRows(1, Certainty.LIKELY, "第一行是各列的名称")
    return HeadRows(1, Certainty.ASKED, "没有说明哪几行是表头，按第一行")


def _merged_head(rows: Sequence[Typed]) -> int:
    """How many rows from the first on hang together by merged cells of which one is across."""
    first = rows[0].values
    if Merge.LEFT.value not in first:
        return 1
    above = Merge.ABOVE.value
    below = takewhile(lambda row: above in row.values and not row.is_banner, rows[1:])
    return 1 + sum(1 for _ in below)


def _is_set_apart(table: SourceTable) -> bool:
    """Whether the cells of the first row are bold or centred, and those of the second are not."""
    first = [cell for cell in table.cells if cell.row == 0 and cell.words.strip()]
    second = [cell for cell in table.cells if cell.row == 1 and cell.words.strip()]
    if not first or not second:
        return False
    return any(
        all(map(look, first)) and not all(map(look, second)) for look in (_is_bold, _is_centred)
    )


def _is_bold(cell: SourceCell) -> bool:
    return all(each.main_run.is_bold for each in paragraphs_in(cell.blocks) if each.words.strip())


def _is_centred(cell: SourceCell) -> bool:
    return all(
        each.look.alignment is Aligned.CENTRED
        for each in paragraphs_in(cell.blocks)
        if each.words.strip()
    )


def _holds_names(rows: Sequence[Typed]) -> bool:
    """Whether the first row has a short name for each column, and none is a figure."""
    first = [value.strip() for value in rows[0].values]
    return len(rows) > 1 and all(
        value and len(value) <= _LONGEST_NAME and not is_figure(value) for value in first
    )
