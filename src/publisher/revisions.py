"""What a reviewer calls a version (a folder, a git revision, a date, a file) → content to read."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from pathlib import Path

from publisher import committed, git
from publisher.diagnostics import BrokenEnvironment
from publisher.filetypes import DOCUMENT_SUFFIXES
from publisher.folders import documents_in
from publisher.words import days

WORKING_TREE = "当前内容"
"""What the content is called as it lies in the folder, with all that is not committed."""

_LAST_DAY = datetime.date(2099, 12, 31)
"""Git understands no later one: it would take it for none that anything was committed on."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 80


class UnknownVersion(Exception):
    """There is no such version; the words tell the user what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the content."""

    named: str
    """What the reviewer calls it."""
    folder_name: str
    """The same as part of a folder's name."""
    content: Path
    """A folder with the bureau and its documents; there need be nothing in it."""
    slug: str | None = None
    """The only document that is meant, where a document's folder or file was named."""
    file: Path | None = None
    """The only text or table that is meant, where a file was named that is no document."""
    path: Path | None = None
    """What was named, where it was a folder or a file."""
    is_given: bool = False
    """Whether `file` is one of others that holds a whole document: from Word, a page, a PDF."""
    author: str | None = None
    """Who made it, where git knows."""
    date: datetime.datetime | None = None
    """When it was made, where git knows."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """The names of its documents."""
        if self.slug:
            return (self.slug,)
        return documents_in(self.content)


def called(old: Version, new: Version) -> tuple[str, str]:
    """What two versions are called in what others read.

    Of a path as much as tells it from the other: where it lies on this machine is no matter of
    theirs.
    """
    names = (old.named, new.named)
    for count in (1, 2, 3):
        names = (_tail(old, count), _tail(new, count))
        if names[0] != names[1]:
            break
    return names


def _tail(version: Version, count: int) -> str:
    return label("/".join(version.path.parts[1:][-count:])) if version.path else version.named


def version(named: str | None, content: Path, into: Path) -> Version:
    """The version of that name; the content as it lies there where none is named.

    What git has is written below `into`. UnknownVersion where there is no such folder, document or
    revision; `committed.UnreadableVersion` where git has it, and it cannot be read.
    """
    if named is None:
        return Version(WORKING_TREE, "worktree", content)
    if os.path.isdir(named):  # noqa: PTH112 - a name too long for a file is none, and no error
        return _of_folder(label(named), Path(named))
    if os.path.isfile(named):  # noqa: PTH113
        return _of_file(label(named), Path(named))
    return _of_revision(named, content, into)


def label(name: str) -> str:
    """A name that others gave as every output can hold it: one line, and no longer than that."""
    line = _CONTROL.sub("\ufffd", name.strip())
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME]}…"


def _of_folder(named: str, folder: Path) -> Version:
    folder = folder.resolve()
    if (folder / "document.md").is_file():
        return Version(named, _safe(folder.name), folder.parent, folder.name, path=folder)
    if documents_in(folder):
        return Version(named, _safe("-".join(folder.parts[-2:])), folder, path=folder)
    raise UnknownVersion(
        f"文件夹 {named} 中没有公文：既没有 document.md，也没有含 document.md 的下级文件夹。"
    )


def found(content: Path) -> Path:
    """The content folder; that of the repository's root, where it is not here but there."""
    if content.exists() or content.is_absolute():
        return content
    root = _root_if_any(Path.cwd())
    return root / content if root and (root / content).is_dir() else content


def _of_file(named: str, path: Path) -> Version:
    """A document by its `document.md`; else a text or table alone."""
    if path.name == "document.md":
        return _of_folder(named, path.parent)
    is_part = _is_file_name(path.name)
    if not is_part and path.suffix.lower() not in DOCUMENT_SUFFIXES:
        raise UnknownVersion(
            f"{named} 不是能比较的文件。可以比较的有：.md、.csv、{'、'.join(DOCUMENT_SUFFIXES)}。"
        )
    there = path.resolve()
    safe = _safe("-".join(there.parts[-2:]))
    return Version(named, safe, there.parent, file=path, path=there, is_given=not is_part)


def _is_file_name(named: str) -> bool:
    return Path(named).suffix.lower() in (".md", ".csv")


# -- git --------------------------------------------------------------------------------


def _of_revision(named: str, content: Path, into: Path) -> Version:
    called = label(named)
    root = root_of(content)
    if root is None and _is_file_name(named):
        raise UnknownVersion(f"找不到文件 {called}。")
    if root is None:
        raise UnknownVersion(
            f"找不到文件夹 {called}；这里也不是 git 仓库，不能按版本号或日期比较。"
            "请写两个文件夹，或在 git 仓库中运行。"
        )
    if not content.resolve().is_relative_to(root):
        raise UnknownVersion(f"{content} 不在这个 git 仓库的工作区里，请检查仓库的 core.worktree。")
    commit = _commit(named, root)
    inside = content.resolve().relative_to(root).as_posix()
    committed.write(root, commit, called, inside, into)
    author, date = _maker(root, commit)
    return Version(called, _safe(called), into / inside, author=author, date=date)


