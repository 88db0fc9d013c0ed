"""The sheet for web editors: what to fill in, to paste and to upload."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Browser

from barriers import barriers
from conftest import edition_of
from publisher.model import (
    Bureau,
    Edition,
    FragmentTables,
    Kind,
    Organ,
    Site,
    WebRecord,
)
from publisher.renderers.downloads import downloads
from publisher.renderers.fields import fields
from publisher.renderers.web import render_fields, render_fragment

FILES = {"document.pdf": b"x" * 1_572_864, "document.docx": b"x" * 35_000}
RECORD = WebRecord(
    "A/2030-1", "水务", ("堤防", "岸线"), "一句摘要", datetime.date(2030, 4, 1), "有效"
)


def given(**changed: object) -> Edition:
    """A document with all that a form asks for."""
    values: dict[str, object] = {
        "title": "青岚市水务局\n关于2030年工作的通知",
        "kind": Kind.NOTICE,
        "issuers": (Organ("青岚市水务局"), Organ("青岚市林业局")),
        "number": "青水〔2030〕3号",
        "date": datetime.date(2030, 3, 1),
        "disclosure": "主动公开",
        "web": RECORD,
        **changed,
    }
    return edition_of("请照办。", **values)


def sheet(edition: Edition, files: dict[str, bytes] | None = None) -> bytes:
    offered = downloads(edition, files or {})
    return render_fields(edition.document, offered, render_fragment(edition))


def tree(page: bytes) -> HtmlElement:
    return html.document_fromstring(page.decode())


def test_every_value_that_a_form_asks_for_is_given() -> None:
    assert {one.name: one.value for one in fields(given().document)} == {
        "标题": "青岚市水务局关于2030年工作的通知",
        "来源": "青岚市水务局、青岚市林业局",
        "发布时间": "2030-04-01",
        "发文机关": "青岚市水务局、青岚市林业局",
        "文种": "通知",
        "发文字号": "青水〔2030〕3号",
        "成文日期": "2030-03-01",
        "索引号": "A/2030-1",
        "主题分类": "水务",
        "关键词": "堤防;岸线",
        "摘要": "一句摘要",
        "有效性": "有效",
        "公开属性": "主动公开",
    }


def test_what_was_not_given_is_named_and_not_made_up() -> None:
    page = tree(sheet(edition_of("请照办。", title="通知")))
    assert [one.text_content() for one in page.xpath("//dt")] == ["标题"]
    (missing,) = page.xpath("//p[@class='missing']")
    words = missing.text_content()
    assert words.startswith("公文没有给出：来源、发布时间、发文机关、文种、发文字号、成文日期、")
    assert "document.md（发文机关、发布日期、" in words


def test_each_value_has_a_button_that_copies_it() -> None:
    page = tree(sheet(given()))
    buttons = page.xpath("//button")
    assert len(buttons) == 13 + 2  # the values, the source and the command
    for button in buttons:
        assert button.get("hidden") is not None  # shown by the script that makes it work
        (target,) = page.xpath(f"//*[@id='{button.get('data-copies')}']")
        assert target.text_content().strip()


def test_the_source_to_paste_is_the_fragment_itself() -> None:
    edition = given()
    (source,) = tree(sheet(edition)).xpath("//textarea")
    assert source.text.strip() == render_fragment(edition).decode().strip()


def test_the_files_to_upload_stand_beside_the_sheet_with_their_sizes() -> None:
    page = tree(sheet(given(), FILES))
    listed = [one.text_content().strip() for one in page.xpath("//ul[@class='files']/li")]
    assert [re.sub(r"\s+", " ", one) for one in listed] == [
        "document.docx 公文全文，Word 文档，34 KB",
        "document.pdf 公文全文，PDF 文档，1.5 MB",
    ]
    assert page.xpath("//ul[@class='files']//a/@href") == list(reversed(FILES))
    assert "没有要上传的文件" in tree(sheet(given())).text_content()


def test_every_editor_has_its_steps() -> None:
    page = tree(sheet(given()))
    for name in ("UEditor", "TinyMCE", "CKEditor", "wangEditor"):
        (heading,) = page.xpath(f"//h3[starts-with(., '{name}')]")
        assert len(heading.getnext().xpath("./li")) >= 3


def test_the_sheet_says_how_its_tables_are_written() -> None:
    flat = Bureau((), site=Site(tables=FragmentTables.FLAT))
    from dataclasses import replace

    from publisher.resolve import resolve

    edition = resolve(replace(given().document, bureau=flat))
    assert "表格现在是平铺的" in tree(sheet(edition)).text_content()
    assert "网页片段表格: 平铺" in tree(sheet(given())).text_content()


def test_the_sheet_fetches_nothing_and_runs_only_its_own_script() -> None:
    page = sheet(given(), FILES).decode()
    assert page.count("<script>") == 1
    assert re.search(r"script-src 'sha256-[^']+'", page)
    assert "default-src 'none'" in page
    assert not re.search(r"(src|action)=\"|url\(|@import|https?:", page)


def test_markup_in_the_values_is_shown_as_words() -> None:
    page = tree(sheet(given(title="<b>甲</b>{{ 7 }}</textarea><script>")))
    assert page.xpath("//dd/span[@class='value']")[0].text == "<b>甲</b>{{ 7 }}</textarea><script>"
    assert len(page.xpath("//script")) == 1


# -- in a browser -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheet") / "fields.html"
    path.write_bytes(sheet(given(), FILES))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_barrier_and_nothing_is_wider_than_the_window(
    browser: Browser, file: Path, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    page = browser.new_page(viewport=size, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    there = barriers(page, scheme)
    across = page.evaluate("document.documentElement.scrollWidth")
    targets = [one.bounding_box() for one in page.locator("button, nav a").all()]
    page.close()
    assert there.found == []
    assert there.left == set()
    assert across == width
    assert min(box["height"] for box in targets if box) >= 24


@pytest.mark.slow
def test_a_button_copies_and_says_so_under_the_pages_own_policy(
    browser: Browser, file: Path
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.get_by_role("button", name="复制发文字号").press("Enter")
    page.get_by_text("已复制发文字号。").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="复制正文的源代码").click()
    page.get_by_text("已复制正文的源代码。").wait_for()
    source = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert copied == "青水〔2030〕3号"
    assert source == render_fragment(given()).decode()
    assert said == []


@pytest.mark.slow
def test_without_scripts_there_are_no_dead_buttons(browser: Browser, file: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(file.as_uri())
    assert page.get_by_role("button").count() == 0
    assert page.get_by_text("青水〔2030〕3号").first.is_visible()
    page.close()
