"""A table of two versions → one table of Word, its rows and cells with tracked changes.

Rows that one version has alone are deleted or inserted whole. There are no cells that reach over
several rows: Word loses them when rows come and go, so each row has the label of its group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING, Any

from publisher.changes import AlignedTable, Op
from publisher.model import Grouping, SetTable
from publisher.renderers import typesetting
from publisher.renderers.changes import redline_lines
from publisher.renderers.changes.tracked import drawn, parted, settle, whole, words_in
from publisher.renderers.docx.elements import Maker, w
from publisher.renderers.layout import TablePage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Pair = redline_lines.Pair


def one_page(table: SetTable) -> tuple[TablePage, ...]:
    """All rows on one page; each is a group of its own, which bears its label."""
    if table.grouping is Grouping.HEADING_ROW:
        return (table.groups,)
    return (tuple(replace(group, rows=(row,)) for group in table.groups for row in group.rows),)


def tracked_table(
    maker: Maker, part: AlignedTable, old: Element | None, new: Element | None
) -> Element:
    """One table of those that each version prints."""
    rows = list(_pairs(part, _side(part, old, is_old=True), _side(part, new, is_old=False)))
    shown = old if new is None else new
    assert shown is not None
    if old is not None and new is not None and not _has_same_columns(part):
        return _laid_over(maker, old, new, rows)
    return _table(maker, shown, rows)


def tracked_rows(maker: Maker, old: Element, new: Element) -> Element:
    """A table that the frame of each version has, such as the mark of several organs."""
    if list(_texts(old)) == list(_texts(new)):
        return new
    rows = redline_lines.pairs(old.findall(w("w:tr")), new.findall(w("w:tr")))
    if _widths(old) == _widths(new) or len(_widths(old)) == len(_widths(new)):
        return _table(maker, new, rows)
    return _laid_over(maker, old, new, rows)


def one_sided(maker: Maker, table: Element, op: Op) -> Element:
    """A table that one version has alone."""
    rows = table.findall(w("w:tr"))
    sides: list[Pair] = [(row, None) if op is Op.DELETED else (None, row) for row in rows]
    return _table(maker, table, sides)


def whole_side(table: Element) -> Op:
    """The side that alone has a table, by the marks of its rows; EQUAL where both have some."""
    marks = {w("w:ins"): Op.INSERTED, w("w:del"): Op.DELETED}
    sides = {
        next((marks[mark.tag] for mark in told if mark.tag in marks), Op.EQUAL)
        for told in table.iter(w("w:trPr"))
    }
    return sides.pop() if len(sides) == 1 else Op.EQUAL


def _texts(table: Element) -> Iterator[str]:
    for cell in table.iter(w("w:tc")):
        yield "\n".join(map(words_in, cell.findall(w("w:p"))))


# -- which rows belong together ---------------------------------------------------------


@dataclass(slots=True)
class _Side:
    """The rows that one version prints, those that name a group before the first of it."""

    header: Element | None
    rows: list[tuple[Element | None, Element]]
    at: int = 0

    @property
    def banner(self) -> Element | None:
        """What names the group that the next row begins; None where it begins none."""
        return self.rows[self.at][0] if self.at < len(self.rows) else None

    def next(self) -> Element:
        """The next row."""
        self.at += 1
        return self.rows[self.at - 1][1]


def _side(part: AlignedTable, table: Element | None, *, is_old: bool) -> _Side:
    side = part.old if is_old else part.new
    if table is None or side is None:
        return _Side(None, [])
    header, *printed = table.findall(w("w:tr"))
    left = iter(printed)
    content = side.content
    has_banners = content.grouping is Grouping.HEADING_ROW
    rows = []
    for group in content.groups:
        banner = next(left) if has_banners and group.label else None
        for number, _ in enumerate(group.rows):
            rows.append((None if number else banner, next(left)))
    return _Side(header, rows)


def _pairs(part: AlignedTable, old: _Side, new: _Side) -> Iterator[Pair]:
    """The rows of both in one order, the header and what names groups among them."""
    yield old.header, new.header
    for row in part.rows:
        yield from _banners(old if row.old else None, new if row.new else None, old, new)
        yield (old.next() if row.old else None, new.next() if row.new else None)


def _banners(here: _Side | None, there: _Side | None, old: _Side, new: _Side) -> Iterator[Pair]:
    """What names the groups that a row of one side or both begins.

    A group whose first row came or went goes on: its name is told once, for both.
    """
    one = old.banner if here else None
    other = new.banner if there else None
    if one is not None and other is None and _is_named(new.banner, one):
        other = new.banner
    elif other is not None and one is None and _is_named(old.banner, other):
        one = old.banner
    for side, banner in ((old, one), (new, other)):
        if banner is not None:
            side.rows[side.at] = (None, side.rows[side.at][1])
    if one is not None or other is not None:
        yield one, other


def _is_named(banner: Element | None, other: Element) -> bool:
    return banner is not None and list(_texts(banner)) == list(_texts(other))


def _has_same_columns(part: AlignedTable) -> bool:
    """Whether each row of both prints the same columns."""
    if not part.has_same_columns or part.old is None or part.new is None:
        return False
    contents = part.old.content, part.new.content
    old, new = (
        [one.columns[index] for index in typesetting.printed_columns(one)] for one in contents
    )
    return old == new and contents[0].grouping is contents[1].grouping


# -- drawing ----------------------------------------------------------------------------


def _table(maker: Maker, shown: Element, rows: Iterable[Pair]) -> Element:
    """A table with the columns of `shown`."""
    widths = _widths(shown)
    made = _without_rows(shown)
    for old, new in rows:
        made.extend(_row(maker, old, new, widths))
    return made


def _row(
    maker: Maker, old: Element | None, new: Element | None, widths: list[int]
) -> list[Element]:
    if new is None or old is None:
        op = Op.INSERTED if old is None else Op.DELETED
        return [_whole_row(maker, row, op, widths) for row in (old, new) if row is not None]
    cells = old.findall(w("w:tc")), new.findall(w("w:tc"))
    if len(cells[0]) != len(cells[1]):
        return [*_row(maker, old, None, widths), *_row(maker, None, new, widths)]
    made = _unmerged(new)
    for before, after in zip(cells[0], made.findall(w("w:tc")), strict=True):
        _merge_cells(maker, before, after)
    return [made]


def _whole_row(maker: Maker, row: Element, op: Op, widths: list[int]) -> Element:
    """A row with its mark, that of all its paragraphs, and of all their words."""
    made = _fitted(_unmerged(row), widths)
    told = made.find(w("w:trPr"))
    assert told is not None
    told.append(maker.element("w:ins" if op is Op.INSERTED else "w:del"))
    for cell in made.findall(w("w:tc")):
        for paragraph in cell.findall(w("w:p")):
            cell.replace(paragraph, drawn(maker, whole(paragraph, op)))
    return made


def _merge_cells(maker: Maker, old: Element, new: Element) -> None:
    """Leave in a cell what stood in the other too."""
    before, after = old.findall(w("w:p")), new.findall(w("w:p"))
    items = [words_in(one) for one in before], [words_in(one) for one in after]
    if items[0] == items[1]:
        return
    lines = [redline_lines.merged(maker, *pair) for pair in _items(items, before, after)]
    for paragraph in after:
        new.remove(paragraph)
    new.extend(drawn(maker, line) for line in parted(settle(lines)))


def _items(
    items: tuple[list[str], list[str]], old: Sequence[Element], new: Sequence[Element]
) -> Iterator[Pair]:
    """The paragraphs of a cell: what is the same on both sides, between it one for one."""
    for _, i, end, j, new_end in SequenceMatcher(None, *items, autojunk=False).get_opcodes():
        yield from zip_longest(old[i:end], new[j:new_end])


def _unmerged(row: Element) -> Element:
    made: Element = deepcopy(row)
    for merge in list(made.iter(w("w:vMerge"))):
        properties = merge.getparent()
        assert properties is not None
        properties.remove(merge)
    return made


def _without_rows(table: Element) -> Element:
    made: Any = table.makeelement(table.tag)
    made.extend(deepcopy(child) for child in table if child.tag != w("w:tr"))
    element: Element = made
    return element


def _widths(table: Element) -> list[int]:
    return [int(column.get(w("w:w")) or 0) for column in table.iter(w("w:gridCol"))]


def _fitted(row: Element, widths: list[int]) -> Element:
    """A row with as wide cells as the columns that they stand in."""
    at = 0
    for cell in row.findall(w("w:tc")):
        span = cell.find(f"{w('w:tcPr')}/{w('w:gridSpan')}")
        count = int(span.get(w("w:val")) or 1) if span is not None else 1
        width = cell.find(f"{w('w:tcPr')}/{w('w:tcW')}")
        assert width is not None
        width.set(w("w:w"), str(sum(widths[at : at + count])))
        at += count
    return row


# -- other columns ----------------------------------------------------------------------


def _laid_over(maker: Maker, old: Element, new: Element, rows: Iterable[Pair]) -> Element:
    """A table whose columns are others now: each row stands as it was, and then as it is.

    The columns of both are laid over one another, and each cell reaches over its own.
    """
    total = sum(_widths(new))
    edges = [_edges(_widths(table), total) for table in (old, new)]
    both = sorted({*edges[0], *edges[1]})
    made = _without_rows(new)
    grid = made.find(w("w:tblGrid"))
    assert grid is not None
    grid[:] = [maker.element("w:gridCol", w=end - begin) for begin, end in pairwise([0, *both])]
    widths = _widths(made)
    for pair in rows:
        for row, op, own in zip(pair, (Op.DELETED, Op.INSERTED), edges, strict=True):
            if row is not None:
                reaching = _reaching(maker, row, own, both)
                made.append(_whole_row(maker, reaching, op, widths))
    return made


def _edges(widths: list[int], total: int) -> list[int]:
    """Where columns end in a table that is so wide."""
    whole_width = sum(widths)
    return [round(edge * total / whole_width) for edge in accumulate(widths)]


def _reaching(maker: Maker, row: Element, own: list[int], both: list[int]) -> Element:
    """A row whose cells reach over the columns of both."""
    made: Element = deepcopy(row)
    at = begin = 0
    for cell in made.findall(w("w:tc")):
        told = cell.find(w("w:tcPr"))
        assert told is not None
        span = told.find(w("w:gridSpan"))
        at += int(span.get(w("w:val")) or 1) if span is not None else 1
        end = both.index(own[at - 1]) + 1
        if span is None:
            span = maker.element("w:gridSpan")
            told.insert(1, span)
        span.set(w("w:val"), str(end - begin))
        begin = end
    return made
