"""Other programs, run within a time and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress

_groups: set[int] = set()
"""The process groups of programs that run now."""


def run(
    command: Sequence[str],
    seconds: float,
    *,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """What a program says, run without a shell; all that it began ends with it.

    OSError: it cannot be begun. subprocess.TimeoutExpired: it took longer, and was ended.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        process_group=0,
    ) as program:
        _groups.add(program.pid)
        try:
            said, complained = program.communicate(given, seconds)
        finally:
            _end(program.pid)
            _groups.discard(program.pid)
    return subprocess.CompletedProcess(command, program.returncode, said, complained)


def end_all() -> None:
    """End all that runs now, at once: for a process that is about to end."""
    for group in tuple(_groups):
        _end(group)


def _end(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
