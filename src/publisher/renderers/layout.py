"""Edition → what depends on how much fits a page: where tables are divided, where the 版记 is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from itertools import groupby

from publisher import standard
from publisher.model import (
    Edition,
    Form,
    Grouping,
    NumberedHeading,
    Orientation,
    RowGroup,
    SetAttachment,
    SetBlock,
    SetRow,
    SetTable,
    SetText,
    Sides,
)
from publisher.renderers import typesetting
from publisher.standard import Length, PageProfile, page_profile


class ImprintPlace(Enum):
    """Where the 版记 stands (GB/T 9704 7.4.1, 7.5)."""

    LAST_PAGE = "with the last of the text, on the lower edge of its page"
    NEXT_PAGE = "alone on the page that follows the text; numbered as any page"
    AFTER_BLANK = "alone on an even page after a blank one; neither is numbered"


class Hold(Enum):
    """What is kept on one page with the signature (GB/T 9704 7.3.5.5)."""

    NOTHING = "no pitch lets text and signature share a page: it takes along what is above it"
    AS_IT_FALLS = "the end of the text, which stands on the page of the signature anyway"
    APART = "not even the only line of text: it belongs on page 1"
    LAST_LINE = "the text's last line, though it would fit the page before, and the 附件说明"


TablePage = tuple[RowGroup, ...]
"""The rows on one page; a group that goes on there stands again, with its label."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What PDF and Word set alike, though neither program can be asked beforehand."""

    page: PageProfile
    recipients_in_imprint: bool
    """Whether 主送机关 moves to the 版记, for page 1 would show no text (7.3.2)."""
    body_line: Length
    """From line to line in the document's own text; another than the page's where the signature
    would stand on a page without text (7.3.5.5)."""
    hold: Hold
    """What of the document's own text goes with the signature to its page."""
    imprint: ImprintPlace
    tables: Mapping[int, tuple[TablePage, ...]]
    """For each attachment that is a table, by its ordinal, what stands on each of its pages."""
    text_pages: int
    """How many pages the text takes, up to the last with words besides the 版记."""


def lay_out(edition: Edition, *, divides_tables: bool = True) -> Layout:
    """The layout of an edition.

    Tables that it does not divide take no pages: then where the 版记 stands is not known.
    """
    page = page_profile(edition.document.bureau.page)
    moved = _moves_recipients(edition, page)
    own = _own(edition, page, moved)
    line, hold = _pitch(own, page)
    tables = {
        attachment.ordinal: _divided(attachment, edition, page)
        if divides_tables
        else _Divided((), ())
        for attachment in edition.attachments
        if isinstance(attachment.content, SetTable)
    }
    pages = list(_fill(own.held(hold), line, page, own.head))
    for text in edition.issued:
        pages += _fill(_issued_boxes(text, edition, page), page.line, page)
        pages += _attachment_pages(text.attachments, edition, page, tables)
    pages += _attachment_pages(edition.body.attachments, edition, page, tables)
    place = _imprint_place(edition, page, pages, moved)
    divided = {ordinal: one.pages for ordinal, one in tables.items()}
    return Layout(page, moved, line, hold, place, divided, len(pages))


# -- how text fills pages ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Box:
    """Lines of a paragraph, or what is kept whole."""

    lines: int
    before: float = 0.0
    """Blank lines above, which the top of a page swallows."""
    keeps_next: bool = False
    """Whether the first line of the next box stands on the same page as this box's last."""
    is_whole: bool = False


def _height(page: PageProfile) -> Length:
    return standard.PAPER_HEIGHT - page.top - page.bottom


def _fill(
    boxes: Sequence[_Box], line: Length, page: PageProfile, head: Length = standard.NOTHING
) -> tuple[Length, ...]:
    """How high the pages are filled with boxes, the first one below its head."""
    return _flow(boxes, line, page, head)[0]


_Span = tuple[int, int]
"""The pages of the first and of the last line of a box, from 0."""


def _flow(
    boxes: Sequence[_Box], line: Length, page: PageProfile, head: Length = standard.NOTHING
) -> tuple[tuple[Length, ...], list[_Span]]:
    """How high the pages are filled with boxes, the first one below its head; and their places."""
    height = _height(page)
    full = [head]
    spans = []
    for box, block in zip(boxes, _kept_lines(boxes), strict=True):
        above = box.before if full[-1] > standard.NOTHING else 0.0
        if not _fits(full[-1] + line * (above + block), height):
            full.append(standard.NOTHING)
            above = 0.0
        full[-1] = full[-1] + line * above
        first = len(full) - 1
        for index in range(box.lines):
            if not _fits(full[-1] + line, height):
                full.append(standard.NOTHING)
                first += index == 0
            full[-1] = full[-1] + line
        spans.append((first, len(full) - 1))
    return tuple(full), spans


