"""A text and its sentences → from which to which sentence each heading and item reaches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from publisher.model import Block, Heading, Item, NameList, Prose, Sentence


def extents(text: Prose, sentences: Sequence[Sentence]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For the index of each heading and item, where its sentences and those below it are."""
    blocks = [sentence.block for sentence in sentences]
    unended: list[tuple[tuple[bool, int], int]] = []
    for index, block in enumerate(text.blocks):
        while unended and unended[-1][0] >= _rank(block):
            yield _extent(unended.pop()[1], index, blocks)
        if isinstance(block, Heading | Item):
            unended.append((_rank(block), index))
    for _, clause in unended:
        yield _extent(clause, len(text.blocks), blocks)


def _rank(block: Block) -> tuple[bool, int]:
    """A block ends what ranks as high; paragraphs end the items that they are no part of."""
    match block:
        case Heading():
            return False, block.level
        case Item():
            return True, block.depth
        case NameList():
            return True, 1
        case _:
            return True, block.depth + 1


def _extent(clause: int, end: int, blocks: list[int]) -> tuple[int, tuple[int, int]]:
    return clause, (bisect_left(blocks, clause), bisect_left(blocks, end))
