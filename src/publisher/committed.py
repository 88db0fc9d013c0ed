"""A folder as it was at a commit → the files of it that can be read, written below another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path, PureWindowsPath

from publisher import git, programs

READ = (".md", ".csv", ".yaml")
"""Files of which content is made; of all others, as pictures, as many are there as fit."""
MOST_FILES = 20_000
LARGEST = 64 * 1024 * 1024
"""Bytes of a file."""
LARGEST_IN_ALL = 192 * 1024 * 1024
_LISTED = 64 * 1024 * 1024
"""Bytes of a list of files; trees that repeat one another can be listed without end."""
_LONGEST_NAME, _LONGEST_PATH = 255, 2000
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")
"""Characters that end lines, move a terminal, or part folders on other systems."""
_REGULAR = (b"100644", b"100755")
"""Modes of git for files; links and submodules are no content."""


class UnreadableVersion(Exception):
    """A version is there, and cannot be read; the words tell the user why, and what to do."""


@dataclass(frozen=True, slots=True)
class CommittedFile:
    """A file of a commit."""

    name: str
    """With its folders, from the root of the repository."""
    blob: bytes
    size: int


def write(root: Path, commit: str, named: str, inside: str, into: Path) -> None:
    """Write the files of a folder as they were at a commit; none where it was not there.

    Nothing is written outside `into`. UnreadableVersion where a file has a name that could lead
    there, where there is too much of which content is made, or the repository is not whole.
    """
    (into / inside).mkdir(parents=True, exist_ok=True)
    try:
        listed = list(_files(root, commit, named, inside))
        files = [file for file in listed if _is_read(file.name)]
        _bounded(files, named)
        files += _fitting(files, [file for file in listed if not _is_read(file.name)])
        for file, data in zip(files, contents(root, files), strict=True):
            _write(into / file.name, data, named)
    except git.Refused as problem:
        raise damaged(named, str(problem)) from problem
    except programs.TooMuch:
        raise _too_many(named) from None


def _is_read(name: str) -> bool:
    return name.lower().endswith(READ)


def _files(root: Path, commit: str, named: str, inside: str) -> Iterator[CommittedFile]:
    """The files of a folder, each with a name that is safe."""
    tree = (commit, "--", inside)
    listed = git.said(root, "ls-tree", "-r", "-l", "-z", "--full-tree", *tree, most=_LISTED)
    for entry in filter(None, listed.split(b"\0")):
        about, name = entry.split(b"\t", 1)
        mode, _, blob, size = about.split()
        safe = _safe(name)
        if safe is None:
            raise UnreadableVersion(
                f"版本 {named} 里有不能读取的文件名“{_shown(name)}”。"
                "这样的文件名不会是公文的，请检查这个版本从哪里来。"
            )
        if mode not in _REGULAR:
            continue
        if size.isdigit():
            yield CommittedFile(safe, blob, int(size))
        elif _is_read(safe):
            raise damaged(named, f"{blob.decode()} is missing")


def _safe(name: bytes) -> str | None:
    """A name that leads below the folder where it is written, on every system; None for others."""
    try:
        text = name.decode()
    except UnicodeDecodeError:
        return None
    parts = text.split("/")
    leads = any(_leads(part) for part in parts)
    is_long = len(name) > _LONGEST_PATH or any(len(part.encode()) > _LONGEST_NAME for part in parts)
    return None if leads or is_long or _ODD.search(text) else text


def _leads(part: str) -> bool:
    """Whether a part of a name is more than the name of a file or folder."""
    is_step = part in ("", ".", "..") or part.lower() == ".git"
    return is_step or bool(PureWindowsPath(part).drive)


def _shown(name: bytes) -> str:
    return _ODD.sub("\ufffd", name.decode(errors="replace"))[:80]


def _bounded(files: list[CommittedFile], named: str) -> None:
    """UnreadableVersion where there are too many files, or too much in them."""
    if len(files) > MOST_FILES:
        raise _too_many(named)
    for file in files:
        if file.size > LARGEST:
            raise UnreadableVersion(
                f"版本 {named} 里的 {file.name} 太大，超过 {LARGEST >> 20} MB，没有读取。"
            )
    if sum(file.size for file in files) > LARGEST_IN_ALL:
        raise UnreadableVersion(
            f"版本 {named} 里的文字和表格共超过 {LARGEST_IN_ALL >> 20} MB，没有读取。"
        )


def _fitting(files: list[CommittedFile], beside: list[CommittedFile]) -> Iterator[CommittedFile]:
    """Of the files beside them those for which there is room, the smallest first."""
    count, room = MOST_FILES - len(files), LARGEST_IN_ALL - sum(file.size for file in files)
    for file in sorted(beside, key=lambda file: file.size)[:count]:
        room -= file.size
        if room < 0 or file.size > LARGEST:
            return
        yield file


def contents(root: Path, files: list[CommittedFile]) -> Iterator[bytes]:
    """What stands in each file, in order; `git.Refused` where it is not what was committed."""
    asked = b"".join(file.blob + b"\n" for file in files)
    said = git.said(root, "cat-file", "--batch", given=asked) if asked else b""
    at = 0
    for file in files:
        start = said.find(b"\n", at) + 1
        at = start + file.size + 1
        data = said[start : at - 1]
        if _hash_of(data, len(file.blob)) != file.blob.decode():
            raise git.Refused(f"{file.blob.decode()} is damaged")
        yield data


def _hash_of(data: bytes, length: int) -> str:
    """The name that git gives to a file of these bytes."""
    digest = sha1 if length == len(sha1().hexdigest()) else sha256
    return digest(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


def _write(target: Path, data: bytes, named: str) -> None:
    """Write a file where there is none yet: two names may be one to the system."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
    except (FileExistsError, NotADirectoryError):
        raise UnreadableVersion(
            f"版本 {named} 里有两个文件或文件夹同名：{target.name}，不能读取。"
        ) from None


def _too_many(named: str) -> UnreadableVersion:
    return UnreadableVersion(f"版本 {named} 里的文件太多，超过 {MOST_FILES} 个，没有读取。")


def damaged(named: str, why: str) -> UnreadableVersion:
    """What is told of a version whose repository lacks something; `why` in the words of git."""
    return UnreadableVersion(
        f"读不出版本 {named}：git 仓库不完整或已损坏（{why}）。"
        "请用 git fsck 检查；只取了一部分的仓库，请重新完整克隆。"
    )
