"""What is composed → the slabs of its lines, and the pages of what begins pages of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publisher import standard
from publisher.model import NumberedHeading, Orientation
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
    ComposedNames,
    ComposedNotes,
    ComposedPicture,
    ComposedRecipients,
    ComposedRemark,
    ComposedSignature,
    ComposedSubtitle,
    ComposedTable,
    ComposedTitle,
)
from publisher.setting.pages import Filled, Slab, fill, room_on_page
from publisher.setting.pictures import picture_slab
from publisher.setting.table_pages import table_slab
from publisher.standard import Length, PageProfile

BEGIN_PAGES = (ComposedCover, ComposedIssued, ComposedAttached)
"""What follows the document's own text."""


def slabs_of(thing: Composed) -> Iterator[Slab]:
    """The lines of what is composed, as pages are filled with them."""
    match thing:
        case ComposedSubtitle(lines=lines):
            yield Slab(len(lines))
        case ComposedRecipients(lines=lines):
            yield Slab(len(lines), before=standard.RECIPIENTS_ABOVE)
        case ComposedContents(entries=entries):
            yield Slab(1, before=standard.CONTENTS_ABOVE, keeps_next=True)
            for index, entry in enumerate(entries):
                yield Slab(len(entry.lines), before=0 if index else standard.CONTENTS_BELOW)
        case ComposedBlocks(blocks, begins_page):
            slabs = (slab for block in blocks for slab in _slabs_of_block(block))
            for index, slab in enumerate(slabs):
                yield replace(slab, begins_page=slab.begins_page or (begins_page and not index))
        case ComposedNotes(notes):
            for index, note in enumerate(notes):
                before = 0 if index else standard.NOTES_ABOVE
                keeps_next = not index and len(notes) > 1
                yield Slab(len(note.lines), before=before, keeps_next=keeps_next, is_whole=True)
        case ComposedAttendance(lists):
            for index, names in enumerate(lists):
                yield Slab(len(names.lines), before=0 if index else standard.NOTES_ABOVE)
        case ComposedSignature(height=height):
            yield Slab(height, before=standard.SIGNATURE_ABOVE, is_whole=True)
        case ComposedRemark(lines=lines):
            yield Slab(len(lines))
        case ComposedEndnotes(notes=endnotes):
            for index, endnote in enumerate(endnotes):
                before = 0 if index else standard.ENDNOTES_ABOVE
                yield Slab(0, before, standard.ENDNOTE_LINE * len(endnote.lines), is_whole=True)
        case ComposedPicture():
            yield picture_slab(thing)
        case ComposedFile(lines=lines):
            yield Slab(len(lines))
        case _:
            raise AssertionError(f"fills pages of its own: {thing}")


def _slabs_of_block(
    composed: ComposedBlock | ComposedNames | ComposedTable | ComposedPicture,
) -> Iterator[Slab]:
    match composed:
        case ComposedPicture():
            yield picture_slab(composed)
        case ComposedNames(entries=entries):
            for entry in entries:
                yield Slab(len(entry.lines))
        case ComposedTable():
            yield table_slab(composed)
        case ComposedBlock(NumberedHeading() as heading, lines):
            stands_alone = heading.run_in is None
            yield Slab(len(lines), keeps_next=stands_alone, anchor=heading.anchor)
        case ComposedBlock(_, lines, leads_in=True):
            yield from Slab(len(lines)).with_last_line_held()
        case ComposedBlock(_, lines):
            yield Slab(len(lines))


def following_pages(following: Iterable[Composed], page: PageProfile) -> Iterator[Filled]:
    """The pages of what is issued, and of attachments; each begins one."""
    for thing in following:
        match thing:
            case ComposedCover():
                yield Filled((room_on_page(page),), ())
            case ComposedIssued(_, title, inner):
                below = standard.ISSUED_TITLE_BELOW
                yield _filled(title.lines, below, inner, page, room_on_page(page))
            case ComposedAttached(inner=(ComposedTable(filled=filled),)):
                yield Filled(filled, ())
            case ComposedAttached(attachment, inner=(ComposedFile(pages=(_, *_) as pages),)):
                *before, last = pages
                heights = (_room(each.orientation, page) for each in before)
                yield Filled((*heights, last.filled - page.top), (), {attachment.anchor: 0})
            case ComposedAttached(attachment, title, inner):
                room = _room(attachment.orientation, page)
                below = standard.ATTACHMENT_TITLE_BELOW
                yield _filled(lines_above(title), below, inner, page, room)


def _room(orientation: Orientation, page: PageProfile) -> Length:
    """How high the text area of a page of an orientation is."""
    is_landscape = orientation is Orientation.LANDSCAPE
    return standard.TYPE_AREA_WIDTH if is_landscape else room_on_page(page)


def _filled(
    head: int, below: int, inner: Iterable[Composed], page: PageProfile, room: Length
) -> Filled:
    """The pages of a title and what stands below it; a 题注 belongs to the title.

    What ends right above a signature has its last line on the page of that.
    """
    things = tuple(inner)
    subtitles = tuple(thing for thing in things if isinstance(thing, ComposedSubtitle))
    above = [slab for thing in subtitles for slab in slabs_of(thing)]
    text: list[Slab] = []
    for thing in things[len(subtitles) :]:
        if isinstance(thing, ComposedSignature):
            text[-1:] = [held for slab in text[-1:] for held in slab.with_last_line_held()]
        text += slabs_of(thing)
    text[:1] = [replace(slab, before=max(slab.before, below)) for slab in text[:1]]
    return fill([Slab(head), *above, *text], page.line, room)


def lines_above(title: ComposedTitle) -> int:
    """附件 and its number, a blank line, and its title (7.3.7)."""
    return 1 + standard.ATTACHMENT_TITLE_ABOVE + title.lines
