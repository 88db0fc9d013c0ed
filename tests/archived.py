"""A document → what in its PDF and OFD is not as archives want it; asserted, for any document."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

from fontTools.ttLib import TTFont
from lxml import etree

import ofd_files
from audit import rules_of_pdf_a_broken_by, rules_of_pdf_ua_broken_by
from publisher.inspect.ofd import read_pages
from publisher.inspect.pages import Page
from publisher.inspect.pdf import read_pages as read_pdf
from publisher.model import Block, Document, Edition, Heading, Prose
from publisher.renderers import ofd, pdf
from test_one_text import DOCUMENTS_OF_ALL_KINDS
from words import of_pdf, squeezed


def _without_leaps(document: Document) -> Document:
    """The same with no heading two levels below the one before it, which the checks refuse."""
    issued = tuple(map(_levelled, document.issued))
    return replace(document, body=_levelled(document.body), issued=issued)


def _levelled(text: Prose) -> Prose:
    blocks, before = list[Block](), 0
    for block in text.blocks:
        if isinstance(block, Heading):
            before = min(block.level, before + 1)
            block = replace(block, level=before)
        blocks.append(block)
    attached = (_levelled(each) if isinstance(each, Prose) else each for each in text.attachments)
    return replace(text, blocks=tuple(blocks), attachments=tuple(attached))


FOR_ARCHIVES = DOCUMENTS_OF_ALL_KINDS.map(_without_leaps)
"""Any document."""


def assert_right_for_archives(edition: Edition) -> bytes:
    """Each PDF keeps PDF/A-2a and PDF/UA-1, each OFD the schemas and the words; `document.pdf`."""
    files = pdf.render(edition)
    made = ofd.render(edition, files)
    for name, data in files.items():
        assert rules_of_pdf_a_broken_by(data) == set()
        assert rules_of_pdf_ua_broken_by(data) == set()
        as_ofd = made[name.replace(".pdf", ".ofd")]
        assert ofd_files.faults(as_ofd) == []
        assert are_in_order(of_pdf(data), words_of(as_ofd))
        assert [visible(page) for page in read_pdf(data)] == [
            visible(page) for page in read_pages(as_ofd)
        ]
        assert outside_their_subsets(as_ofd) == set()
    return files["document.pdf"]


def visible(page: Page) -> Counter[str]:
    """How often each character stands on a page."""
    return Counter(glyph.character for glyph in page.glyphs if not glyph.character.isspace())


def words_of(as_ofd: bytes) -> str:
    """The words of an OFD, page by page in the order in which they stand."""
    return "".join(
        squeezed(ofd_files.words(page, "Body") + ofd_files.words(page, "Foreground"))
        for page in ofd_files.pages(as_ofd)
    )


def are_in_order(words: str, shown: str) -> bool:
    """Whether all words stand in others, which may have notes between them."""
    following = iter(shown)
    return all(character in following for character in words)


def outside_their_subsets(as_ofd: bytes) -> set[str]:
    """The words that the fonts inside do not have, or of which a font is not there as a subset."""
    made = ofd_files.parts(as_ofd)
    fonts = {}
    root = etree.fromstring(made["Doc_0/PublicRes.xml"])
    for font in root.iterfind(".//ofd:Font", ofd_files.NAMES):
        file = TTFont(io.BytesIO(made[f"Doc_0/Res/{font[0].text}"]), lazy=True)
        fonts[font.get("ID")] = file.getBestCmap().keys(), len(file.getGlyphOrder())
        assert "+" not in font.get("FontName")
    outside = set[str]()
    for page in ofd_files.pages(as_ofd):
        for text in ofd_files.found(page, "TextObject"):
            characters, glyphs = fonts[text.get("Font")]
            numbers = [int(each.text) for each in ofd_files.found(text, "Glyphs")]
            code = ofd_files.found(text, "TextCode")[0].text
            if (
                not (numbers and numbers[0] < glyphs)
                and not {ord(each) for each in code} <= characters
            ):
                outside.add(code)
    return outside
