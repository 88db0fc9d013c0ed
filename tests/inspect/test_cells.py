"""Tables on finished pages: their cells, and what is torn in them."""

from __future__ import annotations

import datetime

import pytest
from pages import Sheet, written

from conftest import edition_of
from publisher.inspect import Inspection, Verdict, inspect_pdf
from publisher.inspect.cells import cells
from publisher.inspect.lines import lines_of
from publisher.inspect.pdf import read_pages
from publisher.model import Cell, Column, ColumnRole, Organ, Orientation, Row, Table
from publisher.renderers import pdf
from publisher.setting import tables

PROSE = "逐段排查堤防险工，登记造册，限期整改，汛前完成复核。"


def test_cells_are_what_stands_between_strokes_however_near() -> None:
    sheet = Sheet()
    for x in (30, 50, 70):
        sheet.upright(x, 40, 80)
    for y in (40, 60, 80):
        sheet.line(30, 70, y, 0.2)
    for x, baseline, words in [
        (31, 47, "左一"),
        (51, 47, "右一"),
        (31, 54, "左二"),
        (41, 70, "左三"),
        (51, 70, "右三"),
        (90, 70, "外"),
    ]:
        sheet.text(words, x, baseline, size=12)
    (page,) = read_pages(written([sheet]))
    found = cells(page, lines_of(page))
    assert [[line.text for line in cell.lines] for cell in found] == [
        ["左一", "左二"],
        ["右一"],
        ["左三"],
        ["右三"],
    ]
    assert [(round(cell.left.mm), round(cell.right.mm)) for cell in found[:2]] == [
        (30, 50),
        (50, 70),
    ]


def printed(*shares: float) -> Inspection:
    """A table of three columns in these widths."""
    names = (("内容", PROSE * 3), ("监督方式", "季度公布结果"), ("数值", "103503.7154"))
    table = Table(
        "表",
        tuple(Column(name, ColumnRole.TEXT) for name, _ in names),
        (Row(tuple(Cell((words,)) for _, words in names)),) * 3,
        orientation=Orientation.PORTRAIT,
    )
    edition = edition_of(
        "文。",
        title="关于抓好年度工作的通知",
        issuers=(Organ("青岚市水务局"),),
        number="青水发〔2030〕7号",
        date=datetime.date(2030, 3, 1),
        attachments=(table,),
    )
    with pytest.MonkeyPatch.context() as patched:
        if shares:
            patched.setattr(tables, "column_shares", lambda *_: shares)
        return inspect_pdf("a.pdf", pdf.render(edition)["document.pdf"])


@pytest.mark.thorough
def test_what_is_torn_in_a_table_is_told_and_what_is_whole_is_not() -> None:
    right = {one.rule.name: one.verdict for one in printed().measurements}
    assert right["number_whole"] is right["head_whole"] is Verdict.HOLDS
    torn = {one.rule.name: one for one in printed(0.8, 0.08, 0.12).measurements}
    assert torn["number_whole"].verdict is torn["head_whole"].verdict is Verdict.DEVIATES
    assert "监督" in torn["head_whole"].measured
    assert "/" not in torn["number_whole"].measured
