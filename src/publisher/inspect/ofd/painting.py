"""The objects of an OFD page → a small picture of it, in the fonts that the file holds.

It shows where something stands, for reports: what has a font that is not inside is in 仿宋, dashes
are lines, and arcs are straight.
"""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cached_property
from itertools import pairwise
from typing import Any

from publisher import fonts
from publisher.inspect.colors import Color
from publisher.inspect.ofd.drawing import Line, PageDrawing, PaperBox
from publisher.inspect.ofd.fonts import OfdFont
from publisher.inspect.ofd.resources import OfdResources
from publisher.inspect.pages import EVERYWHERE, Allowance, Edges, Glyph, Spot
from publisher.inspect.pictures import scale_of, small
from publisher.inspect.thresholds import Factor
from publisher.matrices import Matrix, inverse, product
from publisher.standard import FANG

_FINER = 2
"""So many times as large it is drawn, and then made smaller: edges are smooth."""
_LARGEST = 1000
"""Pixels of a character."""
_BENDS = 8
"""Straight lines of a curve."""
_UNDRAWN = (OSError, ValueError, OverflowError, SystemError)
"""What Pillow raises of damaged fonts and pictures, and of places far away: they are not shown."""


class PagePainting(PageDrawing):
    """Draws what stands on one page, while it is gathered."""

    def __init__(self, resources: OfdResources, room: Allowance, paper: PaperBox) -> None:
        from PIL import Image, ImageDraw

        super().__init__(resources, room, paper)
        self._scale = scale_of(*self.size) * _FINER
        width, height = (max(1, round(side * self._scale)) for side in self.size)
        self._image = Image.new("RGB", (width, height), "white")
        self._pen = ImageDraw.Draw(self._image)
        self._faces: dict[tuple[int, int], Any] = {}

    def picture(self) -> bytes:
        """The page as PNG."""
        width, height = (max(1, side // _FINER) for side in self._image.size)
        return small(self._image.resize((width, height)))

    # -- words

    def write(self, glyphs: list[Glyph], font: OfdFont) -> None:
        """Characters, each by itself."""
        for glyph in glyphs:
            size = round(glyph.style.size * self._scale)
            own = font if font.has(glyph.character) else None
            if not glyph.character.isspace() and not self._is_written(glyph, own, size):
                self._is_written(glyph, None, size)

    def _is_written(self, glyph: Glyph, font: OfdFont | None, size: int) -> bool:
        """Whether a character could be drawn: the outlines of a damaged font may be none."""
        face = self._face(font, size)
        try:
            if face:
                self._write(glyph, face, size)
        except _UNDRAWN:
            return False
        return face is not None

    def _write(self, glyph: Glyph, face: Any, size: int) -> None:
        from PIL import Image, ImageDraw

        x, y = glyph.x * self._scale, glyph.y * self._scale
        if not glyph.style.turned:
            self._pen.text((x, y), glyph.character, glyph.style.color, face, "ls")
            return
        mask = Image.new("L", (4 * size, 4 * size))
        ImageDraw.Draw(mask).text((2 * size, 2 * size), glyph.character, 255, face, "ls")
        turned = mask.rotate(-90 * glyph.style.turned)
        self._image.paste(glyph.style.color, (round(x) - 2 * size, round(y) - 2 * size), turned)

    def _face(self, font: OfdFont | None, size: int) -> Any:
        """A font in a size; None where it cannot be drawn with."""
        from PIL import ImageFont

        key = id(font), size
        if key not in self._faces and 0 < size < _LARGEST:
            try:
                file = io.BytesIO(font.data) if font and font.data else self._usual.file
                index = 0 if font else self._usual.index
                layout = ImageFont.Layout.BASIC
                self._faces[key] = ImageFont.truetype(file, size, index, layout_engine=layout)
            except (*_UNDRAWN, StopIteration):
                self._faces[key] = None
        return self._faces.get(key)

    @cached_property
    def _usual(self) -> fonts.ServedFace:
        served = fonts.served_faces(fonts.folder())
        return next(each for each in served if each.face is FANG)

    # -- paths and pictures

    def trace(
        self, figures: list[list[Spot]], fill: Color | None, line: Line | None, clip: Edges
    ) -> None:
        """What is filled, but for what is filled twice; and what is drawn."""
        with suppress(*_UNDRAWN):
            self._trace(figures, fill, line, clip)

    def _trace(
        self, figures: list[list[Spot]], fill: Color | None, line: Line | None, clip: Edges
    ) -> None:
        drawn = [[(x * self._scale, y * self._scale) for x, y in figure] for figure in figures]
        if fill and len(drawn) == 1 and clip == EVERYWHERE:
            self._pen.polygon(drawn[0], fill)
        elif fill:
            self._image.paste(fill, (0, 0), self._clipped(self._filled(drawn), clip))
        if line:
            color, weight = line
            for figure in drawn:
                self._pen.line(figure, color, max(_FINER, round(weight * self._scale)))

    def _filled(self, figures: list[list[Spot]]) -> Any:
        from PIL import Image, ImageChops, ImageDraw

        mask = Image.new("1", self._image.size)
        for figure in figures:
            mine = Image.new("1", self._image.size)
            ImageDraw.Draw(mine).polygon(figure, fill=1, outline=1)
            mask = ImageChops.logical_xor(mask, mine)
        return mask

    def _clipped(self, mask: Any, clip: Edges) -> Any:
        from PIL import Image

        if clip == EVERYWHERE:
            return mask
        width, height = mask.size
        left, top = (max(0, round(edge * self._scale)) for edge in clip[:2])
        right, bottom = (round(edge * self._scale) for edge in clip[2:])
        part = left, top, min(right, width), min(bottom, height)
        kept = Image.new("1", mask.size)
        if part[0] < part[2] and part[1] < part[3]:
            kept.paste(mask.crop(part), part[:2])
        return kept

    def bend(self, command: str, here: Spot, counted: list[Factor]) -> list[Spot]:
        """The points of a curve; of an arc, where it ends."""
        if command not in "BQ":
            return super().bend(command, here, counted)
        spots = [here, *zip(counted[::2], counted[1::2], strict=True)]
        return [_on_curve(spots, step / _BENDS) for step in range(1, _BENDS + 1)]

    def hang(self, identifier: str, placed: Matrix) -> None:
        """A picture in its place."""
        from PIL import Image

        data = self.resources.files.get(identifier)
        on_page = product(placed, (self._scale, 0.0, 0.0, self._scale, 0.0, 0.0))
        back = inverse(on_page)
        if data is None or back is None:
            return
        try:
            with Image.open(io.BytesIO(data)) as opened:
                shown = opened.convert("RGBA")
        except (*_UNDRAWN, SyntaxError, Image.DecompressionBombError):
            return
        a, b, c, d, e, f = product(back, (shown.width, 0.0, 0.0, shown.height, 0.0, 0.0))
        lie = (a, c, e, b, d, f)
        with suppress(*_UNDRAWN):
            laid = shown.transform(
                self._image.size, Image.Transform.AFFINE, lie, Image.Resampling.BILINEAR
            )
            self._image.paste(laid, (0, 0), laid)


def _on_curve(spots: list[Spot], part: Factor) -> Spot:
    """Where a curve is after a part of its way, from the first of its points to the last."""
    while len(spots) > 1:
        spots = [(x + (a - x) * part, y + (b - y) * part) for (x, y), (a, b) in pairwise(spots)]
    return spots[0]
