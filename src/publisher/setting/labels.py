"""A label of a form → the same with newlines where its lines end, so that no word is torn."""

from __future__ import annotations

import re

from publisher.setting.titles import broken
from publisher.setting.wholes import width

_BRACKETS = re.compile("(（[^（）]*）)")


def set_label(words: str, room: float) -> str | None:
    """The words on lines of at most so many characters; None where a word would be torn."""
    made = _fitting(words, room)
    if made is not None:
        return made
    lines = [""]
    for part in filter(None, _BRACKETS.split(words)):
        fitting = _fitting(part, room)
        if fitting is None:
            return None
        for index, line in enumerate(fitting.split("\n")):
            if index or width(lines[-1] + line) > room:
                lines.append(line)
            else:
                lines[-1] += line
    return "\n".join(filter(None, lines))


def _fitting(words: str, room: float) -> str | None:
    made = broken(words, room)
    return made if max(map(width, made.split("\n"))) <= room else None
