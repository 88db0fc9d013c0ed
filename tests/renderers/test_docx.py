"""The Word files: what Word, WPS and LibreOffice find in them."""

from __future__ import annotations

import datetime
import importlib.util
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree
from pytest_regressions.file_regression import FileRegressionFixture

from audit import said_by_openxml_audit
from conftest import DOCUMENTS, ROOT, edition_of, read_content, resolved
from conversions import converted
from printed import Page, pages_of
from publisher import standard, templates
from publisher.forms import FORMS
from publisher.model import (
    Cell,
    Column,
    ColumnRole,
    Edition,
    Form,
    Grouping,
    LevelForm,
    Organ,
    Orientation,
    PageChoice,
    Prose,
    Row,
    RowGroup,
    Seal,
    SetRow,
    SetTable,
    Table,
)
from publisher.renderers import docx as renderer
from publisher.renderers.docx import geometry
from publisher.setting import compose
from publisher.setting.composition import Composition, ImprintPlace
from publisher.standard import Length, page_profile
from publisher.styles import MARK_SIZE
from words import of_docx


def opened(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def set_in_word(edition: Edition) -> WordDocument:
    """The whole document, read again."""
    return opened(renderer.render_document(compose(edition)))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


@pytest.fixture(scope="module")
def real(real_edition: Edition) -> bytes:
    return renderer.render_document(compose(real_edition))


@pytest.fixture(scope="module")
def complete_edition() -> Edition:
    return resolved(read_content(DOCUMENTS, "complete").document)


@pytest.fixture(scope="module")
def complete(complete_edition: Edition) -> bytes:
    return renderer.render_document(compose(complete_edition))


def styled(document: WordDocument, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style and p.style.name == style]


# -- styles -----------------------------------------------------------------------------


def test_each_element_stands_in_its_named_style(real: bytes) -> None:
    document = opened(real)
    assert styled(document, "发文机关标志") == ["鄂州市民政局文件"]
    assert styled(document, "Title") == ["鄂州市民政局关于印发\n《2025年全市民政工作要点》的通知"]
    assert styled(document, "印发件标题") == ["2025年全市民政工作要点"]
    assert styled(document, "成文日期") == ["2025年2月26日"]
    assert styled(document, "附件说明首行") == ["附件：2025年全市民政工作要点任务分解表"]
    assert styled(document, "附件标识") == ["附件"]
    assert len(styled(document, "Heading 1")) == 9


@pytest.mark.parametrize(
    ("style", "level"),
    [("Heading 1", 0), ("Heading 2", 1), ("Heading 3", 2), ("Heading 4", 3), ("附件标题", 0)],
)
def test_headings_have_outline_levels_for_the_navigation_pane(
    real: bytes, style: str, level: int
) -> None:
    element = opened(real).styles[style].element
    outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    assert outline is not None
    assert outline.get(qn("w:val")) == str(level)


def test_levels_that_begin_at_another_form_keep_their_depth_in_the_outline() -> None:
    edition = edition_of("# 甲\n\n文。\n", levels=(LevelForm.ITEM,))
    paragraphs = set_in_word(edition).paragraphs
    (heading,) = (p for p in paragraphs if p.text == "1.甲")
    assert heading.style is not None
    assert heading.style.name == "Heading 3"
    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_of_a_run_in_heading_only_the_heading_is_in_its_face() -> None:
    edition = edition_of("# 甲\n\n## 加强领导。\n\n领导重要。\n")
    document = set_in_word(edition)
    (paragraph,) = (p for p in document.paragraphs if "领导重要" in p.text)
    runs = [(run.text, run.style.name) for run in paragraph.runs if run.style]
    assert runs == [
        ("（一）", "二级标题字"),
        ("加强领导。", "二级标题字"),
        ("领导重要。", "Default Paragraph Font"),
    ]


def test_letters_and_digits_have_a_style_of_their_own_and_quotes_stay_chinese() -> None:
    document = set_in_word(edition_of("“十四五”新建2个APP——完成。"))
    (paragraph,) = (p for p in document.paragraphs if "十四五" in p.text)
    runs = [(run.text, run.style.name == "西文") for run in paragraph.runs if run.style]
    assert runs == [
        ("“十四五”新建", False),
        ("2", True),
        ("个", False),
        ("APP", True),
        ("——完成。", False),
    ]


def test_text_carries_no_direct_formatting(real: bytes) -> None:
    body = part(real, "word/document.xml")
    allowed = {qn("w:rStyle")}
    formatting = {
        child.tag for properties in body.iter(qn("w:rPr")) for child in properties
    } - allowed
    assert formatting == set()
    in_paragraphs = {child.tag for properties in body.iter(qn("w:pPr")) for child in properties}
    # The signature's place depends on its words; sections are not formatting.
    assert in_paragraphs <= {
        qn(name) for name in ("w:pStyle", "w:keepNext", "w:spacing", "w:ind", "w:sectPr")
    }


def test_marks_that_a_free_kai_has_in_half_width_stay_in_fang() -> None:
    document = opened(
        renderer.render_document(compose(edition_of("# 甲\n\n## 推进“全面”慈善。\n\n乙。")))
    )
    (paragraph,) = (p for p in document.paragraphs if "慈善" in p.text)
    styles = {run.text: run.style.name for run in paragraph.runs if run.style}
    assert (styles["“"], styles["全面"], styles["”"]) == ("全角标点", "二级标题字", "全角标点")


def test_numbers_and_words_are_not_torn_as_chinese_would_be(real: bytes) -> None:
    style = opened(real).styles["西文"].element
    assert style.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:val")) == "en-US"
    settings = part(real, "word/settings.xml")
    before = settings.find(qn("w:noLineBreaksBefore")).get(qn("w:val"))
    assert set("，。”》）％‰℃") <= set(before)


# -- the table --------------------------------------------------------------------------


def table_of(numbers: str, groups: str, grouping: Grouping = Grouping.MERGED) -> Table:
    """A table of rows with these numbers, each in the group of the same place."""
    names = ("序号", ColumnRole.SERIAL), ("组", ColumnRole.GROUP), ("事项", ColumnRole.TEXT)
    columns = tuple(Column(name, role) for name, role in names)
    rows = (
        Row((Cell((one,)), Cell((group,)), Cell(("事",))))
        for one, group in zip(numbers, groups, strict=True)
    )
    return Table("表", columns, tuple(rows), grouping)


def by_pages(edition: Edition, *rows: int) -> Composition:
    """A layout in which each page of the only table has so many rows."""
    table = edition.attachments[0].content
    assert isinstance(table, SetTable)
    pairs = [(group, row) for group in table.groups for row in group.rows]
    pages, begin = [], 0
    for count in rows:
        page: dict[str, RowGroup] = {}
        for group, row in pairs[begin : begin + count]:
            kept = page.get(group.anchor, replace(group, rows=()))
            drawn = row if page else begun_again(row)
            page[group.anchor] = replace(kept, rows=(*kept.rows, drawn))
        pages.append(tuple(page.values()))
        begin += count
    composition = compose(edition)
    (attached,) = composition.following
    (composed,) = composition.tables
    attached = replace(attached, inner=(replace(composed, pages=tuple(pages)),))
    return replace(composition, following=(attached,))


def begun_again(row: SetRow) -> SetRow:
    """A row that a page begins with, and with it what began above it."""
    made = tuple(replace(cell, begins_again=cell.is_covered) for cell in row.cells)
    return replace(row, cells=made)


def cells(document: WordDocument) -> list[list[list[str]]]:
    """What stands in each row of each table; merged cells that go on are empty."""
    return [
        [["".join(cell.itertext(qn("w:t"))) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        for table in document.tables
    ]


def test_the_table_is_one_repeats_its_head_and_splits_no_row(real: bytes) -> None:
    (table,) = (table._tbl for table in opened(real).tables)
    rows = table.tr_lst
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert heads == [True] + [False] * 91
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


@pytest.mark.parametrize("grouping", Grouping)
def test_the_name_of_a_group_that_goes_on_stands_again_where_a_page_begins(
    grouping: Grouping,
) -> None:
    edition = edition_of("文。", attachments=(table_of("12345", "甲甲乙乙乙", grouping),))
    data = renderer.render_document(by_pages(edition, 1, 2, 2))
    if grouping is Grouping.MERGED:
        rows = [["1", "甲"], ["2", "甲"], ["3", "乙"], ["4", "乙"], ["5", ""]]
        expected = [["序号", "组", "事项"], *([*row, "事"] for row in rows)]
    else:
        rows = [["甲"], ["1"], ["甲"], ["2"], ["乙"], ["3"], ["乙"], ["4"], ["5"]]
        expected = [["序号", "事项"], *([*row, *["事"] * row[0].isdigit()] for row in rows)]
    assert cells(opened(data)) == [expected]
    # What is repeated is furniture: the words stay those of the table.
    assert of_docx(data) == of_docx(renderer.render_document(by_pages(edition, 5)))


def test_the_widths_that_word_and_wps_read_agree(complete: bytes) -> None:
    for table in part(complete, "word/document.xml").iter(qn("w:tbl")):
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        total = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
        assert sum(grid) == int(total.get(qn("w:w")))
        for row in table.iter(qn("w:tr")):
            widths = [int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))]
            assert sum(widths) == sum(grid)
            spans = [
                int(span.get(qn("w:val"))) if span is not None else 1
                for cell in row.iter(qn("w:tc"))
                for span in [cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")]
            ]
            assert sum(spans) == len(grid)


def test_names_of_two_characters_are_as_wide_as_those_of_three(real: bytes) -> None:
    names = {row.cells[4].text for table in opened(real).tables for row in table.rows}
    assert names >= {"汪　进\n李永清", "尹　丹"}


def test_the_attachment_alone_is_its_title_and_its_table(real_edition: Edition) -> None:
    document = opened(renderer.render(real_edition)["attachment-1.docx"])
    words = [p.text for p in document.paragraphs if p.text]
    assert words == ["附件", "2025年全市民政工作要点任务分解表"]
    assert sum(len(table.rows) - 1 for table in document.tables) == 91
    assert [s.orientation for s in document.sections] == [1]


# -- page and properties ----------------------------------------------------------------


def test_the_page_is_that_of_the_profile_and_the_table_is_landscape(real: bytes) -> None:
    portrait, landscape = opened(real).sections
    page = standard.GBT33476
    assert portrait.page_width is not None
    assert portrait.top_margin is not None
    assert round(portrait.page_width.mm) == 210
    assert portrait.top_margin.mm == pytest.approx(page.top.mm, abs=0.05)
    assert landscape.page_width is not None
    assert round(landscape.page_width.mm) == 297


def test_what_stands_above_the_mark_has_a_style_each(complete: bytes) -> None:
    document = opened(complete)
    said = [styled(document, name) for name in ("份号", "密级", "紧急程度")]
    assert [words for lines in said for words in lines if words] == ["000012", "秘密★1年", "特　急"]


def sections(document: WordDocument) -> list[tuple[str, str]]:
    """How each section turns its pages, and where it begins."""
    found = document.element.body.iter(qn("w:sectPr"))
    return [
        (
            one.find(qn("w:pgSz")).get(qn("w:orient"), "portrait"),
            "" if one.find(qn("w:type")) is None else one.find(qn("w:type")).get(qn("w:val")),
        )
        for one in found
    ]


def test_after_a_landscape_table_the_imprint_has_a_portrait_page() -> None:
    table = table_of("1", "甲")
    edition = edition_of("文。", attachments=(table,), copies=("各区",))
    composition = replace(compose(edition), imprint_place=ImprintPlace.LAST_PAGE)
    turned = [one for one, _ in sections(opened(renderer.render_document(composition)))]
    assert turned == ["portrait", "landscape", "portrait"]
    without = set_in_word(edition_of("文。", attachments=(table,)))
    assert [one for one, _ in sections(without)] == ["portrait", "landscape"]


@pytest.mark.parametrize(
    ("place", "begins", "numbered"),
    [
        (ImprintPlace.LAST_PAGE, [""], [True]),
        (ImprintPlace.NEXT_PAGE, ["", ""], [True, True]),
        (ImprintPlace.AFTER_BLANK, ["", "evenPage"], [True, False]),
    ],
)
def test_the_imprint_stands_where_the_layout_has_it(
    place: ImprintPlace, begins: list[str], numbered: list[bool]
) -> None:
    edition = edition_of("文。", copies=("各区",))
    composition = replace(compose(edition), imprint_place=place)
    document = opened(renderer.render_document(composition))
    assert [begin for _, begin in sections(document)] == begins
    has_number = [
        [b"PAGE" in etree.tostring(foot._element) for foot in (one.footer, one.even_page_footer)]
        for one in document.sections
    ]
    assert has_number == [[one, one] for one in numbered]


def test_a_document_that_is_nothing_but_a_table_has_its_pages_too() -> None:
    document = opened(
        renderer.render_document(compose(edition_of(attachments=(table_of("1", "甲"),))))
    )
    assert [one for one, _ in sections(document)] == ["portrait", "landscape"]


def test_the_number_of_a_landscape_page_is_a_turned_field_with_a_description() -> None:
    edition = edition_of("文。", attachments=(table_of("1", "甲"),))
    portrait, landscape = set_in_word(edition).sections
    for foot in (landscape.footer, landscape.even_page_footer):
        xml = etree.tostring(foot._element, encoding="unicode")
        assert 'vert="vert"' in xml
        assert " PAGE " in xml
        assert 'descr="页码"' in xml
    assert "wps:" not in etree.tostring(portrait.footer._element, encoding="unicode")


def box(document: WordDocument) -> list[str]:
    """The lines of the box of the 版记, those that are only drawn left out."""
    content = document.element.body.find(f".//{qn('w:txbxContent')}")
    words = ["".join(p.itertext(qn("w:t"))) for p in content.iter(qn("w:p"))]
    return [one for one in words if one]


def test_recipients_may_stand_in_the_imprint_above_the_copies() -> None:
    recipients = "各区水务局，" * 80 + "各县"
    edition = edition_of("文。", recipients=recipients, copies=("各局",), printing_organ="办公室")
    document = set_in_word(edition)
    assert box(document) == [f"主送：{recipients}。", "抄送：各局。", "办公室"]
    assert styled(document, "主送机关") == []
    # 7.4.2: no line between the two.
    xml = etree.tostring(document.element.body, encoding="unicode")
    assert xml.count('w:val="版记间线"') == 1


@pytest.mark.parametrize(("form", "lines"), [(Form.GENERAL, 2), (Form.LETTER, 0)])
def test_the_imprint_of_a_letter_has_neither_lines_nor_printing(form: Form, lines: int) -> None:
    edition = edition_of("文。", form=form, copies=("各局",), printing_organ="办公室")
    document = set_in_word(edition)
    assert box(document) == ["抄送：各局。"] + ["办公室"] * (form is Form.GENERAL)
    xml = etree.tostring(document.element.body, encoding="unicode")
    assert xml.count('w:val="版记首末线"') == lines


GRID = PageChoice("grid")


def test_the_page_that_a_bureau_asks_for_is_in_margins_and_styles() -> None:
    edition = edition_of("文。")
    choice = PageChoice("grid", left=30.0)
    composition = replace(
        compose(edition), page=page_profile(choice), line=page_profile(choice).line
    )
    document = opened(renderer.render_document(composition))
    section = document.sections[0]
    assert section.top_margin is not None
    assert section.left_margin is not None
    assert (round(section.top_margin.mm, 1), round(section.left_margin.mm, 1)) == (37.0, 30.0)
    line = standard.GRID.line.twips
    spacing = {
        name: document.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        for name in ("Body Text", "Title", "发文机关标志")
    }
    assert spacing["Body Text"].get(qn("w:line")) == str(line)
    assert spacing["Title"].get(qn("w:before")) == str(2 * line)
    before = geometry.mark_before(FORMS[Form.GENERAL], composition.page, MARK_SIZE).twips
    assert spacing["发文机关标志"].get(qn("w:before")) == str(before)
    lines = {
        one.get(qn("w:line"))
        for one in document.styles.element.iter(qn("w:spacing"))
        if one.get(qn("w:line"))
    }
    assert str(standard.GBT33476.line.twips) not in lines


def test_only_the_documents_own_text_is_squeezed() -> None:
    edition = edition_of("文。\n\n字。", recipients="各区", attachments=(table_of("1", "甲"),))
    composition = replace(compose(edition), line=Length(28.3))
    document = opened(renderer.render_document(composition))
    own = {p.text: p.paragraph_format.line_spacing for p in document.paragraphs if p.text}
    squeezed = {words for words, line in own.items() if line is not None}
    assert squeezed == {"各区：", "文。", "字。", "附件：表"}


def test_the_template_says_where_the_text_stands_and_nothing_else_in_a_document_without_more() -> (
    None
):
    document = opened(
        renderer.render_document(compose(edition_of("文。", form=Form.ORDER, number="第1号")))
    )
    assert styled(document, "Title") == []
    assert styled(document, "令号") == ["第1号"]
    assert document.core_properties.title == "标题"


def test_the_head_of_a_letter_has_the_number_on_the_line_of_what_is_given_first() -> None:
    given = {"number": "水函〔2030〕1号", "copy_number": "3", "urgency": "特急"}
    document = opened(
        renderer.render_document(compose(edition_of("文。", form=Form.LETTER, **given)))
    )
    assert styled(document, "信函首行") == ["000003\t水函〔2030〕1号"]
    assert styled(document, "密级") == ["特　急"]
    section = document.sections[0]
    assert section.different_first_page_header_footer
    feet = [p.style.name for p in section.first_page_footer.paragraphs if p.style]
    assert feet == ["信函末细线", "信函末粗线"]


def test_the_first_page_of_a_letter_is_the_only_one_without_a_number() -> None:
    table = table_of("1", "甲")
    edition = edition_of("文。", form=Form.LETTER, attachments=(table,))
    first, second = set_in_word(edition).sections
    assert first.different_first_page_header_footer
    assert not second.different_first_page_header_footer
    assert [p.text for p in second.header.paragraphs] == [""]
    (alone,) = opened(renderer.render(edition)["attachment-1.docx"]).sections
    assert not alone.different_first_page_header_footer


def test_minutes_name_who_was_there_below_the_text() -> None:
    edition = edition_of("文。", form=Form.MINUTES, present=("甲", "乙"), observers=("丙",))
    document = set_in_word(edition)
    assert styled(document, "出席首行") == ["出席：甲、乙"]
    assert styled(document, "出席续行") == ["列席：丙"]
    (first,) = (p for p in document.paragraphs if p.text.startswith("出席"))
    assert next(run.style.name for run in first.runs if run.style) == "黑体字"


def test_several_attachments_are_named_under_one_another() -> None:
    tables = (table_of("1", "甲"), replace(table_of("1", "甲"), title="单"))
    document = set_in_word(edition_of("文。", attachments=tables))
    assert styled(document, "附件说明多个首行") == ["附件：1.\t表"]
    assert styled(document, "附件说明续行") == ["2.\t单"]


JOINT = tuple(
    Organ(name) for name in ("青岚市水务局", "青岚市财政局", "青岚市民政局", "青岚市农业局")
)


def test_sealed_organs_sign_in_rows_of_three_the_date_below() -> None:
    edition = edition_of("文。", issuers=JOINT, date=datetime.date(2030, 3, 1))
    document = set_in_word(edition)
    assert styled(document, "联合署名") == [
        "\t青岚市水务局\t青岚市财政局\t青岚市民政局",
        "\t青岚市农业局",
    ]
    first, second = (p for p in document.paragraphs if p.style and p.style.name == "联合署名")
    tabs = [[tab.position for tab in p.paragraph_format.tab_stops] for p in (first, second)]
    assert tabs[0][-1] == tabs[1][-1]
    assert len(tabs[0]) == 3
    assert second.paragraph_format.space_before is not None
    line = standard.GBT33476.line.pt
    assert second.paragraph_format.space_before.pt == pytest.approx(4 * line, abs=0.1)


def test_unsealed_organs_sign_one_under_the_other() -> None:
    given = {"issuers": JOINT[:2], "date": datetime.date(2030, 3, 1), "seal": Seal.UNSEALED}
    document = set_in_word(edition_of("文。", **given))
    assert styled(document, "署名") == ["青岚市水务局", "青岚市财政局"]


def test_the_last_line_of_the_text_goes_with_the_signature() -> None:
    edition = edition_of("一。\n\n二。", issuers=(Organ("青岚市水务局"),))
    document = set_in_word(edition)
    kept = {p.text: p.paragraph_format.keep_with_next for p in document.paragraphs}
    assert (kept["一。"], kept["二。"]) == (None, True)


def test_the_file_tells_title_author_language_and_the_documents_own_date(real: bytes) -> None:
    properties = opened(real).core_properties
    assert properties.title == "鄂州市民政局关于印发《2025年全市民政工作要点》的通知"
    assert properties.author == "鄂州市民政局"
    assert properties.category == "通知"
    assert properties.language == "zh-CN"
    assert str(properties.created) == "2025-02-26 00:00:00+00:00"
    language = part(real, "word/styles.xml").find(f".//{qn('w:lang')}")
    assert language is not None
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    assert language.get(qn("w:val")) == "en-US"  # of letters: LibreOffice tears Chinese ones


def test_what_the_front_matter_does_not_give_is_not_printed(real: bytes) -> None:
    document = opened(real)
    assert styled(document, "发文字号") == [""]
    assert not any("签发人" in p.text or "印发日期" in p.text for p in document.paragraphs)
    assert part(real, "word/document.xml").find(f".//{qn('w:drawing')}") is None


def test_the_same_edition_gives_the_same_bytes(complete_edition: Edition, complete: bytes) -> None:
    assert renderer.render_document(compose(complete_edition)) == complete


def test_a_long_mark_is_set_smaller_and_one_of_several_organs_in_a_table() -> None:
    organs = tuple(
        Organ(name) for name in ("青岚市水务局", "青岚市规划局", "青岚市自然资源和规划局")
    )
    joint = set_in_word(edition_of("文。", issuers=organs))
    assert [row.cells[0].text for row in joint.tables[0].rows] == [one.name for one in organs]
    assert joint.tables[0].rows[0].cells[1].text == "文件"
    alone = set_in_word(edition_of("文。", issuers=organs[2:]))
    (mark,) = (p for p in alone.paragraphs if p.text.endswith("文件"))
    style = alone.styles["发文机关标志"]
    assert mark.runs[0].font.size < style.font.size  # type: ignore[attr-defined]


# -- the golden file, validators, LibreOffice --------------------------------------------


def test_the_body_of_a_document_reads_well_as_xml(
    file_regression: FileRegressionFixture,
) -> None:
    columns = (Column("序号", ColumnRole.SERIAL), Column("组", ColumnRole.GROUP))
    rows = tuple(Row((Cell((number,)), Cell(("甲",)))) for number in "12")
    edition = edition_of(
        "# 甲\n\n## 加强领导。\n\n新建**2个**[站](https://example.org/)。",
        attachments=(Table("表", columns, rows),),
        issuers=(Organ("青岚市水务局"),),
        date=datetime.date(2030, 3, 1),
        copies=("各区",),
    )
    body = part(renderer.render_document(compose(edition)), "word/document.xml")
    etree.indent(body)
    etree.cleanup_namespaces(body)
    file_regression.check(etree.tostring(body, encoding="unicode") + "\n", extension=".xml")


def audited(request: pytest.FixtureRequest, name: str, tmp_path: Path) -> Path:
    """A file by its name: a template, or a document made of all that there is."""
    if name.endswith(".docx"):
        return templates.folder("docx") / name
    path = tmp_path / "document.docx"
    path.write_bytes(request.getfixturevalue(name))
    return path


@pytest.fixture(scope="module")
def letter() -> bytes:
    edition = edition_of(
        "文。",
        form=Form.LETTER,
        copies=("各局",),
        number="水函〔2030〕1号",
        classification="机密★1年",
        attachments=(table_of("12", "甲甲"),),
        issuers=JOINT[:1],
    )
    composition = replace(by_pages(edition, 1, 1), imprint_place=ImprintPlace.NEXT_PAGE)
    return renderer.render_document(composition)


@pytest.fixture(scope="module")
def joint() -> bytes:
    edition = edition_of(
        "文。",
        issuers=JOINT,
        date=datetime.date(2030, 3, 1),
        signers=("柳喆", "孟䶮", "陆堃"),
        copies=("各局",),
        attachments=(table_of("12", "甲甲"),) * 2,
    )
    composition = replace(
        compose(edition), imprint_place=ImprintPlace.AFTER_BLANK, line=Length(28.3)
    )
    return renderer.render_document(composition)


FILES = ["complete", "letter", "joint", *(form.word_template for form in FORMS.values())]


@pytest.mark.thorough
@pytest.mark.parametrize("name", FILES)
def test_openxml_audit_finds_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    assert said_by_openxml_audit(audited(request, name, tmp_path)) == ""


def test_openxml_audit_would_find_an_element_that_is_none(complete: bytes, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.docx"
    with zipfile.ZipFile(io.BytesIO(complete)) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<w:body>", b"<w:body><w:nonsense/>"))
    assert "nonsense" in said_by_openxml_audit(spoilt)


@pytest.mark.parametrize("name", FILES)
def test_docx_integrity_finds_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    check = pytest.importorskip("docx_integrity").check
    assert check(str(audited(request, name, tmp_path))) == []


@pytest.mark.parametrize("form", Form)
def test_the_templates_are_those_that_the_standard_gives(form: Form) -> None:
    spec = importlib.util.spec_from_file_location("make_template", ROOT / "tools/make_template.py")
    assert spec is not None
    assert spec.loader is not None
    maker: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    built, kept = maker.build(form), (maker.FOLDER / FORMS[form].word_template).read_bytes()
    assert _parts(built) == _parts(kept), "run tools/make_template.py"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


# -- as LibreOffice prints it -------------------------------------------------------------

MARK, NUMBER = "青岚市水务局文件", "青水发〔2030〕7号"
SIGNED = {"issuers": JOINT[:1], "number": NUMBER, "date": datetime.date(2030, 3, 1)}
LINES = "\n\n".join(["全市河湖岸线逐段排查。"] * 60)
APART = (31.0, 32.55)
"""The pitches of 21 and of 20 lines a page."""
CODES = ("全市河湖岸线逐段排查。" * 20, "起点曲线半径1048.25米", "0558-5130002", "推广范围")


def printable() -> Iterator[tuple[str, bytes]]:
    """Documents to print, by name."""

    def made(edition: Edition, **changed: Any) -> bytes:
        return renderer.render_document(replace(compose(edition), **changed))

    general = edition_of(LINES, **SIGNED, copies=("各局",), printing_organ="办公室")
    yield "general", made(general, imprint_place=ImprintPlace.LAST_PAGE)
    page = page_profile(GRID)
    yield "grid", made(edition_of(LINES, **SIGNED), page=page, line=page.line)
    long = replace(JOINT[0], name="青岚市自然资源和规划局")
    yield "long", made(edition_of("文。", **SIGNED | {"issuers": (long,)}))
    yield "joint", made(edition_of("文。", **SIGNED | {"issuers": (*JOINT[:2], long)}))
    yield "signers", made(edition_of("文。", **SIGNED, signers=("柳喆", "孟䶮", "陆堃")))
    yield "letter", made(edition_of(LINES, **SIGNED, form=Form.LETTER))
    yield "order", made(edition_of("文。", **SIGNED, form=Form.ORDER))
    for pitch in APART:
        line = Length(pitch)
        yield f"apart {pitch}", made(edition_of(LINES, **SIGNED), line=line)
        letter = edition_of(LINES, **SIGNED, form=Form.LETTER)
        yield f"letter apart {pitch}", made(letter, line=line)
    name = "全市河湖岸线逐段排查和险工险段登记造册以及限期整改落实情况的报告"
    listed = tuple(Prose(name, ()) for _ in range(4))
    yield "held", made(edition_of("全市河湖岸线" * 30 + "。", **SIGNED, attachments=listed))
    codes = Row(tuple(Cell((words,)) for words in CODES))
    columns = tuple(Column(f"列{index}", ColumnRole.TEXT) for index in range(len(CODES)))
    codes_table = Table("表", columns, (codes,), Grouping.MERGED, Orientation.PORTRAIT)
    yield "codes", made(edition_of("文。", **SIGNED, attachments=(codes_table,)))
    rows = "1234567890" * 3
    split = edition_of("文。", attachments=(table_of(rows, "甲" * 18 + "乙" * 12),))
    yield "split", renderer.render_document(compose(split))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Page, ...]]:
    """The pages of a document of `printable` by its name."""
    made = converted(dict(printable()), tmp_path_factory.mktemp("printed"))
    return lambda name: pages_of(made[name])


Printed = Callable[[str], tuple[Page, ...]]


def near(wanted: float, tolerance: float = 0.3) -> Any:
    return pytest.approx(wanted, abs=tolerance)


def em_top(line: Any) -> float:
    return float(line.baseline - 0.88 * max(one.size for one in line.characters) * 25.4 / 72)


def em_bottom(line: Any) -> float:
    return float(line.baseline + 0.12 * max(one.size for one in line.characters) * 25.4 / 72)


def red_lines(page: Page) -> list[Any]:
    """Red lines from the top, each once."""
    found = {(round(r.top, 1), round(r.bottom, 1)): r for r in page.rules if r.red}
    return [found[key] for key in sorted(found)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["general", "grid", "long", "joint", "signers"])
def test_the_mark_and_the_red_line_are_where_the_standard_has_them(
    printed: Printed, name: str
) -> None:
    page = printed(name)[0]
    assert page.lines[0].ink_top == near(72, 0.5)
    (rule,) = red_lines(page)
    number = next(line for line in page.lines if NUMBER in line.text)
    assert rule.top + 0.25 - em_bottom(number) == near(4 + 0.25)
    assert (rule.left, rule.right) == (near(28, 0.6), near(184, 0.6))  # with the line's own ends


@pytest.mark.slow
@pytest.mark.parametrize("pitch", APART)
@pytest.mark.parametrize("form", ["", "letter "])
def test_lines_further_apart_leave_the_head_margin_and_the_mark_where_they_are(
    printed: Printed, form: str, pitch: float
) -> None:
    first, second = printed(f"{form}apart {pitch}")[:2]
    assert first.lines[0].ink_top == near(30 if form else 72, 0.5)
    assert em_top(second.lines[0]) == near(37, 1)
    assert second.lines[1].baseline - second.lines[0].baseline == near(pitch * 25.4 / 72)


@pytest.mark.slow
def test_the_only_paragraph_of_a_text_stands_on_page_1_and_with_the_signature(
    printed: Printed,
) -> None:
    first, second = printed("held")[:2]
    assert "全市河湖岸线全市" in first.text
    assert second.lines[0].left == near(28)  # the rest is no paragraph of its own
    assert second.text.startswith(("全市", "市", "河", "湖", "岸", "线"))
    assert "附件：1." in second.text
    assert "2030年3月1日" in second.text


@pytest.mark.slow
def test_numbers_in_cells_are_not_torn(printed: Printed) -> None:
    text = [line.text for line in printed("codes")[1].lines]
    assert any("0558-5130002" in line for line in text)
    assert any("1048.25" in line for line in text)


@pytest.mark.slow
def test_the_suffix_of_a_joint_mark_stands_at_the_middle_of_its_names(printed: Printed) -> None:
    lines = [line for line in printed("joint")[0].lines if line.characters[0].red]
    names = [line for line in lines if line.text != "文件"]
    suffix = next(line for line in lines if "文件" in line.text)
    assert suffix.baseline == near((names[0].baseline + names[-1].baseline) / 2)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["general", "grid"])
