"""A deadline as printed → the last day that it means.

A new word goes into one of the tables below: checks, `resolve`, `reconcile` and `compare` read a
deadline with these alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from publisher.words.days import TO, days_in
from publisher.words.numerals import CHINESE, ONES, value_of

PARTS_OF_YEAR = {
    "上半年": 6,
    "下半年": 12,
    "全年": 12,
    "年内": 12,
    "年底": 12,
    "年末": 12,
    **{f"{name}季度": 3 * value for value, name in enumerate("一二三四", 1)},
    **{f"{name}季度": 3 * value for value, name in enumerate("1234", 1)},
}
"""What names a part of a year, and the month with which it ends."""
PARTS_OF_MONTH = {"上旬": 10, "中旬": 20, "下旬": None, "底": None, "末": None, "份": None}
"""What stands behind a month, and the day with which it ends; None: with the month."""
BEFORE = ("前", "之前", "以前", "底前")
"""What stands behind a day: it is the last one, or the day before."""
UNTIL = ("到", "至", "截至")
"""What stands before the last day in a sentence."""
_AT = ("于", "在")
"""What stands before a day in a sentence, be it the last or the only one."""
OPEN = re.compile(
    "长期|持续|常态|全年|全程|贯穿|每|学期|学年|按[年月季周]|逐[年月]|定期|不定期|随时|适时|及时|即时"
    "|立即|按.*(?:时限|要求|进度|节点|计划|安排|规定)|根据|待|节前|会前|汛期|期间|同步|分阶段|已完成"
)
"""What a deadline says that means no day."""


def _any(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


# -- patterns ---------------------------------------------------------------------------

_BEFORE = _any(BEFORE)
_CHINESE_MONTH = f"(?:十[一二]?|[{ONES}])"
_MONTH = f"(?:[0-9]{{1,2}}|{_CHINESE_MONTH})"
_OF_MONTH = (
    f"(?:(?P<day>[0-9]{{1,2}}|[{ONES}十]{{1,3}})[日号]|(?P<part>{_any(tuple(PARTS_OF_MONTH))}))"
)
_DAY = (
    "(?:(?P<year>20[0-9]{2})年?)?"
    # 五月 may be a name; 五月底 is none.
    f"(?:(?P<month>[0-9]{{1,2}}|{_CHINESE_MONTH}(?=月(?:$|{_BEFORE}|[0-9{ONES}十上中下底末份])))"
    f"月{_OF_MONTH}?|第?(?P<named>{_any(tuple(PARTS_OF_YEAR))})[底末]?)"
)
_YEAR = "(?P<year>20[0-9]{2})年"


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


WHEN = f"(?<![0-9{CHINESE}])(?:{_unnamed(_DAY)}|{_unnamed(_YEAR)})"
"""A pattern of what a text calls a day, a part of a year, or a year; 三年内 is none."""
DEADLINE = f"(?:{WHEN}|月底)(?:{_BEFORE}|(?<=[底末内]))"
"""A pattern of the same where it is the last day of something: 6月底, 6月30日前."""
TIME = re.compile(f"({_any(UNTIL + _AT)}?{WHEN}度?{_BEFORE}?)[，,]?")
"""The same with the words that lead to it and the mark behind it; group 1 is without the mark."""
_LIMIT = re.compile(f"{_any(UNTIL)}(?P<until>{WHEN})|(?P<before>{WHEN}{_BEFORE})")

# A range ends with its last; 2025-2-12 is none.
_FROM = f"(?:(?=[0-9{ONES}十])(?:20[0-9]{{2}}年?)?(?:{_MONTH}月?(?:份|[0-9]{{1,2}}日)?)?{TO}+)??"
_IN_FIGURES = (
    r"(?=.*[.\-/月])(?:(?P<year>20[0-9]{2})[年.\-/])?"
    rf"(?P<month>{_MONTH})(?:[.\-/月](?P<day>[0-9]{{1,2}})[日号]?)?"
)
_CELLS = tuple(
    re.compile(f"{_FROM}{pattern}")
    for pattern in (f"{_IN_FIGURES}{_BEFORE}?", f"{_DAY}{_BEFORE}?", f"{_YEAR}度?")
)


# -- what they mean -----------------------------------------------------------------------


def due_date(words: str, year: int | None) -> date | None:
    """The last day that a deadline as printed means; None where it names none.

    `5月底`, `12月`, `2025年6月30日`, `6月30日前`, `6月上旬`, `3月至6月`, `第三季度`, `年底`,
    `2025年底`; in `year` where the words name none.
    """
    matches = (pattern.fullmatch(words.strip()) for pattern in _CELLS)
    match = next(filter(None, matches), None)
    return _last_day(match.groupdict(), year) if match else None


def limits(words: str, year: int | None) -> Iterator[tuple[date, str]]:
    """The last days that a sentence sets, each with its words: 到年底, 6月底前."""
    for match in _LIMIT.finditer(words):
        written = match["until"] or match["before"]
        if day := due_date(written, year):
            yield day, written


def is_open(words: str) -> bool:
    """Whether a deadline says that it means no day, as 长期坚持."""
    return bool(OPEN.search(words))


def _last_day(said: dict[str, str | None], year: int | None) -> date | None:
    """The last day of what the groups of a pattern say; none of 5月0日 and 13月."""
    year = int(said["year"] or 0) or year
    month = value_of(said.get("month") or "12")
    month = PARTS_OF_YEAR.get(said.get("named") or "", month)
    if not year or not month:
        return None
    last = days_in(year, month)
    day = value_of(said.get("day") or "")
    day = PARTS_OF_MONTH.get(said.get("part") or "") or last if day is None else day
    return date(year, month, day) if 1 <= day <= last else None
