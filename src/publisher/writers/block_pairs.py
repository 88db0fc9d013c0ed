"""Blocks of two versions of a text → which of them stand for one another."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from publisher.model import Block, Picture, Table, plain

Extent = tuple[int, int]
"""From which to which of several, the last not included."""

_LIKE = 0.3
"""How much of their words two blocks share at least, of which the one became the other."""


def said(block: Block) -> tuple[object, ...]:
    """All that a block says, what only its author reads too."""
    if isinstance(block, Table):
        return (block, block.reconciled, tuple(row.clause for row in block.rows))
    return (block,)


def block_pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Which block stands for which: the same, and those between them that are alike."""
    sides = [[said(block) for block in side] for side in (old, new)]
    made: list[tuple[int, int]] = []
    for kind, i, j, k, m in SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes():
        if kind == "equal":
            made += zip(range(i, j), range(k, m), strict=True)
        elif kind == "replace":
            made += _alike(old, new, (i, j), (k, m))
    return made


def _alike(
    old: Sequence[Block], new: Sequence[Block], before: Extent, after: Extent
) -> list[tuple[int, int]]:
    made = []
    at = before[0]
    is_even = before[1] - before[0] == after[1] - after[0]
    for to in range(*after):
        for n in range(at, before[1]):
            is_fit = is_even and n - before[0] == to - after[0]
            if _may_be(old[n], new[to]) and (is_fit or _likeness(old[n], new[to]) >= _LIKE):
                made.append((n, to))
                at = n + 1
                break
    return made


def _may_be(old: Block, new: Block) -> bool:
    is_same_type = type(old) is type(new)
    depths = [(getattr(each, "depth", 0), getattr(each, "begins_anew", 0)) for each in (old, new)]
    return is_same_type and depths[0] == depths[1]


def _likeness(old: Block, new: Block) -> float:
    if isinstance(old, Table | Picture):
        return 1.0
    return SequenceMatcher(None, plain(old.content), plain(new.content)).quick_ratio()
