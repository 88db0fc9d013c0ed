"""A function of one value → the same, which keeps its last answer, or some.

For what many ask for one after another of the same value, and none of another one in between. The
value is known by its identity: to compare two documents takes as long as to answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_Value = TypeVar("_Value")
_Answer = TypeVar("_Answer")


def keeps_latest(function: Callable[[_Value], _Answer]) -> Callable[[_Value], _Answer]:
    """The function with its last value and answer kept; threads may ask at the same time."""
    return keeps(1)(function)


def keeps(
    count: int,
) -> Callable[[Callable[[_Value], _Answer]], Callable[[_Value], _Answer]]:
    """The same with so many: where two versions are asked about in turn, two."""

    def kept(function: Callable[[_Value], _Answer]) -> Callable[[_Value], _Answer]:
        latest: tuple[tuple[_Value, _Answer], ...] = ()

        @wraps(function)
        def keeping(value: _Value) -> _Answer:
            nonlocal latest
            for known, answer in latest:  # looked up once: another thread may put others in place
                if known is value:
                    return answer
            answer = function(value)
            latest = ((value, answer), *latest[: count - 1])
            return answer

        return keeping

    return kept
