"""The document's passages and a page → where each stands in it, and what became of the others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from publisher.verify.chain import chain
from publisher.verify.differences import Difference, Effect, change_of_words, short
from publisher.verify.region import region_of
from publisher.verify.saved import Page, Passage
from publisher.verify.stream import Stream, Stretch, stream_of
from publisher.verify.title import compare_head

_ALIKE = 60
"""Per cent from which a stretch of the page is a passage with changed words."""
_MOST_PLACES = 40
_MOST_COMPARED = 1_000_000_000
"""Characters of passages that changed, times those of the page where they are looked for."""
_LEAST_COMPARED = 1_000
"""Characters of the page where a passage that changed is looked for, however many there are."""
_FEW = 12
"""So many passages that changed together are each compared with all that stands there."""
_SHORT = 16
"""Words so short stand in many a sentence that is none of the document's."""
_SIGNS = frozenset("#¶§^↑↓←→▲▼◆■●★☆")
"""What sites put beside headings to lead to them."""
_CUT = 3
"""Passages lost one after another that are told together."""


@dataclass
class WordComparison:
    """What is known so far of the words."""

    own: tuple[Passage, ...]
    """Those of the text; the lines above it are compared apart."""
    stream: Stream
    """The part of the page that holds the text, without the document's tables."""
    found: dict[int, Stretch] = field(default_factory=dict)
    """By the number of the document's passage."""
    taken: list[tuple[int, int]] = field(default_factory=list)
    """Where any passage stands and, without any width, where a table was left out, in order."""
    intact: int = 0
    """How many stand there word for word."""
    differences: list[Difference] = field(default_factory=list)
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    region: tuple[int, int] = (0, 0)
    """The passages of the page that are looked at, in the stream of the whole page."""


def compare_words(
    own: Page, page: Page, matched: frozenset[int], lost_words: frozenset[str] = frozenset()
) -> WordComparison:
    """Each passage of the document looked for in the page.

    `matched` are the tables of the page that are the document's own: nothing of the text stands in
    them. `lost_words` are those of cells that are no longer in a table, which is told already.
    """
    stream = stream_of(page, matched)
    passages = own.passages
    has_title = own.head < len(passages) and passages[own.head].level > 0
    above = passages[: own.head + has_title]
    body = passages[len(above) :]
    tables = [page.sheets[number].block for number in sorted(matched)]
    region = region_of(page, stream, body, above, tables, lost_words)
    first, last = region
    inner = stream if last - first == len(stream.passages) else stream.part(first, last)
    result = WordComparison(body, inner, region=region)
    result.found = chain(body, inner)
    _forget_parts(result)
    result.intact = len(result.found)
    _note_marks(result)
    spans = [(span.start, span.end) for span in result.found.values()]
    result.taken = sorted([*spans, *inner.seams])
    start = min((span.start for span in result.found.values()), default=len(inner.words))
    begin = inner.passage_at(start) if start < len(inner.words) else len(inner.passages)
    head = compare_head(above, own.head if has_title else None, stream, first, first + begin)
    for number in sorted(head.taken):
        if first <= number < last:
            _take(result, Stretch(inner.starts[number - first], inner.end_of(number - first)))
    _find_the_others(result)
    result.intact += head.intact
    result.marks += head.marks
    result.differences[:0] = head.differences
    _note_headings(result)
    known = lost_words | own.generated
    _note_additions(result, known, {passage.words for passage in above}, head.taken)
    return result


def place_of(passage: Passage) -> str:
    """A passage as a person is told of it."""
    return f"{'标题' if passage.level else '段落'}{short(passage.text)}"


def _take(result: WordComparison, span: Stretch) -> None:
    insort(result.taken, (span.start, span.end))


# -- passages that are there, word for word ----------------------------------------------


