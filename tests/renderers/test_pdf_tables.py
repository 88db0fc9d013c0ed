"""Tables in the PDF: what a reader sees of heads, merged cells, figures and pages."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest

from conftest import edition_of
from publisher.renderers import pdf
from publisher.setting import compose
from publisher.setting.composition import ComposedBlocks, ComposedTable
from rendered import in_one_process
from tried import in_turn

pytestmark = in_one_process

TABLE = """\
| 市 | 区 | 分年度任务 | < | 备注 |
| ^ | ^ | 2031年 | 2032年 | ^ |
|---|---|---|---|---|
"""
NOTE = "\n[^a]: 含在建床位。\n"


def rows(count: int) -> str:
    """Cities of seven districts each, one cell for each city."""
    cities = ["^" if row % 7 else f"市{row // 7}" for row in range(count)]
    return "".join(f"| {city} | 区{row} | {row}.5 | 1,200 | |\n" for row, city in enumerate(cities))


def pages(markdown: str) -> list[Any]:
    data = pdf.render(edition_of(markdown))["document.pdf"]
    return pdfplumber.open(io.BytesIO(data)).pages


def words(page: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = page.extract_words()
    return made


def test_each_page_has_the_head_and_the_merged_cell_that_goes_on() -> None:
    said = "{行头: 2, 标题: 床位建设任务, 单位: 张, 续表: 是, 注: 数据截至6月底。}"
    text = f"上文。\n\n{TABLE}{rows(60)}{said}\n\n下文。"
    made = pages(text)
    shown = [page.extract_text() for page in made]
    assert len(shown) > 2
    assert all("分年度任务" in page and "2032" in page for page in shown)
    assert ["续表1" in page for page in shown] == [False] + [True] * (len(shown) - 1)
    assert "单位：张" in shown[0]
    assert "注：数据截至" in shown[-1]
    lines = [line.split() for page in shown for line in page.splitlines()]
    districts = [word for line in lines for word in line if word.startswith("区") and word != "区"]
    assert districts == [f"区{row}" for row in range(60)]
    for page in made[1:]:
        assert any(word["text"].startswith("市") and word["text"] != "市" for word in words(page))


def test_points_stand_below_one_another() -> None:
    figures = ["1,450.5", "-3.25", "98.5%", "7.125"]
    body = "".join(f"| 区{index} | {figure} |\n" for index, figure in enumerate(figures))
    (page,) = pages(f"文。\n\n| 区 | 数值 |\n|---|---|\n{body}{{行头: 1}}")
    points = [round(char["x0"], 1) for char in page.chars if char["text"] == "."]
    assert len(points) == len(figures)
    assert len(set(points)) == 1


def test_the_mark_of_a_note_is_raised_behind_the_words_of_its_cell() -> None:
    body = "| 东区 | 12[^a] |\n| 西区 | 34 |\n"
    (page,) = pages(f"文。\n\n| 区 | 床位 |\n|---|---|\n{body}{{行头: 1}}\n{NOTE}")
    marks = [char for char in page.chars if char["text"] == "①"]
    in_cell, below = sorted(marks, key=lambda char: char["top"])
    digit = max((char for char in page.chars if char["text"] == "2"), key=lambda char: char["x0"])
    assert in_cell["size"] < below["size"]
    assert in_cell["matrix"][5] > digit["matrix"][5]
    assert in_cell["x0"] == pytest.approx(digit["x1"], abs=1)
    twelve, thirty_four = (
        next(word for word in words(page) if word["text"].startswith(figure))
        for figure in ("12", "34")
    )
    assert twelve["x0"] == pytest.approx(thirty_four["x0"], abs=0.5)


def test_a_row_higher_than_a_page_goes_on_with_a_mark_and_runs_off_no_page() -> None:
    long = "".join(f"第{number}段排查登记造册。" for number in range(400))
    columns = "{列: {序号: 序号, 任务: 文字}}"
    made = pages(f"文。\n\n| 序号 | 任务 |\n|---|---|\n| 1 | 短 |\n| 2 | {long} |\n{columns}")
    shown = ["".join(page.extract_text().split()) for page in made]
    assert len(shown) > 1
    assert all("（续）" in page for page in shown[1:])
    for number in range(400):
        assert sum(page.count(f"第{number}段") for page in shown) >= 1 or number in _parted(shown)
    for page in made:
        assert max(char["bottom"] for char in page.chars) < page.height - 60


def _parted(shown: list[str]) -> list[int]:
    """The numbers of words that a page end divides."""
    return [
        number
        for number in range(400)
        if any(f"第{number}段排查登记造册。"[:cut] in page for page in shown for cut in (1, 2, 3))
    ]


@pytest.mark.parametrize("filler", [1, 11, 13, 17])
def test_pages_are_those_of_the_composition(filler: int) -> None:
    above = "字" * (28 * filler) + "。"
    said = "{行头: 2, 标题: 题, 单位: 张, 注: [甲。, 乙。]}"
    edition = edition_of(f"{above}\n\n{TABLE}{rows(25)}{said}\n\n下文甲乙。\n\n{above}")
    composition = compose(edition)
    data = pdf.render(edition)["document.pdf"]
    made = pdfplumber.open(io.BytesIO(data)).pages
    assert len(made) == composition.text_pages
    (blocks,) = (thing for thing in composition.own if isinstance(thing, ComposedBlocks))
    (table,) = (block for block in blocks.blocks if isinstance(block, ComposedTable))
    on_pages = [
        len([w for w in words(page) if w["text"].startswith("区") and w["text"] != "区"])
        for page in made
    ]
    reckoned = [sum(len(group.rows) for group in page) for page in table.pages]
    assert [count for count in on_pages if count] == reckoned


@pytest.mark.parametrize(
    ("filler", "lead"),
    in_turn(range(9, 22, 2), ["名单如下：", "1. 各区按下表办理：", "# 名单如下：\n"]),
)
def test_what_leads_in_to_a_table_stands_on_its_page(filler: int, lead: str) -> None:
    above = "字" * (28 * filler) + "。"
    edition = edition_of(f"{above}\n\n{lead}\n\n{TABLE}{rows(9)}{{行头: 2}}\n\n下文。")
    data = pdf.render(edition)["document.pdf"]
    made = pdfplumber.open(io.BytesIO(data)).pages
    shown = ["".join(page.extract_text().split()) for page in made]
    words_of_lead = lead.strip("# 1.\n")
    begins, led_in = (
        next(index for index, page in enumerate(shown) if words in page)
        for words in ("分年度任务", words_of_lead)
    )
    assert begins == led_in
    assert len(made) == compose(edition).text_pages
