"""Twelve real documents, published: word for word what their pages say, and what `check` finds.

They lie beside the project, not in it: a checkout alone skips.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from source_tables import Shown, SourceTable, tables_of
from sources import build

from conftest import ROOT, checked, read_content, resolved
from publisher.diagnostics import Finding
from publisher.model import Edition, plain
from publisher.renderers import table, text, web
from test_one_text import assert_one_text
from words import squeezed

SHARED = ROOT.parent / "shared" / "real"

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here"),
]

# -- word for word ------------------------------------------------------------------------

DATE = "7.3.5.4: a date in figures"
LABEL = "7.3.4 and 7.3.7: 附件说明 begins with 附件：, an attachment with 附件 and its number"
NUMBER = "7.3.3: the form of a number"
SITE = "a slip of the website"
TITLE = "the number of a table in a text stands before its title"


@dataclass(frozen=True)
class Differs:
    """Words of the page that are published otherwise, or not at all."""

    page: str
    published: str
    reason: str


NOTICE, LETTER = "国务院办公厅文件", "国务院办公厅"
MARKS = {
    "guobanfa_1996_25_lianhe_tongzhi": "国务院办公厅中央军委办公厅文件",
    "guobanfa_1996_32_zhuanfa_qingshi_biao": NOTICE,
    "guobanfa_2018_117_tongzhi_zeren_bumen": NOTICE,
    "guobanfa_2018_126_tongzhi_fujian_biao": NOTICE,
    "guobanfa_2018_128_fangan": NOTICE,
    "guobanfa_2019_4_yijian_zhibiao_biao": NOTICE,
    "guobanfamingdian_2018_15_jiaqi": NOTICE,
    "guobanhan_2004_80_fuhan_fujian": LETTER,
    "guobanhan_2005_57_han_yuan": LETTER,
    "guobanhan_2018_74_renyuan_mingdan": NOTICE,
    "guohan_2006_132_pifu_duo_fujian_biao": "国务院文件",
    "guoling_707_tiaoli": "",
}
"""The 发文机关标志, which a website leaves out; it shows that of a 命令 as its title."""

BRIDGES = [*(f"{letter}匝道桥" for letter in "ABCDE"), "大桥"]

DIFFERENCES = {
    "guobanfa_1996_25_lianhe_tongzhi": [Differs("一九九六年六月二十九日", "1996年6月29日", DATE)],
    "guobanfa_1996_32_zhuanfa_qingshi_biao": [
        Differs("&sp;", "", SITE),
        Differs("一九九六年七月十七日", "1996年7月17日", DATE),
        Differs("执行。附：", "执行。附件：", LABEL),
        Differs("一九九六年五月十三日附：", "1996年5月13日附件", LABEL),
    ],
    "guobanhan_2004_80_fuhan_fujian": [
        Differs("二〇〇四年十一月四日", "2004年11月4日", DATE),
        Differs("二〇〇四年十月十日", "2004年10月10日", DATE),
        Differs("二〇〇四年九月二十三日", "2004年9月23日", DATE),
    ],
    "guobanhan_2005_57_han_yuan": [
        Differs("二〇〇五年六月十一日", "2005年6月11日", DATE),
    ],
    "guohan_2006_132_pifu_duo_fujian_biao": [
        Differs("续期。附件1.", "续期。附件：1.", LABEL),
        Differs("二〇〇六年十二月三十日附件1.", "2006年12月30日附件1", LABEL),
        Differs("附件2：", "附件2", LABEL),
        *(
            Differs(f"{name}界址点坐标坐标编号", f"表{number}{name}界址点坐标坐标编号", TITLE)
            for number, name in enumerate(BRIDGES, 1)
        ),
        *(Differs(f"{number}、", f"{number}.", NUMBER) for number in "123"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of all of them."""
    folder = tmp_path_factory.mktemp("real") / "content"
    build(SHARED, folder)
    return folder


def test_there_are_twelve() -> None:
    assert sorted(path.stem for path in SHARED.glob("*.txt")) == sorted(MARKS)


WITH_TABLES = [name for name in MARKS if name.endswith("_biao")]


