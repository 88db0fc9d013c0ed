"""Texts × habits → the foreign files that are tried, each with the right answer beside it.

The real documents lie beside the project, not in it: a checkout alone has those of our own texts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import hand_typed
import page_habits
from answers import Block, blocks_of, typed
from other_habits import text_of, workbook
from page_habits import on_page
from word_habits import Habit, shown, word_file

from conftest import ROOT, read_content
from publisher import fonts
from publisher.intake.result import Role
from publisher.model import Bureau, Organ

SHARED = ROOT.parent / "shared" / "real"
BUREAU = Bureau((Organ("青岚市水务局"),))
"""Of somebody else: nothing of the files is known to it."""
_OLD = (".doc", ".odt", ".rtf", ".pdf")


@dataclass(frozen=True)
class Foreign:
    """Files that make a document, and what is right of it."""

    name: str
    """Of the first of them."""
    habit: str
    answers: Callable[[], Sequence[Block]]
    make: Callable[[], Mapping[str, bytes]]
    """The files by name, those that LibreOffice is to save in another format as Word files."""
    saved_as: str = ""
    """The suffix of that format."""

    @property
    def is_real(self) -> bool:
        """Whether its text lies beside the project."""
        return self.name.startswith("guo")


# -- texts ------------------------------------------------------------------------------


@cache
def real_content() -> Path:
    """The real documents as content, made once a process."""
    sys.path.append(str(ROOT / "tests" / "real"))
    from sources import build

    folder = Path(tempfile.mkdtemp(prefix="foreign-"))
    build(SHARED, folder / "content")
    return folder / "content"


@cache
def text(name: str) -> tuple[Block, ...]:
    """The blocks of one of our texts, or of a real document."""
    if not name.startswith("guo"):
        return typed(name)
    return blocks_of(read_content(real_content(), name.replace("_", "-")).document)


# -- habits -----------------------------------------------------------------------------

WORD = {
    "手工编号": Habit(headings="none"),
    "自动编号": Habit(numbers="auto"),
    "直接设格式": Habit(),
    "加粗作标题": Habit(headings="bold", indents="blanks"),
    "表格排版头版记": Habit(mark="table", imprint="table"),
    "文本框（DrawingML）": Habit(mark="drawing"),
    "文本框（VML）": Habit(mark="vml", indents="blanks"),
    "空格对齐": Habit(alignment="blanks", indents="blanks"),
    "制表符缩进": Habit(alignment="blanks", indents="tab", headings="bold"),
    "一字一段格式": Habit(splits_runs=True),
    "半角标点": Habit(half_width=True),
    "修订和批注": Habit(revises=True),
    "内置样式": Habit(headings="styles", title_style="Title", text_style="Body Text"),
    "样式加自动编号": Habit(headings="styles", numbers="auto", text_style="List Paragraph"),
    "WPS": Habit(from_wps=True),
    "空行和页码": Habit(leaves_lines=True, headings="none", indents="blanks"),
    "手动换行": Habit(breaks_lines=True, indents="blanks", headings="none"),
}
PAGES: dict[str, page_habits.Maker] = {
    "网页：层层 span": page_habits.span_soup,
    "网页：br 分段": page_habits.with_breaks,
    "网页：表格布局": page_habits.in_tables,
    "网页：手机副本": page_habits.with_mobile_copy,
    "网页：HTML 5": page_habits.with_elements,
}


def _word(habit: str, name: str, saved_as: str = "") -> Foreign:
    kind = WORD[habit]
    called = f"{name}-{list(WORD).index(habit)}"
    return Foreign(
        called + (saved_as or ".docx"),
        f"另存为 {saved_as}" if saved_as else habit,
        lambda: [shown(block, kind) for block in text(name)],
        lambda: {f"{called}.docx": word_file(text(name), kind)},
        saved_as,
    )


def _page(habit: str, name: str) -> Foreign:
    make = PAGES[habit]
    called = f"{name}-{list(PAGES).index(habit)}.html"
    return Foreign(
        called,
        habit,
        lambda: [*on_page(text(name)), *page_habits.SITE.answers],
        lambda: {called: make(on_page(text(name)))},
    )


def _saved_page(name: str) -> Foreign:
    return Foreign(
        f"{name}.htm",
        "Word 存的网页",
        lambda: text(name),
        lambda: {f"{name}.htm": page_habits.saved_by_word(text(name))},
    )


def _site_page(name: str) -> Foreign:
    return Foreign(
        f"{name}.html",
        "网页：国务院网站",
        lambda: [*on_page(text(name)), *page_habits.SITE.answers],
        lambda: {f"{name}.html": page_habits.around((SHARED / f"{name}.html").read_text("utf-8"))},
    )


def _plain(name: str, wraps: bool, encoding: str) -> Foreign:
    return Foreign(
        f"{name}.txt",
        f"文本：{'硬换行' if wraps else '一段一行'}，{encoding}",
        lambda: text(name),
        lambda: {f"{name}.txt": text_of(text(name), wraps, encoding)},
    )


def _by_hand(name: str, saved_as: str = "") -> Foreign:
    called = f"{name}-hand"
    return Foreign(
        called + (saved_as or ".docx"),
        f"手工排版，另存为 {saved_as}" if saved_as else "手工排版",
        lambda: hand_typed.right(name),
        lambda: {f"{called}.docx": hand_typed.word_file(name)},
        saved_as,
    )


def _together(name: str, habit: str) -> Foreign:
    """The notice and its text in Word, the tables in a workbook."""

    def parts() -> tuple[Sequence[Block], Sequence[Block]]:
        blocks = text(name)
        tables = (place for place, each in enumerate(blocks) if each.grid)
        first = next(tables)
        marks = [n for n in range(first) if blocks[n].role is Role.ATTACHMENT_MARK]
        return blocks[: marks[-1]], blocks[marks[-1] :]

    def make() -> Mapping[str, bytes]:
        words, tables = parts()
        return {f"{name}.docx": word_file(words, WORD[habit]), f"{name}.xlsx": workbook(tables)}

    def answers() -> Sequence[Block]:
        words, tables = parts()
        return [*words, *(each for each in tables if each.role is not Role.ATTACHMENT_MARK)]

    return Foreign(f"{name}.docx+xlsx", "Word 加工作簿", answers, make)


_OURS = (
    *(_word("手工编号", name) for name in ("plan", "request", "joint")),
    *(_word("自动编号", name) for name in ("opinion", "emergency", "plan")),
    *(_word("直接设格式", name) for name in ("order", "forwarded", "announcement")),
    *(_word("加粗作标题", name) for name in ("opinion", "circular", "letter")),
    *(_word("表格排版头版记", name) for name in ("request", "plan")),
    *(_word("文本框（DrawingML）", name) for name in ("letter", "attachments")),
    *(_word("文本框（VML）", name) for name in ("minutes", "order")),
    *(_word("空格对齐", name) for name in ("request", "group")),
    *(_word("制表符缩进", name) for name in ("circular", "joint")),
    *(_word("一字一段格式", name) for name in ("plan", "attachments")),
    *(_word("半角标点", name) for name in ("opinion", "letter")),
    *(_word("修订和批注", name) for name in ("plan", "forwarded")),
    *(_word("内置样式", name) for name in ("opinion", "emergency")),
    _word("样式加自动编号", "plan"),
    *(_word("WPS", name) for name in ("minutes", "attachments")),
    *(_word("空行和页码", name) for name in ("plan", "retyped", "circular")),
    *(_word("手动换行", name) for name in ("opinion", "letter")),
    *(_word(habit, "template") for habit in ("直接设格式", "表格排版头版记", "文本框（VML）")),
    *(_word(habit, "retyped") for habit in ("手工编号", "空格对齐", "加粗作标题")),
    *(_word("手工编号", name) for name in ("brief", "draft")),
    _word("表格排版头版记", "brief"),
    *(_word("空格对齐", name) for name in ("draft", "roster")),
    *(_word("加粗作标题", name) for name in ("leaflet", "roster")),
    _page("网页：HTML 5", "leaflet"),
    _plain("draft", False, "gb18030"),
    _page("网页：层层 span", "retyped"),
    _plain("retyped", True, "gb18030"),
    _word("直接设格式", "plan", ".doc"),
    _word("自动编号", "opinion", ".odt"),
    _word("空格对齐", "circular", ".rtf"),
    _word("直接设格式", "attachments", ".pdf"),
    _word("加粗作标题", "opinion", ".pdf"),
    *(_saved_page(name) for name in ("plan", "opinion")),
    *(_page("网页：层层 span", name) for name in ("opinion", "emergency")),
    *(_page("网页：br 分段", name) for name in ("joint", "group")),
    *(_page("网页：表格布局", name) for name in ("announcement", "attachments")),
    *(_page("网页：手机副本", name) for name in ("forwarded", "plan")),
    *(_page("网页：HTML 5", name) for name in ("opinion", "attachments")),
    _plain("opinion", True, "utf-8"),
    _plain("request", True, "gb18030"),
    _plain("plan", False, "gb18030"),
    _plain("group", False, "utf-16"),
    *(_word("手工编号", name) for name in ("reply", "rules", "decision")),
    *(_word("直接设格式", name) for name in ("appointment", "publicity")),
    *(_word("自动编号", name) for name in ("guide",)),
    *(_page("网页：层层 span", name) for name in ("reply", "publicity")),
    *(_page("网页：br 分段", name) for name in ("appointment", "guide")),
    _page("网页：HTML 5", "rules"),
    _plain("decision", True, "utf-8"),
    _together("plan", "直接设格式"),
    _together("attachments", "内置样式"),
    *map(_by_hand, hand_typed.names()),
    _by_hand("letter", ".doc"),
    _by_hand("work-plan", ".odt"),
    _by_hand("opinion", ".rtf"),
    *(_by_hand(name, ".pdf") for name in ("work-plan", "emergency", "request", "minutes")),
)
_SHORT = {
    "1996_25_lianhe_tongzhi": "空格对齐",
    "1996_32_zhuanfa_qingshi_biao": "加粗作标题",
    "2018_117_tongzhi_zeren_bumen": "自动编号",
    "2018_126_tongzhi_fujian_biao": "半角标点",
    "2018_128_fangan": "手工编号",
    "2019_4_yijian_zhibiao_biao": "直接设格式",
}
"""Documents of the State Council's office, each typed with another habit."""
_FURTHER = {
    "guobanfamingdian_2018_15_jiaqi": "一字一段格式",
    "guobanhan_2004_80_fuhan_fujian": "文本框（DrawingML）",
    "guobanhan_2005_57_han_yuan": "样式加自动编号",
    "guobanhan_2018_74_renyuan_mingdan": "表格排版头版记",
    "guohan_2006_132_pifu_duo_fujian_biao": "内置样式",
    "guoling_707_tiaoli": "WPS",
}
REAL_HABITS = {f"guobanfa_{name}": habit for name, habit in _SHORT.items()} | _FURTHER
_REAL = (
    *(_word(habit, name) for name, habit in REAL_HABITS.items()),
    *(_site_page(name) for name in REAL_HABITS),
    _plain("guobanfa_2018_128_fangan", True, "gb18030"),
    _saved_page("guobanfa_2018_117_tongzhi_zeren_bumen"),
)


def all_files() -> list[Foreign]:
    """All that can be made here: those of real texts where they are."""
    return [*_OURS, *(_REAL if SHARED.is_dir() else ())]


def needs_office(file: Foreign) -> bool:
    """Whether LibreOffice makes it, or reads it."""
    return file.saved_as in _OLD


# -- saved in other formats -------------------------------------------------------------


def saved(files: Iterable[Foreign], folder: Path) -> dict[str, bytes]:
    """The files that LibreOffice saves, by name: it is started once for each format.

    It sets them in the project's fonts, whatever the machine has: lines of a PDF end elsewhere.
    """
    where = fonts.folder()
    fonts.use(fonts.served_faces(where), where)
    by_format: dict[str, list[Foreign]] = {}
    for file in files:
        by_format.setdefault(file.saved_as, []).append(file)
    made: dict[str, bytes] = {}
    for suffix, some in by_format.items():
        sources = []
        for file in some:
            for name, data in file.make().items():
                (folder / name).write_bytes(data)
                sources.append(name)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", suffix[1:], *sources]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
        for file in some:
            made[file.name] = (folder / file.name).read_bytes()
    return made
