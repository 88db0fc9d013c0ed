"""The comments of a file and their marks in the text → each with its words, place and answers.

Word and WPS say in a part of its own which comment answers which, and which are settled.
LibreOffice keeps there what is settled alone; its answers stand at just the words of the comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.intake.source import SourceComment, SourceRemark
from publisher.intake.word import revisions
from publisher.intake.word.names import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.package import Package

REMARK = "批注"
_LONGEST = 1000
"""Characters of the words that a comment stands at."""
_NO_DATE = re.compile(r"0+-0+-0+")
_DEEPEST = 100
"""How many comments may answer one another."""
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@dataclass(slots=True)
class _Range:
    """Where a comment stands."""

    begin: int
    """After so many characters of the file."""
    end: int | None = None
    number: int = 0
    """Of the paragraph in which it begins."""


@dataclass(frozen=True, slots=True)
class _Extended:
    """What a comment is beside its words."""

    parent: str = ""
    """The last paragraph of the comment that it answers, by its identifier."""
    is_resolved: bool = False


@dataclass(slots=True)
class Comments:
    """Notes where comments stand while a file is read."""

    package: Package
    _elements: dict[str, _Element] | None = None
    _ranges: dict[str, _Range] = field(default_factory=dict)
    _referred: set[str] = field(default_factory=set)
    _shown: list[str] = field(default_factory=list)
    """The words of the file as far as they were read."""
    _at: int = 0
    """How many characters they have."""
    _is_aside: bool = False

    # -- while it is read -----------------------------------------------------------------

    def begin(self, mark: _Element) -> str:
        """The words of a comment begin here; which comment it is."""
        identifier = _identifier(mark)
        if identifier not in self._ranges:
            self._ranges[identifier] = _Range(self._at)
        return identifier

    def show(self, words: str) -> None:
        """Words of the text."""
        if not self._is_aside:
            self._at += len(words)
            self._shown.append(words)

    def end(self, mark: _Element) -> None:
        """The words of a comment end here."""
        ended = self._ranges.get(_identifier(mark))
        if ended and ended.end is None:
            ended.end = self._at

    def refer(self, mark: _Element) -> tuple[str, SourceRemark | None]:
        """The mark of a comment: which it is, and what is told of it where it has no other."""
        identifier = self.begin(mark)
        self.end(mark)
        is_first = identifier not in self._referred
        self._referred.add(identifier)
        comment = self._all().get(identifier)
        return identifier, _remark(comment) if comment is not None and is_first else None

    def stand_in(self, number: int, identifiers: Iterable[str]) -> None:
        """The paragraph in which comments begin."""
        for identifier in identifiers:
            each = self._ranges[identifier]
            each.number = each.number or number

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While words are read that stand elsewhere, as those of a note do."""
        before, self._is_aside = self._is_aside, True
        yield
        self._is_aside = before

    # -- and after ------------------------------------------------------------------------

    def unmarked(self) -> Iterator[SourceRemark]:
        """Comments whose marks are lost, or were deleted with their words."""
        for identifier, comment in self._all().items():
            if identifier not in self._referred:
                yield _remark(comment)

    def made(self) -> tuple[SourceComment, ...]:
        """All comments in the order of the text, each with what answers it."""
        extended, elements = self._extended(), self._all()
        text = "".join(self._shown)
        begun = {name: at for at, name in enumerate(dict.fromkeys([*self._ranges, *elements]))}
        places = {name: self._ranges.get(name) for name in elements}
        order = sorted(
            elements, key=lambda name: (*_place(places[name], _date(elements[name])), begun[name])
        )
        above = self._above(order, extended)
        answers: dict[str, list[str]] = {}
        for name in sorted(above, key=lambda name: _date(elements[name])):
            answers.setdefault(above[name], []).append(name)

        def comment(name: str) -> SourceComment:
            place, element = places[name], elements[name]
            remark = _remark(element)
            return SourceComment(
                remark.words,
                remark.author,
                _date(element),
                text[place.begin : place.end][:_LONGEST].strip("\n") if place else "",
                place.number if place else 0,
                tuple(map(comment, answers.get(name, ()))),
                extended.get(_last_paragraph(element), _Extended()).is_resolved,
            )

        return tuple(comment(name) for name in order if name not in above)

    def _above(self, order: list[str], extended: dict[str, _Extended]) -> dict[str, str]:
        """Which comment each answers, the first of its thread; of those that begin one, none."""
        elements = self._all()
        by_paragraph = {_last_paragraph(element): name for name, element in elements.items()}
        by_paragraph.pop("", None)
        if any(each.parent in by_paragraph for each in extended.values()):
            parents = {
                name: by_paragraph.get(extended.get(paragraph, _Extended()).parent, "")
                for paragraph, name in by_paragraph.items()
            }
            firsts = {name: _first(name, parents) for name in parents}
        else:
            by_place: dict[tuple[int, int], str] = {}
            firsts = {}
            for name in order:
                place = self._ranges.get(name)
                if place and place.end is not None and place.end > place.begin:
                    firsts[name] = by_place.setdefault((place.begin, place.end), name)
        return {name: first for name, first in firsts.items() if name != first}

    def _all(self) -> dict[str, _Element]:
        if self._elements is None:
            root = self.package.root(self.package.related("comments"))
            elements = () if root is None else root.iter(f"{W}comment")
            self._elements = {_identifier(each): each for each in elements}
        return self._elements

    def _extended(self) -> dict[str, _Extended]:
        """What the part beside says of comments, by the last paragraph of each."""
        root = self.package.root(self.package.related("commentsExtended"))
        return {
            _attribute(each, "paraId"): _Extended(
                _attribute(each, "paraIdParent"), _attribute(each, "done") in ("1", "true", "on")
            )
            for each in (() if root is None else root.iter("{*}commentEx"))
        }


def _first(name: str, parents: dict[str, str]) -> str:
    """The comment that begins the thread of another; itself where these go in a circle."""
    at = name
    for _ in range(_DEEPEST):
        if not parents.get(at):
            return at
        at = parents[at]
    return name


def _remark(comment: _Element) -> SourceRemark:
    lines = (revisions.words_in(each) for each in comment.iter(f"{W}p"))
    return revisions.remark(REMARK, comment, "\n".join(lines))


def _place(place: _Range | None, date: str) -> tuple[bool, int, int, str]:
    """By place, the longer words first, then by date; those without a place last."""
    if place is None:
        return (True, 0, 0, date)
    return (False, place.begin, -(place.end or place.begin), date)


def _date(comment: _Element) -> str:
    """When it was made; LibreOffice writes 0-00-00 where nobody knows."""
    date = value(comment, attribute="date") or ""
    return "" if _NO_DATE.match(date) else date


def _identifier(element: _Element) -> str:
    return value(element, attribute="id") or ""


def _last_paragraph(comment: _Element) -> str:
    """The identifier of the last paragraph: by that Word calls a comment."""
    paragraphs = comment.findall(f"{W}p")
    return str(paragraphs[-1].get(f"{_W14}paraId") or "").upper() if paragraphs else ""


def _attribute(element: _Element, name: str) -> str:
    """An attribute of whatever namespace: Word has moved these from one to another."""
    named = (str(each) for key, each in element.attrib.items() if str(key).endswith(f"}}{name}"))
    words = next(named, "")
    return words.upper() if name.startswith("paraId") else words
