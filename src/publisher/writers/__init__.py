"""`Document` → the files of its folder, and edits of those that are there: the inverse of readers.

`read(write(document))` is the document; an edit changes only the lines of what differs.
"""

from __future__ import annotations

from collections.abc import Mapping

from publisher.model import Document
from publisher.writers.bureau import with_entries, write_bureau
from publisher.writers.document import write

__all__ = ["edit", "with_entries", "write", "write_bureau"]


def edit(files: Mapping[str, bytes], old: Document, new: Document) -> dict[str, bytes]:
    """The files that change, by name, where `files` say what `old` does and are to say `new`.

    Lines of what is the same in both stay as they are, byte for byte.
    """
    raise NotImplementedError
