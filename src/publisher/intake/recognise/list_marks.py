"""Paragraphs of lists of a file → the same without marks that are no numbers of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from publisher.intake.recognise.labels import BLANKS, is_bullet
from publisher.intake.source import LeftOut, SourceBlock, SourceParagraph
from publisher.words.numbering import typed_label

_OF_PAGES = re.compile(r"(?:li|p|div|span|h[1-6])(?:\.[^ ]*)?")
"""How the style of a paragraph of a web page is called."""
_NOTE = re.compile(r"[\[［〔][0-9]{1,3}[\]］〕]")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The blocks of a text, and the marks that were left out."""

    blocks: tuple[SourceBlock, ...]
    left_out: tuple[LeftOut, ...] = ()


def without_marks(blocks: Sequence[SourceBlock]) -> MarkedText:
    """Blocks without bullets, and without numbers of a list of a page that are typed besides."""
    made: list[SourceBlock] = []
    left_out: list[LeftOut] = []
    for block in blocks:
        why = _why_left_out(block) if isinstance(block, SourceParagraph) else ""
        if why and isinstance(block, SourceParagraph):
            left_out.append(LeftOut(block.label, why, block.number))
            block = replace(block, label="", label_level=None)
        made.append(block)
    return MarkedText(tuple(made), tuple(left_out))


def _why_left_out(paragraph: SourceParagraph) -> str:
    if not paragraph.label:
        return ""
    if is_bullet(paragraph.label):
        return "项目符号"
    words = paragraph.typed.strip(BLANKS)
    is_typed = typed_label(words) is not None or bool(_NOTE.match(words))
    is_of_page = bool(_OF_PAGES.fullmatch(paragraph.look.style))
    return "网页列表的序号，文字自带序号" if is_typed and is_of_page else ""
