"""Changes → `redline.docx`: the new document in Word, with tracked changes from the old one.

Whoever accepts all changes has the new document, and whoever rejects all has the old one: words,
tables and all that is generated, such as numbers, 附件说明 and 版记. Both versions are drawn as
they are always drawn, and then laid into one another.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.changes import (
    About,
    AlignedPart,
    AlignedTable,
    AlignedText,
    Changes,
    FileSide,
    Op,
    Role,
    TableSide,
    TextSide,
)
from publisher.compare.sides import one_side
from publisher.model import Edition, Orientation
from publisher.renderers import docx
from publisher.renderers.changes.redline_lines import merged, pairs
from publisher.renderers.changes.redline_notes import arrange_notes
from publisher.renderers.changes.redline_table import (
    one_sided,
    tracked_rows,
    tracked_table,
    whole_side,
)
from publisher.renderers.changes.redline_text import moves, text_items
from publisher.renderers.changes.tracked import Line, drawn, enclose, parted, settle, sign
from publisher.renderers.docx import footnotes
from publisher.renderers.docx.elements import Maker, copied, in_xml, w
from publisher.renderers.docx.imprint import fit_imprint
from publisher.renderers.docx.package import adopt_pictures, finished
from publisher.renderers.docx.sections import Pages, lay, needs_another
from publisher.renderers.docx.table import TableSetter
from publisher.setting import compose
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedBlocks,
    ComposedFile,
    ComposedIssued,
    ComposedTable,
    Composition,
)
from publisher.words.files import enclosed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    Item = Line | Element
    """A paragraph in the making, or a table."""

_ABOVE, _BELOW = -1, 1
_AFTER_TRACKING = ("w:defaultTabStop", "w:evenAndOddHeaders", "w:characterSpacingControl")


def render(changes: Changes, about: About) -> dict[str, bytes]:
    """`redline.docx`; its changes are by the author, and of the date, of the review."""
    return {"redline.docx": _redline(changes, *signature(changes, about))}


def signature(changes: Changes, about: About) -> tuple[str, str]:
    """Author and date of all its changes, as Word has them."""
    return in_xml(about.author) or changes.new.document.slug, _moment(about.date)


def _moment(date: datetime.datetime) -> str:
    """A moment as Word writes it, in the time of Greenwich."""
    return f"{date.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _redline(changes: Changes, author: str, date: str) -> bytes:
    """Both documents in one; the frame and its pages are those of the new one."""
    old, new = _Version(changes.old, is_old=True), _Version(changes.new)
    maker, edition = new.maker, changes.new
    _adopt_styles(maker, old.maker)
    if edition.document.form is not changes.old.document.form:
        _adopt_pictures(maker, old)
    sections = list(_sections(_parts(maker, changes, old, new)))
    imprint = docx.imprint_place(new.composition)
    below = _around(maker, old.below, new.below, _BELOW)
    of_text = len(sections)
    sections[0].items[:0] = _around(maker, old.above, new.above, _ABOVE)
    _hold_imprint(sections[-1].items, below)
    if needs_another(sections[-1].orientation, imprint):
        sections.append(_Section(Orientation.PORTRAIT, standard.NOTHING, below))
    else:
        sections[-1].items += below
    for element in (*new.above, *new.below):
        element.getparent().remove(element)  # type: ignore[union-attr]
    ahead = [*(_side(section) for section in sections[1:]), Op.EQUAL]
    placed = [list(_placed(maker, *both)) for both in zip(sections, ahead, strict=True)]
    _put_around(new.mark, [item for some in placed for item in some])
    pages = [
        Pages(
            section.orientation,
            [item.element for item in some if not item.place],
            section.rise,
            is_numbered=section.is_numbered,
        )
        for section, some in zip(sections[:of_text], placed, strict=False)
    ]
    lay(maker, new.mark, pages, imprint)
    arrange_notes(maker)
    _enclose_moves(maker, [item for some in placed for item in some])
    sign((maker.document.element.body, *footnotes.roots(maker.document)), author, date)
    _track(maker)
    return finished(maker.document, edition, edition.body.title)


class _Version:
    """One version: its frame in a document of Word, with a place for the text."""

    def __init__(self, edition: Edition, *, is_old: bool = False) -> None:
        self.edition = edition
        self.composition = composition = _composed(edition, is_old=is_old)
        self.tables = dict(_tables((*composition.own, *composition.following)))
        self.attached = {
            id(thing.attachment.content)
            for thing in composition.following
            if isinstance(thing, ComposedAttached)
        }
        self.maker, self.mark = docx.framed(composition)
        fit_imprint(self.maker.document, self.composition)
        self.above = list(self.mark.itersiblings(preceding=True))[::-1]
        self.below = [
            sibling for sibling in self.mark.itersiblings() if sibling.tag != w("w:sectPr")
        ]

    def parts(self, maker: Maker) -> Iterator[Pages]:
        """All that stands in the place of the mark, made for another document of Word."""
        shown = self.composition.without_tables()
        following = tuple(map(_without_pages, shown.following))
        return docx.parts(maker, replace(shown, following=following))

    def prints(self, part: AlignedPart, side: _AnySide) -> bool:
        """Whether it has a part, and that is bound with it: what is 另附 has a file of its own."""
        if side is None or part.role is not Role.ATTACHMENT:
            return side is not None
        return id(side.content) in self.attached

    def setter(self, maker: Maker, side: TableSide | None) -> TableSetter | None:
        """What sets a table of this version for another document of Word."""
        if side is None:
            return None
        composed, is_turned = self.tables[id(side.content)]
        # What is to be filled in cannot be tracked.
        composed = replace(composed, table=replace(composed.table, is_fillable=False))
        across = standard.text_width(self.composition.page, landscape=is_turned)
        return TableSetter(maker, composed, across)


def _composed(edition: Edition, *, is_old: bool) -> Composition:
    """A version as it is composed, its tables divided only where that is seen.

    Word divides them, where changes want it; their rows are drawn by `tracked_table`. The pages are
    those of the new version, whose 版记 stands where they end; a 目录 names those of its own.
    """
    if not any(text.contents for text in edition.prose):
        made = compose(edition, divides_tables=False)
        has_tables = any(text.tables for text in edition.prose)
        if is_old or not (made.imprint or has_tables):
            return made
    return compose(edition)


_AnySide = TextSide | TableSide | FileSide | None


def _without_pages(thing: Composed) -> Composed:
    """An attached PDF by what it is: Word holds its pages as pictures, which tell no change."""
    match thing:
        case ComposedAttached(inner=(ComposedFile(pages=(_, *_)) as file,)):
            words = enclosed(file.file).replace("。）", "，修订稿略去各页。）")
            return replace(thing, inner=(replace(file, words=words, pages=()),))
        case _:
            return thing


def _tables(
    things: Iterable[object], *, is_turned: bool = False
) -> Iterator[tuple[int, tuple[ComposedTable, bool]]]:
    """The tables of things by their identity, and whether their pages are turned."""
    for thing in things:
        match thing:
            case ComposedTable():
                yield id(thing.table), (thing, is_turned)
            case ComposedBlocks(blocks):
                yield from _tables(blocks, is_turned=is_turned)
            case ComposedIssued(inner=inner):
                yield from _tables(inner)
            case ComposedAttached(attachment, _, inner):
                turned = attachment.orientation is Orientation.LANDSCAPE
                yield from _tables(inner, is_turned=turned)


def _adopt_styles(maker: Maker, source: Maker) -> None:
    """Styles that only the template of the old version has, where its form was another."""
    styles = maker.document.styles.element
    known = {style.get(w("w:styleId")) for style in styles}
    for style in source.document.styles.element:
        if style.tag == w("w:style") and style.get(w("w:styleId")) not in known:
            styles.append(copied(style))


def _adopt_pictures(maker: Maker, old: _Version) -> None:
    """Pictures that the template of the old form has around the text, such as an emblem."""
    for element in (*old.above, *old.below):
        adopt_pictures(maker.document, element, old.maker.document)


def _track(maker: Maker) -> None:
    """Let Word track what is changed from now on."""
    settings: Any = maker.document.settings.element
    settings.insert_element_before(maker.element("w:trackRevisions"), *_AFTER_TRACKING)


# -- parts ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Section:
    """What stands on pages of one orientation."""

    orientation: Orientation
    rise: standard.Length
    items: list[Item]
    is_numbered: bool = True


def _sections(parts: Iterable[_Section]) -> Iterator[_Section]:
    kinds = groupby(parts, lambda part: (part.orientation, part.rise, part.is_numbered))
    for (orientation, rise, is_numbered), some in kinds:
        items = [item for part in some for item in part.items]
        yield _Section(orientation, rise, items, is_numbered)


def _parts(maker: Maker, changes: Changes, old: _Version, new: _Version) -> Iterator[_Section]:
    """All parts in order of print, each with what either version has of it."""
    names = moves(changes)
    olds, news = old.parts(maker), new.parts(maker)
    for aligned in changes.parts:
        is_there = old.prints(aligned, aligned.old), new.prints(aligned, aligned.new)
        if not any(is_there):
            continue
        part = _printed(aligned, *is_there)
        covers = [
            next(pages) if _has_cover(part, side) else None
            for side, pages in ((part.old, olds), (part.new, news))
        ]
        if cover := covers[1] or covers[0]:
            gone, come = (pages.elements if pages else [] for pages in covers)
            items = _around(maker, gone, come)
            yield _Section(cover.orientation, cover.rise, items, cover.is_numbered)
        before = next(olds) if part.old else None
        after = next(news) if part.new else None
        shown = after or before
        assert shown is not None
        befores, afters = _divided(part, before), _divided(part, after)
        items = [*_around(maker, befores[0], afters[0])]
        if isinstance(part, AlignedTable):
            items += _table(maker, part, old, new)
        elif isinstance(part, AlignedText):
            for item in text_items(maker, part, befores[1], afters[1], names):
                items += _table(maker, item, old, new) if isinstance(item, AlignedTable) else [item]
        items += _around(maker, befores[2], afters[2])
        yield _Section(shown.orientation, shown.rise, items)


def _printed(part: AlignedPart, old: bool, new: bool) -> AlignedPart:
    """A part as it is printed: of one that is 另附 in one version alone, the other's side."""
    if bool(part.old) is old and bool(part.new) is new:
        return part
    return one_side(part, Op.DELETED if old else Op.INSERTED, part.change or "")


