"""Workbooks of ours with edits by chance: what comes back is exactly these."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conftest import DOCUMENTS, ROOT
from publisher.model import Cell, ColumnRole, Document, Row, Table
from publisher.readers import read_bureau, read_document
from publisher.renderers import table as tables
from publisher.setting.editions import edition_of
from publisher.takeback.result import Reason
from publisher.takeback.sheets import named_tables, taken, with_table
from tried import tried

pytestmark = pytest.mark.thorough

ROOTS = (ROOT / "content", DOCUMENTS, ROOT / "templates/new/gallery")


@cache
def read(folder: Path) -> tuple[Document, Mapping[str, bytes]]:
    document = read_document(folder, read_bureau(folder.parent)[0])[0]
    return document, tables.render(edition_of(document))


def lists() -> st.SearchStrategy[tuple[Path, str]]:
    """Tables whose rows are items: each row of theirs is one of the sheet.

    Read when a test asks for them, not by each process that looks for tests.
    """
    made = []
    for root in ROOTS:
        for path in sorted(root.glob("*/document.md")):
            if any(path.parent.glob("*.csv")):
                document = read_document(path.parent, read_bureau(root)[0])[0]
                made += [
                    (path.parent, stem)
                    for stem, table in named_tables(edition_of(document))
                    if is_list(table)
                ]
    return st.sampled_from(made)


def is_list(table: Table) -> bool:
    cells = [cell for row in (*table.rows, *table.head) for cell in row.cells]
    return (
        not table.is_form
        and not table.head
        and len(table.rows) > 3
        and any(column.role is ColumnRole.TEXT for column in table.columns)
        and not any(cell.merge or cell.note for cell in cells)
        and not any(column.role is ColumnRole.NUMBER for column in table.columns)
        and all(any(cell.items for cell in row.cells) for row in table.rows)
    )


@tried(12)
@given(place=st.deferred(lists), seed=st.integers(0, 10**6))
def test_edits_of_a_workbook_come_back_and_no_others(place: tuple[Path, str], seed: int) -> None:
    document, workbooks = read(place[0])
    stem, chance = place[1], Random(seed)
    (old,) = (table for name, table in named_tables(edition_of(document)) if name == stem)
    book = load_workbook(io.BytesIO(workbooks[f"{stem}.xlsx"]))
    editor = Editor(book.active, old, chance)
    for _ in range(chance.randint(1, 4)):
        editor.edit()
    is_sorted = chance.random() < 0.3
    if is_sorted:
        editor.sort()
    editor.hide()
    stream = io.BytesIO()
    book.save(stream)
    merged = taken(stem, f"{stem}.xlsx", stream.getvalue(), document)
    assert merged.conflicts == ()
    assert {each.reason for each in merged.not_taken} <= {Reason.ORDER}
    (new,) = (table for name, table in named_tables(edition_of(merged.document)) if name == stem)
    wanted = replace(old, rows=tuple(editor.rows))
    if is_sorted:
        assert sorted(map(repr, said(new))) == sorted(map(repr, said(wanted)))
    else:
        assert said(new) == said(wanted)
    assert with_table(merged.document, new, old) == document


def said(table: Table) -> list[list[str]]:
    """What the rows say; serials are counted anew."""
    serial = table.column_of(ColumnRole.SERIAL)
    return [[cell.text for n, cell in enumerate(row.cells) if n != serial] for row in table.rows]


class Editor:
    """Edits a sheet, and the rows that it shows, alike."""

    def __init__(self, sheet: Worksheet, table: Table, chance: Random) -> None:
        self.sheet, self.table, self.chance = sheet, table, chance
        self.rows = [*table.rows]
        names = [cell.value for cell in sheet[1]]
        self.places = [names.index(column.name) + 1 for column in table.columns]
        roles = [column.role for column in table.columns]
        self.words = [n for n, role in enumerate(roles) if role is ColumnRole.TEXT]
        self.groups = [n for n, role in enumerate(roles) if role is ColumnRole.GROUP]
        self.count = 0

    def edit(self) -> None:
        self.count += 1
        at = self.chance.randrange(len(self.rows))
        match self.chance.choice(["cell", "cell", "fill", "remove", "add"]):
            case "cell":
                n = self.chance.choice(self.words)
                words = self.rows[at].cells[n].text
                cut = self.chance.randint(0, len(words))
                self._write(at, n, f"{words[:cut]}改{self.count}动{words[cut + 1 :]}")
            case "fill":
                n = self.chance.choice(self.words)
                self._write(at, n, f"新填的第{self.count}件事项")
            case "remove" if len(self.rows) > 3:
                del self.rows[at]
                self.sheet.delete_rows(at + 2)
            case _:
                self._add(at + 1)

    def _write(self, at: int, n: int, words: str) -> None:
        cells = [*self.rows[at].cells]
        cells[n] = Cell((words,))
        self.rows[at] = replace(self.rows[at], cells=tuple(cells))
        self.sheet.cell(at + 2, self.places[n]).value = words

    def _add(self, at: int) -> None:
        above = self.rows[at - 1]
        cells = [above.cells[n] if n in self.groups else Cell(()) for n in range(len(above.cells))]
        self.rows.insert(at, Row(tuple(cells)))
        self.sheet.insert_rows(at + 2)
        for n in self.groups:
            self.sheet.cell(at + 2, self.places[n]).value = cells[n].text
        self._write(at, self.words[0], f"另外增加的第{self.count}件事项，由专人办理。")

    def sort(self) -> None:
        rows = [[cell.value for cell in row] for row in self.sheet.iter_rows(min_row=2)]
        at = self.places[self.words[0]] - 1
        rows = sorted((row for row in rows if any(row)), key=lambda row: str(row[at]), reverse=True)
        for number, row in enumerate(rows, 2):
            for n, value in enumerate(row, 1):
                self.sheet.cell(number, n).value = value

    def hide(self) -> None:
        for number in self.chance.sample(range(2, len(self.rows) + 2), 2):
            self.sheet.row_dimensions[number].hidden = True
