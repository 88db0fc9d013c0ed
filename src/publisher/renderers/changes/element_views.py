"""A key of two versions of front matter, or of what stands around a table → what the page draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.changes import AlignedElement
from publisher.renderers.changes.marks import Numbered, marked

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class ElementView:
    """A key of the front matter and its value."""

    key: str
    words: Markup
    is_changed: bool


def element_view(element: AlignedElement, numbered: Numbered) -> ElementView:
    """What is drawn of a key."""
    return ElementView(element.key, marked(element.pieces, numbered), element.change is not None)
