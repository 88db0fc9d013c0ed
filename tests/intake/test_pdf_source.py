"""PDFs of others: paragraphs, tables and looks by where characters and lines stand."""

from __future__ import annotations

import pytest
from held import is_whole, left, rows, shown, tables

from publisher import fonts
from publisher.files import Unreadable
from publisher.inspect.lines import Line
from publisher.inspect.pages import Glyph, GlyphStyle
from publisher.intake import pdf
from publisher.intake.pdf.text import Measure, TextRow, paragraphs, rows_of, runs_of
from publisher.intake.source import Aligned, SourceFile, SourceParagraph
from publisher.renderers import pdf as made
from publisher.renderers import text
from rendered import edition, in_one_process

pytestmark = in_one_process


def read(name: str) -> SourceFile:
    source = pdf.read("a.pdf", made.render(edition(name))["document.pdf"])
    assert is_whole(source)
    return source


@pytest.fixture(scope="module")
def plan() -> SourceFile:
    return read("indicators")


def test_paragraphs_are_those_of_the_text(plan: SourceFile) -> None:
    written = text.render(edition("indicators"))["document.txt"].decode()
    blocks = {"".join(block.split()) for block in written.split("\n\n")}
    kept = ["".join(words.split()) for words in shown(plan)]
    assert sum(words in blocks for words in kept) > len(kept) / 2


def test_page_numbers_are_left_out_and_places_told(plan: SourceFile) -> None:
    assert left(plan)["页码"][0].replace(" ", "") == "—1—"
    assert plan.where(1) == "第 1 页第 1 段"


def test_looks_are_those_of_the_print(plan: SourceFile) -> None:
    paragraphs = [block for block in plan.blocks if isinstance(block, SourceParagraph)]
    mark, title = (
        paragraphs[0],
        next(
            each
            for each in paragraphs
            if each.look.alignment is Aligned.CENTRED and each.number > 1
        ),
    )
    assert mark.main_run.is_red
    assert title.main_run.size == 22 or title.main_run.face == "仿宋"


def test_a_table_is_a_grid(plan: SourceFile) -> None:
    assert tables(plan)
    for table in tables(plan):
        places = table.covering()
        assert len(places) == table.height * table.width


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken", b"%PDF-1.7\n" + b"0" * 500])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        pdf.read("a.pdf", data)


def test_a_scan_is_told_as_one() -> None:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (1200, 1700), "white").save(stream, "PDF")
    with pytest.raises(Unreadable, match="扫描件"):
        pdf.read("a.pdf", stream.getvalue())


def printed(html: str) -> SourceFile:
    """A page of others, read from its PDF."""
    from weasyprint import HTML

    folder = fonts.folder()
    fonts.use(fonts.served_faces(folder), folder)
    style = "<style>@page{size:A4;margin:37mm 26mm 35mm 28mm} body{font:16pt/28pt 仿宋}"
    style += "p{margin:0} td{vertical-align:top}"
    data = HTML(string=f"{style} .c{{column-count:2;column-gap:2em}}</style>{html}").write_pdf()
    source = pdf.read("a.pdf", data)
    assert is_whole(source)
    return source


def test_text_in_two_columns_is_read_column_by_column() -> None:
    clauses = [
        f"第{number}项工作由各区政务办负责，按季度报送进展情况，年底前全部完成，不得拖延。"
        for number in range(1, 20)
    ]
    paragraphs = "".join(f"<p>　　{words}</p>" for words in clauses)
    title = "<p style='text-align:center;font-size:22pt'>关于报送年度重点工作进展情况的通知</p>"
    source = printed(f"{title}<div class=c>{paragraphs}</div>")
    assert [each.strip() for each in shown(source)][1:] == clauses


def test_a_table_without_lines_is_one_where_its_head_is_known() -> None:
    grid = [
        ["序号", "单位", "金额", "备注"],
        ["1", "市政务办", "120.5", "已拨付"],
        ["2", "市文化广电旅游体育局", "98.0", ""],
        ["合计", "", "218.5", ""],
    ]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in grid)
    source = printed(
        f"<p>　　现将资金下达如下。</p><table style='table-layout:fixed;width:100%'>{cells}"
        "</table><p>　　特此通知。</p><p style='text-align:right'>青岚市政务办</p>"
    )
    (table,) = tables(source)
    assert rows(table) == grid
    assert [each.strip() for each in shown(source)] == [
        "现将资金下达如下。",
        "［表］",
        "特此通知。",
        "青岚市政务办",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "组　长：韩　梅　　副市长",
            "副组长：许　诺　　副秘书长",
            "　　　　程　远　　市数据局局长",
        ],
        ["张　三　　　李　四　　　王　五"] * 3,
        ["青岚市政务办　　　　　　青岚市财政局", "2030年3月1日　　　　　2030年3月1日"],
    ],
)
def test_lines_with_gaps_are_no_table(lines: list[str]) -> None:
    source = printed("".join(f"<p>{words}</p>" for words in lines))
    assert not tables(source)


def test_rows_of_which_none_is_full_are_paragraphs_each() -> None:
    rows = [(90, 300), (122, 410), (122, 260), (90, 180), (122, 330), (90, 470)]
    assert [len(each) for each in _paragraphs(rows, page=595)] == [1] * len(rows)


def test_rows_that_reach_the_margin_go_on() -> None:
    rows = [(90, 300), (122, 505), (90, 260), (122, 250), (122, 498), (90, 400)]
    assert [len(each) for each in _paragraphs(rows, page=595)] == [1, 2, 1, 2]


def test_where_all_paragraphs_are_short_their_indent_is_not_the_edge() -> None:
    rows = [(90, 300), *((122, 505 if n % 4 else 300) for n in range(16))]
    assert [len(each) for each in _paragraphs(rows, page=595)] == [1] * len(rows)


def test_wide_gaps_beside_chinese_characters_are_blanks() -> None:
    line = _line([("谢", 100), ("安", 116), ("钟", 164), ("1", 180), ("月", 220)])
    (row,) = rows_of([line])
    assert runs_of([row], Measure([row]))[0].words == "谢安\u3000\u3000钟1\u3000\u3000月"


def _paragraphs(rows: list[tuple[int, int]], page: int) -> list[list[TextRow]]:
    """The paragraphs of rows that begin and end there, on one page so wide."""
    lines = [
        _line([("字", left), ("词", right - 16)], baseline=100 + 28 * number)
        for number, (left, right) in enumerate(rows)
    ]
    made = rows_of(lines)
    return list(paragraphs(made, Measure(made, width=page)))


def _line(characters: list[tuple[str, float]], baseline: float = 100) -> Line:
    style = GlyphStyle("FangSong", 16, (0, 0, 0), False, True, 0)
    glyphs = tuple(
        Glyph(each, x, baseline, x + (8 if each.isascii() else 16), style, (0, 0))
        for each, x in characters
    )
    return Line(1, glyphs)
