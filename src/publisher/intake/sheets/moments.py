"""A day or a time and the section of a form → its words, as a workbook shows them."""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from publisher.intake.sheets.forms import CHINESE, FormSection, FormSign, SignKind
from publisher.words.numerals import chinese_digits, chinese_number

_FIRST_DAY = datetime(1899, 12, 30)
_WEEKDAYS = "一二三四五六日"
_HALVES = {"上午/下午": ("上午", "下午"), "am/pm": ("AM", "PM"), "a/p": ("A", "P")}
_SHORT = {"h": 3600, "m": 60, "s": 1}


def moment_words(value: datetime | date | time | timedelta, section: FormSection) -> str:
    """What a cell shows."""
    passed = _passed(value)
    if not any(sign.words.startswith(".") and sign.kind is SignKind.DAY for sign in section.signs):
        passed = timedelta(seconds=round(passed.total_seconds()))
    clock = _Clock(passed, section)
    return "".join(map(clock.words, range(len(section.signs))))


def _passed(value: datetime | date | time | timedelta) -> timedelta:
    match value:
        case timedelta():
            return value
        case datetime():
            return value.replace(tzinfo=None) - _FIRST_DAY
        case time():
            return datetime.combine(_FIRST_DAY, value.replace(tzinfo=None)) - _FIRST_DAY
    return datetime.combine(value, time()) - _FIRST_DAY


class _Clock:
    """Tells a moment sign by sign."""

    def __init__(self, passed: timedelta, section: FormSection) -> None:
        """`passed`: since the first day of workbooks."""
        self.seconds = int(passed.total_seconds())
        self.micros = passed.microseconds
        self.moment = _FIRST_DAY + passed
        self.section = section
        self.is_halved = section.has(SignKind.HALF)
        self.is_chinese = section.language.endswith(CHINESE)

    def words(self, place: int) -> str:
        """Of the sign at a place."""
        sign = self.section.signs[place]
        code = sign.words.lower()
        match sign.kind:
            case SignKind.HALF:
                chosen = "上午/下午" if self.is_chinese else code
                return _HALVES[chosen][self.moment.hour > 11]
            case SignKind.ELAPSED:
                return str(self.seconds // _SHORT[code[0]]).zfill(len(code))
            case SignKind.DAY if set(code) == {"m"} and len(code) < 3 and self._is_minutes(place):
                return self._counted(self.moment.minute, code)
            case SignKind.DAY:
                return self._part(code)
        return "" if sign.kind is SignKind.TEXT else sign.words

    def _is_minutes(self, place: int) -> bool:
        """Whether an m means minutes: behind hours, or before seconds."""
        signs = self.section.signs
        before = _first_code(signs[:place][::-1])
        after = _first_code(signs[place + 1 :])
        return before == "h" or after == "s"

    def _part(self, code: str) -> str:
        moment = self.moment
        match code[0]:
            case "." if "0" in code:
                return f".{self.micros:06d}"[: len(code)]
            case "y" | "e":
                year = f"{moment.year % 100:02d}" if code in ("y", "yy") else f"{moment.year:04d}"
                return chinese_digits(year) if self.section.in_chinese else year
            case "a":
                return _weekday(moment, "" if code == "aaa" else "星期")
            case "d" if len(code) > 2 and self.is_chinese:
                return _weekday(moment, "星期")
            case "d" if len(code) > 2:
                name = day_name[moment.weekday()]
                return name[:3] if code == "ddd" else name
            case "m" if len(code) > 2:
                return self._month(code)
            case "h":
                return self._counted(
                    moment.hour % 12 or 12 if self.is_halved else moment.hour, code
                )
        values = {"m": moment.month, "d": moment.day, "s": moment.second}
        return self._counted(values[code[0]], code)

    def _month(self, code: str) -> str:
        if self.is_chinese:
            return f"{chinese_number(self.moment.month)}月"
        name = month_name[self.moment.month]
        return {"mmm": name[:3], "mmmmm": name[:1]}.get(code, name)

    def _counted(self, number: int, code: str) -> str:
        if self.section.in_chinese:
            return chinese_number(number) or chinese_digits("0")
        return f"{number:02d}" if len(code) > 1 else str(number)


def _first_code(signs: Sequence[FormSign]) -> str:
    """The letter of the first part of a moment among signs."""
    kinds = (SignKind.DAY, SignKind.ELAPSED)
    codes = (sign.words[0].lower() for sign in signs if sign.kind in kinds)
    return next(codes, "")


def _weekday(moment: datetime, before: str) -> str:
    return before + _WEEKDAYS[moment.weekday()]
