"""A document that came back → without headings and items of which the number alone is left."""

from __future__ import annotations

from dataclasses import replace

from publisher.model import Attachment, Block, Document, Heading, Item, Note, Prose, plain


def without_emptied(document: Document) -> Document:
    """The document without them: content has no words for what says nothing."""
    return replace(document, body=_text(document.body), issued=tuple(map(_text, document.issued)))


def _text(prose: Prose) -> Prose:
    blocks = tuple(block for block in prose.blocks if not _is_emptied(block))
    attached: tuple[Attachment, ...] = tuple(
        _text(each) if isinstance(each, Prose) else each for each in prose.attachments
    )
    return replace(prose, blocks=blocks, attachments=attached)


def _is_emptied(block: Block) -> bool:
    if not isinstance(block, Heading | Item):
        return False
    return not plain(block.content).strip() and not any(
        isinstance(each, Note) for each in block.content
    )
