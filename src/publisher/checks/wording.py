"""Punctuation in Chinese text, as far as a program can be sure (GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.lines import lines, lines_of_elements, lines_of_text
from publisher.diagnostics import Finding, Severity
from publisher.model import Document

_FULL_WIDTH = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_BESIDE_CHINESE = re.compile("(?<=[\u4e00-\u9fff”》）])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff“《（])")


_UNFILLED = re.compile("[×X]{3,}|[_＿]{3,}|□{2,}")
_UNFILLED_ELEMENT = re.compile("×+|X{3,}|[_＿]{3,}|□+")


def half_width_punctuation(document: Document) -> Iterator[Finding]:
    """A half-width , ; : ? ! ( or ) stands beside a Chinese character.

    Chinese text takes full-width marks (GB/T 15834). Marks inside numbers and Latin words, as in
    `1+1+3+N` or `9:30`, are not meant. Type the full-width mark.
    """
    for words, locate in lines(document):
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
            (_UNFILLED_ELEMENT, lines_of_elements(document)),
            (_UNFILLED, lines_of_text(document)),
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
