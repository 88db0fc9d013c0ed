"""The parts of a DOCX → its `SourceFile`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from publisher.files import TooLarge, Unreadable
from publisher.intake.source import (
    LeftOut,
    Room,
    SourceBlock,
    SourceFile,
    SourceParagraph,
    SourceSpot,
    paragraphs_in,
    pictures_in,
)
from publisher.intake.word.book import Book
from publisher.intake.word.inserted import ReadInserted
from publisher.intake.word.log import Log
from publisher.intake.word.names import W
from publisher.intake.word.package import Package
from publisher.intake.word.page_count import PageCount
from publisher.intake.word.properties import page_total, properties
from publisher.intake.word.raw import RawWords
from publisher.intake.word.story import Story
from publisher.intake.word.wrapped import joined
from publisher.wordfile import NOT_WORD

if TYPE_CHECKING:
    from lxml.etree import _Element

CALLED = "Word 文档"
_AGAIN = "重复的{}"
UNPLACED = "所在位置不合 Word 格式的文字"


def source(
    name: str,
    package: Package,
    called: str = CALLED,
    sentences: tuple[str, ...] = (),
    inserted: ReadInserted | None = None,
) -> SourceFile:
    """What a DOCX holds."""
    _must_be_bounded(package)
    body = package.document.find(f"{W}body")
    if body is None:
        raise Unreadable(NOT_WORD)
    book = Book(package, inserted)
    above, below = _parts(book, "headers"), _parts(book, "footers")
    pages = PageCount(body)
    shown = [*_beside(book, above, Room.HEADER)]
    shown += Story(book, body, package.main, Room.TEXT, pages).blocks(body)
    shown += _beside(book, below, Room.FOOTER)
    raw = RawWords(package, book.pieces)
    text = (package.document, package.main)
    words = "".join(raw.words(root, part) for root, part in [*above, text, *below])
    words += "".join(book.elsewhere)
    book.log.remarks += book.comments.unmarked()
    book.log.left_out += [LeftOut(each, UNPLACED) for each in raw.unread]
    blocks = joined(shown)
    if len(blocks) < len(shown):
        sentences += (f"每行自成一段的，{len(shown) - len(blocks)} 处按满行接成一段，请核对",)
    return SourceFile(
        name=name,
        called=called,
        blocks=blocks,
        raw=words,
        left_out=tuple(book.log.left_out),
        remarks=tuple(book.log.remarks),
        comments=book.comments.made(),
        spots=_spots(book, pages),
        properties=properties(package),
        sentences=sentences + _damaged(package) + _macros(package),
    )


def _spots(book: Book, pages: PageCount) -> tuple[SourceSpot, ...]:
    """The places of paragraphs, without their pages where the file has another number of them."""
    said = page_total(book.package)
    if said and said != pages.reached:
        return tuple(replace(spot, page=None) for spot in book.spots)
    return tuple(book.spots)


MOST_PIECES = 400_000
"""Paragraphs and runs of a text: ten times those of the largest document that content may be."""


MOST_TAGS = 20 * MOST_PIECES
"""Of the XML of a text: twice what Word writes around so many pieces."""


def _must_be_bounded(package: Package) -> None:
    if package.parts[package.main].count(b"<") > MOST_TAGS:
        raise TooLarge("内容太多，不像一份公文；请拆开再导入")
    pieces = package.document.iter(f"{W}p", f"{W}r", f"{W}tc")
    if next(islice(pieces, MOST_PIECES, None), None) is not None:
        raise TooLarge(f"段落和文字块超过 {MOST_PIECES} 个，太多，不像一份公文；请拆开再导入")


def _parts(book: Book, which: str) -> list[tuple[_Element, str]]:
    """The headers or footers that are shown, each part once, those of the first section first."""
    relations = book.package.relations(book.package.main)
    names = {
        relations[identifier].target: None
        for section in book.sections
        for identifier in getattr(section, which)
        if identifier in relations
    }
    roots = ((book.package.root(name), name) for name in names)
    return [(root, name) for root, name in roots if root is not None]


def _beside(book: Book, parts: list[tuple[_Element, str]], room: Room) -> Iterator[SourceBlock]:
    """The blocks of headers or footers; of those that say and show the same, one."""
    seen: set[tuple[str, ...]] = set()
    for root, part in parts:
        blocks = tuple(Story(book, root, part, room, PageCount()).blocks(root))
        words = "".join(each.words for each in paragraphs_in(blocks))
        shown = (words, *(sha256(each.data).hexdigest() for each in pictures_in(blocks)))
        if not words.strip():
            yield from (each for each in blocks if shown not in seen and _is_more(each))
        elif shown not in seen:
            yield from blocks
        else:
            log = Log()
            log.leave_out(words, _AGAIN.format(room.value))
            book.log.add(log)
        seen.add(shown)


def _is_more(block: SourceBlock) -> bool:
    """Whether a block without words is seen: all but a blank line."""
    return not isinstance(block, SourceParagraph) or block.look.is_ruled


def _macros(package: Package) -> tuple[str, ...]:
    has_some = any(name.lower().endswith("vbaproject.bin") for name in package.parts)
    return ("文件中有宏，没有运行，也不收入",) if has_some else ()


def _damaged(package: Package) -> tuple[str, ...]:
    names = "、".join(dict.fromkeys(package.damaged))
    return (f"文件中有损坏的部分（{names}），没有读",) if names else ()
