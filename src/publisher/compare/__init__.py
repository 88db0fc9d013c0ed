"""Two versions of a document → what became of the one in the other, as a reviewer reads them.

Everything is matched by what it is, never by where it stands: headings by identifier and words,
paragraphs by their sentences, rows by what they ask for. New numbers are no change.
"""

from __future__ import annotations

from collections.abc import Callable

from publisher.changes import Both, Changes
from publisher.compare.elements import align_elements
from publisher.compare.ledger import Ledger, named
from publisher.compare.moves import between_parts
from publisher.compare.parts import align_parts
from publisher.compare.reverse import reverse
from publisher.compare.weight import Scale
from publisher.model import Document, Edition
from publisher.resolve import resolve

__all__ = ["compare", "reverse"]


Resolve = Callable[[Document], Edition]


def compare(old: Document, new: Document, resolved: Resolve = resolve) -> Changes:
    """Both versions side by side, and the list of changes; none where a reader sees none.

    `compare(new, old)` is `reverse(compare(old, new))`; what the changes make of `old` is `new`.
    """
    # What is matched first decides between matches that are as good: so that both directions
    # choose the same, the versions are always taken in one order.
    if _rank(old) > _rank(new):
        return reverse(_compared(new, old, resolved))
    return named(_compared(old, new, resolved))


def _rank(document: Document) -> tuple[object, ...]:
    """Another for each other document; the bytes of what is shown and attached tell apart too."""
    images = [picture.image.data for picture in document.pictures]
    return repr(document), images, [file.data for file in document.files]


def _compared(old: Document, new: Document, resolved: Resolve) -> Changes:
    """The changes, not named yet."""
    ledger = Ledger(_scale(old, new))
    # What a task is bound to is no part of either version: it follows from the words.
    editions = Both(resolved(old), resolved(new))
    elements = align_elements(Both(old, new), ledger)
    parts = between_parts(align_parts(editions, ledger), ledger)
    listed = tuple(ledger.changes.values())
    return Changes(*editions, elements, parts, listed, ledger.references)


def _scale(old: Document, new: Document) -> Scale:
    """Weighs by the people and departments that either version's bureau names."""
    bureaus = (old.bureau, new.bureau)
    people, departments = (
        [
            spelling
            for bureau in bureaus
            for entry in getattr(bureau, kind)
            for spelling in (entry.name, *entry.spellings)
        ]
        for kind in ("people", "departments")
    )
    return Scale(people, departments)
