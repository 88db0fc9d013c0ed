"""A table of two versions → one table of Word, its rows and cells with tracked changes.

Rows that one version has alone are deleted or inserted whole. A cell reaches over rows that follow
one another and stay, and is said again beside those that come or go: programs lose what a merged
cell says when its first row goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING, Any

from publisher.changes import AlignedTable, Op
from publisher.renderers.changes import redline_lines
from publisher.renderers.changes.tracked import drawn, parted, settle, whole, words_in
from publisher.renderers.docx.elements import Maker, copied, w
from publisher.renderers.docx.table import TableSetter, printed
from publisher.setting.composition import ComposedCell

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of one side: what its cells print, a line each, and how to draw it.

    Most rows of a long table are the same on both sides, and are drawn once.
    """

    words: tuple[tuple[str, ...], ...]
    draw: Callable[[], Element]
    spans: tuple[int, ...]
    """Over how many columns each cell reaches."""
    continued: tuple[bool, ...] = ()
    """Whether each cell is one with that above it; empty where none is."""

    def is_like(self, row: _Row) -> bool:
        """Whether it has as many cells, as wide."""
        return self.spans == row.spans

    @property
    def going_on(self) -> set[int]:
        """The columns in which a cell begins that is one with that above it."""
        begins = accumulate(self.spans, initial=0)
        return {at for at, goes_on in zip(begins, self.continued, strict=False) if goes_on}


_Pair = tuple[_Row | None, _Row | None]


def tracked_table(
    maker: Maker, part: AlignedTable, old: TableSetter | None, new: TableSetter | None
) -> Element:
    """One table of those that each version prints."""
    rows = _pairs(part, _Side(old), _Side(new))
    shown = old if new is None else new
    assert shown is not None
    empty = shown.table([], len(shown.content.rows))
    if old is not None and new is not None and not _has_same_columns(part, old, new):
        return _laid_over(maker, old.widths, new.widths, empty, rows)
    return _table(maker, empty, rows)


def tracked_rows(maker: Maker, old: Element, new: Element) -> Element:
    """A table that the frame of each version has, such as the mark of several organs."""
    if list(_texts(old)) == list(_texts(new)):
        return new
    pairs = redline_lines.pairs(old.findall(w("w:tr")), new.findall(w("w:tr")))
    rows = [(_made(before), _made(after)) for before, after in pairs]
    if len(_widths(old)) == len(_widths(new)):
        return _table(maker, _without_rows(new), rows)
    return _laid_over(maker, _widths(old), _widths(new), _without_rows(new), rows)


def one_sided(maker: Maker, table: Element, op: Op) -> Element:
    """A table that one version has alone."""
    rows = map(_made, table.findall(w("w:tr")))
    sides: list[_Pair] = [(row, None) if op is Op.DELETED else (None, row) for row in rows]
    return _table(maker, _without_rows(table), sides)


def _made(row: Element | None) -> _Row | None:
    """A row that is drawn already."""
    if row is None:
        return None
    return _Row(tuple(_texts(row)), lambda: _unmerged(row), _spans(row))


def whole_side(table: Element) -> Op:
    """The side that alone has a table, by the marks of its rows; EQUAL where both have some."""
    marks = {w("w:ins"): Op.INSERTED, w("w:del"): Op.DELETED}
    sides = {
        next((marks[mark.tag] for mark in marked if mark.tag in marks), Op.EQUAL)
        for marked in table.iter(w("w:trPr"))
    }
    return sides.pop() if len(sides) == 1 else Op.EQUAL


def _texts(element: Element) -> Iterator[tuple[str, ...]]:
    for cell in element.iter(w("w:tc")):
        yield tuple(map(words_in, cell.findall(w("w:p"))))


# -- which rows belong together ---------------------------------------------------------


class _Side:
    """The rows that one version prints, those that name a group before the first of it."""

    def __init__(self, setter: TableSetter | None) -> None:
        self._setter = setter
        self._rows = list(_rows(setter)) if setter else []
        self._at = 0

    @property
    def heads(self) -> list[_Row]:
        """The rows of the head."""
        if self._setter is None:
            return []
        drawn = self._setter.heads(merged=False)
        return [
            _printed(cells, partial(copied, row))
            for cells, row in zip(self._setter.head_cells, drawn, strict=True)
        ]

    @property
    def banner(self) -> _Row | None:
        """What names the group that the next row begins; None where it begins none."""
        return self._rows[self._at][0] if self._at < len(self._rows) else None

    def tell_banner(self) -> None:
        """The group that the next row begins has been named."""
        self._rows[self._at] = (None, self._rows[self._at][1])

    def next(self) -> _Row:
        """The next row."""
        self._at += 1
        return self._rows[self._at - 1][1]


