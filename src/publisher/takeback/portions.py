"""A document and a file of it → the document that the file alone shows, and back into the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.model import (
    Attachment,
    Document,
    Prose,
    Table,
)

WHOLE, REDLINE = "document", "redline"
_ATTACHED = re.compile(r"attachment-([0-9]{1,3})")


def portion_of(file: str) -> Portion:
    """What a file of ours shows, by the name that it was made under."""
    stem = file.rpartition(".")[0] or file
    match = _ATTACHED.match(stem)
    return Portion(int(match[1]) if match else 0, is_redline=stem.startswith(REDLINE))


@dataclass(frozen=True, slots=True)
class Portion:
    """What a file shows of a document: all of it, or one attachment."""

    ordinal: int = 0
    """Of the attachment among all that are printed, from 1; 0 for the whole."""
    is_redline: bool = False

    @property
    def called(self) -> str:
        """The name of its file."""
        if self.ordinal:
            return f"attachment-{self.ordinal}.docx"
        return f"{REDLINE if self.is_redline else WHOLE}.docx"

    def alone(self, document: Document) -> Document | None:
        """The document that the file shows alone; None where there is no such attachment."""
        if not self.ordinal:
            return document
        attached = list(attachments_of(document))
        if self.ordinal > len(attached):
            return None
        match attached[self.ordinal - 1]:
            case Prose() as prose:
                body = prose
            case Table() as table:
                body = Prose(table.title, (replace(table, title=""),))
            case _:
                return None
        return Document(document.slug, document.bureau, body)

    def put_into(self, document: Document, alone: Document) -> Document:
        """The document with what its attachment has become."""
        if not self.ordinal:
            return alone
        attached = list(attachments_of(document))
        old = attached[self.ordinal - 1]
        return _with(document, old, _become(old, alone))


def _become(old: Attachment, alone: Document) -> Attachment:
    body = alone.body
    if isinstance(old, Table):
        tables = [each for each in body.blocks if isinstance(each, Table)]
        return replace(tables[0], title=body.title) if tables else old
    return body


def attachments_of(document: Document) -> Iterator[Attachment]:
    """All attachments as they are printed: those of what is issued come first."""
    for owner in (*document.issued, document.body):
        yield from _below(owner)


def _below(owner: Prose) -> Iterator[Attachment]:
    for each in owner.attachments:
        yield each
        if isinstance(each, Prose):
            yield from _below(each)


def _with(document: Document, old: Attachment, new: Attachment) -> Document:
    def changed(prose: Prose) -> Prose:
        attached = tuple(
            new if each is old else changed(each) if isinstance(each, Prose) else each
            for each in prose.attachments
        )
        return replace(prose, attachments=attached)

    return replace(
        document, body=changed(document.body), issued=tuple(map(changed, document.issued))
    )
