"""A table → its cells as a page draws them, each with its spans and all that head it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from publisher.model import (
    Column,
    ColumnRole,
    Grouping,
    Orientation,
    RowGroup,
    SetCell,
    SetRow,
    SetTable,
)
from publisher.setting.columns import column_shares
from publisher.setting.wholes import width
from publisher.standard import PageProfile
from publisher.words import figures

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column that is drawn."""

    index: int
    """Of the cell in its row."""
    column: Column
    percent: float
    """Of the table's width."""

    @property
    def style(self) -> str:
        """Its role as a class name."""
        return self.column.role.name.lower()


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell that is drawn, and by its id what heads it."""

    index: int
    """Of the column in which it begins."""
    cell: SetCell
    rows: int
    columns: int
    """How many of those that are drawn."""
    scope: str = ""
    """Of what it heads: col, row or rowgroup; empty where it heads nothing."""
    id: str = ""
    headers: Ids = ()
    """Its columns' heads from the top, the banner, the groups from the outermost, its rows'."""
    mark_id: str = ""
    """Of the mark of its note."""


DrawnCells = tuple[DrawnCell, ...]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row of the body."""

    row: SetRow
    cells: DrawnCells


@dataclass(frozen=True, slots=True)
class DrawnBody:
    """Rows that share a group and a banner."""

    group: RowGroup
    group_id: str
    """Of the group's name; empty where it has none."""
    is_first: bool
    """Of its group."""
    banner: DrawnRow | None
    rows: tuple[DrawnRow, ...]
    name: DrawnCell | None = None
    """The name of the group where it heads a row of its own, in its first body."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How a table is drawn: which of its columns, and where the headings of its rows stand."""

    columns: tuple[GridColumn, ...]
    row_headings: tuple[int, ...]
    """The columns whose cells head their rows: 行头, else 序号, else the first that is no group."""
    is_headed_by_serial: bool
    group: int | None
    """Index of the column of groups, where it is drawn merged."""
    heading_rows: bool
    """Whether each group has a row of its own for its name."""
    task: int | None
    """Index of the first column of text: the link to the clause stands in it."""
    head: tuple[DrawnCells, ...]
    bodies: tuple[DrawnBody, ...]
    tails: tuple[tuple[int, str], ...]
    """For each column of the table: digits behind the point of its figures, and their % or ‰."""
    longest: tuple[float, ...]
    """For each column of the table: characters of the longest words of a cell of its own."""
    codes: tuple[float, ...]
    """The same of the longest digits and letters in one."""

    @property
    def row_heading(self) -> int:
        """The first of `row_headings`."""
        return self.row_headings[0]

    @property
    def marks(self) -> dict[int, list[str]]:
        """The ids of the marks of each note."""
        rows = chain(
            self.head,
            ((body.name,) for body in self.bodies if body.name),
            (row.cells for body in self.bodies for row in (body.banner, *body.rows) if row),
        )
        marks: dict[int, list[str]] = {}
        for cell in chain.from_iterable(rows):
            if cell.cell.note is not None:
                marks.setdefault(cell.cell.note, []).append(cell.mark_id)
        return marks

    def kept(self) -> int:
        """How many columns at the left name their rows, and stay in sight."""
        groups = (each.index for each in self.columns if each.style == "group")
        naming = {*self.row_headings, *groups}
        return next(
            (at for at, each in enumerate(self.columns) if each.index not in naming),
            len(self.columns),
        )

    def widths_of_kept(self, *, is_phone: bool = False) -> list[float]:
        """How wide those columns are where the table is wider than its frame, in characters.

        All of them at most half of it, on a phone so wide that the first figures are seen beside
        them; but no code in them is parted.
        """
        kept = self.columns[: self.kept()]
        widest = _ON_PHONE if is_phone else _ALONE if len(kept) == 1 else _BESIDE
        widest = min(widest, (_ALL_ON_PHONE if is_phone else _ALL_KEPT) / max(len(kept), 1))
        widest = round(widest, 2)
        return [
            max(
                min(self.codes[each.index], _LONGEST_CODE) + _PADDING,
                min(max(_LEAST, self.longest[each.index] + _PADDING), widest),
            )
            for each in kept
        ]

    def place(self, drawn: DrawnCell) -> int:
        """Where a cell begins among the columns that are drawn."""
        return next(at for at, each in enumerate(self.columns) if each.index == drawn.index)

    def look(self, drawn: DrawnCell) -> str:
        """The classes of a cell that is no figure: what is short is not torn, and centred."""
        column = self.columns[self.place(drawn)]
        if drawn in chain.from_iterable(self.head):
            longest = max(map(width, drawn.cell.items), default=0)
            return next((name for most, name in _HEADS if longest <= most), "fours")
        if column.style in ("number", "serial"):
            return "middle"
        if drawn.scope:
            return ""
        return "whole middle" if self.longest[drawn.index] <= _SHORT else "text"

    def room_after(self, drawn: DrawnCell) -> str | None:
        """What would fill a figure up to the longest of its column; None where it is none.

        In a column of words a figure is a word as those beside it are.
        """
        words = figure(drawn.cell)
        of_figures = self.columns[self.place(drawn)].column.role is ColumnRole.NUMBER
        if words is None or not of_figures or drawn.columns > 1:
            return None
        decimals, rate = self.tails[drawn.index]
        digits = figures.decimals_of(words)
        point = "." if decimals and not digits else ""
        return point + "0" * (decimals - digits) + ("" if words.endswith(_RATES) else rate)


