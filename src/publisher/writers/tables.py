"""A table → its records, and the keys that say what they do not; as CSV or as rows with bars."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.limits import MOST_COLUMNS
from publisher.model import (
    NOWHERE,
    Cell,
    ColumnRole,
    Grouping,
    Merge,
    Place,
    Row,
    Table,
)
from publisher.readers.notes import NoteTexts
from publisher.readers.schema import EACH_ROW, TextTableKeys, validate
from publisher.readers.source import Source
from publisher.readers.tables import read_csv
from publisher.readers.text_tables import KeyedLines, TextTables, layout_of, made_table
from publisher.readers.yaml import Values
from publisher.writers.numbers import number
from publisher.writers.yaml import Data, Keys, in_line

Records = list[list[str]]
"""The words of each cell of each row, those of the head first."""

_CLAUSE = ColumnRole.CLAUSE.value
_MOST_ROWS, _MOST_CHARACTERS = 40, 160
"""Of a table that is typed within a text; a larger one has a file of its own."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table as it is written."""

    keys: Keys
    """What is said of it beside its cells."""
    records: Records
    separator: str = ","

    @property
    def csv(self) -> str:
        """Its file."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=self.separator, lineterminator="\n")
        writer.writerows(self.records)
        return stream.getvalue()


# -- in a text ----------------------------------------------------------------------------


def bars(table: Table) -> list[str] | None:
    """A table as rows with bars and what is said of it in braces; None where a file is better."""
    records = _records(table, names_of_notes(table))
    rows = [_barred(record) for record in records]
    is_large = len(rows) > _MOST_ROWS or max(map(len, rows), default=0) > _MOST_CHARACTERS
    if not is_large:
        for lines in _choices_of_bars(table, rows):
            if read_of_bars(lines) == (table, _clauses(table)):
                return lines
    return None


def _choices_of_bars(table: Table, rows: list[str]) -> Iterator[list[str]]:
    head = 0 if table.is_form else len(table.head) or 1
    rule = [] if table.is_form else ["|" + "---|" * _width(table)]
    for keys in _choices(table):
        said = {"标题": table.title, **keys} if table.title else dict(keys)
        if not table.is_form:
            said.pop("表头", None)
        yield [*rows[:head], *rule, *rows[head:], *([in_line(said)] if said else [])]


def _barred(record: list[str]) -> str:
    cells = (f" {words} " if words else " " for words in map(in_bars, record))
    return "|" + "|".join(cells) + "|"


def in_bars(words: str) -> str:
    """The words of a cell between bars."""
    return words.replace("|", r"\|").replace("\n", "<br>")


def read_of_bars(
    lines: list[str], notes: NoteTexts | None = None
) -> tuple[Table, list[Cell | None]] | None:
    """What lines of a text with such notes are read as, and the clauses of the rows.

    None where they are no table.
    """
    keyed = KeyedLines()
    for line_number, line in enumerate(lines, 1):
        if not keyed.take(line, Place("", line_number)):
            return None
    reader = TextTables(notes or NoteTexts())
    made = reader.table(keyed)
    return None if made is None else (made, _clauses(made))


# -- in a file of its own -----------------------------------------------------------------


def written(table: Table) -> WrittenTable:
    """A table for a file of its own; the title is not among its keys."""
    records = _records(table, names_of_notes(table))
    choices = [*_choices(table)]
    for separator in ",\t;":
        for keys in choices:
            made = WrittenTable(keys, records, separator)
            if reads_as(made.csv, keys, table):
                return made
    return WrittenTable(choices[-1], records)


def reads_as(text: str, keys: Keys, table: Table) -> bool:
    """Whether a file with what is said of it is read as a table."""
    entry, _ = validate(Values(_plain(keys)), TextTableKeys)
    layout = layout_of(entry, entry.head_rows, lambda _: None)
    grid, _ = read_csv(Source("", tuple(text.split("\n"))), layout)
    made = made_table(table.title, grid, entry, NOWHERE, ())
    made = replace(made, orientation=table.orientation, delivery=table.delivery)
    return made == table and _clauses(made) == _clauses(table)


def _plain(keys: Keys) -> dict[str, object]:
    """Keys as they are read: tuples are lists."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in keys.items()}


