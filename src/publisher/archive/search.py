"""The words of all documents → an index that a page searches without any server.

Two characters that stand beside one another are looked up: Chinese is written without blanks, and
needs no dictionary so. The index is cut by the first of both, and a search fetches the pieces that
it needs. Numbers are those of the catalogue, the oldest document first: one that is added changes
the pieces alone that have words of it.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
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


def index(words: Iterable[str], count: int) -> dict[str, bytes]:
    """The pieces of the index by name: for each two characters the numbers of documents.

    Each number is told by how much it is above the one before, in base 36.
    """
    held: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for number, text in enumerate(words):
        for gram in grams(text):
            held[gram].append(_base36(number - last.get(gram, 0)))
            last[gram] = number
    parts: list[dict[str, str]] = [{} for _ in range(pieces(count))]
    for gram in sorted(held):
        parts[ord(gram[0]) % len(parts)][gram] = " ".join(held[gram])
    return {f"{number}.json": as_json(part) for number, part in enumerate(parts)}


def _base36(number: int) -> str:
    digits = _DIGITS[number % 36]
    return digits if number < 36 else _base36(number // 36) + digits


def as_json(value: Any) -> bytes:
    """Compact JSON, alike for alike values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
