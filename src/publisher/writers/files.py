"""The files of a document as they are made → each under a name of its own within the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import PurePosixPath

from publisher.model import Place

DOCUMENT = "document.md"
_RESERVED = {DOCUMENT, "bureau.yaml", "accepted.yaml"}
_UNFIT = re.compile(r"[\\<>\"'“”\x00-\x1f\x7f]")
"""What no name of a file has that a text can name."""


@dataclass(slots=True)
class Files:
    """The files of one document, by name."""

    slug: str
    data: dict[str, bytes] = field(default_factory=dict)

    replaceable: set[str] = field(default_factory=set)
    """Names of files that were there before, and may be changed once."""

    def add(self, data: bytes, names: Iterator[str]) -> str:
        """Keep a file under the first of `names` that is free, or has the same bytes already."""
        for name in names:
            if name in self.replaceable:
                self.replaceable.remove(name)
                self.data[name] = data
            if name not in _RESERVED and self.data.setdefault(name, data) == data:
                return name
        raise AssertionError("names end")

    def place_name(self, place: Place, suffix: str) -> str:
        """The name of the file at a place, if that is one of this document, and of a type."""
        folder, _, name = place.file.partition(f"/{self.slug}/")
        is_own = bool(folder) and "/" not in folder and is_fit(name)
        return name if is_own and name.lower().endswith(suffix) else ""


def is_fit(name: str) -> bool:
    """Whether a name can be one of a file in the folder or below it."""
    parts = PurePosixPath(name).parts
    is_inside = bool(parts) and not name.startswith("/") and ".." not in parts
    return is_inside and "/".join(parts) == name == name.strip() and not _UNFIT.search(name)


def choices(wanted: str, otherwise: str) -> Iterator[str]:
    """Names to be tried: that which is wanted, if any, then another, then that with numbers."""
    first = wanted if is_fit(wanted) else otherwise
    path = PurePosixPath(first)
    return chain([first], (str(path.with_stem(f"{path.stem}-{n}")) for n in count(2)))