def _clauses(table: Table) -> list[Cell | None]:
    return [row.clause for row in table.rows]


# -- what is said of it -------------------------------------------------------------------


def _choices(table: Table) -> Iterator[Keys]:
    """What may be said of a table, the least first: its reader tells what is enough."""
    headings = [column.role is ColumnRole.HEADING for column in table.columns]
    from_left = headings.index(False) if False in headings else len(headings)
    columns = {column.name: column.role.value for column in table.columns if column.name}
    if _has_clauses(table):
        columns[_clause_name(table)] = _CLAUSE
    else:
        yield _keys(table, {})
        yield _keys(table, {"行头": str(from_left)})
    yield _keys(table, {"列": dict(columns)})
    yield _keys(table, {"行头": str(from_left), "列": dict(columns)})


def _keys(table: Table, of_columns: Keys) -> Keys:
    """The keys in their order, those of which nothing is to be said left out."""
    names = names_of_notes(table)
    head = len(table.head) or 1
    columns = {} if table.is_form else of_columns
    said: dict[str, Data | None] = {
        "分组方式": table.grouping.value if table.grouping is not Grouping.MERGED else None,
        "表头": "0" if table.is_form else str(head) if head > 1 else None,
        **columns,
        "单位": table.unit,
        "注": table.remarks[0] if len(table.remarks) == 1 else list(table.remarks),
        "脚注": {name: words for words, name in names.items()},
        "续表": "是" if table.says_it_goes_on else None,
        "列宽": tuple(map(number, table.widths)),
        "行高": _heights(table.heights),
        "可填写": "是" if table.is_fillable else None,
        "对账": table.reconciled.value if table.reconciled else None,
    }
    return {key: value for key, value in said.items() if value}


def _heights(heights: Sequence[float | None]) -> Data | None:
    """The heights of rows, one that most have said once."""
    given = [height for height in heights if height is not None]
    if not given:
        return None
    most = Counter(given).most_common(1)[0][0]
    if len(given) < len(heights):
        return {n: number(each) for n, each in enumerate(heights, 1) if each is not None}
    differing = {n: number(each) for n, each in enumerate(given, 1) if each != most}
    return {EACH_ROW: number(most), **differing} if differing else number(most)


def names_of_notes(table: Table) -> dict[str, str]:
    """The name of each note of a table, by its words: a, b … z, n27 …"""
    rows = (*table.head, *table.rows)
    cells = (cell for row in rows for cell in (*row.cells, row.clause))
    words = dict.fromkeys(cell.note for cell in cells if cell and cell.note)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {each: letters[n] if n < len(letters) else f"n{n + 1}" for n, each in enumerate(words)}


# -- its cells ----------------------------------------------------------------------------


def _width(table: Table) -> int:
    return len(table.columns) + _has_clauses(table)


def _has_clauses(table: Table) -> bool:
    return any(row.clause is not None for row in table.rows) and len(table.columns) < MOST_COLUMNS


def _clause_name(table: Table) -> str:
    """The name of the column of clauses, which the table does not keep."""
    taken = {column.name for column in table.columns}
    return next(name for name in (_CLAUSE, "条款", *map(str, range(99))) if name not in taken)


def _records(table: Table, notes: dict[str, str]) -> Records:
    names = [] if table.is_form else [[column.name for column in table.columns]]
    head = [_record(row, notes) for row in table.head] or names
    rows = [_record(row, notes) for row in table.rows]
    if _has_clauses(table):
        for n, record in enumerate(head):
            record.append(Merge.ABOVE.value if n else _clause_name(table))
        for record, row in zip(rows, table.rows, strict=True):
            record.append(cell_words(row.clause, notes) if row.clause else "")
    return [*head, *rows]


def _record(row: Row, notes: dict[str, str]) -> list[str]:
    return [cell_words(cell, notes) for cell in row.cells]


def cell_words(cell: Cell, notes: Mapping[str, str]) -> str:
    """A cell as it is written, by the names of the notes of the table."""
    if cell.merge:
        return cell.merge.value
    words = cell.text
    if words in {sign.value for sign in Merge}:
        words = f"\\{words}"
    return f"{words}[^{notes[cell.note]}]" if cell.note else words
