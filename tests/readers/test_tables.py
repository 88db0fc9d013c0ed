"""Tables as Excel, WPS and editors save them, read into the declared columns."""

from __future__ import annotations

import pytest

from conftest import at
from csv_tables import read_table
from publisher.limits import MOST_CELL, MOST_ROWS
from publisher.model import ColumnRole, Place, Row
from publisher.readers.source import Source, decode

ROLES = {
    "序号": ColumnRole.SERIAL,
    "任务": ColumnRole.TEXT,
    "责任人": ColumnRole.PEOPLE,
}
HEADER = "序号,任务,责任人"
PLAIN = f"{HEADER}\n1,排查,柳喆；陆堃\n2,拆除,孟䶮\n"


def source(data: str | bytes) -> Source:
    read, _ = decode(data if isinstance(data, bytes) else data.encode(), "t.csv")
    assert read
    return read


def rows_of(data: str | bytes) -> list[tuple[str, ...]]:
    """The rows of a table that is read without findings."""
    _, rows, found = read_table(source(data), ROLES)
    assert found == []
    return [texts(row) for row in rows]


def texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


ROWS = [("1", "排查", "柳喆；陆堃"), ("2", "拆除", "孟䶮")]

SAVED = {
    "by an editor": PLAIN,
    "without a line end at the end": PLAIN.rstrip(),
    "with a byte order mark": PLAIN.encode("utf-8-sig"),
    "with the line ends of Windows": PLAIN.replace("\n", "\r\n"),
    "with the line ends of old Macs": PLAIN.replace("\n", "\r"),
    "as Unicode text, by Excel: UTF-16 and tabs": PLAIN.replace(",", "\t").encode("utf-16"),
    "with tabs": PLAIN.replace(",", "\t"),
    "with semicolons": PLAIN.replace(",", ";"),
    "with all cells quoted": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.split("\n") if line
    ),
    "with blanks around cells": PLAIN.replace(",", " ,\u3000"),
    "with blank lines": PLAIN.replace("\n", "\n\n"),
    "with empty rows below": PLAIN + ",,\n,,\n \n",
    "with empty columns beside": PLAIN.replace("\n", ",,\n"),
    "with columns in another order": "责任人,序号,任务\n柳喆；陆堃,1,排查\n孟䶮,2,拆除\n",
    "with several people on lines of a cell": PLAIN.replace("柳喆；陆堃", '"柳喆\n陆堃"'),
    "with half-width semicolons between people": PLAIN.replace("；", ";"),
    "with semicolons too many": PLAIN.replace("柳喆；陆堃", "；柳喆；； 陆堃；"),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=list(SAVED))
def test_a_table_reads_the_same_however_it_was_saved(data: str | bytes) -> None:
    assert rows_of(data) == ROWS


def test_a_table_in_gb_18030_reads_the_same() -> None:
    read, found = decode(PLAIN.encode("gb18030"), "t.csv")
    assert read
    assert [one.name for one in found] == ["other_encoding"]
    assert [texts(row) for row in read_table(read, ROLES)[1]] == ROWS


CELLS = {
    "a comma in quotes": ('"甲,乙"', "甲,乙"),
    "a doubled quote in quotes": ('"甲""乙""丙"', '甲"乙"丙'),
    "a quote inside a cell that does not begin with one": ('5" 管', '5" 管'),
    "two of them": ('5"×3" 管', '5"×3" 管'),
    "a line break in quotes": ('"甲\n乙"', "甲\n乙"),
    "a line break of Windows in quotes": ('"甲\r\n乙"', "甲\n乙"),
    "a blank line in quotes": ('"甲\n\n乙"', "甲\n\n乙"),
    "Chinese quotes": ("“甲”", "“甲”"),
    "semicolons in running text": ("甲；乙;丙", "甲；乙;丙"),
    "what a spreadsheet takes for a formula": ("=1+1", "=1+1"),
    "nothing": ("", ""),
    "blanks": (" \u3000", ""),
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.values(), ids=list(CELLS))
def test_a_cell_holds_what_was_written(cell: str, expected: str) -> None:
    assert rows_of(f"{HEADER}\n1,{cell},孟䶮\n2,后,陆堃\n") == [
        ("1", expected, "孟䶮"),
        ("2", "后", "陆堃"),
    ]


