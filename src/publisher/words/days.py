"""Dates as people write them → days, and back."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from publisher.words.numerals import ONES

TO = "[至到—–－~～-]"
"""What joins the ends of a range of days, months or years."""
DATE = (
    "(?:[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?"
    "|[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
"""A pattern of a day, a month or a year as a text names it."""
_COUNTED = f"[0-9〇○零Ｏ{ONES}十]"
SIGNED = f"(?:[0-9]{{2,4}}|[〇○零Ｏ{ONES}]{{4}})年{_COUNTED}{{1,2}}月{_COUNTED}{{1,3}}日"
"""A pattern of a whole date as it stands below a signature, in figures or in Chinese, well or ill
written: 25年三月1日 too."""

WHOLE = re.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
"""A whole date as people type it; it may be one that no calendar has."""


def day_of(words: str) -> date | None:
    """The day of a whole date, as 2025-02-26 or 2025年2月26日; None where it names none."""
    match = WHOLE.fullmatch(words)
    year, month, day = map(int, match.groups()) if match else (0, 0, 0)
    return date(year, month, day) if year and 1 <= day <= days_in(year, month) else None


def days_in(year: int, month: int) -> int:
    """How many days a month has; none where there is no such month."""
    return monthrange(year, month)[1] if 1 <= month <= 12 else 0


def written(day: date) -> str:
    """A day in figures without leading zeros, as GB/T 9704 7.3.5.4 asks: 2025年2月6日."""
    return f"{day.year}年{day.month}月{day.day}日"
