"""An edition → its composition: the lines, heights and pages of all that is printed, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, zip_longest
from typing import assert_never

from publisher import standard
from publisher.forms import (
    Attached,
    Attendance,
    Blocks,
    Contents,
    Cover,
    Imprint,
    Issued,
    Notes,
    Printed,
    Recipients,
    Remark,
    Signature,
    Subtitle,
    Title,
    Zone,
    in_zones,
    printed,
    printed_form,
)
from publisher.model import (
    Edition,
    NumberedHeading,
    NumberedItem,
    Orientation,
    SetBlock,
    SetFile,
    SetNameList,
    SetParagraph,
    SetPicture,
    SetTable,
    SetText,
    Sides,
)
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedAttendance,
    ComposedBlock,
    ComposedBlocks,
    ComposedContents,
    ComposedEndnotes,
    ComposedFile,
    ComposedImprint,
    ComposedIssued,
    ComposedList,
    ComposedNames,
    ComposedNotes,
    ComposedPicture,
    ComposedRecipients,
    ComposedRemark,
    ComposedSeparate,
    ComposedSignature,
    ComposedSubtitle,
    ComposedTable,
    ComposedTitle,
    Composition,
    Hold,
    ImprintPlace,
    with_page_numbers,
    with_tables,
)
from publisher.setting.endnotes import composed_endnotes
from publisher.setting.files import composed_file, orientation_of
from publisher.setting.front import composed_contents, composed_cover, composed_subtitle
from publisher.setting.head import composed_head, head_height
from publisher.setting.imprint import composed_imprint
from publisher.setting.names import composed_names
from publisher.setting.own_text import OwnText, pitch
from publisher.setting.pages import Filled, Slab, fill, fits, room_on_page
from publisher.setting.paragraphs import (
    attendance_lines,
    composed_block,
    composed_notes,
    flush_lines,
    indented_lines,
    note_marks,
)
from publisher.setting.pictures import composed_picture
from publisher.setting.separate import bound, full_label, separate
from publisher.setting.signature import composed_signature
from publisher.setting.slabs import BEGIN_PAGES, following_pages, lines_above, slabs_of
from publisher.setting.table_pages import attached_table, divided, text_table
from publisher.setting.tables import undivided
from publisher.setting.titles import composed_title
from publisher.standard import NOTHING, Length, PageProfile, page_profile


def compose(edition: Edition, *, divides_tables: bool = True) -> Composition:
    """The composition of an edition.

    Tables that it does not divide take no pages: then where the 版记 stands is not known.
    """
    return _Composer(edition, divides_tables=divides_tables).composition()


_LEADS_IN = ("：", ":")
"""How words end that lead in to what stands below them."""


class _Composer:
    """Composes one edition."""

    def __init__(self, edition: Edition, *, divides_tables: bool) -> None:
        self._edition = edition
        self._divides_tables = divides_tables
        self._page = page_profile(edition.document.bureau.page)
        self._zones = in_zones(printed(edition))

    def composition(self) -> Composition:
        page, zones = self._page, self._zones
        head = composed_head(self._edition, zones[Zone.HEAD], page)
        body = tuple(self._composed(bound(zones[Zone.BODY])))
        following = tuple(thing for thing in body if isinstance(thing, BEGIN_PAGES))
        title = next((thing for thing in body if isinstance(thing, ComposedTitle)), None)
        not_own = (ComposedTitle, *BEGIN_PAGES)
        own = tuple(thing for thing in body if not isinstance(thing, not_own))
        top = head_height(head, page) + _title_height(title, page)
        moved = _moves_recipients(own, top, page)
        if moved:
            own = tuple(thing for thing in own if not isinstance(thing, ComposedRecipients))
        slabs = _own_text(title, own, top)
        line, hold = pitch(slabs, page)
        filled = (slabs.filled(hold, line, page), *following_pages(following, page))
        pages = [height for each in filled for height in each.heights]
        imprint = composed_imprint(self._edition.document, _imprint(zones), moved=moved)
        return Composition(
            edition=self._edition,
            page=page,
            head=head,
            title=title,
            own=tuple(_on_pages(own, filled)),
            following=tuple(_on_pages(following, filled)),
            line=line,
            hold=hold,
            imprint=imprint,
            imprint_place=_imprint_place(self._edition, imprint, following, pages, page),
            text_pages=len(pages),
            parts_last_line=_parts_last_line(own, hold, line, page),
            separate=tuple(self._separate(zones[Zone.BODY])),
            begins=_begins(filled)[1:],
        )

    def _separate(self, elements: Sequence[Printed]) -> Iterator[ComposedSeparate]:
        """The attachments that are not bound with the document."""
        for attachment, things in separate(elements):
            following = tuple(self._composed(things))
            filled = tuple(following_pages(following, self._page))
            yield ComposedSeparate(attachment, tuple(_on_pages(following, filled)))

    def _composed(
        self, elements: Sequence[Printed], orientation: Orientation = Orientation.PORTRAIT
    ) -> Iterator[Composed]:
        """What is printed, on pages of an orientation, in order; notes after all else of a text."""
        is_landscape = orientation is Orientation.LANDSCAPE
        has_contents = any(isinstance(element, Contents) for element in elements)
        for element in elements:
            match element:
                case Subtitle(words):
                    yield composed_subtitle(words, self._page, is_landscape)
                case Contents():
                    yield composed_contents(element, self._page, is_landscape)
                case Blocks(text):
                    blocks = tuple(self._blocks(text, is_landscape))
                    yield ComposedBlocks(blocks, begins_page=has_contents)
                case Cover():
                    yield composed_cover(element, self._edition.document)
                case Issued(text, inner):
                    title = composed_title(text.title, self._edition.document)
                    yield ComposedIssued(text, title, tuple(self._composed(inner)))
                case Attached():
                    yield self._attached(element)
                case _:
                    yield from self._beside_text(element)
        for element in elements:
            if isinstance(element, Blocks):
                yield from composed_endnotes(element.text, self._page, is_landscape)

    def _blocks(
        self, text: SetText, landscape: bool
    ) -> Iterator[ComposedBlock | ComposedNames | ComposedTable | ComposedPicture]:
        marks = note_marks(text)
        turned = Orientation.LANDSCAPE if landscape else Orientation.PORTRAIT
        for block, below in zip_longest(text.blocks, text.blocks[1:]):
            match block:
                case SetNameList():
                    yield composed_names(block, self._page, landscape)
                case SetTable():
                    yield text_table(block, turned, self._page)
                case SetPicture():
                    yield composed_picture(block, turned, self._page)
                case NumberedHeading() | NumberedItem() | SetParagraph():
                    made = composed_block(block, self._page, landscape, marks)
                    leads_in = made.lines[-1].text.endswith(_LEADS_IN) and _can_be_led_in(below)
                    yield replace(made, leads_in=leads_in)
                case _:
                    assert_never(block)

    def _beside_text(self, element: Printed) -> Iterator[Composed]:
        """What stands above and below a text."""
        page = self._page
        match element:
            case Title(text):
                yield composed_title(text.title, self._edition.document)
            case Recipients():
                yield ComposedRecipients(element.organs, flush_lines(element.words, page))
            case Notes(attachments):
                yield ComposedNotes(tuple(composed_notes(attachments, page)))
            case Attendance(lists):
                made = (
                    ComposedList(label, names, attendance_lines(label, names, page))
                    for label, names in lists
                )
                yield ComposedAttendance(tuple(made))
            case Signature():
                signature = composed_signature(element)
                if signature.height:
                    yield signature
            case Remark(words):
                yield ComposedRemark(words, indented_lines(words, page))
            case _:
                raise AssertionError(f"stands in no body: {element}")

    def _attached(self, attached: Attached) -> ComposedAttached:
        attachment, page = attached.attachment, self._page
        if isinstance(attachment.content, SetFile):
            attachment = replace(attachment, orientation=orientation_of(attachment.content, page))
        orientation = attachment.orientation
        title = composed_title(attachment.content.title, self._edition.document, orientation)
        inner: tuple[Composed, ...]
        head = page.line * (lines_above(title) + standard.ATTACHMENT_TITLE_BELOW)
        match attachment.content:
            case SetTable() as table if self._divides_tables:
                inner = (attached_table(table, orientation, page, head),)
            case SetTable() as table:
                inner = (undivided(table, orientation, page),)
            case SetPicture() as picture:
                inner = (composed_picture(picture, orientation, page, head),)
            case SetFile() as file:
                inner = (composed_file(file, page, head),)
            case _:
                inner = tuple(self._composed(attached.inner, orientation))
        label = full_label(attachment, self._edition.document.number)
        return ComposedAttached(attachment, title, inner, label)


def _can_be_led_in(block: SetBlock | None) -> bool:
    """Whether words stand right above a block: a turned picture has a page of its own."""
    is_turned = isinstance(block, SetPicture) and block.is_turned
    return isinstance(block, SetTable | SetPicture) and not is_turned


def _imprint(zones: dict[Zone, tuple[Printed, ...]]) -> Imprint | None:
    return next((thing for thing in zones[Zone.FOOT] if isinstance(thing, Imprint)), None)


# -- the document's own text ----------------------------------------------------------------


def _title_height(title: ComposedTitle | None, page: PageProfile) -> Length:
    """From what stands above the title to what stands below it, without the blank line there."""
    if title is None:
        return page.line * standard.ORDER_TEXT_ABOVE
    return page.line * standard.TITLE_ABOVE + page.line * title.lines


def _moves_recipients(own: tuple[Composed, ...], top: Length, page: PageProfile) -> bool:
    """Whether page 1 would show no text below 主送机关 (7.3.2)."""
    recipients, text = _of(own, ComposedRecipients), _of(own, ComposedBlocks)
    if not recipients or not text:
        return False
    above = (*_of(own, ComposedSubtitle), *recipients)
    filled = fill([*above, Slab(1)], page.line, room_on_page(page), top)
    return len(filled.heights) > 1


def _own_text(title: ComposedTitle | None, own: tuple[Composed, ...], top: Length) -> OwnText:
    # In the place of 主送机关 there is a blank line below a title.
    blank = (Slab(0, before=standard.RECIPIENTS_ABOVE),) if title else ()
    above = (*_of(own, ComposedRecipients), *_of(own, ComposedContents)) or blank
    above = (*_of(own, ComposedSubtitle), *above)
    text, notes = _of(own, ComposedBlocks), _of(own, ComposedNotes)
    if attendance := _of(own, ComposedAttendance):  # which stands between them and the date
        text, notes = (*text, *notes, *attendance), ()
    below = (*_of(own, ComposedRemark), *_of(own, ComposedEndnotes))
    return OwnText(top, above, text, notes, _of(own, ComposedSignature), below)


def _of(own: tuple[Composed, ...], kind: type[Composed]) -> tuple[Slab, ...]:
    return tuple(slab for thing in own if isinstance(thing, kind) for slab in slabs_of(thing))


def _parts_last_line(
    own: tuple[Composed, ...], hold: Hold, line: Length, page: PageProfile
) -> bool:
    """Whether the last paragraph has to be parted for its last line to go with the signature.

    LibreOffice would take the whole paragraph to that page: none would be left on page 1 (7.3.2),
    or it would not find room there beside what stands below it.
    """
    blocks = next((thing.blocks for thing in own if isinstance(thing, ComposedBlocks)), ())
    if hold is not Hold.LAST_LINE or not blocks or _of(own, ComposedAttendance):
        return False
    *before, last = _of(own, ComposedBlocks)
    below = (*_of(own, ComposedNotes), *_of(own, ComposedSignature))
    lines = last.lines + sum(slab.lines for slab in below)
    lines += standard.NOTES_ABOVE + standard.SIGNATURE_ABOVE
    is_only = all(slab.keeps_next for slab in before)
    return last.lines > 1 and (is_only or lines * line.pt > room_on_page(page).pt)


# -- what pages tell ------------------------------------------------------------------


def _on_pages(things: tuple[Composed, ...], filled: Sequence[Filled]) -> Iterator[Composed]:
    """The same, each 目录 with the pages of headings, and the tables in texts on their pages."""
    numbers = _page_numbers(filled)
    rooms = {name: room for each in filled for name, room in each.rooms.items()}

    def on_pages(table: ComposedTable) -> ComposedTable:
        name = table.table.anchor
        return divided(table, *rooms[name]) if name in rooms else table

    for thing in with_page_numbers(things, numbers):
        yield with_tables(thing, on_pages)


def _page_numbers(filled: Sequence[Filled]) -> dict[str, int]:
    """The numbers of the pages on which headings stand, and tables and finished files begin, by
    their anchors.
    """
    return {
        anchor: begin + place
        for each, begin in zip(filled, _begins(filled), strict=True)
        for anchor, place in each.places.items()
    }


def _begins(filled: Sequence[Filled]) -> tuple[int, ...]:
    """The number of the page that each begins."""
    counts = [len(each.heights) for each in filled[:-1]]
    return tuple(accumulate(counts, initial=1))


# -- the 版记 -------------------------------------------------------------------------------


def _imprint_place(
    edition: Edition,
    imprint: ComposedImprint | None,
    following: tuple[Composed, ...],
    pages: list[Length],
    page: PageProfile,
) -> ImprintPlace:
    """The lower edge of the last page, which is even where both sides are printed (7.4.1)."""
    document = edition.document
    is_on_even_page = document.sides is Sides.BOTH and printed_form(document).has_imprint_lines
    is_even = len(pages) % 2 == 0
    if (is_even or not is_on_even_page) and _has_room(following, imprint, pages[-1], page):
        return ImprintPlace.LAST_PAGE
    return ImprintPlace.AFTER_BLANK if is_on_even_page and is_even else ImprintPlace.NEXT_PAGE


def _has_room(
    following: tuple[Composed, ...],
    imprint: ComposedImprint | None,
    used: Length,
    page: PageProfile,
) -> bool:
    match following:
        case (*_, ComposedAttached(inner=(ComposedFile(pages=(*_, last)),))):
            orientation = last.orientation
        case (*_, ComposedAttached(attachment=attachment)):
            orientation = attachment.orientation
        case _:
            orientation = Orientation.PORTRAIT
    if orientation is Orientation.LANDSCAPE:
        return False
    bottom = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - page.top
    return fits(used + (imprint.height if imprint else NOTHING), bottom)
