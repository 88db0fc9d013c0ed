"""A table of a file → whether it only puts words of the frame in their places."""

from __future__ import annotations

from publisher.intake.recognise.frame.redness import is_red_mark
from publisher.intake.source import SourceCell, SourceParagraph, SourceTable
from publisher.styles import Style
from publisher.words.elements import (
    COPIES,
    NUMBER,
    PRINTED,
    SENT,
    SIGNERS,
    bare,
    signed_day,
)

_MOST_CELLS = 30
_MOST_WORDS = 400
_MOST_OF_PAGE = 12
"""Cells with words, of a table that holds a page."""
_PARAGRAPHS = 4
"""From so many a cell is no cell of figures."""


def is_for_layout(table: SourceTable) -> bool:
    """Whether a table holds elements of 版头, 署名 or 版记, or the whole of a page."""
    if _is_page(table):
        return True
    filled = [cell for cell in table.cells if cell.words.strip()]
    if not filled or len(filled) > _MOST_CELLS:
        return False
    if any(_is_of_mark(cell) for cell in filled):
        return True
    if any(len(cell.words) > _MOST_WORDS for cell in filled):
        return False
    if any(_is_of_head_or_imprint(cell.words) for cell in filled):
        return True
    lines = [line.strip() for cell in filled for line in cell.words.split("\n")]
    if len({match["label"] for line in lines if (match := SENT.fullmatch(line))}) > 1:
        return True
    is_signature = not table.is_ruled and any(signed_day(cell.words) for cell in filled)
    return is_signature and len(filled) <= _MOST_CELLS // 3


def _is_page(table: SourceTable) -> bool:
    """Whether it is a frame around text: few cells, one of which has paragraphs and sentences."""
    filled = [cell for cell in table.cells if cell.words.strip()]
    if len(filled) > _MOST_OF_PAGE:
        return False
    if table.width == 1 and not table.is_ruled:
        return True
    return any(_is_text(cell) for cell in filled)


def _is_text(cell: SourceCell) -> bool:
    worded = [block for block in cell.blocks if getattr(block, "words", "").strip()]
    sentences = sum(getattr(block, "words", "").strip().endswith("。") for block in worded)
    inner = any(isinstance(block, SourceTable) for block in cell.blocks)
    return len(worded) + inner >= _PARAGRAPHS and sentences > 1


def _is_of_mark(cell: SourceCell) -> bool:
    marks = (Style.MARK.word_name, Style.JOINT_MARK.word_name)
    paragraphs = [block for block in cell.blocks if isinstance(block, SourceParagraph)]
    if any(each.look.style in marks for each in paragraphs if each.words.strip()):
        return True
    return bare(cell.words) == "文件" or any(
        is_red_mark(each) and bare(each.words).endswith("文件") for each in paragraphs
    )


def _is_of_head_or_imprint(words: str) -> bool:
    for line in words.split("\n"):
        plain = bare(line)
        if NUMBER.fullmatch(plain) and "〔［[(（" and any(mark in plain for mark in "〔［[(（【"):
            return True
        if SIGNERS.match(plain) or PRINTED.fullmatch(line.strip()):
            return True
        if COPIES.fullmatch(plain) and plain.startswith(("抄送", "抄报", "主送", "分送")):
            return True
    return False
