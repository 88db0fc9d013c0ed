"""A drawing, or the pages of a PDF → pixels as PNG or JPEG, the same bytes each time."""

from __future__ import annotations

import io
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from publisher.bounded import bounded
from publisher.foreign import ForeignPage, ForeignPdf, foreign_pdf
from publisher.images import Image, ImageType
from publisher.renderers.pdf import data_uri, prepare
from publisher.standard import Length

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

POINTS_PER_INCH = 72
DRAWING_DPI = 300
"""Of drawings, whose lines are fine."""
PAGE_DPI = 200
"""Of pages of words."""
_COARSER = ((PAGE_DPI, 80), (150, 80), (150, 50))
"""Pixels to the inch, and the quality of a JPEG, one after the other, till a page weighs no more
than `MOST_OF_PAGE`."""
MOST_OF_PAGE = 200_000
"""Bytes; a page that is a picture may weigh some more."""


# -- drawings ---------------------------------------------------------------------------


@lru_cache(maxsize=16)
def drawing_as_png(drawing: Image, width: Length, height: Length) -> Image:
    """An SVG as it is where it is so large, its words in the fonts that serve."""
    import pypdfium2

    with pypdfium2.PdfDocument(_as_pdf(drawing, width, height)) as document:
        shown = document[0].render(scale=DRAWING_DPI / POINTS_PER_INCH).to_pil()
    file = io.BytesIO()
    shown.convert("RGB").save(file, "PNG", optimize=True)
    return Image(file.getvalue(), ImageType.PNG, shown.width, shown.height, DRAWING_DPI)


def _as_pdf(drawing: Image, width: Length, height: Length) -> bytes:
    """A PDF of one page, which is the drawing."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    address = data_uri(drawing, prepare())
    page = f"@page {{ size: {width.css} {height.css}; margin: 0 }} body {{ margin: 0 }}"
    shown = f"img {{ display: block; width: {width.css}; height: {height.css} }}"
    html = f'<style>{page} {shown}</style><img src="{address}">'
    fetcher = URLFetcher(allowed_protocols=("data",))
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf()
    return made


# -- pages of a PDF -----------------------------------------------------------------------

_SECONDS = 300
"""That drawing the pages of a PDF may take; one of a hundred pages takes thirty."""


@lru_cache(maxsize=2)
def pages_as_pictures(data: bytes, scales: tuple[float, ...]) -> tuple[Image | None, ...]:
    """What is inked of each page of a PDF, for paper on which it is so much of its own size.

    None of a blank one.
    """
    return bounded(partial(_pages, foreign_pdf(data), scales), _SECONDS)


def _pages(pdf: ForeignPdf, scales: tuple[float, ...]) -> tuple[Image | None, ...]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf.data) as document:
        return tuple(
            _page(document[number], page, scale) if page.ink else None
            for number, (page, scale) in enumerate(zip(pdf.pages, scales, strict=True))
        )


def _page(drawn: Any, page: ForeignPage, scale: float) -> Image:
    """A page in as many pixels as its weight allows."""
    assert page.ink is not None
    left, bottom, right, top = page.ink
    unit = drawn.get_width() / page.width.pt
    sides = (left, bottom, page.width.pt - right, page.height.pt - top)
    crop = tuple(max(side * unit, 0.0) for side in sides)
    for dpi, quality in _COARSER:
        shown = drawn.render(scale=dpi / POINTS_PER_INCH * scale / unit, crop=crop)
        made = _lightest(shown.to_pil().convert("RGB"), dpi, quality)
        if len(made.data) <= MOST_OF_PAGE:
            break
    return made


_GREY = 12
"""How far apart the parts of a colour may be in a pixel that is grey all the same."""
_LEVELS, _COLORS = 16, 128
"""Of grey, and of colours, where there is no picture among the words."""


def _lightest(pixels: Pixels, dpi: int, quality: int) -> Image:
    """Words and lines as PNG; pictures, which weigh more as that, as JPEG."""
    shown = pixels.convert("L") if _is_grey(pixels) else pixels
    kind, file = ImageType.PNG, io.BytesIO()
    _few_colors(shown).save(file, "PNG", optimize=True)
    if file.tell() > MOST_OF_PAGE / 2:
        as_jpeg = io.BytesIO()
        shown.save(as_jpeg, "JPEG", quality=quality, optimize=True)
        if as_jpeg.tell() < file.tell():
            kind, file = ImageType.JPEG, as_jpeg
    return Image(file.getvalue(), kind, pixels.width, pixels.height, dpi)


def _is_grey(pixels: Pixels) -> bool:
    from PIL import ImageChops

    red, green, blue = pixels.split()
    pairs = ((red, green), (green, blue), (red, blue))
    beyond = (ImageChops.difference(*pair).histogram()[_GREY + 1 :] for pair in pairs)
    return not any(any(counts) for counts in beyond)


def _few_colors(shown: Pixels) -> Pixels:
    from PIL import Image as Raster

    if shown.mode != "L":
        return shown.quantize(_COLORS, method=Raster.Quantize.MEDIANCUT, dither=Raster.Dither.NONE)
    step = 256 // _LEVELS
    levels = Raster.frombytes("P", shown.size, shown.point(lambda shade: shade // step).tobytes())
    levels.putpalette([level * 17 for level in range(_LEVELS) for _ in range(3)])
    return levels


# -- on its side ------------------------------------------------------------------------

_BEST = 95
"""The quality of a JPEG that is made of another."""


@lru_cache(maxsize=8)
def turned(image: Image) -> Image:
    """A picture on its side, its upper edge at the left: programs differ in how they turn one."""
    if image.is_drawing:
        return Image(_turned_drawing(image), image.kind, image.height, image.width)
    from PIL import Image as Raster

    file = io.BytesIO()
    with Raster.open(io.BytesIO(image.data)) as pixels:
        upright = pixels.transpose(Raster.Transpose.ROTATE_90)
        if image.kind is ImageType.JPEG:
            upright.save(file, "JPEG", quality=_BEST, subsampling=0)
        else:
            upright.save(file, "PNG")
    return Image(file.getvalue(), image.kind, image.height, image.width, image.resolution)


_SVG = "http://www.w3.org/2000/svg"


def _turned_drawing(image: Image) -> bytes:
    """A drawing inside another that is as wide as it is high."""
    from lxml import etree

    inner = etree.fromstring(image.data)
    size = {"width": f"{image.height:g}", "height": f"{image.width:g}"}
    outer = etree.Element(f"{{{_SVG}}}svg", size)
    turn = {"transform": f"translate(0 {image.width:g}) rotate(-90)"}
    etree.SubElement(outer, f"{{{_SVG}}}g", turn).append(inner)
    made: bytes = etree.tostring(outer)
    return made
