"""A document and who asks → extracts of its task tables, each a folder of finished files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publisher import diagnostics, output, pipeline
from publisher.diagnostics import Finding
from publisher.extracts import keys, pages
from publisher.extracts.calendar import calendar
from publisher.extracts.counting import TaskCounts, counted_workbook, counts
from publisher.extracts.extract import (
    Asker,
    Extract,
    Period,
    departments_in,
    extract_of,
    people_in,
)
from publisher.extracts.keys import KnownTask, known_now, version_of
from publisher.extracts.notice import notice
from publisher.extracts.owners import Owners, nearest
from publisher.extracts.reporting import workbook
from publisher.extracts.tasks import AssignedTask, tasks_of
from publisher.files import Refusal, read_regular
from publisher.model import Document
from publisher.setting.editions import edition_of

FOLDER = "extract"
"""Below `build`: the folder of all extracts."""
OVERVIEW = "总览"
_RECORD = ".tasks.json"
_LONGEST_NAME = 60
"""Bytes of the name of a folder, of 255 that file systems take: those of its files are longer."""


class UnknownOwner(Exception):
    """Nobody of that name has a task; the words say who is likest."""


class NoTasks(Exception):
    """A document without a table of tasks, or one that cannot be read; the words say why."""

    def __init__(self, words: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(words)
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose tasks are wanted."""

    departments: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    is_all: bool = False
    """Every department's, with an overview."""
    period: Period | None = None
    day: date | None = None
    """成文日期 of the notices."""


@dataclass(frozen=True, slots=True)
class TaskedDocument:
    """A document with its tasks, and what is known of them from the last time."""

    document: Document
    tasks: tuple[AssignedTask, ...]
    known: tuple[KnownTask, ...]

    @property
    def version(self) -> str:
        """Of its tasks, as a hash."""
        return version_of(self.tasks)


@dataclass(frozen=True, slots=True)
class WrittenExtract:
    """A folder that was written."""

    folder: Path
    extract: Extract
    """Of the overview: everybody's."""
    is_overview: bool = False


def tasked(content: Path, build: Path, slug: str) -> TaskedDocument:
    """A document with its tasks and their keys; NoTasks where it has none."""
    document, findings, reconciliations = pipeline.read(content, slug)
    if document is None or diagnostics.stops_publishing(findings):
        raise NoTasks(f"{slug} 有错误，请先改正", findings)
    tasks = tasks_of(document, reconciliations)
    if not tasks:
        raise NoTasks(
            f"{slug} 没有与正文对上的任务表；确是任务表的，请在它的附件项目里写“对账: 是”"
        )
    data = read_regular(build / FOLDER / slug / _RECORD)
    known = () if isinstance(data, Refusal) else keys.from_json(data)
    made = keys.keyed(tasks, known, slug)
    return TaskedDocument(document, made, known_now(made, known))


def write(
    made: TaskedDocument,
    build: Path,
    asked: Asked,
    progress: Callable[[str, str], None] = lambda name, what: None,
) -> list[WrittenExtract]:
    """Write the extracts that are asked for, but those without a task; UnknownOwner where somebody
    has none at all.

    OSError, BrokenEnvironment: they cannot be written, or somebody's own files are there.
    """
    root = build / FOLDER / made.document.slug
    extracts = tuple(extract for extract in _extracts(made, asked) if extract.tasks)
    if not extracts:
        return []
    names = _folder_names(extracts)
    overview = root / OVERVIEW
    with output.locked(build, lambda: progress(FOLDER, "另一次运行正在写入，等它结束")):
        for name in (*names, *([OVERVIEW] if asked.is_all else [])):
            output.require_ours(root / name, _sign(made, name))
        done = []
        for extract, name in zip(extracts, names, strict=True):
            files = _files(made, extract, name, asked.day)
            output.write_folder(
                root / name,
                output.sealed(files, _sign(made, name)),
                private=extract.is_private,
            )
            progress(name, f"{len(extract.tasks)} 项")
            done.append(WrittenExtract(root / name, extract))
        if asked.is_all:
            everybody = extract_of(made.document, made.tasks, Asker.ANYBODY, "", asked.period)
            counted = TaskCounts(everybody.tasks, counts(extracts, names))
            files = _overview_files(made, counted, asked.period)
            output.write_folder(
                overview,
                output.sealed(files, _sign(made, OVERVIEW)),
                private=everybody.is_private,
            )
            done.append(WrittenExtract(overview, everybody, is_overview=True))
        output.write_file(
            root / _RECORD,
            keys.as_json(made.known),
            private=True,  # it names people
        )
    return done


