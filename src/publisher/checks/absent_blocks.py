"""What a text says of its tables and pictures → those that are not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Picture, Place, Prose, Table
from publisher.words.places import place_in
from publisher.words.references import (
    PICTURE_OF_ANOTHER,
    TABLE_OF_ANOTHER,
    TableReference,
    picture_references,
    table_references,
)
from publisher.words.sentences import Span, sentences


@dataclass(frozen=True, slots=True)
class _Counted:
    """A kind of block that is counted through a text, and named by its number or its place."""

    kind: type[Table] | type[Picture]
    called: str
    mark: str
    """表 or 图, before its number."""
    beside: re.Pattern[str]
    """上表, 下图: what stands before or after the words, by `where`."""
    of_another: re.Pattern[str]
    """In a sentence: it may be that of another text."""
    references: Callable[[str], Iterator[TableReference]]
    hint: str


_TABLES = _Counted(
    Table,
    "表格",
    "表",
    re.compile("(?:见|如|详见)?(?P<where>[下上])表(?=[所。；，：）)列是为]|$)"),
    TABLE_OF_ANOTHER,
    table_references,
    "请核对表号和表格：增删表格以后，提到它们的地方也要改；没有标题的表格不编号，"
    "要编号的在花括号里写“标题: ……”。",
)
_PICTURES = _Counted(
    Picture,
    "图片",
    "图",
    re.compile(r"(?:(?<=[见如由从])|(?<![\w》]))(?P<where>[下上])图(?=[所。；，：）)列是为]|$)"),
    PICTURE_OF_ANOTHER,
    picture_references,
    "请核对图号和图片：增删图片以后，提到它们的地方也要改；没有标题的图片不编号，"
    '要编号的写 ![……](文件 "标题")。',
)


def absent_table(document: Document) -> Iterator[Finding]:
    """A text refers to a table of its own that is not there: 见表3 of two, 见下表 without one.

    Tables with a title are counted through each text; one without a title has no number. Something
    was taken out or put in after the words were written. Mend the number, or give the table its
    title. Sentences that name an attachment or another document are not meant.
    """
    for place, message in _named_and_absent(_TABLES, document):
        yield review("absent_table", place, message, _TABLES.hint)


def absent_picture(document: Document) -> Iterator[Finding]:
    """A text refers to a picture of its own that is not there: 见图3 of two, 见下图 without one.

    Pictures with a title are counted through each text; one without a title has no number. A
    picture was taken out or put in after the words were written. Mend the number, or give the
    picture its title. Sentences that name an attachment or another document are not meant.
    """
    for place, message in _named_and_absent(_PICTURES, document):
        yield review("absent_picture", place, message, _PICTURES.hint)


def _named_and_absent(counted: _Counted, document: Document) -> Iterator[tuple[Place, str]]:
    """Where blocks are named that are not there, and what is to be said of it."""
    most = max(_titled(text, counted) for text in document.proses)
    for text in document.proses:
        if not text.is_whole:
            continue  # what is meant may be what could not be read
        numbered = _titled(text, counted) or most
        places = [n for n, block in enumerate(text.blocks) if isinstance(block, counted.kind)]
        for at, block in enumerate(text.blocks):
            for sentence in sentences(block):
                if counted.mark not in sentence.words or counted.of_another.search(sentence.words):
                    continue
                for start, words, there in _absent(sentence, counted, numbered, at, places):
                    yield place_in(block, sentence.start + start), f"文中说“{words}”，{there}"


def _titled(text: Prose, counted: _Counted) -> int:
    blocks = (block for block in text.blocks if isinstance(block, counted.kind))
    return sum(1 for block in blocks if block.title)


def _absent(
    sentence: Span, counted: _Counted, numbered: int, at: int, places: list[int]
) -> Iterator[tuple[int, str, str]]:
    """Where and how blocks are named that are not there, and what is there instead."""
    called, mark = counted.called, counted.mark
    for reference in counted.references(sentence.words):
        if not 0 < reference.number <= numbered:
            last = f"有标题的{called}到{mark}{numbered}为止"
            yield reference.start, reference.words, last if numbered else f"这里没有编号的{called}"
    for match in counted.beside.finditer(sentence.words):
        is_below = match["where"] == "下"
        if not any(place > at if is_below else place < at for place in places):
            there = f"{'后' if is_below else '前'}面没有{called}"
            yield match.start("where"), f"{match['where']}{mark}", there
