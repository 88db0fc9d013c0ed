"""The document's passages and a page → where each stands in it, and what became of the others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from publisher.verify.differences import (
    Difference,
    Effect,
    change_of_marks,
    change_of_words,
    short,
)
from publisher.verify.saved import Page, Passage, folded

_ALIKE = 60
"""Per cent from which a stretch of the page is a passage with changed words."""
_MOST_PLACES = 40
"""How often a short passage is looked up."""


@dataclass(frozen=True)
class Span:
    """Where a passage of the document stands in the page's words."""

    start: int
    end: int


@dataclass(frozen=True)
class Stream:
    """All words of a page one after another."""

    words: str
    written: tuple[str, ...]
    """The characters of the page that `words` was made of, one for each; else empty."""
    starts: tuple[int, ...]
    """Where each passage begins in `words`."""
    passages: tuple[Passage, ...]
    sheets: tuple[int | None, ...]
    """The table in which each passage stands."""

    def passage_at(self, position: int) -> int:
        """The number of the passage in which a position lies."""
        return bisect_right(self.starts, position) - 1

    def end_of(self, number: int) -> int:
        """Where a passage ends."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.words)


def stream_of(page: Page) -> Stream:
    """The words of a page, with where they come from."""
    words: list[str] = []
    written: list[str] = []
    starts: list[int] = []
    flow = tuple(page.flow)
    for passage, _ in flow:
        starts.append(len(words))
        for character in passage.text:
            plain = folded(character)
            words += plain
            written += [character, *[""] * (len(plain) - 1)] if plain else []
    return Stream(
        "".join(words),
        tuple(written),
        tuple(starts),
        tuple(passage for passage, _ in flow),
        tuple(sheet for _, sheet in flow),
    )


def _written(stream: Stream, span: Span) -> str:
    return "".join(stream.written[span.start : span.end])


@dataclass
class Comparison:
    """What is known so far of the words."""

    own: tuple[Passage, ...]
    stream: Stream
    found: dict[int, Span] = field(default_factory=dict)
    """By the number of the document's passage."""
    moved: list[Span] = field(default_factory=list)
    """Where passages stand that are out of their order."""
    intact: int = 0
    """How many stand there word for word."""
    differences: list[Difference] = field(default_factory=list)
    marks: list[tuple[str, str, str]] = field(default_factory=list)


def compare_words(own: tuple[Passage, ...], stream: Stream, matched: frozenset[int]) -> Comparison:
    """Each passage of the document looked for in the page.

    `matched` are the tables of the page that are the document's own: their words are not extra.
    """
    result = Comparison(own, stream)
    result.found = chain(own, stream)
    result.intact = len(result.found)
    _note_marks(result)
    _find_the_others(result)
    _note_headings(result)
    _note_additions(result, matched)
    return result


def place_of(passage: Passage) -> str:
    """A passage as a person is told of it."""
    return f"{'标题' if passage.level else '段落'}{short(passage.text)}"


# -- passages that are there, word for word ----------------------------------------------


def chain(own: Sequence[Passage], stream: Stream) -> dict[int, Span]:
    """The most words that stand in the page in the document's order, whole passages before parts.

    Where there are two ways, the nearer to what follows: a title also stands in the navigation.
    """
    hits = [
        (number, Span(at, at + len(passage.words)))
        for number, passage in enumerate(own)
        for at in _occurrences(passage.words, stream.words)
    ]
    best: list[tuple[int, int]] = []  # weight of the chain that ends here, and the hit before
    for index, (number, span) in enumerate(hits):
        weight, before = 0, -1
        for other in range(index):
            earlier, other_span = hits[other]
            nearer = before >= 0 and other_span.end > hits[before][1].end
            heavier = best[other][0] > weight or (best[other][0] == weight and nearer)
            if earlier < number and other_span.end <= span.start and heavier:
                weight, before = best[other][0], other
        best.append((weight + _weight(span, stream), before))
    found: dict[int, Span] = {}
    at = max(range(len(hits)), key=lambda index: best[index][0], default=-1)
    while at >= 0:
        found[hits[at][0]] = hits[at][1]
        at = best[at][1]
    return dict(sorted(found.items()))


def _weight(span: Span, stream: Stream) -> int:
    """How much a place is worth: long passages hold the order, and whole ones are no mere quote."""
    number = stream.passage_at(span.start)
    is_whole = span == Span(stream.starts[number], stream.end_of(number))
    return (span.end - span.start) ** 2 * (2 if is_whole else 1)


