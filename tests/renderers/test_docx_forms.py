"""Forms in Word: as they are drawn, and filled in."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn
from test_docx import opened, part

from audit import said_by_openxml_audit
from conftest import edition_of
from printed import pages_of
from publisher import office
from publisher.model import Paragraph, Prose, Text
from publisher.renderers import docx as renderer
from publisher.renderers.docx.form_fields import Fill, parts_of
from publisher.setting import compose
from publisher.standard import FORM_ROW, Length

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
FORM = """| 姓名 | | 性别 | □男　□女 | 出生日期 | 　　年　月　日 |
| 住址 | | < | < | < | < |
| 家庭 | 姓名 | 年龄 | < | 收入 | < |
| ^ | | | < | | < |
| 意见 | 情况属实。<br>负责人（签字）：<br>　　年　月　日 | < | < | 电话：____ | < |
{表头: 0, 行高: {0: 10, 5: 60}%s}
"""
FILLABLE = FORM % ", 可填写: 是"


def form_in(text: str, **given: Any) -> bytes:
    return renderer.render_document(compose(edition_of(text, **given)))


@pytest.fixture(scope="module")
def fillable() -> bytes:
    return form_in(FILLABLE)


def table(data: bytes) -> Any:
    (made,) = opened(data).element.body.iter(qn("w:tbl"))
    return made


def controls(data: bytes, kind: str = "*") -> list[Any]:
    """The properties of the controls of a kind."""
    made = part(data, "word/document.xml").iter(qn("w:sdtPr"))
    return [each for each in made if kind == "*" or each.find(kind) is not None]


def named(made: list[Any]) -> list[str]:
    return [each.find(qn("w:alias")).get(qn("w:val")) for each in made]


# -- as it is drawn ---------------------------------------------------------------------


def test_a_form_has_no_head_and_its_rows_are_as_high_as_is_asked(fillable: bytes) -> None:
    made = table(fillable)
    assert made.find(f".//{qn('w:tblHeader')}") is None
    assert made.find(f".//{qn('w:tblLook')}").get(qn("w:firstRow")) == "0"
    heights = [row.find(qn("w:trPr")).find(qn("w:trHeight")) for row in made.iter(qn("w:tr"))]
    assert {height.get(qn("w:hRule")) for height in heights} == {"atLeast"}
    twips = [int(height.get(qn("w:val"))) for height in heights]
    assert twips == [FORM_ROW.twips] * 4 + [Length.of_mm(60).twips]


def test_its_cells_are_merged_as_its_author_wrote_them(fillable: bytes) -> None:
    spans = [
        [cell.tcPr.grid_span for cell in row.iter(qn("w:tc"))]
        for row in table(fillable).iter(qn("w:tr"))
    ]
    assert spans == [[1] * 6, [1, 5], [1, 1, 2, 2], [1, 1, 2, 2], [1, 3, 2]]
    assert len(list(table(fillable).iter(qn("w:vMerge")))) == 2


def test_labels_stand_in_the_middle_and_what_signs_at_the_lower_right(fillable: bytes) -> None:
    *_, signed, _ = list(table(fillable).iter(qn("w:tc")))
    assert signed.find(f".//{qn('w:vAlign')}").get(qn("w:val")) == "bottom"
    first, *feet = signed.findall(qn("w:p"))
    assert first.find(f".//{qn('w:ind')}") is None
    left = [int(foot.find(f".//{qn('w:ind')}").get(qn("w:left"))) for foot in feet]
    assert left[0] > 0
    assert left[1] > left[0]
    assert int(feet[0].find(f".//{qn('w:spacing')}").get(qn("w:before"))) > Length.of_mm(20).twips
    label = next(table(fillable).iter(qn("w:p")))
    assert label.pPr.pStyle.get(qn("w:val")) == "表格居中"


def test_a_form_that_is_not_to_be_filled_in_there_has_plain_cells(fillable: bytes) -> None:
    plain = form_in(FORM % "")
    assert controls(plain) == []
    words = [
        "".join(text.text for text in table(data).iter(qn("w:t"))) for data in (plain, fillable)
    ]
    assert words[0].replace("\u3000", "") == words[1].replace("\u3000", "")


def test_the_rows_of_a_form_that_fits_a_page_stay_together(fillable: bytes) -> None:
    *rows, last = table(fillable).iter(qn("w:tr"))
    assert all(row.find(f".//{qn('w:keepNext')}") is not None for row in rows)
    assert last.find(f".//{qn('w:keepNext')}") is None


def test_a_form_that_is_an_attachment_need_not_be_kept_together(fillable: bytes) -> None:
    form = edition_of(FILLABLE).document.body.blocks[0]
    data = form_in("文。", attachments=(replace(form, title="表"),))
    assert not list(table(data).iter(qn("w:keepNext")))


def test_labels_and_options_end_their_lines_where_print_does() -> None:
    words = "| 与申请人的关系 | | 状况 | 健康□　一般□　残疾□ |\n{表头: 0, 列宽: [1, 4, 1, 1]}\n"
    lines = [
        "".join("|" if each.tag == qn("w:br") else each.text for each in cell.iter(*_IN_LINES))
        for cell in table(form_in(words)).iter(qn("w:tc"))
    ]
    assert lines == ["与申请人|的关系", "", "状况", "健康□|一般□|残疾□"]


_IN_LINES = (qn("w:t"), qn("w:br"))


def test_an_attached_text_with_a_form_to_fill_in_has_a_file_of_its_own() -> None:
    blocks = edition_of(FILLABLE).document.body.blocks
    plain = edition_of(FORM % "").document.body.blocks
    attachments = (
        Prose("申请材料", blocks),
        Prose("办法", (Paragraph((Text("办法正文。"),)),)),
        Prose("说明", plain),
    )
    files = renderer.render(edition_of("文。", attachments=attachments))
    assert set(files) == {"document.docx", "attachment-1.docx"}
    alone = opened(files["attachment-1.docx"])
    assert [each.text for each in alone.paragraphs][:2] == ["附件1", "申请材料"]
    assert len(alone.tables) == 1
    assert controls(files["attachment-1.docx"])


# -- filled in --------------------------------------------------------------------------


def test_what_is_empty_is_typed_in_and_named_by_its_labels(fillable: bytes) -> None:
    assert named(controls(fillable, qn("w:text"))) == [
        "姓名",
        "住址",
        "家庭：姓名",
        "家庭：年龄",
        "家庭：收入",
        "意见：负责人（签字）",
    ]


def test_a_line_to_write_on_holds_words_of_any_form(fillable: bytes) -> None:
    """LibreOffice draws a line of what holds plain words alone in pieces."""
    assert named(controls(fillable, qn("w:richText"))) == ["意见：电话"]


def test_boxes_are_ticked_in_characters_of_fonts_that_have_them(fillable: bytes) -> None:
    boxes = controls(fillable, f"{W14}checkbox")
    assert named(boxes) == ["性别：男", "性别：女"]
    states = [
        (state.get(f"{W14}val"), state.get(f"{W14}font"))
        for state in boxes[0].find(f"{W14}checkbox")
        if state.get(f"{W14}font")
    ]
    assert states == [("2611", "Segoe UI Symbol"), ("25A1", "仿宋_GB2312")]
    shown = boxes[0].getparent().find(qn("w:sdtContent"))
    assert "".join(shown.itertext()) == "□"


def test_a_day_is_chosen_and_printed_as_days_are(fillable: bytes) -> None:
    days = controls(fillable, qn("w:date"))
    assert named(days) == ["出生日期", "意见：日期"]
    assert days[0].find(f".//{qn('w:dateFormat')}").get(qn("w:val")) == "yyyy年M月d日"
    shown = days[0].getparent().find(qn("w:sdtContent"))
    assert "".join(shown.itertext()) == "\u3000\u3000年\u3000月\u3000日"


def test_what_is_not_filled_in_prints_a_blank_and_shows_it_again_when_emptied(
    fillable: bytes,
) -> None:
    first = controls(fillable, qn("w:text"))[0]
    content = first.getparent().find(qn("w:sdtContent"))
    assert set("".join(content.itertext())) == {"\u3000"}
    assert content.find(f".//{qn('w:rStyle')}").get(qn("w:val")) == "PlaceholderText"
    name = first.find(f"{qn('w:placeholder')}/{qn('w:docPart')}").get(qn("w:val"))
    blocks = part(fillable, "word/glossary/document.xml").iter(qn("w:docPart"))
    (block,) = (each for each in blocks if each.find(f".//{qn('w:name')}").get(qn("w:val")) == name)
    assert block.find(f".//{qn('w:t')}").text == "".join(content.itertext())


def test_marks_and_numbers_of_controls_are_their_own() -> None:
    made = controls(form_in(f"{FILLABLE}\n文。\n\n{FILLABLE}"))
    numbers = [each.find(qn("w:id")).get(qn("w:val")) for each in made]
    assert len(set(numbers)) == len(made)
    tags = [each.find(qn("w:tag")).get(qn("w:val")) for each in made]
    assert all(len(tag) <= 64 for tag in tags)


T, B, D = Fill.TEXT, Fill.TICK, Fill.DATE


@pytest.mark.parametrize(
    ("line", "filled"),
    [
        (
            "□支出型困难　□其他：____",
            [("□", B, "支出型困难"), ("□", B, "其他"), ("____", T, "其他")],
        ),
        ("住房：租房□ 自建□", [("□", B, "租房"), ("□", B, "自建")]),
        ("一□二□", [("□", B, "一"), ("□", B, "二")]),
        ("○同意　○不同意", [("○", B, "同意"), ("○", B, "不同意")]),
        (
            "以上属实。　　申请人签字：　　　　年　月　日",
            [("　　", T, "申请人签字"), ("　　年　月　日", D, "日期")],
        ),
        (
            "村（社区）签字：　　户主（手印）：",
            [("　　", T, "村（社区）签字"), ("", T, "户主（手印）")],
        ),
        ("填表日期：　　　　　年　月　日", [("　　　　　年　月　日", D, "填表日期")]),
        ("出生年　月", [("年　月", Fill.MONTH, "出生")]),
        ("共　　人", [("　　", T, "共")]),
        ("　　　　元", [("　　　　", T, "元")]),
        ("　　（盖章）", []),
        ("二○二五年", []),
        ("情况　　属实。　　", [("　　", T, "情况")]),
        ("以上内容属实", []),
    ],
)
def test_of_a_line_is_filled_in_what_is_meant_to_be(
    line: str, filled: list[tuple[str, Fill, str]]
) -> None:
    parts = parts_of(line)
    assert "".join(each.words for each in parts) == line
    assert [(each.words, each.fill, each.name) for each in parts if each.fill] == filled


# -- programs that know the format ------------------------------------------------------


@pytest.mark.thorough
def test_openxml_audit_finds_nothing(fillable: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(fillable)
    assert said_by_openxml_audit(path) == ""


def test_docx_integrity_finds_nothing(fillable: bytes, tmp_path: Path) -> None:
    check = pytest.importorskip("docx_integrity").check
    path = tmp_path / "document.docx"
    path.write_bytes(fillable)
    assert check(os.fspath(path)) == []


@pytest.mark.slow
def test_libreoffice_prints_a_form_that_is_filled_in_there_as_one_that_is_not(
    fillable: bytes, tmp_path: Path
) -> None:
    printed = []
    for data in (fillable, form_in(FORM % "")):
        path = tmp_path / "document.pdf"
        path.write_bytes(office.as_pdf(data) or b"")
        lines = [line for page in pages_of(path) for line in page.lines]
        printed.append([(line.text, round(line.baseline, 1)) for line in lines])
    assert printed[0] == printed[1]
