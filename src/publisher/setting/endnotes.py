"""A text → the notes to it, in the lines that stand below all else of it."""

from __future__ import annotations

from collections.abc import Iterator

from publisher import standard
from publisher.model import SetText
from publisher.setting.composition import ComposedEndnote, ComposedEndnotes
from publisher.setting.lines import Piece, Setting, lines
from publisher.setting.paragraphs import NO_MARKS, mark_anchor, note_anchor, pieces
from publisher.standard import FANG, NOTHING, TEXT_INDENT, PageProfile, Size


def composed_endnotes(
    text: SetText, page: PageProfile, landscape: bool
) -> Iterator[ComposedEndnotes]:
    """The notes to a text, where it has any."""
    across = standard.text_width(page, landscape=landscape)
    setting = Setting(Size.NO_4.length, NOTHING, across, first=TEXT_INDENT)
    notes = tuple(
        ComposedEndnote(number, note, lines((_number(text, number), *words), setting))
        for number, note in enumerate(text.notes(), text.first_note)
        for words in [pieces(note.content, FANG, NO_MARKS)]
    )
    if notes:
        yield ComposedEndnotes(text, notes)


def _number(text: SetText, number: int) -> Piece:
    """The number before a note, which leads back to its mark."""
    back, anchor = mark_anchor(text, number), note_anchor(text, number)
    return Piece(f"{number}. ", FANG, is_label=True, link=f"#{back}", anchor=anchor)
