"""A table → its columns, the lines of its cells, and the rows that fit each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from publisher import standard
from publisher.model import (
    ColumnRole,
    Grouping,
    Orientation,
    RowGroup,
    SetRow,
    SetTable,
)
from publisher.setting.columns import column_shares, printed_columns
from publisher.setting.composition import Cell, ComposedColumn, ComposedTable, TablePage
from publisher.setting.lines import Piece, Setting, lines
from publisher.setting.pages import fits, room_on_page
from publisher.standard import FANG, NOTHING, Length, PageProfile, Size


def undivided(table: SetTable, orientation: Orientation, page: PageProfile) -> ComposedTable:
    """A table with the widths of its columns alone, for who divides it himself."""
    return ComposedTable(table, _columns(table, orientation, page))


def composed_table(
    table: SetTable, orientation: Orientation, page: PageProfile, head: Length
) -> ComposedTable:
    """A table on its pages, below a head on the first of them."""
    composed = undivided(table, orientation, page)
    cells = _Cells(composed)
    heights = _heights(cells, orientation, page, head)
    pages = tuple(_pages(table, heights))
    filled = tuple(heights.page(rows, first=number == 0) for number, rows in enumerate(pages))
    return replace(composed, pages=pages, cells=cells.lines, filled=filled)


def _columns(
    table: SetTable, orientation: Orientation, page: PageProfile
) -> tuple[ComposedColumn, ...]:
    across = standard.text_width(page, landscape=orientation is Orientation.LANDSCAPE)
    shares, printed = column_shares(table, orientation, page), printed_columns(table)
    of_all = sum(shares[index] for index in printed)
    return tuple(
        ComposedColumn(
            table.columns[index],
            index,
            across * (shares[index] / of_all),
            is_spread=_is_spread(table, index),
        )
        for index in printed
    )


def _is_spread(table: SetTable, index: int) -> bool:
    """Whether it is a column of people where a name has three characters."""
    is_of_people = table.columns[index].role is ColumnRole.PEOPLE
    return is_of_people and any(
        len(name) == 3 for row in table.rows for name in row.cells[index].items
    )


# -- heights ------------------------------------------------------------------------------


class _Cells:
    """The lines of cells, those that say the same in one column broken once."""

    def __init__(self, composed: ComposedTable) -> None:
        self.table, self.columns = composed.table, composed.columns
        self.lines: dict[tuple[int, tuple[str, ...]], Cell] = {}
        self._settings = {column.index: _setting(column.width) for column in composed.columns}

    def height(self, index: int, items: tuple[str, ...]) -> Length:
        """How high a row is at least with these items in a column."""
        if (index, items) not in self.lines:
            setting = self._settings[index]
            self.lines[index, items] = tuple(lines((Piece(item, FANG),), setting) for item in items)
        return standard.row_height(max(sum(map(len, self.lines[index, items])), 1))


def _setting(width: Length) -> Setting:
    """How text is set in a cell that is so wide with its borders."""
    across = width - standard.TABLE_SIDE_PADDING * 2 - standard.TABLE_RULE
    return Setting(Size.SMALL_4.length, NOTHING, across, filled=False, hangs=False)


@dataclass(frozen=True, slots=True)
class _Heights:
    """How high the parts of a table are."""

    room: Length
    """On a page."""
    head: Length
    """What stands above the table on its first page."""
    header: Length
    grouping: Grouping
    rows: dict[str, Length]
    """By the anchors of rows."""
    banner: Length
    """The row that names a group; nothing where groups are merged cells."""
    labels: dict[str, Length]
    """The cells that name groups, by label; none where groups have rows of their own."""

    def page(self, groups: Iterable[RowGroup], *, first: bool) -> Length:
        """How high a page is filled with these rows."""
        used = self.header + self.head if first else self.header
        for group in groups:
            used = used + self.group(group)
        return used

    def group(self, group: RowGroup) -> Length:
        """How high the rows of a group are, with what names it."""
        drawn = group.drawn(self.grouping)
        rows = sum((self.rows[row.anchor] for row in drawn), start=NOTHING)
        label = self.labels.get(group.label, NOTHING)
        return max(rows, label) + (self.banner if group.label else NOTHING)


def _heights(cells: _Cells, orientation: Orientation, page: PageProfile, head: Length) -> _Heights:
    table, has_banners = cells.table, cells.table.grouping is Grouping.HEADING_ROW
    group = table.group_column
    header = max(cells.height(column.index, (column.column.name,)) for column in cells.columns)
    beside = [column for column in cells.columns if column.index != group]
    is_landscape = orientation is Orientation.LANDSCAPE
    room = standard.TYPE_AREA_WIDTH if is_landscape else room_on_page(page)
    return _Heights(
        # What Word wants after a table, and the rules around it, take some room too.
        room=room - standard.SPACER_LINE * 2,
        head=head,
        header=header,
        grouping=table.grouping,
        rows={
            row.anchor: max(cells.height(column.index, column.items_of(row)) for column in beside)
            for row in table.rows
        },
        banner=standard.row_height(1) if has_banners else NOTHING,
        labels={each.label: cells.height(group, (each.label,)) for each in table.groups}
        if group is not None and not has_banners
        else {},
    )


# -- pages --------------------------------------------------------------------------------


def _pages(table: SetTable, heights: _Heights) -> Iterator[TablePage]:
    """The rows that fit each page, whole ones; a group that goes on begins again with its label."""
    taken: list[tuple[RowGroup, SetRow]] = []
    first = True
    for pair in ((group, row) for group in table.groups for row in group.rows):
        candidate = [*taken, pair]
        if taken and not fits(heights.page(_grouped(candidate), first=first), heights.room):
            yield _grouped(taken)
            taken, first = [pair], False
        else:
            taken = candidate
    yield _grouped(taken)


def _grouped(rows: Iterable[tuple[RowGroup, SetRow]]) -> TablePage:
    runs = (list(run) for _, run in groupby(rows, lambda pair: pair[0].anchor))
    return tuple(replace(run[0][0], rows=tuple(row for _, row in run)) for run in runs)
