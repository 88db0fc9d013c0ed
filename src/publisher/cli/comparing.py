"""diff, textconv, verify-published → what differs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher import diagnostics
from publisher.cli import working
from publisher.cli.chinese import (
    FILE,
    build_option,
    command,
    content_option,
    help_option,
)
from publisher.cli.codes import CLEAN, STOPPED, UNFINISHED
from publisher.cli.usage import (
    USAGE,
    documents_named,
    keep_apart,
    require_file,
    require_there,
)
from publisher.terminal import say, say_json, say_text

if TYPE_CHECKING:
    from publisher.intake.source import SourceFile
    from publisher.review import Comparison
    from publisher.verify import Verification


@command(name="verify-published")
@click.argument("saved", metavar="网页文件", type=FILE)
@click.option("--slug", metavar="公文", help="网页上是哪一份公文；不写时按文字自动找。")
@content_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@help_option
def verify_published(saved: Path, slug: str | None, content: Path, as_json: bool) -> int:
    """对照公文，核对网站上发布的网页丢了什么：先在浏览器里把网页另存为文件。"""
    from publisher import pipeline, verify

    require_there(saved)
    fragments = _fragments(content, documents_named(content, (slug,) if slug else ()))
    try:
        page = verify.read_file(saved)
        likeliest = slug or verify.likeliest(page, fragments)
        if likeliest is None:
            raise verify.UnreadablePage("网页里没有找到任何一份公文的正文")
        with _rows_compared() as progress:
            result = verify.verify(
                likeliest,
                fragments[likeliest],
                page,
                progress,
                pipeline.pictures(content, likeliest),
                verify.saved_with(saved),
            )
    except verify.UnreadablePage as problem:
        say(
            f"无法核对：{saved}：{problem}。请打开网站上的文章页，等正文全部显示后，"
            "用“另存为”保存为“网页，全部”再试。",
            to_errors=True,
        )
        return UNFINISHED
    if as_json:
        say_json(verify.as_json(result))
    else:
        _show_verification(saved, result)
    return CLEAN if result.is_whole else STOPPED


@contextmanager
def _rows_compared() -> Iterator[Callable[[int, int], None]]:
    """Shows on a terminal how many rows were compared; elsewhere nobody waits."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status("正在核对……") as status:

        def show(done: int, of: int) -> None:
            if done % 50 == 0 or done == of:
                status.update(f"正在核对表格：第 {done} 行，共 {of} 行")

        yield show


def _fragments(content: Path, names: tuple[str, ...]) -> dict[str, bytes]:
    """What was to be published of each document; those with errors were not."""
    from publisher import pipeline

    made = {name: pipeline.fragment(content, name) for name in names}
    there = {name: fragment for name, fragment in made.items() if fragment is not None}
    if not there:
        raise diagnostics.BrokenEnvironment("公文有错误，请先用 publisher check 检查并改正")
    return there


def _show_verification(saved: Path, result: Verification) -> None:
    """How many differences there are, what they are, then how much there is of what."""
    from publisher import verify

    if result.differences:
        counts = Counter(difference.effect for difference in result.differences)
        kinds = "，".join(
            f"{effect.value} {counts[effect]}" for effect in verify.Effect if counts[effect]
        )
        say(f"网页与公文不同的有 {len(result.differences)} 处：{kinds}。")
    for effect, line in verify.told(result.differences):
        say(line, "red" if effect.counts else "yellow")
    kept = "，".join(f"{count.what} {count.kept}/{count.of}" for count in result.counts)
    verdict = "没有丢失或改变" if result.is_whole else "有丢失或改变，请对照上面各条补上"
    say(f"{saved} 与公文 {result.slug} 比较：{kept}。{verdict}。")


