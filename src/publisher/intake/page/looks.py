"""An element of a page and how its parent looks → how its own words look."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from publisher.intake.page.styles import Declared
from publisher.intake.source import Aligned, Look, Run, RunShift

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NORMAL = 12.0
"""Points of a character where nobody says: 16 pixels."""
_FONT_SIZES = {1: 7.5, 2: 10.0, 3: 12.0, 4: 13.5, 5: 18.0, 6: 24.0, 7: 36.0}
"""Of `<font size>`."""
_NAMED_SIZES = {
    "xx-small": 7.0,
    "x-small": 7.5,
    "small": 10.0,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
}
HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
"""How large a browser shows them, against the words around."""
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0, "": 0.75}
_LENGTH = re.compile(r"(-?[0-9]{0,6}\.?[0-9]{1,9})\s*([a-z]*|%)", re.IGNORECASE)
_LIST_LEVEL = re.compile(r"\blevel([1-9])\b")
_SHORT = re.compile(r"([0-9.]{1,8}(?:[a-z]{2,3}|%))(?:\s*/\s*[\w.%]+)?\s+(.+)", re.IGNORECASE)
_LATIN = re.compile(r"[\x00-\x7f]*")
_CHINESE_FACES = re.compile(
    "sim(?:sun|hei)|kaiti|fangsong|yahei|nsimsun|mingliu|dengxian|stsong|stkai|stfang|stxi|"
    "stzhong|youyuan|lisu|hei|song|source han|noto (?:sans|serif)|pingfang|fz",
    re.IGNORECASE,
)
_ALIGNMENTS = {
    "left": Aligned.LEFT,
    "start": Aligned.LEFT,
    "right": Aligned.RIGHT,
    "end": Aligned.RIGHT,
    "center": Aligned.CENTRED,
    "-webkit-center": Aligned.CENTRED,
    "middle": Aligned.CENTRED,
    "justify": Aligned.JUSTIFIED,
    "inter-ideograph": Aligned.JUSTIFIED,
}
LINKED = "a"
"""The style of words that lead somewhere else."""
_RGB = re.compile(r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})")
_HEX = re.compile("#([0-9a-f]{6}|[0-9a-f]{3})")


class Extent(NamedTuple):
    """A length, in characters or in points."""

    number: float
    is_in_points: bool = False

    def of(self, size: float | None) -> float:
        """How many characters of a size it is."""
        if self.is_in_points:
            return round(self.number / (size or _NORMAL), 2)
        return self.number


_NOTHING = Extent(0)


@dataclass(frozen=True, slots=True)
class Looks:
    """How words look, as elements hand it down to those in them."""

    face: str = ""
    size: float | None = None
    is_bold: bool = False
    is_red: bool = False
    is_underlined: bool = False
    shift: RunShift = RunShift.NONE
    link: str = ""
    alignment: Aligned | None = None
    style: str = ""
    outline: int | None = None
    first: Extent = _NOTHING
    left: Extent = _NOTHING
    right: Extent = _NOTHING
    keeps_blanks: bool = False
    is_linked: bool = False
    level: int | None = None
    """In the lists of Word's own pages."""

    def run(self, words: str) -> Run:
        """Words that look so."""
        return Run(
            words,
            face=self.face,
            size=self.size,
            is_bold=self.is_bold,
            is_red=self.is_red,
            is_underlined=self.is_underlined,
            shift=self.shift,
            style=LINKED if self.is_linked else "",
            link=self.link,
        )

    def look(self, size: float | None) -> Look:
        """How a paragraph of such words is set, most of whose characters have a size."""
        return Look(
            style=self.style,
            outline=self.outline,
            alignment=self.alignment,
            first=self.first.of(size),
            left=max(0, self.left.of(size)),
            right=max(0, self.right.of(size)),
        )


def looks_of(element: HtmlElement, said: Declared, outer: Looks, is_block: bool) -> Looks:
    """How the words of an element look, by what is declared of it and by what it is."""
    looks = _by_name(element, outer)
    if said:
        looks = _as_said(said, looks)
    return _as_block(element, said, looks) if is_block else looks


def _as_said(said: Declared, looks: Looks) -> Looks:
    return replace(
        looks,
        face=_face(said) or looks.face,
        size=_size(said.get("font-size") or _size_in_short(said), looks.size),
        is_bold=_is_bold(said, looks.is_bold),
        is_red=_is_red(said["color"]) if "color" in said else looks.is_red,
        shift=_shift(said, looks.shift),
        is_underlined=looks.is_underlined or "underline" in _decoration(said),
    )


def _by_name(element: HtmlElement, outer: Looks) -> Looks:
    match element.tag:
        case "b" | "strong" | "th":
            looks = replace(outer, is_bold=True)
            if element.tag == "th":
                looks = replace(looks, alignment=Aligned.CENTRED)
        case "u" | "ins":
            looks = replace(outer, is_underlined=True)
        case "sup":
            looks = replace(outer, shift=RunShift.RAISED)
        case "sub":
            looks = replace(outer, shift=RunShift.LOWERED)
        case "center" | "caption":
            looks = replace(outer, alignment=Aligned.CENTRED)
        case "font":
            looks = _of_font(element, outer)
        case "pre":
            looks = replace(outer, keeps_blanks=True)
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" as name:
            size = (outer.size or _NORMAL) * HEADINGS[name]
            looks = replace(outer, is_bold=True, size=round(size, 1), outline=int(name[1]))
        case _:
            looks = outer
    return looks


