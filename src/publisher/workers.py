"""A number → as many processes to share work, which end with the one that they work for."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, forkserver, resource_tracker
from multiprocessing.context import (
    ForkServerContext,
    ForkServerProcess,
    SpawnContext,
    SpawnProcess,
)
from typing import Any

from publisher import garbage, interruption, programs, ready

_MOST = 8


def usual() -> int:
    """How many processes share work where nobody says how many: one for each processor."""
    return min(os.cpu_count() or 1, _MOST)


def start(count: int | None = None, *, of: str = "") -> Executor:
    """So many processes, begun when there is work; the usual number, if not said.

    `of` is the module that does most of the work: its `get_ready` is called once, and each process
    begins with what that has loaded, where the system allows it.
    """
    return _Workers(count or usual(), of if _has_room_for_address() else "")


def expect(executor: Executor) -> None:
    """There will be work: what it is done with is loaded while others read what there is to do."""
    if isinstance(executor, _Workers):
        executor.expect()


class _Workers(Executor):
    """Processes that know how many of them have nothing to do; without work there are none."""

    def __init__(self, count: int, of: str) -> None:
        self._context = _ForkingContext() if of else _Context()
        self._environment = dict(os.environ)
        self._count, self._of, self.forks = count, of, False
        self._pool: ProcessPoolExecutor | None = None
        self._given: set[Future[Any]] = set()

    def submit(self, call: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        """Work for one of them."""
        self.expect()
        if self._pool is None:  # which begins a process of its own, whether there is work or not
            self._pool = ProcessPoolExecutor(
                self._count, self._context, _begin, (self._environment,)
            )
        given = self._pool.submit(call, *arguments, **named)
        self._given.add(given)
        given.add_done_callback(self._given.discard)
        return given

    def expect(self) -> None:
        """Begin the process that all others are begun from, and load there what they need."""
        if not self._of:
            return
        # The socket by which it is asked goes with the folder for what passes, or with `end`.
        config: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
        config["tempdir"] = tempfile.gettempdir()
        forkserver.set_forkserver_preload(["publisher.ready"])
        # What lies where the command is run is no program.
        with _told(**{ready.OF: self._of}, PYTHONSAFEPATH="1"), interruption.put_off(), _deaf():
            forkserver.ensure_running()
        self._of, self.forks = "", True

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """No more work comes."""
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)

    @property
    def free(self) -> int:
        """How many have nothing to do."""
        return max(self._count - len(self._given), 0)


def free(executor: Executor) -> int:
    """How many of the processes that share work have nothing to do; none where it is not known."""
    return executor.free if isinstance(executor, _Workers) else 0


def end(workers: Executor) -> None:
    """Stop at once: what is being made is not wanted any more."""
    if isinstance(workers, _Workers):
        for process in multiprocessing.active_children():
            process.terminate()
    # Waited for: a pool that is still being closed when Python ends shows a traceback.
    workers.shutdown(cancel_futures=True)
    if isinstance(workers, _Workers) and workers.forks:
        server: Any = forkserver._forkserver
        server._stop()


def _begin(environment: Mapping[str, str]) -> None:
    """In a new worker; the process that it is begun from may have begun in another environment."""
    os.environ.clear()
    os.environ.update(environment)
    garbage.collect_seldom()
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


_LONGEST_ADDRESS = 107
"""Bytes of the name of a socket."""


def _has_room_for_address() -> bool:
    """Whether the processes can be asked for: by a socket in the folder for what passes."""
    address = f"{tempfile.gettempdir()}/listener-00000000"
    return len(os.fsencode(address)) <= _LONGEST_ADDRESS


@contextmanager
def _told(**values: str) -> Iterator[None]:
    """What is begun meanwhile has these values in its environment."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _deaf() -> Iterator[None]:
    """What is begun meanwhile does not hear Ctrl-C, which a terminal sends to all.

    Blocked and not ignored: it has to hold before a process runs any Python. The tracker that
    Python begins beside its first process is begun before, for that unblocks it again.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Process(SpawnProcess):
    """A process that does not hear Ctrl-C: it would show a traceback."""

    def start(self) -> None:
        with interruption.put_off(), _deaf():  # and where it is not told what it is for
            super().start()


class _Context(SpawnContext):
    Process = _Process


class _ForkedProcess(ForkServerProcess):
    """The same, begun from one that has loaded what it needs."""

    def start(self) -> None:
        with interruption.put_off(), _deaf():
            super().start()


class _ForkingContext(ForkServerContext):
    Process = _ForkedProcess
