"""An attachment whose two titles differ in a file that came back → the one title that it has now.

A table or picture has one title: in the 附件说明 and above itself. Whoever changes it in Word
often changes it in one of these places alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeGuard

from publisher.model import Attachment, Document, Picture, Prose, Table, one_line


def with_one_title(was: Document, now: Document) -> Document:
    """The document as it is now, each table and picture attached to it with one title again.

    The title is that which somebody changed; where both were, that of the 附件说明.
    """
    known = {one_line(each.title): each for each in _attached(was) if _is_one_thing(each)}
    kept = {one_line(title) for each in _attached(now) for title in _titles(each)}
    renamed = [each for title, each in known.items() if title not in kept]
    entitling = _Entitling(known, renamed)
    return replace(
        now, body=entitling.text(now.body), issued=tuple(map(entitling.text, now.issued))
    )


def _attached(document: Document) -> Iterator[Attachment]:
    for text in (document.body, *document.issued):
        for prose in text.proses:
            yield from prose.attachments


def _is_one_thing(attachment: Attachment) -> TypeGuard[Table | Picture]:
    return isinstance(attachment, Table | Picture)


def _titles(attachment: Attachment) -> tuple[str, ...]:
    own = attachment.own_title if isinstance(attachment, Prose) else None
    return tuple(filter(None, (attachment.title, own)))


@dataclass(slots=True)
class _Entitling:
    """Goes through texts with what was attached to them."""

    known: Mapping[str, Table | Picture]
    """What was attached, by its title."""
    renamed: list[Table | Picture]
    """Of that, what nothing has the title of any more, in order: both of its were changed."""

    def text(self, text: Prose) -> Prose:
        """A text with its attachments."""
        return replace(text, attachments=tuple(map(self._attachment, text.attachments)))

    def _attachment(self, attachment: Attachment) -> Attachment:
        match attachment:
            case Prose(title=listed, own_title=str(own), blocks=(Table() | Picture() as inner,)):
                was = self._formerly(listed, own, inner)
                if was is None or inner.title:
                    return attachment
                title = own if one_line(listed) in self.known else listed
                return replace(
                    inner, title=title, orientation=was.orientation, delivery=was.delivery
                )
            case Prose():
                return self.text(attachment)
            case _:
                return attachment

    def _formerly(self, listed: str, own: str, inner: Table | Picture) -> Table | Picture | None:
        """What an attachment was; where both of its titles are new, the next that has lost its."""
        titled = self.known.get(one_line(listed)) or self.known.get(one_line(own))
        alike = (each for each in self.renamed if type(each) is type(inner))
        was = titled or next(alike, None)
        if was in self.renamed:
            self.renamed.remove(was)
        return was
