"""The lines above a document's text, its title among them, and a page → what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from publisher.verify.differences import Difference, Effect, change_of_words, short
from publisher.verify.saved import Passage
from publisher.verify.stream import Stream, Stretch

_ALIKE = 75
"""Per cent from which a line of the page is a line of the document with changed words."""
_TELLING = 10
"""Letters of a title that no other line has by chance."""
_MOST_LINES = 400
"""How many lines above the text are looked at."""


@dataclass
class HeadComparison:
    """What became of the lines above the text."""

    intact: int = 0
    taken: set[int] = field(default_factory=set)
    """Passages of the page that are such lines."""
    differences: list[Difference] = field(default_factory=list)
    marks: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Run:
    """Passages of the page one after another, from the first to before the last."""

    first: int
    last: int


@dataclass(frozen=True)
class _Above:
    """What stands on the page above the text."""

    stream: Stream
    region: int
    """Where the element begins that holds the text."""
    end: int
    """Where the text begins."""
    own: frozenset[str]
    """The words of all lines of the document above its text."""

    @property
    def numbers(self) -> range:
        """The passages above the text."""
        return range(max(0, self.end - _MOST_LINES), self.end)

    def is_inside(self, lines: _Run) -> bool:
        """Whether lines stand in the element that holds the text: else they are the site's."""
        return lines.first >= self.region

    def words(self, lines: _Run) -> str:
        """As they are compared."""
        return self.stream.words[self.span(lines).start : self.span(lines).end]

    def span(self, lines: _Run) -> Stretch:
        """Where they stand in the stream."""
        return Stretch(self.stream.starts[lines.first], self.stream.end_of(lines.last - 1))

    def level(self, lines: _Run) -> int:
        """Of the heading that they are; 0 where they are none."""
        return self.stream.passages[lines.first].level

    def is_link(self, lines: _Run) -> bool:
        """Whether they only lead to the document."""
        passages = self.stream.passages[lines.first : lines.last]
        return all(passage.is_link and not passage.level for passage in passages)


def compare_head(
    above: Sequence[Passage], title: int | None, stream: Stream, region: int, end: int
) -> HeadComparison:
    """Each line looked for above the text, in the element that holds it and in the site's own.

    A site shows a title of its own, and often a mark: those the editor may delete. Their order,
    and what a site writes between them, is no matter.
    """
    result = HeadComparison()
    where = _Above(stream, region, end, frozenset(passage.words for passage in above))
    if title is not None:
        _compare_title(result, above[title], where)
    for number, passage in enumerate(above):
        if number != title:
            _compare_line(result, passage, where)
    return result


def _compare_line(result: HeadComparison, passage: Passage, where: _Above) -> None:
    place = f"段落{short(passage.text)}"
    same = [lines for lines in _same(passage.words, where) if not where.is_link(lines)]
    inside = [lines for lines in same if where.is_inside(lines)]
    if not inside:
        changed = _changed(passage.words, where, result.taken, where.region)
        if changed and not _is_part(where.words(changed), passage.words):
            _tell_change(result, place, passage, where, changed)
            return
    if not same and not any(passage.words in where.stream.passages[n].words for n in where.numbers):
        message = "版头的这一行没有了；网站模板另外显示的，可以不管"
        result.differences.append(
            Difference("lost_head", Effect.NOTE, place, message, passage.text)
        )
        return
    result.intact += 1
    for lines in (inside or same)[-1:]:
        _take(result, lines)
        if where.is_inside(lines):
            result.marks.append((place, passage.text, where.stream.text(where.span(lines))))


def _compare_title(result: HeadComparison, title: Passage, where: _Above) -> None:
    place = f"标题{short(title.text)}"
    same = [lines for lines in _same(title.words, where) if not where.is_link(lines)]
    best = max(same, key=lambda lines: (bool(where.level(lines)), lines.first), default=None)
    for lines in same:
        _take(result, lines)
    start = where.region if best is None else max(where.region, best.last)
    changed = _changed(title.words, where, result.taken, start)
    if changed and _is_sites(title.words, where, changed, best is not None):
        changed = None
    if changed is not None:
        _tell_change(result, place, title, where, changed)
        _note_level(result, place, where, best or changed)
    elif best is not None:
        result.intact += 1
        if where.is_inside(best):
            result.marks.append((place, title.text, where.stream.text(where.span(best))))
        _note_level(result, place, where, best)
    else:
        _note_other_title(result, place, title, where)


