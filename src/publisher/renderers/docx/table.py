"""A table as it is composed → one table of Word, with what stands above and below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.model import Column, ColumnRole, RowGroup, SetRow, one_line
from publisher.renderers.docx.elements import Maker, copied, w
from publisher.renderers.docx.form_controls import FormControls
from publisher.setting.composition import (
    CellAlignment,
    ComposedCell,
    ComposedTable,
    ComposedTableNote,
    TablePage,
    VerticalAlignment,
)
from publisher.setting.labels import parts_at_room
from publisher.setting.lines import Line, Shift
from publisher.setting.wholes import is_codes, width
from publisher.standard import NOTHING, Length, Size
from publisher.styles import Style
from publisher.words.figures import is_figure

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMING = (ColumnRole.GROUP, ColumnRole.HEADING, ColumnRole.SERIAL)
"""Columns whose cells say what rows are."""
_OWN_WORDS = (ColumnRole.TEXT, ColumnRole.NUMBER, ColumnRole.HEADING, ColumnRole.SERIAL)
"""Columns of whose cells hardly any two are alike."""
_SLACK = 0.3
"""By how much of a character the words of a line may be wider in another program."""
_GAP_SLACK = standard.SPACER_LINE
"""How much less than its row leaves stands between words and what signs below them."""
_VERTICAL = {
    VerticalAlignment.TOP: "top",
    VerticalAlignment.MIDDLE: "center",
    VerticalAlignment.BOTTOM: "bottom",
}
_STYLES = {
    CellAlignment.CENTRED: Style.TABLE_CENTRED,
    CellAlignment.LEFT: Style.TABLE_TEXT,
    CellAlignment.FIGURE: Style.TABLE_FIGURE,
}


def table_elements(maker: Maker, composed: ComposedTable, across: Length) -> Iterator[Element]:
    """A table between the paragraphs above and below it; the last is always a paragraph.

    It is one table, which Word divides; one a page only where 续表 stands above each further one.
    """
    setter = TableSetter(maker, composed, across, is_fillable=composed.table.is_fillable)
    yield from setter.above()
    if composed.continued:
        yield from _by_pages(maker, composed, setter)
    else:
        rows = list(_rows(setter, composed.table.groups, _Pages(composed, composed.pages)))
        yield setter.table([*setter.heads(), *rows], _count(composed.table.groups, setter))
        if composed.is_whole and composed.table.anchor:  # else it begins its page
            _keep_next(maker, rows[:-1])
        if composed.notes:
            _keep_next(maker, rows[-1:])
    yield from setter.below()


def _by_pages(maker: Maker, composed: ComposedTable, setter: TableSetter) -> Iterator[Element]:
    """A table for each page, 续表 above all but the first."""
    assert composed.continued is not None
    for index, groups in enumerate(composed.pages or (composed.table.groups,)):
        if index:
            yield maker.paragraph(Style.TABLE_GOES_ON, maker.run(composed.continued.words))
            if composed.unit:
                yield maker.paragraph(Style.TABLE_UNIT, maker.run(composed.unit.words))
        rows = _rows(setter, groups, _Pages(composed, ()))
        count = _count(groups, setter)
        yield setter.table([*setter.heads(), *rows], count, goes_on=index > 0)


def _count(groups: Iterable[RowGroup], setter: TableSetter) -> int:
    return sum(len(group.drawn(setter.content.grouping)) for group in groups)


class _Pages:
    """Where the composition has pages begin among the rows of a table."""

    def __init__(self, composed: ComposedTable, pages: tuple[TablePage, ...]) -> None:
        rows = [[row.anchor for group in page for row in group.rows] for page in pages]
        later = [page for page in rows[1:] if page]
        first = (row for page in pages[1:] for group in page[:1] for row in group.rows[:1])
        self._first = {row.anchor: row for row in first}
        parts = Counter(anchor for page in rows for anchor in set(page))
        self.parted = {anchor for anchor, count in parts.items() if count > 1}
        """The rows that are higher than a page."""
        last = {page[0] for page in later[-1:]} - self.parted
        self.held = {page[0] for page in later if len(set(page)) > 1} | last
        """The first rows of pages that are kept with what stands below them: another row, or what
        ends the table, which would else have a page of its own. So are the rows beside the words of
        a merged cell, for which there was no room above."""
        for page in pages[1:]:
            self.held.update(_beside_merged(composed, page))

    def begin_with(self, row: SetRow) -> bool:
        """Whether a page begins with a row."""
        return row.anchor in self._first and row.anchor not in self.parted

    def said_again(self, row: SetRow) -> frozenset[int]:
        """Where cells of a row begin that began above it and that its page says again whole."""
        if not self.begin_with(row):
            return frozenset()
        pairs = enumerate(zip(row.cells, self._first[row.anchor].cells, strict=True))
        return frozenset(
            index
            for index, (cell, again) in pairs
            if again.begins_again and cell.items == again.items
        )


def _beside_merged(composed: ComposedTable, page: TablePage) -> Iterator[str]:
    """The rows beside the words of merged cells with which a page begins, all but the last."""
    rows = [row for group in page for row in group.rows]
    begun = [cell for row in rows[:1] for cell in composed.cells_of(row) if cell.rows > 1]
    needed = max(
        (cell.words_height for cell in begun if not cell.cell.begins_again), default=NOTHING
    )
    taken = NOTHING
    for row in rows[:-1]:
        own = (cell.words_height for cell in composed.cells_of(row) if cell.rows == 1)
        taken = taken + max(own, default=composed.height_of(row))
        if taken >= needed:
            return
        yield row.anchor


def _rows(setter: TableSetter, groups: Iterable[RowGroup], pages: _Pages) -> Iterator[Element]:
    """The rows of groups; where a page begins, what names rows is said again.

    The first row of a page is kept with what follows: what is left of the page above might have
    room for it alone, in a program that rounds otherwise.
    """
    for group in groups:
        names_group = setter.names_groups_in_rows and bool(group.label)
        if names_group:
            yield setter.group_name(group)
        for index, row in enumerate(group.drawn(setter.content.grouping)):
            if index and names_group and pages.begin_with(row):
                yield setter.group_name(group)
            again, splits = pages.said_again(row), row.anchor in pages.parted
            made = setter.row(row, again=again, splits=splits)
            if row.anchor in pages.held:
                _keep_next(setter.maker, [made])
            setter.maker.mark(row.anchor, _first_cell(made))
            yield made


def _first_cell(row: Element) -> list[Element]:
    """The first cell of a row that begins in it: what stands in others belongs to rows above."""
    cells = row.findall(w("w:tc"))
    merges = (cell.find(f"{w('w:tcPr')}/{w('w:vMerge')}") for cell in cells)
    begins = (
        cell
        for cell, merge in zip(cells, merges, strict=True)
        if merge is None or merge.get(w("w:val")) == "restart"
    )
    return [next(begins, cells[0])]


def _may_stand_twice(cell: ComposedCell) -> bool:
    """Whether a cell is no figure of its rows: who copies the table would count that twice."""
    return cell.column.column.role in _NAMING or not any(map(is_figure, cell.items))


def _keep_next(maker: Maker, rows: Iterable[Element]) -> None:
    for row in rows:
        for paragraph in row.iter(w("w:p")):
            maker.keep_next(paragraph)


class TableSetter:
    """Sets a table, its rows and what stands around it, each when it is asked for.

    Rows are merged, or flat: then each has the words of the cells that reach over it, and no cell
    reaches over several rows.
    """

    def __init__(
        self, maker: Maker, composed: ComposedTable, across: Length, *, is_fillable: bool = False
    ) -> None:
        self.maker = maker
        self.content = composed.table
        self._composed = composed
        self.widths = _widths(composed, across)
        """Of the printed columns, in twips."""
        self._at = {column.index: at for at, column in enumerate(composed.columns)}
        self._cells: dict[tuple[object, ...], Element] = {}
        self._controls = FormControls(maker, composed.table) if is_fillable else None

    @property
    def names_groups_in_rows(self) -> bool:
        """Whether a row names each group, and not a cell of the column for groups."""
        return self._composed.names_groups_in_rows

    @property
    def columns(self) -> tuple[Column, ...]:
        """The printed columns."""
        return tuple(column.column for column in self._composed.columns)

    # -- around it ----------------------------------------------------------------------

    def above(self) -> list[Element]:
        """The title, 单位, or what keeps a table that has neither from the text above it."""
        composed, maker = self._composed, self.maker
        lines = ((Style.TABLE_TITLE, composed.title), (Style.TABLE_UNIT, composed.unit))
        made = [maker.paragraph(style, maker.run(line.words)) for style, line in lines if line]
        if self._is_in_text:
            made = made or [maker.paragraph(Style.BEFORE_TABLE)]
            maker.space(made[0], before=self._beside(made[0], standard.TABLE_ABOVE))
        return made

    def below(self) -> list[Element]:
        """注 and the notes to cells; without any the paragraph that Word wants after a table."""
        maker = self.maker
        made = [_note(maker, note) for note in self._composed.notes]
        made = made or [maker.paragraph(Style.AFTER_TABLE)]
        for paragraph in made[:-1]:
            maker.keep_next(paragraph)
        if self._is_in_text:
            maker.space(made[-1], after=self._beside(made[-1], standard.TABLE_BELOW))
        return made

    @property
    def _is_in_text(self) -> bool:
        return bool(self.content.anchor)

    def _beside(self, paragraph: Any, distance: Length) -> Length:
        """A distance less the line of a paragraph that is there for nothing else."""
        is_empty = paragraph.find(w("w:r")) is None
        return distance - standard.SPACER_LINE if is_empty else distance

    # -- the table and its rows ---------------------------------------------------------

    def table(self, rows: Iterable[Element], count: int, *, goes_on: bool = False) -> Element:
        """The table with these rows, of which so many are not its head."""
        table, maker = self.content, self.maker
        made = maker.table(Style.TABLE, self.widths, rows)
        if self._composed.is_tight:
            made.tblPr.append(_side_padding(maker))
        title = one_line(table.title)
        made.tblPr.append(maker.element("w:tblLook", **self._look(), noVBand="1"))
        if title:
            caption = f"{title}（续）" if goes_on else title
            made.tblPr.append(maker.value("w:tblCaption", caption))
        names = "、".join(column.name for column in table.columns)
        holds = "供填写" if table.is_form else f"各列为{names}"
        made.tblPr.append(maker.value("w:tblDescription", f"共{count}行，{holds}"))
        element: Element = made
        return element

    def _look(self) -> dict[str, str]:
        """Whether its first row and first column are heads."""
        if self.content.is_form:
            return {"val": "0400", "firstRow": "0"}
        if any(column.role is ColumnRole.HEADING for column in self.columns):
            return {"val": "00A0", "firstColumn": "1", "firstRow": "1"}
        return {"val": "0020", "firstRow": "1"}

    def heads(self, *, merged: bool = True) -> list[Element]:
        """The rows of the head, each of which Word repeats on each page."""
        return [
            self.maker.row((self._head_cell(cell, merged=merged) for cell in row), header=True)
            for row in self._composed.head
        ]

    def group_mark(self, group: RowGroup) -> str:
        """The mark of the note to a group's name."""
        return self._composed.group_mark(group)

    def group_name(self, group: RowGroup) -> Element:
        """The row that names a group."""
        name = self.maker.paragraph(Style.TABLE_GROUP, self.maker.run(group.label))
        if mark := self.group_mark(group):
            name.append(self.maker.run(mark, Style.CELL_NOTE))
        cell = self.maker.cell([name], sum(self.widths), span=len(self.widths))
        return self.maker.row([cell])

    def cells(self, row: SetRow) -> Iterator[ComposedCell]:
        """The cells of a row, as they are composed."""
        return self._composed.cells_of(row)

    @property
    def head_cells(self) -> Sequence[Sequence[ComposedCell]]:
        """The same of the rows of its head."""
        return self._composed.head

    def row(
        self,
        row: SetRow,
        *,
        merged: bool = True,
        again: frozenset[int] = frozenset(),
        splits: bool = False,
        composed: Iterable[ComposedCell] | None = None,
    ) -> Element:
        """A row; cells that began above it begin `again` in these columns.

        A page end may divide it only if it `splits`. `composed` are its cells, where who asks has
        them.
        """
        style = Style.TABLE_GROUP if self._composed.names_rows(row) else None
        height = self._composed.heights.get(row.anchor, NOTHING)
        cells = (
            self._cell(
                cell,
                style or _STYLES[cell.alignment],
                merged=merged,
                begins=cell.column.index in again and _may_stand_twice(cell),
            )
            for cell in composed or self._composed.cells_of(row)
        )
        return self.maker.row(cells, splits=splits, height=height)

    def _head_cell(self, cell: ComposedCell, *, merged: bool) -> Element:
        """A cell of the head; merged, its lines are those of the composition, which are even."""
        if merged:
            broken = replace(cell, items=tuple(map(_broken, cell.lines)))
            return self._new_cell(broken, Style.TABLE_HEAD, _merge(cell, begins=False))
        return self._new_cell(cell, Style.TABLE_HEAD, "")

    def _cell(
        self, cell: ComposedCell, style: Style, *, merged: bool, begins: bool = False
    ) -> Element:
        """A cell; those in columns that say the same again and again are copies of one another."""
        merge = _merge(cell, begins=begins) if merged else ""
        if self.content.is_form:
            return self._form_cell(cell, style, merge)
        is_broken = cell.column.column.role in _NAMING or any(map(is_codes, cell.items))
        is_narrow = merged and style is Style.TABLE_CENTRED and is_broken
        if cell.column.column.role in _OWN_WORDS:
            return self._drawn_cell(cell, style, merge, is_narrow=is_narrow)
        note, room = cell.cell.note, cell.room_after.twips
        key = cell.column.index, cell.columns, cell.items, note, style, merge, room, merged
        if key not in self._cells:
            self._cells[key] = self._drawn_cell(cell, style, merge, is_narrow=is_narrow)
        again: Element = copied(self._cells[key])
        return again

    def _drawn_cell(
        self, cell: ComposedCell, style: Style, merge: str, *, is_narrow: bool
    ) -> Element:
        made = self._new_cell(cell, style, merge)
        if is_narrow:
            self._narrow(made.findall(w("w:p")), cell)
        return made

    def _form_cell(self, cell: ComposedCell, style: Style, merge: str) -> Element:
        """A cell of a form; what signs and dates it stands below all else in it."""
        made = self._new_cell(cell, style, merge)
        paragraphs: list[Any] = made.findall(w("w:p"))
        if merge == "continue" or not cell.feet:
            return made
        feet = paragraphs[-len(cell.feet) :]
        for paragraph, left in zip(feet, cell.feet, strict=True):
            paragraph.pPr.append(self.maker.element("w:ind", left=left.twips))
        self.maker.space(feet[0], before=max(cell.gap - _GAP_SLACK, NOTHING))
        return made

    def _narrow(self, paragraphs: Iterable[Any], cell: ComposedCell) -> None:
        """Leave a name so much room that it breaks where the composition breaks it.

        Its words stay whole for who searches or copies them, as they would not with ends of lines.
        """
        for paragraph, lines in zip(paragraphs, cell.lines, strict=False):
            needed = Size.SMALL_4.length * _even_width(lines)
            side = (cell.room - needed) * 0.5
            if needed > NOTHING and side > NOTHING:
                indents = {"left": side.twips, "right": side.twips}
                paragraph.pPr.append(self.maker.element("w:ind", **indents))

    def _new_cell(self, cell: ComposedCell, style: Style, merge: str) -> Element:
        maker, first = self.maker, self._at[cell.column.index]
        paragraphs = [maker.paragraph(style, *runs) for runs in self._runs(cell, merge)]
        if cell.mark and merge != "continue":
            paragraphs[-1].append(maker.run(cell.mark, Style.CELL_NOTE))
        if style is Style.TABLE_FIGURE:
            self._align_points(paragraphs, cell)
        across = sum(self.widths[first : first + cell.columns])
        vertical = _VERTICAL[cell.vertical]
        return maker.cell(paragraphs, across, span=cell.columns, merge=merge, vertical=vertical)

    def _runs(self, cell: ComposedCell, merge: str) -> Iterator[list[Element]]:
        """Those of each paragraph of a cell; of one without words, none."""
        is_rest = merge == "continue"
        lines = () if is_rest else _form_lines(cell) if self.content.is_form else cell.items
        if self._controls and not is_rest and not cell.cell.is_label:
            yield from self._controls.lines(cell, lines)
            return
        for line in lines or ("",):
            yield [self.maker.run(line)] if line else []

    def _align_points(self, paragraphs: Iterable[Any], cell: ComposedCell) -> None:
        """Set the tab at which the points of a column stand.

        It needs no tab before the figure, and a clerk may type another one.
        """
        point = cell.column.point or NOTHING
        for paragraph in paragraphs:
            tabs = self.maker.element("w:tabs")
            tabs.append(self.maker.element("w:tab", val="decimal", pos=max(point.twips, 1)))
            paragraph.pPr.append(tabs)


