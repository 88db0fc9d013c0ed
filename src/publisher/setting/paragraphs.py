"""The words of headings, paragraphs and lists → their pieces and lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
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
    SetBlock,
    SetNameList,
    SetParagraph,
    Strong,
    Text,
)
from publisher.setting.composition import ComposedBlock, ComposedNote
from publisher.setting.lines import Line, Piece, lines, text_setting
from publisher.standard import FANG, HEI, TEXT_INDENT, PageProfile, Typeface

CENTRED = (LevelForm.CHAPTER, LevelForm.SECTION)


def composed_block(block: SetBlock, page: PageProfile, landscape: bool) -> ComposedBlock:
    """A heading or paragraph with its lines, two characters in (7.3.3)."""
    setting = text_setting(page, landscape=landscape, first=TEXT_INDENT)
    if isinstance(block, NumberedHeading) and block.form in CENTRED and not block.is_text:
        setting = replace(setting, first=0, filled=False)
    return ComposedBlock(block, lines(_pieces_of_block(block), setting))


def flush_lines(words: str, page: PageProfile) -> tuple[Line, ...]:
    """The lines of words that begin at the left edge, as 主送机关 does (7.3.2)."""
    return lines((Piece(words, FANG),), text_setting(page))


def indented_lines(words: str, page: PageProfile) -> tuple[Line, ...]:
    """The lines of words that begin two characters in, as 附注 does (7.3.6)."""
    return lines((Piece(words, FANG),), text_setting(page, first=TEXT_INDENT))


def attendance_lines(label: str, names: str, page: PageProfile) -> tuple[Line, ...]:
    """The lines of a list, its turn lines under its first name (10.3)."""
    indent = standard.ATTENDANCE_INDENT
    setting = text_setting(page, indent=indent, first=TEXT_INDENT - indent)
    return lines((Piece(label, HEI), Piece(names, FANG)), setting)


def _pieces_of_block(block: SetBlock) -> tuple[Piece, ...]:
    """The words of a block in their faces, its number first."""
    match block:
        case SetParagraph() | SetNameList():
            return tuple(_pieces(block.content, FANG))
        case NumberedItem():
            return (Piece(block.label, FANG), *_pieces(block.content, FANG))
        case NumberedHeading(is_text=True):
            label_face = HEI if block.form is LevelForm.ARTICLE else FANG
            return (Piece(block.label, label_face), *_pieces(block.content, FANG))
        case NumberedHeading():
            face = standard.HEADING_FACES[block.form]
            heading = (Piece(block.label, face), *_pieces(block.content, face))
            return (
                *(replace(piece, in_heading=True) for piece in heading),
                *_pieces(block.run_in or (), FANG),
            )
        case _:
            assert_never(block)


def _pieces(content: Iterable[Inline], face: Typeface) -> Iterator[Piece]:
    for inline in content:
        match inline:
            case Text(words):
                yield Piece(words, face)
            case Strong(inner):
                yield from (replace(piece, is_strong=True) for piece in _pieces(inner, HEI))
            case Link(target, inner):
                yield from (replace(piece, link=target) for piece in _pieces(inner, face))
            case LineBreak():
                yield Piece("\n", face)
            case Raised(words) | Lowered(words):
                yield Piece(words, face)
            case Note():
                pass
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
