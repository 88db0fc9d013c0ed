"""Elements of a page in order → the number that a browser draws before an entry of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.words.numerals import chinese_number

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LISTS = frozenset(["ol", "ul", "li"])
_STYLE = re.compile(r"list-style(?:-type)?\s*:([^;]*)")
_PLACES = frozenset(["inside", "outside", "!important"])
"""Words of a style that name no sign."""
_KINDS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha"}
"""Of `<ol type>`."""
_LETTERED = ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin")
_LETTERS = 26
_CHINESE = ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal")


@dataclass
class _Open:
    """A list that is open."""

    style: str
    count: int


class Markers:
    """The lists that are open, each with the number of its last entry."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def begin(self, element: HtmlElement) -> str:
        """The number before what begins; empty where it is no entry, or another sign is drawn."""
        if element.tag != "li":
            self._open.append(_Open(_style_of(element), _integer(element.get("start"), 1) - 1))
            return ""
        if not self._open:
            return ""
        entered = self._open[-1]
        entered.count = _integer(element.get("value"), entered.count + 1)
        return _drawn(_style_of(element, entered.style), entered.count)

    def end(self, element: HtmlElement) -> None:
        """A list that ends is open no more."""
        if element.tag != "li" and self._open:
            self._open.pop()


def _style_of(element: HtmlElement, inherited: str = "decimal") -> str:
    """What its entries begin with, as an element says itself; else what is `inherited`."""
    if element.tag == "ul":
        return "none"
    declared = " ".join(_STYLE.findall(element.get("style", "").lower())).split()
    signs = [word for word in declared if word not in _PLACES]
    if signs:
        return signs[-1]
    kind = element.get("type")
    return inherited if kind is None else _KINDS.get(kind, "none")


def _drawn(style: str, number: int) -> str:
    if style == "decimal":
        return f"{number}."
    if style in _CHINESE and number > 0:
        return f"{chinese_number(number)}、"
    letter = chr(ord("a") + number - 1) if style in _LETTERED and 0 < number <= _LETTERS else ""
    return f"{letter.upper() if style.startswith('upper') else letter}." if letter else ""


def _integer(value: str | None, otherwise: int) -> int:
    digits = re.fullmatch(r"\s*([0-9]{1,6})\s*", value or "")
    return int(digits[1]) if digits else otherwise
