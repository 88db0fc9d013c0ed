"""Arguments → exit code: 0 clean, 1 findings stop publishing, 2 could not finish, 3 wrong usage."""

from __future__ import annotations

import os
import re
import shlex
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from publisher import __version__, diagnostics, interruption
from publisher.diagnostics import Finding, Severity
from publisher.folders import SLUG, documents_in
from publisher.model import Kind, Place
from publisher.terminal import bounded, say, say_json, visible

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from publisher.archive.making import MadeArchive
    from publisher.extracts import NoTasks, WrittenExtract
    from publisher.extracts.extract import Period
    from publisher.intake.source import SourceFile
    from publisher.many.crew import Crew
    from publisher.pipeline import Outcome, Progress
    from publisher.review import Comparison
    from publisher.verify import Verification

CLEAN, STOPPED, UNFINISHED, WRONG_USAGE = range(4)

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(path_type=Path)


class _ChineseHelp:
    """Help with Chinese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces: list[str] = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        command: Any = self
        options = [
            parameter
            for parameter in command.get_params(ctx)
            if isinstance(parameter, click.Option)
        ]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        _section(formatter, "选项", rows)
        if isinstance(self, click.Group):
            commands = [(name, command.help or "") for name, command in self.commands.items()]
            _section(formatter, "命令", [(name, text.splitlines()[0]) for name, text in commands])


def _section(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    formatter.write(f"\n{title}：\n")
    with formatter.indentation():
        formatter.write_dl(rows)


class _Command(_ChineseHelp, click.Command):
    pass


class _Group(_ChineseHelp, click.Group):
    command_class = _Command


def _help_option(command: Any) -> Any:
    return click.help_option("--help", help="显示说明并退出。")(command)


def _named(context: click.Context, option: click.Parameter, folder: Path) -> Path:
    """A folder by its own name, which stands before the files in it where these are told."""
    return folder if folder.name not in ("", "..") else folder.resolve()


def _folders(command: Any) -> Any:
    return click.option(
        "--content",
        callback=_named,
        type=_FOLDER,
        metavar="文件夹",
        default="content",
        help="公文内容所在的文件夹，默认为 content。",
    )(command)


def _build_option(what: str) -> Callable[[Any], Any]:
    return click.option(
        "--build",
        type=_FOLDER,
        metavar="文件夹",
        default="build",
        help=f"{what}，默认为 build。",
    )


@click.group(cls=_Group, options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
@click.version_option(__version__, message="%(version)s", help="显示版本并退出。")
@_help_option
def publisher() -> None:
    """把 content/ 中的文字和表格，生成为红头文件（Word、PDF）、附件表和网页。"""


@publisher.command(options_metavar="[选项]")
@click.argument("slugs", nargs=-1, metavar="[公文]…")
@_folders
@_build_option("生成到哪个文件夹")
@click.option(
    "--read-all",
    is_flag=True,
    help="公文很多时，没有改过的也逐个读一遍再比较，不只看文件的大小和时间。",
)
@click.option(
    "--cluster",
    metavar="地址",
    help="交给集群里的工作进程生成：Dask 调度程序的地址，如 tcp://10.0.0.1:8786；有密级的留在本机。",
)
@click.option(
    "--tls",
    type=_FOLDER,
    metavar="文件夹",
    help="连接集群用的证书所在的文件夹：ca.pem、cert.pem、key.pem；地址写作 tls://…。",
)
@_help_option
def publish(
    slugs: tuple[str, ...],
    content: Path,
    build: Path,
    read_all: bool,
    cluster: str | None,
    tls: Path | None,
) -> int:
    """检查并生成公文；不写名称时为全部公文。

    有错误的公文不会生成，上一次生成的文件保持不变。中断以后再运行一次，从中断的地方接着做。
    """
    from publisher import builds, failures, pipeline

    _keep_apart(build, content)
    names = _names(content, slugs)
    if cluster or tls:
        return _publish_far(content, build, names, cluster or "", tls, reads_all=read_all)
    if len(names) > _FEW:
        from publisher.many.crew import Processes

        return _publish_many(content, build, names, Processes(), reads_all=read_all)
    targets = [build / slug for slug in names]
    with failures.telling(targets):
        with _progress() as progress, _workers(of=pipeline.SLOWEST) as executor:
            outcomes = pipeline.publish(content, build, names, executor, progress)
            archive = _archived(content, build, outcomes)
        findings = _all_findings(outcomes)
        _report(diagnostics.unsettled(findings), findings)
        for outcome in outcomes:
            _show_outcome(outcome, build / outcome.slug)
        _show_archive(archive)
        for note in builds.notes():
            say(f"提示：{note}。", "yellow")
        for outcome in outcomes:
            _show_broken(outcome)
    return STOPPED if any(outcome.broken for outcome in outcomes) else _exit_code(outcomes)


def _publish_far(
    content: Path,
    build: Path,
    names: tuple[str, ...],
    address: str,
    tls: Path | None,
    *,
    reads_all: bool,
) -> int:
    """The same by the workers of a cluster; what was not sent to them is told."""
    from publisher import cluster

    if not re.fullmatch(r"(tcp|tls)://\S+:[0-9]+", address):
        raise click.UsageError("--cluster 后面应是调度程序的地址，如 tcp://10.0.0.1:8786。")
    if bool(tls) != address.startswith("tls://"):
        raise click.UsageError(
            "用证书连接时，--cluster 的地址写作 tls://…，--tls 写明证书的文件夹。"
        )
    certificates = None
    if tls:
        certificates = cluster.Certificates(*(tls / name for name in cluster.CERTIFICATES))
        for file in certificates:
            if not file.is_file():
                raise click.UsageError(f"找不到证书文件 {file}。")
    with cluster.connected(address, certificates) as crew:
        say(f"集群 {address}：工作进程 {crew.size} 个，程序、模板和字体与本机相同。")
        code = _publish_many(content, build, names, crew, reads_all=reads_all)
        for why, count in crew.kept.items():
            say(f"{why}的 {count} 份没有送出，在本机生成。", "yellow")
    return code


_FEW = 20
"""Documents of which the screen tells all; of more it has a summary, and a file the rest."""


def _publish_many(
    content: Path, build: Path, names: tuple[str, ...], crew: Crew, *, reads_all: bool
) -> int:
    """The same for many: each document is one piece of work."""
    from publisher import builds, failures, many, scratch, workers
    from publisher.many.journal import Journal

    workers.collect_seldom()
    with _line_shown("正在查看哪些要生成……") as show, Journal(build, len(names), show) as journal:
        try:
            with scratch.folder():
                try:
                    many.publish(content, build, names, crew, journal, reads_all=reads_all)
                finally:
                    crew.end()
        except (Exception, KeyboardInterrupt) as error:
            raise failures.Unfinished(error, journal.fate) from error
    for line, colour in journal.summary():
        say(line, colour or None)
    for note in builds.notes():
        say(f"提示：{note}。", "yellow")
    if journal.failed:
        return UNFINISHED
    return STOPPED if journal.stops else CLEAN


@contextmanager
def _line_shown(at_first: str) -> Iterator[Callable[[str], None]]:
    """Shows how it goes: a moving line on a terminal, a line now and then elsewhere."""
    import time

    shown = 0.0

    def at_most_every(seconds: float, show: Callable[[str], None]) -> Callable[[str], None]:
        def show_seldom(words: str) -> None:
            nonlocal shown
            if time.monotonic() - shown >= seconds:
                shown = time.monotonic()
                show(words)

        return show_seldom

    if sys.stderr is None or not sys.stderr.isatty():
        yield at_most_every(_SELDOM, lambda words: say(words, to_errors=True))
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, highlight=False).status(at_first) as status:
        yield at_most_every(_OFTEN, lambda words: status.update(Text(visible(words))))


_OFTEN, _SELDOM = 0.1, 10.0
"""Seconds."""


def _show_broken(outcome: Outcome) -> None:
    """That a document breaks rules which must hold, last of all: it is not to be signed so."""
    if not outcome.broken:
        return
    files = "；".join(f"{name}：{'、'.join(rules)}" for name, rules in outcome.broken)
    say(
        f"{outcome.slug} 不符合必须遵守的条款（{files}），请先改正再印发；"
        "确需这样的，在 accepted.yaml 的“接受条款”写明理由。",
        "red",
    )


def _show_outcome(outcome: Outcome, folder: Path) -> None:
    """What became of a document, where its files are, what was measured, who may see them."""
    from publisher.builds import is_built
    from publisher.pipeline import State

    stopped = outcome.state is State.STOPPED
    is_there = not stopped or is_built(folder)
    kept = "，上一次生成的文件保持不变" if is_there and stopped else ""
    where = f"{kept}：{folder}" if is_there else ""
    say(f"{outcome.slug} {outcome.state.value}{where}")
    for what, sentence in outcome.told:
        say(f"    {what}：{sentence}")
    if outcome.classification and is_there:
        say(f"    密级：{outcome.classification}。{_who_may_read(folder)}", "yellow")


def _who_may_read(folder: Path) -> str:
    """Who may read the files of a classified document, and what is to be heeded."""
    from publisher import output

    alone = (
        "文件只有您本人可以读取"
        if output.is_private(folder)
        else f"{folder} 中的文件别人也能读取，请移到只有您能打开的地方"
    )
    page = "还有以前生成的网页" if (folder / "web/index.html").exists() else "没有生成网页"
    return f"{alone}；{page}。请按保密规定存放和传递。"


def _archived(content: Path, build: Path, outcomes: Iterable[Outcome]) -> MadeArchive:
    """`build/public/` of what now stands in `build`."""
    from publisher.archive.making import update
    from publisher.pipeline import State

    fresh = {outcome.slug for outcome in outcomes if outcome.state is not State.STOPPED}
    return update(content, build, fresh)


def _show_archive(archive: MadeArchive) -> None:
    """Where the archive stands, what is in it, and how much of it is to be looked at."""
    withheld = f"，未列入 {len(archive.withheld)} 份" if archive.withheld else ""
    asked = len(archive.findings)
    review = f"；请核对 {asked} 处，用 publisher archive 逐条列出" if asked else ""
    say(f"网站归档 {archive.folder}：{archive.count} 份{withheld}{review}。")


@publisher.command(options_metavar="[选项]")
@_folders
@_build_option("公文生成在哪个文件夹")
@_help_option
def archive(content: Path, build: Path) -> int:
    """把已经生成的公文归档成网站 build/public/，核对全部链接，做移交用的压缩包。

    只含可以公开的公文，整个文件夹上传即可；怎样上传、声明栏目和改名，见 docs/archive.md。
    """
    from publisher import failures
    from publisher.archive import links
    from publisher.archive.making import update

    _keep_apart(build, content)
    if not build.is_dir():
        raise click.UsageError(f"{build} 中没有生成好的公文，请先用 publisher publish 生成。")
    half = f"{build / 'public'} 也许只换了一部分，再运行一次就补齐；补齐以前请不要上传。"
    with failures.saying(half):
        with _progress("正在归档……") as progress:
            made = update(
                content,
                build,
                is_whole=True,
                waits=lambda: progress(build.name, "另一次运行正在写入，等它结束"),
            )
        _report(made.findings)
        for entry in made.withheld:
            say(f"未列入 {entry.slug}：{entry.why}")
        for page, target in made.links.broken if made.links else ():
            say(f"{page}：链接打不开：{target}", "red")
        if made.links:
            say(f"核对链接：{links.sentence(made.links)}。")
        folder = build / "archive"
        for name, count in made.zips.items():
            say(f"压缩包 {folder / name}：{count} 份")
        say(f"网站归档 {made.folder}：{made.count} 份，整个文件夹上传即可。")
    broken = bool(made.links and made.links.broken)
    return STOPPED if broken or diagnostics.stops_publishing(made.findings) else CLEAN


@publisher.command(options_metavar="[选项]")
@click.argument("slugs", nargs=-1, metavar="[公文或文件]…")
@_folders
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "github", "sarif", "docx")),
    default="text",
    metavar="格式",
    help="text（默认）、json、github（GitHub 的标注）、sarif，或 docx（Word 文件，问题写成批注）。",
)
@click.option(
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="--format docx 写到哪个文件。",
)
@_help_option
def check(
    slugs: tuple[str, ...], content: Path, as_json: bool, form: str, target: Path | None
) -> int:
    """只检查，不生成；不写名称时为全部公文。也可写 Word、网页、PDF 等文件，不用先导入。

    写在 accepted.yaml 中的问题照样列出，标明“已接受”和理由。
    """
    from publisher import annotations

    if target or form == "docx":
        return _check_into(*_commented(slugs, content, as_json, form, target), content)
    files = [slug for slug in slugs if _is_file_of_others(slug, content)]
    named = tuple(slug for slug in slugs if slug not in files)
    spoken: _Spoken = {}
    for file in files:
        if not Path(file).is_file():
            raise click.UsageError(f"找不到文件 {file}。")
    read = [_checked_file(Path(file), content, spoken) for file in files]
    outcomes = [outcome for outcome in read if outcome]
    if named or not files:
        outcomes += _checked(content, _names(content, named))
    findings = _all_findings(outcomes)
    match "json" if as_json else form:
        case "json":
            say_json(diagnostics.as_json(findings))
        case "github":
            say(annotations.as_github(findings), end="")
        case "sarif":
            say_json(annotations.as_sarif(findings))
        case _:
            if outcomes:  # else nothing was read in which nothing could be found
                _report(findings, spoken=spoken)
    return _exit_code(outcomes) if all(read) else UNFINISHED


def _checked(content: Path, names: tuple[str, ...]) -> list[Outcome]:
    """What is found in each document; many are shared out to processes."""
    from publisher import pipeline

    if len(names) <= _FEW:
        return list(pipeline.check_all(content, names))
    from publisher.many import checking

    with _line_shown("正在检查……") as show, _workers() as executor:

        def came(count: int) -> None:
            show(f"已检查 {count}/{len(names)} 份")

        return list(checking.check_all(content, names, executor, came))


def _commented(
    slugs: tuple[str, ...], content: Path, as_json: bool, form: str, target: Path | None
) -> tuple[str, Path]:
    """The document whose findings become comments in a Word file, and that."""
    if as_json or form != "docx":
        raise click.UsageError("--output 只用于 --format docx；别的格式请用 > 存成文件。")
    if target is None or target.suffix.lower() != ".docx":
        raise click.UsageError("请写明写到哪个 Word 文件：--format docx --output 文件.docx。")
    if any(_is_file_of_others(slug, content) for slug in slugs):
        raise click.UsageError(
            "--format docx 用于 content 中的公文；别的文件请先 publisher import。"
        )
    names = _names(content, slugs)
    if len(names) != 1:
        raise click.UsageError(
            "请写明一份公文，一个 Word 文件只写一份。"
            f"现有：{'、'.join(bounded(names, _FEW, lambda more: f'还有 {more} 份'))}。"
        )
    return names[0], target


def _check_into(slug: str, target: Path, content: Path) -> int:
    """Check a document, its findings as comments in a Word file."""
    from publisher import failures, pipeline

    with failures.telling([target]):
        outcome = pipeline.write_comments(content, slug, target)
    _report(outcome.findings)
    if outcome.state is pipeline.State.STOPPED:
        say(f"没有写 {target}：这份公文还生成不了，请先改正上面的错误。", "red")
        return STOPPED
    say(f"已写 {target}：批注 {len(outcome.findings)} 条，作者 publisher。")
    if outcome.classification:
        say(f"    密级：{outcome.classification}。请按保密规定存放和传递。", "yellow")
    return _exit_code([outcome])


_Spoken = dict[Place, str]
"""Places in files that have no lines, in words."""


def _is_file_of_others(named: str, content: Path) -> bool:
    """Whether an argument is a path to a file, and no name of a document."""
    from publisher.filetypes import DOCUMENT_SUFFIXES

    is_slug = (content / named).is_dir()
    return not is_slug and Path(named).suffix.lower() in DOCUMENT_SUFFIXES


def _checked_file(file: Path, content: Path, spoken: _Spoken) -> Outcome | None:
    """What a check finds in a file of others; the places of it are added to `spoken`.

    None where it cannot be read, which is told at once.
    """
    from publisher import pipeline
    from publisher.files import Unreadable

    try:
        outcome, where = pipeline.check_file(file, content)
    except Unreadable as problem:
        say(f"读不出文件 {file}：{problem}。", to_errors=True)
        return None
    spoken.update({finding.place: where(finding.place) for finding in outcome.findings})
    return outcome


_LONGEST_REASON = 500


@publisher.command(options_metavar="[选项]")
@click.argument("place", metavar="位置")
@click.option("--reason", required=True, metavar="理由", help="为什么可以保留，写给审稿人看。")
@_folders
@_help_option
def accept(place: str, reason: str, content: Path) -> int:
    """接受一行上的问题：写入 accepted.yaml 并说明理由。

    位置照检查结果抄，如 content/2025-plan/tasks.csv:90。
    """
    from publisher import accepting, failures

    match = re.fullmatch(r"(?:.*/)?([^/]+)/([^/]+?):([0-9]+)(?::[0-9]+)?:?", place)
    if not match:
        raise click.UsageError(f"位置“{place}”不合要求，应写作 content/公文/文件:行。")
    if not reason.strip():
        raise click.UsageError("请写明理由：--reason 后面不能是空的。")
    if not reason.isprintable() or len(reason) > _LONGEST_REASON:
        raise click.UsageError(f"理由请写成一行，最多 {_LONGEST_REASON} 字。")
    slug, file, line = match.groups()
    _names(content, (slug,))
    where = Place(f"{content.name}/{slug}/{file}", int(line))
    with failures.telling([accepting.acceptances_of(content, slug)], _USAGE):
        try:
            accepted = accepting.accept_at(content, where, reason)
        except ValueError as problem:
            why = str(problem) or "不合 YAML 格式"
            raise click.UsageError(f"accepted.yaml {why}，请先改正。") from None
    if not accepted:
        raise click.UsageError(
            f"{place} 处没有可以接受的问题：请照 publisher check 的结果抄位置；"
            "已经接受的不用再写，读不出内容的错误只能改正。"
        )
    for finding in accepted:
        say(diagnostics.as_text(finding), "green")
    say(f"已写入 {accepting.acceptances_of(content, slug)}：{len(accepted)} 处。")
    return CLEAN


@publisher.command(options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="把结果写成网页，附第一个文件各页的图。",
)
@click.option(
    "--preprinted",
    is_flag=True,
    help="红头已预印在纸上（套打）：文件里没有发文机关标志和红色分隔线，不作为问题。",
)
@_help_option
def inspect(files: tuple[Path, ...], as_json: bool, html: Path | None, preprinted: bool) -> int:
    """对照 GB/T 9704 测量做好的公文：PDF、OFD 或 Word 文件，不论用什么做成。"""
    from publisher import inspect as measuring
    from publisher import output, scratch
    from publisher.inspect import report

    if html and html.suffix.lower() not in (".html", ".htm"):
        # Else `--html *.pdf` would write over the first of the files that were to be measured.
        raise click.UsageError(f"--html 后面应是网页文件名，如 报告.html，不能写到 {html}。")
    with scratch.folder():  # LibreOffice is killed where this is interrupted, and clears nothing
        circumstances = measuring.Circumstances(is_preprinted=preprinted)
        inspections = [measuring.inspect_file(_known(file), circumstances) for file in files]
        if html:
            output.require_our_file(html, report.SIGN)
            private = any(map(output.is_private, files))  # it has pictures and words of them
            output.write_file(html, report.as_page(files[0], inspections), private=private)
    if as_json:
        say_json(report.as_json(inspections))
    else:
        report.show(inspections)
    if any(inspection.problem for inspection in inspections):
        return UNFINISHED
    return STOPPED if any(inspection.broken for inspection in inspections) else CLEAN


def _known(file: Path) -> Path:
    """A file that can be measured; usage is wrong where there is none, or of another kind."""
    if not file.is_file():
        raise click.UsageError(f"找不到文件 {file}。")
    if file.suffix.lower() not in (".pdf", ".ofd", ".docx"):
        raise click.UsageError(f"{file} 不是 .pdf、.ofd 或 .docx，不能测量。")
    return file


@publisher.command(options_metavar="[选项]")
@click.argument("slugs", nargs=-1, metavar="[公文]…")
@_folders
@click.option(
    "--build",
    type=_FOLDER,
    metavar="文件夹",
    help="生成到哪个文件夹，默认为临时文件夹，结束后删除。",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="端口",
    default=8000,
    help="预览的端口，默认为 8000；0 为任意空闲的端口。",
)
@_help_option
def serve(slugs: tuple[str, ...], content: Path, build: Path | None, port: int) -> int:
    """在浏览器中预览，保存改动后自动重新生成；不写名称时为全部公文。

    只有本机可以打开。改错了的时候显示检查结果，并保留上一版。按 Ctrl-C 结束。
    """
    from publisher import serve as preview

    if build:
        _keep_apart(build, content)
    _names(content, slugs)
    preview.run(preview.Preview(content, build, slugs, port, _explained, say))
    return CLEAN


@publisher.command(name="verify-published", options_metavar="[选项]")
@click.argument("saved", metavar="网页文件", type=_FILE)
@click.option("--slug", metavar="公文", help="网页上是哪一份公文；不写时按文字自动找。")
@_folders
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@_help_option
def verify_published(saved: Path, slug: str | None, content: Path, as_json: bool) -> int:
    """对照公文，核对网站上发布的网页丢了什么：先在浏览器里把网页另存为文件。"""
    from publisher import pipeline, verify

    if not os.path.exists(saved):  # noqa: PTH110 - a name too long for a file is none
        raise click.UsageError(f"找不到文件 {saved}。")
    fragments = _fragments(content, _names(content, (slug,) if slug else ()))
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


@publisher.command(options_metavar="[选项]")
@click.argument("old", metavar="旧版本")
@click.argument("new", metavar="[新版本]", required=False)
@click.option("--slug", "slugs", multiple=True, metavar="公文", help="只比较这份公文；可写多次。")
@_folders
@_build_option("生成到哪个文件夹")
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
    type=_FILE,
    multiple=True,
    metavar="文件",
    help="把这个 Word 文件里的批注带到修订稿上；可写多次。",
)
@click.option("--json", "as_json", is_flag=True, help="只以 JSON 输出，供其他程序读取。")
@click.option("--exit-code", is_flag=True, help="有不同时退出码为 1。")
@_help_option
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
    with _workers(1) as executor, TemporaryDirectory() as folder:
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
                _keep_apart(made, content, *folders_read)
            with failures.telling([target], _USAGE):
                folders = review.write(compared, target, executor, comments)
                _show_comparisons(compared, folders)
    if any(comparison.unread for comparison in compared):
        return STOPPED
    return STOPPED if exit_code and any(comparison.differs for comparison in compared) else CLEAN


def _with_comments(file: Path) -> SourceFile:
    """A Word file whose comments are carried on; usage is wrong where it has none to read."""
    from publisher.files import Unreadable
    from publisher.intake.opening import opened, read_file

    if not file.is_file():
        raise click.UsageError(f"找不到文件 {file}。")
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
                said = f"{side.value}（{comparison.called(side)}）{diagnostics.as_text(finding)}"
                say(said, "red", to_errors=True)
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


@publisher.command(options_metavar="[选项]")
@click.argument("file", metavar="文件", type=_FILE)
@_help_option
def textconv(file: Path) -> int:
    """把 Word 文件的文字一句一行地输出，供 git 比较。"""
    from publisher import textconv as converting

    if not os.path.exists(file):  # noqa: PTH110 - a name too long for a file is none
        raise click.UsageError(f"找不到文件 {file}。")
    say(converting.text_of_file(file), end="")
    return CLEAN


@publisher.command(options_metavar="[选项]")
@click.argument("slug", metavar="名称")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    metavar="文种",
    help="文种，默认为通知。",
)
@click.option("--like", metavar="例文", help="照哪一份例文新建，如 应急预案；见 docs/gallery.md。")
@_folders
@_help_option
def new(slug: str, kind: str | None, like: str | None, content: Path) -> int:
    """新建一份公文的文件夹和样例；名称用小写字母、数字和连字符。"""
    from publisher import drafts, failures

    _require_free(content, slug)
    if like is not None:
        _require_example(content / slug, like, kind)
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
        say(diagnostics.as_text(finding), "red")
    return CLEAN


def _require_free(content: Path, slug: str) -> None:
    """Usage is wrong where a new document cannot have this name."""
    _require_name(slug)
    target = content / slug / "document.md"
    if os.path.lexists(target) or target.parent.is_symlink():  # a link could lead elsewhere
        raise click.UsageError(f"{target} 已经存在，或文件夹是一个链接，请换一个名称。")


def _require_name(slug: str) -> None:
    """Usage is wrong where no document can have this name."""
    from publisher import output

    if not SLUG.fullmatch(slug):
        raise click.UsageError(f"名称“{slug}”不合要求：只用小写字母、数字和连字符，如 2025-plan。")
    if output.is_reserved(slug):
        raise click.UsageError(f"名称“{slug}”由程序自己使用，请换一个名称。")


def _require_example(target: Path, like: str, kind: str | None) -> None:
    """Usage is wrong where there is no such example, or its files would come among others."""
    from publisher import drafts

    if kind is not None:
        raise click.UsageError("--kind 和 --like 只用一个：例文有自己的文种。")
    if like not in drafts.examples():
        raise click.UsageError(f"没有例文“{like}”。现有：{'、'.join(drafts.examples())}。")
    if os.path.lexists(target):
        raise click.UsageError(f"{target} 已经存在，请换一个名称。")


@publisher.command(options_metavar="[选项]")
@click.argument("folder", metavar="[文件夹]", type=_FOLDER, default=".")
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
@_help_option
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
    _require_free(content, name)
    if like is not None:
        _require_example(content / name, like, kind)
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


@publisher.command(options_metavar="[选项]")
@click.option(
    "--from",
    "source",
    type=_FOLDER,
    metavar="文件夹",
    help="从这个文件夹取字体，不下载：不能上网的机器用。",
)
@click.option("--quiet", is_flag=True, help="字体已经齐全时什么也不说。")
@_help_option
def fonts(source: Path | None, quiet: bool) -> int:
    """取得生成公文所需的免费字体，并优先使用本机已装的公文字体（仿宋_GB2312 等）。"""
    from publisher import failures, fontsupply
    from publisher import fonts as faces

    folder = faces.folder()
    with failures.telling([]):
        is_whole = not fontsupply.missing(folder)
        fontsupply.supply(folder, lambda words: say(words, to_errors=True), source)
    if is_whole and not quiet:
        say(f"字体已经齐全（{folder}）。")
    return CLEAN


@publisher.command(options_metavar="[选项]")
@_help_option
def doctor() -> int:
    """看看这台机器上有什么、缺什么，缺的各用哪一条命令补上。"""
    from publisher import doctor as examining

    needs = tuple(examining.examined())
    examining.tell(needs, say)
    return CLEAN if examining.is_ready(needs) else UNFINISHED


@publisher.command(name="import", options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=_FILE)
@click.option("--slug", metavar="名称", help="公文的名称；不写时按发文字号、日期和文种取一个。")
@_folders
@_build_option("报告写到哪个文件夹")
@click.option("--mend", is_flag=True, help="修正半角标点、全角数字、补零的日期等，逐处列出。")
@click.option("--bureau", is_flag=True, help="把没有登记的机关、人员、部门补进 bureau.yaml。")
@click.option("--no-pictures", is_flag=True, help="报告不附原件各页的图，快得多。")
@click.option("--dry-run", is_flag=True, help="只写报告，不写内容。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@_help_option
def import_files(
    files: tuple[Path, ...],
    slug: str | None,
    content: Path,
    build: Path,
    mend: bool,
    bureau: bool,
    no_pictures: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """把 Word、网页、文本、表格等旧文件，变成 content/ 中的一份公文。

    写在一起的几个文件（通知、方案、附表）合成一份。每个字的去向都要核对，写进报告。
    """
    from publisher import failures, importing
    from publisher.importing import record, telling

    _keep_apart(build, content)
    for file in files:
        _require_importable(file)
    if slug is not None:
        _require_free(content, slug)
        _require_no_folder(content / slug)
    wishes = importing.Wishes(slug or "", mend, bureau, draws=not no_pictures)
    with failures.telling((), _USAGE), _workers(1) as executor:
        with _progress("正在导入……") as progress:
            made = importing.bring_in(files, content, wishes, progress, executor)
        with failures.telling(importing.targets_of(made, content, build), _USAGE):
            report = importing.write(made, content, build, is_dry=dry_run)
            if as_json:
                say_json(record.as_json(made))
            else:
                for line, colour in telling.lines(made, content, report, is_dry=dry_run):
                    say(line, colour or None)
            with _progress("正在导入……") as progress:
                importing.add_pictures(made, build, progress)
    return CLEAN if made.is_clean else STOPPED


def _require_importable(file: Path) -> None:
    """Usage is wrong where there is no such file, or nothing reads its kind."""
    from publisher.intake import opening

    if not os.path.exists(file):  # noqa: PTH110 - a name too long for a file is none
        raise click.UsageError(f"找不到文件 {file}。")
    if not opening.is_known(file.name):
        known = "、".join(opening.READERS)
        raise click.UsageError(f"不能导入 {file}：可以导入的有 {known}。请另存为 .docx 再导入。")


def _require_no_folder(target: Path) -> None:
    if os.path.lexists(target):
        raise click.UsageError(
            f"{target} 已经存在，没有动它。请用 --slug 换一个名称，或先把它移走。"
        )


@publisher.command(name="take-back", options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=_FILE)
@click.option("--slug", metavar="公文", help="是哪一份公文；不写时看文件里的标记和文字。")
@click.option(
    "--author", "authors", multiple=True, metavar="姓名", help="只收这个人的修订；可写多次。"
)
@click.option("--write", "writes", is_flag=True, help="写入内容；不加时只生成预览。")
@click.option(
    "--two-way",
    is_flag=True,
    help="不知道文件由哪一版内容生成时也写入：内容后来的修改会被改回去。",
)
@_folders
@_build_option("预览写到哪个文件夹")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@click.option("--exit-code", is_flag=True, help="有修改时退出码为 1。")
@_help_option
def take_back(
    files: tuple[Path, ...],
    slug: str | None,
    authors: tuple[str, ...],
    writes: bool,
    two_way: bool,
    content: Path,
    build: Path,
    as_json: bool,
    exit_code: bool,
) -> int:
    """回稿：把别人在 Word、Excel 里改过的公文收回内容，只动改过的那几行。

    文件是 publish 生成的 document.docx、attachment-N.docx、attachment-N.xlsx，或 diff 生成的
    redline.docx，带不带修订标记都可以，另存为 .doc、.odt、.xls 也可以；几个人改的几份可以一起写。
    """
    from publisher import failures, output, scratch, takeback, workers
    from publisher.takeback import record, telling, writing
    from publisher.takeback.knowing import UnknownDocument

    _keep_apart(build, content)
    for file in files:
        _require_returnable(file)
    if slug is not None:
        _names(content, (slug,))
    workers.collect_seldom()
    wishes = takeback.TakingWishes(slug or "", authors)
    unread = (*_USAGE, takeback.UnreadableContent)
    with scratch.folder(), failures.telling((), unread):
        for name in documents_in(content):
            output.end_writing(content / name)
        try:
            with _progress("正在读取……") as progress:
                made = takeback.take_back(files, content, wishes, progress)
        except UnknownDocument as problem:
            raise click.UsageError(str(problem)) from None
        except takeback.UnreadableContent as problem:
            _report(problem.findings)
            say("内容有读不出的地方，没有收回。请先改正上面的错误。", "red", to_errors=True)
            return STOPPED
        is_refused = writes and bool(made.files) and not two_way and not made.knows_base
        with failures.telling(writing.targets_of(made, content, build), _USAGE):
            preview = writing.write(made, content, build, writes=writes and not is_refused)
    if as_json:
        say_json(record.as_json(made, is_written=preview.is_written))
    else:
        for line in telling.lines(made, preview):
            for words, colour in line:
                say(words, colour or None, end="")
            say("")
    if is_refused:
        say(_UNKNOWN_BASE, "red", to_errors=True)
    stops = is_refused or not made.is_settled or (exit_code and bool(made.changes))
    return STOPPED if stops else CLEAN


_UNKNOWN_BASE = (
    "没有写入：不知道文件由哪一版内容生成，内容后来的修改会被改回去。"
    "看过预览，确实要写的，再加上 --two-way。"
)


def _require_returnable(file: Path) -> None:
    """Usage is wrong where there is no such file, or it is none that ours are edited as."""
    from publisher.takeback.returning import WORD
    from publisher.takeback.workbooks import SUFFIXES

    if not os.path.isfile(file):  # noqa: PTH113 - a name too long for a file is none
        raise click.UsageError(f"找不到文件 {file}。")
    if file.suffix.lower() not in (*WORD, *SUFFIXES):
        known = "、".join((*WORD, *SUFFIXES))
        raise click.UsageError(f"不能收回 {file}：可以收回的有 {known}。")


@publisher.command(options_metavar="[选项]")
@click.argument("slug", metavar="公文")
@click.option(
    "--department", "departments", multiple=True, metavar="部门", help="这个部门的任务；可写多次。"
)
@click.option(
    "--person", "people", multiple=True, metavar="姓名", help="这个人的任务，不公开；可写多次。"
)
@click.option("--deadline", metavar="时间", help="只要这时到期的：2025、2025-06 或 2025-06-30。")
@click.option("--all", "is_all", is_flag=True, help="每个部门各一份，另有总览。")
@click.option("--date", "day", metavar="日期", help="任务通知的成文日期；不写时不印日期。")
@_folders
@_build_option("写到哪个文件夹")
@_help_option
def extract(
    slug: str,
    departments: tuple[str, ...],
    people: tuple[str, ...],
    deadline: str | None,
    is_all: bool,
    day: str | None,
    content: Path,
    build: Path,
) -> int:
    """从任务表摘出一个部门或一个人的任务：通知、进展表、日历和网页。

    任务的文字照抄任务表；发回的进展表用 publisher progress 汇总。
    """
    from publisher import extracts, failures

    _keep_apart(build, content)
    _names(content, (slug,))
    if is_all and (departments or people):
        raise click.UsageError("--all 已包括每个部门，不和 --department、--person 一起写。")
    if not (is_all or departments or people or deadline):
        raise click.UsageError(
            "请写明摘出谁的任务：--department 部门、--person 姓名、--deadline 2025-06 或 --all。"
        )
    asked = extracts.Asked(
        departments, people, is_all, _period(deadline), _day_asked(day, "--date")
    )
    expected = (*_USAGE, extracts.NoTasks)
    with failures.telling([build / extracts.FOLDER / slug], expected):
        try:
            with _progress("正在摘出……") as progress:
                made = extracts.tasked(content, build, slug)
                done = extracts.write(made, build, asked, progress)
        except extracts.UnknownOwner as problem:
            raise click.UsageError(str(problem)) from None
        except extracts.NoTasks as problem:
            return _no_tasks(problem)
    for each in done:
        _show_extract(each)
    if not any(each.extract.tasks for each in done):
        say(f"没有 {deadline} 到期的任务，没有写。" if deadline else "没有任务，没有写。", "yellow")
    return CLEAN


def _no_tasks(problem: NoTasks) -> int:
    """What keeps a document from having tasks."""
    if problem.findings:
        _report(problem.findings)
    say(f"{problem}。", "red", to_errors=True)
    return STOPPED


def _show_extract(made: WrittenExtract) -> None:
    """Where an extract is, how much it has, and who may see it."""
    tasks = made.extract
    if made.is_overview:
        say(f"总览 {made.folder}：任务共 {len(tasks.tasks)} 项")
        return
    shared = f"，共同承担 {len(tasks.shared)} 项" if tasks.shared else ""
    unsure = f"；另有 {len(tasks.collective)} 项写给各科室、各单位" if tasks.collective else ""
    say(f"{made.folder}：{len(tasks.tasks)} 项{shared}{unsure}")
    if tasks.is_personal:
        say("    个人任务，文件只有您本人可以读取，不要公开。", "yellow")


def _period(words: str | None) -> Period | None:
    """A year, a month or a day."""
    from publisher.extracts.extract import period_of

    period = None if words is None else period_of(words)
    if words is not None and period is None:
        raise click.UsageError(f"时间“{words}”不合要求，应写作 2025、2025-06 或 2025-06-30。")
    return period


def _day_asked(words: str | None, option: str) -> date | None:
    from publisher.words.days import day_of

    if words is None:
        return None
    if (day := day_of(words)) is None:
        raise click.UsageError(f"{option} 的日期“{words}”不合要求，应写作 2025-03-03。")
    return day


@publisher.command(options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=_FILE)
@click.option("--slug", metavar="公文", help="汇总哪一份公文的任务；不写时看进展表里的标记。")
@click.option("--on", "day", metavar="日期", help="到哪一天算逾期，如 2025-06-30；不写时为今天。")
@_folders
@_build_option("写到哪个文件夹")
@_help_option
def progress(
    files: tuple[Path, ...], slug: str | None, day: str | None, content: Path, build: Path
) -> int:
    """把各部门发回的进展表汇总成一份：完成的、逾期的、没有报的、说法不一的。

    文件是 publisher extract 生成的进展表，也可写放它们的文件夹。内容不改动。
    """
    from publisher import extracts, failures
    from publisher import progress as gathering
    from publisher.progress.gathering import summary

    _keep_apart(build, content)
    for file in files:
        if not file.exists():
            raise click.UsageError(f"找不到文件 {file}。")
    on = _day_asked(day, "--on") or date.today()
    with failures.telling([build / gathering.FOLDER], (*_USAGE, extracts.NoTasks)):
        with _progress("正在读取……") as show:
            read = gathering.read_sheets(gathering.files_in(files), show)
        for name, why in read.refused:
            say(f"没有用 {name}：{why}。", "yellow")
        if not read.sheets:
            say("没有读出进展表，没有汇总。", "red", to_errors=True)
            return STOPPED
        try:
            plan = gathering.plan_of(read.sheets, slug, documents_in(content))
            _names(content, (plan,))
            made = gathering.gather(content, build, plan, read.sheets, on)
        except gathering.UnknownPlan as problem:
            raise click.UsageError(str(problem)) from None
        except extracts.NoTasks as problem:
            return _no_tasks(problem)
        is_private = any(sheet.is_personal for sheet in read.sheets)
        folder = gathering.write(made, build, is_private=is_private)
    for words in summary(made):
        say(words)
    for words in made.doubts:
        say(f"请核对：{words}", "yellow")
    say(f"汇总 {folder}")
    return CLEAN


@publisher.command(options_metavar="[选项]")
@click.argument("slug", metavar="公文")
@click.option(
    "--as", "name", metavar="名称", help="解读的文件夹名称；不写时是公文的名称加 -reading。"
)
@_folders
@_help_option
def explain(slug: str, name: str | None, content: Path) -> int:
    """为一份公文起一个政策解读的草稿：照引原文的事由、对象、数字和时限，写明出处。

    写成新文件夹里的 reading.md，供人据此改写；已有的文件夹不动，草稿不会公开。
    """
    from publisher import explaining, failures

    _names(content, (slug,))
    chosen = name or f"{slug}-reading"
    _require_name(chosen)
    with failures.telling([content / chosen], _USAGE):
        try:
            file = explaining.explain(content, slug, chosen)
        except explaining.CannotExplain as problem:
            if problem.findings:
                _report(problem.findings)
            say(f"{problem}。", "red", to_errors=True)
            return STOPPED
    say(f"已写 {file}。请据此改写，写好后删去“公开属性”一行。")
    return CLEAN


@publisher.group(options_metavar="[选项]", subcommand_metavar="命令 [参数]…", cls=_Group)
@_help_option
def style() -> None:
    """本单位自己的版面。"""


@style.command(name="learn", options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=_FILE)
@click.option("--write", "writes", is_flag=True, help="写入 bureau.yaml；不加时只显示学到的。")
@_folders
@_help_option
def style_learn(files: tuple[Path, ...], writes: bool, content: Path) -> int:
    """从本单位做好的公文里学出版面：页边距、行距、页码、字体，与标准不同的各写明条款。

    文件是 .docx、.pdf 或 .ofd，几份一起看；说法不一的不采用，看不出的不猜。
    """
    from publisher import failures, learning

    for file in files:
        if not file.is_file():
            raise click.UsageError(f"找不到文件 {file}。")
        if file.suffix.lower() not in learning.SUFFIXES:
            known = "、".join(learning.SUFFIXES)
            raise click.UsageError(f"不能从 {file} 学：可以用的有 {known}。")
    with failures.telling([content / "bureau.yaml"], _USAGE):
        with _progress("正在测量……"):
            learnt = learning.learn(files)
        for line in learning.lines(learnt):
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


@publisher.group(options_metavar="[选项]", subcommand_metavar="命令 [参数]…", cls=_Group)
@_help_option
def template() -> None:
    """检查本单位自己的模板。"""


@template.command(name="check", options_metavar="[选项]")
@click.argument("folder", metavar="[文件夹]", required=False, type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@_help_option
def template_check(folder: Path | None, as_json: bool) -> int:
    """检查模板缺少什么、写错了什么、改了哪些影响分页的尺寸。

    不写文件夹时，检查环境变量 PUBLISHER_TEMPLATES 指定的模板；没有指定的，检查程序自带的模板。
    """
    from publisher import template_check as checking
    from publisher import templates

    root = (folder or templates.root()).resolve()
    if not root.is_dir():
        raise click.UsageError(f"找不到模板文件夹 {root}。")
    faults = checking.check(root)
    if as_json:
        say_json(diagnostics.as_json(faults))
    else:
        _report(faults)
    return STOPPED if diagnostics.stops_publishing(faults) else CLEAN


def _names(content: Path, slugs: tuple[str, ...]) -> tuple[str, ...]:
    """The documents asked for; all where none is named."""
    from publisher import pipeline

    there = pipeline.slugs(content)
    if missing := {*slugs} - {*there}:
        slug = min(missing, key=slugs.index)
        known = "、".join(bounded(there, _FEW, lambda more: f"还有 {more} 份"))
        raise click.UsageError(
            f"没有公文“{slug}”：找不到 {content / slug / 'document.md'}。"
            + (f"现有：{known}。" if there else "")
        )
    if not there:
        raise click.UsageError(f"{content} 中没有公文，请先用 publisher new 新建一份。")
    return tuple(dict.fromkeys(slugs)) or there


# -- what the user sees -----------------------------------------------------------------


_USAGE = (click.UsageError,)


def _keep_apart(build: Path, *contents: Path) -> None:
    """Usage is wrong where files would be made in, above or in place of what they are made from."""
    for content in contents:
        # What is no link lies in `content` itself.
        folders = (content / slug for slug in documents_in(content))
        documents = [folder for folder in folders if folder.is_symlink()]
        if _is_within(build, content, *documents) or _is_within(content, build):
            raise click.UsageError(
                f"生成的文件不能放在 {build}：它与内容文件夹 {content} 重叠，会覆盖原稿。"
                "请用 --build 另指定一个文件夹。"
            )


def _is_within(inner: Path, *outer: Path) -> bool:
    """Whether a folder is one of others or lies in it, by whatever names, there or not yet."""
    inner = inner.resolve()
    around = [folder for folder in (inner, *inner.parents) if folder.exists()]
    there = {(about.st_dev, about.st_ino) for about in map(Path.stat, around)}
    return any(
        inner.is_relative_to(folder.resolve())
        or (folder.exists() and (folder.stat().st_dev, folder.stat().st_ino) in there)
        for folder in outer
    )


@contextmanager
def _workers(count: int | None = None, *, of: str = "") -> Iterator[Executor]:
    """Processes that share the work; they end with it, or where it is interrupted."""
    from publisher import scratch, workers

    workers.collect_seldom()
    with scratch.folder(), workers.start(count, of=of) as executor:
        try:
            yield executor
        finally:  # at once: Python takes a tenth of a second to put all away
            workers.end(executor)


def _prepare_for_pdf() -> None:
    """In a worker: load what the PDF of a 对照表 needs."""
    from publisher.renderers import pdf
    from publisher.renderers.changes import comparison_table  # noqa: F401

    pdf.prepare()


@contextmanager
def _progress(at_first: str = "正在生成……") -> Iterator[Progress]:
    """Shows what is being made: a moving line on a terminal, a line each elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda slug, what: say(f"{slug}：{what}", to_errors=True)
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, highlight=False).status(at_first) as status:
        yield lambda slug, what: status.update(Text(visible(f"{slug}：{what}")))


