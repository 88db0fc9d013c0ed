"""The objects of an OFD page → glyphs, strokes and pictures where they stand, in points."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.inspect import thresholds
from publisher.inspect.colors import Color
from publisher.inspect.ofd.archive import damaged
from publisher.inspect.ofd.fonts import OfdFont, Reach
from publisher.inspect.ofd.resources import BLACK, OfdResources, local, named, text_of
from publisher.inspect.ofd.values import matrix_of, number, numbers, steps
from publisher.inspect.pages import (
    CORNERS,
    DASHES,
    EVERYWHERE,
    FAR,
    Allowance,
    Edges,
    Glyph,
    GlyphStyle,
    Page,
    Spot,
    ThinFigure,
    Turn,
    around,
    from_above,
    joined,
    scale,
    thin,
    within,
)
from publisher.inspect.thresholds import Dots, Factor, Millimetres, Points
from publisher.matrices import Matrix, applied, product
from publisher.standard import POINTS_PER_INCH, Length

if TYPE_CHECKING:
    from lxml.etree import _Element

_POINTS = thresholds.OFD_POINTS
_DEEPEST = 20
_LARGE = thresholds.INK_IS_MEASURED.pt
_HEAVY = 600
_MOST_GLYPHS = 0x10000
_USUAL_LINE = thresholds.OFD_LINE
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Of the commands of a path, how many counted follow."""
_PIECES = re.compile(r"[A-Za-z]|[^A-Za-z\s,]+(?:[eE][+-]?\d+)?|,,+")
"""Commands and numbers, between which some programs leave no room, or a comma."""

PaperBox = tuple[Millimetres, Millimetres, Millimetres, Millimetres]
"""From the left and from above, how wide and how high."""


Line = tuple[Color, Points]
"""How a line is drawn, and how wide."""


