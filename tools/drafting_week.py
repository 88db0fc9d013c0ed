"""A week of drafting, acted: published, edited by two in LibreOffice, taken back, compared.

    drafting_week.py FOLDER     leaves all files there, and prints what the terminal shows

The document is an example of the gallery. One reviewer tracks his changes and comments, one does
not track; a department fills in its workbook. `docs/reviewing.md` tells the week.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from docx import Document as open_word
from openpyxl import load_workbook

from first_day import ROOT, run
from publisher import drafts

SLUG, EXAMPLE = "2026-beds", "三年计划"
WANG, LI, TABLE = "王科长改.docx", "李处长改.docx", "分工表（养老服务科）.xlsx"
TAKE_BACK = "take-back", WANG, LI, TABLE
PREVIEW = Path("build/take-back", SLUG, "index.html")
WORDS = [
    ["replace", "不少于600人次", "不少于800人次"],
    ["replace", "每半年通报一次", "每季度通报一次"],
    ["insert", "改建的重点是公办机构", "新建床位要与医疗机构就近衔接。"],
]
REMARK = "一次性奖励", "王科长", "奖励标准写不写数额？"
OTHERS = [
    ["replace", "每半年通报一次", "每年通报一次"],
    ["delete", "按照附件2的指标每年评价一次"],
    ["replace", "2026年6月底", "2026年7月底"],
]
"""Of who does not track; one sentence is that of the first."""


def week() -> None:
    """Act it in the folder where one is."""
    preview()
    say(*TAKE_BACK, "--write")
    answer(Path("content", SLUG, "comments.yaml"))
    decide(Path("content", SLUG, "plan.md"))
    say("check", SLUG)
    say("diff", "HEAD")
    commit("二稿")
    say("publish", SLUG)
    say(*TAKE_BACK)


def preview() -> None:
    """Publish, have all edited, and see what that makes of the content."""
    drafts.new_like(Path("content"), SLUG, EXAMPLE)
    git("init", "--quiet")
    commit("初稿")
    say("publish", SLUG)
    sent = Path("build", SLUG)
    come_back(sent / "document.docx", sent / "attachment-3.xlsx", in_office)
    say(*TAKE_BACK)


def come_back(document: Path, table: Path, edit: Callable[..., None]) -> None:
    """The three files that come back of what was sent."""
    edit(document, (WANG, "王科长", True, WORDS), (LI, "李处长", False, OTHERS))
    comment(Path(WANG), *REMARK)
    fill_in(table)


def git(*arguments: str) -> None:
    """Run git as somebody."""
    who = ("-c", "user.name=起草人", "-c", "user.email=drafts@example.com")
    subprocess.run(["git", *who, *arguments], check=True, stdout=subprocess.DEVNULL)


def commit(words: str) -> None:
    """Keep the content as it is."""
    git("add", "content")
    git("commit", "--quiet", "-m", words)


def say(*arguments: str) -> None:
    """Run a command, and show what it says."""
    code, said = run(*arguments)
    print(f"$ publisher {' '.join(arguments)}\n{said}退出码 {code}\n")


def in_office(source: Path, *desks: tuple[str, str, bool, list[list[str]]]) -> None:
    """What each makes of a file in LibreOffice."""
    jobs = [
        {
            "source": str(source.resolve()),
            "target": str(Path(name).resolve()),
            "author": author,
            "tracked": is_tracked,
            "edits": edits,
        }
        for name, author, is_tracked, edits in desks
    ]
    Path("jobs.json").write_text(json.dumps(jobs), "utf-8")
    python = shutil.which("python3", path="/usr/bin") or "python3"
    script = ROOT / "tests" / "takeback" / "office_edits.py"
    subprocess.run([python, script, "jobs.json"], check=True)


def comment(file: Path, words: str, author: str, said: str) -> None:
    """What somebody remarks; LibreOffice ends when it saves comments without a window."""
    document = open_word(str(file))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if words in run.text]
    document.add_comment(runs[0], text=said, author=author, initials=author[0])
    document.save(str(file))


def fill_in(source: Path) -> None:
    """What a department makes of a table."""
    book = load_workbook(source)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "逐家核定改建床位数量，与区（县）签订任务书。":
                cell.value = "逐家核定改建床位数量，与区（县）签订任务书，并报财政部门。"
    book.properties.lastModifiedBy = "养老服务科"
    book.save(TABLE)


def answer(path: Path) -> None:
    """Write beside the comment what was decided."""
    said = path.read_text("utf-8").rstrip("\n")
    path.write_text(f"{said}\n    答复: 数额由奖励办法另定。\n", "utf-8")


def decide(path: Path) -> None:
    """Write into the content which of two readings holds."""
    path.write_text(path.read_text("utf-8").replace("每半年通报", "每季度通报"), "utf-8")


def main() -> int:
    """Act the week in a folder."""
    parser = argparse.ArgumentParser(description="Act a week of drafting.")
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True)
    os.chdir(asked.folder)
    week()
    return 0


if __name__ == "__main__":
    sys.exit(main())
