"""What a worker elsewhere gave back → the same, if it is what it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from publisher.builds import Manifest
from publisher.diagnostics import BrokenEnvironment
from publisher.many.making import Failed, Job, Made
from publisher.pipeline import Built, Outcome

_MOST = 2**30
"""Bytes of the finished files of a document."""


def as_asked(jobs: Sequence[Job], made: object) -> list[Made]:
    """What became of each document; BrokenEnvironment where a worker gave anything else.

    Who can reach the scheduler can be a worker: no file of it is written but in the folder of a
    document that it was asked for.
    """
    given = made if isinstance(made, list) else []
    if len(given) != len(jobs) or not all(map(_is_of, jobs, given)):
        names = "、".join(job.slug for job in jobs)
        raise BrokenEnvironment(
            f"工作进程送回的不是要它生成的公文（{names}），没有写。"
            "请检查集群里有没有别人的工作进程，以及它们的程序"
        )
    return given


def _is_of(job: Job, made: object) -> bool:
    match made:
        case Built(Outcome(slug), dict() as files, Manifest(named)):
            size = sum(len(data) for data in files.values() if isinstance(data, bytes))
            is_small = size <= _MOST and all(isinstance(data, bytes) for data in files.values())
            return slug == named == job.slug and is_small and all(map(_is_inside, files))
        case Outcome(slug) | Failed(slug):
            return slug == job.slug
    return False


def _is_inside(name: object) -> bool:
    """Whether a name is one of a file in a folder or below it."""
    if not isinstance(name, str) or "\0" in name:
        return False
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts
