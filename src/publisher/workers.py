"""A number → as many processes to share work, which end with the one that they work for."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import connection
from multiprocessing.context import SpawnContext, SpawnProcess

from publisher import interruption, programs

_MOST = 8
_COLLECT_AFTER = 20_000
"""Objects more than there were, after which garbage is looked for: few are garbage in a build."""


def usual() -> int:
    """How many processes share work where nobody says how many: one for each processor."""
    return min(os.cpu_count() or 1, _MOST)


def start(count: int | None = None) -> Executor:
    """So many processes, begun when there is work; the usual number, if not said."""
    return ProcessPoolExecutor(count or usual(), _Context(), _begin)


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


def _begin() -> None:
    """In a new worker."""
    collect_seldom()
    signal.signal(signal.SIGTERM, lambda number, frame: _end_here())
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool tells its workers to end; who was killed tells nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        _end_here()


def _end_here() -> None:
    """End this process at once, and the programs that it runs."""
    programs.end_all()
    os._exit(1)


class _Process(SpawnProcess):
    """A process deaf to Ctrl-C, which a terminal sends to all: it would show a traceback."""

    def start(self) -> None:
        with interruption.put_off():  # it shows one too where it is not told what it is for
            self._start_deaf()

    def _start_deaf(self) -> None:
        # Blocked and not ignored: it has to hold before the process runs any Python.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Context(SpawnContext):
    Process = _Process
