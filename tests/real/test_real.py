"""Twelve real documents, published: word for word what their pages say, and what `check` finds.

They lie beside the project, not in it: a checkout alone skips.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sources import HINTS, build

from conftest import ROOT, read_content, resolved
from publisher.renderers import text
from words import squeezed

SHARED = ROOT.parent / "shared" / "real"
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")

# -- word for word ------------------------------------------------------------------------

DATE = "7.3.5.4: a date in figures"
LABEL = "7.3.4 and 7.3.7: 附件说明 begins with 附件：, an attachment with 附件 and its number"
NUMBER = "7.3.3: the form of a number"
SITE = "a slip of the website"
TABLE = "what tables cannot say yet: heads of two levels, units, notes, several in an attachment"
CONTENTS = "目录 is made of the headings as they are"


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
        Differs("(Ⅰ级)", "（Ⅰ级）", CONTENTS),
        Differs("(Ⅱ级)", "（Ⅱ级）", CONTENTS),
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


def words_of_page(name: str) -> str:
    """The words that the website shows, in the order of paper, with all that is to differ."""
    page = (SHARED / f"{name}.txt").read_text("utf-8")
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
