"""Tables as they are composed: what stands in their cells, above and below them, and on pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conftest import edition_of
from publisher import standard
from publisher.model import Orientation, SetTable
from publisher.setting import compose
from publisher.setting.columns import is_good_upright
from publisher.setting.composition import (
    CellAlignment,
    ComposedBlocks,
    ComposedCell,
    ComposedIssued,
    ComposedTable,
)
from publisher.setting.pages import fits, room_on_page
from publisher.setting.table_pages import GOES_ON, divided
from publisher.setting.tables import undivided, with_lines
from publisher.standard import GBT33476, TYPE_AREA_HEIGHT, Length

ROOM = TYPE_AREA_HEIGHT


def the_table(*lines: str, said: str = "{行头: 1}") -> SetTable:
    (table,) = edition_of("\n".join((*lines, said))).body.tables
    return table


def composed(*lines: str, said: str = "{行头: 1}") -> ComposedTable:
    """A table of these lines, its head above a line of hyphens."""
    return with_lines(undivided(the_table(*lines, said=said), Orientation.PORTRAIT, GBT33476))


def cells(table: ComposedTable) -> dict[str, ComposedCell]:
    """The cells of head and body by their words."""
    rows = [*table.head, *(tuple(table.cells_of(row)) for row in table.table.rows)]
    return {"".join(cell.items): cell for row in rows for cell in row if not cell.is_covered}


def lines_of(cell: ComposedCell) -> list[str]:
    return [line.text for item in cell.lines for line in item]


# -- figures ----------------------------------------------------------------------------

FIGURES = ("1,450", "-3.25", "98.5%", "7")


def test_points_of_figures_stand_below_one_another_in_the_middle_of_their_column() -> None:
    rows = [f"| 区{index} | {figure} |" for index, figure in enumerate(FIGURES)]
    table = composed("| 区 | 数 |", "|---|---|", *rows, "| 区9 | — |")
    column = table.columns[1]
    assert column.point is not None
    assert column.figures is not None
    shown = cells(table)
    assert {shown[figure].alignment for figure in FIGURES} == {CellAlignment.FIGURE}
    assert shown["—"].alignment is CellAlignment.CENTRED
    assert shown["98.5%"].room_after < shown["-3.25"].room_after < shown["7"].room_after
    assert shown["7"].room_after == shown["1,450"].room_after
    block = column.figures.before + column.figures.after
    left = column.point - column.figures.before
    right = column.width - Length(8.5) - left - block
    assert left.pt == pytest.approx(right.pt)


def test_the_mark_of_a_note_moves_no_figure() -> None:
    note = "[^a]: 含在建。"
    head = ("| 区 | 数 |", "|---|---|", "| 东 | 12[^a] |", "| 西 | 34 |")
    (table,) = edition_of("\n".join((*head, "{行头: 1}", "", note))).body.tables
    made = with_lines(undivided(table, Orientation.PORTRAIT, GBT33476))
    shown = cells(made)
    assert lines_of(shown["12"]) == ["12①"]
    assert shown["34"].room_after > shown["12"].room_after
    assert [(note.label, note.words) for note in made.notes] == [("①", "含在建。")]


# -- what spans -------------------------------------------------------------------------

SPANS = (
    "| 区 | 分年度任务 | < | 备注 |",
    "| ^ | 2031年 | 2032年 | ^ |",
    "|---|---|---|---|",
    "| 合计 | 30 | 40 | |",
    "| 东区 | 10 | 20 | 改扩建 |",
    "| 西区 | 20 | < | ^ |",
)


def test_a_cell_is_as_wide_as_the_columns_that_it_spans() -> None:
    table = composed(*SPANS)
    shown = cells(table)
    year, task = shown["2031年"], shown["分年度任务"]
    assert task.columns == 2
    assert task.width.pt == pytest.approx(year.width.pt + shown["2032年"].width.pt)
    assert (shown["备注"].rows, shown["区"].rows, shown["改扩建"].rows) == (2, 2, 2)
    covered = [cell for row in table.table.rows for cell in table.cells_of(row) if cell.is_covered]
    assert [cell.items for cell in covered] == [("改扩建",)]


def test_what_stands_above_and_below_a_table_in_a_text() -> None:
    said = "{行头: 1, 标题: 床位建设任务, 单位: 张, 续表: 是, 注: [甲说明。, 乙说明。]}"
    table = composed(*SPANS, said=said)
    assert table.title is not None
    assert table.continued is not None
    assert table.unit is not None
    words = [table.title.words, table.continued.words, table.unit.words]
    assert words == ["表1　床位建设任务", "续表1　床位建设任务", "单位：张"]
    assert [note.lines[0].text for note in table.notes] == ["注：1.甲说明。", "2.乙说明。"]


# -- widths -----------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["自然人", "办结率", "商业企业"])
def test_a_short_head_of_a_column_of_figures_is_not_torn(head: str) -> None:
    above = f"| 本列数据的勾稽关系 | {head} | 其他 |"
    row = "| 二、上年结转政府信息公开申请数量以及加上本年新收的政府信息公开申请数量 | 3 | 4 |"
    assert lines_of(cells(composed(above, "|---|---|---|", row))[head]) == [head]


def test_no_line_of_a_head_has_a_character_alone() -> None:
    heads = ["群众满意度评价", "社会公益组织数", "已归集的数据量", "不予公开"]
    names = "| 区 | " + " | ".join(heads * 2) + " |"
    row = "| 甲 | " + " | ".join("12" for _ in heads * 2) + " |"
    table = composed(names, "|" + "---|" * 9, row)
    for cell in table.head[0]:
        lines = lines_of(cell)
        assert len(lines) == 1 or min(map(len, lines)) > 1


def test_a_date_is_not_torn_beside_running_text() -> None:
    prose = "逐段排查堤防险工，登记造册，限期整改。" * 4
    table = composed(
        "| 序号 | 任务 | 时间 | 内容 |",
        "|---|---|---|---|",
        f"| 1 | {prose} | 2025年6月底 | {prose} |",
        said="{列: {序号: 序号, 任务: 文字, 时间: 文字, 内容: 文字}}",
    )
    assert lines_of(cells(table)["2025年6月底"]) == ["2025年6月底"]


def test_columns_that_many_have_less_padding_and_two_characters_a_line() -> None:
    head = (
        "| 区 | "
        + " | ".join(f"{letter}类维持" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯")
        + " |"
    )
    table = composed(head, "|" + "---|" * 15, "| 东 |" + " 0 |" * 14)
    assert table.is_tight
    assert all(len(line) > 1 for cell in table.head[0][1:] for line in lines_of(cell))
    assert not composed(*SPANS).is_tight


@pytest.mark.parametrize("words", ["第16条", "第3季度", "第二十条", "第12批次"])
def test_an_ordinal_is_not_torn_in_a_cell(words: str) -> None:
    for fill in range(1, 12):
        prose = f"{'按' * fill}{words}规定逐项整改"
        cell = cells(
            composed(
                "| 区 | 办理依据 | 备注 | 甲 | 乙 |",
                "|" + "---|" * 5,
                f"| 东 | {prose} | {'说明情况' * 20} | {'说明情况' * 20} | {'说明情况' * 20} |",
            )
        )[prose]
        assert len(cell.lines[0]) > 1
        assert any(words in line for line in lines_of(cell))


# -- from the left ----------------------------------------------------------------------


def test_short_words_stand_in_the_middle_as_figures_do_merged_ones_too() -> None:
    table = composed(
        "| 信息内容 | 制发件数 | 废止件数 | 有效件数 |",
        "|---|---|---|---|",
        "| 行政规范性文件 | 2 | 1 | 11 |",
        "| 内容 | 本年处理决定数量 | < | < |",
        "| 行政许可 | 38 | < | < |",
    )
    shown = cells(table)
    assert shown["本年处理决定数量"].alignment is CellAlignment.CENTRED
    assert shown["38"].alignment is CellAlignment.CENTRED
    names = ("行政规范性文件", "内容", "行政许可")
    assert {shown[name].alignment for name in names} == {CellAlignment.LEFT}


def test_short_words_of_a_small_list_stand_in_the_middle_those_of_tasks_do_not() -> None:
    head = ("| 议定事项 | 科室 | 办理方式 |", "|---|---|---|")
    said = "{列: {议定事项: 文字, 科室: 文字, 办理方式: 文字}}"
    small = cells(composed(*head, "| 完成社区食堂项目的招标投标 | 养老科 | 接口 |", said=said))
    assert small["接口"].alignment is small["养老科"].alignment is CellAlignment.CENTRED
    assert small["完成社区食堂项目的招标投标"].alignment is CellAlignment.LEFT
    task = "完成社区食堂项目的招标投标，" * 3
    tasks = cells(composed(*head, f"| {task} | 养老科 | 接口 |", said=said))
    assert tasks["接口"].alignment is CellAlignment.LEFT


# -- the way round ----------------------------------------------------------------------


def test_a_table_that_has_room_stands_upright_and_one_with_slivers_of_text_does_not() -> None:
    prose = "逐段排查堤防险工，登记造册，限期整改。" * 4
    names = ("甲项内容", "乙项内容", "丙项内容", "丁项内容")
    columns = ", ".join(f"{name}: 文字" for name in names)
    head, rule = "| " + " | ".join(names) + " |", "|---|---|---|---|"
    much = the_table(
        head, rule, "| " + " | ".join([prose] * 4) + " |", said=f"{{列: {{{columns}}}}}"
    )
    assert not is_good_upright(much, GBT33476)
    assert is_good_upright(the_table(*SPANS), GBT33476)


def test_a_table_whose_rows_have_few_lines_upright_stands_upright() -> None:
    table = the_table(
        "| 日期 | 时间 | < | 内容 | 主讲人 | 地点 |",
        "|---|---|---|---|---|---|",
        "| 4月20日 | 上午 | 8:30—9:00 | 报到、领取培训资料 | 会务组 | 一楼大厅 |",
        "| ^ | ^ | 9:40—11:40 | 新时代基层治理的形势与任务 | 李某　市委党校教授 | 第一报告厅 |",
        "| ^ | 下午 | 返程 | < | < | < |",
    )
    assert is_good_upright(table, GBT33476)


def test_row_names_beside_merged_ones_have_the_room() -> None:
    names = [f"{number}.申请人逾期未按收费通知要求缴纳费用、不再处理" for number in range(9)]
    rows = [
        f"| {'^' if number else '三、本年度办理结果'} | "
        f"{'^' if number % 3 else '（五）不予处理'} | {name} | 0 | 0 | 0 | 0 | 0 |"
        for number, name in enumerate(names)
    ]
    head = "| 申请情况 | < | < | 自然人 | 商业企业 | 科研机构 | 其他 | 总计 |"
    table = composed(head, "|" + "---|" * 8, *rows, said="{行头: 3}")
    merged, inner, name = (column.width.pt for column in table.columns[:3])
    assert name > merged * 1.5
    assert name > inner * 1.5


# -- pages ------------------------------------------------------------------------------


def long_table(rows: int, said: str = "{行头: 2}") -> ComposedTable:
    """Cities of seven districts each, one cell for each city."""
    body = [
        f"| {f'市{row // 7}' if row % 7 == 0 else '^'} | 区{row} | {row} |" for row in range(rows)
    ]
    return composed("| 市 | 区 | 数 |", "|---|---|---|", *body, said=said)


def rows_of(table: ComposedTable) -> list[list[str]]:
    return [[row.anchor for group in page for row in group.rows] for page in table.pages]


def test_each_row_stands_once_and_a_merged_cell_begins_again_on_each_page() -> None:
    table = divided(long_table(100), ROOM, ROOM)
    assert len(table.pages) > 2
    assert [anchor for page in rows_of(table) for anchor in page] == [
        row.anchor for row in table.table.rows
    ]
    for page in table.pages:
        cities = [row.cells[0] for row in page[0].rows]
        assert not cities[0].is_covered
        assert sum(cell.rows for cell in cities if not cell.is_covered) == len(cities)


def test_the_head_is_not_parted_from_the_first_row() -> None:
    table = divided(long_table(5, "{行头: 2, 标题: 题, 单位: 件}"), Length(60), ROOM)
    assert table.filled[0] == Length(0)
    assert len(table.pages) == 1


def test_the_last_row_goes_with_what_stands_below() -> None:
    plain = divided(long_table(20), ROOM, ROOM)
    assert len(plain.pages) == 1
    left = plain.filled[0] + Length(5)
    noted = divided(long_table(20, "{行头: 2, 注: 说明。}"), left, ROOM)
    assert [len(page) for page in rows_of(noted)] == [18, 2]


@pytest.mark.thorough
def test_a_last_row_takes_one_along_to_a_page_of_its_own() -> None:
    for rows in range(40, 80):
        made = rows_of(divided(long_table(rows), ROOM, ROOM))
        assert len(made[-1]) > 1
        assert [anchor for page in made for anchor in page] == [
            row.anchor for row in long_table(rows).table.rows
        ]


def test_the_unit_stands_above_each_page_of_a_table_that_says_it_goes_on() -> None:
    said = "{行头: 2, 续表: 是, 单位: 件}"
    table = long_table(100, said)
    assert [words.words for words in table.words_again] == ["续表", "单位：件"]
    assert long_table(3, "{行头: 2, 单位: 件}").words_again == ()


def test_a_row_higher_than_a_page_is_divided_with_a_mark_and_loses_nothing() -> None:
    words = "".join(f"第{number}段排查堤防险工，登记造册。" for number in range(200))
    table = composed(
        "| 序号 | 任务 | 要求 |",
        "|---|---|---|",
        "| 1 | 甲 | 短 |",
        f"| 2 | {words} | 要求 |",
        "| 3 | 乙 | 短 |",
        said="{列: {序号: 序号, 任务: 文字, 要求: 文字}}",
    )
    made = divided(table, ROOM, ROOM)
    parts = [row for page in made.pages for group in page for row in group.rows]
    inner = [row.cells[1].items[0] for row in parts[1:-1]]
    assert len(inner) > 2
    assert all(part.startswith(GOES_ON) for part in inner[1:])
    assert "".join(part.removeprefix(GOES_ON) for part in inner) == words
    assert {row.cells[0].items for row in parts[1:-1]} == {("2",)}
    assert all(height <= ROOM for height in made.filled)


def test_a_row_that_names_those_below_it_is_not_last_on_a_page() -> None:
    body = [f"| {row} | 名称 | 3 |" for row in range(40)]
    for above in range(26, 32):
        rows = [*body[:above], "| 二、自筹资金 | < | < |", *body[above:]]
        made = divided(composed("| 项目 | 名称 | 金额 |", "|---|---|---|", *rows), ROOM, ROOM)
        assert not any(page[-1].rows[-1].is_banner for page in made.pages)


def test_a_table_in_a_text_fills_the_pages_that_its_rows_need() -> None:
    body = "\n".join(f"| 区{row} | {row} |" for row in range(60))
    edition = edition_of(f"上文。\n\n| 区 | 数 |\n|---|---|\n{body}\n{{标题: 题}}\n\n下文。")
    composition = compose(edition)
    (blocks,) = (thing for thing in composition.own if isinstance(thing, ComposedBlocks))
    (table,) = (block for block in blocks.blocks if isinstance(block, ComposedTable))
    assert composition.text_pages == len(table.pages) == len(table.filled)


def test_a_table_right_below_the_title_of_a_text_leaves_room_for_the_line_between() -> None:
    body = "\n".join(f"| 区{row} | {row} |" for row in range(60))
    edition = edition_of(f"| 区 | 数 |\n|---|---|\n{body}")
    attached = replace(edition.body, anchor="t-x")
    edition = replace(edition, issued=(attached,))
    (issued,) = (thing for thing in compose(edition).following if isinstance(thing, ComposedIssued))
    (blocks,) = (thing for thing in issued.inner if isinstance(thing, ComposedBlocks))
    (table,) = blocks.blocks
    assert isinstance(table, ComposedTable)
    page = GBT33476
    above = page.line * (issued.title.lines + standard.ISSUED_TITLE_BELOW)
    assert fits(table.filled[0] + above, room_on_page(page))
