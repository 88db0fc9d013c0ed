"""The words of a form → what in them is ticked or written on, and what only looks so."""

from __future__ import annotations

import re

from publisher.words.numerals import COUNTED

BOXES = rf"(?:[□☐]|(?<![0-9０-９○{COUNTED}])○(?![0-9０-９○{COUNTED}]))"
"""What is ticked; ○ among figures is a zero: 二○二六年."""
LINES = "_＿"
"""What makes a line to write on, as the inside of a class of a regular expression."""
_ROOM = re.compile(
    rf"{BOXES}|[{LINES}]|[\u3000 ]{{2,}}|(?<=[\u3400-\u9fff])[\u3000 ]+(?=[年月日时分元])"
)
_SPREAD = re.compile(r"[\u3400-\u9fff](?:[\u3000 ]+[\u3400-\u9fff]){1,3}")
_UNITS = frozenset("年月日时分秒元\u3000 ")


def has_room(words: str) -> bool:
    """Whether something in them is to be ticked or written on.

    A short word that is spread with blanks is none of it: 姓　　名. 年　月　日 is.
    """
    if _SPREAD.fullmatch(words) and not _UNITS.issuperset(words):
        return False
    return bool(_ROOM.search(words))