_AFTER_OWNER = re.compile(r"(?:-?[0-9-]+到期)?(?:-[0-9]+)?$")
"""In the name of a folder, behind whose it is: a period, and a number where names are alike."""


def without_tasks(made: TaskedDocument, build: Path) -> list[Path]:
    """Folders of extracts that were written once for somebody who has no task any more."""
    root = build / FOLDER / made.document.slug
    stored = sorted(root.iterdir()) if root.is_dir() else []
    names = {OVERVIEW, *_names_now(made)}
    return [
        folder
        for folder in stored
        if (owner := _AFTER_OWNER.sub("", folder.name, count=1))
        and not {owner, folder.name} & names
        # Of a name that was cut off nobody knows where it ends.
        and len(folder.name.encode()) < _LONGEST_NAME - 2
        and not folder.is_symlink()
        and (output.read_manifest(folder) or {}).items() >= _sign(made, folder.name).items()
    ]


def _names_now(made: TaskedDocument) -> Iterator[str]:
    """What the folders of all are called who have a task."""
    asked = (
        (Asker.ANYBODY, ("",)),
        (Asker.DEPARTMENT, departments_in(made.tasks)),
        (Asker.PERSON, people_in(made.tasks)),
    )
    for asker, names in asked:
        for name in names:
            yield from _folder_names([extract_of(made.document, made.tasks, asker, name)])


def _sign(made: TaskedDocument, name: str) -> dict[str, str]:
    return {"extract": made.document.slug, "of": name}


def _extracts(made: TaskedDocument, asked: Asked) -> Iterator[Extract]:
    document, tasks = made.document, made.tasks
    there = departments_in(tasks)
    departments = [_meant(document, name, there, "部门") for name in asked.departments]
    if asked.is_all:
        departments = [*there]
    people = [_meant(document, name, people_in(tasks), "人员") for name in asked.people]
    for name in dict.fromkeys(departments):
        yield extract_of(document, tasks, Asker.DEPARTMENT, name, asked.period)
    for name in dict.fromkeys(people):
        yield extract_of(document, tasks, Asker.PERSON, name, asked.period)
    if not departments and not people:
        yield extract_of(document, tasks, Asker.ANYBODY, "", asked.period)


def _meant(document: Document, asked: str, names: Sequence[str], what: str) -> str:
    meant = Owners(document.bureau).among(asked, names)
    if meant is None:
        near = nearest(asked, names)
        also = f"最接近的是“{near}”" if near else f"表里有：{'、'.join(names)}"
        raise UnknownOwner(f"任务表的{what}里没有“{asked}”：{also}。")
    return meant


def _files(made: TaskedDocument, extract: Extract, name: str, day: date | None) -> dict[str, bytes]:
    """The finished files of an extract by name."""
    from publisher.renderers import docx

    known = {each.key: each for each in made.known}
    gone = [each for each in made.known if each.is_gone and _was_of(each, extract)]
    word = docx.render(edition_of(notice(extract, day)))["document.docx"]
    files = {
        f"{name}-任务通知.docx": word,
        f"{name}-进展表.xlsx": workbook(extract, made.version),
        f"{name}-日历.ics": calendar(extract, known, gone),
    }
    return {f"{name}.html": pages.page(extract, tuple(files)), **files}


def _overview_files(
    made: TaskedDocument, counted: TaskCounts, period: Period | None
) -> dict[str, bytes]:
    when = f"，{period.spoken}到期的" if period else ""
    name = f"{OVERVIEW}.xlsx"
    return {
        f"{OVERVIEW}.html": pages.overview(made.document, counted, when, (name,)),
        name: counted_workbook(made.document, counted, when),
    }


def _was_of(gone: KnownTask, extract: Extract) -> bool:
    """Whether a task that is gone was theirs."""
    return not extract.owner or extract.owner in gone.owners.split("；")


_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\s]+')
"""What file systems do not take in a name, or people not in one that they type."""


def _folder_names(extracts: Sequence[Extract]) -> list[str]:
    """A name for the folder of each, no two alike."""
    names: list[str] = []
    for extract in extracts:
        name = _NO_NAME.sub("", extract.name).strip(".")
        name = name.encode()[:_LONGEST_NAME].decode(errors="ignore") or "全部"
        name = f"{name}的任务" if name == OVERVIEW else name
        number = next(n for n in range(1, len(names) + 2) if _numbered(name, n) not in names)
        names.append(_numbered(name, number))
    return names


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"
