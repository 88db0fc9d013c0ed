"""The runs of a text's paragraphs → which of their words stand out from the text around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise, takewhile

from publisher.intake.source import Run, RunShift, SourceParagraph
from publisher.styles import RUN_IN_HEADINGS, Style


class FaceKind(Enum):
    """Faces as official documents use them; the value is what a clerk calls it."""

    FANG = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    SONG = "宋体"
    UNKNOWN = ""


_FACES = (
    (FaceKind.FANG, re.compile("仿宋|fang", re.IGNORECASE)),
    (FaceKind.KAI, re.compile("楷|kai", re.IGNORECASE)),
    (FaceKind.HEI, re.compile("黑|hei|yahei|雅黑", re.IGNORECASE)),
    (FaceKind.SONG, re.compile("宋|song|sun", re.IGNORECASE)),
)
_LARGER = 1.2
_OF_HEADINGS = (FaceKind.HEI, FaceKind.KAI)
_STANDING_OUT = {*RUN_IN_HEADINGS.values(), Style.ARTICLE_LABEL, Style.STRESS, Style.LABEL}
_NEUTRAL = {Style.LATIN_WORDS, Style.WIDE_MARKS, Style.RAISED, Style.LOWERED, Style.NOTE_MARK}
_MARKS = dict(zip("“‘（《〈【", "”’）》〉】", strict=True))
_NO_CHINESE = re.compile(r"[\x00-\u2fff\u3000\uff00-\uffef]*")


def face_kind(face: str) -> FaceKind:
    """What kind of face a font is, by its name."""
    return next((kind for kind, names in _FACES if names.search(face)), FaceKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class UsualLook:
    """How most of a text looks."""

    face: FaceKind = FaceKind.UNKNOWN
    is_bold: bool = False
    size: float | None = None
    """In points; None where the file does not say."""

    @classmethod
    def of(cls, paragraphs: Iterable[SourceParagraph]) -> UsualLook:
        """That of most characters."""
        weights: Counter[UsualLook] = Counter()
        sizes: Counter[float | None] = Counter()
        for paragraph in paragraphs:
            for run in paragraph.runs:
                weights[cls(face_kind(run.face), run.is_bold)] += len(run.words.strip())
                sizes[run.size] += len(run.words.strip())
        usual = max(weights, key=lambda look: weights[look], default=cls())
        return replace(usual, size=max(sizes, key=lambda size: sizes[size], default=None))

    def is_below(self, size: float | None) -> bool:
        """Whether characters of a size are clearly larger than most of the text."""
        return size is not None and self.size is not None and size >= _LARGER * self.size

    def differs(self, run: Run) -> bool:
        """Whether a run looks as headings and stressed words do, and most of the text does not."""
        style = Style.named(run.style)
        if style in _STANDING_OUT:
            return True
        face = face_kind(run.face)
        return (run.is_bold and not self.is_bold) or (face in _OF_HEADINGS and face != self.face)


def is_neutral(run: Run) -> bool:
    """Whether the face of a run tells nothing: letters, figures and marks have their own."""
    is_small = run.shift is not RunShift.NONE
    return is_small or Style.named(run.style) in _NEUTRAL or bool(_NO_CHINESE.fullmatch(run.words))


def standing_out(runs: Sequence[Run], usual: UsualLook) -> tuple[bool, ...]:
    """Which runs stand out; neutral ones between two that do, or that are all the rest, do too."""
    made = [usual.differs(run) for run in runs]
    for index, (run, behind) in enumerate(pairwise(runs)):
        begins = not index or _ends_text(runs[index - 1])
        is_led = made[index + 1] and ((begins and is_neutral(run)) or _opens(run, behind))
        made[index] |= is_led
    last: int | None = None
    for index, run in enumerate(runs):
        if made[index]:
            if last is not None:
                made[last + 1 : index] = [True] * (index - last - 1)
            last = index
        elif not is_neutral(run):
            last = None
    if last is not None and last < len(runs) - 1 and not _ends_text(runs[last]):
        made[last + 1 :] = [True] * (len(runs) - last - 1)
    return tuple(made)


def _opens(run: Run, behind: Run) -> bool:
    """Whether a run is the mark that opens what the next one closes."""
    mark = _MARKS.get(run.words.strip())
    return mark is not None and mark in behind.words


def _ends_text(run: Run) -> bool:
    return run.words.rstrip().endswith(("。", "：", "；", "！", "？"))


def lead_of(runs: Sequence[Run], outs: Sequence[bool]) -> int:
    """How many characters at the begin of a paragraph stand out."""
    pairs = zip(runs, outs, strict=True)
    leading = list(takewhile(lambda pair: pair[1] or not pair[0].words.strip(), pairs))
    while leading and not leading[-1][1]:
        leading.pop()
    return sum(len(run.words) for run, _ in leading)


def without_first(runs: Sequence[Run], count: int) -> tuple[Run, ...]:
    """Runs without so many characters at their begin."""
    kept = []
    for run in runs:
        gone = min(count, len(run.words))
        count -= gone
        if gone < len(run.words) or run.note is not None:
            kept.append(replace(run, words=run.words[gone:]))
    return tuple(kept)
