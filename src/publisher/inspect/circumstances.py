"""What is known of a file and stands on none of its pages → what measuring is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.inspect.area import STANDARD, Area
from publisher.model import Form


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What who makes or sends a file knows of it."""

    area: Area = STANDARD
    """The 版心 that it should show."""
    form: Form | None = None
    """Asked for where no mark tells it; None where the page must."""
    is_preprinted: bool = False
    """Whether mark and red lines are on the paper already (套打)."""
    separate: int | None = None
    """How many of the attachments are not bound (另附); None where that is not known."""


FOREIGN = Circumstances()
"""Of a file of which nothing is known."""
