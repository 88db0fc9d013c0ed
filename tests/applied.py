"""The old document and its changes → the new one: what no change tells of comes from the old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from publisher.changes import (
    AlignedBlock,
    AlignedColumn,
    AlignedPart,
    AlignedTable,
    AlignedText,
    Changes,
    Laid,
    Op,
    words_of,
)
from publisher.keys import value_of
from publisher.model import (
    Attachment,
    Block,
    Cell,
    Column,
    ColumnRole,
    Document,
    Heading,
    Item,
    NameEntry,
    NameGroup,
    NameList,
    Paragraph,
    Prose,
    Row,
)


def apply(changes: Changes, old: Document) -> Document:
    """The document that the changes make of `old`; its slug and bureau stay those of `old`.

    What no change tells of is taken from `old`; serials of rows and identifiers of headings alone
    come from the new side, as all that is generated does. ValueError where these are the changes
    of another document.
    """
    if old != changes.old.document:
        raise ValueError("these are the changes of another document")
    document = old
    for element in changes.elements:
        if element.change:
            document = _with(document, element.field, value_of(changes.new.document, element.field))
    subtitle = document.body.subtitle
    parts = (_part(part) for part in changes.parts if part.new)
    body = next(parts)
    assert isinstance(body, Prose)
    issued = tuple(_attached(prose, parts) for prose in changes.new.document.issued)
    body = replace(_attached(changes.new.document.body, parts, body), subtitle=subtitle)
    return replace(document, issued=issued, body=body)


_Holder = TypeVar("_Holder", Document, Prose)


def _with(holder: _Holder, field: str, given: object) -> _Holder:
    """The same with another value for a field; `web.` and `own.` lead into a part of it."""
    part, _, name = field.rpartition(".")
    if part:
        made = replace(getattr(holder, part), **{name: given})
        return replace(holder, **{part: made})
    return replace(holder, **{name: given})  # type: ignore[arg-type]


def _attached(shape: Prose, parts: Iterator[Attachment], made: Prose | None = None) -> Prose:
    """The next text with as many attachments as `shape` has."""
    text = made or next(parts)
    assert isinstance(text, Prose)
    attachments = tuple(
        _attached(attachment, parts) if isinstance(attachment, Prose) else next(parts)
        for attachment in shape.attachments
    )
    return replace(text, attachments=attachments)


def _part(part: AlignedPart) -> Attachment:
    assert part.new
    title = words_of(part.title, Op.DELETED)
    if isinstance(part, AlignedText):
        text = (part.new if part.change or part.old is None else part.old).source
        # The end of a paragraph that was merged into the next is not there any more.
        there = [block for block in part.blocks if block.mark is not Op.DELETED]
        text = replace(text, title=title, blocks=tuple(_blocks(there)), attachments=())
        for element in part.elements:
            if element.change:
                text = _with(text, element.field, value_of(part.new.source, element.field))
        return text
    table = (part.new if part.change or part.old is None else part.old).source
    columns = tuple(
        column.new if column.change or column.old is None else column.old
        for column in part.columns
        if column.new
    )
    return replace(table, title=title, columns=columns, rows=tuple(_rows(part)))


def _blocks(blocks: list[AlignedBlock]) -> Iterator[Block]:
    """Blocks, the labels and lines of each list of names together."""
    for names, some in groupby(blocks, _list_of):
        if names is None:
            yield from (block for aligned in some if isinstance(block := _block(aligned), Block))
        else:
            yield NameList(tuple(_groups(map(_block, some))))


def _list_of(block: AlignedBlock) -> str | None:
    """The anchor of the list of names that a label or a line is part of."""
    assert block.new
    return block.new.anchor if isinstance(block.new.block, NameGroup | NameEntry) else None


def _groups(laid: Iterator[Laid]) -> Iterator[NameGroup]:
    entries: list[NameEntry] = []
    label = None
    for block in laid:
        if isinstance(block, NameGroup):
            if label:
                yield replace(label, entries=tuple(entries))
            label, entries = block, []
        elif isinstance(block, NameEntry):
            entries.append(block)
    assert label
    yield replace(label, entries=tuple(entries))


def _block(block: AlignedBlock) -> Laid:
    """What is generated, or says nothing to a reader, is that of the new side."""
    assert block.new
    if block.changes or block.old is None:
        return block.new.block
    match block.old.block, block.new.block:
        case Heading() as old, Heading() as new:
            return replace(old, identifier=new.identifier, stands_alone=new.stands_alone)
        case Item() as old, Item() as new:
            return replace(old, identifier=new.identifier, begins_anew=new.begins_anew)
        case Paragraph() as old, Paragraph() as new:
            return replace(old, depth=new.depth)
    return block.old.block


def _rows(table: AlignedTable) -> Iterator[Row]:
    for row in table.rows:
        if row.new and (row.changes or row.old is None):
            yield row.new
        elif row.new and row.old:
            yield Row(tuple(_cells(table, row.old, row.new)))


def _cells(table: AlignedTable, old: Row, new: Row) -> Iterator[Cell]:
    """The cells of a row that no change tells of."""
    assert table.old
    places = iter(range(len(new.cells)))
    for column in (column for column in table.columns if column.new):
        at = next(places)
        assert column.new
        if column.old and column.new.role is not ColumnRole.SERIAL:
            yield old.cells[_index(table.old.source.columns, column)]
        else:
            yield new.cells[at]


def _index(columns: tuple[Column, ...], aligned: AlignedColumn) -> int:
    return next(at for at, column in enumerate(columns) if column is aligned.old)
