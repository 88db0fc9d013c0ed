"""A document's folder → whether it may leave this machine: what is classified (有密级) does not."""

from __future__ import annotations

import re
from pathlib import Path

from publisher import diagnostics, pipeline
from publisher.folders import DOCUMENT

_FENCE = "---"
_DOUBTFUL = re.compile(r"密|[\\&*!]|<<")
"""In a front matter: what names a classification, and that by which YAML writes words so that
they do not stand there as they are read."""


def may_leave(content: Path, slug: str) -> bool:
    """Whether a document has surely no 密级.

    Most say so at once; the others are read as they are to be published. OSError where that cannot
    be.
    """
    front = _front((content / slug / DOCUMENT).read_bytes())
    if front is not None and not _DOUBTFUL.search(front):
        return True
    document, findings, _ = pipeline.read(content, slug)
    if document is None or diagnostics.stops_publishing(findings):
        return False  # what is written there wrongly may be one
    return document.classification is None


def _front(data: bytes) -> str | None:
    """The front matter; None where it is not surely that which the reader sees."""
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return None
    if lines[:1] != [_FENCE] or _FENCE not in lines[1:]:
        return None
    return "\n".join(lines[1 : lines.index(_FENCE, 1)])
