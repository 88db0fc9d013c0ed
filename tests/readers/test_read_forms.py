"""Forms as they are read and set: cells, room to write, and which labels name which blank."""

from __future__ import annotations

import pytest

from publisher.form_cells import with_fields
from publisher.model import Column, ColumnRole, Merge, SetRow
from publisher.readers.markdown import read_blocks
from publisher.readers.source import Source
from publisher.readers.tables import Layout, read_csv
from publisher.spans import merged_cells, set_cell

FORM = """\
姓名,,性别,□男　□女,照片
住址,,<,<,^
家庭成员,姓名,关系,年龄,职业
^,,,,
^,,,,
申请人签字：,,<,　　年　月　日,<
意见,同意救助____元,<,<,<
"""


def form(text: str = FORM):
    source = Source("form.csv", tuple(text.splitlines()))
    table, faults = read_csv(source, Layout(head_rows=0))
    assert faults == []
    return table


def set_rows(text: str = FORM):
    rows = form(text).rows
    roles = [ColumnRole.TEXT] * len(rows[0].cells)
    return with_fields(
        [
            SetRow(f"r{n}", tuple(set_cell(cell, {}) for cell in line))
            for n, line in enumerate(merged_cells(rows, roles))
        ]
    )


def names(rows, row: int, column: int) -> list[str]:
    """The labels that say what a blank is for."""
    return ["".join(rows[r].cells[c].items) for r, c in rows[row].cells[column].named_by]


def test_a_form_has_no_head_and_keeps_its_empty_rows():
    table = form()
    assert table.is_form
    assert table.head == ()
    assert set(table.columns) == {Column("", ColumnRole.TEXT)}
    assert len(table.rows) == 7
    assert table.rows[1].cells[2].merge is Merge.LEFT
    assert table.rows[3].cells[1].items == ()


def test_room_to_write_before_words_is_kept():
    assert form().rows[5].cells[3].items == ("　　年　月　日",)


def test_a_form_typed_with_bars_needs_no_line_of_hyphens():
    lines = (
        "| 姓名 | | 性别 | □男　□女 |",
        "| | | | |",
        "{表头: 0, 行高: {0: 10, 2: 45}, 列宽: [1, 2, 1, 2], 可填写: 是}",
    )
    (table,), faults = read_blocks(lines, "a.md")
    assert faults == []
    assert (table.is_form, table.is_fillable) == (True, True)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["姓名", "", "性别", "□男　□女"],
        ["", "", "", ""],
    ]
    assert table.heights == (10, 45)
    assert table.widths == (1, 2, 1, 2)


def test_what_has_room_to_write_is_no_label():
    rows = set_rows()
    labels = ["".join(cell.items) for row in rows for cell in row.cells if cell.is_label]
    assert list(dict.fromkeys(labels)) == [
        *("姓名", "性别", "照片", "住址", "家庭成员", "关系", "年龄", "职业"),
        *("申请人签字：", "意见"),
    ]


def test_a_blank_is_named_by_the_label_on_its_left():
    rows = set_rows()
    assert names(rows, 0, 1) == ["姓名"]
    assert names(rows, 0, 3) == ["性别"]
    assert names(rows, 1, 1) == ["住址"]
    assert names(rows, 5, 3) == ["申请人签字："]
    assert names(rows, 6, 1) == ["意见"]


def test_a_blank_below_a_row_of_labels_is_named_by_its_column_too():
    rows = set_rows()
    assert names(rows, 3, 1) == ["家庭成员", "姓名"]
    assert names(rows, 4, 4) == ["家庭成员", "职业"]


def test_a_label_among_blanks_names_nothing_below_it():
    assert names(set_rows("姓名,,照片\n住址,,^\n电话,,\n"), 2, 2) == ["电话"]


@pytest.mark.parametrize(
    ("words", "is_label"),
    [
        *[
            ("姓名", True),
            ("姓　　名", True),
            ("性 别", True),
            ("生　　日", True),
            ("学　时", True),
        ],
        *[("二○二六年度", True), ("家 庭 住 址", True), ("合计（元）", True)],
        *[("年　月", False), ("　　年　月　日", False), ("○是　○否", False), ("□男", False)],
        *[("其他：____", False), ("同意救助　　元", False), ("签字：　　　　年　月　日", False)],
    ],
)
def test_a_spread_word_is_a_label_and_room_to_write_is_none(words: str, is_label: bool):
    rows = set_rows(f"{words},\n住址,\n")
    assert rows[0].cells[0].is_label is is_label
