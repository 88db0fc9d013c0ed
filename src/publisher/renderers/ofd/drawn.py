"""What a page shows: words, shapes and pictures, each where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.matrices import Matrix
from publisher.renderers.ofd.places import MM, Edges, Point, around, around_all

Rgb = tuple[int, int, int]
BLACK: Rgb = (0, 0, 0)
Commands = tuple[tuple[str, tuple[Point, ...]], ...]
"""A path as OFD abbreviates it: M, L, B and C, each with the points it goes to."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How something is drawn."""

    color: Rgb = BLACK
    alpha: int = 255


UNSEEN = Ink((255, 255, 255), 0)


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn."""

    ink: Ink
    width: MM
    cap: int = 0
    join: int = 0
    miter: float = 10
    dashes: tuple[MM, ...] = ()
    dash_offset: MM = 0


@dataclass(frozen=True, slots=True)
class ClipPath:
    """A part of the page outside of which nothing is drawn."""

    commands: Commands
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class DrawnGlyph:
    """A glyph, where its origin stands."""

    words: str
    """What it says: most say one character, a ligature several."""
    glyph: int
    """Its number in its font."""
    x: MM
    y: MM
    advance: MM


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Glyphs of one font that follow one another."""

    font: str
    """The key of its font."""
    size: MM
    matrix: Matrix
    """How glyphs lie, for a page that is counted from above: the identity where upright."""
    glyphs: tuple[DrawnGlyph, ...]
    reach: tuple[MM, MM]
    """How far the font rises above its baseline, and falls below."""
    fill: Ink | None
    pen: Pen | None = None
    clips: tuple[ClipPath, ...] = ()

    @property
    def words(self) -> str:
        """All of them."""
        return "".join(glyph.words for glyph in self.glyphs)

    @property
    def box(self) -> Edges:
        """What holds its glyphs."""
        a, b, c, d, _, _ = self.matrix
        above, below = self.reach
        ends = ((x, y) for x in (0.0, 1.0) for y in (-above, below))
        spots = [
            (glyph.x + a * x * glyph.advance + c * y, glyph.y + b * x * glyph.advance + d * y)
            for x, y in ends
            for glyph in (self.glyphs[0], self.glyphs[-1])
        ]
        return around(spots)


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A path that is filled, or drawn with a pen, or both."""

    commands: Commands
    fill: Ink | None
    pen: Pen | None
    even_odd: bool = False
    clips: tuple[ClipPath, ...] = ()

    @property
    def box(self) -> Edges:
        """What holds its points, and half its line."""
        bare = around(point for _, points in self.commands for point in points)
        return bare.wider(self.pen.width / 2) if self.pen else bare


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture, which fills the square of one by one that its matrix places."""

    resource: str
    """The key of what it shows."""
    matrix: Matrix
    alpha: int = 255
    clips: tuple[ClipPath, ...] = ()
    words: str = ""

    @property
    def box(self) -> Edges:
        """Where it stands."""
        a, b, c, d, e, f = self.matrix
        return around(((e, f), (e + a, f + b), (e + c, f + d), (e + a + c, f + b + d)))


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """What is drawn together as one picture, in its order."""

    things: tuple[DrawnThing, ...]
    words: str
    """What it shows, for who does not see it."""

    @property
    def box(self) -> Edges:
        """Where it stands."""
        return around_all(thing.box for thing in self.things)


DrawnThing = DrawnText | DrawnShape | DrawnPicture | DrawnFigure


@dataclass(frozen=True, slots=True)
class Ranked:
    """Something drawn, and which tag holds it."""

    thing: DrawnThing
    piece: int | None
    """The number of the piece of content that it is; None of what belongs to the page."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page with all that it shows, in the order in which it is drawn."""

    width: MM
    height: MM
    things: tuple[Ranked, ...]
