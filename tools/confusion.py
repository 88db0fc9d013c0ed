"""The foreign files of `tests/foreign/`, imported → what became of each block, counted by role.

    confusion.py [--misses] [--only WORDS] [--fast]     `make confusion` writes the page

Rows are what is right, columns what was got. The page is `docs/importing-measured.md`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "foreign"), str(ROOT / "tests")]

from foreign_files import all_files, needs_office, saved  # noqa: E402
from measured import Measured, confusion, measured, share  # noqa: E402

PAGE = ROOT / "docs" / "importing-measured.md"


def main() -> int:
    """Measure all files, write the page; or tell the misses of some."""
    parser = argparse.ArgumentParser(description="Measure what is recognised in foreign files.")
    parser.add_argument("--misses", action="store_true", help="tell each block that is not right")
    parser.add_argument("--only", default="", help="files whose name or habit has these words")
    parser.add_argument("--fast", action="store_true", help="without LibreOffice")
    asked = parser.parse_args()
    results = measure(asked.only, asked.fast)
    if asked.misses or asked.only or asked.fast:
        print("\n".join(str(each) for each in results if each.misses or each.lost))
        print(f"{len(results)} files, {share(results):.1%} of blocks right")
    else:
        PAGE.write_text(page(results), "utf-8")
    return 0


def measure(only: str = "", fast: bool = False) -> list[Measured]:
    """What became of the files, in their order."""
    files = [each for each in all_files() if only in each.name + each.habit]
    of_office = [each for each in files if needs_office(each)]
    if fast or shutil.which("soffice") is None:
        files = [each for each in files if each not in of_office]
        of_office = []
    with tempfile.TemporaryDirectory() as folder:
        bytes_of = saved(of_office, Path(folder))
    return [
        measured(file, {file.name: bytes_of[file.name]} if needs_office(file) else file.make())
        for file in files
    ]


# -- the page ---------------------------------------------------------------------------


def page(results: Sequence[Measured]) -> str:
    """The page, as `docs/` has it."""
    blocks = sum(len(each.of_document) for each in results)
    habits = len({each.file.habit for each in results})
    lost = sum(sum(each.lost.values()) for each in results)
    return f"""\
# 导入别人的文件：实测

本页由 `make confusion` 生成，测试保证它与程序一致。{len(results)} 份文件由 `tests/foreign/` 里的\
脚本按 {habits} 种习惯做成，没有一份出自本程序；`guo` 开头的是国务院公开的真实公文。\
每份文件旁边都有正确答案，逐段比较：要素、层级和文字都一致才算对。\
识别是对照这些文件改进的，没有见过的文件会差一些。

共 {blocks} 段，认对 {share(results):.1%}；没有下落的字 {lost} 个。

## 要素认成了什么

每行是正确的要素，“→”后面是认错的去向和次数；“分合不同”是认对了要素，但文字多了或少了。

| 要素 | 段数 | 认对 | 认错的去向 |
|---|--:|--:|---|
{chr(10).join(_confused(results))}

## 每份文件

| 文件 | 习惯 | 段数 | 认对 |
|---|---|--:|--:|
{chr(10).join(row(each) for each in results)}
"""


def _confused(results: Sequence[Measured]) -> list[str]:
    rows = []
    for role, got in confusion(results).items():
        wrong = [f"{name} {often}" for name, often in got.most_common() if name != role.value]
        rows.append(
            f"| {role.value} | {sum(got.values())} | {got[role.value]} | {'，'.join(wrong)} |"
        )
    return rows


def row(result: Measured) -> str:
    """The line of a file."""
    name = result.file.name
    return f"| {name} | {result.file.habit} | {len(result.of_document)} | {result.right} |"


if __name__ == "__main__":
    sys.exit(main())
