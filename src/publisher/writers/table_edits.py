"""The lines of a table as its author typed them, and what it is to say → its new lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from publisher.model import Cell, ColumnRole, Place, Row, Table
from publisher.readers.notes import NoteTexts
from publisher.writers.tables import (
    Records,
    WrittenTable,
    bars,
    cell_words,
    in_bars,
    names_of_notes,
    read_of_bars,
    reads_as,
)
from publisher.writers.yaml import Keys
from publisher.writers.yaml_edits import NotInPlaceError, edited_yaml

_BAR = re.compile(r"(?<!\\)\|")
_CALLS = re.compile(r"\[\^([^\[\]\s]+)\]\W*$")
"""The mark of a note behind the words of a cell."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it was typed."""

    start: int
    end: int
    """Of the text of all lines."""
    line: int
    column: int
    """Where its words begin, as its place has it."""


@dataclass(slots=True)
class _Grid:
    """The cells of a table in its text."""

    text: str
    rows: dict[int, list[RawCell]]
    """By the line on which each begins, from 1."""
    by_places: dict[tuple[int, int], RawCell] = field(init=False)
    """By the line and column at which the words of each begin."""

    def __post_init__(self) -> None:
        cells = (cell for row in self.rows.values() for cell in row)
        self.by_places = {(cell.line, cell.column): cell for cell in cells}

    def cell(self, place: Place) -> RawCell:
        """The cell whose words begin at a place."""
        if (place.line, place.column) not in self.by_places:
            raise NotInPlaceError
        return self.by_places[place.line, place.column]


def edited_csv(text: str, old: Table, new: Table, written: WrittenTable) -> str:
    """The text of a CSV file, changed so that it says the new table; its dialect stays."""
    separator = max(",\t;", key=lambda mark: text.split("\n")[0].count(mark))
    is_quoted = text.lstrip().startswith('"')

    def as_typed(words: str) -> str:
        typed = _csv_of([[words]], separator, is_quoted=is_quoted).removesuffix("\n")
        return typed if words or is_quoted else ""

    grid = _Grid(text, dict(_csv_rows(text, separator)))
    names = _names_given(grid, old)
    try:
        made = _edited_rows(grid, old, new, names, as_typed, separator)
    except NotInPlaceError:
        made = None
    keys = _as_named(written.keys, names, _clause_given(grid, old))
    if made is not None and reads_as(made, keys, new):
        return made
    made = _csv_of(written.records, separator, is_quoted=is_quoted)
    return made if reads_as(made, written.keys, new) else written.csv


def _as_named(keys: Keys, names: Mapping[str, str], clause: str) -> Keys:
    """The keys, with notes and the column of clauses by the names that their author gave them."""
    made = dict(keys)
    if names:
        made[_NOTES] = {name: words for words, name in names.items()}
    columns = keys.get(_COLUMNS)
    if clause and isinstance(columns, Mapping):
        role = ColumnRole.CLAUSE.value
        roles = ((str(name), each) for name, each in columns.items())
        made[_COLUMNS] = {clause if each == role else name: each for name, each in roles}
    return made


def _clause_given(grid: _Grid, table: Table) -> str:
    """What the head says above the clauses of a table; empty where it has none."""
    for row in table.rows:
        cells = grid.rows.get(row.place.line, [])
        if row.clause and (
            raw := grid.by_places.get((row.clause.place.line, row.clause.place.column))
        ):
            head = grid.rows[min(grid.rows)]
            at = cells.index(raw) if raw in cells else len(head)
            return (
                grid.text[head[at].start : head[at].end].strip().strip('"')
                if at < len(head)
                else ""
            )
    return ""


def _csv_of(records: Records, separator: str, *, is_quoted: bool) -> str:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    csv.writer(stream, delimiter=separator, lineterminator="\n", quoting=quoting).writerows(  # type: ignore[arg-type]
        records
    )
    return stream.getvalue()


