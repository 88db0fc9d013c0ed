"""Paragraphs of two versions → one paragraph of Word with tracked changes.

A text is a stream of words and ends of paragraphs. Each is on both sides, or on one alone: whoever
leaves out what is deleted reads the new text, and whoever leaves out what is inserted the old one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

from publisher.changes import NOTE_MARK, Op, Piece
from publisher.renderers.docx.elements import Maker, copied, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OBJECT = "\ufffc"
"""Stands for what is no text, such as a drawing."""
_NO_TEXT = (_OBJECT, NOTE_MARK)
_OF_FIELDS = ("w:fldChar", "w:instrText")
"""What counts a 目录 anew: LibreOffice loses the lines of one that comes or goes."""
_WORDS = {"w:tab": "\t", "w:br": "\n"}
_TAGS = {
    (Op.INSERTED, False): "w:ins",
    (Op.DELETED, False): "w:del",
    (Op.INSERTED, True): "w:moveTo",
    (Op.DELETED, True): "w:moveFrom",
}
_UNTOLD = ("w:spacing", "w:keepNext", "w:rPr", "w:sectPr", "w:pPrChange")
"""Properties of a paragraph that depend on how full its page is: no reader asks what they were."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words in one form."""

    words: str
    form: Element | None
    """The properties of their run."""
    link: str | None
    """The relation that they lead to."""
    content: Element | None = None
    """The run itself where it is no text."""
    op: Op = Op.EQUAL
    move: str | None = None
    """The name of the move that they are part of."""
    was: Element | None = None
    """The mark of the note in the old version, where both versions have it."""


@dataclass(slots=True)
class Line:
    """A paragraph in the making: its words, and what becomes of its end."""

    spans: list[Span] = field(default_factory=list)
    mark: Op = Op.EQUAL
    old: Element | None = None
    """The properties of the paragraph that ends here on the old side; None where none does."""
    new: Element | None = None
    move: str | None = None
    """The name of the move that takes all of it."""
    place: int = 0
    """Negative above the text of the document, positive below it."""


# -- what stands in a paragraph ---------------------------------------------------------


def spans(paragraph: Element) -> Iterator[Span]:
    """The words of a paragraph in their forms; what is no text is one character.

    Of fields there are the words that they show.
    """
    for child in paragraph:
        if child.tag == w("w:r"):
            yield from _spans(child, None)
        elif child.tag == w("w:hyperlink"):
            for run in child:
                yield from _spans(run, child.get(w("r:id")))


def _spans(run: Element, link: str | None) -> Iterator[Span]:
    if all(run.find(w(name)) is None for name in _OF_FIELDS):
        yield _span(run, link)


def _span(run: Element, link: str | None) -> Span:
    kinds = {w(name): words for name, words in _WORDS.items()}
    form, words = None, ""
    for child in run:
        if child.tag == w("w:rPr"):
            form = child
        elif child.tag == w("w:t"):
            words += child.text or ""
        elif child.tag in kinds:
            words += kinds[child.tag]
        else:
            is_mark = child.tag == w("w:footnoteReference")
            return Span(NOTE_MARK if is_mark else _OBJECT, form, link, run)
    return Span(words, form, link)


def words_in(paragraph: Element) -> str:
    """The words of a paragraph."""
    return "".join(span.words for span in spans(paragraph))


def pictures_in(paragraph: Element) -> list[tuple[str, ...]]:
    """The pictures that stand in a paragraph: the bytes of each, its size, and what it shows."""
    return [
        (
            *(str(blip.get(w("r:embed"))) for blip in inline.iter(w("a:blip"))),
            *(str(extent.get(side)) for extent in inline.iter(w("wp:extent")) for side in _SIDES),
            *(str(about.get("descr")) for about in inline.iter(w("wp:docPr"))),
        )
        for inline in paragraph.iter(w("wp:inline"))
    ]


_SIDES = ("cx", "cy")


def properties(paragraph: Element) -> Element:
    """The properties of a paragraph, which all of ours have."""
    element = paragraph.find(w("w:pPr"))
    assert element is not None
    return element


class Reader:
    """Reads the paragraphs of one side, some words at a time."""

    def __init__(self, paragraphs: Iterable[Element]) -> None:
        self._paragraphs = iter(paragraphs)
        self._paragraph: Element | None = None
        self._left: list[Span] = []

    def take(self, words: str) -> Iterator[Span]:
        """The next words of the paragraph; what is no text and not among them comes along."""
        self._open()
        at = 0
        while self._left:
            span = self._left[0]
            if span.content is not None:
                if words[at : at + 1] == span.words:
                    at += 1
                elif at == len(words) or span.words == NOTE_MARK:
                    return
                yield self._left.pop(0)
            elif at == len(words):
                return
            elif words[at] in _NO_TEXT:  # drawn in another way on this side
                at += 1
            else:
                taken = self._taken(span, words[at:])
                at += len(taken.words)
                yield taken

    def _taken(self, span: Span, words: str) -> Span:
        """As much of a span as there are words before the next that is no text."""
        count = next((at for at, each in enumerate(words) if each in _NO_TEXT), len(words))
        taken = replace(span, words=span.words[:count])
        self._left[:1] = [replace(span, words=span.words[count:])] if span.words[count:] else []
        return taken

    def whole(self) -> Element:
        """The next paragraph."""
        self._open()
        assert self._paragraph is not None
        whole, self._paragraph = self._paragraph, None
        return whole

    def end(self) -> Element:
        """The properties of the paragraph, which ends; the next one begins."""
        return properties(self.whole())

    def _open(self) -> None:
        if self._paragraph is None:
            self._paragraph = next(self._paragraphs)
            self._left = list(spans(self._paragraph))