@pytest.mark.parametrize("cell", [cell for cell, _ in CELLS.values()], ids=list(CELLS))
def test_cells_know_where_they_begin_whatever_stands_before_them(cell: str) -> None:
    data = f"{HEADER}\n1,{cell},孟䶮\n2,后,陆堃\n"
    lines = source(data).lines
    _, rows, _ = read_table(source(data), ROLES)
    for row in rows:
        serial, _, people = row.cells
        for one in (serial, people):
            line = lines[one.place.line - 1]
            assert line[one.place.column - 1 :].startswith(one.text)
        assert row.place == serial.place


def test_cells_stand_where_their_words_begin_after_line_breaks_too() -> None:
    data = f'{HEADER}\n1,"甲\n乙\n丙",孟䶮\n2,后,陆堃\n'
    _, rows, _ = read_table(source(data), ROLES)
    assert [[at(cell.place) for cell in row.cells] for row in rows] == [
        ["t.csv:2:1", "t.csv:2:4", "t.csv:4:4"],
        ["t.csv:5:1", "t.csv:5:3", "t.csv:5:5"],
    ]


def test_people_and_departments_are_several_and_text_is_one() -> None:
    _, (row,), _ = read_table(source(f"{HEADER}\n1,甲；乙,柳喆；陆堃\n"), ROLES)
    assert [cell.items for cell in row.cells] == [("1",), ("甲；乙",), ("柳喆", "陆堃")]


def test_an_empty_cell_has_no_items() -> None:
    _, (row,), _ = read_table(source(f"{HEADER}\n1,,\n"), ROLES)
    assert [cell.items for cell in row.cells] == [("1",), (), ()]


def test_departments_whose_names_hold_an_enumeration_mark_are_one() -> None:
    roles = {"部门": ColumnRole.DEPARTMENTS}
    _, (row,), found = read_table(source("部门\n各科室、单位；河湖科\n"), roles)
    assert row.cells[0].items == ("各科室、单位", "河湖科")
    assert found == []


def test_columns_that_are_not_declared_are_those_of_the_header() -> None:
    columns, (row,), found = read_table(source("站点,序号,备注\n清溪桥,1,\n"), None)
    assert [(column.name, column.role) for column in columns] == [
        ("站点", ColumnRole.TEXT),
        ("序号", ColumnRole.SERIAL),
        ("备注", ColumnRole.TEXT),
    ]
    assert texts(row) == ("清溪桥", "1", "")
    assert found == []


def test_a_row_that_is_one_cell_is_of_no_column() -> None:
    _, rows, found = read_table(source("序号,物资,数量\n一、消防,<,<\n1,灭火器,20具\n"), None)
    assert [texts(row)[0] for row in rows] == ["一、消防", "1"]
    assert found == []


def test_a_table_without_rows_has_its_columns() -> None:
    columns, rows, found = read_table(source(f"{HEADER}\n"), ROLES)
    assert [column.name for column in columns] == list(ROLES)
    assert rows == ()
    assert found == []


def test_a_very_long_cell_is_read() -> None:
    words = "长" * MOST_CELL
    assert rows_of(f"{HEADER}\n1,{words},\n") == [("1", words, "")]


def test_a_cell_of_many_blanks_is_read() -> None:
    """They were tried for the mark of a note one by one, each with all behind it."""
    words = "清" + " " * (MOST_CELL - 2) + "溪"
    assert rows_of(f"{HEADER}\n1,{words},\n") == [("1", words, "")]


def test_findings_in_a_row_of_many_lines_are_at_its_cell() -> None:
    data = f'{HEADER}\n1,"甲\n乙",柳 喆\n'
    _, _, (finding,) = read_table(source(data), ROLES)
    assert finding.place == Place("t.csv", 3, 4)


def test_empty_rows_of_a_formatted_sheet_are_not_counted() -> None:
    lines = ("序号,任务", "1,逐段排查。", *[","] * (MOST_ROWS + 10))
    _, rows, found = read_table(Source("t.csv", lines), None)
    assert len(rows) == 1
    assert found == []
