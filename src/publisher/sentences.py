"""Paragraphs and headings → their sentences, and the place in the source of each character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.latest import keeps_latest
from publisher.model import Block, Heading, Paragraph, Place, SourceLines, plain

SENTENCE_ENDS = "。！？"
_SENTENCE = re.compile(f"[^{SENTENCE_ENDS}]*[{SENTENCE_ENDS}]+[”’）》」』]*|[^{SENTENCE_ENDS}]+$")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a longer text."""

    words: str
    start: int
    """How many characters of the text stand before it."""

    @property
    def end(self) -> int:
        """Where the rest of the text begins."""
        return self.start + len(self.words)


def spans(words: str) -> Iterator[Span]:
    """The sentences of a text with their stops; blanks around them left out, empty ones too.

    A closing quotation mark or bracket after a stop belongs to the sentence that it ends.
    """
    for match in _SENTENCE.finditer(words):
        sentence = match[0].strip()
        if sentence:
            yield Span(sentence, match.start() + match[0].index(sentence))


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


def sentences(block: Block) -> Iterator[Span]:
    """The sentences of a paragraph or heading."""
    return spans(plain(block.content))
