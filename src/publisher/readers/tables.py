"""Records of a table → its columns, its head and its rows, every cell with its place; findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from publisher.diagnostics import Finding
from publisher.model import Cell, Column, ColumnRole, Merge, Place, Row
from publisher.readers import findings
from publisher.readers.records import (
    BLANKS,
    HEADER_WITHIN,
    BeyondLimit,
    Record,
    TablesLeft,
    read_records,
    too_much,
)
from publisher.readers.source import Source
from publisher.spans import spans
from publisher.words.figures import is_figure, is_no_figure, names_total

_WIDE = "\u3000"
_SEVERAL = re.compile(r"[；;\n]")
_DOUBTFUL, _DOUBTFUL_OF_PEOPLE = re.compile(f"[{BLANKS},，]"), re.compile(f"[{BLANKS},，、/]")
"""What may have been typed between several, and is not what parts them."""
_SIGNS = {merge.value: merge for merge in Merge}
_ESCAPED = {f"\\{sign}": sign for sign in _SIGNS}
"""How a cell is written that holds the sign itself."""
_MARK = re.compile(r"\[\^([^\[\]\s]+)\]")
"""The mark of a note, behind the words of a cell."""
_BETWEEN = "/"
"""Between what stands above a column in several rows of a head."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What an author says of a table beside its cells."""

    roles: Mapping[str, ColumnRole] | None = None
    """列: what the columns of each name hold; None where he says nothing of them."""
    head_rows: int | None = 1
    """表头; 0 of a form, which has none; None where the cells show it: those of the head that reach
    below its first row."""
    headings: int | None = None
    """行头: how many columns name their row, from the left."""
    note: Callable[[str], str | None] = field(default=lambda _: None)
    """The words of the note of a name; None where there is none."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as it was read."""

    columns: tuple[Column, ...] = ()
    head: tuple[Row, ...] = ()
    """None where the names of the columns are all that it has."""
    rows: tuple[Row, ...] = ()
    is_form: bool = False


def read_csv(
    source: Source, layout: Layout, left: TablesLeft | None = None
) -> tuple[ReadTable, list[Finding]]:
    """The table of a CSV file; see `read_grid`."""
    left = left or TablesLeft()
    faults: list[Finding] = []
    try:
        records = read_records(source, layout.roles or (), left, faults)
    except BeyondLimit as problem:
        return ReadTable(), [*faults, problem.finding]
    grid, more = read_grid(records, layout, left, Place(source.file))
    return grid, [*faults, *more]


def read_grid(
    records: Sequence[Record], layout: Layout, left: TablesLeft, place: Place
) -> tuple[ReadTable, list[Finding]]:
    """The table that records make.

    Where its head has one row without merged cells, columns stand in the declared order; else in
    that of the head. What no author declares is guessed of the cells. A row of which all cells are
    empty is left out. A column of 对应条款 is not among the columns: what it says belongs to the
    row. A table that is larger than tables may be, or than is `left`, is empty, and `left` is not
    lessened.
    """
    if not any(any(record.values) for record in records[: None if layout.head_rows == 0 else 1]):
        return ReadTable(), [findings.empty_table(place)]
    reader = _GridReader(layout, left)
    try:
        made = reader.form(records) if layout.head_rows == 0 else reader.grid(records)
        return made, reader.faults
    except BeyondLimit as problem:
        return ReadTable(), [*reader.faults, problem.finding]


@dataclass(frozen=True, slots=True)
class _Source:
    """A column, and which value of a record it holds; None where the head does not name it."""

    column: Column
    position: int | None


