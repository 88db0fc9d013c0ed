"""import, take-back → files of others in the content."""

from __future__ import annotations

import os
from pathlib import Path

import click

from publisher.cli import working
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
    documents_named,
    keep_apart,
    require_file,
    require_free,
    require_there,
)
from publisher.terminal import say, say_json


@command(name="import")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=FILE)
@click.option("--slug", metavar="名称", help="公文的名称；不写时按发文字号、日期和文种取一个。")
@content_option
@build_option("报告写到哪个文件夹")
@click.option("--mend", is_flag=True, help="修正半角标点、全角数字、补零的日期等，逐处列出。")
@click.option("--bureau", is_flag=True, help="把没有登记的机关、人员、部门补进 bureau.yaml。")
@click.option("--no-pictures", is_flag=True, help="报告不附原件各页的图，快得多。")
@click.option("--dry-run", is_flag=True, help="只写报告，不写内容。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@help_option
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

    keep_apart(build, content)
    for file in files:
        _require_importable(file)
    if slug is not None:
        require_free(content, slug)
        _require_no_folder(content / slug)
    wishes = importing.Wishes(slug or "", mend, bureau, draws=not no_pictures)
    with failures.telling((), USAGE), working.workers(1) as executor:
        with progress_shown("正在导入……") as progress:
            made = importing.bring_in(files, content, wishes, progress, executor)
        with failures.telling(importing.targets_of(made, content, build), USAGE):
            report = importing.write(made, content, build, is_dry=dry_run)
            if as_json:
                say_json(record.as_json(made))
            else:
                for line, colour in telling.lines(made, content, report, is_dry=dry_run):
                    say(line, colour or None)
            with progress_shown("正在导入……") as progress:
                importing.add_pictures(made, build, progress)
    return CLEAN if made.is_clean else STOPPED


def _require_importable(file: Path) -> None:
    """Usage is wrong where there is no such file, or nothing reads its kind."""
    from publisher.intake import opening

    require_there(file)
    if not opening.is_known(file.name):
        known = "、".join(opening.READERS)
        raise click.UsageError(f"不能导入 {file}：可以导入的有 {known}。请另存为 .docx 再导入。")


def _require_no_folder(target: Path) -> None:
    if os.path.lexists(target):
        raise click.UsageError(
            f"{target} 已经存在，没有动它。请用 --slug 换一个名称，或先把它移走。"
        )


@command(name="take-back")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=FILE)
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
@content_option
@build_option("预览写到哪个文件夹")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@click.option("--exit-code", is_flag=True, help="有修改时退出码为 1。")
@help_option
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
    from publisher import failures, pipeline, scratch, takeback
    from publisher.takeback import record, telling, writing
    from publisher.takeback.knowing import UnknownDocument

    keep_apart(build, content)
    for file in files:
        _require_returnable(file)
    if slug is not None:
        documents_named(content, (slug,))
    wishes = takeback.TakingWishes(slug or "", authors)
    unread = (*USAGE, takeback.UnreadableContent)
    with scratch.folder(), failures.telling((), unread):
        pipeline.slugs(content)  # what was begun there is ended before any of it is read
        try:
            with progress_shown("正在读取……") as progress:
                made = takeback.take_back(files, content, wishes, progress)
        except UnknownDocument as problem:
            raise click.UsageError(str(problem)) from None
        except takeback.UnreadableContent as problem:
            report_findings(problem.findings)
            say("内容有读不出的地方，没有收回。请先改正上面的错误。", "red", to_errors=True)
            return STOPPED
        is_refused = writes and bool(made.files) and not two_way and not made.knows_base
        with failures.telling(writing.targets_of(made, content, build), USAGE):
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

    require_file(file)
    if file.suffix.lower() not in (*WORD, *SUFFIXES):
        known = "、".join((*WORD, *SUFFIXES))
        raise click.UsageError(f"不能收回 {file}：可以收回的有 {known}。")
