"""What was taken back → the content with it, all files or none, and the preview beside."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from publisher import git, output, templates
from publisher.changes import About
from publisher.diagnostics import BrokenEnvironment
from publisher.files import Refusal, read_regular
from publisher.renderers.changes import page
from publisher.takeback import comment_page, record, report
from publisher.takeback.result import TakenBack, WrittenPreview

FOLDER = "take-back"
"""The folder of a build in which previews of what came back stand."""
COMPARISON = "comparison.html"
_BEFORE = "before"
"""In a preview, the files that were written over last, where git has them not."""


def folder_of(build: Path, slug: str) -> Path:
    """The folder of the preview of a document."""
    return build / FOLDER / slug


def targets_of(made: TakenBack, content: Path, build: Path) -> list[Path]:
    """What may be written: the preview, and the files of the content that change."""
    folder = content / made.slug
    return [folder_of(build, made.slug), *(folder / name for name in made.files)]


def write(made: TakenBack, content: Path, build: Path, *, writes: bool) -> WrittenPreview:
    """Write the preview, and the content where it `writes`: both or neither.

    BrokenEnvironment where the content is not any more what it was when it was read; OSError:
    nothing is written.
    """
    target, writes = folder_of(build, made.slug), writes and bool(made.files)
    about = {"take-back": made.slug}
    output.require_no_link(target.parent)
    with output.locked(target.parent), templates.told_of_damage("模板"):
        output.require_ours(target, about)
        folder = content / made.slug
        kept = _kept(folder, made) if writes else _kept_before(target)
        undo = tuple(_undo(folder, target, made, kept)) if writes else ()
        preview = WrittenPreview(target, writes, undo)
        files = {**_pages(made, preview), **kept}
        with _written(made, content) if writes else _nothing():
            output.write_folder(target, output.sealed(files, about), private=made.is_private)
    return preview


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _pages(made: TakenBack, preview: WrittenPreview) -> dict[str, bytes]:
    files = {
        "index.html": report.page(made, preview),
        record.FILE: record.as_json(made, is_written=preview.is_written).encode(),
        **comment_page.page(made, is_written=preview.is_written),
    }
    if made.changes:
        about = About("当前内容", "回稿以后", "、".join(made.editors), made.date)
        (files[COMPARISON],) = page.render(made.changes, about).values()
    return files


# -- undoing --------------------------------------------------------------------------------------


def _kept(folder: Path, made: TakenBack) -> dict[str, bytes]:
    """Copies of the files that are written over, unless git has all of them as they are."""
    old = {name: made.before[name] for name in made.files if name in made.before}
    if all(_is_committed(folder, name, data) for name, data in old.items()):
        return {}
    return {f"{_BEFORE}/{name}": data for name, data in old.items()}


def _kept_before(target: Path) -> dict[str, bytes]:
    """The copies that the last writing left: a preview takes nothing away from who would undo."""
    folder = target / _BEFORE
    with suppress(OSError):
        return {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
    return {}


def _is_committed(folder: Path, name: str, data: bytes) -> bool:
    """Whether git has a file in its last commit just as it is."""
    try:
        return git.said(folder, "cat-file", "blob", f"HEAD:./{name}") == data
    except (git.Refused, BrokenEnvironment):
        return False


def _undo(folder: Path, target: Path, made: TakenBack, kept: Mapping[str, bytes]) -> Iterator[str]:
    old = sorted(name for name in made.files if name in made.before)
    new = sorted(name for name in made.files if name not in made.before)
    if kept:
        yield from (
            f"cp {_quoted(target / _BEFORE / name)} {_quoted(folder / name)}" for name in old
        )
    elif old:
        yield f"git checkout HEAD -- {' '.join(_quoted(folder / name) for name in old)}"
    if new:
        yield f"rm {' '.join(_quoted(folder / name) for name in new)}"


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


# -- the content ----------------------------------------------------------------------------------


@contextmanager
def _written(made: TakenBack, content: Path) -> Iterator[None]:
    """The content has what was taken while the preview is written, and has it not if that fails."""
    folder = content / made.slug
    with output.alone(folder):
        _require_unchanged(made, content)
        try:
            for name in made.files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
            files = {folder / name: data for name, data in made.files.items()}
            output.write_files(files, private=made.is_private or None)
            yield
        except BaseException:
            for name in made.files:
                _put_back(folder / name, made.before.get(name))
            raise


def _require_unchanged(made: TakenBack, content: Path) -> None:
    folder = content / made.slug
    for name in {*made.before, *made.files}:
        now = read_regular(folder / name, content)
        data = None if now is Refusal.MISSING else now
        if data != made.before.get(name):
            raise BrokenEnvironment(f"{folder / name} 刚刚有人改过，没有写。请再运行一次")


def _put_back(path: Path, before: bytes | None) -> None:
    with suppress(OSError):
        if before is None:
            path.unlink(missing_ok=True)
        else:
            output.write_file(path, before)
