"""The files of tables with merged cells, heads of several rows, figures and notes, read again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conftest import edition_of, resolved
from publisher.model import (
    Bureau,
    Column,
    ColumnRole,
    Document,
    Edition,
    Prose,
    SetCell,
    SetTable,
    Table,
)
from publisher.readers.source import decode
from publisher.readers.tables import Layout, ReadTable, read_csv
from publisher.renderers.table import render
from publisher.words import captions
from publisher.words.figures import decimals_of, shown_as, value_of
from tried import tried

BEDS = """\
# 床位

| 区 | 分年度任务 | < | 完成率 | 备注 |
| ^ | 2031年 | 2032年 | ^ | ^ |
|----|----|----|----|----|
| 合计 | 1,450 | 1600 | 5% | |
| 东区 | 100 | 120[^a] | -3.50% | ^ |
| 西区 | 1350 | 1480 | — | \\< |
{标题: 床位建设任务, 单位: 张, 行头: 1, 注: [数据截至6月底。, 不含在建。]}

[^a]: 含改扩建。

| 甲 | 乙 |
|---|---|
| =1 | 2 |
"""


def sheet_in(files: dict[str, bytes], stem: str) -> Worksheet:
    sheet = load_workbook(io.BytesIO(files[f"{stem}.xlsx"])).active
    assert isinstance(sheet, Worksheet)
    return sheet


def merges(sheet: Worksheet) -> set[str]:
    return {str(one) for one in sheet.merged_cells.ranges}


@pytest.fixture(scope="module")
def beds() -> dict[str, bytes]:
    return render(edition_of(BEDS))


def test_each_table_in_a_text_has_its_files(beds: dict[str, bytes]) -> None:
    assert set(beds) == {"table-1.xlsx", "table-1.csv", "table-2.xlsx", "table-2.csv"}


def test_the_csv_says_what_is_one_as_an_author_would(beds: dict[str, bytes]) -> None:
    assert beds["table-1.csv"].decode("utf-8-sig").splitlines() == [
        "区,分年度任务,<,完成率,备注",
        "^,2031年,2032年,^,^",
        '合计,"1,450",1600,5%,',
        "东区,100,120[^1],-3.50%,^",
        "西区,1350,1480,—,\\<",
    ]


def test_the_sheet_has_unit_head_rows_and_notes(beds: dict[str, bytes]) -> None:
    sheet = sheet_in(beds, "table-1")
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines == [
        ["单位：张", None, None, None, None],
        ["区", "分年度任务", None, "完成率", "备注"],
        [None, "2031年", "2032年", None, None],
        ["合计", 1450, 1600, 0.05, None],
        ["东区", 100, 120, -0.035, None],
        ["西区", 1350, 1480, "—", "<"],
        [None] * 5,
        ["注：1.数据截至6月底。", None, None, None, None],
        ["2.不含在建。", None, None, None, None],
        ["① 含改扩建。", None, None, None, None],
    ]
    assert merges(sheet) == {
        *("A1:E1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "E4:E5", "A8:E8", "A9:E9", "A10:E10")
    }
    assert sheet.title == "表1　床位建设任务"
    forms = {cell.coordinate: cell.number_format for row in sheet["B4:D6"] for cell in row}
    assert [forms[at] for at in ("B4", "C4", "D4", "D5")] == ["#,##0", "0", "0%", "0.00%"]
    assert forms["C5"] == '0"①"'  # the number stays one with the mark of its note behind it


def test_figures_stand_at_the_right_and_sums_are_bold(beds: dict[str, bytes]) -> None:
    sheet = sheet_in(beds, "table-1")
    assert {sheet[at].alignment.horizontal for at in ("B4", "C5", "D6")} == {"right"}
    bold = [row[1].font.b for row in sheet["A4:B6"]]
    assert bold == [True, False, False]


def test_head_and_names_of_rows_stay_in_sight_and_what_is_merged_is_not_sorted(
    beds: dict[str, bytes],
) -> None:
    sheet = sheet_in(beds, "table-1")
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.auto_filter.ref is None
    plain = sheet_in(beds, "table-2")
    assert plain.auto_filter.ref == "A1:B2"
    assert plain.page_setup.orientation != "landscape"


def test_a_column_is_no_wider_than_its_content(beds: dict[str, bytes]) -> None:
    widths = sheet_in(beds, "table-1").column_dimensions
    assert 6 <= widths["A"].width < 10
    assert 8 < widths["B"].width < 14


def test_nested_groups_stand_in_each_row_so_that_rows_can_be_filtered() -> None:
    columns = "{列: {一级: 分组, 二级: 分组, 指标: 文字}}"
    rows = "| 甲 | 子 | 1项 |\n| 甲 | 子 | 2项 |\n| 甲 | 丑 | 3项 |\n| 乙 | 丑 | 4项 |\n"
    files = render(edition_of(f"| 一级 | 二级 | 指标 |\n|---|---|---|\n{rows}{columns}\n"))
    sheet = sheet_in(files, "table-1")
    assert [line[:2] for line in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("甲", "子"),
        ("甲", "子"),
        ("甲", "丑"),
        ("乙", "丑"),
    ]
    assert not merges(sheet)
    assert sheet.auto_filter.ref == "A1:C5"


def test_a_deadline_below_a_wide_heading_has_its_date_beside_it() -> None:
    text = """\
