"""Texts → paragraphs: headings, items, lists of names, and what stands above and below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, assert_never

from publisher import standard
from publisher.model import (
    LevelForm,
    NumberedHeading,
    NumberedItem,
    Orientation,
    SetParagraph,
    Strong,
)
from publisher.renderers.docx.contents import contents_field, entry_of_run_in
from publisher.renderers.docx.elements import Maker, w
from publisher.renderers.docx.pictures import file_elements, file_pages, picture_elements
from publisher.renderers.docx.table import table_elements
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedAttendance,
    ComposedBlock,
    ComposedBlocks,
    ComposedContents,
    ComposedCover,
    ComposedEndnotes,
    ComposedFile,
    ComposedIssued,
    ComposedList,
    ComposedName,
    ComposedNames,
    ComposedNotes,
    ComposedPicture,
    ComposedRecipients,
    ComposedRemark,
    ComposedSignature,
    ComposedSubtitle,
    ComposedTable,
    Composition,
    Hold,
    NamePlace,
    SignatureLine,
)
from publisher.setting.lines import IDEOGRAPHIC_SPACE, Line
from publisher.setting.pages import room_on_page
from publisher.setting.wholes import width
from publisher.standard import PageProfile, Size
from publisher.styles import HEADINGS, OWN_PITCH, RUN_IN_HEADINGS, Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def own_text(maker: Maker, composition: Composition) -> tuple[list[Element], slice]:
    """The document's own text with all that stands below it, down to the 附注 (7.3.3 to 7.3.6).

    And which of the paragraphs are the blocks of the text.
    """
    page, hold = composition.page, composition.hold
    # 题注 and 主送机关 have their places in the frame.
    things = [
        thing
        for thing in composition.own
        if not isinstance(thing, ComposedRecipients | ComposedSubtitle)
    ]
    own = in_order(maker, things, page, composition.edition.body.anchor)
    made = {type(thing): elements for thing, elements in own}
    above, blocks = made.get(ComposedContents, []), made.get(ComposedBlocks, [])
    for heading in above[:1]:
        maker.space(heading, before=page.line * standard.CONTENTS_ABOVE)
    text, notes = blocks, made.get(ComposedNotes, [])
    if attendance := made.get(ComposedAttendance, []):
        text, notes = [*text, *notes, *attendance], []
    end = [*made.get(ComposedSignature, []), *made.get(ComposedRemark, [])]
    if end:
        end_of_text = list(_end(maker, text))
        moves = _ends_in_one_line(composition) or _has_blocks_apart(composition)
        for element in _held(end_of_text, notes, hold, moves=moves):
            maker.keep_next(element)
    whole = [*above, *text, *notes, *end]
    for element in whole:
        squeeze(maker, element, composition)
    return whole, slice(len(above), len(above) + len(blocks))


def _held(
    end: list[Element], notes: list[Element], hold: Hold, *, moves: bool
) -> Iterator[Element]:
    """What stays on one page with what follows it, the signature at last (7.3.5.5).

    A last paragraph that `moves` does, wherever the signature goes: one line, or more where nobody
    knows beforehand. Another is asked to only where it must, for LibreOffice takes the whole of it
    to the next page, and Word its last line.
    """
    if hold is Hold.NOTHING:
        yield from notes[-1:] or end
        return
    if hold is Hold.APART:
        return
    if hold is Hold.LAST_LINE or moves:
        yield from end
    yield from notes


def _end(maker: Maker, text: list[Element]) -> Iterator[Element]:
    """The last paragraph of a text; where a table ends it, all from the last row on."""
    for element in reversed(text):
        if element.tag == w("w:tbl"):
            yield from element[-1].iter(w("w:p"))
            return
        yield element
        if maker.style_of(element) not in (Style.AFTER_TABLE, Style.TABLE_NOTE):
            return


def _has_blocks_apart(composition: Composition) -> bool:
    """Whether tables or pictures stand in the text: programs differ in how high they are, so that
    the signature may fall to another page than in print.
    """
    blocks = composition.of_own(ComposedBlocks)
    apart = (ComposedTable, ComposedPicture)
    return blocks is not None and any(isinstance(block, apart) for block in blocks.blocks)


def _ends_in_one_line(composition: Composition) -> bool:
    """Whether the last paragraph of the text is one line, or a row of a table."""
    blocks = composition.of_own(ComposedBlocks)
    attendance = composition.of_own(ComposedAttendance)
    last = attendance.lists[-1:] if attendance else blocks.blocks[-1:] if blocks else ()
    return any(
        isinstance(block, ComposedTable | ComposedPicture) or len(_last_lines(block)) == 1
        for block in last
    )


def _last_lines(
    block: ComposedBlock | ComposedNames | ComposedList,
) -> tuple[Line, ...]:
    """The lines of the last paragraph of a block."""
    return block.entries[-1].lines if isinstance(block, ComposedNames) else block.lines


def part_last_paragraph(maker: Maker, text: list[Element], composition: Composition) -> None:
    """Begin the page of the signature with the text's last line, where nothing else helps."""
    blocks = composition.of_own(ComposedBlocks)
    if not composition.parts_last_line or not blocks:
        return
    paragraph, last = text[-1], blocks.blocks[-1]
    if isinstance(last, ComposedTable | ComposedPicture):
        return
    if maker.break_page(paragraph, len(_last_lines(last)[-1].text)):
        for kept in paragraph[0].findall(w("w:keepNext")):
            paragraph[0].remove(kept)


