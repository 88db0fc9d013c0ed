"""Widths of columns: what stays whole in a table as long as another column has room."""

from __future__ import annotations

import pytest

from conftest import edition_of, shares_of
from publisher.model import Cell, Column, ColumnRole, Grouping, Orientation, Row, SetTable, Table
from publisher.setting.tables import undivided, with_lines
from publisher.standard import GBT33476

PROSE = "逐段排查堤防险工，登记造册，限期整改，汛前完成复核并按季度公布结果。" * 3
TEXT, PEOPLE = ColumnRole.TEXT, ColumnRole.PEOPLE


def made(
    columns: dict[str, ColumnRole],
    *rows: tuple[str, ...],
    orientation: Orientation = Orientation.LANDSCAPE,
    grouping: Grouping = Grouping.MERGED,
) -> Table:
    return Table(
        "表",
        tuple(Column(name, role) for name, role in columns.items()),
        tuple(Row(tuple(Cell((words,)) for words in row)) for row in rows),
        orientation=orientation,
        grouping=grouping,
    )


def lines_in(table: Table) -> dict[str, list[str]]:
    """The lines of each heading and each cell, by its words."""
    content = edition_of("文。", attachments=(table,)).attachments[0].content
    assert isinstance(content, SetTable)
    orientation = table.orientation or Orientation.LANDSCAPE
    composed = with_lines(undivided(content, orientation, GBT33476))
    shown = {}
    for key, (lines, *_) in composed.lines.items():
        shown["".join(key.items)] = [line.text for line in lines]
    return shown


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize(
    "words", ["0558-5130002", "13912345678", "103503.7154", "8,421.07万元", "89.6%", "GB/T", "全市"]
)
def test_a_number_or_a_word_beside_much_text_stands_on_one_line(
    words: str, orientation: Orientation
) -> None:
    columns = {"举措": TEXT, "内容": TEXT, "依据": TEXT, "数值": TEXT}
    shown = lines_in(made(columns, (PROSE, PROSE, PROSE, words), orientation=orientation))
    assert shown[words] == [words]


@pytest.mark.parametrize("head", ["推广范围", "指标性质", "左侧X", "序"])
def test_a_heading_of_four_characters_stands_on_one_line(head: str) -> None:
    shown = lines_in(made({"内容": TEXT, "举措": TEXT, head: TEXT}, (PROSE, PROSE, "是")))
    assert shown[head] == [head]


@pytest.mark.parametrize("name", ["司徒玥", "欧阳修文", "买买提·阿不都拉"])
def test_a_name_in_a_column_of_people_stands_on_one_line(name: str) -> None:
    columns = {"内容": TEXT, "举措": TEXT, "责任人": PEOPLE}
    assert lines_in(made(columns, (PROSE, PROSE, name)))[name] == [name]


def test_a_number_within_words_goes_to_the_next_line_whole() -> None:
    columns = {"内容": TEXT, "举措": TEXT, "参数": TEXT}
    shown = lines_in(made(columns, (PROSE * 4, PROSE * 4, "起点至终点曲线半径1048.25米")))
    assert [line for line in shown["起点至终点曲线半径1048.25米"] if "1048.25米" in line]


def test_codes_beside_one_another_are_parted_at_the_blank_if_at_all() -> None:
    codes = "R-1800.000 L-165.275"
    wide = {"桥": ColumnRole.GROUP, "编号": TEXT, "左侧": TEXT, "参数": TEXT, "说明": TEXT}
    row = ("甲桥", "A1", "13666.0131", codes, "曲线中点")
    assert lines_in(made(wide, row, grouping=Grouping.HEADING_ROW))[codes] == [codes]
    narrow = {f"列{number}": TEXT for number in range(6)}
    crowded = (*("103503.7154",) * 4, codes, "缓和曲线中点")
    shown = lines_in(made(narrow, crowded, orientation=Orientation.PORTRAIT))
    assert shown[codes][0] == "R-1800.000"


def test_codes_that_stand_whole_leave_their_room_to_what_would_be_torn() -> None:
    columns = {"坐标编号": ColumnRole.HEADING} | dict.fromkeys("甲乙丙丁", ColumnRole.NUMBER)
    row = ("A1", *("574.7609",) * 4, "R-1500.000 L-187.483", "与红线交点1")
    table = made({**columns, "参数": TEXT, "说明": TEXT}, row, orientation=Orientation.PORTRAIT)
    shown = lines_in(table)
    assert shown["与红线交点1"] == ["与红线交点1"]
    assert shown["R-1500.000 L-187.483"] == ["R-1500.000", "L-187.483"]


@pytest.mark.parametrize("orientation", Orientation)
def test_where_all_cells_have_room_on_one_line_they_stand_on_one(orientation: Orientation) -> None:
    columns = {"编号": ColumnRole.SERIAL, "区": TEXT, "窗口": TEXT, "地址": TEXT, "电话": TEXT}
    row = ("12", "西陵区", "北门街道便民服务中心", "滨江大道120号", "0000-3820101")
    shown = lines_in(made(columns, row, orientation=orientation))
    assert [shown[words] for words in row] == [[words] for words in row]


def test_heads_with_figures_have_room_for_these_in_their_own_face() -> None:
    """In Word, too, which has gaps between figures and Chinese."""
    columns = {"区": TEXT} | {f"{year}年": ColumnRole.NUMBER for year in range(2024, 2031)}
    table = made(columns, ("东江区", *("1",) * 7), orientation=Orientation.PORTRAIT)
    shares = shares_of(table)
    across = 156 / 25.4 * 72 / 12
    assert min(shares[1:]) * across >= 4 * 0.56 + 1 + 0.2 + 0.7


def test_where_all_is_whole_widths_are_what_running_text_gives() -> None:
    table = made({"内容": TEXT, "备注": TEXT}, ("长" * 100, "短" * 100))
    assert shares_of(table) == (0.5, 0.5)


def test_where_nothing_has_room_the_widest_columns_give_way_first() -> None:
    columns = {"序号": ColumnRole.SERIAL} | {f"网址{number}": TEXT for number in range(6)}
    address = "https://www.example.gov.cn/art/2030/3/10/art_1234_388246103.html"
    table = made(columns, ("12", *(address,) * 6), orientation=Orientation.PORTRAIT)
    shown = lines_in(table)
    assert shown["12"] == ["12"]
    assert shown["序号"] == ["序号"]


@pytest.mark.thorough
def test_thousands_of_rows_are_read_once() -> None:
    rows = [(str(number), PROSE, f"{number}.25米") for number in range(5000)]
    table = made({"序号": ColumnRole.SERIAL, "内容": TEXT, "长度": TEXT}, *rows)
    assert sum(shares_of(table)) == pytest.approx(1)
