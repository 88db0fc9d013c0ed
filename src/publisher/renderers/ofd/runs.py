"""A command that writes → its glyphs, each where it stands, and the words that they say."""

from __future__ import annotations

import math

from publisher.matrices import IDENTITY, Matrix, applied
from publisher.renderers.ofd.drawn import DrawnGlyph, DrawnText, Ink, Pen
from publisher.renderers.ofd.faces import EmbeddedFace
from publisher.renderers.ofd.places import MM
from publisher.renderers.ofd.state import DrawingState


class GlyphRun:
    """The glyphs of one command, one after the other."""

    def __init__(self, state: DrawingState, face: EmbeddedFace, placed: Matrix) -> None:
        self.state, self.face, self.placed = state, face, placed
        self.x = 0.0
        self.glyphs: list[DrawnGlyph] = []
        a, b, c, d, _, _ = placed
        self.size: MM = math.hypot(c, d) * state.size
        across = math.hypot(a, b) * state.size * state.stretch
        # PDF turns what is written up, OFD down: where a page is counted from below, both are one.
        upright = abs(b) < _LEVEL and abs(c) < _LEVEL and a > 0 and d < 0
        self.matrix: Matrix = (
            IDENTITY
            if upright and abs(across - self.size) < _LEVEL
            else _lie(placed, state.size, state.stretch, self.size)
        )

    def move(self, by: float) -> None:
        """So many parts of the size further on."""
        self.x += by * self.state.size * self.state.stretch

    def add(self, glyph: int) -> None:
        """The next glyph; what says nothing moves what follows alone."""
        state, face = self.state, self.face
        width = face.widths.get(glyph, 1.0)
        x, y = applied(self.placed, self.x, state.rise)
        said = face.says.get(glyph, "")
        if said:
            self.glyphs.append(DrawnGlyph(said, glyph, x, y, width * self.size))
        self.x += (width * state.size + state.between) * state.stretch

    def text(self, fill: Ink | None, pen: Pen | None) -> DrawnText:
        """What was written."""
        above, below = (part * self.size for part in self.face.reach)
        return DrawnText(
            *(self.face.key, self.size, self.matrix, tuple(self.glyphs), (above, below), fill, pen)
        )


_LEVEL = 1e-6


def _lie(placed: Matrix, size: float, stretch: float, of: MM) -> Matrix:
    """How glyphs lie that are set in a size, for a page that is counted from above."""
    a, b, c, d, _, _ = placed
    if not of:
        return IDENTITY
    across, up = size * stretch / of, size / of
    return (a * across, b * across, -c * up, -d * up, 0.0, 0.0)
