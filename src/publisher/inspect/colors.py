"""Colours of characters and strokes → whether they are red, and how CSS writes them."""

from __future__ import annotations

Color = tuple[int, int, int]
"""Red, green and blue, each of 255."""


def is_red(color: Color) -> bool:
    """Whether a colour is the red of Y80 M80, as screens and printers show it."""
    red, green, blue = color
    return red >= 170 and max(green, blue) <= 100 and abs(green - blue) <= 60


def is_black(color: Color) -> bool:
    """Whether a printer makes it black: its lightest part decides."""
    return max(color) <= 60


def hexadecimal(color: Color) -> str:
    """A colour as CSS writes it."""
    return "#{:02X}{:02X}{:02X}".format(*color)
