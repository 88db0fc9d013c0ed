"""Texts → paragraphs: headings, run-in headings, 附件说明, and what stands below the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, assert_never

from publisher import standard
from publisher.columns import width
from publisher.model import (
    Document,
    Edition,
    LevelForm,
    NumberedHeading,
    SetBlock,
    SetParagraph,
    SetText,
)
from publisher.renderers import typesetting
from publisher.renderers.docx.elements import Maker, w
from publisher.renderers.layout import Hold, Layout
from publisher.standard import PageProfile, Size
from publisher.styles import HEADINGS, RUN_IN_HEADINGS, Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LINE = standard.CHARACTERS_PER_LINE - 2
"""The characters that fit the first line of a paragraph."""


def own_text(maker: Maker, edition: Edition, layout: Layout) -> list[Element]:
    """The document's own text with all that stands below it, down to the 附注 (7.3.3 to 7.3.6)."""
    body, document = edition.body, edition.document
    text = list(blocks(maker, body.blocks))
    notes = list(attachment_notes(maker, body))
    if attendance := list(_attendance(maker, document)):
        text, notes = [*text, *notes, *attendance], []
    end = [*_signature(maker, document, layout.page), *_note(maker, document)]
    if end:
        for element in _held(text, notes, layout.hold):
            element[0].insert(1, maker.element("w:keepNext"))
    for element in (*text, *notes, *end):
        squeeze(maker, element, layout)
    return [*text, *notes, *end]


def _held(text: list[Element], notes: list[Element], hold: Hold) -> Iterator[Element]:
    """What stays on one page with what follows it, the signature at last (7.3.5.5)."""
    if hold is Hold.NOTHING:
        yield from [*text, *notes][-1:]
        return
    if hold is Hold.APART:
        return
    if text and (hold is Hold.LAST_LINE or _is_short(text[-1])):
        yield text[-1]
    yield from notes


def part_last_paragraph(maker: Maker, own: list[Element], edition: Edition, layout: Layout) -> None:
    """Begin the page of the signature with the text's last line, where nothing else helps.

    LibreOffice would take the whole paragraph to that page: none would be left on page 1 (7.3.2),
    or it would not find room there beside what stands below it.
    """
    given = edition.body.blocks
    if layout.hold is not Hold.LAST_LINE or not given or typesetting.attendance(edition.document):
        return
    lines = typesetting.block_lines(given[-1], layout.page)
    is_only = all(map(_is_bare_heading, given[:-1]))
    if len(lines) > 1 and (is_only or not _fits_page(len(lines), edition, layout)):
        paragraph = own[len(given) - 1]
        if maker.break_page(paragraph, len(lines[-1].text)):
            for kept in paragraph[0].findall(w("w:keepNext")):
                paragraph[0].remove(kept)


def _fits_page(lines: int, edition: Edition, layout: Layout) -> bool:
    """Whether so many lines of text have room on a page with 附件说明 and signature."""
    page = layout.page
    notes = sum(len(typesetting.note_lines(note, page)) for note in typesetting.notes(edition.body))
    below = notes + 1 + typesetting.signature_height(edition.document) + typesetting.SIGNATURE_SPACE
    return (lines + below) * layout.body_line.pt <= (
        standard.PAPER_HEIGHT - page.top - page.bottom
    ).pt


def _is_bare_heading(block: SetBlock) -> bool:
    return isinstance(block, NumberedHeading) and block.run_in is None


def _is_short(paragraph: Any) -> bool:
    """Whether a paragraph is one line: it goes with the signature wherever that goes (7.3.5.5).

    A longer one is asked to only where it must, for LibreOffice takes the whole of it to the next
    page, and Word its last line.
    """
    words = "".join(text.text or "" for text in paragraph.iter(w("w:t")))
    return width(words) <= _LINE


def squeeze(maker: Maker, element: Element, layout: Layout) -> None:
    """Set the document's own text at the pitch that keeps the signature with it (7.3.5.5)."""
    if layout.body_line == layout.page.line:
        return
    for paragraph in element.iter(w("w:p")):
        blank = maker.space_before(paragraph).pt / layout.page.line.pt
        maker.space(paragraph, before=layout.body_line * round(blank), line=layout.body_line)


def blocks(maker: Maker, given: Iterable[SetBlock]) -> Iterator[Element]:
    """Headings and paragraphs."""
    for block in given:
        match block:
            case NumberedHeading(run_in=None):
                yield _heading(maker, block)
            case NumberedHeading():
                yield _run_in(maker, block)
            case SetParagraph():
                yield maker.paragraph(Style.TEXT, *maker.inlines(block.content))
            case _:
                assert_never(block)


