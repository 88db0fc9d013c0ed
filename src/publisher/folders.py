"""A folder of content → the documents in it."""

from __future__ import annotations

import os
import re
from pathlib import Path

DOCUMENT = "document.md"
"""By which the folder of a document is known."""
ARCHIVE = "archive.yaml"
"""What is declared of the archive of all of them."""
SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
"""The name of a folder that the program makes: 2025-plan."""


def documents_in(content: Path) -> tuple[str, ...]:
    """The names of all folders with a `document.md`, in order; none where there is no `content`.

    One that cannot be looked into is among them: reading it says why. OSError where `content`
    cannot be listed.
    """
    try:
        with os.scandir(content) as entries:
            names = [entry.name for entry in entries]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(sorted(name for name in names if _holds_document(content / name)))


def _holds_document(folder: Path) -> bool:
    try:
        (folder / DOCUMENT).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
