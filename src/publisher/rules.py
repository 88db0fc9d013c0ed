"""The rules of GB/T 9704-2012 that a finished page is measured against, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Strength(Enum):
    """How binding a rule is."""

    MUST = "必须"
    USUALLY = "一般"
    RECOMMENDED = "推荐"
    MAY = "可以"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is measured, and what it should be."""

    name: str
    clause: str
    element: str
    requirement: str
    """In a Chinese sentence, paraphrased."""
    strength: Strength
    source: str = "GB/T 9704-2012"
