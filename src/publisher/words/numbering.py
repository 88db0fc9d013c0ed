"""The levels of headings → their numbers as they are printed and typed (GB/T 9704 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from publisher.model import Heading, LevelForm, Prose
from publisher.words.numerals import COUNTED, chinese_number


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


# -- as they are typed --------------------------------------------------------------------

_ORDINAL = f"(?:[0-9]+|[{COUNTED}]+)"
_FIGURES = "[0-9]{1,3}"
_TYPED = {
    LevelForm.PART: f"[{COUNTED}]+、",
    LevelForm.CLAUSE: f"[（(][{COUNTED}]+[）)]",
    LevelForm.ITEM: f"{_FIGURES}[.．、](?![0-9])",
    LevelForm.SUBITEM: f"[（(]{_FIGURES}[）)]",
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
