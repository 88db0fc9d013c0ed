"""A table → its columns, the words above and below it, and the lines of its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher import standard
from publisher.model import ColumnRole, Orientation, SetRow, SetTable, one_line
from publisher.setting.columns import fitted, printed_columns
from publisher.setting.composition import (
    Cell,
    CellAlignment,
    CellKey,
    ComposedCell,
    ComposedColumn,
    ComposedTable,
    ComposedTableNote,
    TableWords,
)
from publisher.setting.figures import FigureBlock, figure_block, note_mark
from publisher.setting.labels import set_label, set_options
from publisher.setting.lines import (
    IDEOGRAPHIC_SPACE,
    Line,
    Piece,
    Setting,
    Shift,
    character_width,
    even,
    lines,
)
from publisher.setting.wholes import width
from publisher.standard import FANG, HEI, NOTHING, Length, PageProfile, Size, Typeface


def undivided(table: SetTable, orientation: Orientation, page: PageProfile) -> ComposedTable:
    """A table with all but its rows and their lines, for who divides it himself."""
    across = standard.text_width(page, landscape=orientation is Orientation.LANDSCAPE)
    columns = _columns(table, orientation, page, across)
    composed = _with_words(ComposedTable(table, columns, heights=_heights(table)), across)
    keys = (key for row in composed.head for key in map(_head_key, row))
    return replace(composed, lines={key: _head_lines(composed, key) for key in keys})


def with_lines(composed: ComposedTable) -> ComposedTable:
    """The same with the lines of its rows, those of what says the same in a column broken once."""
    made = dict(composed.lines)
    for row in composed.table.rows:
        add_lines(composed, row, made)
    return replace(composed, lines=made)


def add_lines(composed: ComposedTable, row: SetRow, made: dict[CellKey, Cell]) -> None:
    """Break the words of a row that are not yet broken."""
    for cell in composed.cells_of(row):
        key = CellKey(cell.column.index, cell.columns, cell.items, cell.cell.note)
        if key not in made:
            made[key] = tuple(_cell_lines(cell, is_form=composed.table.is_form))


def rest_lines(cell: ComposedCell, mark: str, rest: tuple[str, ...]) -> Cell:
    """The lines of what goes on in a cell after a mark of that."""
    first, *further = _pieces(rest, cell.cell.note)
    begun = (Piece(mark, FANG, is_label=True), *first)
    return tuple(lines(pieces, _setting(cell.room)) for pieces in (begun, *further))


def _heights(table: SetTable) -> dict[str, Length]:
    """By their anchors, how high rows are at least; those of a form by themselves."""
    asked = table.heights or (None,) * len(table.rows)
    return {
        row.anchor: standard.FORM_ROW if high is None else Length.of_mm(high)
        for row, high in zip(table.rows, asked, strict=True)
        if high is not None or table.is_form
    }


# -- columns ------------------------------------------------------------------------------


def _columns(
    table: SetTable, orientation: Orientation, page: PageProfile, across: Length
) -> tuple[ComposedColumn, ...]:
    fit, printed = fitted(table, orientation, page), printed_columns(table)
    of_all = sum(fit.shares[index] for index in printed)
    return tuple(
        ComposedColumn(
            table.columns[index],
            index,
            across * (fit.shares[index] / of_all),
            fit.padding,
            is_spread=_is_spread(table, index),
            figures=_figures(table, index),
            from_left=_from_left(table, index),
        )
        for index in printed
    )


def _is_spread(table: SetTable, index: int) -> bool:
    """Whether it is a column of people where a name has three characters."""
    is_of_people = table.columns[index].role is ColumnRole.PEOPLE
    return is_of_people and any(
        len(name) == 3 for row in table.rows for name in row.cells[index].items
    )


def _figures(table: SetTable, index: int) -> FigureBlock | None:
    """What the figures of a column of figures take."""
    if table.columns[index].role is not ColumnRole.NUMBER:
        return None
    cells = (row.cells[index] for row in table.rows)
    return figure_block((cell.items, cell.note) for cell in cells if not cell.is_merged)


_LONGEST_NAME = 6
"""Characters of a row's name that stands in the middle of its cell."""
_LONGEST_CENTRED = 10
"""Characters of words that do, for each column that they span."""
_LONGEST_OF_SMALL = 20
"""Characters of a cell in a list that is no list of tasks: its words stand as beside figures."""
_ALWAYS_CENTRED = (ColumnRole.SERIAL, ColumnRole.GROUP, ColumnRole.DEADLINE, ColumnRole.PEOPLE)


def _from_left(table: SetTable, index: int) -> frozenset[int]:
    """How many columns those cells span that begin in a column and stand from the left.

    All that name rows where any is long, or indented below another. In a list of tasks all in
    columns of text; else those beside which any is long.
    """
    role = table.columns[index].role
    if role in _ALWAYS_CENTRED:
        return frozenset()
    cells = {(row.cells[index].columns, row.cells[index].items) for row in table.rows}
    spans = frozenset(columns for columns, _ in cells)
    if role is ColumnRole.HEADING:
        is_long = any(_longest(items) > _LONGEST_NAME or _is_indented(items) for _, items in cells)
        return spans if is_long else frozenset()
    if table.is_list and not _is_small(table):
        return spans
    return frozenset(
        columns for columns, items in cells if _longest(items) > _LONGEST_CENTRED * columns
    )


