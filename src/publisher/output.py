"""Finished files → `build/`: complete and sealed with a manifest, or not there at all."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from publisher.regular_files import open_regular, read_regular

MANIFEST = "manifest.json"
_ASIDE = ".new-"
_LOCK = ".lock"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file, which need not fit in memory; OSError where it cannot be read."""
    with open_regular(path) as file:
        return file_digest(file, "sha256").hexdigest()


def sealed(files: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, bytes]:
    """`files` with a manifest of `about` and of each file's size and SHA-256."""
    listed = {
        name: {"bytes": len(data), "sha256": digest(data)} for name, data in sorted(files.items())
    }
    manifest = json.dumps({**about, "files": listed}, ensure_ascii=False, indent=2, sort_keys=True)
    return {**files, MANIFEST: manifest.encode() + b"\n"}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a published folder; None where there is none that can be read."""
    data = read_regular(folder / MANIFEST)
    if not isinstance(data, bytes):
        return None
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) else None


def is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether each file that the manifest lists is there as it was written."""
    try:
        return all(
            digest_of(folder / name) == listed["sha256"]
            for name, listed in manifest["files"].items()
        )
    except (OSError, KeyError, TypeError):
        return False


@contextmanager
def locked(build: Path) -> Iterator[None]:
    """Keep others from writing into `build`; what a run that was killed left aside is removed."""
    build.mkdir(parents=True, exist_ok=True)
    with (build / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in build.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make `target` a folder of just these files: readers see the old one whole, or the new one.

    OSError where the disk is full or not ours; `target` is then as it was.
    """
    aside = target.with_name(f"{_ASIDE}{target.name}")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        for name, data in files.items():
            _write(aside / name, data)
        for folder in {aside, *(path.parent for path in aside.rglob("*"))}:
            _sync(folder)
        _swap(aside, target)
        _sync(target.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_file(target: Path, data: bytes) -> None:
    """Make `target` a file with these bytes, in one step; nothing is done where it has them."""
    if target.is_file() and target.read_bytes() == data:
        return
    aside = target.with_name(f"{_ASIDE}{target.name}")
    try:
        _write(aside, data)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    _sync(target.parent)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _swap(new: Path, target: Path) -> None:
    """Put `new` where `target` is; what was there is then at `new`."""
    if not target.exists() or not _exchange(new, target):
        # Some file systems cannot exchange two names: for a moment there is no folder.
        old = new.with_name(f"{_ASIDE}old-{target.name}")
        if target.exists():
            target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (Linux's renameat2); False where that cannot be had."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    paths = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other))
    return bool(rename(*paths, _RENAME_EXCHANGE) == 0)
