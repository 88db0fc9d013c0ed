"""The colours of sRGB → an ICC profile of them (ICC.1:2001-04), the same bytes each time."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache

NAME = "sRGB IEC61966-2.1"
_Places = tuple[float, float, float]
_WHITE: _Places = (0.9642, 1.0, 0.8249)
"""D50, to which all colours of a profile are adapted."""
_PRIMARIES: dict[bytes, _Places] = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
"""Red, green and blue of IEC 61966-2-1, adapted to D50 after Bradford."""
_STEPS = 1024
_VERSION = 0x02100000
_MADE = (2000, 1, 1, 0, 0, 0)
"""A profile tells when it was made; this one always says the same."""
_COPYRIGHT = b"No copyright, use freely\0"


@cache
def srgb() -> bytes:
    """A display profile of version 2: what PDF/A-2 asks of an output intent (ISO 19005-2 6.2.3)."""
    parts = dict(_parts())
    start = 128 + 4 + 12 * len(parts)
    places, data = [], b""
    for name, part in parts.items():
        shared = data.find(part) if name in (b"gTRC", b"bTRC") else -1
        place = shared if shared >= 0 else len(data)
        places.append(struct.pack(">4sII", name, start + place, len(part)))
        data += b"" if shared >= 0 else part + bytes(-len(part) % 4)
    index = struct.pack(">I", len(parts)) + b"".join(places)
    return _head(start + len(data)) + index + data


def _head(size: int) -> bytes:
    head = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI",
        *(size, b"", _VERSION, b"mntr", b"RGB ", b"XYZ ", *_MADE),
        *(b"acsp", b"", 0, b"", b"", 0, 0),
    )
    return (head + _xyz(_WHITE)).ljust(128, b"\0")


def _parts() -> Iterator[tuple[bytes, bytes]]:
    yield b"desc", _description(NAME.encode())
    yield b"cprt", b"text" + bytes(4) + _COPYRIGHT
    yield b"wtpt", b"XYZ " + bytes(4) + _xyz(_WHITE)
    for name, places in _PRIMARIES.items():
        yield name, b"XYZ " + bytes(4) + _xyz(places)
    curve = [round(_linear(step / (_STEPS - 1)) * 0xFFFF) for step in range(_STEPS)]
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        yield name, struct.pack(f">4s4xI{_STEPS}H", b"curv", _STEPS, *curve)


def _description(name: bytes) -> bytes:
    """A name in ASCII, and none in Unicode or for the Macintosh."""
    return b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + bytes(1 + 8 + 3 + 67)


def _xyz(places: _Places) -> bytes:
    return struct.pack(">3i", *(round(place * 0x10000) for place in places))


def _linear(value: float) -> float:
    """The light of a value, as IEC 61966-2-1 has it."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
