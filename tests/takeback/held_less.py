"""A document → the same as a file of it is read, which lacks what no file holds or reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from publisher.model import (
    Attachment,
    Block,
    Cell,
    Document,
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    Lowered,
    Note,
    Organ,
    Paragraph,
    Prose,
    Raised,
    Row,
    Strong,
    Table,
    Text,
    WebRecord,
)
from publisher.writers.inline import sayable

LOSSES = (
    "stress",
    "links",
    "notes",
    "breaks",
    "scripts",
    "identifiers",
    "working",
    "titles",
    "front",
)


class HeldLess:
    """Some of what is lost, in each document alike."""

    def __init__(self, chance: Random) -> None:
        self.lost = set(chance.sample(LOSSES, chance.randint(1, len(LOSSES))))

    def document(self, document: Document) -> Document:
        made = replace(
            document,
            body=self.prose(document.body),
            issued=tuple(map(self.prose, document.issued)),
        )
        if "front" not in self.lost:
            return made
        return replace(
            made,
            disclosure=None,
            web=WebRecord(),
            issuers=tuple(Organ(organ.name) for organ in document.issuers),
        )

    def prose(self, prose: Prose) -> Prose:
        return replace(
            prose,
            title=self.title(prose.title),
            blocks=tuple(map(self.block, prose.blocks)),
            attachments=tuple(map(self.attachment, prose.attachments)),
        )

    def title(self, title: str) -> str:
        return title.replace("\n", "") if "titles" in self.lost else title

    def attachment(self, part: Attachment) -> Attachment:
        match part:
            case Prose():
                return self.prose(part)
            case Table():
                return self.table(part)
        return replace(part, title=self.title(part.title))

    def block(self, block: Block) -> Block:
        is_named = "identifiers" not in self.lost
        match block:
            case Heading():
                content = self.content(block.content)
                name = block.identifier if is_named else None
                alone = block.stands_alone and is_named
                return replace(block, content=content, identifier=name, stands_alone=alone)
            case Item():
                name = block.identifier if is_named else None
                return replace(block, content=self.content(block.content), identifier=name)
            case Paragraph():
                return replace(block, content=self.content(block.content))
            case Table():
                return self.table(block)
        return block

    def content(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return sayable(tuple(self._content(content)))

    def _content(self, content: tuple[Inline, ...]) -> Iterator[Inline]:
        for inline in content:
            match inline:
                case Strong(inner):
                    made = tuple(self._content(inner))
                    yield from made if "stress" in self.lost else [Strong(made)]
                case Link(target, inner):
                    made = tuple(self._content(inner))
                    yield from made if "links" in self.lost else [Link(target, made)]
                case Note():
                    if "notes" not in self.lost:
                        yield inline
                case LineBreak():
                    if "breaks" not in self.lost:
                        yield inline
                case Raised(words) | Lowered(words):
                    yield Text(words) if "scripts" in self.lost else inline
                case _:
                    yield inline

    def table(self, table: Table) -> Table:
        made = replace(table, title=self.title(table.title))
        if "working" in self.lost:
            rows = tuple(replace(row, clause=None) for row in table.rows)
            made = replace(made, rows=rows, reconciled=None)
        if "notes" in self.lost:
            made = replace(made, rows=_without_notes(made.rows), head=_without_notes(made.head))
        return made


def _without_notes(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    def bare(cell: Cell) -> Cell:
        return replace(cell, note=None)

    return tuple(replace(row, cells=tuple(map(bare, row.cells))) for row in rows)
