"""The document's passages and a page → where each stands in it, and what became of the others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from publisher.verify.differences import (
    Difference,
    Effect,
    change_of_marks,
    change_of_words,
    short,
)
from publisher.verify.places import Places
from publisher.verify.saved import Page, Passage, folded

_ALIKE = 60
"""Per cent from which a stretch of the page is a passage with changed words."""
_MOST_PLACES, _MOST_HITS = 40, 200_000
"""How often a passage is looked up, and all of them together."""
_MOST_COMPARED = 1_000_000_000
"""Characters of passages that changed, times those of the page where they are looked for."""
_LEAST_COMPARED = 1_000
"""Characters of the page where a passage that changed is looked for, however many there are."""


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

    @cached_property
    def places(self) -> Places:
        """Where words stand in it."""
        return Places(self.words)

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
    taken: list[tuple[int, int]] = field(default_factory=list)
    """Where any passage stands, in order."""
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
    hits = list(_hits(own, stream))
    # Of the chains so far: where each ends, the heavier ones further on; its weight, its last hit.
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    before: list[int] = []
    waiting: list[tuple[int, int, int]] = []
    for index, (number, span) in enumerate(hits):
        if index and number != hits[index - 1][0]:
            _enter(waiting, ends, best)
        at = bisect_right(ends, span.start) - 1
        weight, last = best[at] if at >= 0 else (0, -1)
        before.append(last)
        waiting.append((span.end, weight + _weight(span, stream), index))
    _enter(waiting, ends, best)
    found: dict[int, Span] = {}
    last = best[-1][1] if best else -1
    while last >= 0:
        found[hits[last][0]] = hits[last][1]
        last = before[last]
    return dict(sorted(found.items()))


def _enter(
    waiting: list[tuple[int, int, int]], ends: list[int], best: list[tuple[int, int]]
) -> None:
    """Enter chains that end with one passage; what is no heavier than one before it is none."""
    for end, weight, index in waiting:
        at = bisect_right(ends, end)
        if at and best[at - 1][0] > weight:
            continue
        stop = at
        while stop < len(best) and best[stop][0] < weight:
            stop += 1
        ends[at:stop] = [end]
        best[at:stop] = [(weight, index)]
    waiting.clear()


def _hits(own: Sequence[Passage], stream: Stream) -> Iterator[tuple[int, Span]]:
    """Where each passage stands; of those that are alike, about as far from the first."""
    count = Counter(passage.words for passage in own)
    met: Counter[str] = Counter()
    most = max(4, min(_MOST_PLACES, _MOST_HITS // max(1, len(own))))
    places: dict[str, list[int]] = {}
    for number, passage in enumerate(own):
        words = passage.words
        if words not in places:
            places[words] = stream.places.first(words, most + count[words])
        first = max(0, met[words] - most // 2) if count[words] > most else 0
        met[words] += 1
        for at in places[words][first : first + most]:
            yield number, Span(at, at + len(words))


def _weight(span: Span, stream: Stream) -> int:
    """How much a place is worth: long passages hold the order, and whole ones are no mere quote."""
    number = stream.passage_at(span.start)
    is_whole = span == Span(stream.starts[number], stream.end_of(number))
    return (span.end - span.start) ** 2 * (2 if is_whole else 1)


def _note_marks(result: Comparison) -> None:
    for number, span in result.found.items():
        passage = result.own[number]
        page = _written(result.stream, span)
        result.marks.append((place_of(passage), passage.text, page))


# -- passages that are not ---------------------------------------------------------------


def _find_the_others(result: Comparison) -> None:
    title = _title_of(result.own)
    gaps = _gaps(result)
    widest = _widest(result)
    result.taken = sorted((span.start, span.end) for span in result.found.values())
    end = 0
    for number, passage in enumerate(result.own):
        if number in result.found:
            end = result.found[number].end
            continue
        is_head = number < title
        # A mark is like any other place where the site names the organ.
        is_mark = is_head and not re.search("[0-9]", passage.words)
        gap = Span(end, min(gaps[number], end + widest))
        span = None if is_mark else _alike(passage.words, gap, result.stream)
        if span:
            end = span.end
            result.found[number] = span
            insort(result.taken, (span.start, span.end))
            published = _written(result.stream, span)
            _add(result, change_of_words(place_of(passage), passage.text, published))
        elif elsewhere := _elsewhere(passage, result):
            result.moved.append(elsewhere)
            insort(result.taken, (elsewhere.start, elsewhere.end))
            result.differences.append(_moved(passage))
        else:
            result.differences.append(_lost(passage, is_head))


def _gaps(result: Comparison) -> list[int]:
    """For each passage, where the next begins that is there: it must stand before."""
    start = len(result.stream.words)
    gaps = [start] * len(result.own)
    for number in reversed(range(len(result.own))):
        gaps[number] = start
        if number in result.found:
            start = result.found[number].start
    return gaps


def _widest(result: Comparison) -> int:
    """How far passages that changed are looked for: far, unless they are many."""
    others = sum(
        len(one.words) for number, one in enumerate(result.own) if number not in result.found
    )
    return max(_LEAST_COMPARED, _MOST_COMPARED // max(1, others))


def _add(result: Comparison, difference: Difference | None) -> None:
    if difference:
        result.differences.append(difference)


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
    if len(passage.words) <= 3:
        return None
    for at in result.stream.places.first(passage.words, _MOST_PLACES):
        span = Span(at, at + len(passage.words))
        if _is_free(span, result.taken):
            return span
    return None


def _is_free(span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether no other passage stands there."""
    at = bisect_left(taken, (span.end, 0))
    return not at or taken[at - 1][1] <= span.start


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
    spans = result.taken
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
    first = max(0, bisect_right(taken, (at, at)) - 1)
    for start, end in taken[first : bisect_left(taken, (span.end, 0))]:
        if end <= at:
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
