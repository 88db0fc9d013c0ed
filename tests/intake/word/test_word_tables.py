"""Tables of a Word file: each cell in its place, whatever was merged."""

from __future__ import annotations

import pytest
from made_word import (
    assert_whole,
    cell,
    characters,
    first_table,
    grid,
    made,
    paragraph,
    read,
    row,
    run,
    table,
)

from publisher.files import Unreadable
from publisher.intake import word
from publisher.intake.source import SourceParagraph, SourceTable, paragraphs_in
from publisher.intake.word import tables

RESTART, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
FORMULA = "<m:oMath><m:r><m:t>错位</m:t></m:r></m:oMath>"
SINGLE = '<w:tblBorders><w:top w:val="single"/><w:insideH w:val="single"/></w:tblBorders>'


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_cells_are_merged_across_and_down() -> None:
    made_ = first_table(
        made(
            table(
                row(cell("事项", settings=span(2)), "期限"),
                row(cell("一", settings=RESTART), "甲", "6月"),
                row(cell(settings=ON), "乙", "7月"),
                row("二", "丙", "8月"),
            )
        )
    )
    assert grid(made_) == [
        ["事项", "事项", "期限"],
        ["一", "甲", "6月"],
        ["一", "乙", "7月"],
        ["二", "丙", "8月"],
    ]
    assert [(each.rows, each.columns) for each in made_.cells][:4] == [
        (1, 2),
        (1, 1),
        (2, 1),
        (1, 1),
    ]


def test_cells_that_old_word_merged_across() -> None:
    merged = row(
        cell("宽", settings='<w:hMerge w:val="restart"/>'),
        cell(settings='<w:hMerge w:val="continue"/>'),
        "窄",
    )
    assert grid(first_table(made(table(merged, row("甲", "乙", "丙"))))) == [
        ["宽", "宽", "窄"],
        ["甲", "乙", "丙"],
    ]


