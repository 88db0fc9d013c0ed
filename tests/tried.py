"""How often a property is tried: a little in each run, always with other examples."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("EXAMPLES", "1"))
"""How many times as many examples a long run tries: `EXAMPLES=20 make test`."""


def tried(examples: int, *without: HealthCheck) -> settings:
    """Settings of a property that is tried with so many examples, however long each takes."""
    return settings(max_examples=examples * TIMES, deadline=None, suppress_health_check=without)
