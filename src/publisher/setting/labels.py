"""The words of a form → the same with newlines where their lines end, so that none is torn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.setting.titles import broken
from publisher.setting.wholes import width

_BRACKETS = re.compile("(（[^（）]*）)")
_BOX = "[□☐☑■○]"
HAS_BOX = re.compile(_BOX)
GAP = " \u3000"
_UNIT = rf"[年月日时分秒元](?![^{GAP}\W])"
"""What is counted in the room before it: one date stays on a line."""
_AFTER_GAP = rf"(?<=[{GAP}])(?![{GAP}])(?!{_UNIT})"
_HAS_ROOM = re.compile(rf"[{GAP}]{{2,}}")
_BEFORE_WORDS = re.compile(rf"(?<![（(“])(?={_BOX})|{_AFTER_GAP}")
"""Where options begin that have their box before them: □男."""
_BEHIND_WORDS = re.compile(rf"(?<={_BOX})(?![；，、。）)”])|(?<={_BOX}[；，、。])|{_AFTER_GAP}")
"""Where those end that have it behind them: 是□."""


def set_label(words: str, room: float) -> str | None:
    """A label on lines of at most so many characters; None where a word would be torn."""
    made = _fitting(words, room)
    if made is not None:
        return made
    parts: list[str] = []
    for part in filter(None, _BRACKETS.split(words)):
        fitting = _fitting(part, room)
        if fitting is None:
            return None
        parts += fitting.split("\n")
    return "\n".join(_joined(parts, room))


def set_options(words: str, room: float) -> str | None:
    """Options with their boxes, and what is written behind words, on lines of so many characters.

    No box stands on another line than its words, if there is room for both, and none of what asks
    for something is torn. None without any.
    """
    if not parts_at_room(words) or width(words) <= room:
        return None
    return "\n".join(_joined(options(words), room))


def parts_at_room(words: str) -> bool:
    """Whether words have room among them, or boxes, where their lines end."""
    return bool(HAS_BOX.search(words) or _HAS_ROOM.search(words.strip(GAP)))


def options(words: str) -> list[str]:
    """The options in words, each with its box and what belongs to it."""
    is_before = re.search(rf"(?:^|[{GAP}：:（(]){_BOX}(?=[^{GAP}\W])", words) is not None
    parts = (_BEFORE_WORDS if is_before else _BEHIND_WORDS).split(words)
    return [part for part in parts if part]


def _joined(parts: Iterable[str], room: float) -> Iterator[str]:
    """As many parts on each line as have room; no line begins or ends with a gap."""
    line = ""
    for part in parts:
        if line.strip(GAP) and width((line + part).strip(GAP)) > room:
            yield line.strip(GAP)
            line = ""
        line += part
    yield line.strip(GAP)


def _fitting(words: str, room: float) -> str | None:
    made = broken(words, room)
    return made if max(map(width, made.split("\n"))) <= room else None