def _table(maker: Maker, table: AlignedTable, old: _Version, new: _Version) -> list[Item]:
    """A table, between what stands above it and below it."""
    before, after = old.setter(maker, table.old), new.setter(maker, table.new)
    above = [side.above() if side else [] for side in (before, after)]
    below = [side.below() if side else [] for side in (before, after)]
    return [
        *_around(maker, above[0], above[1]),
        tracked_table(maker, table, before, after),
        *_around(maker, below[0], below[1]),
    ]


def _has_cover(part: AlignedPart, side: _AnySide) -> bool:
    """Whether a version prints a 封面 before a part; the document's own text has none."""
    return isinstance(side, TextSide) and side.content.has_cover and part.role is not Role.BODY


def _divided(part: AlignedPart, pages: Pages | None) -> list[list[Element]]:
    """The elements of a part above its text, table or file, those of its text, those below; of a
    text without its tables.
    """
    if pages is None:
        return [[], [], []]
    elements, text = pages.elements, pages.text
    if not isinstance(part, AlignedText):
        text = slice(len(elements), len(elements))
    return [elements[: text.start or 0], elements[text], elements[text.stop :]]


def _around(
    maker: Maker, old: Sequence[Element], new: Sequence[Element], place: int = 0
) -> list[Item]:
    """What is generated around the text."""
    items: list[Item] = []
    for before, after in pairs(old, new):
        shown = before if after is None else after
        if shown is None or shown.tag == w("w:p"):
            items.append(replace(merged(maker, before, after), place=place))
        elif before is not None and after is not None:
            items.append(tracked_rows(maker, before, after))
        else:
            items.append(one_sided(maker, shown, Op.INSERTED if before is None else Op.DELETED))
    return items


