"""Words → the same without characters that nobody sees and that say nothing in Chinese."""

from __future__ import annotations

import re

_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
"""Where a line may end and which way it runs: editors, input methods and pages leave them behind.
What steers or joins other characters is none of these: it changes what is seen."""
_CONTROL = "\x00-\x08\x0e-\x1f\x7f"
"""What old programs begin or end files with. From U+0080 on it is a sign that was misread."""
INVISIBLE = re.compile(f"[{_UNSEEN}{_CONTROL}]")


def without_invisible(words: str) -> str:
    """The words as they are seen."""
    return INVISIBLE.sub("", words)


def as_name(words: str) -> str:
    """The name of a file as it can stand in content: nothing in it steers what is around it."""
    kept = (
        each if each.isprintable() or each == "\u3000" else " " * each.isspace() for each in words
    )
    return "".join(kept)
