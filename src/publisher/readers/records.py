"""A CSV file → its records: values, and where each of them begins; findings."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
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
from publisher.model import Place
from publisher.readers import findings
from publisher.readers.source import Source

HEADER_WITHIN = 5
"""A sheet's title and date may stand above its header."""
BLANKS = " \t\u3000\xa0"
_WIDE = "\u3000"
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SEPARATORS = (",", "\t", ";")


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table as its author typed it: values, and where each begins."""

    values: tuple[str, ...]
    """Without the blanks around them."""
    places: tuple[Place, ...]
    indents: tuple[int, ...]
    """How many wide blanks stand before each."""

    @property
    def start(self) -> Place:
        """Where it begins."""
        return self.places[0]


class BeyondLimit(Exception):
    """There is more of something than a table may have; the finding says where."""

    def __init__(self, place: Place, what: str, most: str) -> None:
        advice = "请核对是否存错了表格，或分成几份公文。"
        self.finding = findings.beyond_limit(place, what, most, advice)


def too_much(place: Place) -> BeyondLimit:
    """There is more of tables than a document may have."""
    most = f"{MOST_ROWS} 行、{MOST_CELLS} 格、{MOST_TABLE_TEXT} 字"
    return BeyondLimit(place, "一份公文的表格", most)


@dataclass(slots=True)
class TablesLeft:
    """How much more the tables of a document may have."""

    rows: int = MOST_ROWS
    cells: int = MOST_CELLS
    characters: int = MOST_TABLE_TEXT


def read_records(
    source: Source, names: Collection[str], left: TablesLeft, faults: list[Finding]
) -> list[Record]:
    """The records of a file, those of which all values are empty too; findings join `faults`.

    `names` are the columns that are expected. Raises `BeyondLimit` where there is too much.
    """
    if not any(map(str.strip, source.lines)):
        return []
    return list(_records(source, _separator(source, names), faults, left))


def _separator(source: Source, names: Collection[str]) -> str:
    """The separator with which the first line names the most columns."""
    header = source.lines[0]

    def score(separator: str) -> tuple[int, int]:
        cells = [cell.strip(BLANKS + '"') for cell in header.split(separator)]
        return len(set(names) & set(cells)), len(cells)

    return max(_SEPARATORS, key=score)  # the first of equals: the comma


def _records(
    source: Source, separator: str, faults: list[Finding], left: TablesLeft
) -> Iterator[Record]:
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
                if rows > left.rows + HEADER_WITHIN or characters > left.characters:
                    raise too_much(record.start)
                yield record
            first = reader.line_num + 1
    except csv.Error:
        faults.append(findings.broken_quotes(Place(source.file, first)))


def _record(source: Source, separator: str, values: list[str], first: int, last: int) -> Record:
    """A record that stands on these lines, whose cells are of lengths and number that are borne."""
    if len(values) > MOST_COLUMNS and any(map(str.strip, values[MOST_COLUMNS:])):
        raise BeyondLimit(Place(source.file, first), "表格", f"{MOST_COLUMNS} 列")
    values = values[:MOST_COLUMNS]  # a sheet may have thousands that are empty
    starts = _starts(source.lines[first - 1 : last], separator, source.file, first)
    places = tuple(islice(starts, len(values)))
    for value, place in zip(values, places, strict=True):
        if len(value) > MOST_CELL:
            raise BeyondLimit(place, "一格的长度", f"{MOST_CELL} 字")
    if any("<" in value for value in values):
        values = [_BREAK.sub("\n", value) for value in values]  # as tables that are typed have it
    stripped = tuple(value.strip(BLANKS + "\n") for value in values)
    return Record(stripped, places, tuple(map(indent_of, values)))


def indent_of(value: str) -> int:
    """How many wide blanks stand before the words of a cell."""
    return value[: len(value) - len(value.lstrip(BLANKS + "\n"))].count(_WIDE)


def _starts(lines: tuple[str, ...], separator: str, file: str, first_line: int) -> Iterator[Place]:
    """Where the words of the cells of one record begin: `csv` does not tell."""
    quoted = False  # inside quotes; only a cell that begins with a quote has any
    opened = lines[0].startswith('"')
    yield Place(file, first_line, 1 + opened)
    for number, line in enumerate(lines, first_line):
        for mark in re.finditer(f'["{separator}]', line):
            if mark[0] == '"':
                quoted = opened and not quoted
            elif not quoted:
                opened = line.startswith('"', mark.end())
                yield Place(file, number, 1 + mark.end() + opened)
