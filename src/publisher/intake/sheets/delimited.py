"""The text of a CSV or TSV → its rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from publisher.files import Unreadable
from publisher.limits import MOST_BYTES, MOST_CELLS, MOST_ROWS

_SEPARATORS = ",\t;|，"
_SAMPLE = 50
"""Rows by which the separator is known."""
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
"""How tables that are typed end a line in a cell."""


_SAID = re.compile(r"sep=([,\t;|，])\s*\n", re.IGNORECASE)
"""How Excel is told what parts the cells."""


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """Rows, and what is typed to part and enclose their cells."""

    rows: list[list[str]]
    signs: str


def delimited(text: str) -> DelimitedText:
    """The values of each row, without blanks around them."""
    said = _SAID.match(text)
    lines = text[said.end() if said else 0 :].split("\n")
    separator = said[1] if said else max(_SEPARATORS, key=lambda each: _score(lines, each))
    try:
        rows = _rows(lines, separator, csv.QUOTE_MINIMAL)
    except csv.Error:  # quotes that nobody closes are words
        rows = _rows(lines, separator, csv.QUOTE_NONE)
    held = Counter("".join(word for row in rows for word in row))
    beside = Counter("".join(lines)) - held
    signs = "".join(sign * beside[sign] for sign in (separator, '"'))
    breaks = " ".join(BREAK.findall(text))
    return DelimitedText(rows, " ".join(filter(None, [said and said[0].strip(), signs, breaks])))


def _rows(lines: Sequence[str], separator: str, quoting: Literal[0, 3]) -> list[list[str]]:
    csv.field_size_limit(MOST_BYTES)
    rows: list[list[str]] = []
    cells = 0
    given = (line + "\n" for line in lines)
    for values in csv.reader(given, delimiter=separator, quoting=quoting, strict=True):
        cells += len(values)
        if len(rows) > MOST_ROWS or cells > 2 * MOST_CELLS:
            raise Unreadable(f"表格超过 {MOST_ROWS} 行或 {MOST_CELLS} 格，不像一份公文的表")
        rows.append([BREAK.sub("\n", value).strip(" \t\u3000\xa0\n") for value in values])
    return rows


def _score(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """How many rows have as many columns as most, and how many columns these are."""
    sample = csv.reader((line + "\n" for line in lines[:_SAMPLE]), delimiter=separator)
    counts = Counter(len(values) for values in sample if len(values) > 1)
    columns, rows = max(counts.items(), key=lambda pair: pair[1], default=(0, 0))
    return rows, columns
