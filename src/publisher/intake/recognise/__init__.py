"""Sources → the document they make: elements of the frame, then the blocks of each text."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.intake.result import Intake
from publisher.intake.source import Source
from publisher.model import Bureau


def recognise(sources: Sequence[Source], bureau: Bureau, slug: str) -> Intake:
    """The document that sources make together, each paragraph with what it was taken for."""
    raise NotImplementedError