def _heading(maker: Maker, heading: NumberedHeading) -> Element:
    style = HEADINGS[heading.form]
    label = [maker.run(heading.label)] if heading.label else []
    paragraph: Element = maker.paragraph(style, *label, *maker.inlines(heading.content))
    if style.outline != heading.level - 1:  # levels that begin at another form, such as 1.
        paragraph[0].append(maker.value("w:outlineLvl", heading.level - 1))
    return paragraph


def _run_in(maker: Maker, heading: NumberedHeading) -> Element:
    words_style = None if heading.is_text else RUN_IN_HEADINGS[heading.form]
    # In regulations 第一条 stands out; what is counted below it is text.
    is_article = heading.form is LevelForm.ARTICLE
    label_style = Style.ARTICLE_LABEL if heading.is_text and is_article else words_style
    label = [maker.run(heading.label, label_style)] if heading.label else []
    paragraph: Element = maker.paragraph(
        Style.TEXT,
        *label,
        *maker.inlines(heading.content, words_style),
        *maker.inlines(heading.run_in or ()),
    )
    return paragraph


# -- below the text ---------------------------------------------------------------------


def attachment_notes(maker: Maker, text: SetText) -> Iterator[Element]:
    """附件说明, the numbers and the turn lines under one another (7.3.4)."""
    notes = typesetting.attachment_notes(text)
    several = len(notes) > 1
    for index, note in enumerate(notes):
        # A tab ends where the turn lines begin, however wide the number is.
        words = note.replace(". ", ".\t", 1) if several else note
        if index:
            yield maker.paragraph(Style.NEXT_NOTE, maker.run(words))
        else:
            style = Style.FIRST_NOTE if several else Style.ONLY_NOTE
            yield maker.paragraph(style, maker.run(f"附件：{words}"))


def _attendance(maker: Maker, document: Document) -> Iterator[Element]:
    """出席, 请假 and 列席 of a 纪要, the turn lines under the first name (10.3)."""
    for index, (label, names) in enumerate(typesetting.attendance(document)):
        style = Style.NEXT_ATTENDANCE if index else Style.FIRST_ATTENDANCE
        yield maker.paragraph(style, maker.run(label, Style.LABEL), maker.run(names))


def _signature(maker: Maker, document: Document, page: PageProfile) -> Iterator[Element]:
    rows = typesetting.signature_places(document)
    for index, row in enumerate(rows):
        blank = standard.SEAL_ROW_LINES - 1 if index else typesetting.SIGNATURE_SPACE
        yield _joint_row(maker, row, page, blank)
    for index, line in enumerate(typesetting.signature(document)):
        style = Style.DATE if _is_date(line) else Style.SIGNATURE
        blank = 0 if rows else typesetting.blank_lines_above(document, index)
        yield _signature_line(maker, style, line, page, blank)


def _signature_line(
    maker: Maker, style: Style, line: typesetting.SignatureLine, page: PageProfile, blank: int
) -> Element:
    """Words that end so far from the right edge, so many blank lines below what is above."""
    paragraph = maker.paragraph(style, maker.run(line.words))
    if blank:
        maker.space(paragraph, before=page.line * blank)
    em = Size.NO_3.length + page.tracking
    # Not in characters: Word would count those of 16 pt, without what is added to each.
    paragraph.pPr.append(maker.element("w:ind", right=(em * line.indent).twips))
    element: Element = paragraph
    return element


def _joint_row(
    maker: Maker, row: tuple[typesetting.NamePlace, ...], page: PageProfile, blank: int
) -> Element:
    """Names side by side, each where its seal will be (7.3.5.1).

    Tabs and no table: LibreOffice keeps no row of a table with what follows it.
    """
    paragraph = maker.paragraph(Style.JOINT_SIGNATURE, *(maker.run(f"\t{name}") for name, _ in row))
    em = Size.NO_3.length + page.tracking
    tabs = maker.element("w:tabs")
    for _, begin in row:
        tabs.append(maker.element("w:tab", val="left", pos=max((em * begin).twips, 1)))
    paragraph.pPr.append(tabs)
    maker.space(paragraph, before=page.line * blank)
    element: Element = paragraph
    return element


def _is_date(line: typesetting.SignatureLine) -> bool:
    return line.element == "成文日期"


def _note(maker: Maker, document: Document) -> Iterator[Element]:
    if document.note:
        yield maker.paragraph(Style.NOTE, maker.run(typesetting.remark(document)))
