"""The page on which a reviewer reads changes: its words, marks and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from forty import ABOUT, changes
from lxml import html

from conftest import edition_of
from publisher.changes import AlignedText, Changes, Op, words_of
from publisher.compare import compare
from publisher.model import Cell, Column, ColumnRole, Orientation, Row, Table
from publisher.renderers.changes import wording
from publisher.renderers.changes.page import render
from words import of_changes
from words import squeezed as squeezed_words

Page = html.HtmlElement


def opened(changes: Changes) -> Page:
    return html.fromstring(render(changes, ABOUT)["index.html"].decode())


def compared(old: str, new: str, **given: Any) -> Changes:
    """Two documents with these texts; fields of `given` are pairs."""
    sides = ({key: pair[at] for key, pair in given.items()} for at in (0, 1))
    documents = [
        edition_of(text, **side).document for text, side in zip((old, new), sides, strict=True)
    ]
    return compare(*documents)


@pytest.fixture(scope="module")
def real() -> Page:
    return opened(changes())


def test_the_same_changes_give_the_same_bytes() -> None:
    assert render(changes(), ABOUT) == render(changes(), ABOUT)


# -- words and marks ----------------------------------------------------------------------


@pytest.mark.parametrize(("left_out", "tag"), [(Op.INSERTED, "ins"), (Op.DELETED, "del")])
def test_whoever_leaves_out_one_mark_reads_one_version(left_out: Op, tag: str) -> None:
    drawn = of_changes(render(changes(), ABOUT)["index.html"], tag)
    for words, part in zip(drawn, changes().parts, strict=True):
        if isinstance(part, AlignedText):
            assert words == [
                squeezed_words(words_of(block.pieces, left_out))
                for block in part.blocks
                if block.status.op is not left_out
            ]


def has(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def squeezed(element: Page) -> str:
    return re.sub(r"\s", "", element.text_content())


def test_no_mark_reaches_beyond_a_paragraph_or_cell(real: Page) -> None:
    blocks = {"p", "td", "th", "div", "tr", "table", "h3", "h4", "h5", "h6", "li", "details"}
    for mark in real.iter("ins", "del"):
        assert not blocks & {one.tag for one in mark.iter()}


def test_each_mark_of_the_document_is_told_by_text_too(real: Page) -> None:
    marks = list(real.get_element_by_id("document").iter("ins", "del"))
    assert len(marks) > 30
    for mark in marks:
        first, last = mark[0], mark[-1]
        name = "(新增|移来)" if mark.tag == "ins" else "(删除|移走)"
        assert re.match(f"【{name}(开始)?：$", first.text)
        assert re.search(f"({name}结束)?】$", last.text)
        assert first.get("class") == last.get("class") == "hidden"
        assert mark.find_class("head")


def test_a_new_number_is_no_mark() -> None:
    page = opened(compared("# 甲事\n\n甲文。\n", "# 乙事\n\n乙文件的字。\n\n# 甲事\n\n甲文改。\n"))
    (label,) = (one for one in page.find_class("label") if one.find_class("was"))
    assert squeezed(label) == "二、（原一）"
    assert label.get("data-old") == "一、"


def test_where_a_paragraph_was_split_the_page_says_so() -> None:
    text = "建设老年食堂十个，方便就近用餐。开展上门服务，定期回访独居老人。"
    page = opened(compared(text, text.replace("开展", "\n\n开展")))
    (end,) = page.find_class("end")
    assert squeezed(end) == "【新增：此处分段】"
    (end,) = opened(compared(text.replace("开展", "\n\n开展"), text)).find_class("end")
    assert squeezed(end) == "【删除：此处不再分段】"


def test_words_of_the_author_stay_words() -> None:
    page = opened(compared("甲<b>乙</b>。", "甲<i>&乙</i>。", title=("一", "</title><script>")))
    assert not list(page.iter("b", "i"))
    assert len(page.findall(".//script")) == 1


def test_stress_and_links_stay_in_marks() -> None:
    page = opened(compared("文字。", "文字。见**[网站](https://example.org/)**说明。"))
    (link,) = page.xpath("//section[@id='document']//ins//strong/a | //ins//a/strong")
    assert link.text_content() == "网站"


# -- list and links -----------------------------------------------------------------------


def test_the_summary_counts_by_kind_and_weight(real: Page) -> None:
    (table,) = real.find_class("counts")
    rows = [[squeezed(cell) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["种类", "实质", "文字", "形式", "合计"]
    assert rows[-1][0] == "合计"
    assert rows[-1][-1] == str(len(changes().changes))
    assert sum(int(row[-1]) for row in rows[1:-1]) == len(changes().changes)


def test_each_change_stands_in_the_list_once_with_its_link(real: Page) -> None:
    (table,) = real.find_class("changes")
    rows = [row for row in table.iter("tr") if row.find(".//a") is not None]
    assert [row.find(".//a").get("href") for row in rows] == [
        f"#{one.identifier}" for one in changes().changes
    ]
    for number, (row, change) in enumerate(zip(rows, changes().changes, strict=True), 1):
        cells = [squeezed(cell) for cell in row]
        assert cells[:2] == [f"第{number}处", change.kind.value + change.subject.value]
        assert cells[2].startswith(change.weight.value)


def test_every_link_within_the_page_leads_somewhere_and_no_id_is_doubled(real: Page) -> None:
    ids = real.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [one[1:] for one in real.xpath("//a/@href") if one.startswith("#")]
    assert set(targets) <= set(ids)
    assert {one.identifier for one in changes().changes} <= set(ids)
    badges = {one.get("id") for one in real.find_class("badge")}
    assert badges == {one.identifier for one in changes().changes}


def test_what_moved_is_linked_both_ways(real: Page) -> None:
    origins = real.xpath("//*[contains(@id, '-from')]")
    assert len(origins) == len([one for one in changes().changes if wording.is_moved(one)])
    for origin in origins:
        identifier = origin.get("id").removesuffix("-from")
        (link,) = origin.iter("a")
        assert link.get("href") == f"#{identifier}"
        assert real.xpath(f"//a[@href='#{identifier}-from']")


def test_changes_that_leave_nothing_to_mark_are_anchored_in_the_list() -> None:
    tables = [(Table("表", COLUMNS, rows_of("甲"), orientation=one),) for one in Orientation]
    found = compared("文。", "文。", attachments=tables)
    assert len(found.changes) == 1
    page = opened(found)
    assert [one.identifier for one in found.changes] == [
        one.get("id") for one in page.xpath("//*[starts-with(@id, 'c')]")
    ]


def test_versions_that_are_the_same_say_so() -> None:
    page = opened(compared("文。", "文。"))
    assert "没有不同" in squeezed(page)
    assert not page.findall(".//script")
    assert not page.find_class("settings")


# -- folding ------------------------------------------------------------------------------


def test_what_has_not_changed_is_folded_with_what_it_is(real: Page) -> None:
    said = [squeezed(one) for one in real.iter("summary")]
    assert "未改动5段：二、坚持党对民政工作的全面领导" in said
    assert not real.xpath("//details[@open]")
    assert not real.xpath("//details//ins | //details//del")


def test_headings_above_a_change_stay_open(real: Page) -> None:
    change = next(one for one in changes().changes if len(one.where.clauses) > 1)
    headings = real.xpath(f"//*[{has('heading')} and not(ancestor::details)]")
    shown = [squeezed(one).replace("（原二）", "") for one in headings]
    assert set(change.where.clauses) <= set(shown)


COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("事项", ColumnRole.TEXT),
    Column("时限", ColumnRole.DEADLINE),
)


def rows_of(names: str, due: Callable[[int], str] = lambda number: "年底") -> tuple[Row, ...]:
    return tuple(
        Row((Cell((str(n),)), Cell((f"办理{one}类事项第{n}号的手续",)), Cell((due(n),))))
        for n, one in enumerate(names, 1)
    )


def table_pair(old: tuple[Row, ...], new: tuple[Row, ...]) -> Changes:
    tables = (Table("表", COLUMNS, old),), (Table("表", COLUMNS, new),)
    return compared("文。", "文。", attachments=tables)


def drawn(page: Page) -> Iterator[list[str]]:
    for one in page.find_class("hidden"):
        one.drop_tree()
    (table,) = page.find_class("rows")
    return ([squeezed(cell) for cell in row] for row in table.iter("tr"))


def test_rows_that_have_not_changed_are_counted() -> None:
    old, new = rows_of("甲" * 30), rows_of("甲" * 30, lambda n: "5月底" if n == 12 else "年底")
    assert list(drawn(opened(table_pair(old, new)))) == [
        ["改动", "序号", "事项", "时限"],
        ["未改动11行（序号1—11）"],
        ["修改", "12", "办理甲类事项第12号的手续", "1年底5月底"],
        ["未改动18行（序号13—30）"],
    ]


def test_a_table_that_came_whole_is_printed_in_part() -> None:
    table = Table("表", COLUMNS, rows_of("甲" * 500))
    found = compared("文。", "文。", attachments=((), (table,)))
    (*_, last) = drawn(opened(found))
    assert last == ["同第1处改动，另有470行（序号31—500）"]


@pytest.mark.thorough
def test_many_rows_make_a_small_page_fast() -> None:
    def due(n: int) -> str:
        return "5月底" if n % 30 == 0 else "年底"

    found = table_pair(rows_of("甲" * 3000), rows_of("甲" * 3000, due))
    assert len(found.changes) == 100
    assert len(render(found, ABOUT)["index.html"]) < 300_000


def test_a_serial_that_moved_on_is_told_with_the_one_before() -> None:
    old = rows_of("甲乙丙")
    first = Row((Cell(("1",)), Cell(("全面检查河道堤防",)), Cell(("6月底",))))
    moved = [Row((Cell((str(n),)), *row.cells[1:])) for n, row in enumerate(old, 2)]
    moved[-1] = Row((*moved[-1].cells[:2], Cell(("3月底",))))
    new = (first, *moved)
    rows = list(drawn(opened(table_pair(old, new))))
    assert ["1新增", "1", "全面检查河道堤防", "6月底"] in rows
    assert rows[-1][1] == "4（原3）"


@pytest.mark.parametrize("reverse", [False, True])
def test_a_document_that_came_or_went_whole_is_drawn(reverse: bool) -> None:
    one = edition_of("").document
    other = edition_of(
        "# 甲\n\n文。\n", attachments=(Table("表", COLUMNS, rows_of("甲乙")),)
    ).document
    page = opened(compare(other, one) if reverse else compare(one, other))
    words = squeezed(page)
    assert "全部删除" in words if reverse else "全部新增" in words


# -- items, names, notes, documents inside the document -----------------------------------


def test_a_number_that_came_or_went_is_told() -> None:
    page = opened(compared("1. 甲项工作。\n\n乙段文字。", "甲项工作。\n\n1. 乙段文字。"))
    labels = [squeezed(one) for one in page.find_class("label")]
    assert labels == ["（原一）", "一、（原无序号）"]


def test_a_note_is_drawn_where_its_mark_stands_with_its_edit() -> None:
    old = "面积5平方公里[^1]，共8户。\n\n[^1]: 不含水面。"
    page = opened(compared(old, old.replace("不含水面", "不含湿地")))
    (note,) = page.find_class("noted")
    assert [squeezed(mark) for mark in note.iter("ins", "del")] == [
        "【删除开始：水面删除结束】",
        "【新增开始：湿地新增结束】",
    ]
    (kind, _, place) = [squeezed(cell) for cell in page.find_class("changes")[0].iter("td")][:3]
    assert (kind, place) == ("修改注", "第1段›注")


def test_a_person_is_drawn_below_the_label_of_the_list() -> None:
    old = "组长\n: 王明　局长\n\n成员\n: 李华　科长\n: 陈静　科长\n"
    page = opened(compared(old, old.replace("李华　科长", "李华　处长")))
    open_ones = [one for one in page.find_class("words") if not list(one.iterancestors("details"))]
    assert squeezed(open_ones[0]) == "成员："
    assert [one.get("class") for one in open_ones] == ["words names", "words entry"]


def test_raised_words_are_raised_in_list_and_document() -> None:
    page = opened(compared("面积5 km2。", "面积5 km^2^。"))
    assert [squeezed(one) for one in page.iter("sup")] == ["2", "2"]


def test_a_reference_that_may_have_to_be_changed_has_a_section_of_its_own() -> None:
    old = "1. 甲项工作。\n1. 乙项工作。\n1. 按照第二项规定办理。\n"
    page = opened(compared(old, f"1. 新项工作内容。\n{old}"))
    (section,) = page.find_class("references")
    (line,) = section.iter("li")
    assert squeezed(line) == (
        "正文›四、按照第二项规定办理：“第二项”原指“二、乙项工作”，现在是“三、乙项工作”。"
    )
