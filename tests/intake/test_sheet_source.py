"""Workbooks and CSV of others: what they show is read, what is hidden listed, ours comes back."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from held import is_whole, left, rows, shown, tables
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side

from conftest import Saves
from publisher.files import Unreadable
from publisher.intake import sheets
from publisher.intake.sheets.numbers import shown as shown_number
from publisher.intake.source import Aligned, SourceFile, SourceParagraph

THIN = Side(style="thin")


def read(book: Workbook, name: str = "a.xlsx") -> SourceFile:
    stream = io.BytesIO()
    book.save(stream)
    source = sheets.read(name, stream.getvalue())
    assert is_whole(source)
    return source


def plan() -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "项目安排表"
    sheet.merge_cells("A1:D1")
    sheet["A1"].font = Font(size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["D2"] = "单位：万元"
    for column, words in enumerate(("序号", "项目", "金额", "占比"), 1):
        sheet.cell(3, column, words)
    for row, (name, sum_, share) in enumerate([("道路", 1234.5, 0.25), ("桥梁", 88, 0.75)], 4):
        sheet.cell(row, 1, row - 3)
        sheet.cell(row, 2, name)
        sheet.cell(row, 3, sum_).number_format = "#,##0.00"
        sheet.cell(row, 4, share).number_format = "0%"
    sheet["A6"] = "合计"
    sheet.merge_cells("A6:B6")
    sheet["A8"] = "注：含税。"
    for cells in sheet["A3:D6"]:
        for cell in cells:
            cell.border = Border(THIN, THIN, THIN, THIN)
    return book


def with_styles(book: Workbook, before: str, after: str) -> bytes:
    """A workbook in whose styles something else stands."""
    saved, changed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(changed, "w") as new:
        for name in parts.namelist():
            part = parts.read(name).decode()
            new.writestr(name, re.sub(before, after, part) if name == "xl/styles.xml" else part)
    return changed.getvalue()


def test_a_form_of_numbers_that_is_nowhere_is_the_usual() -> None:
    data = with_styles(plan(), r'numFmtId="[0-9]+"(?= fontId)', 'numFmtId="999"')
    assert rows(tables(sheets.read("a.xlsx", data))[0])[1] == ["1", "道路", "1234.5", "0.25"]
    assert sheets.whole("a.xlsx", data)[0].cells[4, 3] == "1234.5"


@pytest.mark.parametrize("name", ["fontId", "borderId"])
def test_a_workbook_whose_looks_are_nowhere_is_damaged_and_that_is_told(name: str) -> None:
    data = with_styles(plan(), f'{name}="[0-9]+"', f'{name}="999"')
    with pytest.raises(Unreadable, match="不是完好的 Excel 文件"):
        sheets.read("a.xlsx", data)


def test_a_sheet_is_title_unit_table_and_remark() -> None:
    source = read(plan())
    assert shown(source) == ["项目安排表", "单位：万元", "［表］", "注：含税。"]
    assert rows(tables(source)[0]) == [
        ["序号", "项目", "金额", "占比"],
        ["1", "道路", "1,234.50", "25%"],
        ["2", "桥梁", "88.00", "75%"],
        ["合计", "〃", "", ""],
    ]
    title = source.blocks[0]
    assert isinstance(title, SourceParagraph)
    assert (title.look.alignment, title.main_run.size) == (Aligned.CENTRED, 18)
    assert source.where(tables(source)[0].number) == "表格 1 第 1 行第 1 列"


def test_what_is_hidden_is_listed_and_formulas_without_results_told() -> None:
    book = plan()
    sheet = book.worksheets[0]
    sheet.row_dimensions[5].hidden = True
    sheet["E4"] = "内部"
    sheet.column_dimensions["E"].hidden = True
    sheet["C6"] = "=SUM(C4:C5)"
    sheet["B4"].comment = Comment("请核", "张三")
    other = book.create_sheet("备用")
    other["A1"] = "不看"
    other.sheet_state = "hidden"
    source = read(book)
    assert [row[0] for row in rows(tables(source)[0])] == ["序号", "1", "合计"]
    assert left(source) == {
        "隐藏的列": ["内部"],
        "隐藏的行": ["2 桥梁 88.00 75%"],
        "隐藏的工作表“备用”": ["不看"],
    }
    assert [(each.kind, each.words, each.author) for each in source.remarks] == [
        ("批注", "B4：请核", "张三")
    ]
    assert "C6" in source.sentences[0]


def test_a_line_of_labels_is_none_of_the_table_and_a_sum_without_result_is() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["填报单位：某局", None, "单位：万元"])
    sheet.append(["序号", "项目", "金额"])
    sheet.append([1, "道路", 5])
    sheet.append([None, "合计", "=SUM(C3:C3)"])
    source = read(book)
    assert shown(source) == ["填报单位：某局", "单位：万元", "［表］"]
    assert rows(tables(source)[0])[-1] in (["", "合计", ""], ["？", "合计", ""])


def test_each_sheet_is_a_table() -> None:
    book = Workbook()
    for name in ("甲表", "乙表"):
        sheet = book.create_sheet(name)
        sheet.append(["名称", "数量"])
        sheet.append([name, 1])
    assert [table.caption for table in tables(read(book))] == ["甲表", "乙表"]


def test_a_cell_far_away_takes_no_time() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["XFD1048576"] = "甲", "乙", "远"
    assert shown(read(book)) == ["［表］", "远"]


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (0.0625, "0.00%", "6.25%"),
        (-5, "0;(0)", "(5)"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "000", "012"),
        (5, '0"人"', "5人"),
        (0, '0;-0;"-"', "-"),
        (2.5, "0.0#", "2.5"),
        (datetime.datetime(2025, 3, 1), 'yyyy"年"m"月"d"日"', "2025年3月1日"),
        (datetime.datetime(2025, 3, 1, 14, 5), "yyyy/m/d h:mm", "2025/3/1 14:05"),
        (datetime.datetime(2025, 3, 1), "[$-804]yyyy-mm-dd;@", "2025-03-01"),
        (datetime.time(8, 30), "h:mm", "8:30"),
        (True, "General", "TRUE"),
        (5.5, "# ?/?", "5 1/2"),
        (0.25, "?/?", "1/4"),
        (3, "# ?/?", "3"),
        (0.5, "# ?/8", "4/8"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.00E+00", "1.20E-04"),
        (12345678, "##0.0E+0", "12.3E+6"),
        (1 / 3, "General", "0.333333333"),
        (123456789012, "General", "123456789012"),
        (1.5e-7, "General", "1.5E-07"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (-1234.5, '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "¥-1,234.50"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-1234.5, r"0.00_);[Red]\(0.00\)", "(1234.50)"),
        (-12, "0.0;[红色]-0.0", "-12.0"),
        (12345, '0!.0,"万"', "1.2万"),
        (12345678, '0.00,,"百万"', "12.35百万"),
        (75, '[<60]"不及格";[<80]"中";"优"', "中"),
        (90, '[<60]"不及格";[<80]"中";"优"', "优"),
        (-0.05, "[红色][<0]-0%;0%", "-5%"),
        (5, ";;;", ""),
        (0, "0;-0;;@", ""),
        (0.5, "#.##", ".5"),
        (5, "#.##", "5."),
        (13800138000, "000 0000 0000", "138 0013 8000"),
        (3, '"第"0"号"', "第3号"),
        (2025, "[DBNum1]0", "二〇二五"),
        (12, "[DBNum1][$-804]General", "一十二"),
        ("甲", '@"单位"', "甲单位"),
        ("甲", "0.00", "甲"),
        ("甲", '0;-0;0;@"（章）"', "甲（章）"),
        (datetime.datetime(2025, 3, 1), r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "2025年3月1日"),
        (
            datetime.datetime(2025, 3, 1),
            '[DBNum1][$-804]yyyy"年"m"月"d"日";@',
            "二〇二五年三月一日",
        ),
        (datetime.datetime(2025, 3, 1), "[$-804]aaaa;@", "星期六"),
        (datetime.datetime(2025, 3, 1), "d-mmm-yy", "1-Mar-25"),
        (datetime.datetime(2025, 3, 1, 14, 5), "h:mm AM/PM", "2:05 PM"),
        (datetime.datetime(2025, 3, 1, 14, 5), '上午/下午h"时"mm"分"', "下午2时05分"),
        (datetime.timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (datetime.timedelta(minutes=90), "[mm]:ss", "90:00"),
        (45717, 'm"月"d"日"', "3月1日"),
        ("甲", "0" * 300, "甲"),
        (1.5, '"' * 300, "1.5"),
        (1.5, "0." + "0" * 200, "1.5"),
    ],
)
def test_numbers_are_shown_in_their_form(value: object, form: str, words: str) -> None:
    assert shown_number(value, form).strip() == words


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_is_read_with_its_title(separator: str, encoding: str) -> None:
    lines = [["安排表", ""], ["名称", "说明"], ["甲", '"一，\n二"'], ["乙", "三<br>四"]]
    words = "\r\n".join(separator.join(line) for line in lines)
    source = sheets.read("a.csv", words.encode(encoding))
    assert is_whole(source)
    assert shown(source) == ["安排表", "［表］"]
    assert rows(tables(source)[0]) == [["名称", "说明"], ["甲", "一，\n二"], ["乙", "三\n四"]]


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.et"])
def test_a_workbook_is_read_under_any_name(name: str) -> None:
    assert read(plan(), name).called == "工作簿"


def test_a_page_that_is_called_a_workbook_is_read_as_one() -> None:
    table = "<table border=1><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    source = sheets.read("a.xls", f"<html><body>{table}</body></html>".encode("gb18030"))
    assert rows(tables(source)[0]) == [["甲", "乙"], ["1", "2"]]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00" * 100])
def test_what_is_no_workbook_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        sheets.read("a.xlsx", data)


@pytest.mark.slow
def test_old_formats_come_through_libreoffice(office_saves: Saves) -> None:
    stream = io.BytesIO()
    plan().save(stream)
    source = sheets.read("a.ods", office_saves(stream.getvalue(), ".xlsx", "ods"))
    assert is_whole(source)
    assert shown(source) == ["项目安排表", "单位：万元", "［表］", "注：含税。"]


def rewritten(book: Workbook, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with its parts changed, as programs write what openpyxl does not."""
    stream, data = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)))
    return data.getvalue()


