"""A CSV table → its rows, in the declared order of columns, every cell with its place; findings."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from publisher.diagnostics import Finding
from publisher.limits import (
    MOST_BYTES,
    MOST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TABLE_TEXT,
)
from publisher.model import Cell, Column, ColumnRole, Place, Row
from publisher.readers import findings
from publisher.readers.source import Source

_HEADER_WITHIN = 5
"""A sheet's title and date may stand above its header."""
_SEPARATORS = (",", "\t", ";")
_SEVERAL = re.compile(r"[；;\n]")
_BLANKS = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of the file: values, and where each begins."""

    values: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def start(self) -> Place:
        return self.places[0]


class _BeyondLimit(Exception):
    """There is more of something than a table may have; the finding says where."""

    def __init__(self, place: Place, what: str, most: str) -> None:
        advice = "请核对是否存错了表格，或分成几份公文。"
        self.finding = findings.beyond_limit(place, what, most, advice)


def _too_much(place: Place) -> _BeyondLimit:
    most = f"{MOST_ROWS} 行、{MOST_CELLS} 格、{MOST_TABLE_TEXT} 字"
    return _BeyondLimit(place, "一份公文的表格", most)


@dataclass(slots=True)
class TablesLeft:
    """How much more the tables of a document may have."""

    rows: int = MOST_ROWS
    cells: int = MOST_CELLS
    characters: int = MOST_TABLE_TEXT


def read_table(
    source: Source, declared: Mapping[str, ColumnRole] | None, left: TablesLeft | None = None
) -> tuple[tuple[Column, ...], tuple[Row, ...], list[Finding]]:
    """Columns and rows of a table.

    Columns stand in the declared order; where none are declared, in the header's, 序号 as a serial
    and the rest as text. A row of which all cells are empty is left out. A column of 对应条款 is
    not among the columns: what it says belongs to the row. A table that is larger than tables may
    be, or than is `left`, has neither columns nor rows, and `left` is not lessened.
    """
    left = left or TablesLeft()
    faults: list[Finding] = []
    try:
        records = list(_records(source, _separator(source, declared), faults, left))
    except _BeyondLimit as problem:
        return (), (), [*faults, problem.finding]
    if not records or not any(records[0].values):
        return (), (), [*faults, findings.empty_table(Place(source.file))]
    above = _above_header(records, declared or {})
    if above:
        faults.append(findings.title_above_header(records[0].start))
    header, *below = records[above:]
    body = [record for record in below if any(record.values)]
    roles = declared or _guessed(header)
    most_rows = min(left.rows, left.cells // max(len(roles), 1))
    if len(body) > most_rows:
        return (), (), [*faults, _too_much(body[most_rows].start).finding]
    positions = _positions(header, roles, faults)
    faults += _unnamed(header, body)
    columns = tuple(Column(name, role) for name, role in roles.items())
    rows = [_row(record, header, columns, positions, faults) for record in body]
    left.rows -= len(rows)
    left.cells -= len(rows) * len(columns)
    left.characters -= sum(len(value) for record in records for value in record.values)
    printed = tuple(column for column in columns if column.role is not ColumnRole.CLAUSE)
    return printed, tuple(rows), faults


def _above_header(records: list[_Record], declared: Mapping[str, ColumnRole]) -> int:
    """How many rows stand above the one that names most of the declared columns."""
    for index, record in enumerate(records[:_HEADER_WITHIN]):
        if 2 * len(declared.keys() & set(record.values)) > len(declared):
            return index
    return 0


def _guessed(header: _Record) -> dict[str, ColumnRole]:
    return {
        name: ColumnRole.SERIAL if name == ColumnRole.SERIAL.value else ColumnRole.TEXT
        for name in header.values
        if name
    }


def _separator(source: Source, declared: Mapping[str, ColumnRole] | None) -> str:
    """The separator with which the first line names the most columns."""
    header = source.lines[0]
    names = set(declared or ())

    def score(separator: str) -> tuple[int, int]:
        cells = [cell.strip(_BLANKS + '"') for cell in header.split(separator)]
        return len(names & set(cells)), len(cells)

    return max(_SEPARATORS, key=score)  # the first of equals: the comma


def _records(
    source: Source, separator: str, faults: list[Finding], left: TablesLeft
) -> Iterator[_Record]:
    if not any(map(str.strip, source.lines)):
        return
    if "，" in source.lines[0] and separator not in source.lines[0]:
        faults.append(findings.wrong_separator(Place(source.file)))
    csv.field_size_limit(MOST_BYTES)  # cells that are too long are told as that
    # Line ends inside quotes belong to the cell, so the reader is given them back.
    reader = csv.reader((line + "\n" for line in source.lines), delimiter=separator, strict=True)
    first = 1
    rows = characters = 0
    try:
        for values in reader:
            if values:
                record = _record(source, separator, values, first, reader.line_num)
                rows += any(record.values)
                characters += sum(map(len, record.values))
                if rows > left.rows + _HEADER_WITHIN or characters > left.characters:
                    raise _too_much(record.start)
                yield record
            first = reader.line_num + 1
    except csv.Error:
        faults.append(findings.broken_quotes(Place(source.file, first)))


def _record(source: Source, separator: str, values: list[str], first: int, last: int) -> _Record:
    """A record that stands on these lines, whose cells are of lengths and number that are borne."""
    if len(values) > MOST_COLUMNS and any(map(str.strip, values[MOST_COLUMNS:])):
        raise _BeyondLimit(Place(source.file, first), "表格", f"{MOST_COLUMNS} 列")
    values = values[:MOST_COLUMNS]  # a sheet may have thousands that are empty
    starts = _starts(source.lines[first - 1 : last], separator, source.file, first)
    places = tuple(islice(starts, len(values)))
    for value, place in zip(values, places, strict=True):
        if len(value) > MOST_CELL:
            raise _BeyondLimit(place, "一格的长度", f"{MOST_CELL} 字")
    return _Record(tuple(value.strip(_BLANKS + "\n") for value in values), places)


def _starts(lines: tuple[str, ...], separator: str, file: str, first_line: int) -> Iterator[Place]:
    """Where the words of the cells of one record begin: `csv` does not tell."""
    quoted = False  # inside quotes; only a cell that begins with a quote has any
    yield Place(file, first_line, 1 + _quote(lines[0], 0))
    begins = opened = True
    for number, line in enumerate(lines, first_line):
        for column, character in enumerate(line, 1):
            if begins:
                opened = character == '"'
            begins = False
            if character == '"' and opened:
                quoted = not quoted
            elif character == separator and not quoted:
                begins = True
                yield Place(file, number, column + 1 + _quote(line, column))


def _quote(line: str, at: int) -> int:
    """How many characters a quote before the words of a cell takes."""
    return int(line[at : at + 1] == '"')


def _positions(
    header: _Record, roles: Mapping[str, ColumnRole], faults: list[Finding]
) -> dict[str, int]:
    """Which cell of a record belongs to which column."""
    positions: dict[str, int] = {}
    for index, (name, place) in enumerate(zip(header.values, header.places, strict=True)):
        if name in positions:
            faults.append(findings.doubled_column(place, name))
        elif name in roles:
            positions[name] = index
        elif name:
            faults.append(findings.unknown_column(place, name, roles))
    faults += [
        findings.missing_column(header.start, name) for name in roles if name not in positions
    ]
    return positions


def _unnamed(header: _Record, body: Iterable[_Record]) -> Iterator[Finding]:
    """A finding for each column without a name in which something stands."""
    unnamed = {index for index, name in enumerate(header.values) if not name}
    filled = {
        index for record in body for index in unnamed if any(record.values[index : index + 1])
    }
    yield from (findings.unnamed_column(header.places[index]) for index in sorted(filled))


def _row(
    record: _Record,
    header: _Record,
    columns: tuple[Column, ...],
    positions: Mapping[str, int],
    faults: list[Finding],
) -> Row:
    width = len(header.values)
    if len(record.values) < width or any(record.values[width:]):
        faults.append(findings.ragged_row(record.start, len(record.values), width))
    cells = []
    clause = None
    for column in columns:
        position = positions.get(column.name, len(record.values))
        if position < len(record.values):
            cell = _cell(column, record.values[position], record.places[position], faults)
        else:  # its absence has been reported
            cell = Cell((), record.start)
        if column.role is ColumnRole.CLAUSE:
            clause = cell
        else:
            cells.append(cell)
    return Row(tuple(cells), record.start, clause)


def _cell(column: Column, value: str, place: Place, faults: list[Finding]) -> Cell:
    match column.role:
        case ColumnRole.SERIAL if not re.fullmatch("[0-9]{0,9}", value):
            expected = "序号只用阿拉伯数字（半角），不超过九位。"
            faults.append(findings.wrong_cell(place, column.name, value, expected))
        case ColumnRole.GROUP if not value:
            expected = "每一行都要写明所属的组，合并单元格由程序生成。"
            faults.append(findings.wrong_cell(place, column.name, value, expected))
        case ColumnRole.PEOPLE | ColumnRole.DEPARTMENTS:
            items = tuple(item.strip(_BLANKS) for item in _SEVERAL.split(value))
            doubtful = _BLANKS + (",，、/" if column.role is ColumnRole.PEOPLE else ",，")
            if any(re.search(f"[{doubtful}]", item) for item in items):
                faults.append(findings.ambiguous_separator(place, column.name, value))
            return Cell(tuple(filter(None, items)), place)
    return Cell((value,) if value else (), place)
