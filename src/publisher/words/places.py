"""Printed words and the lines that they were typed on → the place of each character."""

from __future__ import annotations

from publisher.latest import keeps_latest
from publisher.model import Block, Heading, Paragraph, Place, SourceLines, plain


def place_in(block: Heading | Paragraph, offset: int) -> Place:
    """Where the character of `plain(block.content)` so far from its start was typed."""
    places = _places_in(block)
    return places[offset] if offset < len(places) else block.place


@keeps_latest  # they are mostly asked for one after another
def _places_in(block: Block) -> list[Place]:
    """The places of all characters of a block."""
    return places_of(plain(block.content), block.lines, block.place)


_TYPED_AS = {" ": " \n", "；": "；;\n"}
"""A blank may join two lines; a line end or ; may part what stands in one cell."""


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
    found = start
    for character in words:
        wanted = _TYPED_AS.get(character, character)
        found = next((place for one, place in typed if one in wanted), found)
        places.append(found)
    return places