@pytest.mark.parametrize(
    ("number", "words"), [(14, "2025/3/1"), (31, "2025年3月1日"), (57, "2025年3月"), (58, "3月1日")]
)
def test_forms_of_excel_in_chinese_are_known_by_their_numbers(number: int, words: str) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"] = "日期", 45717
    sheet["B1"].number_format = "0.000"
    defined = re.compile(rb"<numFmts.*?</numFmts>")
    source = sheets.read(
        "a.xlsx",
        rewritten(book, lambda part: defined.sub(b"", part).replace(b'"164"', b'"%d"' % number)),
    )
    assert rows(tables(source)[0]) == [["日期", words]]


def test_what_no_cell_shows_is_listed() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for words in (["名称", "数量"], ["甲", 3], ["乙", 4]):
        sheet.append(words)
    sheet["B2"].number_format = ";;;"
    sheet.oddHeader.center.text = "附件2"
    sheet.oddFooter.center.text = "第 &[Page] 页，共 &[Pages] 页"
    sheet["A1"].comment = Comment("[线程批注] 您的Excel版本可读取此批注。批注:\n请核对", "王芳")
    thin = rewritten(book, lambda part: part.replace(b'<row r="3"', b'<row r="3" ht="0"'))
    source = sheets.read("a.xlsx", thin)
    assert is_whole(source)
    said = left(source)
    assert said["单元格格式隐藏的内容"] == ["3"]
    assert said["隐藏的行"] == ["乙 4"]
    assert said["页眉"] == ["附件2"]
    assert "页脚" not in said
    assert [each.words for each in source.remarks] == ["A1：请核对"]


