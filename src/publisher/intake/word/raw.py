"""A Word file → all its words, by a walk that knows nothing of looks, lists and tables."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.intake.word import formulas, notes
from publisher.intake.word.choices import children
from publisher.intake.word.drawings import MARK, words_of_object
from publisher.intake.word.names import A, M, R, V, W
from publisher.intake.word.notes import NoteBook
from publisher.intake.word.paragraph import words_of_mark, words_of_piece
from publisher.intake.word.revisions import is_gone

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.package import Package

_PIECES = {f"{W}{name}" for name in ("t", "sym", "noBreakHyphen")}
_DRAWINGS = {f"{W}{name}" for name in ("drawing", "pict", "object")}
_DRAWN = (f"{A}t", f"{V}textpath")
"""What has words only within a drawing."""
_OBJECTS = {"chart": f"{R}id", "relIds": f"{R}dm"}


class RawWords:
    """The words of a file's parts as they stand in its XML."""

    def __init__(self, package: Package, pieces: set[_Element]) -> None:
        self._package, self._pieces = package, pieces
        self._notes = NoteBook(package)
        self._taken: set[str] = set()
        self._waiting: deque[tuple[_Element, str]] = deque()
        """What marks referred to, with the names of their parts."""
        self.unread: list[str] = []
        """Words at which nobody came by who read the file: they stand where none may."""

    def words(self, root: _Element, part: str) -> str:
        """All that a part shows, and what its marks refer to."""
        self._waiting.append((root, part))
        words: list[str] = []
        while self._waiting:
            words += self._walk(*self._waiting.popleft())
        return "".join(words)

    def _walk(self, element: _Element, part: str, *, is_drawn: bool = False) -> Iterator[str]:
        if element.tag == f"{M}oMath":
            words = formulas.words(element)
            if words and element not in self._pieces:
                self.unread.append(words)
            yield words
            return
        is_drawn |= element.tag in _DRAWINGS
        own = [*self._own(element, part)]
        if own and element.tag in _DRAWN and not is_drawn:
            self.unread += own
        yield from own
        for child in children(element):
            if not is_gone(child):
                yield from self._walk(child, part, is_drawn=is_drawn)

    def _own(self, element: _Element, part: str) -> Iterator[str]:
        tag = str(element.tag)
        if tag == f"{A}t":
            yield str(element.text or "")
        elif tag.endswith("}docPr") and element.get("name") == MARK:
            drawing = element.getparent()
            if drawing is not None and next(drawing.iter("{*}blip"), None) is not None:
                yield str(element.get("descr") or "")
        elif tag == f"{V}textpath":
            yield str(element.get("string") or "")
        elif tag == f"{W}fldChar":
            yield words_of_mark(element)
        elif tag in (notes.FOOTNOTE, notes.ENDNOTE):
            if (note := self._notes.take(element)) is not None:
                self._waiting.append((note, self._notes.part(tag)))
        elif attribute := _OBJECTS.get(tag.rpartition("}")[2]):
            relation = self._package.relations(part).get(str(element.get(attribute) or ""))
            yield from words_of_object(self._package, relation, self._taken)
        elif tag in _PIECES and (run := element.getparent()) is not None:
            words = words_of_piece(element, run.find(f"{W}rPr") if run.tag == f"{W}r" else None)
            if words.strip() and element not in self._pieces:
                self.unread.append(words)
            yield words
