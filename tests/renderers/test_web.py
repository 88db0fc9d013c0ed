"""What a reader, a screen reader and a CMS get from the page, the fragment and the overview."""

from __future__ import annotations

import datetime
import gzip
import json
import re
import tomllib
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import escape
from html.parser import HTMLParser

import pytest
from lxml import html
from lxml.html import HtmlElement
from pytest_regressions.file_regression import FileRegressionFixture

from conftest import ROOT
from publisher.diagnostics import Finding, Severity
from publisher.model import (
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Edition,
    Grouping,
    Heading,
    LevelForm,
    LineBreak,
    Link,
    Named,
    Organ,
    Paragraph,
    Place,
    Prose,
    Row,
    Seal,
    Site,
    Strong,
    Table,
    Text,
    WebRecord,
)
from publisher.renderers import web
from publisher.renderers.metadata import page_tags
from publisher.renderers.overview import IndexEntry, render_index
from publisher.renderers.web import render
from publisher.resolve import resolve

TAG_KEYS = {"value", "source", "status"}
KINDS_OF_TABLE = ("docx", "xlsx", "csv")
PARKS, FORESTS = Organ("某市园林局"), Organ("某市林业和草原局")
COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("类别", ColumnRole.GROUP),
    Column("任务", ColumnRole.TEXT),
    Column("完成时限", ColumnRole.DEADLINE),
    Column("负责人", ColumnRole.PEOPLE),
)
ROWS = (
    ("1", "一、栽树", "栽柳树。", "5月底", "甲；乙某某"),
    ("2", "一、栽树", "", "长期", ""),
    ("3", "二、管护", "浇水。", "12月底", "丙"),
)


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def heading(level: int, words: str) -> Heading:
    return Heading(level, (Text(words),))


def table(
    rows: tuple[tuple[str, ...], ...] = ROWS,
    columns: tuple[Column, ...] = COLUMNS,
    grouping: Grouping = Grouping.MERGED,
) -> Table:
    cells = (tuple(Cell(tuple(filter(None, words.split("；")))) for words in row) for row in rows)
    return Table("任务表", columns, tuple(Row(row) for row in cells), grouping)


def document(body: Prose | None = None, **given: object) -> Document:
    body = body or Prose("关于植树的通知", (paragraph("请照办。"),))
    bureau = given.pop("bureau", Bureau((PARKS,)))
    return Document("trees", bureau, body, **given)  # type: ignore[arg-type]


def complete_document() -> Document:
    """Every element that a document can have, each in its shortest form."""
    linked = Paragraph(
        (
            Text("见"),
            Strong((Text("原文"),)),
            Link("https://example.org/?a=1&b=2", (Text("此处"),)),
            LineBreak(),
            Text("{{ x }}与<b>&。"),
        )
    )
    plan = Prose(
        "植树方案",
        (heading(1, "总体要求"), heading(2, "先栽后管。"), paragraph("栽好；管好。")),
        attachments=(table(),),
    )
    rules = Prose(
        "管护办法",
        (heading(1, "总则"), heading(2, "本办法适用于全市。")),
        levels=(LevelForm.CHAPTER, LevelForm.ARTICLE),
    )
    body = Prose(
        "某市园林局\n关于2025年植树的通知",
        (linked, heading(1, "要求"), heading(2, "目标"), paragraph("如期完成。")),
        attachments=(
            Prose("树种说明", (heading(1, "柳树"), paragraph("喜水。"))),
            table(grouping=Grouping.HEADING_ROW),
        ),
    )
    return document(
        body,
        bureau=Bureau((PARKS,), Site(name="园林网", identifier="4200000001", phone="000")),
        issuers=(PARKS, FORESTS),
        number="某园〔2025〕3号",
        copy_number="12",
        classification="秘密",
        urgency="特急",
        signers=("王某", "李某某"),
        recipients="各区园林局，市直各单位",
        copies=("市水利局",),
        date=datetime.date(2025, 3, 12),
        note="此件公开",
        disclosure="主动公开",
        printing_organ="某市园林局办公室",
        printing_date=datetime.date(2025, 3, 13),
        issued=(plan, rules),
        web=WebRecord(
            "A/2025-1",
            "绿化",
            ("植树", "管护"),
            "一句摘要",
            datetime.date(2025, 4, 1),
            address="https://example.org/1.html",
            related=(("2024年植树的通知", "https://example.org/0.html"),),
        ),
    )


