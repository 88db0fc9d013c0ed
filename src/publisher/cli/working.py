"""A command that takes long → processes that share its work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor


@contextmanager
def workers(count: int | None = None, *, of: str = "") -> Iterator[Executor]:
    """Processes that share the work; they end with it, or where it is interrupted."""
    from publisher import scratch, workers

    with scratch.folder(), workers.start(count, of=of) as executor:
        try:
            yield executor
        finally:  # at once: Python takes a tenth of a second to put all away
            workers.end(executor)
