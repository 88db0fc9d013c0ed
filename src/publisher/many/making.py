"""Documents → their finished files, made in one process: what each of many workers does."""

from __future__ import annotations

import errno
import gc
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import cache, partial
from multiprocessing import parent_process
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from publisher import builds, failures, pipeline, templates
from publisher.diagnostics import BrokenEnvironment
from publisher.inspect import set_together
from publisher.pipeline import Built, Making, Outcome

_Result = TypeVar("_Result")
_EVERYWHERE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE)
"""What keeps one document from being made and will keep all others: disks and systems that are
full."""


class Job(NamedTuple):
    """A document that is to be made."""

    slug: str
    last_secrecy: str = ""
    """The 密级 of what was built of it last."""


class Failed(NamedTuple):
    """A document that could not be made, for a reason that is none of its content."""

    slug: str
    why: str
    """In Chinese."""


Made = Built | Outcome | Failed


def make(content: Path, jobs: Sequence[Job]) -> list[Made]:
    """The files of each document, or what else became of it; one that fails stops only itself.

    LibreOffice is started once for all of them. BrokenEnvironment, OSError: what will keep all
    other documents from being made too.
    """
    with templates.told_of_damage("模板"):
        begun = [(job.slug, *_begun(content, job)) for job in jobs]
        with set_together(_words([making for _, making, _ in begun])):
            return [_finished(*each) for each in begun]


def _begun(content: Path, job: Job) -> tuple[Making | Outcome | Failed, _InTurn]:
    """A document whose files are made and wait in turn to be measured."""
    queue = _InTurn()
    making = _guarded(job.slug, partial(_begin, content, job, queue))
    queue.run(len(queue.waiting))
    _tidy()
    return making, queue


def _words(begun: Sequence[Making | Outcome | Failed]) -> list[bytes]:
    """What LibreOffice sets of all."""
    words: list[bytes] = []
    for making in begun:
        if isinstance(making, Making):
            with suppress(Exception):  # it is told of its document
                words += making.production.set_by_office()
    return words


def _finished(slug: str, making: Making | Outcome | Failed, queue: _InTurn) -> Made:
    if not isinstance(making, Making):
        return making
    queue.run()
    finished = _guarded(slug, partial(making.finish, _tell_nobody))
    _tidy()
    return finished


@cache
def _keep() -> None:
    """What a worker has after its first document stays: no garbage is looked for in it any more."""
    if parent_process() is not None:
        gc.collect()
        gc.freeze()


def _tidy() -> None:
    """Give back what setting a document took: a face of thousands of characters is large."""
    _keep()
    gc.collect()


def _begin(content: Path, job: Job, executor: Executor) -> Making | Outcome:
    inputs = builds.inputs(content, job.slug)  # before it is read: what changes now is made again
    return pipeline.begin(content, job.slug, inputs, executor, last_secrecy=job.last_secrecy)


def _guarded(slug: str, call: Callable[[], _Result]) -> _Result | Failed:
    try:
        return call()
    except BrokenEnvironment:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _EVERYWHERE:
            raise
        failures.show_trace(error)
        return Failed(slug, failures.explanation(error))


def _tell_nobody(slug: str, what: str) -> None:
    pass


class _InTurn(Executor):
    """Does in this process what it is given, one after another, when it is told to."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()

    def submit(
        self, call: Callable[..., _Result], /, *arguments: Any, **named: Any
    ) -> Future[_Result]:
        future: Future[_Result] = Future()
        self.waiting.append((future, partial(call, *arguments, **named)))
        return future

    def run(self, most: int | None = None) -> None:
        """Do the first so many, or all, with what is given meanwhile."""
        while self.waiting and most != 0:
            future, call = self.waiting.popleft()
            try:
                result = call()
            except Exception as error:
                future.set_exception(error)
            else:
                future.set_result(result)
            most = None if most is None else most - 1
