"""What stands before the words of a text → its lines: 封面, 题注 and 目录."""

from __future__ import annotations

from publisher import standard
from publisher.forms import Contents, Cover
from publisher.model import Document, NumberedHeading
from publisher.setting.composition import (
    ComposedContents,
    ComposedCover,
    ComposedSubtitle,
    ContentsEntry,
)
from publisher.setting.lines import Piece, lines, text_setting
from publisher.setting.paragraphs import NO_MARKS, pieces
from publisher.setting.titles import composed_title
from publisher.standard import FANG, KAI, PageProfile
from publisher.words.days import written


def composed_cover(cover: Cover, document: Document) -> ComposedCover:
    """A 封面: the title as it stands above the text, who made it, and when."""
    title = composed_title(cover.text.title, document)
    return ComposedCover(cover.text, title, cover.names, written(cover.date) if cover.date else "")


def composed_subtitle(words: str, page: PageProfile, landscape: bool) -> ComposedSubtitle:
    """A 题注 in its lines, which are centred."""
    setting = text_setting(page, landscape=landscape, filled=False)
    return ComposedSubtitle(words, lines((Piece(words, KAI),), setting))


def composed_contents(contents: Contents, page: PageProfile, landscape: bool) -> ComposedContents:
    """A 目录, its entries without the numbers of their pages: these are not counted yet."""
    entries = tuple(_entry(heading, page, landscape) for heading in contents.headings)
    return ComposedContents(contents.text, entries)


def _entry(heading: NumberedHeading, page: PageProfile, landscape: bool) -> ContentsEntry:
    own = standard.CONTENTS_INDENT * (heading.level - 1)
    indent = own + standard.CONTENTS_INDENT
    setting = text_setting(
        page,
        indent=indent + standard.CONTENTS_PAGE,
        first=own - indent,
        landscape=landscape,
        filled=False,
    )
    words = (Piece(heading.label, FANG, is_label=True), *pieces(heading.content, FANG, NO_MARKS))
    return ContentsEntry(heading, lines(words, setting), indent, own - indent)