def squeeze(maker: Maker, element: Element, composition: Composition) -> None:
    """Set the document's own text at the pitch that keeps the signature with it (7.3.5.5).

    Tables, what stands around them, and pictures have a pitch of their own.
    """
    line, usual = composition.line, composition.page.line
    if line == usual or element.tag == w("w:tbl") or maker.style_of(element) in OWN_PITCH:
        return
    for paragraph in element.iter(w("w:p")):
        blank = maker.space_before(paragraph).pt / usual.pt
        maker.space(paragraph, before=line * round(blank), line=line)


# -- in order -----------------------------------------------------------------------------


def in_order(
    maker: Maker,
    things: Iterable[Composed],
    page: PageProfile,
    anchor: str,
    *,
    is_turned: bool = False,
) -> Iterator[tuple[Composed, list[Element]]]:
    """The paragraphs of each thing of a text, which has an anchor; what stands below a 目录 begins
    a page.
    """
    contents: ComposedContents | None = None
    begins_page = False
    for thing in things:
        elements = _elements(maker, thing, page, is_turned=is_turned)
        if begins_page and elements:
            maker.begin_page(elements[0])
        if isinstance(thing, ComposedBlocks) and contents:
            maker.set_place(contents.text.anchor, elements)
        maker.mark(f"{anchor}-{thing.kind}", _marked(thing, elements))
        begins_page = isinstance(thing, ComposedContents)
        contents = thing if isinstance(thing, ComposedContents) else contents
        yield thing, elements


def _marked(thing: Composed, elements: list[Element]) -> list[Element]:
    """Of a thing's elements those that one bookmark is at; blocks have their own, and what Word
    counts anew would lose it.
    """
    match thing:
        case ComposedBlocks() | ComposedContents():
            return []
        case ComposedTable():
            return _tables_in(elements)[:1]
        case _:
            return elements


def _elements(
    maker: Maker, thing: Composed, page: PageProfile, *, is_turned: bool
) -> list[Element]:
    """The paragraphs and tables of a thing, on pages that may be turned."""
    match thing:
        case ComposedTable():
            across = standard.text_width(page, landscape=is_turned)
            return list(table_elements(maker, thing, across))
        case ComposedBlocks():
            return list(_blocks(maker, thing, page, is_turned=is_turned))
        case ComposedContents():
            return list(contents_field(maker, thing, page, is_turned=is_turned))
        case _:
            return list(_WRITERS[type(thing)](maker, thing, page))


