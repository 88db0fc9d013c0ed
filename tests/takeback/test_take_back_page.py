"""The preview of what came back: all can read it, on any window; what files say is words there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import returned as on_paper
from drafts_returned import desk_at
from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Browser

from barriers import barriers
from publisher.takeback import report
from publisher.takeback.result import (
    BaseKind,
    Comment,
    Conflict,
    NotTaken,
    Reason,
    TakenBack,
    WrittenPreview,
)

HOSTILE = '<script>alert(1)</script>{{ 7 * 7 }}"><img src=x onerror=alert(1)>'
UNDO = ("cp build/take-back/2030-check/before/document.md content/2030-check/document.md",)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> TakenBack:
    """Files that came back of which everything is to be told."""
    desk = desk_at(tmp_path_factory.mktemp("page"))
    file = desk.sent_back(
        on_paper.tracked("负总责", "负全责", HOSTILE),
        on_paper.replaced("签字后", HOSTILE),
        on_paper.cell(0, 2, 2, "5月20日"),
    )
    taken = desk.take(file)
    (returned,) = taken.returned
    unknown = replace(
        returned, name="旧.doc", base=replace(returned.base, kind=BaseKind.UNKNOWN), authors=()
    )
    reply = Comment("b", "李处长", "2030-05-02T09:00:00Z", "已改。", "", "")
    return replace(
        taken,
        returned=(replace(returned, sentences=("由 LibreOffice 转换",)), unknown),
        conflicts=(
            Conflict("正文 第 1 段", "负总责", "负全责", HOSTILE, "一.docx"),
            Conflict("附件1 序号 2", "5月10日", "", "5月20日", "二.docx", "一.docx"),
        ),
        not_taken=(
            NotTaken(Reason.FORMAT, "第 3 段", "“负总责”加粗", "一.docx"),
            NotTaken(Reason.UNSAID, "文本框第 1 段", HOSTILE, "一.docx"),
            NotTaken(Reason.FORMAT, "第 9 段", "“签字”改成红色", "一.docx"),
        ),
        comments=(
            Comment("a", "王科长", "2030-05-01T09:00:00Z", HOSTILE, "负总责", "第 3 段", (reply,)),
        ),
    )


def tree(made: TakenBack, *, is_written: bool = False) -> HtmlElement:
    preview = WrittenPreview(Path("build"), is_written, UNDO if is_written else ())
    return html.document_fromstring(report.page(made, preview).decode())


def test_words_of_files_are_words_on_the_page(made: TakenBack) -> None:
    page = tree(made)
    assert page.xpath("//script") == []
    assert page.xpath("//img") == []
    assert HOSTILE in page.text_content()


def test_what_is_to_be_decided_comes_before_what_was_taken(made: TakenBack) -> None:
    headings = [each.text_content() for each in tree(made).xpath("//h2")]
    assert headings[:3] == ["概况", "各改各的（2 处）", "没有收进内容的"]
    assert headings[3] == f"收进内容的修改（{len(made.changes.changes)} 处）"
    reasons = [
        each.text_content()
        for each in tree(made).xpath("//section[@aria-labelledby='not-taken']/h3")
    ]
    assert reasons == ["只是格式，内容里没有（2 处）", "内容里写不出来（1 处）"]


def test_both_readings_stand_beside_one_another(made: TakenBack) -> None:
    first, second = tree(made).xpath("//section[@class='conflict']")
    assert texts(first, "dt") == ["原来", "内容现在", "一.docx"]
    assert texts(second, "dt") == ["原来", "一.docx", "二.docx"]
    assert texts(second, "dd") == ["5月10日", "（无）", "5月20日"]


def texts(element: HtmlElement, name: str) -> list[str]:
    return [each.text_content() for each in element.xpath(f".//{name}")]


def test_how_to_undo_is_told_where_something_was_written(made: TakenBack) -> None:
    assert tree(made).xpath("//pre") == []
    assert UNDO[0] in tree(made, is_written=True).xpath("//pre")[0].text_content()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_no_barrier_and_no_line_is_wider_than_the_window(
    browser: Browser, made: TakenBack, tmp_path: Path, width: int, scheme: str
) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(report.page(made, WrittenPreview(tmp_path, True, UNDO)))
    size = {"width": width, "height": 900}
    page = browser.new_page(viewport=size, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    there = barriers(page, scheme)
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert there.found == []
    assert there.left <= {"color-contrast-enhanced"}
    assert across == width