def _of_font(element: HtmlElement, outer: Looks) -> Looks:
    step = re.fullmatch(r"\s*([+-]?)([0-9])\s*", element.get("size") or "")
    size = outer.size
    if step:
        number = int(step[2])
        number = 3 + number if step[1] == "+" else 3 - number if step[1] else number
        size = _FONT_SIZES[min(7, max(1, number))]
    color = element.get("color")
    return replace(
        outer,
        size=size,
        face=_chinese_face(element.get("face") or "") or outer.face,
        is_red=_is_red(color) if color else outer.is_red,
    )


def _as_block(element: HtmlElement, said: Declared, looks: Looks) -> Looks:
    """What holds of blocks alone."""
    align = said.get("text-align", element.get("align") or "").lower()
    if element.tag == "table":
        align = said.get("text-align", "")
    sides = _sides(said)
    return replace(
        looks,
        style=_style(element),
        level=_level(said),
        alignment=_ALIGNMENTS.get(align, looks.alignment),
        first=_extent(said.get("text-indent"), looks.first),
        left=_extent(sides[0], _NOTHING) if element.tag != "li" else _NOTHING,
        right=_extent(sides[1], _NOTHING),
        keeps_blanks=said.get("white-space", "pre" if looks.keeps_blanks else "")
        in ("pre", "pre-wrap", "break-spaces"),
    )


def _style(element: HtmlElement) -> str:
    """The name of an element with its first class, as in a style sheet.

    One of `<th>` that names a group of rows says so in its place: `th.rowgroup`; a `<p>` that has
    none, in an item of a list: `p.of-item`.
    """
    classes = (element.get("class") or "").split()
    if element.tag == "th" and element.get("scope") == "rowgroup":
        classes = ["rowgroup"]
    elif element.tag == "p" and not classes and next(element.iterancestors("li"), None) is not None:
        classes = ["of-item"]
    return ".".join([str(element.tag), *classes[:1]])


def _level(said: Declared) -> int | None:
    level = _LIST_LEVEL.search(said.get("mso-list", ""))
    return int(level[1]) if level else None


def _sides(said: Declared) -> tuple[str | None, str | None]:
    """The margins at the left and at the right."""
    values = (said.get("margin") or "").split()
    right = values[1] if len(values) > 1 else None
    left = values[3] if len(values) > 3 else right
    return said.get("margin-left", left), said.get("margin-right", right)


def _extent(value: str | None, otherwise: Extent) -> Extent:
    """A length; what it is `otherwise` where a value says none."""
    length = _LENGTH.fullmatch((value or "").strip())
    if length is None or length[2] == "%":
        return otherwise
    number, unit = float(length[1]), length[2].lower()
    if unit in ("em", "rem", "ic"):
        return Extent(number)
    return Extent(number * _POINTS[unit], is_in_points=True) if unit in _POINTS else otherwise


def _size(value: str | None, outer: float | None) -> float | None:
    """A size in points."""
    value = (value or "").strip().lower()
    if value in _NAMED_SIZES:
        return _NAMED_SIZES[value]
    length = _LENGTH.fullmatch(value)
    if length is None:
        return outer
    number, unit = float(length[1]), length[2]
    if unit in ("em", "%"):
        return round((outer or _NORMAL) * number / (100 if unit == "%" else 1), 2) or outer
    if unit == "rem":
        return round(_NORMAL * number, 2) or outer
    return round(number * _POINTS[unit], 2) or outer if unit in _POINTS else outer


def _size_in_short(said: Declared) -> str | None:
    """The size in `font: bold 16pt/1.5 SimSun`."""
    short = _SHORT.search(said.get("font", ""))
    return short[1] if short else None


def _face(said: Declared) -> str:
    family = said.get("mso-fareast-font-family") or said.get("font-family")
    if family is None and (short := _SHORT.search(said.get("font", ""))):
        family = short[2]
    return _chinese_face(family or "")


def _chinese_face(family: str) -> str:
    """The first font of a list that has Chinese characters; empty where none has."""
    for name in family.split(","):
        name = name.strip().strip("\"'").strip()
        if (
            name
            and not name.startswith("var(")
            and (not _LATIN.fullmatch(name) or _CHINESE_FACES.search(name))
        ):
            return name
    return ""


def _is_bold(said: Declared, outer: bool) -> bool:
    weight = said.get("font-weight", "").lower()
    if weight.isdecimal():
        return int(weight[:4]) >= 600
    if weight in ("bold", "bolder"):
        return True
    if weight in ("normal", "lighter"):
        return False
    return outer or "bold" in said.get("font", "").lower().split()


def _is_red(color: str) -> bool:
    color = color.lower()
    if rgb := _RGB.search(color):
        red, green, blue = (int(part) for part in rgb.groups())
    elif written := _HEX.search(color):
        digits = written[1] if len(written[1]) == 6 else "".join(2 * digit for digit in written[1])
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    else:
        return color.strip() in ("red", "crimson", "darkred", "firebrick")
    return red > 150 and green < 80 and blue < 80


def _shift(said: Declared, outer: RunShift) -> RunShift:
    match said.get("vertical-align", "").lower():
        case "super":
            return RunShift.RAISED
        case "sub":
            return RunShift.LOWERED
    return outer


def _decoration(said: Declared) -> str:
    return said.get("text-decoration", "") + said.get("text-decoration-line", "")
