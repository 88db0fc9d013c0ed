"""The lines of a blank in a form → as they fit it, and where those stand that sign and date it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher import standard
from publisher.setting.wholes import width
from publisher.standard import NOTHING, Length, Size

_ASKS = ("：", ":")
"""How words end behind which something is written."""
_BLANKS = r"[\s\u3000_＿]*"
_DATE = re.compile(rf"(?:日\s*期[：:])?{_BLANKS}年{_BLANKS}月(?:{_BLANKS}日)?{_BLANKS}")
_GAP = re.compile(r"[\s\u3000_＿]+")
_STAMPED = re.compile(r"[（(][^（(）)：:]*章[）)]|[^：:]*[盖公印]\s*章\s*[）)]?")
"""A line that is there for nothing but a stamp."""
_SIGNED = re.compile(r"签\s*[字名章]|[盖公印]\s*章|手\s*印")
_SIGNER = re.compile(r"(?:人|员|长|主\s*任)[：:]")
"""Who signs, where a date stands below: a cell may ask for 联系人：, too."""
_NO_SENTENCE = re.compile(r"[^。；，！？]*")
_LONGEST = 16
"""Characters of a line that signs, but for what is left to write on."""
_BLANK = " \u3000"
_YEAR_ROOM = 3
"""Characters before 年 at most that are room for a year; more just move a date to the right."""


def cell_lines(items: Sequence[str]) -> tuple[str, ...]:
    """What a cell of a form holds, line by line as its author broke it."""
    return tuple(line for item in items for line in item.split("\n"))


def feet(lines: Sequence[str], room: Length, *, is_high: bool) -> tuple[Length, ...]:
    """How far in from the left the last lines of a cell begin which sign and date it.

    They stand at the right, below one another, with room to sign behind what asks for it; a date
    at its end, and what is stamped in the middle above that. A cell of one line has some only where
    it `is_high`.
    """
    count = _count(lines)
    if not count or (len(lines) == 1 and not is_high):
        return ()
    shown = lines[len(lines) - count :]
    block = max(width(line) + _to_write(line) for line in shown)
    date = max((_date_width(line) for line in shown), default=0.0)

    def taken(line: str) -> float:
        """How far from the right a line begins, in characters."""
        if _DATE.fullmatch(line):
            return width(line)
        own = width(line)
        return (own + max(date, own)) / 2 if date and _STAMPED.fullmatch(line) else block

    ems = (taken(line) + standard.SIGN_INDENT for line in shown)
    return tuple(max(room - Size.SMALL_4.length * wide, NOTHING) for wide in ems)


def narrowed(line: str, room: float) -> str:
    """A date as wide as that many characters, as far as blanks can give way for it.

    Of its blanks the widest do, the first of them before others, until each part has one left.
    """
    while _DATE.fullmatch(line) and width(line) > room:
        widest = max(_GAP.finditer(line), key=lambda gap: len(gap[0]))
        if len(widest[0]) == 1:
            return line.strip(_BLANK)
        line = line[: widest.start()] + line[widest.start() + 1 :]
    return line


def asks(lines: Sequence[str]) -> bool:
    """Whether something is written below what a cell says: 申请理由：."""
    return bool(lines) and lines[-1].endswith(_ASKS)


def _count(lines: Sequence[str]) -> int:
    """How many of the last lines sign and date; none where they are not the last."""
    count = 0
    for line in reversed(lines):
        if not _signs(line):
            break
        count += 1
    last = lines[len(lines) - count :]
    is_signed = any(map(_SIGNED.search, last))
    is_dated = any(map(_DATE.fullmatch, last))
    is_more = count < len(lines) or any(map(_SIGNER.search, last))
    return count if is_signed or (is_dated and is_more) else 0


def _signs(line: str) -> bool:
    if _DATE.fullmatch(line):
        return True
    words = re.sub(r"[\s\u3000_＿]", "", line)
    is_short = len(words) <= _LONGEST and _NO_SENTENCE.fullmatch(words) is not None
    return is_short and (_SIGNED.search(line) or _SIGNER.search(line)) is not None


def _date_width(line: str) -> float:
    """How wide a date is with the room for its year; nothing of what is none."""
    if not _DATE.fullmatch(line):
        return 0.0
    shown = line.lstrip(_BLANK)
    return width(shown) + min(width(line) - width(shown), _YEAR_ROOM)


def _to_write(line: str) -> float:
    return standard.SIGN_ROOM if line.endswith(_ASKS) else 0.0
