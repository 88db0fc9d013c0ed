"""The hash of a version of content → the commit that has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publisher import builds, committed, git, output, programs
from publisher.committed import CommittedFile
from publisher.files import Refusal
from publisher.limits import MOST_BYTES

MOST = 2000
"""Commits that are looked at, the newest first."""
_BUREAU = "bureau.yaml"
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
        for commit, files in _states(root, f"{folder}{slug}", f"{folder}{_BUREAU}"):
            _add_sums(root, files, sums)
            content = {file.name: sums[file.blob] for file in files}
            if builds.printed_version(content) == version:
                return commit
    except (git.Refused, programs.TooMuch):  # what is damaged, or no content
        pass
    return None


def _states(root: Path, *paths: str) -> Iterator[tuple[str, list[CommittedFile]]]:
    """The files of a document and the bureau at each commit that changed any, each state once."""
    history = ("rev-list", "--full-history", f"--max-count={MOST}", "HEAD", "--all", "--", *paths)
    commits = git.said(root, *history).decode().split()
    asked = "".join(f"{commit}:{path}\n" for commit in commits for path in paths)
    answer = git.said(root, "cat-file", _ABOUT, given=asked.encode()).decode(errors="replace")
    lines = iter(answer.splitlines())
    known: set[tuple[str, str]] = set()
    for commit, state in zip(commits, zip(lines, lines, strict=True), strict=True):
        if state not in known and _is_there(state[0]):
            known.add(state)
            yield commit, [*_listed(root, state[0].split()[0]), *_bureau(state[1])]


_ABOUT = "--batch-check=%(objectname) %(objecttype) %(objectsize)"


def _is_there(line: str) -> bool:
    return line.split()[1:2] in (["tree"], ["blob"])


def _listed(root: Path, tree: str) -> Iterator[CommittedFile]:
    listed = git.said(root, "ls-tree", "-r", "-l", "-z", tree)
    for entry in filter(None, listed.split(b"\0")):
        about, name = entry.split(b"\t", 1)
        mode, _, blob, size = about.split()
        if mode in _REGULAR and size.isdigit():
            yield CommittedFile(name.decode(errors="backslashreplace"), blob, int(size))


def _bureau(line: str) -> Iterator[CommittedFile]:
    if _is_there(line):
        blob, _, size = line.split()
        yield CommittedFile(_BUREAU, blob.encode(), int(size))


def _add_sums(root: Path, files: list[CommittedFile], sums: dict[bytes, str]) -> None:
    """The hash of what stands in each file, as a build counts it, by what git calls that."""
    new = [file for file in files if file.blob not in sums]
    sums |= {file.blob: Refusal.LARGE.name for file in new if file.size > MOST_BYTES}
    read = [file for file in new if file.blob not in sums]
    for file, data in zip(read, committed.contents(root, read), strict=True):
        sums[file.blob] = output.digest(data)