class PageDrawing:
    """Gathers what is drawn on one page."""

    def __init__(
        self,
        resources: OfdResources,
        room: Allowance,
        paper: PaperBox,
    ) -> None:
        left, top, width, height = paper
        self.resources, self.room = resources, room
        self.size = (width * _POINTS, height * _POINTS)
        self.whole: Matrix = (_POINTS, 0.0, 0.0, _POINTS, -left * _POINTS, -top * _POINTS)
        self.glyphs: list[Glyph] = []
        self.unseen: list[Glyph] = []
        """Words below pictures, of pages that were scanned."""
        self.strokes: list[ThinFigure] = []
        self.pictures: list[tuple[Edges, Dots | None]] = []
        self.said: list[str] = []

    def draw(self, page: _Element) -> None:
        """All layers of a page, or of a template."""
        for content in named(page, "Content"):
            for layer in named(content, "Layer"):
                self._block(layer, self.whole, layer.get("DrawParam"), 0)

    def page(self, number: int) -> Page:
        """The page, turned so that most of its characters stand upright."""
        glyphs = self.glyphs or self.unseen
        lie = Counter(glyph.style.turned for glyph in glyphs).most_common(1)
        upright = (-lie[0][0]) % 4 if lie else 0
        turn = Turn(upright, *self.size)
        width, height = turn.paper
        pictures = from_above(turn, self.pictures)
        return Page(
            number,
            Length(width),
            Length(height),
            upright % 4,
            tuple(map(turn.glyph, glyphs)),
            tuple(joined([(turn.edges(edges), color) for edges, color in self.strokes])),
            pictures,
            0,
            tuple(self.said) if pictures else (),
        )

    # -- objects

    def _block(self, block: _Element, matrix: Matrix, pen: str | None, depth: int) -> None:
        if depth > _DEEPEST:
            raise damaged("图块套图块太深，或互相引用")
        for thing in block:
            self.room.take_points(1)
            if thing.get("Visible") == "false":
                continue
            match local(thing):
                case "TextObject":
                    self._text(thing, matrix, pen)
                case "PathObject":
                    self._path(thing, matrix, pen)
                case "ImageObject":
                    self._picture(thing, matrix)
                case "PageBlock":
                    self._inner(thing, matrix, pen, depth)
                case "CompositeObject":
                    self._composite(thing, matrix, pen, depth)

    def _inner(self, block: _Element, matrix: Matrix, pen: str | None, depth: int) -> None:
        """A block; one of lines that says what it shows is a picture, and draws no strokes."""
        shapes = list(named(block, "PathObject"))
        name = next(filter(None, (shape.get("Name") for shape in shapes)), "")
        strokes = len(self.strokes)
        self._block(block, matrix, pen, depth + 1)
        if name:
            del self.strokes[strokes:]
            boxes = [_on_page(shape, matrix) for shape in shapes]
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            self.pictures.append(((min(lefts), min(tops), max(rights), max(bottoms)), None))
            self.said.append(name)

    def _composite(self, thing: _Element, matrix: Matrix, pen: str | None, depth: int) -> None:
        drawing = self.resources.drawings.get(thing.get("ResourceID", ""))
        if drawing is None:
            raise damaged("页面用到的复合图元不存在")
        for content in named(drawing, "Content"):
            self._block(content, self._placed(thing, matrix), pen, depth + 1)

    def _placed(self, thing: _Element, matrix: Matrix) -> Matrix:
        """From the places in an object to those on the page."""
        left, top, *_ = _boundary(thing)
        turned = matrix_of(thing.get("CTM"))
        return product(product(turned, (1.0, 0.0, 0.0, 1.0, left, top)), matrix)

    def _value(self, thing: _Element, pen: str | None, name: str) -> str | None:
        """An attribute, of the object or of the pen that it is drawn with."""
        return thing.get(name) or next(
            (value for each in self._pens(thing, pen) if (value := each.get(name))), None
        )

    def _pens(self, thing: _Element, pen: str | None) -> Iterator[_Element]:
        for start in (thing.get("DrawParam"), pen):
            seen: set[str] = set()
            while start and start not in seen and start in self.resources.pens:
                seen.add(start)
                yield self.resources.pens[start]
                start = self.resources.pens[start].get("Relative")

    def _color(self, thing: _Element, pen: str | None, name: str) -> tuple[Color, bool]:
        """A colour, and whether anything is seen of it."""
        for holder in (thing, *self._pens(thing, pen)):
            for color in named(holder, name):
                return self.resources.color(color), color.get("Alpha", "") != "0"
        return BLACK, True

    # -- words

    def _text(self, thing: _Element, matrix: Matrix, pen: str | None) -> None:
        font = self.resources.fonts.get(thing.get("Font", ""))
        if font is None:
            raise damaged(f"文字用的字体 {thing.get('Font', '')[:20]} 没有声明")
        placed = self._placed(thing, matrix)
        size = number(thing.get("Size"))
        color, is_seen = self._color(thing, pen, "FillColor")
        is_seen = is_seen and thing.get("Alpha", "") != "0"
        charwise = number(thing.get("CharDirection"))
        style = GlyphStyle(
            font.name,
            round(size * scale(placed), 2),
            color,
            thing.get("Stroke") == "true" or number(thing.get("Weight"), 400) >= _HEAVY,
            font.is_embedded,
            _quarter(placed[0], placed[1], charwise),
        )
        kept = self.glyphs if is_seen else self.unseen
        transforms = _glyph_numbers(thing)
        wide = number(thing.get("HScale"), 1.0) or 1.0
        before, start_x, start_y = 0, 0.0, 0.0
        for code in named(thing, "TextCode"):
            words = code.text or ""
            self.room.take_characters(len(words))
            # What does not say where it begins does so where the one before it did.
            start_x, start_y = number(code.get("X"), start_x), number(code.get("Y"), start_y)
            x, y = start_x, start_y
            across = steps(code.get("DeltaX"), len(words))
            down = steps(code.get("DeltaY"), len(words))
            for index, character in enumerate(words):
                glyph = transforms.get(before + index)
                width = font.advance(character, glyph) * size * wide
                made = [*self._glyph(character, glyph, (x, y), width, placed, style, font)]
                kept += made
                if is_seen:
                    self.write(made, font)
                x += across[index] if index < len(across) else (0 if down else width)
                y += down[index] if index < len(down) else 0
            before += len(words)

    def _glyph(
        self,
        character: str,
        glyph: int | None,
        spot: Spot,
        width: Millimetres,
        placed: Matrix,
        style: GlyphStyle,
        font: OfdFont,
    ) -> Iterator[Glyph]:
        if character in "\r\n\t" or (not character.isprintable() and not character.isspace()):
            return
        left, top = applied(placed, *spot)
        end_x, end_y = applied(placed, spot[0] + width, spot[1])
        end = end_y if style.turned % 2 else end_x
        if not (abs(left) + abs(top) + abs(end) < FAR and 0 < style.size < FAR):
            return
        line = left if style.turned % 2 else top
        ink = (line, line)
        if character in DASHES or style.size >= _LARGE:
            drawn = font.ink(character, glyph)
            if drawn:
                ink = _ink(line, style, drawn)
        yield Glyph(character, left, top, end, style, ink)

    # -- shapes and pictures

    def _path(self, thing: _Element, matrix: Matrix, pen: str | None) -> None:
        placed = self._placed(thing, matrix)
        clip = _clip(thing, placed)
        is_filled, is_drawn = thing.get("Fill") == "true", thing.get("Stroke") != "false"
        fill, fill_seen = self._color(thing, pen, "FillColor")
        line, line_seen = self._color(thing, pen, "StrokeColor")
        weight = number(self._value(thing, pen, "LineWidth"), _USUAL_LINE)
        half = weight * scale(placed) / 2
        figures = list(self._outlines(text_of(thing, "AbbreviatedData"), placed))
        filled = fill if is_filled and fill_seen else None
        self.trace(figures, filled, (line, half * 2) if is_drawn and line_seen else None, clip)
        for points in figures:
            if is_filled and fill_seen:
                self.strokes += thin(within(around(points, 0), clip), fill)
            elif is_drawn and line_seen:
                for pair in pairwise(points):
                    self.strokes += thin(within(around(pair, half), clip), line)

    def _outlines(self, data: str, placed: Matrix) -> Iterator[list[Spot]]:
        """The corners of each figure of a path."""
        words = _PIECES.findall(data)
        self.room.take_points(len(words))
        points: list[Spot] = []
        here: Spot = (0.0, 0.0)
        index = 0
        while index < len(words):
            command = words[index]
            count = _ARGUMENTS.get(command)
            if count is None:
                raise damaged("有一条路径写得不对")
            counted = [number(each) for each in words[index + 1 : index + 1 + count]]
            if len(counted) < count:
                raise damaged("有一条路径写得不对")
            index += 1 + count
            if command in "MS":
                if len(points) > 1:
                    yield points
                points = []
            if command == "C" and points:
                points.append(points[0])
            elif count:
                points += [applied(placed, *spot) for spot in self.bend(command, here, counted)]
                here = (counted[-2], counted[-1])
        if len(points) > 1:
            yield points

    def _picture(self, thing: _Element, matrix: Matrix) -> None:
        identifier = thing.get("ResourceID", "")
        placed = self._placed(thing, matrix)
        corners = [applied(placed, x, y) for x, y in CORNERS]
        wide = math.hypot(placed[0], placed[1])
        size = self.resources.pictures.get(identifier)
        fine = size[0] / wide * POINTS_PER_INCH if size and wide else None
        self.pictures.append((within(around(corners, 0), _clip(thing, placed)), fine))
        self.said.append(thing.get("Name", ""))
        self.hang(identifier, placed)

    # -- what is seen; whoever measures needs none of it

    def write(self, glyphs: list[Glyph], font: OfdFont) -> None:
        """Characters that are seen."""

    def trace(
        self, figures: list[list[Spot]], fill: Color | None, line: Line | None, clip: Edges
    ) -> None:
        """A path: what it is filled with, and with what it is drawn."""

    def hang(self, identifier: str, placed: Matrix) -> None:
        """A picture, which fills the square of one by one that is placed so."""

    def bend(self, command: str, here: Spot, counted: list[Factor]) -> list[Spot]:
        """The points through which a command goes: where it ends."""
        return [(counted[-2], counted[-1])]


