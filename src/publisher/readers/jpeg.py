"""The bytes of a JPEG → the same pixels, without what its file says beside them.

No pixel is computed anew: a picture that is read, written and read again stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

_END, _SCAN = 0xD9, 0xDA
_JFIF, _ADOBE, _COMMENT = 0xE0, 0xEE, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_ALONE = (0x01, *range(0xD0, 0xD8))
"""Markers without a length: they may stand among what is scanned."""
_NEUTRAL = b"\xff\xe0\x00\x10JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""A segment of JFIF with square pixels, no density, and no small picture of the picture."""


def bare(data: bytes) -> bytes:
    """A JPEG whose only segments are those that its pixels need; ValueError where it is none."""
    segments = tuple(_segments(data))
    markers = {marker for marker, _, _ in segments}
    # Where Adobe says how colours are meant and JFIF does not, the latter would be believed.
    neutral = _NEUTRAL if _JFIF in markers or _ADOBE not in markers else b""
    kept = (
        segment + scanned
        for marker, segment, scanned in segments
        if marker == _ADOBE or (marker not in _APPLICATIONS and marker != _COMMENT)
    )
    return b"\xff\xd8" + neutral + b"".join(kept) + b"\xff\xd9"


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each marker with its segment, and what is scanned behind it, up to the end of the picture."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":  # may stand before any marker
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise ValueError("a marker is missing")
        marker = data[at + 1]
        if marker == _END:
            return
        length = 0 if marker in _ALONE else int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if end > len(data):
            raise ValueError("a segment is cut off")
        behind = _end_of_scan(data, end) if marker == _SCAN else end
        yield marker, data[at:end], data[end:behind]
        at = behind


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker is that is none of what is scanned."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and data[at + 1] not in _ALONE and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    raise ValueError("its end is missing")
