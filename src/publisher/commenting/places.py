"""Where a finding stands in the source → the words of the Word file that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from publisher.commenting.typed import TypedCell, TypedWords, typed
from publisher.diagnostics import Finding
from publisher.model import Document, Edition, Place
from publisher.provenance import mark_of
from publisher.renderers.docx.comments import CommentedFile, words_of
from publisher.wordfile import W
from publisher.words.places import places_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_QUOTED = re.compile("“([^“”]+)”")
_CLAUSE = re.compile(r"[^，。；：！？、,;:!?\n\t]+[，。；：！？、,;:!?]?")
_BLANK = re.compile(r"\s+")


class Stretch(NamedTuple):
    """Some words of a paragraph."""

    paragraph: Element
    begin: int
    end: int


class PrintedPlaces:
    """Finds the words of a document's Word file that findings are about."""

    def __init__(self, document: Document, edition: Edition, file: CommentedFile) -> None:
        self._file = file
        self._typed = typed(document, edition)
        self._title = mark_of(f"{edition.body.anchor}-title")

    def of(self, finding: Finding) -> Stretch:
        """The words that a finding is about; the title, or the begin of the file, where it is
        about none that are printed.
        """
        place, quoted = finding.place, _QUOTED.findall(finding.message)
        there = self._typed.get((place.file, place.line), [])
        before = [each for each in there if each.place <= place] or there[:1]
        for each in reversed(before):
            match each:
                case TypedWords():
                    stretch = self._in_words(each, place, quoted)
                case TypedCell():
                    stretch = self._in_cell(each, place, quoted)
            if stretch:
                return stretch
        return self._begin()

    def _begin(self) -> Stretch:
        title = self._file.at(self._title)
        worded = (each for each in self._file.paragraphs if words_of(each).strip())
        paragraph = title if title is not None else next(worded, self._file.paragraphs[0])
        return whole(paragraph)

    # -- words -----------------------------------------------------------------------------

    def _in_words(self, each: TypedWords, place: Place, quoted: list[str]) -> Stretch | None:
        paragraph = self._file.at(each.mark)
        if paragraph is None:
            return None
        printed = words_of(paragraph)
        own = _found(printed, each.words) if each.words else None
        if own is None:
            return _quoted_in(paragraph, quoted, 0, len(printed)) or whole(paragraph)
        at = own.begin + _squeezed_length(each.words[: _offset(each, place)], printed, own.begin)
        return _quoted_in(paragraph, quoted, at, own.end) or _clause(paragraph, at)

    # -- cells -----------------------------------------------------------------------------

    def _in_cell(self, cell: TypedCell, place: Place, quoted: list[str]) -> Stretch | None:
        paragraph = self._file.at(cell.mark)
        rows = [] if paragraph is None else list(paragraph.iterancestors(f"{W}tr"))
        if not rows:
            return None
        wanted, at = _bare("".join(cell.items)), place.column - cell.place.column
        for row in (rows[0], *rows[0].itersiblings(f"{W}tr", preceding=True)):
            for paragraphs in _cells(row):
                if wanted and _bare("".join(map(words_of, paragraphs))).startswith(wanted):
                    return _in_paragraphs(paragraphs, quoted, at)
            if row.find(f"{W}tc//{W}vMerge") is None:  # nothing reaches down from above
                break
        assert paragraph is not None
        return _in_paragraphs([paragraph], quoted, at)


class _Span(NamedTuple):
    begin: int
    end: int


def whole(paragraph: Element) -> Stretch:
    """All words of a paragraph."""
    return Stretch(paragraph, 0, len(words_of(paragraph)))


def stretch_of(paragraph: Element, words: str) -> Stretch | None:
    """Where words stand in a paragraph, which may have other blanks; None where they do not."""
    span = _found(words_of(paragraph), words)
    return Stretch(paragraph, *span) if span else None


def _cells(row: Element) -> Iterator[list[Element]]:
    yield from (cell.findall(f"{W}p") for cell in row.findall(f"{W}tc"))


def _in_paragraphs(paragraphs: list[Element], quoted: list[str], at: int) -> Stretch:
    """In the cell that holds paragraphs: the words that are quoted, else its first line.

    Where they stand several times, the last before so many characters: more were typed than are
    printed.
    """
    there = [
        Stretch(paragraph, *span)
        for paragraph in paragraphs
        for words in quoted
        for span in _all_found(words_of(paragraph), words)
    ]
    before = [stretch for stretch in there if stretch.begin <= at]
    return next(iter([*before[-1:], *there[:1]]), whole(paragraphs[0]))


def _all_found(printed: str, words: str) -> Iterator[_Span]:
    span = _found(printed, words)
    while span:
        yield span
        span = _found(printed, words, span.end)


def _offset(each: TypedWords, place: Place) -> int:
    """The first character of words that was typed at a place or behind it, on its line."""
    places = places_of(each.words, each.lines, each.place)
    behind = (
        at
        for at, there in enumerate(places)
        if there.line == place.line and there.column >= place.column
    )
    on_line = (at for at, there in enumerate(places) if there.line == place.line)
    return next(behind, next(on_line, 0))


def _quoted_in(paragraph: Element, quoted: list[str], at: int, end: int) -> Stretch | None:
    """The words that a finding quotes, where they stand at a place, or else behind it."""
    printed = words_of(paragraph)
    spans = [_found(printed, words, at) for words in quoted]
    there = [span for span in spans if span and span.end <= end]
    nearest = min(there, key=lambda span: (span.begin, -span.end), default=None)
    return Stretch(paragraph, *nearest) if nearest else None


def _clause(paragraph: Element, at: int) -> Stretch:
    """The words from a place on, up to the next mark."""
    match = _CLAUSE.search(words_of(paragraph), at)
    return Stretch(paragraph, at, match.end() if match else at + 1)


def _found(printed: str, words: str, at: int = 0) -> _Span | None:
    """Where words stand among printed ones, which have other blanks."""
    bare = _bare(words)
    inked = [index for index in range(at, len(printed)) if not printed[index].isspace()]
    start = "".join(printed[index] for index in inked).find(bare) if bare else -1
    return _Span(inked[start], inked[start + len(bare) - 1] + 1) if start >= 0 else None


def _squeezed_length(words: str, printed: str, begin: int) -> int:
    """How far printed words go on till as many characters have passed, blanks not counted."""
    left = len(_bare(words))
    for at in range(begin, len(printed)):
        if not printed[at].isspace():
            if left == 0:
                return at - begin
            left -= 1
    return len(printed) - begin


def _bare(words: str) -> str:
    return _BLANK.sub("", words)