def following(maker: Maker, thing: Composed, page: PageProfile) -> tuple[list[Element], slice]:
    """What begins a page of its own, and which of the paragraphs are the blocks of its text."""
    match thing:
        case ComposedIssued(text, title, inner):
            anchor = text.anchor
            above = [maker.paragraph(Style.ISSUED_TITLE, *maker.lines(title.words))]
            is_turned = False
        case ComposedAttached(attachment, title, inner, label):
            anchor = attachment.anchor
            above = [
                maker.paragraph(Style.ATTACHMENT_LABEL, maker.run(label)),
                maker.paragraph(Style.ATTACHMENT_TITLE, *maker.lines(title.words)),
            ]
            is_turned = attachment.orientation is Orientation.LANDSCAPE
        case ComposedCover():
            return list(_cover(maker, thing, page)), slice(0)
        case _:
            raise AssertionError(f"begins no page: {thing}")
    maker.mark(f"{anchor}-title", above[-1:])
    if any(isinstance(below, ComposedSubtitle) for below in inner):
        maker.space(above[-1], after=standard.NOTHING)
    for file in inner:
        if isinstance(thing, ComposedAttached) and isinstance(file, ComposedFile) and file.pages:
            return [*above, *file_pages(maker, thing, file)], slice(0)
    blocks = slice(0)
    for below, elements in in_order(maker, inner, page, anchor, is_turned=is_turned):
        if isinstance(below, ComposedBlocks):
            blocks = slice(len(above), len(above) + len(elements))
        if isinstance(below, ComposedSignature):  # which stands on no page alone
            maker.keep_next(above[-1])
        above += elements
    return above, blocks


# -- the blocks of a text -----------------------------------------------------------------


def _blocks(
    maker: Maker, blocks: ComposedBlocks, page: PageProfile, *, is_turned: bool
) -> Iterator[Element]:
    """Headings, items and paragraphs, one each; of a list of names one for each entry; tables."""
    for composed in blocks.blocks:
        match composed:
            case ComposedNames():
                for number, entry in enumerate(composed.entries, 1):
                    paragraph = _name(maker, entry, composed, page)
                    maker.mark(f"{composed.block.anchor}-{number}", [paragraph])
                    yield paragraph
            case ComposedBlock(block):
                paragraph = _block(maker, block)
                if composed.leads_in:
                    maker.keep_next(paragraph)
                if isinstance(block, NumberedHeading):
                    maker.set_place(block.anchor, [paragraph])
                maker.mark(block.anchor, [paragraph])
                yield paragraph
            case ComposedTable(table):
                across = standard.text_width(page, landscape=is_turned)
                elements = list(table_elements(maker, composed, across))
                maker.mark(table.anchor, _tables_in(elements)[:1])
                yield from elements
            case ComposedPicture(picture):
                elements = list(picture_elements(maker, composed, page))
                maker.mark(picture.anchor, elements[:1])
                yield from elements
            case _:
                assert_never(composed)


def _tables_in(elements: list[Element]) -> list[Element]:
    return [element for element in elements if element.tag == w("w:tbl")]


def _block(maker: Maker, block: NumberedHeading | NumberedItem | SetParagraph) -> Any:
    match block:
        case NumberedHeading(run_in=None):
            return _heading(maker, block)
        case NumberedHeading():
            return _run_in(maker, block)
        case NumberedItem():
            return _item(maker, block)
        case SetParagraph():
            style = Style.NUMBERED_MORE if block.depth else Style.TEXT
            return maker.paragraph(style, *maker.inlines(block.content))
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
    entry = entry_of_run_in(maker, heading) if maker.is_place(heading.anchor) else ()
    paragraph: Element = maker.paragraph(
        Style.TEXT,
        *entry,
        *label,
        *maker.inlines(heading.content, words_style),
        *maker.inlines(heading.run_in or ()),
    )
    return paragraph


def _item(maker: Maker, item: NumberedItem) -> Element:
    """A numbered paragraph; what leads it stands with its number in the face of its level."""
    style = RUN_IN_HEADINGS.get(item.form, Style.ITEM_WORDS) if item.lead else None
    lead = (
        inline for strong in item.lead if isinstance(strong, Strong) for inline in strong.content
    )
    paragraph: Element = maker.paragraph(
        Style.NUMBERED,
        maker.run(item.label, style),
        *maker.inlines(lead, style),
        *maker.inlines(item.content[len(item.lead) :]),
    )
    return paragraph


