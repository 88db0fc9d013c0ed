"""Files of others → `content/<slug>/`, and a report that accounts for every word of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

from publisher import bureau_files, output, pipeline, templates, writers
from publisher.diagnostics import BrokenEnvironment
from publisher.files import Unreadable
from publisher.importing import bureaus, mending, pages, record, report, slugs
from publisher.importing.imported import Imported as Imported
from publisher.importing.imported import Wishes as Wishes
from publisher.intake.account import Account, account
from publisher.intake.opening import opened, read_file
from publisher.intake.recognise import recognise
from publisher.intake.result import Intake, Mend
from publisher.intake.source import SourceFile
from publisher.pipeline import CheckedDocument
from publisher.readers import bureau_if_any

FOLDER = "import"
"""The folder of a build in which reports on what was imported stand."""
Progress = Callable[[str, str], None]
"""Told a file, or the document, and what is being done with it."""


def bring_in(
    paths: Sequence[Path], content: Path, wishes: Wishes, progress: Progress, executor: Executor
) -> Imported:
    """What files make together, read again from what is to be written; nothing is written yet.

    `executor` draws the pages of the files. BrokenEnvironment where a file cannot be read: it
    says why and what to do.
    """
    given = _files(paths)
    drawn = pages.begin(given, executor) if wishes.draws else {}
    sources = [_opened(name, data, progress) for name, data in given.items()]
    before = bureaus.existing(content)
    bureau, _ = bureau_if_any(content)
    progress(sources[0].name, "正在识别")
    with _named("、".join(given)):
        intake = recognise(sources, bureau, wishes.slug or FOLDER)
    slug = wishes.slug or slugs.proposed(intake.document, sources[0].name, content)
    intake = replace(intake, document=replace(intake.document, slug=slug))
    shared = bureaus.bureau_file(intake, before, adds=wishes.writes_bureau)
    progress(slug, "正在逐字核对")
    said = shared or before or b""
    files, checked, counted, mends = _read_again(intake, content.name, said, wishes)
    document = checked.document
    assert document is not None  # else it was told
    return Imported(
        intake=replace(intake, mends=mends),
        document=document,
        files=files,
        bureau=shared,
        before=before,
        adds=wishes.writes_bureau,
        findings=checked.findings,
        account=counted,
        drawn=drawn,
        is_private=bool(document.classification) or any(map(output.is_private, paths)),
    )


def _files(paths: Sequence[Path]) -> dict[str, bytes]:
    """The bytes of files by their names, those that share one told apart by a number before it.

    A file that is given twice is one.
    """
    files: dict[str, bytes] = {}
    for path in {os.path.realpath(path): path for path in paths}.values():
        with _named(str(path)):
            own, data = read_file(path)
        names = chain([own], (f"{number}-{own}" for number in count(2)))
        files[next(name for name in names if name not in files)] = data
    return files


def _opened(name: str, data: bytes, progress: Progress) -> SourceFile:
    progress(name, "正在读取")
    with _named(name):
        return opened(name, data)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """What cannot be read is told with its name."""
    try:
        yield
    except Unreadable as problem:
        raise BrokenEnvironment(f"{name}：{problem}") from problem


# -- content, before it is written --------------------------------------------------------


def _read_again(
    intake: Intake, named: str, bureau: bytes, wishes: Wishes
) -> tuple[dict[str, bytes], CheckedDocument, Account, tuple[Mend, ...]]:
    """The files of a document, what is read and found in them, and what became of every word.

    `named` is what the folder of content is called, and `bureau` its `bureau.yaml`.
    Repairs are made after the words were counted, so that the count is of what was typed.
    """
    slug = intake.document.slug
    mends: tuple[Mend, ...] = ()
    with TemporaryDirectory() as folder:
        draft = Path(folder) / named
        files = {f"{slug}/{name}": data for name, data in writers.write(intake.document).items()}
        files[bureau_files.FILE] = bureau
        output.write_folder(draft, files)
        checked = _checked(draft, slug)
        assert checked.document is not None  # else it was told
        counted = account(intake.sources, checked.document, intake.left_out)
        if wishes.mends:
            mends, checked = mending.mend(draft, slug, checked)
        made = {path.name: path.read_bytes() for path in (draft / slug).iterdir()}
    return made, checked, counted, mends


def _checked(content: Path, slug: str) -> CheckedDocument:
    checked = pipeline.read(content, slug)
    if checked.document is None:
        why = checked.findings[0].message if checked.findings else "没有内容"
        raise BrokenEnvironment(f"写出的内容读不回来（{why}），没有导入")
    return checked


# -- writing ------------------------------------------------------------------------------


def targets_of(made: Imported, content: Path, build: Path) -> list[Path]:
    """What may be written: the report, the files of the content, and `bureau.yaml`."""
    written = [folder_of(build, made.slug)]
    written += [content / made.slug / name for name in made.files]
    return [*written, *([] if made.bureau is None else [content / bureau_files.FILE])]


def write(made: Imported, content: Path, build: Path, *, is_dry: bool) -> Path:
    """Write content and report, both or neither, and return the report's folder.

    `is_dry`: the report alone. OSError, BrokenEnvironment: nothing is written.
    """
    return _write_report(made, build, nullcontext() if is_dry else _written(made, content))


def add_pictures(made: Imported, build: Path, progress: Progress) -> None:
    """Write the report again, with the pages of the files, when they are drawn.

    That takes longest: content and report are there meanwhile. OSError: the report stays as it is.
    """
    pictures = pages.finished(made.drawn, progress)
    if any(pictures.values()):
        _write_report(replace(made, pictures=pictures), build, nullcontext())


def _write_report(made: Imported, build: Path, beside: AbstractContextManager[None]) -> Path:
    """Write the report while what stands `beside` it is there."""
    target = folder_of(build, made.slug)
    about = {"import": made.slug}
    output.require_no_link(target.parent)
    with output.locked(target.parent), templates.told_of_damage("模板"):
        output.require_ours(target, about)
        files = {"index.html": report.page(made), record.FILE: record.as_json(made).encode()}
        with beside:
            output.write_folder(target, output.sealed(files, about), private=made.is_private)
    return target


def folder_of(build: Path, slug: str) -> Path:
    """The folder of the report on what was imported under a name."""
    return build / FOLDER / slug


@contextmanager
def _written(made: Imported, content: Path) -> Iterator[None]:
    """The content is there while the report is written, and gone where that fails."""
    content.mkdir(parents=True, exist_ok=True)
    target, shared = content / made.slug, content / bureau_files.FILE
    with output.alone(content):
        if os.path.lexists(target):
            raise BrokenEnvironment(f"{target} 刚刚有了，没有动它。请换一个名称：--slug")
        if bureaus.existing(content) != made.before:
            raise BrokenEnvironment(f"{shared} 刚刚有人改过，没有动它。请再导入一次")
        try:
            # Whoever is killed between the two can import again: the document comes last.
            if made.bureau is not None:
                output.write_file(shared, made.bureau)
            output.write_folder(target, made.files, private=made.is_private)
            yield
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            if made.bureau is not None:
                _put_back(shared, made.before)
            raise


def _put_back(path: Path, before: bytes | None) -> None:
    with suppress(OSError):
        if before is None:
            path.unlink(missing_ok=True)
        else:
            output.write_file(path, before)
