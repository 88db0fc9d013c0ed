"""A table as it is set → the lines that stand above it and below it, in every format the same."""

from __future__ import annotations

import re

from publisher.model import SetTable, one_line
from publisher.words.numerals import COUNTED, circled, value_of

BETWEEN = "\u3000"
"""Between the number of a table and its title."""


def heading(table: SetTable) -> str:
    """The title of a table in a text behind its number: 表1　题. Empty where it has no title."""
    return f"{table.label}{BETWEEN}{one_line(table.title)}" if table.label else ""


def unit(table: SetTable) -> str:
    """What its figures count, as it stands above it: 单位：张. Empty where it says nothing."""
    return f"单位：{table.unit}" if table.unit else ""


def remarks(table: SetTable) -> tuple[str, ...]:
    """Its 注, a line each; several have numbers, which no author types."""
    if len(table.remarks) < 2:
        return tuple(f"注：{words}" for words in table.remarks)
    lines = [f"{number}.{words}" for number, words in enumerate(table.remarks, 1)]
    return (f"注：{lines[0]}", *lines[1:])


def mark(number: int) -> str:
    """The mark of a note behind the words of a cell: ①."""
    return circled(number)


def notes(table: SetTable) -> tuple[str, ...]:
    """The notes to its cells, a line each, behind their marks."""
    return tuple(f"{mark(number)} {words}" for number, words in enumerate(table.notes, 1))


def below(table: SetTable) -> tuple[str, ...]:
    """All lines below it: its 注, then its notes."""
    return remarks(table) + notes(table)


# -- as they are typed --------------------------------------------------------------------

_NUMBER = rf"(?:续?表)\s*(?:[0-9]{{1,2}}(?:[-－—.][0-9]{{1,2}})?|[{COUNTED}]{{1,3}})"
TABLE_TITLE = re.compile(rf"(?P<number>{_NUMBER})(?:[\s：:、.．]+(?P<title>.*)|$)")
PICTURE_TITLE = re.compile(
    rf"(?P<number>图\s*(?:[0-9]{{1,2}}(?:[-－—.][0-9]{{1,2}})?|[{COUNTED}]{{1,3}}))"
    r"(?:[\s：:、.．]+(?P<title>.*)|$)"
)
UNIT = re.compile(r"[（(]?\s*(?:计量|金额)?单位\s*[：:]\s*(?P<said>[^。；）)]{1,20}?)\s*[）)]?")
REMARK = re.compile(r"(?:备?注|说明)\s*[：:]\s*(?P<said>.+)")
GOES_ON = re.compile("[（(]?续表[）)]?")
"""续表 above the part of a table on a further page."""
_VALUE = re.compile(f"[0-9]+|[{COUNTED}]+")


def number_of(number: str) -> int | None:
    """The number of 表1 or 图一; None of 表1-2, which is none that is counted through a text."""
    values = _VALUE.findall(number)
    return value_of(values[0]) if len(values) == 1 else None


_LONGEST_TITLE = 50
_UNIT_IN_BRACKETS = re.compile(r"[（(]单位[：:][^（）()]{1,20}[）)]")


def is_title(words: str) -> bool:
    """Whether words behind 表1 or 图1 are a title, and no sentence that begins so."""
    bare = _UNIT_IN_BRACKETS.sub("", words)
    return len(bare) <= _LONGEST_TITLE and not re.search("[。；，：]", bare)
