"""A tagged PDF → the order in which its pieces are read, and what is said of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

Spot = tuple[int, int]
"""The number of a page, from 0, and that of a piece of its content."""


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """The pieces of a document as they are read."""

    ranks: dict[Spot, int]
    said: dict[Spot, str]
    """Of figures, by the first piece of each."""


def reading_order(file: pikepdf.Pdf) -> ReadingOrder:
    """The order of all pieces that a tag holds."""
    pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    ranks: dict[Spot, int] = {}
    said: dict[Spot, str] = {}
    figures = set[str]()
    for spot, words in _pieces(file.Root.StructTreeRoot, pages, None, ""):
        ranks.setdefault(spot, len(ranks))
        if words and words not in figures:
            figures.add(words)
            said[spot] = words
    return ReadingOrder(ranks, said)


def _pieces(
    root: Any, pages: dict[tuple[int, int], int], page: int | None, words: str
) -> Iterator[tuple[Spot, str]]:
    """The pieces below a tag, each with the words of the figure that holds it.

    Trees are deep where lists lie in lists: what is still to be read is kept, not called for.
    """
    waiting: list[tuple[Any, int | None, str]] = [(root, page, words)]
    while waiting:
        tag, page, words = waiting.pop()
        if isinstance(tag, int):
            if page is not None:
                yield (page, tag), words
            continue
        if "/Pg" in tag:
            page = pages.get(tag.Pg.objgen, page)
        if "/MCID" in tag:
            if page is not None and "/Stm" not in tag:
                yield (page, int(tag.MCID)), words
            continue
        if tag.get("/S") == "/Figure":
            words = str(tag.get("/Alt", ""))
        kids = tag.get("/K", ())
        inner = list(kids) if _is_array(kids) else [kids]
        waiting += [(kid, page, words) for kid in reversed(inner)]


def _is_array(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Array | tuple)
