"""Tables of a text, and heads and cells that are merged."""

from __future__ import annotations

import pytest

from publisher.model import Bureau, ColumnRole, Document, Merge, Prose, SetTable, Table
from publisher.readers.markdown import read_blocks
from publisher.resolve import resolve

FIGURES = """\
上文。

| 区 | 分年度任务 | < | 备注 |
| ^ | 2031年 | 2032年 | ^ |
|----|----:|----:|----|
| 合计 | 1,450 | 1600 | |
| 东区 | 100 | 120[^a] | ^ |
| 西区 | 1350 | < | \\< |
{单位: 张, 行头: 1, 标题: 床位建设任务,
 注: 数据截至6月底}

下文。

[^a]: 含在建。
"""


def read(text: str) -> tuple[tuple[object, ...], list[str]]:
    blocks, faults = read_blocks(text.splitlines(), "t.md")
    return blocks, [fault.name for fault in faults]


def the_table(text: str) -> SetTable:
    blocks, _ = read_blocks(text.splitlines(), "t.md")
    edition = resolve(Document("s", Bureau(()), Prose("标题", blocks)))
    (table,) = edition.body.tables
    return table


def test_a_table_of_bars_is_a_block_with_what_is_said_of_it() -> None:
    blocks, faults = read(FIGURES)
    assert faults == []
    table = blocks[1]
    assert isinstance(table, Table)
    assert [(column.name, column.role) for column in table.columns] == [
        ("区", ColumnRole.HEADING),
        ("分年度任务/2031年", ColumnRole.NUMBER),
        ("分年度任务/2032年", ColumnRole.NUMBER),
        ("备注", ColumnRole.TEXT),
    ]
    assert (table.title, table.unit, table.remarks) == ("床位建设任务", "张", ("数据截至6月底",))
    assert table.rows[1].cells[2].note == "含在建。"
    assert [cell.merge for cell in table.rows[2].cells] == [None, None, Merge.LEFT, None]
    assert table.rows[2].cells[3].items == ("<",)


def test_the_cells_of_a_set_table_know_what_they_span() -> None:
    table = the_table(FIGURES)
    assert (table.label, table.anchor, table.notes) == ("表1", "table-1", ("含在建。",))
    top, below = table.head
    assert [(cell.items, cell.rows, cell.columns) for cell in top if not cell.is_covered] == [
        (("区",), 2, 1),
        (("分年度任务",), 1, 2),
        (("备注",), 2, 1),
    ]
    assert [cell.items for cell in below if not cell.is_covered] == [("2031年",), ("2032年",)]
    total, east, west = table.rows
    assert (total.is_total, east.is_total) == (True, False)
    assert (total.cells[3].rows, east.cells[3].is_covered) == (2, True)
    assert (west.cells[1].columns, west.cells[2].items) == (2, ("1350",))
    assert table.items == (east, west)
    assert not table.is_list


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("| 甲 | 乙 |\n|---|---|\n| < | 1 |", ["broken_merge"]),
        ("| 甲 | 乙 |\n|---|---|\n| ^ | 1 |", ["broken_merge"]),
        ("| 甲 | 乙 |\n| 1 | 2 |", ["table_without_rule"]),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n{单位: 张", ["unended_table_keys"]),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n{单位1: 张}", ["unknown_key"]),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2[^x] |", ["note_without_text"]),
    ],
)
def test_what_is_wrong_with_a_table_is_told(rows: str, names: list[str]) -> None:
    assert read(rows)[1] == names


def test_columns_of_groups_are_merged_within_the_outer_one() -> None:
    table = the_table(
        "| 一级 | 二级 | 三级 |\n|---|---|---|\n| 甲 | 子 | 1.床位 |\n| 甲 | 子 | 2.设施 |\n"
        "| 甲 | 丑 | 3.人员 |\n| 乙 | 丑 | 4.消防 |\n{列: {一级: 分组, 二级: 分组, 三级: 文字}}"
    )
    assert [group.label for group in table.groups] == ["甲", "乙"]
    assert [[cell.rows for cell in row.cells if not cell.is_covered] for row in table.rows] == [
        [3, 2, 1],
        [1],
        [1, 1],
        [1, 1, 1],
    ]


