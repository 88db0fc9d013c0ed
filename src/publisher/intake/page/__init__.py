"""A web page → its `SourceFile`, without what belongs to the website."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.page.archive import SavedPage, opened_page
from publisher.intake.page.article import Article, article
from publisher.intake.page.blocks import Builder, is_mark
from publisher.intake.page.declared import PageHead, declarations, related
from publisher.intake.page.records import worth_telling
from publisher.intake.page.styles import StyleSheet, names_of
from publisher.intake.page.tables import Tables
from publisher.intake.page.unseen import CODE, unseen
from publisher.intake.source import SourceFile
from publisher.verify.bytes import LARGEST, UnreadablePage, text_of
from publisher.verify.tree import parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BROKEN_BLANK = re.compile("&(?:sp;|amp;(sp|nbsp|ensp|emsp|thinsp);)")
"""How sites write blanks that no browser knows, and then shows as they are written."""
_MOST_CHARACTERS = 2_000_000
_CUT = "网页的样式太多，没有看完：隐藏的文字可能当作了正文，请核对"


def read(name: str, data: bytes) -> SourceFile:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    if len(data) > LARGEST:
        raise Unreadable(f"文件超过 {LARGEST >> 20} MB")
    try:
        saved = opened_page(data)
        text = _BROKEN_BLANK.sub(_blank, text_of(saved.html))
        root = parsed(text)
    except UnreadablePage as refused:
        raise Unreadable(str(refused)) from None
    raw = _words(root, frozenset())
    if len(raw) > _MOST_CHARACTERS:
        raise Unreadable(f"网页的文字超过 {_MOST_CHARACTERS // 10_000} 万字")
    said = declarations(root, text)
    builder, seen = _walked(root, said, saved)
    properties = worth_telling([*seen.properties, *said.properties])
    return SourceFile(
        name,
        "网页",
        tuple(builder.rooms[0]),
        _words(root, builder.numbers),
        left_out=tuple(builder.left_out),
        remarks=tuple(builder.remarks),
        spots=tuple(builder.spots),
        properties=(*properties.items(), *related(root, said.base)),
        address=next(filter(_is_on_web, (said.address, saved.address)), ""),
        sentences=(_CUT,) if builder.styles.is_cut else (),
    )


def _walked(root: HtmlElement, said: PageHead, saved: SavedPage) -> tuple[Builder, Article]:
    """The blocks of a page: walked once to see all, and again for what is the document's."""
    styles = StyleSheet({name for element in root.iter() for name in names_of(element)})
    for element in root.iter("style", "link"):
        styles.add(element.text or saved.style_sheet(element.get("href") or "", said.base))
    aside = unseen(root, styles)

    def walk(refused: Mapping[int, str], core: Container[HtmlElement] | None) -> Builder:
        tables = Tables(styles)
        tables.look_at(root)
        builder = Builder(styles, tables, said.base, aside, refused, saved, core)
        builder.read(root)
        return builder

    seen = article(root, walk({}, None).passages, said.titles)
    return walk(seen.refused, seen.core), seen


def _is_on_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _blank(broken: re.Match[str]) -> str:
    return f"&{broken[1] or 'nbsp'};" if broken[1] != "sp" else "&nbsp;"


def _words(root: HtmlElement, numbers: Container[HtmlElement]) -> str:
    """All words between tags, but those of scripts, and automatic numbers."""
    pieces: list[str] = []
    for part in root.iter():
        if isinstance(part.tag, str) and part.tag not in CODE and part not in numbers:
            pieces.append((part.get("alt") if is_mark(part) else part.text) or "")
        pieces.append(part.tail or "")
    return "".join(pieces)
