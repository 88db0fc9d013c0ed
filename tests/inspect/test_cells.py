"""Tables on finished pages: their cells, and what is torn in them."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from pages import FANG, HEI, LINE, Notice, Sheet, followed_by, written

from conftest import edition_of
from publisher import standard
from publisher.inspect import Inspection, Measurement, Verdict, inspect_pdf
from publisher.inspect.body_rules import notes_gap
from publisher.inspect.cells import cells
from publisher.inspect.lines import lines_of
from publisher.inspect.pdf import read_pages
from publisher.inspect.readings import Number
from publisher.inspect.recognise import recognise
from publisher.inspect.recognised import Part
from publisher.inspect.table_rules import tables_of
from publisher.model import Cell, Column, ColumnRole, Organ, Orientation, Row, Table
from publisher.renderers import pdf
from publisher.rules import RULES
from publisher.setting import tables
from publisher.setting.columns import Fit

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
            fit = Fit(shares, standard.TABLE_SIDE_PADDING)
            patched.setattr(tables, "fitted", lambda *_: fit)
        return inspect_pdf("a.pdf", pdf.render(edition)["document.pdf"])


@pytest.mark.thorough
def test_what_is_torn_in_a_table_is_told_and_what_is_whole_is_not() -> None:
    right = {one.rule.name: one.verdict for one in printed().measurements}
    assert right["number_whole"] is right["head_whole"] is Verdict.HOLDS
    torn = {one.rule.name: one for one in printed(0.8, 0.08, 0.12).measurements}
    assert torn["number_whole"].verdict is torn["head_whole"].verdict is Verdict.DEVIATES
    assert "监督" in torn["head_whole"].measured
    assert "/" not in torn["number_whole"].measured


# -- several tables, and tables on several pages --------------------------------------------

COLUMNS = (28.0, 80.0, 130.0, 184.0)


def drawn(
    sheet: Sheet,
    top: float,
    *rows: tuple[str, str, str],
    head: bool = True,
    columns: tuple[float, ...] = COLUMNS,
) -> float:
    """A table of rows 8 mm high, the first in 黑体 where it is the head; its lower edge."""
    bottom = top + 8 * len(rows)
    for edge in range(len(rows) + 1):
        sheet.line(columns[0], columns[-1], top + 8 * edge, 0.2)
    for x in columns:
        sheet.upright(x, top, bottom)
    for index, row in enumerate(rows):
        for x, words in zip(columns, row, strict=False):
            font = HEI if head and index == 0 else FANG
            sheet.text(words, x + 2, top + 8 * index + 5.5, font=font, size=12)
    return bottom


HEAD = ("姓名", "单位", "人数")
ROW = ("张三", "东区", "120")


def judged(*sheets: Sheet) -> dict[str, Measurement]:
    """What is said of a notice with these pages behind its text, by the rule's name."""
    made = inspect_pdf("a.pdf", followed_by(Notice(), *sheets))
    assert not made.problem
    return {each.rule.name: each for each in made.measurements}


def over_pages(*second: tuple[str, str, str], above: str = "", head: bool = True) -> Measurement:
    """A table that ends a page, and what begins the next."""
    before, after = Sheet(), Sheet()
    drawn(before, 40, HEAD, *[ROW] * 26)
    if above:
        after.text(above, 28, 38, size=12)
    drawn(after, 41, *second, head=head)
    return judged(before, after)["table_head_again"]


def test_words_between_two_tables_are_no_cells_and_each_table_has_its_head() -> None:
    sheet = Sheet()
    drawn(sheet, 40, HEAD, ROW)
    sheet.text("两表之间的文字。", 40, 66)
    drawn(sheet, 80, HEAD, ROW)
    pages = read_pages(written([sheet]))
    lines = lines_of(pages[0])
    inside = [(cell.table, cell.row, cell.lines[0].text) for cell in cells(pages[0], lines)]
    assert inside == [
        (table, row, words)
        for table in (1, 2)
        for row, cells_of in ((1, HEAD), (2, ROW))
        for words in cells_of
    ]
    made = recognise(read_pages(followed_by(Notice(), sheet, Sheet())))
    assert "两表之间的文字。" in [line.text for line in made.of(Part.BODY)]
    assert [[cell.lines[0].text for cell in each.head] for each in tables_of(made)] == [
        [*HEAD],
        [*HEAD],
    ]


