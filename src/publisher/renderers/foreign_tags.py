"""Tags of an attached PDF → a part of ours: its headings below our own, its names made unique."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.foreign.pages import (
    AttributeValue,
    ForeignContent,
    ForeignPdf,
    ForeignTag,
)
from publisher.renderers.foreign_places import box_on
from publisher.renderers.pdf_tags import Attributes, Kid, LinkPlace, MarkedContent, PdfTag

if TYPE_CHECKING:
    import pikepdf

_SIDES = 4
"""Of a box."""
_LOWEST = 6
"""Level of headings: there are no lower ones (ISO 32000-1 14.8.4.3.2)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a PDF's pages in ours."""

    numbers: tuple[int, ...]
    """Of our pages, from 0, in the order of theirs."""
    first_key: int
    """Under which the first of its pages is kept in the index of tags."""
    streams: Container[int]
    """The keys of all drawings that are there."""
    places: tuple[pikepdf.Matrix, ...]
    links: tuple[LinkPlace, ...]
    pieces: tuple[MarkedContent | None, ...]
    """Whole pages, where no tags tell what is in them."""


def foreign_part(pdf: ForeignPdf, taken: Taken, level: int) -> PdfTag:
    """A part that holds all tags of a PDF; of one without tags, each page as it is drawn.

    The first heading stands one level below `level`, and none skips a level (ISO 14289-1 7.4.2).
    """
    words = {"Lang": pdf.language} if pdf.language else {}
    kids: list[Kid]
    if pdf.is_tagged:
        kids = list(_Grafter(pdf, taken, level).kids())
    else:
        kids = [PdfTag("Div", (PdfTag("Span", (piece,)),)) for piece in taken.pieces if piece]
    everything = (kid for top in pdf.tags for tag in top.all() for kid in tag.kids)
    held = {kid for kid in everything if isinstance(kid, int)}
    loose = (link for number, link in enumerate(taken.links) if number not in held)
    kids += [PdfTag("Link", (link,)) for link in loose]
    return PdfTag("Part", tuple(kids), words=words)


_HEADING = re.compile(r"H([1-6])?")


class _Grafter:
    """Makes tags of ours of those of one PDF, in reading order."""

    def __init__(self, pdf: ForeignPdf, taken: Taken, level: int) -> None:
        self._pdf, self._taken, self._level = pdf, taken, level
        self._prefix = f"f{taken.numbers[0] + 1}-"
        names = {tag.identifier for top in pdf.tags for tag in top.all() if tag.identifier}
        self._names = names
        self._used: set[str] = set()
        self._above: list[int] = []
        """The levels, as the PDF has them, of the headings that stand above what follows."""

    def kids(self) -> Iterator[Kid]:
        """All of it; a tag for the whole document says no more than the part does."""
        for top in self._pdf.tags:
            for tag in self._tag(top, 0):
                yield from tag.kids if top.name == "Document" and not tag.words else (tag,)

    def _tag(self, tag: ForeignTag, depth: int) -> Iterator[PdfTag]:
        """The tag; none where all that it held is not drawn."""
        name = self._name(tag, depth)
        depth += any(isinstance(kid, ForeignTag) and kid.name == "H" for kid in tag.kids)
        kids = tuple(made for kid in tag.kids for made in self._kid(kid, tag, depth))
        if tag.kids and not kids:
            return
        made = PdfTag(
            name,
            kids,
            words=dict(tag.words),
            attributes=self._attributes(tag),
            identifier=self._identifier(tag),
        )
        if name == "Link" and not any(isinstance(kid, LinkPlace) for kid in kids):
            made = replace(made, name="Span")  # what it leads to is left out
        yield made

    def _kid(
        self, kid: ForeignTag | ForeignContent | int, holder: ForeignTag, depth: int
    ) -> Iterator[Kid]:
        if isinstance(kid, ForeignTag):
            yield from self._tag(kid, depth)
        elif isinstance(kid, int):
            link = self._taken.links[kid]
            yield link if holder.name == "Link" else PdfTag("Link", (link,))
        else:
            key = self._taken.first_key + kid.stream
            if key in self._taken.streams:
                yield MarkedContent(self._taken.numbers[kid.page], kid.number, key)

    # -- headings

    def _name(self, tag: ForeignTag, depth: int) -> str:
        match = _HEADING.fullmatch(tag.name)
        if not match:
            return "Part" if tag.name == "Document" else tag.name
        level = int(match[1]) if match[1] else max(depth, 1)
        while self._above and self._above[-1] >= level:
            self._above.pop()
        self._above.append(level)
        return f"H{min(self._level + len(self._above), _LOWEST)}"

    # -- names

    def _identifier(self, tag: ForeignTag) -> str:
        """Its own, or that of a note that has none; another one where it is used twice."""
        name = tag.identifier
        if not name or name in self._used:
            return ""
        self._used.add(name)
        return self._prefix + name

    def _attributes(self, tag: ForeignTag) -> Attributes:
        made = {owner: dict(values) for owner, values in tag.attributes.items()}
        table, layout = made.get("Table", {}), made.get("Layout", {})
        if isinstance(headers := table.get("Headers"), tuple):
            named = (str(name) for name in headers if name in self._names)
            table["Headers"] = tuple(self._prefix + name for name in named)
        if "BBox" in layout:
            box = self._box(tag, layout.pop("BBox"))
            layout |= {"BBox": box} if box else {}
        return {owner: values for owner, values in made.items() if values}

    def _box(self, tag: ForeignTag, box: AttributeValue) -> AttributeValue:
        page = tag.page
        if page is None:
            pieces = (kid for below in tag.all() for kid in below.kids)
            page = next((kid.page for kid in pieces if isinstance(kid, ForeignContent)), None)
        given = box if isinstance(box, tuple) else ()
        sides = [side for side in given if isinstance(side, int | float)]
        if page is None or len(sides) != _SIDES:
            return ()
        return box_on(self._taken.places[page], sides)