def _longest(items: tuple[str, ...]) -> float:
    return max(map(width, items), default=0)


def _is_indented(items: tuple[str, ...]) -> bool:
    return any(item.startswith(IDEOGRAPHIC_SPACE) for item in items)


def _is_small(table: SetTable) -> bool:
    """Whether no cell of a list has many words."""
    cells = (cell for row in table.rows for cell in row.cells)
    return all(_longest(cell.items) <= _LONGEST_OF_SMALL for cell in cells)


# -- above and below ----------------------------------------------------------------------


def _with_words(composed: ComposedTable, across: Length) -> ComposedTable:
    table, setting = composed.table, _words_setting(across)
    title = one_line(table.title)
    again = f"续{table.label or '表'}" + (IDEOGRAPHIC_SPACE + title if title else "")
    named = table.label + IDEOGRAPHIC_SPACE + title

    def words(of: str, face: Typeface) -> TableWords:
        return TableWords(of, even((Piece(of, face),), setting))

    return replace(
        composed,
        title=words(named, HEI) if table.label else None,
        continued=words(again, HEI) if table.says_it_goes_on else None,
        unit=words(f"单位：{table.unit}", FANG) if table.unit else None,
        notes=tuple(_notes(table, across)),
    )


def _words_setting(across: Length) -> Setting:
    return Setting(Size.SMALL_4.length, NOTHING, across, filled=False)


_REMARK = "注："


def _notes(table: SetTable, across: Length) -> Iterator[ComposedTableNote]:
    """注, numbered where there are several, and below them the notes to cells."""
    numbered = len(table.remarks) > 1
    for number, words in enumerate(table.remarks, 1):
        label = (_REMARK if number == 1 else "") + (f"{number}." if numbered else "")
        yield _note(label, words, across, in_by=0.0 if number == 1 else float(len(_REMARK)))
    for number, words in enumerate(table.notes, 1):
        yield _note(note_mark(number), words, across)


def _note(label: str, words: str, across: Length, in_by: float = 0.0) -> ComposedTableNote:
    """A note whose further lines stand below its first words."""
    set_label = label if label.endswith(("：", ".")) else f"{label} "
    room = sum(map(character_width, set_label))
    setting = _words_setting(across - Size.SMALL_4.length * (in_by + room))
    pieces = Piece(set_label, FANG, is_label=True), Piece(words, FANG)
    made = lines(pieces, replace(setting, first=-room))
    return ComposedTableNote(label, words, made, in_by + room, -room)


# -- lines of cells -----------------------------------------------------------------------


def _head_key(cell: ComposedCell) -> CellKey:
    return CellKey(cell.column.index, cell.columns, cell.items, cell.cell.note, in_head=True)


def _head_lines(composed: ComposedTable, key: CellKey) -> Cell:
    printed = [column for column in composed.columns if column.index >= key.index]
    across = sum((column.width for column in printed[: key.columns]), start=NOTHING)
    room = standard.cell_room(across, printed[0].padding)
    return tuple(even(pieces, _setting(room)) for pieces in _pieces(key.items, key.note))


def _cell_lines(cell: ComposedCell, *, is_form: bool) -> Iterator[tuple[Line, ...]]:
    if is_form:
        yield from _form_lines(cell)
        return
    names_rows = cell.column.column.role in (ColumnRole.HEADING, ColumnRole.GROUP)
    broken = even if names_rows and cell.alignment is CellAlignment.CENTRED else lines
    for pieces in _pieces(cell.items, cell.cell.note):
        yield broken(pieces, _setting(cell.room))


def _form_lines(cell: ComposedCell) -> Iterator[tuple[Line, ...]]:
    """The lines of a cell of a form: no word of a label and no option is torn.

    Not if a label would take many lines more.
    """
    setting = _setting(cell.room)
    room = setting.across / setting.size
    for item, pieces in zip(cell.items, _pieces(cell.items, cell.cell.note), strict=False):
        is_label = cell.cell.is_name
        made = (even if is_label else lines)(pieces, setting)
        words = (set_label if is_label else set_options)(item, room) if len(made) > 1 else None
        if words is not None and words.count("\n") <= len(made):
            made = lines((replace(pieces[0], text=words), *pieces[1:]), setting)
        yield made


def _pieces(items: tuple[str, ...], note: int | None) -> Iterator[tuple[Piece, ...]]:
    """Each item, the last with the mark of the cell's note."""
    mark = Piece(note_mark(note), FANG, shift=Shift.RAISED)
    shown = items or (("",) if note is not None else ())
    for index, item in enumerate(shown):
        is_last = index == len(shown) - 1
        yield (Piece(item, FANG), mark) if is_last and note is not None else (Piece(item, FANG),)


def _setting(room: Length) -> Setting:
    """How text is set in a cell that has so much room for it."""
    return Setting(
        Size.SMALL_4.length, NOTHING, room, filled=False, hangs=False, keeps_ordinals=True
    )