def _fits(used: Length, height: Length) -> bool:
    return used.pt <= height.pt + _ROUNDING


_ROUNDING = 0.01


def _kept_lines(boxes: Sequence[_Box]) -> list[float]:
    """How many lines from the top of each box must stand together on one page."""
    kept: list[float] = []
    below: _Box | None = None
    for box in reversed(boxes):
        if box.keeps_next and below is not None:
            kept.append(box.lines + below.before + kept[-1])
        else:
            kept.append(box.lines if box.is_whole else 1)
        below = box
    return kept[::-1]


# -- the document's own text ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Own:
    """主送, text, 附件说明, signature and 附注 of a document."""

    head: Length
    """From the top of the text area of page 1 to the first of them."""
    recipients: tuple[_Box, ...]
    text: tuple[_Box, ...]
    notes: tuple[_Box, ...]
    signature: tuple[_Box, ...]
    remark: tuple[_Box, ...]

    def held(self, hold: Hold) -> tuple[_Box, ...]:
        """All of them, what is held made to stay with the next."""
        above: tuple[_Box, ...] = (*self.text, *self.notes)
        if above and self.signature and hold not in (Hold.AS_IT_FALLS, Hold.APART):
            kept = len(self.notes) + 1 if hold is Hold.LAST_LINE else 1
            rest, last = above[:-kept], above[-kept:]
            held = (replace(one, keeps_next=True) for one in last[1:])
            above = (*rest, *_with_last_line_held(last[0]), *held)
        return (*self.recipients, *above, *self.signature, *self.remark)


def _with_last_line_held(box: _Box) -> tuple[_Box, ...]:
    """A box in two, the second of which is the line that stays with what follows."""
    if box.is_whole or box.lines < _FEWEST_TO_DIVIDE:
        return (replace(box, keeps_next=True),)
    return replace(box, lines=box.lines - 1), _Box(1, keeps_next=True)


_FEWEST_TO_DIVIDE = 2


def _own(edition: Edition, page: PageProfile, moved: bool) -> _Own:
    text = _blocks(edition.body.blocks, page)
    notes = list(_notes(edition.body, page))
    if attendance := list(_attendance(edition, page)):  # which stands between them and the date
        text, notes = [*text, *notes, *attendance], []
    return _Own(
        typesetting.head_height(edition),
        tuple(_recipients(edition, page, moved)),
        tuple(text),
        tuple(notes),
        tuple(_signature(edition)),
        tuple(_remark(edition, page)),
    )


def _recipients(edition: Edition, page: PageProfile, moved: bool) -> Iterator[_Box]:
    words = typesetting.recipients(edition.document)
    if words and not moved:
        yield _Box(len(typesetting.flush_lines(words, page)), before=1)
    elif typesetting.has_title(edition):
        yield _Box(0, before=1)


def _blocks(
    blocks: Iterable[SetBlock], page: PageProfile, *, landscape: bool = False
) -> list[_Box]:
    return [
        _Box(
            len(typesetting.block_lines(block, page, landscape=landscape)),
            keeps_next=isinstance(block, NumberedHeading) and block.run_in is None,
        )
        for block in blocks
    ]


def _notes(text: SetText, page: PageProfile) -> Iterator[_Box]:
    for index, note in enumerate(typesetting.notes(text)):
        lines = len(typesetting.note_lines(note, page))
        yield _Box(lines, before=0 if index else 1, is_whole=True)


def _attendance(edition: Edition, page: PageProfile) -> Iterator[_Box]:
    for index, entry in enumerate(typesetting.attendance(edition.document)):
        yield _Box(len(typesetting.attendance_lines(entry, page)), before=0 if index else 1)


def _signature(edition: Edition) -> Iterator[_Box]:
    if lines := typesetting.signature_height(edition.document):
        yield _Box(lines, before=typesetting.SIGNATURE_SPACE, is_whole=True)


def _remark(edition: Edition, page: PageProfile) -> Iterator[_Box]:
    if edition.document.note:
        yield _Box(len(typesetting.indented_lines(typesetting.remark(edition.document), page)))


