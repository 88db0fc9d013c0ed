"""The cells of a table of a file → the records that its author would have typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from publisher.intake.source import (
    RunShift,
    SourceBlock,
    SourceCell,
    SourceParagraph,
    SourceTable,
    paragraphs_in,
)
from publisher.model import Merge, Place
from publisher.readers.records import BLANKS, Record
from publisher.styles import Style
from publisher.words.blanks import BOXES

_WIDE = "\u3000"
_SIGNS = {merge.value for merge in Merge}
_SPREAD = re.compile(r"(?<=[\u3400-\u9fff])[\u3000 \xa0]+(?=[\u3400-\u9fff])")
_CIRCLED = re.compile("[①-⑳㉑-㉟㊱-㊿]|[*＊]+")
_BEFORE_BOX = re.compile(rf"\n(?={BOXES})")
_MADE_ROOM = 4
"""Blanks at most that the program shows behind 签字：."""
_END = re.compile(r"\s*\n\s*")
_END_AT_CHINESE = re.compile(r"(?<=[^\x00-\xff])\s*\n\s*|\s*\n\s*(?=[^\x00-\xff])")


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as an author would type it, each value with the paragraph it comes from."""

    values: tuple[str, ...]
    numbers: tuple[int, ...]

    def record(self, file: str) -> Record:
        """The same as the reader of tables takes it."""
        indents = tuple(len(value) - len(value.lstrip(_WIDE)) for value in self.values)
        places = tuple(Place(file, number) for number in self.numbers)
        values = tuple(value.strip(BLANKS) for value in self.values)
        return Record(values, places, indents)

    @property
    def unbroken(self) -> Typed:
        """The same without ends of lines within cells: the program ends lines of heads itself."""
        return Typed(tuple(map(unbroken, self.values)), self.numbers)

    @property
    def named(self) -> Typed:
        """The same without blanks among Chinese, which are for looks: 序　号, 坐标 编号."""
        return Typed(tuple(_SPREAD.sub("", value) for value in self.values), self.numbers)

    @property
    def with_every_name(self) -> Typed:
        """A row of names of which a column without one is merged with that on its left."""
        values = list(self.values)
        for index in range(1, len(values)):
            if not values[index].strip(BLANKS):
                values[index] = Merge.LEFT.value
        return Typed(tuple(values), self.numbers)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not any(value.strip(BLANKS) for value in self.values)

    @property
    def is_banner(self) -> bool:
        """Whether one cell is all of it."""
        behind = set(self.values[1:])
        return bool(self.values[0].strip()) and bool(behind) and behind == {Merge.LEFT.value}


@dataclass(slots=True)
class GridMaker:
    """Makes the rows of a table."""

    table: SourceTable
    marks: frozenset[str] = frozenset()
    """Of notes whose words stand below the table."""
    is_form: bool = False
    """Whether empty lines in cells are room to write."""
    notes: dict[str, str] = field(default_factory=dict)
    """The words of notes that the file sets at the foot of pages, by marks made for them."""
    said_again: list[str] = field(default_factory=list)
    """The words of notes that say what one before them says: they are one note."""

    def rows(self) -> list[Typed]:
        """Its rows, with a sign where a cell is one with another."""
        covering = self.table.covering()
        return [
            Typed(
                tuple(self._value(covering, row, column) for column in range(self.table.width)),
                tuple(
                    _number(covering, row, column, self.table) for column in range(self.table.width)
                ),
            )
            for row in range(self.table.height)
        ]

    def _value(self, covering: dict[tuple[int, int], SourceCell], row: int, column: int) -> str:
        cell = covering.get((row, column))
        if cell is None:
            return ""
        if column > cell.column:
            return Merge.LEFT.value
        if row > cell.row:
            return Merge.ABOVE.value
        words = self._noted(cell)
        return f"\\{words}" if words in _SIGNS else words

    def _noted(self, cell: SourceCell) -> str:
        """The words of a cell, with the mark of its note as authors type it."""
        words = words_of(cell, keeps_room=self.is_form)
        last = words[-1:]
        own = notes_of(cell)
        if own and not words.strip():
            return own  # nothing is there that it could be a note to
        if own and (same := next((n for n, each in self.notes.items() if each == own), None)):
            self.said_again.append(own)
            return f"{words.rstrip()}[^{same}]"
        if own:
            mark = f"n{len(self.notes) + 1}"
            self.notes[mark] = own
            return f"{words.rstrip()}[^{mark}]"
        if last in self.marks and _CIRCLED.fullmatch(last):
            return f"{words[:-1].rstrip()}[^{last}]"
        return words


def unbroken(words: str) -> str:
    """Words without ends of lines; between Latin words a blank stands for one."""
    return _END.sub(" ", _END_AT_CHINESE.sub("", words))


def words_of(cell: SourceCell, *, keeps_room: bool = False) -> str:
    """The words of a cell: a paragraph a line; a table in it a row a line.

    Empty lines and blanks are left out unless they are room to write.
    """
    if keeps_room:
        return "\n".join(_line(each, keeps_room=True) for each in cell.blocks).strip("\n")
    lines = [_line(each) for each in cell.blocks]
    return "\n".join(line for line in lines if line.strip(BLANKS + "\n"))


