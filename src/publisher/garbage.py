"""Python's search for garbage → made seldom, since little of what a run holds ever becomes any."""

from __future__ import annotations

import gc

_COLLECT_AFTER = 200_000
"""Objects more than there were, after which garbage is looked for."""


def collect_seldom() -> None:
    """Look for garbage less often than Python does: what sets a PDF or checks a long table is a
    seventh faster.
    """
    gc.set_threshold(_COLLECT_AFTER)