# -- putting it together ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """An element of the document; above the text, in it or below it."""

    element: Element
    place: int
    moves: tuple[tuple[str, Op], ...] = ()


def _side(section: _Section) -> Op:
    """The side that alone has a section; EQUAL where both have some of it."""
    sides = {item.mark if isinstance(item, Line) else whole_side(item) for item in section.items}
    return sides.pop() if len(sides) == 1 else Op.EQUAL


def _placed(maker: Maker, section: _Section, ahead: Op) -> Iterator[_Placed]:
    """The elements of a section; `ahead` is the side that alone has the next one."""
    place = _ABOVE if _has_above(section) else 0
    runs = [(kind, list(some)) for kind, some in groupby(section.items, _is_line)]
    for number, (are_lines, some) in enumerate(runs):
        if not are_lines:
            yield from (_Placed(table, place) for table in some if not isinstance(table, Line))
            continue
        lines = [item for item in some if isinstance(item, Line)]
        beyond = ahead if number == len(runs) - 1 else Op.EQUAL
        for line in parted(_settled(lines, beyond), beyond):
            place = line.place
            yield _Placed(drawn(maker, line), place, _moves_in(line))


def _settled(lines: list[Line], ahead: Op) -> list[Line]:
    """Lines up to a table or the end of a section, settled; so is the text above the 版记.

    LibreOffice loses a text box whose paragraph begins where what came or went ends. A section that
    came or went does so with the end of the one before it.
    """
    text = [line for line in lines if line.place != _BELOW]
    below = [line for line in lines if line.place == _BELOW]
    if ahead is Op.EQUAL or lines[-1].mark is not ahead:
        return settle([*settle(text), *below])
    return lines


