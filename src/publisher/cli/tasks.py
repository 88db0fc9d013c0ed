"""extract, progress, explain → what others need from a document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.chinese import (
    FILE,
    build_option,
    command,
    content_option,
    help_option,
)
from publisher.cli.codes import CLEAN, STOPPED
from publisher.cli.showing import progress_shown, report_findings
from publisher.cli.usage import (
    USAGE,
    day_asked,
    documents_named,
    keep_apart,
    period_asked,
    require_name,
    require_there,
)
from publisher.folders import documents_in
from publisher.terminal import say

if TYPE_CHECKING:
    from publisher.extracts import NoTasks, WrittenExtract


@command()
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
@content_option
@build_option("写到哪个文件夹")
@help_option
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

    keep_apart(build, content)
    documents_named(content, (slug,))
    if is_all and (departments or people):
        raise click.UsageError("--all 已包括每个部门，不和 --department、--person 一起写。")
    if not (is_all or departments or people or deadline):
        raise click.UsageError(
            "请写明摘出谁的任务：--department 部门、--person 姓名、--deadline 2025-06 或 --all。"
        )
    asked = extracts.Asked(
        departments, people, is_all, period_asked(deadline), day_asked(day, "--date")
    )
    expected = (*USAGE, extracts.NoTasks)
    with failures.telling([build / extracts.FOLDER / slug], expected):
        try:
            with progress_shown("正在摘出……") as progress:
                made = extracts.tasked(content, build, slug)
                done = extracts.write(made, build, asked, progress)
                idle = extracts.without_tasks(made, build)
        except extracts.UnknownOwner as problem:
            raise click.UsageError(str(problem)) from None
        except extracts.NoTasks as problem:
            return _no_tasks(problem)
    for each in done:
        _show_extract(each)
    if not any(each.extract.tasks for each in done):
        say(f"没有 {deadline} 到期的任务，没有写。" if deadline else "没有任务，没有写。", "yellow")
    for folder in idle:
        say(f"{folder} 是以前摘出的，任务表里已经没有它的任务；不要了请删去。", "yellow")
    return CLEAN


def _no_tasks(problem: NoTasks) -> int:
    """What keeps a document from having tasks."""
    if problem.findings:
        report_findings(problem.findings)
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


@command()
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=FILE)
@click.option("--slug", metavar="公文", help="汇总哪一份公文的任务；不写时看进展表里的标记。")
@click.option("--on", "day", metavar="日期", help="到哪一天算逾期，如 2025-06-30；不写时为今天。")
@content_option
@build_option("写到哪个文件夹")
@help_option
def progress(
    files: tuple[Path, ...], slug: str | None, day: str | None, content: Path, build: Path
) -> int:
    """把各部门发回的进展表汇总成一份：完成的、逾期的、没有报的、说法不一的。

    文件是 publisher extract 生成的进展表，也可写放它们的文件夹。内容不改动。
    """
    from publisher import extracts, failures
    from publisher import progress as gathering
    from publisher.progress.gathering import summary

    keep_apart(build, content)
    for file in files:
        require_there(file)
    on = day_asked(day, "--on") or date.today()
    with failures.telling([build / gathering.FOLDER], (*USAGE, extracts.NoTasks)):
        with progress_shown("正在读取……") as show:
            read = gathering.read_sheets(gathering.files_in(files), show)
        for name, why in read.refused:
            say(f"没有用 {name}：{why}。", "yellow")
        if not read.sheets:
            say("没有读出进展表，没有汇总。", "red", to_errors=True)
            return STOPPED
        try:
            plan = gathering.plan_of(read.sheets, slug, documents_in(content))
            documents_named(content, (plan,))
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


@command()
@click.argument("slug", metavar="公文")
@click.option(
    "--as", "name", metavar="名称", help="解读的文件夹名称；不写时是公文的名称加 -reading。"
)
@content_option
@help_option
def explain(slug: str, name: str | None, content: Path) -> int:
    """为一份公文起一个政策解读的草稿：照引原文的事由、对象、数字和时限，写明出处。

    写成新文件夹里的 reading.md，供人据此改写；已有的文件夹不动，草稿不会公开。
    """
    from publisher import explaining, failures

    documents_named(content, (slug,))
    chosen = name or f"{slug}-reading"
    require_name(chosen)
    with failures.telling([content / chosen], USAGE):
        try:
            file = explaining.explain(content, slug, chosen)
        except explaining.CannotExplain as problem:
            if problem.findings:
                report_findings(problem.findings)
            say(f"{problem}。", "red", to_errors=True)
            return STOPPED
    say(f"已写 {file}。请据此改写，写好后删去“公开属性”一行。")
    return CLEAN
