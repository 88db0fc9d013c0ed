"""Tasks now, and what is known of them from the last time → a key each that stays the same.

A key is made of the words that a task had first. Where they were changed since, the task is known
by the likest words; where nobody knows what was before, a task whose words changed is a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from publisher.extracts.tasks import AssignedTask
from publisher.postings import Postings
from publisher.shapes import value_of
from publisher.wordings import bare

_LENGTH = 16
_LIKE = 60
"""From 0 to 100: words that are less like those of before are those of another task, as where
tasks are bound to sentences."""


@dataclass(frozen=True, slots=True)
class KnownTask:
    """What is kept of a task until the next time."""

    key: str
    words: str
    deadline: str
    serial: str
    owners: str
    sequence: int = 0
    """How often what calendars show of it has changed."""
    is_gone: bool = False
    """Whether the table does not have it any more."""


def keyed(
    tasks: Sequence[AssignedTask], known: Sequence[KnownTask], slug: str
) -> tuple[AssignedTask, ...]:
    """The tasks, each with its key."""
    keys = _same(tasks, known)
    _add_alike(keys, tasks, known)
    taken = {*keys.values(), *(each.key for each in known)}
    for index, task in enumerate(tasks):
        if index not in keys:
            keys[index] = _new(slug, task.words, taken)
            taken.add(keys[index])
    return tuple(replace(task, key=keys[index]) for index, task in enumerate(tasks))


def known_now(tasks: Iterable[AssignedTask], known: Sequence[KnownTask]) -> tuple[KnownTask, ...]:
    """What is to be kept: the tasks, and after them those that the table does not have any more."""
    before = {each.key: each for each in known}
    now = {task.key: _known(task, before.get(task.key)) for task in tasks}
    gone = (
        each if each.is_gone else replace(each, is_gone=True, sequence=each.sequence + 1)
        for each in known
        if each.key not in now
    )
    return (*now.values(), *gone)


def _known(task: AssignedTask, before: KnownTask | None) -> KnownTask:
    owners = "；".join((*task.departments, *task.people))
    made = KnownTask(task.key, task.words, task.deadline, task.serial, owners)
    if before is None:
        return made
    is_same = replace(made, sequence=before.sequence) == before
    return replace(made, sequence=before.sequence + (not is_same))


def _same(tasks: Sequence[AssignedTask], known: Sequence[KnownTask]) -> dict[int, str]:
    """The keys of tasks whose words are those of before; of equal words, one after another."""
    waiting: dict[str, list[str]] = {}
    for each in known:
        waiting.setdefault(bare(each.words), []).append(each.key)
    keys: dict[int, str] = {}
    for index, task in enumerate(tasks):
        if there := waiting.get(bare(task.words)):
            keys[index] = there.pop(0)
    return keys


def _add_alike(
    keys: dict[int, str], tasks: Sequence[AssignedTask], known: Sequence[KnownTask]
) -> None:
    """Add those of tasks whose words were changed, the likest first."""
    from rapidfuzz import fuzz

    taken = {*keys.values()}
    left = [each for each in known if each.key not in taken and not each.is_gone]
    postings = Postings(bare(each.words) for each in left)
    pairs = sorted(
        (-score, index, left[at].key)
        for index, task in enumerate(tasks)
        if index not in keys
        for words in (bare(task.words),)
        for at in postings.candidates(words)
        if (score := fuzz.ratio(words, bare(left[at].words))) >= _LIKE
    )
    for _, index, key in pairs:
        if index not in keys and key not in taken:
            keys[index] = key
            taken.add(key)


def _new(slug: str, words: str, taken: set[str]) -> str:
    number = 1
    while True:
        said = f"{slug}\n{bare(words)}" + (f"\n{number}" if number > 1 else "")
        key = sha256(said.encode()).hexdigest()[:_LENGTH]
        if key not in taken:
            return key
        number += 1


# -- kept in a file ---------------------------------------------------------------------------


def as_json(known: Sequence[KnownTask]) -> bytes:
    """What is known, as it is kept."""
    said = {"format": 1, "tasks": [asdict(each) for each in known]}
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def from_json(data: bytes) -> tuple[KnownTask, ...]:
    """What was kept; nothing where it cannot be read: keys are then made anew of the words."""
    try:
        return tuple(KnownTask(**_checked(each)) for each in value_of(data)["tasks"])
    except (ValueError, KeyError, TypeError):
        return ()


def _checked(each: dict[str, Any]) -> dict[str, Any]:
    for name, kind in KnownTask.__annotations__.items():
        if name in each and type(each[name]).__name__ != kind:
            raise TypeError(name)
    return each


def version_of(tasks: Iterable[AssignedTask]) -> str:
    """One hash of what the tasks say: sheets that come back say of which version they are."""
    said = "\n".join(
        "\t".join((task.key, task.words, task.deadline, *task.departments, *task.people))
        for task in tasks
    )
    return sha256(said.encode()).hexdigest()
