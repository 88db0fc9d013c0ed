"""The rows of a table and the room for them → those on each page, and how high each is filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from publisher import standard
from publisher.model import Orientation, RowGroup, SetRow, SetTable
from publisher.setting.composition import Cell, CellKey, ComposedCell, ComposedTable, TablePage
from publisher.setting.lines import Line, Shift
from publisher.setting.pages import Slab, fits, room_on_page
from publisher.setting.tables import add_lines, rest_lines, undivided, with_lines
from publisher.spans import on_page
from publisher.standard import NOTHING, Length, PageProfile

GOES_ON = "（续）"
"""What stands before the words that go on in a part of a row that is higher than a page."""
_AROUND = standard.SPACER_LINE * 2
"""What Word wants after a table, and the rules around it, take."""
_FEWEST_LINES = 5
"""Of the part of a row: more than the mark takes where a column is one character wide."""


def divided(
    composed: ComposedTable, left: Length, room: Length, below: Length = NOTHING
) -> ComposedTable:
    """A table whose cells have lines on its pages: of their `room` the first has `left`, and on the
    last there is some `below` it.

    Rows stand whole, the first below title and head, the last above 注 and what is below the table.
    Only a row that alone is higher than a page is divided. Where the first does not fit what is
    left, the table begins the next page: then the first of `filled` is nothing.
    """
    return _Division(composed, left, room, below).divided()


def attached_table(
    table: SetTable, orientation: Orientation, page: PageProfile, head: Length
) -> ComposedTable:
    """A table that is an attachment on its pages, below a head on the first of them."""
    composed = with_lines(undivided(table, orientation, page))
    room = _room(orientation, page)
    made = divided(with_heights(composed, room, head), room - head, room)
    first, *further = made.filled
    return replace(made, filled=(first + head, *further))


def text_table(table: SetTable, orientation: Orientation, page: PageProfile) -> ComposedTable:
    """A table in a text, with the lines of its cells; not yet on its pages."""
    composed = with_lines(undivided(table, orientation, page))
    return with_heights(composed, _room(orientation, page))


def _room(orientation: Orientation, page: PageProfile) -> Length:
    is_landscape = orientation is Orientation.LANDSCAPE
    return standard.TYPE_AREA_WIDTH if is_landscape else room_on_page(page)


def table_slab(composed: ComposedTable) -> Slab:
    """A table in a text: what of it stands together at least, and how it fills pages."""

    def heights(left: Length, room: Length, below: Length) -> tuple[Length, ...]:
        return divided(composed, left, room, below).filled

    least = _Division(composed, NOTHING, NOTHING, NOTHING).least_height() + _AROUND
    return Slab(0, height=least, is_whole=True, anchor=composed.table.anchor, divide=heights)


# -- heights ------------------------------------------------------------------------------


def _above(composed: ComposedTable) -> Length:
    """What stands above the head of a table, and the gap between it and a text."""
    words = [words for words in (composed.title, composed.unit) if words is not None]
    count = sum(len(each.lines) for each in words)
    gap = standard.TABLE_ABOVE if composed.table.anchor else NOTHING
    return gap + standard.TABLE_WORDS_LINE * count


def _below(composed: ComposedTable) -> Length:
    """注, and what is between them and the text below."""
    count = sum(len(note.lines) for note in composed.notes)
    gap = standard.TABLE_BELOW if composed.table.anchor else NOTHING
    return standard.TABLE_WORDS_LINE * count + gap


def _above_again(composed: ComposedTable) -> Length:
    """The same on a further page."""
    words = composed.words_again
    return standard.TABLE_WORDS_LINE * sum(len(each.lines) for each in words)


def _head_height(composed: ComposedTable) -> Length:
    """The rows of the head, which stand on each page."""
    bottom, reaches = NOTHING, dict[int, Length]()
    for row in composed.head:
        bottom, reaches = _row_below(bottom, reaches, row, standard.row_height(1))
    return bottom


# -- rows that are to be so high --------------------------------------------------------

_STEPS = 8
"""In so many steps rows of a form are lowered that nobody asked to be high."""


def with_heights(composed: ComposedTable, room: Length, head: Length = NOTHING) -> ComposedTable:
    """The same with rows no higher than a page has room for; a form on one page where it can be.

    Its rows then are as high as they will be, but for those that are parted. Those whose height
    nobody asked for are lowered for it, as far as their words allow. `head` is taken by what stands
    above it.
    """
    most = room - _AROUND - _above(composed) - _head_height(composed)
    bounded = {row: min(high, most) for row, high in composed.heights.items()}
    composed = replace(composed, heights=bounded)
    if not composed.table.is_form:
        return composed
    can_fit = fits(standard.row_height(1) * len(composed.table.rows), room)
    for step in range(_STEPS + 1) if can_fit else ():
        lowered = _as_high_as_needed(replace(composed, heights=_lowered(composed, step / _STEPS)))
        if fits(_whole_height(lowered) + _AROUND + head, room):
            return replace(lowered, is_whole=True)
    needed = _as_high_as_needed(composed).heights
    whole = {row: high for row, high in needed.items() if fits(high, most)}
    return replace(composed, heights={**bounded, **whole})


def _lowered(composed: ComposedTable, part: float) -> dict[str, Length]:
    """The heights of rows, those that nobody asked for lowered towards that of one line."""
    asked = composed.table.heights or (None,) * len(composed.heights)
    spare = (standard.FORM_ROW - standard.row_height(1)) * part
    return {
        row: high - spare if own is None else high
        for own, (row, high) in zip(asked, composed.heights.items(), strict=True)
    }


def _as_high_as_needed(composed: ComposedTable) -> ComposedTable:
    """The same with its rows as high as their words make them.

    What a merged cell needs more than its rows have is spread over them.
    """
    rows = composed.table.rows
    heights = [composed.height_of(row) for row in rows]
    merged: list[tuple[int, int, Length]] = []
    for index, row in enumerate(rows):
        for cell in composed.cells_of(row):
            if cell.rows == 1 and not cell.is_covered:
                heights[index] = max(heights[index], cell.words_height)
            elif not cell.is_covered:
                merged.append((cell.rows, index, cell.words_height))
    for count, first, needed in sorted(merged, key=lambda cell: cell[:2]):
        spanned = range(first, first + count)
        lacks = needed - sum((heights[index] for index in spanned), start=NOTHING)
        for index in spanned if lacks > NOTHING else ():
            heights[index] = heights[index] + lacks * (1 / count)
    anchors = (row.anchor for row in rows)
    return replace(composed, heights=dict(zip(anchors, heights, strict=True)))


def _whole_height(composed: ComposedTable) -> Length:
    """How high a form is with what stands above and below it."""
    rows = sum(composed.heights.values(), start=standard.TABLE_RULE)
    return _above(composed) + rows + _below(composed)


# -- filling a page -----------------------------------------------------------------------


_Reaches = dict[int, Length]
"""By column, down to where the words of a merged cell reach that goes on below."""


def _row_below(
    used: Length, reaches: _Reaches, cells: Iterable[ComposedCell], least: Length
) -> tuple[Length, _Reaches]:
    """Down to where a page is filled with a row more, and what of its cells goes on.

    A row is so high at least. What is too high of a merged cell makes the last of its rows higher.
    """
    bottom, still, highest = used + least, {}, 0
    for cell in cells:
        index = cell.column.index
        goes_on = cell.is_covered and index in reaches
        if cell.rows > 1:
            still[index] = reaches[index] if goes_on else used + cell.words_height
        elif goes_on:
            bottom = max(bottom, reaches[index])
        else:
            highest = max(highest, cell.count)
    if highest:
        bottom = max(bottom, used + standard.row_height(highest))
    return bottom, still


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row on a page."""

    group: RowGroup
    row: SetRow
    used: Length
    """Down to where the page is filled with it, merged cells that go on left out of account."""
    reaches: _Reaches

    @property
    def bottom(self) -> Length:
        """Down to where it is filled if no further row stands on it."""
        return max((self.used, *self.reaches.values()))


