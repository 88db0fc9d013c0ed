"""Items, lists of names, notes and documents inside documents: on the page, bare, and as text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement
from pytest_regressions.file_regression import FileRegressionFixture

from conftest import DOCUMENTS, edition_of, read_content, resolved
from publisher.model import Binding, Column, ColumnRole, Edition, LevelForm, Table
from publisher.model import Cell as AuthoredCell
from publisher.model import Row as AuthoredRow
from publisher.renderers import text
from publisher.renderers.web import render, render_fragment

ITEMS = """\
1. **平日：**七时开放。遇雾停航。[^fog]

   停航的，三日内退票。

   1) 现场退。

      以单据为准。
   2) 网上退。

这一段不属于条目。

1. 面积5 km^2^，排放CO~2~。

[^fog]: 见[水情](https://example.org/fog)。
"""
NAMES = """\
组长
: 王明　副市长
: 李晓华　副秘书长；主任

成员
: 阿依古丽·买买提
"""


def article(edition: Edition) -> HtmlElement:
    (element,) = html.document_fromstring(render(edition, {})["web/index.html"]).iter("article")
    return element


def bare(edition: Edition) -> HtmlElement:
    return html.fragment_fromstring(render_fragment(edition).decode(), create_parent="div")


def plain(edition: Edition) -> list[str]:
    return text.render(edition)["document.txt"].decode().splitlines()


def own(element: HtmlElement) -> str:
    """The document's own words in an element, without what is below it in lists."""
    pieces = element.xpath(".//text()[not(ancestor::*[@data-generated])]")
    return re.sub(r"\s", "", "".join(pieces))


def read(slug: str) -> Edition:
    return resolved(read_content(DOCUMENTS, slug).document)


@pytest.fixture(scope="module")
def items() -> Edition:
    return read("items")


@pytest.fixture(scope="module")
def forwarded() -> Edition:
    return read("forwarded")


# -- items ------------------------------------------------------------------------------


def test_items_are_lists_in_lists_whose_numbers_are_words() -> None:
    page = article(edition_of(ITEMS))
    outer = page.xpath("./ol")
    assert [[own(line) for line in entry.xpath("./p")] for entry in outer[0]] == [
        ["一、平日：七时开放。遇雾停航。[1]", "停航的，三日内退票。"]
    ]
    assert [
        [own(line) for line in entry.xpath("./p")] for entry in outer[0].xpath("./li/ol/li")
    ] == [
        ["（一）现场退。", "以单据为准。"],
        ["（二）网上退。"],
    ]
    assert [own(entry) for entry in outer[1]] == ["二、面积5km2，排放CO2。"]
    assert own(outer[0].getnext()) == "这一段不属于条目。"


def test_an_item_is_no_heading_and_has_an_address_of_its_own() -> None:
    edition = edition_of(ITEMS)
    page = article(edition)
    assert page.xpath(".//h2 | .//h3") == []
    links = page.xpath(".//li/p[1]/a[@class='own']")
    assert [link.get("aria-label") for link in links] == [
        "链接：一、平日",
        "链接：（一）现场退",
        "链接：（二）网上退",
        "链接：二、面积5 km2",
    ]
    assert [link.get("href") for link in links] == [
        f"#{entry.get('id')}" for entry in page.xpath(".//ol[@class='items']/li")
    ]


def test_words_that_lead_an_item_are_set_in_the_face_of_its_level_with_its_number() -> None:
    edition = edition_of("1. **平日：**开放。\n\n   1. **早晨：**[^1]停航。\n\n[^1]: 七时前。")
    leads = article(edition).xpath(".//li/p/strong")
    assert [(lead.get("class"), own(lead)) for lead in leads] == [
        ("form-part", "一、平日："),
        ("form-clause", "（一）早晨："),
    ]


def test_a_task_leads_to_the_item_that_it_breaks_down_and_back() -> None:
    columns = (Column("序号", ColumnRole.SERIAL), Column("任务", ColumnRole.TEXT))
    row = AuthoredRow((AuthoredCell(("7",)), AuthoredCell(("退票。",))))
    edition = edition_of(ITEMS, attachments=(Table("任务表", columns, (row,)),))
    (attached,) = edition.attachments
    clause = next(block for block in edition.body.blocks if getattr(block, "depth", 0) == 2)
    bound = replace(edition, bindings=(Binding(attached.content.rows[0].anchor, clause.anchor),))  # type: ignore[union-attr]
    page = article(bound)
    (task,) = page.xpath(f".//li[@id='{clause.anchor}']/p[1]/span[@data-generated]/a")
    (back,) = page.xpath(".//td/a[@data-generated]")
    assert (task.text, task.get("href")) == ("7", "#" + bound.bindings[0].row)
    assert (back.text, back.get("href")) == ("一、（一）", "#" + clause.anchor)


@pytest.mark.parametrize(
    ("text", "levels", "called"),
    [
        ("# 甲\n\n## 乙\n\n1. 丙。", (LevelForm.DECIMAL, LevelForm.DECIMAL_2), "1.1（1）"),
        (
            "# 甲\n\n## 乙\n\n1. 丙。",
            (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.POINT),
            "1.1 1）",
        ),
        ("# 甲\n\n1. **乙：**丙。", (LevelForm.PART, LevelForm.ITEM), "一、1.乙"),
    ],
)
def test_a_clause_is_called_by_the_numbers_above_it_each_once(
    text: str, levels: tuple[LevelForm, ...], called: str
) -> None:
    from publisher.renderers import clauses

    (*_, path) = edition_of(text, levels=levels).body.paths().values()
    assert clauses.name(path) == called


def test_bare_items_are_paragraphs_and_no_editor_can_count_them_twice(items: Edition) -> None:
    pasted = bare(items)
    assert {element.tag for element in pasted} <= {"p", "h2", "h3", "meta"}
    lines = [own(line) for line in pasted.xpath("./p")]
    assert "一、平日：每日7时至18时开放。遇大雾、大风停航，恢复时间另行公布。" in lines
    assert "（一）现场购票的，在售票处退还。" in lines
    assert [own(lead) for lead in pasted.xpath("./p/strong")][1:3] == ["一、平日：", "二、节日："]


# -- names ------------------------------------------------------------------------------


def test_a_list_of_names_has_its_labels_and_below_each_its_entries() -> None:
    (names,) = article(edition_of(NAMES)).xpath("./dl")
    assert [[own(line) for line in group] for group in names] == [
        ["组长：", "王明副市长", "李晓华副秘书长；主任"],
        ["成员：", "阿依古丽·买买提"],
    ]
    assert [line.tag for line in names[0]] == ["dt", "dd", "dd"]
    assert [line.text_content() for line in names[0][1:]] == [
        "王明　副市长",
        "李晓华　副秘书长；主任",
    ]


def test_a_bare_list_of_names_has_a_paragraph_for_each_with_a_blank_before_the_office() -> None:
    assert [line.text_content() for line in bare(edition_of(NAMES)).xpath("./p")] == [
        "组长：王明　副市长",
        "李晓华　副秘书长；主任",
        "成员：阿依古丽·买买提",
    ]


def test_plain_text_has_a_line_for_each_name() -> None:
    assert plain(edition_of(NAMES))[2:] == [
        "组长：王明　副市长",
        "李晓华　副秘书长；主任",
        "成员：阿依古丽·买买提",
    ]


# -- notes ------------------------------------------------------------------------------


def test_mark_and_note_lead_to_one_another_and_say_so() -> None:
    page = article(edition_of(ITEMS))
    (mark,) = page.xpath(".//sup/a")
    (back,) = page.xpath(".//section[@role='doc-endnotes']//li/p/a[@role='doc-backlink']")
    (note,) = page.xpath(".//section[@role='doc-endnotes']//li")
    assert (mark.text, mark.get("role"), mark.get("aria-label")) == (
        "[1]",
        "doc-noteref",
        "注[1]",
    )
    assert (mark.get("href"), back.get("href")) == (f"#{note.get('id')}", f"#{mark.get('id')}")
    assert back.get("aria-label") == "回到正文中的注[1]"
    assert own(note) == "[1]见水情。"


def test_notes_stand_at_the_end_of_their_text_and_are_counted_anew_in_each() -> None:
    files = {"plan.md": "方案甲[^1]。\n\n[^1]: 乙。"}
    noted = edition_of("甲[^1]。\n\n乙。[^2]\n\n[^1]: 一。\n[^2]: 二。")
    inner = edition_of(files["plan.md"], title="方案").body
    both = replace(noted, issued=(replace(inner, anchor="t-plan"),))
    page = article(both)
    assert [own(note) for note in page.xpath(".//section[@role='doc-endnotes']//li")] == [
        "[1]一。",
        "[2]二。",
        "[1]乙。",
    ]
    names = page.xpath(".//section[@role='doc-endnotes']/@aria-label")
    assert names == ["《标题》的注", "《方案》的注"]
    assert plain(both)[2:] == [
        *("甲[1]。", "", "乙。[2]", "", "[1] 一。", "[2] 二。"),
        *("", "方案", "", "方案甲[1]。", "", "[1] 乙。"),
    ]


def test_the_mark_of_a_note_is_no_part_of_what_a_heading_is_called() -> None:
    page = article(edition_of("# 水情[^1]\n\n## 水位。[^2]\n\n上涨。\n\n[^1]: 注。\n[^2]: 又注。"))
    assert page.xpath(".//a[@class='own']/@aria-label") == ["链接：一、水情", "链接：（一）水位。"]
    whole = html.document_fromstring(
        render(edition_of("# 水情[^1]\n\n[^1]: 注。"), {})["web/index.html"]
    )
    assert [link.text for link in whole.find_class("contents")[0].iter("a")] == [
        "标题",
        "一、水情",
    ]


def test_a_bare_note_stands_below_its_text_and_its_mark_in_brackets() -> None:
    pasted = bare(edition_of(ITEMS))
    assert [mark.text for mark in pasted.xpath(".//sup")] == ["[1]", "2"]
    assert own(pasted.xpath("./p")[-1]) == "[1]见水情。"


def test_the_mark_of_a_note_stays_with_the_sentence_that_it_ends() -> None:
    notes = "".join(f"[^{number}]: 注。\n" for number in range(1, 5))
    lines = plain(edition_of(f"甲。[^1]乙；[^2][^3]\n丙[^4]。”\n\n{notes}"))
    assert lines[2:6] == ["甲。[1]", "乙；[2][3]", "丙[4]。”", ""]


# -- documents inside documents ---------------------------------------------------------


def test_a_text_inside_has_its_own_head_and_end(forwarded: Edition) -> None:
    (request,) = (
        part
        for part in article(forwarded).xpath("./section")
        if part.find("h2").text_content().endswith("请示")
    )
    assert [own(part) for part in request] == [
        "关于报送渡口应急预案的请示",
        "市水务局：",
        "按照要求，我们编制了渡口应急预案。现报送你局，有关情况如下：",
        "一、编制过程。成立了编制小组，走访了沿江五个村。二、主要内容。明确了预警、响应和善后措施。",
        "妥否，请批示。",
        "附件：1.船只登记表2.听取意见情况",
        "青岚市东渡口管理所青岚市西渡口管理所2031年3月28日",
        "（联系人：李晓华，电话：0000-1234567）",
    ]


def test_the_pages_contents_have_attachments_of_attachments(forwarded: Edition) -> None:
    inner = replace(
        forwarded.body.attachments[0].content, attachments=forwarded.issued[0].attachments
    )  # type: ignore[arg-type, type-var]
    attachment = replace(forwarded.body.attachments[0], content=inner)
    nested = replace(forwarded, issued=(), body=replace(forwarded.body, attachments=(attachment,)))
    page = html.document_fromstring(render(nested, {})["web/index.html"])
    entries = page.xpath("//nav[@id='page-contents']/ol/li[2]/ol/li/a")
    assert [entry.text for entry in entries] == [
        "附件1　船只登记表",
        "附件2　渡口应急预案听取沿江群众意见的情况",
    ]


def test_contents_of_a_text_lead_to_its_headings_and_have_no_pages(forwarded: Edition) -> None:
    (contents,) = article(forwarded).xpath(".//nav")
    assert contents.get("data-generated") is not None
    assert own(contents) == ""
    above = contents.xpath("./ol/li/a")
    assert [link.text for link in above] == ["1 总则", "2 预警和响应", "3 附则"]
    below = contents.xpath("./ol/li/ol/li/a")
    assert [link.text for link in below] == ["1.1 编制目的", "1.2 工作原则", "2.1 预警", "2.2 响应"]
    ids = set(article(forwarded).xpath(".//@id"))
    assert {link.get("href").lstrip("#") for link in contents.iter("a")} <= ids


def test_cover_and_contents_are_of_paper_alone(forwarded: Edition) -> None:
    for lines in (plain(forwarded), [own(line) for line in bare(forwarded)]):
        assert lines.count("渡口应急预案") == 1
        assert "目录" not in lines


def test_words_below_a_title_follow_it(items: Edition) -> None:
    (title,) = article(items).iter("h1")
    assert (title.getnext().tag, own(title.getnext())) == (
        "p",
        "（2031年3月4日青岚市水务局第3次局务会议通过）",
    )
    assert own(bare(items).find("h2").getnext()) == own(title.getnext())


def test_each_group_of_copies_has_a_line(items: Edition) -> None:
    expected = ["抄送：市委办公室，市人大常委会办公室。", "市文化和旅游局，各渡口管理所。"]
    assert [own(line) for line in article(items).find_class("copies")] == expected
    assert [own(line) for line in bare(items).xpath("./p")][-3:-1] == expected


# -- whole ------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["items", "forwarded"])
def test_plain_text_has_a_clause_a_line(slug: str, file_regression: FileRegressionFixture) -> None:
    file_regression.check("\n".join(plain(read(slug))) + "\n", extension=".txt", encoding="utf-8")


def test_a_page_of_headings_and_paragraphs_is_no_larger_for_it(real_edition: Edition) -> None:
    assert b".name-list" in render(edition_of(NAMES), {})["web/index.html"]
    assert b".name-list" not in render(real_edition, {})["web/index.html"]
