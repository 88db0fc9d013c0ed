"""`Document` → the files of its folder, and edits of those that are there: the inverse of readers.

`read(write(document))` is the document; an edit changes only the lines of what differs.
"""

from __future__ import annotations

from publisher.writers.bureau import with_entries, write_bureau
from publisher.writers.document import write
from publisher.writers.edits import UnwritableError, edit

__all__ = ["UnwritableError", "edit", "with_entries", "write", "write_bureau"]