FILES = {
    "document.pdf": b"x" * 1_572_864,
    "document.docx": b"x" * 35_000,
    "attachment-1.csv": b"x" * 20,
    "attachment-1.xlsx": b"x" * 2048,
}


def page_of(one: Document, files: dict[str, bytes] | None = None) -> str:
    return render(resolve(one), files or {})["web/index.html"].decode()


def fragment_of(one: Document) -> str:
    return render(resolve(one), {})["web/fragment.html"].decode()


def tree(page: str) -> HtmlElement:
    return html.document_fromstring(page)


def words(element: HtmlElement) -> str:
    """The document's own words in an element, without blanks."""
    own = element.xpath(".//text()[not(ancestor::*[@data-generated])]")
    return re.sub(r"\s", "", "".join(own))


def article(page: str) -> HtmlElement:
    (found,) = tree(page).xpath("//article")
    return found


# -- words and order ---------------------------------------------------------------------


def test_article_and_fragment_hold_the_documents_words_in_reading_order() -> None:
    expected = (
        "000012秘密特急某市园林局某市林业和草原局文件某园〔2025〕3号签发人：王某李某某"
        "某市园林局关于2025年植树的通知各区园林局，市直各单位："
        "见原文此处{{x}}与<b>&。一、要求（一）目标如期完成。附件：1.树种说明2.任务表"
        "某市园林局某市林业和草原局2025年3月12日（此件公开）"
        "植树方案一、总体要求（一）先栽后管。栽好；管好。附件：任务表"
        "附件任务表序号类别任务完成时限负责人"
        "1一、栽树栽柳树。5月底甲乙某某2长期3二、管护浇水。12月底丙"
        "管护办法第一章总则第一条本办法适用于全市。"
        "附件1树种说明一、柳树喜水。"
        "附件2任务表序号任务完成时限负责人"
        "一、栽树1栽柳树。5月底甲乙某某2长期二、管护3浇水。12月底丙"
        "抄送：市水利局。某市园林局办公室2025年3月13日印发"
    )
    one = complete_document()
    assert words(article(page_of(one))) == expected
    assert words(html.fragment_fromstring(fragment_of(one), create_parent="div")) == expected


def test_what_was_not_given_leaves_no_trace_on_the_page() -> None:
    page = tree(page_of(document()))
    assert words(page.xpath("//article")[0]) == "关于植树的通知请照办。"
    assert not page.xpath("//*[@class='facts' or @class='site-footer' or @class='mark']")
    assert [one.get("name") for one in page.xpath("//meta[@name]")] == [
        "viewport",
        "color-scheme",
        "ArticleTitle",
    ]


def test_markup_and_template_marks_in_the_words_are_shown_as_words() -> None:
    nasty = "{{ 7 * 7 }}{% raw %}<script>alert(1)</script>&amp;\"'"
    one = document(
        Prose(
            nasty,
            (heading(1, nasty), paragraph(nasty)),
            attachments=(replace(table(), title=nasty),),
        ),
        recipients=nasty,
        issuers=(Organ(nasty),),
        web=WebRecord(summary=nasty),
    )
    for text in (page_of(one), fragment_of(one)):
        assert "<script>alert" not in text
        assert "</script>alert" not in text
        assert escape(nasty, quote=True) in text.replace("&#34;", "&quot;").replace(
            "&#39;", "&#x27;"
        )


def test_who_stamps_stands_in_the_place_of_the_organ() -> None:
    stamped = document(
        seal=Seal.SIGNATURE_STAMP, issuers=(PARKS,), stamp_title="局长", stamp_name="王某"
    )
    (signature,) = article(page_of(stamped)).find_class("signature")
    assert words(signature) == "局长王某"


