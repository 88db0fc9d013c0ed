"""The marks of a note in two versions → the one note that Word keeps, with tracked changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.renderers.changes.redline_lines import merged
from publisher.renderers.changes.tracked import drawn, words_in
from publisher.renderers.docx import footnotes
from publisher.renderers.docx.elements import Maker, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def join_notes(maker: Maker, old_mark: Element, new_mark: Element) -> None:
    """Let the note of the new mark say how it became so; nothing names that of the old any more."""
    old, new = (_note(maker, mark) for mark in (old_mark, new_mark))
    before, after = (note.find(w("w:p")) for note in (old, new))
    assert before is not None
    assert after is not None
    if words_in(before) != words_in(after):
        new.replace(after, drawn(maker, merged(maker, before, after)))


def arrange_notes(maker: Maker) -> None:
    """Put the notes in the order of their marks, numbered so; those that no mark names go.

    LibreOffice takes them one after another, whatever the marks say.
    """
    for root in footnotes.roots(maker.document):
        notes = {note.get(w("w:id")): note for note in root if not note.get(w("w:type"))}
        for note in notes.values():
            root.remove(note)
        marks = maker.document.element.body.iter(w("w:footnoteReference"))
        for number, mark in enumerate(marks, 1):
            note = notes[mark.get(w("w:id"))]
            for named in (mark, note):
                named.set(w("w:id"), str(number))
            root.append(note)


def _note(maker: Maker, mark: Element) -> Element:
    """The note that a mark names."""
    reference = mark.find(w("w:footnoteReference"))
    assert reference is not None
    number = reference.get(w("w:id"))
    notes = (note for root in footnotes.roots(maker.document) for note in root)
    named: Element = next(note for note in notes if note.get(w("w:id")) == number)
    return named
