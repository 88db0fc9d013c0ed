"""Tables in texts and tables of figures, on the page and in the fragment."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import pytest
from lxml import html
from lxml.html import HtmlElement

from conftest import edition_of
from publisher.model import (
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Edition,
    FragmentTables,
    Grouping,
    Merge,
    Prose,
    Row,
    SetTable,
    Site,
    Table,
)
from publisher.renderers.web import render, render_fragment
from tried import TIMES

REPORT = """\
情况见下。

# 申请

| （本列数据的勾稽关系） | < | 申请人情况 | < | < |
| ^ | ^ | 自然人 | 法人 | < |
| ^ | ^ | ^ | 企业 | 其他 |
|---|---|---|---|---|
| 一、本年新收 | < | 3 | 0 | 12.5 |
| 二、办理结果 | 予以公开 | 2 | — | 3.25 |
| ^ | 不予公开 | 1,200[^a] | 5%[^b] | |
| 三、结转 | < | 7 | < | 0[^a] |
{标题: 收到的申请, 行头: 2, 单位: 件, 注: [本表按年计。, 不含网络咨询。]}

| 项目 | 金额 |
|---|---|
| 一、市本级 | < |
| 道路 | 12 |
| 桥梁 | 3 |
| 二、各区 | < |
| 公园 | 4 |
| 另行安排 | < |
{行头: 1}

| 序号 | 任务 | 完成时限 |
|---|---|---|
| 1 | 栽树。 | 5月底 |
| 2 | 浇水。 | 长期 |
{标题: 任务}

[^a]: 含在途。

[^b]: 与上年相比。
"""


def report(tables: FragmentTables = FragmentTables.MERGED) -> Edition:
    """A text with a table of figures, one with rows across it, and a list; an attached table."""
    made = edition_of(REPORT, title="年度报告", attachments=(nested(), points()))
    bureau = Bureau((), Site(tables=tables))
    return replace(made, document=replace(made.document, bureau=bureau))


def nested() -> Table:
    """Groups in groups, and a note."""
    roles = (ColumnRole.GROUP, ColumnRole.GROUP, ColumnRole.TEXT, ColumnRole.NUMBER)
    columns = tuple(
        Column(name, role)
        for name, role in zip(("一级", "二级", "三级", "分值"), roles, strict=True)
    )
    rows = (
        ("甲", "子", "床位使用率", "10"),
        ("甲", "子", "完好率", "5.5"),
        ("甲", "丑", "上岗率", "20"),
        ("乙", "寅", "合格率", ""),
    )
    made = [Row(tuple(Cell((each,) if each else ()) for each in row)) for row in rows]
    made[0] = replace(made[0], cells=(*made[0].cells[:3], replace(made[0].cells[3], note="暂定。")))
    return Table("评价指标", columns, tuple(made), unit="分", remarks=("满分100分。",))


def plan(grouping: Grouping = Grouping.MERGED) -> Edition:
    """A list of tasks in groups within groups, the last without an inner one."""
    roles = {
        "序号": ColumnRole.SERIAL,
        "领域": ColumnRole.GROUP,
        "类别": ColumnRole.GROUP,
        "任务": ColumnRole.TEXT,
        "完成时限": ColumnRole.DEADLINE,
        "责任部门": ColumnRole.DEPARTMENTS,
    }
    lines = (
        "1 一、养老 （一）设施 建成2家。 11月底 甲科",
        "2 一、养老 （一）设施 改造8家。 9月底 乙科",
        "3 一、养老 （二）人才 培训300人。 12月底 甲科",
        "4 二、救助 （一）体系 建成1个。 6月底 乙科",
        "5 二、救助 - 检查1次。 10月底 甲科",
    )
    rows = tuple(
        Row(tuple(Cell(() if each == "-" else (each,)) for each in line.split())) for line in lines
    )
    columns = tuple(Column(name, role) for name, role in roles.items())
    return edition_of("文。", attachments=(Table("任务表", columns, rows, grouping),))


def points() -> Prose:
    """An attachment of tables alone."""
    table = "| 点 | X |\n|---|---|\n| A1 | 1.5 |\n{{标题: {}区}}"
    text = "\n\n".join(map(table.format, "甲乙"))
    return replace(edition_of(text).document.body, title="界址点")


def page_of(edition: Edition, files: dict[str, bytes] | None = None) -> HtmlElement:
    return html.document_fromstring(render(edition, files or {})["web/index.html"].decode())


def fragment_of(edition: Edition) -> HtmlElement:
    return html.fragment_fromstring(render_fragment(edition).decode(), create_parent="div")


def words(element: HtmlElement) -> str:
    own = element.xpath(".//text()[not(ancestor::*[@data-generated])]")
    return re.sub(r"\s", "", "".join(own))


def cell_words(element: HtmlElement) -> str:
    """Of a cell, without the mark of its note."""
    return re.sub(r"\s", "", "".join(element.xpath(".//text()[not(ancestor::sup)]")))


# -- what heads each cell -----------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A table that chance made, and what it says at each place, merged cells at all of theirs."""

    table: Table
    head: list[list[str]]
    body: list[list[str]]
    banners: list[int]
    """Rows that are one cell."""