def test_the_article_of_a_page_reads_well_as_html(
    file_regression: FileRegressionFixture,
) -> None:
    page = page_of(complete_document(), FILES)
    found = re.search("<article.*</article>", page, re.DOTALL)
    assert found
    file_regression.check(indented(found[0]), extension=".html", encoding="utf-8")


def test_the_fragment_is_flat_and_needs_no_ids_classes_or_wrapper(
    file_regression: FileRegressionFixture,
) -> None:
    fragment = fragment_of(complete_document())
    file_regression.check(indented(fragment), extension=".html", encoding="utf-8")
    whole = html.fragment_fromstring(fragment.split("\n", 1)[1], create_parent="div")
    assert not whole.xpath(".//@id | .//@class | .//div | .//section | .//header | .//time")
    assert {one.tag for one in whole} <= {"p", "h2", "h3", "table"}


# -- headings and links -------------------------------------------------------------------


def test_headings_descend_from_the_notices_title_without_a_gap() -> None:
    found = article(page_of(complete_document())).xpath(
        ".//*[re:test(local-name(), '^h[1-6]$')]",
        namespaces={"re": "http://exslt.org/regular-expressions"},
    )
    assert [(one.tag, words(one)) for one in found] == [
        ("h1", "某市园林局关于2025年植树的通知"),
        ("h2", "一、要求"),
        ("h3", "（一）目标"),
        ("h2", "植树方案"),
        ("h3", "一、总体要求"),
        ("h4", "（一）先栽后管。"),
        ("h2", "任务表"),
        ("h2", "管护办法"),
        ("h3", "第一章总则"),
        ("h4", "第一条"),
        ("h2", "树种说明"),
        ("h3", "一、柳树"),
        ("h2", "任务表"),
    ]


def test_no_heading_is_deeper_than_the_sixth() -> None:
    deep = Prose("方案", tuple(heading(level, "甲") for level in (1, 2, 3, 4)))
    levels = (LevelForm.PART,) * 6
    deeper = replace(deep, levels=levels, blocks=tuple(heading(n, "甲") for n in range(1, 7)))
    assert article(page_of(document(issued=(deeper,)))).xpath("count(.//h6)") == 3


def test_a_run_in_heading_is_a_heading_with_its_paragraph_beside_it() -> None:
    blocks = (heading(1, "甲"), heading(2, "先栽后管。"), paragraph("栽好。"))
    (clause,) = article(page_of(document(Prose("通知", blocks)))).find_class("clause")
    assert [(one.tag, one.text) for one in clause] == [
        ("h3", "（一）先栽后管。"),
        ("p", "栽好。"),
        ("a", None),
    ]


def test_every_link_within_the_page_leads_somewhere_and_no_id_is_there_twice() -> None:
    page = tree(page_of(complete_document(), FILES))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [*page.xpath("//a/@href[starts-with(., '#')]"), *page.xpath("//@aria-labelledby")]
    assert {one for target in targets for one in target.lstrip("#").split()} <= set(ids)


def test_the_contents_name_texts_their_first_headings_and_attachments() -> None:
    (contents,) = tree(page_of(complete_document())).find_class("contents")
    assert [one.text for one in contents.iter("a")] == [
        "某市园林局关于2025年植树的通知",
        "一、要求",
        "植树方案",
        "一、总体要求",
        "附件　任务表",
        "管护办法",
        "第一章 总则",
        "附件1　树种说明",
        "附件2　任务表",
    ]


# -- tables -------------------------------------------------------------------------------


def tables(page: str) -> list[HtmlElement]:
    return article(page).xpath(".//table")


def test_every_cell_names_the_headers_of_its_column_group_and_row() -> None:
    page = tree(page_of(document(issued=(Prose("方案", attachments=(table(),)),))))
    names = {one.get("id"): words(one) for one in page.xpath("//th[@id]")}
    headers = [
        [names[header] for header in cell.get("headers").split()] for cell in page.xpath("//td")
    ]
    assert headers[:4] == [
        ["任务", "一、栽树", "1"],
        ["完成时限", "一、栽树", "1"],
        ["负责人", "一、栽树", "1"],
        ["任务", "一、栽树", "2"],
    ]
    assert headers[-1] == ["负责人", "二、管护", "3"]


