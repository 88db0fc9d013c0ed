"""A disk that fails, or a machine that stops, at the n-th operation on the files of a folder."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from publisher import output

OF_OS = (
    "open",
    "mkdir",
    "rename",
    "replace",
    "unlink",
    "rmdir",
    "scandir",
    "listdir",
    "stat",
    "lstat",
    "readlink",
    "fsync",
    "fchmod",
)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)


class Disk:
    """Counts what is done to the files below a folder; from the n-th on, it may fail.

    Names below the folder count, descriptors, and names relative to a descriptor: only code that
    works on the folder has such.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.count = 0
        self.fails: Callable[[int], bool] = lambda n: False
        self.stops_at = 0
        self._busy = False

    def done(self, *subjects: Any) -> None:
        """An operation begins: let it fail, or end the process, if it is its turn."""
        if self._busy or not any(map(self._counts, subjects)):
            return
        self.count += 1
        if self.count == self.stops_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fails(self.count):
            code = ERRORS[self.count % len(ERRORS)]
            raise OSError(code, os.strerror(code))

    def _counts(self, subject: Any) -> bool:
        if isinstance(subject, int):
            return self._of_descriptor(subject)
        if not isinstance(subject, str | bytes | os.PathLike):
            return False
        path = os.fsdecode(subject)
        return path.startswith(self.folder) or not path.startswith("/")

    def _of_descriptor(self, descriptor: int) -> bool:
        self._busy = True
        try:
            return os.readlink(f"/proc/self/fd/{descriptor}").startswith(self.folder)  # noqa: PTH115
        except OSError:
            return False
        finally:
            self._busy = False

    def counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, counted."""

        def counted(*arguments: Any, **named: Any) -> Any:
            self.done(arguments[0], *(one for one in arguments[1:2] if not isinstance(one, int)))
            return call(*arguments, **named)

        return counted

    def opened(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """`io.open`, with what is written and read afterwards counted too."""

        def opened(file: Any, *arguments: Any, **named: Any) -> Any:
            self.done(file)
            made = call(file, *arguments, **named)
            return _File(made, self, file) if self._counts(file) else made

        return opened


class _File:
    """An open file of the folder."""

    def __init__(self, file: Any, disk: Disk, subject: Any) -> None:
        self._file, self._disk, self._subject = file, disk, subject

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._file, name)
        if name in ("read", "readinto", "write", "flush"):
            return lambda *given: (self._disk.done(self._subject), attribute(*given))[1]
        return attribute

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *what: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)


@contextmanager
def watched(folder: Path, *, exchanges: bool = True) -> Iterator[Disk]:
    """A disk that holds `folder`; one that cannot exchange two names, where that is said."""
    disk = Disk(folder)
    changes = [mock.patch.object(os, name, disk.counted(getattr(os, name))) for name in OF_OS]
    changes.append(mock.patch.object(io, "open", disk.opened(io.open)))
    changes.append(mock.patch.object(fcntl, "flock", disk.counted(fcntl.flock)))
    exchange = output._exchange if exchanges else lambda one, other: False
    changes.append(mock.patch.object(output, "_exchange", disk.counted(exchange)))
    for change in changes:
        change.start()
    try:
        yield disk
    finally:
        for change in reversed(changes):
            change.stop()
