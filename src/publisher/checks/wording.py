"""Punctuation in Chinese text, as far as a program can be sure (GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

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
    for words, locate in _lines(document):
        for match in _BESIDE_CHINESE.finditer(words):
            yield Finding(
                "half_width_punctuation",
                Severity.REVIEW,
                locate(match.start()),
                f"中文里用了半角标点“{match[0]}”",
                f"请改为全角“{_FULL_WIDTH[match[0]]}”。",
            )


def unfilled_place(document: Document) -> Iterator[Finding]:
    """A place that was to be filled in: `×` in an element; in the text three `×`, `X`, `_`, or `□`.

    A new document comes with such places. Fill it in; where the document prints a form with blanks,
    it may stay.
    """
    found = [
        (match, locate)
        for pattern, lines in (
            (_UNFILLED_ELEMENT, _elements(document)),
            (_UNFILLED, _text(document)),
        )
        for words, locate in lines
        for match in pattern.finditer(words)
    ]
    for match, locate in found:
        yield Finding(
            "unfilled_place",
            Severity.REVIEW,
            locate(match.start()),
            f"“{match[0]}”处还没有填写",
            "请填写；如本来就是给读者填写的空格，可以保留。",
        )


_Line = tuple[str, Callable[[int], Place]]
"""Words on one line, and where the character of a number stands."""


def _lines(document: Document) -> Iterator[_Line]:
    """Each line that an author wrote; the addresses of links are blanked out."""
    yield from _elements(document)
    for words, locate in _text(document):
        yield without_link_targets(words), locate


def without_link_targets(line: str) -> str:
    """A line of text in which blanks stand for the addresses of links, which are not printed."""
    return _LINK_TARGET.sub(lambda target: " " * len(target[0]), line)


def _elements(document: Document) -> Iterator[_Line]:
    """The words of the front matter, line by line."""
    for key, words in (
        ("标题", one_line(document.body.title)),
        ("发文机关标志", document.mark),
        ("发文字号", document.number),
        ("签发人", "、".join(document.signers)),
        ("主送", document.recipients),
        ("抄送", document.copies),
        ("签名人职务", document.stamp_title),
        ("签名人", document.stamp_name),
        ("附注", document.note),
        ("出席", "、".join(document.present)),
        ("请假", "、".join(document.excused)),
        ("列席", "、".join(document.observers)),
        ("印发机关", document.printing_organ),
    ):
        if words:
            yield from _as_typed(words, document, key)


_VALUE = re.compile(r"""\s*(?:[^\s:]+:\s+|-\s+)?["']?(.+?)["']?\s*""")
"""A line of a value in the front matter, without indent, key, dash and quotes."""
_LEFT_OUT = re.compile(r"[\s、；;（）：:。]")
"""What may stand in the source and not in the value, or the other way round."""


def _as_typed(words: str, document: Document, key: str) -> list[_Line]:
    """A value by the lines that it was typed on; in one piece, at its key, where that differs."""
    matches = [
        (match, place)
        for line, place in document.lines_of(key)
        if (match := _VALUE.fullmatch(line))
    ]
    pieces = [(match[1], place.after(match.start(1))) for match, place in matches]
    pieces = [(piece, place) for piece, place in pieces if _core(piece) in _core(words)]
    if _core("".join(piece for piece, _ in pieces)) == _core(words):
        return [(piece, place.after) for piece, place in pieces]
    return [(words, lambda _: document.place_of(key))]


def _core(words: str) -> str:
    return _LEFT_OUT.sub("", words)


def _text(document: Document) -> Iterator[_Line]:
    for text in document.proses:
        for block in text.blocks:
            yield from ((words, place.after) for words, place in block.lines)
    for table in document.tables:
        yield from ((cell.text, cell.place.after) for row in table.rows for cell in row.cells)