def test_a_merged_group_stands_once_over_its_rows_in_a_body_of_its_own() -> None:
    (drawn,) = tables(page_of(document(Prose("通知", attachments=(table(),)))))
    groups = drawn.xpath("./tbody/tr[1]/th[@scope='rowgroup']")
    assert [(words(one), one.get("rowspan")) for one in groups] == [
        ("一、栽树", "2"),
        ("二、管护", "1"),
    ]
    assert len(drawn.xpath("./tbody")) == 2


def test_a_group_drawn_as_a_heading_row_spans_the_columns_that_are_left() -> None:
    grouped = table(grouping=Grouping.HEADING_ROW)
    (drawn,) = tables(page_of(document(Prose("通知", attachments=(grouped,)))))
    assert [words(one) for one in drawn.xpath("./thead//th")] == [
        "序号",
        "任务",
        "完成时限",
        "负责人",
    ]
    spanning = drawn.xpath("./tbody/tr[1]/th[@scope='rowgroup']")
    assert [(words(one), one.get("colspan")) for one in spanning] == [
        ("一、栽树", "4"),
        ("二、管护", "4"),
    ]


@pytest.mark.parametrize(
    ("roles", "heads"),
    [
        ((ColumnRole.TEXT, ColumnRole.SERIAL), ["2"]),
        ((ColumnRole.TEXT, ColumnRole.TEXT), ["1"]),
        ((ColumnRole.GROUP, ColumnRole.TEXT), ["2"]),
    ],
)
def test_a_row_is_headed_by_its_serial_or_else_by_its_first_cell(
    roles: tuple[ColumnRole, ...], heads: list[str]
) -> None:
    columns = tuple(Column(f"列{number}", role) for number, role in enumerate(roles))
    one = document(Prose("通知", attachments=(table((("1", "2"),), columns),)))
    (drawn,) = tables(page_of(one))
    assert [words(head) for head in drawn.xpath(".//th[@scope='row']")] == heads


def test_an_empty_cell_is_empty_and_its_dash_is_drawn() -> None:
    page = page_of(document(Prose("通知", attachments=(table(),))))
    (drawn,) = tables(page)
    empty = drawn.xpath("./tbody[1]/tr[2]/td[1]")[0]
    assert (empty.text, len(empty)) == (None, 0)
    assert ':empty::after{content: "—"' in tree(page).xpath("string(//style)")


def test_the_fragment_opened_alone_says_how_it_is_encoded() -> None:
    made = render(resolve(complete_document()), {})
    alone = made["web/fragment.html"]
    assert alone.startswith(b'<meta charset="utf-8">\n<p')
    (source,) = tree(made["web/fields.html"].decode()).xpath("//textarea")
    assert source.text.strip() == alone.decode().split("\n", 1)[1].strip()


def test_what_is_pasted_with_the_encoding_is_cleaned_to_the_same() -> None:
    import nh3

    alone = fragment_of(complete_document())
    bare = alone.split("\n", 1)[1]
    assert nh3.clean(alone).strip() == nh3.clean(bare).strip()
    allowed = {"p", "h2", "h3", "table", "tr", "td", "th"}
    assert nh3.clean(alone, tags=allowed).strip() == nh3.clean(bare, tags=allowed).strip()


def test_people_stand_on_a_line_each_and_a_deadline_gives_its_date() -> None:
    page = page_of(document(Prose("通知", attachments=(table(),)), date=datetime.date(2025, 3, 1)))
    assert "甲<br>乙某某" in page
    assert '<time datetime="2025-05-31">5月底</time>' in page


def test_the_caption_names_the_table_and_counts_its_rows_and_groups() -> None:
    (drawn,) = tables(page_of(document(Prose("通知", attachments=(table(),)))))
    caption = drawn.find("caption")
    assert caption is not None
    assert caption.text_content() == "任务表：共 3 项，按“类别”分为 2 组"


# -- around the article -------------------------------------------------------------------


