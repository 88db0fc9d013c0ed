"""The page of an import: all can read it, on any window; what files say is words there."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from PIL import Image
from playwright.sync_api import Browser
from test_account import BUREAU
from test_importing import write_docx

from barriers import barriers
from publisher import importing, office
from publisher.importing import Imported, Wishes, report
from publisher.intake.account import Rewritten
from publisher.intake.result import Certainty, Mend
from publisher.intake.source import LeftOut, SourceRemark

HOSTILE = '<script>alert(1)</script>{{ 7 * 7 }}"><img src=x onerror=alert(1)>'


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (794, 1123), "white").save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """An import of which everything is to be told."""
    place = tmp_path_factory.mktemp("report")
    (place / "content").mkdir()
    (place / "content/bureau.yaml").write_text(BUREAU, "utf-8")
    file = place / "旧文.docx"
    write_docx(file, ("坚持预防为主", HOSTILE), ("查校车。", "查校车,并记录。"))
    patch = pytest.MonkeyPatch()
    patch.setattr(office, "office", lambda: None)
    with ThreadPoolExecutor(1) as executor:
        made = importing.bring_in([file], place / "content", Wishes(), lambda *_: None, executor)
    patch.undo()
    intake = made.intake
    asked = replace(
        intake.decisions[6], certainty=Certainty.ASKED, question="这一段是正文还是标题？"
    )
    (source,) = intake.sources
    remarks = (
        SourceRemark("修订（插入）", "新增的话", "王建国", "2025-02-01T09:00:00Z", 5),
        SourceRemark("域", ""),
    )
    return replace(
        made,
        intake=replace(
            intake,
            decisions=(*intake.decisions[:6], asked, *intake.decisions[7:]),
            sources=(replace(source, remarks=remarks, sentences=("由 LibreOffice 转换。",)),),
            mends=(Mend(",", "，", "中文里用了半角标点", "document.md 第 20 行"),),
        ),
        account=replace(
            made.account,
            lost=(LeftOut("丢了的一句话。", "内容里没有", 5, source.name),),
            left_out=(LeftOut("第 1 页", "页码", 3), LeftOut("首页 > 通知", "网站导航")),
            rewritten=(Rewritten("二〇二五年三月一日", "2025年3月1日", source.name, 4),),
            added=("附件标记“附件1”",),
        ),
        pictures={source.name: (picture(), picture())},
    )


def tree(made: Imported) -> HtmlElement:
    return html.document_fromstring(report.page(made).decode())


def test_words_of_a_file_are_words_on_the_page(made: Imported) -> None:
    page = tree(made)
    assert any(HOSTILE in each.text_content() for each in page.xpath("//p[@class='words']"))
    assert page.xpath("//script") == []
    assert page.xpath("//img[not(starts-with(@src, 'data:image/png'))]") == []
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_questions_come_first_and_lead_to_their_blocks(made: Imported) -> None:
    page = tree(made)
    headings = [each.text_content() for each in page.xpath("//h2")]
    assert headings == [
        "每个字的去向",
        "请核对（1 处）",
        "没有收入的",
        "批注、修订和别的",
        "由程序排印的",
        "已修正的（1 处）",
        "检查结果",
        "原件和结果对照",
    ]
    for link in page.xpath("//a/@href"):
        assert page.xpath("//*[@id=$name]", name=link.removeprefix("#")), link
    assert "丢了的一句话。" in page.xpath("//section")[0].text_content()
    assert "有的字没有下落" in page.xpath("//p[contains(@class, 'bad')]")[0].text_content()


def test_a_change_is_told_with_its_author_and_day(made: Imported) -> None:
    (entry,) = tree(made).xpath("//section[@aria-labelledby='remarks']//li[contains(., '修订')]")
    assert "修订（插入）（王建国，2025年2月1日） 新增的话" in " ".join(entry.text_content().split())


def test_a_table_of_the_file_is_shown_as_one(made: Imported) -> None:
    rows = tree(made).xpath("//div[contains(@class, 'across')]//tr")
    assert [cell.text_content() for cell in rows[1]] == ["1", "第一中学", "3月5日", "12"]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_no_barrier_and_nothing_is_wider_than_the_window(
    browser: Browser, made: Imported, tmp_path: Path, width: int, scheme: str
) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(report.page(made))
    size = {"width": width, "height": 900}
    page = browser.new_page(viewport=size, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    there = barriers(page, scheme)
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert there.found == []
    assert there.left <= {"color-contrast-enhanced"}
    assert across == width
