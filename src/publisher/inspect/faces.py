"""Names of fonts → the faces of the standard that they are."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from publisher.standard import FANG, HEI, KAI, LATIN, SONG, XIAO_BIAO_SONG, Typeface

# The first that fits; names without blanks, hyphens and case.
_PATTERNS: tuple[tuple[Typeface, str], ...] = (
    (XIAO_BIAO_SONG, r"小标宋|xiaobiaosong|fzxbs|xbs|中宋|zhongsong"),
    (XIAO_BIAO_SONG, r"(serifcjk|serifsc|hanserif|思源宋体).*(bold|black|heavy|semibold)"),
    (FANG, r"仿宋|fangsong|fandolfang|zhuque|fang"),
    (KAI, r"楷|kai"),
    (HEI, r"黑体|simhei|heiti|fandolhei|sanscjk|sanssc|hansans|思源黑体|fzhei|stxihei"),
    (SONG, r"宋|simsun|song|serifcjk|serifsc|hanserif|ming|mincho"),
    (LATIN, r"times|liberationserif|nimbusrom|tinos|termes"),
)


@cache
def face_of(font: str) -> Typeface | None:
    """The face that a font is by its name; None where the name tells none."""
    name = re.sub(r"[\s_\-]", "", font).lower()
    return next((face for face, pattern in _PATTERNS if re.search(pattern, name)), None)


@cache
def is_bold(font: str) -> bool:
    """Whether a font is a bold one; that which serves as 小标宋 does not count."""
    heavy = re.search(r"bold|heavy|black|粗|demi", font, re.IGNORECASE)
    return bool(heavy) and face_of(font) is not XIAO_BIAO_SONG


@lru_cache(maxsize=4096)
def is_chinese(character: str) -> bool:
    """Whether a character is a Chinese one, not punctuation and not a letter."""
    return unicodedata.category(character) == "Lo" and unicodedata.east_asian_width(character) in (
        "W",
        "F",
    )