def _on_page(thing: _Element, matrix: Matrix) -> Edges:
    """Where an object stands on the page."""
    left, top, width, height = _boundary(thing)
    corners = [applied(matrix, left + x * width, top + y * height) for x, y in CORNERS]
    return around(corners, 0)


def _boundary(thing: _Element) -> PaperBox:
    box = numbers(thing.get("Boundary"))
    if len(box) != 4:
        raise damaged("有一个图元没有写明位置")
    left, top, width, height = box
    return left, top, width, height


def _clip(thing: _Element, placed: Matrix) -> Edges:
    """The part of the page in which an object is drawn, as far as boxes tell it."""
    box = EVERYWHERE
    for path in _clip_paths(thing):
        words = _PIECES.findall(text_of(path, "AbbreviatedData"))
        counted = [number(each) for each in words if each not in _ARGUMENTS]
        pairs = zip(counted[::2], counted[1::2], strict=False)
        spots = [applied(placed, x, y) for x, y in pairs]
        box = within(box, around(spots, 0)) if spots else box
    return box


def _clip_paths(thing: _Element) -> Iterator[_Element]:
    for clips in named(thing, "Clips"):
        for clip in clips:
            for area in named(clip, "Area"):
                yield from named(area, "Path")


def _glyph_numbers(thing: _Element) -> dict[int, int]:
    """The counted of glyphs that stand for characters, by the places of those."""
    glyph_numbers: dict[int, int] = {}
    for each in named(thing, "CGTransform"):
        first = int(number(each.get("CodePosition")))
        glyphs = [int(value) for value in numbers(text_of(each, "Glyphs"))]
        for place, glyph in enumerate(glyphs, first):
            if 0 <= glyph < _MOST_GLYPHS:
                glyph_numbers[place] = glyph
    return glyph_numbers


def _quarter(a: Factor, b: Factor, more: Factor) -> int:
    """Quarter turns clockwise of what is written along a direction; OFD counts downward."""
    return round((math.degrees(math.atan2(b, a)) + more) / 90) % 4


def _ink(line: Points, style: GlyphStyle, drawn: Reach) -> tuple[Points, Points]:
    above, below = drawn[0] * style.size, drawn[1] * style.size
    match style.turned:
        case 0:
            return line - above, line + below
        case 2:
            return line - below, line + above
        case 1:
            return line - below, line + above
        case _:
            return line - above, line + below
