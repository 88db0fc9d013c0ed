"""A command of another program → what it says, within a time and a size; none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from tempfile import TemporaryFile
from threading import Event, Lock, Timer

from publisher import interruption

MOST = 256 * 1024 * 1024
"""Bytes that a program may say, if no other number is given."""

_groups: set[int] = set()
"""The process groups of programs that run now."""
_beginning = Lock()
"""Held while a program is begun until its group is known, and once all have been ended."""


class TooMuch(Exception):
    """A program says more than it may."""


def run(
    command: Sequence[str],
    seconds: float,
    *,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    most: int = MOST,
) -> subprocess.CompletedProcess[bytes]:
    """What a program says, run without a shell; all that it began ends with it.

    OSError: it cannot be begun. TooMuch: it says more than `most` bytes.
    subprocess.TimeoutExpired: it took longer. In all cases nothing of it is left.
    """
    with TemporaryFile() as asked, TemporaryFile() as complaint:
        asked.write(given)
        asked.seek(0)
        with ExitStack() as running:
            # Who ends all must know of it, in another thread or where a signal comes in between.
            with interruption.put_off(), _beginning:
                program = running.enter_context(
                    subprocess.Popen(
                        command,
                        stdin=asked,
                        stdout=subprocess.PIPE,
                        stderr=complaint,
                        env=environment,
                        process_group=0,
                    )
                )
                late = running.enter_context(_ended_after(program.pid, seconds))
            assert program.stdout
            said = program.stdout.read(most + 1)
            if len(said) <= most:
                program.wait()
        if late.is_set():
            raise subprocess.TimeoutExpired(command, seconds)
        if len(said) > most:
            raise TooMuch
        complaint.seek(0)
        return subprocess.CompletedProcess(command, program.returncode, said, complaint.read(most))


@contextmanager
def _ended_after(group: int, seconds: float) -> Iterator[Event]:
    """A group of processes is ended with what is done inside; the event tells if it was late."""
    late = Event()

    def end_late() -> None:
        late.set()
        _end(group)

    timer = Timer(seconds, end_late)
    timer.daemon = True
    _groups.add(group)
    timer.start()
    try:
        yield late
    finally:  # also where Ctrl-C interrupts
        timer.cancel()
        _end(group)
        _groups.discard(group)


def end_all() -> None:
    """End all that runs now, and let none begin any more: for a process that is about to end."""
    _beginning.acquire()
    for group in tuple(_groups):
        _end(group)


def _end(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
