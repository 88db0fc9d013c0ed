"""The old document and its changes → the new one: what no change tells of comes from the old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby
from typing import TypeVar

from publisher.changes import (
    AlignedBlock,
    AlignedColumn,
    AlignedFile,
    AlignedPart,
    AlignedRow,
    AlignedTable,
    AlignedText,
    Changes,
    Laid,
    Op,
    TableSide,
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
    FinishedFile,
    Heading,
    Item,
    NameEntry,
    NameGroup,
    NameList,
    Paragraph,
    Picture,
    Prose,
    Row,
    Table,
)
from publisher.spans import filled, spans


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


_Holder = TypeVar("_Holder", Document, Prose, Table)


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
    return _table(part, title) if isinstance(part, AlignedTable) else _file(part, title)


def _file(part: AlignedFile, title: str) -> Picture | FinishedFile:
    """The name of a picture's file says nothing to a reader: it is that of the new side."""
    assert part.new
    new = part.new.source
    if part.old is None:
        return new
    made = replace(part.old.source, title=title)
    changed = [element.field for element in part.elements if element.change]
    if isinstance(made, Picture) and isinstance(new, Picture):
        laid = ("width", "is_turned", "orientation", "delivery") if part.change else ()
        fields = ("name", *changed, *laid)
    else:
        changed = ["data", "name", "pages"] if changed else []
        fields = (*changed, *(["delivery"] if part.change else []))
    return replace(made, **{field: getattr(new, field) for field in fields})


def _table(part: AlignedTable, title: str) -> Table:
    assert part.new
    table = (part.new if part.change or part.old is None else part.old).source
    for element in part.elements:
        if element.change:
            table = _with(table, element.field, value_of(part.new.source, element.field))
    columns = tuple(map(_column, (column for column in part.columns if column.new)))
    head = tuple(_rows(part, part.head, "head"))
    if not part.new.source.head and head:  # the names of its columns are all of its head
        (names,) = head
        columns = tuple(
            replace(column, name=cell.text)
            for column, cell in zip(columns, names.cells, strict=True)
        )
        head = ()
    elif head:  # the names of columns are made of what stands above them
        columns = tuple(
            replace(column, name=given.name)
            for column, given in zip(columns, part.new.source.columns, strict=True)
        )
    rows = tuple(_rows(part, part.rows, "rows"))
    if part.old and not part.change:
        table = replace(table, heights=tuple(_heights(part)))
    return replace(table, title=title, columns=columns, head=head, rows=rows)


def _heights(part: AlignedTable) -> Iterator[float | None]:
    """The heights of rows that came with them."""
    olds, news = iter(_source(part.old).heights), iter(_source(part.new).heights)
    for row in part.rows:
        old, new = (next(olds, None) if row.old else None), (next(news, None) if row.new else None)
        if row.new and _source(part.new).heights:
            yield old if row.old else new


def _source(side: TableSide | None) -> Table:
    assert side
    return side.source


def _column(column: AlignedColumn) -> Column:
    assert column.new
    return column.new if column.change or column.old is None else column.old


def _blocks(blocks: list[AlignedBlock]) -> Iterator[Block]:
    """Blocks, the labels and lines of each list of names together."""
    for names, some in groupby(blocks, _list_of):
        if names is None:
            for aligned in some:
                block = _block(aligned)
                assert not isinstance(block, NameGroup | NameEntry)
                yield block
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
    if block.file and block.old and not block.change:
        made = _file(block.file, words_of(block.file.title, Op.DELETED))
        assert isinstance(made, Picture)
        return made
    if block.table and block.old and not block.change:
        return _table(block.table, words_of(block.table.title, Op.DELETED))
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


def _rows(table: AlignedTable, rows: tuple[AlignedRow, ...], kind: str) -> Iterator[Row]:
    """The rows of the head or of the table; which cells are one is told, or is what it was.

    How an author writes that they are says nothing to a reader: it is that of the new side.
    """
    regions = [
        _Regions(getattr(side.source, kind)) if side else None for side in (table.old, table.new)
    ]
    if all(regions):
        _require_told(table, rows, *regions)  # type: ignore[arg-type]
    for row in rows:
        if row.new and (row.changes or row.old is None):
            yield row.new
        elif row.new and row.old:
            yield Row(tuple(_cells(table, row.old, row.new, regions[0])))


class _Regions:
    """Which places of rows are one cell."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.place = {id(row): at for at, row in enumerate(rows)}
        if len(self.place) < len(rows):  # a row that stands twice is no place
            twice = Counter(map(id, rows))
            self.place = {row: at for row, at in self.place.items() if twice[row] == 1}
        self.shown = filled(rows)
        self.spans, wrong = spans([[cell.merge for cell in row.cells] for row in rows])
        assert not wrong

    def origin(self, row: Row, at: int) -> tuple[int, int]:
        span = self.spans[self.place[id(row)]][at]
        return span.row, span.column

    def cell(self, row: Row, at: int) -> Cell:
        """With the words that it shows."""
        return self.shown[self.place[id(row)]].cells[at]


def _require_told(
    table: AlignedTable, rows: tuple[AlignedRow, ...], old: _Regions, new: _Regions
) -> None:
    """Hold that of places that no change tells of the same are one on both sides."""
    assert table.old
    assert table.new
    columns = [
        (at, new_at, number)
        for number, (at, new_at) in enumerate(_places(table))
        if at is not None and new_at is not None
    ]
    drawn = {
        (old.origin(row.old, at), new.origin(row.new, new_at))
        for row in rows
        if row.old
        and row.new
        and not row.change
        and id(row.old) in old.place
        and id(row.new) in new.place
        for at, new_at, n in columns
        if not (row.regions and row.regions[n])
    }
    for side in (0, 1):
        origins = [pair[side] for pair in drawn]
        assert len(origins) == len(set(origins)), "cells are one, or ceased to be, untold"


def _cells(table: AlignedTable, old: Row, new: Row, shown: _Regions | None) -> Iterator[Cell]:
    """The cells of a row that no change tells of."""
    assert table.old
    assert shown
    for column, (at, new_at) in zip(table.columns, _places(table), strict=True):
        if new_at is None:
            continue
        assert column.new
        if new.cells[new_at].merge or at is None or column.new.role is ColumnRole.SERIAL:
            yield new.cells[new_at]
        elif id(old) in shown.place:
            yield replace(shown.cell(old, at), merge=None)
        else:  # the names of columns, as the row of a head
            yield old.cells[at]


def _places(table: AlignedTable) -> Iterator[tuple[int | None, int | None]]:
    """Which column of each side an aligned one is: those of a form all look the same."""
    old, new = count(), count()
    for column in table.columns:
        yield next(old) if column.old else None, next(new) if column.new else None
