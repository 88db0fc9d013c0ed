"""The words of headings, items, paragraphs and lists → their pieces and lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, islice
from typing import assert_never

from publisher import standard
from publisher.model import (
    Inline,
    LevelForm,
    LineBreak,
    Link,
    Lowered,
    Note,
    NumberedHeading,
    NumberedItem,
    Raised,
    SetAttachment,
    SetParagraph,
    SetText,
    Strong,
    Text,
)
from publisher.setting.composition import ComposedBlock, ComposedNote
from publisher.setting.lines import Line, Piece, Shift, lines, text_setting
from publisher.standard import FANG, HEI, TEXT_INDENT, PageProfile, Typeface

CENTRED = (LevelForm.CHAPTER, LevelForm.SECTION)
ParagraphBlock = NumberedHeading | NumberedItem | SetParagraph
Marks = Iterator[Piece]
"""Of notes, in the order in which they stand in a text."""
NO_MARKS: Marks = iter(())


def composed_block(
    block: ParagraphBlock, page: PageProfile, landscape: bool, marks: Marks
) -> ComposedBlock:
    """A heading, item or paragraph with its lines, two characters in (7.3.3)."""
    setting = text_setting(page, landscape=landscape, first=TEXT_INDENT)
    if isinstance(block, NumberedHeading) and block.form in CENTRED and not block.is_text:
        setting = replace(setting, first=0, filled=False)
    return ComposedBlock(block, lines(_pieces_of_block(block, marks), setting))


def note_marks(text: SetText) -> Marks:
    """The marks of the notes to a text, in order; each leads to its note."""
    for number in count(text.first_note):
        yield Piece(
            str(number),
            FANG,
            link=f"#{note_anchor(text, number)}",
            shift=Shift.RAISED,
            note=number,
            anchor=mark_anchor(text, number),
        )


def mark_anchor(text: SetText, number: int) -> str:
    """The name of the place of a note's mark."""
    return f"{text.anchor}-m{number}"


def note_anchor(text: SetText, number: int) -> str:
    """The name of the place of a note."""
    return f"{text.anchor}-n{number}"


def flush_lines(words: str, page: PageProfile) -> tuple[Line, ...]:
    """The lines of words that begin at the left edge, as 主送机关 does (7.3.2)."""
    return lines((Piece(words, FANG),), text_setting(page))


def indented_lines(words: str, page: PageProfile, *, landscape: bool = False) -> tuple[Line, ...]:
    """The lines of words that begin two characters in, as 附注 does (7.3.6)."""
    setting = text_setting(page, first=TEXT_INDENT, landscape=landscape)
    return lines((Piece(words, FANG),), setting)


def attendance_lines(label: str, names: str, page: PageProfile) -> tuple[Line, ...]:
    """The lines of a list, its turn lines under its first name (10.3)."""
    indent = standard.ATTENDANCE_INDENT
    setting = text_setting(page, indent=indent, first=TEXT_INDENT - indent)
    return lines((Piece(label, HEI), Piece(names, FANG)), setting)


def _pieces_of_block(block: ParagraphBlock, marks: Marks) -> tuple[Piece, ...]:
    """The words of a block in their faces, its number first."""
    match block:
        case SetParagraph():
            return tuple(pieces(block.content, FANG, marks))
        case NumberedItem():
            return tuple(_pieces_of_item(block, marks))
        case NumberedHeading(is_text=True):
            label_face = HEI if block.form is LevelForm.ARTICLE else FANG
            return (Piece(block.label, label_face), *pieces(block.content, FANG, marks))
        case NumberedHeading():
            face = standard.HEADING_FACES[block.form]
            heading = (Piece(block.label, face), *pieces(block.content, face, marks))
            return (
                *(replace(piece, in_heading=True) for piece in heading),
                *pieces(block.run_in or (), FANG, marks),
            )
        case _:
            assert_never(block)


def _pieces_of_item(item: NumberedItem, marks: Marks) -> Iterator[Piece]:
    """The words of an item; what leads it stands with its number in the face of its level."""
    face = standard.HEADING_FACES[item.form] if item.lead else FANG
    yield Piece(item.label, face, is_label=True)
    for piece in pieces(item.lead, FANG, marks):
        yield replace(piece, face=face)
    yield from pieces(item.content[len(item.lead) :], FANG, marks)


def pieces(content: Iterable[Inline], face: Typeface, marks: Marks) -> Iterator[Piece]:
    """Inline content in a face, with the marks of its notes where there are any."""
    for inline in content:
        match inline:
            case Text(words):
                yield Piece(words, face)
            case Strong(inner):
                yield from (replace(piece, is_strong=True) for piece in pieces(inner, HEI, marks))
            case Link(target, inner):
                yield from (
                    replace(piece, link=piece.link or target)
                    for piece in pieces(inner, face, marks)
                )
            case LineBreak():
                yield Piece("\n", face)
            case Raised(words):
                yield Piece(words, face, shift=Shift.RAISED)
            case Lowered(words):
                yield Piece(words, face, shift=Shift.LOWERED)
            case Note():
                yield from islice(marks, 1)
            case _:
                assert_never(inline)


# -- 附件说明 (7.3.4) ---------------------------------------------------------------------

NOTE_NUMBER = 1.5
"""The room of a number in the 附件说明: names begin under one another, whatever their numbers."""
_NOTE_LABEL = "附件："


def composed_notes(
    attachments: tuple[SetAttachment, ...], page: PageProfile
) -> Iterator[ComposedNote]:
    """The entries: numbers under one another, and turn lines under the first of their words."""
    is_numbered = len(attachments) > 1
    label = len(_NOTE_LABEL)
    number_room = NOTE_NUMBER if is_numbered else 0.0
    indent = TEXT_INDENT + label + number_room
    for index, attachment in enumerate(attachments):
        number, name = _numbered(attachment.note) if is_numbered else ("", attachment.note)
        words = (
            Piece("" if index else _NOTE_LABEL, FANG),
            Piece(number, FANG, room=number_room),
            Piece(name, FANG),
        )
        first = -number_room - (0 if index else label)
        setting = replace(text_setting(page, indent=indent, first=first), filled=False)
        made = lines(tuple(piece for piece in words if piece.text), setting)
        yield ComposedNote(attachment.note, made, indent, first)


def _numbered(entry: str) -> tuple[str, str]:
    """The number of an entry with the blank after it, and its name."""
    number, blank, name = entry.partition(" ")
    return number + blank, name
