"""The levels of headings → their numbers as they are printed (GB/T 9704 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from publisher.model import Heading, LevelForm, Prose

_DIGITS = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese, as headings are counted; digit by digit above."""
    if number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return before + (_DIGITS[ones] if ones else "")


def label(form: LevelForm, number: int) -> str:
    """A heading's number as printed (GB/T 9704 7.3.3), with the space that follows it."""
    match form:
        case LevelForm.PART:
            return f"{chinese_number(number)}、"
        case LevelForm.CLAUSE:
            return f"（{chinese_number(number)}）"
        case LevelForm.ITEM:
            return f"{number}."
        case LevelForm.SUBITEM:
            return f"（{number}）"
        case LevelForm.CHAPTER:
            return f"第{chinese_number(number)}章\u3000"
        case LevelForm.SECTION:
            return f"第{chinese_number(number)}节\u3000"
        case LevelForm.ARTICLE:
            return f"第{chinese_number(number)}条\u3000"
        case LevelForm.UNNUMBERED:
            return ""
        case _:
            assert_never(form)


class Counter:
    """Counts the headings of one text; a level starts again below each heading above it."""

    def __init__(self, levels: tuple[LevelForm, ...]) -> None:
        self.levels = levels
        self._counts = [0] * len(levels)

    def next(self, level: int) -> tuple[LevelForm, str]:
        """Form and label of the next heading of a level."""
        form = self.levels[level - 1]
        self._counts[level - 1] += 1
        for deeper in range(level, len(self.levels)):
            if self.levels[deeper] is not LevelForm.ARTICLE:  # articles run through the chapters
                self._counts[deeper] = 0
        return form, label(form, self._counts[level - 1])

    def count(self, level: int) -> int:
        """The number of the latest heading of a level."""
        return self._counts[level - 1]


def numbers(text: Prose) -> Iterator[tuple[int, str]]:
    """The headings of a text: index of the block, and number as printed, its space included."""
    counter = Counter(text.levels)
    for index, block in enumerate(text.blocks):
        if isinstance(block, Heading):
            yield index, counter.next(block.level)[1]


_CHINESE = "[一二三四五六七八九十百]+"
_TYPED = re.compile(
    rf"\s*(第?{_CHINESE}[、章节条]|[（(]{_CHINESE}[)）]|[0-9]+[.．、](?![0-9])|[（(][0-9]+[)）])?\s*(.*)",
    re.DOTALL,
)


def split(heading: str) -> tuple[str, str]:
    """The number of a heading that somebody typed with it, and its words; empty without one."""
    match = _TYPED.fullmatch(heading)
    assert match is not None  # the number is optional and the words are anything
    return match[1] or "", match[2].strip()