@dataclass(slots=True)
class _Filling:
    """A page as rows are added to it."""

    top: Length
    """Of its first row."""
    rows: list[_Placed] = field(default_factory=list)

    @property
    def bottom(self) -> Length:
        """Down to where it is filled."""
        return self.rows[-1].bottom if self.rows else self.top


class _Division:
    """Divides one table, whose cells have lines."""

    def __init__(self, composed: ComposedTable, left: Length, room: Length, below: Length) -> None:
        self._composed = composed
        self._left, self._room = left - _AROUND, room - _AROUND
        self._below = below
        self._lines: dict[CellKey, Cell] = composed.lines
        self._head = _head_height(composed)
        self._pages: list[_Filling] = []
        self._filling = _Filling(_above(composed) + self._head)
        self._going_on: dict[int, tuple[str, ...]] = {}
        """By column, what is left to say of a merged cell of which parts stand on other pages."""

    def divided(self) -> ComposedTable:
        if self._composed.is_whole and not self._has_room_for_all():
            self._begin_next()
        for group, row in _rows(self._composed):
            self._place(group, self._with_what_goes_on(row))
        self._keep_notes()
        self._keep_company()
        pages = [*self._pages, self._filling]
        tables = [page for page in pages if page.rows] or pages
        heights = [page.bottom + standard.TABLE_RULE for page in tables]
        begins_next = [NOTHING] if len(tables) < len(pages) else []
        return replace(
            self._composed,
            pages=tuple(_grouped(page.rows) for page in tables),
            lines=self._lines,
            filled=(*begins_next, *self._with_notes(heights)),
        )

    def _has_room_for_all(self) -> bool:
        return fits(self.least_height() + self._below, self._left)

    def least_height(self) -> Length:
        """How high what of the table stands together is: down to its first row, or all of it."""
        if self._composed.is_whole:
            return _whole_height(self._composed)
        first = next(_rows(self._composed), None)
        return self.added(self._filling, *first).bottom if first else self._filling.bottom

    def added(self, page: _Filling, group: RowGroup, row: SetRow) -> _Placed:
        """A row with what names its group, as it would stand on a page."""
        last = page.rows[-1] if page.rows else None
        used, reaches = (last.used, last.reaches) if last else (page.top, {})
        if last is None or last.group.anchor != group.anchor:  # beyond a group no cell goes on
            reaches = {}
            if self._composed.names_groups_in_rows and group.label:
                used = used + standard.row_height(1)
        if not (row.is_blank and self._composed.names_groups_in_rows):
            least = self._composed.height_of(row)
            used, reaches = _row_below(used, reaches, self._composed.cells_of(row), least)
        return _Placed(group, row, used, reaches)

    # -- row by row -----------------------------------------------------------------------

    def _place(self, group: RowGroup, row: SetRow) -> None:
        """Add a row to the page, or begin the next; of what is higher than a page, parts."""
        placed = self.added(self._filling, group, row)
        while not self._fits(placed):
            lines = self._lines_left(group)
            if lines >= _FEWEST_LINES and self._is_too_high(group, row):
                part, row = self._parted(row, lines)
                self._add(group, part)
                self._begin_next()
            elif not self._begin_next():
                break  # no part of it fits any page
            placed = self.added(self._filling, group, row)
        self._filling.rows.append(placed)

    def _is_too_high(self, group: RowGroup, row: SetRow) -> bool:
        """Whether a row alone is higher than a further page."""
        page = _Filling(_above_again(self._composed) + self._head)
        return not fits(self.added(page, group, row).bottom, self._room)

    def _fits(self, placed: _Placed, below: Length = NOTHING) -> bool:
        room = self._room if self._pages else self._left
        return fits(placed.bottom + below, room)

    def _add(self, group: RowGroup, row: SetRow) -> None:
        self._filling.rows.append(self.added(self._filling, group, row))

    def _begin_next(self) -> bool:
        """Begin a page, taking along what names the row below it; not where this is one that has
        no rows yet and all its room.
        """
        begun = self._filling
        if not begun.rows:
            is_low = not self._pages and self._left < self._room
            self._pages += [_Filling(NOTHING)] if is_low else []
            return is_low
        carried: list[_Placed] = []
        while len(begun.rows) > 1 and self._composed.names_rows(begun.rows[-1].row):
            carried.insert(0, begun.rows.pop())
        self._pages.append(begun)
        self._filling = _Filling(_above_again(self._composed) + self._head)
        for placed in carried:
            self._add(placed.group, placed.row)
        return True

    def _keep_notes(self) -> None:
        """Begin a page with the last row where what stands below it does not fit otherwise."""
        last, below = self._filling, self._notes_height() + self._below
        is_alone = self._composed.is_whole or len(last.rows) < _FEWEST_TO_MOVE
        if is_alone or self._fits(last.rows[-1], below):
            return
        rows = list(last.rows)
        moved = last.rows.pop()
        self._begin_next()
        self._add(moved.group, moved.row)
        if not self._fits(self._filling.rows[-1], below):
            last.rows = rows
            self._filling = self._pages.pop()

    def _keep_company(self) -> None:
        """Have a last row that would stand alone on its page take along the one above it.

        Not where that is a part of a row, names those below it, or leaves few rows behind.
        """
        last, above = self._filling, self._pages[-1] if self._pages else None
        if above is None or len(last.rows) != 1 or len(above.rows) < _FEWEST_TO_GIVE:
            return
        (alone,), given = last.rows, above.rows[-1]
        if alone.row.anchor == given.row.anchor or self._composed.names_rows(above.rows[-2].row):
            return
        pair = _Filling(last.top)
        for placed in (given, alone):
            pair.rows.append(self.added(pair, placed.group, placed.row))
        if self._fits(pair.rows[-1], self._notes_height() + self._below):
            above.rows.pop()
            self._filling = pair

    def _notes_height(self) -> Length:
        return _below(self._composed)

    def _with_notes(self, heights: list[Length]) -> list[Length]:
        """How high pages are filled with 注, whose lines go on where they do not fit."""
        count = sum(len(note.lines) for note in self._composed.notes)
        for _ in range(count):
            if not fits(heights[-1] + standard.TABLE_WORDS_LINE, self._room):
                heights.append(NOTHING)
            heights[-1] = heights[-1] + standard.TABLE_WORDS_LINE
        heights[-1] = heights[-1] + self._notes_height() - standard.TABLE_WORDS_LINE * count
        return heights

    # -- rows that are higher than a page -------------------------------------------------

    def _lines_left(self, group: RowGroup) -> int:
        """How many lines a row may have that is added to the page."""
        blank = self.added(self._filling, group, SetRow("", ()))
        room = self._room if self._pages else self._left
        left = room - (blank.used - standard.row_height(1)) - standard.row_height(0)
        return int(left / standard.TABLE_LINE)

    def _parted(self, row: SetRow, room: int) -> tuple[SetRow, SetRow]:
        """The part of a row that has so many lines, and the rest.

        What names the row stands in both: what is left of the words that are parted, and what is
        whole of a cell of several rows.
        """
        parts_begun = False
        first, rest = list(row.cells), list(row.cells)
        for cell in self._composed.cells_of(row):
            now, later, is_parted = _parted_items(cell, room, names_row=not parts_begun)
            parts_begun = parts_begun or is_parted
            now = self._marked(cell, now) if cell.goes_on else now
            later = self._marked(cell, later) if is_parted else later
            for place in range(cell.column.index, cell.column.index + cell.cell.columns):
                first[place] = replace(row.cells[place], items=now)
                rest[place] = replace(row.cells[place], items=later)
                if cell.rows > 1 and is_parted:
                    self._going_on[place] = later
        parts = replace(row, cells=tuple(first)), replace(row, cells=tuple(rest))
        for part in parts:
            add_lines(self._composed, part, self._lines)
        return parts

    def _marked(self, cell: ComposedCell, rest: tuple[str, ...]) -> tuple[str, ...]:
        """What goes on in a cell, with the mark of that, in lines."""
        marked = (GOES_ON + rest[0], *rest[1:])
        key = CellKey(cell.column.index, cell.columns, marked, cell.cell.note)
        self._lines[key] = rest_lines(cell, GOES_ON, rest)
        return marked

    def _with_what_goes_on(self, row: SetRow) -> SetRow:
        """A row below one that was parted, with what is left to say of its merged cells."""
        for place in [place for place in self._going_on if not row.cells[place].is_covered]:
            del self._going_on[place]
        if not self._going_on:
            return row
        cells = list(row.cells)
        for place, items in self._going_on.items():
            cells[place] = replace(cells[place], items=items)
        made = replace(row, cells=tuple(cells))
        add_lines(self._composed, made, self._lines)
        return made


