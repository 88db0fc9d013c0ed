"""`CHANGE_RENDERERS`: the formats in which two versions are shown side by side."""

from __future__ import annotations

from collections.abc import Callable

from publisher.changes import About, Changes
from publisher.renderers.changes import record, redline

ChangeRenderer = Callable[[Changes, About], dict[str, bytes]]

CHANGE_RENDERERS: dict[str, ChangeRenderer] = {
    "数据": record.render,
    "修订稿": redline.render,
}
"""Each gives files by name."""
