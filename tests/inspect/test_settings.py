"""What the XML of a DOCX alone says: only what is sure; it never says what LibreOffice denies."""

from __future__ import annotations

from functools import cache

import pytest
from test_word_files import archive

from conftest import ROOT, read_content, resolved
from publisher.files import Unreadable
from publisher.inspect import Verdict, inspect_docx, office
from publisher.inspect.measure import measure_settings
from publisher.inspect.readings import Number, Reading, Words
from publisher.inspect.settings import from_settings
from publisher.renderers import docx as renderer
from publisher.rules import RULES
from publisher.wordfile import DOCUMENT, STYLES, W

ROOTS = f'xmlns:w="{W[1:-1]}"'
LONG = "各单位要按照年度计划抓紧推进。" * 50


def told(body: str, styles: str = "") -> dict[str, list[Reading]]:
    parts = {DOCUMENT: f"<w:document {ROOTS}><w:body>{body}</w:body></w:document>".encode()}
    if styles:
        parts[STYLES] = f"<w:styles {ROOTS}>{styles}</w:styles>".encode()
    return from_settings(parts)


def run(words: str = LONG, size: str = "32", more: str = "") -> str:
    return f'<w:r><w:rPr><w:sz w:val="{size}"/>{more}</w:rPr><w:t>{words}</w:t></w:r>'


def paragraph(*runs: str, line: str = "589", rule: str = "exact") -> str:
    spacing = f'<w:spacing w:line="{line}" w:lineRule="{rule}"/>'
    return f"<w:p><w:pPr>{spacing}</w:pPr>{''.join(runs) or run()}</w:p>"


def cell(content: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>"


def section(top: str = "1961", left: str = "1587", width: str = "11906") -> str:
    return (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:left="{left}" w:right="1474" w:bottom="1984"/></w:sectPr>'
    )


def value(readings: dict[str, list[Reading]], name: str) -> float:
    (reading,) = readings[name]
    assert isinstance(reading, Number)
    (rule,) = (rule for rule in RULES if rule.name == name)
    return rule.unit.count(reading.value)


# -- the documents ----------------------------------------------------------------------


@cache
def made(content: str, slug: str) -> bytes:
    document = read_content(ROOT / content, slug).document
    return renderer.render(resolved(document))["document.docx"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "slug"),
    [
        ("content", "2025-work-points"),
        ("tests/documents", "complete"),
        ("tests/documents", "joint-notice-five-organs"),
        ("tests/documents", "letter"),
        ("tests/documents", "letter-with-classification"),
        ("tests/documents", "table-without-groups"),
        ("tests/documents", "table-long"),
        ("tests/documents", "three-attachments"),
    ],
)
def test_of_a_right_document_nothing_is_said_to_be_broken(
    content: str, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    inspection = inspect_docx("document.docx", made(content, slug))
    found = {one.rule.name for one in inspection.measurements if one.verdict is Verdict.DEVIATES}
    assert found == set()


# -- what is measured -------------------------------------------------------------------


def test_the_text_is_measured_and_not_the_cells_of_tables_or_boxes() -> None:
    small = paragraph(run("格" * 5000, "24"), line="360")
    box = f"<w:p><w:r><w:pict><w:txbxContent>{small}</w:txbxContent></w:pict></w:r></w:p>"
    found = told(paragraph() + cell(small) * 20 + box + section())
    assert value(found, "text_size") == 16
    assert value(found, "line_pitch") == 29.45
    assert value(found, "head_margin") == pytest.approx(37, abs=0.1)


def test_what_a_run_says_itself_counts_more_than_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:sz w:val="21"/>'
        '<w:rFonts w:eastAsia="宋体"/></w:rPr></w:style>'
    )
    fang = '<w:rFonts w:eastAsia="仿宋_GB2312"/>'
    assert value(told(paragraph(run(more=fang)), styles), "text_size") == 16
    assert told(paragraph(run(more=fang)), styles)["text_face"] == [Words("仿宋_GB2312", True)]
    plain = f"<w:p><w:r><w:t>{LONG}</w:t></w:r></w:p>"
    assert value(told(plain, styles), "text_size") == 10.5
    assert told(plain, styles)["text_face"] == [Words("宋体", False)]


