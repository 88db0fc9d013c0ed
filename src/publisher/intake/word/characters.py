"""`w:rPr` → how characters look, as far as it says so; and one over another."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from publisher.intake.source import RunShift
from publisher.intake.word.names import local, switch, twips, value

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.theme import Theme

_SHIFTS = {"superscript": RunShift.RAISED, "subscript": RunShift.LOWERED, "baseline": RunShift.NONE}
_HEX = re.compile("[0-9A-Fa-f]{6}")
_LEAST_RED, _MOST_BESIDE = 0xB0, 0x60
"""Of a colour that is called red: how much red it has, and how much of each other."""
_SMALLEST, _LARGEST = 0.5, 1638
"""Sizes that Word lets characters have, in points."""
_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Characters:
    """How characters look; None where nothing is said."""

    face: str | None = None
    latin: str | None = None
    """The font of their letters: of Chinese characters too, where it has a Chinese name."""
    size: float | None = None
    is_bold: bool | None = None
    is_red: bool | None = None
    is_underlined: bool | None = None
    is_hidden: bool | None = None
    is_struck: bool | None = None
    shift: RunShift | None = None

    def over(self, below: Characters) -> Characters:
        """What is said here, and where nothing is, what is said below."""
        if self == NOTHING_SAID:
            return below
        mine = {
            field.name: said
            for field in fields(self)
            if (said := getattr(self, field.name)) is not None
        }
        return Characters(
            **{field.name: getattr(below, field.name) for field in fields(self)} | mine
        )

    def over_style(self, below: Characters) -> Characters:
        """A character style over a paragraph's: what both switch on is off."""
        merged = self.over(below)
        return replace(
            merged,
            is_bold=_toggled(self.is_bold, below.is_bold),
            is_hidden=_toggled(self.is_hidden, below.is_hidden),
            is_struck=_toggled(self.is_struck, below.is_struck),
        )

    @property
    def shown_face(self) -> str:
        """The font of Chinese characters; empty where nobody says."""
        if self.face:
            return self.face
        return self.latin if self.latin and _CHINESE.search(self.latin) else ""


def _toggled(above: bool | None, below: bool | None) -> bool | None:
    return below if above is None else above != bool(below)


NOTHING_SAID = Characters()


def characters(settings: _Element | None, theme: Theme) -> Characters:
    """What `w:rPr` says."""
    if settings is None or not len(settings):
        return NOTHING_SAID
    fonts = settings.find("{*}rFonts")
    underline = value(settings, "u")
    struck = switch(settings, "strike"), switch(settings, "dstrike")
    return Characters(
        face=_face(fonts, theme, "eastAsia"),
        latin=_face(fonts, theme, "ascii"),
        size=_size(value(settings, "sz")),
        is_bold=switch(settings, "b"),
        is_red=_is_red(settings, theme),
        is_underlined=None if underline is None else underline != "none",
        is_hidden=switch(settings, "vanish"),
        is_struck=None if struck == (None, None) else any(struck),
        shift=_SHIFTS.get(value(settings, "vertAlign") or ""),
    )


def _face(fonts: _Element | None, theme: Theme, script: str) -> str | None:
    named = value(fonts, attribute=f"{script}Theme")
    return (theme.face(named) if named else "") or value(fonts, attribute=script)


def _size(text: str | None) -> float | None:
    """In points: files count in halves, strict ones may name a unit."""
    if text is None:
        return None
    has_unit = text[-1:].isalpha()
    size = twips(text) / (20 if has_unit else 2)
    return size if _SMALLEST <= size <= _LARGEST else None


def _is_red(settings: _Element, theme: Theme) -> bool | None:
    colors = [each for each in settings if local(each) == "color"]
    if not colors:
        return None
    said = value(colors[0]) or ""
    is_named = said not in ("", "auto")
    return is_red(said if is_named else theme.color(value(colors[0], "", "themeColor") or ""))


def is_red(color: str) -> bool:
    """Whether six hexadecimal digits, with or without a sign before them, are a red."""
    digits = color.removeprefix("#")
    if not _HEX.fullmatch(digits):
        return digits.lower() == "red"
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red >= _LEAST_RED and max(green, blue) <= _MOST_BESIDE
