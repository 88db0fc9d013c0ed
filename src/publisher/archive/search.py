"""The words of all documents → an index that a page searches without any server.

Two characters that stand beside one another are looked up: Chinese is written without blanks, and
needs no dictionary so. The index is cut by the first of both, and a search fetches the pieces that
it needs. Numbers are those of the catalogue, the oldest document first: one that is added changes
the pieces alone that have words of it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_PIECES = ((100, 16), (2000, 128))
"""Up to how many documents the index is cut into how many pieces."""
_MOST_PIECES = 512
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def flat(words: str) -> str:
    """Words as they are searched for: letters and figures alone, as `search.js` makes them."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words).lower()))


def grams(words: str) -> set[str]:
    """Each two neighbours."""
    characters = flat(words)
    return {characters[at : at + 2] for at in range(len(characters))}


def pieces(count: int) -> int:
    """Into how many pieces the index of so many documents is cut."""
    return next((number for most, number in _PIECES if count <= most), _MOST_PIECES)


@dataclass(frozen=True, slots=True)
class Lot:
    """Documents that stand beside one another, and who of them has each two characters."""

    count: int
    held: Mapping[str, str]
    """The first and the last number within the lot, and how much each is above the one before."""


def held_by(words: Iterable[str]) -> dict[str, str]:
    """What a lot of documents with these words holds."""
    steps: dict[str, list[str]] = {}
    ends: dict[str, tuple[int, int]] = {}
    written: list[str] = []
    for number, text in enumerate(words):
        written.append(_base36(number))
        for gram in grams(text):
            if gram in ends:
                first, last = ends[gram]
                steps[gram].append(written[number - last])
                ends[gram] = first, number
            else:
                steps[gram] = []
                ends[gram] = number, number
    return {
        gram: " ".join((str(first), str(last), *steps[gram]))
        for gram, (first, last) in sorted(ends.items())
    }


def index(lots: Iterable[Lot]) -> dict[str, bytes]:
    """The pieces of the index by name: for each two characters the numbers of documents.

    Each number is told by how much it is above the one before, in base 36.
    """
    held: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    before = 0
    for lot in lots:
        for gram, numbers in lot.held.items():
            first, end, *steps = numbers.split(" ", 2)
            step = _base36(before + int(first) - last.get(gram, 0))
            held.setdefault(gram, []).extend((step, *steps))
            last[gram] = before + int(end)
        before += lot.count
    parts: list[dict[str, str]] = [{} for _ in range(pieces(before))]
    for gram in sorted(held):
        parts[ord(gram[0]) % len(parts)][gram] = " ".join(held[gram])
    return {f"{number}.json": as_json(part) for number, part in enumerate(parts)}


def _base36(number: int) -> str:
    digits = _DIGITS[number % 36]
    return digits if number < 36 else _base36(number // 36) + digits


def as_json(value: Any) -> bytes:
    """Compact JSON, alike for alike values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
