"""The words of made-up organs → marks (发文机关标志) as pictures, for documents of the tests.

As a calligrapher writes: 楷体, slanted, each character of another height.
PNG with transparent paper, and SVG of outlines.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parents[1]
FONT = ROOT / ".fonts" / "LXGWWenKai-Regular.ttf"
INTO = ROOT / "tests" / "documents"
RED = "#d00000"
SLANT = 0.12
HEIGHT = 240
"""Of the PNG, in pixels."""
SCALES = (1.0, 0.92, 1.06, 0.96, 1.02)
"""By which the characters differ, one after the other."""


def paths(words: str) -> tuple[list[str], tuple[float, float, float, float]]:
    """The outlines of words, slanted, and the edges of their ink; y runs downwards."""
    font = TTFont(FONT)
    glyphs, names, size = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    made, edges, x = [], BoundsPen(glyphs), 0.0
    for number, character in enumerate(words):
        scale = SCALES[number % len(SCALES)]
        turn = (scale, 0, SLANT * scale, -scale, x, 0)
        pen = SVGPathPen(glyphs, lambda value: f"{value:.0f}")
        for each in (pen, edges):
            glyphs[names[ord(character)]].draw(TransformPen(each, turn))
        made.append(pen.getCommands())
        x += size * scale
    return made, edges.bounds


def drawing(words: str) -> bytes:
    """The words as SVG."""
    made, (left, top, right, bottom) = paths(words)
    box = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    size = f'width="{(right - left) / 10:.0f}" height="{(bottom - top) / 10:.0f}"'
    drawn = "\n".join(f'<path d="{path}"/>' for path in made)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{box}" fill="{RED}">'
    return f"{svg}\n{drawn}\n</svg>\n".encode()


def pixels(words: str) -> bytes:
    """The words as PNG, cut to their ink."""
    font = ImageFont.truetype(FONT, HEIGHT)
    whole = Image.new("RGBA", (HEIGHT * (len(words) + 2), HEIGHT * 2), (208, 0, 0, 0))
    pen, x = ImageDraw.Draw(whole), HEIGHT * 0.6
    for number, character in enumerate(words):
        scale = SCALES[number % len(SCALES)]
        its = font.font_variant(size=round(HEIGHT * scale))
        pen.text((x, HEIGHT * 1.5), character, RED, its, anchor="ls")
        x += HEIGHT * scale
    leaning = (1, SLANT, -SLANT * HEIGHT * 1.5, 0, 1, 0)
    slanted = whole.transform(whole.size, Image.Transform.AFFINE, leaning, Image.Resampling.BICUBIC)
    file = io.BytesIO()
    slanted.crop(slanted.getchannel("A").getbbox()).quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def main(into: Path) -> None:
    """Write them."""
    (into / "林业局标志.png").write_bytes(pixels("青岚市林业局文件"))
    (into / "林业局信函标志.svg").write_bytes(drawing("青岚市林业局"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else INTO)