def _forget_parts(result: WordComparison) -> None:
    """Short words within a sentence that is none of the document's are not the document's."""
    by_line: dict[int, list[int]] = {}
    for number, span in result.found.items():
        if not result.stream.is_whole(span):
            by_line.setdefault(result.stream.passage_at(span.start), []).append(number)
    for line, numbers in by_line.items():
        length = result.stream.end_of(line) - result.stream.starts[line]
        covered = sum(result.found[number].end - result.found[number].start for number in numbers)
        if 3 * covered < 2 * length or _leads_away(result.stream.passages[line]):
            for number in numbers:
                if len(result.own[number].words) < _SHORT:
                    del result.found[number]


def _leads_away(passage: Passage) -> bool:
    """Whether it is a link by itself: to a file, or to another page with a title like this one."""
    return passage.is_link and not passage.level


def _note_marks(result: WordComparison) -> None:
    for number, span in result.found.items():
        passage = result.own[number]
        result.marks.append((place_of(passage), passage.text, result.stream.text(span)))


# -- passages that are not ---------------------------------------------------------------


def _find_the_others(result: WordComparison) -> None:
    """Passages that stand elsewhere word for word; of the others, those with changed words."""
    moved = set()
    for number, passage in enumerate(result.own):
        if number not in result.found and (elsewhere := _elsewhere(passage, result)):
            _take(result, elsewhere)
            moved.add(number)
    widest = _widest(result)
    changed: dict[int, Stretch] = {}
    barred = _barred(result)
    for numbers, gap in list(_gaps(result, moved)):
        for number, span in _changed_in(numbers, list(_left(gap, barred)), widest, result):
            changed[number] = span
            _take(result, span)
    result.found = dict(sorted({**result.found, **changed}.items()))
    lost: list[int] = []
    away: list[int] = []
    for number, passage in enumerate(result.own):
        is_lost = number not in result.found and number not in moved
        if not is_lost:
            _tell_run(result, lost, _lost, "lost_words", "没有了")
        if number not in moved:
            _tell_run(result, away, _moved, "moved_words", "换了位置")
        if number in changed:
            published = result.stream.text(changed[number])
            _add(result, change_of_words(place_of(passage), passage.text, published))
        if is_lost or number in moved:
            (lost if is_lost else away).append(number)
    _tell_run(result, lost, _lost, "lost_words", "没有了")
    _tell_run(result, away, _moved, "moved_words", "换了位置")


def _barred(result: WordComparison) -> list[tuple[int, int]]:
    """Where no passage with changed words stands: what is taken, and links by themselves."""
    stream = result.stream
    links = [
        (stream.starts[number], stream.end_of(number))
        for number, passage in enumerate(stream.passages)
        if _leads_away(passage)
    ]
    return sorted([*result.taken, *links])


def _gaps(result: WordComparison, moved: set[int]) -> Iterator[tuple[list[int], Stretch]]:
    """Passages that are not there, those together that stand together, and where they should be."""
    numbers: list[int] = []
    start = 0
    for number in range(len(result.own)):
        span = result.found.get(number)
        if span is None:
            numbers += [number] if number not in moved else []
            continue
        if numbers:
            yield numbers, Stretch(start, span.start)
            numbers = []
        start = span.end
    if numbers:
        yield numbers, Stretch(start, len(result.stream.words))


