"""What was recognised → a name for its folder that is free: 2025-12, 2025-03-notice."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from publisher import output
from publisher.folders import SLUG
from publisher.model import Document

_NUMBER = re.compile("([0-9]{4})[^0-9]{1,3}([0-9]{1,6})")
"""The year and the number of a 发文字号."""
_LONGEST = 32
"""Characters of a name."""


def proposed(document: Document, file: str, content: Path) -> str:
    """A name that no document in `content` has: of its 发文字号, else of its date and kind."""
    name = next(_names(document, file))
    tried = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(each for each in tried if not is_taken(content, each))


def beside(document: Document, file: str, slug: str) -> str:
    """The name that a document would have had, where another has it, as of one imported twice."""
    name = next(_names(document, file))
    return name if re.fullmatch(rf"{re.escape(name)}-[0-9]+", slug) else ""


def is_taken(content: Path, slug: str) -> bool:
    """Whether something stands where a document of this name would be written."""
    return output.is_reserved(slug) or os.path.lexists(content / slug)


def _names(document: Document, file: str) -> Iterator[str]:
    if match := _NUMBER.search(document.number or ""):
        yield f"{match[1]}-{int(match[2])}"
    kind = document.kind.name.lower().replace("_", "-") if document.kind else "document"
    if day := document.date:
        yield f"{day:%Y-%m}-{kind}"
    words = SLUG.findall(Path(file).stem.lower())
    name = "-".join(words)[:_LONGEST].strip("-")
    if name:
        yield name
    yield kind
