"""A group whose items are withheld: its row holds its name alone, and is no item."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document as WordDocument
from lxml import html

from conftest import FRONT, Reading, front
from publisher.model import Edition, SetTable
from publisher.renderers import docx, text, web
from publisher.resolve import resolve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROWS = """\
序号,组别,任务,时限,责任人,部门
1,一、清理岸线,逐段排查。,5月底,柳喆,河湖科
,二、内部事项,,,,
4,三、修复堤防,加固堤段。,6月底,陆堃,河湖科
"""
BANNERS = FRONT.replace("        列:", "        分组方式: 通栏标题行\n        列:")
NAMES = ["一、清理岸线", "二、内部事项", "三、修复堤防"]

Read = Callable[..., Reading]


def edition(read: Read, lines: str = BANNERS) -> Edition:
    return resolve(read({"document.md": front(lines), "tasks.csv": ROWS}).document)


def table_of(one: Edition) -> SetTable:
    content = one.attachments[0].content
    assert isinstance(content, SetTable)
    return content


def test_its_row_is_no_item_where_a_row_names_each_group(read: Read) -> None:
    table = table_of(edition(read))
    assert [group.label for group in table.groups] == NAMES
    assert [len(group.drawn(table.grouping)) for group in table.groups] == [1, 0, 1]
    assert len(table.items) == 2


def test_beside_a_merged_cell_stands_an_empty_row(read: Read) -> None:
    table = table_of(edition(read, FRONT))
    assert [len(group.drawn(table.grouping)) for group in table.groups] == [1, 1, 1]


def test_page_and_fragment_have_its_name_and_no_row(read: Read) -> None:
    files = web.render(edition(read), {})
    for name in ("web/index.html", "web/fragment.html"):
        (table,) = html.document_fromstring(files[name].decode()).xpath("//table")
        bodies = [len(body.xpath("./tr")) for body in table.xpath("./tbody")]
        assert bodies == [2, 1, 2]
        assert "2 项" in table.xpath("./caption")[0].text_content()


def test_word_and_text_have_its_name_and_no_row(read: Read) -> None:
    one = edition(read)
    data = docx.render(one)["document.docx"]
    (table,) = (
        each for each in WordDocument(io.BytesIO(data)).tables if "序号" in each.cell(0, 0).text
    )
    first = [row.cells[0].text for row in table.rows]
    assert first == ["序号", NAMES[0], "1", NAMES[1], NAMES[2], "4"]
    assert f"\n{NAMES[1]}\n\n{NAMES[2]}\n" in text.render(one)["document.txt"].decode()


@pytest.mark.slow
def test_its_name_stays_on_the_page_and_is_not_counted(
    read: Read, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(web.render(edition(read), {})["web/index.html"])
    page = browser.new_page()
    page.goto(path.as_uri())
    status, names = page.get_by_role("status"), page.locator(".group-row")
    assert status.inner_text() == "共 2 项"
    assert names.all_inner_texts() == NAMES
    page.get_by_label("词语").fill("堤段")
    assert status.inner_text() == "显示 1 项，共 2 项"
    assert names.all_inner_texts() == NAMES[2:]
    page.get_by_role("button", name="清除条件").click()
    status.filter(has_text=re.compile("^共 2 项$")).wait_for()  # the page filters when it is idle
    assert names.all_inner_texts() == NAMES
    page.close()
