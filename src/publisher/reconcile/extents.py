"""A text and its sentences → from which to which sentence each of its clauses reaches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from publisher.model import Heading, Item, Paragraph, Prose, Sentence
from publisher.words.numbering import numbers


def extents(text: Prose, sentences: Sequence[Sentence]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For the index of each heading and item, where its sentences and those below it begin and end.

    What stands outside of items ends them.
    """
    blocks = [sentence.block for sentence in sentences]
    for index, end in clauses(text):
        yield index, (bisect_left(blocks, index), bisect_left(blocks, end))


def clauses(text: Prose) -> Iterator[tuple[int, int]]:
    """The index of each heading and item, and of the first block that is not below it."""
    levels = {index: number.level for index, number in numbers(text)}
    unended: list[tuple[int, int]] = []
    for index in range(len(text.blocks)):
        while unended and not _stands_below(text, index, levels, unended[-1][1]):
            yield unended.pop()[1], index
        if index in levels:
            unended.append((levels[index], index))
    for _, index in unended:
        yield index, len(text.blocks)


def _stands_below(text: Prose, index: int, levels: dict[int, int], clause: int) -> bool:
    """Whether a block belongs to a heading or item above it, or to one below that."""
    block, above = text.blocks[index], text.blocks[clause]
    if index in levels:
        return levels[index] > levels[clause]
    if isinstance(above, Item):
        return isinstance(block, Paragraph) and block.depth >= above.depth
    return isinstance(above, Heading)


def clauses_of_blocks(text: Prose) -> tuple[int | None, ...]:
    """For each block the index of the nearest heading or item that it is, or stands below."""
    nearest: list[int | None] = [None] * len(text.blocks)
    for index, end in sorted(clauses(text)):
        nearest[index:end] = [index] * (end - index)
    return tuple(nearest)
