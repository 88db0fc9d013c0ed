"""A table of a page, as its text shows it → the table that an author writes, CSV or with bars."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TABLE = re.compile("([^\n]*)\n【表】\n(.*?)【表完】", re.DOTALL)
SPAN = re.compile("{(rowspan|colspan)=([0-9]+)}")
UNIT = re.compile("单位：(.+)")
REMARKS = re.compile("注：")
LABEL = re.compile("[0-9]+[.、]")
LEFT, ABOVE = "<", "^"


@dataclass(frozen=True)
class Shown:
    """A cell that a page draws, and how many rows and columns it takes."""

    words: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class SourceTable:
    """A table of a page."""

    line_above: str
    cells: tuple[Shown, ...]

    @property
    def width(self) -> int:
        return max(cell.column + cell.columns for cell in self.cells)

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def head_rows(self) -> int:
        """As many as its first cell takes."""
        return self.cells[0].rows

    def grid(self) -> list[list[str]]:
        """Its rows as an author types them, with a sign where a cell is one with another."""
        rows = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    rows[row][column] = LEFT if column > cell.column else ABOVE
            rows[cell.row][cell.column] = cell.words
        return rows


def tables_of(text: str) -> list[SourceTable]:
    """The tables of a page, from its text."""
    return [SourceTable(match[1], tuple(_cells(match[2]))) for match in TABLE.finditer(text)]


def _cells(lines: str) -> Iterator[Shown]:
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(lines.strip().split("\n")):
        column = 0
        for typed in line.removesuffix("|").split(" | "):
            while (row, column) in taken:
                column += 1
            span = {name: int(count) for name, count in SPAN.findall(typed)}
            rows, columns = span.get("rowspan", 1), span.get("colspan", 1)
            yield Shown(_words(SPAN.sub("", typed)), row, column, rows, columns)
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}


def _words(typed: str) -> str:
    """The words of a cell: a paragraph a line, without the blanks that a page has for looks."""
    joined = re.sub("(?<=[^!-~。]) +(?=[^!-~])", "", typed.strip())
    return re.sub("(?<=。) +", "\n", joined)


# -- what an author says of it ----------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What stands around a table, and what its columns hold."""

    columns: Mapping[str, str] = field(default_factory=dict)
    banners: str = ""
    """The name of the column of groups that rows make of which one cell is the whole."""
    remarks: Sequence[str] = ()
    title: str = ""

    def keys(self, table: SourceTable) -> dict[str, Any]:
        """The keys of the table."""
        unit = UNIT.fullmatch(table.line_above)
        by_banners = {"分组方式": "通栏标题行"} if self.banners else {}
        said = {
            "标题": self.title,
            "表头": table.head_rows if table.head_rows > 1 else 0,
            "单位": unit[1] if unit else "",
            "列": dict(self.columns),
            "注": list(self.remarks),
        }
        return {key: words for key, words in said.items() if words} | by_banners


def remarks_of(lines: Sequence[str]) -> list[str]:
    """The remarks below a table without 注： and their numbers, which the program prints."""
    joined = [REMARKS.sub("", line, count=1) for line in lines]
    return [LABEL.sub("", line, count=1) for line in joined if line]


def as_csv(table: SourceTable, said: Said) -> str:
    """The CSV file of a table."""
    rows = list(_grouped(table.grid(), said.banners)) if said.banners else table.grid()
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _grouped(rows: list[list[str]], banners: str) -> Iterator[list[str]]:
    """Rows that name their group, of which one without rows has one that is empty."""
    yield [banners, *rows[0]]
    group, is_named = "", True
    for row in rows[1:]:
        is_banner = all(cell == LEFT for cell in row[1:])
        if is_banner and not is_named:
            yield [group, *[""] * len(row)]
        group = row[0] if is_banner else group
        if not is_banner:
            yield [group, *row]
        is_named = not is_banner


def as_bars(table: SourceTable, said: Said) -> str:
    """A table in a text, typed with bars; what is said of it below."""
    rows = [f"| {' | '.join(row)} |" for row in table.grid()]
    rows.insert(table.head_rows, "|" + "---|" * table.width)
    keys = {key: words for key, words in said.keys(table).items() if key != "表头"}
    braces = [json.dumps(keys, ensure_ascii=False)] if keys else []
    return "\n".join([*rows, *braces])
