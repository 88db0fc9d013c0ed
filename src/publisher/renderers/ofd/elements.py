"""An edition, and what holds words in the order of reading → the elements of a 公文, by name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publisher.forms import (
    Attached,
    Attendance,
    Blocks,
    HeadLine,
    Imprint,
    Issued,
    Mark,
    Notes,
    Printed,
    Recipients,
    Reference,
    Remark,
    Signature,
    Subtitle,
    Title,
    printed,
)
from publisher.model import Edition, one_line
from publisher.renderers.ofd.telling import NamedElement, TaggedObject
from publisher.words.days import written


@dataclass(frozen=True, slots=True)
class _Sought:
    """An element, and the words by which it is found."""

    name: str
    words: str
    goes_on: bool = False
    """Whether all is of it that stands before the next one."""


def elements(edition: Edition, held: Sequence[TaggedObject]) -> tuple[NamedElement, ...]:
    """The elements that the pages show, each with the objects that show it."""
    starts, words = [], ""
    for each in held:
        starts.append(len(words))
        words += _bare(each.words)
    spans = list(_spans(edition, words))
    return tuple(
        NamedElement(sought.name, tuple(_between(held, starts, start, end)))
        for sought, start, end in spans
        if end > start
    )


def _spans(edition: Edition, words: str) -> Iterator[tuple[_Sought, int, int]]:
    """Where each element begins and ends in all words; what is not there is left out."""
    seen = list(_seen(edition, words))
    for index, (sought, start) in enumerate(seen):
        end = start + len(_bare(sought.words))
        if sought.goes_on:
            end = next((at for _, at in seen[index + 1 :] if at >= end), len(words))
        yield sought, start, end


def _seen(edition: Edition, words: str) -> Iterator[tuple[_Sought, int]]:
    place = 0
    for sought in _sought(edition):
        bare = _bare(sought.words)
        at = words.find(bare, place)
        if at >= 0:
            yield sought, at
            place = at + len(bare)


def _sought(edition: Edition) -> Iterator[_Sought]:
    for thing in printed(edition):
        yield from (sought for sought in _of(thing) if sought.words or sought.goes_on)


def _of(thing: Printed) -> Iterator[_Sought]:
    match thing:
        case HeadLine(element, line):
            yield _Sought(element.value, line)
        case Mark(names, suffix):
            yield _Sought("发文机关标志", "".join(names) + suffix)
        case Reference(number, signers):
            yield _Sought("发文字号", number)
            yield _Sought("签发人", "".join(signers))
        case Title(text):
            yield _Sought("标题", one_line(text.title))
        case Subtitle():
            yield _Sought("题注", thing.words)
        case Recipients():
            yield _Sought("主送机关", thing.words)
        case Blocks():
            yield _Sought("正文", "", goes_on=True)
        case Notes():
            yield _Sought("附件说明", "附件：", goes_on=True)
        case Attendance(lists):
            for label, people in lists:
                yield _Sought(label.removesuffix("："), label + people)
        case Signature(signatories, date, _):
            for signatory in signatories:
                yield _Sought("发文机关署名", "".join(signatory))
            yield _Sought("成文日期", written(date) if date else "")
        case Remark():
            yield _Sought("附注", thing.words)
        case Issued(text, _):
            yield _Sought("印发件", one_line(text.title), goes_on=True)
        case Attached(attachment, _):
            title = one_line(attachment.content.title)
            yield _Sought("附件", attachment.label + title, goes_on=True)
        case Imprint(_, organ, date):
            for copies in thing.copies_lines:
                yield _Sought("抄送机关", copies)
            yield _Sought("印发机关", organ)
            yield _Sought("印发日期", f"{written(date)}印发" if date else "")
        case _:
            return


def _between(
    held: Sequence[TaggedObject], starts: Sequence[int], start: int, end: int
) -> Iterator[TaggedObject]:
    """What holds words of a stretch."""
    first = bisect_right(starts, start) - 1
    for index in range(max(first, 0), len(held)):
        if starts[index] >= end:
            return
        yield held[index]


def _bare(words: str) -> str:
    return "".join(words.split())