def _name(maker: Maker, entry: ComposedName, names: ComposedNames, page: PageProfile) -> Element:
    """An entry of a list: tabs lead to where names and offices begin, and turn lines hang there.

    What fills its column needs none, and what is wider pushes what stands behind it.
    """
    label = [maker.run(entry.label, Style.LABEL)] if entry.label else []
    words = entry.name
    if entry.label and width(entry.label) < names.names - standard.TEXT_INDENT:
        words = f"\t{words}"
    if office := entry.entry.office:
        has_room = width(entry.name) < names.offices - names.names
        words += ("\t" if has_room else IDEOGRAPHIC_SPACE) + office
    paragraph: Any = maker.paragraph(Style.NAMES, *label, maker.run(words))
    em = Size.NO_3.length + page.tracking
    tabs = maker.element("w:tabs")
    for place in dict.fromkeys((names.names, names.offices)):
        tabs.append(maker.element("w:tab", val="left", pos=(em * place).twips))
    indents = {"left": em * entry.indent, "hanging": em * -entry.first}
    twips = {side: length.twips for side, length in indents.items()}
    paragraph.pPr.extend((tabs, maker.element("w:ind", **twips)))
    made: Element = paragraph
    return made


# -- above and below the text -------------------------------------------------------------


def subtitle_lines(maker: Maker, subtitle: ComposedSubtitle) -> Any:
    """A 题注 in the lines of its composition: no other would be as even."""
    return maker.paragraph(
        Style.SUBTITLE, maker.run("\n".join(line.text for line in subtitle.lines))
    )


def _subtitle(maker: Maker, subtitle: ComposedSubtitle, page: PageProfile) -> Iterator[Element]:
    """题注 of a text inside the document, and the blank line that would be below its title."""
    paragraph = subtitle_lines(maker, subtitle)
    maker.space(paragraph, after=page.line * standard.ISSUED_TITLE_BELOW)
    yield paragraph


def _recipients(
    maker: Maker, recipients: ComposedRecipients, page: PageProfile
) -> Iterator[Element]:
    yield maker.paragraph(Style.INNER_RECIPIENTS, maker.run(f"{recipients.organs}："))


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
            first = maker.paragraph(style, maker.run(f"附件：{words}"))
            if is_numbered:  # which is left alone on no page
                maker.keep_next(first)
            yield first


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


def _endnotes(maker: Maker, endnotes: ComposedEndnotes, page: PageProfile) -> Iterator[Element]:
    """Nothing: in Word notes stand at the foot of their pages."""
    yield from ()


def _cover(maker: Maker, cover: ComposedCover, page: PageProfile) -> Iterator[Element]:
    """封面: the title, and at the foot of its page who made the text, and when."""
    yield maker.paragraph(Style.COVER_TITLE, *maker.lines(cover.title.words))
    foot = [maker.paragraph(Style.COVER_NAME, maker.run(name)) for name in cover.names]
    if cover.date:
        foot.append(maker.paragraph(Style.COVER_DATE, maker.run(cover.date)))
    taken = standard.COVER_TITLE_ABOVE + cover.title.lines + len(foot) + standard.COVER_FOOT_BELOW
    left = room_on_page(page) - page.line * taken
    for first in foot[:1]:
        maker.space(first, before=max(left, page.line))
    yield from foot


_WRITERS: dict[type[Composed], Callable[[Maker, Any, PageProfile], Iterator[Element]]] = {
    ComposedSubtitle: _subtitle,
    ComposedRecipients: _recipients,
    ComposedNotes: _notes,
    ComposedAttendance: _attendance,
    ComposedSignature: _signature,
    ComposedRemark: _remark,
    ComposedEndnotes: _endnotes,
    ComposedPicture: picture_elements,
    ComposedFile: file_elements,
}
"""How other elements of a text are written; a title stands in the frame or above its text, tables
are in `table.py`, 目录 in `contents.py`."""