def _occurrences(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    for _ in range(_MOST_PLACES):
        if at < 0 or not words:
            return
        yield at
        at = text.find(words, at + 1)


def _note_marks(result: Comparison) -> None:
    for number, span in result.found.items():
        passage = result.own[number]
        page = _written(result.stream, span)
        result.marks.append((place_of(passage), passage.text, page))


# -- passages that are not ---------------------------------------------------------------


def _find_the_others(result: Comparison) -> None:
    for number, passage in enumerate(result.own):
        if number in result.found:
            continue
        is_head = number < _title_of(result.own)
        # A mark is like any other place where the site names the organ.
        is_mark = is_head and not re.search("[0-9]", passage.words)
        gap = _gap(result, number)
        span = None if is_mark else _alike(passage.words, gap, result.stream)
        if span:
            result.found[number] = span
            published = _written(result.stream, span)
            _add(result, change_of_words(place_of(passage), passage.text, published))
        elif elsewhere := _elsewhere(passage, result):
            result.moved.append(elsewhere)
            result.differences.append(_moved(passage))
        else:
            result.differences.append(_lost(passage, is_head))


def _add(result: Comparison, difference: Difference | None) -> None:
    if difference:
        result.differences.append(difference)


def _gap(result: Comparison, number: int) -> Span:
    """The part of the page in which a passage must stand: between its neighbours."""
    before = [span.end for other, span in result.found.items() if other < number]
    after = [span.start for other, span in result.found.items() if other > number]
    return Span(max(before, default=0), min(after, default=len(result.stream.words)))


def _alike(words: str, gap: Span, stream: Stream) -> Span | None:
    """The stretch of the gap that is like the words, out to the ends of its passages."""
    from rapidfuzz import fuzz

    text = stream.words[gap.start : gap.end]
    if len(words) < 2 or not text:
        return None
    if len(text) <= len(words):
        return gap if fuzz.ratio(words, text) >= _ALIKE else None
    hit = fuzz.partial_ratio_alignment(words, text, score_cutoff=_ALIKE)
    if hit is None:
        return None
    span = Span(gap.start + hit.dest_start, gap.start + hit.dest_end)
    whole = _whole_passages(span, gap, stream)
    fits = fuzz.ratio(words, stream.words[whole.start : whole.end])
    return whole if fits >= _ALIKE else span


def _whole_passages(span: Span, gap: Span, stream: Stream) -> Span:
    first, last = stream.passage_at(span.start), stream.passage_at(max(span.start, span.end - 1))
    return Span(max(gap.start, stream.starts[first]), min(gap.end, stream.end_of(last)))


def _elsewhere(passage: Passage, result: Comparison) -> Span | None:
    """Where a passage stands out of its order, in words that are no other passage's."""
    taken = [*result.found.values(), *result.moved]
    for at in _occurrences(passage.words, result.stream.words):
        end = at + len(passage.words)
        if len(passage.words) > 3 and all(at >= one.end or end <= one.start for one in taken):
            return Span(at, end)
    return None


def _moved(passage: Passage) -> Difference:
    return Difference(
        "moved_words", Effect.CHANGED, place_of(passage), "换了位置，次序与公文不同", passage.text
    )


def _title_of(own: Sequence[Passage]) -> int:
    """The number of the title; what stands above it, websites show in their own way."""
    return next((number for number, passage in enumerate(own) if passage.level), 0)


def _lost(passage: Passage, is_head: bool) -> Difference:
    if is_head:
        message = "版头的这一行没有了；网站模板另外显示的，可以不管"
        return Difference("lost_head", Effect.NOTE, place_of(passage), message, passage.text)
    name, what = ("lost_heading", "整个标题") if passage.level else ("lost_words", "整段文字")
    return Difference(name, Effect.LOST, place_of(passage), f"{what}没有了", passage.text)


# -- what else ---------------------------------------------------------------------------


def _note_headings(result: Comparison) -> None:
    plain = [
        passage
        for number, passage in enumerate(result.own)
        if passage.level
        and (span := result.found.get(number))
        and not result.stream.passages[result.stream.passage_at(span.start)].level
    ]
    if plain:
        result.differences.append(
            Difference(
                "lost_heading_level",
                Effect.LOST,
                _several(plain, place_of),
                f"{len(plain)} 个标题成了普通段落，读屏软件不再能按标题跳转",
            )
        )


def _several(passages: Sequence[Passage], told: Callable[[Passage], str]) -> str:
    return told(passages[0]) + (f"等 {len(passages)} 处" if len(passages) > 1 else "")


def _note_additions(result: Comparison, matched: frozenset[int]) -> None:
    """Words of the page between the document's first and last that are none of its own."""
    if not result.found:
        return
    stream = result.stream
    ends = [(span.start, span.end) for span in result.found.values()]
    first, last = (stream.passage_at(at) for at in (min(ends)[0], max(ends)[1] - 1))
    spans = sorted([*ends, *((span.start, span.end) for span in result.moved)])
    for number in range(first, last + 1):
        if stream.sheets[number] in matched and stream.sheets[number] is not None:
            continue
        left = list(_left(Span(stream.starts[number], stream.end_of(number)), spans))
        for span in left:
            whole = span == Span(stream.starts[number], stream.end_of(number))
            result.differences.append(_added(stream, number, span, whole))


def _left(span: Span, taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The parts of a span that nothing has taken."""
    at = span.start
    for start, end in taken:
        if end <= at or start >= span.end:
            continue
        if start > at:
            yield Span(at, start)
        at = max(at, end)
    if at < span.end:
        yield Span(at, span.end)


def _added(stream: Stream, number: int, span: Span, whole: bool) -> Difference:
    words = _written(stream, span)
    passage = stream.passages[number]
    if whole:
        message = "正文中间多了公文没有的一段"
        return Difference("added_words", Effect.ADDED, place_of(passage), message, "", words)
    message = f"文字改变：多了{short(words)}"
    return Difference("changed_words", Effect.CHANGED, place_of(passage), message, "", passage.text)


def marks_of(result: Comparison) -> Difference | None:
    """Marks of intact passages that are written otherwise."""
    return change_of_marks(result.marks)
