"""Two versions, of which files of others hold less than content does → the same, as far as both do.

What a file cannot hold is no change where it is not in it: nobody took it out.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.changes import Both
from publisher.keys import KEYS, value_of
from publisher.model import (
    Attachment,
    Block,
    Delivery,
    Document,
    FinishedFile,
    Picture,
    Prose,
    Table,
)

_NOT_SHOWN = ("sides", "red_head", "archive", "seal", "disclosure", "web")
"""Fields of a document that no file shows its reader, or that it may show in part."""


def as_far_as_held(documents: Both[Document]) -> Both[Document]:
    """Both without what files of others do not hold; call it where one of them is such a file."""
    alike = _alike_organs(documents)
    return alike.map(_bare)


def unheld(documents: Both[Document]) -> tuple[str, ...]:
    """The keys that one of two versions has and that are not compared then."""
    keys = (key for key in KEYS if key.field.split(".")[0] in _NOT_SHOWN)
    names = [
        key.name
        for key in keys
        if any(value_of(each, key.field) != value_of(_bare(each), key.field) for each in documents)
    ]
    if any(_delivered(each) for each in documents):
        names.append("装订")
    if any(table.is_fillable for each in documents for table in each.tables):
        names.append("可填写")
    return tuple(names)


def _delivered(document: Document) -> bool:
    """Whether an attachment is not bound with it."""
    attached = (each for prose in document.proses for each in prose.attachments)
    return any(each.delivery is not Delivery.BOUND for each in attached)


def _bare(document: Document) -> Document:
    empty = Document("", document.bureau, Prose(""))
    return replace(
        document,
        sides=empty.sides,
        red_head=empty.red_head,
        archive=empty.archive,
        seal=empty.seal,
        disclosure=empty.disclosure,
        web=empty.web,
        body=_prose(document.body),
        issued=tuple(map(_prose, document.issued)),
    )


def _prose(prose: Prose) -> Prose:
    return replace(
        prose,
        blocks=tuple(map(_block, prose.blocks)),
        attachments=tuple(map(_attachment, prose.attachments)),
        delivery=Delivery.BOUND,
    )


def _block(block: Block) -> Block:
    return _table(block) if isinstance(block, Table) else block


def _attachment(attachment: Attachment) -> Attachment:
    match attachment:
        case Prose():
            return _prose(attachment)
        case Table():
            return _table(attachment)
        case Picture() | FinishedFile():
            return replace(attachment, delivery=Delivery.BOUND)


def _table(table: Table) -> Table:
    return replace(table, delivery=Delivery.BOUND, is_fillable=False)


def _alike_organs(documents: Both[Document]) -> Both[Document]:
    """Organs of one name are one organ: what a bureau says of it stands in no file."""
    known = {organ.name: organ for document in documents for organ in document.issuers}

    def alike(document: Document) -> Document:
        return replace(document, issuers=tuple(known[organ.name] for organ in document.issuers))

    return documents.map(alike)