_LEAST, _BESIDE, _ALONE, _ON_PHONE = 4.0, 9.0, 16.0, 6.0
"""Characters of a column that names rows: at least, at most beside others, alone, on a phone."""
_ALL_KEPT, _ALL_ON_PHONE = 22.0, 13.8
"""Characters of all such columns at most: half a frame in a window of 768 pixels; what leaves
room for a figure in one of 320."""
_PADDING = 1.5
_SHORT = 6
_HEADS = ((4, "whole"), (6, "threes"))
"""Of a head so long at most, how many characters a line has at least; of longer ones, four."""
_CODE = re.compile("[!-~]+")
_LONGEST_CODE = 9.5
_RATES = ("%", "％", "‰")


def figure(cell: SetCell) -> str | None:
    """The one figure in a cell, or the sign that there is none; None where it holds words."""
    words = cell.items[0] if len(cell.items) == 1 else ""
    return words if figures.is_figure(words) or figures.is_no_figure(words) else None


def grid_of(
    table: SetTable,
    own: str,
    orientation: Orientation,
    page: PageProfile,
    is_flat: bool = False,
) -> Grid:
    """The grid of a table whose ids begin with `own`; a group column that heading rows replace is
    not drawn.

    A flat one draws every column, and no cell of it is merged. Columns are as wide as on paper.
    """
    shares = column_shares(table, orientation, page)
    grouped = table.group_column is not None and not is_flat
    heading_rows = table.grouping is Grouping.HEADING_ROW and grouped
    drawn = [
        index
        for index in range(len(table.columns))
        if not (heading_rows and index == table.group_column)
    ]
    across = sum(shares[index] for index in drawn)
    headings = row_headings(table)
    drawer = _Drawer(table, own, drawn, headings, heading_rows)
    return Grid(
        columns=tuple(
            GridColumn(index, table.columns[index], round(100 * shares[index] / across, 2))
            for index in drawn
        ),
        row_headings=headings,
        is_headed_by_serial=table.columns[headings[0]].role is ColumnRole.SERIAL,
        group=table.group_column if grouped and not heading_rows else None,
        heading_rows=heading_rows,
        task=next((i for i in drawn if table.columns[i].role is ColumnRole.TEXT), None),
        head=() if is_flat else tuple(drawer.head()),
        bodies=() if is_flat else tuple(drawer.bodies()),
        tails=tuple(_tail(table, index) for index in range(len(table.columns))),
        longest=tuple(_longest(table, index) for index in range(len(table.columns))),
        codes=tuple(_longest(table, index, _CODE) for index in range(len(table.columns))),
    )


def row_headings(table: SetTable) -> tuple[int, ...]:
    """The columns whose cells head their rows."""
    roles = [column.role for column in table.columns]
    declared = tuple(i for i, role in enumerate(roles) if role is ColumnRole.HEADING)
    if declared or ColumnRole.SERIAL in roles:
        return declared or (roles.index(ColumnRole.SERIAL),)
    return (next((i for i, role in enumerate(roles) if role is not ColumnRole.GROUP), 0),)


def _tail(table: SetTable, index: int) -> tuple[int, str]:
    if table.columns[index].role is not ColumnRole.NUMBER:
        return 0, ""
    words = [figure(row.cells[index]) or "" for row in table.rows]
    rates = (each[-1] for each in words if each.endswith(_RATES))
    return max(map(figures.decimals_of, words), default=0), next(rates, "")