def merged(
    chance: random.Random, name: str, rows: int, columns: int, across: int = 0
) -> tuple[list[list[Cell]], list[list[str]]]:
    """A grid with cells merged by chance, none of them over the border `across`."""
    cells: list[list[Cell | None]] = [[None] * columns for _ in range(rows)]
    said = [[""] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if cells[row][column]:
                continue
            down, along = chance.choice(((1, 1),) * 4 + ((1, 2), (2, 1), (2, 2), (3, 1), (1, 3)))
            end = across if column < across else columns
            down, along = min(down, rows - row), min(along, end - column)
            free = all(
                cells[r][c] is None
                for r in range(row, row + down)
                for c in range(column, column + along)
            )
            if not free:
                down = along = 1
            own = f"{name}{row}-{column}"
            for r in range(row, row + down):
                for c in range(column, column + along):
                    sign = Merge.LEFT if c > column else Merge.ABOVE if r > row else None
                    cells[r][c] = Cell(() if sign else (own,), merge=sign)
                    said[r][c] = own
    return [[cell or Cell(()) for cell in line] for line in cells], said


def by_chance(seed: int) -> Made:
    chance = random.Random(seed)
    groups, headings, numbers = chance.randint(0, 2), chance.randint(1, 2), chance.randint(2, 4)
    roles = (
        (ColumnRole.GROUP,) * groups
        + (ColumnRole.HEADING,) * headings
        + (ColumnRole.NUMBER,) * numbers
    )
    across = len(roles)
    head, said_head = merged(chance, "头", chance.randint(1, 3), across)
    if groups:  # a group's column is called by a name of its own
        head, said_head = merged(chance, "头", len(head), across - groups)
        own = [[f"组{row}-{at}" for at in range(groups)] for row in range(len(head))]
        head = [[*(Cell((each,)) for each in a), *b] for a, b in zip(own, head, strict=True)]
        said_head = [[*a, *b] for a, b in zip(own, said_head, strict=True)]
    body: list[list[Cell]] = []
    said: list[list[str]] = []
    banners: list[int] = []
    for part in range(chance.randint(1, 4)):
        if chance.random() < 0.4:
            banners.append(len(body))
            covered = [Cell((), merge=Merge.LEFT)] * (across - 1)
            body.append([Cell((f"横{part}",)), *covered])
            said.append([f"横{part}"] * across)
        rows = chance.randint(1, 4)
        cells, names = merged(chance, f"格{part}-", rows, across - groups, headings)
        inner = [f"内{part}-{row // 2}" for row in range(rows)]
        of_group = [[f"外{part}", inner[row]][:groups] for row in range(rows)]
        body += [[*(Cell((each,)) for each in a), *b] for a, b in zip(of_group, cells, strict=True)]
        said += [[*a, *b] for a, b in zip(of_group, names, strict=True)]
    columns = tuple(
        Column("/".join(dict.fromkeys(line[at] for line in said_head)), role)
        for at, role in enumerate(roles)
    )
    table = Table(
        "表",
        columns,
        tuple(Row(tuple(line)) for line in body),
        grouping=chance.choice(tuple(Grouping)),
        head=tuple(Row(tuple(line)) for line in head),
    )
    return Made(table, said_head, said, banners)


def heads_of(made: Made) -> Iterator[tuple[str, list[str]]]:
    """The words of each cell that heads nothing, and of all that heads it."""
    roles = [column.role for column in made.table.columns]
    naming = [at for at, role in enumerate(roles) if role is not ColumnRole.NUMBER]
    of_cell: dict[str, list[list[str]]] = {}
    banner: list[str] = []
    for row, line in enumerate(made.body):
        if row in made.banners:
            banner = [line[0]]
            continue
        for column in range(len(naming), len(roles)):
            of_column = [above[column] for above in made.head]
            own = [of_column, banner, [line[at] for at in naming]]
            of_cell.setdefault(line[column], [[], [], []])
            for known, more in zip(of_cell[line[column]], own, strict=True):
                known += more
    for words_there, (columns, banners, rows) in of_cell.items():
        groups = [each for each in rows if each[0] in "外内"]
        rest = [each for each in rows if each not in groups]
        yield words_there, sorted({*columns, *banners, *groups, *rest})


@pytest.mark.parametrize("seed", range(20 * TIMES))
@pytest.mark.thorough
def test_each_cell_of_any_table_names_exactly_all_that_heads_it(seed: int) -> None:
    made = by_chance(seed)
    page = page_of(edition_of("文。", attachments=(made.table,)))
    (table,) = page.xpath("//table")
    named = {one.get("id"): cell_words(one) for one in table.xpath(".//th")}
    assert len(named) == len(table.xpath(".//th"))
    drawn = [
        (cell_words(cell), sorted(named[each] for each in cell.get("headers").split()))
        for cell in table.xpath(".//tbody/tr[not(@class='banner')]/td")
    ]
    assert sorted(drawn) == sorted(heads_of(made))


@pytest.mark.parametrize("seed", range(20 * TIMES))
@pytest.mark.thorough
def test_the_rows_of_any_table_fill_its_columns(seed: int) -> None:
    made = by_chance(seed)
    edition = edition_of("文。", attachments=(made.table,))
    for table in (*page_of(edition).xpath("//table"), *fragment_of(edition).xpath(".//table")):
        columns = len(made.table.columns)
        columns -= made.table.grouping is Grouping.HEADING_ROW and "外" in "".join(
            "".join(line) for line in made.body
        )
        for part in (*table.xpath("./thead"), *table.xpath("./tbody")):
            assert {len(line) for line in laid_out(part)} <= {columns}


def laid_out(part: HtmlElement) -> list[dict[int, HtmlElement]]:
    """The cells of a head or body at each place of its grid, as a browser lays them out."""
    rows = part.xpath("./tr")
    grid: list[dict[int, HtmlElement]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[at]:
                column += 1
            down, along = int(cell.get("rowspan", "1")), int(cell.get("colspan", "1"))
            assert at + down <= len(rows), "a cell leads out of its group"
            for below in range(at, at + down):
                for beside in range(column, column + along):
                    assert beside not in grid[below], "cells overlap"
                    grid[below][beside] = cell
    return grid


def test_a_head_names_those_above_it_and_a_row_those_around_it() -> None:
    page = page_of(report())
    named = {one.get("id"): cell_words(one) for one in page.xpath("//th[@id]")}
    headed = {
        cell_words(one): [named[each] for each in one.get("headers", "").split()]
        for one in page.xpath("//th")
    }
    assert headed["企业"] == ["申请人情况", "法人"]
    assert headed["申请人情况"] == []
    assert headed["不予公开"] == ["（本列数据的勾稽关系）", "二、办理结果"]
    assert headed["丑"] == ["二级", "甲"]
    assert headed["上岗率"] == ["三级", "甲", "丑"]


def test_an_empty_corner_is_no_head() -> None:
    made = Table(
        "表",
        (Column("列1", ColumnRole.HEADING), Column("数", ColumnRole.NUMBER)),
        (Row((Cell(("东区",)), Cell(("1",)))),),
        head=(Row((Cell(()), Cell(("数",)))),),
    )
    (table,) = page_of(edition_of("文。", attachments=(made,))).xpath("//table")
    assert [one.tag for one in table.xpath("./thead/tr/*")] == ["td", "th"]
    (row,) = table.xpath("./tbody/tr/th")
    assert row.get("headers") is None


@pytest.mark.parametrize("grouping", list(Grouping))
def test_each_cell_of_a_list_names_the_groups_that_it_stands_in(grouping: Grouping) -> None:
    (table,) = page_of(plan(grouping)).xpath("//table")
    assert "figures" not in table.get("class", "")
    named = {one.get("id"): cell_words(one) for one in table.xpath(".//*[@id]")}
    tasks = table.xpath("./tbody/tr/td[not(contains(@class, 'group'))][1]")
    heads = [[named[each] for each in one.get("headers").split()] for one in tasks]
    assert heads == [
        ["任务", "一、养老", "（一）设施", "1"],
        ["任务", "一、养老", "（一）设施", "2"],
        ["任务", "一、养老", "（二）人才", "3"],
        ["任务", "二、救助", "（一）体系", "4"],
        ["任务", "二、救助", "5"],
    ]
    inner = table.xpath("./tbody/tr/*[contains(@class, 'inner')]")
    assert [(one.tag, cell_words(one), one.get("rowspan")) for one in inner] == [
        ("th", "（一）设施", "2"),
        ("th", "（二）人才", None),
        ("th", "（一）体系", None),
        ("td", "", None),
    ]


def test_groups_that_are_one_cell_fill_their_columns_on_the_page() -> None:
    made = Table(
        "任务表",
        (
            Column("领域", ColumnRole.GROUP),
            Column("类别", ColumnRole.GROUP),
            Column("任务", ColumnRole.TEXT),
        ),
        (
            Row((Cell(("甲",)), Cell(("子",)), Cell(("栽树。",)))),
            Row((Cell(("乙",)), Cell((), merge=Merge.LEFT), Cell(("浇水。",)))),
        ),
        head=(Row((Cell(("分类",)), Cell((), merge=Merge.LEFT), Cell(("任务",)))),),
    )
    (table,) = page_of(edition_of("文。", attachments=(made,))).xpath("//table")
    assert "figures" not in table.get("class", "")
    for part in (*table.xpath("./thead"), *table.xpath("./tbody")):
        assert {len(line) for line in laid_out(part)} == {3}


# -- what stands around a table -------------------------------------------------------------


def test_the_words_around_a_table_stand_in_order_on_page_and_fragment() -> None:
    wanted = (
        "表1　收到的申请单位：件（本列数据的勾稽关系）申请人情况自然人法人企业其他"
        "一、本年新收3012.5二、办理结果予以公开2—3.25不予公开1,200①5%②三、结转70①"
        "注：1.本表按年计。2.不含网络咨询。①含在途。②与上年相比。"
        "项目金额一、市本级道路12桥梁3二、各区公园4另行安排"
        "表2　任务序号任务完成时限1栽树。5月底2浇水。长期"
    )
    for whole in (page_of(report()).xpath("//article")[0], fragment_of(report())):
        assert re.sub(r"\s", "", wanted) in words(whole)


def test_a_note_of_a_cell_leads_to_its_words_and_they_to_each_of_its_marks() -> None:
    page = page_of(report())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in page.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)
    marks = page.xpath("//table[@id='table-1']//sup/a")
    assert [(one.text, one.get("href")) for one in marks] == [
        ("①", "#table-1-note-1"),
        ("②", "#table-1-note-2"),
        ("①", "#table-1-note-1"),
    ]
    (note,) = page.xpath("//*[@id='table-1-note-1']")
    assert words(note) == "①含在途。"
    assert [one.get("href")[1:] for one in note.iter("a")] == [
        marks[0].get("id"),
        marks[2].get("id"),
    ]


def test_a_table_is_called_by_its_title_or_counted() -> None:
    page = page_of(report())
    frames = page.find_class("frame")
    names = [
        words(page.get_element_by_id(one.get("aria-labelledby")))
        if one.get("aria-labelledby")
        else one.get("aria-label")
        for one in frames
    ]
    assert names == ["表1收到的申请", "表格 2", "评价指标", "表1甲区", "表2乙区"]
    assert {one.get("tabindex") for one in frames} == {"0"}


def test_only_lists_are_filtered_and_counted() -> None:
    page = page_of(report())
    assert page.find_class("tools") == []  # two rows in a text are found without
    assert "共" not in "".join(one.text_content() for one in page.iter("caption"))
    longer = REPORT.replace(
        "| 2 | 浇水。",
        "".join(f"| {n} | 甲{n}。 | 长期 |\n" for n in range(3, 15)) + "| 2 | 浇水。",
    )
    (form,) = page_of(edition_of(longer)).find_class("tools")
    assert form.get("data-table") == "table-3"


@pytest.mark.parametrize(
    ("column", "room"),
    [
        (["12.5", "3.25", "0"], ["0", "", ".00"]),
        (["5%", "12", "3.5%", "—"], [".0", ".0%", "", ".0%"]),
        (["1", "20"], [None, None]),
        (["1,200.50", "不详"], [None, None]),
    ],
)
def test_figures_stand_at_their_point(column: list[str], room: list[str | None]) -> None:
    lines = "\n".join(f"| 甲{at} | {words} |" for at, words in enumerate(column))
    text = f"| 区 | 数 |\n|---|---|\n{lines}\n{{列: {{区: 行头, 数: 数字}}}}"
    cells = page_of(edition_of(text)).xpath("//tbody//td")
    assert [one.get("data-room") or None for one in cells] == [each or None for each in room]
    words_there = ["figure" in one.get("class", "") for one in cells]
    assert words_there == [each != "不详" for each in column]


def test_a_column_of_codes_is_placed_alike_in_all_its_rows() -> None:
    text = "| 名称 | 款 | 数 |\n|---|---|---|\n| 甲 | 02 | 1 |\n| 乙 | 19 | 2 |\n| 丙 | 5 | 3 |"
    text += "\n{列: {名称: 行头, 款: 文字, 数: 数字}}"
    cells = page_of(edition_of(text)).xpath("//tbody//td[1]")
    assert {one.get("class") for one in cells} == {"whole middle"}


def test_a_head_is_not_torn_to_characters_nor_its_brackets() -> None:
    text = "| 区 | 服务中心数 | 比上年增长（%）<br>与计划 |\n|---|---|---|\n| 甲 | 1 | 2 |"
    heads = page_of(edition_of(text)).xpath("//thead//th")
    assert [one.get("class").split()[-1] for one in heads] == ["whole", "threes", "fours"]
    assert heads[2].xpath("span/span[@class='whole']")[0].text == "（%）"
    assert heads[2].text_content() == "比上年增长（%）与计划"


def test_codes_that_name_rows_are_whole_on_a_phone_too() -> None:
    text = "| 证号 | 数 |\n|---|---|\n| 3301**********1023 | 1 |\n{列: {证号: 行头, 数: 数字}}"
    (style,) = page_of(edition_of(text)).xpath("//style")
    (narrow,) = re.findall(r"#table-1 \.at-0\{[^}]*--narrow: ([0-9.]+)em", style.text_content())
    assert float(narrow) >= 9


def test_files_of_a_table_are_offered_beside_it_and_called_by_it() -> None:
    tables = ("attachment-1.csv", "table-4.csv", "table-1.csv", "table-1.xlsx", "table-2.csv")
    files = dict.fromkeys((*tables, "document.pdf"), b"x")
    page = page_of(report(), files)
    (section,) = page.xpath("//*[@id='page-downloads']")
    assert [one.text for one in section.iter("h3")] == [
        "公文全文",
        "表1　收到的申请",
        "表格（项目、金额）",
        "附件2　表1　甲区",
        "附件1　评价指标",
    ]
    beside = page.xpath("//*[@class='in-text'][.//table[@id='table-1']]//p[@data-generated]//a")
    assert [one.get("href") for one in beside] == ["table-1.xlsx", "table-1.csv"]


def test_the_contents_have_the_tables_of_an_attachment_of_tables_alone() -> None:
    (contents,) = page_of(report()).find_class("contents")
    assert [one.text for one in contents.iter("a")] == [
        "年度报告",
        "一、申请",
        "附件1　评价指标",
        "附件2　界址点",
        "表1　甲区",
        "表2　乙区",
    ]


def test_pages_without_such_tables_have_none_of_their_rules() -> None:
    rules = partial(str.__contains__, render(report(), {})["web/index.html"].decode())
    assert rules(".figures thead")
    plain = render(edition_of("文。"), {})["web/index.html"].decode()
    assert ".figures thead" not in plain


# -- the fragment ---------------------------------------------------------------------------


def test_a_merged_fragment_has_all_heads_and_spans() -> None:
    (table, *_) = fragment_of(report()).xpath(".//table")
    head = [
        [(words(one), one.get("rowspan"), one.get("colspan")) for one in row]
        for row in table.xpath("./thead/tr")
    ]
    assert head == [
        [("（本列数据的勾稽关系）", "3", "2"), ("申请人情况", None, "3")],
        [("自然人", "2", None), ("法人", None, "2")],
        [("企业", None, None), ("其他", None, None)],
    ]
    assert "text-align: right" in table.xpath("./tbody/tr[1]/td")[0].get("style")


def test_a_flat_fragment_writes_every_cell_and_calls_columns_by_all_above_them() -> None:
    made = fragment_of(report(FragmentTables.FLAT))
    assert made.xpath(".//@rowspan | .//@colspan") == []
    (table, across, *_) = made.xpath(".//table")
    lines = [[words(one) for one in row] for row in table.iter("tr")]
    corner = "（本列数据的勾稽关系）"
    assert lines[0][2:] == ["申请人情况/自然人", "申请人情况/法人/企业", "申请人情况/法人/其他"]
    assert all(each.startswith(corner) for each in lines[0][:2])
    assert lines[1:] == [
        ["一、本年新收", "一、本年新收", "3", "0", "12.5"],
        ["二、办理结果", "予以公开", "2", "—", "3.25"],
        ["二、办理结果", "不予公开", "1,200①", "5%②", ""],
        ["三、结转", "三、结转", "7", "7", "0①"],
    ]
    assert [[words(one) for one in row] for row in across.iter("tr")] == [
        ["分组", "项目", "金额"],
        ["一、市本级", "道路", "12"],
        ["一、市本级", "桥梁", "3"],
        ["二、各区", "公园", "4"],
        ["另行安排", "", ""],
    ]


@pytest.mark.parametrize("seed", range(40))
def test_no_word_of_any_table_is_lost_in_a_flat_fragment(seed: int) -> None:
    made = by_chance(seed)
    edition = edition_of("文。", attachments=(made.table,))
    bureau = Bureau((), Site(tables=FragmentTables.FLAT))
    flat = replace(edition, document=replace(edition.document, bureau=bureau))
    (table,) = fragment_of(flat).xpath(".//table")
    across = len(made.table.columns) + bool(made.banners)
    assert {len(row) for row in table.iter("tr")} == {across}
    there = [[words(one) for one in row] for row in table.xpath("./tbody/tr")]
    below = [line for at, line in enumerate(made.body) if at not in made.banners]
    assert [line[-len(made.table.columns) :] for line in there if line[-1]] == below
    for at in made.banners:
        assert made.body[at][0] in {line[0] for line in there}


@pytest.mark.parametrize("make", [render_fragment, lambda edition: render(edition, {})])
def test_a_table_is_looked_through_as_often_however_long_it_is(
    make: Callable[[Edition], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    rows = SetTable.rows.fget
    monkeypatch.setattr(
        SetTable, "rows", property(lambda table: looked.append("rows") or rows(table))
    )

    def times(count: int) -> int:
        looked.clear()
        columns = (Column("序号", ColumnRole.SERIAL), Column("事项", ColumnRole.TEXT))
        made = tuple(Row((Cell((f"{n}",)), Cell((f"事项{n}",)))) for n in range(1, count + 1))
        make(edition_of("文。", attachments=(Table("表", columns, made),)))
        return len(looked)

    assert times(40) == times(5) > 0


NAMED = """\
见下表。

| 类别 | 项目 | 件数 |
|---|---|---|
| 一、服务[^a] | 甲 | 1 |
| ^ | 乙 | 2[^a] |
| 二、安全 | 丙 | 3 |
{列: {类别: 分组, 项目: KIND, 件数: 数字}, 分组方式: 通栏标题行}

[^a]: 含在建。
"""


@pytest.mark.parametrize("kind", ["文字", "行头"])
def test_the_name_of_a_group_in_a_row_of_its_own_has_the_mark_of_its_note(kind: str) -> None:
    edition = edition_of(NAMED.replace("KIND", kind))
    page = html.fromstring(render(edition, {})["web/index.html"])
    marks = page.xpath("//table//a[@role='doc-noteref']")
    assert [mark.xpath("string(ancestor::tr[1])").strip()[:4] for mark in marks][:1] == ["一、服务"]
    (note,) = page.xpath("//*[@id='table-1-note-1']")
    assert [one.get("href")[1:] for one in note.iter("a")] == [mark.get("id") for mark in marks]
    assert len(marks) == 2
    fragment = html.fromstring(render_fragment(edition).decode())
    assert [words(each) for each in fragment.xpath("//table//sup")] == ["①", "①"]
