"""The forty edits of the real notice, compared once for all tests of what is made from changes."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import read_content
from edited import SLUG, versions
from publisher.changes import About, Changes
from publisher.compare import compare

ABOUT = About("初稿", "v2", "王审", datetime.datetime(2030, 3, 5, 9, 30, tzinfo=datetime.UTC))


@cache
def changes() -> Changes:
    """What a reviewer reads of them."""
    with TemporaryDirectory() as folder:
        contents = versions(Path(folder))
        old, new = (read_content(content, SLUG).document for content in contents)
        return compare(old, new)