def test_a_row_may_begin_and_end_within_the_grid() -> None:
    inner = row("中", settings='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    made_ = first_table(made(table(row("甲", "乙", "丙"), inner)))
    assert grid(made_) == [["甲", "乙", "丙"], ["–", "中", "–"]]


def test_lines_of_the_grid_at_which_nothing_begins_make_no_column() -> None:
    spanned = [
        row(cell(first, settings=span(2)), cell(second, settings=span(3)), third)
        for first, second, third in (("序号", "事项", "期限"), ("1", "甲", "6月"))
    ]
    made_ = first_table(made(table(*spanned, widths=(100, 900, 10, 10, 2000, 900))))
    assert grid(made_) == [["序号", "事项", "期限"], ["1", "甲", "6月"]]
    assert made_.widths == (1000, 2020, 900)


@pytest.mark.parametrize(
    ("sliver", "widths", "expected"),
    [
        (20, (500, 2000, 920), [["序号", "事项", "期限"], ["1", "甲", "6月"]]),
        (300, (500, 2000, 300, 900), [["序号", "事项", "期限", "期限"], ["1", "甲", "甲", "6月"]]),
    ],
    ids=["missed", "meant"],
)
def test_lines_that_miss_those_of_the_next_row_by_a_little_are_the_same(
    sliver: int, widths: tuple[int, ...], expected: list[list[str]]
) -> None:
    rows = (
        row("序号", "事项", cell("期限", settings=span(2))),
        row("1", cell("甲", settings=span(2)), "6月"),
    )
    made_ = first_table(made(table(*rows, widths=(500, 2000, sliver, 900))))
    assert grid(made_) == expected
    assert made_.widths == widths


def test_a_narrow_column_with_words_stays_one() -> None:
    rows = (row("甲", "乙", "丙"), row("丁", "戊", "己"))
    assert first_table(made(table(*rows, widths=(900, 20, 900)))).width == 3


def test_cells_merged_downwards_are_so_though_their_lines_miss_one_another() -> None:
    upper = row(cell("市局", settings=RESTART), cell("甲", settings=span(2)))
    lower = row(cell(settings=ON + span(2)), "乙")
    made_ = first_table(made(table(upper, lower, widths=(1000, 30, 2000))))
    assert grid(made_) == [["市局", "甲"], ["市局", "乙"]]


def test_a_row_that_begins_before_the_grid_begins_with_it() -> None:
    before = '<w:gridBefore w:val="-2"/>'
    made_ = first_table(made(table(row(cell("甲", settings=span(-3)), "乙", settings=before))))
    assert grid(made_) == [["甲", "乙"]]


def test_a_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    assert grid(first_table(made(table(row(cell("甲", settings=ON), "乙"))))) == [["甲", "乙"]]


def test_words_under_a_merged_cell_are_left_out() -> None:
    source = read(made(table(row(cell("甲", settings=RESTART)), row(cell("藏着", settings=ON)))))
    assert [(each.words, each.why) for each in source.left_out] == [
        *[("藏着", "合并单元格中不显示的文字")],
    ]
    assert source.where(source.left_out[0].number) == "表格 1 第 2 行第 1 列"


def test_rows_of_the_head_widths_heights_and_name() -> None:
    head = '<w:tblHeader/><w:trHeight w:val="567"/>'
    made_ = first_table(
        made(
            table(
                row("序号", "事项", settings=head),
                row("1", "甲"),
                settings='<w:tblCaption w:val="任务分解表"/>',
                widths=(1000, 3000),
            )
        )
    )
    assert (made_.head_rows, made_.widths, made_.caption) == (1, (1000, 3000), "任务分解表")
    assert made_.heights == (10.0, None)


@pytest.mark.parametrize(
    ("settings", "cells", "is_ruled"),
    [
        (SINGLE, "", True),
        ("", "", False),
        ('<w:tblStyle w:val="g"/>', "", True),
        ('<w:tblStyle w:val="g"/>' + SINGLE.replace("single", "nil"), "", False),
        ("", '<w:tcBorders><w:bottom w:val="single"/></w:tcBorders>', True),
        ("", '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>', False),
    ],
    ids=["own", "none", "style", "style switched off", "cell", "cell without"],
)
def test_visible_lines_are_seen(settings: str, cells: str, is_ruled: bool) -> None:
    grid_style = (
        '<w:style w:type="table" w:styleId="g"><w:name w:val="Table Grid"/>'
        f"<w:tblPr>{SINGLE}</w:tblPr></w:style>"
    )
    rows = row(cell("甲", settings=cells), "乙")
    data = made(table(rows, settings=settings), styles=grid_style)
    assert first_table(data).is_ruled is is_ruled


def test_a_table_in_a_cell_stands_there() -> None:
    inner = table(row("内甲", "内乙"))
    made_ = first_table(made(table(row(cell(paragraph("外"), inner, "<w:p/>"), "旁"))))
    outer = made_.cells[0]
    assert [type(each) for each in outer.blocks] == [SourceParagraph, SourceTable, SourceParagraph]
    assert [each.words for each in paragraphs_in(outer.blocks)] == ["外", "内甲", "内乙", ""]


def test_cells_and_rows_in_content_controls_are_there() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>%s</w:sdtContent></w:sdt>"
    made_ = first_table(
        made(table(control % row("甲", "乙"), f"<w:tr>{control % cell('丙')}{cell('丁')}</w:tr>"))
    )
    assert grid(made_) == [["甲", "乙"], ["丙", "丁"]]


def test_a_table_may_begin_a_page_and_lie_on_its_side() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    across = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    source = read(made(paragraph("附件", page) + table(row("甲")) + across))
    (made_,) = (each for each in source.blocks if isinstance(each, SourceTable))
    assert (made_.begins_page, made_.is_landscape) == (True, True)


@pytest.mark.parametrize(
    "inside",
    ["<w:tblPr/>", row("甲", settings='<w:del w:id="1"/>'), "<w:tr/>"],
    ids=["no row", "deleted", "no cell"],
)
def test_a_table_of_which_nothing_stands_is_none(inside: str) -> None:
    source = read(made(f"<w:tbl>{inside}</w:tbl>" + paragraph(run("后"))))
    (only,) = source.blocks
    assert only.number == 2


def test_spans_that_no_table_can_have_take_no_memory() -> None:
    wide = cell("甲", settings=span(10**9) + '<w:hMerge w:val="restart"/>')
    on = [cell(settings=span(63) + "<w:hMerge/>")] * 40
    assert first_table(made(table(row(wide, *on, "乙")))).width < 120


def test_a_table_of_too_many_places_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PLACES_OF_A_PAGE", 10)
    with pytest.raises(Unreadable, match="合并的单元格"):
        word.read("大.docx", made(table(row(*"一二三四五六七八九十百"))))


@pytest.mark.parametrize(
    "stray",
    [paragraph("错位"), run("错位"), '<v:textpath string="错位"/>', "<a:t>错位</a:t>", FORMULA],
    ids=["paragraph", "run", "watermark", "shape", "formula"],
)
def test_words_outside_of_what_may_hold_them_are_told(stray: str) -> None:
    for body in (table(stray, row("甲", stray)), stray + paragraph("甲", stray)):
        source = word.read("错.docx", made(body))
        assert_whole(source)
        read_ = "".join(each.words for each in paragraphs_in(source.blocks))
        aside = "".join(each.words for each in source.left_out)
        assert characters(read_ + aside) == characters("甲" + "错位" * 2)
