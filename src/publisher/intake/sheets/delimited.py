"""The text of a CSV or TSV → its rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from publisher.files import Unreadable
from publisher.limits import MOST_BYTES, MOST_CELLS, MOST_ROWS

_SEPARATORS = ",\t;|，"
_SAMPLE = 50
"""Rows by which the separator is known."""
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
"""How tables that are typed end a line in a cell."""


def rows_of(text: str) -> list[list[str]]:
    """The values of each row, without blanks around them."""
    csv.field_size_limit(MOST_BYTES)
    lines = text.split("\n")
    separator = max(_SEPARATORS, key=lambda each: _score(lines, each))
    rows: list[list[str]] = []
    cells = 0
    for values in csv.reader((line + "\n" for line in lines), delimiter=separator):
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
