"""A document and its edition → which bookmark of the Word file each of its lines is printed at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.forms import Element
from publisher.keys import KEYS
from publisher.model import (
    Block,
    Cell,
    Document,
    Edition,
    NameList,
    NumberedHeading,
    Place,
    Prose,
    Row,
    SetAttachment,
    SetBlock,
    SetNameList,
    SetTable,
    SetText,
    SourceLines,
    Table,
    notes_in,
    plain,
)
from publisher.provenance import mark_of

_KINDS = {
    Element.RECIPIENTS: "recipients",
    Element.SIGNATURE: "signature",
    Element.REMARK: "remark",
    Element.ATTENDANCE: "attendance",
    Element.ATTACHMENTS: "notes",
}
"""The parts of a text that an element of it is printed in."""
_KINDS_OF_KEYS = {key.name: _KINDS[key.element] for key in KEYS if key.element in _KINDS} | {
    "标题": "title",
    "题注": "subtitle",
    "署名": "signature",
}


@dataclass(frozen=True, slots=True)
class TypedWords:
    """Some words that are printed, and the lines that they were typed on."""

    mark: str
    """The bookmark at the paragraph that holds them."""
    words: str
    """Without what is generated; empty where they are no words of that paragraph."""
    lines: SourceLines
    place: Place


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell of a table."""

    mark: str
    """The bookmark in its row; of the head, in its table."""
    items: tuple[str, ...]
    place: Place


Typed = TypedWords | TypedCell


def typed(document: Document, edition: Edition) -> dict[tuple[str, int], list[Typed]]:
    """By file and line, what is printed of it, in the order in which it was typed."""
    by_line: dict[tuple[str, int], list[Typed]] = defaultdict(list)
    for each in _typed(document, edition):
        places = (place for _, place in each.lines) if isinstance(each, TypedWords) else ()
        for place in {each.place, *places}:
            by_line[place.file, place.line].append(each)
    return by_line


def _typed(document: Document, edition: Edition) -> Iterator[Typed]:
    yield from _front(document.places, document.front, edition.body.anchor)
    for prose, text in zip(document.texts, edition.texts, strict=True):
        yield from _text(prose, text, text.anchor)


def _text(prose: Prose, text: SetText, anchor: str) -> Iterator[Typed]:
    """A text whose elements are marked under an anchor, and all that is attached to it."""
    yield from _front(prose.own.places, (), anchor)
    blocks = iter(prose.blocks)
    for made in text.blocks:
        yield from _block(next(blocks), made)
        if isinstance(made, NumberedHeading) and made.run_in:
            yield from _words(next(blocks), made.anchor)
    for source, attachment in zip(prose.attachments, text.attachments, strict=True):
        if isinstance(source, Prose) and isinstance(attachment.content, SetText):
            yield from _text(source, attachment.content, attachment.anchor)
        elif isinstance(source, Table) and isinstance(attachment.content, SetTable):
            yield from _table(source, attachment.content, _of_table(attachment))


def _of_table(attachment: SetAttachment) -> str:
    return mark_of(f"{attachment.anchor}-rows")


def _front(
    places: tuple[tuple[str, Place], ...], lines: SourceLines, anchor: str
) -> Iterator[Typed]:
    """The keys of a front matter that a part of the text prints."""
    keys = sorted((place.line, name, place) for name, place in places)
    last = max((place.line for _, place in lines), default=0)
    ends = [*(line for line, _, _ in keys[1:]), max([last, *(line for line, _, _ in keys)]) + 1]
    for (start, name, place), end in zip(keys, ends, strict=False):
        if kind := _KINDS_OF_KEYS.get(name):
            own = tuple(("", Place(place.file, line)) for line in range(start, end))
            yield TypedWords(mark_of(f"{anchor}-{kind}"), "", own, place)


def _block(block: Block, made: SetBlock) -> Iterator[Typed]:
    if isinstance(block, Table) and isinstance(made, SetTable):
        yield from _table(block, made, mark_of(made.anchor))
    elif isinstance(block, NameList) and isinstance(made, SetNameList):
        entries = (entry for group in block.groups for entry in group.entries)
        for number, entry in enumerate(entries, 1):
            lines = tuple(line for line in block.lines if line[1].line == entry.place.line)
            mark = mark_of(f"{made.anchor}-{number}")
            yield TypedWords(mark, entry.words, lines, entry.place)
    else:
        yield from _words(block, made.anchor)


def _words(block: Block, anchor: str) -> Iterator[TypedWords]:
    mark = mark_of(anchor)
    yield TypedWords(mark, plain(block.content), block.lines, block.place)
    for note in notes_in(block.content):
        yield TypedWords(mark, "", note.lines, note.place)


def _table(table: Table, made: SetTable, mark: str) -> Iterator[TypedCell]:
    yield from (TypedCell(mark, cell.items, cell.place) for row in table.head for cell in row.cells)
    if not table.head:
        yield TypedCell(mark, (), table.place)
    for row, set_row in zip(table.rows, made.rows, strict=True):
        yield from (TypedCell(mark_of(set_row.anchor), *_of_cell(cell)) for cell in _cells(row))


def _cells(row: Row) -> tuple[Cell, ...]:
    return (*row.cells, *filter(None, [row.clause]))


def _of_cell(cell: Cell) -> tuple[tuple[str, ...], Place]:
    return cell.items, cell.place
