"""Forms as they are composed: widths, heights, pages, and where what signs them stands."""

from __future__ import annotations

import pytest

from conftest import edition_of
from publisher import standard
from publisher.model import Cell, Column, ColumnRole, Merge, Orientation, Row, Table
from publisher.setting import compose
from publisher.setting.composition import (
    CellAlignment,
    ComposedAttached,
    ComposedBlocks,
    ComposedCell,
    ComposedTable,
    VerticalAlignment,
)
from publisher.setting.labels import set_label, set_options
from publisher.setting.pages import room_on_page
from publisher.setting.signing import feet, narrowed
from publisher.standard import GBT33476, Length

ROOM = Length.of_mm(100)


def form(*rows: str, said: str = "{表头: 0}") -> ComposedTable:
    """A form in a text."""
    composition = compose(edition_of("\n".join(("文。", "", *rows, said, "", "下文。"))))
    blocks = composition.of_own(ComposedBlocks)
    assert blocks is not None
    (table,) = (block for block in blocks.blocks if isinstance(block, ComposedTable))
    return table


def attached(rows: int, heights: tuple[float | None, ...] = (), **given: object) -> ComposedTable:
    """A form with so many rows, a label and a blank each, as an attachment."""
    made = tuple(Row((Cell((f"项目{index}",)), Cell(()))) for index in range(rows))
    columns = (Column("", ColumnRole.TEXT),) * 2
    table = Table("申请表", columns, made, is_form=True, heights=heights, **given)  # type: ignore[arg-type]
    (thing,) = compose(edition_of("文。", attachments=(table,))).following
    assert isinstance(thing, ComposedAttached)
    (composed,) = thing.inner
    assert isinstance(composed, ComposedTable)
    return composed


def cells(table: ComposedTable) -> dict[str, ComposedCell]:
    rows = (table.cells_of(row) for row in table.table.rows)
    return {"".join(cell.items): cell for row in rows for cell in row if not cell.is_covered}


def lines_of(cell: ComposedCell) -> list[str]:
    return [line.text for item in cell.lines for line in item]


# -- widths -----------------------------------------------------------------------------


def test_columns_are_as_wide_as_their_author_asks() -> None:
    table = form("| 姓名 | | 电话 | □ |", said="{表头: 0, 列宽: [1, 2, 1, 4]}")
    widths = [column.width / table.columns[0].width for column in table.columns]
    assert widths == pytest.approx([1, 2, 1, 4])


def test_a_short_label_is_not_torn_though_its_column_was_to_be_narrower() -> None:
    table = form("| 身份证号 | | 联系电话 | □ |", said="{表头: 0, 列宽: [1, 8, 1, 8]}")
    assert lines_of(cells(table)["身份证号"]) == ["身份证号"]
    wide = [column.width.mm for column in table.columns]
    assert sum(wide) == pytest.approx(156)
    assert wide[0] < wide[1]


def test_blanks_have_what_labels_leave() -> None:
    table = form("| 姓名 | | 年龄 | □ |")
    label, blank, *_ = (column.width.mm for column in table.columns)
    assert blank > 2 * label


def test_words_in_blanks_give_way_before_labels() -> None:
    ticks = "完全自理□　半失能□　完全失能□"
    table = form(f"| 自理能力 | {ticks} | 残疾种类 | {ticks} | 其他情况 | {ticks} |")
    assert lines_of(cells(table)["自理能力"]) == ["自理能力"]


def test_asked_widths_hold_in_any_table_but_tear_no_figure() -> None:
    head = ("| 区 | 数 |", "|---|---|", "| 东区 | 1,234,567.89 |")
    table = form(*head, said="{列宽: [1, 1]}")
    assert table.columns[0].width.mm == pytest.approx(table.columns[1].width.mm)
    table = form(*head, said="{列宽: [20, 1]}")
    assert lines_of(cells(table)["1,234,567.89"]) == ["1,234,567.89"]


