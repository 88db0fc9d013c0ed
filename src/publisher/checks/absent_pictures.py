"""What a text says of its pictures → those that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Picture, Prose
from publisher.words.places import place_in
from publisher.words.references import PICTURE_OF_ANOTHER, picture_references
from publisher.words.sentences import Span, sentences

_BESIDE = re.compile(
    r"(?:(?<=[见如由从])|(?<![\w》]))(?P<where>[下上])图(?=[所。；，：）)列是为]|$)"
)


def absent_picture(document: Document) -> Iterator[Finding]:
    """A text refers to a picture of its own that is not there: 见图3 of two, 见下图 without one.

    Pictures with a title are counted through each text; one without a title has no number. A
    picture was taken out or put in after the words were written. Mend the number, or give the
    picture its title. Sentences that name an attachment or another document are not meant.
    """
    most = max(map(_titled, document.proses))
    for text in document.proses:
        own = _titled(text)
        if not text.is_whole:
            continue  # what is meant may be what could not be read
        pictures = [n for n, block in enumerate(text.blocks) if isinstance(block, Picture)]
        for at, block in enumerate(text.blocks):
            for sentence in sentences(block):
                if PICTURE_OF_ANOTHER.search(sentence.words):
                    continue
                for start, words, there in _absent(sentence, own or most, at, pictures):
                    yield review(
                        "absent_picture",
                        place_in(block, sentence.start + start),
                        f"文中说“{words}”，{there}",
                        "请核对图号和图片：增删图片以后，提到它们的地方也要改；没有标题的图片不编号，"
                        '要编号的写 ![……](文件 "标题")。',
                    )


def _titled(text: Prose) -> int:
    return sum(1 for block in text.blocks if isinstance(block, Picture) and block.title)


def _absent(
    sentence: Span, numbered: int, at: int, pictures: list[int]
) -> Iterator[tuple[int, str, str]]:
    """Where and how pictures are named that are not there, and what is there instead."""
    for reference in picture_references(sentence.words):
        if not 0 < reference.number <= numbered:
            there = f"有标题的图片到图{numbered}为止" if numbered else "这里没有编号的图片"
            yield reference.start, reference.words, there
    for match in _BESIDE.finditer(sentence.words):
        is_below = match["where"] == "下"
        if not any(picture > at if is_below else picture < at for picture in pictures):
            there = f"{'后' if is_below else '前'}面没有图片"
            yield match.start("where"), f"{match['where']}图", there
