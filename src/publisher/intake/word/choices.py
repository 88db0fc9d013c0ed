"""An element that is written twice, for old programs and for new → the branch that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.intake.word.names import MC, WPS, A, V, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_SEEN = (f"{W}t", f"{W}p", f"{W}r", f"{W}tbl", f"{A}blip", f"{WPS}wsp", f"{V}imagedata")


def branches(element: _Element) -> Iterator[_Element]:
    """The branch of `mc:AlternateContent` that is read: one, and no other.

    The first with anything in it that can be read; else the last, which every program knows.
    """
    chosen = None
    for branch in element.iterchildren(f"{MC}Choice", f"{MC}Fallback"):
        chosen = branch
        if next(branch.iter(*_SEEN, "{*}chart", "{*}relIds"), None) is not None:
            break
    if chosen is not None:
        yield chosen


def children(element: _Element) -> Iterator[_Element]:
    """The children of an element, of each that is written twice the branch that counts."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            for branch in branches(child):
                yield from children(branch)
        else:
            yield child
