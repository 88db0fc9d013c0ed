"""Lines of a text that make a table, with what stands in braces below them → `Table`; findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from publisher.diagnostics import Finding
from publisher.limits import MOST_CELL, MOST_COLUMNS
from publisher.model import Place, SourceLines, Table
from publisher.readers import findings
from publisher.readers.named_files import NamedFile, named_file
from publisher.readers.notes import NoteTexts, joined
from publisher.readers.records import BeyondLimit, Record, TablesLeft, indent_of
from publisher.readers.schema import EACH_ROW, Entry, TableKeys, TextTableKeys, validate
from publisher.readers.source import Source
from publisher.readers.tables import Layout, ReadTable, read_csv, read_grid
from publisher.readers.yaml import read_mapping

OpenTable = Callable[[str, Place], Source | None]
"""The CSV file that a text names at a place; None where it cannot be read."""

_ROW = re.compile(r"\|.*")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def begins_table(line: str) -> bool:
    """Whether a line is a row of a table or names the file of one."""
    return bool(_ROW.match(line)) or _table_file(line) is not None


def _table_file(line: str) -> NamedFile | None:
    """The CSV file that a line names, if it does."""
    named = named_file(line)
    return named if named and named.name.lower().endswith(".csv") else None


@dataclass(slots=True)
class KeyedLines:
    """A line of a table or picture, those that belong to it, and what is said of it in braces."""

    rows: list[tuple[str, Place]] = field(default_factory=list)
    """Of a table that is typed; else the one that names the file."""
    keys: list[tuple[str, Place]] = field(default_factory=list)
    """From { to }."""

    def take(self, line: str, place: Place) -> bool:
        """Add a line if it belongs to them."""
        line = line.rstrip()
        if self.keys:
            if self.keys[-1][0].endswith("}"):
                return False
            self.keys.append((line, place))
            return True
        if line.startswith("{") and self.rows:
            self.keys.append((line, place))
            return True
        if not self.rows or (_ROW.match(line) and self.is_typed):
            self.rows.append((line, place))
            return True
        return False

    @property
    def is_typed(self) -> bool:
        """Whether they are the rows of a table."""
        return bool(_ROW.match(self.rows[0][0]))

    @property
    def is_table(self) -> bool:
        """Whether they make a table, and not a picture."""
        return begins_table(self.rows[0][0])

    @property
    def file(self) -> NamedFile | None:
        """The file of a table, where a line names one."""
        return _table_file(self.rows[0][0])

    @property
    def lines(self) -> SourceLines:
        """All lines as they were typed."""
        return (*self.rows, *self.keys)

    def said(self, schema: type[Entry]) -> tuple[Entry, list[Finding]]:
        """What is said in braces; nothing where they do not end."""
        if not self.keys:
            return schema.model_validate({}), []
        first = self.keys[0][1]
        if not self.keys[-1][0].endswith("}"):
            return schema.model_validate({}), [findings.unended_table_keys(first)]
        words = "\n".join(" " * (place.column - 1) + line for line, place in self.keys)
        values, faults = read_mapping(words, first.file, first.line)
        keys, more = validate(values, schema)
        return keys, [*faults, *more]


@dataclass(slots=True)
class TextTables:
    """Makes the tables of one text."""

    notes: NoteTexts
    open: OpenTable = field(default=lambda _name, _place: None)
    left: TablesLeft = field(default_factory=TablesLeft)
    faults: list[Finding] = field(default_factory=list)

    def table(self, lines: KeyedLines) -> Table | None:
        """The table; None where there is none, or too much of it."""
        keys, faults = lines.said(TextTableKeys)
        self.faults += faults
        place = lines.rows[0][1]
        if named := lines.file:
            source = self.open(named.name, place.after(named.column))
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
        self.faults += misfits(keys, grid, lines.keys[0][1] if lines.keys else place)
        title = (named.words if named else "") or keys.title or ""
        return made_table(title, grid, keys, place, typed)

    def _layout(self, keys: TableKeys, head_rows: int) -> Layout:
        return layout_of(keys, head_rows, self._note)

    def _note(self, name: str) -> str | None:
        lines = self.notes.called(name)
        return joined(lines)[0] if lines else None

    def _typed(self, lines: KeyedLines, keys: TableKeys) -> tuple[ReadTable, list[Finding]]:
        """The table of lines with bars; those above the line of hyphens are its head."""
        records = [_record(line, place) for line, place in lines.rows]
        rules = [n for n, each in enumerate(records) if all(map(_RULE.fullmatch, each.values))]
        place = lines.rows[0][1]
        faults = []
        if not rules and keys.head_rows:
            faults.append(findings.table_without_rule(place))
        head_rows = rules[0] if rules and keys.head_rows else keys.head_rows
        body = [each for n, each in enumerate(records) if n not in rules[:1]]
        try:
            _within_limits(body)
        except BeyondLimit as problem:
            return ReadTable(), [problem.finding]
        grid, more = read_grid(body, self._layout(keys, head_rows), self.left, place)
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
        is_form=grid.is_form,
        is_fillable=keys.is_fillable,
        widths=keys.widths if len(keys.widths) == len(grid.columns) else (),
        heights=_heights(keys, len(grid.rows)),
        place=place,
        lines=lines,
    )


def misfits(keys: TableKeys, grid: ReadTable, place: Place) -> Iterator[Finding]:
    """What is said of columns and rows that the table has not; `place` is where it is said."""
    if keys.widths and len(keys.widths) != len(grid.columns):
        yield findings.widths_of_other_columns(place, len(keys.widths), len(grid.columns))
    beyond = max(keys.heights, default=0)
    if beyond > len(grid.rows):
        yield findings.heights_of_other_rows(place, beyond, len(grid.rows))


def _heights(keys: TableKeys, rows: int) -> tuple[float | None, ...]:
    """The height of each row; none where nothing is said of any."""
    if not keys.heights:
        return ()
    each = keys.heights.get(EACH_ROW)
    return tuple(keys.heights.get(number, each) for number in range(1, rows + 1))


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