def _moves_recipients(edition: Edition, page: PageProfile) -> bool:
    """Whether page 1 would show no text below 主送机关 (7.3.2)."""
    if not typesetting.recipients(edition.document) or not edition.body.blocks:
        return False
    boxes = list(_recipients(edition, page, moved=False))
    before = _fill([*boxes, _Box(1)], page.line, page, typesetting.head_height(edition))
    return len(before) > 1


def _pitch(own: _Own, page: PageProfile) -> tuple[Length, Hold]:
    """The line pitch at which text stands on the page of the signature, and what is held there.

    The page's own pitch where that is so; else that of as few lines more on a page as do, else of
    fewer (7.3.5.5). Where none does, the text's last line goes along, unless page 1 would be left
    without text (7.3.2).
    """
    usual = round(_height(page).pt / page.line.pt)
    others = [_height(page) * (1 / (usual + more)) for more in _MORE_LINES]
    pitches = [page.line, *(Length(round(one.pt * 20 - 0.5) / 20) for one in others)]
    for hold in (Hold.AS_IT_FALLS, Hold.LAST_LINE):
        for line in pitches:
            if _is_well_placed(own, hold, line, page):
                return line, hold
    is_line = not own.notes and sum(box.lines for box in own.text) == 1
    return page.line, Hold.APART if is_line else Hold.NOTHING


_MORE_LINES = (1, 2, 3, -1, -2)
"""Than usual on a page: with others the height of the text is no longer that of the 版心."""


def _is_well_placed(own: _Own, hold: Hold, line: Length, page: PageProfile) -> bool:
    """Whether text stands on page 1 and on the page of the signature."""
    if not own.text or not own.signature:
        return True
    _, spans = _flow(own.held(hold), line, page, own.head)
    below = len(own.notes) + len(own.signature) + len(own.remark)
    signature = spans[-1 - len(own.remark)]
    last_line, first_line = spans[-1 - below], spans[len(own.recipients)]
    begins = first_line[0] == 0 or hold is Hold.AS_IT_FALLS
    return begins and last_line[1] == signature[0]


# -- what follows -----------------------------------------------------------------------


def _issued_boxes(text: SetText, edition: Edition, page: PageProfile) -> list[_Box]:
    title = typesetting.title_lines(text.title, edition.document)
    return [_Box(title + 1), *_blocks(text.blocks, page), *_notes(text, page)]


def _attachment_pages(
    attachments: Iterable[SetAttachment],
    edition: Edition,
    page: PageProfile,
    tables: Mapping[int, _Divided],
) -> Iterator[Length]:
    """How high the pages of attachments are filled, each of which begins one."""
    for attachment in attachments:
        landscape = attachment.orientation is Orientation.LANDSCAPE
        match attachment.content:
            case SetTable():
                yield from tables[attachment.ordinal].filled
            case SetText(blocks=blocks):
                shown = _turned(page) if landscape else page
                head = [_Box(_head_lines(attachment, edition))]
                boxes = [*head, *_blocks(blocks, page, landscape=landscape)]
                yield from _fill(boxes, page.line, shown)


def _turned(page: PageProfile) -> PageProfile:
    """A page whose height is that of a landscape one."""
    spare = standard.PAPER_HEIGHT - standard.TYPE_AREA_WIDTH
    return replace(page, top=spare * 0.5, bottom=spare * 0.5)


def _head_lines(attachment: SetAttachment, edition: Edition) -> int:
    """附件 and its number, a blank line, its title, a blank line (7.3.7)."""
    content, orientation = attachment.content, attachment.orientation
    return 3 + typesetting.title_lines(content.title, edition.document, orientation)


# -- tables -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _TableHeights:
    """How high the parts of a table are."""

    room: Length
    """On a page."""
    head: Length
    """What stands above the table on its first page."""
    header: Length
    grouping: Grouping
    rows: Mapping[str, Length]
    """By the anchors of rows."""
    banner: Length
    """The row that names a group; nothing where groups are merged cells."""
    labels: Mapping[str, Length]
    """The cells that name groups, by label; none where groups have rows of their own."""

    def page(self, groups: Iterable[RowGroup], *, first: bool) -> Length:
        """How high a page is filled with these rows."""
        used = self.header + self.head if first else self.header
        for group in groups:
            used = used + self.group(group)
        return used

    def group(self, group: RowGroup) -> Length:
        """How high the rows of a group are, with what names it."""
        drawn = group.drawn(self.grouping)
        rows = sum((self.rows[row.anchor] for row in drawn), start=standard.NOTHING)
        label = self.labels.get(group.label, standard.NOTHING)
        return max(rows, label) + (self.banner if group.label else standard.NOTHING)


