"""The hash of a version of content → the commit that has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from publisher import builds, bureau_files, committed, git, output, programs
from publisher.committed import CommittedFile
from publisher.files import Refusal
from publisher.filetypes import PICTURES
from publisher.limits import MOST_BYTES

MOST = 2000
"""Commits that are looked at, the newest first."""
_REGULAR = (b"100644", b"100755")
"""Modes of git for files."""


def commit_of(version: str, root: Path, inside: str, slug: str) -> str | None:
    """The newest commit at which the content of a document has a hash; None where none has.

    `inside` is the folder of the content in the repository. Its files are those that git holds: of
    content that was never committed as it was, nothing is known.
    """
    folder = "" if inside == "." else f"{inside}/"
    sums: dict[bytes, str] = {}
    try:
        for commit, files in _states(root, folder, slug):
            _add_sums(root, files, sums)
            content = {file.name: sums[file.blob] for file in files}
            if builds.printed_version(content) == version:
                return commit
    except (git.Refused, programs.TooMuch):  # what is damaged, or no content
        pass
    return None


def _states(root: Path, folder: str, slug: str) -> Iterator[tuple[str, list[CommittedFile]]]:
    """The files of a document and the bureau at each commit that changed any, each state once."""
    paths = (f"{folder}{slug}", f"{folder}{bureau_files.FILE}")
    marks = [f":(glob,icase){folder}*{suffix}" for suffix in PICTURES]
    commits = _commits(root, *paths, *marks)
    have_marks = bool(_commits(root, *marks, most=1))
    asked = "".join(f"{commit}:{path}\n" for commit in commits for path in paths)
    answer = git.said(root, "cat-file", _ABOUT, given=asked.encode()).decode(errors="replace")
    lines = iter(answer.splitlines())
    known: set[tuple[object, ...]] = set()
    for commit, state in zip(commits, zip(lines, lines, strict=True), strict=True):
        if not _is_there(state[0]):
            continue
        beside = tuple(_marks(root, commit, folder)) if have_marks else ()
        if (*state, beside) not in known:
            known.add((*state, beside))
            of_bureau = [*_bureau(state[1])]
            if beside and _names_pictures(root, of_bureau):
                of_bureau += beside
            yield commit, [*_listed(root, state[0].split()[0]), *of_bureau]


def _commits(root: Path, *paths: str, most: int = MOST) -> list[str]:
    history = ("rev-list", "--full-history", f"--max-count={most}", "HEAD", "--all", "--", *paths)
    return git.said(root, *history).decode().split()


def _marks(root: Path, commit: str, folder: str) -> Iterator[CommittedFile]:
    """The pictures beside `bureau.yaml`."""
    tree = f"{commit}:{folder.rstrip('/')}"
    for each in _files_of(git.said(root, "ls-tree", "-l", "-z", tree)):
        if bureau_files.is_picture(each.name):
            yield replace(each, name=builds.bureau_name(each.name))


def _names_pictures(root: Path, files: list[CommittedFile]) -> bool:
    """Whether a bureau has marks that are pictures, as its file was then."""
    read = [file for file in files if file.size <= MOST_BYTES]
    return any(bureau_files.has_pictures(data) for data in committed.contents(root, read))


_ABOUT = "--batch-check=%(objectname) %(objecttype) %(objectsize)"


def _is_there(line: str) -> bool:
    return line.split()[1:2] in (["tree"], ["blob"])


def _listed(root: Path, tree: str) -> Iterator[CommittedFile]:
    yield from _files_of(git.said(root, "ls-tree", "-r", "-l", "-z", tree))


def _files_of(listed: bytes) -> Iterator[CommittedFile]:
    """Those that git lists, of a tree."""
    for entry in filter(None, listed.split(b"\0")):
        about, name = entry.split(b"\t", 1)
        mode, _, blob, size = about.split()
        if mode in _REGULAR and size.isdigit():
            yield CommittedFile(name.decode(errors="backslashreplace"), blob, int(size))


def _bureau(line: str) -> Iterator[CommittedFile]:
    if _is_there(line):
        blob, _, size = line.split()
        yield CommittedFile(bureau_files.FILE, blob.encode(), int(size))


def _add_sums(root: Path, files: list[CommittedFile], sums: dict[bytes, str]) -> None:
    """The hash of what stands in each file, as a build counts it, by what git calls that."""
    new = [file for file in files if file.blob not in sums]
    sums |= {file.blob: Refusal.LARGE.name for file in new if file.size > MOST_BYTES}
    read = [file for file in new if file.blob not in sums]
    for file, data in zip(read, committed.contents(root, read), strict=True):
        sums[file.blob] = output.digest(data)
