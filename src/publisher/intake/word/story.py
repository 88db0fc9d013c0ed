"""The paragraphs and tables of a part of a file → its blocks, as they are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from posixpath import basename
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.source import (
    Look,
    Room,
    Run,
    SourceBlock,
    SourceParagraph,
    SourcePicture,
    SourceRemark,
    SourceSpot,
    SourceTable,
    paragraphs_in,
)
from publisher.intake.word import fields, revisions, tables
from publisher.intake.word.book import Book
from publisher.intake.word.choices import children
from publisher.intake.word.drawings import UNREADABLE, Drawings, PictureFile
from publisher.intake.word.fields import Fields
from publisher.intake.word.grid import PlacedCell, cells_of, rows_of
from publisher.intake.word.layout import ParagraphLayout, layout
from publisher.intake.word.log import Log
from publisher.intake.word.metafiles import words_of_metafile
from publisher.intake.word.names import R, W, switch, value
from publisher.intake.word.page_count import PageCount, RowPages
from publisher.intake.word.paragraph import (
    Inside,
    ParagraphReader,
    why_control_left_out,
)
from publisher.intake.word.pictures import picture
from publisher.intake.word.sections import PageSection
from publisher.intake.word.word_styles import ParagraphLook
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element

IN_PICTURE = "图片中的文字"
COVERED = "合并单元格中不显示的文字"
_WIDE = 0.8
"""Of the width of the text: how long a line is that reaches across it."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a paragraph is set, by its own settings and by its style."""

    element: _Element | None
    style: str
    look: ParagraphLook
    direct: ParagraphLayout


@dataclass(slots=True)
class _Pending:
    """A paragraph that is being read; it may run on into the next."""

    inside: Inside = field(default_factory=Inside)
    setting: _Setting | None = None
    """None before it has begun."""
    is_led: bool = False
    """Whether it goes on after a mark that is hidden, and is set as what stands before that."""


