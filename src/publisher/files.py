"""A path → the bytes of the file there, if it is a regular one of bounded size."""

from __future__ import annotations

import errno
import io
import os
import stat
from enum import Enum
from pathlib import Path

from publisher.limits import MOST_BYTES

LARGEST = 200 * 2**20
"""Bytes of a finished file that others made: more is no document that people wrote."""


class Unreadable(Exception):
    """A file in which nothing can be read; the words tell the user why."""


class TooLarge(Unreadable):
    """A file that would take more memory than a document ever needs."""


class Refusal(Enum):
    """Why a file is not read; the value ends a sentence that begins with its name."""

    MISSING = "不存在"
    OUTSIDE = "是通向文件夹之外的链接"
    CIRCLE = "是绕成一圈的链接"
    FOLDER = "是文件夹，不是文件"
    SPECIAL = "是管道、设备或套接字，不是文件"
    DENIED = "没有读取的权限"
    BUSY = "暂时打不开：系统资源不足，请关闭别的程序再试"
    FAILED = "读取时出错，磁盘或网络可能有故障"
    LARGE = "太大"


def read_regular(path: Path, within: Path | None = None, most: int = MOST_BYTES) -> bytes | Refusal:
    """The bytes of a regular file, which is no larger than `most`; else why it is not read.

    Links are followed as long as they end below `within`, where that is given.
    """
    try:
        target = path.resolve()
        if within is not None and not target.is_relative_to(within.resolve()):
            return Refusal.OUTSIDE
        with open_regular(target) as file:
            data = file.read(most + 1)
    except RuntimeError:  # what Python makes of links in a circle
        return Refusal.CIRCLE
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        return _REASONS.get(getattr(error, "errno", None) or errno.ENOENT, Refusal.FAILED)
    return data if len(data) <= most else Refusal.LARGE


def contents(path: Path) -> bytes:
    """The bytes of a finished file; Unreadable where it is none, or is too large.

    OSError where it is not there, or may not be read.
    """
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        if error.errno in (errno.EISDIR, errno.ENXIO):
            raise Unreadable("不是普通的文件（是文件夹、管道或设备），不读取") from error
        raise
    if len(data) > LARGEST:
        raise TooLarge(f"文件大于 {LARGEST // 2**20} MB，不像一份公文")
    return data


def open_regular(path: Path) -> io.BufferedReader:
    """A regular file, opened for reading; OSError where it is none, or cannot be opened.

    Nothing waits for another program: a pipe is told, not read.
    """
    # Looked at before it is opened, for opening alone makes some devices act; and after, for the
    # name can be given to something else meanwhile.
    _must_be_regular(path.stat().st_mode)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    file = os.fdopen(descriptor, "rb")
    try:
        _must_be_regular(os.fstat(descriptor).st_mode)
    except OSError:
        file.close()
        raise
    return file


def _must_be_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        number = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
        raise OSError(number, os.strerror(number))


_REASONS = {
    errno.ENOENT: Refusal.MISSING,
    errno.ENOTDIR: Refusal.MISSING,
    errno.ENAMETOOLONG: Refusal.MISSING,
    errno.ELOOP: Refusal.CIRCLE,
    errno.EISDIR: Refusal.FOLDER,
    errno.EACCES: Refusal.DENIED,
    errno.EPERM: Refusal.DENIED,
    errno.ENXIO: Refusal.SPECIAL,
    errno.EMFILE: Refusal.BUSY,
    errno.ENFILE: Refusal.BUSY,
    errno.EAGAIN: Refusal.BUSY,
    errno.ENOMEM: Refusal.BUSY,
}
