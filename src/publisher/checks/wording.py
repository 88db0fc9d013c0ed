"""Punctuation in Chinese text, as far as a program can be sure (GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Finding, Severity
from publisher.model import Document, Place, one_line

_FULL_WIDTH = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_BESIDE_CHINESE = re.compile("(?<=[\u4e00-\u9fff”》）])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff“《（])")


_LINK_TARGET = re.compile(r"\]\([^()]*\)")
_UNFILLED = re.compile("[×X]{3,}|[_＿]{3,}|□{2,}")
_UNFILLED_ELEMENT = re.compile("×+|X{3,}|[_＿]{3,}|□+")


def half_width_punctuation(document: Document) -> Iterator[Finding]:
    """A half-width , ; : ? ! ( or ) stands beside a Chinese character.

    Chinese text takes full-width marks (GB/T 15834). Marks inside numbers and Latin words, as in
    `1+1+3+N` or `9:30`, are not meant. Type the full-width mark.
    """
    for words, place in _lines(document):
        for match in _BESIDE_CHINESE.finditer(words):
            yield Finding(
                "half_width_punctuation",
                Severity.REVIEW,
                place.after(match.start()),
                f"中文里用了半角标点“{match[0]}”",
                f"请改为全角“{_FULL_WIDTH[match[0]]}”。",
            )


def unfilled_place(document: Document) -> Iterator[Finding]:
    """A place that was to be filled in: `×` in an element; in the text three `×`, `X`, `_`, or `□`.

    A new document comes with such places. Fill it in; where the document prints a form with blanks,
    it may stay.
    """
    found = [
        (match, place)
        for words, place in _elements(document)
        for match in _UNFILLED_ELEMENT.finditer(words)
    ]
    found += [
        (match, place.after(match.start()))
        for words, place in _text(document)
        for match in _UNFILLED.finditer(words)
    ]
    for match, place in found:
        yield Finding(
            "unfilled_place",
            Severity.REVIEW,
            place,
            f"“{match[0]}”处还没有填写",
            "请填写；如本来就是给读者填写的空格，可以保留。",
        )


def _lines(document: Document) -> Iterator[tuple[str, Place]]:
    """Each line that an author wrote, with its place; the addresses of links are blanked out."""
    yield from _elements(document)
    for words, place in _text(document):
        yield _LINK_TARGET.sub(lambda target: " " * len(target[0]), words), place


def _elements(document: Document) -> Iterator[tuple[str, Place]]:
    """The words of the front matter."""
    for key, words in (
        ("标题", one_line(document.body.title)),
        ("发文字号", document.number),
        ("签发人", "、".join(document.signers)),
        ("主送", document.recipients),
        ("抄送", document.copies),
        ("附注", document.note),
        ("印发机关", document.printing_organ),
    ):
        yield words or "", document.place_of(key)


def _text(document: Document) -> Iterator[tuple[str, Place]]:
    for text in document.proses:
        for block in text.blocks:
            yield from block.lines
    for table in document.tables:
        yield from ((cell.text, cell.place) for row in table.rows for cell in row.cells)
