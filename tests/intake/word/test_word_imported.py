"""Word files become content, and every word of them is accounted for, whatever they are made of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from made_word import cell, made, paragraph, row, run, table
from test_word_inserted import CHUNK, PAGE
from test_word_notes import mark, note

from publisher.diagnostics import BrokenEnvironment
from publisher.importing import Imported, Wishes, bring_in

pytestmark = pytest.mark.usefixtures("read_here")

TITLE = "青岚市人民政府关于做好学校安全工作的通知"
HEAD = paragraph(TITLE, settings='<w:jc w:val="center"/>') + paragraph("各区县人民政府：")
NOTES = note(2, paragraph("注一"), paragraph("注一续")) + note(3, paragraph("注二"))
CENTRED, RIGHT = (f'<w:jc w:val="{side}"/>' for side in ("center", "right"))


def imported(data: bytes, folder: Path) -> Imported:
    path = folder / "旧文.docx"
    path.write_bytes(data)
    wishes = Wishes(slug="old", draws=False)
    with ThreadPoolExecutor(1) as executor:
        return bring_in([path], folder / "content", wishes, lambda name, what: None, executor)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (paragraph("一、甲", mark(2)) + paragraph("乙。") + paragraph("二、丙"), "注一"),
        (paragraph("一、甲") + paragraph("乙。", mark(3)) + paragraph("二、丙"), "注二"),
        (
            paragraph("按下表办。")
            + table(
                row("序号", "事项"),
                row("1", cell(paragraph("甲", mark(2)))),
                row("2", cell(paragraph("乙", mark(3)))),
            ),
            "注一注一续",
        ),
        (
            paragraph("按下表办。")
            + table(
                row("序号", "事项", "说明"),
                row("1", "甲", cell("前", table(row("内一", "内二"), row("内三", "内四")), "后")),
                row("2", "乙", "丙"),
            ),
            "内四",
        ),
        (paragraph("表1", settings=CENTRED) + table(row("序号", "事项"), row("1", "甲")), "表1"),
        (table(row(cell("框住的", table(row("序号", "事项"), row("1", "甲")), "尾。"))), "框住的"),
        (
            paragraph(
                run("甲。", '<w:sz w:val="0.0000001"/>'), settings=f'<w:ind w:left="{"9" * 400}"/>'
            ),
            "甲",
        ),
    ],
    ids=[
        "heading",
        "paragraph",
        "cells",
        "table in a cell",
        "number alone",
        "table in a frame",
        "lengths",
    ],
)
def test_every_word_is_accounted_for(body: str, says: str, tmp_path: Path) -> None:
    whole = imported(made(HEAD + body, footnotes=NOTES), tmp_path)
    assert whole.account.is_whole
    assert says in "".join(data.decode() for data in whole.files.values()).replace("\\\n  ", "")


@pytest.mark.parametrize("place", ["title", "signature"])
def test_a_note_to_an_element_is_left_out_and_asked(place: str, tmp_path: Path) -> None:
    title = HEAD.replace("</w:p>", f"{mark(3)}</w:p>", 1) if place == "title" else HEAD
    signature = paragraph("青岚市人民政府", *[mark(3)][: place == "signature"], settings=RIGHT)
    body = title + paragraph("照办。") + signature + paragraph("2030年1月2日", settings=RIGHT)
    whole = imported(made(body, footnotes=NOTES), tmp_path)
    assert whole.account.is_whole
    assert [each.words for each in whole.account.left_out] == ["注二"]
    assert any("注释" in each.question for each in whole.intake.questions)


def test_an_inserted_page_is_part_of_the_document(tmp_path: Path) -> None:
    data = made(HEAD + CHUNK, relations=[("c", "aFChunk", "a.html")], files={"word/a.html": PAGE})
    whole = imported(data, tmp_path)
    assert whole.account.is_whole
    assert "里一" in whole.files["document.md"].decode()


@pytest.mark.parametrize("body", ["<w:p/>", ""], ids=["blank", "empty"])
def test_a_file_without_words_says_so(body: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenEnvironment, match=r"旧文\.docx：文件里没有可以读出的文字"):
        imported(made(body), tmp_path)
