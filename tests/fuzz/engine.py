"""A target and numbers → inputs, each read, what came of them, and what kept no promise.

An input depends on the target, a seed and its number alone: a run can be repeated, begun in the
middle and shared out.
"""

from __future__ import annotations

import resource
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

SECONDS = 10.0
"""Of the processor that reading one input may take; a hundred times what the slowest does."""
MEMORY = 2**30
"""Bytes that reading one input may take beyond what the program has before."""
_OURS = f"{Path('publisher')}/"


class Broken(Exception):
    """A promise that was not kept; its first argument says which, a second what was read."""


class Hang(BaseException):
    """Reading takes longer than it may; no `except Exception` on the way holds it up."""


@dataclass(frozen=True)
class Target:
    """A reader, what it is given, and what it promises."""

    name: str
    suffix: str
    """Of a file that holds an input."""
    seeds: Callable[[], Sequence[bytes]]
    mutate: Callable[[Random, Sequence[bytes]], bytes]
    read: Callable[[bytes], str]
    """Reads an input and says in a word or two what came of it; any exception is a failure."""
    full: int
    """How many inputs a long run reads."""
    short: int
    """How many inputs the test suite reads."""
    needs_office: bool = False
    patience: float = 100.0
    """Seconds after which a process that reads one input is given up."""
    memory: int | None = MEMORY
    """Bytes; None where other programs run, which the bound would hold for too."""

    def input(self, seed: int, number: int) -> bytes:
        """The input of a number; the first are the seeds themselves."""
        seeds = self.seeds()
        if number < len(seeds):
            return seeds[number]
        return self.mutate(Random(f"{self.name} {seed} {number}"), seeds)


@dataclass(frozen=True)
class Failure:
    """An input that a reader did not bear."""

    target: str
    seed: int
    number: int
    kind: str
    """Alike for what has one cause: the exception, and the innermost line of ours."""
    told: str
    """The traceback."""


@dataclass
class Count:
    """What came of a number of inputs."""

    executions: int = 0
    seconds: float = 0.0
    """Of the processor, for reading alone, with what other programs took that were run for it."""
    slowest: tuple[float, int] = (0.0, -1)
    """Seconds and number of the input that took longest."""
    failures: list[Failure] = field(default_factory=list)
    came: Counter[str] = field(default_factory=Counter)
    """How many inputs came to what, as the target says: an input that was refused proves less."""

    def add(self, other: Count) -> None:
        """Count in another run."""
        self.executions += other.executions
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        self.failures += other.failures
        self.came += other.came


def run(
    target: Target,
    numbers: Iterable[int],
    seed: int = 0,
    starting: Callable[[int], object] = lambda number: None,
) -> Count:
    """Read the inputs of all numbers; `starting` is told each before it is read."""
    count = Count()
    with _bounded_memory(target.memory):
        for number in numbers:
            starting(number)
            data = target.input(seed, number)
            began = _processor()
            came, trace = outcome(target, data)
            taken = _processor() - began
            count.executions += 1
            count.seconds += taken
            count.slowest = max(count.slowest, (taken, number))
            if trace:
                count.failures.append(Failure(target.name, seed, number, came, trace))
            else:
                count.came[came] += 1
    return count


def _processor() -> float:
    """Seconds of the processor that this program took, and all that it ran and that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def outcome(target: Target, data: bytes) -> tuple[str, str]:
    """What came of an input; where it was not borne, the kind of failure and the traceback."""
    try:
        with _bounded_time():
            return target.read(data), ""
    except (Exception, Hang) as error:
        return _kind(error), "".join(traceback.format_exception(error, limit=-30))


def _kind(error: BaseException) -> str:
    """What tells one cause from another."""
    if isinstance(error, Broken):
        return f"promise: {error.args[0]}"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if _OURS in one.filename] or list(frames)
    if isinstance(error, RecursionError):  # where the stack ends is chance: the same lines recur
        seen = [(one.filename, one.name) for one in ours]
        file, function = max(dict.fromkeys(seen), key=seen.count)
        return f"RecursionError in {file.rpartition(_OURS)[2]} {function}"
    place = f"{ours[-1].filename.rpartition(_OURS)[2]}:{ours[-1].lineno} {ours[-1].name}"
    return f"{type(error).__name__} at {place}"


@contextmanager
def _bounded_time() -> Iterator[None]:
    """Hang after so much time of the processor: other programs on the machine take no part."""

    def stop(number: int, frame: FrameType | None) -> Any:
        raise Hang(f"over {SECONDS:.0f} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _bounded_memory(most: int | None) -> Iterator[None]:
    """MemoryError for who takes more than `most` bytes beyond what there is."""
    if most is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
