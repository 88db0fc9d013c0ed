"""Readers and made-up inputs, many thousands of them → what came of them, counted; `make fuzz`.

    fuzz.py [-j 2] [--seed 0] [--scale 0.1] [--into build/fuzz] [target…]
    fuzz.py --again build/fuzz/markdown-0-679.md

An input that a reader does not bear is saved, one of each kind, and read again by `--again`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "fuzz"), str(ROOT / "tests")]

from engine import Count, Failure, Target, outcome, run  # noqa: E402
from targets import BY_NAME, TARGETS  # noqa: E402

# Processes that are forked have all that is imported here, and the seeds.
FORK = multiprocessing.get_context("fork")
MEMORY = Path("/dev/shm")
"""Where small files are made and removed at once, on Linux."""


def main() -> int:
    """Run, print the table; 1 where a reader did not bear an input."""
    asked = _asked()
    if asked.again:
        return _again(asked.again)
    targets = [BY_NAME[name] for name in asked.targets] or list(TARGETS)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        tempfile.tempdir = place  # what processes that die leave behind goes with it
        counts = _run(targets, asked)
    _print(counts)
    return int(any(count.failures for count in counts.values()))


def _run(targets: list[Target], asked: argparse.Namespace) -> dict[str, Count]:
    """What came of each target."""
    jobs = deque(job for target in targets for job in _jobs(target, asked))
    whole = {
        target.name: sum(len(job.numbers) for job in jobs if job.target is target)
        for target in targets
    }
    counts = {name: Count() for name in whole}
    for target in targets:  # once: what LibreOffice saves is another each time
        target.seeds()
    for name, count in _results(jobs, asked.jobs):
        _tell_new(counts[name], count, asked.into)
        counts[name].add(count)
        if counts[name].executions == whole[name]:
            print(f"{name}: done", file=sys.stderr, flush=True)
    return counts


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Give readers inputs that nobody would write.")
    parser.add_argument("targets", nargs="*", help="all, or some of: " + ", ".join(BY_NAME))
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--seed", type=int, default=0, help="another makes other inputs")
    parser.add_argument("--scale", type=float, default=1.0, help="of the full number of inputs")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "fuzz", help="a folder")
    parser.add_argument("--again", type=Path, help="read one saved input again")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - BY_NAME.keys():
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    return asked


def _again(file: Path) -> int:
    target = BY_NAME[file.name.rsplit("-", 2)[0]]
    came, trace = outcome(target, file.read_bytes())
    print(trace or f"{target.name} bears {file}: {came}")
    return int(bool(trace))


# -- work in slices -----------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """Some numbers of a target."""

    target: Target
    seed: int
    numbers: range


def _jobs(target: Target, asked: argparse.Namespace) -> Iterator[Job]:
    total = max(1, round(target.full * asked.scale))
    size = max(1, min(2000, total // (4 * asked.jobs)))
    for first in range(0, total, size):
        yield Job(target, asked.seed, range(first, min(first + size, total)))


@dataclass
class Lane:
    """A process that reads the inputs of a job."""

    job: Job
    process: ForkProcess
    pipe: Connection
    current: Any
    """The number that is read now, in memory that both processes have."""
    last: int = -1
    since: float = field(default_factory=time.monotonic)

    @classmethod
    def start(cls, job: Job) -> Lane:
        """Begin."""
        ours, theirs = FORK.Pipe(duplex=False)
        current = FORK.Value("q", job.numbers.start, lock=False)
        process = FORK.Process(target=_work, args=(job, theirs, current), daemon=True)
        process.start()
        theirs.close()
        return cls(job, process, ours, current)

    def result(self) -> Count | None:
        """What the process counted; None where it died."""
        try:
            counted: Count = self.pipe.recv()
        except EOFError:
            return None
        finally:
            self.process.join()
        return counted

    def is_stuck(self) -> bool:
        """Whether it reads one input for longer than anybody waits; it is then ended."""
        if self.current.value != self.last:
            self.last, self.since = self.current.value, time.monotonic()
        if time.monotonic() - self.since < self.job.target.patience:
            return False
        self.process.kill()
        return True

    def death(self, stuck: bool) -> Failure:
        """The failure of a process that died."""
        code = self.process.exitcode or 0
        name = signal.Signals(-code).name if code < 0 else f"exit {code}"
        kind = "hang, even of what Python cannot stop" if stuck else f"the process died: {name}"
        return Failure(self.job.target.name, self.job.seed, self.current.value, kind, kind)

    def rest(self) -> Job:
        """What is left after the input that it died of."""
        numbers = range(self.current.value + 1, self.job.numbers.stop)
        return Job(self.job.target, self.job.seed, numbers)


def _work(job: Job, pipe: Connection, current: Any) -> None:
    def starting(number: int) -> None:
        current.value = number

    process = multiprocessing.current_process()
    process._config["daemon"] = False  # type: ignore[attr-defined]  # readers have processes too
    with Path(os.devnull).open("wb") as nothing:  # libraries complain of what they are given
        os.dup2(nothing.fileno(), 2)
    pipe.send(run(job.target, job.numbers, job.seed, starting))


def _results(jobs: deque[Job], most: int) -> Iterator[tuple[str, Count]]:
    """What came of each job, as they end."""
    lanes: list[Lane] = []
    while jobs or lanes:
        while jobs and len(lanes) < most:
            lanes.append(Lane.start(jobs.popleft()))
        ready = wait([lane.pipe for lane in lanes], timeout=1)
        for lane in list(lanes):
            stuck = lane.pipe not in ready and lane.is_stuck()
            if lane.pipe in ready or stuck:
                lanes.remove(lane)
                yield lane.job.target.name, _counted(lane, stuck, jobs)


def _counted(lane: Lane, stuck: bool, jobs: deque[Job]) -> Count:
    count = lane.result()
    if count is not None:
        return count
    # What it read before is read again: its failures died with it.
    failure, rest = lane.death(stuck), lane.rest()
    before = range(lane.job.numbers.start, failure.number)
    jobs.extendleft(
        Job(lane.job.target, lane.job.seed, numbers)
        for numbers in (rest.numbers, before)
        if numbers
    )
    return Count(1, failures=[failure])


# -- what is told ---------------------------------------------------------------------------


def _tell_new(known: Count, count: Count, into: Path) -> None:
    """Save the first input of each kind of failure that was not known, and say so."""
    kinds = {failure.kind for failure in known.failures}
    for failure in count.failures:
        if failure.kind in kinds:
            continue
        kinds.add(failure.kind)
        target = BY_NAME[failure.target]
        file = into / f"{failure.target}-{failure.seed}-{failure.number}{target.suffix}"
        into.mkdir(parents=True, exist_ok=True)
        file.write_bytes(target.input(failure.seed, failure.number))
        print(f"\n{failure.target}: {failure.kind}\n{failure.told.rstrip()}")
        print(f"again: .venv/bin/python tools/fuzz.py --again {file}", flush=True)


def _print(counts: dict[str, Count]) -> None:
    print(f"\n{'target':16}{'executions':>12}{'seconds':>10}{'slowest':>10}{'failures':>10}")
    for name, result in counts.items():
        slowest = f"{result.slowest[0]:.2f}"
        print(
            f"{name:16}{result.executions:12}{result.seconds:10.0f}{slowest:>10}{len(result.failures):10}"
        )
    for name, result in counts.items():
        print(
            f"{name}: " + ", ".join(f"{often} {came}" for came, often in result.came.most_common())
        )
        for kind, often in Counter(failure.kind for failure in result.failures).most_common():
            print(f"  {name}: {kind} ×{often}")


if __name__ == "__main__":
    sys.exit(main())
