"""style learn → the look that a bureau has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from publisher.cli.chinese import (
    FILE,
    content_option,
    group,
    help_option,
)
from publisher.cli.codes import CLEAN, STOPPED, UNFINISHED
from publisher.cli.showing import progress_shown
from publisher.cli.usage import (
    USAGE,
    require_file,
)
from publisher.terminal import say


@group()
@help_option
def style() -> None:
    """本单位自己的版面。"""


@style.command(name="learn", options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=FILE)
@click.option("--write", "writes", is_flag=True, help="写入 bureau.yaml；不加时只显示学到的。")
@content_option
@help_option
def style_learn(files: tuple[Path, ...], writes: bool, content: Path) -> int:
    """从本单位做好的公文里学出版面：页边距、行距、页码、字体、标志，与标准不同的各写明条款。

    文件是 .docx、.pdf 或 .ofd，几份一起看；说法不一的不采用，看不出的不猜。
    """
    from publisher import failures, learning
    from publisher.readers.bureau import read_bureau

    for file in files:
        require_file(file)
        if file.suffix.lower() not in learning.SUFFIXES:
            known = "、".join(learning.SUFFIXES)
            raise click.UsageError(f"不能从 {file} 学：可以用的有 {known}。")
    with failures.telling([content / "bureau.yaml"], USAGE):
        with progress_shown("正在测量……"):
            learnt = learning.learn(files)
        bureau, _ = read_bureau(content)
        for line in learning.lines(learnt, bureau):
            say(line)
        try:
            before, after = learning.preview(learnt, content)
            changes = before != after
            for line, colour in _changed_lines(before, after):
                say(line, colour)
            if changes and writes:
                learning.write(learnt, content)
        except learning.CannotBeLearnt as problem:
            say(f"没有写：{problem}。", "red", to_errors=True)
            return STOPPED
    file = content / "bureau.yaml"
    if all(habits.problem for habits in learnt.files):
        say(f"没有一份学得到，{file} 没有改动。", "red", to_errors=True)
        return UNFINISHED
    if not changes:
        say(f"{file} 已经是这样，没有改动。")
    else:
        say(f"已写入 {file}。" if writes else f"没有写；加上 --write 写入 {file}。")
    return CLEAN


def _changed_lines(before: bytes, after: bytes) -> Iterator[tuple[str, str | None]]:
    """The lines of a file that change, with those around them."""
    from difflib import unified_diff

    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    for line in list(unified_diff(old, new, lineterm="", n=2))[2:]:
        colour = {"+": "green", "-": "red"}.get(line[:1])
        if not line.startswith("@@"):
            yield line, colour
