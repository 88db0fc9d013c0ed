"""check, accept, inspect, template check → findings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher import diagnostics
from publisher.cli import usage, working
from publisher.cli.chinese import (
    FILE,
    FOLDER,
    command,
    content_option,
    group,
    help_option,
)
from publisher.cli.codes import CLEAN, STOPPED, UNFINISHED, all_findings, exit_code
from publisher.cli.showing import line_shown, report_findings
from publisher.cli.usage import (
    USAGE,
    documents_named,
    require_file,
)
from publisher.place import Place
from publisher.terminal import bounded, say, say_json, say_text

if TYPE_CHECKING:
    from publisher.pipeline import Outcome


@command()
@click.argument("slugs", nargs=-1, metavar="[公文或文件]…")
@content_option
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
@help_option
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
        require_file(Path(file))
    read = [_checked_file(Path(file), content, spoken) for file in files]
    outcomes = [outcome for outcome in read if outcome]
    if named or not files:
        outcomes += _checked(content, documents_named(content, named))
    findings = all_findings(outcomes)
    match "json" if as_json else form:
        case "json":
            say_json(diagnostics.as_json(findings))
        case "github":
            say_text(annotations.as_github(findings))
        case "sarif":
            say_json(annotations.as_sarif(findings))
        case _:
            if outcomes:  # else nothing was read in which nothing could be found
                report_findings(findings, spoken=spoken)
    return exit_code(outcomes) if all(read) else UNFINISHED


def _checked(content: Path, names: tuple[str, ...]) -> list[Outcome]:
    """What is found in each document; many are shared out to processes."""
    from publisher import pipeline

    if len(names) <= usage.FEW:
        return list(pipeline.check_all(content, names))
    from publisher.many import checking

    with line_shown("正在检查……") as show, working.workers() as executor:

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
    names = documents_named(content, slugs)
    if len(names) != 1:
        raise click.UsageError(
            "请写明一份公文，一个 Word 文件只写一份。"
            f"现有：{'、'.join(bounded(names, usage.FEW, lambda more: f'还有 {more} 份'))}。"
        )
    return names[0], target


def _check_into(slug: str, target: Path, content: Path) -> int:
    """Check a document, its findings as comments in a Word file."""
    from publisher import failures, pipeline

    with failures.telling([target]):
        outcome = pipeline.write_comments(content, slug, target)
    report_findings(outcome.findings)
    if outcome.state is pipeline.State.STOPPED:
        say(f"没有写 {target}：这份公文还生成不了，请先改正上面的错误。", "red")
        return STOPPED
    say(f"已写 {target}：批注 {len(outcome.findings)} 条，作者 publisher。")
    if outcome.classification:
        say(f"    密级：{outcome.classification}。请按保密规定存放和传递。", "yellow")
    return exit_code([outcome])


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


@command()
@click.argument("place", metavar="位置")
@click.option("--reason", required=True, metavar="理由", help="为什么可以保留，写给审稿人看。")
@content_option
@help_option
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
    documents_named(content, (slug,))
    where = Place(f"{content.name}/{slug}/{file}", int(line))
    with failures.telling([accepting.acceptances_of(content, slug)], USAGE):
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
        for line in diagnostics.as_lines(finding):
            say(line, "green")
    say(f"已写入 {accepting.acceptances_of(content, slug)}：{len(accepted)} 处。")
    return CLEAN


@command()
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=FILE)
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
@help_option
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
    require_file(file)
    if file.suffix.lower() not in (".pdf", ".ofd", ".docx"):
        raise click.UsageError(f"{file} 不是 .pdf、.ofd 或 .docx，不能测量。")
    return file


@group()
@help_option
def template() -> None:
    """检查本单位自己的模板。"""


@template.command(name="check", options_metavar="[选项]")
@click.argument("folder", metavar="[文件夹]", required=False, type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@help_option
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
        report_findings(faults)
    return STOPPED if diagnostics.stops_publishing(faults) else CLEAN