def test_title_unit_and_notes_belong_to_the_table() -> None:
    sheet = Sheet()
    sheet.text("表1　床位", 90, 62, font=HEI, size=12)
    sheet.text("单位：张", 164, 68, size=12)
    bottom = drawn(sheet, 70, HEAD, ROW)
    sheet.text("注：截至六月底", 28, bottom + 5, size=10.5)
    sheet.text("①含在建", 28, bottom + 10, size=10.5)
    sheet.text("正文接着写。", 40, bottom + 24)
    made = recognise(read_pages(followed_by(Notice(), sheet, Sheet())))
    said = [line.words for line in made.of(Part.TABLE_WORDS)]
    assert said == ["表1床位", "单位：张", "注：截至六月底", "①含在建"]
    assert "正文接着写。" in [line.text for line in made.of(Part.BODY)]


def test_a_head_that_is_missing_on_the_next_page_is_told() -> None:
    told = over_pages(ROW, ROW, head=False)
    assert told.verdict is Verdict.DEVIATES
    assert "没有表头" in told.measured
    assert over_pages(ROW, ROW, head=False, above="续表1").verdict is Verdict.DEVIATES


@pytest.mark.parametrize("above", ["", "续表1　床位"])
def test_a_head_that_stands_again_holds(above: str) -> None:
    assert over_pages(HEAD, ROW, above=above).verdict is Verdict.HOLDS


def test_a_table_that_begins_on_a_page_goes_on_from_none() -> None:
    new = ("项目", "标准", "金额")
    assert over_pages(new, ROW).verdict is Verdict.NOT_APPLICABLE
    assert over_pages(ROW, ROW, head=False, above="表2　别的").verdict is Verdict.NOT_APPLICABLE


def test_a_name_of_which_one_character_stands_alone_is_told() -> None:
    def with_name(*lines: str) -> Verdict:
        sheet = Sheet()
        drawn(sheet, 40, HEAD, ("", "", ""), ROW)
        for index, words in enumerate(lines):
            # pdfium leaves out a single character that stands so near to others.
            sheet.text(words + " ", 32, 51.5 + 3.7 * index, size=10.5)
        return judged(sheet, Sheet())["cell_whole"].verdict

    assert with_name("欧阳", "明") is Verdict.DEVIATES
    assert with_name("张三、欧阳", "明") is Verdict.DEVIATES
    assert with_name("张三、", "欧阳明") is Verdict.HOLDS
    assert with_name("张三", "李四") is Verdict.HOLDS
    assert with_name("张　三", "李　四") is Verdict.HOLDS


@pytest.mark.parametrize(("right", "verdict"), [(184.0, Verdict.HOLDS), (190.0, Verdict.DEVIATES)])
def test_a_table_beside_the_type_area_is_told(right: float, verdict: Verdict) -> None:
    sheet = Sheet()
    drawn(sheet, 40, HEAD, ROW, columns=(28.0, 80.0, 130.0, right))
    assert judged(sheet, Sheet())["table_area"].verdict is verdict


def test_a_unit_after_notes_of_attachments_is_no_entry_of_them() -> None:
    sheet = Sheet()
    sheet.text("单位：张", 164, 42, size=12)
    drawn(sheet, 44, HEAD, ROW)
    told = judged(sheet, Sheet())
    assert told["notes_aligned"].verdict is not Verdict.DEVIATES


@pytest.mark.parametrize(("blank", "is_right"), [(1.0, True), (3.0, False), (0.0, False)])
def test_what_stands_below_a_table_that_ends_the_text_is_measured_from_it(
    blank: float, is_right: bool
) -> None:
    sheet = Sheet()
    sheet.text("正文的一段。", 40, 38)
    bottom = drawn(sheet, 44, HEAD, ROW)
    sheet.text("附件：检查安排表", 39, bottom + (blank + 0.5) * LINE + 2.1)
    made = recognise(read_pages(followed_by(Notice(), sheet, Sheet())))
    notes = [line for line in made.lines if line.page == 3 and line.words.startswith("附件：")]
    (gap,) = notes_gap(replace(made, parts={**made.parts, Part.NOTES: tuple(notes)}))
    assert isinstance(gap, Number)
    (rule,) = (rule for rule in RULES if rule.name == "notes_gap")
    assert rule.allows(gap.value) is is_right