def edited_bars(
    lines: Sequence[str], above: int, old: Table, new: Table, notes: NoteTexts
) -> list[str] | None:
    """The lines of a table in a text; None where they are to be written anew.

    `above` is how many lines stand above them, `notes` are those of the text.
    """
    keys = next((n for n, line in enumerate(lines) if line.strip().startswith("{")), len(lines))
    text = "\n" * above + "\n".join(lines[:keys])
    grid = _Grid(text, dict(_bar_rows(text)))
    try:
        names = _names_given(grid, old)
        made = _edited_rows(grid, old, new, names, lambda words: f" {in_bars(words)} ", "|")
        said = _edited_keys(list(lines[keys:]), old, new)
    except NotInPlaceError:
        return None
    rows = made[above:].removesuffix("\n").split("\n")
    result = [*rows, *said]
    is_right = read_of_bars([line.strip() for line in result], notes) == (
        new,
        [r.clause for r in new.rows],
    )
    return result if is_right else None


_NOTES, _COLUMNS = "脚注", "列"
"""The keys of the notes of cells, which may be defined in the text as well, and of the columns."""


def _edited_keys(lines: list[str], old: Table, new: Table) -> list[str]:
    """What is said in braces."""
    sides = [bars(table) for table in (old, new)]
    if sides[0] is None or sides[1] is None:
        raise NotInPlaceError
    said = [[line for line in side if line.startswith("{")] for side in sides if side]
    if said[0] == said[1]:
        return lines
    from publisher.readers.yaml import read_mapping

    typed, *data = (dict(read_mapping("\n".join(each), "")[0].data) for each in (lines, *said))
    if _NOTES not in typed:  # the text defines them
        data = [{key: value for key, value in each.items() if key != _NOTES} for each in data]
    if data[0] == data[1]:
        return lines
    if not all((typed, *data)):
        return said[1]
    return edited_yaml("\n".join(lines), data[0], data[1]).split("\n")


# -- rows -----------------------------------------------------------------------------------


def _names_given(grid: _Grid, table: Table) -> dict[str, str]:
    """The names of the notes of a table, by their words, as their author gave them."""
    names: dict[str, str] = {}
    for row in (*table.head, *table.rows):
        for cell in _all_cells(row):
            raw = grid.by_places.get((cell.place.line, cell.place.column)) if cell.note else None
            match = raw and _CALLS.search(grid.text[raw.start : raw.end])
            if match and cell.note:
                names.setdefault(cell.note, match[1])
    return names


