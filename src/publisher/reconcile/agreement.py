"""Words of a plan and of a task → whether they say the same."""

from __future__ import annotations

import re

from publisher.model import Piece, Sentence
from publisher.wordings import tokens

LEAST = 6
"""Characters; fewer are not looked for by themselves."""
_WHITE = re.compile(r"\s+")
_MARKS = "。！？；，、："
_BEHIND_MARK = re.compile(f"(?<=[{_MARKS}])")
DAY = (
    "(?:20[0-9]{2}年度?(?:[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|[底末])?|[上下]半年|[底末内]"
    "|第?[一二三四]季度末?)?|[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|[底末])?|[上下]半年|年[底末内]"
    "|第?[一二三四]季度末?)"
)
"""A pattern of what a text calls a day or a year."""
TIME = re.compile(f"((?:到|至|于|在|截至)?{DAY}(?:[之以]?前|底前)?)[，,]?")
"""The same with the words that lead to it and the mark behind it; group 1 is without the mark."""


def words_of(piece: Piece, sentence: Sentence) -> tuple[str, str]:
    """What plan and table say, without the marks that end them.

    A day that the plan names may stand in the row's deadline instead of its words, and who acts
    among its people and departments.
    """
    planned, listed = bare(sentence.words[slice(*piece.part)]), bare(piece.words)
    if piece.is_dated and planned != listed:
        planned = TIME.sub(lambda one: one[0] if one[1] in listed else "", planned)
    for owner in piece.owners:
        planned = planned if owner in listed else planned.replace(owner, "")
    return bare(planned), listed


def agrees(piece: Piece, sentence: Sentence) -> bool:
    """Whether plan and table say the same; blanks and marks at their ends aside."""
    planned, listed = words_of(piece, sentence)
    return piece.is_share or planned == listed


def bare(words: str) -> str:
    """Words without blanks, and without the marks at their ends."""
    return _WHITE.sub("", words).strip(_MARKS)


def holds(sentence: str, words: str) -> bool:
    """Whether a sentence has all words of a task in any order, and the same figures."""
    own = set(tokens(sentence))
    return all(one in own or (one in sentence and not has_digit(one)) for one in tokens(words))


def has_digit(word: str) -> bool:
    """Whether a word is a figure, or has one in it."""
    return any(one.isdigit() for one in word)


def bounds(words: str) -> list[int]:
    """Where the clauses of words begin and end: behind each mark."""
    return sorted({0, *(one.start() for one in _BEHIND_MARK.finditer(words)), len(words)})


def to_marks(words: str, start: int, end: int) -> tuple[int, int]:
    """A part widened to whole clauses: from behind a mark to behind the next."""
    there = bounds(words)
    first = max(one for one in there if one <= start)
    last = min(one for one in there if one >= end)
    return first, last