| 任务 | 时限 | < |
| ^ | 初步时限 | 最后时限 |
|---|---|---|
| 栽树 | 2031年5月 | 2031年6月底 |
{列: {时限/初步时限: 时限, 时限/最后时限: 时限}}
"""
    sheet = sheet_in(render(edition_of(text)), "table-1")
    head = [[cell.value for cell in line] for line in sheet["A1:E2"]]
    assert head == [
        ["任务", "时限", None, None, "时限/最后日期"],
        [None, "初步时限", "时限/初步日期", "最后时限", None],
    ]
    assert merges(sheet) == {"A1:A2", "B1:D1", "E1:E2"}
    assert sheet["C3"].is_date
    assert sheet["E3"].is_date


# -- any table --------------------------------------------------------------------------

_FIGURES = "0 7 -3 +5 −2 –4.50 007 1,445 -1,234.50 5% 0.05% 12％ 0.8‰ -0 +0.0 — … / 3.14159 0,123"
FIGURES = st.sampled_from([*_FIGURES.split(" "), "1234567890123456"])
WORDS = st.one_of(
    st.text("甲乙<^\\[]|;；,\"'（）①ab1 ", min_size=1, max_size=4),
    st.sampled_from(["<", "^", "合计", "小计", "甲\n乙", "甲①", "[^x]", "甲[^x]"]),
    FIGURES,
)


@st.composite
def typed(draw: st.DrawFn) -> tuple[list[list[str]], Layout]:
    """Rows as an author may type them, merges that are no rectangles too, and what he says."""
    width, head = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    merge = st.sampled_from(["<", "^"])
    noted = st.builds(lambda words, mark: words + mark, WORDS, st.sampled_from(["[^a]", "[^b]"]))
    cell = st.one_of(WORDS, WORDS, merge, st.just(""), noted)
    names = [f"列{number}" for number in range(width)]
    above = [draw(st.lists(st.one_of(cell, merge), min_size=width, max_size=width))] * (head - 1)
    body = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=6))
    if draw(st.booleans()):  # runs of equal cells, which groups have
        body = [row for row in body for _ in range(draw(st.integers(1, 3)))]
    roles = [*ColumnRole][:-1]
    declared = draw(
        st.one_of(st.none(), st.dictionaries(st.sampled_from(names), st.sampled_from(roles)))
    )
    if declared is not None and head == 1:
        declared = {name: declared.get(name, ColumnRole.TEXT) for name in names}
    headings = draw(st.one_of(st.none(), st.integers(0, width)))
    return [*above, names, *body], Layout(declared, head, headings, {"a": "含", "b": "不"}.get)


def written(rows: list[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def as_typed(data: bytes) -> bytes:
    """A CSV without the apostrophes that keep a spreadsheet from reckoning: all that it adds."""
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return written([[re.sub("^'(?=[-+])", "", value) for value in line] for line in lines])


def grid_of(data: bytes, layout: Layout) -> ReadTable:
    source, _ = decode(data, "t.csv")
    assert source is not None
    return read_csv(source, layout)[0]


def edition_with(grid: ReadTable) -> Edition:
    table = Table("题", grid.columns, grid.rows, head=grid.head)
    return resolved(Document("x", Bureau(()), Prose("标题", (table,))))


def table_of(edition: Edition) -> SetTable:
    (table,) = edition.body.tables
    return table


@tried(60)
@given(typed())
@pytest.mark.thorough
def test_the_csv_of_any_table_is_read_as_the_same_table(
    given: tuple[list[list[str]], Layout],
) -> None:
    rows, layout = given
    grid = grid_of(written(rows), layout)
    if not grid.columns or not grid.rows:
        return
    edition = edition_with(grid)
    before = table_of(edition)
    lines = [*before.head, *(row.cells for row in before.rows)]
    if not all(any(cell.items or cell.is_covered for cell in cells) for cells in lines):
        return  # signs that lead nowhere were all of a row; it is not published so
    if any("[^" in item for cells in lines for cell in cells for item in cell.items):
        return  # nor with marks that no note answers
    notes = {str(number): words for number, words in enumerate(before.notes, 1)}
    roles = {column.name: column.role for column in before.columns}
    again = replace(layout, roles=roles, head_rows=len(before.head), note=notes.get)
    made = as_typed(render(edition)["table-1.csv"])
    assert table_of(edition_with(grid_of(made, again))) == before


@tried(60)
@given(typed())
@pytest.mark.thorough
def test_the_sheet_of_any_table_has_its_merges_and_its_numbers(
    given: tuple[list[list[str]], Layout],
) -> None:
    grid = grid_of(written(given[0]), given[1])
    if not grid.columns or not grid.rows:
        return
    edition = edition_with(grid)
    table = table_of(edition)
    sheet = sheet_in(render(edition), "table-1")
    positions = _positions(table)
    places = [*table.head, *(row.cells for row in table.rows)]
    wanted = set()
    for line, cells in enumerate(places):
        for index, cell in enumerate(cells):
            is_group = line >= len(table.head) and table.columns[index].role is ColumnRole.GROUP
            if cell.is_covered and not (is_group and _begins(cells, index) and cell.columns == 1):
                continue
            there = sheet.cell(line + 1, positions[index] + 1)
            _assert_says(there.value, there.number_format, cell, table.columns[index], line)
            rows = 1 if is_group and cell.columns == 1 else cell.rows
            last = positions[index + cell.columns - 1]
            if rows > 1 or last > positions[index]:
                wanted.add((line + 1, positions[index] + 1, line + rows, last + 1))
    generated = {position + 1 for position in range(sheet.max_column)} - {
        position + 1 for position in positions
    }
    there_are = {
        (one.min_row, one.min_col, one.max_row, one.max_col)
        for one in sheet.merged_cells.ranges
        if one.min_col not in generated and one.min_row <= len(places)
    }
    assert there_are == wanted


def _positions(table: SetTable) -> list[int]:
    positions, at = [], 0
    for column in table.columns:
        positions.append(at)
        at += 2 if column.role is ColumnRole.DEADLINE else 1
    return positions


def _begins(cells: Sequence[SetCell], index: int) -> bool:
    return not index or cells[index - 1].columns == 1


def _assert_says(value: object, form: str, cell: SetCell, column: Column, line: int) -> None:
    words = "；".join(cell.items)
    mark = captions.mark(cell.note) if cell.note is not None else ""
    if isinstance(value, int | float):
        figure = value_of(words)
        assert figure is not None
        assert value == pytest.approx(float(figure))
        assert (mark in form) if mark else True
        if column.role is ColumnRole.NUMBER:
            assert form.count("0.") == 0 or form.split(";")[0].count("0") > decimals_of(words)
    else:
        assert (value or "") == words + mark or line == 0


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("1445", "0"),
        ("1,445", "#,##0"),
        ("-1,445.50", "#,##0.00"),
        ("5%", "0%"),
        ("5.0％", "0.0%"),
        ("007", None),
        ("+5", "+0;-0"),
        ("−3", '0;"−"0'),
        ("0.8‰", None),
        ("-0", None),
        ("1234567890123456", None),
        ("0,123", None),
        ("约5", None),
        ("—", None),
    ],
)
def test_a_number_is_shown_as_its_author_wrote_it(words: str, form: str | None) -> None:
    assert shown_as(words) == form
