"""A line of a form → its words, and between them what is ticked, dated or written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from publisher.model import SetCell, SetTable
from publisher.words.blanks import BOXES
from publisher.words.numerals import COUNTED


class Fill(Enum):
    """How a part of a form is filled in."""

    TEXT = "words are typed"
    TICK = "a box is ticked"
    DATE = "a day is chosen"
    MONTH = "a day is chosen, of which year and month are shown"


@dataclass(frozen=True, slots=True)
class FormPart:
    """Words of a form, or what is to be filled in."""

    words: str
    """As printed while nobody has filled it in; empty where a line ends with what asks for it."""
    fill: Fill | None = None
    name: str = ""
    """What the rest of the form calls it."""


_GAP = r"[\u3000 _＿]"
_DIGIT = f"0-9０-９○{COUNTED}"
_DATE = re.compile(rf"(?<![{_DIGIT}]){_GAP}{{0,2}}年{_GAP}+月(?:{_GAP}+日)?")
_ASKS_DATE = re.compile(rf"(?:日期|时间|年月)[：:]{_GAP}*$")
_TICK = re.compile(BOXES)
_ROOM = re.compile(
    r"[_＿]+|[\u3000 ]{2,}|(?<=[：:])[\u3000 ]+|(?<=[\u3400-\u9fff])[\u3000 ]+(?=[月日时分元])"
)
"""A line to write on, or room between words."""
_ASKS = ("：", ":")
_PARTS_WORDS = r"\s\u3000_＿：:；;，,。、！？□☐"
_ENDS_NAME, _ENDS_OPTION = re.compile(f"[{_PARTS_WORDS}]"), re.compile(f"[{_PARTS_WORDS}○（()）]")
_NO_ROOM_BEHIND = tuple("。；，！？、□☐○")
"""What stands before blanks that only part words."""
_UNIT = re.compile(r"[年月日时分秒元人岁万亿个份件号%％](?:[\s（(，。；]|$)")
"""What blanks at the begin of a line are room before."""


def parts_of(line: str) -> tuple[FormPart, ...]:
    """The parts of a line in order; their words together are the line.

    Something may be written where it ends with what asks for it.
    """
    parts: list[FormPart] = []
    done = 0
    for start, end, fill in _to_fill(line):
        if done < start:
            parts.append(FormPart(line[done:start]))
        is_tick = fill is Fill.TICK
        name = _option(line, start, end) if is_tick else _asked(line, done, start, end, fill)
        parts.append(FormPart(line[start:end], fill, name))
        done = end
    if done < len(line):
        parts.append(FormPart(line[done:]))
    if line.endswith(_ASKS):
        parts.append(FormPart("", Fill.TEXT, _asked(line, done, len(line), len(line), Fill.TEXT)))
    return tuple(parts)


_Place = tuple[int, int, Fill]
"""From where to where in a line something is filled in, and how."""


def _to_fill(line: str) -> Iterator[_Place]:
    """What is filled in, in order."""
    done = 0
    for start, end, fill in _dates(line):
        yield from _between(line, done, start)
        yield start, end, fill
        done = end
    yield from _between(line, done, len(line))


def _dates(line: str) -> Iterator[_Place]:
    """Days and months; room right behind what asks for a day is that of its year."""
    for match in _DATE.finditer(line):
        asks = _ASKS_DATE.search(line[: match.start()])
        start = asks.start() + len(asks[0].rstrip("\u3000 _＿")) if asks else match.start()
        yield start, match.end(), Fill.DATE if match[0].endswith("日") else Fill.MONTH


def _between(line: str, start: int, end: int) -> Iterator[_Place]:
    """Boxes and room to write between two places."""
    matches = [*_TICK.finditer(line, start, end), *_ROOM.finditer(line, start, end)]
    for match in sorted(matches, key=re.Match.start):
        if match.re is _TICK:
            yield match.start(), match.end(), Fill.TICK
        elif _is_room(line, match.start(), match.end()):
            yield match.start(), match.end(), Fill.TEXT


def _is_room(line: str, start: int, end: int) -> bool:
    """Whether something is written there, and not just kept free between words."""
    if line[start:end].strip("\u3000 "):  # a line to write on
        return True
    before, behind = line[:start], line[end:]
    if not before.strip("\u3000 "):
        return bool(_UNIT.match(behind))
    return not before.endswith(_NO_ROOM_BEHIND) and not _TICK.match(behind)


# -- names ------------------------------------------------------------------------------


def _option(line: str, start: int, end: int) -> str:
    """The words that a box is for: those before it, or behind it, as the first of its line."""
    first = _TICK.search(line)
    assert first is not None
    before = line[: first.start()]
    if before and not _ENDS_OPTION.match(before[-1]):
        return _ENDS_OPTION.split(line[:start])[-1]
    return _ENDS_OPTION.split(line[end:])[0]


def _asked(line: str, done: int, start: int, end: int, fill: Fill) -> str:
    """What asks for something: the words before it since the last that was filled in."""
    before = _ENDS_NAME.split(line[done:start].rstrip("\u3000 ：:"))[-1]
    if fill is not Fill.TEXT:
        return before or "日期"
    return before or _ENDS_NAME.split(line[end:])[0]


_LONGEST_NAME = 64
"""Characters that Word takes as the name or mark of a control."""


class FieldNames:
    """Names the fields of one form, each by its labels and by what stands beside it, once."""

    def __init__(self, table: SetTable) -> None:
        self._grid = [row.cells for row in table.rows]
        self._taken: Counter[str] = Counter()

    def of(self, cell: SetCell, part: FormPart, *, is_alone: bool) -> str:
        """The name of a part of a cell, which may be all that is in it."""
        labels = ["".join(self._grid[row][column].items) for row, column in cell.named_by]
        own = [] if is_alone and labels else [part.name]
        words = "：".join(re.sub(r"\s", "", each) for each in (*labels, *own) if each) or "填写处"
        self._taken[words] += 1
        count = self._taken[words]
        mark = f"（{count}）" if count > 1 else ""
        return words[: _LONGEST_NAME - len(mark)] + mark