_FEWEST_TO_GIVE = 3
"""Rows on a page that can spare one for the page of a last row."""
_FEWEST_TO_MOVE = 2
"""Rows on a page of which the last may go to the next."""


def _parted_items(
    cell: ComposedCell, room: int, *, names_row: bool
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What of a cell stands on so many lines, and the rest; whether its words are parted."""
    shown = [(index, _words(line)) for index, item in enumerate(cell.lines) for line in item]
    if len(shown) > room:
        return _items(shown[:room]), _items(shown[room:]), True
    is_repeated = names_row or cell.rows > 1 or cell.is_covered
    return cell.items, cell.items if is_repeated else (), False


def _items(lines: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The lines of each item as one."""
    runs = groupby(lines, lambda line: line[0])
    return tuple("".join(words for _, words in run) for _, run in runs)


def _words(line: Line) -> str:
    """A line without the mark of a note, and without that of what goes on."""
    pieces = (piece for piece in line.pieces if piece.shift is Shift.ON_LINE)
    return "".join(piece.text for piece in pieces if not piece.is_label)


# -- pages --------------------------------------------------------------------------------


def _rows(composed: ComposedTable) -> Iterator[tuple[RowGroup, SetRow]]:
    return ((group, row) for group in composed.table.groups for row in group.rows)


def _grouped(rows: Iterable[_Placed]) -> TablePage:
    """The rows of a page by their groups, merged cells as far as they stand on it."""
    runs = (list(run) for _, run in groupby(rows, lambda placed: placed.group.anchor))
    return tuple(
        replace(run[0].group, rows=on_page(tuple(placed.row for placed in run))) for run in runs
    )
