"""Attributes of an OFD → numbers; what is none counts for nothing."""

from __future__ import annotations

import math
import re

from publisher.inspect.thresholds import OFD_FARTHEST, Factor
from publisher.matrices import IDENTITY, Matrix

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_MOST = OFD_FARTHEST


def number(words: str | None, otherwise: Factor = 0.0) -> Factor:
    """A number; another where there is none, or none that is on paper."""
    if words is None or not _NUMBER.fullmatch(words.strip()):
        return otherwise
    value = float(words)
    return value if math.isfinite(value) and abs(value) < _MOST else otherwise


def numbers(words: str | None) -> list[Factor]:
    """Numbers that stand one after the other."""
    return [number(each) for each in (words or "").split()]


def matrix_of(words: str | None) -> Matrix:
    """Six numbers; where there are others, the one that changes nothing."""
    match numbers(words):
        case [a, b, c, d, e, f]:
            return a, b, c, d, e, f
    return IDENTITY


def levels(words: str | None) -> list[int]:
    """The parts of a colour, up to 255 each: `17 34 51`, or `#11 #22 #33`."""
    return [max(0, min(_level(each), _WHITE)) for each in (words or "").split()]


_WHITE = 255


def _level(word: str) -> int:
    if re.fullmatch("#[0-9A-Fa-f]{1,4}", word):
        return int(word[1:], 16)
    return round(number(word))


def steps(words: str | None, most: int) -> list[Factor]:
    """Steps from character to character, in which `g 3 5` is three steps of 5."""
    made: list[Factor] = []
    given = iter((words or "").split())
    for each in given:
        if each == "g":
            count, step = int(number(next(given, None))), number(next(given, None))
            made += [step] * max(0, min(count, most - len(made)))
        else:
            made.append(number(each))
        if len(made) >= most:
            break
    return made[:most]
