"""The Word files: what Word, WPS and LibreOffice find in them."""

from __future__ import annotations

import datetime
import importlib.util
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree
from pytest_regressions.file_regression import FileRegressionFixture

from conftest import DOCUMENTS, ROOT, edition_of, read_content
from publisher import fonts, standard, templates
from publisher.model import Cell, Column, ColumnRole, Edition, LevelForm, Organ, Row, Table
from publisher.renderers import docx as renderer
from publisher.resolve import resolve


def opened(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


@pytest.fixture(scope="module")
def real(real_edition: Edition) -> bytes:
    return renderer.render_document(real_edition)


@pytest.fixture(scope="module")
def complete_edition() -> Edition:
    return resolve(read_content(DOCUMENTS, "complete").document)


@pytest.fixture(scope="module")
def complete(complete_edition: Edition) -> bytes:
    return renderer.render_document(complete_edition)


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
    paragraphs = opened(renderer.render_document(edition)).paragraphs
    (heading,) = (p for p in paragraphs if p.text == "1.甲")
    assert heading.style is not None
    assert heading.style.name == "Heading 3"
    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_of_a_run_in_heading_only_the_heading_is_in_its_face() -> None:
    edition = edition_of("# 甲\n\n## 加强领导。\n\n领导重要。\n")
    document = opened(renderer.render_document(edition))
    (paragraph,) = (p for p in document.paragraphs if "领导重要" in p.text)
    runs = [(run.text, run.style.name) for run in paragraph.runs if run.style]
    assert runs == [
        ("（一）", "二级标题字"),
        ("加强领导。", "二级标题字"),
        ("领导重要。", "Default Paragraph Font"),
    ]


def test_letters_and_digits_have_a_style_of_their_own_and_quotes_stay_chinese() -> None:
    document = opened(renderer.render_document(edition_of("“十四五”新建2个APP——完成。")))
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
    assert in_paragraphs == {
        qn(name) for name in ("w:pStyle", "w:keepNext", "w:spacing", "w:ind", "w:sectPr")
    }


# -- the table --------------------------------------------------------------------------


def test_the_table_repeats_its_head_splits_no_row_and_merges_groups(real: bytes) -> None:
    (table,) = opened(real).tables
    rows = table._tbl.findall(qn("w:tr"))
    assert len(rows) == 92
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
        True,
        *[False] * 91,
    ]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    merges = [merge.get(qn("w:val")) for merge in table._tbl.iter(qn("w:vMerge"))]
    assert merges.count("restart") == 9
    assert len(merges) == 91


def test_the_widths_that_word_and_wps_read_agree(complete: bytes) -> None:
    for table in part(complete, "word/document.xml").iter(qn("w:tbl")):
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        total = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
        assert sum(grid) == int(total.get(qn("w:w")))
        for row in table.iter(qn("w:tr")):
            widths = [int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))]
            assert sum(widths) == sum(grid)
            assert len(widths) in (len(grid), 1)


def test_names_of_two_characters_are_as_wide_as_those_of_three(real: bytes) -> None:
    (table,) = opened(real).tables
    assert {row.cells[4].text for row in table.rows[1:8]} >= {"汪　进\n李永清", "尹　丹"}


def test_the_attachment_alone_is_its_title_and_its_table(real_edition: Edition) -> None:
    document = opened(renderer.render(real_edition)["attachment-1.docx"])
    words = [p.text for p in document.paragraphs if p.text]
    assert words == ["附件", "2025年全市民政工作要点任务分解表"]
    assert len(document.tables[0].rows) == 92
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


def test_after_a_landscape_table_the_imprint_has_a_portrait_page() -> None:
    columns = (Column("序号", ColumnRole.SERIAL),)
    table = Table("表", columns, (Row((Cell(("1",)),)),))
    edition = edition_of("文。", attachments=(table,), copies="各区")
    sections = opened(renderer.render_document(edition)).sections
    assert [section.orientation for section in sections] == [0, 1, 0]
    without = opened(renderer.render_document(edition_of("文。", attachments=(table,)))).sections
    assert [section.orientation for section in without] == [0, 1]


def test_the_last_line_of_the_text_goes_with_the_signature() -> None:
    edition = edition_of("一。\n\n二。", issuers=(Organ("青岚市水务局"),))
    document = opened(renderer.render_document(edition))
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
    assert language.get(qn("w:val")) == language.get(qn("w:eastAsia")) == "zh-CN"


def test_what_the_front_matter_does_not_give_is_not_printed(real: bytes) -> None:
    document = opened(real)
    assert styled(document, "发文字号") == [""]
    assert not any("签发人" in p.text or "印发日期" in p.text for p in document.paragraphs)
    assert part(real, "word/document.xml").find(f".//{qn('w:drawing')}") is None


def test_the_same_edition_gives_the_same_bytes(complete_edition: Edition, complete: bytes) -> None:
    assert renderer.render_document(complete_edition) == complete


def test_a_long_mark_is_set_smaller_and_one_of_several_organs_in_a_table() -> None:
    organs = tuple(
        Organ(name) for name in ("青岚市水务局", "青岚市规划局", "青岚市自然资源和规划局")
    )
    joint = opened(renderer.render_document(edition_of("文。", issuers=organs)))
    assert [row.cells[0].text for row in joint.tables[0].rows] == [one.name for one in organs]
    assert joint.tables[0].rows[0].cells[1].text == "文件"
    alone = opened(renderer.render_document(edition_of("文。", issuers=organs[2:])))
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
        copies="各区",
    )
    body = part(renderer.render_document(edition), "word/document.xml")
    etree.indent(body)
    etree.cleanup_namespaces(body)
    file_regression.check(etree.tostring(body, encoding="unicode") + "\n", extension=".xml")


@pytest.mark.parametrize("name", ["document", "template"])
def test_openxml_audit_finds_nothing(complete: bytes, tmp_path: Path, name: str) -> None:
    if name == "document":
        path = tmp_path / "document.docx"
        path.write_bytes(complete)
    else:
        path = templates.folder("docx") / renderer.TEMPLATE
    done = subprocess.run(
        [sys.executable, "-m", "openxml_audit", str(path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_template_is_the_one_that_the_standard_gives() -> None:
    spec = importlib.util.spec_from_file_location("make_template", ROOT / "tools/make_template.py")
    assert spec is not None
    assert spec.loader is not None
    maker: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    built, kept = maker.build(), maker.TARGET.read_bytes()
    assert _parts(built) == _parts(kept), "run tools/make_template.py"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.slow
def test_libreoffice_opens_it_and_sets_22_lines_on_full_pages(real: bytes, tmp_path: Path) -> None:
    import pdfplumber

    (tmp_path / "document.docx").write_bytes(real)
    folder = fonts.folder()
    fonts.use(fonts.served_faces(folder), folder)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "document.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    with pdfplumber.open(tmp_path / "document.pdf") as document:
        assert "鄂州市民政局文件" in (document.pages[0].extract_text() or "")
        lines = [
            len({round(c["matrix"][5]) for c in page.chars}) - 1  # less the page number's
            for page in document.pages
            if page.height > page.width
        ]
    assert lines[2:-1] == [22] * len(lines[2:-1])
