"""A call → its result, from a process of its own that may take so long and so much memory.

Files that others made are read by libraries in C: a few hundred bytes can keep those busy for
hours, and a damaged font can end the process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar, cast

from publisher.files import Unreadable

_Result = TypeVar("_Result")

_MEMORY = 2 * 2**30
"""Bytes that the process may take beside what it has from who forked it, and each that it starts:
LibreOffice takes half a gigabyte."""


def bounded(call: Callable[[], _Result], seconds: int) -> _Result:
    """What a call gives, or raises; Unreadable where it takes longer, needs more, or crashes.

    Where the system cannot fork, the call is made here, and without bounds.
    """
    if not forks():
        return call()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sender, call, seconds), daemon=True)
    process.start()
    sender.close()  # else its end would not be noticed
    try:
        outcome = receiver.recv() if receiver.poll(seconds) else None
    except EOFError:
        outcome = None
    finally:
        process.kill()
        process.join()
    if isinstance(outcome, BaseException):
        raise outcome
    if outcome is None:
        raise Unreadable("读它要花的时间或内存太多，不像一份公文")
    return cast("_Result", outcome[0])


def forks() -> bool:
    """Whether the system can make a process that is like this one."""
    return "fork" in multiprocessing.get_all_start_methods()


def _held() -> int:
    """The bytes that this process has already, from who forked it, as far as the system tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _work(sender: Connection, call: Callable[[], Any], seconds: int) -> None:
    import resource

    # Should whoever started it be gone by then: this ends it even within a library.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(2 * seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _held() + _MEMORY
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        sender.send((call(),))
    except MemoryError:
        return
    except BaseException as error:
        sender.send(error)