def test_full_pages_have_22_lines(printed: Printed, name: str) -> None:
    assert [len(page.lines) for page in printed(name)[1:-1]] == [22] * len(printed(name)[1:-1])


@pytest.mark.slow
def test_the_last_line_of_the_imprint_is_the_lower_edge_of_the_type_area(printed: Printed) -> None:
    page = printed("general")[-1]
    assert max(rule.bottom for rule in page.rules) == near(262, 0.5)


@pytest.mark.slow
def test_a_letter_has_its_lines_where_the_standard_has_them(printed: Printed) -> None:
    first, second = printed("letter")[:2]
    assert first.lines[0].ink_top == near(30, 0.5)
    assert first.number is None
    assert second.number is not None
    above, _, _, below = red_lines(first)
    assert above.top - em_bottom(first.lines[0]) == near(4)
    assert below.top == near(277 + 0.6, 0.6)
    assert (above.left + above.right) / 2 == near(105)
    assert above.right - above.left == near(170 + 1.6)  # with the stroke's own ends
    assert em_top(first.lines[1]) - red_lines(first)[1].bottom == near(14 * 25.4 / 72)
    assert em_top(second.lines[0]) == near(37, 1)
    assert red_lines(second) == []


@pytest.mark.slow
def test_an_order_has_its_mark_20_mm_below_the_type_areas_top(printed: Printed) -> None:
    (page,) = printed("order")
    assert page.lines[0].ink_top == near(57, 0.5)