@command()
@click.argument("old", metavar="旧版本")
@click.argument("new", metavar="[新版本]", required=False)
@click.option("--slug", "slugs", multiple=True, metavar="公文", help="只比较这份公文；可写多次。")
@content_option
@build_option("生成到哪个文件夹")
@click.option("--author", metavar="姓名", help="修订人，默认为 git 中的作者。")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    metavar="日期",
    help="修订日期，如 2025-03-01；默认为新版本提交或保存的时间。",
)
@click.option(
    "--comments",
    "remarked",
    type=FILE,
    multiple=True,
    metavar="文件",
    help="把这个 Word 文件里的批注带到修订稿上；可写多次。",
)
@click.option("--json", "as_json", is_flag=True, help="只以 JSON 输出，供其他程序读取。")
@click.option("--exit-code", is_flag=True, help="有不同时退出码为 1。")
@help_option
def diff(
    old: str,
    new: str | None,
    slugs: tuple[str, ...],
    content: Path,
    build: Path,
    author: str | None,
    date: datetime | None,
    remarked: tuple[Path, ...],
    as_json: bool,
    exit_code: bool,
) -> int:
    """比较两个版本，生成修订对照；不写新版本时与当前内容比较。

    版本可以是文件夹、git 中的版本（v1、HEAD~3）、日期（2025-03-01）或两个文件。
    两个 CSV 文件的表头有几行的，从第二行起以“^”与上一行合并的行都算表头。
    """
    from tempfile import TemporaryDirectory

    if remarked and as_json:
        raise click.UsageError("--json 不写修订稿，不能同时写 --comments。")
    with working.workers(1) as executor, TemporaryDirectory() as folder:
        if not as_json:  # while the versions are read
            executor.submit(_prepare_for_pdf)
        from publisher import committed, failures, review, revisions
        from publisher.readers import bureau_if_any

        content = revisions.found(content)
        try:
            versions = [
                revisions.version(named, content, Path(folder) / side)
                for named, side in ((old, "old"), (new, "new"))
            ]
            by = author or versions[1].author or revisions.author_here(content)
            when = _with_zone(date) if date else None
            bureau, _ = bureau_if_any(content)
            compared = list(review.comparisons(versions[0], versions[1], slugs, by, when, bureau))
        except revisions.UnknownVersion as problem:
            raise click.UsageError(str(problem)) from problem
        except committed.UnreadableVersion as problem:
            say(str(problem), "red", to_errors=True)
            return STOPPED
        _show_unread(compared)
        if as_json:
            say_json(review.as_json(compared))
        else:
            if remarked and sum(comparison.changes is not None for comparison in compared) > 1:
                raise click.UsageError("--comments 只用于一份公文，请用 --slug 写明。")
            comments = [_with_comments(file) for file in remarked]
            target = review.target(versions[0], versions[1], build)
            folders_read = [version.content for version in versions if not version.file]
            for made in (build, target.parent):
                keep_apart(made, content, *folders_read)
            with failures.telling([target], USAGE):
                folders = review.write(compared, target, executor, comments)
                _show_comparisons(compared, folders)
    if any(comparison.unread for comparison in compared):
        return STOPPED
    return STOPPED if exit_code and any(comparison.differs for comparison in compared) else CLEAN


def _prepare_for_pdf() -> None:
    """In a worker: load what the PDF of a 对照表 needs."""
    from publisher.renderers import pdf
    from publisher.renderers.changes import comparison_table  # noqa: F401

    pdf.prepare()


def _with_comments(file: Path) -> SourceFile:
    """A Word file whose comments are carried on; usage is wrong where it has none to read."""
    from publisher.files import Unreadable
    from publisher.intake.opening import opened, read_file

    require_file(file)
    try:
        source = opened(*read_file(file))
    except Unreadable as problem:
        raise click.UsageError(f"读不出文件 {file}：{problem}。") from None
    if not source.comments:
        raise click.UsageError(f"{file} 里没有批注。")
    return source


def _with_zone(date: datetime) -> datetime:
    try:
        return date.astimezone()
    except (ValueError, OverflowError):
        raise click.UsageError(f"--date 的值不对：没有 {date:%Y-%m-%d} 这样的修订日期。") from None


def _show_unread(compared: Iterable[Comparison]) -> None:
    """Why documents are not compared: what could not be read, and in which version."""
    for comparison in compared:
        for side, findings in comparison.unread.items():
            for finding in findings:
                what, advice = diagnostics.as_lines(finding)
                say(f"{side.value}（{comparison.called(side)}）{what}", "red", to_errors=True)
                say(advice, "red", to_errors=True)
        if comparison.unread:
            where = "、".join(side.value for side in comparison.unread)
            say(f"{comparison.slug}：{where}有读不出的内容，没有比较。{_MEND}", to_errors=True)


_MEND = (
    "请改正上面的错误；已经提交的版本，可用 git worktree add 取到文件夹里，改正后再比较这个文件夹。"
)


def _show_comparisons(compared: Iterable[Comparison], folders: Mapping[str, Path]) -> None:
    """Of each document how many changes of what, then each on a line."""
    from publisher.renderers.changes import summary

    for comparison in compared:
        about = f"{comparison.slug}（{comparison.about.old} → {comparison.about.new}）"
        if comparison.only and not comparison.unread:
            say(f"{about}：只有{comparison.only.value}中有这份公文。")
        if comparison.changes is None:
            continue
        for number, line in enumerate(summary.lines(comparison.changes)):
            say(f"{about}：" if number == 0 else "", end="")
            for words, colour in line:
                say(words, colour or None, end="")
            say("")
        if names := "、".join(comparison.about.not_compared):
            say(f"没有比较：{names}。Word、网页等文件里没有，是否改动无从知道。")
        say(f"对照：{folders[comparison.slug]}")


@command()
@click.argument("file", metavar="文件", type=FILE)
@help_option
def textconv(file: Path) -> int:
    """把 Word 文件的文字一句一行地输出，供 git 比较。"""
    from publisher import textconv as converting

    require_there(file)
    say_text(converting.text_of_file(file))
    return CLEAN
