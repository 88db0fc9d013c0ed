"""Finished files → `build/`: complete and sealed with a manifest, or not there at all."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from publisher.diagnostics import BrokenEnvironment
from publisher.files import open_regular
from publisher.shapes import value_of

MANIFEST = "manifest.json"
FORMAT = 1
"""Of a manifest: raised when what stands there changes its meaning."""
_LOCK = ".lock"
_OURS = ".publisher"
"""A folder beside what is written, which is there while a run is at work."""
_DECIDED = f"{_OURS}-.decided"
"""Beside files that are all written and about to get their names, one after another."""
_NEW, _OLD = "new", "old"
"""In it: what is being written; what is set aside while the new one takes its place."""
_NEW_BEFORE, _OLD_BEFORE = ".new-", ".new-old-"
"""Before the names of the same in earlier versions."""
_RESERVED = frozenset(
    {
        *("diff", "public", "archive", "site", "office", "take-back", "import"),
        *("extract", "progress"),
        *("index.html", "details.txt", "404.html", "feed.xml", "policies.json", "sitemap.xml"),
    }
)
_NAMES = threading.Lock()
"""Threads may write folders that stand beside one another: what one makes to put its own in, no
other is to take away as empty."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What file systems say whose folders need not be synchronised, or cannot be."""
_CANNOT_LOCK = (*_CANNOT_SYNC, errno.ENOLCK)


class InTheWay(BrokenEnvironment):
    """What stands where files are to go was not made by this program, and would be lost."""


def is_reserved(name: str) -> bool:
    """Whether a name below `build` is the program's own, so that no document may have it."""
    return name.startswith(".") or name.casefold() in _RESERVED


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file, which need not fit in memory; OSError where it cannot be read."""
    with open_regular(path) as file:
        return file_digest(file, "sha256").hexdigest()


# -- what a finished folder says of itself ----------------------------------------------


def sealed(files: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, bytes]:
    """`files` with a manifest of `about` and of each file's size and SHA-256.

    What stands there is told by docs/manifest.schema.json.
    """
    listed = {
        name: {"bytes": len(data), "sha256": digest(data)} for name, data in sorted(files.items())
    }
    record = {**about, "files": listed, "format": FORMAT}
    manifest = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    return {**files, MANIFEST: manifest.encode() + b"\n"}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a finished folder; None where there is none, or none that can be read."""
    with suppress(OSError):
        return manifest_there(folder)
    return None


def manifest_there(folder: Path) -> dict[str, Any] | None:
    """The same; OSError where it cannot be read though it is there."""
    file = folder / MANIFEST
    if not file.is_file():
        return None
    try:
        with open_regular(file) as opened:
            manifest = value_of(opened.read())
    except ValueError:
        return None
    return manifest if isinstance(manifest, dict) else None


