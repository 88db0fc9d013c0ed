"""Names of documents → what is found in each, in their order, by processes that share the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path

from publisher import pipeline
from publisher.pipeline import Outcome

_AT_ONCE = 8
"""Documents that a process is given at once: to give one takes about as long as to check one."""
_AHEAD = 8
"""Such groups that are being checked, or wait to be told in their turn."""


def check_all(
    content: Path,
    names: Sequence[str],
    executor: Executor,
    came: Callable[[int], None] = lambda count: None,
) -> Iterator[Outcome]:
    """Read and check each document; `came` is told how many are done."""
    groups = (names[first : first + _AT_ONCE] for first in range(0, len(names), _AT_ONCE))
    checked: deque[Future[list[Outcome]]] = deque()
    count = 0
    while True:
        while len(checked) < _AHEAD and (group := next(groups, ())):
            checked.append(executor.submit(_check, content, group))
        if not checked:
            return
        outcomes = checked.popleft().result()
        count += len(outcomes)
        came(count)
        yield from outcomes


def _check(content: Path, group: Sequence[str]) -> list[Outcome]:
    return list(pipeline.check_all(content, group))