def _rows(setter: TableSetter) -> Iterator[tuple[_Row | None, _Row]]:
    """Each row, and what names its group before the first of it."""
    for group in setter.content.groups:
        banner = None
        if setter.names_groups_in_rows and group.label:
            name = partial(setter.group_name, group)
            banner = _Row(
                ((group.label + setter.group_mark(group),),), name, (len(setter.columns),)
            )
        drawn = group.drawn(setter.content.grouping)
        for row in group.rows:
            if banner is not None and row not in drawn:
                yield None, banner  # its name is all that there is of the group
                continue
            cells = list(setter.cells(row))
            draw = partial(setter.row, row, merged=False, composed=cells)
            yield banner, _printed(cells, draw)
            banner = None


def _printed(cells: Sequence[ComposedCell], draw: Callable[[], Element]) -> _Row:
    """A row with these cells."""
    return _Row(
        tuple(map(printed, cells)),
        draw,
        tuple(cell.columns for cell in cells),
        tuple(cell.is_covered for cell in cells),
    )


def _pairs(part: AlignedTable, old: _Side, new: _Side) -> Iterator[_Pair]:
    """The rows of both in one order, the header and what names groups among them."""
    yield from _heads(part, old.heads, new.heads)
    for row in part.rows:
        yield from _banners(old if row.old else None, new if row.new else None, old, new)
        yield (old.next() if row.old else None, new.next() if row.new else None)


def _heads(part: AlignedTable, old: list[_Row], new: list[_Row]) -> Iterator[_Pair]:
    """The rows of both heads in one order; of one that has the names of columns, these."""
    if not part.head:
        yield from zip_longest(old, new)
        return
    olds, news = iter(old), iter(new)
    for row in part.head:
        yield next(olds) if row.old else None, next(news) if row.new else None


def _banners(here: _Side | None, there: _Side | None, old: _Side, new: _Side) -> Iterator[_Pair]:
    """What names the groups that a row of one side or both begins.

    A group whose first row came or went goes on: its name is told once, for both.
    """
    before = old.banner if here else None
    after = new.banner if there else None
    if before and not after and new.banner and new.banner.words == before.words:
        after = new.banner
    elif after and not before and old.banner and old.banner.words == after.words:
        before = old.banner
    for side, banner in ((old, before), (new, after)):
        if banner:
            side.tell_banner()
    if before or after:
        yield before, after


def _has_same_columns(part: AlignedTable, old: TableSetter, new: TableSetter) -> bool:
    """Whether each row of both prints the same columns."""
    names = [side.content.group_column for side in (old, new) if side.names_groups_in_rows]
    return (
        all(column.status.op is Op.EQUAL for column in part.columns)
        and len(old.columns) == len(new.columns)
        and old.content.grouping is new.content.grouping
        and len(names) != 1
        and len(set(names)) <= 1
    )


# -- drawing ----------------------------------------------------------------------------


def _table(maker: Maker, table: Element, rows: Iterable[_Pair]) -> Element:
    """A table that has no rows yet, with these."""
    widths = _widths(table)
    for (old, new), merges in _with_merges(list(rows)):
        table.extend(_row(maker, old, new, merges, widths))
    return table


_Merges = Mapping[int, str]
"""Whether the cell that begins in a column begins or continues one of several rows."""


def _with_merges(pairs: Sequence[_Pair]) -> Iterator[tuple[_Pair, _Merges]]:
    """Each row with what is merged in it: what is one on each side that has it.

    Rows that come or go are merged with others only where all of the table does so.
    """
    sides = [_side(pair) for pair in pairs]
    merging = {Op.EQUAL} if len({*sides}) > 1 else {*sides}
    going_on: list[set[int]] = [
        set.intersection(*(row.going_on for row in pair if row))
        if before is side in merging
        else set()
        for pair, before, side in zip(pairs, [None, *sides], sides, strict=False)
    ]
    for pair, here, below in zip(pairs, going_on, [*going_on[1:], set()], strict=True):
        yield pair, dict.fromkeys(below, "restart") | dict.fromkeys(here, "continue")


def _side(pair: _Pair) -> Op | None:
    """The side that has a row; EQUAL for one row of both, None for two rows."""
    old, new = pair
    if old and new:
        return Op.EQUAL if old.is_like(new) else None
    return Op.INSERTED if new else Op.DELETED


def _row(
    maker: Maker, old: _Row | None, new: _Row | None, merges: _Merges, widths: list[int]
) -> Iterator[Element]:
    if old and new and old.is_like(new):
        made = _merged(maker, new.draw(), merges)
        if old.words != new.words:
            before = _merged(maker, old.draw(), merges)
            for cells in zip(before.findall(w("w:tc")), made.findall(w("w:tc")), strict=True):
                _merge_cells(maker, *cells)
        yield made
    else:
        for row, op in ((old, Op.DELETED), (new, Op.INSERTED)):
            if row:
                yield _whole_row(maker, _merged(maker, row.draw(), merges), op, widths)


