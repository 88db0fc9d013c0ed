"""What a person finds who opens an attached table in Excel or reads it as CSV."""

from __future__ import annotations

import csv
import datetime
import io
import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from publisher.model import (
    Bureau,
    Column,
    ColumnRole,
    Document,
    Edition,
    Grouping,
    Organ,
    Orientation,
    Prose,
    RowGroup,
    SetAttachment,
    SetCell,
    SetRow,
    SetTable,
    SetText,
)
from publisher.renderers.table import render

COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("类别", ColumnRole.GROUP),
    Column("任务", ColumnRole.TEXT),
    Column("完成时限", ColumnRole.DEADLINE),
    Column("负责人", ColumnRole.PEOPLE),
)
MAY = datetime.date(2025, 5, 31)


def row(
    serial: str = "1",
    task: str = "栽树。",
    deadline: str = "5月底",
    people: tuple[str, ...] = (),
    label: str = "一、栽树",
) -> SetRow:
    cells = (
        SetCell((serial,) if serial else ()),
        SetCell((label,)),
        SetCell((task,) if task else ()),
        SetCell((deadline,), MAY if deadline == "5月底" else None),
        SetCell(people),
    )
    return SetRow(f"row-{serial}", cells)


def edition(
    *groups: RowGroup,
    title: str = "任务表",
    columns: tuple[Column, ...] = COLUMNS,
    orientation: Orientation = Orientation.LANDSCAPE,
) -> Edition:
    head = (tuple(SetCell((column.name,)) for column in columns),)
    table = SetTable(title, columns, groups, Grouping.MERGED, head)
    attachment = SetAttachment(1, "附件", title, "attachment-1", orientation, table)
    words = SetAttachment(
        2, "附件2", "说明", "attachment-2", orientation, SetText("说明", "words", ())
    )
    document = Document(
        "trees",
        Bureau(()),
        Prose("关于植树的通知"),
        issuers=(Organ("某市园林局"),),
        date=datetime.date(2025, 3, 12),
    )
    body = SetText("关于植树的通知", "notice", (), (attachment, words))
    return Edition(document, (), "", body, ())


def group(*rows: SetRow, label: str = "一、栽树") -> RowGroup:
    return RowGroup(label, "group", rows)


def sheet_of(one: Edition) -> Worksheet:
    sheet = load_workbook(io.BytesIO(render(one)["attachment-1.xlsx"])).active
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def lines(one: Edition) -> list[list[str]]:
    text = render(one)["attachment-1.csv"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_only_attachments_that_are_tables_have_files() -> None:
    assert set(render(edition(group(row())))) == {"attachment-1.xlsx", "attachment-1.csv"}


def test_each_row_of_the_sheet_is_complete_with_its_group_and_a_real_date() -> None:
    rows = (row("1", people=("甲", "乙")), row("2", deadline="长期"))
    sheet = sheet_of(edition(group(*rows), group(row("3", label="二、管护"), label="二、管护")))
    assert values(sheet) == [
        ["序号", "类别", "任务", "完成时限", "完成日期", "负责人"],
        [1, "一、栽树", "栽树。", "5月底", datetime.datetime(2025, 5, 31), "甲；乙"],
        [2, "一、栽树", "栽树。", "长期", None, None],
        [3, "二、管护", "栽树。", "5月底", datetime.datetime(2025, 5, 31), None],
    ]
    assert not sheet.merged_cells.ranges
    assert sheet["E2"].is_date


def test_a_row_is_as_high_as_its_longest_cell_needs() -> None:
    sheet = sheet_of(
        edition(group(row(), row("2", task="栽树。" * 60), row("3", task="栽" * 9999)))
    )
    low, high, most = (sheet.row_dimensions[line].height or 0 for line in (2, 3, 4))
    assert low < 25 < 3 * low < high < 409  # 180 characters on four lines
    assert most > 408


def test_the_sheet_is_ready_to_filter_and_to_read() -> None:
    sheet = sheet_of(edition(group(row(), row("2"))))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.column_dimensions["C"].width > 3 * sheet.column_dimensions["B"].width
    assert sheet["C2"].alignment.wrap_text


@pytest.mark.parametrize("orientation", Orientation)
def test_the_sheet_prints_on_a4_with_its_header_on_every_page(orientation: Orientation) -> None:
    sheet = sheet_of(edition(group(row()), title="甲&乙", orientation=orientation))
    landscape = orientation is Orientation.LANDSCAPE
    assert (sheet.page_setup.orientation == "landscape") is landscape
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert "甲&&乙" in (sheet.oddHeader.center.text or "")


@pytest.mark.parametrize("serial", ["01", "１２", "²", "一", "1-1", "-1"])
def test_a_serial_that_is_no_plain_number_stays_text(serial: str) -> None:
    assert values(sheet_of(edition(group(row(serial)))))[1][0] == serial


@pytest.mark.parametrize("words", ["=1+1", "{=1}", "https://example.org", "+1", "@a", "007", "1e5"])
def test_words_of_the_sheet_are_never_taken_for_formulas_links_or_numbers(words: str) -> None:
    cell = sheet_of(edition(group(row(task=words))))["C2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (words, "s", None)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("甲[乙]:*?/\\丙", "甲乙丙"),
        ("表" * 40, "表" * 31),
        ("𬭳" * 40, "𬭳" * 15),
        ("'表'", "表"),
        ("???", "附件"),
        ("History", "附件"),
        ("上\n下", "上下"),
    ],
)
def test_the_sheets_name_is_one_that_excel_takes(title: str, name: str) -> None:
    assert sheet_of(edition(group(row()), title=title)).title == name


