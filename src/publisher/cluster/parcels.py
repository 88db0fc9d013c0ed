"""A document's files here → the same where it is made, and made there."""

from __future__ import annotations

import multiprocessing
import os
import stat
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from publisher import bureau_files, garbage, scratch
from publisher.cluster.versions import Versions, versions_here
from publisher.diagnostics import BrokenEnvironment
from publisher.many.making import Job, Made, make

_MOST = 200 * 2**20
"""Bytes of a document that are sent."""


class Unsendable(Exception):
    """A document that is more than some plain files, or too large, is made where it lies."""


class Parcel(NamedTuple):
    """Documents that are sent to be made."""

    name: str
    """Of the folder of content."""
    jobs: tuple[Job, ...]
    files: dict[str, bytes]
    """By their paths in that folder."""
    versions: Versions
    """Of what is to make them."""


def packed(content: Path, slug: str) -> dict[str, bytes]:
    """All files of a document. Unsendable, OSError where they are to stay here."""
    files: dict[str, bytes] = {}
    size = 0
    for path in _plain_files(content / slug):
        size += path.stat().st_size
        if size > _MOST:
            raise Unsendable
        files[path.relative_to(content).as_posix()] = path.read_bytes()
    return files


def packed_bureau(content: Path) -> dict[str, bytes]:
    """What all documents share; nothing where there is none. Unsendable, OSError as above."""
    files = (content / name for name in bureau_files.files_of(content))
    there = [file for file in files if os.path.lexists(file)]
    return {file.name: next(_plain_files(file)).read_bytes() for file in there}


def _plain_files(path: Path) -> Iterator[Path]:
    kind = path.lstat().st_mode
    if stat.S_ISREG(kind):
        yield path
    elif stat.S_ISDIR(kind):
        for each in sorted(path.iterdir()):
            yield from _plain_files(each)
    else:
        raise Unsendable


# -- where it is made -------------------------------------------------------------------


def make_sent(parcel: Parcel) -> list[Made]:
    """In a worker: the finished files of documents that were sent, or what else became of them."""
    prepare()
    if difference := parcel.versions.difference(versions_here()):
        raise BrokenEnvironment(f"一个后来加入的工作进程与本机不同：{difference}")
    with scratch.folder() as folder:
        content = folder / "content" / parcel.name
        for name, data in parcel.files.items():
            file = content / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return make(content, parcel.jobs)


@cache
def prepare() -> None:
    """Make a process of Dask one that makes documents."""
    garbage.collect_seldom()
    # Dask's workers may have no processes of their own, in which files of others are read here.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]


def parcel_of(
    content: Path, jobs: Sequence[Job], files: dict[str, bytes], versions: Versions
) -> Parcel:
    """Documents, with the files that were packed of them."""
    return Parcel(content.name, tuple(jobs), files, versions)
