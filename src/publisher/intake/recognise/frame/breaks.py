"""A document made of a file of ours → its titles without the breaks that the program made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product

from publisher.model import Attachment, Document, Orientation, Prose, Table
from publisher.setting.titles import composed_title
from publisher.standard import Size, type_width
from publisher.words.elements import ORGAN_OF_TITLE, may_be_organ

_MOST_BREAKS = 5


def without_made_breaks(document: Document, *, is_own: bool) -> Document:
    """With each title in one line that the program breaks as it stands in the file.

    Of a file that is none of ours, those of which a line is longer than the page is wide: they
    would be broken a second time.
    """
    if not is_own and not any(map(_is_too_wide, _titles(document))):
        return document
    body = _prose(document.body, document)
    issued = tuple(_prose(text, document) for text in document.issued)
    return replace(document, body=body, issued=issued)


def _prose(text: Prose, document: Document) -> Prose:
    attached = tuple(_attached(each, document) for each in text.attachments)
    own_title = text.own_title and _joined(text.own_title, document, text.orientation)
    title = _joined(text.title, document, text.orientation)
    return replace(text, title=title, own_title=own_title, attachments=attached)


def _attached(content: Attachment, document: Document) -> Attachment:
    if isinstance(content, Prose):
        return _prose(content, document)
    ways = [content.orientation] if content.orientation else list(Orientation)
    for way in ways if isinstance(content, Table) else ways[:1]:
        title = _joined(content.title, document, way)
        if title != content.title:
            return replace(content, title=title)
    return content


_WIDEST = int(type_width(landscape=False).pt // Size.NO_2.value)
"""Characters of a title that fit a line."""


def _is_too_wide(title: str) -> bool:
    lines = title.split("\n")
    return len(lines) > 1 and any(len(line) > _WIDEST for line in lines)


def _titles(document: Document) -> Iterator[str]:
    for prose in document.proses:
        yield from (prose.title, prose.own_title or "")
        yield from (each.title for each in prose.attachments)


def _joined(title: str, document: Document, orientation: Orientation) -> str:
    """A title in one line, where the program breaks that into the same lines."""
    if _is_too_wide(title):
        return title.replace("\n", "")
    lines = title.split("\n")
    if not 1 < len(lines) <= _MOST_BREAKS + 1:
        return title
    for words in _whole(lines):
        if composed_title(words, document, orientation).words == title:
            return words
    return title


def _joints(line: str, following: str) -> tuple[str, str]:
    """What may have stood where a line was ended, the likeliest first.

    A wide blank, which parts the names of organs, is not set at a line's end.
    """
    last, first = (re.split("[\u3000 ]", words)[at] for words, at in ((line, -1), (following, 0)))
    parts_names = may_be_organ(last) and ORGAN_OF_TITLE.match(first + "关于")
    return ("\u3000", "") if parts_names and "\u3000" in line else ("", "\u3000")


def _whole(lines: list[str]) -> Iterator[str]:
    likeliest = [_joints(line, following) for line, following in pairwise(lines)]
    for joints in product(*likeliest):
        yield "".join(line + joint for line, joint in zip(lines, (*joints, ""), strict=True))
