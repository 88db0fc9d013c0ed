"""A picture as it is published → its file, which is read as the same picture."""

from __future__ import annotations

import struct
import zlib

from publisher.images import Image, ImageType

_INCH = 0.0254
"""In metres."""
_BEHIND_HEADER = 33
"""Where in a PNG the first chunk behind its header begins."""


def file_of(image: Image) -> bytes:
    """The bytes of a picture, in which its resolution stands again."""
    if image.resolution is None or image.kind is ImageType.SVG:
        return image.data
    if image.kind is ImageType.PNG:
        return _png(image.data, round(image.resolution / _INCH))
    return _jpeg(image.data, round(image.resolution))


def _png(data: bytes, per_metre: int) -> bytes:
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:_BEHIND_HEADER] + chunk + data[_BEHIND_HEADER:]


def _jpeg(data: bytes, per_inch: int) -> bytes:
    """With the density in its first segment (JFIF), if it has that."""
    if data[2:4] != b"\xff\xe0" or data[6:11] != b"JFIF\x00":
        return data
    return data[:13] + b"\x01" + struct.pack(">HH", per_inch, per_inch) + data[18:]
