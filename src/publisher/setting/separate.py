"""What is printed → what is bound with the document, and each attachment that is not (另附)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.forms import Attached, Cover, Printed
from publisher.model import SetAttachment, SetFile, SetText


def bound(things: Iterable[Printed]) -> tuple[Printed, ...]:
    """What is bound: neither what is 另附 nor its 封面 and the attachments to it."""
    return tuple(_by_owner(tuple(things)).get("", ()))


def separate(things: Iterable[Printed]) -> Iterator[tuple[SetAttachment, tuple[Printed, ...]]]:
    """Each attachment that is set in a file of its own, with what is printed in that.

    A finished file is one already.
    """
    given = tuple(things)
    by_owner = _by_owner(given)
    for attachment in _attachments(given):
        if attachment.is_separate and not isinstance(attachment.content, SetFile):
            yield attachment, tuple(by_owner[attachment.anchor])


def full_label(attachment: SetAttachment, number: str | None) -> str:
    """附件1 on its first line, behind the 发文字号 where it is not bound (7.3.7)."""
    return f"{number or ''}{attachment.label}" if attachment.is_separate else attachment.label


def _attachments(things: Iterable[Printed]) -> Iterator[SetAttachment]:
    return (thing.attachment for thing in things if isinstance(thing, Attached))


def _by_owner(things: tuple[Printed, ...]) -> dict[str, list[Printed]]:
    """What is printed, by the anchor of the attachment that is 另附 with it; else by none."""
    owners: dict[str, str] = {}
    texts: dict[str, str] = {}
    for attachment in _attachments(things):
        content = attachment.content
        if attachment.is_separate:
            owners[attachment.anchor] = attachment.anchor
            inner = content.attached() if isinstance(content, SetText) else ()
            owners |= dict.fromkeys((each.anchor for each in inner), attachment.anchor)
        if isinstance(content, SetText):
            texts[content.anchor] = owners.get(attachment.anchor, "")
    made: dict[str, list[Printed]] = {}
    for thing in things:
        owner = ""
        if isinstance(thing, Attached):
            owner = owners.get(thing.attachment.anchor, "")
        elif isinstance(thing, Cover):
            owner = texts.get(thing.text.anchor, "")
        made.setdefault(owner, []).append(thing)
    return made
