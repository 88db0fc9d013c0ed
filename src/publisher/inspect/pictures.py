"""PDF → a small picture of each page: PNG of sixteen colours, from white to black and to red."""

from __future__ import annotations

import io
from typing import Any

from publisher.inspect.pages import MOST_PAGES

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
    from PIL import Image

    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for color in _COLORS for channel in color])
    short, long = sorted(page.get_size())
    scale = min(WIDTH / max(short, 1), LONGEST / max(long, 1))
    shown = page.render(scale=scale).to_pil().convert("RGB")
    file = io.BytesIO()
    shown.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", bits=4)
    return file.getvalue()
