"""A Word file, or one that LibreOffice makes one of → its `Source`."""

from __future__ import annotations

from publisher.intake.source import Source


def read(name: str, data: bytes) -> Source:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    from publisher.intake.word.reading import source

    return source(name, data)