def _widest(result: WordComparison) -> int:
    """How far passages that changed are looked for: far, unless they are many."""
    length = sum(
        len(passage.words)
        for number, passage in enumerate(result.own)
        if number not in result.found
    )
    return max(_LEAST_COMPARED, _MOST_COMPARED // max(1, length))


def _changed_in(
    numbers: list[int], gaps: list[Stretch], widest: int, result: WordComparison
) -> Iterator[tuple[int, Stretch]]:
    """The passages that stand in gaps with changed words, the likest chosen first."""
    if len(gaps) > 1 or len(numbers) > _FEW:
        yield from _changed_in_order(numbers, gaps, widest, result)
        return
    waiting = [(numbers, gap) for gap in gaps]
    while waiting:
        some, where = waiting.pop()
        near = Stretch(where.start, min(where.end, where.start + widest))
        best = _likest(some, near, result)
        if best is None:
            continue
        at, span = best
        yield some[at], span
        waiting += [
            (some[:at], Stretch(where.start, span.start)),
            (some[at + 1 :], Stretch(span.end, where.end)),
        ]


def _changed_in_order(
    numbers: list[int], gaps: list[Stretch], widest: int, result: WordComparison
) -> Iterator[tuple[int, Stretch]]:
    """The same where they are many, or what stands there is in pieces: the first that is like."""
    at = 0
    for number in numbers:
        for index in range(at, min(at + _FEW, len(gaps))):
            gap = gaps[index]
            near = Stretch(gap.start, min(gap.end, gap.start + widest))
            if span := _alike(result.own[number].words, near, result.stream):
                yield number, span
                at = index
                gaps[index] = Stretch(span.end, gap.end)
                break


def _likest(numbers: list[int], gap: Stretch, result: WordComparison) -> tuple[int, Stretch] | None:
    from rapidfuzz import fuzz

    best: tuple[float, int, Stretch] | None = None
    for at, number in enumerate(numbers):
        words = result.own[number].words
        span = _alike(words, gap, result.stream)
        if span is None:
            continue
        score = fuzz.ratio(words, result.stream.words[span.start : span.end])
        if best is None or score > best[0]:
            best = score, at, span
    return None if best is None else (best[1], best[2])


def _add(result: WordComparison, difference: Difference | None) -> None:
    if difference:
        result.differences.append(difference)


def _alike(words: str, gap: Stretch, stream: Stream) -> Stretch | None:
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
    span = Stretch(gap.start + hit.dest_start, gap.start + hit.dest_end)
    whole = _whole_passages(span, gap, stream)
    fits = fuzz.ratio(words, stream.words[whole.start : whole.end])
    if fits >= _ALIKE:
        return whole
    return span if len(words) >= _SHORT else None


def _whole_passages(span: Stretch, gap: Stretch, stream: Stream) -> Stretch:
    first, last = stream.passage_at(span.start), stream.passage_at(max(span.start, span.end - 1))
    return Stretch(max(gap.start, stream.starts[first]), min(gap.end, stream.end_of(last)))


def _elsewhere(passage: Passage, result: WordComparison) -> Stretch | None:
    """Where a passage stands out of its order, in words that are no other passage's."""
    for span in result.stream.stretches(passage.words, _MOST_PLACES):
        is_passage = len(passage.words) > _SHORT or result.stream.is_whole(span)
        if is_passage and _is_free(span, result.taken):
            return span
    return None


def _is_free(span: Stretch, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether no other passage stands there."""
    at = bisect_left(taken, (span.end, 0))
    return not at or taken[at - 1][1] <= span.start


def _moved(passage: Passage) -> Difference:
    return Difference(
        "moved_words", Effect.CHANGED, place_of(passage), "换了位置，次序与公文不同", passage.text
    )


def _tell_run(
    result: WordComparison,
    numbers: list[int],
    difference_of: Callable[[Passage], Difference],
    name: str,
    what: str,
) -> None:
    """Tell of passages one after another that met with the same, and forget them."""
    passages = [result.own[number] for number in numbers]
    if len(passages) >= _CUT:
        place = f"{place_of(passages[0])}至{place_of(passages[-1])}"
        words = "\n".join(passage.text for passage in passages)
        effect = difference_of(passages[0]).effect
        message = f"连续 {len(passages)} 段{what}"
        result.differences.append(Difference(name, effect, place, message, words))
    else:
        result.differences += map(difference_of, passages)
    numbers.clear()


def _lost(passage: Passage) -> Difference:
    name, what = ("lost_heading", "整个标题") if passage.level else ("lost_words", "整段文字")
    return Difference(name, Effect.LOST, place_of(passage), f"{what}没有了", passage.text)


# -- what else ---------------------------------------------------------------------------


def _note_headings(result: WordComparison) -> None:
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
                _first_and_count(plain, place_of),
                f"{len(plain)} 个标题成了普通段落，读屏软件不再能按标题跳转",
            )
        )


def _first_and_count(passages: Sequence[Passage], name: Callable[[Passage], str]) -> str:
    return name(passages[0]) + (f"等 {len(passages)} 处" if len(passages) > 1 else "")


def _note_additions(
    result: WordComparison, known: frozenset[str], above: set[str], head: set[int]
) -> None:
    """Words of the page between the document's first and last that are none of its own."""
    if not result.found:
        return
    stream = result.stream
    own = {passage.words: passage for passage in result.own}
    ends = [(span.start, span.end) for span in result.found.values()]
    first, last = (stream.passage_at(at) for at in (min(ends)[0], max(ends)[1] - 1))
    first = min([first, *(at - result.region[0] for at in head if at >= result.region[0])])
    while first and _repeats(stream, first - 1, own):
        first -= 1
    while last + 1 < len(stream.passages) and _repeats(stream, last + 1, own):
        last += 1
    foreign: list[int] = []
    for number in range(first, last + 1):
        whole = Stretch(stream.starts[number], stream.end_of(number))
        left = [
            span
            for span in _left(whole, result.taken)
            if not _is_known(stream.words[span.start : span.end], known)
            and not (span == whole and stream.words[span.start : span.end] in above)
        ]
        if left == [whole] and not _repeats(stream, number, own):
            foreign.append(number)
            continue
        _tell_added(result, foreign)
        result.differences += [_added(result, number, span) for span in left]
    _tell_added(result, foreign)


def _is_known(words: str, known: frozenset[str]) -> bool:
    return words in known or set(words) <= _SIGNS


def _tell_added(result: WordComparison, numbers: list[int]) -> None:
    """Tell of paragraphs of the page that are none of the document's, those together together."""
    if not numbers:
        return
    passages = [result.stream.passages[number] for number in numbers]
    count = "一段" if len(numbers) == 1 else f" {len(numbers)} 段"
    message = f"正文中间多了公文没有的{count}"
    words = "\n".join(passage.text for passage in passages)
    place = place_of(passages[0])
    result.differences.append(Difference("added_words", Effect.ADDED, place, message, "", words))
    numbers.clear()


def _repeats(stream: Stream, number: int, own: dict[str, Passage]) -> bool:
    """Whether it is a paragraph or heading of the document once more.

    A list of headings, a name or a day by themselves are the site's.
    """
    passage = stream.passages[number]
    same = own.get(passage.words.strip("".join(_SIGNS)))
    if same is None or passage.is_link or bool(same.level) > bool(passage.level):
        return False
    around = stream.passages[max(0, number - 1) : number + 2]
    is_twice = sum(near.words == passage.words for near in around) > 1
    return is_twice or len(passage.words) >= _SHORT


def _left(span: Stretch, taken: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """The parts of a span that nothing has taken."""
    at = span.start
    first = max(0, bisect_right(taken, (at, at)) - 1)
    for start, end in taken[first : bisect_left(taken, (span.end, 0))]:
        if end <= at:
            continue
        if start > at:
            yield Stretch(at, start)
        at = max(at, end)
    if at < span.end:
        yield Stretch(at, span.end)


def _added(result: WordComparison, number: int, span: Stretch) -> Difference:
    stream = result.stream
    words = stream.text(span)
    passage = stream.passages[number]
    if span != Stretch(stream.starts[number], stream.end_of(number)):
        message = f"文字改变：多了{short(words)}"
        return Difference(
            "changed_words", Effect.CHANGED, place_of(passage), message, "", passage.text
        )
    message = "同一段文字多出现了一次"
    return Difference("repeated_words", Effect.CHANGED, place_of(passage), message, "", words)