def _maker(root: Path, commit: str) -> tuple[str | None, datetime.datetime | None]:
    """Who made a commit, and when; None for what git cannot tell."""
    form = ("--no-walk", "--encoding=UTF-8", "--format=%aI%n%an")
    listed = git.tried(root, "rev-list", *form, commit) or b""
    _, date, author, *_ = [*listed.decode(errors="replace").split("\n"), "", "", ""]
    return label(author) or None, _moment(date)


def _moment(date: str) -> datetime.datetime | None:
    """A date in ISO form; None for what no calendar has, here or in Greenwich."""
    try:
        moment = datetime.datetime.fromisoformat(date)
        moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return moment


def author_here(content: Path) -> str | None:
    """Who git says makes changes in the folder of the content now."""
    root = _root_if_any(_nearest(content))
    said = git.tried(root, "config", "user.name") if root else None
    return label(said.decode(errors="replace")) or None if said else None


def root_of(content: Path) -> Path | None:
    """The root of the repository that the folder of the content lies in; None where in none.

    UnknownVersion where git does not open it.
    """
    return _root(_nearest(content))


def _nearest(content: Path) -> Path:
    """The folder of the content, or the nearest above it that is there."""
    path = content.resolve()
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _root_if_any(folder: Path) -> Path | None:
    """The root of the repository that a folder lies in, where git can be asked."""
    try:
        return _root(folder)
    except (UnknownVersion, BrokenEnvironment):
        return None


def _root(folder: Path) -> Path | None:
    """The root of the repository that a folder lies in; None where it lies in none.

    UnknownVersion where git does not open it.
    """
    try:
        said = git.said(folder, "rev-parse", "--show-toplevel")
    except git.Refused as problem:
        if "not a git repository" in str(problem):
            return None
        raise UnknownVersion(_why_closed(str(problem))) from problem
    return Path(os.fsdecode(said.removesuffix(b"\n"))).resolve()


def _why_closed(said: str) -> str:
    """Why git does not open a repository, by what it says."""
    if "dubious ownership" in said:
        return (
            "这个 git 仓库属于别的用户，git 不打开它。确认可以信任后，"
            "请运行 git config --global --add safe.directory 仓库的文件夹。"
        )
    if "work tree" in said or "bare repository" in said:
        return "这个 git 仓库没有工作区（bare），请先用 git clone 取到文件夹里，再在那里比较。"
    return f"git 打不开这个仓库（{said}），不能按版本号或日期比较。请用 git status 检查。"


def _commit(named: str, root: Path) -> str:
    """The hash of a revision, or of the last one on a day."""
    # In two steps: of `:/words` what is added would be one of the words.
    known = _parsed(named, root)
    said = _parsed(f"{known.decode().strip()}^{{commit}}", root) if known else None
    if not said and days.WHOLE.fullmatch(named.strip()):
        said = git.tried(root, "rev-list", "-1", f"--before={_day(named)} 23:59:59", "HEAD")
        if not said:
            raise UnknownVersion(f"{named} 及以前没有提交过内容。{_more_history(root)}")
    if not said:
        raise UnknownVersion(_why_unknown(named, root))
    return said.decode().strip()


def _parsed(named: str, root: Path) -> bytes | None:
    """The hash of what has a name."""
    return git.tried(root, "rev-parse", "--verify", "--quiet", "--end-of-options", named)


def _day(named: str) -> datetime.date:
    day = days.day_of(named.strip())
    if day is None:
        raise UnknownVersion(f"日期“{named}”不存在，请检查年月日。")
    return min(day, _LAST_DAY)


def _why_unknown(named: str, root: Path) -> str:
    called = label(named)
    if _is_file_name(named):
        return f"找不到文件 {called}。"
    if parsed := _parsed(named, root):
        if not git.tried(root, "cat-file", "-t", parsed.decode().strip()):
            raise committed.damaged(called, f"{parsed.decode().strip()} is missing")
        return f"“{called}”指向的是文件或文件夹，不是一次提交，不能比较。"
    if not git.tried(root, "rev-list", "-1", "--all"):
        return "这个 git 仓库还没有提交过内容，没有版本可以比较。请写两个文件夹，或先提交一次。"
    return (
        f"没有版本“{called}”：它不是文件夹，也不是这个 git 仓库中的版本或日期。"
        f"可用 git log --oneline 查看有哪些版本。{_more_history(root)}"
    )


def _more_history(root: Path) -> str:
    said = git.tried(root, "rev-parse", "--is-shallow-repository")
    is_shallow = said is not None and said.strip() == b"true"
    return "仓库只取了最近的历史，请先运行 git fetch --unshallow。" if is_shallow else ""


def _safe(name: str) -> str:
    """A name as part of a folder's: letters, digits and what is harmless."""
    kept = re.sub(r"[^\w.~-]+", "-", name).strip("-.")
    return kept[:40] or "x"
