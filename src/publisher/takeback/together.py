"""What several files make of the content, each alone → what they make of it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from publisher.model import Document
from publisher.takeback import merging
from publisher.takeback.merging import Grain
from publisher.takeback.result import Conflict

Named = tuple[str, Document]
"""What a file is called, and the content with what its editors want."""


def together(current: Document, wanted: Sequence[Named]) -> tuple[Document, list[Conflict]]:
    """The content with what all want, and where two of them contradict each other.

    There nobody is preferred: the content stays as it is.
    """
    whole = wanted[0][1]
    for _, document in wanted[1:]:
        whole = _merged(current, whole, document)
    conflicts = [
        replace(conflict, source=name, against=against)
        for (against, before), (name, document) in combinations(wanted, 2)
        for conflict in merging.merge(current, before, document, Grain.SENTENCE).conflicts
    ]
    result = whole
    for _, document in wanted if conflicts else ():
        # What others won over this one, and no more, on top of the content; then without it.
        lost = _merged(current, document, whole)
        if lost != whole:
            result = _merged(_merged(lost, whole, current), result, current)
    return result, conflicts


def _merged(base: Document, ours: Document, theirs: Document) -> Document:
    return merging.merge(base, ours, theirs, Grain.SENTENCE).document
