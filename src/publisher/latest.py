"""A function of one value → the same, which keeps its last answer.

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
    latest: tuple[_Value, _Answer] | None = None

    @wraps(function)
    def keeping(value: _Value) -> _Answer:
        nonlocal latest
        known = latest  # once, for another thread may put its own in place
        if known is None or known[0] is not value:
            known = latest = (value, function(value))
        return known[1]

    return keeping
