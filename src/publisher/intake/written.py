"""Words that the program writes itself → a pattern of all the ways in which a file may write them.

What a pattern does not match is said otherwise, and no other form of the same: a sign of a number
(-5, ≥50), a quotation mark, another bracket than a number has, are words of their author.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from publisher.intake.shown import ink
from publisher.words.days import day_of
from publisher.words.numerals import COUNTED, ONES, chinese_number, circled, value_of

_ZERO = "〇○零Ｏ"
_OPEN, _CLOSE = "〔[（(【〖﹝［", "〕])）】〗﹞］"
_BEHIND_NUMBER = "[、.．。,，:：﹒·]?"
_NUMERAL = f"[0-9]+|[{COUNTED}]+|[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]"
_LABEL = re.compile(
    rf"(?P<before>第|附?表|附?图|附件|)[（(]?(?P<numbers>(?:{_NUMERAL})(?:\.[0-9]+)*)[）)]?"
    r"(?P<behind>章|节|条|)[、.]?"
)
_NUMBER = re.compile("(?P<organ>.*?)〔(?P<year>[0-9]{4})〕第?0*(?P<number>[0-9]+)号")
_LIKE_NUMBER = re.compile(
    f"[^，。；]*?[{re.escape(_OPEN)}]?[0-9]{{4}}年?[{re.escape(_CLOSE)}]?第?[0-9]+号|第.+号"
)
_SIGNS = {
    "：": "[:：﹕]",
    "。": "[。.．｡]",
    "；": f"(?:[;；]|[{re.escape(_CLOSE)}][{re.escape(_OPEN)}]?)",  # of lines in brackets each
    "、": "[、，,；;]",
    "（": f"[{re.escape(_OPEN)}]",
    "）": f"[{re.escape(_CLOSE)}]",
}
SEPARATORS = "、，,；;/／。"
"""What authors type between names, of which the program writes a list."""


@cache
def as_words(words: str) -> str:
    """The same words, in characters of any width."""
    return "".join(map(_character, ink(words)))


def _character(character: str) -> str:
    """A character of any width; `★` of a 密级 may be hollow."""
    if character == "★":
        return "[★☆]"
    alike = {character, normalize("NFKC", character)}
    if len(character) == 1 and "!" <= character <= "~":
        alike.add(chr(ord(character) + 0xFEE0))
    alike = {each for each in alike if len(each) == 1}
    return f"[{re.escape(''.join(sorted(alike)))}]"


@cache
def as_sign(words: str) -> str:
    """A mark that the program sets: as a file sets the same one."""
    return _SIGNS.get(words, re.escape(words))


@cache
def as_label(words: str, called: tuple[str, ...] = ()) -> str:
    """A number, or a word with a number or a colon: 一、 （一） 表1 附件1 附件：.

    `called` has what a file may call it too.
    """
    match = _LABEL.fullmatch(ink(words))
    if match is None:
        names = "|".join(map(as_words, (words.removesuffix("："), *called)))
        return f"(?:{names})[:：﹕]?"
    numbers = "[.．]".join(map(_numeral, match["numbers"].split(".")))
    before = "|".join(map(re.escape, (match["before"], *called)))
    if match["before"] or match["behind"]:
        return f"(?:{before}){numbers}{match['behind']}{_BEHIND_NUMBER}"
    bracketed = f"[{re.escape(_OPEN)}]{numbers}[{re.escape(_CLOSE)}]"
    return f"(?:{bracketed}|{numbers}[）)]?){_BEHIND_NUMBER}"


def _numeral(numeral: str) -> str:
    """A number in any form."""
    value = value_of(numeral)
    if value is None:
        return as_words(numeral)
    forms = [f"0?{as_words(str(value))}"]
    if 0 < value < 1000:
        forms += [chinese_number(value), "".join(map(_digit, str(value)))]
        forms += [circled(value)] if value <= 50 else []
    return f"(?:{'|'.join(forms)})"


@cache
def as_date(words: str) -> str:
    """A day as people write it: 二〇二五年三月一日, 2025-03-01."""
    day = day_of(words)
    if day is None:
        return as_words(words)
    year = "".join(_digit(each) for each in str(day.year))
    short = as_words(str(day.year)[2:])
    month, date = _numeral(str(day.month)), _numeral(str(day.day))
    spoken = f"(?:{year}|{short})年{month}月{date}[日号]"
    return f"(?:{spoken}|{year}[-/.．]{month}[-/.．]{date})"


def _digit(digit: str) -> str:
    chinese = _ZERO if digit == "0" else ONES[int(digit) - 1]
    return f"[{digit}{chr(ord(digit) + 0xFEE0)}{chinese}]"


@cache
def as_number(words: str) -> str:
    """A 发文字号: in the brackets of the standard, whatever pair of brackets a file has."""
    match = _NUMBER.fullmatch(ink(words))
    if match is None:
        return as_words(words)
    year = as_words(match["year"])
    bracketed = "|".join(
        f"{re.escape(opening)}{year}{re.escape(closing)}"
        for opening, closing in zip(_OPEN, _CLOSE, strict=True)
    )
    number = as_words(match["number"])
    return f"{as_words(match['organ'])}(?:{bracketed})第?[0０]*{number}号"


def is_number(words: str) -> bool:
    """Whether words are a 发文字号."""
    return _LIKE_NUMBER.fullmatch(ink(words)) is not None
