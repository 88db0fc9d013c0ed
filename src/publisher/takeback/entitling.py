"""An attachment whose two titles differ in a file that came back → the one title that it has now.

A table or picture has one title: in the 附件说明 and above itself. Whoever changes it in Word
often changes it in one of these places alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from publisher.model import Attachment, Document, Picture, Prose, Table, one_line


def with_one_title(was: Document, now: Document) -> Document:
    """The document as it is now, each table and picture attached to it with one title again.

    The title is that which somebody changed; where both were, that of the 附件说明.
    """
    known = {one_line(each.title): each for each in _attached(was)}
    return replace(
        now,
        body=_text(now.body, known),
        issued=tuple(_text(text, known) for text in now.issued),
    )


_Known = Mapping[str, Table | Picture]
"""What was attached, by its title."""


def _attached(document: Document) -> Iterator[Table | Picture]:
    for text in (document.body, *document.issued):
        for prose in text.proses:
            yield from (each for each in prose.attachments if isinstance(each, Table | Picture))


def _text(text: Prose, known: _Known) -> Prose:
    return replace(text, attachments=tuple(_attachment(each, known) for each in text.attachments))


def _attachment(attachment: Attachment, known: _Known) -> Attachment:
    match attachment:
        case Prose(title=listed, own_title=str(own), blocks=(Table() | Picture() as inner,)):
            was = known.get(one_line(listed)) or known.get(one_line(own))
            if was is None or inner.title:
                return attachment
            title = own if one_line(listed) in known else listed
            return replace(inner, title=title, orientation=was.orientation, delivery=was.delivery)
        case Prose():
            return _text(attachment, known)
        case _:
            return attachment