def _merged(maker: Maker, row: Element, merges: _Merges) -> Element:
    """A row with cells that are one with those below or above; the latter say nothing."""
    begins = accumulate(_spans(row), initial=0)
    for at, cell in zip(begins, row.findall(w("w:tc")), strict=False):
        if merge := merges.get(at):
            align = cell.find(f"{w('w:tcPr')}/{w('w:vAlign')}")
            assert align is not None
            align.addprevious(maker.value("w:vMerge", merge))
        if merge == "continue":
            first, *more = cell.findall(w("w:p"))
            first[:] = first.findall(w("w:pPr"))
            for paragraph in more:
                cell.remove(paragraph)
    return row


def _whole_row(maker: Maker, row: Element, op: Op, widths: list[int]) -> Element:
    """A row with its mark, that of all its paragraphs, and of all their words."""
    made = _fitted(row, widths)
    properties = made.find(w("w:trPr"))
    assert properties is not None
    properties.append(maker.element("w:ins" if op is Op.INSERTED else "w:del"))
    for cell in made.findall(w("w:tc")):
        for paragraph in cell.findall(w("w:p")):
            cell.replace(paragraph, drawn(maker, whole(paragraph, op)))
    return made


def _merge_cells(maker: Maker, old: Element, new: Element) -> None:
    """Leave in a cell what stood in the other too."""
    before, after = old.findall(w("w:p")), new.findall(w("w:p"))
    items = (
        [words_in(paragraph) for paragraph in before],
        [words_in(paragraph) for paragraph in after],
    )
    if items[0] == items[1]:
        return
    lines = [redline_lines.merged(maker, *pair) for pair in _items(items, before, after)]
    for paragraph in after:
        new.remove(paragraph)
    new.extend(drawn(maker, line) for line in parted(settle(lines)))


def _items(
    items: tuple[list[str], list[str]], old: Sequence[Element], new: Sequence[Element]
) -> Iterator[redline_lines.Pair]:
    """The paragraphs of a cell: what is the same on both sides, between it one for one."""
    for _, i, end, j, new_end in SequenceMatcher(None, *items, autojunk=False).get_opcodes():
        yield from zip_longest(old[i:end], new[j:new_end])


def _unmerged(row: Element) -> Element:
    for merge in list(row.iter(w("w:vMerge"))):
        properties = merge.getparent()
        assert properties is not None
        properties.remove(merge)
    return row


def _span(cell: Element) -> int:
    """Over how many columns a cell reaches."""
    span = cell.find(f"{w('w:tcPr')}/{w('w:gridSpan')}")
    return int(span.get(w("w:val")) or 1) if span is not None else 1


def _spans(row: Element) -> tuple[int, ...]:
    return tuple(map(_span, row.findall(w("w:tc"))))


def _without_rows(table: Element) -> Element:
    made: Any = table.makeelement(table.tag)
    made.extend(copied(child) for child in table if child.tag != w("w:tr"))
    element: Element = made
    return element


def _widths(table: Element) -> list[int]:
    return [int(column.get(w("w:w")) or 0) for column in table.iter(w("w:gridCol"))]


def _fitted(row: Element, widths: list[int]) -> Element:
    """A row with as wide cells as the columns that they stand in."""
    at = 0
    for cell in row.findall(w("w:tc")):
        count = _span(cell)
        width = cell.find(f"{w('w:tcPr')}/{w('w:tcW')}")
        assert width is not None
        width.set(w("w:w"), str(sum(widths[at : at + count])))
        at += count
    return row


# -- other columns ----------------------------------------------------------------------


def _laid_over(
    maker: Maker, old: list[int], new: list[int], table: Element, rows: Iterable[_Pair]
) -> Element:
    """A table whose columns are others now: each row stands as it was, and then as it is.

    The columns of both are laid over one another, and each cell reaches over its own.
    """
    edges = [_edges(widths, sum(new)) for widths in (old, new)]
    both = sorted({*edges[0], *edges[1]})
    grid = table.find(w("w:tblGrid"))
    assert grid is not None
    grid[:] = [maker.element("w:gridCol", w=end - begin) for begin, end in pairwise([0, *both])]
    widths = _widths(table)
    for pair in rows:
        for row, op, own in zip(pair, (Op.DELETED, Op.INSERTED), edges, strict=True):
            if row:
                reaching = _reaching(maker, row.draw(), own, both)
                table.append(_whole_row(maker, reaching, op, widths))
    return table


def _edges(widths: list[int], total: int) -> list[int]:
    """Where columns end in a table that is so wide."""
    whole_width = sum(widths)
    return [round(edge * total / whole_width) for edge in accumulate(widths)]


def _reaching(maker: Maker, row: Element, own: list[int], both: list[int]) -> Element:
    """A row whose cells reach over the columns of both."""
    at = begin = 0
    for cell in row.findall(w("w:tc")):
        properties = cell.find(w("w:tcPr"))
        assert properties is not None
        span = properties.find(w("w:gridSpan"))
        at += int(span.get(w("w:val")) or 1) if span is not None else 1
        end = both.index(own[at - 1]) + 1
        if span is None:
            span = maker.element("w:gridSpan")
            properties.insert(1, span)
        span.set(w("w:val"), str(end - begin))
        begin = end
    return row
