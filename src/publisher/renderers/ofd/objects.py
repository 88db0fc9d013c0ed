"""What a page shows → the objects of an OFD page, and which of them hold words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from publisher.matrices import IDENTITY
from publisher.renderers.ofd.drawn import (
    UNSEEN,
    ClipPath,
    Commands,
    DrawnFigure,
    DrawnGlyph,
    DrawnPicture,
    DrawnShape,
    DrawnText,
    DrawnThing,
    Ink,
    Pen,
    PlacedPage,
    Ranked,
)
from publisher.renderers.ofd.faces import EmbeddedFace
from publisher.renderers.ofd.markup import (
    FINE,
    box,
    clean,
    element,
    matrix,
    number,
    root,
    thousandths,
)
from publisher.renderers.ofd.places import Edges
from publisher.renderers.ofd.telling import PageLink, TaggedObject

_CAPS = ("Butt", "Round", "Square")
_JOINS = ("Miter", "Round", "Bevel")
_OPAQUE = 255
_EVEN_ODD = ' Rule="Even-Odd"'


@dataclass(frozen=True, slots=True)
class ResourceShelf:
    """What objects of all pages refer to, by identifiers that no two things share."""

    new: Callable[[], int]
    """The next identifier."""
    faces: Mapping[str, EmbeddedFace]
    media: Mapping[str, int]
    """The identifiers of pictures."""
    fonts: dict[str, int] = field(default_factory=dict)
    """Those of fonts that are used."""

    def font(self, key: str) -> int:
        """The identifier of a font."""
        if key not in self.fonts:
            self.fonts[key] = self.new()
        return self.fonts[key]


class PageWriter:
    """Writes the objects of one page."""

    def __init__(
        self,
        page: int,
        ranks: Mapping[int, int],
        links: Mapping[PageLink, str],
        shelf: ResourceShelf,
    ) -> None:
        self.held: list[tuple[int, TaggedObject]] = []
        """What holds words, by its rank in the order of reading."""
        self._page, self._ranks, self._shelf = page, ranks, shelf
        self._links, self._followed = links, set[PageLink]()

    def write(self, page: PlacedPage) -> str:
        """The page; its words stand as they are read, lines and areas below them."""
        layers = {
            "Background": list[Ranked](),
            "Body": list[Ranked](),
            "Foreground": list[Ranked](),
        }
        for ranked in page.things:
            layers[self._layer(ranked)].append(ranked)
        layers["Body"].sort(key=lambda ranked: self._ranks[ranked.piece or 0])
        written = {kind: self._objects(things) for kind, things in layers.items()}
        written["Foreground"] += "".join(self._over(link) for link in self._links)
        content = "".join(
            f'<ofd:Layer ID="{self._shelf.new()}" Type="{kind}">{inner}</ofd:Layer>'
            for kind, inner in written.items()
            if inner
        )
        paper = f"0 0 {number(page.width)} {number(page.height)}"
        area = f"<ofd:Area><ofd:PhysicalBox>{paper}</ofd:PhysicalBox></ofd:Area>"
        return root("Page", area + (f"<ofd:Content>{content}</ofd:Content>" if content else ""))

    def _layer(self, ranked: Ranked) -> str:
        if isinstance(ranked.thing, DrawnShape):
            return "Background"
        return "Body" if ranked.piece in self._ranks else "Foreground"

    def _objects(self, things: Sequence[Ranked]) -> str:
        return "".join(part for ranked in things for part in self._ranked(ranked))

    def _ranked(self, ranked: Ranked) -> Iterator[str]:
        for identifier, words, written in self._thing(ranked.thing):
            if words and ranked.piece in self._ranks:
                held = TaggedObject(self._page, identifier, words)
                self.held.append((self._ranks[ranked.piece or 0], held))
            yield written

    def _thing(self, thing: DrawnThing, name: str = "") -> Iterator[tuple[int, str, str]]:
        """Each object with its identifier, its words, and how it is written."""
        new = self._shelf.new
        match thing:
            case DrawnText():
                for part in _parts(thing, self._shelf.faces[thing.font]):
                    identifier = new()
                    yield identifier, part.words, self._text(identifier, part)
            case DrawnShape():
                identifier = new()
                yield identifier, "", _shape(identifier, thing, name)
            case DrawnPicture():
                identifier = new()
                resource = self._shelf.media[thing.resource]
                yield identifier, "", _picture(identifier, thing, resource, name)
            case DrawnFigure():
                yield self._figure(thing)
            case _:
                assert_never(thing)

    def _figure(self, figure: DrawnFigure) -> tuple[int, str, str]:
        """All in a figure, as one block; what it shows is said of its first picture or shape."""
        identifier, name, inner, words = self._shelf.new(), figure.words, "", ""
        for thing in figure.things:
            is_named = not isinstance(thing, DrawnText)
            for _, said, written in self._thing(thing, name if is_named else ""):
                inner += written
                words += said
            name = "" if is_named else name
        return identifier, words, element("PageBlock", [f'ID="{identifier}"'], inner)

    # -- words

    def _text(self, identifier: int, text: DrawnText) -> str:
        edges, first = text.box, text.glyphs[0]
        font = self._shelf.font(text.font)
        attributes = [f'ID="{identifier}" Boundary="{box(edges)}"']
        attributes.append(f'Font="{font}" Size="{number(text.size)}"')
        x, y = first.x - edges.left, first.y - edges.top
        if text.matrix != IDENTITY:
            attributes.append(f'CTM="{matrix(text.matrix, x, y)}"')
            x = y = 0
        attributes += _inked(text)
        place = f'X="{number(x)}" Y="{number(y)}"{_deltas(text)}'
        code = f"<ofd:TextCode {place}>{escape(text.words)}</ofd:TextCode>"
        glyphs = _glyphs(text, self._shelf.faces[text.font])
        colors = _colors((("FillColor", text.fill), ("StrokeColor", _ink(text.pen))))
        before = self._leads(edges) + _clips(text.clips, edges)
        return element("TextObject", attributes, before + colors + glyphs + code)

    # -- links

    def _leads(self, edges: Edges) -> str:
        """Where words lead that are clicked."""
        for link, action in self._links.items():
            if link.box.holds_middle_of(edges):
                self._followed.add(link)
                return action
        return ""

    def _over(self, link: PageLink) -> str:
        """A place that is seen through and leads on, where no words are that do."""
        if link in self._followed:
            return ""
        edges = Edges(0, 0, link.box.width, link.box.height)
        path = " ".join(f"L {number(x)} {number(y)}" for x, y in edges.corners)
        data = f"<ofd:AbbreviatedData>M{path[1:]} C</ofd:AbbreviatedData>"
        place = f'ID="{self._shelf.new()}" Boundary="{box(link.box)}"'
        attributes = [place, 'Stroke="false" Fill="true"']
        unseen = _color("FillColor", UNSEEN)
        return element("PathObject", attributes, self._links[link] + unseen + data)


# -- words ------------------------------------------------------------------------------


def _parts(text: DrawnText, face: EmbeddedFace) -> Iterator[DrawnText]:
    """The text, in which a glyph that is not the font's own for its character stands apart."""
    run: list[DrawnGlyph] = []
    for glyph in text.glyphs:
        if face.glyphs.get(glyph.words) == glyph.glyph:
            run.append(glyph)
            continue
        if run:
            yield _of(text, run)
            run = []
        yield _of(text, [glyph])
    if run:
        yield _of(text, run)


