"""A text and its sentences → from which to which sentence each of its headings reaches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from publisher.model import Heading, Prose, Sentence


def extents(text: Prose, found: Sequence[Sentence]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For the index of each heading, where its sentences and those below it begin and end."""
    blocks = [one.block for one in found]
    unended: list[tuple[int, int]] = []
    for index, block in enumerate(text.blocks):
        if isinstance(block, Heading):
            while unended and unended[-1][0] >= block.level:
                yield _extent(unended.pop()[1], index, blocks)
            unended.append((block.level, index))
    for _, heading in unended:
        yield _extent(heading, len(text.blocks), blocks)


def _extent(heading: int, end: int, blocks: list[int]) -> tuple[int, tuple[int, int]]:
    return heading, (bisect_left(blocks, heading), bisect_left(blocks, end))
