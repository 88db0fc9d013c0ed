"""A number → as a clerk writes it; a width of a picture with its unit."""

from __future__ import annotations

_TENTHS = 10


def number(value: float) -> str:
    """A number without needless digits."""
    return str(int(value)) if value == int(value) else repr(value)


def width(millimetres: float) -> str:
    """A width, in centimetres where that is short."""
    in_centimetres = round(millimetres / _TENTHS, 1)
    if in_centimetres * _TENTHS == millimetres:
        return f"{number(in_centimetres)}厘米"
    return f"{number(millimetres)}毫米"