def laid(pieces: Iterable[Piece], old: Reader, new: Reader, move: str | None) -> Iterator[Span]:
    """The words of pieces in the forms that they have in the paragraphs of their side."""
    for piece in pieces:
        before = list(old.take(piece.words)) if piece.words and piece.op is not Op.INSERTED else []
        after = list(new.take(piece.words)) if piece.words and piece.op is not Op.DELETED else []
        taken = before if piece.op is Op.DELETED else after
        was = before[-1].content if before and piece.note and piece.op is Op.EQUAL else None
        yield from (replace(span, op=piece.op, move=move, was=was) for span in taken)


def whole(paragraph: Element, op: Op) -> Line:
    """A paragraph that is on one side alone, or the same on both."""
    own = properties(paragraph)
    return Line(
        [replace(span, op=op) for span in spans(paragraph)],
        op,
        None if op is Op.INSERTED else own,
        None if op is Op.DELETED else own,
    )


# -- ends that cannot go ----------------------------------------------------------------


def settle(lines: Sequence[Line]) -> list[Line]:
    """The same stream with an end on both sides at last, if each side has an end at all.

    The last paragraph of a cell, of a section and before a table cannot be joined with what
    follows. So what differs is told as an end before it that came or went.
    """
    settled = list(lines)
    if not settled or settled[-1].mark is Op.EQUAL:
        return settled
    last = settled[-1]
    is_old = last.mark is Op.DELETED
    at = next((n for n in reversed(range(len(settled))) if settled[n].mark is not last.mark), None)
    if at is None:
        return settled
    before = settled[at]
    if is_old:
        settled[-1] = replace(last, mark=Op.EQUAL, new=before.new, move=None)
    else:
        settled[-1] = replace(last, mark=Op.EQUAL, old=before.old, move=None)
    if before.mark is Op.EQUAL:
        settled[at] = _on_one_side(before, last.mark)
    else:
        following = settled[at + 1]
        settled[at + 1] = replace(following, spans=[*before.spans, *following.spans], move=None)
        del settled[at]
    return settled


def _on_one_side(line: Line, mark: Op) -> Line:
    """A line whose end is on one side alone."""
    if mark is Op.DELETED:
        return replace(line, mark=mark, new=None)
    return replace(line, mark=mark, old=None)


# -- ends between what came or went -----------------------------------------------------


def parted(lines: Sequence[Line], ahead: Op = Op.EQUAL) -> list[Line]:
    """The same stream, in which no end that stays has words of one kind on both of its sides.

    LibreOffice takes inserted words at the end of a paragraph and at the head of the next for one
    insertion, and the end between them for a part of it; so it does with deleted ones. `ahead` is
    what begins the section that follows.
    """
    done: list[Line] = []
    for line in reversed(lines):
        op = _first_op(done[0]) if done else ahead
        if line.mark is Op.EQUAL and op is not Op.EQUAL and _last_op(line) is op:
            done = _parted(line, done, op)
        else:
            done.insert(0, line)
    return done


def _parted(line: Line, following: list[Line], op: Op) -> list[Line]:
    """A line and those that follow, which begin as it ends."""
    turned = _turned(line.spans[::-1], op)[::-1]
    if turned != line.spans:
        return [replace(line, spans=turned), *following]
    if following and (head := _turned(following[0].spans, op)) != following[0].spans:
        return [line, replace(following[0], spans=head), *following[1:]]
    count = _whole_lines(following, op)
    if count and not (count < len(following) and _first_op(following[count]) is op):
        return [*settle([line, *following[:count]]), *following[count:]]
    return [*_split(line, op), *following]


def _turned(spans: list[Span], op: Op) -> list[Span]:
    """Spans that begin with what is on the other side, if they begin with both kinds."""
    changed = list(takewhile(lambda span: span.op is not Op.EQUAL, spans))
    theirs = [span for span in changed if span.op is not op]
    mine = [span for span in changed if span.op is op]
    return [*theirs, *mine, *spans[len(changed) :]] if theirs else spans


def _whole_lines(lines: Sequence[Line], op: Op) -> int:
    """How many lines at the head are of one kind, words and ends."""
    whole_ones = takewhile(
        lambda line: line.mark is op and all(span.op is op for span in line.spans), lines
    )
    return len(list(whole_ones))