def _is_sites(title: str, where: _Above, lines: _Run, has_title: bool) -> bool:
    """Whether words like the title's are the site's short form of it, beside the title itself."""
    is_part = _is_part(where.words(lines), title)
    return is_part and has_title and not where.level(lines)


def _note_other_title(result: HeadComparison, place: str, title: Passage, where: _Above) -> None:
    """The title is nowhere as it should be: the site may have its own."""
    shown = _short_form(title.words, where)
    lines = shown or _changed(title.words, where, result.taken, 0)
    if lines is None:
        message = "整个标题没有了"
        result.differences.append(
            Difference("lost_heading", Effect.LOST, place, message, title.text)
        )
    elif shown:
        published = where.stream.text(where.span(lines))
        message = f"网页上的标题是网站自己的：{short(published, 40)}，与公文的不完全相同"
        _take(result, lines)
        result.differences.append(
            Difference("other_title", Effect.NOTE, place, message, title.text, published)
        )
        _note_level(result, place, where, lines)
    else:
        _tell_change(result, place, title, where, lines)
        _note_level(result, place, where, lines)


def _short_form(title: str, where: _Above) -> _Run | None:
    """A heading or line of the site that is a part of the title, or the title and more."""
    for number in reversed(where.numbers):
        lines = _Run(number, number + 1)
        words = where.words(lines)
        letters = _letters(words)
        if where.is_inside(lines) or where.is_link(lines) or len(words) > 2 * len(title):
            continue
        enough = min(_TELLING, len(_letters(title)) // 2)
        if len(letters) >= enough and _is_part(words, title):
            return lines
        if _letters(title) in letters and where.level(lines):
            return lines
    return None


def _note_level(result: HeadComparison, place: str, where: _Above, lines: _Run) -> None:
    """The title should be a heading; where the site's template writes it, no editor can mend it."""
    if where.level(lines):
        return
    between = set(range(lines.last, where.end)) - result.taken
    if where.is_inside(lines) and not between:
        message = "1 个标题成了普通段落，读屏软件不再能按标题跳转"
        difference = Difference("lost_heading_level", Effect.LOST, place, message)
    else:
        message = "网站模板显示的标题不是标题元素（h1），读屏软件不能跳到它；请告诉网站管理员"
        difference = Difference("title_level", Effect.NOTE, place, message)
    result.differences.append(difference)


def _tell_change(
    result: HeadComparison, place: str, own: Passage, where: _Above, lines: _Run
) -> None:
    _take(result, lines)
    published = where.stream.text(where.span(lines))
    if change := change_of_words(place, own.text, published):
        result.differences.append(change)


def _take(result: HeadComparison, lines: _Run) -> None:
    result.taken |= set(range(lines.first, lines.last))


def _same(words: str, where: _Above) -> Iterator[_Run]:
    """The lines that have the very words, one or several together."""
    for number in where.numbers:
        end = number
        length = 0
        while end < where.end and words.startswith(where.stream.passages[end].words, length):
            length += len(where.stream.passages[end].words)
            end += 1
            if length == len(words):
                yield _Run(number, end)
                break


def _changed(words: str, where: _Above, taken: set[int], start: int) -> _Run | None:
    """The line, or the lines together, that are most like words and are not the same."""
    from rapidfuzz import fuzz

    best: tuple[float, _Run] | None = None
    for number in range(max(start, where.numbers.start), where.end):
        for end in range(number + 1, min(number + 4, where.end + 1)):
            lines = _Run(number, end)
            if taken & set(range(number, end)) or where.is_link(lines):
                break
            if where.words(lines) in where.own:
                continue
            score = fuzz.ratio(words, where.words(lines), score_cutoff=_ALIKE)
            if score and score < 100 and (best is None or score > best[0]):
                best = score, lines
    return best[1] if best else None


def _is_part(words: str, whole: str) -> bool:
    """Whether words are a part of others, marks aside: cut short, or without who issued it."""
    return _letters(words) in _letters(whole)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]", "", words)
