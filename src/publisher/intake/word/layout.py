"""`w:pPr` → how a paragraph is set, as far as it says so; and one over another."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from publisher.intake.source import Aligned
from publisher.intake.word.names import W, number, switch, twips, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_ALIGNED = {
    "left": Aligned.LEFT,
    "start": Aligned.LEFT,
    "both": Aligned.JUSTIFIED,
    "distribute": Aligned.JUSTIFIED,
    "thaiDistribute": Aligned.JUSTIFIED,
    "lowKashida": Aligned.JUSTIFIED,
    "mediumKashida": Aligned.JUSTIFIED,
    "highKashida": Aligned.JUSTIFIED,
    "center": Aligned.CENTRED,
    "right": Aligned.RIGHT,
    "end": Aligned.RIGHT,
}
_NO_OUTLINE = 9
_SIDES = {"start": "left", "startChars": "leftChars", "end": "right", "endChars": "rightChars"}
_CANCELS = {
    "firstLineChars": ("firstLine", "hanging", "hangingChars"),
    "hangingChars": ("firstLine", "hanging", "firstLineChars"),
    "firstLine": ("hanging", "hangingChars"),
    "hanging": ("firstLine", "firstLineChars"),
    "leftChars": ("left",),
    "rightChars": ("right",),
}
"""Which indents of whoever stands below do not count beside one."""
_PER_CHARACTER, _MOST_CHARACTERS = 100, 1000


@dataclass(frozen=True, slots=True)
class ParagraphLayout:
    """How a paragraph is set; None where nothing is said."""

    alignment: Aligned | None = None
    indents: dict[str, str] = field(default_factory=dict)
    """The attributes of `w:ind`."""
    outline: int | None = None
    """From 1; 0 for none."""
    begins_page: bool | None = None
    is_ruled: bool | None = None
    numbering: str | None = None
    """Which list numbers it; 0 for none."""
    level: int | None = None
    """Of the list, from 0."""

    def over(self, below: ParagraphLayout) -> ParagraphLayout:
        """What is said here, and where nothing is, what is said below."""
        said = {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if getattr(self, each.name) is not None
        }
        return replace(below, **said | {"indents": self._indents_over(below.indents)})

    def _indents_over(self, below: dict[str, str]) -> dict[str, str]:
        cancelled = {each for name in self.indents for each in _CANCELS.get(name, ())}
        return {name: text for name, text in below.items() if name not in cancelled} | self.indents

    def first(self, size: float) -> float:
        """How far the first line is indented, in characters of a size; below 0 where it hangs."""
        hanging = self._indent("hanging", "hangingChars", size)
        return -hanging if hanging else self._indent("firstLine", "firstLineChars", size)

    def left(self, size: float) -> float:
        """How far all lines are, at the left."""
        return self._indent("left", "leftChars", size)

    def right(self, size: float) -> float:
        """And at the right."""
        return self._indent("right", "rightChars", size)

    def _indent(self, plain: str, counted: str, size: float) -> float:
        characters = number(self.indents.get(counted)) / _PER_CHARACTER
        if 0 < abs(characters) <= _MOST_CHARACTERS:
            return characters
        return round(twips(self.indents.get(plain)) / 20 / size, 2)


def layout(settings: _Element | None) -> ParagraphLayout:
    """What `w:pPr` says."""
    if settings is None:
        return ParagraphLayout()
    outline = value(settings, "outlineLvl")
    numbering = settings.find(f"{W}numPr")
    level = value(numbering, "ilvl")
    return ParagraphLayout(
        alignment=_ALIGNED.get(value(settings, "jc") or ""),
        indents=_indents(settings.find(f"{W}ind")),
        outline=None if outline is None else (number(outline, _NO_OUTLINE) + 1) % 10,
        begins_page=switch(settings, "pageBreakBefore"),
        is_ruled=_is_ruled(settings.find(f"{W}pBdr")),
        numbering=value(numbering, "numId"),
        level=None if level is None else max(0, min(number(level), 8)),
    )


def _indents(element: _Element | None) -> dict[str, str]:
    if element is None:
        return {}
    names = ((str(name).rpartition("}")[2], str(text)) for name, text in element.attrib.items())
    return {_SIDES.get(name, name): text for name, text in names}


def _is_ruled(borders: _Element | None) -> bool | None:
    if borders is None:
        return None
    lines = (value(borders, side) for side in ("top", "bottom"))
    return any(line not in (None, "nil", "none") for line in lines)
