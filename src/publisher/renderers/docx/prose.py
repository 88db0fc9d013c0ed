"""Texts → paragraphs: headings, run-in headings, 附件说明, and what stands below the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, assert_never

from publisher import standard
from publisher.model import (
    LevelForm,
    NumberedHeading,
    NumberedItem,
    Orientation,
    SetNameList,
    SetParagraph,
)
from publisher.renderers.docx.elements import Maker, w
from publisher.renderers.docx.table import table_pages
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedAttendance,
    ComposedBlocks,
    ComposedIssued,
    ComposedNotes,
    ComposedRecipients,
    ComposedRemark,
    ComposedSignature,
    ComposedTable,
    Composition,
    Hold,
    NamePlace,
    SignatureLine,
)
from publisher.standard import PageProfile, Size
from publisher.styles import HEADINGS, RUN_IN_HEADINGS, Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def own_text(maker: Maker, composition: Composition) -> list[Element]:
    """The document's own text with all that stands below it, down to the 附注 (7.3.3 to 7.3.6)."""
    page, hold = composition.page, composition.hold
    made = {
        type(thing): list(written(maker, thing, page))
        for thing in composition.own
        if not isinstance(thing, ComposedRecipients)  # whose place is in the frame
    }
    text, notes = made.get(ComposedBlocks, []), made.get(ComposedNotes, [])
    if attendance := made.get(ComposedAttendance, []):
        text, notes = [*text, *notes, *attendance], []
    end = [*made.get(ComposedSignature, []), *made.get(ComposedRemark, [])]
    if end:
        for element in _held(text, notes, hold, is_short=_ends_in_one_line(composition)):
            element[0].insert(1, maker.element("w:keepNext"))
    for element in (*text, *notes, *end):
        squeeze(maker, element, composition)
    return [*text, *notes, *end]


def _held(
    text: list[Element], notes: list[Element], hold: Hold, *, is_short: bool
) -> Iterator[Element]:
    """What stays on one page with what follows it, the signature at last (7.3.5.5).

    A last paragraph of one line does, wherever the signature goes. A longer one is asked to only
    where it must, for LibreOffice takes the whole of it to the next page, and Word its last line.
    """
    if hold is Hold.NOTHING:
        yield from [*text, *notes][-1:]
        return
    if hold is Hold.APART:
        return
    if text and (hold is Hold.LAST_LINE or is_short):
        yield text[-1]
    yield from notes


def _ends_in_one_line(composition: Composition) -> bool:
    """Whether the last paragraph of the text is one line."""
    blocks = composition.of_own(ComposedBlocks)
    attendance = composition.of_own(ComposedAttendance)
    last = attendance.lists[-1:] if attendance else blocks.blocks[-1:] if blocks else ()
    return any(len(paragraph.lines) == 1 for paragraph in last)


def part_last_paragraph(maker: Maker, own: list[Element], composition: Composition) -> None:
    """Begin the page of the signature with the text's last line, where nothing else helps."""
    blocks = composition.of_own(ComposedBlocks)
    if not composition.parts_last_line or not blocks:
        return
    paragraph = own[len(blocks.blocks) - 1]
    if maker.break_page(paragraph, len(blocks.blocks[-1].lines[-1].text)):
        for kept in paragraph[0].findall(w("w:keepNext")):
            paragraph[0].remove(kept)


def squeeze(maker: Maker, element: Element, composition: Composition) -> None:
    """Set the document's own text at the pitch that keeps the signature with it (7.3.5.5)."""
    line, usual = composition.line, composition.page.line
    if line == usual:
        return
    for paragraph in element.iter(w("w:p")):
        blank = maker.space_before(paragraph).pt / usual.pt
        maker.space(paragraph, before=line * round(blank), line=line)


# -- a function a kind --------------------------------------------------------------------


def written(maker: Maker, thing: Composed, page: PageProfile) -> Iterator[Element]:
    """The paragraphs of what is composed."""
    yield from _WRITERS[type(thing)](maker, thing, page)


def _blocks(maker: Maker, blocks: ComposedBlocks, page: PageProfile) -> Iterator[Element]:
    """Headings and paragraphs."""
    for composed in blocks.blocks:
        match block := composed.block:
            case NumberedHeading(run_in=None):
                yield _heading(maker, block)
            case NumberedHeading():
                yield _run_in(maker, block)
            case NumberedItem():
                words = (maker.run(block.label), *maker.inlines(block.content))
                yield maker.paragraph(Style.TEXT, *words)
            case SetParagraph() | SetNameList():
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


