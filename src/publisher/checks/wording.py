"""Punctuation in Chinese text, as far as a program can be sure (GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Finding, Severity
from publisher.model import Block, Document, Place, Prose, Table, plain

_FULL_WIDTH = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_BESIDE_CHINESE = re.compile("(?<=[\u4e00-\u9fff”》）])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff“《（])")


def half_width_punctuation(document: Document) -> Iterator[Finding]:
    """A half-width , ; : ? ! ( or ) stands beside a Chinese character.

    Chinese text takes full-width marks (GB/T 15834). Marks inside numbers and Latin words, as in
    `1+1+3+N` or `9:30`, are not meant. Type the full-width mark.
    """
    for words, place in _words(document):
        for mark in dict.fromkeys(_BESIDE_CHINESE.findall(words)):
            yield Finding(
                "half_width_punctuation",
                Severity.REVIEW,
                place,
                f"中文里用了半角标点“{mark}”",
                f"请改为全角“{_FULL_WIDTH[mark]}”。",
            )


def _words(document: Document) -> Iterator[tuple[str, Place]]:
    """All that an author wrote, with its place."""
    yield document.body.title, document.place_of("标题")
    yield document.recipients or "", document.place_of("主送")
    for text in document.texts:
        yield from map(_block, text.blocks)
        for attachment in text.attachments:
            match attachment:
                case Prose():
                    yield from map(_block, attachment.blocks)
                case Table():
                    for row in attachment.rows:
                        yield from ((cell.text, cell.place) for cell in row.cells)


def _block(block: Block) -> tuple[str, Place]:
    return plain(block.content), block.place
