"""Attributes of an OFD → numbers; what is none counts for nothing."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_MOST = 1e7


class Values:
    """Numbers as they stand in attributes."""

    @staticmethod
    def number(words: str | None, otherwise: float = 0.0) -> float:
        """A number; another where there is none, or none that is on paper."""
        if words is None or not _NUMBER.fullmatch(words.strip()):
            return otherwise
        value = float(words)
        return value if math.isfinite(value) and abs(value) < _MOST else otherwise

    @classmethod
    def of(cls, words: str | None) -> list[float]:
        """Numbers that stand one after the other."""
        return [cls.number(each) for each in (words or "").split()]

    @classmethod
    def steps(cls, words: str | None, most: int) -> list[float]:
        """Steps from character to character, in which `g 3 5` is three steps of 5."""
        steps: list[float] = []
        given = iter((words or "").split())
        for each in given:
            if each == "g":
                count = int(cls.number(next(given, None)))
                step = cls.number(next(given, None))
                steps += [step] * max(0, min(count, most - len(steps)))
            else:
                steps.append(cls.number(each))
            if len(steps) >= most:
                break
        return steps[:most]
