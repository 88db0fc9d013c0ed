"""How often a property is tried: a little in each run, with others each time in a long one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import cycle, product
from typing import TypeVar

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("EXAMPLES", "1"))
"""How many times as many examples a long run tries: `EXAMPLES=20 make test`."""


_Case, _Kind = TypeVar("_Case"), TypeVar("_Kind")


def some_of(cases: Iterable[_Case], share: int = 3) -> list[_Case]:
    """A part of the cases, always the same; a long run has all of them.

    For what is proved of each alike, where what tells the cases apart has tests of its own.
    """
    return list(cases) if TIMES > 1 else list(cases)[::share]


def in_turn(cases: Sequence[_Case], kinds: Sequence[_Kind]) -> list[tuple[_Case, _Kind]]:
    """Each case with one of the kinds, each kind as often; a long run has all with all."""
    return list(product(cases, kinds) if TIMES > 1 else zip(cases, cycle(kinds), strict=False))


def tried(examples: int, *without: HealthCheck) -> settings:
    """Settings of a property that is tried with so many examples, however long each takes.

    They are the same in each run of `make test`: what turns it red is the change that it is run of.
    """
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        suppress_health_check=without,
        derandomize=TIMES == 1,
    )