def _all_findings(outcomes: Iterable[Outcome]) -> tuple[Finding, ...]:
    return diagnostics.in_order(finding for outcome in outcomes for finding in outcome.findings)


def _report(
    shown: Iterable[Finding],
    counted: Iterable[Finding] | None = None,
    spoken: Mapping[Place, str] | None = None,
) -> None:
    """The findings, accepted ones last, and how many there are of all that are counted."""
    places = spoken or {}
    findings = tuple(shown)
    for finding in sorted(findings, key=lambda finding: bool(finding.accepted)):
        color = "red" if finding.severity is Severity.ERROR else "yellow"
        words = diagnostics.as_text(finding, places.get(finding.place, ""))
        say(words, "green" if finding.accepted else color)
    say(f"检查结果：{diagnostics.count(findings if counted is None else counted)}。")


def _exit_code(outcomes: Iterable[Outcome]) -> int:
    return STOPPED if diagnostics.stops_publishing(_all_findings(outcomes)) else CLEAN


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process with its exit code."""
    interruption.as_ctrl_c()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # in a place without Chinese
            stream.reconfigure(errors="backslashreplace")
    code = run(arguments)
    interruption.forget()
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line, and give its exit code. Nothing that goes wrong shows a traceback."""
    try:
        code = publisher.main(arguments, prog_name="publisher", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.ctx.get_help() if error.ctx else "")
        return WRONG_USAGE
    except click.UsageError as error:
        said = f"用法错误：{_in_chinese(error)}\n运行 publisher --help 查看说明。"
        say(said, to_errors=True)
        return WRONG_USAGE
    except SystemExit:  # by click: who read what was said has had enough
        return UNFINISHED
    except (KeyboardInterrupt, click.Abort):
        say(_explained(KeyboardInterrupt()), to_errors=True)
        return UNFINISHED
    except Exception as error:
        say(_explained(error), to_errors=True)
        return UNFINISHED
    return code if isinstance(code, int) else CLEAN


def _explained(error: BaseException) -> str:
    """Why something could not be finished; its traceback too, where that is asked for."""
    from publisher import failures

    if os.environ.get(failures.DEBUG):
        traceback.print_exception(error)
    return failures.explanation(error)


def _in_chinese(error: click.UsageError) -> str:
    """What click found wrong in the arguments."""
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。"
        case click.MissingParameter():
            return f"缺少{error.param.metavar if error.param else '参数'}。"
        case click.BadParameter():
            if match := re.fullmatch(r"Directory '(.*)' is a file\.", error.message, re.DOTALL):
                return f"{match[1]} 是一个文件，这里要写文件夹。"
            name = error.param.opts[0] if error.param else ""
            choices = getattr(error.param and error.param.type, "choices", None)
            if choices:
                return f"{name} 的值不对，可用的有：{'、'.join(choices)}。"
            return f"{name} 的值不对。{getattr(error.param, 'help', None) or ''}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 缺少值。"
        case _ if match := re.fullmatch(r"No such command '(.*?)'.*", error.message, re.DOTALL):
            return f"没有命令 {match[1]}。"
        case _ if "unexpected extra argument" in error.message:
            return "参数太多。"
        case _:
            return error.message