def _split(line: Line, op: Op) -> list[Line]:
    """A line whose end went before its last words, and came after them."""
    count = len(list(takewhile(lambda span: span.op is op, reversed(line.spans))))
    at = len(line.spans) - count
    head, tail = (replace(line, spans=some) for some in (line.spans[:at], line.spans[at:]))
    return [_on_one_side(head, op.reverse), _on_one_side(tail, op)]


def _first_op(line: Line) -> Op:
    return next((span.op for span in line.spans if span.words), line.mark)


def _last_op(line: Line) -> Op:
    return next((span.op for span in reversed(line.spans) if span.words), Op.EQUAL)


# -- drawing ----------------------------------------------------------------------------


def drawn(maker: Maker, line: Line) -> Element:
    """The paragraph with its changes marked; who made them, and when, is not told yet."""
    paragraph = maker.element("w:p")
    shown = line.old if line.new is None else line.new
    assert shown is not None
    own: Any = _stripped(shown)
    paragraph.append(own)
    if line.mark is not Op.EQUAL:
        mark = maker.element("w:rPr")
        mark.append(maker.element(_TAGS[line.mark, line.move is not None]))
        own.append(mark)
    elif _differ(line.old, line.new):
        change = maker.element("w:pPrChange")
        change.append(_stripped(line.old))
        own.append(change)
    for (op, moves, link), alike in groupby(
        line.spans, lambda span: (span.op, span.move is not None, span.link)
    ):
        paragraph.extend(_marked(maker, alike, op, moves, link))
    element: Element = paragraph
    return element


def _marked(
    maker: Maker, alike: Iterable[Span], op: Op, moves: bool, link: str | None
) -> list[Element]:
    """Runs of one kind in what marks them; a link stands around the mark."""
    runs = [_run(maker, span) for span in alike]
    if op is not Op.EQUAL:
        mark = maker.element(_TAGS[op, moves])
        mark.extend(runs)
        runs = [mark]
    if link:
        hyperlink = maker.element("w:hyperlink")
        hyperlink.set(w("r:id"), link)
        hyperlink.extend(runs)
        runs = [hyperlink]
    return runs


def _run(maker: Maker, span: Span) -> Element:
    """One run; deleted words have an element of their own, moved ones have not."""
    run: Any = copied(span.content) if span.content is not None else maker.run(span.words)
    if span.form is not None and span.content is None:
        run.insert(0, copied(span.form))
    if span.op is Op.DELETED and not span.move:
        for text in run.findall(w("w:t")):
            text.tag = w("w:delText")
    element: Element = run
    return element


def _stripped(given: Element | None) -> Element:
    """The properties themselves, without what a paragraph's end and section say of it."""
    made: Any = copied(given)
    for name in ("w:rPr", "w:sectPr", "w:pPrChange"):
        for child in made.findall(w(name)):
            made.remove(child)
    element: Element = made
    return element


def _differ(old: Element | None, new: Element | None) -> bool:
    if old is None or new is None:
        return False
    return _told(old) != _told(new)


def _told(element: Element) -> list[object]:
    untold = {w(name) for name in _UNTOLD}
    return [(child.tag, sorted(child.items())) for child in element if child.tag not in untold]


# -- who and when -----------------------------------------------------------------------

_RANGES = {"w:moveFromRangeStart": "w:moveFromRangeEnd", "w:moveToRangeStart": "w:moveToRangeEnd"}
_SIGNED = (*_TAGS.values(), *_RANGES, "w:pPrChange")


def sign(stories: Iterable[Element], author: str, date: str) -> None:
    """Number all changes of a body and of its notes, and say who made them, and when."""
    ends = {w(end) for end in _RANGES.values()}
    begun: dict[str, str] = {}
    kinds = {end: w(start) for start, end in _RANGES.items()}
    number = 0
    kept = (*(w(name) for name in _SIGNED), *ends)
    for element in (element for story in stories for element in story.iter(*kept)):
        if element.tag in ends:
            element.set(w("w:id"), begun[str(element.tag)])
            continue
        number += 1
        element.set(w("w:id"), str(number))
        element.set(w("w:author"), author)
        element.set(w("w:date"), date)
        begun |= {w(end): str(number) for end, start in kinds.items() if start == element.tag}


def enclose(maker: Maker, name: str, op: Op, paragraphs: Sequence[Element]) -> None:
    """Mark paragraphs as one end of a move; of one that stays, its moved words alone."""
    kind = "w:moveFromRange" if op is Op.DELETED else "w:moveToRange"
    start, end = maker.element(f"{kind}Start"), maker.element(f"{kind}End")
    start.set(w("w:name"), name)
    _moved_in(paragraphs[0], op)[0].addprevious(start)
    _moved_in(paragraphs[-1], op)[-1].addnext(end)


def _moved_in(paragraph: Element, op: Op) -> list[Element]:
    """The paragraph where its end is moved too, else the moved words in it."""
    tag = w(_TAGS[op, True])
    if paragraph.find(f"{w('w:pPr')}/{w('w:rPr')}/{tag}") is not None:
        return [paragraph]
    return [child for child in paragraph if child.tag == tag or child.find(tag) is not None]
