"""Runs of a paragraph → the inline content of the model: stress, links, notes, line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from publisher.intake.recognise.labels import BLANKS
from publisher.intake.recognise.looks import UsualLook, standing_out
from publisher.intake.source import Run, RunShift
from publisher.model import (
    Inline,
    LineBreak,
    Link,
    Lowered,
    Note,
    Place,
    Raised,
    Strong,
    Text,
)

_SHIFTED = re.compile(r"[0-9A-Za-z+\-−*′①-⑳.]{1,8}")
_BEFORE_RAISED = re.compile(r"[0-9A-Za-z）)%％\u3400-\u9fff]")
_BEFORE_LOWERED = re.compile(r"[A-Za-z）)]")
_SCHEMES = ("http://", "https://", "mailto:")


def inlines(
    runs: Sequence[Run], place: Place, usual: UsualLook | None = None
) -> tuple[Inline, ...]:
    """The content of runs, without blanks at its ends; stressed is what stands out from `usual`.

    Nothing is stressed where that is None, or where all would be.
    """
    runs = _stripped(runs)
    outs = standing_out(runs, usual) if usual else (False,) * len(runs)
    if all(is_out for run, is_out in zip(runs, outs, strict=True) if run.words.strip()):
        outs = (False,) * len(runs)
    return tuple(_joined(_content(list(zip(runs, outs, strict=True)), place)))


def _stripped(runs: Sequence[Run]) -> list[Run]:
    kept = list(runs)
    while kept and kept[0].note is None and not kept[0].words.strip(BLANKS):
        kept.pop(0)
    while kept and kept[-1].note is None and not kept[-1].words.strip(BLANKS):
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], words=kept[0].words.lstrip(BLANKS))
        kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip(BLANKS))
    return kept


def _content(runs: Sequence[tuple[Run, bool]], place: Place) -> Iterator[Inline]:
    """Stressed stretches, each with what stands in it, and what is not."""
    before = ""
    for is_out, stretch in groupby(runs, key=lambda pair: pair[1]):
        own = [run for run, _ in stretch]
        content = tuple(_joined(_linked(own, place, before)))
        before = "".join(run.words for run in own)[-1:] or before
        if is_out and any(run.words.strip() for run in own):
            yield from _stressed(content)
        else:
            yield from content


def _stressed(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Content in stress; line breaks and notes at its ends stand behind it."""
    behind: list[Inline] = []
    inner = list(content)
    while inner and isinstance(inner[0], LineBreak):
        yield inner.pop(0)
    while inner and isinstance(inner[-1], LineBreak | Note):
        behind.insert(0, inner.pop())
    if inner:
        yield Strong(tuple(inner))
    yield from behind


def _linked(runs: Iterable[Run], place: Place, before: str) -> Iterator[Inline]:
    for link, own in groupby(runs, key=lambda run: run.link):
        content = tuple(_joined(_plain(own, place, before)))
        if link.startswith(_SCHEMES) and content:
            yield Link(link, content)
        else:
            yield from content
        before = _last(content) or before


def _plain(runs: Iterable[Run], place: Place, before: str) -> Iterator[Inline]:
    for run in runs:
        yield from _words(run, before)
        before = run.words[-1:] or before
        if run.note is not None:
            yield Note(inlines(run.note, place), place)


def _words(run: Run, before: str) -> Iterator[Inline]:
    if run.shift is not RunShift.NONE and _SHIFTED.fullmatch(run.words):
        is_raised = run.shift is RunShift.RAISED
        if is_raised and _BEFORE_RAISED.match(before):
            yield Raised(run.words)
            return
        if not is_raised and _BEFORE_LOWERED.match(before):
            yield Lowered(run.words)
            return
    for index, line in enumerate(run.words.split("\n")):
        if index:
            yield LineBreak()
        if line:
            yield Text(line.replace("\t", "\u3000").replace("\xa0", " "))


def _last(content: Sequence[Inline]) -> str:
    last = content[-1] if content else None
    return last.content[-1:] if isinstance(last, Text | Raised | Lowered) else ""


def _joined(content: Iterable[Inline]) -> Iterator[Inline]:
    """The same with neighbouring texts as one, and without blanks around line breaks."""
    made: list[Inline] = []
    for inline in content:
        last = made[-1] if made else None
        if isinstance(inline, Text) and isinstance(last, Text):
            made[-1] = Text(last.content + inline.content)
        elif isinstance(inline, Text) and isinstance(last, LineBreak):
            if kept := inline.content.lstrip(BLANKS):
                made.append(Text(kept))
        elif isinstance(inline, LineBreak) and isinstance(last, Text):
            made[-1] = Text(last.content.rstrip(BLANKS))
            made.append(inline)
        else:
            made.append(inline)
    return iter(made)
