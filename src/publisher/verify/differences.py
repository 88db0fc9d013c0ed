"""Two wordings → what became of the one in the other, as a person is told it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from publisher.verify.saved import LOWERED, RAISED, folded
from publisher.words.days import DATE
from publisher.words.deadlines import DEADLINE, WHEN

_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_DATE = re.compile(f"{DEADLINE}|{WHEN}|{DATE}")
_CHINESE = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_BLANK = re.compile(rf"(?<={_CHINESE})\s+(?={_CHINESE})")
"""Blanks between Chinese characters."""
_SHOWN = 4
"""Changes of one passage that are told one by one."""
_SHIFTED = frozenset([*RAISED.values(), *LOWERED.values()])


class Effect(Enum):
    """What became of something; lost and changed count against the page."""

    LOST = "丢失"
    CHANGED = "改变"
    ADDED = "增加"
    NOTE = "提示"

    @property
    def counts(self) -> bool:
        """Whether the published page is no longer the document."""
        return self in (Effect.LOST, Effect.CHANGED)


@dataclass(frozen=True)
class Difference:
    """One way in which the published page differs."""

    name: str
    """For programs: `lost_row`, `changed_number` …"""
    effect: Effect
    place: str
    message: str
    canonical: str = ""
    """The words of the document that it is about."""
    published: str = ""
    """What the page has instead."""


def short(text: str, most: int = 18) -> str:
    """The beginning of a text, in quotation marks."""
    plain = text.strip()
    return f"“{plain}”" if len(plain) <= most else f"“{plain[:most]}……”"


def change_of_words(place: str, canonical: str, published: str) -> Difference | None:
    """How the words differ: a date, a number, words, or nothing but the form of marks."""
    if canonical == published:
        return None
    edits = tuple(_edits(canonical, published))
    if not edits:
        return None
    name, what = _kind(canonical, edits)
    shown = "；".join(_in_words(edit) for edit in edits[:_SHOWN])
    more = f"；另有 {len(edits) - _SHOWN} 处" if len(edits) > _SHOWN else ""
    message = f"{what}：{shown}{more}"
    return Difference(name, Effect.CHANGED, place, message, canonical, published)


@dataclass(frozen=True)
class Edit:
    """Words and what stands in their place, with where they begin in the document's own."""

    before: str
    after: str
    start: int


def _edits(canonical: str, published: str) -> Iterator[Edit]:
    """The shortest way from one text to the other, whole numbers at a time; marks' forms aside."""
    from rapidfuzz.distance import Levenshtein

    old, new = _tokens(canonical), _tokens(published)
    starts = [0, *accumulate(map(len, old))]
    for step in Levenshtein.opcodes(
        [folded(token) for token in old], [folded(token) for token in new]
    ):
        if step.tag == "equal":
            continue
        before = "".join(old[step.src_start : step.src_end])
        after = "".join(new[step.dest_start : step.dest_end])
        yield Edit(before, after, starts[step.src_start])


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if folded(token)]


def _kind(canonical: str, edits: Sequence[Edit]) -> tuple[str, str]:
    plain = "".join(_tokens(canonical))
    dates = [match.span() for match in _DATE.finditer(plain)]
    for edit in edits:
        end = edit.start + max(1, len(edit.before))
        at = bisect_left(dates, (end, 0))  # those before it begin before the edit ends
        if at and edit.start < dates[at - 1][1]:
            return "changed_date", "日期改变"
    if any(re.search("[0-9]", edit.before + edit.after) for edit in edits):
        return "changed_number", "数字改变"
    return "changed_words", "文字改变"


def _in_words(edit: Edit) -> str:
    if not edit.after:
        return f"少了{short(edit.before)}"
    if not edit.before:
        return f"多了{short(edit.after)}"
    return f"{short(edit.before)}变成{short(edit.after)}"


