"""Edition → Word: docxtpl fills the frame of `templates/docx`, python-docx builds the rest."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING

from publisher import standard
from publisher.forms import Head
from publisher.model import Edition, Orientation, SetAttachment, SetTable, SetText
from publisher.renderers.docx import geometry, prose
from publisher.renderers.docx.contents import places_of, with_pages
from publisher.renderers.docx.elements import Maker, w
from publisher.renderers.docx.frame import filled_frame
from publisher.renderers.docx.imprint import fit_imprint
from publisher.renderers.docx.mark import fit_mark
from publisher.renderers.docx.package import finished
from publisher.renderers.docx.pagination import pages_of_places
from publisher.renderers.docx.preprinted import leave_out_red
from publisher.renderers.docx.profile import fit_page
from publisher.renderers.docx.sections import Pages, lay
from publisher.setting import compose
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedCover,
    ComposedFile,
    ComposedRecipients,
    ComposedSubtitle,
    Composition,
    FilePage,
    ImprintPlace,
)
from publisher.standard import Length
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    _Writer = Callable[..., bytes]
    """Writes a composition, which `knows_pages` of headings or not."""


def render(edition: Edition) -> dict[str, bytes]:
    """`document.docx`, and `attachment-N.docx` for each attachment that is a table or is filled in.

    What is not bound with the document (另附) is in its `attachment-N.docx` alone.
    """
    composition = compose(edition)
    files = {"document.docx": render_document(composition)}
    for thing in composition.following:
        match thing:
            case ComposedAttached(attachment) if _stands_alone(attachment):
                # A package and its parts hold one another: the last would stay beside this one.
                gc.collect()
                files[_name_of(attachment)] = render_alone(composition, attachment, (thing,))
    for separate in composition.separate:
        attachment = separate.attachment
        files[_name_of(attachment)] = render_alone(composition, attachment, separate.following)
    return files


def _stands_alone(attachment: SetAttachment) -> bool:
    """Whether it is of use without the document: a table, or a text with forms to fill in."""
    match attachment.content:
        case SetTable():
            return True
        case SetText() as text:
            return any(table.is_fillable for table in text.tables)
        case _:
            return False


def _name_of(attachment: SetAttachment) -> str:
    return f"attachment-{attachment.ordinal}.docx"


def render_document(composition: Composition) -> bytes:
    """The whole official document."""
    return _counted(composition, _written)


def render_alone(
    composition: Composition, attachment: SetAttachment, things: tuple[Composed, ...]
) -> bytes:
    """An attachment with what is printed with it, on pages of their own."""
    of_it = replace(composition, own=(), following=things)
    return _counted(of_it, partial(_written_alone, attachment.content.title))


def render_issued(edition: Edition) -> bytes:
    """What a document issues, with what is attached to it, and none of the document itself."""
    composition = replace(compose(edition), own=())
    return _counted(composition, partial(_written_alone, edition.issued[0].title))


def _counted(composition: Composition, write: _Writer) -> bytes:
    """What is written, each 目录 with the pages on which LibreOffice sets headings.

    Where it sets none, with those of the PDF; then Word is asked to count them itself.
    """
    data, places = write(composition), places_of(composition)
    if not places:
        return data
    office_pages = pages_of_places(data)
    pages = {places[name]: page for name, page in office_pages.items() if name in places}
    knows_pages = pages.keys() == set(places.values())
    counted = with_pages(composition, pages) if knows_pages else composition
    return write(counted, knows_pages=knows_pages)


def _written(composition: Composition, *, knows_pages: bool = True) -> bytes:
    """The document with the pages that the composition gives."""
    maker, mark = framed(composition)
    maker.knows_pages = knows_pages
    maker.marks_blocks = True
    _mark_frame(maker, composition)
    pages = list(parts(maker, composition))
    own = pages[0]
    prose.part_last_paragraph(maker, own.elements[own.text], composition)
    lay(maker, mark, pages, imprint_place(composition))
    fit_imprint(maker.document, composition)
    edition = composition.edition
    return finished(maker.document, edition, edition.body.title)


def _mark_frame(maker: Maker, composition: Composition) -> None:
    """Mark what of the document's own text stands in the frame, as far as a template shows it."""
    anchor = composition.edition.body.anchor
    recipients = composition.of_own(ComposedRecipients)
    for thing, style in ((composition.title, Style.TITLE), (recipients, Style.RECIPIENTS)):
        paragraphs = maker.document.element.body.iter(w("w:p")) if thing else ()
        in_style = (each for each in paragraphs if maker.style_of(each) is style)
        if thing:
            maker.mark(f"{anchor}-{thing.kind}", list(islice(in_style, 1)))