def test_the_downloads_say_what_they_hold_in_which_form_and_size() -> None:
    (section,) = tree(page_of(complete_document(), FILES)).xpath("//*[@id='page-downloads']")
    assert [(one.get("href"), one.text_content()) for one in section.iter("a")] == [
        ("document.docx", "公文全文，Word 文档（34 KB）"),
        ("document.pdf", "公文全文，PDF 文档（1.5 MB）"),
        ("attachment-1.xlsx", "附件　任务表，Excel 表格（2 KB）"),
        ("attachment-1.csv", "附件　任务表，CSV 数据（20 字节）"),
    ]


def test_the_folder_to_upload_holds_every_file_that_its_page_links_to() -> None:
    made = render(resolve(complete_document()), FILES)
    links = tree(made["web/index.html"].decode()).xpath("//a/@href[not(contains(., ':'))]")
    assert {f"web/{link}" for link in links if not link.startswith("#")} <= set(made)
    assert made["web/document.pdf"] == FILES["document.pdf"]


def test_the_facts_and_tags_are_those_that_were_given() -> None:
    page = tree(page_of(complete_document()))
    (facts,) = page.find_class("facts")
    assert [one.text for one in facts.iter("dt")] == [
        "索引号",
        "主题分类",
        "发文机关",
        "发文字号",
        "成文日期",
        "发布日期",
        "公开属性",
        "关键词",
        "摘要",
    ]
    tags = {one.get("name"): one.get("content") for one in page.xpath("//meta[@name]")}
    assert tags["PubDate"] == "2025-04-01"
    assert tags["ContentSource"] == "某市园林局、某市林业和草原局"
    assert "SiteDomain" not in tags


def test_the_page_fetches_nothing_and_shows_no_control_that_needs_the_script() -> None:
    page = tree(page_of(complete_document(), FILES))
    assert not page.xpath("//link[not(@rel='canonical')] | //img | //@src | //iframe")
    assert "url(" not in page.xpath("string(//style)")
    for control in page.xpath("//button | //select | //input"):
        assert control.xpath("ancestor-or-self::*[@hidden]")


