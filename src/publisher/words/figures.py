"""Words of a cell → whether they are a figure, its value and form, and whether they name a sum."""

from __future__ import annotations

import re
from decimal import Decimal

_FIGURE = re.compile(
    r"(?P<sign>[-−–+]?)(?P<whole>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,9})"
    r"(?P<part>\.[0-9]+)?(?P<rate>[%％‰]?)"
)
"""What begins with 0, and what is longer, is a code: a spreadsheet would lose digits of it."""
_NONE = re.compile(r"[—–\-－/…]+|\.{3,6}")
"""Where a table has no figure: none there is, or none is known."""
_TOTAL = re.compile(r".*[合总小共]\s*计(?:[（(][^（）()]*[）)])?|(?:[（(].+[）)])?\s*总\s*和")
_LONGEST_TOTAL = 12


def is_figure(words: str) -> bool:
    """Whether words are one number, with its sign, 千分位 and % where it has them."""
    return bool(_FIGURE.fullmatch(words))


def is_no_figure(words: str) -> bool:
    """Whether words say that there is none: —, …, /."""
    return bool(_NONE.fullmatch(words))


def value_of(words: str) -> Decimal | None:
    """The value of a figure; that of 5% is 0.05. None where words are none."""
    match = _FIGURE.fullmatch(words)
    if match is None:
        return None
    value = Decimal(match["whole"].replace(",", "") + (match["part"] or ""))
    value = value.scaleb({"": 0, "‰": -3}.get(match["rate"], -2))
    return -value if match["sign"] in tuple("-−–") else value


def decimals_of(words: str) -> int:
    """How many digits a figure has behind its point."""
    match = _FIGURE.fullmatch(words)
    return len(match["part"]) - 1 if match and match["part"] else 0


_DIGITS = 15
"""So many digits a spreadsheet keeps."""


def shown_as(words: str) -> str | None:
    """The form in which a spreadsheet shows the value of a figure as it is written: `#,##0.00`.

    None where it has no form for that: a rate of ‰, a zero below nought, too many digits.
    """
    match = _FIGURE.fullmatch(words)
    if match is None or match["rate"] == "‰" or sum(map(str.isdigit, words)) > _DIGITS:
        return None
    if match["sign"] not in ("", "+") and not value_of(words):
        return None
    whole = "#,##0" if "," in match["whole"] else "0"
    form = whole + re.sub("[0-9]", "0", match["part"] or "") + ("%" if match["rate"] else "")
    match match["sign"]:
        case "+":
            return f"+{form};-{form}"
        case ("−" | "–") as sign:
            return f'{form};"{sign}"{form}'
        case _:
            return form


def names_total(words: str) -> bool:
    """Whether words name the sum of other rows: 合计, 小计, 总　计."""
    may = len(words) <= _LONGEST_TOTAL and ("计" in words or "和" in words)
    return may and bool(_TOTAL.fullmatch(words))
