"""A path that a user names → its bytes, where it is a regular file of a size that can be read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST = 200 * 2**20
"""Bytes of a file: more is no document that people wrote."""


class Unreadable(Exception):
    """A file in which nothing can be read; the words tell the user why."""


class TooLarge(Unreadable):
    """A file that would take more memory than a document ever needs."""


def contents(path: Path) -> bytes:
    """The bytes of a file; Unreadable where it is a pipe, a device, a folder, or too large.

    OSError where it is not there, or may not be read.
    """
    # Without O_NONBLOCK, opening a pipe waits for somebody who writes into it.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("不是普通的文件（是文件夹、管道或设备），不读取")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(f"文件大于 {LARGEST // 2**20} MB，不像一份公文")
    return data
