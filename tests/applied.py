"""The old document and its changes → the new one: what no change tells of comes from the old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.changes import (
    AlignedBlock,
    AlignedColumn,
    AlignedPart,
    AlignedTable,
    AlignedText,
    Changes,
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
    parts = (_part(part) for part in changes.parts if part.new)
    body = next(parts)
    assert isinstance(body, Prose)
    issued = tuple(_attached(prose, parts) for prose in changes.new.document.issued)
    return replace(document, issued=issued, body=_attached(changes.new.document.body, parts, body))


def _with(document: Document, field: str, given: object) -> Document:
    """The document with another value for a field; `web.` leads into its record for the page."""
    holder, _, name = field.rpartition(".")
    if holder:
        return replace(document, web=replace(document.web, **{name: given}))  # type: ignore[arg-type]
    return replace(document, **{name: given})  # type: ignore[arg-type]


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
        blocks = tuple(_block(block) for block in part.blocks if block.mark is not Op.DELETED)
        return replace(text, title=title, blocks=blocks, attachments=())
    table = (part.new if part.change or part.old is None else part.old).source
    columns = tuple(
        column.new if column.change or column.old is None else column.old
        for column in part.columns
        if column.new
    )
    return replace(table, title=title, columns=columns, rows=tuple(_rows(part)))


def _block(block: AlignedBlock) -> Block:
    assert block.new
    if block.changes or block.old is None:
        return block.new.block
    if isinstance(block.old.block, Heading) and isinstance(block.new.block, Heading):
        return replace(block.old.block, identifier=block.new.block.identifier)
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