_ALL = re.compile(".+", re.DOTALL)


def _longest(table: SetTable, index: int, parts: re.Pattern[str] = _ALL) -> float:
    cells = (row[index] for row in (*table.head, *(row.cells for row in table.rows)))
    own = (cell for cell in cells if cell.columns == 1 and not cell.is_covered)
    words = (part for cell in own for item in cell.items for part in parts.findall(item))
    return max(map(width, words), default=0.0)


BanneredRow = tuple[SetCell | None, SetRow]
"""A row below the cell that is the banner above it."""


def under_banners(table: SetTable) -> Iterator[tuple[RowGroup, tuple[BanneredRow, ...]]]:
    """The rows of each group below their banners; of those only what no row stands below is one."""
    naming = _naming_banners(table)
    banner: SetCell | None = None
    for group in table.groups:
        below: list[BanneredRow] = []
        for row in group.rows:
            if row.is_banner and not row.cells[0].is_covered:
                banner = row.cells[0]
                if row.anchor not in naming:
                    below.append((banner, row))
            elif not row.is_banner:
                below.append((banner, row))
        if below:
            yield group, tuple(below)


def _naming_banners(table: SetTable) -> frozenset[str]:
    """The anchors of the banners that rows stand below."""
    rows = [row for row in table.rows if not (row.is_banner and row.cells[0].is_covered)]
    return frozenset(
        row.anchor for row, after in pairwise(rows) if row.is_banner and not after.is_banner
    )


# -- what heads what --------------------------------------------------------------------


