"""Printed words and the lines that they were typed on → the place of each character."""

from __future__ import annotations

from publisher.latest import keeps_latest
from publisher.model import Block, Place, SourceLines, plain


def place_in(block: Block, offset: int) -> Place:
    """Where the character of `plain(block.content)` so far from its start was typed."""
    places = _places_in(block)
    return places[offset] if offset < len(places) else block.place


@keeps_latest  # they are mostly asked for one after another
def _places_in(block: Block) -> list[Place]:
    """The places of all characters of a block."""
    return places_of(plain(block.content), block.lines, block.place)


_TYPED_AS = {" ": " \n", "；": "；;\n", "：": "：:\n", "\u3000": "\u3000 \t\n"}
"""A blank may join two lines, a line end or ; part what stands in one cell; the colon of a label
and the wide blank behind a name need not be typed."""


def places_of(words: str, lines: SourceLines, start: Place) -> list[Place]:
    """Where each character of printed words was typed; `start` where no line holds it.

    Markup is typed and not printed, so the characters are found one after another in the lines.
    """
    typed = (
        (character, place.after(column))
        for line, place in lines
        for column, character in enumerate(line + "\n")
    )
    places = []
    place = start
    for character in words:
        wanted = _TYPED_AS.get(character, character)
        place = next((there for written, there in typed if written in wanted), place)
        places.append(place)
    return places
