"""An edition → its composition: the lines, heights and pages of all that is printed, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    Orientation,
    SetTable,
    Sides,
)
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedAttendance,
    ComposedBlocks,
    ComposedImprint,
    ComposedIssued,
    ComposedList,
    ComposedNotes,
    ComposedRecipients,
    ComposedRemark,
    ComposedSignature,
    ComposedTable,
    ComposedTitle,
    Composition,
    Hold,
    ImprintPlace,
)
from publisher.setting.head import composed_head, head_height
from publisher.setting.imprint import composed_imprint
from publisher.setting.own_text import OwnText, pitch
from publisher.setting.pages import Slab, fill, fits, room_on_page
from publisher.setting.paragraphs import (
    attendance_lines,
    composed_block,
    composed_notes,
    flush_lines,
    indented_lines,
)
from publisher.setting.signature import composed_signature
from publisher.setting.tables import composed_table, undivided
from publisher.setting.titles import composed_title
from publisher.standard import NOTHING, Length, PageProfile, page_profile


def compose(edition: Edition, *, divides_tables: bool = True) -> Composition:
    """The composition of an edition.

    Tables that it does not divide take no pages: then where the 版记 stands is not known.
    """
    return _Composer(edition, divides_tables=divides_tables).composition()


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
        body = tuple(self._composed(zones[Zone.BODY]))
        following = tuple(filter(_begins_page, body))
        title = next((thing for thing in body if isinstance(thing, ComposedTitle)), None)
        own = tuple(thing for thing in body if thing is not title and not _begins_page(thing))
        top = head_height(head, page) + _title_height(title, page)
        moved = _moves_recipients(own, top, page)
        if moved:
            own = tuple(thing for thing in own if not isinstance(thing, ComposedRecipients))
        slabs = _own_text(title, own, top)
        line, hold = pitch(slabs, page)
        pages = [*slabs.filled(hold, line, page).heights, *_following_pages(following, page)]
        imprint = composed_imprint(self._edition.document, _imprint(zones), moved=moved)
        return Composition(
            edition=self._edition,
            page=page,
            head=head,
            title=title,
            own=own,
            following=following,
            line=line,
            hold=hold,
            imprint=imprint,
            imprint_place=_imprint_place(self._edition, imprint, pages, page),
            text_pages=len(pages),
            parts_last_line=_parts_last_line(own, hold, line, page),
        )

    def _composed(
        self, elements: Iterable[Printed], orientation: Orientation = Orientation.PORTRAIT
    ) -> Iterator[Composed]:
        """What is printed, on pages of an orientation, in order."""
        document, page = self._edition.document, self._page
        is_landscape = orientation is Orientation.LANDSCAPE
        for element in elements:
            match element:
                case Title(text):
                    yield composed_title(text.title, document)
                case Subtitle() | Contents() | Cover():
                    pass
                case Recipients():
                    yield ComposedRecipients(element.organs, flush_lines(element.words, page))
                case Blocks(text):
                    yield ComposedBlocks(
                        tuple(composed_block(each, page, is_landscape) for each in text.blocks)
                    )
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
                case Issued(text, inner):
                    title = composed_title(text.title, document)
                    yield ComposedIssued(text, title, tuple(self._composed(inner)))
                case Attached():
                    yield self._attached(element)
                case _:
                    raise AssertionError(f"stands in no body: {element}")

    def _attached(self, attached: Attached) -> ComposedAttached:
        attachment, page = attached.attachment, self._page
        orientation = attachment.orientation
        title = composed_title(attachment.content.title, self._edition.document, orientation)
        inner: tuple[Composed, ...]
        match attachment.content:
            case SetTable() as table if self._divides_tables:
                head = page.line * _lines_above(title)
                inner = (composed_table(table, orientation, page, head),)
            case SetTable() as table:
                inner = (undivided(table, orientation, page),)
            case _:
                inner = tuple(self._composed(attached.inner, orientation))
        return ComposedAttached(attachment, title, inner)


def _begins_page(thing: Composed) -> bool:
    return isinstance(thing, ComposedIssued | ComposedAttached)


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
    filled = fill([*recipients, Slab(1)], page.line, room_on_page(page), top)
    return len(filled.heights) > 1


def _own_text(title: ComposedTitle | None, own: tuple[Composed, ...], top: Length) -> OwnText:
    # In the place of 主送机关 there is a blank line below a title.
    blank = (Slab(0, before=standard.RECIPIENTS_ABOVE),) if title else ()
    text, notes = _of(own, ComposedBlocks), _of(own, ComposedNotes)
    if attendance := _of(own, ComposedAttendance):  # which stands between them and the date
        text, notes = (*text, *notes, *attendance), ()
    return OwnText(
        top,
        _of(own, ComposedRecipients) or blank,
        text,
        notes,
        _of(own, ComposedSignature),
        _of(own, ComposedRemark),
    )


def _of(own: tuple[Composed, ...], kind: type[Composed]) -> tuple[Slab, ...]:
    return tuple(slab for thing in own if isinstance(thing, kind) for slab in _slabs(thing))


def _slabs(thing: Composed) -> Iterator[Slab]:
    """The lines of what is composed, as pages are filled with them."""
    match thing:
        case ComposedRecipients(lines=lines):
            yield Slab(len(lines), before=standard.RECIPIENTS_ABOVE)
        case ComposedBlocks(blocks):
            for each in blocks:
                block = each.block
                stands_alone = isinstance(block, NumberedHeading) and block.run_in is None
                yield Slab(len(each.lines), keeps_next=stands_alone)
        case ComposedNotes(notes):
            for index, note in enumerate(notes):
                before = 0 if index else standard.NOTES_ABOVE
                yield Slab(len(note.lines), before=before, is_whole=True)
        case ComposedAttendance(lists):
            for index, names in enumerate(lists):
                yield Slab(len(names.lines), before=0 if index else standard.NOTES_ABOVE)
        case ComposedSignature(height=height):
            yield Slab(height, before=standard.SIGNATURE_ABOVE, is_whole=True)
        case ComposedRemark(lines=lines):
            yield Slab(len(lines))
        case _:
            raise AssertionError(f"fills pages of its own: {thing}")


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


# -- what follows ---------------------------------------------------------------------------


def _following_pages(following: Iterable[Composed], page: PageProfile) -> Iterator[Length]:
    """How high the pages of what is issued, and of attachments, are filled; each begins one."""
    for thing in following:
        match thing:
            case ComposedIssued(_, title, inner):
                head = title.lines + standard.ISSUED_TITLE_BELOW
                yield from _filled(head, inner, page, room_on_page(page))
            case ComposedAttached(inner=(ComposedTable(filled=filled),)):
                yield from filled
            case ComposedAttached(attachment, title, inner):
                is_landscape = attachment.orientation is Orientation.LANDSCAPE
                room = standard.TYPE_AREA_WIDTH if is_landscape else room_on_page(page)
                yield from _filled(_lines_above(title), inner, page, room)


def _filled(
    head: int, inner: Iterable[Composed], page: PageProfile, room: Length
) -> tuple[Length, ...]:
    slabs = [Slab(head), *(slab for thing in inner for slab in _slabs(thing))]
    return fill(slabs, page.line, room).heights


def _lines_above(title: ComposedTitle) -> int:
    """附件 and its number, a blank line, its title, a blank line (7.3.7)."""
    return 1 + standard.ATTACHMENT_TITLE_ABOVE + title.lines + standard.ATTACHMENT_TITLE_BELOW


# -- the 版记 -------------------------------------------------------------------------------


def _imprint_place(
    edition: Edition,
    imprint: ComposedImprint | None,
    pages: list[Length],
    page: PageProfile,
) -> ImprintPlace:
    """The lower edge of the last page, which is even where both sides are printed (7.4.1)."""
    document = edition.document
    is_on_even_page = document.sides is Sides.BOTH and printed_form(document).has_imprint_lines
    is_even = len(pages) % 2 == 0
    if (is_even or not is_on_even_page) and _has_room(edition, imprint, pages[-1], page):
        return ImprintPlace.LAST_PAGE
    return ImprintPlace.AFTER_BLANK if is_on_even_page and is_even else ImprintPlace.NEXT_PAGE


def _has_room(
    edition: Edition, imprint: ComposedImprint | None, used: Length, page: PageProfile
) -> bool:
    attachments = edition.attachments
    if attachments and attachments[-1].orientation is Orientation.LANDSCAPE:
        return False
    bottom = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - page.top
    return fits(used + (imprint.height if imprint else NOTHING), bottom)
