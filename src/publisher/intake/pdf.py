"""The text of a PDF → its `Source`."""

from __future__ import annotations

from publisher.intake.source import Source


def read(name: str, data: bytes) -> Source:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    raise NotImplementedError
