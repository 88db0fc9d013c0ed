"""What a file says it was made from → that content, as it lies there or was committed."""

from __future__ import annotations

from pathlib import Path

from publisher import builds
from publisher.model import Document
from publisher.provenance import Provenance
from publisher.takeback.result import Base, BaseKind


def base_of(provenance: Provenance | None, content: Path, current: Document) -> Base:
    """The content that a file was made from; where it is not known, the content as it is."""
    inputs = builds.inputs(content, current.slug)
    if provenance and provenance.content == builds.version_of(inputs):
        return Base(BaseKind.CURRENT, current, BaseKind.CURRENT.value)
    return Base(BaseKind.UNKNOWN, current, BaseKind.UNKNOWN.value)
