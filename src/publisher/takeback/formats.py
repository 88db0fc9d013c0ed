"""Two readings of a file → what in it looks otherwise and says the same: told, and not taken."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.intake.result import Intake
from publisher.takeback.result import NotTaken


def changed(was: Intake, now: Intake) -> Iterator[NotTaken]:
    """Each paragraph whose words stayed and whose look did not."""
    yield from ()
