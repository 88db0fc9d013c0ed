"""A cleaned PDF → the same, with what is inked of each page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from publisher.files import Unreadable
from publisher.foreign.pages import Corners, ForeignPage, ForeignPdf

_LONGEST = 1000
"""Pixels of the longer side of a page that is measured: those of A4 are some points wide."""
_FAINTEST = 250
"""Of white's 255: lines that are thinner than a pixel are light."""


def with_ink(pdf: ForeignPdf) -> ForeignPdf:
    """The PDF, its pages measured; Unreadable where one cannot be drawn."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf.data)
        pages = tuple(
            replace(page, ink=_ink(document[number], page)) for number, page in enumerate(pdf.pages)
        )
    except (pypdfium2.PdfiumError, ValueError, ArithmeticError):
        raise Unreadable("有的页面画不出来，可能已损坏") from None
    return replace(pdf, pages=pages)


def _ink(drawn: Any, page: ForeignPage) -> Corners | None:
    wide, high = page.width.pt, page.height.pt
    scale = min(1.0, _LONGEST / max(drawn.get_size()))
    shown = drawn.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
    box = shown.point(lambda light: 0 if light >= _FAINTEST else 255).getbbox()
    if box is None:
        return None
    left, top, right, bottom = box
    across, down = wide / shown.width, high / shown.height
    return left * across, high - bottom * down, right * across, high - top * down
