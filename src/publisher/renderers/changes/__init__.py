"""`CHANGE_RENDERERS`: the formats in which two versions are shown side by side."""

from __future__ import annotations

from collections.abc import Callable

from publisher.changes import Changes
from publisher.renderers.changes import redline

CHANGE_RENDERERS: dict[str, Callable[[Changes], dict[str, bytes]]] = {
    "修订稿": redline.render,
}
"""Each gives files by name."""
