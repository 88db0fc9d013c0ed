"""Edition → Word: docxtpl fills the frame of `templates/docx`, python-docx builds the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from publisher import standard
from publisher.model import Edition, Form, Orientation, SetAttachment, SetTable, SetText
from publisher.renderers import typesetting
from publisher.renderers.docx import geometry, prose
from publisher.renderers.docx.elements import Maker, w
from publisher.renderers.docx.frame import filled_frame
from publisher.renderers.docx.imprint import fit_imprint, imprint_values
from publisher.renderers.docx.mark import fit_mark
from publisher.renderers.docx.package import finished
from publisher.renderers.docx.profile import fit_page
from publisher.renderers.docx.sections import Pages, lay
from publisher.renderers.docx.table import table_pages
from publisher.renderers.layout import ImprintPlace, Layout, lay_out
from publisher.standard import Length
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def render(edition: Edition) -> dict[str, bytes]:
    """`document.docx`, and `attachment-N.docx` for each attachment that is a table."""
    layout = lay_out(edition)
    files = {"document.docx": render_document(edition, layout)}
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetTable):
            name = f"attachment-{attachment.ordinal}.docx"
            files[name] = render_table(edition, attachment, layout)
    return files


def render_document(edition: Edition, layout: Layout | None = None) -> bytes:
    """The whole official document."""
    layout = layout or lay_out(edition)
    maker, mark = framed(edition, layout)
    pages = list(parts(maker, edition, layout))
    prose.part_last_paragraph(maker, pages[0].elements, edition, layout)
    lay(maker, mark, pages, imprint_place(edition, layout))
    fit_imprint(maker.document, edition, layout)
    return finished(maker.document, edition, edition.body.title)


def framed(edition: Edition, layout: Layout) -> tuple[Maker, Element]:
    """The frame of the whole document, and the paragraph in it that `parts` stand in place of."""
    document, mark = filled_frame(edition, layout)
    fit_page(document, edition.document.form, layout.page)
    maker = Maker(document)
    for element in _below_title(maker, mark):
        prose.squeeze(maker, element, layout)
    fit_mark(maker, edition, layout.page)
    if edition.document.form is not Form.LETTER:  # whose first page has a margin of its own
        _lower(maker, geometry.rise(layout.page, layout.body_line))
    return maker, mark


def _lower(maker: Maker, rise: Length) -> None:
    """Leave page 1 where it is, though the margin of its section is less."""
    first = maker.document.element.body[0]
    if rise > standard.NOTHING:
        maker.space(first, before=maker.space_before(first) + rise)


def imprint_place(edition: Edition, layout: Layout) -> ImprintPlace | None:
    """Where the 版记 stands; None where the document has none."""
    return layout.imprint if imprint_values(edition, layout) else None


def render_table(
    edition: Edition, attachment: SetAttachment, layout: Layout | None = None
) -> bytes:
    """One attachment alone: its number, title and table, on pages of their own."""
    layout = layout or lay_out(edition)
    document, mark = filled_frame(edition, layout)
    fit_page(document, edition.document.form, layout.page)
    body = document.element.body
    for element in list(body):
        if element is not mark and element.tag != w("w:sectPr"):
            body.remove(element)
    maker = Maker(document)
    part = _attachment(maker, attachment, edition, layout)
    lay(maker, mark, [part], None, has_head=False)
    return finished(document, edition, attachment.content.title)


def _below_title(maker: Maker, mark: Element) -> Iterator[Element]:
    """What the template has between title and text: 主送机关, or a blank line."""
    above = list(mark.itersiblings(preceding=True))
    styles = [maker.style_of(element) for element in above]
    if Style.TITLE in styles:
        yield from above[: styles.index(Style.TITLE)]


def parts(maker: Maker, edition: Edition, layout: Layout) -> Iterator[Pages]:
    """The whole text in reading order: each text, and each attachment where it is printed."""
    own = prose.own_text(maker, edition, layout)
    yield Pages(Orientation.PORTRAIT, own, geometry.rise(layout.page, layout.body_line))
    for text in edition.issued:
        title = typesetting.set_title(text.title, edition.document)
        elements = [
            maker.paragraph(Style.ISSUED_TITLE, *maker.lines(title)),
            *prose.blocks(maker, text.blocks),
            *prose.attachment_notes(maker, text),
        ]
        yield Pages(Orientation.PORTRAIT, elements)
        for attachment in text.attachments:
            yield _attachment(maker, attachment, edition, layout)
    for attachment in edition.body.attachments:
        yield _attachment(maker, attachment, edition, layout)


def _attachment(maker: Maker, attachment: SetAttachment, edition: Edition, layout: Layout) -> Pages:
    """An attachment: its number, its title, and what it says (7.3.7)."""
    content, orientation = attachment.content, attachment.orientation
    title = typesetting.set_title(content.title, edition.document, orientation)
    elements: list[Element] = [
        maker.paragraph(Style.ATTACHMENT_LABEL, maker.run(attachment.label)),
        maker.paragraph(Style.ATTACHMENT_TITLE, *maker.lines(title)),
    ]
    match content:
        case SetText():
            elements += prose.blocks(maker, content.blocks)
        case SetTable():
            landscape = orientation is Orientation.LANDSCAPE
            across = standard.text_width(layout.page, landscape=landscape)
            elements += table_pages(maker, content, layout.tables[attachment.ordinal], across)
        case _:
            assert_never(content)
    return Pages(orientation, elements)
