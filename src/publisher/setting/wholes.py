"""Words of a cell → how wide they are, and the widest of them that should stand on one line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from publisher.setting.lines import UNITS
from publisher.standard import FANG, HEI, Typeface

_KEPT = 1 << 16
"""Words and characters of which the width is kept: more than a table of 20,000 rows has in two
columns. Were it less, none would be kept of a table that is measured from top to bottom again."""
_GAP = 0.2
"""Between a Chinese character and a letter or digit."""
_WHOLE = re.compile(
    r"[（《“〔【]*第?[!-~]+(?:∶[!-~]+)?"
    rf"(?: [A-Za-zµΩ%°/]{{1,5}}(?![!-~]))?(?:(?<=[0-9])(?:季度|[{UNITS}‰℃]{{1,2}}))?"
)
"""A number or a word with its unit and what opens before it."""
_CODES = re.compile(r"[!-~]+(?: [!-~]+)+")
_CLOSING = "，。、；：！？）》”〕】％"


_DATE = re.compile(r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|[底初末])?(?:前|底前)?")
"""A date with what belongs to it, as 2025年6月底."""


def is_codes(words: str) -> bool:
    """Whether they are codes beside one another: R-1800.000 L-165.275."""
    return _CODES.fullmatch(words) is not None


@lru_cache(maxsize=_KEPT)
def whole(words: str, longest: int) -> float:
    """The width of the widest part of words that should stand on one line."""
    if len(words) <= longest:
        return set_width(words)
    return max((set_width(part) for part in _parts(words)), default=1.0)


@lru_cache(maxsize=_KEPT)
def dates_width(words: str) -> float:
    """The width of the widest date in words; nothing without one."""
    return max((set_width(date.group()) for date in _DATE.finditer(words)), default=0.0)


def _parts(words: str) -> Iterator[str]:
    """The numbers and words in a text, each with the marks that close it."""
    for match in _WHOLE.finditer(words):
        end = match.end()
        while end < len(words) and words[end] in _CLOSING:
            end += 1
        yield words[match.start() : end]


@lru_cache(maxsize=_KEPT)
def set_width(words: str, face: Typeface = FANG) -> float:
    """The width of words on one line, with the gaps in it, in faces whose capitals are wide.

    In 黑体, figures among Chinese are wider than half a character.
    """
    gaps = sum(_is_latin(before) != _is_latin(after) for before, after in pairwise(words))
    if gaps and face is HEI:
        return width(words) + gaps * _GAP + sum(map(str.isdigit, words)) * _HEI_FIGURE
    wide = sum(
        _WIDE_LATIN.get(character, _CAPITAL if character.isupper() else 0) for character in words
    )
    return width(words) + gaps * _GAP + wide


_HEI_FIGURE = 0.06
_CAPITAL = 0.25
"""What a capital letter is wider than half a character."""
_WIDE_LATIN = dict.fromkeys("mw%", 0.35) | dict.fromkeys("MW@", 0.45)
"""The same of the widest letters and marks."""


def _is_latin(character: str) -> bool:
    return "!" <= character <= "~"


@lru_cache(maxsize=_KEPT)
def _character_width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


@lru_cache(maxsize=_KEPT)
def width(text: str) -> float:
    """The width of text in Chinese characters; a Latin letter or digit is half of one."""
    return sum(map(_character_width, text))
