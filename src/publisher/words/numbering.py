"""Headings and items of all levels → their numbers as printed and typed (GB/T 9704 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import assert_never

from publisher.model import Heading, Item, LevelForm, Prose
from publisher.words.numerals import COUNTED, chinese_number, circled, value_of
from publisher.words.sentences import ends_sentence


def label(form: LevelForm, counts: Sequence[int]) -> str:
    """A number as printed (GB/T 9704 7.3.3), with the space that follows it.

    `counts` are those of the levels down to its own, the last its own: 1.1 names two of them.
    """
    number = counts[-1]
    match form:
        case LevelForm.PART:
            return f"{chinese_number(number)}、"
        case LevelForm.CLAUSE:
            return f"（{chinese_number(number)}）"
        case LevelForm.ITEM:
            return f"{number}."
        case LevelForm.SUBITEM:
            return f"（{number}）"
        case LevelForm.POINT:
            return f"{number}）"
        case LevelForm.CIRCLED:
            return circled(number)
        case LevelForm.CHAPTER:
            return f"第{chinese_number(number)}章\u3000"
        case LevelForm.SECTION:
            return f"第{chinese_number(number)}节\u3000"
        case LevelForm.ARTICLE:
            return f"第{chinese_number(number)}条\u3000"
        case LevelForm.DECIMAL | LevelForm.DECIMAL_2 | LevelForm.DECIMAL_3 | LevelForm.DECIMAL_4:
            named = form.value.count(".") + 1
            return ".".join(map(str, counts[-named:])) + "\u3000"
        case LevelForm.UNNUMBERED:
            return ""
        case _:
            assert_never(form)


_ITEM_FORMS = (
    LevelForm.PART,
    LevelForm.CLAUSE,
    LevelForm.ITEM,
    LevelForm.SUBITEM,
    LevelForm.POINT,
    LevelForm.CIRCLED,
)
"""GB/T 9704 7.3.3, and what offices count by below it."""
_AS_DEEP_AS = dict.fromkeys((form for form in LevelForm if form.is_decimal), LevelForm.ITEM) | {
    LevelForm.ARTICLE: LevelForm.PART
}


def all_levels(levels: tuple[LevelForm, ...]) -> tuple[LevelForm, ...]:
    """The levels that a text has, and below them those that its items may take."""
    ranks = [_AS_DEEP_AS.get(form, form) for form in levels]
    deepest = max((_ITEM_FORMS.index(form) for form in ranks if form in _ITEM_FORMS), default=-1)
    return (*levels, *_ITEM_FORMS[deepest + 1 :])


@dataclass(frozen=True, slots=True)
class Ordinal:
    """What a heading or an item is counted as."""

    level: int
    form: LevelForm
    number: int
    label: str
    """As printed, its space included."""


def holds_text(heading: Heading, text: Prose) -> bool:
    """Whether the words of a heading are text, of which the number alone is a heading's.

    Those of 第一条 and of what is below it are, and sentences numbered 1.1 that do not stand alone.
    """
    levels = text.levels[: heading.level]
    return LevelForm.ARTICLE in levels or (
        levels[-1].is_decimal and ends_sentence(heading.content) and not heading.stands_alone
    )


class Counter:
    """Counts the headings and items of one text; a level starts again below each above it."""

    def __init__(self, text: Prose) -> None:
        self.levels = all_levels(text.levels)
        """Those of items below its own too."""
        self._continuous = {LevelForm.ARTICLE, *text.continuous}
        self._counts = [0] * len(self.levels)
        self._heading = 0
        """The level of the latest heading."""

    def copy(self) -> Counter:
        """One that counts on from here by itself."""
        made = copy(self)
        made._counts = list(self._counts)
        return made

    def heading(self, block: Heading) -> Ordinal:
        """The number of the next heading."""
        self._heading = block.level
        return self._next(block.level)

    def item(self, block: Item) -> Ordinal:
        """The number of the next item: of the levels below its heading's that may be a text's.

        One deeper than there are levels has the last of them.
        """
        below = self.item_levels()
        level = below[min(block.depth, len(below)) - 1]
        if block.begins_anew:
            self._counts[level - 1] = 0
        return self._next(level)

    def item_levels(self) -> list[int]:
        """The levels of the items below the latest heading, from the first depth down."""
        return [
            level
            for level, form in enumerate(self.levels, 1)
            if level > self._heading and not form.heads_only
        ] or [len(self.levels)]

    def _next(self, level: int) -> Ordinal:
        self._counts[level - 1] += 1
        for deeper in range(level, len(self.levels)):
            if self.levels[deeper] not in self._continuous:  # articles run through the chapters
                self._counts[deeper] = 0
        form = self.levels[level - 1]
        return Ordinal(level, form, self.count(level), label(form, self._counts[:level]))

    def count(self, level: int) -> int:
        """The number of the latest heading or item of a level."""
        return self._counts[level - 1]


def numbers(text: Prose) -> Iterator[tuple[int, Ordinal]]:
    """The headings and items of a text: index of the block, and what it is counted as."""
    counter = Counter(text)
    for index, block in enumerate(text.blocks):
        if isinstance(block, Heading):
            yield index, counter.heading(block)
        elif isinstance(block, Item):
            yield index, counter.item(block)


# -- as they are typed --------------------------------------------------------------------

_ORDINAL = f"(?:[0-9]+|[{COUNTED}]+)"
_FIGURES = "[0-9]{1,3}"
_TYPED = {
    LevelForm.PART: f"[{COUNTED}]+、",
    LevelForm.CLAUSE: f"[（(][{COUNTED}]+[）)]",
    LevelForm.ITEM: f"{_FIGURES}[.．、](?![0-9])",
    LevelForm.SUBITEM: f"[（(]{_FIGURES}[）)]",
    LevelForm.POINT: f"{_FIGURES}[）)]",
    LevelForm.CIRCLED: "[①-⑳]",
    LevelForm.CHAPTER: f"第{_ORDINAL}章",
    LevelForm.SECTION: f"第{_ORDINAL}节",
    LevelForm.ARTICLE: f"第{_ORDINAL}条",
}


def typed(*forms: LevelForm) -> str:
    """A pattern of the numbers of some levels as people type them; of all where none is named."""
    return f"(?:{'|'.join(_TYPED[form] for form in forms or _TYPED)})"


_NUMBERED = re.compile(rf"\s*({typed()}|第[{COUNTED}]+、)?\s*(.*)", re.DOTALL)


def split(heading: str) -> tuple[str, str]:
    """The number of a heading that somebody typed with it, and its words; empty without one."""
    match = _NUMBERED.fullmatch(heading)
    assert match is not None  # the number is optional and the words are anything
    return match[1] or "", match[2].strip()


# -- as they stand before words -----------------------------------------------------------

_NO_MEASURE = r"(?!\s*[个项条类种次年月日号万亿千百元米倍吨公平级大％%℃])"
_NO_REFERENCE = "(?![项款](?![目项])|[至、（]|[和及][（第])"
"""What is referred to, as （一）项 and （一）、（二）项, is no number of a paragraph."""
_BEFORE_WORDS = (
    (LevelForm.PART, f"{typed(LevelForm.PART)}(?![{COUNTED}])"),
    (LevelForm.CLAUSE, typed(LevelForm.CLAUSE) + _NO_REFERENCE),
    (LevelForm.CHAPTER, rf"{typed(LevelForm.CHAPTER)}(?=\s|[^，。；：、的所中规]{{1,10}}$)"),
    (LevelForm.SECTION, rf"{typed(LevelForm.SECTION)}(?=\s)"),
    (LevelForm.ARTICLE, rf"{typed(LevelForm.ARTICLE)}(?=\s)"),
    (LevelForm.DECIMAL_4, r"[0-9]{1,2}(?:\.[0-9]{1,2}){3}(?=\s)"),
    (LevelForm.DECIMAL_3, r"[0-9]{1,2}(?:\.[0-9]{1,2}){2}(?=\s)"),
    (LevelForm.DECIMAL_2, rf"[0-9]{{1,2}}\.[0-9]{{1,2}}(?=\s){_NO_MEASURE}"),
    (LevelForm.ITEM, typed(LevelForm.ITEM)),
    (LevelForm.SUBITEM, f"{typed(LevelForm.SUBITEM)}{_NO_REFERENCE}(?!式)"),
    (LevelForm.POINT, typed(LevelForm.POINT)),
    (LevelForm.CIRCLED, typed(LevelForm.CIRCLED)),
)
_BEFORE_HEADINGS = ((LevelForm.DECIMAL, rf"[0-9]{{1,2}}(?=[ \u3000]){_NO_MEASURE}"),)
"""What only before a heading is its number."""
_PART = re.compile(f"[0-9]+|[{COUNTED}]+|[①-⑳]")


@dataclass(frozen=True, slots=True)
class TypedLabel:
    """A number that somebody typed before words."""

    label: str
    """As it was typed."""
    form: LevelForm
    value: tuple[int, ...]
    """What it counts to; of 2.1.3 each part."""


def typed_label(words: str, *, may_head: bool = False) -> TypedLabel | None:
    """The number that words begin with; `may_head` where they may be a heading. None without."""
    for form, pattern in (*_BEFORE_WORDS, *(_BEFORE_HEADINGS if may_head else ())):
        if match := re.match(pattern, words):
            value = value_of_label(match[0])
            return TypedLabel(match[0], form, value) if value else None
    return None


def value_of_label(label: str) -> tuple[int, ...]:
    """What a number counts to, each part of 2.1.3; nothing where it is none, as 二十十."""
    parts = [value_of(part) for part in _PART.findall(label)]
    return () if None in parts else tuple(part for part in parts if part is not None)
