"""publish, archive → what was made, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher import diagnostics
from publisher.cli import usage, working
from publisher.cli.chinese import (
    FOLDER,
    build_option,
    command,
    content_option,
    help_option,
)
from publisher.cli.codes import CLEAN, STOPPED, UNFINISHED, all_findings, exit_code
from publisher.cli.showing import line_shown, progress_shown, report_findings
from publisher.cli.usage import (
    documents_named,
    keep_apart,
)
from publisher.terminal import say

if TYPE_CHECKING:
    from publisher.archive.made import MadeArchive
    from publisher.many.crew import Crew
    from publisher.pipeline import Outcome


@command()
@click.argument("slugs", nargs=-1, metavar="[公文]…")
@content_option
@build_option("生成到哪个文件夹")
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
    type=FOLDER,
    metavar="文件夹",
    help="连接集群用的证书所在的文件夹：ca.pem、cert.pem、key.pem；地址写作 tls://…。",
)
@help_option
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

    keep_apart(build, content)
    names = documents_named(content, slugs)
    if cluster or tls:
        return _publish_far(content, build, names, cluster or "", tls, reads_all=read_all)
    if len(names) > usage.FEW:
        from publisher.many.crew import Processes

        return _publish_many(content, build, names, Processes(), reads_all=read_all)
    targets = [build / slug for slug in names]
    with failures.telling(targets):
        with progress_shown() as progress, working.workers(of=pipeline.SLOWEST) as executor:
            outcomes = pipeline.publish(content, build, names, executor, progress)
            with failures.saying(f"公文都已处理完；{_half(build)}"):
                archive = _archived(content, build, outcomes)
        findings = all_findings(outcomes)
        report_findings(diagnostics.unsettled(findings), findings)
        for outcome in outcomes:
            _show_outcome(outcome, build / outcome.slug)
        _show_archive(archive)
        for note in builds.notes():
            say(f"提示：{note}。", "yellow")
        for outcome in outcomes:
            _show_broken(outcome)
    return STOPPED if any(outcome.broken for outcome in outcomes) else exit_code(outcomes)


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


def _publish_many(
    content: Path, build: Path, names: tuple[str, ...], crew: Crew, *, reads_all: bool
) -> int:
    """The same for many: each document is one piece of work."""
    from publisher import builds, failures, many, scratch
    from publisher.many.journal import Journal

    with line_shown("正在查看哪些要生成……") as show, Journal(build, len(names), show) as journal:
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
    from publisher.archive.updating import update
    from publisher.pipeline import State

    fresh = {outcome.slug for outcome in outcomes if outcome.state is not State.STOPPED}
    return update(content, build, fresh)


def _half(build: Path) -> str:
    """What may have become of the archive where making it was interrupted."""
    return f"{build / 'public'} 也许只换了一部分，再运行一次就补齐；补齐以前请不要上传。"


def _show_archive(archive: MadeArchive) -> None:
    """Where the archive stands, what is in it, and how much of it is to be looked at."""
    withheld = f"，未列入 {len(archive.withheld)} 份" if archive.withheld else ""
    asked = len(archive.findings)
    review = f"；请核对 {asked} 处，用 publisher archive 逐条列出" if asked else ""
    say(f"网站归档 {archive.folder}：{archive.count} 份{withheld}{review}。")


@command()
@content_option
@build_option("公文生成在哪个文件夹")
@help_option
def archive(content: Path, build: Path) -> int:
    """把已经生成的公文归档成网站 build/public/，核对全部链接，做移交用的压缩包。

    只含可以公开的公文，整个文件夹上传即可；怎样上传、声明栏目和改名，见 docs/archive.md。
    """
    from publisher import failures
    from publisher.archive import links
    from publisher.archive.updating import update

    keep_apart(build, content)
    if not build.is_dir():
        raise click.UsageError(f"{build} 中没有生成好的公文，请先用 publisher publish 生成。")
    with failures.saying(_half(build)):
        with progress_shown("正在归档……") as progress:
            made = update(
                content,
                build,
                is_whole=True,
                waits=lambda: progress(build.name, "另一次运行正在写入，等它结束"),
            )
        report_findings(made.findings)
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
