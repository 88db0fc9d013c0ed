"""A run → a folder for files that pass, its owner's alone and gone with it, however it ended."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

KEPT = "kept-pages"
"""A folder in it, where there is one: pages stay there for who sets much the same once more."""
_PREFIX = "publisher-"
_LOCK = ".in-use"


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder, into which all that asks for temporary files here, and in processes begun here,
    puts them; what runs that were killed left is removed first.
    """
    _remove_left()
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    # Within the folder of the user's own choice; nobody else can read what is in it.
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as made:
        descriptor = _lock(Path(made))
        tempfile.tempdir = os.environ["TMPDIR"] = made
        try:
            yield Path(made)
        finally:
            tempfile.tempdir = before[0]
            _set_environment(before[1])
            os.close(descriptor)


def _set_environment(folder: str | None) -> None:
    if folder is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = folder


def _lock(made: Path) -> int:
    """The folder is in use as long as this is open; the name appears when it is locked."""
    descriptor = os.open(made / f"{_LOCK}-", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with suppress(OSError):  # a file system without locks: such a folder is never removed
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (made / f"{_LOCK}-").rename(made / _LOCK)
    return descriptor


def _remove_left() -> None:
    """Remove folders of this user that no process has in use any more."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if left.is_symlink() or left.stat().st_uid != os.getuid():
                continue
            descriptor = os.open(left / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left)
            finally:
                os.close(descriptor)
