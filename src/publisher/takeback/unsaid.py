"""Two readings of a file → what came into it that content cannot say: told with its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from publisher.intake.result import Intake
from publisher.intake.source import LeftOut
from publisher.takeback.result import NotTaken, Reason

_OBJECTS = ("嵌入的文件", "不能读的对象", "域")


def changed(was: Intake, now: Intake) -> Iterator[NotTaken]:
    """What the reader left out, and objects that it cannot read, where they were not there."""
    source = now.sources[0]
    known = Counter(map(_said, _left_out(was)))
    for each in _left_out(now):
        known[_said(each)] -= 1
        if known[_said(each)] < 0 and each.words.strip():
            words = f"{each.words.strip()}（{each.why}）"
            yield NotTaken(Reason.UNSAID, source.where(each.number), words)
    objects = Counter((each.kind, each.words) for each in was.sources[0].remarks)
    for remark in source.remarks:
        objects[remark.kind, remark.words] -= 1
        if remark.kind in _OBJECTS and objects[remark.kind, remark.words] < 0:
            words = f"{remark.kind}：{remark.words}" if remark.words else remark.kind
            yield NotTaken(Reason.UNSAID, source.where(remark.number), words)


def _left_out(intake: Intake) -> list[LeftOut]:
    return [*intake.left_out, *(each for source in intake.sources for each in source.left_out)]


def _said(each: LeftOut) -> tuple[str, str]:
    return "".join(each.words.split()), each.why
