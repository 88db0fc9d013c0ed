"""new, init, fonts, doctor → what a bureau begins with."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import date
from pathlib import Path

import click

from publisher import diagnostics
from publisher.cli.chinese import (
    FOLDER,
    command,
    content_option,
    help_option,
)
from publisher.cli.codes import CLEAN, UNFINISHED
from publisher.cli.usage import (
    require_example,
    require_free,
    require_there,
)
from publisher.kinds import Kind
from publisher.terminal import say


@command()
@click.argument("slug", metavar="名称")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    metavar="文种",
    help="文种，默认为通知。",
)
@click.option("--like", metavar="例文", help="照哪一份例文新建，如 应急预案；见 docs/gallery.md。")
@content_option
@help_option
def new(slug: str, kind: str | None, like: str | None, content: Path) -> int:
    """新建一份公文的文件夹和样例；名称用小写字母、数字和连字符。"""
    from publisher import drafts, failures

    require_free(content, slug)
    if like is not None:
        require_example(content / slug, like, kind)
    bureau = content / "bureau.yaml"
    also = "" if os.path.lexists(bureau) else f" 和 {bureau}"
    target = content / slug if like else content / slug / "document.md"
    with failures.telling([target]):
        if like:
            files = drafts.new_like(content, slug, like)
            say(f"已照例文“{like}”新建 {target}（{'、'.join(files)}）{also}。")
            say(f"例文中的名称、数字均为虚构，请逐一改好，再运行 publisher check {slug}。")
            return CLEAN
        findings = drafts.new(content, slug, Kind(kind or Kind.NOTICE), date.today())
    say(f"已新建 {target}{also}，请用文本编辑器打开填写。")
    for finding in findings:
        for line in diagnostics.as_lines(finding):
            say(line, "red")
    return CLEAN


@command()
@click.argument("folder", metavar="[文件夹]", type=FOLDER, default=".")
@click.option("--organ", metavar="名称", help="本单位全称；不写时在终端里询问。")
@click.option("--code", metavar="机关代字", help="发文字号的前一部分，如 临民发。")
@click.option("--site", metavar="名称", help="公文要上网的，网站的名称。")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    metavar="文种",
    help="第一份公文的文种，默认为通知。",
)
@click.option(
    "--like", metavar="例文", help="第一份公文照哪一份例文，如 应急预案；见 docs/gallery.md。"
)
@click.option("--slug", metavar="名称", help="第一份公文的文件夹名，默认为年份加 -first。")
@click.option(
    "--wheel",
    metavar="包名、路径或网址",
    default="gongwen-publisher",
    help="托管平台（GitHub、GitLab、Gitee）从哪里安装本程序，默认为 gongwen-publisher。",
)
@help_option
def init(
    folder: Path,
    organ: str | None,
    code: str | None,
    site: str | None,
    kind: str | None,
    like: str | None,
    slug: str | None,
    wheel: str,
) -> int:
    """建一个单位自己的公文库：content、第一份公文、Makefile、自动检查和生成的配置、说明。

    已有的文件一概不动；已有 content 的文件夹不能再建。
    """
    from publisher import failures, starting

    content, today = folder / starting.CONTENT, date.today()
    if os.path.lexists(content):
        raise click.UsageError(f"{content} 已经存在；新建一份公文请用 publisher new。")
    name = slug or f"{today.year}-first"
    require_free(content, name)
    if like is not None:
        require_example(content / name, like, kind)
    beginning = starting.Beginning(
        name,
        Kind(kind or Kind.NOTICE),
        like,
        _asked("本单位全称", organ),
        _asked("机关代字（发文字号的前一部分，如 临民发；没有就直接回车）", code),
        _asked("网站名称（公文不上网就直接回车）", site),
        wheel,
    )
    with failures.telling(starting.targets_of(folder)):
        started = starting.start(folder, beginning, today)
    where = f" {folder} " if folder != Path() else "当前文件夹"
    say(f"已在{where}建好公文库：{'、'.join(started.written)}。")
    if started.kept:
        say(f"原有的没有改动：{'、'.join(started.kept)}。", "yellow")
    if not started.has_git:
        say(
            "没有建 git 仓库（找不到 git 或无法运行）：不影响生成，但不能与过去的版本对照。",
            "yellow",
        )
    if not beginning.organ:
        say(f"没有写本单位全称：请在 {content / 'bureau.yaml'} 里填写“××××”处。", "yellow")
    first = content / name / "document.md"
    here = "" if folder == Path() else f"进入 {folder}（cd {shlex.quote(str(folder))}），"
    say(f"请打开 {first} 填写，{here}再运行 publisher doctor 和 publisher publish。")
    return CLEAN


def _asked(question: str, given: str | None) -> str:
    """What an option gives, or who sits at the terminal; nothing where nobody does."""
    is_asked = given is None and sys.stdin is not None and sys.stdin.isatty()
    if is_asked:
        given = click.prompt(question, default="", show_default=False, prompt_suffix="：")
    words = (given or "").strip()
    if not words.isprintable():
        raise click.UsageError(f"{question}：“{words}”里有看不见的字符，请重新输入。")
    return words


@command()
@click.option(
    "--from",
    "source",
    type=FOLDER,
    metavar="文件夹",
    help="从这个文件夹取字体，不下载：不能上网的机器用。",
)
@click.option("--quiet", is_flag=True, help="字体已经齐全时什么也不说。")
@help_option
def fonts(source: Path | None, quiet: bool) -> int:
    """取得生成公文所需的免费字体，并优先使用本机已装的公文字体（仿宋_GB2312 等）。"""
    from publisher import failures, fontsupply
    from publisher import fonts as faces

    folder = faces.folder()
    if source:
        require_there(source, "文件夹")
    with failures.telling([]):
        is_whole = not fontsupply.missing(folder)
        fontsupply.supply(folder, lambda words: say(words, to_errors=True), source)
    if is_whole and not quiet:
        unused = f"，没有看 {source}；要换成那里的，请先移走这里的同名文件" if source else ""
        say(f"字体已经齐全（{folder}）{unused}。")
    return CLEAN


@command()
@help_option
def doctor() -> int:
    """看看这台机器上有什么、缺什么，缺的各用哪一条命令补上。"""
    from publisher import doctor as examining

    needs = tuple(examining.examined())
    examining.tell(needs, say)
    return CLEAN if examining.is_ready(needs) else UNFINISHED
