"""Own fresh fragments and pages are whole, whatever their tables; each damage is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from conftest import DOCUMENTS, ROOT, edition_of, read_content, resolved
from grids import merged_tables
from publisher import drafts
from publisher.model import (
    Cell,
    ColumnRole,
    Document,
    Edition,
    FragmentTables,
    Merge,
    Paragraph,
    Row,
    Table,
    Text,
)
from publisher.renderers.given import render as files_of
from publisher.renderers.web import render, render_fragment
from publisher.verify import Verification, verify
from tried import some_of, tried
from verify.damages import drop, markup, other_digit, tree

pytestmark = pytest.mark.thorough

MADE = [
    (folder, path.parent.name)
    for folder in (DOCUMENTS, drafts.gallery(), ROOT / "content")
    for path in sorted(folder.glob("*/document.md"))
]
FIGURES = ("0", "12", "1,450", "—", "东区", "合计", "结果维持", "")


def faults(result: Verification) -> list[str]:
    """What is told of a page, and what is not counted as kept."""
    what = [f"{each.name} {each.place} {each.message}" for each in result.differences]
    return what + [str(tally) for tally in result.counts if tally.kept != tally.of]


def with_tables(document: Document, tables: FragmentTables) -> Document:
    site = replace(document.bureau.site, tables=tables)
    return replace(document, bureau=replace(document.bureau, site=site))


def assert_own_is_whole(merged: Edition, flat: Edition) -> None:
    own = render_fragment(merged)
    page = render(merged, files_of(merged))["web/index.html"]
    assert faults(verify("x", own, own)) == []
    assert faults(verify("x", own, page)) == []
    of_flat = render_fragment(flat)
    assert faults(verify("x", of_flat, of_flat)) == []


@pytest.mark.parametrize(("folder", "name"), some_of(MADE, 2))
def test_own_fragment_and_page_of_every_made_document_are_whole(folder: Path, name: str) -> None:
    document = read_content(folder, name).document
    flat = with_tables(document, FragmentTables.FLAT)
    assert_own_is_whole(resolved(document), resolved(flat))


# -- tables made at random --------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table as in `grids`, with or without title, unit, remarks, notes, banners, same words."""
    table = draw(merged_tables(most_heads=4))
    chance = draw(st.randoms(use_true_random=False))
    alike = draw(st.booleans())
    rows = tuple(_filled(row, table, chance, alike) for row in table.rows)
    head = tuple(_filled(row, table, chance, False) for row in table.head)
    is_grouped = any(column.role is ColumnRole.GROUP for column in table.columns)
    if not is_grouped and len(table.columns) > 1 and draw(st.booleans()):
        banner = Cell(("以下各行",)), *[Cell((), merge=Merge.LEFT)] * (len(table.columns) - 1)
        rows = Row(banner), *rows
    return replace(
        table,
        title=draw(st.sampled_from(("", "分年度任务表"))),
        unit=draw(st.sampled_from((None, "张"))),
        remarks=draw(st.sampled_from(((), ("数据截至6月底。",)))),
        rows=rows,
        head=head,
    )


def _filled(row: Row, table: Table, chance: Random, alike: bool) -> Row:
    """The row with some notes and, where it is to be like others, with words that recur."""
    cells = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.role is ColumnRole.GROUP:
            cells.append(cell)
            continue
        if cell.merge is None and alike:
            written = chance.choice(FIGURES)
            cell = replace(cell, items=(written,) if written else ())
        if cell.items and chance.random() < 0.1:
            cell = replace(cell, note=f"含{len(cells)}项在建。")
        cells.append(cell)
    return replace(row, cells=tuple(cells))


def edition(made: tuple[Table, ...], form: FragmentTables = FragmentTables.MERGED) -> Edition:
    """Tables in a text, each between paragraphs, and as attachments."""
    blocks = [block for each in made for block in (Paragraph((Text("任务见下表。"),)), each)]
    attached = tuple(replace(each, title=each.title or "任务") for each in made)
    whole = edition_of(blocks=tuple(blocks), attachments=attached)
    return replace(whole, document=with_tables(whole.document, form))


@tried(8)
@given(st.lists(tables(), min_size=1, max_size=2))
def test_own_fragment_and_page_with_any_tables_are_whole(made: list[Table]) -> None:
    # A table without a word in its rows stands nowhere in particular.
    assume(all(any(cell.items for row in each.rows for cell in row.cells) for each in made))
    flat = edition(tuple(made), FragmentTables.FLAT)
    assert_own_is_whole(edition(tuple(made)), flat)


# -- what is damaged --------------------------------------------------------------------

TABLE = """\\
任务见下表。

| 区 | 分年度任务 | < | < | 备注 |
| ^ | 2031年 | < | 2032年 | ^ |
| ^ | 新建 | 改建 | 新建 | ^ |
|----|----|----|----|----|
| 东区 | 31 | 42 | 53 | 含在建 |
| 西区 | 64 | < | 75 | ^ |
| 南区 | 86 | | 97 | |
{标题: 床位建设任务, 单位: 张, 行头: 1}
"""


def of_places(path: str, do: Callable[[HtmlElement], None]) -> Callable[[HtmlElement, int], bool]:
    """Does it to the place of that number; says whether there is one."""

    def damage(root: HtmlElement, number: int) -> bool:
        places = root.xpath(path)
        if number < len(places):
            do(places[number])
        return number < len(places)

    return damage


def other_figure(cell: HtmlElement) -> None:
    cell.text = re.sub("[0-9]", other_digit, cell.text, count=1)


def without_words(cell: HtmlElement) -> None:
    cell.text = ""


def without_span(cell: HtmlElement) -> None:
    cell.attrib.pop("colspan", None)
    cell.attrib.pop("rowspan", None)


DAMAGES = {
    "figure": of_places(".//td[number(.) > 0]", other_figure),
    "head": of_places(".//thead//th", without_words),
    "row": of_places(".//tbody/tr", drop),
    "span": of_places(".//*[@colspan or @rowspan]", without_span),
    "title": of_places(".//p[contains(., '表1')]", drop),
    "unit": of_places(".//p[contains(., '单位：')]", drop),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_each_damage_of_a_kind_is_told(what: str) -> None:
    own = render_fragment(edition_of(TABLE)).decode()
    numbers = []
    for number in count():
        root = tree(own)
        if not DAMAGES[what](root, number):
            break
        assert not verify("x", own.encode(), markup(root).encode()).is_whole, number
        numbers.append(number)
    assert numbers
