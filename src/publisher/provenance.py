"""A finished file of the office → which content it was made from: a property of its package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which content a file was made from. It says nothing of that content: a name and a hash."""

    slug: str
    content: str
    """SHA-256 of the content, as `builds.version_of` counts it."""
    file: str
    """What the file was called: `document.docx`, `attachment-1.xlsx`."""


def stamped(data: bytes, provenance: Provenance) -> bytes:
    """A package of Word or Excel that says what it was made from; the rest of it stays."""
    raise NotImplementedError


def provenance_of(data: bytes) -> Provenance | None:
    """What a package says it was made from; None where it says nothing, or is none."""
    raise NotImplementedError


def for_the_public(data: bytes) -> bytes:
    """The same package without what tells it for coming back: bookmarks of blocks, the property."""
    raise NotImplementedError
