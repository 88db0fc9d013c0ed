"""A picture or finished file of two versions → what the page draws of it: both side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.changes import AlignedElement, AlignedFile, ChangeKind, FileSide, Op, Status
from publisher.model import Picture
from publisher.renderers.changes.element_views import ElementView
from publisher.renderers.changes.marks import Numbered, marked, plain
from publisher.renderers.screen import ScreenPicture, on_screen

if TYPE_CHECKING:
    from markupsafe import Markup

WIDEST = 640
"""Pixels across of a picture here: enough to see what differs, beside the other."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture of one version, or of both."""

    said: str
    """Of which version it is; empty where both have it."""
    side: str
    """The class of its version: `old`, `new`, or nothing."""
    words: str
    """What it shows."""
    picture: ScreenPicture


@dataclass(frozen=True, slots=True)
class FileView:
    """A picture or finished file, with what is said of it."""

    pictures: tuple[ShownPicture, ...]
    """Two where it was replaced; none of a finished file."""
    elements: tuple[ElementView, ...]
    remark: Markup
    """Of what was replaced: how far it is known what differs."""


def file_view(file: AlignedFile, numbered: Numbered) -> FileView:
    """What is drawn of a picture or file."""
    elements = tuple(_element(element, file, numbered) for element in file.elements)
    return FileView(tuple(_pictures(file)), elements, _remark(file, numbered))


def _element(element: AlignedElement, file: AlignedFile, numbered: Numbered) -> ElementView:
    if element.change and element.change == file.change:  # it came or went with the whole
        return ElementView(element.key, plain(element.pieces), is_changed=True)
    return ElementView(element.key, marked(element.pieces, numbered), is_changed=True)


def _remark(file: AlignedFile, numbered: Numbered) -> Markup:
    from markupsafe import escape

    changes = (numbered.entries.get(each.change or "") for each in file.elements)
    said = (entry.change for entry in changes if entry)
    return escape(next((each.remark for each in said if each.kind is ChangeKind.REPLACED), ""))


def _pictures(file: AlignedFile) -> list[ShownPicture]:
    """The pictures that are drawn: what was replaced beside what stands in its place."""
    if file.status is Status.MOVED_FROM:  # which is drawn where it stands now
        return []
    old, new = _image(file.old), _image(file.new)
    if old and new and old.image == new.image and old.image.data == new.image.data:
        return [_shown(new, "", "")]
    is_alone = file.status.op is not Op.EQUAL
    return [
        _shown(picture, "" if is_alone else said, side)
        for picture, said, side in ((old, "修改前", "old"), (new, "修改后", "new"))
        if picture
    ]


def _image(side: FileSide | None) -> Picture | None:
    return side.source if side and isinstance(side.source, Picture) else None


def _shown(picture: Picture, said: str, side: str) -> ShownPicture:
    return ShownPicture(said, side, picture.words, on_screen(picture.image, WIDEST))
