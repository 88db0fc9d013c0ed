"""A page saved from a website against the document: what the website lost is told by name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import (
    CASE,
    DOCUMENTS,
    FRONT,
    HEADER,
    STOCK,
    edition_of,
    front,
    read_content,
    resolved,
    write,
)
from publisher import cli
from publisher.model import Column, ColumnRole, Edition, Table
from publisher.renderers.web import render, render_fragment
from publisher.verify import Effect, UnreadablePage, Verification, likeliest, verify
from publisher.verify.saved import read_page

TEXT = """\
各单位要在2030年6月30日前完成清理，处置率不低于95%。详见[市政府网站](https://www.example.cn/a/1.html)。

# 总体要求

坚持边排查、边整改；既治标，也治本。

# 工作安排

自3月起分三个阶段推进，每月5日前报送进展。
"""
PLAN = "# 清理岸线\n\n逐段排查沿岸的排口，建立台账。\n\n# 修复堤防\n\n修复老化堤段12公里。\n"
TASKS = """\
序号,组别,任务,时限,责任人,部门
1,清理岸线,逐段排查沿岸的排口。,5月底,柳喆；陆堃,河湖科
2,清理岸线,建立排口台账。,6月底,柳喆,河湖科；办公室
3,修复堤防,修复老化堤段12公里。,12月底,陆堃,工程科
4,修复堤防,验收并归档。,12月底,陆堃,工程科
"""


@pytest.fixture(scope="module")
def fragment(tmp_path_factory: pytest.TempPathFactory) -> str:
    content = tmp_path_factory.mktemp("verify") / "content"
    overlay = {
        f"{CASE}/document.md": front(FRONT, TEXT),
        f"{CASE}/plan.md": PLAN,
        f"{CASE}/tasks.csv": TASKS,
    }
    write(content, {**STOCK, **overlay})
    return render_fragment(resolved(read_content(content).document)).decode()


HEAD = """\
<!DOCTYPE html><html><head><meta charset="{charset}"><title>关于印发计划的通知_青岚市水务局</title>
<style>p {{ color: red }}</style><script>var title = "关于印发计划的通知";</script></head><body>
<div class="nav"><a href="/">首页</a> | <a href="/zwgk/">政务公开</a> | 关于印发计划的通知</div>
<table><tr><td>索引号</td><td>A-1</td></tr><tr><td>发文机关</td><td>青岚市水务局</td></tr></table>
<div class="TRS_Editor">"""
FOOT = """</div><ul><li><a href="/b">上一篇：关于防汛的通知</a></li></ul>
<p>版权所有：青岚市水务局　2030年</p></body></html>"""


def site(fragment: str, charset: str = "utf-8") -> str:
    """The fragment within a page of a website."""
    return HEAD.format(charset=charset) + fragment + FOOT


def told(fragment: str, saved: str | bytes) -> list[str]:
    """The names of what counts against a page."""
    return sorted({one.name for one in compared(fragment, saved).differences if one.effect.counts})


def compared(fragment: str, saved: str | bytes) -> Verification:
    data = saved if isinstance(saved, bytes) else saved.encode()
    return verify(CASE, fragment.encode(), data)


def words_of(result: Verification) -> str:
    return "\n".join(f"{one.place}：{one.message}" for one in result.differences)


# -- nothing lost -------------------------------------------------------------------------


def test_a_page_with_navigation_around_the_document_has_lost_nothing(fragment: str) -> None:
    result = compared(fragment, site(fragment))
    assert words_of(result) == ""
    assert result.is_whole
    assert {one.what: (one.kept, one.of) for one in result.counts} == {
        "段落和标题": (17, 17),
        "表格的行": (4, 4),
        "表头单元格": (12, 12),
        "链接": (1, 1),
    }


def test_a_table_without_rows_stands_beside_itself_and_is_missed_where_it_is_gone() -> None:
    table = Table("表", (Column("事项", ColumnRole.TEXT), Column("时限", ColumnRole.TEXT)))
    fragment = render_fragment(edition_of("全文如下。", attachments=(table,))).decode()
    assert compared(fragment, fragment).is_whole
    assert "lost_table" in told(fragment, re.sub("<table.*?</table>", "", fragment, flags=re.S))


def test_the_end_of_a_line_in_an_address_is_no_part_of_it() -> None:
    page = '<p>见<a href="https://a.example/one">网站</a>，全文如下。</p>'
    broken = page.replace("a.example/one", "a.exa\nmple/two")
    (link,) = compared(page, broken).differences
    assert link.message == "链接改了：https://a.example/one 变成 https://a.example/two"


HARMLESS: dict[str, Callable[[str], str]] = {
    "blanks of all kinds": lambda page: page.replace(
        '<p style="text-indent: 2em">', "<p>&emsp;&nbsp;　"
    ),
    "entities": lambda page: "".join(
        f"&#{ord(one)};" if "一" <= one <= "龥" else one for one in page
    ),
    "words cut into spans": lambda page: page.replace("排查", "<span>排</span><b></b><i>查</i>"),
    "words with unseen characters": lambda page: page.replace("堤段", "堤\u200b段"),
    "paragraphs as lines": lambda page: page.replace("</p>\n<p", "<br>\n<p").replace(
        "</p>", "<br>"
    ),
    "no styles": lambda page: re.sub(r' style="[^"]*"', "", page),
    "capital letters in tags": lambda page: re.sub(
        r"</?[a-z0-9]+", lambda tag: tag[0].upper(), page
    ),
    "an empty cell as a blank": lambda page: page.replace(
        "<span data-generated>—</span>", "&nbsp;"
    ),
    "no caption": lambda page: re.sub("<caption.*?</caption>", "", page),
    "no thead": lambda page: re.sub("</?thead>", "", page),
    "https for http": lambda page: page.replace("https://www.example.cn", "http://www.example.cn"),
    "layout in tables": lambda page: f"<table><tr><td>左栏<td>{page}<td>右栏</table>",
    "the title in the template": lambda page: f"<h1>青岚市水务局：</h1>{page}",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_no_word_and_no_structure_is_no_loss(fragment: str, name: str) -> None:
    changed = HARMLESS[name](fragment)
    assert changed != fragment or name == "an empty cell as a blank"
    assert told(fragment, site(changed)) == []


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gbk"), ("utf-8", "utf-8-sig"), ("gb2312", "utf-8")],
)
def test_a_page_is_read_in_its_encoding_whatever_it_declares(
    fragment: str, charset: str, encoding: str
) -> None:
    page = site(fragment, charset).replace("—", "")
    assert told(fragment, page.encode(encoding)) == []


def test_a_page_saved_as_a_single_file_is_read(fragment: str) -> None:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    archive = MIMEMultipart("related")
    archive.attach(MIMEText(site(fragment), "html", "utf-8"))
    text = "MIME-Version: 1.0\r\n" + archive.as_string().replace("MIME-Version: 1.0\n", "", 1)
    assert told(fragment, text) == []


# -- each loss by its name ----------------------------------------------------------------


def row(number: int) -> str:
    return rf'<tr>\s*<th scope="row"[^>]*>{number}</th>.*?</tr>'


def without(pattern: str) -> Callable[[str], str]:
    return lambda page: re.sub(pattern, "", page, count=1, flags=re.DOTALL)


def instead(before: str, after: str) -> Callable[[str], str]:
    return lambda page: page.replace(before, after)


def swapped(first: str, second: str) -> Callable[[str], str]:
    def swap(page: str) -> str:
        one = re.search(first, page, re.DOTALL)
        two = re.search(second, page, re.DOTALL)
        assert one
        assert two
        between = page[one.end() : two.start()]
        return page[: one.start()] + two[0] + between + one[0] + page[two.end() :]

    return swap


def without_column(index: int) -> Callable[[str], str]:
    from lxml import html

    def drop(page: str) -> str:
        whole = html.fragment_fromstring(page, create_parent="div")
        for line in whole.xpath(".//tr"):
            cells = line.xpath("./td | ./th")
            cells[index].drop_tree()
        return html.tostring(whole, encoding="unicode")

    return drop


LINK = '<a href="https://www.example.cn/a/1.html">市政府网站</a>'
EXTRA_ROW = "<tr><td>5<td><td>另行通知。<td>年底<td>某人<td>某科</tr>"
MUTANTS: dict[str, tuple[Callable[[str], str], set[str], str]] = {
    "a row": (without(row(2)), {"lost_row"}, "表格第 2 行：整行没有了"),
    "the last row": (without(row(4)), {"lost_row"}, "表格第 4 行：整行没有了"),
    "a digit": (instead("95%", "85%"), {"changed_number"}, "数字改变：“95%”变成“85%”"),
    "a digit in a cell": (
        instead("老化堤段12公里。</td>", "老化堤段2公里。</td>"),
        {"changed_number"},
        "表格第 3 行“任务”一格：数字改变：“12”变成“2”",
    ),
    "a date": (
        instead("2030年6月30日", "2030年6月3日"),
        {"changed_date"},
        "日期改变：“30”变成“3”",
    ),
    "the date of the document": (
        instead("2030年3月1日", "2030年3月11日"),
        {"changed_date"},
        "段落“2030年3月1日”：日期改变：“1”变成“11”",
    ),
    "a deadline": (
        lambda page: page.replace("5月底", "9月底", 1),
        {"changed_date"},
        "表格第 1 行“时限”一格：日期改变：“5”变成“9”",
    ),
    "a month": (
        instead("自3月起", "自4月起"),
        {"changed_date"},
        "日期改变：“3”变成“4”",
    ),
    "until when": (
        instead("2030年6月30日前", "2030年6月30日后"),
        {"changed_date"},
        "日期改变：“前”变成“后”",
    ),
    "a word put in": (instead("要在", "不要在"), {"changed_words"}, "多了“不”"),
    "a word at the end": (instead("也治本。", "也治本吗。"), {"changed_words"}, "多了“吗”"),
    "a word left out": (instead("不低于", "低于"), {"changed_words"}, "少了“不”"),
    "a paragraph": (
        without(r"<p [^>]*>坚持边排查.*?</p>"),
        {"lost_words"},
        "段落“坚持边排查、边整改；既治标，也治本。”：整段文字没有了",
    ),
    "a heading": (
        without(r"<h3[^>]*>二、工作安排</h3>"),
        {"lost_heading"},
        "标题“二、工作安排”：整个标题没有了",
    ),
    "headings as text": (
        lambda page: re.sub("<(/?)h[23]", r"<\1p", page),
        {"lost_heading_level"},
        "个标题成了普通段落",
    ),
    "paragraphs in another order": (
        swapped(r"<p [^>]*>坚持边排查.*?</p>", r"<p [^>]*>自3月起.*?</p>"),
        {"moved_words"},
        "换了位置，次序与公文不同",
    ),
    "rows in another order": (
        swapped(row(2), row(4)),
        {"moved_row", "changed_words"},  # they stand under the other group's name, too
        "换了位置，次序与公文不同",
    ),
    "a column": (without_column(-1), {"lost_column"}, "整列没有了：“部门”"),
    "a column's heading": (
        without(r"<th scope=\"col\"[^>]*>部门</th>"),
        {"lost_column_heading"},
        "列标题“部门”没有了",
    ),
    "all headings of columns": (
        without("<thead>.*?</thead>"),
        {"lost_header_row"},
        "列标题一行没有了",
    ),
    "headings of columns as cells": (
        lambda page: re.sub(r'<th scope="col"([^>]*)>(.*?)</th>', r"<td\1>\2</td>", page),
        {"lost_header_cell"},
        "列标题“序号”、“组别”、“任务”等 6 个成了普通单元格",
    ),
    "a heading of a row as a cell": (
        lambda page: re.sub(r'<th scope="row"([^>]*)>3</th>', r"<td\1>3</td>", page),
        {"lost_header_cell"},
        "行标题“3”成了普通单元格",
    ),
    "the words of a cell": (
        instead(">6月底<", "><"),
        {"lost_cell_words"},
        "表格第 2 行“时限”一格：单元格里的文字没有了",
    ),
    "merged cells": (
        lambda page: re.sub(r' rowspan="\d+"', "", page),
        {"lost_cell"},
        "“组别”一格没有了",
    ),
    "a row put in": (
        lambda page: page.replace("</tbody>\n</table>", f"{EXTRA_ROW}</tbody></table>"),
        {"added_row"},
        "表格多了公文没有的一行",
    ),
    "the table": (without("<table.*</table>"), {"lost_table"}, "整个表格没有了，共 4 行"),
    "the table as text": (
        lambda page: re.sub(
            "</?(?:table|thead|tbody|tr|caption)[^>]*>", "", page
        ).replace("<td", "<p").replace("<th", "<p"),
        {"lost_table_structure"},
        "不再是表格：4 行的文字还在",
    ),
    "a link": (instead(LINK, "市政府网站"), {"lost_link"}, "链接没有了，原来指向 https://www.example.cn"),
    "where a link leads": (
        instead("/a/1.html", "/a/2.html"),
        {"changed_link"},
        "链接改了：https://www.example.cn/a/1.html 变成 https://www.example.cn/a/2.html",
    ),
    "marks in half width": (
        lambda page: page.replace("，", ",").replace("；", ";"),
        {"changed_marks"},
        "标点或全角半角改变",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_each_loss_is_told_by_its_name(fragment: str, name: str) -> None:
    spoil, names, sentence = MUTANTS[name]
    spoiled = spoil(fragment)
    assert spoiled != fragment
    result = compared(fragment, site(spoiled))
    assert {one.name for one in result.differences if one.effect.counts} == names
    assert sentence in words_of(result)


def test_what_a_website_puts_into_the_text_is_told_but_is_no_loss(fragment: str) -> None:
    shared = fragment.replace("</h2>", "</h2><div>来源：本站　字号：大 中 小</div>", 1)
    result = compared(fragment, shared)
    assert result.is_whole
    assert "正文中间多了公文没有的一段" in words_of(result)


def test_a_mark_that_the_template_shows_instead_is_told_but_is_no_loss(fragment: str) -> None:
    result = compared(fragment, site(fragment.replace("青岚市水务局文件", "")))
    assert result.is_whole
    assert "段落“青岚市水务局文件”：版头的这一行没有了" in words_of(result)


def test_a_table_that_tears_a_paragraph_in_two_is_told(fragment: str) -> None:
    table = re.search("<table.*?</table>", fragment, re.DOTALL)
    assert table
    paragraph = "逐段排查沿岸的排口，建立台账。"
    torn = paragraph.replace("，", f"，</p>{table[0]}<p>")
    result = compared(fragment, site(fragment.replace(table[0], "").replace(paragraph, torn)))
    assert any(paragraph in one.canonical for one in result.differences if one.effect.counts)


def test_a_table_in_pieces_keeps_its_rows_and_is_told_of(fragment: str) -> None:
    head = re.search("<table.*?</thead>", fragment, re.DOTALL)
    assert head
    begin, _, end = fragment.partition("</tbody>\n<tbody>")
    result = compared(fragment, f"{begin}</tbody></table>{head[0]}<tbody>{end}")
    assert result.is_whole
    assert "一个表格被分成了 2 个" in words_of(result)


def test_a_link_through_a_page_of_the_website_is_told_but_is_no_loss(fragment: str) -> None:
    wrapped = "/jump?url=https%3A%2F%2Fwww.example.cn%2Fa%2F1.html"
    result = compared(fragment, fragment.replace("https://www.example.cn/a/1.html", wrapped))
    assert result.is_whole
    assert "链接先经过网站的跳转页" in words_of(result)


def test_a_scope_that_is_gone_is_told_but_is_no_loss(fragment: str) -> None:
    result = compared(fragment, re.sub(r' scope="\w+"', "", fragment))
    assert result.is_whole
    assert "12 个表头单元格的 scope 属性没有了" in words_of(result)


def test_a_caption_that_is_gone_is_told_but_is_no_loss(fragment: str) -> None:
    result = compared(fragment, re.sub("<caption.*?</caption>", "", fragment))
    assert [(one.name, one.effect) for one in result.differences] == [("lost_caption", Effect.NOTE)]


# -- what the site shows itself ------------------------------------------------------------

OWN_TITLE = "青岚市水务局关于印发计划的通知"
TITLE = re.compile(r"<h2[^>]*>青岚市水务局关于印发计划的通知</h2>")


def notes(fragment: str, saved: str) -> list[str]:
    result = compared(fragment, saved)
    assert result.is_whole, words_of(result)
    return [one.name for one in result.differences]


def test_a_title_of_the_site_above_the_pasted_one_is_nothing(fragment: str) -> None:
    share = "<div>分享到：微信　【字体：大 中 小】</div>"
    assert notes(fragment, f"<h1>{OWN_TITLE}</h1>{share}<div>{fragment}</div>") == []


def test_the_title_may_be_deleted_where_the_site_shows_it(fragment: str) -> None:
    short = TITLE.sub("", fragment)
    assert notes(fragment, f"<h1>{OWN_TITLE}</h1><p>来源：本站</p><div>{short}</div>") == []
    card = f"<div><p>{OWN_TITLE}</p><p>各单位要在……</p></div>"
    assert notes(fragment, f"<h1>{OWN_TITLE}</h1>{card}<div>{short}</div>") == []


def test_a_title_that_the_template_writes_as_no_heading_is_a_note(fragment: str) -> None:
    short = TITLE.sub("", fragment)
    page = f"<center><font size=5>{OWN_TITLE}</font></center><p>来源：本站</p><div>{short}</div>"
    assert notes(fragment, page) == ["title_level"]
    assert notes(fragment, f"<h1>关于印发计划的通知</h1><div>{short}</div>") == ["other_title"]


def test_a_title_that_is_nowhere_or_only_in_a_list_of_links_is_lost(fragment: str) -> None:
    short = TITLE.sub("", fragment)
    assert told(fragment, f"<div>{short}</div>") == ["lost_heading"]
    links = f"<ul><li><a href=/a>{OWN_TITLE}</a></li></ul>"
    assert told(fragment, f"{links}<div>{short}</div>{links}") == ["lost_heading"]


def test_the_pasted_title_counts_though_the_site_shows_the_right_one(fragment: str) -> None:
    wrong = fragment.replace("关于印发计划的通知", "关于印发规划的通知", 1)
    assert told(fragment, f"<h1>{OWN_TITLE}</h1><div>{wrong}</div>") == ["changed_words"]


@pytest.mark.parametrize("heading", ["一、总体要求", "二、工作安排", "一、清理岸线"])
def test_a_heading_that_only_stands_elsewhere_is_lost(fragment: str, heading: str) -> None:
    spoiled = re.sub(f"<h3[^>]*>{heading}</h3>", "", fragment)
    contents = "<ul><li>一、总体要求<li>二、工作安排<li>一、清理岸线</ul>"
    named = spoiled.replace(">清理岸线<", f">{heading}<")
    for own, page in ((fragment, spoiled), (fragment.replace(">清理岸线<", f">{heading}<"), named)):
        whole = f"{contents}<h1>{OWN_TITLE}</h1><article>{page}</article>{contents}"
        result = compared(own, whole)
        assert [(one.name, one.canonical) for one in result.differences if one.effect.counts] == [
            ("lost_heading", heading)
        ]


def test_headings_in_a_table_that_lays_the_page_out_are_headings(fragment: str) -> None:
    text = re.sub("<p>附件</p>.*", "", fragment, flags=re.DOTALL)
    page = f"<table><tr><td>通知<br>公告</td><td>{text}</td><td>专栏</td></tr></table>"
    assert notes(text, page) == []


def test_a_day_that_the_site_shows_is_not_the_documents(fragment: str) -> None:
    spoiled = re.sub("<p[^>]*>2030年3月1日</p>", "", fragment)
    page = f"<h1>{OWN_TITLE}</h1><p>2030年3月1日</p><div>{spoiled}</div><p>2030年3月1日</p>"
    assert told(fragment, page) == ["lost_words"]


@pytest.mark.parametrize(
    "words", ["坚持边排查、边整改；既治标，也治本。", "逐段排查沿岸的排口，建立台账。"]
)
def test_a_paragraph_that_only_readers_quote_is_lost(fragment: str, words: str) -> None:
    spoiled = re.sub(f"<p[^>]*>{words}</p>", "", fragment)
    talk = f"<h3>评论</h3><p>“{words}”说得好。</p><blockquote>{words}</blockquote>"
    assert told(fragment, f"<div>{spoiled}</div><p>上一篇</p><div>{talk}</div>") == ["lost_words"]


# -- tables ---------------------------------------------------------------------------------


def test_two_cells_that_were_exchanged_are_told_in_one_line(fragment: str) -> None:
    spoiled = swapped(">12月底<", ">工程科<")(fragment)
    result = compared(fragment, spoiled)
    assert words_of(result) == ("表格第 3 行：“时限”和“部门”两格的文字对调了：“12月底”和“工程科”")


def test_columns_in_another_order_are_told_once_where_their_headings_moved_too(
    fragment: str,
) -> None:
    from lxml import html

    def move(page: str) -> str:
        whole = html.fragment_fromstring(page, create_parent="div")
        for line in whole.xpath(".//tr"):
            line[-2].addprevious(line[-1])
        return str(html.tostring(whole, encoding="unicode"))

    assert told(fragment, move(fragment)) == ["moved_column"]


def test_a_table_of_which_the_cells_slid_is_one_line_and_the_first() -> None:
    head = "<p>现将任务发给你们，请认真落实。</p><table><tr><th>序号<th>任务<th>部门<th>备注</tr>"
    rows = [
        f"<tr><th>{n}</th><td>逐段排查第{n}段。</td><td>河湖科<br>工程科</td><td>长期</td></tr>"
        for n in range(1, 9)
    ]
    own = head + "".join(rows) + "</table>"
    result = compared(own, own.replace("<br>", "</td><td>").replace("认真", "抓紧"))
    assert [one.name for one in result.differences] == ["slid_table", "changed_words"]
    assert result.differences[0].message == (
        "8 行的格子错位（一格里有几行文字的被拆成了几格）；这种编辑器不能放表格，请改用附件或整页"
    )


def test_a_table_that_stands_twice_is_told_once(fragment: str) -> None:
    table = re.search("<table.*</table>", fragment, re.DOTALL)
    assert table
    assert told(fragment, fragment + table[0]) == ["repeated_table"]


def test_names_that_run_together_are_told(fragment: str) -> None:
    result = compared(fragment, fragment.replace("柳喆<br>陆堃", "柳喆陆堃"))
    assert words_of(result) == (
        "表格第 1 行“责任人”一格：空格没有了，两边的文字连在一起，共 1 处：“柳喆 陆堃”"
    )


def test_a_file_that_the_site_keeps_itself_is_a_note() -> None:
    own = "<p>见<a href='https://a.example.cn/b/样表.xlsx'>样表</a>，请各单位按时填报。</p>"
    page = own.replace("https://a.example.cn/b/样表.xlsx", "./P0203.xlsx")
    assert notes(own, page) == ["moved_file"]
    assert told(own, page.replace("xlsx", "html")) == ["changed_link"]


def test_an_address_for_mail_is_no_file() -> None:
    own = "<p>有事请写信给<a href='mailto:he@a.example'>河湖科</a>，一般当天答复。</p>"
    assert told(own, own.replace("he@a", "hu@a")) == ["changed_link"]


def test_a_row_that_only_has_a_number_is_not_lost_with_the_column_of_numbers() -> None:
    rows = "".join(
        f"<tr><th scope=row>{n}<td>{task}</tr>" for n, task in enumerate(["排查", "", "验收"], 1)
    )
    own = f"<p>各单位要认真落实。</p><table><tr><th>序号<th>任务</tr>{rows}</table>"
    page = re.sub("<th scope=row>.", "", own).replace("<th>序号", "")
    assert "lost_row" not in told(own, page)


def test_rows_are_counted_while_they_are_compared(fragment: str) -> None:
    seen: list[tuple[int, int]] = []
    verify(CASE, fragment.encode(), fragment.encode(), lambda *now: seen.append(now))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_row_that_says_nothing_cannot_be_lost(fragment: str) -> None:
    empty = "<tr><th scope=row><span data-generated>—</span></th><td>—</td></tr>"
    own = fragment.replace("</tbody>", f"{empty}</tbody>", 1)
    assert compared(own, own).is_whole
    assert compared(own, fragment).is_whole


@pytest.mark.parametrize("slug", ["complete", "table-long", "four-levels"])
def test_our_own_page_has_lost_nothing(slug: str) -> None:
    edition = resolved(read_content(DOCUMENTS, slug).document)
    made = render(edition, {"document.pdf": b"x", "attachment-1.csv": b"x"})
    result = verify(slug, made["web/fragment.html"], made["web/index.html"])
    assert [one.message for one in result.differences if one.effect.counts] == []


@pytest.mark.thorough
def test_every_digit_of_the_real_notice_counts(real_edition: Edition) -> None:
    whole = render_fragment(real_edition).decode()
    text = re.sub("<[^>]*>", lambda tag: "\0" * len(tag[0]), whole)
    digits = [match.start() for match in re.finditer("[0-9]", text)]
    caption = range(*re.search("<caption.*?</caption>", whole).span())  # type: ignore[union-attr]
    for at in [one for one in digits[::61] if one not in caption]:
        other = "7" if whole[at] != "7" else "3"
        spoiled = whole[:at] + other + whole[at + 1 :]
        assert not compared(whole, spoiled).is_whole, whole[at - 20 : at + 20]


# -- which document, and what is no page ----------------------------------------------------


def test_the_document_is_found_by_its_words(fragment: str, real_edition: Edition) -> None:
    fragments = {"real": render_fragment(real_edition), CASE: fragment.encode()}
    assert likeliest(site(fragment).encode(), fragments) == CASE
    assert likeliest(fragments["real"], fragments) == "real"
    assert likeliest(site("<p>别的文章。</p>").encode(), fragments) is None


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"plain words", b"   ", b"<!-- -->"])
def test_what_is_no_web_page_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePage):
        read_page(data)


def test_spans_that_no_browser_would_follow_do_no_harm() -> None:
    page = '<table><tr><td rowspan="99999999">a<td colspan="x">b<tr><td colspan="-1">c</table>'
    (sheet,) = read_page(page.encode()).sheets
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [["a", "b"], ["a", "c"]]


# -- the command --------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the stock document and its page, saved."""
    write(tmp_path / "content", STOCK)
    monkeypatch.chdir(tmp_path)
    made = render_fragment(resolved(read_content(tmp_path / "content").document)).decode()
    (tmp_path / "saved.html").write_text(site(made), "utf-8")
    return tmp_path


def test_a_page_that_lost_nothing_ends_with_0(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["verify-published", "saved.html"]) == cli.CLEAN
    assert "saved.html 与公文 case 比较：" in (said := capsys.readouterr().out)
    assert "表格的行 1/1" in said
    assert said.endswith("没有丢失或改变。\n")


def test_a_page_that_lost_something_says_what_and_ends_with_1(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = place / "saved.html"
    path.write_text(path.read_text("utf-8").replace("5月底", "6月底"), "utf-8")
    assert cli.run(["verify-published", "saved.html", "--slug", CASE]) == cli.STOPPED
    line = "改变 [changed_date] 表格第 1 行“时限”一格：日期改变：“5”变成“6”"
    assert line in capsys.readouterr().out.splitlines()


def test_many_differences_are_counted_first_and_told_by_kind(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{n},清理岸线,第{n}段逐段排查。,5月底,柳喆,河湖科\n" for n in range(1, 61))
    write(place / "content", {f"{CASE}/tasks.csv": f"{HEADER}\n{rows}"})
    made = render_fragment(resolved(read_content(place / "content").document)).decode()
    spoiled = re.sub("第([0-9]+)段逐段", r"第\1段全部", made).replace("河湖科", "工程科")
    (place / "saved.html").write_text(spoiled, "utf-8")
    assert cli.run(["verify-published", "saved.html", "--slug", CASE]) == cli.STOPPED
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "网页与公文不同的有 120 处：改变 120。"
    assert len(lines) == 4
    assert "等 60 处：文字改变：“河湖”变成“工程”" in "".join(lines)


def test_notes_alone_end_with_0(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = place / "saved.html"
    path.write_text(re.sub(r' scope="\w+"', "", path.read_text("utf-8")), "utf-8")
    assert cli.run(["verify-published", "saved.html"]) == cli.CLEAN
    assert "提示 [lost_scope]" in capsys.readouterr().out


def test_for_programs_it_is_json(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify-published", "saved.html", "--json"]) == cli.CLEAN
    said = json.loads(capsys.readouterr().out)
    assert said["slug"] == CASE
    assert said["whole"] is True
    assert said["counts"]["表格的行"] == {"kept": 1, "of": 1}
    assert said["differences"] == []


def test_a_page_without_the_document_cannot_be_compared_and_ends_with_2(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "saved.html").write_text("<p>请稍候……</p>", "utf-8")
    assert cli.run(["verify-published", "saved.html"]) == cli.UNFINISHED
    assert "没有找到任何一份公文的正文" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少网页文件"),
        (["absent.html"], "找不到文件 absent.html"),
        (["saved.html", "--slug", "other"], "没有公文“other”"),
    ],
)
def test_wrong_arguments_end_with_3(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.run(["verify-published", *arguments]) == cli.WRONG_USAGE
    assert said in capsys.readouterr().err


def test_a_document_with_errors_cannot_be_compared_with(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place / "content", {f"{CASE}/document.md": "正文。\n"})
    assert cli.run(["verify-published", "saved.html"]) == cli.UNFINISHED
    assert "请先用 publisher check" in capsys.readouterr().err
