"""What a text says of its tables → those that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Prose, Table
from publisher.words.places import place_in
from publisher.words.references import TABLE_OF_ANOTHER, table_references
from publisher.words.sentences import Span, sentences

_BESIDE = re.compile("(?:见|如|详见)?(?P<where>[下上])表(?=[所。；，：）)列是为]|$)")


def absent_table(document: Document) -> Iterator[Finding]:
    """A text refers to a table of its own that is not there: 见表3 of two, 见下表 without one.

    Tables with a title are counted through each text; one without a title has no number. Something
    was taken out or put in after the words were written. Mend the number, or give the table its
    title. Sentences that name an attachment or another document are not meant.
    """
    most = max(map(_titled, document.proses))
    for text in document.proses:
        own = _titled(text)
        if not text.is_whole:
            continue  # what is meant may be what could not be read
        tables = [n for n, block in enumerate(text.blocks) if isinstance(block, Table)]
        for at, block in enumerate(text.blocks):
            for sentence in sentences(block):
                if TABLE_OF_ANOTHER.search(sentence.words):
                    continue
                for start, words, there in _absent(sentence, own or most, at, tables):
                    yield review(
                        "absent_table",
                        place_in(block, sentence.start + start),
                        f"文中说“{words}”，{there}",
                        "请核对表号和表格：增删表格以后，提到它们的地方也要改；没有标题的表格不编号，"
                        "要编号的在花括号里写“标题: ……”。",
                    )


def _titled(text: Prose) -> int:
    return sum(1 for block in text.blocks if isinstance(block, Table) and block.title)


def _absent(
    sentence: Span, numbered: int, at: int, tables: list[int]
) -> Iterator[tuple[int, str, str]]:
    """Where and how tables are named that are not there, and what is there instead."""
    for reference in table_references(sentence.words):
        if not 0 < reference.number <= numbered:
            there = f"有标题的表格到表{numbered}为止" if numbered else "这里没有编号的表格"
            yield reference.start, reference.words, there
    for match in _BESIDE.finditer(sentence.words):
        is_below = match["where"] == "下"
        if not any(table > at if is_below else table < at for table in tables):
            there = f"{'后' if is_below else '前'}面没有表格"
            yield match.start("where"), f"{match['where']}表", there
