"""Dates → those that contradict one another, their weekday or the calendar, or are ill written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from publisher.checks.lines import (
    NOT_DEADLINES,
    Line,
    blanked,
    matches,
    matches_in,
    running_text,
    titles,
    wordings_with,
)
from publisher.checks.review import review
from publisher.diagnostics import Finding, Severity
from publisher.latest import keeps_latest
from publisher.model import Document
from publisher.words.days import days_in, written
from publisher.words.numerals import NUMBER, value_of


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
            f"印发日期 {written(printed)}早于成文日期 {written(dated)}",
            "请核对两个日期：先签发成文，后印发。",
        )


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
    for match, locate in matches(_DATED_WEEKDAY, document):
        days = _days(match, document) if _is_weekday(match) else []
        wanted = _WEEKDAYS.index(match["weekday"].replace("天", "日"))
        if days and all(day.weekday() != wanted for day in days):
            yield Finding(
                "wrong_weekday",
                Severity.ERROR if match["year"] else Severity.REVIEW,
                locate(match.start()),
                f"{written(days[0])}是星期{_WEEKDAYS[days[0].weekday()]}，"
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


def _days(match: re.Match[str], document: Document) -> list[date]:
    """The days that a date may mean, the likeliest first; none where it is no day."""
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        years = [int(match["year"])]
    else:
        named = re.findall("([12][0-9]{3})年", match.string[: match.start()])
        years = [int(year) for year in reversed(named)]
        years += [document.year] if document.year else []
        if document.date:
            years += [document.date.year]
            years += [document.date.year + 1] if month < document.date.month else []
    return [date(year, month, day) for year in years if 0 < day <= days_in(year, month)]


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
    for match, locate in matches(_DATE, document):
        if _is_impossible(match) and not _LUNAR.search(_beside(match)):
            yield Finding(
                "impossible_date",
                Severity.ERROR,
                locate(match.start()),
                f"没有“{match[0]}”这一天" if match["day"] else f"没有“{match[0]}”这个月",
                "请核对日期。",
            )


def names_impossible_date(words: str) -> bool:
    """Whether `impossible_date` is told of words."""
    return any(map(_is_impossible, _DATE.finditer(words))) and not _LUNAR.search(words)


def _is_impossible(match: re.Match[str]) -> bool:
    if not (match["year"] or match["day"]):
        return False
    length = days_in(int(match["year"] or _LEAP_YEAR), int(match["month"]))
    days = [int(day) for day in (match["day"], match["last"]) if day]
    return length == 0 or any(not 1 <= day <= length for day in days)


# -- how a date is written ------------------------------------------------------------------

_PADDED = re.compile(
    "(?<![0-9])(?:[12][0-9]{3}年)?(?:0[1-9]月(?:[0-3]?[0-9]日)?|1?[0-9]月0[1-9]日)"
)


def padded_date(document: Document) -> Iterator[Finding]:
    """A month or a day has a 0 before it, as `2025年02月06日`.

    With 年, 月 and 日 it has none: GB/T 9704 7.3.5.4 and 7.4.3 say so of the dates of a document,
    and its text follows them. Delete the 0. Dates in columns of deadlines are not looked at.
    """
    for match, locate in matches_in(_PADDED, _running(document)):
        right = re.sub("(?<![0-9])0(?=[1-9])", "", match[0])
        yield review(
            "padded_date",
            locate(match.start()),
            f"日期“{match[0]}”的月、日前补了“0”",
            f"请改为“{right}”。",
        )


_ABBREVIATED = re.compile(
    r"(?<![0-9A-Za-z.．/\-〔])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[.．/-])"
    r"(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9A-Za-z/\-]|[.．][0-9])"
)
_EXTENDED = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def abbreviated_date(document: Document) -> Iterator[Finding]:
    """A date in a text is written with points or strokes, as `2025.2.5` or `2025/2/5`.

    In the text of a document it is written with 年, 月 and 日, as 成文日期 is (GB/T 9704 7.3.5.4).
    Write `2025年2月5日`. Not meant are columns of deadlines, cells that hold a date alone, and the
    extended form `2025-02-05` (GB/T 15835-2011, 5.1.4).
    """
    for match, locate in matches_in(_ABBREVIATED, _running(document)):
        is_extended = _EXTENDED.fullmatch(match[0])
        month, day = int(match["month"]), int(match["day"])
        if is_extended or not 1 <= day <= days_in(int(match["year"]), month):
            continue
        yield review(
            "abbreviated_date",
            locate(match.start()),
            f"日期“{match[0]}”没有用“年月日”",
            f"请改为“{match['year']}年{month}月{day}日”。",
        )


_DATE_ALONE = re.compile(r"\A[0-9.．/年月日\s至—～~-]+\Z")


@keeps_latest
def _running(document: Document) -> tuple[Line, ...]:
    """Titles, texts and the cells of tables but deadlines and those that hold dates alone."""
    running = tuple(running_text(document, NOT_DEADLINES))
    dates = wordings_with(_DATE_ALONE, running)
    return blanked((*titles(document), *(line for line in running if line[0] not in dates)))


# -- how long a range lasts -----------------------------------------------------------------

_WEEKDAY = "(?:[（(][^（）()]{1,8}[）)])?"
_DAYS = re.compile(
    "(?:(?P<year>[12][0-9]{3})年)?(?<![0-9])(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
    + _WEEKDAY
    + "起?[至到—–～~-]+(?:(?P<last_year>[12][0-9]{3})年)?(?:(?P<last_month>[0-9]{1,2})月)?"
    + "(?P<last_day>[0-9]{1,2})日"
    + _WEEKDAY
    + "(?:(?!其中|工作日|累计|每)[^。；！？0-9]){0,12}?"
    + "(?:共|共计|合计|为期|历时|连续|放假|休假|休息)"
    + f"(?P<count>{NUMBER})"
    + "天"
)
_MONTHS = re.compile(
    "(?<![0-9])(?P<month>[0-9]{1,2})月?[至到—–～~-]+(?P<last_month>[0-9]{1,2})月"
    "[^。；！？0-9日]{0,6}?(?:共|共计|合计|为期|历时|连续)" + f"(?P<count>{NUMBER})个月"
)
_YEARS = re.compile(
    "(?P<count>[两三四五])年(?:行动|攻坚|提升|滚动)*(?:计划|方案|规划|行动|攻坚)?"
    "[（(](?P<year>20[0-9]{2})年?[至到—–～~-]+(?P<last_year>20[0-9]{2})年?[）)]"
)


def wrong_duration(document: Document) -> Iterator[Finding]:
    """A range of days lasts longer or shorter than is said, as `4月4日至6日放假，共4天`.

    The first and the last day count (4日至6日 are 3 days), and so do months and years, as in
    三年行动计划（2025—2027年）. One of the three is wrong: look which. Where no year is written,
    those that the text or the document names are tried.
    """
    for pattern, (unit, lengths) in _RANGES.items():
        for match, locate in matches(pattern, document):
            right, said = lengths(match, document), value_of(match["count"])
            if right and said and said not in right:
                yield review(
                    "wrong_duration",
                    locate(match.start()),
                    f"“{match[0]}”：算下来是 {right[0]} {unit}，写的是{match['count']}{unit}",
                    "请核对起止日期和数目；起止两天都计算在内。",
                )


def _numbers_of_days(match: re.Match[str], document: Document) -> list[int]:
    """How many days a range may last, by the years that it may lie in."""
    first_month = int(match["month"])
    last_month = int(match["last_month"] or first_month)
    lengths = []
    for first in _days(match, document):
        year = int(match["last_year"] or first.year + (last_month < first_month))
        if 1 <= int(match["last_day"]) <= days_in(year, last_month):
            lengths.append((date(year, last_month, int(match["last_day"])) - first).days + 1)
    return [length for length in lengths if length > 0]


def _numbers_of_months(match: re.Match[str], _: Document) -> list[int]:
    first, last = int(match["month"]), int(match["last_month"])
    return [last - first + 1] if 1 <= first < last <= 12 else []


def _numbers_of_years(match: re.Match[str], _: Document) -> list[int]:
    length = int(match["last_year"]) - int(match["year"]) + 1
    return [length] if length > 0 else []


_RANGES = {
    _DAYS: ("天", _numbers_of_days),
    _MONTHS: ("个月", _numbers_of_months),
    _YEARS: ("年", _numbers_of_years),
}
"""What says how long a range lasts: in which unit, and how long it may last."""
