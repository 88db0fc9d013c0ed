"""A composition → what stands in it between two places; of the rest, that it is there.

So a part of a document is as small as what it shows, and goes from one process to another as such.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.model import Edition, SetAttachment, SetFile, SetTable, SetText
from publisher.setting.composition import (
    Composed,
    ComposedAttached,
    ComposedContents,
    ComposedCover,
    ComposedEndnotes,
    ComposedIssued,
    ComposedTable,
    Composition,
)

Spot = tuple[int, int]
"""Which of what follows the document's own text, and the page of its table, from 0."""


def between(composition: Composition, first: Spot | None, end: Spot | None) -> Composition:
    """What stands from one spot to another; None: where the document begins, where it ends."""
    begins, ends = first or (-1, 0), end or (len(composition.following), 0)

    def portion(place: int, thing: Composed) -> Composed:
        if not begins[0] <= place < ends[0] + bool(ends[1]):
            return _emptied(thing)
        from_page = begins[1] if place == begins[0] else 0
        to_page = ends[1] if place == ends[0] else None
        return _on_pages(thing, slice(from_page, to_page))

    return replace(
        composition,
        own=tuple(map(_with_light_text, () if first else composition.own)),
        following=tuple(portion(*each) for each in enumerate(composition.following)),
        separate=(),
    )


def _emptied(thing: Composed) -> Composed:
    match thing:
        case ComposedIssued() | ComposedAttached():
            return _with_light_text(replace(thing, inner=()))
        case _:
            return _with_light_text(thing)


def _on_pages(thing: Composed, pages: slice) -> Composed:
    """An attachment with these pages of its table alone; what has none as it is."""
    match thing:
        case ComposedAttached(inner=(ComposedTable() as table,)):
            thing = replace(thing, inner=(table.on_pages(pages),))
        case ComposedIssued(inner=inner) | ComposedAttached(inner=inner):
            thing = replace(thing, inner=tuple(map(_with_light_text, inner)))
    return _with_light_text(thing)


def _with_light_text(thing: Composed) -> Composed:
    """The same, which knows of the text and the attachment that it is of no more than asked."""
    match thing:
        case ComposedAttached(attachment=attachment):
            return replace(thing, attachment=_light_attachment(attachment))
        case ComposedCover() | ComposedContents() | ComposedEndnotes() | ComposedIssued():
            return replace(thing, text=_light_text(thing.text))
        case _:
            return thing


# -- an edition ---------------------------------------------------------------------------


def without_rows(edition: Edition) -> Edition:
    """An edition with its titles and the headings that a 目录 has; its words are composed."""
    document = edition.document
    body = replace(document.body, blocks=(), attachments=())
    return replace(
        edition,
        document=replace(
            document, body=body, issued=(), accepted=(), accepted_rules=(), comments=(), sources=()
        ),
        body=_light_text(edition.body),
        issued=tuple(map(_light_text, edition.issued)),
        reconciliations=(),
        bindings=(),
    )


def _light_text(text: SetText) -> SetText:
    attachments = tuple(map(_light_attachment, text.attachments))
    return replace(text, blocks=text.listed_headings(), attachments=attachments)


def _light_attachment(attachment: SetAttachment) -> SetAttachment:
    match attachment.content:
        case SetText() as text:
            return replace(attachment, content=_light_text(text))
        case SetTable() as table:
            return replace(attachment, content=replace(table, groups=()))
        case SetFile() as file:
            return replace(attachment, content=replace(file, data=b""))
        case _:
            return attachment
