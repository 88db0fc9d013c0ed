"""A document as it was printed and as it came back → its attached tables, turned as they were.

Which way a table stands follows from its cells where nobody asks for a way: those were edited, and
the pages were not turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.model import Document, Orientation
from publisher.setting.editions import edition_of
from publisher.takeback.portions import attachments_of
from publisher.takeback.replacing import counterparts, with_table


def turned_as_before(was: Document, now: Document) -> Document:
    """The document without a way of its tables that nobody asked for."""
    pairs = [
        (before, after)
        for before, after in counterparts(was, now)
        if after.orientation and not before.orientation
    ]
    printed = dict(_printed(was)) if pairs else {}
    for before, after in pairs:
        if printed.get(id(before)) is after.orientation:
            now = with_table(now, after, replace(after, orientation=None))
    return now


def _printed(document: Document) -> Iterator[tuple[int, Orientation]]:
    """The way that each attached table stands, by its identity."""
    for table, made in zip(attachments_of(document), edition_of(document).attachments, strict=True):
        yield id(table), made.orientation
