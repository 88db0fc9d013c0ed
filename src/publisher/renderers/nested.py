"""Blocks in order → the lists that their items make, each item with what belongs to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.model import NumberedItem, SetBlock, SetParagraph
from publisher.setting.composition import ComposedBlock, ComposedNames

SetInOrder = ComposedBlock | ComposedNames | SetBlock
"""Composed for paper, or as it is written on a page."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item, and its further paragraphs and the items below it."""

    item: SetInOrder
    inner: tuple[Nested, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items that follow one another."""

    items: tuple[ListedItem, ...]


Nested = SetInOrder | ItemList


def nested(blocks: Iterable[SetInOrder]) -> Iterator[Nested]:
    """Blocks with their items in lists; a list ends at what belongs to none of its items."""
    rest = deque(blocks)
    while rest:
        yield ItemList(tuple(_items(rest))) if _is_item(rest[0]) else rest.popleft()


def _items(rest: deque[SetInOrder]) -> Iterator[ListedItem]:
    """The items at the begin of what is left, which they are taken from."""
    while rest and _is_item(rest[0]):
        item = rest.popleft()
        yield ListedItem(item, tuple(nested(_inner(rest, _depth(item)))))


def _inner(rest: deque[SetInOrder], depth: int) -> Iterator[SetInOrder]:
    """What belongs to an item of a depth, taken from what is left."""
    while rest and _depth(rest[0]) >= depth + _is_item(rest[0]):
        yield rest.popleft()


def _is_item(thing: SetInOrder) -> bool:
    return isinstance(_block(thing), NumberedItem)


def _depth(thing: SetInOrder) -> int:
    """Of the item that it is, or is part of; 0 outside items."""
    block = _block(thing)
    return block.depth if isinstance(block, NumberedItem | SetParagraph) else 0


def _block(thing: SetInOrder) -> SetBlock:
    return thing.block if isinstance(thing, ComposedBlock | ComposedNames) else thing
