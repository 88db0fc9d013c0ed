"""A number and a format of Word → as Word prints it: 一, 壹, 甲, ①, iv, 01."""

from __future__ import annotations

import re
from collections.abc import Callable

from publisher.words.numerals import ONES, chinese_number, circled

_FORMAL = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_FORMAL_OLD = "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟")
_PLAIN = f"零{ONES}", ("", "十", "百", "千")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_MOST_REPEATED, _MOST_COUNTED = 30, 99_999
_CHINESE_CIRCLED = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SMALL = str.maketrans("0123456789", f"〇{ONES}")
_TEEN = 20
ZEROS = "zeros"
"""What a format is called here that fills up with zeros, how many figures it has behind it."""
_FILLED = re.compile(f"{ZEROS}([1-9]|10)")


def printed(number: int, form: str) -> str:
    """A number in a format, by the name that `w:numFmt` has for it; in figures, where unknown."""
    if not 0 <= number <= _MOST_COUNTED:
        return str(number)
    if match := _FILLED.fullmatch(form):
        return str(number).zfill(int(match[1]))
    return _FORMS.get(form, str)(number)


def _below(hundred: int) -> str:
    """Up to 99 as it is counted, digit by digit above."""
    return chinese_number(hundred) if 0 < hundred < 100 else _digits(hundred)  # 一〇〇


def _digits(number: int) -> str:
    return str(number).translate(_SMALL)


def _thousands(number: int, digits: str, units: tuple[str, ...]) -> str:
    """一百零一: with a unit behind each digit, zeros in a row once."""
    tens_of_thousands, rest = divmod(number, 10_000)
    words = f"{_thousands(tens_of_thousands, digits, units)}万" if tens_of_thousands else ""
    figures = f"{rest:04d}" if words else str(rest)
    for place, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if figure != "0":
            words += digits[int(figure)] + units[place]
        elif words and not words.endswith(digits[0]):
            words += digits[0]
    return words.rstrip(digits[0]) or digits[0]


def _counted(number: int) -> str:
    words = _thousands(number, *_PLAIN)
    return words[1:] if 10 <= number < _TEEN else words


def _formal(number: int) -> str:
    return _thousands(number, *_FORMAL)


def _formal_old(number: int) -> str:
    return _thousands(number, *_FORMAL_OLD).replace("万", "萬")


def _nth(row: str) -> Callable[[int], str]:
    """The characters of a row; figures beyond its end."""
    return lambda number: row[number - 1] if 0 < number <= len(row) else str(number)


def _again(row: str) -> Callable[[int], str]:
    """The characters of a row; after its end doubled, then threefold: z, aa, bb."""

    def repeated(number: int) -> str:
        times, place = divmod(number - 1, len(row))
        return row[place] * (times + 1) if 0 <= times < _MOST_REPEATED else str(number)

    return repeated


def _sixty(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number else "0"


def _roman(number: int) -> str:
    words = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        words += letters * times
    return words or "0"


def _enclosed(first: str, count: int) -> Callable[[int], str]:
    return _nth("".join(chr(ord(first) + step) for step in range(count)))


def _circled(number: int) -> str:
    return circled(number) if 0 < number <= 50 else str(number)  # as many as there are


def _ordinal(number: int) -> str:
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else last}"


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "chineseCounting": _below,
    "taiwaneseCounting": _below,
    "japaneseCounting": _counted,
    "koreanCounting": _counted,
    "chineseCountingThousand": _counted,
    "taiwaneseCountingThousand": _counted,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal_old,
    "japaneseLegal": _formal_old,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "koreanDigital2": _digits,
    "ideographTraditional": _nth(_STEMS),
    "ideographZodiac": _nth(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographEnclosedCircle": _nth(_CHINESE_CIRCLED),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": _again(_LETTERS.upper()),
    "lowerLetter": _again(_LETTERS),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "chicago": _again("*†‡§"),
}
