"""A number of a cell and the form it has there → its words, as a workbook shows them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+')
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<sign>.)'
)
_CURRENCY = re.compile(r"\$([^-\]]*)")
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?")
_DAY_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]|_.|\*.|'
    r"(?P<code>y+|m+|d+|h+|s+|aaaa|aaa|上午/下午|AM/PM|A/P)|(?P<sign>.)",
    re.IGNORECASE,
)
_MOST_DIGITS = 11
"""Of a number in no form of its own."""
_WEEKDAYS = "一二三四五六日"


def shown(value: object, form: str) -> str:
    """What a cell shows."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime() | date() | time() | timedelta():
            return _day(value, form)
        case int() | float():
            return _number(value, form)
        case _:
            return str(value)


def _number(value: float, form: str) -> str:
    sections = _SECTION.findall(form)
    if not sections or "/" in form or form.strip().lower() in ("general", "@"):
        return _plain(value)
    is_signed = value < 0 and len(sections) > 1
    section = sections[1] if is_signed else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
    try:
        words = _in_form(abs(Decimal(repr(value))), section)
    except InvalidOperation:
        return _plain(value)
    return words if value >= 0 or is_signed else f"-{words}"


def _plain(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 10**_MOST_DIGITS):
        return str(int(value))
    return f"{value:.{_MOST_DIGITS - 1}g}"


def _in_form(value: Decimal, section: str) -> str:
    """A number that is no less than zero in one of the sections of a form."""
    pieces, digits, percents = _parts(section)
    if digits is None:
        return "".join(filter(None, pieces)) or _plain(float(value))
    value *= Decimal(100) ** percents
    whole, _, decimals = digits.partition(".")
    scale = len(whole) - len(whole.rstrip(","))
    value /= Decimal(1000) ** scale
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    integer, _, fraction = f"{rounded:f}".partition(".")
    integer = integer.rjust(whole.count("0"), "0")
    if whole.count("0") == 0 and integer == "0" and decimals:
        integer = ""
    if "," in whole.rstrip(","):
        integer = f"{int(integer or 0):,}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and fraction.endswith("0"):
        fraction, optional = fraction[:-1], optional - 1
    shown_number = f"{integer}.{fraction}" if fraction else integer
    return "".join(shown_number if piece is None else piece for piece in pieces)


def _parts(section: str) -> tuple[list[str | None], str | None, int]:
    """What stands around the digits of a form, None for these; the digits; how many % it has."""
    pieces: list[str | None] = []
    digits: str | None = None
    percents = 0
    position = 0
    while position < len(section):
        place = _DIGITS.match(section, position)
        if place and digits is None:
            digits = place.group()
            pieces.append(None)
            position = place.end()
            continue
        piece = _PIECE.match(section, position)
        assert piece is not None  # a sign may be anything
        position = piece.end()
        percents += piece["sign"] == "%"
        pieces.append(_words_of(piece))
    return pieces, digits, percents


def _words_of(piece: re.Match[str]) -> str:
    if piece["bracket"] is not None:
        currency = _CURRENCY.match(piece["bracket"])
        return currency[1] if currency else ""
    return next(
        (words for words in (piece["quoted"], piece["escaped"]) if words), piece["sign"] or ""
    )


# -- days -------------------------------------------------------------------------------


def _day(value: datetime | date | time | timedelta, form: str) -> str:
    if isinstance(value, timedelta):
        return str(value)
    section = (_SECTION.findall(form) or [""])[0]
    pieces = list(_DAY_PART.finditer(section))
    if not any(piece["code"] or piece["elapsed"] for piece in pieces):
        return _usual(value)
    moment = value if isinstance(value, datetime) else _moment(value)
    is_halved = any(piece["code"] and "/" in piece["code"] for piece in pieces)
    words = ""
    before = ""
    for at, piece in enumerate(pieces):
        code = (piece["code"] or "").lower()
        if code and set(code) == {"m"} and _is_minutes(pieces, at, before):
            words += f"{moment.minute:0{len(code)}d}"
        elif code:
            words += _of_code(moment, code, is_halved)
        else:
            words += piece["quoted"] or piece["escaped"] or piece["sign"] or ""
        before = code or before
    return words


def _usual(value: datetime | date | time) -> str:
    words = str(value)
    return words.removesuffix(" 00:00:00")


def _moment(value: date | time) -> datetime:
    if isinstance(value, time):
        return datetime.combine(date(1900, 1, 1), value)
    return datetime.combine(value, time())


def _is_minutes(pieces: list[re.Match[str]], at: int, before: str) -> bool:
    """Whether an m means minutes: behind hours, or before seconds."""
    codes = ((piece["code"] or "").lower() for piece in pieces[at + 1 :])
    after = next(filter(None, codes), "")
    return before[:1] == "h" or after[:1] == "s"


def _of_code(moment: datetime, code: str, is_halved: bool) -> str:
    hour = moment.hour % 12 or 12 if is_halved else moment.hour
    values = {"y": moment.year, "m": moment.month, "d": moment.day, "h": hour, "s": moment.second}
    match code:
        case "aaaa" | "dddd":
            return f"星期{_WEEKDAYS[moment.weekday()]}"
        case "aaa" | "ddd":
            return _WEEKDAYS[moment.weekday()]
        case "上午/下午" | "am/pm" | "a/p":
            return ("上午", "下午")[moment.hour > 11]
        case "y" | "yy":
            return f"{moment.year % 100:02d}"
        case _ if code[0] == "y":
            return str(moment.year)
    number = values[code[0]]
    return f"{number:02d}" if len(code) > 1 else str(number)
