"""Tables in Word: what Word, WPS and LibreOffice find in them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree
from test_docx import set_in_word, styled

from audit import said_by_openxml_audit
from conftest import edition_of
from conversions import converted
from printed import pages_of
from publisher import standard
from publisher.model import (
    Cell,
    Column,
    ColumnRole,
    Edition,
    Grouping,
    Merge,
    Orientation,
    Prose,
    Row,
    Table,
)
from publisher.renderers import docx as renderer
from publisher.renderers import pdf
from publisher.setting import compose
from publisher.setting.composition import ComposedTable

BEDS = """床位见表1。

| 区 | 分年度任务 | < | 备注 |
| ^ | 2031年 | 2032年 | ^ |
|----|----|----|----|
| 合计 | 1,450 | 1600.5 | |
| 东区 | 100 | 120[^a] | 改扩建 |
| 西区 | 1350 | < | ^ |
{标题: 床位建设任务, 单位: 张, 行头: 1, 注: 数据截至6月底,
 列: {分年度任务/2031年: 数字, 分年度任务/2032年: 数字}}

[^a]: 含在建。
"""
BARE = """| 甲 | 乙 |
|---|---|
| 子 | 丑 |

| 丙 | 丁 |
|---|---|
| 寅 | 卯 |"""


def blocks(document: WordDocument) -> list[str]:
    """The paragraphs and tables of the body, by their styles."""
    styles = document.styles.element
    names = {s.get(qn("w:styleId")): s.find(qn("w:name")).get(qn("w:val")) for s in styles[2:]}
    found = []
    for block in document.element.body:
        style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        is_table = block.tag == qn("w:tbl")
        found.append(
            "table" if is_table else names.get("" if style is None else style.get(qn("w:val")), "")
        )
    return found


def grid(table: etree._Element) -> list[list[str]]:
    """The cells of each row: what they reach over, and their words."""
    return [[_cell(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]


def _cell(cell: etree._Element) -> str:
    span, merge = (cell.find(f"{qn('w:tcPr')}/{qn(name)}") for name in ("w:gridSpan", "w:vMerge"))
    over = "" if span is None else f"[{span.get(qn('w:val'))}]"
    down = "" if merge is None else {"restart": "v", "continue": "^"}[merge.get(qn("w:val"))]
    return over + down + "".join(cell.itertext(qn("w:t")))


def test_a_table_of_a_text_has_title_and_unit_above_and_notes_below() -> None:
    document = set_in_word(edition_of(BEDS))
    at = blocks(document).index("table")
    assert blocks(document)[at - 2 : at + 3] == ["表题", "表格单位", "table", "表注", "表注"]
    assert styled(document, "表题") == ["表1　床位建设任务"]
    assert styled(document, "表格单位") == ["单位：张"]
    assert [words.replace("\t", "") for words in styled(document, "表注")] == [
        "注：数据截至6月底",
        "①含在建。",
    ]
    for style in ("表题", "表格单位"):
        assert document.styles[style].paragraph_format.keep_with_next  # type: ignore[attr-defined]
    last = document.tables[0]._tbl.tr_lst[-1]
    kept = [p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") for p in last.iter(qn("w:p"))]
    assert None not in kept


def test_what_leads_in_to_a_table_stays_with_it() -> None:
    table = "| 区 | 数 |\n|---|---|\n| 东 | 1 |"
    document = set_in_word(edition_of(f"上文：\n\n名单如下：\n\n{table}\n\n下文。"))
    kept = {p.text: p.paragraph_format.keep_with_next for p in document.paragraphs}
    assert kept["名单如下："]
    assert not kept["上文："]


@pytest.mark.parametrize(
    ("above", "is_kept"), [("| 区 | 数 |\n|---|---|\n| 东 | 1 |", True), ("上文。", False)]
)
def test_the_end_of_a_text_with_tables_goes_with_the_signature(above: str, is_kept: bool) -> None:
    # How high programs draw a table decides on which page the signature falls (7.3.5.5).
    text = f"{above}\n\n{'末段的字' * 10}。"
    document = set_in_word(edition_of(text, date=datetime.date(2030, 3, 1)))
    (last,) = (p for p in document.paragraphs if p.text.startswith("末段的字"))
    assert bool(last.paragraph_format.keep_with_next) is is_kept


def test_merged_cells_and_heads_of_several_rows_are_those_of_word() -> None:
    (table,) = set_in_word(edition_of(BEDS)).tables
    assert grid(table._tbl) == [
        ["v区", "[2]分年度任务", "v备注"],
        ["^", "2031年", "2032年", "^"],
        ["合计", "1,450", "1600.5", ""],
        ["东区", "100", "120①", "v改扩建"],
        ["西区", "[2]1350", "^"],
    ]
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table._tbl.tr_lst]
    assert [head is not None for head in heads] == [True, True, False, False, False]


def test_the_points_of_figures_stand_at_one_tab_whatever_stands_behind_them() -> None:
    (table,) = set_in_word(edition_of(BEDS)).tables
    tabs = [
        [(tab.get(qn("w:val")), tab.get(qn("w:pos"))) for tab in row.cells[2]._tc.iter(qn("w:tab"))]
        for row in table.rows[2:4]
    ]
    assert [kind for ((kind, _),) in tabs] == ["decimal", "decimal"]
    assert len({place for ((_, place),) in tabs}) == 1
    (mark,) = (run for p in table.rows[3].cells[2].paragraphs for run in p.runs if run.text == "①")
    assert mark.style is not None
    assert mark.style.name == "表注号"


def test_a_screen_reader_is_told_what_a_table_is() -> None:
    (table,) = set_in_word(edition_of(BEDS)).tables
    properties = table._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "床位建设任务"
    described = properties.find(qn("w:tblDescription")).get(qn("w:val"))
    assert described == "共3行，各列为区、分年度任务/2031年、分年度任务/2032年、备注"
    look = properties.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_tables_after_one_another_stay_apart_and_a_text_may_begin_and_end_with_one() -> None:
    document = set_in_word(edition_of(BARE))
    kinds = blocks(document)
    first = kinds.index("table")
    assert kinds[first - 1 : first + 5] == ["表前", "table", "表后", "表前", "table", "表后"]


def test_a_table_in_a_landscape_text_is_as_wide_as_its_pages() -> None:
    inner = edition_of(BEDS).document.body.blocks
    text = Prose("附文", inner, orientation=Orientation.LANDSCAPE)
    (table,) = set_in_word(edition_of("文。", attachments=(text,))).tables
    width = table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))
    across = standard.text_width(standard.GBT33476, landscape=True)
    assert int(width) == across.twips


# -- over pages -------------------------------------------------------------------------

_COLUMNS = (
    Column("组", ColumnRole.GROUP),
    Column("小组", ColumnRole.GROUP),
    Column("事项", ColumnRole.TEXT),
    Column("数", ColumnRole.NUMBER),
    Column("备注", ColumnRole.TEXT),
)


def long_table(count: int = 80, *, says_it_goes_on: bool = False) -> Table:
    """A table of some pages: nested groups, and remarks of seven rows each."""
    rows = (
        Row(
            (
                Cell((f"组{index // 30}",)),
                Cell((f"小组{index // 8}",)),
                Cell((f"第{index}项" + "工作推进落实到位" * (index % 4),)),
                Cell((str(index * 1.5),)),
                Cell((), merge=Merge.ABOVE) if index % 7 else Cell((f"备注{index}",)),
            )
        )
        for index in range(count)
    )
    return Table(
        "表",
        _COLUMNS,
        tuple(rows),
        orientation=Orientation.PORTRAIT,
        remarks=("一。",),
        says_it_goes_on=says_it_goes_on,
    )


def plain_table(count: int, name: str = "组", words: str = "") -> Table:
    """A table of one group, its rows of one line each but for these words."""
    rows = tuple(Row((Cell((name,)), Cell((f"第{index}项{words}",)))) for index in range(count))
    columns = (Column("组", ColumnRole.GROUP), Column("事项", ColumnRole.TEXT))
    return Table("表", columns, rows, orientation=Orientation.PORTRAIT)


def begins(edition: Edition) -> list[str]:
    """The names of the items with which the composition begins pages of its only table."""
    (composed,) = compose(edition).tables
    return [page[0].rows[0].cells[2].items[0].split("项")[0] + "项" for page in composed.pages]


def test_merged_words_begin_again_where_a_page_does() -> None:
    edition = edition_of("文。", attachments=(long_table(),))
    (table,) = set_in_word(edition).tables
    rows = {row[2].split("项")[0] + "项": row for row in grid(table._tbl)}
    later = begins(edition)[1:]
    assert len(later) > 1
    for name in later:
        number = int(name[1:-1])
        group, inner, *_, remark = rows[name]
        assert group.lstrip("v") == f"组{number // 30}"
        assert inner.lstrip("v") == f"小组{number // 8}"
        assert remark.lstrip("v") == f"备注{number - number % 7}"


def test_rows_beside_merged_words_that_begin_a_page_stay_together() -> None:
    """Else the first of them stand on the page above, and the words are divided or overlap."""
    words = "由民政部门会同有关部门办理，不得增加材料，不得拖延时间，违者依法依规追究责任。" * 3

    def basis(index: int) -> Cell:
        return Cell((), merge=Merge.ABOVE) if index % 6 else Cell((words,))

    columns = (Column("事项", ColumnRole.TEXT), Column("依据", ColumnRole.TEXT))
    rows = tuple(Row((Cell((f"第{index}项",)), basis(index))) for index in range(60))
    table = Table("表", columns, rows, orientation=Orientation.PORTRAIT)
    edition = edition_of("文。", attachments=(table,))
    (made,) = set_in_word(edition).tables
    (composed,) = compose(edition).tables
    kept = [row.find(f".//{qn('w:keepNext')}") is not None for row in made._tbl.iter(qn("w:tr"))]
    held = {index for index, is_kept in enumerate(kept[1:]) if is_kept}
    anchors = [row.anchor for row in composed.table.rows]
    begin = [anchors.index(page[0].rows[0].anchor) for page in composed.pages[1:]]
    moved = [number for number in begin if number % 6 == 0]
    assert moved
    assert held == {*begin, *(number + below for number in moved for below in range(3))}


def test_the_name_of_a_group_in_a_row_of_its_own_has_the_mark_of_its_note() -> None:
    columns = (Column("分类", ColumnRole.GROUP), Column("任务", ColumnRole.TEXT))
    above = Cell((), merge=Merge.ABOVE)
    rows = (
        Row((Cell(("养老",), note="含医养结合。"), Cell(("建食堂",)))),
        Row((above, Cell(("改造",)))),
        Row((Cell(("救助",)), Cell(("开展救助",)))),
    )
    table = Table("表", columns, rows, grouping=Grouping.HEADING_ROW)
    edition = edition_of("文。", attachments=(table,))
    (made,) = set_in_word(edition).tables
    words = [row[0] for row in grid(made._tbl)]
    assert words == ["任务", "养老①", "建食堂", "改造", "救助", "开展救助"]
    pages = pages_of(pdf.render(edition)["document.pdf"])
    assert pages[-1].text.count("①") == 2


def test_codes_are_parted_at_the_blank_and_not_at_their_hyphens() -> None:
    rows = tuple(Row((Cell(("R-160.000 L-96.753",)), Cell((f"{row}.5",)))) for row in range(3))
    columns = (Column("参数", ColumnRole.TEXT), Column("数值", ColumnRole.NUMBER))
    table = Table("表", columns, rows, orientation=Orientation.PORTRAIT, widths=(1, 5))
    (made,) = set_in_word(edition_of("文。", attachments=(table,))).tables
    paragraph = made.rows[1].cells[0].paragraphs[0]
    indents = paragraph._p.pPr.find(qn("w:ind"))
    assert paragraph.text == "R-160.000 L-96.753"
    assert indents is not None
    assert int(indents.get(qn("w:left"))) > 0


def test_a_merged_figure_stands_once_in_word_whatever_the_pages() -> None:
    def figure(index: int) -> Cell:
        return Cell((), merge=Merge.ABOVE) if index % 7 else Cell((f"{index}.5",))

    table = long_table()
    rows = tuple(
        Row((*row.cells[:3], figure(index), row.cells[4])) for index, row in enumerate(table.rows)
    )
    edition = edition_of("文。", attachments=(replace(table, rows=rows),))
    (made,) = set_in_word(edition).tables
    stand = [row[3].lstrip("v") for row in grid(made._tbl)[1:] if row[3] != "^"]
    (composed,) = compose(edition).tables
    cells = (row.cells[3] for row in composed.table.rows)
    assert stand == [cell.items[0] for cell in cells if not cell.is_covered]
    assert len(composed.pages) > 2


def test_a_table_with_xubiao_is_one_a_page_each_below_its_mark() -> None:
    edition = edition_of("文。", attachments=(long_table(says_it_goes_on=True),))
    document = set_in_word(edition)
    assert len(document.tables) == len(begins(edition)) > 2
    assert styled(document, "续表题") == ["续表　表"] * (len(document.tables) - 1)
    for table in document.tables:
        assert grid(table._tbl)[0] == ["组", "小组", "事项", "数", "备注"]
    captions = [t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in document.tables]
    assert captions == ["表", *["表（续）"] * (len(document.tables) - 1)]


def test_only_a_row_that_is_higher_than_a_page_may_be_split() -> None:
    table = long_table(3)
    high = Row(
        (*table.rows[1].cells[:2], Cell(("登记造册整改落实。" * 400,)), *table.rows[1].cells[3:])
    )
    made = Table(
        "表", _COLUMNS, (table.rows[0], high, table.rows[2]), orientation=Orientation.PORTRAIT
    )
    (only,) = set_in_word(edition_of("文。", attachments=(made,))).tables
    held = [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") for row in only._tbl.tr_lst]
    assert [one is not None for one in held] == [True, True, False, True]
    assert "（续）" not in "".join(only._tbl.itertext())


def test_the_last_rows_stay_with_the_end_of_their_table_where_they_alone_are_on_a_page() -> None:
    def alone(count: int) -> bool:
        (composed,) = compose(edition_of("文。", attachments=(plain_table(count),))).tables
        return sum(len(group.rows) for group in composed.pages[-1]) == 2

    count = next(count for count in range(20, 60) if alone(count))
    (table,) = set_in_word(edition_of("文。", attachments=(plain_table(count),))).tables
    *_, last = (
        [p.paragraph_format.keep_with_next for p in c.paragraphs]
        for c in (row.cells[0] for row in table.rows)
    )
    assert last == [True]


def test_a_name_breaks_where_the_composition_breaks_it_and_stays_one_text() -> None:
    name = "养老服务体系建设水平（100分）"
    made = plain_table(4, name=name, words="办理" * 20)
    (composed,) = compose(edition_of("文。", attachments=(made,))).tables
    cell = next(composed.cells_of(composed.table.rows[0]))
    ((first, *more),) = cell.lines
    assert more
    (table,) = set_in_word(edition_of("文。", attachments=(made,))).tables
    (paragraph,) = table.rows[1].cells[0].paragraphs
    assert paragraph.text == name
    sides = paragraph.paragraph_format
    assert sides.left_indent == sides.right_indent
    assert sides.left_indent is not None
    across = cell.room.pt - 2 * sides.left_indent.pt
    words = "".join(piece.text for piece in first.pieces)
    em = standard.Size.SMALL_4.length.pt
    assert len(words) * em <= across < (len(words) + 1) * em


@pytest.fixture(scope="module")
def everything() -> bytes:
    """A document with tables of all kinds."""
    tables = (long_table(), long_table(says_it_goes_on=True))
    edition = edition_of(f"{BEDS}\n{BARE}", attachments=tables)
    return renderer.render_document(compose(edition))


@pytest.mark.thorough
def test_openxml_audit_finds_nothing(everything: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(everything)
    assert said_by_openxml_audit(path) == ""


def test_docx_integrity_finds_nothing(everything: bytes, tmp_path: Path) -> None:
    check = pytest.importorskip("docx_integrity").check
    path = tmp_path / "document.docx"
    path.write_bytes(everything)
    assert check(str(path)) == []


def tables_in(composed: object) -> Iterator[ComposedTable]:
    """The tables in what is composed."""
    if isinstance(composed, ComposedTable):
        yield composed
    for name in ("inner", "blocks"):
        for inner in getattr(composed, name, ()):
            yield from tables_in(inner)


@pytest.mark.slow
def test_libreoffice_begins_pages_with_the_rows_of_the_composition(tmp_path: Path) -> None:
    edition = edition_of("文。", attachments=(long_table(),))
    made = converted({"document": renderer.render_document(compose(edition))}, tmp_path)
    pages = pages_of(made["document"])[1:]
    wanted = begins(edition)
    assert len(pages) == len(wanted)
    for page, name in zip(pages, wanted, strict=True):
        text = page.text.replace(" ", "")
        assert text.count("备注") >= 1  # the head
        number = int(name[1:-1])
        assert name in text
        assert f"第{number - 1}项" not in text
        assert f"小组{number // 8}" in text