class Story:
    """Reads one part, or the inside of a text box or a note of it."""

    def __init__(self, book: Book, root: _Element, part: str, room: Room, pages: PageCount) -> None:
        self._book, self._part, self._room, self._pages = book, part, room, pages
        self._relations = book.package.relations(part)
        self._reader = ParagraphReader(
            book.styles,
            Fields(root),
            Drawings(book.package, part, book.taken),
            pages,
            self._note,
            book.comments,
            self._address,
            book.pieces,
            keeps_numbers=room not in (Room.HEADER, Room.FOOTER),
        )
        self._sections = book.sections if room is Room.TEXT else [PageSection()]
        self._section = 0
        self._pending = _Pending()
        self._breaks = False
        self._reason = ""

    # -- blocks ---------------------------------------------------------------------------

    def blocks(self, holder: _Element, cell: SourceSpot | None = None) -> Iterator[SourceBlock]:
        """The blocks of what holds paragraphs and tables."""
        yield from self._blocks(holder, cell)
        yield from self._finished(cell)  # its end was deleted, and nothing follows

    def _blocks(self, holder: _Element, cell: SourceSpot | None) -> Iterator[SourceBlock]:
        for child in children(holder):
            tag = child.tag
            if tag == f"{W}p":
                yield from self._paragraph(child, cell)
            elif tag == f"{W}tbl":
                if self._pending.inside.has_words:  # it cannot run on into a table
                    yield from self._finished(cell)
                yield from self._table(child, cell)
            elif tag == f"{W}altChunk":
                yield from self._finished(cell)
                relation = self._relations.get(str(child.get(f"{R}id") or ""))
                yield from self._book.insert(relation)
            elif tag == f"{W}sdt":
                yield from self._control(child, cell)
            elif tag == f"{W}bookmarkStart":
                self._pending.inside.note_mark(child)
            elif tag == f"{W}commentRangeStart":
                self._pending.inside.comments.append(self._book.comments.begin(child))
            elif tag == f"{W}commentRangeEnd":
                self._book.comments.end(child)
            elif tag in revisions.GONE:
                if kind := revisions.GONE[str(tag)]:
                    self._book.log.remark(revisions.remark(kind, child, revisions.words_in(child)))
            elif tag not in (f"{W}sectPr", f"{W}tcPr", f"{W}sdtPr"):
                yield from self._blocks(child, cell)

    def _control(self, control: _Element, cell: SourceSpot | None) -> Iterator[SourceBlock]:
        before = self._reason
        self._reason = before or why_control_left_out(control)
        for content in control.findall(f"{W}sdtContent"):
            yield from self._blocks(content, cell)
        self._reason = before

    # -- paragraphs -----------------------------------------------------------------------

    def _paragraph(self, element: _Element, cell: SourceSpot | None) -> Iterator[SourceBlock]:
        settings = element.find(f"{W}pPr")
        style = value(settings, "pStyle")
        look = self._book.styles.paragraph(style)
        direct = layout(settings)
        if direct.over(look.layout).begins_page:
            self._breaks = True
            self._pages.broke()
        pending = self._pending
        if not pending.is_led:
            pending.setting = _Setting(settings, style or "", look, direct)
        self._reader.read(element, look.characters, pending.inside, self._reason)
        self._tell_of_changes(settings)
        is_hidden = _is_hidden(settings, look)
        pending.is_led = is_hidden and pending.inside.has_words
        pending.inside.is_hidden = is_hidden and not pending.inside.has_words
        if not (pending.is_led or revisions.ends_deleted(element) or _is_drop_cap(settings)):
            yield from self._finished(cell)
        if settings is not None and settings.find(f"{W}sectPr") is not None:
            yield from self._finished(cell)
            self._end_section()

    def _tell_of_changes(self, settings: _Element | None) -> None:
        mark = revisions.mark_of(settings, "pPrChange")
        if mark is not None:
            remark = revisions.remark(revisions.FORMATTED, mark, "段落格式")
            self._pending.inside.log.remark(remark)

    def _end_section(self) -> None:
        self._section = min(self._section + 1, len(self._sections) - 1)
        if self._sections[self._section].begins_page:
            self._breaks = True
            self._pages.broke()

    def _finished(self, cell: SourceSpot | None) -> Iterator[SourceBlock]:
        """The paragraph that was begun, with the text boxes before and behind it, and pictures."""
        inside, setting = self._pending.inside, self._pending.setting
        if setting is None:
            return
        self._pending = _Pending()
        inside.without_page_number()
        frames = [
            (frame, is_behind or drawn.is_below)
            for drawn, is_behind in inside.drawn
            for frame in drawn.frames
        ]
        for frame, is_behind in frames:
            if not is_behind:
                yield from self._frame(frame, cell)
        yield from self._itself(inside, setting, cell)
        for frame, is_behind in frames:
            if is_behind:
                yield from self._frame(frame, cell)

    def _itself(
        self, inside: Inside, setting: _Setting, cell: SourceSpot | None
    ) -> Iterator[SourceBlock]:
        room = Room.FRAME if _is_framed(setting.element) else self._room
        number = self._book.spot(room, inside.page or self._pages.page, cell)
        self._book.comments.stand_in(number, inside.comments)
        self._book.comments.show("\n")
        section = self._sections[self._section]
        rule = max((drawn.rule for drawn, _ in inside.drawn), default=0)
        shown, label, level = self._numbered(setting)
        if inside.is_hidden:  # Word puts such in, that the next one be counted further
            label, level = "", None
        marks = tuple(inside.marks)
        paragraph = SourceParagraph(
            number, tuple(inside.runs), label, level, room=room, marks=marks
        )
        size = paragraph.main_run.size or setting.look.characters.size or 1
        paragraph = replace(
            paragraph,
            look=Look(
                style=setting.look.name,
                outline=shown.outline or None,
                alignment=shown.alignment,
                first=shown.first(size),
                left=shown.left(size),
                right=shown.right(size),
                begins_page=self._breaks or inside.breaks_before,
                is_ruled=bool(shown.is_ruled) or (0 < section.width * _WIDE <= rule),
                columns=section.columns,
                is_landscape=section.is_landscape,
            ),
        )
        self._breaks = inside.breaks_after
        said = _pictured_marks(inside)
        for words in said:
            look = replace(paragraph.look, style=Style.MARK.word_name)
            yield replace(paragraph, runs=(Run(words),), look=look)
        pictures = [
            replace(each, is_landscape=section.is_landscape)
            for each in self._pictures(inside, number)
        ]
        is_blank = not (pictures or said or inside.log.left_out or inside.is_within_left_out)
        if inside.has_words or label or (is_blank and not inside.is_hidden):
            yield paragraph
        else:  # all of it is left out, or it is there for its pictures
            self._breaks |= paragraph.look.begins_page and not pictures
        yield from pictures
        self._book.log.add(inside.log.numbered(number))

    def _numbered(self, setting: _Setting) -> tuple[ParagraphLayout, str, int | None]:
        """How a paragraph is set, the number before it, and the level of its list from 1."""
        numbering, direct, look = self._book.numbering, setting.direct, setting.look
        merged = direct.over(look.layout)
        level = merged.level
        if direct.numbering is None and direct.level is None and look.numbered:
            of_style = numbering.level_of_style(merged.numbering, look.numbered)
            level = of_style if of_style is not None else level
        level = level or 0
        listed = numbering.level(merged.numbering, level)
        if listed is None:
            return merged, "", None
        if direct.numbering is not None:
            merged = direct.over(listed.layout.over(look.layout))
        else:
            merged = merged.over(listed.layout)
        return merged, numbering.label(merged.numbering, level), level + 1

    def _pictures(self, inside: Inside, number: int) -> Iterator[SourcePicture]:
        for drawn, _ in inside.drawn:
            inside.log.add(drawn.log)
            for file in drawn.pictures:
                if file.is_mark:
                    continue
                try:
                    yield picture(file, self._book.package.parts[file.part], number, self._room)
                except Unreadable as error:
                    self._tell_of_picture(file, str(error), inside.log)

    def _tell_of_picture(self, file: PictureFile, why: str, log: Log) -> None:
        """Of a picture that cannot be kept: why, and the words that it writes."""
        log.remark(SourceRemark(UNREADABLE, f"{why}（{basename(file.part)}）"))
        if file.part not in self._book.taken:
            self._book.taken.add(file.part)
            words = words_of_metafile(self._book.package.parts[file.part])
            log.leave_out(words, IN_PICTURE)
            self._book.elsewhere.append(words)

    def _frame(self, frame: _Element, cell: SourceSpot | None) -> Iterator[SourceBlock]:
        room = Room.FRAME if self._room is Room.TEXT else self._room
        story = Story(self._book, frame, self._part, room, self._pages)
        yield from story.blocks(frame, cell)

    # -- what marks refer to --------------------------------------------------------------

    def _note(self, mark: _Element) -> tuple[tuple[Run, ...], Log] | None:
        note = self._book.notes.take(mark)
        if note is None:
            return None
        inside = Inside()
        waiting = deque([(note, self._book.notes.part(str(mark.tag)))])
        with self._book.comments.aside():
            while waiting:
                holder, part = waiting.popleft()
                story = NoteStory(self._book, holder, part)
                story.add_to(inside)
                waiting += story.further
        return tuple(inside.runs), inside.log

    def _address(self, identifier: str) -> str:
        relation = self._relations.get(identifier)
        return fields.address(relation.target) if relation else ""

    # -- tables ---------------------------------------------------------------------------

    def _table(self, element: _Element, cell: SourceSpot | None) -> Iterator[SourceBlock]:
        first = len(self._book.spots) + 1
        if cell is None:
            self._book.tables += 1
        for remark in revisions.of_table(element):
            self._book.log.remark(replace(remark, number=first))
        breaks, self._breaks = self._breaks, False
        section = self._sections[self._section]
        marks = tuple(self._pending.inside.marks)
        self._pending.inside.marks.clear()
        rows = RowPages(self._pages)

        def read(place: PlacedCell) -> tuple[SourceBlock, ...]:
            rows.begin_cell(place.row)
            number = len(self._book.spots)
            blocks = self._cell(place, cell)
            rows.end_cell([spot.page for spot in self._book.spots[number : number + 1]])
            return blocks

        made = tables.table(element, first, read, self._book.styles)
        rows.end()
        if len(self._book.spots) < first:
            self._book.spot(self._room, self._pages.page, cell)
        if not made.cells:  # all of it was deleted
            self._breaks |= breaks
            return
        yield replace(
            made,
            room=self._room,
            begins_page=breaks or _first_begins_page(made),
            is_landscape=section.is_landscape,
            marks=marks + tuple(mark for each in paragraphs_in((made,)) for mark in each.marks),
        )

    def _cell(self, place: PlacedCell, outer: SourceSpot | None) -> tuple[SourceBlock, ...]:
        spot = outer or SourceSpot(
            table=self._book.tables, row=place.row + 1, column=place.column + 1, room=self._room
        )
        pending, self._pending = self._pending, _Pending()
        reason, self._reason = self._reason, self._reason or _why_cell_left_out(place.cell)
        blocks = tuple(self.blocks(place.cell, spot))
        self._pending, self._reason = pending, reason
        for row, covered in place.covered:
            self._leave_out(covered, outer or replace(spot, row=row + 1))
        return blocks

    def _leave_out(self, covered: _Element, spot: SourceSpot) -> None:
        """A cell that another covers: Word keeps its words, and shows them no more."""
        for block in self.blocks(covered, spot):
            if isinstance(block, SourceParagraph) and block.typed.strip():
                log = Log()
                log.leave_out(block.typed, COVERED)
                self._book.log.add(log.numbered(block.number))


