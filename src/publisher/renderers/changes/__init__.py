"""`CHANGE_RENDERERS`: the formats in which two versions are shown side by side."""

from __future__ import annotations

from collections.abc import Callable

from publisher.changes import About, Changes
from publisher.renderers.changes import comparison_table, page, record, redline

ChangeRenderer = Callable[[Changes, About], dict[str, bytes]]

CHANGE_RENDERERS: dict[str, ChangeRenderer] = {
    "网页": page.render,
    "对照表": comparison_table.render,
    "数据": record.render,
    "修订稿": redline.render,
}
"""Each gives files by name."""
