"""What a person, a program and a screen reader get of the measurements."""

from __future__ import annotations

import json
import re
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING

import pytest
from lxml import html
from lxml.html import HtmlElement
from pages import HEI, Notice, Sheet, notice, written

from barriers import barriers
from publisher.inspect import Inspection, inspect_docx, inspect_pdf, page_pictures
from publisher.inspect.report import as_html, as_json, sentence, show
from publisher.rules import RULES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RIGHT, WRONG = Notice(), Notice(mark_lower=3, part_font=HEI, clause_font=HEI)


@cache
def inspected(given: Notice) -> Inspection:
    return inspect_pdf("document.pdf", notice(given))


@cache
def page(given: Notice = WRONG) -> bytes:
    inspections = [inspected(given), inspect_docx("document.docx", b"")]
    return as_html("关于某事的<通知>", inspections, page_pictures(notice(given)))


def tree() -> HtmlElement:
    return html.fromstring(page().decode())


# -- in a sentence ----------------------------------------------------------------------


def test_where_all_holds_the_sentence_says_how_many_rules_did() -> None:
    assert re.fullmatch(r"必须遵守的条款全部符合（[0-9]{2} 条）", sentence(inspected(RIGHT)))


def test_a_broken_rule_is_told_with_clause_value_and_page() -> None:
    assert sentence(inspected(WRONG)) == (
        "必须遵守的条款有 1 条不符合：7.2.4 发文机关标志：字的上边到版心上边（以字迹计），"
        "应为 35 mm ± 1 mm，实为 38 mm（第 1 面）"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是完好的 PDF 文件"),
        (b"%PDF-1.7\nbroken", "不是完好的 PDF 文件"),
        (written([Sheet()]), "没有文字"),
    ],
    ids=["empty", "broken", "blank"],
)
def test_a_pdf_that_cannot_be_measured_says_why(data: bytes, said: str) -> None:
    inspection = inspect_pdf("x.pdf", data)
    assert said in inspection.problem
    assert inspection.measurements == ()
    assert sentence(inspection).startswith("不能测量：")


def test_a_pdf_that_is_no_official_document_says_so() -> None:
    sheet = Sheet()
    sheet.text("这是一封普通的信。", 40, 60)
    assert "不像一份公文" in inspect_pdf("x.pdf", written([sheet])).problem


def test_an_encrypted_pdf_says_so() -> None:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(notice(RIGHT))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "密码" in inspect_pdf("x.pdf", out.getvalue()).problem


# -- for programs and on a terminal -----------------------------------------------------


def test_json_has_every_rule_with_what_was_asked_and_measured() -> None:
    (file,) = json.loads(as_json([inspected(WRONG)]))
    assert file["must_rules_hold"] is False
    assert [one["rule"] for one in file["measurements"]] == [rule.name for rule in RULES]
    (mark,) = (one for one in file["measurements"] if one["rule"] == "mark_top")
    assert (mark["required"], mark["unit"], mark["tolerance"]) == (35.0, "mm", 1.0)
    assert (mark["verdict"], mark["measured"], mark["page"]) == ("不符合", "38 mm", 1)


def test_the_terminal_shows_what_was_measured_what_was_not_and_the_verdict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show([inspected(WRONG)])
    said = capsys.readouterr().out
    assert "35 mm ± 1 mm" in said
    assert "此处无法测量：" in said
    assert "仿宋：FangSong_GB2312" in said
    assert "必须遵守的条款有 1 条不符合" in said


# -- the page ---------------------------------------------------------------------------


def test_the_page_needs_no_other_file_and_runs_no_script() -> None:
    text = page().decode()
    assert "<script" not in text
    assert not re.search(r"(src|href)=\"(?!data:)", text)
    policy = tree().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]


def test_the_page_tells_every_rule_of_a_file_once() -> None:
    rows = tree().xpath("//section[1]//tbody/tr[td]")
    listed = tree().xpath("//section[1]//details//li")
    assert len(rows) + len(listed) == len(RULES)


def test_the_title_is_text_and_no_markup() -> None:
    assert tree().xpath("//p[@class='subject']/text()") == ["关于某事的<通知>"]


def test_a_file_that_cannot_be_measured_is_told_on_the_page() -> None:
    assert "不是完好的 Word 文件" in tree().text_content()


def test_each_page_is_shown_with_the_type_area_its_22_lines_and_the_distances() -> None:
    figures = tree().xpath("//figure")
    assert len(figures) == 6
    assert len(figures[0].xpath(".//*[@class='line']")) == 22
    assert len(figures[3].xpath(".//*[@class='line']")) == 0
    (area,) = figures[0].xpath(".//*[@class='area']")
    assert [area.get(name) for name in ("x", "y", "width", "height")] == [
        "28.0",
        "37.0",
        "156.0",
        "225.0",
    ]
    assert "38 mm" in figures[0].xpath(".//*[@class='bad']/text/text()")


def test_pictures_are_png_of_sixteen_colours() -> None:
    pictures = page_pictures(notice(RIGHT))
    assert len(pictures) == 6
    for picture in pictures:
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        width, height, depth, kind = struct.unpack(">IIBB", picture[16:26])
        assert (depth, kind) == (4, 3)
        start = picture.index(b"IDAT") + 4
        (length,) = struct.unpack(">I", picture[start - 8 : start - 4])
        rows = zlib.decompress(picture[start : start + length])
        assert len(rows) == height * (1 + (width + 1) // 2)


def test_the_same_file_gives_the_same_page() -> None:
    inspections = [inspect_pdf("document.pdf", notice(WRONG)), inspect_docx("document.docx", b"")]
    again = as_html("关于某事的<通知>", inspections, page_pictures(notice(WRONG)))
    assert again == page()


# -- in the browser ---------------------------------------------------------------------


@pytest.mark.slow
# The dark changes colours alone, which a test holds: one width shows them.
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (320, "dark")])
def test_axe_finds_no_barrier_and_nothing_is_wider_than_the_window(
    browser: Browser, width: int, scheme: str
) -> None:
    shown = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
    )
    shown.set_content(page().decode())
    there = barriers(shown, scheme)
    across = shown.evaluate("document.documentElement.scrollWidth")
    shown.close()
    assert there.found == []
    assert across == width
