"""A table of a file → its head, roles, groups and merged cells, or a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from made_texts import paragraph, read
from written import source, taken_in

from enclosing import png
from publisher.intake.recognise.tables import RecognisedTable, read_table
from publisher.intake.result import Certainty, Role
from publisher.intake.source import (
    NOT_IN_FILE,
    Aligned,
    Look,
    Run,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourcePicture,
    SourceRemark,
    SourceTable,
)
from publisher.model import ColumnRole, Merge, Orientation, Picture, Table

LEFT, ABOVE = "<", "^"


def grid(rows: Sequence[Sequence[str]], head_rows: int = 0) -> SourceTable:
    """A table as an author would type it: `<` and `^` for merged cells."""
    cells = []
    number = 1
    for row, line in enumerate(rows):
        for column, words in enumerate(line):
            if words in (LEFT, ABOVE):
                continue
            along = 1
            while column + along < len(line) and line[column + along] == LEFT:
                along += 1
            down = 1
            while row + down < len(rows) and rows[row + down][column] == ABOVE:
                down += 1
            blocks = tuple(
                SourceParagraph(number + at, (Run(each),))
                for at, each in enumerate(words.split("\n"))
            )
            number += len(blocks)
            cells.append(SourceCell(row, column, blocks, down, along))
    return SourceTable(1, tuple(cells), len(rows), len(rows[0]), head_rows)


def made(rows: Sequence[Sequence[str]], head_rows: int = 0) -> RecognisedTable:
    """A table of a file of others, recognised."""
    return read_table(grid(rows, head_rows), SourceFile("a.docx", "Word 文档", (), ""))


def roles(table: Table) -> list[ColumnRole]:
    return [column.role for column in table.columns]


TASKS = [
    ["序 号", "重点工作", "任务", "完成时限", "责任领导", "责任部门"],
    ["1", "完善设施", "建成食堂10个。", "12月底前", "王　明", "养老科 办公室"],
    ["2", "^", "改造200户。", "第三季度", "王　明 李晓华", "养老科"],
    ["3", "加强队伍", "举办培训4期。", "长期坚持", "李晓华", "各科室、单位"],
]


def test_a_table_of_tasks_has_its_roles_by_names_and_content() -> None:
    table = made(TASKS).table
    assert table.columns[0].name == "序号"
    assert roles(table) == [
        ColumnRole.SERIAL,
        ColumnRole.GROUP,
        ColumnRole.TEXT,
        ColumnRole.DEADLINE,
        ColumnRole.PEOPLE,
        ColumnRole.DEPARTMENTS,
    ]
    assert [row.cells[1].text for row in table.rows] == ["完善设施", "完善设施", "加强队伍"]
    assert table.rows[1].cells[4].items == ("王明", "李晓华")
    assert table.rows[0].cells[5].items == ("养老科", "办公室")
    assert table.rows[2].cells[5].items == ("各科室、单位",)


def test_departments_that_commas_part_stay_as_they_are() -> None:
    table = made([["任务", "责任部门"], ["做好甲。", "养老科、办公室"]]).table
    assert roles(table) == [ColumnRole.TEXT, ColumnRole.TEXT]
    assert table.rows[0].cells[1].items == ("养老科、办公室",)


def test_merged_heads_and_figures() -> None:
    table = made(
        [
            ["区", "分年度任务", LEFT, "备注"],
            [ABOVE, "2026年", "2027年", ABOVE],
            ["东区", "100", "120", ""],
            ["西区", "1,350", "—", ""],
        ]
    ).table
    assert [column.name for column in table.columns] == [
        "区",
        "分年度任务/2026年",
        "分年度任务/2027年",
        "备注",
    ]
    assert roles(table)[:3] == [ColumnRole.HEADING, ColumnRole.NUMBER, ColumnRole.NUMBER]
    assert len(table.rows) == 2


def test_rows_across_a_table_stay_rows() -> None:
    table = made([["序号", "举措"], ["管护机制", LEFT], ["1", "甲"], ["2", "乙"]], 1).table
    assert table.rows[0].cells[1].merge is Merge.LEFT
    assert len(table.rows) == 3


def test_a_form_has_no_head_and_keeps_its_blanks() -> None:
    read_form = made(
        [
            ["姓名", "", "性别", "□男　□女"],
            ["住址", "", LEFT, LEFT],
            ["审核意见", "\n签字：\n　　年　月　日", LEFT, LEFT],
        ]
    )
    assert read_form.table.is_form
    assert read_form.decisions[0].role is Role.FORM
    assert read_form.table.rows[2].cells[1].items == ("签字：\n　　年　月　日",)


def test_names_above_empty_rows_to_fill_are_a_form_and_none_of_its_rows_goes() -> None:
    names = ["单位", "姓名", "职务", "联系电话"]
    slip = made([names, ["", "", "", ""], ["", "", "", ""]]).table
    assert slip.is_form
    assert len(slip.rows) == 3
    numbered = [["序号", *names], ["1", "", "", "", ""], ["2", "", "", "", ""]]
    assert made(numbered).table.is_form
    assert not made(numbered, 1).table.is_form
    assert not made([names, ["甲局", "王明", "", ""], ["乙局", "李华", "", ""]], 1).table.is_form


def test_a_head_without_a_name_loses_no_column() -> None:
    table = made([["项目", "金额", ""], ["甲", "10", "含税"], ["乙", "20", "不含税"]], 1).table
    assert [cell.text for cell in table.rows[0].cells] == ["甲", "10", "含税"]


def test_a_head_of_which_nobody_says_is_asked() -> None:
    read_list = made([["甲是一句很长很长的话，它不是列的名称，而是内容。", "1"], ["乙", "2"]])
    assert read_list.decisions[0].certainty is Certainty.ASKED


# -- in a text ------------------------------------------------------------------------------


def centred(words: str) -> SourceParagraph:
    return paragraph(words, look=Look(alignment=Aligned.CENTRED))


def test_what_stands_around_a_table_belongs_to_it() -> None:
    text = read(
        "床位情况见表1。",
        centred("表1　床位建设任务"),
        "单位：张",
        grid([["区", "床位①"], ["东区", "100"]], 1),
        "注：1.数据截至6月底。",
        "2.不含社区。",
        "① 含在建床位。",
        "请按时完成。",
    )
    _, table, last = text.blocks
    assert isinstance(table, Table)
    assert (table.title, table.unit) == ("床位建设任务", "张")
    assert table.remarks == ("数据截至6月底。", "不含社区。")
    assert [each.role for each in text.decisions[1:-1]] == [
        Role.TABLE_TITLE,
        Role.TABLE_UNIT,
        Role.TABLE,
        Role.TABLE_REMARK,
        Role.TABLE_REMARK,
        Role.TABLE_REMARK,
    ]
    assert type(last).__name__ == "Paragraph"


def test_a_number_that_would_be_printed_otherwise_keeps_a_title_in_the_text() -> None:
    text = read(centred("表3　床位"), grid([["区", "床位"], ["东区", "100"]], 1))
    assert [type(block).__name__ for block in text.blocks] == ["Paragraph", "Table"]


def test_parts_of_a_table_that_pages_divided_are_one() -> None:
    head = ["区", "床位"]
    text = read(
        centred("表1　床位"),
        grid([head, ["东区", "100"]], 1),
        "续表1",
        grid([head, ["西区", "200"]], 1),
    )
    (table,) = text.blocks
    assert isinstance(table, Table)
    assert [row.cells[0].text for row in table.rows] == ["东区", "西区"]
    assert table.says_it_goes_on
    assert [(each.words, each.why) for each in text.left_out] == [
        ("区", "重复的表头"),
        ("床位", "重复的表头"),
        ("续表1", "续表由程序印"),
    ]


def test_the_same_table_twice_is_no_continuation() -> None:
    rows = [["姓名", "单位"], ["王明", "养老科"]]
    text = read(grid(rows, 1), grid(rows, 1))
    assert [type(block).__name__ for block in text.blocks] == ["Table", "Table"]
    assert text.left_out == ()


def noted(words: str, note: str) -> SourceParagraph:
    return SourceParagraph(1, (Run(words, note=(Run(note),)),))


def with_note(table: SourceTable, row: int, column: int, note: str) -> SourceTable:
    """The table with a note to a cell."""
    cells = tuple(
        replace(cell, blocks=(noted(cell.words, note),))
        if (cell.row, cell.column) == (row, column)
        else cell
        for cell in table.cells
    )
    return replace(table, cells=cells)


SOURCE = SourceFile("a.docx", "Word 文档", (), "")


def test_a_column_of_names_of_which_one_has_a_note_holds_text() -> None:
    table = with_note(grid(TASKS), 1, 5, "含下属单位")
    made_table = read_table(table, SOURCE).table
    assert made_table.columns[5].role is ColumnRole.TEXT
    assert [row.cells[5].note for row in made_table.rows] == ["含下属单位", None, None]


def test_notes_that_say_the_same_are_one_and_the_second_is_told() -> None:
    table = with_note(with_note(grid(TASKS), 1, 2, "预计数"), 2, 2, "预计数")
    recognised = read_table(table, SOURCE)
    assert [row.cells[2].note for row in recognised.table.rows] == ["预计数", "预计数", None]
    assert "预计数" in [each.words for each in recognised.left_out]


def test_a_note_to_an_empty_cell_is_its_words() -> None:
    recognised = read_table(with_note(grid([["甲", "乙"], ["1", ""]]), 1, 1, "无"), SOURCE)
    assert recognised.table.rows[-1].cells[-1].items == ("无",)


@pytest.mark.parametrize(("typed", "left"), [("备注：下同。", "备"), ("说明：下同。", "说明")])
def test_what_stands_in_place_of_the_label_of_remarks_is_told(typed: str, left: str) -> None:
    recognised = read_table(grid(TASKS), SOURCE, below=[paragraph(typed)])
    assert recognised.table.remarks == ("下同。",)
    assert [each.words for each in recognised.left_out][:1] == [left]


@pytest.mark.parametrize("words", ["填表单位：县统计局办公室", "单位：县第一中学"])
def test_who_fills_a_table_in_is_no_unit(words: str) -> None:
    rows = "| 日期 | 值班 |\n| 1日 | 王明 |\n| 2日 | 李华 |"
    intake = taken_in(f"<c22>值班表\n<i>{words}\n{rows}")
    (table,) = [each for each in intake.document.body.blocks if isinstance(each, Table)]
    assert table.unit is None
    assert table.title == ""


def test_a_picture_in_a_cell_stands_behind_its_table_and_is_asked() -> None:
    table = grid([["证件", "样式"], ["身份证", "如图"]])
    picture = SourcePicture(9, png(400, 300), "a.png")
    *first, last = table.cells
    cells = (*first, replace(last, blocks=(*last.blocks, picture)))
    blocks = (replace(table, cells=cells),)
    intake = taken_in(replace(SOURCE, blocks=blocks))
    assert [type(each) for each in intake.document.body.blocks] == [Table, Picture]
    assert any("表格的格里" in each.question for each in intake.questions)


def test_names_of_people_begin_as_such_do() -> None:
    rows = [["记号", "含义"], ["甲", "两家机构\n分别检测"], ["乙", "一家机构"], ["丙", "抽样"]]
    assert roles(made(rows).table) == [ColumnRole.TEXT, ColumnRole.TEXT]
    rows = [["姓名", "事由"], ["孟明", "调度泵站"], ["欧阳婳", "编制计划"]]
    assert roles(made(rows).table) == [ColumnRole.PEOPLE, ColumnRole.TEXT]


def test_a_form_of_ours_has_what_its_author_typed() -> None:
    head, box, blank = (
        SourceParagraph(number, runs, look=Look(style=style))
        for number, runs, style in (
            (1, (Run("村（居）\n民委员会\n意见"),), "表格居中"),
            (2, (Run("□是\n□否"),), "表格文字"),
            (3, (Run("签字："), Run("　　　　", style="Placeholder Text")), "表格文字"),
        )
    )
    cells = (SourceCell(0, 0, (head,)), SourceCell(0, 1, (box, blank)))
    form = SourceTable(1, cells, 1, 2, heights=(10.0,), widths=(1313.0, 1224.0))
    table = read_table(form, SourceFile("a.docx", "Word 文档", (), "")).table
    assert table.is_form
    assert [cell.items for cell in table.rows[0].cells] == [
        ("村（居）民委员会意见",),
        ("□是　□否\n签字：",),
    ]
    assert table.heights == ()


@pytest.mark.parametrize(
    ("width", "height", "is_landscape", "expected"),
    [
        (40, 30, False, None),
        (30, 40, True, Orientation.LANDSCAPE),
    ],
)
def test_a_picture_lies_as_its_page_does(
    width: int, height: int, is_landscape: bool, expected: Orientation | None
) -> None:
    made_source = source("附件：线路图\n<pc22>附件\n<c22>线路图")
    picture = SourcePicture(
        4, png(width * 40, height * 40), "a.png", "图", is_landscape=is_landscape
    )
    intake = taken_in(replace(made_source, blocks=(*made_source.blocks, picture)))
    (attached,) = intake.document.body.attachments
    assert isinstance(attached, Picture)
    assert attached.orientation is expected


def test_a_page_has_the_pictures_that_are_given_beside_it() -> None:
    made_source = source("<c22>通知\n<i>见图。", "page.html", "网页")
    there = SourcePicture(2, b"", "%E5%9B%BE.png", "图")
    remarks = (SourceRemark(NOT_IN_FILE, "图 https://a.cn/%E5%9B%BE.png"),)
    page = replace(made_source, blocks=(*made_source.blocks, there), remarks=remarks)
    given = SourceFile("图.png", "PNG 图片", (), "", data=png(400, 300))
    intake = taken_in(page, given)
    (picture,) = intake.document.pictures
    assert (picture.image.width, picture.words) == (400, "图")
    assert [(each.name, each.remarks) for each in intake.sources] == [("page.html", ())]
    assert intake.document.body.attachments == ()


@pytest.mark.parametrize(
    ("part", "role"),
    [("一", ColumnRole.TEXT), ("（二）", ColumnRole.TEXT), ("3", ColumnRole.SERIAL)],
)
def test_a_column_that_counts_parts_in_characters_is_none_of_serials(
    part: str, role: ColumnRole
) -> None:
    intake = taken_in(
        f"<c22b>任务分解表\n| 序号 | 任务 | 时限 |\n| {part} | 设施 | |\n| 1 | 改造 | 5月底 |\n"
        "| 2 | 验收 | 6月底 |"
    )
    (made,) = intake.document.tables
    assert made.columns[0].role is role
