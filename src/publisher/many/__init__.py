"""Thousands of documents → published, a bounded number at a time, each written when it is made.

One document is one piece of work: it is read, checked, made and measured in one process, and comes
back as finished files. Here its folder is written, for one process alone holds the lock on it. What
is up to date is told without work, so a run that was interrupted goes on where it was.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from publisher import builds, failures, output, templates
from publisher.folders import documents_in
from publisher.many.crew import Crew
from publisher.many.known import Memory, state_of
from publisher.many.making import Failed, Job, Made
from publisher.output import InTheWay
from publisher.pipeline import Built, Outcome, State
from publisher.renderers.overview import IndexEntry

_WRITERS = 4
"""Threads: a disk that is told to keep what it has answers each of them after a while."""
_MOST_WRITTEN = 32
"""Documents that wait to be written, at most."""
_PULSE = 1.0
"""Seconds after which it is looked at what else there is to do."""
_SETTLED = 2.5
"""Seconds after which a folder that was written can be known again."""
KILLS = "处理它的进程两次被终止（也许它要用的内存太多，或有损坏的图片、字体），已搁置"


class Listener(Protocol):
    """Is told how it goes."""

    def waits(self) -> None:
        """Another run writes there now."""

    def came(self, what: Outcome | Failed) -> None:
        """What became of a document; it has been written by then, where it was made."""

    def pulse(self) -> None:
        """It goes on."""


def publish(
    content: Path,
    build: Path,
    names: Iterable[str],
    crew: Crew,
    listener: Listener,
    *,
    reads_all: bool = False,
) -> None:
    """Publish each document into `build`, made by a crew.

    A document that has errors, cannot be made or cannot be written stops only itself. `reads_all`:
    what is up to date is read again though nothing says that it changed. OSError,
    BrokenEnvironment: what will keep all others from being published; what was written stays.
    """
    with output.locked(build, listener.waits), templates.told_of_damage("模板"):
        builds.require_our_overview(build)
        run = _Run(content, build, crew, listener, reads_all)
        try:
            run.publish(names)
            run.write_overview()
        finally:
            run.memory.save()
        run.memory.shorten()


class _Batch(NamedTuple):
    """Documents that one worker makes."""

    jobs: tuple[Job, ...]
    is_suspect: bool = False
    """Whether it is one alone, because a worker died that had it before."""


class _Run:
    """One run: what waits, what is being made, what is being written."""

    def __init__(
        self, content: Path, build: Path, crew: Crew, listener: Listener, reads_all: bool
    ) -> None:
        self._content, self._build = content, build
        self._crew, self._listener, self._reads_all = crew, listener, reads_all
        of_all = builds.environment(), builds.bureau_of(content)
        self.memory = Memory(build, output.digest(repr(of_all).encode()))
        self._states: dict[str, str] = {}
        """Of the documents that were up to date when they were looked at."""
        self._waiting: deque[Job] = deque()
        self._suspects: deque[Job] = deque()
        self._made: dict[Future[list[Made]], _Batch] = {}
        self._written: set[Future[Outcome | Failed]] = set()
        self._fresh: deque[tuple[float, str]] = deque()

    def publish(self, names: Iterable[str]) -> None:
        """All but the overview."""
        jobs = self._jobs(names)
        writers = ThreadPoolExecutor(_WRITERS, "writer")
        try:
            while self._feed(jobs) or self._written:
                at_work: list[Future[Any]] = [*self._made, *self._written]
                done, _ = wait(at_work, _PULSE, FIRST_COMPLETED)
                for future in done:
                    if future in self._made:
                        self._begin_to_write(self._taken(future), writers)
                    elif future in self._written:
                        self._written.discard(future)
                        self._tell(future.result())
                self._learn()
                self._listener.pulse()
        finally:  # what is finished is not lost, whatever ends this
            for future in [each for each in self._made if _is_well(each)]:
                self._begin_to_write(self._taken(future), writers)
            writers.shutdown()
            for written in [each for each in self._written if not each.exception()]:
                self._tell(written.result())

    # -- what is to be made -------------------------------------------------------------

    def _jobs(self, names: Iterable[str]) -> Iterator[Job]:
        """The documents that are not up to date; of the others it is told what became of them."""
        for slug in names:
            looked = self._look(slug)
            if isinstance(looked, Job):
                yield looked
            else:
                self._listener.came(looked)

    def _look(self, slug: str) -> Outcome | Failed | Job:
        """What became of a document that need not or cannot be made, or that it is to be."""
        target = self._build / slug
        state = state_of(self._content / slug, target)
        if entry := None if self._reads_all else self.memory.entry(slug, state):
            self._states[slug] = state
            return _unchanged(entry)
        try:
            if not output.is_reserved(slug):  # which is a finding
                builds.require_ours(target)
            sealed = output.read_manifest(target) or {}
            last = builds.manifest_from(sealed)
            if builds.is_up_to_date(target, last, builds.inputs(self._content, slug)):
                entry = builds.listed(target, sealed)
                if entry is not None:
                    if state:
                        self._states[slug] = state
                        self.memory.learn(state, entry)
                    return _unchanged(entry)
        except (OSError, InTheWay) as problem:
            return Failed(slug, failures.explanation(problem))
        return Job(slug, last.classification or "")

    def _feed(self, jobs: Iterator[Job]) -> bool:
        """Give the crew as much to do as it is to have; whether it has anything."""
        while self._has_room() and (batch := self._next(jobs)):
            self._made[self._crew.make(self._content, batch.jobs)] = batch
        return bool(self._made)

    def _has_room(self) -> bool:
        """Whether more may be begun: for each worker one batch is made and one waits.

        Where one that dies takes the others along, a suspect is made while nothing else is.
        """
        if len(self._written) >= _MOST_WRITTEN:
            return False
        of_all = 1 if self._suspects and not self._crew.dies_alone else 2 * self._crew.size
        suspected = any(batch.is_suspect for batch in self._made.values())
        return len(self._made) < of_all and (self._crew.dies_alone or not suspected)

    def _next(self, jobs: Iterator[Job]) -> _Batch | None:
        if self._suspects:
            alone = self._crew.dies_alone or not self._made
            return _Batch((self._suspects.popleft(),), True) if alone else None
        size, together = self._crew.size, self._crew.together
        self._waiting.extend(islice(jobs, 2 * size * together - len(self._waiting)))
        # Towards the end all workers have something to do.
        count = min(together, -(-len(self._waiting) // max(size, 1)))
        taken = tuple(self._waiting.popleft() for _ in range(count))
        return _Batch(taken) if taken else None

    # -- what was made ------------------------------------------------------------------

    def _taken(self, future: Future[list[Made]]) -> list[Built]:
        """What is to be written of a batch; of the rest it is told what became of it."""
        batch = self._made.pop(future)
        try:
            made = future.result()
        except self._crew.deaths:
            self._suspect(batch)
            return []
        for each in made:
            if not isinstance(each, Built):
                self._tell(each)
        return [each for each in made if isinstance(each, Built)]

    def _suspect(self, batch: _Batch) -> None:
        """A worker died with a batch: what it was is found by making each alone, once."""
        died = [batch]
        if not self._crew.dies_alone:
            died += [self._made.pop(future) for future in tuple(self._made) if not _is_well(future)]
        self._crew.renew()
        for each in died:
            if each.is_suspect:
                self._tell(Failed(each.jobs[0].slug, KILLS))
            else:
                self._suspects.extend(each.jobs)

    def _begin_to_write(self, made: Iterable[Built], writers: Executor) -> None:
        self._written |= {writers.submit(self._write, built) for built in made}

    def _write(self, built: Built) -> Outcome | Failed:
        try:
            builds.write(self._build / built.outcome.slug, built.files, built.manifest)
        except InTheWay as problem:
            return Failed(built.outcome.slug, failures.explanation(problem))
        return built.outcome

    def _tell(self, what: Outcome | Failed) -> None:
        if isinstance(what, Outcome) and what.state is State.PUBLISHED:
            self._fresh.append((time.monotonic() + _SETTLED, what.slug))
        self._listener.came(what)

    def _learn(self) -> None:
        """Look once more at what was written a while ago: from now on it is known."""
        while self._fresh and self._fresh[0][0] < time.monotonic():
            _, slug = self._fresh.popleft()
            self._look(slug)
        self.memory.save()

    # -- the overview -------------------------------------------------------------------

    def write_overview(self) -> None:
        """`build/index.html`, where it is not known to tell of what stands there now."""
        names = documents_in(self._content)
        states = {slug: self._state(slug) for slug in names}
        is_known = all(states.values())
        about = output.digest(repr(states).encode()) if is_known else ""
        index = self._build / builds.INDEX
        if about and self.memory.overview(about, state_of(index)):
            return
        entries = (self._entry(slug, states[slug]) for slug in names)
        builds.write_index(self._build, [entry for entry in entries if entry])
        if about and (state := state_of(index)):
            self.memory.learn_overview(about, state)

    def _state(self, slug: str) -> str:
        target = self._build / slug
        if not target.exists():
            return "none"
        return self._states.get(slug) or state_of(self._content / slug, target)

    def _entry(self, slug: str, state: str) -> IndexEntry | None:
        return self.memory.entry(slug, state) or builds.entry_of(self._build / slug)


def _is_well(future: Future[list[Made]]) -> bool:
    """Whether a result is there, though a worker died meanwhile."""
    return future.done() and not future.cancelled() and future.exception() is None


def _unchanged(entry: IndexEntry) -> Outcome:
    return Outcome(
        entry.slug,
        State.UNCHANGED,
        entry.findings,
        classification=entry.classification,
        broken=entry.broken,
    )
