"""Changes → the bytes of finished files, a module a format."""

from __future__ import annotations

from collections.abc import Callable

from publisher.changes import Changes
from publisher.renderers.changes import comparison_table, page

ChangeRenderer = Callable[[Changes], dict[str, bytes]]

CHANGE_RENDERERS: dict[str, ChangeRenderer] = {
    "网页": page.render,
    "对照表": comparison_table.render,
}
"""What is made from changes; each gives files by name."""