def test_a_head_may_have_an_empty_corner_and_notes() -> None:
    table = the_table("| | 甲[^a] | 乙 |\n|---|---|---|\n| 子 | 1 | 2 |\n\n[^a]: 注。")
    assert [cell.items for cell in table.head[0]] == [(), ("甲",), ("乙",)]
    assert table.head[0][1].note == 1
    assert [column.name for column in table.columns] == ["", "甲", "乙"]
    assert [cell.items for cell in table.rows[0].cells] == [("子",), ("1",), ("2",)]


def test_a_merged_cell_begins_again_where_the_group_changes() -> None:
    table = the_table(
        "| 组 | 甲 | 乙 |\n|---|---|---|\n| 一 | 子 | < |\n| 二 | ^ | ^ |\n| 二 | ^ | ^ |\n"
        "{列: {组: 分组, 甲: 文字, 乙: 文字}}"
    )
    spans = [[(cell.rows, cell.columns) for cell in row.cells] for row in table.rows]
    assert spans[1][1] == (2, 2)
    assert [cell.items for row in table.rows for cell in row.cells[1:]] == [("子",)] * 6
    assert [cell.is_covered for cell in table.rows[1].cells] == [False, False, True]


@pytest.mark.parametrize(
    ("cell", "words"), [(r"\<", "<"), (r"\^", "^"), (r"\<[^a]", "<"), ("^2", "^2"), ("甲<", "甲<")]
)
def test_a_cell_may_hold_a_sign(cell: str, words: str) -> None:
    table = the_table(f"| 子 | 甲 |\n|---|---|\n| 丑 | {cell} |\n\n[^a]: 注。")
    assert table.rows[0].cells[1].items == (words,)


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["1,445", "12.50", "—"], ColumnRole.NUMBER),
        (["5%", "-3", "+0.5‰"], ColumnRole.NUMBER),
        (["120（扩招）", "45", "60"], ColumnRole.NUMBER),
        (["若干", "45", "少量"], ColumnRole.TEXT),
        (["042601001", "042601002"], ColumnRole.TEXT),
        (["13800001234", "13800001235"], ColumnRole.TEXT),
        (["02", "07"], ColumnRole.TEXT),
        (["—", "—"], ColumnRole.TEXT),
    ],
)
def test_what_a_column_holds_is_guessed_of_its_cells(cells: list[str], role: ColumnRole) -> None:
    rows = "\n".join(f"| 子 | {cell} |" for cell in cells)
    assert the_table(f"| 区 | 值 |\n|---|---|\n{rows}").columns[1].role is role


def test_a_name_may_stand_over_two_columns() -> None:
    table = the_table("| 姓名 | 号 | 姓名 | 号 |\n|---|---|---|---|\n| 甲 | 一 | 乙 | 二 |")
    assert [column.name for column in table.columns] == ["姓名", "号", "姓名/2", "号/2"]
    assert [cell.items for cell in table.head[0]] == [("姓名",), ("号",)] * 2


def test_what_names_a_row_may_be_indented() -> None:
    table = the_table(
        "| 指标 | 数 |\n|---|---|\n| 粮食 | 3 |\n| 　其中：稻谷 | 2 |\n|　　早稻| 1 |"
    )
    assert [row.cells[0].items for row in table.rows] == [
        ("粮食",),
        ("\u3000其中：稻谷",),
        ("\u3000\u3000早稻",),
    ]


def test_codes_below_a_head_that_says_so_are_words() -> None:
    table = the_table(
        "| 科目编码 | < | 科目名称 | 合计 |\n| 类 | 款 | ^ | ^ |\n|---|---|---|---|\n"
        "| 208 | | 社会保障 | 3 |\n| 208 | 02 | 民政管理 | 3 |"
    )
    roles = [column.role for column in table.columns]
    assert roles == [ColumnRole.HEADING, ColumnRole.TEXT, ColumnRole.TEXT, ColumnRole.NUMBER]