def _notes(maker: Maker, notes: ComposedNotes, page: PageProfile) -> Iterator[Element]:
    """附件说明, the numbers and the turn lines under one another (7.3.4)."""
    is_numbered = len(notes.notes) > 1
    for index, note in enumerate(notes.notes):
        # A tab ends where the turn lines begin, however wide the number is.
        words = note.entry.replace(". ", ".\t", 1) if is_numbered else note.entry
        if index:
            yield maker.paragraph(Style.NEXT_NOTE, maker.run(words))
        else:
            style = Style.FIRST_NOTE if is_numbered else Style.ONLY_NOTE
            yield maker.paragraph(style, maker.run(f"附件：{words}"))


def _attendance(
    maker: Maker, attendance: ComposedAttendance, page: PageProfile
) -> Iterator[Element]:
    """出席, 请假 and 列席 of a 纪要, the turn lines under the first name (10.3)."""
    for index, names in enumerate(attendance.lists):
        style = Style.NEXT_ATTENDANCE if index else Style.FIRST_ATTENDANCE
        yield maker.paragraph(style, maker.run(names.label, Style.LABEL), maker.run(names.names))


def _signature(maker: Maker, signature: ComposedSignature, page: PageProfile) -> Iterator[Element]:
    for index, row in enumerate(signature.rows):
        blank = standard.SEAL_ROW_LINES - 1 if index else standard.SIGNATURE_ABOVE
        yield _joint_row(maker, row, page, blank)
    for line in signature.lines:
        yield _signature_line(maker, line, page)


def _signature_line(maker: Maker, line: SignatureLine, page: PageProfile) -> Element:
    """Words that end so far from the right edge, so many blank lines below what is above."""
    style = Style.DATE if line.is_date else Style.SIGNATURE
    paragraph = maker.paragraph(style, maker.run(line.words))
    if line.above:
        maker.space(paragraph, before=page.line * line.above)
    em = Size.NO_3.length + page.tracking
    # Not in characters: Word would count those of 16 pt, without what is added to each.
    paragraph.pPr.append(maker.element("w:ind", right=(em * line.indent).twips))
    element: Element = paragraph
    return element


def _joint_row(maker: Maker, row: tuple[NamePlace, ...], page: PageProfile, blank: int) -> Element:
    """Names side by side, each where its seal will be (7.3.5.1).

    Tabs and no table: LibreOffice keeps no row of a table with what follows it.
    """
    names = (maker.run(f"\t{place.name}") for place in row)
    paragraph = maker.paragraph(Style.JOINT_SIGNATURE, *names)
    em = Size.NO_3.length + page.tracking
    tabs = maker.element("w:tabs")
    for place in row:
        tabs.append(maker.element("w:tab", val="left", pos=max((em * place.left).twips, 1)))
    paragraph.pPr.append(tabs)
    maker.space(paragraph, before=page.line * blank)
    element: Element = paragraph
    return element


def _remark(maker: Maker, remark: ComposedRemark, page: PageProfile) -> Iterator[Element]:
    yield maker.paragraph(Style.NOTE, maker.run(remark.words))


# -- what begins a page -------------------------------------------------------------------


def _issued(maker: Maker, issued: ComposedIssued, page: PageProfile) -> Iterator[Element]:
    """What the document issues: its title, and what it says."""
    yield maker.paragraph(Style.ISSUED_TITLE, *maker.lines(issued.title.words))
    for thing in issued.inner:
        yield from written(maker, thing, page)


def _attached(maker: Maker, attached: ComposedAttached, page: PageProfile) -> Iterator[Element]:
    """An attachment: its number, its title, and what it says (7.3.7)."""
    attachment = attached.attachment
    yield maker.paragraph(Style.ATTACHMENT_LABEL, maker.run(attachment.label))
    yield maker.paragraph(Style.ATTACHMENT_TITLE, *maker.lines(attached.title.words))
    is_landscape = attachment.orientation is Orientation.LANDSCAPE
    across = standard.text_width(page, landscape=is_landscape)
    for thing in attached.inner:
        match thing:
            case ComposedTable():
                yield from table_pages(maker, thing, across)
            case _:
                yield from written(maker, thing, page)


def _recipients(
    maker: Maker, recipients: ComposedRecipients, page: PageProfile
) -> Iterator[Element]:
    yield maker.paragraph(Style.TEXT, maker.run(f"{recipients.organs}："))


_WRITERS: dict[type[Composed], Callable[[Maker, Any, PageProfile], Iterator[Element]]] = {
    ComposedRecipients: _recipients,
    ComposedBlocks: _blocks,
    ComposedNotes: _notes,
    ComposedAttendance: _attendance,
    ComposedSignature: _signature,
    ComposedRemark: _remark,
    ComposedIssued: _issued,
    ComposedAttached: _attached,
}
"""How each element is written; title and 主送机关 stand in the frame, tables in `table.py`."""
