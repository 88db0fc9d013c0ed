"""Three versions of a document → one with the edits of both, and what was edited twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from publisher.keys import NAMES
from publisher.model import Document, WebRecord
from publisher.takeback.merging.naming import Names
from publisher.takeback.merging.parts import Parts
from publisher.takeback.merging.three import Grain, Merging, Naming, Three
from publisher.takeback.merging.values import merged_fields
from publisher.takeback.result import Conflict, NotTaken

__all__ = ["Bookmarks", "Grain", "Merged", "merge"]

Bookmarks = Mapping[tuple[int, int], str]
"""By the index of a text among `Document.proses`, and that of a block in it."""

_APART = ("slug", "bureau", "body", "issued", "web", "place")
"""Fields of a document that are no elements of its front matter."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A document, and what of the edits is not in it."""

    document: Document
    conflicts: tuple[Conflict, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()


def merge(
    base: Document,
    ours: Document,
    theirs: Document,
    grain: Grain,
    marks: tuple[Bookmarks, Bookmarks] = ({}, {}),
) -> Merged:
    """`ours` with what differs between `base` and `theirs`; where both differ, `ours` stays.

    `merge(base, base, theirs, …).document == theirs`, `merge(base, ours, base, …).document ==
    ours`, and where no edit is near one of the other, the order does not matter. `marks` are those
    of `base` and `theirs`: a block with the same bookmark in both is the same, whatever it says.
    """
    three = Three(base, ours, theirs)
    merging = Merging(grain, Names((ours, theirs, base)))
    parts = Parts(merging, Three(marks[0], {}, marks[1]).across(three, _marks_of_texts))
    names = [name for name in _names(ours) if name not in _APART]
    web = three.of("web")
    made = replace(
        ours,
        body=parts.text(three.of("body")),
        issued=parts.all(three.of("issued")),
        web=replace(
            ours.web, **merged_fields(merging, _key, web, [f.name for f in fields(web.ours)])
        ),
        **merged_fields(merging, _key, three, names),
    )
    return Merged(made, tuple(merging.conflicts), tuple(merging.not_taken))


def _names(holder: Document | WebRecord) -> list[str]:
    return [field.name for field in fields(holder) if field.compare]


def _marks_of_texts(marks: Bookmarks, document: Document) -> dict[int, dict[int, str]]:
    """The bookmarks of blocks by their index, for the identity of each text."""
    proses = document.proses
    made: dict[int, dict[int, str]] = {}
    for (text, block), name in marks.items():
        if text < len(proses):
            made.setdefault(id(proses[text]), {})[block] = name
    return made


def _key(field: str) -> Naming:
    """Where a key of the front matter is found: by its name."""
    return lambda: NAMES.get(field, field)
