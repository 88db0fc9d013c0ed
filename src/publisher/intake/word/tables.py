"""`w:tbl` → a `SourceTable`: its cells in a grid, its lines, its measures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING

from publisher.files import TooLarge
from publisher.intake.source import Room, SourceBlock, SourceCell, SourceTable
from publisher.intake.word.grid import PlacedCell, places, rows_of
from publisher.intake.word.names import TWIPS_PER_MM, W, switch, twips, value
from publisher.limits import PLACES_OF_A_PAGE

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.word_styles import WordStyles

_NO_LINE = (None, "nil", "none")

CellReader = Callable[[PlacedCell], tuple[SourceBlock, ...]]
"""Gives the blocks of a cell."""


def table(element: _Element, number: int, read: CellReader, styles: WordStyles) -> SourceTable:
    """A table whose first paragraph has a number."""
    rows = list(rows_of(element))
    columns = element.iterfind(f"{W}tblGrid/{W}gridCol")
    placed, widths = places(rows, [_width(each) for each in columns])
    if sum(each.rows * each.columns for each in placed) > PLACES_OF_A_PAGE:
        raise TooLarge(f"表格里合并的单元格展开以后超过 {PLACES_OF_A_PAGE // 10_000} 万格")
    width = max((each.column + each.columns for each in placed), default=0)
    return SourceTable(
        number=number,
        cells=tuple(
            SourceCell(each.row, each.column, read(each), each.rows, each.columns)
            for each in placed
        ),
        height=len(rows),
        width=width,
        head_rows=sum(1 for _ in takewhile(_is_head, rows)),
        names_rows=_names_rows(element),
        is_ruled=_is_ruled(element, rows, styles),
        widths=widths,
        heights=tuple(_height(row) for row in rows),
        caption=_caption(element),
        description=(value(element.find(f"{W}tblPr"), "tblDescription") or "").strip(),
        room=Room.TEXT,
    )


def _names_rows(element: _Element) -> bool:
    look = element.find(f"{W}tblPr/{W}tblLook")
    return look is not None and look.get(f"{W}firstColumn") in ("1", "true")


def _is_head(row: _Element) -> bool:
    return bool(switch(row.find(f"{W}trPr"), "tblHeader"))


def _width(column: _Element) -> float:
    return max(0.0, twips(value(column, attribute="w")))


def _height(row: _Element) -> float | None:
    height = twips(value(row.find(f"{W}trPr"), "trHeight"))
    return round(height / TWIPS_PER_MM, 1) if height else None


def _caption(element: _Element) -> str:
    settings = element.find(f"{W}tblPr")
    said = (value(settings, name) for name in ("tblCaption", "tblDescription"))
    return next((each.strip() for each in said if each and each.strip()), "")


def _is_ruled(element: _Element, rows: list[_Element], styles: WordStyles) -> bool:
    """Whether a line is seen: of a cell, else of the table, else of its style."""
    if any(_has_line(row, f"{W}tc/{W}tcPr/{W}tcBorders/*") for row in rows):
        return True
    settings = element.find(f"{W}tblPr")
    chain = styles.table(value(settings, "tblStyle"))
    said = [None if settings is None else settings.find(f"{W}tblBorders")]
    said += [style.find(f"{W}tblPr/{W}tblBorders") for style in chain]
    seen: dict[str, bool] = {}
    for borders in said:
        for side in () if borders is None else borders:
            seen.setdefault(str(side.tag), value(side) not in _NO_LINE)
    return any(seen.values())


def _has_line(row: _Element, path: str) -> bool:
    return any(value(side) not in _NO_LINE for side in row.iterfind(path))