class _Drawer:
    """Draws the cells of a table, and gives those that head others an id."""

    def __init__(
        self,
        table: SetTable,
        own: str,
        columns: Sequence[int],
        headings: Sequence[int],
        heading_rows: bool,
    ) -> None:
        self._table = table
        self._own = own
        self._columns = columns
        self._heading_rows = heading_rows
        self._groups = [i for i in columns if table.columns[i].role is ColumnRole.GROUP]
        self._headings = [index for index in headings if index not in self._groups]
        self._scopes = dict.fromkeys((*self._groups, *self._headings), "row")
        if table.group_column in self._scopes:
            # Only the outermost group is a body of its own, which is what this scope means.
            self._scopes[table.group_column] = "rowgroup"
        self._naming_banners = _naming_banners(table)
        self._marks: dict[int, int] = {}
        self._of_columns: dict[int, Ids] = dict.fromkeys(columns, ())

    def head(self) -> Iterator[DrawnCells]:
        """The rows of the head, from the top; what stands below them knows them from then on."""
        for number, cells in enumerate(self._table.head):
            above = dict(self._of_columns)
            drawn: list[DrawnCell] = []
            for made in self._drawn(cells):
                name = f"{self._own}c{made.index}" + (f"-{number}" if number else "")
                if not made.cell.items:
                    drawn.append(made)
                    continue
                spanned = self._spanned(made)
                headers = _joined(above[index] for index in spanned)
                drawn.append(replace(made, scope="col", id=name, headers=headers))
                for index in spanned:
                    self._of_columns[index] += (name,)
            yield tuple(drawn)

    def bodies(self) -> Iterator[DrawnBody]:
        """The rows below the head, a body a group, and one more for what follows a banner."""
        banner = ""
        for number, group in enumerate(self._table.groups, 1):
            group_id = f"{self._own}g{number}" if group.label else ""
            rows = group.drawn(self._table.grouping) if self._heading_rows else group.rows
            if self._heading_rows and rows and rows[0].is_banner:
                group_id = ""  # the banner is the group's name
            name = self._name(group, group_id)
            above: DrawnRow | None = None
            start, is_first = 0, True
            for index, row in enumerate(rows):
                if row.is_banner:
                    if row.cells[0].is_covered:  # it is as high as two
                        start = index + 1
                        continue
                    if index > start or above:
                        made = self._rows(rows, start, index, number, group_id, banner)
                        yield DrawnBody(group, group_id, is_first, above, made, name)
                        is_first, name = False, None
                    banner = f"{self._own}b{number}-{index + 1}"
                    above, start = self._banner(row, banner), index + 1
            made = self._rows(rows, start, len(rows), number, group_id, banner)
            yield DrawnBody(group, group_id, is_first, above, made, name)

    def _name(self, group: RowGroup, group_id: str) -> DrawnCell | None:
        """The cell of the row that names a group; None where no row does."""
        column = self._table.group_column
        if column is None or not (self._heading_rows and group_id):
            return None
        cell = group.rows[0].cells[column]
        made = DrawnCell(column, cell, 1, len(self._columns), "rowgroup", group_id)
        return self._marked(made)

    def _banner(self, row: SetRow, name: str) -> DrawnRow:
        scope = "rowgroup" if row.anchor in self._naming_banners else ""
        made = DrawnCell(0, row.cells[0], 1, len(self._columns), scope, name)
        return DrawnRow(row, (self._marked(made),))

    def _rows(
        self,
        rows: Sequence[SetRow],
        start: int,
        end: int,
        number: int,
        group_id: str,
        banner: str,
    ) -> tuple[DrawnRow, ...]:
        lines = rows[start:end]
        drawn = [list(self._drawn(row.cells)) for row in lines]
        outer = Ids((banner,)) if banner else ()
        if self._heading_rows and group_id:
            outer += (group_id,)
        named = self._named(drawn, start, number, group_id)
        return tuple(
            DrawnRow(
                row, tuple(self._headed(cell, named[at : at + cell.rows], outer) for cell in line)
            )
            for at, (row, line) in enumerate(zip(lines, drawn, strict=True))
        )

    def _named(
        self, drawn: list[list[DrawnCell]], start: int, number: int, group_id: str
    ) -> list[dict[int, str]]:
        """For each row by column the id of the cell that heads it; those cells get their ids."""
        named = [dict.fromkeys(self._scopes, "") for _ in drawn]
        for line, cells in enumerate(drawn):
            is_named = False
            for at, made in enumerate(cells):
                scope = self._scopes.get(made.index)
                if scope is None:
                    continue
                name = f"{self._own}r{number}-{start + line + 1}"
                if scope == "rowgroup":
                    name = group_id + (f"-{line + 1}" if line else "") if group_id else ""
                elif is_named or made.index in self._groups:
                    name += f"-{made.index}"
                else:
                    is_named = True
                cells[at] = replace(made, scope=scope, id=name)
                heads = bool(made.cell.items) or (
                    self._table.is_list and made.index in self._headings
                )
                for index in self._spanned(made):
                    for below in range(line, line + made.rows):
                        if index in self._scopes and heads:
                            named[below][index] = name
        return named

    def _headed(self, made: DrawnCell, named: Sequence[dict[int, str]], outer: Ids) -> DrawnCell:
        """The cell with the ids of all that head it."""
        of_columns = _joined(self._of_columns[index] for index in self._spanned(made))
        of_rows = _joined(
            tuple(each[index] for index in columns if self._heads(index, made))
            for columns in (self._groups, self._headings)
            for each in named
        )
        headers = tuple(each for each in (*of_columns, *outer, *of_rows) if each != made.id)
        return replace(made, headers=headers)

    def _heads(self, index: int, made: DrawnCell) -> bool:
        """Whether cells of a column head a cell: those of inner columns do not head outer ones."""
        if not made.scope:
            return True
        if (made.index in self._groups) == (index in self._groups):
            return index < made.index
        return index in self._groups

    # -- what is drawn ------------------------------------------------------------------

    def _drawn(self, cells: Sequence[SetCell]) -> Iterator[DrawnCell]:
        for index in self._columns:
            if not self._begins(cells, index):
                continue
            cell = cells[index]
            spanned = range(index, index + cell.columns)
            columns = sum(each in spanned for each in self._columns)
            yield self._marked(DrawnCell(index, cell, cell.rows, columns))

    def _begins(self, cells: Sequence[SetCell], index: int) -> bool:
        """Whether what stands in a column is drawn from there on: the columns of the table left of
        it may be none that are drawn.
        """
        start = index
        while start and cells[start - 1].columns > 1:
            start -= 1
        return not cells[start].is_covered and not any(start <= i < index for i in self._columns)

    def _spanned(self, made: DrawnCell) -> list[int]:
        at = self._columns.index(made.index)
        return list(self._columns[at : at + made.columns])

    def _marked(self, made: DrawnCell) -> DrawnCell:
        note = made.cell.note
        if note is None:
            return made
        self._marks[note] = again = self._marks.get(note, 0) + 1
        name = f"{self._own}-mark-{note}" + (f"-{again}" if again > 1 else "")
        return replace(made, mark_id=name)


def _joined(ids: Iterable[Ids]) -> Ids:
    """All of them in order, each once, without those that are empty."""
    return tuple(dict.fromkeys(filter(None, chain.from_iterable(ids))))
