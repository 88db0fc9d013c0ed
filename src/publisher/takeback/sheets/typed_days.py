"""A deadline as a program turned it, and how others of its column are written → as those are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

_EPOCH = date(1899, 12, 30)
"""From which workbooks count days."""
_SERIAL = re.compile("[1-9][0-9]{4}")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?")
_FORMS = (
    ("{y}年{m}月{d}日", re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")),
    ("{m}月{d}日", re.compile("[0-9]{1,2}月[0-9]{1,2}日")),
    ("{y}-{m:02d}-{d:02d}", re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    ("{y}/{m}/{d}", re.compile("[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}")),
    ("{y}.{m}.{d}", re.compile(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}")),
)
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)


class Days:
    """How the days of a column are written."""

    def __init__(self, cells: Sequence[str], year: int | None) -> None:
        self.year = year
        count = Counter(form for words in cells for form, tells in _FORMS if tells.match(words))
        usual = count.most_common(1)
        self.form = usual[0][0] if usual else ""
        endings = Counter(
            words[match.end() :]
            for words in cells
            for form, tells in _FORMS
            if form == self.form and (match := tells.match(words))
        )
        common = endings.most_common(1)
        self.ending = common[0][0] if len(endings) == 1 and common else ""

    def as_others(self, words: str) -> str:
        """A day that a program wrote, as the others are; all else stays as it is."""
        day = typed_day(words)
        if day is None:
            return words
        form = self.form or ("{m}月{d}日" if day.year == self.year else "{y}年{m}月{d}日")
        if "{y}" not in form and self.year is not None and day.year != self.year:
            form = "{y}年{m}月{d}日"
        return form.format(y=day.year, m=day.month, d=day.day) + self.ending


def typed_day(words: str) -> date | None:
    """The day that a program wrote, as a date or as the number that it counts; None for none."""
    if _SERIAL.fullmatch(words):
        day = _EPOCH + timedelta(days=int(words))
        return day if _FIRST <= day <= _LAST else None
    match = _DAY.fullmatch(words)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
