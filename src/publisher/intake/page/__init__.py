"""A web page → its `Source`, without what belongs to the website."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.page.article import aside
from publisher.intake.page.blocks import CODE, Builder
from publisher.intake.page.lines import INVISIBLE
from publisher.intake.page.styles import StyleSheet
from publisher.intake.page.tables import Tables
from publisher.intake.source import Source
from publisher.verify.bytes import LARGEST, UnreadablePage, text_of
from publisher.verify.tree import parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BROKEN_BLANK = re.compile("&(?:sp;|amp;(sp|nbsp|ensp|emsp|thinsp);)")
"""How sites write blanks that no browser knows, and then shows as they are written."""
_MOST_CHARACTERS = 2_000_000


def read(name: str, data: bytes) -> Source:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    if len(data) > LARGEST:
        raise Unreadable(f"文件超过 {LARGEST >> 20} MB")
    try:
        root = parsed(_BROKEN_BLANK.sub("&nbsp;", text_of(data)))
    except UnreadablePage as refused:
        raise Unreadable(str(refused)) from None
    raw = _words(root)
    if len(raw) > _MOST_CHARACTERS:
        raise Unreadable(f"网页的文字超过 {_MOST_CHARACTERS // 10_000} 万字")
    styles = StyleSheet()
    for element in root.iter("style"):
        styles.add(element.text or "")
    tables = Tables(styles)
    tables.look_at(root)
    builder = Builder(styles, tables, _base(root), aside(root, styles), lambda address: None)
    builder.read(root)
    return Source(
        name,
        "网页",
        tuple(builder.rooms[0]),
        raw,
        left_out=tuple(builder.left_out),
        remarks=tuple(builder.remarks),
        spots=tuple(builder.spots),
    )


def _base(root: HtmlElement) -> str:
    return next((part.get("href") for part in root.iter("base") if part.get("href")), "")


def _words(root: HtmlElement) -> str:
    """All words between tags, but those of scripts and of the page's own head."""
    pieces: list[str] = []
    for part in root.iter():
        if isinstance(part.tag, str) and part.tag not in CODE:
            pieces.append(part.text or "")
        pieces.append(part.tail or "")
    return "".join(pieces).translate(INVISIBLE)
