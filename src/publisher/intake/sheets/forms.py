"""The form in which a cell shows numbers → its sections, and what stands in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_MOST = 255
"""Characters of a form, as Excel has them."""
_SIGN = re.compile(
    r'"(?P<quoted>[^"]*+)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*+)\]'
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<half>上午/下午|AM/PM|A/P)|(?P<exponent>E[+-])(?=[0#?])"
    r"|(?P<day>y+|m+|d+|h+|s+|a{3,4}|e+|(?<=s)\.0+)|(?P<digit>[0#?])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]{1,20})")
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9A-F]+))?", re.IGNORECASE)
_LONG_DATE, _LONG_TIME = "F800", "F400"
"""Of the system, by the codes of its languages: `[$-F800]`."""
_AS_SYSTEM = {_LONG_DATE: 'yyyy"年"m"月"d"日"', _LONG_TIME: "h:mm:ss"}
CHINESE = "804"
_YEAR_AND_MONTH, _MONTH_AND_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_CLOCK, _CLOCK_WITH_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
CHINESE_FORMS = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_AND_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_AND_DAY),
    30: "m-d-yy",
    31: _AS_SYSTEM[_LONG_DATE],
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), _CLOCK),
    **dict.fromkeys((35, 56), _CLOCK_WITH_SECONDS),
}
"""By their numbers those that Excel in Chinese does not write into its files (ECMA-376 18.8.30)."""


class SignKind(Enum):
    """What a sign of a form stands for."""

    WORDS = "words"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    OVER = "over"
    """Of a fraction."""
    EXPONENT = "exponent"
    GENERAL = "general"
    TEXT = "text"
    DAY = "day"
    ELAPSED = "elapsed"
    """`[h]`: all hours that have passed."""
    HALF = "half"
    """Before or after noon."""


@dataclass(frozen=True, slots=True)
class FormSign:
    """A sign of a form."""

    kind: SignKind
    words: str


@dataclass(frozen=True, slots=True)
class FormSection:
    """What a form says of some numbers."""

    signs: tuple[FormSign, ...]
    compares: str = ""
    """With `limit`: > and the like; empty where it names none."""
    limit: float = 0
    language: str = ""
    in_chinese: bool = False
    """Whether its figures are Chinese ones."""

    def has(self, *kinds: SignKind) -> bool:
        """Whether a sign of one of some kinds stands in it."""
        return any(sign.kind in kinds for sign in self.signs)

    def holds(self, value: float) -> bool:
        """Whether a number is one of those that it is for, as it says itself."""
        match self.compares:
            case "<":
                return value < self.limit
            case "<=":
                return value <= self.limit
            case ">":
                return value > self.limit
            case ">=":
                return value >= self.limit
            case "<>":
                return value != self.limit
        return value == self.limit


@lru_cache(maxsize=512)
def sections_of(form: str) -> tuple[FormSection, ...]:
    """The sections of a form, that of text too; of one that is none, one that shows numbers plain.

    What bureaus call 常规 is a section with a sign of its own.
    """
    if len(form) > _MOST:
        form = "General"
    language = next((code for code in _AS_SYSTEM if f"[$-{code}]" in form.upper()), "")
    if language:
        form = _AS_SYSTEM[language]
    sections: list[list[re.Match[str]]] = [[]]
    for match in _SIGN.finditer(form):
        if match["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(match)
    return tuple(map(_section, sections))


def _section(matches: Sequence[re.Match[str]]) -> FormSection:
    signs: list[FormSign] = []
    compares, limit, language, in_chinese = "", 0.0, "", False
    for match in matches:
        bracket = match["bracket"]
        if bracket is None:
            signs += _sign(match)
        elif condition := _CONDITION.fullmatch(bracket):
            compares, limit = condition[1], _number(condition[2])
        elif currency := _CURRENCY.fullmatch(bracket):
            signs += [FormSign(SignKind.WORDS, currency[1])] if currency[1] else []
            language = (currency[2] or "").upper()[-3:] or language
        elif re.fullmatch("h+|m+|s+", bracket, re.IGNORECASE):
            signs.append(FormSign(SignKind.ELAPSED, bracket.lower()))
        else:
            in_chinese |= bracket.upper() == "DBNUM1"
    return FormSection(tuple(signs), compares, limit, language, in_chinese)


def _number(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        return 0


_OF_NUMBERS = {
    ".": SignKind.POINT,
    ",": SignKind.COMMA,
    "%": SignKind.PERCENT,
    "/": SignKind.OVER,
    "@": SignKind.TEXT,
}


def _sign(match: re.Match[str]) -> list[FormSign]:
    for name in ("general", "half", "exponent", "day", "digit"):
        if match[name]:
            return [FormSign(SignKind(name), match[name])]
    if match["other"]:
        return [FormSign(_OF_NUMBERS.get(match["other"], SignKind.WORDS), match["other"])]
    words = match["quoted"] or match["escaped"]
    return [FormSign(SignKind.WORDS, words)] if words else []
