"""Cells of a column of a file → the people or departments that each names, each by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from publisher.phrases.surnames import COMMON, COMPOUND, RARE
from publisher.words.names import parted

_HAN = "\u3400-\u9fff"
_BLANKS = "\u3000 \xa0"
_SPREAD = re.compile(f"[{_HAN}][{_BLANKS}]+[{_HAN}]")
_NAME = re.compile(f"[{_HAN}·]{{2,5}}(?:[（(][^（）()]*[）)])?")
_SURNAMED = re.compile(f"{COMPOUND}|[{COMMON}{RARE}]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_MARKS = ("；;", "\n", _BLANKS, "、", "，,", "/")
"""What parts names, the coarsest first: what stands within names parts none."""
_MOST = 2 / 3

Names = tuple[str, ...]
Splitter = Callable[[str], Names]
"""The names in a cell."""


def people_of(cells: Sequence[str]) -> Splitter:
    """How the people of a column's cells are told apart: by any mark, and by blanks."""

    def split(words: str) -> Names:
        pieces = re.split(r"[；;、，,/\n]+", words)
        return tuple(name for piece in pieces for name in _names(piece.strip(_BLANKS)) if name)

    return split


def departments_of(cells: Sequence[str]) -> Splitter:
    """How the departments of a column's cells are told apart: by the coarsest mark in it.

    Where each stands on a line of its own, 各科室、单位 is one.
    """
    bare = [_BRACKETS.sub("", words).strip(_BLANKS) for words in cells]
    used = (marks for marks in _MARKS if any(set(marks) & set(words) for words in bare))
    marks = next(used, "")

    def split(words: str) -> Names:
        hidden = _BRACKETS.sub(lambda match: "x" * len(match[0]), words)
        parted_at = [-1, *(i for i, each in enumerate(hidden) if each in marks), len(words)]
        pieces = (
            words[start + 1 : end].strip(f"{_BLANKS}\n") for start, end in pairwise(parted_at)
        )
        return tuple(filter(None, pieces))

    return split


def is_spread(words: str) -> bool:
    """Whether a name of two characters is typed with a blank between them."""
    return any(_SPREAD.fullmatch(part.strip()) for part in re.split(r"[；;、，,/\n]+", words))


def are_people(cells: Sequence[str]) -> bool:
    """Whether most cells hold names of people alone: short, and half of them begin as such do."""
    split = people_of(cells)
    named = [all(map(_NAME.fullmatch, split(each))) for each in cells]
    names = [name for each in cells for name in split(each)]
    with_surname = sum(bool(_SURNAMED.match(name)) for name in names)
    return bool(named) and sum(named) >= _MOST * len(named) and 2 * with_surname >= len(names)


def _names(words: str) -> list[str]:
    """Names that blanks part, some of them typed with a blank inside."""
    names = []
    while words:
        name, words = parted(words)
        names.append(name)
    return names


def marks_between(words: str, parts: Sequence[str]) -> str:
    """The marks that parted them, which lines of their own do now."""
    rest = re.sub(r"\s", "", words)
    for part in parts:
        rest = rest.replace(re.sub(r"\s", "", part), "", 1)
    return rest
