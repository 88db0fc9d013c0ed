"""Numerals, in figures or in Chinese → what they come to, and back."""

from __future__ import annotations

from decimal import Decimal

ONES = "一二三四五六七八九"
COUNTED = f"〇零{ONES}十百"
"""The characters of numbers up to 999, as the inside of a class of a regular expression."""
CHINESE = f"两{COUNTED}千万亿"
"""The same, of all numbers."""
NUMBER = f"(?:[0-9]{{1,9}}|[两{COUNTED}]{{1,9}})"
"""A number that counts things, or that they are counted by; `value_of` says what it comes to."""
AMOUNT = f"(?:(?:[两{ONES}]?[十百千万亿]零?)+[两{ONES}]?|[〇零两{ONES}]+)"
"""A number in Chinese of any size, well formed; `amount` says what it comes to."""

_DIGITS = f"〇{ONES}"


def chinese_number(number: int) -> str:
    """1 to 999 in Chinese, as headings and articles are counted; digit by digit above."""
    if number > 999:
        return chinese_digits(str(number))
    hundreds, below = divmod(number, 100)
    if hundreds:
        between = "零" if 0 < below < 10 else "一" if 10 <= below < 20 else ""  # 一百零一, 一百一十
        return f"{_DIGITS[hundreds]}百{between}{chinese_number(below) if below else ''}"
    tens, ones = divmod(below, 10)
    before = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return before + (_DIGITS[ones] if ones else "")


def chinese_digits(figures: str) -> str:
    """Figures in Chinese, one by one: 二〇二五."""
    return "".join(_DIGITS[int(digit)] for digit in figures)


_CIRCLED = "".join(
    chr(ord(first) + number)
    for first, count in (("①", 20), ("㉑", 15), ("㊱", 15))
    for number in range(count)
)


def circled(number: int) -> str:
    """1 to 50 in a circle; in brackets above, for there are no more such characters."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


_VALUES = {
    **{chinese_number(number): number for number in range(1, 1000)},
    "两": 2,
    **{character: number for number, character in enumerate(_CIRCLED, 1)},
}


def value_of(numeral: str) -> int | None:
    """What figures, a Chinese number up to 999 or ③ come to; None where it is none, as 二十十."""
    return int(numeral) if numeral.isdecimal() else _VALUES.get(numeral)


_UNITS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_AS_DIGITS = str.maketrans(f"零两{_DIGITS}", "020123456789")


def amount(numeral: str) -> Decimal:
    """What a number of any size comes to, in Chinese or with figures before its units: 3.5万."""
    for unit, times in _UNITS.items():
        before, sign, after = numeral.rpartition(unit)
        if sign:
            return (amount(before) or 1) * times + amount(after)
    return Decimal(numeral.translate(_AS_DIGITS) or 0)
