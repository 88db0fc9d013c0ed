"""The footnotes and endnotes of a file → their paragraphs, by identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.intake.word.names import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element

    from publisher.intake.word.package import Package

FOOTNOTE, ENDNOTE = f"{W}footnoteReference", f"{W}endnoteReference"
_PARTS = {FOOTNOTE: "footnotes", ENDNOTE: "endnotes"}
_LINES = ("separator", "continuationSeparator", "continuationNotice")


class NoteBook:
    """What marks in the text refer to: each once, for notes may refer to one another."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._notes: dict[str, dict[str, _Element]] = {}

    def part(self, mark: str) -> str:
        """The name of the part that has what marks of a tag refer to."""
        return self._package.related(_PARTS[mark])

    def take(self, mark: _Element) -> _Element | None:
        """The note that a mark refers to; None where it is lost, or was taken before."""
        tag = str(mark.tag)
        if tag not in self._notes:
            root = self._package.root(self.part(tag))
            self._notes[tag] = {
                value(note, attribute="id") or "": note
                for note in (() if root is None else root.iterchildren("*"))
                if value(note, attribute="type") not in _LINES
            }
        return self._notes[tag].pop(value(mark, attribute="id") or "", None)
