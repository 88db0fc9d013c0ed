"""The blocks of a text → the same with their items in lists, as HTML has them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.model import NumberedItem, SetBlock, SetParagraph


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items of a depth one after another."""

    entries: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item, and what stands in it: its further paragraphs, and the items below it."""

    item: NumberedItem
    below: tuple[SetParagraph | ItemList, ...]


def in_lists(blocks: Iterable[SetBlock]) -> Iterator[SetBlock | ItemList]:
    """Blocks in order; a paragraph that belongs to no item ends a list."""
    waiting = deque(blocks)
    while waiting:
        if isinstance(waiting[0], NumberedItem):
            yield ItemList(tuple(_entries(waiting)))
        else:
            yield waiting.popleft()


def _entries(waiting: deque[SetBlock]) -> Iterator[ListedItem]:
    """The items that come first and are as deep as the first of them."""
    depth = 0
    while waiting and isinstance(item := waiting[0], NumberedItem) and item.depth >= depth:
        depth = item.depth
        waiting.popleft()
        yield ListedItem(item, tuple(_below(waiting, depth)))


def _below(waiting: deque[SetBlock], depth: int) -> Iterator[SetParagraph | ItemList]:
    while waiting:
        match waiting[0]:
            case SetParagraph(depth=own) as paragraph if own >= depth:
                waiting.popleft()
                yield paragraph
            case NumberedItem(depth=own) if own > depth:
                yield ItemList(tuple(_entries(waiting)))
            case _:
                return