def _side_padding(maker: Maker) -> Element:
    """The padding of a table that has less of it than its style gives."""
    made: Element = maker.element("w:tblCellMar")
    for side in ("left", "right"):
        made.append(maker.element(f"w:{side}", w=standard.TABLE_TIGHT_PADDING.twips, type="dxa"))
    return made


def printed(cell: ComposedCell) -> tuple[str, ...]:
    """What a cell prints, a line each, the mark of its note behind the last."""
    *lines, last = cell.items or ("",)
    return (*lines, last + cell.mark)


def _form_lines(cell: ComposedCell) -> tuple[str, ...]:
    """What a cell of a form prints: labels and boxes to tick end lines where no word is torn."""
    if len(cell.lines) != len(cell.items):
        return cell.items
    return tuple(
        _broken(lines) if cell.cell.is_name or parts_at_room(item) else item
        for item, lines in zip(cell.items, cell.lines, strict=True)
    )


def _broken(lines: Iterable[Line]) -> str:
    """The words of lines with their ends, without the mark that stands behind them."""
    words = (
        "".join(piece.text for piece in line.pieces if piece.shift is Shift.ON_LINE)
        for line in lines
    )
    return "\n".join(filter(None, words))


def _even_width(lines: Sequence[Line]) -> float:
    """In which width, in characters, words break into these lines; nothing where in none."""
    words = ["".join(piece.text for piece in line.pieces) for line in lines]
    across = max(map(width, words), default=0) + _SLACK
    is_full = (width(line + after[:1]) > across for line, after in pairwise(words))
    return across if len(words) > 1 and all(is_full) else 0


def _merge(cell: ComposedCell, *, begins: bool) -> str:
    """Whether a cell begins or continues one of several rows; nothing for one of a single row."""
    if cell.is_covered and not begins:
        return "continue"
    return "restart" if cell.rows > 1 else ""


def _note(maker: Maker, note: ComposedTableNote) -> Element:
    """注 or a note to a cell, its lines below its first word."""
    em = Size.SMALL_4.length
    has_room = width(note.label) < note.indent
    words = f"{note.label}\t{note.words}" if has_room else f"{note.label}{note.words}"
    paragraph = maker.paragraph(Style.TABLE_NOTE, maker.run(words))
    indents = {"left": em * note.indent, "hanging": em * -note.first}
    twips = {side: length.twips for side, length in indents.items()}
    paragraph.pPr.append(maker.element("w:ind", **twips))
    element: Element = paragraph
    return element


def _widths(composed: ComposedTable, across: Length) -> list[int]:
    """The widths of the printed columns in twips: they add up to that of the page's text."""
    widths = [int(column.width.pt * 20) for column in composed.columns]
    widths[-1] += across.twips - sum(widths)
    return widths
