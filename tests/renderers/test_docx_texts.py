"""Items, lists of names, notes, 目录 and documents inside documents as Word has them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from audit import said_by_openxml_audit
from conftest import edition_of
from printed import EM, Page, pages_of
from publisher import office, standard
from publisher.model import Edition, Form, LevelForm, Orientation, OwnElements, Prose
from publisher.provenance import MARK
from publisher.readers.markdown import read_blocks
from publisher.renderers import docx as renderer
from publisher.renderers.docx import footnotes
from publisher.renderers.docx.contents import contents_of
from publisher.renderers.docx.elements import Maker
from publisher.renderers.docx.pagination import pages_of_places
from publisher.setting import compose
from publisher.setting.composition import ComposedIssued, ComposedSubtitle
from publisher.standard import GBT33476, Size


def words(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def made(edition: Edition) -> bytes:
    return renderer.render_document(compose(edition))


def set_in_word(edition: Edition) -> WordDocument:
    return words(made(edition))


def prose(title: str, text: str = "文。", **given: Any) -> Prose:
    blocks, _ = read_blocks(text.split("\n"), "text.md")
    return Prose(title, blocks, **given)


def styles(document: WordDocument) -> list[tuple[str, str]]:
    """The style and words of each paragraph with words."""
    return [
        (str(paragraph.style.name), paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style and paragraph.text
    ]


def holding(document: WordDocument, part: str) -> Paragraph:
    """The paragraph that holds words which stand nowhere else."""
    (paragraph,) = (paragraph for paragraph in document.paragraphs if part in paragraph.text)
    return paragraph


def runs(paragraph: Paragraph) -> list[tuple[str, str]]:
    return [(str(run.style.name), run.text) for run in paragraph.runs if run.style]


def xml(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def twips(paragraph: Paragraph, *path: str) -> list[dict[str, str]]:
    """The attributes of elements among a paragraph's own properties."""
    return [
        {str(key).rpartition("}")[2]: str(value) for key, value in element.items()}
        for element in paragraph._p.get_or_add_pPr().iterfind("/".join(map(qn, path)))
    ]


# -- items ------------------------------------------------------------------------------

ITEMS = """开头。

1. 认真部署。各区要重视。

   条目的第二段。

   1. 分解任务。
   1. 报告进度。

不属于条目。
1. **元旦：**1月1日放假。
   1. **值班。**要有人值班。
"""