class NoteStory(Story):
    """Reads a note, or a text box in one: the words belong to the paragraph that has its mark."""

    def __init__(self, book: Book, holder: _Element, part: str) -> None:
        super().__init__(book, holder, part, Room.FRAME, PageCount())
        self._holder = holder
        self.further: list[tuple[_Element, str]] = []
        """The notes to it and the text boxes in it, which stand below its own words."""

    def add_to(self, inside: Inside) -> None:
        """Its words, a line for each paragraph."""
        inside.drawn = []
        for paragraph in list(_paragraphs(self._holder)) or [self._holder]:
            if inside.has_words:
                inside.add(Run("\n"))
            settings = paragraph.find(f"{W}pPr")
            look = self._book.styles.paragraph(value(settings, "pStyle"))
            self._reader.read(paragraph, look.characters, inside)
        for drawn, _ in inside.drawn:
            inside.log.add(drawn.log)
            self.further += [(frame, self._part) for frame in drawn.frames]
            for file in drawn.pictures:
                self._tell_of_picture(file, "注释里的图片", inside.log)

    def _note(self, mark: _Element) -> None:
        note = self._book.notes.take(mark)
        if note is not None:
            self.further.append((note, self._book.notes.part(str(mark.tag))))


def _paragraphs(holder: _Element) -> Iterator[_Element]:
    """All paragraphs that a note shows, those in cells too."""
    for child in children(holder):
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tbl":
            for row in rows_of(child):
                for cell in cells_of(row):
                    yield from _paragraphs(cell)
        elif child.tag not in revisions.GONE:
            yield from _paragraphs(child)


