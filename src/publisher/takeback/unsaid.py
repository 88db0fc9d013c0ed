"""A file and what its content prints → what stands in the file alone: told with its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from publisher.intake.recognise.labels import label_of
from publisher.intake.result import Intake
from publisher.intake.source import LeftOut, Room, SourceFile, SourceParagraph, paragraphs_in
from publisher.takeback.result import NotTaken, Reason

_OBJECTS = ("嵌入的文件", "不能读的对象")
_FIGURES = re.compile("[0-9]+")
_COUNTED = re.compile(r"[\s—–―-]*[0-9]+[\s—–―-]*")
"""The number of a page: each program counts them itself."""


def changed(ours: Intake, now: Intake, stale: Iterable[str] = ()) -> Iterator[NotTaken]:
    """All that the file has and the content does not print: words, and objects without any.

    `stale` are serials that nobody typed; they are not told.
    """
    source = now.sources[0]
    left = list(_new_left_out(ours, now))
    for each in left:
        words = f"{each.words.strip()}（{each.why}）"
        yield NotTaken(Reason.UNSAID, source.where(each.number), words)
    left_out = {each.number for each in left}
    for paragraph in _new_paragraphs(ours.sources[0], source, stale):
        if paragraph.number not in left_out:
            is_text = paragraph.room is Room.TEXT
            reason = Reason.GENERATED if is_text else Reason.UNSAID
            yield NotTaken(reason, source.where(paragraph.number), paragraph.words.strip())
    yield from _new_objects(ours.sources[0], source)


def _new_left_out(ours: Intake, now: Intake) -> Iterator[LeftOut]:
    known = Counter(map(_said, _left_out(ours)))
    for each in _left_out(now):
        known[_said(each)] -= 1
        if known[_said(each)] < 0 and each.words.strip():
            yield each


def _left_out(intake: Intake) -> list[LeftOut]:
    listed = [*intake.left_out, *(each for source in intake.sources for each in source.left_out)]
    return [each for each in listed if not _COUNTED.fullmatch(each.words)]


def _said(each: LeftOut) -> tuple[str, str]:
    return _FIGURES.sub("#", _ink(each.words)), each.why


def _new_paragraphs(
    ours: SourceFile, now: SourceFile, stale: Iterable[str]
) -> Iterator[SourceParagraph]:
    known = Counter(map(_key, paragraphs_in(ours.blocks)))
    known.update(_ink(words) for words in stale)
    for paragraph in paragraphs_in(now.blocks):
        known[_key(paragraph)] -= 1
        if known[_key(paragraph)] < 0 and _ink(paragraph.words):
            yield paragraph


def _key(paragraph: SourceParagraph) -> str:
    """Its words without the number before them, and without those of pages.

    Whether a colon of either width ends them is the program's matter: 主送 ends with one.
    """
    if paragraph.room in (Room.HEADER, Room.FOOTER):
        return _FIGURES.sub("#", _ink(paragraph.words))
    label = label_of(paragraph)
    return _ink(paragraph.typed[label.typed :] if label else paragraph.words).rstrip(":：")


def _new_objects(ours: SourceFile, now: SourceFile) -> Iterator[NotTaken]:
    known = Counter((each.kind, each.words) for each in ours.remarks)
    for remark in now.remarks:
        known[remark.kind, remark.words] -= 1
        if remark.kind in _OBJECTS and known[remark.kind, remark.words] < 0:
            words = f"{remark.kind}：{remark.words}" if remark.words else remark.kind
            yield NotTaken(Reason.UNSAID, now.where(remark.number), words)


def _ink(words: str) -> str:
    return "".join(words.split())