def notes_of(cell: SourceCell) -> str:
    """The words of the notes whose marks stand in a cell: a table has one a cell."""
    return unbroken(
        "\n".join(
            "".join(each.words for each in run.note)
            for paragraph in paragraphs_in(cell.blocks)
            for run in paragraph.runs
            if run.note
        ).strip()
    )


def _line(block: SourceBlock, *, keeps_room: bool = False) -> str:
    if isinstance(block, SourceParagraph):
        style = Style.named(block.look.style)
        if keeps_room:
            words = _as_asked(block) if style else block.words
            return words.replace("\t", "\u3000").replace("\xa0", " ")
        words = block.words.strip("\n").replace("\t", "").replace("\xa0", " ")
        # Our own heads end their lines where they look best.
        return words.replace("\n", "") if style is Style.TABLE_HEAD else _END.sub("\n", words)
    if isinstance(block, SourceTable):
        return "\n".join(each.words for each in paragraphs_in((block,)) if each.words.strip())
    return ""


def _as_asked(block: SourceParagraph) -> str:
    """The words of a line of our own form: without the ends of lines and the room that we made."""
    runs = list(block.runs)
    if runs and Style.named(runs[-1].style) is Style.PLACEHOLDER and _is_made_room(runs[-1].words):
        runs.pop()
    words = block.label + "".join(run.words for run in runs)
    if Style.named(block.look.style) is Style.TABLE_CENTRED:  # a label
        return words.replace("\n", "")
    return _BEFORE_BOX.sub(_WIDE, words)


def _is_made_room(words: str) -> bool:
    """Whether words are the blanks that show where to write behind what asks for something."""
    return not words.strip(f"{_WIDE} ") and len(words) <= _MADE_ROOM


def _number(
    covering: dict[tuple[int, int], SourceCell], row: int, column: int, table: SourceTable
) -> int:
    cell = covering.get((row, column))
    first = next(paragraphs_in(cell.blocks), None) if cell else None
    return first.number if first else table.number


def without_first_empty(rows: Sequence[Typed]) -> list[Typed]:
    """Rows from the first on that says something; all where none does."""
    signs = {merge.value for merge in Merge}
    first = next((at for at, row in enumerate(rows) if any(set(row.values) - signs - {""})), 0)
    kept = list(rows[first:])
    if first:
        above = Merge.ABOVE.value
        values = tuple("" if value == above else value for value in kept[0].values)
        kept[0] = Typed(values, kept[0].numbers)
    return kept


def without_empty_columns(table: SourceTable) -> SourceTable:
    """The table without columns of which no cell has words."""
    used = {cell.column for cell in table.cells if cell.words.strip() or notes_of(cell)}
    reached = {
        column
        for cell in table.cells
        if cell.words.strip() and cell.columns < table.width
        for column in range(cell.column, cell.column + cell.columns)
    }
    empty = [column for column in range(table.width) if column not in used | reached]
    if not empty or table.head_rows == 0:
        return table
    return _without_columns(table, empty)


def _without_columns(table: SourceTable, gone: Sequence[int]) -> SourceTable:
    cells = []
    for cell in table.cells:
        left = sum(column < cell.column for column in gone)
        within = sum(cell.column <= column < cell.column + cell.columns for column in gone)
        if within < cell.columns:
            cells.append(replace(cell, column=cell.column - left, columns=cell.columns - within))
    widths = tuple(each for index, each in enumerate(table.widths) if index not in gone)
    return replace(table, cells=tuple(cells), width=table.width - len(gone), widths=widths)


def joined(tables: Sequence[SourceTable]) -> SourceTable:
    """Parts of one table, which pages divided, as one; the heads of later parts are left out."""
    first, *later = tables
    for part in later:
        first = _below(first, part)
    return first


def repeated_cells(tables: Sequence[SourceTable]) -> Iterator[SourceCell]:
    """The cells of the heads that `joined` leaves out."""
    upper, *later = tables
    for part in later:
        head = repeated_head(upper, part)
        yield from (cell for cell in part.cells if cell.row < head)


def _below(upper: SourceTable, lower: SourceTable) -> SourceTable:
    head = repeated_head(upper, lower)
    kept = [cell for cell in lower.cells if cell.row >= head]
    moved = tuple(replace(cell, row=cell.row - head + upper.height) for cell in kept)
    heights = (*upper.heights, *lower.heights[head:]) if upper.heights and lower.heights else ()
    return replace(
        upper,
        cells=(*upper.cells, *moved),
        height=upper.height + lower.height - head,
        heights=heights,
    )


def repeated_head(upper: SourceTable, lower: SourceTable) -> int:
    """How many rows at the begin of a table say what those of another do; none where all do."""
    pairs = zip(_shown(upper), _shown(lower), strict=False)
    count = 0
    for above, below in pairs:
        if above != below or not any(above):
            break
        count += 1
    return count if count < lower.height else 0


def _shown(table: SourceTable) -> Iterator[tuple[str, ...]]:
    covering = table.covering()
    for row in range(table.height):
        cells = [covering.get((row, column)) for column in range(table.width)]
        yield tuple(re.sub(r"\s", "", cell.words) if cell else "" for cell in cells)


def is_raised(block: SourceParagraph) -> bool:
    """Whether the last words of a paragraph stand above the line."""
    return bool(block.runs) and block.runs[-1].shift is RunShift.RAISED
