"""Sheets of progress that came back → one overview of a plan, and who is late or silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from publisher import output
from publisher.extracts import TaskedDocument, tasked
from publisher.extracts.notice import source_named
from publisher.files import Unreadable
from publisher.intake.opening import read_file
from publisher.progress.gathering import GatheredProgress, gathered, summary
from publisher.progress.paper import TITLE, paper, reported, standing_told
from publisher.progress.returned import SUFFIXES, ReturnedSheet, read_sheet
from publisher.renderers.closed import closed
from publisher.setting.editions import edition_of
from publisher.templates import environment
from publisher.words.days import written

FOLDER = "progress"
"""Below `build`."""
NAME = "进展汇总"


class UnknownPlan(Exception):
    """The sheets do not say of one document that they are its; the words say what to do."""


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """The files that were given."""

    sheets: tuple[ReturnedSheet, ...]
    refused: tuple[tuple[str, str], ...]
    """Files that are none of ours, and why."""


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that are named, and the workbooks in folders that are, once each."""
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            there = (each for each in sorted(path.iterdir()) if _is_workbook(each))
            files |= dict.fromkeys(there)
        else:
            files[path] = None
    return tuple(files)


def _is_workbook(path: Path) -> bool:
    # Excel keeps a file beside one that is open: ~$name.xlsx.
    is_named_so = path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))
    return is_named_so and path.is_file()


def read_sheets(
    files: Sequence[Path], progress: Callable[[str, str], None] = lambda name, what: None
) -> ReadSheets:
    """What the files say; the same file is read once."""
    sheets: list[ReturnedSheet] = []
    refused: list[tuple[str, str]] = []
    seen: dict[str, Path] = {}
    for file in files:
        if file.suffix.lower() not in SUFFIXES:
            refused.append((str(file), f"不是工作簿（{'、'.join(SUFFIXES)}）"))
            continue
        try:
            _, data = read_file(file)
            if (twice := seen.setdefault(output.digest(data), file)) != file:
                refused.append((str(file), f"与 {twice} 是同一个文件，只算一次"))
                continue
            sheets.append(read_sheet(file.name, data))
            progress(file.name, f"{len(sheets[-1].rows)} 行")
        except Unreadable as problem:
            refused.append((str(file), str(problem).rstrip("。")))
    return ReadSheets(tuple(sheets), tuple(refused))


def plan_of(sheets: Sequence[ReturnedSheet], slug: str | None, there: Sequence[str]) -> str:
    """The document of the sheets; UnknownPlan where they do not agree on one."""
    if slug:
        return slug
    named = sorted({sheet.slug for sheet in sheets if sheet.slug})
    if len(named) == 1 and named[0] in there:
        return named[0]
    if not named:
        raise UnknownPlan("进展表里没有写是哪一份公文的，请用 --slug 写明。")
    if len(named) == 1:
        raise UnknownPlan(
            f"进展表是公文“{named[0]}”的，content 里没有它；改过名的，用 --slug 写明。"
        )
    raise UnknownPlan(f"这些进展表是几份公文的：{'、'.join(named)}。请用 --slug 写明汇总哪一份。")


def gather(
    content: Path, build: Path, slug: str, sheets: Sequence[ReturnedSheet], on: date
) -> GatheredProgress:
    """How far the tasks of a document have come by a day; nothing is written.

    NoTasks (extracts) where it has none.
    """
    made: TaskedDocument = tasked(content, build, slug)
    foreign = [sheet for sheet in sheets if sheet.slug not in ("", slug)]
    theirs = [sheet for sheet in sheets if sheet not in foreign]
    left = tuple(f"{sheet.name} 是公文“{sheet.slug}”的，没有汇总进来。" for sheet in foreign)
    result = gathered(made, theirs, on)
    return replace(result, doubts=(*left, *result.doubts))


def write(made: GatheredProgress, build: Path, *, is_private: bool) -> Path:
    """The overview as DOCX, XLSX and a page; the folder that they are in."""
    from publisher.renderers import docx, table

    document = paper(made)
    edition = edition_of(document)
    owners, tasks = "attachment-1", "attachment-2"
    sheets = table.render(edition)
    word = docx.render_issued(edition)
    files = {
        f"{NAME}.html": page(made),
        f"{NAME}.docx": word,
        f"{NAME}.xlsx": sheets[f"{tasks}.xlsx"],
        f"{NAME}-各单位.xlsx": sheets[f"{owners}.xlsx"],
    }
    slug = made.made.document.slug
    folder = build / FOLDER / slug
    sign = {"progress": slug}
    with output.locked(build):
        output.require_ours(folder, sign)
        private = is_private or document.classification is not None
        output.write_folder(folder, output.sealed(files, sign), private=private)
    return folder


def page(made: GatheredProgress) -> bytes:
    """The overview as a page of one file."""
    template = environment("reports").get_template("progress.html.jinja")
    shown = template.render(
        made=made,
        title=TITLE,
        source=source_named(made.made.document),
        on=written(made.on),
        summary=tuple(summary(made)),
        reported=reported,
        standing=standing_told,
    )
    return closed(shown.encode())
