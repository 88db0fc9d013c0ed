"""The styles of a file → how paragraphs and characters of each look, all they rest on added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.intake.word.characters import NOTHING_SAID, Characters, characters
from publisher.intake.word.layout import ParagraphLayout, layout
from publisher.intake.word.names import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.theme import Theme

_DEEPEST = 30
"""Of styles that rest on one another: in a circle they have no end."""
_DEFAULT_SIZE = 10.0
"""In points, where a file says none at all."""
_UI_NAMES = {"caption": "Caption", "header": "Header", "footer": "Footer"}
_UI_NAMES |= {f"heading {level}": f"Heading {level}" for level in range(1, 10)}
"""How Word shows the names of styles that it writes in another way."""


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph style says, all that it rests on added."""

    name: str = ""
    layout: ParagraphLayout = ParagraphLayout()
    characters: Characters = NOTHING_SAID
    numbered: str = ""
    """The identifier of the style that puts it into a list."""


class WordStyles:
    """The styles of a file by their identifiers; none where it has no part of them."""

    def __init__(self, root: _Element | None, theme: Theme) -> None:
        self._theme = theme
        self._styles: dict[str, _Element] = {}
        self._default = ""
        for style in () if root is None else root.findall(f"{W}style"):
            identifier = value(style, attribute="styleId") or ""
            self._styles.setdefault(identifier, style)
            is_default = value(style, attribute="default") in ("1", "true", "on")
            if is_default and value(style, attribute="type") == "paragraph":
                self._default = identifier
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self._below = _defaults(defaults, theme)
        self._looks: dict[str, ParagraphLook] = {}
        self._characters: dict[str, Characters] = {}

    def name(self, identifier: str | None) -> str:
        """The name of a style, as Word shows it; empty where there is none."""
        style = self._styles.get(identifier or "")
        name = (value(style, "name") or "").strip()
        return _UI_NAMES.get(name.lower(), name)

    def paragraph(self, identifier: str | None) -> ParagraphLook:
        """What a paragraph of a style looks like; of the default one where it names none."""
        known = identifier if identifier in self._styles else self._default
        assert known is not None
        if known not in self._looks:
            self._looks[known] = self._paragraph(known)
        return self._looks[known]

    def _paragraph(self, identifier: str) -> ParagraphLook:
        look = self._below
        numbered = ""
        for name in reversed(self._chain(identifier)):
            style = self._styles[name]
            own = layout(style.find(f"{W}pPr"))
            names_list = own.numbering is not None or own.level is not None
            numbered = name if names_list else numbered
            look = ParagraphLook(
                layout=own.over(look.layout),
                characters=characters(style.find(f"{W}rPr"), self._theme).over(look.characters),
            )
        return ParagraphLook(self.name(identifier), look.layout, look.characters, numbered)

    def own_layout(self, identifier: str) -> ParagraphLayout:
        """What a style says itself."""
        return layout(self._styles[identifier].find(f"{W}pPr"))

    def character(self, identifier: str | None) -> Characters:
        """What a character style says."""
        if identifier not in self._styles:
            return NOTHING_SAID
        assert identifier is not None
        if identifier not in self._characters:
            look = NOTHING_SAID
            for name in reversed(self._chain(identifier)):
                look = characters(self._styles[name].find(f"{W}rPr"), self._theme).over(look)
            self._characters[identifier] = look
        return self._characters[identifier]

    def direct(self, settings: _Element | None) -> Characters:
        """What stands beside characters themselves."""
        return characters(settings, self._theme)

    def table(self, identifier: str | None) -> list[_Element]:
        """The styles of a table, the nearest first."""
        return [self._styles[name] for name in self._chain(identifier or "")]

    def list_of(self, identifier: str) -> str:
        """The list that a numbering style stands for; empty without one."""
        style = self._styles.get(identifier)
        return (None if style is None else value(style.find(f"{W}pPr/{W}numPr"), "numId")) or ""

    def _chain(self, identifier: str) -> list[str]:
        """A style and those that it rests on, the nearest first."""
        chain: list[str] = []
        while identifier in self._styles and identifier not in chain and len(chain) < _DEEPEST:
            chain.append(identifier)
            identifier = value(self._styles[identifier], "basedOn") or ""
        return chain


def _defaults(defaults: _Element | None, theme: Theme) -> ParagraphLook:
    basic = Characters(size=_DEFAULT_SIZE)
    if defaults is None:
        return ParagraphLook(characters=basic)
    said = characters(defaults.find(f"{W}rPrDefault/{W}rPr"), theme)
    return ParagraphLook(
        layout=layout(defaults.find(f"{W}pPrDefault/{W}pPr")), characters=said.over(basic)
    )