@pytest.mark.parametrize("name", [name for name in MARKS if name not in WITH_TABLES])
def test_a_real_document_is_published_word_for_word(name: str, content: Path) -> None:
    published = text.render(_edition(name, content))["document.txt"].decode()
    assert squeezed(published) == words_of_page(name)


@pytest.mark.parametrize("name", WITH_TABLES)
def test_paper_word_and_page_have_the_tables_word_for_word(name: str, content: Path) -> None:
    words = words_of_page(name)
    edition = _edition(name, content)
    assert words[words.index(squeezed(edition.body.title)) :] == assert_one_text(edition)


@pytest.mark.parametrize("name", WITH_TABLES)
def test_plain_text_has_every_cell_in_its_row(name: str, content: Path) -> None:
    lines = text.render(_edition(name, content))["document.txt"].decode().split("\n")
    place = 0
    for source in _sources(name):
        for row in range(source.head_rows, source.height):
            drawn = [cell for cell in source.cells if cell.row == row and cell.words]
            # The name of a group stands above its rows.
            groups = [cell for cell in drawn if cell.column == 0 and cell.rows > 1]
            for cells in (groups, [cell for cell in drawn if cell not in groups]):
                words = [cell.words for cell in cells]
                place = next(at for at in range(place, len(lines)) if _holds(lines[at], words))


def _holds(line: str, words: list[str]) -> bool:
    """Whether a line has these words in order."""
    pieces = (re.escape(squeezed(each)) for each in words)
    return bool(re.search(".*".join(pieces), squeezed(line)))


@pytest.mark.parametrize("name", WITH_TABLES)
def test_the_page_merges_what_the_website_merges(name: str, content: Path) -> None:
    page = html.fromstring(web.render(_edition(name, content), {})["web/index.html"].decode())
    shown = [list(_drawn(drawn)) for drawn in page.iterfind(".//article//table")]
    assert shown == [_squeezed(source) for source in _sources(name)]


def _squeezed(source: SourceTable) -> list[Shown]:
    return [replace(cell, words=squeezed(cell.words)) for cell in source.cells]


def _drawn(drawn: html.HtmlElement) -> Iterator[Shown]:
    """The cells of a table of a page, each where it is drawn."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(drawn.iter("tr")):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            rows, columns = (int(cell.get(name, "1")) for name in ("rowspan", "colspan"))
            yield Shown(_words(cell), row, column, rows, columns)
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}


def _words(cell: html.HtmlElement) -> str:
    for added in cell.xpath(".//*[@data-generated]"):
        added.drop_tree()
    return squeezed(cell.text_content())


@pytest.mark.parametrize("name", WITH_TABLES)
def test_a_sheet_has_the_cells_of_the_website(name: str, content: Path) -> None:
    files = table.render(_edition(name, content))
    sheets = [load_workbook(io.BytesIO(data)) for file, data in files.items() if ".xlsx" in file]
    assert len(sheets) == len(_sources(name))
    for book, source in zip(sheets, _sources(name), strict=True):
        words = [_shown(cell) for row in book.worksheets[0].iter_rows() for cell in row]
        for cell in source.cells:
            assert cell.words in words


def _shown(cell: Cell | MergedCell) -> str:
    """What a cell shows: a number as its format says."""
    if not isinstance(cell.value, int | float):
        return str(cell.value or "")
    _, _, decimals = cell.number_format.partition(".")
    return f"{cell.value:{',' if ',' in cell.number_format else ''}.{len(decimals)}f}"


def _sources(name: str) -> list[SourceTable]:
    return tables_of((SHARED / f"{name}.txt").read_text("utf-8"))


def _edition(name: str, content: Path) -> Edition:
    reading = read_content(content, name.replace("_", "-"))
    assert reading.findings == ()
    return resolved(reading.document)


CONTENTS = re.compile("目　　录\n((.+)\n(?:.+\n)+?)(?=\\2\n)")
"""A 目录, which ends where its first line stands again."""


def test_the_contents_of_a_real_document_are_its_headings(content: Path) -> None:
    name = "guobanhan_2005_57_han_yuan"
    (issued,) = resolved(read_content(content, name.replace("_", "-")).document).issued
    listed = (f"{heading.label}{plain(heading.content)}" for heading in issued.listed_headings())
    match = CONTENTS.search((SHARED / f"{name}.txt").read_text("utf-8"))
    assert match
    # The page has half-width brackets in its 目录 and full-width ones in its headings.
    expected = match[1].translate(str.maketrans("()", "（）"))
    assert [squeezed(line) for line in listed] == [squeezed(line) for line in expected.splitlines()]


def words_of_page(name: str) -> str:
    """The words that the website shows, in the order of paper, with all that is to differ."""
    page = (SHARED / f"{name}.txt").read_text("utf-8")
    page = CONTENTS.sub("", page)  # of paper; plain text has none
    shown = squeezed(_number_first(_without_signs(page)))
    for differs in DIFFERENCES.get(name, []):
        assert differs.page in shown, differs
        shown = shown.replace(differs.page, differs.published, 1)
    return MARKS[name] + shown


def _without_signs(page: str) -> str:
    """A page without the signs of what is a table in it, and what spans what."""
    page = re.sub(
        "【表】(.*?)【表完】", lambda table: table[1].replace("|", ""), page, flags=re.DOTALL
    )
    return re.sub("{[a-z]+=[0-9]+}", "", page)


def _number_first(page: str) -> str:
    """A page with 发文字号 above the title, where paper has it; that of a 命令 is below."""
    if page.split("\n", 1)[0].endswith("令"):
        return page
    head, number, rest = re.split("\n(.*〔.*〕.*号)\n", page, maxsplit=1)
    return f"{number}\n{head}\n{rest}"


# -- what check finds -----------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A finding that `check` has, and whether it is a fault of the document."""

    name: str
    says: str
    """Words of its message."""
    is_fault: bool = True
    why: str = ""


