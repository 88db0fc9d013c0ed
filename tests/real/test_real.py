"""Twelve real documents, published: word for word what their pages say, and what `check` finds.

They lie beside the project, not in it: a checkout alone skips.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sources import HINTS, build, tables_of

from conftest import ROOT, Reading, checked, front, read_content, resolved
from publisher.diagnostics import Finding
from publisher.model import plain
from publisher.renderers import text
from words import squeezed

SHARED = ROOT.parent / "shared" / "real"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")

# -- word for word ------------------------------------------------------------------------

DATE = "7.3.5.4: a date in figures"
LABEL = "7.3.4 and 7.3.7: 附件说明 begins with 附件：, an attachment with 附件 and its number"
NUMBER = "7.3.3: the form of a number"
SITE = "a slip of the website"
TABLE = "what tables cannot say yet: heads of two levels, units, notes, several in an attachment"


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

DIFFERENCES = {
    "guobanfa_1996_25_lianhe_tongzhi": [Differs("一九九六年六月二十九日", "1996年6月29日", DATE)],
    "guobanfa_1996_32_zhuanfa_qingshi_biao": [
        Differs("&sp;", "", SITE),
        Differs("一九九六年七月十七日", "1996年7月17日", DATE),
        Differs("执行。附：", "执行。附件：", LABEL),
        Differs("一九九六年五月十三日附：", "1996年5月13日附件", LABEL),
        Differs("单位：人", "", TABLE),
        Differs("分年度招生任务", "", TABLE),
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
        Differs("注：坐标系统为深圳独立坐标系统。", "", TABLE),
        Differs("附件2：", "附件2", LABEL),
        *(Differs(f"{name}匝道桥界址点坐标", "", TABLE) for name in "ABCDE"),
        Differs("大桥界址点坐标", "", TABLE),
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


@pytest.mark.parametrize("name", MARKS)
def test_a_real_document_is_published_word_for_word(name: str, content: Path) -> None:
    reading = read_content(content, name.replace("_", "-"))
    assert reading.findings == ()
    published = text.render(resolved(reading.document))["document.txt"].decode()
    assert squeezed(published.replace("|", "")) == words_of_page(name)


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
    shown = squeezed(_number_first(_with_tables(page, HINTS[name].tables if name in HINTS else ())))
    for differs in DIFFERENCES.get(name, []):
        assert differs.page in shown, differs
        shown = shown.replace(differs.page, differs.published, 1)
    return MARKS[name] + shown


def _with_tables(page: str, tables: tuple[dict[str, str] | None, ...]) -> str:
    """A page with the words of the tables that can be said, and without the others."""
    said = iter(tables)

    def words(table: re.Match[str]) -> str:
        return re.sub("{[a-z]+=[0-9]+}|[|]", "", table[1]) if next(said) else ""

    return re.sub("【表】(.*?)【表完】", words, page, flags=re.DOTALL)


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
    "guoling_707_tiaoli": brackets("人所得税;"),
}
"""Of each document that has any, but for what stands in tables that cannot be said yet."""


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


def test_slips_in_tables_that_cannot_be_said_yet_are_found(read: Callable[..., Reading]) -> None:
    (path,) = SHARED.glob("guohan_2006_132*.txt")
    tables = tables_of(path.read_text("utf-8"))
    rows = [[re.sub("{.*}", "", cell) for cell in row] for table in tables for row in table]
    width = max(map(len, rows))
    lines = (",".join((row + [""] * width)[:width]) for row in rows)
    table = "\n".join([",".join(f"列{number}" for number in range(width)), *lines])
    entry = "附件:\n  - {文件: table.csv, 标题: 界址点坐标}"
    reading = read({"document.md": front(entry, "坐标见附件。"), "table.csv": f"{table}\n"})
    said = Counter(finding.name for finding in checked(reading.document))
    assert (said["letter_in_number"], said["blank_in_number"]) == (1, 1)
