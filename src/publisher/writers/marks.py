"""Blocks of a text → how far each is set in, and the number before each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.model import Block, Heading, Item, Paragraph


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands before the first word of each block."""

    depths: tuple[int, ...]
    """How many items each is set in below."""
    numbers: tuple[int, ...]
    """Of items; 1 of all else."""

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Marks:
        """The marks of the blocks of a text."""
        return cls(_depths(blocks), _numbers(blocks))

    def depth_at(self, index: int) -> int:
        """Below how many items a block is set in."""
        return self.depths[index]

    def mark_at(self, index: int) -> int:
        """The number before an item."""
        return self.numbers[index]


def _depths(blocks: Sequence[Block]) -> tuple[int, ...]:
    """What is of no item itself is set in as what follows it asks, or its items would end there."""
    asked = 0
    backwards = []
    for block in reversed(blocks):
        match block:
            case Heading():
                asked = depth = 0
            case Item():
                asked = depth = block.depth - 1
            case Paragraph():
                asked = depth = block.depth
            case _:
                depth = asked
        backwards.append(depth)
    return tuple(reversed(backwards))


def _numbers(blocks: Sequence[Block]) -> tuple[int, ...]:
    """`1.` for all, but for a text in which a number begins anew: that only counted ones show."""
    counts: list[int] = []
    made = []
    is_counted = any(isinstance(block, Item) and block.begins_anew for block in blocks)
    for block in blocks:
        if isinstance(block, Heading):
            counts.clear()
        number = 1
        if isinstance(block, Item) and is_counted:
            del counts[block.depth :]
            counts += [0] * (block.depth - len(counts))
            counts[-1] = number = 1 if block.begins_anew else counts[-1] + 1
        made.append(number)
    return tuple(made)
