"""The lists of a file → the number that Word prints before each paragraph of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.intake.word import counting, symbols
from publisher.intake.word.layout import ParagraphLayout, layout
from publisher.intake.word.names import MC, W, number, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.word_styles import WordStyles

LEVELS = 9
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level of a list is counted and printed."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    """`%1.%2`."""
    restarts_after: int | None = None
    """After which level it begins again, from 1; 0 for none, None for each above it."""
    is_legal: bool = False
    """Whether the levels above it are printed in figures."""
    is_hidden: bool = False
    layout: ParagraphLayout = ParagraphLayout()
    style: str = ""
    """The paragraph style that stands for it."""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as paragraphs name it."""

    counts_with: str
    """The definition that it shares its counts with."""
    levels: dict[int, ListLevel] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    """Levels that begin anew where it is first used, and at which number."""


class Numbering:
    """The lists of a file, and how far they are counted."""

    def __init__(self, root: _Element | None, styles: WordStyles) -> None:
        self._styles = styles
        self._abstract: dict[str, _Element] = {}
        self._nums: dict[str, _Element] = {}
        for each in () if root is None else root.findall(f"{W}abstractNum"):
            self._abstract.setdefault(value(each, attribute="abstractNumId") or "", each)
        for each in () if root is None else root.findall(f"{W}num"):
            self._nums.setdefault(value(each, attribute="numId") or "", each)
        self._lists: dict[str, NumberedList | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level(self, numbering: str | None, level: int) -> ListLevel | None:
        """The level of a list; None where a paragraph of it has no number."""
        numbered = self._list(numbering)
        return numbered.levels.get(level) if numbered else None

    def level_of_style(self, numbering: str | None, style: str) -> int | None:
        """The level that a paragraph style stands for in a list."""
        numbered = self._list(numbering)
        levels = numbered.levels.items() if numbered else ()
        return next((level for level, each in levels if each.style == style), None)

    def label(self, numbering: str | None, level: int) -> str:
        """The number of the next paragraph of a list's level, as printed, without blanks around."""
        numbered = self._list(numbering)
        shown = numbered.levels.get(level) if numbered else None
        if not numbered or not numbering or not shown:
            return ""
        counts = self._counts.setdefault(numbered.counts_with, [None] * LEVELS)
        self._begin(numbering, numbered, counts, level)
        for above in range(level):  # Word counts a level that is passed over as if it were there
            if counts[above] is None and above in numbered.levels:
                counts[above] = numbered.starts.get(above, numbered.levels[above].start)
        counts[level] = shown.start if (count := counts[level]) is None else count + 1
        for deeper in range(level + 1, LEVELS):
            if _begins_again(numbered.levels.get(deeper), level):
                counts[deeper] = None
        return "" if shown.is_hidden else _printed(numbered, level, counts).strip()

    def _begin(
        self, numbering: str, numbered: NumberedList, counts: list[int | None], level: int
    ) -> None:
        """A list that begins anew does so once, at the first paragraph of each level or below."""
        if level in numbered.starts and (numbering, level) not in self._begun:
            counts[level] = numbered.starts[level] - 1
        self._begun |= {(numbering, begun) for begun in range(level + 1)}

    def _list(self, numbering: str | None) -> NumberedList | None:
        if not numbering or numbering not in self._nums:
            return None
        if numbering not in self._lists:
            self._lists[numbering] = self._read(self._nums[numbering])
        return self._lists[numbering]

    def _read(self, num: _Element) -> NumberedList | None:
        identifier = value(num, "abstractNumId") or ""
        abstract = self._abstract.get(identifier)
        link = None if abstract is None else value(abstract, "numStyleLink")
        if link is not None:  # it says only which style has the levels
            linked = self._nums.get(self._styles.list_of(link))
            identifier = value(linked, "abstractNumId") or self._with_style(link)
            abstract = self._abstract.get(identifier)
        if abstract is None:
            return None
        levels = dict(_levels(abstract))
        starts: dict[int, int] = {}
        for override in num.findall(f"{W}lvlOverride"):
            levels |= dict(_levels(override))
            start = value(override, "startOverride")
            if start is not None:
                starts[number(value(override, attribute="ilvl"))] = number(start)
        return NumberedList(identifier, levels, starts)

    def _with_style(self, link: str) -> str:
        """The definition that calls itself that of a style."""
        return next(
            (name for name, each in self._abstract.items() if value(each, "styleLink") == link), ""
        )


def _levels(holder: _Element) -> list[tuple[int, ListLevel]]:
    return [
        (place, _level(each))
        for each in holder.findall(f"{W}lvl")
        if 0 <= (place := number(value(each, attribute="ilvl"))) < LEVELS
    ]


def _level(element: _Element) -> ListLevel:
    restart = value(element, "lvlRestart")
    settings = element.find(f"{W}rPr")
    text = value(element, "lvlText") or ""
    form = _form(element)
    if form == "bullet":
        text = _bullet(text, settings)
    return ListLevel(
        start=number(value(element, "start")),
        form=form,
        text=text,
        restarts_after=None if restart is None else number(restart),
        is_legal=bool(switch(element, "isLgl")),
        is_hidden=bool(switch(settings, "vanish")),
        layout=layout(element.find(f"{W}pPr")),
        style=value(element, "pStyle") or "",
    )


def _form(element: _Element) -> str:
    """A format that old programs do not know stands in a choice, with how it counts: 001, 002."""
    chosen = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    form = element.find(f"{W}numFmt") if chosen is None else chosen
    custom = (value(form, attribute="format") or "").split(",")[0].strip()
    if value(form) == "custom":
        return f"{counting.ZEROS}{len(custom)}" if re.fullmatch("0{1,9}1", custom) else "decimal"
    return value(form) or "decimal"


def _bullet(text: str, settings: _Element | None) -> str:
    fonts = None if settings is None else settings.find(f"{W}rFonts")
    font = value(fonts, attribute="ascii") or value(fonts, attribute="hAnsi") or ""
    return "".join(symbols.shown(character, font) for character in text)


def _begins_again(level: ListLevel | None, above: int) -> bool:
    """Whether a level begins again after a paragraph of one above it."""
    if level is None or level.restarts_after is None:
        return True
    return above < level.restarts_after


def _printed(numbered: NumberedList, level: int, counts: list[int | None]) -> str:
    shown = numbered.levels[level]

    def count(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        named = numbered.levels.get(place)
        if named is None or place > level:
            return ""
        reached = counts[place]
        form = "decimal" if shown.is_legal and named.form != "none" else named.form
        return counting.printed(named.start if reached is None else reached, form)

    return _PLACE.sub(count, shown.text)