def _edited_rows(  # type: ignore[no-untyped-def]
    grid: _Grid, old: Table, new: Table, names: Mapping[str, str], as_typed, separator: str
) -> str:
    """The text with the rows that differ changed; the head must be the same."""
    if (old.columns, old.head, old.is_form) != (new.columns, new.head, new.is_form):
        raise NotInPlaceError
    if not names_of_notes(new).keys() <= names.keys():
        raise NotInPlaceError
    cuts: list[tuple[int, int, str]] = []
    sides = [[_said(row) for row in table.rows] for table in (old, new)]
    matcher = SequenceMatcher(None, sides[0], sides[1], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            continue
        paired = min(j - i, m - k) if kind == "replace" else 0
        for n in range(paired):
            cuts += _changed(grid, old.rows[i + n], new.rows[k + n], names, as_typed)
        for row in old.rows[i + paired : j]:
            cuts.append((*_extent(grid, row), ""))
        added = "".join(
            _new_row(grid, old, row, names, as_typed, separator) for row in new.rows[k + paired : m]
        )
        if added:
            cuts.append(_below(grid, old, i + paired, added))
    return _cut(grid.text, cuts)


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> str:
    made, at = [], 0
    for start, end, words in sorted(cuts, key=lambda cut: cut[:2]):
        made += [text[at:start], words]
        at = end
    return "".join([*made, text[at:]])


def _said(row: Row) -> tuple[object, ...]:
    return (row, row.clause)


def _all_cells(row: Row) -> tuple[Cell, ...]:
    return (*row.cells, *([row.clause] if row.clause else []))


def _changed(grid: _Grid, old: Row, new: Row, names, as_typed) -> Iterator[tuple[int, int, str]]:  # type: ignore[no-untyped-def]
    before, after = _all_cells(old), _all_cells(new)
    if len(before) != len(after):
        raise NotInPlaceError
    for was, cell in zip(before, after, strict=True):
        if was != cell:
            raw = grid.cell(was.place)
            yield raw.start, raw.end, as_typed(cell_words(cell, names))


def _extent(grid: _Grid, row: Row) -> tuple[int, int]:
    """From the beginning of the line of a row to that of the next."""
    cells = grid.rows.get(row.place.line)
    if cells is None:
        raise NotInPlaceError
    start = grid.text.rfind("\n", 0, cells[0].start) + 1
    end = grid.text.find("\n", cells[-1].end)
    return start, len(grid.text) if end < 0 else end + 1


def _below(grid: _Grid, old: Table, index: int, added: str) -> tuple[int, int, str]:
    """Where rows are added: below the row before, else above the first, else at the end."""
    if index > 0:
        end = _extent(grid, old.rows[index - 1])[1]
    elif old.rows:
        end = _extent(grid, old.rows[0])[0]
    else:
        end = len(grid.text)
    if end == len(grid.text) and not grid.text.endswith("\n"):
        return end, end, "\n" + added.rstrip("\n")
    return end, end, added


def _new_row(grid: _Grid, old: Table, row: Row, names, as_typed, separator: str) -> str:  # type: ignore[no-untyped-def]
    """A row in the order in which the file has its columns."""
    cells = [cell_words(cell, names) for cell in _all_cells(row)]
    if not old.rows:
        raise NotInPlaceError
    pattern = old.rows[-1]
    raws = grid.rows.get(pattern.place.line) or []
    places = [grid.cell(cell.place) for cell in _all_cells(pattern)]
    if len(places) != len(cells):
        raise NotInPlaceError
    words = dict(zip(map(raws.index, places), cells, strict=True))
    line = grid.text[grid.text.rfind("\n", 0, raws[0].start) + 1 : raws[0].start]
    typed = [as_typed(words.get(n, "")) for n in range(len(raws))]
    if separator == "|":
        typed = [" " if not each.strip() else each for each in typed]
        return line + "|".join(typed) + "|\n"
    return separator.join(typed) + "\n"


# -- where cells stand ----------------------------------------------------------------------


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, list[RawCell]]]:
    """The cells of each row, with the line on which it begins."""
    cells: list[RawCell] = []
    line, line_start, start, first = 1, 0, 0, 1
    start_line, start_column = 1, 1
    is_quoted = False
    for at, character in enumerate(text + "\n"):
        if character == '"' and (is_quoted or not text[start:at].strip('" ') or at == start):
            is_quoted = not is_quoted
        elif character in (separator, "\n") and not is_quoted:
            quote = text[start : start + 1] == '"'
            cells.append(RawCell(start, at, start_line, start_column + quote))
            if character == "\n":
                yield first, cells
                cells, first = [], line + 1
            start = at + 1
            start_line = line + (character == "\n")
            start_column = 1 if character == "\n" else at - line_start + 2
        if character == "\n":
            line, line_start = line + 1, at + 1


def _bar_rows(text: str) -> Iterator[tuple[int, list[RawCell]]]:
    """The cells of each line with bars."""
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        ends = [match.start() for match in _BAR.finditer(line)]
        cells = []
        for n, start in enumerate(ends):
            end = ends[n + 1] if n + 1 < len(ends) else len(line)
            words = line[start + 1 : end]
            if n + 1 < len(ends) or words.strip():
                column = start + 2 + len(words) - len(words.lstrip())
                cells.append(RawCell(offset + start + 1, offset + end, number, column))
        if cells:
            yield number, cells
        offset += len(line) + 1
