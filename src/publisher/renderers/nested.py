"""Blocks in order → the lists that their items make, each item with what belongs to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.model import NumberedItem, SetParagraph
from publisher.setting.composition import ComposedBlock, ComposedNames

SetInOrder = ComposedBlock | ComposedNames


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


def _is_item(composed: SetInOrder) -> bool:
    return isinstance(composed.block, NumberedItem)


def _depth(composed: SetInOrder) -> int:
    """Of the item that it is, or is part of; 0 outside items."""
    block = composed.block
    return block.depth if isinstance(block, NumberedItem | SetParagraph) else 0
