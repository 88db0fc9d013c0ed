"""What is right of a file, and what came of it → what became of each block, and of every word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answers import Block, blocks_of, folded
from rapidfuzz import fuzz

from publisher.intake.result import Intake, Role

LOST = "没有"
"""What became of a block of which no words are there."""
CUT = "分合不同"
"""What became of a block whose words are there in the right role, but more or fewer of them."""
_ALIKE = 60
"""How alike words are, of 100, that are taken for the same ones."""


@dataclass(frozen=True)
class Judged:
    """A block that was right, and what was made of it."""

    right: Block
    got: Block | None
    how: str = ""
    """Empty where it is right; else what it was taken for."""

    def __str__(self) -> str:
        got = f"，得到{self.got}" if self.got else ""
        return f"{self.right} → {self.how}{got}"


def judged(answers: Sequence[Block], intake: Intake) -> list[Judged]:
    """What became of each block of the answer."""
    got = list(blocks_of(intake.document))
    left = [each.words for source in intake.sources for each in source.left_out]
    left += [each.words for each in intake.left_out]
    got += [Block(Role.LEFT_OUT, words) for words in left]
    results: dict[int, Judged] = {}
    for number, right in enumerate(answers):  # first those that are right, then what is most alike
        same = next((each for each in got if _is_same(right, each)), None)
        if same is not None:
            got.remove(same)
            results[number] = Judged(right, same)
    for number, right in enumerate(answers):
        if number not in results:
            results[number] = _taken_for(right, got)
    return [results[number] for number in range(len(answers))]


def _is_same(right: Block, got: Block) -> bool:
    if right.role is Role.LEFT_OUT and got.role is Role.LEFT_OUT:
        return folded(right) in folded(got)
    return (right.role, right.level, folded(right)) == (got.role, got.level, folded(got))


def _taken_for(right: Block, got: Iterable[Block]) -> Judged:
    words = folded(right)
    best = max(got, key=lambda each: _likeness(words, folded(each)), default=None)
    if best is None or _likeness(words, folded(best)) < _ALIKE:
        return Judged(right, None, LOST)
    if (best.role, best.level) == (right.role, right.level):
        return Judged(right, best, CUT)
    level = f" {best.level}" if best.level else ""
    return Judged(right, best, best.role.value + level)


def _likeness(words: str, others_words: str) -> float:
    if not words or not others_words:
        return 0
    whole = fuzz.ratio(words, others_words)
    is_part = min(len(words), len(others_words)) >= 4 and (
        words in others_words or others_words in words
    )
    return max(whole, 90.0) if is_part else whole


_SAYS = re.compile(r"[0-9A-Za-z\u4e00-\u9fff〇]")


def unaccounted(answers: Sequence[Block], intake: Intake) -> Counter[str]:
    """Characters that the file shows and that are neither in the document nor left out."""
    left = [each.words for source in intake.sources for each in source.left_out]
    left += [each.words for each in intake.left_out]
    kept = [*map(folded, blocks_of(intake.document)), *left]
    return _said(map(folded, answers)) - _said(kept) - _printed_anew(answers)


def _printed_anew(answers: Sequence[Block]) -> Counter[str]:
    """What the program prints itself: the labels of attachments that their list has."""
    marks = [folded(each) for each in answers if each.role is Role.ATTACHMENT_MARK]
    return _said(marks)


def _said(words: Iterable[str]) -> Counter[str]:
    return Counter(character for each in words for character in _SAYS.findall(each))