def test_items_are_paragraphs_of_their_own_style_with_their_numbers_as_text() -> None:
    data = made(edition_of(ITEMS))
    assert styles(words(data))[1:] == [
        ("Body Text", "开头。"),
        ("公文条目", "一、认真部署。各区要重视。"),
        ("公文条目段落", "条目的第二段。"),
        ("公文条目", "（一）分解任务。"),
        ("公文条目", "（二）报告进度。"),
        ("Body Text", "不属于条目。"),
        ("公文条目", "二、元旦：1月1日放假。"),
        ("公文条目", "（一）值班。要有人值班。"),
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"w:numPr" not in b"".join(map(package.read, package.namelist()))


def test_an_item_has_no_level_in_the_outline() -> None:
    document = set_in_word(edition_of(ITEMS))
    for name in ("公文条目", "公文条目段落"):
        assert document.styles[name].element.find(f".//{qn('w:outlineLvl')}") is None
    assert not list(document.element.body.iter(qn("w:outlineLvl")))


def test_what_leads_an_item_stands_with_its_number_in_the_face_of_its_level() -> None:
    document = set_in_word(edition_of(ITEMS))
    assert runs(holding(document, "元旦"))[:2] == [("一级标题字", "二、"), ("一级标题字", "元旦：")]
    assert runs(holding(document, "值班"))[:3] == [
        ("二级标题字", "（一）"),
        ("二级标题字", "值班。"),
        ("Default Paragraph Font", "要有人值班。"),
    ]
    assert runs(holding(document, "部署"))[0] == ("Default Paragraph Font", "一、")


# -- headings ---------------------------------------------------------------------------


def test_a_heading_that_stands_alone_is_a_paragraph_though_it_ends_a_sentence() -> None:
    document = set_in_word(edition_of("# 要加强领导。 {.独行}\n\n领导重要。\n"))
    assert styles(document)[1:] == [
        ("Heading 1", "一、要加强领导。"),
        ("Body Text", "领导重要。"),
    ]


def test_decimal_levels_are_headings_at_their_levels_of_the_outline() -> None:
    levels = (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.DECIMAL_3, LevelForm.DECIMAL_4)
    edition = edition_of("# 总则\n\n## 目的\n\n### 甲\n\n#### 乙\n\n文。\n", levels=levels)
    document = set_in_word(edition)
    assert styles(document)[1:] == [
        ("Heading 1", "1　总则"),
        ("Heading 2", "1.1　目的"),
        ("Heading 3", "1.1.1　甲"),
        ("Heading 4", "1.1.1.1　乙"),
        ("Body Text", "文。"),
    ]
    for depth in range(4):
        level = document.styles[f"Heading {depth + 1}"].element.find(f".//{qn('w:outlineLvl')}")
        assert level.get(qn("w:val")) == str(depth)


def test_levels_below_decimals_keep_their_depth_in_the_outline() -> None:
    levels = (LevelForm.DECIMAL, LevelForm.POINT)
    document = set_in_word(edition_of("# 总则\n\n## 甲\n\n文。\n", levels=levels))
    heading = holding(document, "1）甲")
    assert heading.style is not None
    assert heading.style.name == "Heading 4"
    assert twips(heading, "w:outlineLvl") == [{"val": "1"}]


# -- lists of names ---------------------------------------------------------------------

NAMES = """组长
: 王明　临江市副市长
副组长
: 李晓华　市政府副秘书长，市政府办公室主任，市重大项目建设指挥部办公室主任，市人民政府研究室主任
: 陈静
"""


def test_an_entry_of_a_list_of_names_is_a_paragraph_with_tabs_to_names_and_offices() -> None:
    document = set_in_word(edition_of(NAMES))
    entries = [words for style, words in styles(document) if style == "公文名单"]
    assert entries[0] == "组　长：王　明\t临江市副市长"
    assert entries[1].startswith("副组长：李晓华\t市政府副秘书长")
    assert entries[2] == "陈　静"
    assert runs(holding(document, "组　长"))[0] == ("黑体字", "组　长：")


def test_turn_lines_hang_below_the_office_and_names_without_one_below_the_names() -> None:
    document = set_in_word(edition_of(NAMES))
    em = Size.NO_3.length + GBT33476.tracking
    names, offices = (em * 6).twips, (em * 10).twips
    with_office, alone = holding(document, "李晓华"), holding(document, "陈")
    assert twips(with_office, "w:ind") == [{"left": str(offices), "hanging": str((em * 8).twips)}]
    assert twips(alone, "w:ind") == [{"left": str(names), "hanging": "0"}]
    places = [tab["pos"] for tab in twips(with_office, "w:tabs", "w:tab")]
    assert places == [str(names), str(offices)]


def test_a_label_that_is_no_multiple_of_its_column_has_a_tab_behind_it() -> None:
    document = set_in_word(edition_of("召集人\n: 王明　甲\n成员\n: 李华　乙\n列席单位\n: 某某局\n"))
    entries = [words for style, words in styles(document) if style == "公文名单"]
    assert entries == ["召集人：\t王　明\t甲", "成　　员：李　华\t乙", "列席单位：某某局"]


# -- raised, lowered, notes ---------------------------------------------------------------

NOTED = """面积5 km^2^，CO~2~排放[^1]，另注[^2]。

[^1]: 见[网页](https://a.example.org/)，5 m^3^。
[^2]: 乙。
"""


def test_what_is_raised_or_lowered_has_a_style_for_it_in_the_face_of_latin_text() -> None:
    document = set_in_word(edition_of("面积5 km^2^，CO~2~排放。"))
    assert ("上标字", "2") in runs(holding(document, "面积"))
    assert ("下标字", "2") in runs(holding(document, "面积"))
    for name, place in (("上标字", "superscript"), ("下标字", "subscript")):
        properties = document.styles[name].element.rPr
        assert properties.find(qn("w:vertAlign")).get(qn("w:val")) == place
        assert properties.find(qn("w:rFonts")).get(qn("w:ascii")) == standard.LATIN.word_family


def test_notes_are_footnotes_of_word() -> None:
    data = made(edition_of(NOTED))
    notes = xml(data, "word/footnotes.xml")
    kinds = [note.get(qn("w:type")) for note in notes]
    assert kinds == ["separator", "continuationSeparator", None, None]
    marks = [
        mark.get(qn("w:id"))
        for mark in xml(data, "word/document.xml").iter(qn("w:footnoteReference"))
    ]
    assert marks == [note.get(qn("w:id")) for note in notes[2:]] == ["1", "2"]
    texts = ["".join(text.text or "" for text in note.iter(qn("w:t"))) for note in notes[2:]]
    assert texts == [" 见网页，5 m3。", " 乙。"]
    declared = xml(data, "word/settings.xml").find(qn("w:footnotePr"))
    assert [note.get(qn("w:id")) for note in declared] == ["-1", "0"]


def test_the_styles_of_notes_are_those_that_word_gives_a_note_put_in_by_hand() -> None:
    data = made(edition_of(NOTED))
    names = {style.style_id: style.name for style in words(data).styles}
    note = xml(data, "word/footnotes.xml")[2]
    assert names[note[0].find(f".//{qn('w:pStyle')}").get(qn("w:val"))] == "footnote text"
    mark = note.find(f".//{qn('w:footnoteRef')}").getparent()
    assert names[mark.find(f".//{qn('w:rStyle')}").get(qn("w:val"))] == "footnote reference"


def test_a_link_in_a_note_leads_where_its_author_says() -> None:
    relations = xml(made(edition_of(NOTED)), "word/_rels/footnotes.xml.rels")
    assert [relation.get("Target") for relation in relations] == ["https://a.example.org/"]


def test_a_document_without_notes_has_no_part_for_them() -> None:
    with zipfile.ZipFile(io.BytesIO(made(edition_of("文。")))) as package:
        assert "word/footnotes.xml" not in package.namelist()


def test_notes_stand_beside_those_that_a_template_has_from_word() -> None:
    document = set_in_word(edition_of(NOTED))  # read again: its notes are bytes to python-docx
    maker = Maker(document)
    maker.note(())
    root = footnotes.part_of(document).element
    assert [note.get(qn("w:id")) for note in root] == ["-1", "0", "1", "2", "3"]
    kinds = [relation.reltype for relation in document.part.rels.values()]
    assert kinds.count(RELATIONSHIP_TYPE.FOOTNOTES) == 1


# -- documents inside the document ----------------------------------------------------------

OWN = OwnElements(
    recipients="市政府",
    signatories=("临江市教育局",),
    date=datetime.date(2030, 1, 3),
    remark="联系人：王明",
)


def test_a_document_inside_the_document_has_its_own_elements_in_their_styles() -> None:
    inner = prose("请示", "文。", own=OWN, subtitle="1月1日会议通过", attachments=(prose("说明"),))
    document = set_in_word(edition_of("现印发。", issued=(inner,)))
    told = styles(document)
    assert told[told.index(("印发件标题", "请示")) :] == [
        ("印发件标题", "请示"),
        ("Subtitle", "（1月1日会议通过）"),
        ("文内主送机关", "市政府："),
        ("Body Text", "文。"),
        ("附件说明首行", "附件：说明"),
        ("署名", "临江市教育局"),
        ("成文日期", "2030年1月3日"),
        ("附注", "（联系人：王明）"),
        ("附件标识", "附件"),
        ("附件标题", "说明"),
        ("Body Text", "文。"),
    ]


def test_the_blank_line_below_a_title_stands_below_its_remark() -> None:
    document = set_in_word(edition_of("现印发。", issued=(prose("请示", subtitle="通过"),)))
    title, remark = holding(document, "请示"), holding(document, "通过")
    assert twips(title, "w:spacing") == [{"after": "0"}]
    assert twips(remark, "w:spacing") == [{"after": str(GBT33476.line.twips)}]


def test_the_documents_own_remark_stands_below_its_title() -> None:
    edition = edition_of("文。", recipients="各区")
    body = replace(edition.body, subtitle="1月1日会议通过")
    document = set_in_word(replace(edition, body=body))
    told = [name for name, _ in styles(document)]
    assert told == ["Title", "Subtitle", "主送机关", "Body Text"]


def test_a_subtitle_has_the_lines_of_the_composition() -> None:
    words = "2030年1月1日县第十八届人民代表大会第五次会议通过　2030年6月1日修订"
    edition = edition_of("文。", recipients="各区", issued=(prose("预案", subtitle=words),))
    edition = replace(edition, body=replace(edition.body, subtitle=words))
    (issued,) = compose(edition).following
    assert isinstance(issued, ComposedIssued)
    (composed,) = (each for each in issued.inner if isinstance(each, ComposedSubtitle))
    lines = "\n".join(line.text for line in composed.lines)
    assert "\n" in lines
    made = [
        paragraph.text
        for paragraph in set_in_word(edition).paragraphs
        if paragraph.style and paragraph.style.name == "Subtitle"
    ]
    assert made == [lines, lines]


def test_a_cover_is_a_page_before_its_text() -> None:
    document = set_in_word(edition_of("现印发。", issued=(prose("预案", has_cover=True, own=OWN),)))
    told = styles(document)
    assert told[2:6] == [
        ("封面标题", "预案"),
        ("封面署名", "临江市教育局"),
        ("封面日期", "2030年1月3日"),
        ("印发件标题", "预案"),
    ]
    begin = document.styles["封面标题"].element.find(f".//{qn('w:pageBreakBefore')}")
    assert begin is not None


@pytest.mark.parametrize("form", [Form.GENERAL, Form.LETTER])
def test_a_cover_is_counted_and_shows_no_number(form: Form) -> None:
    edition = edition_of("现印发。", issued=(prose("预案", has_cover=True, own=OWN),))
    document = replace(edition.document, form=form)
    before, cover, after = set_in_word(replace(edition, document=document)).sections
    for section, is_numbered in ((before, True), (cover, False), (after, True)):
        feet = section.footer, section.even_page_footer
        assert [" PAGE " in foot._element.xpath("string(.)") for foot in feet] == [is_numbered] * 2
        assert section._sectPr.find(qn("w:pgNumType")) is None
    assert not cover.different_first_page_header_footer


def test_a_second_group_of_copies_begins_a_line_below_the_first_organ() -> None:
    document = set_in_word(edition_of("文。", copies=("市政府办公室，市财政局", "各区人民政府")))
    (paragraph,) = (
        paragraph
        for paragraph in document.element.body.iter(qn("w:p"))
        if "".join(paragraph.itertext()).startswith("抄送")
    )
    kinds = [child.tag for run in paragraph.iter(qn("w:r")) for child in run]
    assert kinds == [qn("w:t"), qn("w:br"), qn("w:t")]
    assert [text.text for text in paragraph.iter(qn("w:t"))] == [
        "抄送：市政府办公室，市财政局。",
        "各区人民政府。",
    ]


# -- 目录 -------------------------------------------------------------------------------

PLAN = """# 总则

## 目的和依据

文。

## “接排”的。

接排的文字。

# 附则

文。
"""


def plan(**given: Any) -> Edition:
    inner = prose("预案", PLAN, contents=2, **given)
    return edition_of("# 甲\n\n现印发。", issued=(inner,))


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice sets nothing."""
    monkeypatch.setattr(renderer, "pages_of_places", lambda data: {})


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice sets the second heading and those below it on page 12."""
    monkeypatch.setattr(
        renderer,
        "pages_of_places",
        lambda data: {"_Toc2": 3, "_Toc3": 12, "_Toc4": 12, "_Toc5": 12},
    )


def instructions(document: WordDocument) -> list[str]:
    found = document.element.body.iter(qn("w:instrText"))
    return [str(instruction.text).strip() for instruction in found]


@pytest.mark.usefixtures("pages")
def test_a_contents_is_a_field_filled_with_the_pages_that_libreoffice_sets() -> None:
    document = set_in_word(plan())
    assert [told for told in styles(document) if told[0].lower().startswith("toc")] == [
        ("TOC Heading", "目　录"),
        ("toc 1", "一、总则\t3"),
        ("toc 2", "（一）目的和依据\t12"),
        ("toc 2", "（二）“接排”的。\t12"),
        ("toc 1", "二、附则\t12"),
    ]
    (toc,) = (each for each in instructions(document) if each.startswith("TOC"))
    assert toc == r'TOC \o "1-2" \h \z \u \f \l "1-2" \b _Text1'
    kinds = [mark.get(qn("w:fldCharType")) for mark in document.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == 1 + 4 + 1
    assert not document.settings.element.findall(qn("w:updateFields"))
    assert not document.element.body.xpath("//w:fldChar[@w:dirty]")


@pytest.mark.usefixtures("pages")
def test_each_entry_leads_to_its_heading_by_a_link_and_a_reference() -> None:
    document = set_in_word(plan())
    body = document.element.body
    for link in body.iter(qn("w:hyperlink")):
        place = link.get(qn("w:anchor"))
        (start,) = body.xpath(f"//w:bookmarkStart[@w:name='{place}']")
        heading = "".join(text.text for text in start.getparent().iter(qn("w:t")))
        entry = "".join(text.text for text in link.iter(qn("w:t")))
        assert heading.startswith(re.sub("[0-9]+$", "", entry))
        assert rf"PAGEREF {place} \h" in instructions(document)


@pytest.mark.usefixtures("pages")
def test_a_contents_covers_the_words_of_its_own_text_alone() -> None:
    body = set_in_word(plan()).element.body
    (start,) = body.xpath("//w:bookmarkStart[@w:name='_Text1']")
    (end,) = body.xpath(f"//w:bookmarkEnd[@w:id='{start.get(qn('w:id'))}']")
    paragraphs = body.findall(qn("w:p"))
    first, last = paragraphs.index(start.getparent()), paragraphs.index(end.getparent())
    covered = ["".join(paragraph.itertext(qn("w:t"))) for paragraph in paragraphs[first : last + 1]]
    assert covered == [
        "一、总则",
        "（一）目的和依据",
        "文。",
        "（二）“接排”的。接排的文字。",
        "二、附则",
        "文。",
    ]
    marks = list(body.iter(qn("w:bookmarkStart")))
    assert len([mark for mark in marks if mark.get(qn("w:name")).startswith("_T")]) == 5
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(marks)


@pytest.mark.usefixtures("pages")
def test_word_is_told_the_words_of_a_heading_that_text_continues() -> None:
    assert r'TC "（二）“接排”的。" \l 2' in instructions(set_in_word(plan()))


@pytest.mark.usefixtures("pages")
def test_the_words_below_a_contents_begin_a_page() -> None:
    document = set_in_word(plan(own=OWN))
    begins = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph._p.get_or_add_pPr().find(qn("w:pageBreakBefore")) is not None
    ]
    assert begins == ["市政府："]


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_the_pages_are_those_of_the_pdf_and_word_counts_them_anew() -> None:
    edition = plan()
    (contents,) = contents_of(compose(edition))
    document = set_in_word(edition)
    shown = [
        text.rpartition("\t")[2] for name, text in styles(document) if re.match("toc [12]", name)
    ]
    assert shown == [str(entry.page) for entry in contents.entries]
    (dirty,) = document.element.body.xpath("//w:fldChar[@w:dirty]")
    assert dirty.get(qn("w:fldCharType")) == "begin"


def test_a_file_that_is_too_long_is_not_given_to_libreoffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office, "MOST_PARAGRAPHS", 0)
    monkeypatch.setattr(office, "as_pdf", lambda data, **options: pytest.fail("was given to it"))
    assert pages_of_places(renderer._written(compose(plan()))) == {}


