"""A table as it is set → the lines that stand above it and below it, in every format the same."""

from __future__ import annotations

from publisher.model import SetTable, one_line
from publisher.words.numerals import circled

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
