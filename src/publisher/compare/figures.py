"""Words → the same with their figures in digits; the figures, dates and deadlines in them."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from publisher.words.days import DATE
from publisher.words.deadlines import DEADLINE, WHEN
from publisher.words.numerals import AMOUNT, ONES, amount
from publisher.words.tokens import tokens

_COUNTED = re.compile(
    rf"(?P<number>{AMOUNT})(?=(?P<unit>"
    "部门|小时|分钟|季度|周年|周岁|人次|公里|平方米"
    "|[个名所家次项年月日天周人户期套批条间处件元亩张座辆场届轮倍成份类级种页本组支站岁位台栋层米吨]))"
)
_MONTH = re.compile(rf"({AMOUNT})月(?:({AMOUNT})日|(?=[底末]))")
_SHARE = re.compile(rf"(?P<whole>{AMOUNT})分之(?P<part>{AMOUNT})")
_LARGE = re.compile(r"[0-9]+(?:\.[0-9]+)?[十百千万亿]+")
_FIGURE = re.compile(rf"[0-9]+(?:\.[0-9]+)?[%‰]?|十[{ONES}]五")
"""A five-year plan, 十四五, is told by its number."""
_DATE = re.compile(f"{WHEN}|{DATE}|月底")
_DEADLINE = re.compile(DEADLINE)
_PARTED = re.compile(r"(?<![0-9,.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
"""A figure whose thousands are parted (千分位)."""
_WIDE = re.compile(r"[\uff00-\uffef]+")


def in_digits(words: str) -> str:
    """Words in letters of half width, with figures in digits: 三名 is 3名, 百分之七十 is 70%,
    1,445 is 1445.

    A numeral counts something where a dictionary parts both it and its unit from what stands
    around them; so 统一组织, 一站式 and 万一 hold no figure.
    """
    words = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), words)
    words = _PARTED.sub(lambda parted: parted[0].replace(",", ""), words)
    words = _SHARE.sub(_share, _MONTH.sub(_month, words))
    words = _LARGE.sub(lambda large: _number(large[0]), words)
    edges = {0, *accumulate(map(len, tokens(words)))}
    # 第二十届 is a word.
    starts = edges | {at + 1 for at in edges if words.startswith("第", at)}

    def counted(match: re.Match[str]) -> str:
        is_figure = match.start() in starts and match.end("unit") in edges
        return _number(match["number"]) if is_figure else match[0]

    return _COUNTED.sub(counted, words)


def figures(words: str) -> list[str]:
    """The figures in order, those of dates aside."""
    return _FIGURE.findall(_DATE.sub(" ", words))


def dates(words: str) -> list[str]:
    """The dates in order, and what is said of months and years."""
    return [match[0] for match in _DATE.finditer(words)]


def deadlines(words: str) -> list[str]:
    """The dates by which something is done, in order."""
    return [match[0] for match in _DEADLINE.finditer(words)]


def _month(match: re.Match[str]) -> str:
    return f"{_number(match[1])}月" + (f"{_number(match[2])}日" if match[2] else "")


def _share(match: re.Match[str]) -> str:
    whole, part = _number(match["whole"]), _number(match["part"])
    return {"100": f"{part}%", "1000": f"{part}‰"}.get(whole, f"{part}/{whole}")


def _number(numeral: str) -> str:
    return f"{amount(numeral).normalize():f}"
