"""`lexicon.toml` → the words of the field, by what they do in a title."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that a line keeps whole, and words that part one thought from the next."""

    verbs: frozenset[str]
    """What a title does: 开展, 印发."""
    kinds: frozenset[str]
    """Kinds of document, which 的 stays with: 通知."""
    light: frozenset[str]
    """What says little of its own: 情况, 活动."""
    adverbs: frozenset[str]
    periods: frozenset[str]
    """Parts of a year without a figure: 上半年."""
    organs: frozenset[str]
    """Organs without their place: 民政局."""
    places: frozenset[str]
    """How names of places end: 街道."""
    general: frozenset[str]
    """Words that end as names of places do and name none: 乡镇."""
    fixed: frozenset[str]
    """Terms of which each is one name: a line that ends in one tears it."""
    terms: frozenset[str]
    """Terms of the field: 最低生活保障."""


@cache
def lexicon() -> Lexicon:
    """The program's lexicon."""
    entries = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    lists = {name: frozenset(words.split()) for name, words in entries.items() if name != "terms"}
    terms = frozenset(word for words in entries["terms"].values() for word in words.split())
    return Lexicon(**lists, terms=terms)


class Vocabulary:
    """Words that are looked for in a title."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = frozenset(word for word in words if len(word) > 1)
        self._lengths: dict[str, tuple[int, ...]] = {}
        for length, begins in sorted({(len(word), word[:2]) for word in self.words}, reverse=True):
            self._lengths[begins] = (*self._lengths.get(begins, ()), length)

    def at(self, title: str, start: int) -> Iterator[str]:
        """Those that begin there, the longest first."""
        for length in self._lengths.get(title[start : start + 2], ()):
            if title[start : start + length] in self.words:
                yield title[start : start + length]


@lru_cache(maxsize=64)
def looked_for(words: frozenset[str]) -> Vocabulary:
    """Words, ready to be looked for."""
    return Vocabulary(words)


@lru_cache(maxsize=64)
def known(own: frozenset[str] = frozenset()) -> Vocabulary:
    """What is one word or term wherever it stands, with a bureau's own."""
    listed = lexicon()
    acting = listed.verbs | listed.kinds | listed.adverbs
    return Vocabulary(acting | listed.periods | listed.organs | listed.places | listed.terms | own)