def listed_in(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What a manifest says of each file; of one that is damaged, what can be made out."""
    files = manifest.get("files")
    entries = files.items() if isinstance(files, dict) else ()
    return {
        name: entry
        for name, entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("sha256"), str)
    }


def is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether each file that the manifest lists is there as it was written.

    OSError where that cannot be known.
    """
    try:
        return all(
            digest_of(folder / name) == listed["sha256"]
            for name, listed in manifest["files"].items()
        )
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    except (KeyError, TypeError, AttributeError, ValueError):  # the manifest is damaged
        return False


def finished(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder in which all that it lists is as it was written; None elsewhere.

    OSError where that cannot be known.
    """
    manifest = manifest_there(folder)
    return manifest if manifest and is_whole(folder, manifest) else None


def seal(path: Path) -> str:
    """What tells one state of a finished folder or file from another; empty where there is none.

    OSError where that cannot be known.
    """
    file = path / MANIFEST if path.is_dir() else path
    return digest_of(file) if file.is_file() else ""


def require_ours(target: Path, of: Mapping[str, str], older: Iterable[str] = ()) -> None:
    """Nothing where `target` may be replaced: it is free, empty, or was made of the same.

    What was made has a manifest that says `of` what; `older` are patterns of files by which folders
    are known that were made before there were manifests. InTheWay says in Chinese what is there
    and what to do; OSError where that cannot be known.
    """
    if not os.path.lexists(target):
        return
    if target.is_symlink():
        what = "是一个链接"
    elif not target.is_dir():
        what = "是一个文件"
    elif next(target.iterdir(), None) and not _is_ours(target, of, older):
        what = "里有不是 publisher 为它生成的文件"
    else:
        return
    raise InTheWay(f"{target} {what}，没有动它。请先把它移走或改名，再运行一次")


def require_no_link(folder: Path) -> None:
    """A folder of the program's own is no link: files would be made wherever that leads."""
    if folder.is_symlink():
        raise InTheWay(f"{folder} 是一个链接，没有动它。请先把它移走或改名，再运行一次")


def require_our_file(target: Path, sign: bytes) -> None:
    """The same for a file, which is known by a sign in it."""
    require_our(target, lambda data: sign in data)


_NOT_OURS = "不是 publisher 生成的"


def require_our(target: Path, is_ours: Callable[[bytes], bool], unless: str = _NOT_OURS) -> None:
    """The same for a file that is known by what it holds; `unless` says what else it may be."""
    if not os.path.lexists(target):
        return
    is_file = target.is_file() and not target.is_symlink()
    if not is_file or not is_ours(target.read_bytes()):
        raise InTheWay(f"{target} {unless}，没有动它。请先把它移走或改名，再运行一次")


def _is_ours(folder: Path, of: Mapping[str, str], older: Iterable[str]) -> bool:
    manifest = manifest_there(folder)
    if manifest is not None and isinstance(manifest.get("files"), dict):
        return manifest.items() >= of.items()
    return any(next(folder.glob(pattern), None) for pattern in older)


# -- writing ----------------------------------------------------------------------------


@contextmanager
def locked(build: Path, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep others from writing into `build`; what a run that was killed left there is mended.

    `waits` is called where another run writes there now.
    """
    build.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    with _naming(build / _LOCK):
        descriptor = os.open(build / _LOCK, flags, 0o666)
    try:
        with _naming(build / _LOCK), _unless(_CANNOT_LOCK):
            _lock(descriptor, waits)
        _mend(build)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, waits: Callable[[], None]) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waits()
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep others that ask for the same from a folder of sources; what a killed run left goes."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with _unless(_CANNOT_LOCK):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        _mend(folder)
        yield
    finally:
        os.close(descriptor)


def _mend(build: Path) -> None:
    """Put back what was set aside and has no successor; remove what else was left of ours."""
    _end_what_was_decided(build)
    for left in (build / _OURS / _OLD).glob("*"):
        if not os.path.lexists(build / left.name):
            left.rename(build / left.name)
    _remove(build / _OURS)
    for left in filter(is_begun, build.glob(f"{_OURS}-*")):
        _remove(left)
    for left in build.glob(f"{_NEW_BEFORE}*"):
        _mend_as_before(left)


def _mend_as_before(left: Path) -> None:
    """What a run of an earlier version left; a folder that has no such manifest is not ours."""
    of = (read_manifest(left) or {}).get("slug")
    target = left.with_name(left.name.removeprefix(_OLD_BEFORE))
    if of == target.name and not os.path.lexists(target):
        left.rename(target)
    elif of and left.name in (_OLD_BEFORE + of, _NEW_BEFORE + of):
        _remove(left)


def write_folder(target: Path, files: Mapping[str, bytes], *, private: bool = False) -> None:
    """Make `target` a folder of just these files: readers see the old one whole, or the new one.

    A private folder can be read by its owner alone, where the file system knows owners. OSError
    where the disk is full or not ours: `seal` tells whether `target` is the old or the new one.
    """
    new = _beside(target, _NEW)
    _remove(new)
    try:
        with _NAMES:
            _make_folder(new.parent, private=False)
            _make_folder(new, private)
        for name, data in files.items():
            _make_folder((new / name).parent, private)
            _write(new / name, data, private)
        for folder in {new, *(path.parent for path in new.rglob("*"))}:
            synchronise(folder)
        with _NAMES:
            _swap(new, target)
        synchronise(target.parent)
    finally:
        _remove(new)
        with _NAMES:
            _leave(target)


def _beside(target: Path, what: str) -> Path:
    """Where a folder stands that is to be `target`, or was it."""
    return target.parent / _OURS / what / target.name


def is_set_aside(target: Path) -> bool:
    """Whether a folder is not where it was because the next run is to put it back there."""
    return _beside(target, _OLD).is_dir()


def _leave(target: Path) -> None:
    """Take our own folder away, where nothing is in it any more."""
    for folder in (_beside(target, _NEW).parent, _beside(target, _OLD).parent):
        with suppress(OSError):
            folder.rmdir()
    with suppress(OSError):
        (target.parent / _OURS).rmdir()


def write_file(target: Path, data: bytes, *, private: bool | None = None) -> None:
    """Make `target` a file with these bytes, in one step; nothing is done where it has them.

    A private file can be read by its owner alone. Where it is not said, the permissions of a file
    that is there stay. A link stays, and what it leads to is written.
    """
    write_files({target: data}, private=private)


def write_own(target: Path, data: bytes, *, private: bool | None = None) -> None:
    """The same for a file that is the program's own: a link in its place makes way."""
    if target.is_symlink():
        target.unlink()
    write_file(target, data, private=private)


def write_files(files: Mapping[Path, bytes], *, private: bool | None = None) -> None:
    """The same for several: all are on the disk, beside those that are there, before one is."""
    targets = {target.resolve(): data for target, data in files.items()}
    new = {
        target: target.with_name(f"{_OURS}-{target.name}")  # `is_begun`
        for target, data in targets.items()
        if not _has(target, data, private)
    }
    try:
        for target, path in new.items():
            mode = target.stat().st_mode & 0o777 if target.is_file() and private is None else None
            with suppress(FileNotFoundError):
                path.unlink()
            _write(path, targets[target], bool(private), mode)
        with _decided(new.values()):
            for target, path in new.items():
                path.replace(target)
    finally:
        for path in new.values():
            with suppress(OSError):
                path.unlink()
    for folder in {target.parent for target in new}:
        synchronise(folder)


@contextmanager
def _decided(new: Collection[Path]) -> Iterator[None]:
    """Several files get their names inside: the next run ends that, should this one be killed."""
    if len(new) < 2 or len({path.parent for path in new}) > 1:
        yield
        return
    mark = min(new).with_name(_DECIDED)
    with suppress(FileNotFoundError):
        mark.unlink()
    try:
        _write(mark, b"", private=True)
        synchronise(mark.parent)
        yield
    finally:  # what does not have its name now never gets it
        with suppress(OSError):
            mark.unlink()


def _end_what_was_decided(folder: Path) -> None:
    """Give files their names that a killed run had decided on, and written."""
    if not is_begun(folder / _DECIDED):
        return
    for path in folder.glob(f"{_OURS}-*"):
        if is_begun(path) and path.name != _DECIDED:
            path.replace(folder / path.name.removeprefix(f"{_OURS}-"))
    synchronise(folder)
    (folder / _DECIDED).unlink()


def end_writing(folder: Path) -> None:
    """End what a run was writing into a folder of sources when it was killed, where there is such.

    Until then some of its files are new and some old: BrokenEnvironment where it cannot be ended,
    for what is read there nobody wrote.
    """
    if not is_begun(folder / _DECIDED) or folder.is_symlink():
        return
    try:
        with alone(folder):
            pass
    except OSError as problem:
        raise BrokenEnvironment(
            f"{folder} 里的文件只换了一部分：上次写入时中断了，现在也写不完，没有读。"
            "请由能写这个文件夹的用户再运行一次 publisher check"
        ) from problem


def is_begun(path: Path) -> bool:
    """Whether a file is one that `write_files` began, and was killed before it had its name."""
    return path.name.startswith(f"{_OURS}-") and path.is_file() and not path.is_symlink()


def _has(target: Path, data: bytes, private: bool | None) -> bool:
    """Whether a file is there as it is to be."""
    is_same = target.is_file() and target.read_bytes() == data
    return is_same and private in (None, is_private(target))


def is_private(path: Path) -> bool:
    """Whether a file, or a folder with all that is in it, can be read by its owner alone."""
    below = path.rglob("*") if path.is_dir() else ()
    return not any(file.lstat().st_mode & 0o077 for file in (path, *below))


def _make_folder(folder: Path, private: bool) -> None:
    folder.mkdir(mode=0o700 if private else 0o777, exist_ok=True, parents=True)


def _write(path: Path, data: bytes, private: bool, mode: int | None = None) -> None:
    def create(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600 if private else 0o666)

    with open(path, "xb", opener=create) as file, _naming(path):
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(new: Path, target: Path) -> None:
    """Give a file that was written beside `target` its name, once all of it is on the disk."""
    synchronise(new)
    new.replace(target)
    synchronise(target.parent)


def synchronise(path: Path) -> None:
    """What a file holds is on the disk, or the names in a folder are."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with _naming(path), _unless(_CANNOT_SYNC):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """An OSError that does not say which file it is about, does."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


@contextmanager
def _unless(cannot: tuple[int, ...]) -> Iterator[None]:
    """What a file system cannot do is left undone."""
    try:
        yield
    except OSError as error:
        if error.errno not in cannot:
            raise


def _remove(path: Path) -> None:
    """Take away what was left under a name of ours; what cannot be removed now is, next time."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _swap(new: Path, target: Path) -> None:
    """Put `new` where `target` is; what was there is then at `new`, or gone."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        _replace(new, target)


def _replace(new: Path, target: Path) -> None:
    """Some file systems cannot exchange two names: for a moment there is no folder.

    Who is stopped in it leaves the old one set aside, and `locked` puts it back.
    """
    old = _beside(target, _OLD)
    _remove(old)
    _make_folder(old.parent, private=False)
    try:
        target.rename(old)
        new.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    _remove(old)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names in one step (Linux's renameat2); False where that cannot be had."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    paths = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second))
    return bool(rename(*paths, _RENAME_EXCHANGE) == 0)
