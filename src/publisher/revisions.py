"""What a reviewer calls a version (a folder, a git revision, a date, a file) → content to read."""

from __future__ import annotations

import datetime
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

WORKING_TREE = "当前内容"
"""What the content is called as it lies in the folder, with all that is not committed."""

_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_REGULAR = ("100644", "100755")
"""Modes of git for files; links and submodules are no content."""


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
    author: str | None = None
    """Who made it, where git knows."""
    date: datetime.datetime | None = None
    """When it was made, where git knows."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """The names of its documents."""
        if self.slug:
            return (self.slug,)
        return tuple(sorted(path.parent.name for path in self.content.glob("*/document.md")))


def version(named: str | None, content: Path, into: Path) -> Version:
    """The version of that name; the content as it lies there where none is named.

    What git has is written below `into`. UnknownVersion where there is no such folder, document or
    revision.
    """
    if named is None:
        return Version(WORKING_TREE, "worktree", content)
    path = Path(named)
    if path.is_dir():
        return _of_folder(named, path)
    if path.is_file():
        return _of_file(named, path)
    return _of_revision(named, content, into)


def _of_folder(named: str, folder: Path) -> Version:
    folder = folder.resolve()
    if (folder / "document.md").is_file():
        return Version(named, _safe(folder.name), folder.parent, folder.name)
    if next(folder.glob("*/document.md"), None):
        return Version(named, _safe("-".join(folder.parts[-2:])), folder)
    raise UnknownVersion(
        f"文件夹 {named} 中没有公文：既没有 document.md，也没有含 document.md 的下级文件夹。"
    )


def found(content: Path) -> Path:
    """The content folder; that of the repository's root, where it is not here but there."""
    if content.exists() or content.is_absolute():
        return content
    root = _root(Path.cwd())
    return root / content if root and (root / content).is_dir() else content


def _of_file(named: str, path: Path) -> Version:
    """A document by its `document.md`; else a text or table alone."""
    if path.name == "document.md":
        return _of_folder(named, path.parent)
    if not _is_file_name(named):
        raise UnknownVersion(
            f"{named} 既不是 .md 也不是 .csv，不能比较。"
            "在 Word 文件里改的，请先把改动写回内容；只看它的文字，可用 publisher textconv。"
        )
    folder = path.resolve().parent
    return Version(named, _safe("-".join(path.resolve().parts[-2:])), folder, file=path)


def _is_file_name(named: str) -> bool:
    return Path(named).suffix.lower() in (".md", ".csv")


# -- git --------------------------------------------------------------------------------


def _of_revision(named: str, content: Path, into: Path) -> Version:
    root = _root(_nearest(content))
    if root is None and _is_file_name(named):
        raise UnknownVersion(f"找不到文件 {named}。")
    if root is None:
        raise UnknownVersion(
            f"找不到文件夹 {named}；这里也不是 git 仓库，不能按版本号或日期比较。"
            "请写两个文件夹，或在 git 仓库中运行。"
        )
    commit = _commit(named, root)
    inside = content.resolve().relative_to(root).as_posix()
    _write(root, commit, inside, into)
    author, date = (
        _git(root, "log", "-1", "--encoding=UTF-8", "--format=%an%n%aI", commit)
        .decode(errors="replace")
        .split("\n")[:2]
    )
    when = datetime.datetime.fromisoformat(date)
    return Version(named, _safe(named), into / inside, author=author, date=when)


def author_here(content: Path) -> str | None:
    """Who git says makes changes in the folder of the content now."""
    root = _root(_nearest(content))
    said = _tried(root, "config", "user.name") if root else None
    return said.decode().strip() or None if said else None


def _nearest(content: Path) -> Path:
    """The folder of the content, or the nearest above it that is there."""
    path = content.resolve()
    return next(one for one in (path, *path.parents) if one.is_dir())


def _root(folder: Path) -> Path | None:
    """The root of the repository that a folder lies in."""
    said = _tried(folder, "rev-parse", "--show-toplevel")
    return Path(said.decode().rstrip("\n")).resolve() if said else None


def _commit(named: str, root: Path) -> str:
    """The hash of a revision, or of the last one on a day."""
    said = _tried(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}"
    )
    if not said and (match := _DATE.fullmatch(named.strip())):
        said = _tried(root, "rev-list", "-1", f"--before={_day(named, match)} 23:59:59", "HEAD")
        if not said:
            raise UnknownVersion(f"{named} 及以前没有提交过内容。{_more_history(root)}")
    if not said:
        raise UnknownVersion(_why_unknown(named, root))
    return said.decode().strip()


def _day(named: str, match: re.Match[str]) -> datetime.date:
    year, month, day = map(int, match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise UnknownVersion(f"日期“{named}”不存在，请检查年月日。") from error


def _why_unknown(named: str, root: Path) -> str:
    if _is_file_name(named):
        return f"找不到文件 {named}。"
    if not _tried(root, "rev-list", "-1", "--all"):
        return "这个 git 仓库还没有提交过内容，没有版本可以比较。请写两个文件夹，或先提交一次。"
    return (
        f"没有版本“{named}”：它不是文件夹，也不是这个 git 仓库中的版本或日期。"
        f"可用 git log --oneline 查看有哪些版本。{_more_history(root)}"
    )


def _more_history(root: Path) -> str:
    said = _tried(root, "rev-parse", "--is-shallow-repository")
    is_shallow = said is not None and said.strip() == b"true"
    return "仓库只取了最近的历史，请先运行 git fetch --unshallow。" if is_shallow else ""


def _write(root: Path, commit: str, inside: str, into: Path) -> None:
    """Write the files of a folder as they were at a commit; none where it was not there."""
    (into / inside).mkdir(parents=True, exist_ok=True)
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", inside)
    entries = [entry.split(b"\t", 1) for entry in listed.split(b"\0") if entry]
    files = [
        (about.split()[2], Path(name.decode("utf-8", "surrogateescape")))
        for about, name in entries
        if about.split()[0].decode() in _REGULAR
    ]
    asked = b"".join(blob + b"\n" for blob, _ in files)
    data = _git(root, "cat-file", "--batch", given=asked)
    at = 0
    for _, name in files:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data[end + 1 : end + 1 + size])
        at = end + size + 2


def _tried(folder: Path, *arguments: str) -> bytes | None:
    """What git says; None where it refuses, or there is none."""
    try:
        return _git(folder, *arguments) or None
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git says, run in a folder without a shell."""
    command = ("git", "-C", str(folder), "--no-replace-objects", *arguments)
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def _safe(name: str) -> str:
    """A name as part of a folder's: letters, digits and what is harmless."""
    kept = re.sub(r"[^\w.~-]+", "-", name).strip("-.")
    return kept[:40] or "x"