def test_the_policy_of_a_page_allows_its_own_styles_and_scripts_and_nothing_else() -> None:
    overview = render_index(()).decode()
    for page in (page_of(complete_document(), FILES), overview):
        (policy,) = tree(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        inline = re.findall("<(style|script)>(.*?)</", page, re.DOTALL)
        hashes: dict[str, list[str]] = {"style": [], "script": []}
        for kind, content in inline:
            hashed = b64encode(sha256(content.encode()).digest()).decode()
            hashes[kind].append(f"'sha256-{hashed}'")
        rules = [f"{kind}-src {' '.join(given)}" for kind, given in hashes.items() if given]
        expected = ["default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"]
        assert policy == "; ".join(expected)
        assert not tree(page).xpath("//@style | //@*[starts-with(name(), 'on')]")


def test_every_clause_and_every_row_has_a_link_of_its_own() -> None:
    page = article(page_of(complete_document()))
    headings = page.xpath(".//*[self::h2 or self::h3 or self::h4][starts-with(@class, 'form-')]")
    rows = page.xpath(".//tbody/tr[not(@class)]")
    assert len(headings) == 7
    assert len(rows) == 6
    links = {one.get("href"): one for one in page.iter("a")}
    for heading in headings:
        assert words(heading) in links[f"#{heading.get('id')}"].get("aria-label").replace(
            "\u3000", ""
        )
    for row in rows:
        assert links[f"#{row.get('id')}"].getparent().get("scope") == "row"


def test_a_clause_leads_to_its_tasks_and_each_task_to_its_clause(real_edition: Edition) -> None:
    page = article(render(real_edition, {})["web/index.html"].decode())
    places = {one.get("id"): one for one in page.iter() if one.get("id")}
    to_clauses = page.xpath(".//td/a[starts-with(@href, '#')]")
    assert len(to_clauses) == 89  # all rows but the empty one and the one that the plan lacks
    back = {
        (heading.get("id"), link.get("href")[1:])
        for heading in page.xpath(".//*[@class='clause' or @class='line']/*[1]")
        for link in heading.xpath("../span/a")
    }
    there = {(one.get("href")[1:], one.xpath("ancestor::tr/@id")[0]) for one in to_clauses}
    assert back == there
    assert to_clauses[0].text == "一、（一）"
    assert words(places[to_clauses[0].get("href")[1:]]).startswith("（一）")
    assert all(one.get("data-generated") is not None for one in to_clauses)


def test_a_row_without_a_serial_has_its_link_beside_its_first_words() -> None:
    columns = (Column("单位", ColumnRole.TEXT), Column("任务", ColumnRole.TEXT))
    plain = table((("甲局", "栽树"), ("乙局", "浇水")), columns)
    (drawn,) = tables(page_of(document(Prose("通知", attachments=(plain,)))))
    links = drawn.xpath(".//th[@scope='row']/a")
    assert [one.get("aria-label") for one in links] == ["链接：甲局", "链接：乙局"]


def test_names_that_mean_the_same_are_told_to_the_filter() -> None:
    bureau = Bureau((PARKS,), people=(Named("乙", ("乙某某",)), Named("丁", ("丁某",))))
    one = document(Prose("通知", attachments=(table(),)), bureau=bureau)
    (form,) = tree(page_of(one)).find_class("tools")
    assert json.loads(form.get("data-names")) == {"乙某某": "乙"}


def test_the_filter_offers_deadlines_people_departments_words_and_an_order() -> None:
    (form,) = tree(page_of(document(Prose("通知", attachments=(table(),))))).find_class("tools")
    assert form.xpath(".//@name") == ["deadline", "people", "words", "sort"]


def test_a_column_may_be_called_anything() -> None:
    nasty = '"}</style>\\任务'
    columns = (Column(nasty, ColumnRole.TEXT),)
    page = page_of(document(Prose("通知", attachments=(table((("1",), ("2",)), columns),))))
    style = tree(page).xpath("string(//style)")
    assert 'content: "\\22 \\7d \\3c \\2f style\\3e \\5c 任务";' in style


# -- what other programs are told -----------------------------------------------------------


def test_every_tag_names_its_source_and_how_far_that_was_verified() -> None:
    path = ROOT / "templates" / "web" / "metadata.toml"
    declared = tomllib.loads(path.read_text("utf-8"))["tag"]
    for one in declared:
        assert one.keys() - {"required"} in ({"name", *TAG_KEYS}, {"property", *TAG_KEYS})
        assert one["source"]
        assert one["status"] in {"confirmed", "second-hand", "memory"}
    used = {(one.attribute, one.name) for one in page_tags(complete_document())}
    named = {("name", one["name"]) for one in declared if one["value"] and "name" in one}
    # Of archive.yaml, and of the archive's files.
    columns = {"Image", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
    assert named - used == {("name", name) for name in {"SiteDomain", *columns}}


def test_who_shares_the_page_gets_its_title_summary_and_address() -> None:
    page = tree(page_of(complete_document()))
    shared = {one.get("property"): one.get("content") for one in page.xpath("//meta[@property]")}
    assert shared == {
        "og:type": "article",
        "og:title": "某市园林局关于2025年植树的通知",
        "og:url": "https://example.org/1.html",
        "og:description": "一句摘要",
        "og:site_name": "园林网",
        "og:locale": "zh_CN",
        "article:published_time": "2025-04-01",
    }
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/1.html"]


def test_search_engines_are_told_the_document_and_its_files() -> None:
    page = tree(page_of(complete_document(), FILES))
    told = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert told["@type"] == "DigitalDocument"
    assert told["name"] == "某市园林局关于2025年植树的通知"
    assert told["identifier"] == ["某园〔2025〕3号", "A/2025-1"]
    assert told["creator"][1] == {"@type": "GovernmentOrganization", "name": "某市林业和草原局"}
    assert (told["dateCreated"], told["datePublished"]) == ("2025-03-12", "2025-04-01")
    assert [one["contentUrl"] for one in told["encoding"]] == [
        "document.docx",
        "document.pdf",
        "attachment-1.xlsx",
        "attachment-1.csv",
    ]


def test_the_checksum_of_every_download_is_given() -> None:
    page = tree(page_of(complete_document(), FILES))
    (sums,) = page.find_class("sums")
    told = {words(one[0]): words(one[1]) for one in sums}
    assert told == {name: sha256(content).hexdigest() for name, content in FILES.items()}


def test_related_documents_are_linked() -> None:
    page = tree(page_of(complete_document()))
    (link,) = page.xpath("//section[h2/text()='相关文件']//a")
    assert (link.text, link.get("href")) == ("2024年植树的通知", "https://example.org/0.html")


def test_the_real_notice_is_small(real_edition: Edition) -> None:
    names = ("document.docx", "document.pdf", *(f"attachment-1.{kind}" for kind in KINDS_OF_TABLE))
    page = render(real_edition, dict.fromkeys(names, b"x" * 50000))["web/index.html"]
    assert len(page) < 123_000
    assert len(gzip.compress(page)) < 40_000


def test_the_overview_lists_documents_versions_files_and_findings() -> None:
    finding = Finding(
        "empty_task",
        Severity.REVIEW,
        Place("content/trees/tasks.csv", 3, 5),
        "没有<任务>。",
        "补写。",
    )
    entry = IndexEntry(
        "a b", "关于\n植树的通知", "0123456789abcdef", (("web/index.html", 2048),), (finding,)
    )
    page = tree(render_index((entry,)).decode())
    text = page.text_content()
    assert page.xpath("//h2/text()") == ["关于植树的通知"]
    assert page.xpath("//a/@href") == ["a%20b/web/index.html"]
    assert all(
        part in text
        for part in (
            "0123456789ab",
            "网页，2 KB",
            "请核对 1 处",
            "没有<任务>。",
            "补写。",
            "tasks.csv:3:5",
        )
    )


def test_an_overview_of_nothing_says_so() -> None:
    assert "还没有发布公文" in render_index(()).decode()


def test_the_same_edition_gives_the_same_page() -> None:
    assert page_of(complete_document(), FILES) == page_of(complete_document(), FILES)


# -- readable HTML ------------------------------------------------------------------------


class _Indenter(HTMLParser):
    """Writes each element and text on a line of its own, indented by its depth."""

    VOID = frozenset({"br", "col", "meta"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.written: list[str] = []

    def _write(self, line: str) -> None:
        self.written.append("  " * self.depth + line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = "".join(f' {name}="{value or ""}"' for name, value in attrs)
        self._write(f"<{tag}{given}>")
        self.depth += tag not in self.VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._write(escape(data.strip("\n"), quote=False))


def indented(markup: str) -> str:
    """Markup as an outline: a line an element or text, without end tags."""
    indenter = _Indenter()
    indenter.feed(markup)
    return "\n".join(indenter.written) + "\n"


# -- long tables ----------------------------------------------------------------------------


def test_a_table_too_long_for_the_page_stands_on_its_own_and_links_lead_across(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "MOST_ROWS", 1)
    edition = resolve(document(Prose("通知", attachments=(table(),))))
    files = render(edition, {"attachment-1.csv": b"x"})
    page, own = (tree(files[f"web/{name}.html"].decode()) for name in ("index", "attachment-1"))
    assert not page.xpath("//table")
    assert page.xpath("//p[@class='apart']/a/@href") == ["attachment-1.html"]
    assert len(own.xpath("//tbody/tr")) == len(ROWS)
    assert own.xpath("//header//a/@href") == ["index.html"]
    for made in (page, own):
        places = set(made.xpath("//@id"))
        assert {link[1:] for link in made.xpath("//@href") if link[0] == "#" != link} <= places


def test_rows_of_a_long_list_cost_nothing_until_they_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = document(Prose("通知", attachments=(table(),)))
    short = page_of(listed)
    monkeypatch.setattr(web, "LONG", 1)
    long = page_of(listed)
    assert "content-visibility" not in short
    assert "content-visibility:auto" in long.replace(" ", "")
