"""Two versions of a document → which of their tables are the same; one → it with another table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.model import Attachment, Block, Document, Prose, Table


def with_table(document: Document, old: Table, new: Table) -> Document:
    """The document with a table in the place of another."""

    def block(each: Block) -> Block:
        return new if each is old else each

    def attached(each: Attachment) -> Attachment:
        if isinstance(each, Prose):
            return prose(each)
        return new if each is old else each

    def prose(text: Prose) -> Prose:
        return replace(
            text,
            blocks=tuple(map(block, text.blocks)),
            attachments=tuple(map(attached, text.attachments)),
        )

    return replace(document, body=prose(document.body), issued=tuple(map(prose, document.issued)))


def counterparts(was: Document, now: Document) -> Iterator[tuple[Table, Table]]:
    """Each table with that of before which has most of its words."""
    left = [(table, _words(table)) for table in was.tables]
    for table in now.tables:
        words = _words(table)
        likest = max(left, key=lambda pair: len(pair[1] & words), default=None)
        if likest is not None and likest[1] & words:
            left.remove(likest)
            yield likest[0], table


def _words(table: Table) -> frozenset[str]:
    return frozenset(cell.text for row in (*table.head, *table.rows) for cell in row.cells) - {""}
