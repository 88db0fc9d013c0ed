"""Workbooks of ours that were edited elsewhere: what of it gets into the content."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conftest import CASE, DOCUMENTS, ROOT, Saves, front, read_content
from publisher.model import Bureau, Document, Named, Organ, Table
from publisher.readers import read_bureau, read_document
from publisher.renderers import table as tables
from publisher.setting.editions import edition_of
from publisher.takeback.merging import Merged
from publisher.takeback.result import Reason
from publisher.takeback.sheets import taken
from publisher.writers import edit
from read_again import read_files
from tried import some_of

pytestmark = pytest.mark.usefixtures("read_here")

BUREAU = Bureau((Organ("青岚市水务局"),), people=(Named("柳喆"), Named("陆堃"), Named("王明")))
FRONT = """\
文种: 通知
标题: 青岚市水务局关于印发计划的通知
发文机关: 青岚市水务局
成文日期: 2030-03-01
附件:
  - 标题: 分工表
    文件: tasks.csv
    列: {序号: 序号, 组别: 分组, 任务: 文字, 完成时限: 时限, 责任人: 人员, 编号: 文字, 进展: 文字}
  - 标题: 统计表
    文件: counts.csv
    单位: 万元
    表头: 1
    列: {区: 行头, 一季度: 数字, 二季度: 数字}
