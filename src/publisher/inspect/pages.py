"""What pages of a finished file show: glyphs and strokes, each with its place on the paper.

Places are counted from the upper left corner. Of characters there are tens of thousands: theirs are
bare `Points`, and become a `Length` for who asks for one of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from publisher.files import Unreadable
from publisher.inspect import thresholds
from publisher.inspect.colors import Color
from publisher.inspect.thresholds import Dots, Factor, Points
from publisher.matrices import Matrix
from publisher.standard import NOTHING, Length

DASHES = "—–―─━-－"


class Box(NamedTuple):
    """A part of a page, or the ends of a distance on it."""

    left: Length
    top: Length
    right: Length
    bottom: Length

    @property
    def width(self) -> Length:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> Length:
        """From top to bottom."""
        return self.bottom - self.top


NO_BOX = Box(NOTHING, NOTHING, NOTHING, NOTHING)
"""Of what is not on a page."""


class GlyphStyle(NamedTuple):
    """What the characters of one piece of text share."""

    font: str
    """The font's name, without the mark of a subset."""
    size: Points
    color: Color
    bold: bool
    """Made bold by a stroke around the characters."""
    embedded: bool
    turned: int
    """How the characters lie: quarter turns clockwise from upright."""


class Glyph(NamedTuple):
    """One character where it stands: the origin on its baseline, and where its advance ends."""

    character: str
    x: Points
    y: Points
    end: Points
    style: GlyphStyle
    ink: tuple[Points, Points]
    """Upper and lower edge of what is drawn; measured for dashes and for large characters."""

    @property
    def left(self) -> Length:
        """Where it begins."""
        return Length(self.x)

    @property
    def right(self) -> Length:
        """Where its advance ends."""
        return Length(self.end)

    @property
    def baseline(self) -> Length:
        """How far down the page it stands."""
        return Length(self.y)

    @property
    def ink_middle(self) -> Length:
        """Half way between the edges of what is drawn."""
        return Length(sum(self.ink) / 2)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: drawn, or a thin rectangle that is filled."""

    box: Box
    color: Color

    @property
    def horizontal(self) -> bool:
        """Whether it runs across the page."""
        left, top, right, bottom = self.box  # of each of a table's strokes, several times
        return right.pt - left.pt >= bottom.pt - top.pt

    @property
    def width(self) -> Length:
        """From its left end to its right."""
        return self.box.width

    @property
    def weight(self) -> Length:
        """How thick it is."""
        return min(self.width, self.box.height)

    @property
    def centre(self) -> Length:
        """Half way between its left and its right."""
        return (self.box.left + self.box.right) * 0.5

    @property
    def middle(self) -> Length:
        """How far down the page it runs."""
        return (self.box.top + self.box.bottom) * 0.5


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture where it stands on a page."""

    box: Box
    resolution: Dots | None
    """Of what is drawn pixel by pixel; None of what is drawn in lines."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, turned upright."""

    number: int
    """From 1, as the file has it."""
    width: Length
    height: Length
    turned: int
    """Quarter turns clockwise from how a viewer shows it."""
    glyphs: tuple[Glyph, ...]
    strokes: tuple[Stroke, ...]
    pictures: tuple[PlacedPicture, ...]
    """From the top down; of what is drawn in lines, what the file says is a picture."""
    lost: int
    """Characters of which the file does not say what they are."""
    said_of_figures: tuple[str, ...] = ()
    """The alternative texts of its pictures, as its tags have them."""
    placed: tuple[Box, ...] = ()
    """Where pages of attached PDFs stand in it, whose glyphs and strokes are not its own."""

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(NOTHING, NOTHING, self.width, self.height)


MOST_PAGES = 500
_MOST_CHARACTERS, _MOST_POINTS = 500_000, 300_000
"""Of a file: pages have some 600 characters, and some 100 points between which lines are drawn."""


class Allowance:
    """What may still be read of a file; Unreadable where that is used up."""

    def __init__(self) -> None:
        self.characters, self.points = _MOST_CHARACTERS, _MOST_POINTS

    def take_characters(self, count: int) -> int:
        """So many characters are about to be read."""
        self.characters -= count
        if self.characters < 0:
            raise Unreadable(f"字超过 {_MOST_CHARACTERS} 个，超出测量的限度")
        return count

    def take_points(self, count: int) -> int:
        """So many objects, or points of what is drawn, are about to be read."""
        self.points -= count
        if self.points < 0:
            raise Unreadable(f"图和线超过 {_MOST_POINTS} 处，超出测量的限度")
        return count


def refuse_empty(pages: tuple[Page, ...]) -> None:
    """Unreadable where no page has characters."""
    if any(page.glyphs for page in pages):
        return
    if any(page.pictures for page in pages):
        raise Unreadable("页面是图片（扫描件），没有可以测量的文字；请用生成的 PDF，不用扫描件")
    raise Unreadable("没有文字，测量不了")


# -- places ----------------------------------------------------------------------------

