"""DOCX files measured: as LibreOffice sets them, and by their settings where there is none."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt, RGBColor

from conftest import edition_of
from conversions import converted
from publisher import office as office_of
from publisher.inspect import Inspection, Verdict, inspect_docx, office_version
from publisher.inspect.report import sentence
from publisher.model import Form, Organ
from publisher.outside import sealed
from publisher.renderers import docx as renderer
from publisher.rules import RULES
from publisher.wordfile import parts_of

pytestmark = pytest.mark.thorough

Change = Callable[[Any], None]

TEXT = "\n\n".join(
    f"第{number}项工作要按照年度计划抓紧推进，明确责任，逐月通报，年底前全部完成，并将结果报送局办公室。"
    for number in "一二三四五六七八九十" * 3
)


@cache
def made() -> bytes:
    """A notice of three pages, by our own renderer."""
    organ = Organ("青岚市水务局")
    edition = edition_of(
        TEXT,
        title="关于抓好年度工作的通知",
        issuers=(organ,),
        number="青水发〔2030〕7号",
        recipients="各区水务局",
        date=datetime.date(2030, 3, 1),
    )
    return renderer.render(edition)["document.docx"]


def changed(change: Change) -> bytes:
    document = docx.Document(io.BytesIO(made()))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def deviating(inspection: Inspection) -> set[str]:
    return {one.rule.name for one in inspection.measurements if one.verdict is Verdict.DEVIATES}


def wider_margin(document: Any) -> None:
    for section in document.sections:
        section.left_margin += Mm(3)


def lower_text(document: Any) -> None:
    for section in document.sections:
        section.top_margin += Mm(3)


def letter_paper(document: Any) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Mm(216), Mm(279)


def larger_lines(document: Any) -> None:
    document.styles["Body Text"].paragraph_format.line_spacing = Pt(30)


def bold_text(document: Any) -> None:
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Body Text":
            for run in paragraph.runs:
                run.bold = True


def blue_mark(document: Any) -> None:
    document.styles["发文机关标志"].font.color.rgb = RGBColor(0, 0, 0xFF)


# -- settings alone ---------------------------------------------------------------------


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_of, "office", lambda: None)


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_settings_are_measured_and_the_rest_is_said_not_to_be() -> None:
    inspection = inspect_docx("document.docx", made())
    found = {one.rule.name: one.verdict for one in inspection.measurements}
    assert list(found) == [rule.name for rule in RULES]
    for name in ("paper_width", "head_margin", "binding_margin", "type_area_width", "text_face"):
        assert found[name] is Verdict.HOLDS, name
    assert found["mark_top"] is Verdict.NOT_MEASURABLE
    assert "没有安装 LibreOffice" in inspection.how
    assert sentence(inspection).startswith("能测量的必须遵守的条款全部符合")


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (wider_margin, "binding_margin"),
        (lower_text, "head_margin"),
        (letter_paper, "paper_width"),
        (bold_text, "no_bold"),
        (larger_lines, "line_pitch"),
        (blue_mark, "mark_red"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_wrong_setting_is_named_without_libreoffice(change: Change, rule: str) -> None:
    assert rule in deviating(inspect_docx("document.docx", changed(change)))


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_nothing_is_said_of_a_margin_that_a_header_may_move() -> None:
    edition = edition_of(
        TEXT,
        title="关于年度工作的函",
        form=Form.LETTER,
        issuers=(Organ("青岚市水务局"),),
        number="青水函〔2030〕7号",
        recipients="各区水务局",
        date=datetime.date(2030, 3, 1),
    )
    assert deviating(inspect_docx("x.docx", renderer.render(edition)["document.docx"])) == set()


def test_without_libreoffice_its_version_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_of, "office", lambda: None)
    assert office_version() == ""


# -- files that are not to be trusted ---------------------------------------------------


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_archive:
        for name, data in parts.items():
            made_archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是完好的 Word 文件"),
        (b"PK\x03\x04", "不是完好的 Word 文件"),
        (archive(other=b"x"), "不是完好的 Word 文件"),
        (archive(**{"word__document.xml": b"<!DOCTYPE a []><a/>"}), "DOCTYPE"),
    ],
    ids=["empty", "cut off", "another zip", "a document type"],
)
def test_what_is_no_word_file_says_so(data: bytes, said: str) -> None:
    inspection = inspect_docx("x.docx", data)
    assert said in inspection.problem
    assert inspection.measurements == ()


@pytest.mark.usefixtures("no_office")
def test_damaged_xml_is_told_and_raises_nothing() -> None:
    data = archive(**{"word__document.xml": b"<a"})
    assert "不是完好的 Word 文件" in inspect_docx("x.docx", data).problem


def test_a_file_that_would_fetch_another_is_not_given_to_libreoffice() -> None:
    parts = parts_of(made())
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" TargetMode="External" Target="file:///x.dotx" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate"/></Relationships>'
    )
    parts["word/_rels/settings.xml.rels"] = relation
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_archive:
        for name, data in parts.items():
            made_archive.writestr(name, data)
    assert "引用了外部的文件" in inspect_docx("x.docx", out.getvalue()).how


def test_one_unpacked_to_gigabytes_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made_archive:
        made_archive.writestr("word/document.xml", b" " * (201 * 2**20))
    assert "太大" in inspect_docx("x.docx", out.getvalue()).problem


# -- as LibreOffice sets them -----------------------------------------------------------

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


@pytest.mark.slow
@needs_office
def test_our_word_file_keeps_the_rules_of_the_page_as_libreoffice_sets_it() -> None:
    inspection = inspect_docx("document.docx", made())
    found = {one.rule.name: one.verdict for one in inspection.measurements}
    assert "由 LibreOffice 排版" in inspection.how
    for name in ("head_margin", "binding_margin", "type_area_width", "lines_per_page", "mark_red"):
        assert found[name] is Verdict.HOLDS, name


SEEN_ON_PAGES = [
    (wider_margin, "binding_margin"),
    (lower_text, "head_margin"),
    (bold_text, "no_bold"),
    (larger_lines, "lines_per_page"),
    (blue_mark, "mark_red"),
]


@pytest.fixture(scope="module")
def of_office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice makes of what it is given of each, by its rule."""
    given = {rule: sealed(parts_of(changed(change))) for change, rule in SEEN_ON_PAGES}
    return converted(given, tmp_path_factory.mktemp("word"))


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize(
    ("change", "rule"), SEEN_ON_PAGES, ids=lambda one: getattr(one, "__name__", one)
)
def test_a_wrong_style_is_named_on_the_page_that_libreoffice_sets(
    change: Change, rule: str, of_office: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_of, "as_pdf", lambda data: of_office[rule])
    assert rule in deviating(inspect_docx("document.docx", changed(change)))
