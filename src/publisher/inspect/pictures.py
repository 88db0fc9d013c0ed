"""PDF → a small picture of each page: PNG of sixteen colours, from white to black and to red."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from publisher.inspect.pages import MOST_PAGES
from publisher.inspect.thresholds import Factor, Points

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, LONGEST = 480, 2000
"""Of an upright page, and of the longer side of any, in pixels."""
_COLORS = [(red * 85, rest * 85, rest * 85) for red in range(4) for rest in range(4)]
"""Pages are white, black and red: green and blue are alike."""


def page_pictures(data: bytes) -> tuple[bytes, ...]:
    """A PNG of each page as a viewer shows it.

    None where the PDF cannot be opened or drawn, or has more pages than are measured.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document) if len(document) <= MOST_PAGES else 0
        return tuple(_picture(document[index]) for index in range(pages))
    except pypdfium2.PdfiumError:
        return ()


def _picture(page: Any) -> bytes:
    scale = scale_of(*page.get_size())
    return small(page.render(scale=scale).to_pil().convert("RGB"))


def scale_of(width: Points, height: Points) -> Factor:
    """Pixels of a point, for a page that is so large."""
    short, long = sorted((width, height))
    return min(WIDTH / max(short, 1), LONGEST / max(long, 1))


def small(shown: Image) -> bytes:
    """A picture in few colours."""
    from PIL.Image import Dither, new

    palette = new("P", (1, 1))
    palette.putpalette([channel for color in _COLORS for channel in color])
    file = io.BytesIO()
    shown.quantize(palette=palette, dither=Dither.NONE).save(file, "PNG", bits=4)
    return file.getvalue()