def framed(composition: Composition) -> tuple[Maker, Element]:
    """The frame of the whole document, and the paragraph in it that `parts` stand in place of."""
    head, page = composition.head, composition.page
    document, mark = filled_frame(composition)
    fit_page(document, head.form, page)
    maker = Maker(document)
    for subtitle in filter(None, [composition.of_own(ComposedSubtitle)]):
        title = maker.paragraph_in_style(Style.TITLE)._p
        title.addnext(prose.subtitle_lines(maker, subtitle))
    for element in _below_title(maker, mark):
        prose.squeeze(maker, element, composition)
    fit_mark(maker, head, page)
    if head.form.head is not Head.DOUBLE_LINE:  # whose first page has a margin of its own
        _lower(maker, geometry.rise(page, composition.line))
    if head.is_preprinted:
        leave_out_red(maker)
    return maker, mark


def _lower(maker: Maker, rise: Length) -> None:
    """Leave page 1 where it is, though the margin of its section is less."""
    first = maker.document.element.body[0]
    if rise > standard.NOTHING:
        maker.space(first, before=maker.space_before(first) + rise)


def imprint_place(composition: Composition) -> ImprintPlace | None:
    """Where the 版记 stands; None where the document has none."""
    return composition.imprint_place if composition.imprint else None


def _written_alone(title: str, composition: Composition, *, knows_pages: bool = True) -> bytes:
    """What follows in the composition, without the head of the document and its text."""
    document, mark = filled_frame(composition)
    fit_page(document, composition.head.form, composition.page)
    body = document.element.body
    for element in list(body):
        if element is not mark and element.tag != w("w:sectPr"):
            body.remove(element)
    maker = Maker(document)
    maker.knows_pages = knows_pages
    maker.marks_blocks = True
    pages = [_pages(maker, thing, composition) for thing in composition.following]
    lay(maker, mark, pages, None, has_head=False)
    return finished(document, composition.edition, title)


def _below_title(maker: Maker, mark: Element) -> Iterator[Element]:
    """What the template has between title and text: 主送机关, or a blank line."""
    above = list(mark.itersiblings(preceding=True))
    styles = [maker.style_of(element) for element in above]
    if Style.TITLE in styles:
        yield from above[: styles.index(Style.TITLE)]


def parts(maker: Maker, composition: Composition) -> Iterator[Pages]:
    """The whole text in reading order: each text, and each attachment where it is printed."""
    own, text = prose.own_text(maker, composition)
    rise = geometry.rise(composition.page, composition.line)
    yield Pages(Orientation.PORTRAIT, own, rise, text)
    for thing in composition.following:
        yield _pages(maker, thing, composition)


def _pages(maker: Maker, thing: Composed, composition: Composition) -> Pages:
    """What begins a page, on pages of its orientation."""
    orientation = Orientation.PORTRAIT
    if isinstance(thing, ComposedAttached):
        orientation = thing.attachment.orientation
    elements, text = prose.following(maker, thing, composition.page)
    match thing:
        case ComposedAttached(inner=(ComposedFile(pages=(_, *_) as pages),)):
            return _pages_of_file(elements, pages)
        case _:
            is_numbered = not isinstance(thing, ComposedCover)
            return Pages(orientation, elements, text=text, is_numbered=is_numbered)


def _pages_of_file(elements: list[Element], pages: tuple[FilePage, ...]) -> Pages:
    """The title of a finished file above the first of its pages, each the way round that it is."""
    title, shown = elements[: -len(pages)], elements[-len(pages) :]
    both = zip(pages, shown, strict=True)
    first, *further = (
        Pages(orientation, [element for _, element in run])
        for orientation, run in groupby(both, lambda pair: pair[0].orientation)
    )
    return replace(first, elements=[*title, *first.elements], further=tuple(further))