def test_values_that_merged_cells_cover_are_listed() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C1"] = "甲", "盖住", "丙"
    sheet["A2"], sheet["B2"], sheet["C2"] = "1", "2", "3"
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    data = rewritten(book, lambda part: part.replace(b"</sheetData>", merged))
    source = sheets.read("a.xlsx", data)
    assert is_whole(source)
    assert rows(tables(source)[0])[0] == ["甲", "〃", "丙"]
    assert left(source) == {"合并单元格盖住的内容（B1）": ["盖住"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('\ufeff名称,说明\n甲,"一,""二"""\n', [["名称", "说明"], ["甲", '一,"二"']]),
        ("sep=;\n名称;说明\n甲,乙;二\n", [["名称", "说明"], ["甲,乙", "二"]]),
        ('名称\t说明\n甲\t5"管\n', [["名称", "说明"], ["甲", '5"管']]),
        ('名称,说明\n"甲,乙\n丙,丁\n', [["名称", "说明"], ['"甲', "乙"], ["丙", "丁"]]),
        ('名称,说明\n"甲"乙,丙\n', [["名称", "说明"], ['"甲"乙', "丙"]]),
    ],
)
def test_a_csv_is_read_raw(text: str, expected: list[list[str]]) -> None:
    source = sheets.read("a.csv", text.encode())
    assert is_whole(source)
    assert rows(tables(source)[0]) == expected
