"""A font in a PDF → the same for OFD: its file, its name, what its glyphs say, their widths."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from publisher.fonts import call_by_number
from publisher.renderers.ofd.undrawable import Undrawable

_CHARACTER = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_THOUSAND = 1000


@dataclass(frozen=True)
class EmbeddedFace:
    """A font that a PDF holds as a subset, its glyphs called by their numbers."""

    key: str
    name: str
    """Its own, as `Noto Serif CJK SC Bold`."""
    family: str
    data: bytes
    suffix: str
    says: dict[int, str]
    """The words of glyphs."""
    widths: dict[int, float]
    """In parts of the size; of glyphs that are not here, one."""
    reach: tuple[float, float]
    """How far it rises above the baseline, and falls below, in parts of the size."""

    @property
    def bold(self) -> bool:
        """Whether it is a bold one, by its name."""
        return "bold" in self.name.lower()

    @cached_property
    def glyphs(self) -> dict[str, int]:
        """The glyph that it has for a character."""
        from fontTools.ttLib import TTFont, TTLibError

        try:
            with TTFont(io.BytesIO(self.data), lazy=True) as font:
                call_by_number(font)
                named = font.getBestCmap() or {}
                return {chr(code): font.getGlyphID(glyph) for code, glyph in named.items()}
        except (TTLibError, KeyError, ValueError) as error:
            raise Undrawable(f"a font that cannot be read: {error}") from None


def face_of(font: Any) -> EmbeddedFace:
    """What a font of a PDF is; Undrawable of what is no whole font file with numbered glyphs."""
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        raise Undrawable("a font whose glyphs have no numbers")
    inner = font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    file = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
    if file is None or inner.get("/CIDToGIDMap", "/Identity") != "/Identity":
        raise Undrawable("a font that the file does not hold whole")
    name = str(descriptor.FontName)[1:]
    mark, plus, bare = name.partition("+")
    data = file.read_bytes()
    return EmbeddedFace(
        name,
        (bare if plus and len(mark) == 6 else name).replace("-", " "),
        str(descriptor.get("/FontFamily", "")),
        data,
        ".otf" if data.startswith(b"OTTO") else ".ttf",
        _says(font.get("/ToUnicode")),
        dict(_widths(inner.get("/W", ()))),
        (float(descriptor.Ascent) / _THOUSAND, -float(descriptor.Descent) / _THOUSAND),
    )


def _says(stream: Any) -> dict[int, str]:
    if stream is None:
        return {}
    says: dict[int, str] = {}
    data = stream.read_bytes()
    for part in data.split(b"beginbfchar")[1:]:
        for code, words in _CHARACTER.findall(part.partition(b"endbfchar")[0]):
            says[int(code, 16)] = _decoded(words)
    for part in data.split(b"beginbfrange")[1:]:
        for first, last, words in _RANGE.findall(part.partition(b"endbfrange")[0]):
            start = _decoded(words)
            for step in range(min(int(last, 16) - int(first, 16) + 1, 0x10000)):
                says[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return says


def _decoded(words: bytes) -> str:
    return bytes.fromhex(words.decode()).decode("utf-16-be", "replace")


def _widths(given: Any) -> list[tuple[int, float]]:
    """`[first [w w w] first last w …]` as pairs of a glyph and its width."""
    widths: list[tuple[int, float]] = []
    rest = list(given)
    while rest:
        first, following = int(rest[0]), rest[1]
        if hasattr(following, "__iter__"):
            widths += [
                (first + step, float(each) / _THOUSAND) for step, each in enumerate(following)
            ]
            rest = rest[2:]
        else:
            every = float(rest[2]) / _THOUSAND
            widths += [(glyph, every) for glyph in range(first, int(following) + 1)]
            rest = rest[3:]
    return widths


def glyphs_of(codes: bytes) -> list[int]:
    """The numbers of glyphs in a string of two bytes each."""
    return [high << 8 | low for high, low in zip(codes[::2], codes[1::2], strict=False)]