# -- words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "room", "lines"),
    [
        ("年收入（元）", 4, ["年收入", "（元）"]),
        ("乡镇（街道）意见", 4.1, ["乡镇", "（街道）", "意见"]),
        ("村（居）民委员会意见", 4.1, ["村（居）", "民委员会", "意见"]),
        ("单位负责人审核意见", 5, ["单位负责人", "审核意见"]),
        ("姓名", 4, ["姓名"]),
    ],
)
def test_no_word_of_a_label_is_torn(label: str, room: float, lines: list[str]) -> None:
    made = set_label(label, room)
    assert made is not None
    assert made.split("\n") == lines


@pytest.mark.parametrize(
    ("words", "room", "lines"),
    [
        ("是□　否□", 4, ["是□", "否□"]),
        ("□男　□女", 4, ["□男", "□女"]),
        ("一□二□三□四□", 4, ["一□二□", "三□四□"]),
        ("甲□；乙□", 4, ["甲□；", "乙□"]),
        ("精神智力 一□二□", 5, ["精神智力", "一□二□"]),
        ("该户符合（□不符合）条件", 6, ["该户符合（□不符合）条件"]),
        ("核查人签字：　　　户主签字（手印）：　　　", 14, ["核查人签字：", "户主签字（手印）："]),
        ("核查日期：　　年　月　日　经办人：", 11, ["核查日期：　　年　月　日", "经办人："]),
    ],
)
def test_an_option_stays_with_its_box(words: str, room: float, lines: list[str]) -> None:
    made = set_options(words, room)
    assert made is not None
    assert made.split("\n") == lines


def test_words_without_boxes_are_no_options() -> None:
    assert set_options("申请人应当如实填写", 4) is None


def test_labels_stand_in_the_middle_and_blanks_begin_at_the_left() -> None:
    shown = cells(form("| 性别 | □男　□女 |"))
    assert shown["性别"].alignment is CellAlignment.CENTRED
    assert shown["□男　□女"].alignment is CellAlignment.LEFT
    assert {cell.vertical for cell in shown.values()} == {VerticalAlignment.MIDDLE}


# -- what signs and dates ---------------------------------------------------------------


def test_what_signs_stands_at_the_lower_right_with_room_to_sign() -> None:
    signed = "签字：<br>（盖章）<br>　　年　月　日"
    lines = tuple(signed.split("<br>"))
    left = feet(lines, ROOM, is_high=True)
    assert len(left) == 3
    date_end = left[2] + Length(12 * 7)
    assert (ROOM - date_end).pt == pytest.approx(12 * standard.SIGN_INDENT)
    sign_end = left[0] + Length(12 * 3)
    assert (ROOM - sign_end).pt >= 12 * standard.SIGN_ROOM


@pytest.mark.parametrize("stamp", ["（盖章）", "（公章）", "单位公章", "盖　章"])
@pytest.mark.parametrize("above", [(), ("法定代表人（签字）：",), ("签字：",)])
@pytest.mark.parametrize("date", ["年　月　日", "　　年　月　日", "　　　　　　　　年　月　日"])
def test_what_is_stamped_stands_in_the_middle_above_the_date(
    stamp: str, above: tuple[str, ...], date: str
) -> None:
    *_, left, of_date = feet((*above, stamp, date), ROOM, is_high=True)
    ends = of_date + Length(12 * len(date))
    middle = ends - Length(12 * min(len(date), len("　　　年　月　日"))) * 0.5
    stamp_width = Length(12 * len(stamp))
    assert (left + stamp_width * 0.5).pt == pytest.approx(middle.pt)


def test_what_is_stamped_stands_below_what_signs_where_there_is_no_date() -> None:
    signed, stamped = feet(("负责人签字：", "（盖章）"), ROOM, is_high=True)
    assert signed == stamped


