"""Processes that share the work, and end with the one that they work for."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess

_MOST = 8
_COLLECT_AFTER = 20_000
"""Objects more than there were, after which garbage is looked for: few are garbage in a build."""


def start(count: int | None = None) -> Executor:
    """So many processes, begun when there is work; one for each processor, if not said."""
    count = count or min(os.cpu_count() or 1, _MOST)
    return ProcessPoolExecutor(count, _Context(), collect_seldom)


def end(workers: Executor) -> None:
    """Stop at once: what is being made is not wanted any more."""
    if isinstance(workers, ProcessPoolExecutor):
        for process in multiprocessing.active_children():
            process.terminate()
    # Waited for: a pool that is still being closed when Python ends shows a traceback.
    workers.shutdown(cancel_futures=True)


def collect_seldom() -> None:
    """Look for garbage less often than Python does: what sets a PDF is a seventh faster."""
    gc.set_threshold(_COLLECT_AFTER)


class _Process(SpawnProcess):
    """A process deaf to Ctrl-C, which a terminal sends to all: it would show a traceback."""

    def start(self) -> None:
        # Blocked and not ignored: it has to hold before the process runs any Python.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Context(SpawnContext):
    Process = _Process
