"""A block, a text or a table → the same without its notes, which a file may hold elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar, cast

from publisher.model import (
    Attachment,
    Block,
    Heading,
    Inline,
    Item,
    Link,
    Note,
    Paragraph,
    Prose,
    Row,
    Strong,
    Table,
)

Part = TypeVar("Part", bound=Block | Attachment)


def unnoted(part: Part) -> Part:
    """The same, as far as it is read without notes."""
    return cast("Part", _unnoted(part))


def _unnoted(part: Block | Attachment) -> Block | Attachment:
    match part:
        case Heading() | Item() | Paragraph():
            return replace(part, content=tuple(_content(part.content)))
        case Table():
            return replace(part, rows=_rows(part.rows), head=_rows(part.head))
        case Prose():
            return replace(
                part,
                blocks=tuple(map(unnoted, part.blocks)),
                attachments=tuple(map(unnoted, part.attachments)),
            )
    return part


def _content(content: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in content:
        match inline:
            case Note():
                pass
            case Strong(inner):
                yield Strong(tuple(_content(inner)))
            case Link(target, inner):
                yield Link(target, tuple(_content(inner)))
            case _:
                yield inline


def _rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    if not any(cell.note for row in rows for cell in row.cells):
        return rows
    return tuple(
        replace(row, cells=tuple(replace(cell, note=None) for cell in row.cells)) for row in rows
    )