@pytest.mark.parametrize(
    ("date", "room", "narrow"),
    [
        ("　　　　年　　月　　日", 9, "　　年　　月　　日"),
        ("　　　　年　　月　　日", 7, "　年　月　　日"),
        ("　　　　年　　月　　日", 5, "年　月　日"),
        ("　　　　年　　月　　日", 3, "年　月　日"),
        ("日期：　　年　　月　　日", 10, "日期：　年　月　　日"),
        ("____年__月__日", 5, "_年_月__日"),
        ("2026年 5月 8日", 3, "2026年 5月 8日"),
        ("经办人签字：　　　　　　", 6, "经办人签字：　　　　　　"),
    ],
)
def test_blanks_of_a_date_give_way_in_a_narrow_cell(date: str, room: float, narrow: str) -> None:
    assert narrowed(date, room) == narrow


def test_no_date_is_torn() -> None:
    date = "　　　　　　年　　月　　日"
    table = form(f"| 日期 | {date} | 备注 | |", said="{表头: 0, 列宽: [1, 2, 1, 4]}")
    (cell,) = (cell for words, cell in cells(table).items() if "月" in words)
    assert len(lines_of(cell)) == 1


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (("经审核，同意。", "负责人（签字）：", "年　月　日"), 2),
        (("同意。", "（公章）　　　　年　月　日"), 1),
        (("签字：",), 1),
        (("　　年　月　日",), 0),
        (("申请人承诺以上内容属实，并愿意承担责任。", "请签字。"), 0),
        (("1. 身份证复印件", "2. 户口簿复印件"), 0),
        (("地址：", "联系人："), 0),
        (("经办人：", "年　月　日"), 2),
        (("符合条件。", "　　年　月　日"), 1),
        ((), 0),
    ],
)
def test_what_signs_is_known_from_other_words(lines: tuple[str, ...], count: int) -> None:
    assert len(feet(lines, ROOM, is_high=True)) == count


def test_a_signature_of_one_line_stays_on_its_line_in_a_low_row() -> None:
    assert feet(("签字：",), ROOM, is_high=False) == ()


def attached_cell(words: tuple[str, ...], height: float) -> ComposedCell:
    columns = (Column("", ColumnRole.TEXT),) * 2
    rows = (Row((Cell(("意见",)), Cell(words))),)
    table = Table("表", columns, rows, is_form=True, heights=(height,))
    (composed,) = compose(edition_of("文。", attachments=(table,))).tables
    return cells(composed)["".join(words)]


def test_words_above_a_signature_stand_at_the_top() -> None:
    cell = attached_cell(("同意上报。", "签字：", "年　月　日"), 50)
    assert cell.vertical is VerticalAlignment.BOTTOM
    taken = standard.row_height(3) + cell.gap
    assert taken.mm == pytest.approx(50)
    assert attached_cell(("签字：", "年　月　日"), 50).gap == Length(0)


def test_what_asks_for_words_below_it_stands_at_the_top_of_a_high_blank() -> None:
    assert attached_cell(("主要事迹：",), 50).vertical is VerticalAlignment.TOP
    assert attached_cell(("主要事迹：",), 10).vertical is VerticalAlignment.MIDDLE


# -- heights and pages ------------------------------------------------------------------


def test_rows_are_ten_millimetres_high_unless_their_author_says_otherwise() -> None:
    table = attached(3, (None, 25.0, None))
    assert [round(high.mm, 3) for high in table.heights.values()] == [10, 25, 10]


def test_a_row_is_higher_where_its_words_are() -> None:
    columns = (Column("", ColumnRole.TEXT),) * 2
    rows = (Row((Cell(("说明",)), Cell(tuple("一二三四")))),)
    table = Table("表", columns, rows, is_form=True)
    (composed,) = compose(edition_of("文。", attachments=(table,))).tables
    assert [*composed.heights.values()] == [standard.row_height(4)]


