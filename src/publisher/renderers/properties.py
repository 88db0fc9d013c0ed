"""What a file says of itself → the same within the room that Word and Excel have for it.

Only such properties are ever cut, never what a reader reads. PDF and HTML have no such limit.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 255
"""Characters of a property: python-docx refuses a longer one, Excel too."""


def cut(words: str, most: int = LONGEST) -> str:
    """The first `most` characters, as Office counts them: one beyond the BMP is two, and whole."""
    return words.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def shortened(words: str, most: int = LONGEST) -> str:
    """Words that fit; of longer ones the beginning, and … for the rest."""
    return words if cut(words, most) == words else cut(words, most - 1) + "…"


def listed(entries: Iterable[str], most: int = LONGEST) -> str:
    """As many whole entries as fit, parted by 、; of a first one that is too long the beginning."""
    whole = ""
    for entry in entries:
        longer = f"{whole}、{entry}" if whole else shortened(entry, most)
        if cut(longer, most) != longer:
            return whole
        whole = longer
    return whole