@pytest.mark.slow
def test_the_pages_of_a_table_are_those_of_the_layout(printed: Printed) -> None:
    tables = [page for page in printed("split") if page.landscape]
    rows = [[line.text for line in page.lines if line.text[0].isdigit()] for page in tables]
    assert [len(page) for page in rows] == [13, 17]
    assert ["甲" in page.text for page in tables] == [True, True]
    assert all("序号" in page.text for page in tables)


@pytest.mark.slow
def test_the_number_of_a_landscape_page_stands_where_a_portrait_page_has_it(
    printed: Printed,
) -> None:
    pages = [page for page in printed("split") if page.landscape]
    even, odd = pages[:2]
    for page in (even, odd):
        assert page.number is not None
        assert all(one.turned for one in page.number.characters)
        assert page.number.characters[0].left == near(28 - 0.7, 1)  # the dash is above its baseline
    assert even.number is not None
    assert odd.number is not None
    assert even.number.characters[0].baseline == near(28 + 4.94, 1)
    assert odd.number.characters[-1].baseline < 184 - 4.94


# -- of whom it tells -------------------------------------------------------------------


def test_the_theme_names_only_fonts_that_the_document_uses(complete: bytes) -> None:
    """WPS looks into the theme, and tells the clerk that its fonts are missing."""
    named = part(complete, "word/theme/theme1.xml").xpath("//@typeface")
    used = part(complete, "word/styles.xml").xpath("//@*[local-name()='ascii']")
    used += part(complete, "word/styles.xml").xpath("//@*[local-name()='eastAsia']")
    assert {font for font in named if font} <= set(used)


def test_it_says_to_be_made_by_no_other_program(complete: bytes) -> None:
    said = part(complete, "docProps/app.xml")
    assert [(one.tag.rpartition("}")[2], one.text) for one in said] == [
        ("Application", "publisher")
    ]
    with zipfile.ZipFile(io.BytesIO(complete)) as package:
        words = b"".join(map(package.read, package.namelist()))
    assert not re.search(rb"Normal\.dotm|Macintosh|Office Theme|>Microsoft", words)


def test_it_is_made_where_somebody_holds_what_docxtpl_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the profiler of a Dask worker does: elements that are held keep the class they have."""
    held = []
    replaced = DocxTemplate.map_tree

    def map_tree(self: DocxTemplate, tree: Any) -> None:
        held.extend(tree.iter())
        replaced(self, tree)

    before = renderer.render(edition_of("文。"))
    monkeypatch.setattr(DocxTemplate, "map_tree", map_tree)
    assert renderer.render(edition_of("文。")) == before
    assert held