def _of(text: DrawnText, glyphs: Sequence[DrawnGlyph]) -> DrawnText:
    return replace(text, glyphs=tuple(glyphs))


def _glyphs(text: DrawnText, face: EmbeddedFace) -> str:
    """Which glyph stands for the words, where the font has another for them, or none."""
    first = text.glyphs[0]
    if len(text.glyphs) > 1 or face.glyphs.get(first.words) == first.glyph:
        return ""
    count = len(first.words)
    return (
        f'<ofd:CGTransform CodePosition="0" CodeCount="{count}" GlyphCount="1">'
        f"<ofd:Glyphs>{first.glyph}</ofd:Glyphs></ofd:CGTransform>"
    )


def _deltas(text: DrawnText) -> str:
    """From each origin to the next, in such thousandths that no error adds up."""
    if len(text.glyphs) < 2:
        return ""
    first = text.glyphs[0]
    a, b = text.matrix[:2]
    lengths = [(glyph.x - first.x) * a + (glyph.y - first.y) * b for glyph in text.glyphs]
    norm = a * a + b * b
    spots = [round(length / norm * FINE) for length in lengths]
    steps = " ".join(thousandths(after - before) for before, after in pairwise(spots))
    return f' DeltaX="{steps}"'


# -- shapes and pictures ----------------------------------------------------------------


