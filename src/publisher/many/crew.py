"""Documents to make → what came of them, from workers that may die."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Protocol

from publisher import office, pipeline, workers
from publisher.many.making import Job, Made, make

TOGETHER = 8
"""Documents that one worker makes at once, so that LibreOffice is started once for all."""


class Crew(Protocol):
    """Workers that make documents."""

    deaths: tuple[type[Exception], ...]
    """What a result raises that is not there because a worker died."""
    dies_alone: bool
    """Whether the others go on where one worker dies."""

    @property
    def size(self) -> int:
        """How many workers there are now."""

    @property
    def together(self) -> int:
        """How many documents one of them takes at once, at most."""

    def make(self, content: Path, jobs: Sequence[Job]) -> Future[list[Made]]:
        """Have documents made."""

    def renew(self) -> None:
        """Have as many workers as before some died."""

    def end(self) -> None:
        """Stop at once: what is being made is not wanted any more."""


class Processes:
    """Workers that are processes of this machine, begun when there is work."""

    deaths: tuple[type[Exception], ...] = (BrokenExecutor,)
    dies_alone = False

    def __init__(self, count: int | None = None) -> None:
        self.size = count or workers.usual()
        self.together = TOGETHER if office.office() else 1
        self._executor: Executor | None = None
        self.is_broken = False
        """Whether it is known that one died."""

    def make(self, content: Path, jobs: Sequence[Job]) -> Future[list[Made]]:
        """Have documents made, whose content lies here."""
        if self._executor is None:
            self._executor = workers.start(self.size, of=pipeline.SLOWEST)
        try:
            return self._executor.submit(make, content, jobs)
        except BrokenExecutor as death:  # of one that had nothing to do with this
            self.is_broken = True
            never: Future[list[Made]] = Future()
            never.set_exception(death)
            return never

    def renew(self) -> None:
        """Have new ones: where one died, Python ends all."""
        self.end()
        self.is_broken = False

    def end(self) -> None:
        """Stop at once."""
        if self._executor is not None:
            workers.end(self._executor)
            self._executor = None