def brackets(*around: str) -> list[Judged]:
    return [Judged("half_width_punctuation", words, why="GB/T 15834") for words in around]


def ranges(*all_words: str) -> list[Judged]:
    return [Judged("hyphen_range", words, why="GB/T 15834 4.13.3.3") for words in all_words]


def commas(*before: str) -> list[Judged]:
    return [Judged("comma_between_titles", words, why="GB/T 15834 4.5.3.5") for words in before]


FINDINGS = {
    "guobanfa_1996_32_zhuanfa_qingshi_biao": [
        Judged("absent_attachment", "见附表", why="what is attached is labelled 附件"),
    ],
    "guobanfa_2018_126_tongzhi_fujian_biao": [
        Judged("announced_count_differs", "共23项", why="rows 15 to 20 are withheld"),
        Judged("announced_count_differs", "共6项", why="the same"),
        Judged("serial_out_of_order", "“21”", why="the same"),
    ],
    "guobanfa_2018_128_fangan": [
        *brackets("和比例。(", "管局指导)", "和水平。(", "境部指导)"),
        *commas("菜沼畜", "茶沼畜"),
    ],
    "guobanfa_2019_4_yijian_zhibiao_biao": commas("住院收入中来自医保基金的比例"),
    "guobanhan_2004_80_fuhan_fujian": [
        *ranges("480-560", "700-800", "1-5毫米", "0.5-2"),
        Judged("differing_title", "马鬃山村地质险情调查意见", why="7.3.7"),
    ],
    "guohan_2006_132_pifu_duo_fujian_biao": [
        Judged("letter_in_number", "4O00", why="the letter O"),
        Judged("blank_in_number", "13728. 6083", why="all others have none"),
    ],
    "guoling_707_tiaoli": brackets("人所得税;"),
}
"""Of each document that has any."""


@pytest.mark.parametrize("name", MARKS)
def test_what_is_found_in_a_real_document_is_there(name: str, content: Path) -> None:
    said = checked(read_content(content, name.replace("_", "-")).document)
    judged = FINDINGS.get(name, [])
    unexpected = [each.message for each in said if not any(_is(each, known) for known in judged)]
    missing = [known.says for known in judged if not any(_is(each, known) for each in said)]
    assert (unexpected, missing) == ([], [])
    assert len(said) == len(judged)


def _is(finding: Finding, judged: Judged) -> bool:
    return finding.name == judged.name and judged.says in finding.message


def test_at_most_one_finding_a_document_is_no_fault() -> None:
    for judged in FINDINGS.values():
        assert sum(not each.is_fault for each in judged) <= 1