def _why_cell_left_out(cell: _Element) -> str:
    """Why the words of a cell become no content: a control around it or its row says so."""
    around = takewhile(lambda each: each.tag != f"{W}tbl", cell.iterancestors())
    reasons = (why_control_left_out(each) for each in around if each.tag == f"{W}sdt")
    return next(filter(None, reasons), "")


def _is_framed(settings: _Element | None) -> bool:
    return settings is not None and settings.find(f"{W}framePr") is not None


def _is_drop_cap(settings: _Element | None) -> bool:
    """Whether a paragraph is the large first character of the next."""
    frame = None if settings is None else settings.find(f"{W}framePr")
    return value(frame, "", "dropCap") not in (None, "none")


def _is_hidden(settings: _Element | None, look: ParagraphLook) -> bool:
    """Whether the mark at the end of a paragraph is hidden: without words it is not seen."""
    mark = None if settings is None else settings.find(f"{W}rPr")
    direct = switch(mark, "vanish")
    return bool(look.characters.is_hidden if direct is None else direct)


def _first_begins_page(made: SourceTable) -> bool:
    first = made.cells[0].blocks[:1] if made.cells else ()
    return any(isinstance(each, SourceParagraph) and each.look.begins_page for each in first)


def _pictured_marks(inside: Inside) -> list[str]:
    """What each 发文机关标志 of ours says that is a picture."""
    drawn = (contents.pictures[:1] for contents, _ in inside.drawn)
    return [file.alternative for first in drawn for file in first if file.is_mark]
