"""Lines of a text that make a table, with what stands in braces below them → `Table`; findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from publisher.diagnostics import Finding
from publisher.limits import MOST_CELL, MOST_COLUMNS
from publisher.model import Place, SourceLines, Table
from publisher.readers import findings
from publisher.readers.notes import NoteTexts, joined
from publisher.readers.records import BeyondLimit, Record, TablesLeft, indent_of
from publisher.readers.schema import TableKeys, TextTableKeys, validate
from publisher.readers.source import Source
from publisher.readers.tables import Layout, ReadTable, read_csv, read_grid
from publisher.readers.yaml import read_mapping

OpenTable = Callable[[str, Place], Source | None]
"""The CSV file that a text names at a place; None where it cannot be read."""

_ROW = re.compile(r"\|.*")
_FILE = re.compile(r"!\[([^\[\]]*)\]\(\s*<?([^()<>]+?\.csv)>?\s*\)\s*", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def begins_table(line: str) -> bool:
    """Whether a line is a row of a table or names the file of one."""
    return bool(_ROW.match(line) or _FILE.fullmatch(line))


@dataclass(slots=True)
class TableLines:
    """The lines of a table as they come."""

    rows: list[tuple[str, Place]] = field(default_factory=list)
    """Of a table that is typed, or the one that names its file."""
    keys: list[tuple[str, Place]] = field(default_factory=list)
    """From { to }."""

    def take(self, line: str, place: Place) -> bool:
        """Add a line if it belongs to the table."""
        line = line.rstrip()
        if self.keys:
            if self.keys[-1][0].endswith("}"):
                return False
            self.keys.append((line, place))
            return True
        if line.startswith("{") and self.rows:
            self.keys.append((line, place))
            return True
        if not self.rows or (_ROW.match(line) and not self.file):
            self.rows.append((line, place))
            return True
        return False

    @property
    def file(self) -> re.Match[str] | None:
        """The title and the name of the file, where a line names one."""
        return _FILE.fullmatch(self.rows[0][0])

    @property
    def lines(self) -> SourceLines:
        """All lines as they were typed."""
        return (*self.rows, *self.keys)


@dataclass(slots=True)
class TextTables:
    """Makes the tables of one text."""

    notes: NoteTexts
    open: OpenTable = field(default=lambda _name, _place: None)
    left: TablesLeft = field(default_factory=TablesLeft)
    faults: list[Finding] = field(default_factory=list)

    def table(self, lines: TableLines) -> Table | None:
        """The table; None where there is none, or too much of it."""
        keys = self._keys(lines)
        place = lines.rows[0][1]
        if named := lines.file:
            source = self.open(named[2].strip(), place.after(named.start(2)))
            if source is None:
                return None
            grid, faults = read_csv(source, self._layout(keys, keys.head_rows), self.left)
            typed = tuple((line, Place(source.file, n)) for n, line in enumerate(source.lines, 1))
            place = Place(source.file)
        else:
            grid, faults = self._typed(lines, keys)
            typed = tuple(lines.rows)
        self.faults += faults
        if not grid.columns:
            return None
        title = (named[1].strip() if named else "") or keys.title or ""
        return made_table(title, grid, keys, place, typed)

    def _keys(self, lines: TableLines) -> TextTableKeys:
        if not lines.keys:
            return TextTableKeys.model_validate({})
        first = lines.keys[0][1]
        if not lines.keys[-1][0].endswith("}"):
            self.faults.append(findings.unended_table_keys(first))
            return TextTableKeys.model_validate({})
        words = "\n".join(" " * (place.column - 1) + line for line, place in lines.keys)
        values, faults = read_mapping(words, first.file, first.line)
        keys, more = validate(values, TextTableKeys)
        self.faults += [*faults, *more]
        return keys

    def _layout(self, keys: TableKeys, head_rows: int) -> Layout:
        return layout_of(keys, head_rows, self._note)

    def _note(self, name: str) -> str | None:
        lines = self.notes.called(name)
        return joined(lines)[0] if lines else None

    def _typed(self, lines: TableLines, keys: TableKeys) -> tuple[ReadTable, list[Finding]]:
        """The table of lines with bars; those above the line of hyphens are its head."""
        records = [_record(line, place) for line, place in lines.rows]
        rules = [n for n, each in enumerate(records) if all(map(_RULE.fullmatch, each.values))]
        place = lines.rows[0][1]
        faults = []
        if not rules:
            faults.append(findings.table_without_rule(place))
        head_rows = rules[0] if rules else keys.head_rows
        body = [each for n, each in enumerate(records) if n not in rules[:1]]
        try:
            _within_limits(body)
        except BeyondLimit as problem:
            return ReadTable(), [problem.finding]
        grid, more = read_grid(body, self._layout(keys, max(head_rows, 1)), self.left, place)
        return grid, [*faults, *more]


def layout_of(keys: TableKeys, head_rows: int, note: Callable[[str], str | None]) -> Layout:
    """What is said of a table, as its reader takes it; the table's own notes come first."""
    return Layout(
        roles=keys.columns,
        head_rows=head_rows,
        headings=keys.headings,
        note=lambda name: keys.notes.get(name) or note(name),
    )


def made_table(
    title: str, grid: ReadTable, keys: TableKeys, place: Place, lines: SourceLines
) -> Table:
    """The table of a grid, with what is said of it."""
    return Table(
        title=title,
        columns=grid.columns,
        rows=grid.rows,
        head=grid.head,
        grouping=keys.grouping,
        unit=keys.unit,
        remarks=keys.remarks,
        says_it_goes_on=keys.says_it_goes_on,
        reconciled=keys.reconciled,
        place=place,
        lines=lines,
    )


def _record(line: str, place: Place) -> Record:
    """A line with bars as a record; the bars at its ends are none between cells."""
    parts = list(_parts(line))
    if parts and not parts[0][0].strip():
        parts = parts[1:]
    if parts and not parts[-1][0].strip() and line.rstrip().endswith("|"):
        parts = parts[:-1]
    values = tuple(_BREAK.sub("\n", words.strip().replace(r"\|", "|")) for words, _ in parts)
    places = tuple(place.after(start + len(words) - len(words.lstrip())) for words, start in parts)
    return Record(values, places or (place,), tuple(indent_of(words) for words, _ in parts))


def _parts(line: str) -> Iterator[tuple[str, int]]:
    """What stands between bars, and where it begins."""
    start = 0
    for bar in _BAR.finditer(line):
        yield line[start : bar.start()], start
        start = bar.end()
    yield line[start:], start


def _within_limits(records: list[Record]) -> None:
    for record in records:
        if len(record.values) > MOST_COLUMNS:
            raise BeyondLimit(record.start, "表格", f"{MOST_COLUMNS} 列")
        for value, place in zip(record.values, record.places, strict=False):
            if len(value) > MOST_CELL:
                raise BeyondLimit(place, "一格的长度", f"{MOST_CELL} 字")