FAR = thresholds.ON_PAPER.pt
"""What lies beyond is on no paper."""
Spot = tuple[Points, Points]
Edges = tuple[Points, Points, Points, Points]
"""Left, top, right, bottom."""
ThinFigure = tuple[Edges, Color]
"""A thin figure before those that continue one another are one stroke."""


def scale(matrix: Matrix) -> Factor:
    """By how much it makes higher what it is applied to."""
    return math.hypot(matrix[2], matrix[3])


def around(points: Any, half: Points) -> Edges:
    """Left, top, right and bottom of points, and of half a stroke's weight beside them."""
    across, down = zip(*points, strict=True)
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    if right - left >= bottom - top:
        return left, top - half, right, bottom + half
    return left - half, top, right + half, bottom


def all_around(boxes: list[Edges]) -> Edges:
    """What holds all boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def from_above(turn: Turn, shown: list[tuple[Edges, Dots | None]]) -> tuple[PlacedPicture, ...]:
    """Pictures as the page is turned; no dots, bars and ornaments."""
    pictures = [PlacedPicture(Box(*map(Length, turn.edges(edges))), fine) for edges, fine in shown]
    large = [shown for shown in pictures if _is_large(shown.box)]
    return tuple(sorted(large, key=lambda shown: (shown.box.top, shown.box.left)))


def _is_large(box: Box) -> bool:
    return thresholds.LEAST_PICTURE < min(box.width, box.height) < thresholds.ON_PAPER


CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
"""Of a picture before its matrix places it."""
EVERYWHERE = (-math.inf, -math.inf, math.inf, math.inf)


def within(box: Edges, clip: Edges) -> Edges:
    """What a clip leaves of a box."""
    return (
        max(box[0], clip[0]),
        max(box[1], clip[1]),
        min(box[2], clip[2]),
        min(box[3], clip[3]),
    )


def thin(edges: Edges, color: Color) -> Iterator[ThinFigure]:
    """A figure, where it is a stroke."""
    left, top, right, bottom = edges
    short, long = sorted((right - left, bottom - top))
    if _HAIR < short <= _THIN < long < FAR:
        yield edges, color


_HAIR, _THIN = thresholds.THINNEST_STROKE.pt, thresholds.THICKEST_STROKE.pt


def joined(drawn: list[ThinFigure]) -> Iterator[Stroke]:
    """Strokes of which those that continue one another, cell by cell, are one."""
    across = sorted((figure for figure in drawn if _runs_across(figure[0])), key=_row)
    last: ThinFigure | None = None
    for edges, color in across:
        if last and _row(last)[:2] == _row((edges, color))[:2] and _abut(last[0], edges):
            left, top, right, bottom = last[0]
            last = (left, top, max(right, edges[2]), max(bottom, edges[3])), color
        else:
            yield from [_stroke(last)] if last else []
            last = edges, color
    yield from [_stroke(last)] if last else []
    yield from (_stroke(figure) for figure in drawn if not _runs_across(figure[0]))


def _runs_across(edges: Edges) -> bool:
    left, top, right, bottom = edges
    return right - left >= bottom - top


def _row(drawn: ThinFigure) -> tuple[int, Color, Points]:
    (left, top, _, bottom), color = drawn
    return round((top + bottom) / 2 / thresholds.ONE_ROW.pt), color, left


def _abut(last: Edges, following: Edges) -> bool:
    return following[0] <= last[2] + thresholds.ABUTTING.pt


def _stroke(drawn: ThinFigure) -> Stroke:
    edges, color = drawn
    return Stroke(Box(*map(Length, edges)), color)


class Turn:
    """Turns a page by quarters, clockwise."""

    def __init__(self, quarters: int, width: Points, height: Points) -> None:
        self.quarters, self.width, self.height = quarters, width, height

    @property
    def paper(self) -> Spot:
        """Width and height afterwards."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def point(self, x: Points, y: Points) -> Spot:
        """Where a point comes to stand."""
        match self.quarters:
            case 1:
                return self.height - y, x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return y, self.width - x
            case _:
                return x, y

    def glyph(self, glyph: Glyph) -> Glyph:
        """A character with its place and direction turned."""
        if not self.quarters:
            return glyph
        x, y = self.point(glyph.x, glyph.y)
        lies = glyph.style.turned
        end_x, end_y = self.point(*((glyph.x, glyph.end) if lies % 2 else (glyph.end, glyph.y)))
        turned = (lies + self.quarters) % 4
        inks = [
            self.point(*((edge, glyph.y) if lies % 2 else (glyph.x, edge))) for edge in glyph.ink
        ]
        edges = sorted(point[0] if turned % 2 else point[1] for point in inks)
        return Glyph(
            glyph.character,
            x,
            y,
            end_y if turned % 2 else end_x,
            glyph.style._replace(turned=turned),
            (edges[0], edges[1]),
        )

    def edges(self, edges: Edges) -> Edges:
        """What a line reaches, turned."""
        if not self.quarters:
            return edges
        left, top, right, bottom = edges
        across, down = zip(self.point(left, top), self.point(right, bottom), strict=True)
        return min(across), min(down), max(across), max(down)
