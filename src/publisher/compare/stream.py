"""What both sides have → everything of both in the order of the stream: the old first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from publisher.changes import AlignedBlock, AlignedColumn, AlignedPart, AlignedRow, Both, Op

_Item = TypeVar("_Item")
_Aligned = TypeVar("_Aligned", AlignedBlock, AlignedColumn, AlignedPart, AlignedRow)


def walk(
    sides: Both[Sequence[_Item]], anchors: Iterable[Both[int | None]]
) -> Iterator[Both[_Item | None]]:
    """All that both sides hold: each anchor, and before it what one side has alone.

    Anchors are places that rise on both sides; one side may have none, where several became one.
    """
    old = new = 0
    end = Both[int | None](*sides.map(len))
    for anchor in (*anchors, end):
        old_end = old if anchor.old is None else anchor.old
        new_end = new if anchor.new is None else anchor.new
        yield from (Both(item, None) for item in sides.old[old:old_end])
        yield from (Both(None, item) for item in sides.new[new:new_end])
        if anchor is not end:
            yield Both(
                None if anchor.old is None else sides.old[anchor.old],
                None if anchor.new is None else sides.new[anchor.new],
            )
        old = old_end + (anchor.old is not None)
        new = new_end + (anchor.new is not None)


def old_first(items: Iterable[_Aligned]) -> Iterator[_Aligned]:
    """In the order of the stream: between what both sides have, the old stands first."""
    there = list(items)
    yield from (there[at] for at in old_first_order([item.status.op for item in there]))


def old_first_order(ops: list[Op]) -> list[int]:
    """The places of things on these sides, in the order of the stream."""
    order: list[int] = []
    for is_equal, alike in groupby(range(len(ops)), lambda at: ops[at] is Op.EQUAL):
        places = list(alike)
        order += places if is_equal else sorted(places, key=lambda at: ops[at] is Op.INSERTED)
    return order