def change_of_marks(pairs: Iterable[tuple[str, str, str]]) -> Difference | None:
    """Marks written otherwise, all in one; each pair is place, document's text, page's text."""
    changed: Counter[tuple[str, str]] = Counter()
    places: list[str] = []
    for place, canonical, published in pairs:
        changes = [pair for pair in _other_marks(canonical, published) if pair[0] not in _SHIFTED]
        changed.update(changes)
        places += [place] if changes else []
    if not changed:
        return None
    shown = "，".join(f"“{a}”变成“{b}”{n} 处" for (a, b), n in changed.most_common(_SHOWN))
    total = sum(changed.values())
    return Difference(
        "changed_marks",
        Effect.CHANGED,
        places[0] + (f"等 {len(places)} 处" if len(places) > 1 else ""),
        f"标点或全角半角改变，共 {total} 处：{shown}{'等' if len(changed) > _SHOWN else ''}",
    )


def change_of_height(pairs: Iterable[tuple[str, str, str]]) -> Difference | None:
    """What is raised or lowered and stands on the line now, all in one; pairs are those of marks.

    The words are all there, and km2 is read as it was meant; 10 to the power of 4 is not.
    """
    lost = [
        (place, before)
        for place, canonical, published in pairs
        for before, _ in _other_marks(canonical, published)
        if before in _SHIFTED
    ]
    if not lost:
        return None
    shown = "、".join(dict.fromkeys(f"“{character}”" for _, character in lost[:_SHOWN]))
    return Difference(
        "lost_height",
        Effect.NOTE,
        lost[0][0] + (f"等 {len(lost)} 处" if len(lost) > 1 else ""),
        f"上标、下标成了普通的字，共 {len(lost)} 处：{shown}；请看一下会不会读错",
    )


def change_of_blanks(pairs: Iterable[tuple[str, str, str]]) -> Difference | None:
    """Blanks between Chinese characters that are gone, all in one; pairs are those of marks.

    They part names; a blank that was put in is often no more than a line of the source.
    """
    lost: list[tuple[str, str]] = []
    for place, canonical, published in pairs:
        there = _joints(published)
        lost += [(place, words) for at, words in _joints(canonical).items() if at not in there]
    if not lost:
        return None
    places = list(dict.fromkeys(place for place, _ in lost))
    shown = "、".join(dict.fromkeys(f"“{words}”" for _, words in lost[:_SHOWN]))
    return Difference(
        "changed_blanks",
        Effect.CHANGED,
        places[0] + (f"等 {len(places)} 处" if len(places) > 1 else ""),
        f"空格没有了，两边的文字连在一起，共 {len(lost)} 处：{shown}"
        + ("等" if len(lost) > _SHOWN else ""),
    )


def _joints(text: str) -> dict[int, str]:
    """Blanks between Chinese characters: after how many words each stands, and what is round it."""
    joints: dict[int, str] = {}
    done = at = 0
    for blank in _BLANK.finditer(text):
        done += len(folded(text[at : blank.start()]))
        at = blank.start()
        joints[done] = text[max(0, blank.start() - 4) : blank.end() + 4].strip()
    return joints


def _other_marks(canonical: str, published: str) -> Iterator[tuple[str, str]]:
    """Where both are folded to the same, each stretch that is written otherwise."""
    if canonical == published:
        return
    old, new = _folded_ends(canonical), _folded_ends(published)
    first = second = 0
    for end in sorted(old.keys() & new.keys()):
        before, after = canonical[first : old[end]], published[second : new[end]]
        first, second = old[end], new[end]
        mine, theirs = _without_blanks(before), _without_blanks(after)
        if mine != theirs:
            whole = len(mine) == len(theirs)
            yield from zip(mine, theirs, strict=True) if whole else [(mine, theirs)]


def _folded_ends(text: str) -> dict[int, int]:
    """How far a text is folded after each character, and where that character ends in it."""
    return {
        end: at
        for at, end in enumerate(accumulate(len(folded(character)) for character in text), 1)
    }


def _without_blanks(text: str) -> str:
    return "".join(character for character in text if folded(character))
