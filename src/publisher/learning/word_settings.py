"""The parts of a DOCX → what it sets for its pages, which no page that is set shows as exactly."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.inspect.faces import face_of
from publisher.standard import FANG, Length
from publisher.wordfile import DOCUMENT, STYLES, W, parts_of, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = re.compile(f"{DOCUMENT}|{STYLES}")
_SIDES = ("top", "bottom", "left", "right")
_TWIPS = 20
TEXT_LINES = (20.0, 40.0)
"""Points, between which a pitch is that of a text, and not of a head or a table."""


@dataclass(frozen=True, slots=True)
class WordSettings:
    """What a DOCX sets; None for what it does not say."""

    margins: dict[str, float]
    """In millimetres, of the first upright section, by side."""
    line: float | None
    """In points, of most of the text."""
    fang: str | None
    """The font that it names for 仿宋."""
    has_grid: bool | None
    """Whether the page setup says lines and characters."""


def word_settings(data: bytes) -> WordSettings:
    """What a file sets; Unreadable where it is none."""
    parts = parts_of(data, _PARTS)
    if DOCUMENT not in parts:
        raise Unreadable("里面没有正文")
    document = xml_of(parts[DOCUMENT])
    styles = xml_of(parts[STYLES]) if STYLES in parts else None
    section = _upright(document)
    margins: dict[str, float] = {}
    page = None if section is None else section.find(f"{W}pgMar")
    for side in _SIDES if page is not None else ():
        if (length := _twips(page, side)) is not None:
            margins[side] = abs(round(length.mm, 1))  # below nought: as exactly that
    grid = None if section is None else section.find(f"{W}docGrid")
    is_grid = grid is not None and grid.get(f"{W}type") in ("linesAndChars", "snapToChars")
    return WordSettings(margins, _line(document, styles), _fang(document, styles), is_grid)


def _upright(document: _Element) -> _Element | None:
    for section in document.iter(f"{W}sectPr"):
        size = section.find(f"{W}pgSz")
        if size is None or size.get(f"{W}orient") != "landscape":
            return section
    return None


def _twips(element: _Element | None, name: str) -> Length | None:
    words = "" if element is None else str(element.get(f"{W}{name}") or "")
    return Length(int(words) / _TWIPS) if re.fullmatch("-?[0-9]{1,6}", words) else None


def _line(document: _Element, styles: _Element | None) -> float | None:
    """The exact pitch of most characters: of a paragraph itself, else of its style."""
    own = {str(style.get(f"{W}styleId")): style for style in _styles(styles)}
    count: Counter[float] = Counter()
    for paragraph in document.iter(f"{W}p"):
        characters = sum(len(each.text or "") for each in paragraph.iter(f"{W}t"))
        pitch = _pitch(paragraph, own)
        if pitch is not None and TEXT_LINES[0] <= pitch <= TEXT_LINES[1]:
            count[pitch] += characters
    return count.most_common(1)[0][0] if count else None


_DEEPEST = 20
"""Styles that may be based on one another."""


def _pitch(element: _Element, own: dict[str, _Element]) -> float | None:
    for _ in range(_DEEPEST):
        properties = element.find(f"{W}pPr")
        spacing = None if properties is None else properties.find(f"{W}spacing")
        if spacing is not None and spacing.get(f"{W}lineRule") == "exact":
            length = _twips(spacing, "line")
            return None if length is None else round(length.pt, 2)
        if spacing is not None and spacing.get(f"{W}line"):
            return None
        named = properties.find(f"{W}pStyle") if properties is not None else None
        above = named if named is not None else element.find(f"{W}basedOn")
        following = own.get(str(above.get(f"{W}val"))) if above is not None else _normal(own)
        if following is None or following is element:
            return None
        element = following
    return None


def _normal(own: dict[str, _Element]) -> _Element | None:
    paragraphs = (style for style in own.values() if style.get(f"{W}type") == "paragraph")
    return next((style for style in paragraphs if style.get(f"{W}default") in ("1", "true")), None)


def _styles(styles: _Element | None) -> list[_Element]:
    return [] if styles is None else list(styles.iter(f"{W}style"))


def _fang(document: _Element, styles: _Element | None) -> str | None:
    """The font of 仿宋 that is named most often."""
    count: Counter[str] = Counter()
    for root in (document, styles):
        for fonts in () if root is None else root.iter(f"{W}rFonts"):
            name = str(fonts.get(f"{W}eastAsia") or "")
            if name and face_of(name) is FANG:
                count[name] += 1
    return count.most_common(1)[0][0] if count else None