def _table_heights(attachment: SetAttachment, edition: Edition, page: PageProfile) -> _TableHeights:
    table = attachment.content
    assert isinstance(table, SetTable)
    landscape = attachment.orientation is Orientation.LANDSCAPE
    across = standard.text_width(page, landscape=landscape)
    columns = typesetting.printed_columns(table)
    spread = typesetting.spread_columns(table)
    banners = table.grouping is Grouping.HEADING_ROW
    widths = {index: typesetting.column_width(table, index, across) for index in columns}

    @cache
    def cell(index: int, items: tuple[str, ...]) -> Length:
        lines = typesetting.cell_lines(items, widths[index])
        return standard.row_height(max(sum(map(len, lines)), 1))

    header = max(cell(index, (table.columns[index].name,)) for index in columns)
    group = table.group_column
    return _TableHeights(
        # What Word wants after a table, and the rules around it, take some room too.
        room=(standard.TYPE_AREA_WIDTH if landscape else _height(page)) - standard.SPACER_LINE * 2,
        head=page.line * _head_lines(attachment, edition),
        header=header,
        grouping=table.grouping,
        rows={
            row.anchor: max(
                cell(index, typesetting.printed_items(row.cells[index], is_spread=index in spread))
                for index in columns
                if index != group
            )
            for row in table.rows
        },
        banner=standard.row_height(1) if banners else standard.NOTHING,
        labels={one.label: cell(group, (one.label,)) for one in table.groups}
        if group is not None and not banners
        else {},
    )


@dataclass(frozen=True, slots=True)
class _Divided:
    """A table on its pages."""

    pages: tuple[TablePage, ...]
    filled: tuple[Length, ...]
    """How high each page is filled."""


def _divided(attachment: SetAttachment, edition: Edition, page: PageProfile) -> _Divided:
    heights = _table_heights(attachment, edition, page)
    table = attachment.content
    assert isinstance(table, SetTable)
    pages = tuple(_table_pages(table, heights))
    filled = (heights.page(rows, first=number == 0) for number, rows in enumerate(pages))
    return _Divided(pages, tuple(filled))


def _table_pages(table: SetTable, heights: _TableHeights) -> Iterator[TablePage]:
    """The rows that fit each page, whole ones; a group that goes on begins again with its label."""
    rows = [(group, row) for group in table.groups for row in group.rows]
    taken: list[tuple[RowGroup, SetRow]] = []
    first = True
    for pair in rows:
        candidate = [*taken, pair]
        if taken and not _fits(heights.page(_grouped(candidate), first=first), heights.room):
            yield _grouped(taken)
            taken, first = [pair], False
        else:
            taken = candidate
    yield _grouped(taken)


def _grouped(rows: Iterable[tuple[RowGroup, SetRow]]) -> TablePage:
    return tuple(
        replace(group, rows=tuple(row for _, row in pairs))
        for group, pairs in ((pair[0], [pair, *rest]) for pair, *rest in _by_group(rows))
    )


def _by_group(
    rows: Iterable[tuple[RowGroup, SetRow]],
) -> Iterator[list[tuple[RowGroup, SetRow]]]:
    for _, pairs in groupby(rows, lambda pair: pair[0].anchor):
        yield list(pairs)


# -- the 版记 ----------------------------------------------------------------------------


def _imprint_place(
    edition: Edition, page: PageProfile, pages: Sequence[Length], moved: bool
) -> ImprintPlace:
    """The lower edge of the last page, which is even where both sides are printed (7.4.1)."""
    document = edition.document
    both = document.sides is Sides.BOTH and document.form is not Form.LETTER
    is_even = len(pages) % 2 == 0
    if (is_even or not both) and _has_room(edition, page, pages[-1], moved):
        return ImprintPlace.LAST_PAGE
    return ImprintPlace.AFTER_BLANK if both and is_even else ImprintPlace.NEXT_PAGE


def _has_room(edition: Edition, page: PageProfile, used: Length, moved: bool) -> bool:
    attachments = edition.attachments
    if attachments and attachments[-1].orientation is Orientation.LANDSCAPE:
        return False
    bottom = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - page.top
    return _fits(used + typesetting.imprint_height(edition, moved=moved), bottom)
