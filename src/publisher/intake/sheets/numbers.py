"""What a cell holds and the form it has there → its words, as a workbook shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from publisher.intake.sheets.forms import FormSection, FormSign, SignKind, sections_of
from publisher.intake.sheets.moments import moment_words
from publisher.words.numerals import chinese_digits, chinese_number

_MOST_DIGITS = 10
"""Of a number with decimals in no form of its own."""
_LARGEST = 10**15
"""Whole numbers below it are exact."""
_MOST_DECIMALS = 30
_FIRST_DAY = datetime(1899, 12, 30)
"""Day 0 of workbooks."""
_MOST_DAYS = 2_958_466


def shown(value: object, form: str) -> str:
    """What a cell shows."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime() | date() | time() | timedelta():
            return _moment(value, sections_of(form)[0])
        case int() | float():
            return _number(value, sections_of(form))
        case _:
            return _text(str(value), sections_of(form))


def _text(words: str, sections: Sequence[FormSection]) -> str:
    """Text in the section for it: the fourth, or the last that has its sign."""
    section = sections[-1]
    if not section.has(SignKind.TEXT) and len(sections) < 4:
        return words
    return "".join(words if sign.kind is SignKind.TEXT else sign.words for sign in section.signs)


def _moment(value: datetime | date | time | timedelta, section: FormSection) -> str:
    if not section.has(SignKind.DAY, SignKind.ELAPSED):
        return str(value).removesuffix(" 00:00:00")
    return moment_words(value, section)


# -- numbers ------------------------------------------------------------------------------


def _number(value: float, sections: Sequence[FormSection]) -> str:
    section, is_signed = _section_for(value, sections)
    is_day = section.has(SignKind.DAY, SignKind.ELAPSED) and not section.has(SignKind.DIGIT)
    if is_day and 0 <= value < _MOST_DAYS:
        return _moment(_FIRST_DAY + timedelta(days=value), section)
    kinds = {sign.kind for sign in section.signs}
    if kinds.isdisjoint((SignKind.DIGIT, SignKind.GENERAL, SignKind.TEXT)):
        return "".join(sign.words for sign in section.signs) if kinds else ""
    try:
        words = _in_section(abs(Decimal(repr(value))), section)
    except (InvalidOperation, ValueError, OverflowError):
        return plain_number(value)
    return f"-{words}" if value < 0 and is_signed else words


def _section_for(value: float, sections: Sequence[FormSection]) -> tuple[FormSection, bool]:
    """The section that is for a number, and whether the number keeps its sign there."""
    numeric = [section for section in sections[:3] if not section.has(SignKind.TEXT)]
    numeric = numeric or list(sections[:1])
    if any(section.compares for section in numeric):
        fitting = (each for each in numeric if not each.compares or each.holds(value))
        section = next(fitting, numeric[-1])
        return section, not _has_own_sign(section)
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    return (numeric[2], False) if value == 0 and len(numeric) > 2 else (numeric[0], True)


def _has_own_sign(section: FormSection) -> bool:
    """Whether a section writes the sign of numbers below zero itself."""
    kinds = [sign.kind for sign in section.signs]
    at = kinds.index(SignKind.DIGIT) if SignKind.DIGIT in kinds else len(kinds)
    return any(sign.words[-1:] in ("-", "(", "（") for sign in section.signs[:at])