@pytest.mark.usefixtures("no_office")
def test_on_turned_pages_the_numbers_stand_at_their_right_edge() -> None:
    turned = prose("预案", PLAN, contents=2, orientation=Orientation.LANDSCAPE)
    document = set_in_word(edition_of("文。", attachments=(turned,)))
    tabs = twips(holding(document, "总则\t"), "w:tabs", "w:tab")
    across = standard.text_width(GBT33476, landscape=True)
    assert tabs[-1] == {"val": "right", "leader": "dot", "pos": str(across.twips)}


def test_texts_without_a_contents_have_bookmarks_of_blocks_alone() -> None:
    body = set_in_word(edition_of("# 甲\n\n文。")).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert names
    assert all(name.startswith(MARK) for name in names)


# -- what programs find in it -------------------------------------------------------------

LONG = "\n\n".join(["全市河湖岸线逐段排查，险工险段登记造册。"] * 40)


@pytest.fixture(scope="module")
def everything() -> bytes:
    text = PLAN.replace("# 附则", f"{LONG}\n\n# 附则").replace(
        "\n文。", f"\n{ITEMS}\n{NAMES}\n{NOTED}", 1
    )
    inner = prose(
        "预案",
        text,
        contents=2,
        has_cover=True,
        own=OWN,
        subtitle="1月1日会议通过",
        attachments=(prose("说明", PLAN, contents=1), prose("名单", NAMES)),
    )
    return made(
        edition_of(
            f"{ITEMS}\n{NAMES}\n文[^1]。\n\n[^1]: 注。\n", issued=(inner,), copies=("甲", "乙")
        )
    )