class _GridReader:
    """Reads the records of one table, and keeps the findings."""

    def __init__(self, layout: Layout, left: TablesLeft) -> None:
        self.faults: list[Finding] = []
        self._layout = layout
        self._left = left
        self._declared = layout.roles or {}

    def grid(self, records: Sequence[Record]) -> ReadTable:
        above = self._rows_above(records)
        if above:
            self.faults.append(findings.title_above_header(records[0].start))
        below = above + (self._layout.head_rows or _rows_of_head(records))
        head, body = records[above:below], [each for each in records[below:] if any(each.values)]
        is_plain = len(head) == 1 and self._is_plain(head[0])
        made = () if is_plain else self._head(head)
        names = head[0].values if is_plain else tuple(_paths(made))
        sources = self._sources(names, head[0], body, is_plain=is_plain)
        most_rows = min(self._left.rows, self._left.cells // max(len(sources), 1))
        if len(body) > most_rows:
            raise too_much(body[most_rows].start)
        rows = self._merged([self._row(record, len(names), sources) for record in body])
        rows = with_groups([each.column for each in sources], rows)
        self._left.rows -= len(rows)
        self._left.cells -= len(rows) * len(sources)
        self._left.characters -= sum(len(value) for each in records for value in each.values)
        kept = [index for index, each in enumerate(sources) if each.column.role is not _CLAUSE]
        return ReadTable(
            columns=tuple(sources[index].column for index in kept),
            head=tuple(
                replace(row, cells=tuple(row.cells[at] for at in self._positions(sources, kept)))
                for row in made
            ),
            rows=tuple(rows),
        )

    def form(self, records: Sequence[Record]) -> ReadTable:
        """A form: all rows are cells, the empty ones too, and no column has a name."""
        width = max(len(record.values) for record in records)  # the last cells may be blanks
        if len(records) > min(self._left.rows, self._left.cells // width):
            raise too_much(records[-1].start)
        self.faults += [
            findings.ragged_row(record.start, len(record.values), width)
            for record in records
            if len(record.values) < width
        ]
        self._left.rows -= len(records)
        self._left.cells -= len(records) * width
        self._left.characters -= sum(len(value) for each in records for value in each.values)
        return ReadTable(
            columns=(Column("", ColumnRole.TEXT),) * width,
            rows=self._rows_of(records, width, is_form=True),
            is_form=True,
        )

    def _is_plain(self, head: Record) -> bool:
        """Whether the names in a row of a head are all that it says, each of one column."""
        named = [value for value in head.values if value]
        again = {f"{name}{_BETWEEN}2" for name, count in Counter(named).items() if count > 1}
        is_named_twice = bool(again) and (not self._declared or bool(again & set(self._declared)))
        return not is_named_twice and not any(map(_is_marked, head.values))

    @staticmethod
    def _positions(sources: Sequence[_Source], kept: Iterable[int]) -> Iterator[int]:
        """Where in the head the cells of columns stand; all do where its cells are merged."""
        for index in kept:
            position = sources[index].position
            assert position is not None
            yield position

    # -- the head -------------------------------------------------------------------------

    def _rows_above(self, records: Sequence[Record]) -> int:
        """How many rows stand above the one that names most of the declared columns."""
        if self._layout.head_rows == 1:
            for index, record in enumerate(records[:HEADER_WITHIN]):
                if 2 * len(self._declared.keys() & set(record.values)) > len(self._declared):
                    return index
        return 0

    def _head(self, records: Sequence[Record]) -> tuple[Row, ...]:
        """The rows of a head, each as wide as the widest."""
        return self._rows_of(records, max(map(_filled, records)))

    def _rows_of(
        self, records: Sequence[Record], width: int, *, is_form: bool = False
    ) -> tuple[Row, ...]:
        """Rows of cells that are what they say, whatever column they stand in."""
        rows = [
            Row(
                tuple(self._plain_cell(record, index, is_form=is_form) for index in range(width)),
                record.start,
            )
            for record in records
        ]
        return tuple(self._with_rectangles(rows))

    def _plain_cell(self, record: Record, index: int, *, is_form: bool = False) -> Cell:
        if index >= len(record.values):
            return Cell((), record.start)
        value, place = record.values[index], record.places[index]
        sign = _SIGNS.get(value)
        if sign:
            return Cell((), place, sign)
        # In a form, blanks before words are room to write: 　　年　月　日.
        room = _WIDE * record.indents[index] if is_form and value else ""
        return self._noted(room + value, place)

    def _sources(
        self, names: Sequence[str], head: Record, body: Sequence[Record], *, is_plain: bool
    ) -> list[_Source]:
        """The columns that are read, and where; findings on names."""
        positions: dict[str, int] = {}
        unnamed: list[int] = []
        is_ordered = bool(self._declared) and is_plain
        for index, name in enumerate(names):
            place = head.places[index] if index < len(head.places) else head.start
            if not name:
                unnamed += [index] * (not is_plain or (index == 0 and not is_ordered))
            elif name in positions:
                self.faults.append(findings.doubled_column(place, name))
            elif not is_ordered or name in self._declared:
                positions[name] = index
            else:
                self.faults.append(findings.unknown_column(place, name, self._declared))
        self.faults += [
            findings.missing_column(head.start, name)
            for name in self._declared
            if name not in positions
        ]
        lost = {index for index, name in enumerate(names) if not name}.difference(unnamed)
        self.faults += _unnamed(lost, head, body)
        if is_ordered:
            return [
                _Source(Column(name, role), positions.get(name))
                for name, role in self._declared.items()
            ]
        roles = self._roles(names, body)
        kept = sorted([*positions.values(), *unnamed])
        return [_Source(Column(names[at], roles[at]), at) for at in kept]

    def _roles(self, names: Sequence[str], body: Sequence[Record]) -> list[ColumnRole]:
        """What the columns hold: as their author declares, else as their cells look."""
        guessed = [_guessed(name, index, body) for index, name in enumerate(names)]
        headings = self._layout.headings
        if headings is None:
            headings = int(_NUMBER in guessed[1:] and guessed[0] is ColumnRole.TEXT)
        guessed[:headings] = [
            ColumnRole.SERIAL if role is ColumnRole.SERIAL else ColumnRole.HEADING
            for role in guessed[:headings]
        ]
        return [self._declared.get(name, role) for name, role in zip(names, guessed, strict=True)]

    # -- the rows -------------------------------------------------------------------------

    def _row(self, record: Record, width: int, sources: Sequence[_Source]) -> Row:
        if len(record.values) < width or any(record.values[width:]):
            self.faults.append(findings.ragged_row(record.start, len(record.values), width))
        cells = []
        clause = None
        for source in sources:
            cell = self._cell(record, source)
            if source.column.role is _CLAUSE:
                clause = cell
            else:
                cells.append(cell)
        return Row(tuple(cells), record.start, clause)

    def _cell(self, record: Record, source: _Source) -> Cell:
        position, column = source.position, source.column
        if position is None or position >= len(record.values):
            return Cell((), record.start)  # its absence has been reported
        value, place = record.values[position], record.places[position]
        if sign := _SIGNS.get(value):
            return Cell((), place, sign)
        is_across = position == 0 and _reaches_across(record)
        if not is_across and (fault := _fault(column, value, place)):
            self.faults.append(fault)
        if not column.role.many:
            # Names of rows are indented below others that contain them: 　其中：女.
            blanks = record.indents[position] if column.role is ColumnRole.HEADING else 0
            return self._noted(_WIDE * blanks * bool(value) + value, place)
        value = _ESCAPED.get(value, value)
        items = tuple(item.strip(BLANKS) for item in _SEVERAL.split(value))
        doubtful = _DOUBTFUL_OF_PEOPLE if column.role is ColumnRole.PEOPLE else _DOUBTFUL
        if any(map(doubtful.search, items)):
            self.faults.append(findings.ambiguous_separator(place, column.name, value))
        return Cell(tuple(filter(None, items)), place)

    def _noted(self, value: str, place: Place) -> Cell:
        """A cell, with the note whose mark stands behind its words."""
        words, note = value, None
        unmarked, mark = _parted_mark(value)
        if mark:
            note = self._layout.note(mark)
            if note is None:
                self.faults.append(findings.note_without_text(place, f"[^{mark}]"))
            else:
                words = unmarked
        words = _ESCAPED.get(words, words)
        return Cell((words,) if words else (), place, note=note)

    # -- merged cells ---------------------------------------------------------------------

    def _merged(self, rows: list[Row]) -> list[Row]:
        """The rows, those that a sign gives nothing to be one with as empty cells; findings."""
        if not any(cell.merge for row in rows for cell in row.cells):
            return rows
        return self._with_rectangles(rows)

    def _with_rectangles(self, rows: list[Row]) -> list[Row]:
        _, wrong = spans([[cell.merge for cell in row.cells] for row in rows])
        at_fault = set(wrong)
        for row, column in wrong:
            cell = rows[row].cells[column]
            assert cell.merge is not None
            self.faults.append(findings.broken_merge(cell.place, cell.merge.value))
        return [
            replace(
                row,
                cells=tuple(
                    replace(cell, merge=None) if (index, column) in at_fault else cell
                    for column, cell in enumerate(row.cells)
                ),
            )
            if any((index, column) in at_fault for column in range(len(row.cells)))
            else row
            for index, row in enumerate(rows)
        ]


_MOSTLY = 2 / 3
"""The part of a column's cells that are figures in one of figures; another may be 120（扩招）."""
_CLAUSE = ColumnRole.CLAUSE
_NUMBER = ColumnRole.NUMBER


def with_groups(columns: Sequence[Column], rows: list[Row]) -> list[Row]:
    """The rows with the name of its group in each: a sign for the one above says the same."""
    printed = [column for column in columns if column.role is not _CLAUSE]
    groups = [index for index, column in enumerate(printed) if column.role is ColumnRole.GROUP]
    made: list[Row] = []
    for row in rows:
        cells = list(row.cells)
        for index in groups:
            above = made[-1].cells[index] if made else None
            if above and cells[index].merge is Merge.ABOVE and above.merge is None:
                cells[index] = replace(above, place=cells[index].place)
        made.append(replace(row, cells=tuple(cells)) if groups else row)
    return made


def _rows_of_head(records: Sequence[Record]) -> int:
    """How many rows from the first on have a cell that is one with the one above it."""
    below = takewhile(lambda record: Merge.ABOVE.value in record.values, records[1:])
    return 1 + sum(1 for _ in below)


def _filled(record: Record) -> int:
    """How many values a record has up to the last that is not empty."""
    return max((index + 1 for index, value in enumerate(record.values) if value), default=0)


def _paths(head: Sequence[Row]) -> Iterator[str]:
    """The name of each column: what stands above it, from the top down; each name once."""
    made, _ = spans([[cell.merge for cell in row.cells] for row in head])
    taken: dict[str, int] = {}
    for column in range(len(head[0].cells)):
        origins = dict.fromkeys((line[column].row, line[column].column) for line in made)
        words = (head[row].cells[at].text for row, at in origins)
        name = _BETWEEN.join(filter(None, words))
        taken[name] = taken.get(name, 0) + 1
        is_again = name and taken[name] > 1
        yield f"{name}{_BETWEEN}{taken[name]}" if is_again else name


def _is_marked(value: str) -> bool:
    """Whether the cell of a head is one with another, or has a note."""
    return value in _SIGNS or bool(_parted_mark(value)[1])


def _parted_mark(value: str) -> tuple[str, str]:
    """The words of a cell, and the name in the mark of a note behind them; empty without one."""
    start = value.rfind("[^")
    mark = _MARK.fullmatch(value, start) if start >= 0 else None
    return (value[:start].rstrip(), mark[1]) if mark else (value, "")


def _unnamed(unnamed: set[int], head: Record, body: Iterable[Record]) -> Iterator[Finding]:
    """A finding for each of the columns without a name in which something stands."""
    filled = {
        index for record in body for index in unnamed if any(record.values[index : index + 1])
    }
    for index in sorted(filled):
        yield findings.unnamed_column(
            head.places[index] if index < len(head.places) else head.start
        )


def _guessed(name: str, index: int, body: Sequence[Record]) -> ColumnRole:
    """What a column holds, as its cells look."""
    if name == ColumnRole.SERIAL.value:
        return ColumnRole.SERIAL
    values = [each.values[index] for each in body if index < len(each.values)]
    values = [_MARK.sub("", value).strip() for value in values if value and value not in _SIGNS]
    # A single 1 may be a figure.
    if index == 0 and values[1:] and values == [str(n) for n, _ in enumerate(values, 1)]:
        return ColumnRole.SERIAL
    given = [each for each in values if not is_no_figure(each)]
    if _NAMES_CODES.search(name):
        return ColumnRole.TEXT
    if given and sum(map(is_figure, given)) >= _MOSTLY * len(given):
        return ColumnRole.NUMBER
    return ColumnRole.TEXT


_NAMES_CODES = re.compile("编码|代码|编号|号码|文号|学号|账号|电话|邮编")
"""In what stands above a column of codes, which are no figures though they be digits alone."""


def _reaches_across(record: Record) -> bool:
    """Whether the first cell is all of a row: it names the rows below, and is of no column."""
    return len(record.values) > 1 and all(
        _SIGNS.get(each) is Merge.LEFT for each in record.values[1:]
    )


_SERIAL = re.compile("[0-9]{0,9}")


def _fault(column: Column, value: str, place: Place) -> Finding | None:
    """What is wrong with the form of a cell, if anything is."""
    is_serial = column.role is ColumnRole.SERIAL
    if is_serial and not (_SERIAL.fullmatch(value) or names_total(value)):
        expected = "序号只用阿拉伯数字（半角），不超过九位。"
        return findings.wrong_cell(place, column.name, value, expected)
    if column.role is ColumnRole.GROUP and not value:
        expected = "每一行都要写明所属的组，合并单元格由程序生成；与左边一格是一格的写“<”。"
        return findings.wrong_cell(place, column.name, value, expected)
    return None
