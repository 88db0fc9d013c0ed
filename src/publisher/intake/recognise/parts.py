"""The blocks of one text → its lines, and what is no line: tables, pictures, lists of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.intake.recognise.assembly import Solid
from publisher.intake.recognise.labels import is_bullet
from publisher.intake.recognise.lines import TextLine, lines_of
from publisher.intake.recognise.pictures import read_picture
from publisher.intake.recognise.tables import read_table
from publisher.intake.source import (
    LeftOut,
    Source,
    SourceBlock,
    SourceParagraph,
    SourcePicture,
    SourceTable,
)


@dataclass(frozen=True, slots=True)
class TextParts:
    """What a text consists of."""

    pieces: tuple[TextLine | Solid, ...]
    left_out: tuple[LeftOut, ...] = ()


def parts_of(blocks: Sequence[SourceBlock], source: Source) -> TextParts:
    """The lines of a text, and the rest ready made."""
    paragraphs = [
        block for block in blocks if isinstance(block, SourceParagraph) and has_words(block)
    ]
    lines = iter(lines_of(paragraphs))
    pieces: list[TextLine | Solid] = []
    for block in blocks:
        if isinstance(block, SourceTable):
            made = read_table(block, source)
            pieces.append(Solid((made.table,), made.decisions))
        elif isinstance(block, SourcePicture):
            pieces.append(read_picture(block, source))
        elif has_words(block):
            pieces.append(next(lines))
    left_out = tuple(
        LeftOut(each.label, "项目符号", each.number)
        for each in paragraphs
        if each.label and is_bullet(each.label)
    )
    return TextParts(tuple(pieces), left_out)


def has_words(paragraph: SourceParagraph) -> bool:
    """Whether anything is to be read in a paragraph."""
    return bool(paragraph.typed.strip()) or any(run.note for run in paragraph.runs)