@pytest.mark.slow
def test_programs_that_know_the_format_find_nothing_wrong(
    everything: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(everything)
    assert said_by_openxml_audit(path) == ""
    check = pytest.importorskip("docx_integrity").check
    assert check(str(path)) == []


@pytest.fixture(scope="module")
def printed(everything: bytes) -> tuple[Page, ...]:
    pdf = office.as_pdf(everything)
    assert pdf is not None
    return pages_of(pdf)


def contents_entries(everything: bytes) -> Iterator[tuple[str, int]]:
    """The words and page of each entry of each 目录."""
    for paragraph in words(everything).paragraphs:
        if paragraph.style and re.fullmatch("toc [12]", str(paragraph.style.name)):
            heading, _, page = paragraph.text.rpartition("\t")
            yield heading, int(page)


@pytest.mark.slow
def test_headings_stand_on_the_pages_that_a_contents_names(
    everything: bytes, printed: tuple[Page, ...]
) -> None:
    named = list(contents_entries(everything))
    assert len({page for _, page in named}) > 2
    for heading, number in named:
        lines = [line.text for line in printed[number - 1].lines]
        assert any(line.startswith(re.sub(r"\s", "", heading)) for line in lines)


@pytest.mark.slow
def test_the_signature_of_a_document_inside_the_document_stands_on_no_page_alone(
    printed: tuple[Page, ...],
) -> None:
    texts = [[line.text for line in page.lines] for page in printed]
    signed = [lines for lines in texts if "临江市教育局" in lines and "（联系人：王明）" in lines]
    assert [lines[:2] for lines in signed] == [["附件：1.说明", "2.名单"]]  # not torn either


@pytest.mark.slow
def test_names_and_offices_stand_below_one_another(printed: tuple[Page, ...]) -> None:
    lines = [*printed[0].lines, *printed[1].lines]
    names = [
        next(line for line in lines if word in line.text) for word in ("王明", "李晓华", "陈静")
    ]
    lefts = [line.part(word[0]).left for line, word in zip(names, "王李陈", strict=True)]
    assert lefts == [pytest.approx(28 + 6 * EM, abs=0.6)] * 3
    first = next(line for line in lines if "临江市副市长" in line.text)
    assert first.part("临江市副市长").left == pytest.approx(28 + 10 * EM, abs=0.6)
    turned = lines[lines.index(names[1]) + 1]
    assert turned.left == pytest.approx(28 + 10 * EM, abs=0.6)


@pytest.mark.slow
def test_a_note_stands_at_the_foot_of_the_page_of_its_mark(printed: tuple[Page, ...]) -> None:
    texts = [[line.text for line in page.lines] for page in printed]
    (page,) = (lines for lines in texts if "注。" in lines)
    assert page.index("注。") > page.index("文。")


@pytest.mark.slow
def test_the_numbers_of_a_contents_are_set_in_the_face_of_latin_text(
    printed: tuple[Page, ...],
) -> None:
    (line,) = (line for line in printed[3].lines if line.text.startswith("一、总则"))
    served = {character.font for character in line.characters}
    assert line.characters[-1].font != line.characters[0].font
    assert len(served) == 2
