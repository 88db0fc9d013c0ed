"""Tables of pages → readings of their heads, of what is torn in cells, and of their place.

The standard asks little of tables: they are whole, and in the 版心. The rest is common practice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from publisher.inspect import thresholds
from publisher.inspect.cells import Cell, edges_of, table_boxes
from publisher.inspect.faces import is_chinese
from publisher.inspect.lines import joined
from publisher.inspect.pages import Box
from publisher.inspect.readings import Absent, Hidden, Measure, Reading, Spot, Words, at
from publisher.inspect.recognised import Part, Recognised
from publisher.inspect.thresholds import Points
from publisher.latest import keeps_latest
from publisher.standard import PLACE_TOLERANCE
from publisher.words.blanks import BOXES, LINES

_NO_TABLE = Absent("没有表格")


@dataclass(frozen=True, eq=False)
class PrintedTable:
    """A table on a page, or the part of one that stands there."""

    page: int
    box: Box
    edges: tuple[Points, ...]
    """Where its upright lines are, from the left."""
    cells: tuple[Cell, ...]
    """That hold words, in reading order."""

    @cached_property
    def head(self) -> tuple[Cell, ...]:
        """Its first row, with the rows below that are set in the same font where its body is not.

        In which font the head is set tells how many rows it has.
        """
        first = tuple(cell for cell in self.cells if cell.row == self.cells[0].row)
        font = _font(self.cells[0])
        body = [cell for cell in self.cells if _font(cell) != font]
        if not body or any(_font(cell) != font for cell in first):
            return first
        begins = min(cell.lines[0].top for cell in body)
        return tuple(cell for cell in self.cells if cell.lines[0].bottom < begins)

    @property
    def head_differs(self) -> bool:
        """Whether the font of its head is not that of its body."""
        return len({_font(cell) for cell in self.cells}) > 1

    @property
    def font(self) -> str:
        """In what its first cell is set."""
        return _font(self.cells[0])


def _font(cell: Cell) -> str:
    return cell.lines[0].style.font


@keeps_latest
def tables_of(seen: Recognised) -> tuple[PrintedTable, ...]:
    """The tables of all pages that hold words, in reading order."""
    held: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in seen.cells:
        held[cell.page, cell.table].append(cell)
    return tuple(
        PrintedTable(page.number, box, edges_of(page, box), tuple(held[page.number, number]))
        for page in seen.pages
        for number, box in enumerate(table_boxes(page), 1)
        if held[page.number, number]
    )


# -- heads on pages ---------------------------------------------------------------------


def table_head_again(seen: Recognised) -> Iterator[Reading]:
    """Whether a table that goes on from page to page has its head on each."""
    head: tuple[str, ...] = ()
    goes_on = False
    for above, below in pairwise(tables_of(seen)):
        if not _goes_on(seen, above, below):
            head = ()
            continue
        head = head or _words(above.head)
        begins = _words(below.cells)[: len(head)]
        if begins != head and above.head_differs and below.head_differs and _is_new(above, below):
            head = ()
            continue
        goes_on = True
        place = Spot(below.page, below.box)
        if begins == head:
            yield Words(f"第 {below.page} 面重复表头", True, place)
        elif above.head_differs or _is_called_continued(seen, below):
            yield Words(f"第 {below.page} 面没有表头", False, place)
        else:
            yield Hidden("表头与表中字体相同，是续表还是另一个表看不出")
    if not goes_on:
        yield Absent("没有跨页的表格") if seen.cells else _NO_TABLE


def _words(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(joined(cell.lines) for cell in cells)


def _is_new(above: PrintedTable, below: PrintedTable) -> bool:
    """Whether the lower one has a head of its own."""
    return below.font == above.font and below.font != _font(below.cells[-1])


def _goes_on(seen: Recognised, above: PrintedTable, below: PrintedTable) -> bool:
    """Whether one ends a page and the other begins the next, in the same columns."""
    if below.page != above.page + 1 or not _have_same_edges(above, below):
        return False
    beside = {line for part in _BESIDE for line in seen.of(part)}
    between = [
        line
        for line in seen.lines
        if line not in beside
        and (
            (line.page == above.page and line.top > above.box.bottom)
            or (line.page == below.page and line.bottom < below.box.top)
        )
    ]
    return all(_SAYS_IT_GOES_ON.match(line.words) for line in between)


_BESIDE = (Part.PAGE_NUMBER, Part.FOOTNOTES)
_SAYS_IT_GOES_ON = re.compile(r"续表|[（(]?续[）)]?$|单位[：:]")


def _is_called_continued(seen: Recognised, table: PrintedTable) -> bool:
    return any(
        line.page == table.page and line.bottom < table.box.top and line.words.startswith("续表")
        for line in seen.of(Part.TABLE_WORDS)
    )


def _have_same_edges(above: PrintedTable, below: PrintedTable) -> bool:
    """Whether the columns of one are those of the other; merged cells may hide some."""
    fewer, more = sorted((above.edges, below.edges), key=len)
    near = thresholds.UNEVEN.pt
    return (
        abs(above.edges[0] - below.edges[0]) < near
        and abs(above.edges[-1] - below.edges[-1]) < near
        and all(any(abs(edge - there) < near for there in more) for edge in fewer)
    )


# -- what is torn in cells ----------------------------------------------------------------


def head_whole(seen: Recognised) -> Iterator[Reading]:
    """Short headings of columns that take two lines, though another column has room to give."""
    heads = [cell for table in tables_of(seen) for cell in table.head]
    torn = [
        cell
        for cell in heads
        if len(cell.lines) > 1
        and len(joined(cell.lines)) <= thresholds.SHORT_HEAD
        and not _is_upright([line.words for line in cell.lines])
        and not _TO_FILL.search(joined(cell.lines))
    ]
    yield from _torn(seen, torn, "列名")
    if heads and not torn:
        yield Words("没有拆开的列名", True)


def cell_whole(seen: Recognised) -> Iterator[Reading]:
    """Short words and names of which one character stands alone on a line of its cell.

    Lines of more than one may be a name each.
    """
    torn = [
        cell
        for table in tables_of(seen)
        for cell in table.cells
        if cell not in table.head and (_is_torn(cell) or _tears_name(table, cell))
    ]
    yield from _torn(seen, torn, "短语和姓名")
    if seen.cells and not torn:
        yield Words("没有拆开的短语和姓名", True)


def _torn(seen: Recognised, torn: list[Cell], what: str) -> Iterator[Reading]:
    for cell in torn:
        table = next(table for table in tables_of(seen) if cell in table.cells)
        said = "／".join(line.words for line in cell.lines)
        if any(_can_give(seen, head) for head in table.head):
            yield Words(f"“{said}”", False, at(cell.lines[0]))
        else:
            yield Hidden(f"各列都排满了，{what}是否排得下看不出")
    if not seen.cells:
        yield _NO_TABLE


def _is_torn(cell: Cell) -> bool:
    words = [line.words for line in cell.lines]
    return (
        not _is_upright(words)
        and len(words) > 1
        and len("".join(words)) <= thresholds.SHORT_HEAD
        and all(map(is_chinese, "".join(words)))
        and any(len(each) == 1 for each in words)
    )


_TO_FILL = re.compile(f"{BOXES}|[{LINES}]")
"""In forms: an option stands on a line of its own on purpose."""


def _is_upright(words: list[str]) -> bool:
    """Whether characters stand below one another, as in labels of forms that span rows."""
    return len(words) >= thresholds.FEWEST_UPRIGHT and all(len(each) == 1 for each in words)


def _tears_name(table: PrintedTable, cell: Cell) -> bool:
    """Whether a name of a list is torn so that one character of it stands alone."""
    if not any(
        _NAMES.search(joined(head.lines)) and head.left <= cell.left and cell.right <= head.right
        for head in table.head
    ):
        return False
    return any(
        1 in (len(before), len(after)) and len(before + after) <= thresholds.SHORT_HEAD
        for above, below in pairwise(cell.lines)
        for before, after in [(_last_name(above.words), _first_name(below.words))]
        if before and after
    )


_NAMES = re.compile(r"姓名|(负责|责任|联系|经办)人|人员|成员")
_PARTED = re.compile("[、，；,;]")


def _last_name(words: str) -> str:
    return _PARTED.split(words)[-1]


def _first_name(words: str) -> str:
    return _PARTED.split(words)[0]


def _can_give(seen: Recognised, head: Cell) -> bool:
    """Whether a column can do with a character less: one with room, or a wide one of many lines."""
    column = [
        cell
        for cell in _columns(seen)[head.page, head.table, _column(head)]
        if abs(cell.right - head.right) < thresholds.UNEVEN
    ]
    size, width = head.lines[0].size, head.right - head.left
    widest = max(line.width for cell in column for line in cell.lines)
    is_wide = width > size * thresholds.WIDE_COLUMN
    return width - widest > size * 2 or (is_wide and any(len(cell.lines) > 1 for cell in column))


@keeps_latest
def _columns(seen: Recognised) -> dict[tuple[int, int, int], list[Cell]]:
    """Cells by their page, their table and their left edge."""
    columns: dict[tuple[int, int, int], list[Cell]] = defaultdict(list)
    for cell in seen.cells:
        columns[cell.page, cell.table, _column(cell)].append(cell)
    return columns


def _column(cell: Cell) -> int:
    return round(cell.left.mm)


# -- place --------------------------------------------------------------------------------


def table_area(seen: Recognised) -> Iterator[Reading]:
    """Whether tables of upright pages are in the 版心; on even pages it may be turned round."""
    upright = [table for table in tables_of(seen) if not seen.page(table.page).landscape]
    for table in upright:
        box, width = table.box, seen.frame.right - seen.frame.left
        lefts = [seen.frame.left]
        if table.page % 2 == 0:
            lefts.append(seen.page(table.page).width - seen.frame.right)
        beside = min(max(left - box.left, box.right - left - width) for left in lefts)
        over = max(beside, box.bottom - seen.area.bottom)
        is_over = over > thresholds.OUTSIDE
        said = f"超出 {over.mm:.1f} mm" if is_over else "在版心之内"
        yield Words(said, over <= PLACE_TOLERANCE, Spot(table.page, box))
    if not upright:
        yield Absent("没有竖排页上的表格")


MEASURES: tuple[Measure, ...] = (head_whole, cell_whole, table_head_again, table_area)
