"""A document whose attachments say which way round they are → one where only those do that must."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from publisher.model import Attachment, Document, Orientation, Picture, Prose, Table
from publisher.setting.editions import edition_of


def without_automatic_ways(document: Document) -> Document:
    """With 版面 of a table or picture only where the program would not choose it itself."""
    if not any(
        isinstance(each, Table | Picture) and each.orientation for each in _attached(document)
    ):
        return document
    edition = edition_of(_changed(document, lambda each: replace(each, orientation=None)))
    automatic = iter([each.orientation for each in edition.attachments])
    chosen = {id(each): next(automatic) for each in _attached(document)}
    return _changed(document, lambda each: _kept(each, chosen[id(each)]))


_Fitting = Table | Picture
"""What lies as it fits, unless its author says how."""


def _kept(fitting: _Fitting, automatic: Orientation) -> _Fitting:
    is_needless = fitting.orientation is automatic
    return replace(fitting, orientation=None) if is_needless else fitting


def _attached(document: Document) -> Iterator[Attachment]:
    """All attachments in the order in which they are printed."""
    for text in (*document.issued, document.body):
        yield from _below(text)


def _below(text: Prose) -> Iterator[Attachment]:
    for each in text.attachments:
        yield each
        if isinstance(each, Prose):
            yield from _below(each)


def _changed(document: Document, change: Callable[[_Fitting], _Fitting]) -> Document:
    return replace(
        document,
        body=_in_text(document.body, change),
        issued=tuple(_in_text(text, change) for text in document.issued),
    )


def _in_text(text: Prose, change: Callable[[_Fitting], _Fitting]) -> Prose:
    attached: list[Attachment] = []
    for each in text.attachments:
        if isinstance(each, Table | Picture):
            attached.append(change(each))
        else:
            attached.append(_in_text(each, change) if isinstance(each, Prose) else each)
    return replace(text, attachments=tuple(attached))