def test_the_date_column_never_has_a_name_twice() -> None:
    columns = (*COLUMNS[:2], Column("完成日期", ColumnRole.TEXT), *COLUMNS[3:])
    assert values(sheet_of(edition(group(row()), columns=columns)))[0][2:5] == [
        "完成日期",
        "完成时限",
        "完成时限（日期）",
    ]


def test_a_table_without_rows_still_opens() -> None:
    assert len(values(sheet_of(edition()))) == 1


def test_the_csv_opens_in_excel_and_has_the_documents_own_columns() -> None:
    content = render(edition(group(row(people=("甲", "乙")))))["attachment-1.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "序号,类别,任务,完成时限,负责人\r\n1,一、栽树,栽树。,5月底,甲；乙\r\n"
    )


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_the_csv_disarms_what_a_spreadsheet_takes_for_a_formula(start: str) -> None:
    assert lines(edition(group(row(task=f"{start}A1"))))[1][2] == f"'{start}A1"


@pytest.mark.parametrize("words", ["-", "－", "-5%", "+86-711-335", "＋１００", "—", "-3.5，-4.5"])
def test_numbers_telephone_numbers_and_dashes_stand_in_the_csv_as_they_are(words: str) -> None:
    assert lines(edition(group(row(task=words))))[1][2] == words


@pytest.mark.parametrize("character", ["长", "𬭳"], ids=["in the BMP", "beyond the BMP"])
def test_a_cell_that_is_too_long_for_excel_says_where_the_rest_is(character: str) -> None:
    made = edition(group(row(task=character * 33000)))
    cell = str(sheet_of(made)["C2"].value)
    assert cell.startswith(character * 16000)
    assert cell.endswith("（此格超过 Excel 的限度，全文见同名的 CSV 文件）")
    assert lines(made)[1][2] == character * 33000


@pytest.mark.parametrize("title", ["表" * 300, "&" * 100 + "表" * 100, "𬭳" * 300])
def test_a_title_that_is_too_long_for_the_head_of_the_page_begins_there(title: str) -> None:
    sheet = sheet_of(edition(group(row()), title=title))
    assert title[0] in (sheet.oddHeader.center.text or "")


def test_the_sheet_holds_no_trace_of_the_time_at_which_it_was_made() -> None:
    made, again = (render(edition(group(row())))["attachment-1.xlsx"] for _ in range(2))
    assert made == again
    with ZipFile(io.BytesIO(made)) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2025-03-12T00:00:00Z"}


def test_the_files_properties_say_what_it_is_and_who_issued_it() -> None:
    book = load_workbook(io.BytesIO(render(edition(group(row())))["attachment-1.xlsx"]))
    assert book.properties.title == "任务表"
    assert book.properties.creator == "某市园林局"


def test_a_column_names_the_clause_that_each_task_breaks_down(real_edition: Edition) -> None:
    sheet = load_workbook(io.BytesIO(render(real_edition)["attachment-1.xlsx"])).active
    assert isinstance(sheet, Worksheet)
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading[-1] == "对应条款"
    clauses = [row[-1] for row in rows]
    assert clauses[0] == "一、（一）坚持以党的领导引领民政工作政治方向"
    assert [number for number, one in enumerate(clauses, 1) if one is None] == [16, 89]


def test_a_table_that_breaks_nothing_down_has_no_such_column() -> None:
    sheet = load_workbook(io.BytesIO(render(edition(group(row())))["attachment-1.xlsx"])).active
    assert isinstance(sheet, Worksheet)
    assert "对应条款" not in [cell.value for cell in sheet[1]]