def _hold_imprint(items: list[Item], below: list[Item]) -> None:
    """Let the last paragraph above the 版记 end on both sides, where all above came or went.

    Else there is no end to settle with: LibreOffice would lose a text box that stays, and keep one
    that goes where text came. The paragraph stays, empty.
    """
    lines = [line for line in takewhile(_is_line, reversed(items)) if isinstance(line, Line)]
    marks = {line.mark for line in lines}
    boxes = {line.mark for line in below if isinstance(line, Line)}
    if len(marks) != 1 or len(boxes) != 1:
        return
    stays = boxes == {Op.EQUAL} and len(lines) > 1
    if stays or marks == {box.reverse for box in boxes}:
        last = lines[0]
        shown = last.old if last.new is None else last.new
        items[-1] = replace(last, mark=Op.EQUAL, old=shown, new=shown, move=None)


def _is_line(item: Item) -> bool:
    return isinstance(item, Line)


def _has_above(section: _Section) -> bool:
    return any(isinstance(item, Line) and item.place == _ABOVE for item in section.items)


def _moves_in(line: Line) -> tuple[tuple[str, Op], ...]:
    """The moves that a paragraph has a part in: rarely more than one, at the end of a section."""
    of_mark = [(line.move, line.mark)] if line.move else []
    of_words = [(span.move, span.op) for span in line.spans if span.move]
    return tuple(dict.fromkeys((*of_mark, *of_words)))


def _put_around(mark: Element, placed: Iterable[_Placed]) -> None:
    """Put what is not of the text before and after the place of the text."""
    last = mark
    for item in placed:
        if item.place == _ABOVE:
            mark.addprevious(item.element)
        elif item.place == _BELOW:
            last.addnext(item.element)
            last = item.element


def _enclose_moves(maker: Maker, placed: Iterable[_Placed]) -> None:
    """Mark both ends of each move, under one name."""
    ends: dict[tuple[str, Op], list[Element]] = defaultdict(list)
    for item in placed:
        for move in item.moves:
            ends[move].append(item.element)
    for (name, op), elements in ends.items():
        enclose(maker, name, op, elements)