def test_styles_that_are_based_on_one_another_in_a_circle_end() -> None:
    styles = "".join(
        f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>{LONG}</w:t></w:r></w:p>'
    assert "text_size" not in told(body, styles)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (paragraph() + paragraph(run(size="28")), "text_size"),
        (paragraph() + paragraph(line="560"), "line_pitch"),
        (paragraph(line="360", rule="auto"), "line_pitch"),
        (paragraph(line="360", rule="auto") + section(), "head_margin"),
        (paragraph(run("很短。")) + section(), "head_margin"),
        (paragraph() + section() + section(top="1200"), "head_margin"),
        (f"<w:p><w:r><w:t>{LONG}</w:t></w:r></w:p>", "text_size"),
        (paragraph(), "text_face"),
    ],
    ids=[
        "two sizes",
        "two pitches",
        "a pitch that the font makes",
        "a first line of such a pitch",
        "a text that may end on page 1",
        "sections that differ",
        "a size that nobody says",
        "a font that nobody says",
    ],
)
def test_what_the_xml_does_not_tell_for_sure_is_not_measured(body: str, name: str) -> None:
    readings = told(body)
    assert name not in readings
    (verdict,) = {one.verdict for one in measure_settings(readings, "") if one.rule.name == name}
    assert verdict is Verdict.NOT_MEASURABLE


def test_bold_marks_of_paragraphs_and_cells_are_not_bold_text() -> None:
    mark = "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t>字</w:t></w:r></w:p>"
    found = told(mark + cell(paragraph(run("格", more="<w:b/>"))))["no_bold"]
    assert found == [Words("没有加粗的字", True)]
    assert told(paragraph(run("字", more="<w:b/>")))["no_bold"] == [Words("1 处加粗", False)]


# -- units ------------------------------------------------------------------------------


@pytest.mark.parametrize("width", ["11906", "11906.0", "21cm", "210mm", "595.3pt", "8.268in"])
def test_measures_with_their_unit_are_read(width: str) -> None:
    assert value(told(section(width=width)), "paper_width") == pytest.approx(210, abs=0.1)


@pytest.mark.parametrize("size", ["32", "32.0", "16pt"])
def test_sizes_with_their_unit_are_read(size: str) -> None:
    assert value(told(paragraph(run(size=size))), "text_size") == 16


@pytest.mark.parametrize("size", ["abc", "1e3", "nan", "-", "9" * 30])
def test_what_is_no_measure_makes_the_file_unreadable(size: str) -> None:
    with pytest.raises(Unreadable):
        told(paragraph(run(size=size)))


def test_a_strict_file_is_measured_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = (
        f'<w:document xmlns:w="{strict}"><w:body>{section(width="210mm")}</w:body></w:document>'
    )
    inspection = inspect_docx("x.docx", archive(**{"word__document.xml": document.encode()}))
    (paper,) = (one for one in inspection.measurements if one.rule.name == "paper_width")
    assert paper.verdict is Verdict.HOLDS


# -- tables -----------------------------------------------------------------------------


def table(*rows: str, widths: tuple[int, ...] = (4000, 4845), layout: str = "fixed") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblLayout w:type="{layout}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(merge: str = "", *, repeated: bool = False) -> str:
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if repeated else ""
    merged = f'<w:tcPr><w:vMerge w:val="{merge}"/></w:tcPr>' if merge else ""
    return f"<w:tr>{mark}<w:tc>{merged}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"


HEAD = (row("restart", repeated=True), row("continue", repeated=True))


@pytest.mark.parametrize(
    ("rows", "holds"),
    [
        ((*HEAD, row()), [True]),
        ((HEAD[0], row("continue"), row()), [False]),
        ((row(repeated=True), *[row()] * 60), [True]),
        ([row()] * 60, [False]),
        ([row()] * 5, []),
        ((row(), row(repeated=True), *[row()] * 60), [False]),
    ],
)
def test_the_whole_head_is_marked_for_further_pages(rows: list[str], holds: list[bool]) -> None:
    readings = told(table(*rows) + section()).get("table_head_again", [])
    assert [reading.holds for reading in readings if isinstance(reading, Words)] == holds


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        (table(row()) + section(), [True]),
        (table(row(), widths=(4000, 5300)) + section(), [False]),
        (table(row(), widths=(4000, 5300)) + section(width="16838"), [True]),
        (table(row(), widths=(4000, 5300), layout="autofit") + section(), []),
        (table(row(), widths=(4000, 5300)), []),
    ],
)
def test_a_fixed_grid_is_no_wider_than_the_text(body: str, holds: list[bool]) -> None:
    readings = told(body).get("table_area", [])
    assert [reading.holds for reading in readings if isinstance(reading, Words)] == holds