def plain_number(value: float) -> str:
    """A number in no form: whole ones with all their figures, others as many as have room."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < _LARGEST):
        return str(int(value))
    if not 1e-4 <= abs(value) < 10**_MOST_DIGITS:
        return _scientific(f"{value:.5E}")
    decimals = max(0, _MOST_DIGITS - len(str(int(abs(value)))))
    words = f"{value:.{decimals}f}"
    return words.rstrip("0").rstrip(".") if decimals else words


def _scientific(words: str) -> str:
    """1.50000E+07 without noughts that say nothing."""
    mantissa, sign, exponent = words.partition("E")
    return mantissa.rstrip("0").rstrip(".") + sign + exponent


def _in_section(value: Decimal, section: FormSection) -> str:
    """A number that is no less than zero, as a section shows it."""
    if section.has(SignKind.OVER):
        return _as_fraction(value, section)
    if not section.has(SignKind.DIGIT):
        plain = _general(value, section)
        general = (SignKind.GENERAL, SignKind.TEXT)
        return "".join(plain if sign.kind in general else sign.words for sign in section.signs)
    return _Digits(section).written(value)


def _general(value: Decimal, section: FormSection) -> str:
    is_counted = section.in_chinese and value == int(value) and 0 < value < 1000
    if not is_counted:
        return plain_number(int(value) if value == int(value) else float(value))
    words = chinese_number(int(value))
    return f"一{words}" if 10 <= value < 20 else words


@dataclass(slots=True)
class _Digits:
    """The digits of a section: before the point, behind it, and those of the exponent."""

    section: FormSection
    whole: list[int] = field(default_factory=list)
    """Places among the signs of the section."""
    decimals: list[int] = field(default_factory=list)
    exponents: list[int] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)
    exponent: int | None = None
    """Where E stands."""
    percents: int = 0

    def __post_init__(self) -> None:
        """Tell them apart."""
        current = self.whole
        for place, sign in enumerate(self.section.signs):
            match sign.kind:
                case SignKind.POINT:
                    current = self.decimals
                case SignKind.EXPONENT:
                    current, self.exponent = self.exponents, place
                case SignKind.DIGIT:
                    current.append(place)
                case SignKind.COMMA:
                    self.commas.append(place)
                case SignKind.PERCENT:
                    self.percents += 1

    def written(self, value: Decimal) -> str:
        """A number in these digits."""
        last = max(self.whole, default=-1)
        behind = [comma for comma in self.commas if comma > last]
        is_grouped = any(comma < last for comma in self.commas)
        value = value * Decimal(100) ** self.percents / Decimal(1000) ** len(behind)
        power = 0
        if self.exponent is not None and value:
            step = max(1, len(self.whole))
            power = value.adjusted() // step * step
            value = value.scaleb(-power)
        places = min(len(self.decimals), _MOST_DECIMALS)
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        whole, _, fraction = f"{rounded:f}".partition(".")
        shown_at = self._filled(self.whole, whole.lstrip("0"), is_grouped)
        shown_at |= self._decimals(fraction)
        shown_at |= self._filled(self.exponents, str(abs(power)), False)
        if self.exponent is not None:
            shows_plus = self.section.signs[self.exponent].words.endswith("+")
            shown_at[self.exponent] = "E" + ("-" if power < 0 else "+" if shows_plus else "")
        return "".join(
            "" if place in self.commas else shown_at.get(place, sign.words)
            for place, sign in enumerate(self.section.signs)
        )

    def _figure(self, figure: str) -> str:
        return chinese_digits(figure) if self.section.in_chinese else figure

    def _filled(self, places: Sequence[int], figures: str, is_grouped: bool) -> dict[int, str]:
        """Figures from the right on; the first place takes all that is left."""
        result: dict[int, str] = {}
        left = list(figures)
        count = 0
        for place in reversed(places):
            is_first = place == places[0]
            words = ""
            while left or (not words and self.section.signs[place].words == "0"):
                comma = "," if is_grouped and count and count % 3 == 0 else ""
                words = self._figure(left.pop() if left else "0") + comma + words
                count += 1
                if not is_first:
                    break
            result[place] = words
        return result

    def _decimals(self, fraction: str) -> dict[int, str]:
        """Figures behind the point, without noughts at the end that nobody asked for."""
        signs = [self.section.signs[place].words for place in self.decimals]
        count = len(fraction)
        while count and fraction[count - 1] == "0" and signs[count - 1] != "0":
            count -= 1
        return {
            place: self._figure(fraction[at]) if at < count else ""
            for at, place in enumerate(self.decimals)
        }


# -- fractions ----------------------------------------------------------------------------


def _as_fraction(value: Decimal, section: FormSection) -> str:
    """3 1/4 of a section with a stroke; its denominator is a number, or has so many figures."""
    signs = section.signs
    over = next(place for place, sign in enumerate(signs) if sign.kind is SignKind.OVER)
    above = _run_of_digits(signs[:over][::-1])
    below = signs[over + 1 :]
    fixed = "".join(sign.words for sign in below if sign.words.isdecimal())
    has_whole = any(sign.kind is SignKind.DIGIT for sign in signs[: over - above])
    exact = Fraction(value)
    whole = int(exact) if has_whole else 0
    if fixed.strip("0"):
        divisor = int(fixed)
        count = round((exact - whole) * divisor)
    else:
        most = 10 ** max(1, _run_of_digits(below)) - 1
        part = (exact - whole).limit_denominator(most)
        count, divisor = part.numerator, part.denominator
    if has_whole and count == divisor:
        whole, count = whole + 1, 0
    if has_whole and not count:
        return str(whole)
    return f"{whole} {count}/{divisor}" if whole else f"{count}/{divisor}"


def _run_of_digits(signs: Sequence[FormSign]) -> int:
    count = 0
    for sign in signs:
        if sign.kind is not SignKind.DIGIT:
            break
        count += 1
    return count
