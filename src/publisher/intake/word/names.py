"""An element of a Word file → its values, by the names of WordprocessingML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.wordfile import W as W

if TYPE_CHECKING:
    from lxml.etree import _Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741

_OFF = ("0", "false", "off", "none")
_MEASURE = re.compile(r"\s*(-?[0-9]*\.?[0-9]+)\s*(pt|in|cm|mm|pc|pi|emu)?\s*")
_TWIPS = {
    "pt": 20,
    "in": 1440,
    "cm": 1440 / 2.54,
    "mm": 1440 / 25.4,
    "pc": 240,
    "pi": 240,
    "emu": 1 / 635,
}

_MOST_DIGITS = 20
_LONGEST = 31_680
"""What a page of Word measures at most, in twentieths of a point."""


def value(element: _Element | None, name: str = "", attribute: str = "val") -> str | None:
    """An attribute of an element, or of its child `name`; None where it is not there."""
    holder = element if element is None or not name else element.find(f"{W}{name}")
    text = None if holder is None else holder.get(f"{W}{attribute}")
    return None if text is None else str(text)


def switch(element: _Element | None, name: str) -> bool | None:
    """Whether a child that stands for yes or no says yes; None where it is not there."""
    holder = None if element is None else element.find(f"{W}{name}")
    if holder is None:
        return None
    return str(holder.get(f"{W}val") or "1").lower() not in _OFF


def number(text: str | None, default: int = 0) -> int:
    """A whole number as files write them; the default where it is none, or none that they need."""
    try:
        return int(float(text)) if text and len(text) < _MOST_DIGITS else default
    except (ValueError, OverflowError):
        return default


TWIPS_PER_MM = 1440 / 25.4


def twips(text: str | None) -> float:
    """A length in twentieths of a point, whatever unit it is written in.

    0 where it is none, or is longer than any page.
    """
    match = _MEASURE.fullmatch(text) if text and len(text) < _MOST_DIGITS else None
    length = float(match[1]) * _TWIPS.get(match[2] or "", 1) if match else 0
    return length if abs(length) <= _LONGEST else 0


def local(element: _Element) -> str:
    """The name of an element without its namespace; empty for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
