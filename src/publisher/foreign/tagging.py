"""The tags of a PDF that others made → tags of standard types, as plain values.

Types of its own are taken as what its role map says that they are, types of PDF 2.0 as the nearest
of ISO 32000-1 14.8.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publisher.files import Unreadable
from publisher.foreign.attributes import attributes_of
from publisher.foreign.drawn import Drawn
from publisher.foreign.objects import each, inner
from publisher.foreign.pages import AttributeValue, ForeignContent, ForeignTag, NameValue

_GROUPS = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
    *("NonStruct", "Private", "L", "LI", "Table", "TR", "THead", "TBody", "TFoot"),
}
_HOLD_WORDS = {
    *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Span", "Quote"),
    *("Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP"),
    *("Warichu", "WT", "WP", "Figure", "Formula", "Form"),
}
STANDARD = _GROUPS | _HOLD_WORDS
_OF_LATER = {
    **{"DocumentFragment": "Part", "Aside": "Sect", "Title": "P", "FENote": "Note", "Sub": "Span"},
    **{"Em": "Span", "Strong": "Span"},
}
_SAYS = {"/Alt", "/ActualText", "/E", "/Lang", "/T"}
_CELLS = ("TH", "TD")
_PICTURES = ("Figure", "Formula")
_MOST_TAGS, _DEEPEST, _MOST_ROLES = 200_000, 60, 16
_LONGEST = 20_000
"""Characters of what is said of a tag."""

_Number = tuple[int, int]
"""By which an object is known in its file."""


@dataclass(slots=True)
class Held:
    """What tags can hold, by their numbers in the file; and what came of it."""

    pages: dict[_Number, int]
    links: dict[_Number, int]
    drawn: dict[_Number, Drawn]
    streams: dict[_Number, int] = field(default_factory=dict)
    """Drawings that are used by pages and hold tagged pieces: under which number each is kept."""
    held_links: set[int] = field(default_factory=set)
    held_drawn: set[_Number] = field(default_factory=set)
    keeps_rules: bool = True
    """Whether nothing had to be bent, and each picture says what it shows."""


def tags_of(pdf: Pdf, held: Held) -> tuple[ForeignTag, ...]:
    """The tags of a PDF; none where it has none, or where they cannot be read."""
    root = pdf.Root.get("/StructTreeRoot")
    marked = inner(pdf.Root, "/MarkInfo").get("/Marked", False)
    if not isinstance(root, Dictionary) or not marked:
        return ()
    try:
        kids = tuple(_TagReader(root, held).below(root, None, 0))
    except Unreadable:
        return ()
    tags = tuple(kid for kid in kids if isinstance(kid, ForeignTag))
    return tags if any(_has_content(tag) for tag in tags) else ()


def _has_content(tag: ForeignTag) -> bool:
    return any(isinstance(kid, ForeignContent) for below in tag.all() for kid in below.kids)


class _TagReader:
    """Reads a tree, each tag and each piece of content once; Unreadable where it has no end."""

    def __init__(self, root: Any, held: Held) -> None:
        self._held = held
        self._roles, self._classes = inner(root, "/RoleMap"), inner(root, "/ClassMap")
        self._seen: set[_Number] = set()
        self._pieces: set[ForeignContent] = set()

    def below(
        self, element: Any, page: int | None, depth: int
    ) -> Iterator[ForeignTag | ForeignContent | int]:
        """What an element holds; `page` is the one that it names."""
        for kid in each(element.get("/K")):
            yield from self._kid(kid, page, depth)

    def _kid(
        self, kid: Any, page: int | None, depth: int
    ) -> Iterator[ForeignTag | ForeignContent | int]:
        if isinstance(kid, int):
            yield from self._piece(page, None, kid)
        elif isinstance(kid, Dictionary):
            own = self._page_of(kid, page)
            if "/S" in kid:
                yield from self._tag(kid, own, depth + 1)
            elif "/MCID" in kid:
                yield from self._piece(own, kid.get("/Stm"), int(kid.MCID))
            elif "/Obj" in kid:
                yield from self._object(kid.Obj)

    def _page_of(self, thing: Any, inherited: int | None) -> int | None:
        page = thing.get("/Pg")
        return self._held.pages.get(page.objgen) if isinstance(page, Dictionary) else inherited

    def _piece(self, page: int | None, stream: Any, number: int) -> Iterator[ForeignContent]:
        if page is None:
            return
        key = page
        if isinstance(stream, Stream):
            streams = self._held.streams
            key = streams.setdefault(stream.objgen, len(self._held.pages) + len(streams))
        piece = ForeignContent(page, key, number)
        if piece not in self._pieces and 0 <= number < _MOST_TAGS:
            self._pieces.add(piece)
            yield piece

    def _object(self, thing: Any) -> Iterator[ForeignContent | int]:
        held, number = self._held, thing.objgen
        if number in held.links and held.links[number] not in held.held_links:
            held.held_links.add(held.links[number])
            yield held.links[number]
        elif number in held.drawn and number not in held.held_drawn:
            held.held_drawn.add(number)
            yield held.drawn[number].content

    def _tag(self, element: Any, page: int | None, depth: int) -> Iterator[ForeignTag]:
        if depth > _DEEPEST or len(self._seen) > _MOST_TAGS:
            raise Unreadable("标签太多，或层层相套")
        if element.objgen in self._seen and element.is_indirect:
            return
        self._seen.add(element.objgen if element.is_indirect else (-len(self._seen), 0))
        kids = tuple(self.below(element, page, depth))
        name = self._name(element, kids)
        if not kids and name not in (*_CELLS, "TR"):
            return
        tag = ForeignTag(
            name,
            kids,
            page,
            words=dict(_words(element)),
            attributes=attributes_of(element, self._classes),
            identifier=_text(element.get("/ID")),
        )
        yield self._checked(self._as_field(tag, element))

    def _name(self, element: Any, kids: tuple[object, ...]) -> str:
        """The standard type of an element (14.8.4)."""
        role = element.S
        for _ in range(_MOST_ROLES):
            name = str(role)[1:]
            name = _OF_LATER.get(name, name)
            if name in STANDARD:
                return name
            if _is_deep_heading(name):
                return "H6"
            role = self._role(element, role)
            if role is None:
                break
        self._held.keeps_rules = False
        return "Div" if kids and all(isinstance(kid, ForeignTag) for kid in kids) else "Span"

    def _role(self, element: Any, role: Name) -> Name | None:
        """What the map of its namespace, or that of the file, takes a type for."""
        space = inner(inner(element, "/NS"), "/RoleMapNS").get(str(role))
        if isinstance(space, Array) and len(space):
            space = space[0]
        wanted = space if isinstance(space, Name) else self._roles.get(str(role))
        return wanted if isinstance(wanted, Name) and wanted != role else None

    def _as_field(self, tag: ForeignTag, element: Any) -> ForeignTag:
        """A field as what it is without its form: its value, and what it is for (14.8.5.6)."""
        kids = [kid for kid in each(element.get("/K")) if isinstance(kid, Dictionary)]
        objects = [kid.get("/Obj") for kid in kids]
        drawn = [self._held.drawn.get(thing.objgen) for thing in objects if thing is not None]
        field_drawn = next((shown for shown in drawn if shown and shown.role), None)
        if tag.name != "Form" or not field_drawn:
            return tag
        made: dict[str, AttributeValue] = {"Role": NameValue(field_drawn.role)}
        made |= {"Desc": field_drawn.words} if field_drawn.words else {}
        made |= tag.attributes.get("PrintField", {})
        return replace(tag, attributes=tag.attributes | {"PrintField": made})

    def _checked(self, tag: ForeignTag) -> ForeignTag:
        """The tag; what it lacks is noted."""
        if tag.name in _PICTURES and not tag.words.keys() & {"Alt", "ActualText"}:
            self._held.keeps_rules = False
        if tag.name == "Note" and not tag.identifier:
            self._held.keeps_rules = False
        return tag


def _is_deep_heading(name: str) -> bool:
    return name[:1] == "H" and name[1:].isdecimal()


def _words(element: Any) -> Iterator[tuple[str, str]]:
    for key in sorted(_SAYS):
        words = _text(element.get(key))
        if words:
            yield key[1:], words


def _text(value: Any) -> str:
    return str(value)[:_LONGEST] if isinstance(value, String) else ""