def _inked(text: DrawnText) -> Iterator[str]:
    if text.pen:
        yield f'Stroke="true" LineWidth="{number(text.pen.width)}"'
    if not text.fill:
        yield 'Fill="false"'


def _ink(pen: Pen | None) -> Ink | None:
    return pen.ink if pen else None


def _shape(identifier: int, shape: DrawnShape, name: str) -> str:
    edges, pen = shape.box, shape.pen
    attributes = [f'ID="{identifier}" Boundary="{box(edges)}"']
    attributes += _named(name)
    attributes += _pen(pen) if pen else ['Stroke="false"']
    if shape.fill:
        attributes.append(f'Fill="true"{_EVEN_ODD if shape.even_odd else ""}')
    data = f"<ofd:AbbreviatedData>{_path(shape.commands, edges)}</ofd:AbbreviatedData>"
    colors = _colors((("StrokeColor", _ink(pen)), ("FillColor", shape.fill)))
    return element("PathObject", attributes, _clips(shape.clips, edges) + colors + data)


def _named(name: str) -> Iterator[str]:
    if name:
        yield f"Name={quoteattr(clean(name))}"


def _pen(pen: Pen) -> Iterator[str]:
    yield f'LineWidth="{number(pen.width)}"'
    if pen.cap:
        yield f'Cap="{_CAPS[pen.cap]}"'
    if pen.join:
        yield f'Join="{_JOINS[pen.join]}"'
    if pen.dashes:
        lengths = " ".join(map(number, pen.dashes))
        yield f'DashPattern="{lengths}" DashOffset="{number(pen.dash_offset)}"'


def _picture(identifier: int, picture: DrawnPicture, resource: int, name: str) -> str:
    edges = picture.box
    a, b, c, d, e, f = picture.matrix
    placed = matrix((a, b, c, d, 0, 0), e - edges.left, f - edges.top)
    attributes = [f'ID="{identifier}" Boundary="{box(edges)}"']
    attributes.append(f'CTM="{placed}" ResourceID="{resource}"')
    attributes += _named(name)
    if picture.alpha < _OPAQUE:
        attributes.append(f'Alpha="{picture.alpha}"')
    return element("ImageObject", attributes, _clips(picture.clips, edges))


def _clips(clips: Sequence[ClipPath], edges: Edges) -> str:
    """What bounds an object, in places of the object itself."""
    whole = f"0 0 {number(edges.width)} {number(edges.height)}"
    areas = "".join(
        f'<ofd:Clip><ofd:Area><ofd:Path Boundary="{whole}" Stroke="false" Fill="true"'
        f"{_EVEN_ODD if clip.even_odd else ''}>"
        f"<ofd:AbbreviatedData>{_path(clip.commands, edges)}</ofd:AbbreviatedData></ofd:Path>"
        "</ofd:Area></ofd:Clip>"
        for clip in clips
    )
    return f"<ofd:Clips>{areas}</ofd:Clips>" if areas else ""


def _path(commands: Commands, edges: Edges) -> str:
    parts = []
    for name, spots in commands:
        parts.append(name)
        parts += [f"{number(x - edges.left)} {number(y - edges.top)}" for x, y in spots]
    return " ".join(parts)


def _colors(inks: Sequence[tuple[str, Ink | None]]) -> str:
    return "".join(_color(name, ink) for name, ink in inks if ink)


def _color(name: str, ink: Ink) -> str:
    alpha = f' Alpha="{ink.alpha}"' if ink.alpha < _OPAQUE else ""
    return f'<ofd:{name} Value="{" ".join(map(str, ink.color))}"{alpha}/>'
