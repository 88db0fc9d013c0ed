"""Lines of a text → its typed 目录: the program makes one of the headings itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.taking import Known, Taken
from publisher.intake.result import Certainty, Role
from publisher.intake.source import LeftOut
from publisher.styles import CONTENTS
from publisher.words.elements import CONTENTS_ENTRY, CONTENTS_TITLE, bare
from publisher.words.numbering import typed
from publisher.words.numerals import COUNTED

_WHY = "目录"
_MOST_ENTRIES = 400
_MOST = 0.8
_PAGED = re.compile(r"(?:[.．…·]{2,}|\s)\s*[（(]?[0-9]{1,4}[）)]?$")
"""How an entry ends that names its page."""
_MOST_LEVELS = 4
_NUMBER = re.compile(
    rf"(?P<decimal>[0-9]+(?:[.．][0-9]+)*)(?![0-9.、])|(?P<typed>{typed()}|第[{COUNTED}]+[章节条])"
)


def contents(lines: Sequence[FrameLine], gone: Sequence[LeftOut]) -> tuple[Taken, int]:
    """The lines of a 目录 at the begin of a text, and how many levels it has.

    `gone` is what the reader left out: the entries of a 目录 that Word fills in among it.
    """
    styled = [line for line in lines if line.role is Role.CONTENTS]
    if styled:
        behind = [line.block.number for line in lines if line.index > styled[-1].index]
        end = min(behind, default=styled[-1].block.number)
        between = [each.words for each in gone if styled[0].block.number < each.number < end]
        levels = _levels(between) if between else _levels_of_styles(styled)
        return _known(styled, "目录的样式", Certainty.SURE), levels
    place = next((n for n, line in enumerate(lines[:3]) if CONTENTS_TITLE.fullmatch(line.bare)), -1)
    if place < 0:
        return {}, _levels_of_generated(lines, gone)
    end = _end(lines, place + 1)
    entries = lines[place + 1 : end]
    if not entries or not _are_entries(entries, lines[end:]):
        return {}, 0
    reason = "“目录”以下，到第一个标题再次出现为止"
    return _known(lines[place:end], reason), _levels([line.words for line in entries])


def _are_entries(entries: Sequence[FrameLine], below: Sequence[FrameLine]) -> bool:
    """Whether lines are those of a 目录: most end with the number of a page, or head text below.

    None is a sentence, a table or a picture.
    """
    if any(not line.is_words or line.bare.endswith(("。", "；")) for line in entries):
        return False
    heads = sorted(line.bare for line in below)
    sure = sum(bool(_PAGED.search(line.words)) or _heads(line, heads) for line in entries)
    return sure >= _MOST * len(entries)


def _heads(entry: FrameLine, heads: Sequence[str]) -> bool:
    """Whether one of some lines, which are sorted, begins with the words of an entry."""
    words = _entry(entry)
    place = bisect_left(heads, words)
    return bool(words) and place < len(heads) and heads[place].startswith(words)


def _levels_of_generated(lines: Sequence[FrameLine], gone: Sequence[LeftOut]) -> int:
    """How many levels the 目录 has that our own page shows before this text."""
    numbers = {line.block.number for line in lines}
    entries = [each.words for each in gone if each.why == _WHY and each.number in numbers]
    return _levels(entries) if entries else 0


def _known(
    lines: Sequence[FrameLine], reason: str, certainty: Certainty = Certainty.LIKELY
) -> Taken:
    return {
        line.index: Known(Role.CONTENTS, certainty, reason, why_left_out=_WHY) for line in lines
    }


def _end(lines: Sequence[FrameLine], first: int) -> int:
    """Where the first entry's heading stands itself; `first` where it stands nowhere."""
    if first >= len(lines):
        return first
    wanted = _entry(lines[first])
    for place in range(first + 1, min(len(lines), first + _MOST_ENTRIES)):
        words = lines[place].bare
        if wanted and (words == wanted or (words.startswith(wanted) and len(wanted) > 4)):
            return place
    return first


def _entry(line: FrameLine) -> str:
    match = CONTENTS_ENTRY.fullmatch(line.words)
    return bare(match["words"]).rstrip(".．…·") if match else line.bare


def _levels_of_styles(lines: Sequence[FrameLine]) -> int:
    names = [style.word_name for style in CONTENTS]
    used = {line.paragraph.look.style for line in lines if line.paragraph}
    return max((n for n, name in enumerate(names, 1) if name in used), default=1)


def _levels(entries: Sequence[str]) -> int:
    """How many kinds of numbers its entries have."""
    kinds = set()
    for words in entries:
        match = _NUMBER.match(words)
        if match and match["decimal"]:
            kinds.add(f"decimal {match['decimal'].count('.')}")
        elif match:
            kinds.add(re.sub(rf"[0-9{COUNTED}①-⑳]+", "", match["typed"]))
    return min(max(len(kinds), 1), _MOST_LEVELS)
