"""Ten documents typed in ten habits → a bureau's first day: imported, checked, compared, published.

    first_day.py FOLDER [--without-office] [--write]     leaves all files there

`--write` writes the table of `docs/importing.md` anew; else it is printed.

The documents are those of `templates/new/gallery/`, typed as `tests/foreign/` types files. What is
compared is what a website shows: the page that was published of each, saved.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "foreign"), str(ROOT / "tests")]

import page_habits  # noqa: E402
from answers import Block, blocks_of  # noqa: E402
from foreign_files import WORD, Foreign, saved  # noqa: E402
from other_habits import text_of  # noqa: E402
from word_habits import word_file  # noqa: E402

from publisher import cli, drafts  # noqa: E402
from publisher.intake.result import Role  # noqa: E402
from publisher.readers import read_bureau, read_document  # noqa: E402

DOCS = ROOT / "docs" / "importing.md"
SHOWN = "指标批复.docx"
"""The one of which the docs show the report."""
OLD, SITE = "旧文", "网站"
"""The folders of what the bureau has, and of what its website shows."""


HEAD = """\
| 旧文件 | 怎样打成的 | 名称 | 字数 | 请核对 | 退出码 | 网页上有公文的 |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file that a bureau has."""

    name: str
    example: str
    habit: str
    make: Callable[[Sequence[Block]], bytes]
    saved_as: str = ""
    """The suffix of the old format that LibreOffice saves."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one."""

    file: OldFile
    code: int
    slug: str
    figure: str
    asked: int
    matches: str
    """What the comparison with the page that was published came to."""


def _word(name: str, example: str, habit: str, saved_as: str = "") -> OldFile:
    kind = WORD[habit]
    return OldFile(name, example, habit, lambda blocks: word_file(blocks, kind), saved_as)


FILES = (
    _word("社会组织年检通知.docx", "年检通知", "自动编号"),
    _word("经费请示.docx", "请示", "加粗作标题"),
    _word("指标批复.docx", "批复", "表格排版头版记"),
    _word("局工作规则.docx", "工作规则", "文本框（VML）"),
    _word("三年行动计划.docx", "三年计划", "手工编号"),
    _word("提案答复.docx", "提案答复", "修订和批注"),
    _word("转发救助意见.docx", "转发通知", "半角标点"),
    _word("领导小组通知.doc", "领导小组", "空格对齐", ".doc"),
    OldFile("公告.html", "公告", "网页：HTML 5", page_habits.with_elements),
    OldFile(
        "应急预案.txt", "应急预案", "文本：硬换行", lambda each: text_of(each, True, "gb18030")
    ),
)


def blocks(example: str) -> tuple[Block, ...]:
    """What an example prints."""
    folder = drafts.gallery()
    document, _ = read_document(folder / example, read_bureau(folder)[0])
    assert document is not None
    return tuple(block for block in blocks_of(document) if block.role is not Role.WEB_RECORD)


def write_files(folder: Path, *, with_office: bool) -> list[OldFile]:
    """Write what the bureau has, and what its website shows; those that could be made."""
    (folder / OLD).mkdir(parents=True)
    (folder / SITE).mkdir()
    made = [file for file in FILES if with_office or not file.saved_as]
    for file in made:
        said = blocks(file.example)
        data = file.make(page_habits.on_page(said) if file.name.endswith(".html") else said)
        if file.saved_as:
            data = _saved(file, data)
        (folder / OLD / file.name).write_bytes(data)
        page = page_habits.with_elements(page_habits.on_page(said))
        (folder / SITE / f"{file.example}.html").write_bytes(page)
    return made


def _saved(file: OldFile, data: bytes) -> bytes:
    stem = Path(file.name).stem
    foreign = Foreign(file.name, "", lambda: (), lambda: {f"{stem}.docx": data}, file.saved_as)
    with tempfile.TemporaryDirectory() as folder:
        return saved([foreign], Path(folder))[file.name]


def day(folder: Path, *, with_office: bool) -> Iterator[Imported]:
    """Each file imported, and compared with the page that was published of it."""
    for file in write_files(folder, with_office=with_office):
        code, said = run(
            "import", f"{OLD}/{file.name}", "--mend", "--bureau", "--json", "--no-pictures"
        )
        if code not in (cli.CLEAN, cli.STOPPED):
            sys.exit(f"{file.name}: {said}")
        report = json.loads(said)
        account = report["account"]
        left = sum(len("".join(each["words"].split())) for each in account["left_out"])
        lost = sum(len("".join(each["words"].split())) for each in account["lost"])
        page = f"{SITE}/{file.example}.html"
        _, verdict = run("verify-published", page, "--slug", report["slug"], "--json")
        yield Imported(
            file,
            code,
            report["slug"],
            f"收入 {account['kept']:,}，不收入 {left:,}，不知去向 {lost:,}",
            sum(1 for block in report["blocks"] if block["question"]),
            _kept(verdict),
        )


def _kept(verdict: str) -> str:
    """How much of a document its page has: 段落 17/20，行 4/4."""
    if not verdict.startswith("{"):
        return "先改错误"
    counts = json.loads(verdict)["counts"]
    names = {"段落和标题": "段落", "表格的行": "行"}
    return "，".join(
        f"{name} {counts[key]['kept']}/{counts[key]['of']}"
        for key, name in names.items()
        if key in counts
    )


def run(*arguments: str) -> tuple[int, str]:
    """The exit code of a command, and what it says."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        code = cli.run(list(arguments))
    return code, said.getvalue()


def row(result: Imported) -> str:
    """A row of the table in the docs."""
    cells = (
        f"`{result.file.name}`",
        result.file.habit,
        f"`{result.slug}`",
        result.figure,
        str(result.asked),
        str(result.code),
        result.matches,
    )
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Act the day in a folder."""
    parser = argparse.ArgumentParser(description="Act a bureau's first day.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without-office", action="store_true", help="without old formats")
    parser.add_argument("--write", action="store_true", help="write the table of the docs")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True)
    os.chdir(asked.folder)
    rows = [row(result) for result in day(Path(), with_office=not asked.without_office)]
    if asked.write:
        before, old, after = DOCS.read_text("utf-8").partition(HEAD)
        below = after[after.index("\n\n") :]
        DOCS.write_text(before + old + "\n".join(rows) + below, "utf-8")
    print("\n".join(rows))
    print(run("check")[1].splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
