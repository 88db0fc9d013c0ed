"""A font in an OFD → how wide its characters are and where their ink is, if it can be read."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar
from unicodedata import east_asian_width

from publisher.inspect.thresholds import Ems

_HALF = 0.5
_Answer = TypeVar("_Answer")
Reach = tuple[Ems, Ems]
"""How far ink rises above the baseline and falls below, in parts of the size."""


class OfdFont:
    """A font by its name, with its file where the OFD holds one.

    A damaged font trips anywhere: what it does not tell is taken as usual.
    """

    def __init__(self, name: str, data: bytes | None) -> None:
        self.name, self.data = name, data
        self._font = _opened(data)
        self._advances: dict[tuple[str, int | None], Ems] = {}
        self._inks: dict[tuple[str, int | None], Reach | None] = {}

    @property
    def is_embedded(self) -> bool:
        """Whether the file holds it, whole enough to be read."""
        return self._font is not None

    def has(self, character: str) -> bool:
        """Whether its file has a character."""
        try:
            return self._font is not None and ord(character) in self._cmap
        except Exception:
            return False

    def advance(self, character: str, glyph: int | None) -> Ems:
        """How wide a character is, in parts of its size; of one that is not known, the usual."""
        key = character, glyph
        if key not in self._advances:
            width = self._asked(self._width, key)
            usual = 1.0 if east_asian_width(character) in "WFA" else _HALF
            self._advances[key] = usual if width is None else width
        return self._advances[key]

    def ink(self, character: str, glyph: int | None) -> Reach | None:
        """Where the ink of a character is; None where that is not known."""
        key = character, glyph
        if key not in self._inks:
            self._inks[key] = self._asked(self._drawn, key)
        return self._inks[key]

    def _width(self, name: str) -> Ems:
        width: Ems = self._font["hmtx"][name][0] / self._unit
        return width

    def _drawn(self, name: str) -> Reach | None:
        from fontTools.pens.boundsPen import BoundsPen

        glyphs = self._font.getGlyphSet()
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        return (pen.bounds[3] / self._unit, -pen.bounds[1] / self._unit) if pen.bounds else None

    def _asked(self, ask: Callable[[str], _Answer], key: tuple[str, int | None]) -> _Answer | None:
        """What the font says of a glyph; None where it says nothing."""
        character, glyph = key
        if self._font is None:
            return None
        try:
            name = self._cmap[ord(character)] if glyph is None else self._font.getGlyphName(glyph)
            return ask(name)
        except Exception:
            return None

    @cached_property
    def _cmap(self) -> dict[int, str]:
        return self._font.getBestCmap() or {}

    @cached_property
    def _unit(self) -> int:
        return int(self._font["head"].unitsPerEm)


def _opened(data: bytes | None) -> Any:
    """A font that can be read; None of what is none."""
    if data is None:
        return None
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        font.getBestCmap()
        return font if font["head"].unitsPerEm and font["hmtx"] is not None else None
    except Exception:
        return None
