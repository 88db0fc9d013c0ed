"""A finished Word file → the pages on which LibreOffice sets the places that a 目录 leads to."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

from publisher import office
from publisher.outside import sealed
from publisher.renderers.docx.elements import HEADING_PLACE
from publisher.wordfile import parts_of

_NAME = re.compile(f"{HEADING_PLACE[1:]}[0-9]+")
"""The name of a place in the PDF, before which LibreOffice writes _ in figures."""


def pages_of_places(data: bytes) -> dict[str, int]:
    """The number of the page of each place by its name; none where LibreOffice does not set it."""
    parts = parts_of(data)
    pdf = None if office.why_not_set(parts) else office.as_pdf(sealed(parts), names_places=True)
    return dict(_destinations(pdf)) if pdf else {}


def _destinations(pdf: bytes) -> Iterator[tuple[str, int]]:
    import pypdfium2

    raw = pypdfium2.raw
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(raw.FPDF_CountNamedDests(document.raw)):
            size = ctypes.c_long(0)
            raw.FPDF_GetNamedDest(document.raw, index, None, size)
            name = ctypes.create_string_buffer(max(size.value, 0))
            place = raw.FPDF_GetNamedDest(document.raw, index, name, size)
            if match := _NAME.search(name.raw.decode("utf-16-le", "replace")):
                page = raw.FPDFDest_GetDestPageIndex(document.raw, place)
                yield f"{HEADING_PLACE[0]}{match[0]}", page + 1
