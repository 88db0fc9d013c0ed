"""Dates that contradict one another, their weekday, or the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from publisher.checks.lines import passages
from publisher.diagnostics import Finding, Severity
from publisher.model import Document


def printed_before_dated(document: Document) -> Iterator[Finding]:
    """印发日期 is before 成文日期: printed before it was signed.

    成文日期 is the day of signing or adoption, 印发日期 that on which it is sent to the printer
    (条例 article 9, GB/T 9704 7.4.3), so the second is the same day or a later one. Mend the one
    that is wrong.
    """
    printed, dated = document.printing_date, document.date
    if printed and dated and printed < dated:
        yield Finding(
            "printed_before_dated",
            Severity.ERROR,
            document.place_of("印发日期"),
            f"印发日期 {_shown(printed)}早于成文日期 {_shown(dated)}",
            "请核对两个日期：先签发成文，后印发。",
        )


def _shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_WEEKDAYS = "一二三四五六日"
_DATED_WEEKDAY = re.compile(
    "(?:(?P<year>[12][0-9]{3})年)?(?<![0-9])(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号]"
    "(?P<bracket>[（(])?，?(?P<name>星期|礼拜|周)(?P<weekday>[一二三四五六日天])"
    "(?![至到—–～~、/和及或])"
)
_LUNAR = re.compile("[农阴夏旧]历")
_AFTER_SHORT_NAME = re.compile("[上下中晚早凌全当前后开召举）)，。；、（(0-9]|$")
"""What may follow 周三 outside brackets; else it may be a name, as that of a person."""


def wrong_weekday(document: Document) -> Iterator[Finding]:
    """A date stands beside a weekday that it does not fall on: 2025年3月10日（星期二）.

    One of the two is wrong, and people will come on the wrong day. Where the year is written with
    the date this is an error. Where it is not, the years that the text or the document names are
    tried, and it is said only if the weekday fits none.
    """
    for words, locate in passages(document):
        for match in _DATED_WEEKDAY.finditer(words):
            days = _days(match, words, document) if _is_weekday(match) else []
            wanted = _WEEKDAYS.index(match["weekday"].replace("天", "日"))
            if days and all(day.weekday() != wanted for day in days):
                yield Finding(
                    "wrong_weekday",
                    Severity.ERROR if match["year"] else Severity.REVIEW,
                    locate(match.start()),
                    f"{_shown(days[0])}是星期{_WEEKDAYS[days[0].weekday()]}，"
                    f"写的是“{match['name']}{match['weekday']}”",
                    "请核对日期和星期。",
                )


def _is_weekday(match: re.Match[str]) -> bool:
    """Whether a weekday of our calendar is meant, and not a name or a day of the lunar one."""
    is_short = match["name"] == "周" and not match["bracket"]
    is_name = is_short and not _AFTER_SHORT_NAME.match(match.string, match.end())
    return not is_name and not _LUNAR.search(_beside(match))


def _beside(match: re.Match[str]) -> str:
    """A date and what stands close to it."""
    return match.string[max(match.start() - 8, 0) : match.end() + 8]


def _days(match: re.Match[str], words: str, document: Document) -> list[date]:
    """The days that a date may mean, the likeliest first; none where it is no day."""
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        years = [int(match["year"])]
    else:
        written = re.findall("([12][0-9]{3})年", words[: match.start()])
        years = [int(year) for year in reversed(written)]
        years += [document.year] if document.year else []
        if document.date:
            years += [document.date.year]
            years += [document.date.year + 1] if month < document.date.month else []
    return [date(year, month, day) for year in years if 0 < day <= _length(year, month)]


def _length(year: int, month: int) -> int:
    """How many days a month has; none where there is no such month."""
    return monthrange(year, month)[1] if 1 <= month <= 12 else 0


_DATE = re.compile(
    "(?<![0-9.．/])(?<![0-9][—–～~至到-])(?:(?P<year>[12][0-9]{3})年)?"
    "(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日(?:[至到—–～~-](?P<last>[0-9]{1,2})日)?)?"
)
_LEAP_YEAR = 2000


def impossible_date(document: Document) -> Iterator[Finding]:
    """A date that no calendar has: 2月30日, 2025年2月29日, 2025年13月.

    Look up the right day. Nothing is said of days of the lunar calendar (农历), and of a month
    without year or day.
    """
    for words, locate in passages(document):
        for match in _DATE.finditer(words):
            if _is_impossible(match) and not _LUNAR.search(_beside(match)):
                yield Finding(
                    "impossible_date",
                    Severity.ERROR,
                    locate(match.start()),
                    f"没有“{match[0]}”这一天" if match["day"] else f"没有“{match[0]}”这个月",
                    "请核对日期。",
                )


def _is_impossible(match: re.Match[str]) -> bool:
    if not (match["year"] or match["day"]):
        return False
    length = _length(int(match["year"] or _LEAP_YEAR), int(match["month"]))
    days = [int(day) for day in (match["day"], match["last"]) if day]
    return length == 0 or any(not 1 <= day <= length for day in days)
