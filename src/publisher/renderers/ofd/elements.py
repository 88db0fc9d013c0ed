"""An edition, and what holds words in the order of reading → the elements of a 公文, by name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import assert_never

from publisher.forms import (
    Attached,
    Attendance,
    Blocks,
    Contents,
    Cover,
    Enclosed,
    HeadLine,
    Imprint,
    Issued,
    Mark,
    Notes,
    Printed,
    Recipients,
    Reference,
    Remark,
    Rows,
    Shown,
    Signature,
    Subtitle,
    Title,
    printed,
)
from publisher.model import Edition, SetAttachment, one_line
from publisher.renderers.ofd.telling import NamedElement, TaggedObject
from publisher.words.days import written


@dataclass(frozen=True, slots=True)
class SoughtElement:
    """An element, and the words by which it is found."""

    name: str
    words: str
    goes_on: bool = False
    """Whether all is of it that stands before the next one."""


def of_document(edition: Edition) -> Iterator[SoughtElement]:
    """The elements of a document, in their order."""
    for thing in printed(edition):
        yield from (sought for sought in _of(thing) if sought.words or sought.goes_on)


def of_attachment(edition: Edition, attachment: SetAttachment) -> Iterator[SoughtElement]:
    """An attachment that goes out by itself: its first line has the 发文字号 too (7.3.7)."""
    number, title = edition.document.number or "", one_line(attachment.content.title)
    yield SoughtElement("附件", number + attachment.label + title, goes_on=True)


def elements(
    sought: Iterable[SoughtElement], held: Sequence[TaggedObject]
) -> tuple[NamedElement, ...]:
    """Those that the pages show, each with the objects that show it."""
    pieces = [_bare(each.words) for each in held]
    starts = [0, *accumulate(map(len, pieces))][: len(pieces)]
    words = "".join(pieces)
    return tuple(
        NamedElement(element.name, tuple(_between(held, starts, start, end)))
        for element, start, end in _spans(sought, words)
        if end > start
    )


def _spans(sought: Iterable[SoughtElement], words: str) -> Iterator[tuple[SoughtElement, int, int]]:
    """Where each element begins and ends in all words; what is not there is left out."""
    seen = list(_seen(sought, words))
    for index, (element, start) in enumerate(seen):
        end = start + len(_bare(element.words))
        if element.goes_on:
            end = next((at for _, at in seen[index + 1 :] if at >= end), len(words))
        yield element, start, end


def _seen(sought: Iterable[SoughtElement], words: str) -> Iterator[tuple[SoughtElement, int]]:
    place = 0
    for element in sought:
        bare = _bare(element.words)
        at = words.find(bare, place)
        if at >= 0:
            yield element, at
            place = at + len(bare)


def _of(thing: Printed) -> Iterator[SoughtElement]:
    match thing:
        case HeadLine(element, line):
            yield SoughtElement(element.value, line)
        case Mark(names, suffix):  # of one that is a picture no words are drawn
            yield SoughtElement("发文机关标志", "" if thing.picture else "".join(names) + suffix)
        case Reference(number, signers):
            yield SoughtElement("发文字号", number)
            yield SoughtElement("签发人", "".join(signers))
        case Title(text):
            yield SoughtElement("标题", one_line(text.title))
        case Subtitle():
            yield SoughtElement("题注", thing.words)
        case Recipients():
            yield SoughtElement("主送机关", thing.words)
        case Blocks():
            yield SoughtElement("正文", "", goes_on=True)
        case Notes():
            yield SoughtElement("附件说明", "附件：", goes_on=True)
        case Attendance(lists):
            for label, people in lists:
                yield SoughtElement(label.removesuffix("："), label + people)
        case Signature(signatories, date, _):
            for signatory in signatories:
                yield SoughtElement("发文机关署名", "".join(signatory))
            yield SoughtElement("成文日期", written(date) if date else "")
        case Remark():
            yield SoughtElement("附注", thing.words)
        case Issued(text, _):
            yield SoughtElement("印发件", one_line(text.title), goes_on=True)
        case Attached(attachment, _):
            title = one_line(attachment.content.title)
            yield SoughtElement("附件", attachment.label + title, goes_on=True)
        case Imprint(_, organ, date):
            for copies in thing.copies_lines:
                yield SoughtElement("抄送机关", copies)
            yield SoughtElement("印发机关", organ)
            yield SoughtElement("印发日期", f"{written(date)}印发" if date else "")
        case Cover() | Contents() | Rows() | Shown() | Enclosed():
            return  # said once more, or within what is named
        case _:
            assert_never(thing)


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
