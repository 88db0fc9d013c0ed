"""PDF → a small picture of each page: PNG of sixteen colours, from white to black and to red."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterator
from typing import Any

WIDTH = 480
"""Of an upright page, in pixels."""
_ANNOTATIONS, _PRINTING = 0x01, 0x800


def page_pictures(data: bytes) -> tuple[bytes, ...]:
    """A PNG of each page as a viewer shows it; none where the PDF cannot be opened."""
    import pypdfium2.raw as pdfium

    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return ()
    try:
        count = pdfium.FPDF_GetPageCount(document)
        return tuple(_picture(pdfium, document, index) for index in range(count))
    finally:
        pdfium.FPDF_CloseDocument(document)


def _picture(pdfium: Any, document: Any, index: int) -> bytes:
    page = pdfium.FPDF_LoadPage(document, index)
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = WIDTH / min(width, height)
    across, down = round(width * scale), round(height * scale)
    bitmap = pdfium.FPDFBitmap_Create(across, down, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        flags = _ANNOTATIONS | _PRINTING
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
        pdfium.FPDF_ClosePage(page)
    return _png(pixels, across, down, stride)


_RED = bytes((level >> 6) << 2 for level in range(256))
_GREEN = bytes(level >> 6 for level in range(256))
_HIGH = bytes((level & 15) << 4 for level in range(256))
_PALETTE = bytes(
    channel for index in range(16) for channel in ((index >> 2) * 85, *[(index & 3) * 85] * 2)
)
"""Two bits of red, and two that green and blue share: pages are white, black and red."""


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Pixels of four bytes as a PNG with four bits a pixel."""
    indices = _either(pixels[2::4].translate(_RED), pixels[1::4].translate(_GREEN))
    step = stride // 4
    rows = b"".join(
        b"\0" + _packed(indices[row * step : row * step + width]) for row in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", _PALETTE), (b"IDAT", zlib.compress(rows, 7)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in (*chunks, (b"IEND", b"")))


def _packed(row: bytes) -> bytes:
    """Two pixels to a byte, the left one in its upper half."""
    even = row if len(row) % 2 == 0 else row + b"\0"
    return _either(even[0::2].translate(_HIGH), even[1::2])


def _either(one: bytes, other: bytes) -> bytes:
    """The bits of both; whole numbers do it faster than loops."""
    both = int.from_bytes(one, "big") | int.from_bytes(other, "big")
    return both.to_bytes(len(one), "big")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pixels_of(pictures: tuple[bytes, ...]) -> Iterator[tuple[int, int]]:
    """Width and height of each picture."""
    for picture in pictures:
        width, height = struct.unpack(">II", picture[16:24])
        yield width, height
