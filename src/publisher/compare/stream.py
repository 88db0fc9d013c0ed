"""What is aligned, in any order → in that of the stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from publisher.changes import AlignedBlock, AlignedColumn, AlignedPart, AlignedRow, Op

_Aligned = TypeVar("_Aligned", AlignedBlock, AlignedColumn, AlignedPart, AlignedRow)


def old_first(several: Iterable[_Aligned]) -> Iterator[_Aligned]:
    """In the order of the stream: between what both sides have, the old stands first."""
    there = list(several)
    yield from (there[at] for at in old_first_order([one.status.op for one in there]))


def old_first_order(ops: list[Op]) -> list[int]:
    """The places of things on these sides, in the order of the stream."""
    order: list[int] = []
    for is_equal, alike in groupby(range(len(ops)), lambda at: ops[at] is Op.EQUAL):
        several = list(alike)
        order += several if is_equal else sorted(several, key=lambda at: ops[at] is Op.INSERTED)
    return order