"""
TASKS = """\
序号,组别,任务,完成时限,责任人,编号,进展
1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007,
2,一、排查,"清理,岸线上的杂物",7月15日,柳喆,012,
3,一、排查,登记造册。,12月底,陆堃,013,
4,二、整改,逐项整改销号。,9月30日,王明,014,
5,二、整改,组织验收并公示结果。,长期坚持,王明；柳喆,015,
6,二、整改,总结上报。,12月20日,陆堃,016,
"""
COUNTS = '区,一季度,二季度\n东区,"1,200",30.5\n西区,800,12.0\n'
FILES = {
    "document.md": front(FRONT, "现印发给你们。"),
    "tasks.csv": TASKS,
    "counts.csv": COUNTS,
}
DATA = {name: text.encode() for name, text in FILES.items()}
ROOTS = (ROOT / "content", DOCUMENTS, ROOT / "templates/new/gallery")
FOLDERS = [
    path.parent
    for root in ROOTS
    for path in sorted(root.glob("*/document.md"))
    if any(path.parent.glob("*.csv")) or "\n|" in path.read_text("utf-8")
]
HEAD = 1
"""Rows of the head of the tasks."""


@pytest.fixture(scope="module")
def base() -> Document:
    return read_files(DATA, CASE, BUREAU).document


@pytest.fixture(scope="module")
def workbooks(base: Document) -> Mapping[str, bytes]:
    return tables.render(edition_of(base))


class Returned:
    """What was made of a workbook that somebody edited."""

    def __init__(self, base: Document, workbooks: Mapping[str, bytes]) -> None:
        self.base, self.workbooks = base, workbooks

    def __call__(self, change: Callable[[Worksheet], None], stem: str = "attachment-1") -> Merged:
        book = load_workbook(io.BytesIO(self.workbooks[f"{stem}.xlsx"]))
        change(book.active)
        stream = io.BytesIO()
        book.save(stream)
        return taken(stem, f"{stem}.xlsx", stream.getvalue(), self.base)


@pytest.fixture
def returned(base: Document, workbooks: Mapping[str, bytes]) -> Returned:
    return Returned(base, workbooks)


def lines(base: Document, merged: Merged) -> list[str]:
    """The lines of the CSV that differ."""
    made = edit(DATA, base, merged.document)
    assert set(made) <= {"tasks.csv", "counts.csv"}
    result = []
    for name, data in made.items():
        old, new = DATA[name].decode().split("\n"), data.decode().split("\n")
        result += [f"-{line}" for line in old if line not in new]
        result += [f"+{line}" for line in new if line not in old]
    return result


def reasons(merged: Merged) -> list[Reason]:
    return [each.reason for each in merged.not_taken]


def column(sheet: Worksheet, name: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == name)


def test_a_workbook_that_nobody_edited_changes_nothing(base: Document, returned: Returned) -> None:
    for stem in ("attachment-1", "attachment-2"):
        assert returned(lambda sheet: None, stem) == Merged(base)


def test_a_cell_changes_its_line_alone(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(3, column(sheet, "任务")).value = "清理岸线上的垃圾"

    merged = returned(change)
    assert lines(base, merged) == [
        '-2,一、排查,"清理,岸线上的杂物",7月15日,柳喆,012,',
        "+2,一、排查,清理岸线上的垃圾,7月15日,柳喆,012,",
    ]
    assert merged.not_taken == merged.conflicts == ()


def test_a_department_fills_in_its_column(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        at = column(sheet, "进展")
        sheet.cell(2, at).value = "已完成"
        sheet.cell(4, at).value = "正在登记"

    assert lines(base, returned(change)) == [
        "-1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007,",
        "-3,一、排查,登记造册。,12月底,陆堃,013,",
        "+1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007,已完成",
        "+3,一、排查,登记造册。,12月底,陆堃,013,正在登记",
    ]


def test_rows_come_and_go(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(7)
        sheet.insert_rows(4)
        sheet.cell(4, column(sheet, "任务")).value = "设立标志牌。"
        sheet.cell(4, column(sheet, "责任人")).value = "王明"

    assert lines(base, returned(change)) == [
        "-3,一、排查,登记造册。,12月底,陆堃,013,",
        "-4,二、整改,逐项整改销号。,9月30日,王明,014,",
        "-5,二、整改,组织验收并公示结果。,长期坚持,王明；柳喆,015,",
        "-6,二、整改,总结上报。,12月20日,陆堃,016,",
        "+3,一、排查,设立标志牌。,,王明,,",
        "+4,一、排查,登记造册。,12月底,陆堃,013,",
        "+5,二、整改,逐项整改销号。,9月30日,王明,014,",
        "+6,二、整改,组织验收并公示结果。,长期坚持,王明；柳喆,015,",
    ]


def sort(sheet: Worksheet, by: str) -> None:
    """As Excel sorts: the values of the rows, not their forms."""
    at = column(sheet, by) - 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    rows.sort(key=lambda row: str(row[at]))
    for number, row in enumerate(rows, HEAD + 1):
        for n, value in enumerate(row, 1):
            sheet.cell(number, n).value = value


def test_sorted_rows_stand_in_their_old_order_and_their_edits_are_taken(
    base: Document, returned: Returned
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(5, column(sheet, "任务")).value = "逐项整改，销号。"
        sort(sheet, "任务")

    merged = returned(change)
    assert lines(base, merged) == [
        "-4,二、整改,逐项整改销号。,9月30日,王明,014,",
        "+4,二、整改,逐项整改，销号。,9月30日,王明,014,",
    ]
    assert reasons(merged) == [Reason.ORDER]


def test_a_sorted_row_is_known_by_its_number_before_its_neighbours(
    base: Document, returned: Returned
) -> None:
    """One row taken out, one rewritten that stands in its place now: no edit of the former."""

    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(2)
        sheet.cell(6, column(sheet, "任务")).value = "一共上报河道岸线。"
        sort(sheet, "任务")

    merged = returned(change)
    assert "-1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007," in lines(base, merged)
    assert "+5,二、整改,一共上报河道岸线。,12月20日,陆堃,016," in lines(base, merged)
    assert reasons(merged) == [Reason.ORDER]


def test_a_row_put_in_before_sorting_stands_in_its_group(
    base: Document, returned: Returned
) -> None:
    def change(sheet: Worksheet) -> None:
        row = ["", "一、排查", "逐处设立标志牌。", "", "", "王明", "", ""]
        for n, value in enumerate(row, 1):
            sheet.cell(8, n).value = value
        sort(sheet, "任务")

    assert "+4,一、排查,逐处设立标志牌。,,王明,," in lines(base, returned(change))


def test_one_row_that_was_moved_is_moved(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        values = [cell.value for cell in sheet[2]]
        sheet.delete_rows(2)
        sheet.insert_rows(3)
        for n, value in enumerate(values, 1):
            sheet.cell(3, n).value = value

    merged = returned(change)
    (table, _) = merged.document.body.attachments
    assert isinstance(table, Table)
    assert [row.cells[2].text[:2] for row in table.rows][:3] == ["清理", "逐段", "登记"]
    assert [row.cells[0].text for row in table.rows] == ["1", "2", "3", "4", "5", "6"]
    assert merged.not_taken == ()


@pytest.mark.parametrize("what", ["rows", "columns", "filter"])
def test_what_is_hidden_is_there(base: Document, returned: Returned, what: str) -> None:
    def change(sheet: Worksheet) -> None:
        if what == "columns":
            sheet.column_dimensions["C"].hidden = True
        else:
            for row in (2, 4, 5):
                sheet.row_dimensions[row].hidden = True
        if what == "filter":
            sheet.auto_filter.ref = "A1:H7"
            sheet.auto_filter.add_filter_column(1, ["二、整改"])
        sheet.cell(3, column(sheet, "进展")).value = "已完成"

    merged = returned(change)
    assert lines(base, merged) == [
        '-2,一、排查,"清理,岸线上的杂物",7月15日,柳喆,012,',
        '+2,一、排查,"清理,岸线上的杂物",7月15日,柳喆,012,已完成',
    ]
    assert merged.not_taken == ()


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (datetime.datetime(2030, 8, 5), "yyyy/m/d"),
        (datetime.datetime(2030, 8, 5), "yyyy-mm-dd hh:mm:ss"),
        (datetime.datetime(2030, 8, 5), 'm"月"d"日"'),
        (47700, "General"),
        ("2030-8-5", "General"),
        ("8月5日", "@"),
    ],
)
@pytest.mark.thorough
def test_a_day_is_written_as_others_of_its_column(
    base: Document, returned: Returned, value: object, form: str
) -> None:
    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(2, column(sheet, "完成时限"))
        cell.value, cell.number_format = value, form

    assert lines(base, returned(change))[1:] == [
        "+1,一、排查,逐段排查河道岸线。,8月5日,柳喆；陆堃,007,"
    ]


@pytest.mark.parametrize("value", [7, 7.0, "7", "007"])
def test_leading_zeros_that_a_program_dropped_are_no_edit(
    base: Document, returned: Returned, value: object
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(2, column(sheet, "编号")).value = value

    assert returned(change) == Merged(base)


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("柳喆\n王明", "柳喆；王明"),
        ("柳喆、王明", "柳喆；王明"),
        ("柳喆,王明", "柳喆；王明"),
        ("柳喆; 王明", "柳喆；王明"),
        ("柳喆；周宁", "柳喆；周宁"),
        ("各区、开发区", "各区、开发区"),
    ],
)
@pytest.mark.thorough
def test_people_are_told_apart_however_they_are_written(
    base: Document, returned: Returned, value: str, items: str
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(2, column(sheet, "责任人")).value = value

    assert lines(base, returned(change))[1:] == [
        f"+1,一、排查,逐段排查河道岸线。,6月30日,{items},007,"
    ]


@pytest.mark.parametrize("value", ["柳喆\n陆堃", "柳喆、陆堃", "柳喆，陆堃", "柳喆; 陆堃"])
def test_people_written_otherwise_are_no_edit(
    base: Document, returned: Returned, value: str
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(2, column(sheet, "责任人")).value = value

    assert returned(change) == Merged(base)


@pytest.mark.parametrize("how", ["merged", "cleared"])
def test_groups_that_were_merged_or_cleared_are_what_they_were(
    base: Document, returned: Returned, how: str
) -> None:
    def change(sheet: Worksheet) -> None:
        for row in (3, 4, 6, 7):
            sheet.cell(row, 2).value = None
        if how == "merged":
            sheet.merge_cells("B2:B4")
            sheet.merge_cells("B5:B7")
        sheet.cell(7, column(sheet, "进展")).value = "未开始"

    assert lines(base, returned(change)) == [
        "-6,二、整改,总结上报。,12月20日,陆堃,016,",
        "+6,二、整改,总结上报。,12月20日,陆堃,016,未开始",
    ]


def test_a_row_in_a_merged_group_is_of_that_group(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(6)
        for row in (6, 7, 8):
            sheet.cell(row, 2).value = None
        sheet.merge_cells("B5:B8")
        sheet.cell(6, column(sheet, "任务")).value = "现场复核。"

    assert "+5,二、整改,现场复核。,,,," in lines(base, returned(change))


def test_columns_that_came_went_or_are_called_otherwise_are_told(
    base: Document, returned: Returned
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_cols(column(sheet, "编号"))
        sheet.cell(1, column(sheet, "责任人")).value = "牵头责任人"
        sheet.cell(2, column(sheet, "进展")).value = "已完成"
        for name in ("备注", "联系电话"):
            at = sheet.max_column + 1
            sheet.cell(1, at).value = name
            sheet.cell(3, at).value = f"{name}的内容"

    merged = returned(change)
    assert lines(base, merged) == [
        "-1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007,",
        "+1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007,已完成",
    ]
    assert [(each.where, each.words) for each in merged.not_taken] == [
        ("附件1《分工表》 “责任人”一列", "表头改为“牵头责任人”"),
        ("附件1《分工表》 “编号”一列", "整列删去"),
        ("附件1《分工表》 新增的“备注”一列", "第 3 行：备注的内容"),
        ("附件1《分工表》 新增的“联系电话”一列", "第 3 行：联系电话的内容"),
    ]


def test_columns_that_were_moved_are_known_by_their_names(
    base: Document, returned: Returned
) -> None:
    def change(sheet: Worksheet) -> None:
        at = column(sheet, "进展")
        sheet.cell(2, at).value = "已完成"
        sheet.insert_cols(1)
        for row in range(1, 8):
            sheet.cell(row, 1).value = sheet.cell(row, at + 1).value
        sheet.delete_cols(at + 1)

    assert lines(base, returned(change))[1:] == [
        "+1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007,已完成"
    ]


def test_what_is_generated_is_not_taken(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        at = column(sheet, "完成日期")
        sheet.cell(2, at).value = datetime.datetime(2030, 1, 1)

    merged = returned(change)
    assert lines(base, merged) == []
    assert reasons(merged) == [Reason.GENERATED]


def test_a_formula_without_a_result_is_told(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(2, column(sheet, "任务")).value = '="逐段"&"排查"'

    merged = returned(change)
    assert lines(base, merged) == []
    assert reasons(merged) == [Reason.UNSAID]
    assert "公式" in merged.not_taken[0].words


def test_lines_above_and_below_the_table_are_told(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet.cell(1, 1).value = "填报单位：水文中心"
        sheet.cell(10, 1).value = "填表人：王明"

    merged = returned(change)
    assert lines(base, merged) == []
    assert sorted(each.words for each in merged.not_taken) == ["填报单位：水文中心", "填表人：王明"]


def test_figures_keep_their_form(base: Document, returned: Returned) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(3, 2).value = 1300
        sheet.cell(4, 3).value = 12.0
        sheet.cell(3, 3).value = 30.1 + 0.2

    assert lines(base, returned(change, "attachment-2")) == [
        '-东区,"1,200",30.5',
        '+东区,"1,300",30.3',
    ]


def test_the_tasks_of_the_real_notice_come_back() -> None:
    document = read_content(ROOT / "content", "2025-work-points").document
    stem = "attachment-1"
    book = load_workbook(io.BytesIO(tables.render(edition_of(document))[f"{stem}.xlsx"]))
    sheet = book.active
    sheet.cell(10, 3).value = "改写的任务。"
    sheet.row_dimensions[20].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    merged = taken(stem, f"{stem}.xlsx", stream.getvalue(), document)
    folder = ROOT / "content" / "2025-work-points"
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    made = edit(files, document, merged.document)
    old, new = (each["tasks.csv"].decode().split("\n") for each in (files, made))
    assert [*made] == ["tasks.csv"]
    assert sum(before != after for before, after in zip(old, new, strict=True)) == 1


# -- all tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", some_of(FOLDERS), ids=lambda folder: folder.name)
@pytest.mark.thorough
def test_workbooks_that_openpyxl_saved_change_nothing(folder: Path) -> None:
    document = read_document(folder, read_bureau(folder.parent)[0])[0]
    edition = edition_of(document)
    for name, data in tables.render(edition).items():
        if name.endswith(".xlsx"):
            stream = io.BytesIO()
            load_workbook(io.BytesIO(data)).save(stream)
            stem = name.removesuffix(".xlsx")
            assert taken(stem, name, stream.getvalue(), document) == Merged(document), stem


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_that_libreoffice_saved_comes_back_with_its_edits_alone(
    base: Document, workbooks: Mapping[str, bytes], kind: str, one_office: Saves
) -> None:
    data = workbooks["attachment-1.xlsx"]
    saved = one_office(data, ".xlsx", kind)
    assert taken("attachment-1", f"saved.{kind}", saved, base) == Merged(base)
    book = load_workbook(io.BytesIO(data))
    book.active.cell(2, column(book.active, "进展")).value = "已完成"
    stream = io.BytesIO()
    book.save(stream)
    saved = one_office(stream.getvalue(), ".xlsx", kind)
    merged = taken("attachment-1", f"saved.{kind}", saved, base)
    assert lines(base, merged)[1:] == [
        "+1,一、排查,逐段排查河道岸线。,6月30日,柳喆；陆堃,007,已完成"
    ]


# -- tables in a text, forms --------------------------------------------------------------------


def returned_of(
    name: str, stem: str, change: Callable[[Worksheet], None]
) -> tuple[Document, Merged]:
    document = read_content(DOCUMENTS, name).document
    book = load_workbook(io.BytesIO(tables.render(edition_of(document))[f"{stem}.xlsx"]))
    change(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return document, taken(stem, f"{stem}.xlsx", stream.getvalue(), document)


def changed_cells(old: Document, new: Document) -> list[tuple[str, str]]:
    return [
        (before.text, after.text)
        for table, made in zip(old.tables, new.tables, strict=True)
        for row, changed in zip(table.rows, made.rows, strict=True)
        for before, after in zip(row.cells, changed.cells, strict=True)
        if before != after
    ]


@pytest.mark.parametrize("stem", [f"table-{n}" for n in range(1, 6)])
def test_a_cell_of_a_table_in_a_text_comes_back(stem: str) -> None:
    before: list[str] = []

    def change(sheet: Worksheet) -> None:
        cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        body = [cell for cell in cells if cell.row > sheet.max_row // 2 and len(cell.value) < 12]
        before.append(body[0].value)
        body[0].value = "改过"

    old, merged = returned_of("text-with-tables", stem, change)
    assert [after for _, after in changed_cells(old, merged.document)] == ["改过"]
    assert merged.conflicts == ()


def test_a_blank_of_a_form_is_filled_in() -> None:
    def change(sheet: Worksheet) -> None:
        empty = next(
            cell
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is None and cell.border.top.style and type(cell).__name__ == "Cell"
        )
        empty.value = "王明"

    old, merged = returned_of("forms", "attachment-1", change)
    assert changed_cells(old, merged.document) == [("", "王明")]
    assert merged.not_taken == merged.conflicts == ()