def test_what_a_merged_cell_needs_is_spread_over_its_rows() -> None:
    table = form("| 意见 | " + "；".join("一二三四五六七") + " |", "| 日期 | ^ |")
    assert [round(high.mm) for high in table.heights.values()] == [10, 10]
    columns = (Column("", ColumnRole.TEXT),) * 2
    tall = Cell(tuple("一二三四五六七八"))
    rows = (Row((Cell(("意见",)), tall)), Row((Cell(("日期",)), Cell((), merge=Merge.ABOVE))))
    (composed,) = compose(
        edition_of("文。", attachments=(Table("表", columns, rows, is_form=True),))
    ).tables
    first, second = composed.heights.values()
    assert first == second
    assert (first + second).pt == pytest.approx(standard.row_height(8).pt)


def test_rows_that_nobody_asked_to_be_high_are_lowered_for_a_form_to_fit_its_page() -> None:
    table = attached(21, (25.0, *[None] * 20))
    first, *others = (high.mm for high in table.heights.values())
    assert first == pytest.approx(25)
    assert all(standard.row_height(1).mm <= high < 10 for high in others)
    assert table.is_whole
    assert len(table.pages) == 1


def test_a_form_beyond_a_page_is_divided_between_rows() -> None:
    table = attached(40)
    assert not table.is_whole
    assert len(table.pages) == 2
    assert table.head == ()
    assert {round(high.mm, 3) for high in table.heights.values()} == {10}
    assert sum(len(group.rows) for page in table.pages for group in page) == 40


def test_a_form_that_does_not_fit_what_is_left_of_a_page_begins_the_next() -> None:
    rows = "\n".join(f"| 项目{index} | |" for index in range(8))
    text = "\n\n".join(["一段。"] * 6)
    composition = compose(edition_of(f"{text}\n\n{rows}\n{{表头: 0}}"))
    blocks = composition.of_own(ComposedBlocks)
    assert blocks is not None
    table = blocks.blocks[-1]
    assert isinstance(table, ComposedTable)
    assert table.is_whole
    assert len(table.pages) == 1
    assert table.filled[0] == Length(0)


def test_a_row_that_is_to_be_higher_than_a_page_is_as_high_as_a_page() -> None:
    table = attached(2, (500.0, None))
    first, _ = table.heights.values()
    assert first < room_on_page(GBT33476)
    assert len(table.pages) <= 3


def test_a_row_with_words_for_more_than_a_page_is_parted() -> None:
    columns = (Column("", ColumnRole.TEXT),) * 2
    words = tuple(f"第{index}条须知。" for index in range(60))
    rows = (Row((Cell(("须知",)), Cell(words))), Row((Cell(("姓名",)), Cell(()))))
    table = Table("表", columns, rows, is_form=True)
    (composed,) = compose(edition_of("文。", attachments=(table,))).tables
    assert len(composed.pages) == 2
    parts = [row for page in composed.pages for group in page for row in group.rows]
    assert sum(len(row.cells[1].items) for row in parts) == 60
    assert composed.filled[1] < standard.row_height(40)


def test_rows_of_other_tables_are_as_high_as_asked_or_as_their_words_need() -> None:
    head = ("| 区 | 数 |", "|---|---|", "| 东区 | 1 |", "| 西区 | 2 |")
    table = form(*head, said="{行高: {2: 20}}")
    east, west = table.table.rows
    assert table.height_of(east) == standard.row_height(1)
    assert table.height_of(west).mm == pytest.approx(20)


def test_a_form_on_landscape_pages_has_their_room() -> None:
    table = attached(5, orientation=Orientation.LANDSCAPE)
    assert sum(column.width.mm for column in table.columns) == pytest.approx(225)
    assert table.is_whole


def test_only_a_label_heads_the_rows_below_it() -> None:
    promise = "承诺：以上内容属实。　　申请人签字：　　　　年　月　日"
    table = form("| 一、基本情况 | < |", "| 姓名 | |", f"| {promise} | < |")
    assert [table.names_rows(row) for row in table.table.rows] == [True, False, False]
