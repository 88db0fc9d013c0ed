"""An edition → the pictures and finished files in it, each as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from publisher.filetypes import FINISHED
from publisher.images import ImageType
from publisher.model import Edition, SetFile, SetPicture

FILES = (
    *(f"picture-*{kind.suffix}" for kind in ImageType),
    *(f"attachment-*{kind.suffix}" for kind in ImageType),
    *(f"attachment-*{suffix}" for suffix in FINISHED),
)
"""The names that they may have."""


def render(edition: Edition) -> dict[str, bytes]:
    """`picture-N` of each picture in a text; `attachment-N` of each attachment that is a picture,
    or a finished file, which goes out as it is.
    """
    pictures = {
        file_of(stem, picture): picture.image.data for stem, picture in pictures_of(edition)
    }
    return pictures | {file_of(stem, file): file.data for stem, file in finished_of(edition)}


def pictures(edition: Edition) -> dict[str, bytes]:
    """The pictures alone."""
    return {file_of(stem, each): each.image.data for stem, each in pictures_of(edition)}


def file_of(stem: str, thing: SetPicture | SetFile) -> str:
    """The name of the file of a picture or finished file, whose stem is given."""
    if isinstance(thing, SetPicture):
        return stem + thing.image.kind.suffix
    return stem + PurePosixPath(thing.name).suffix.lower()


def pictures_of(edition: Edition) -> Iterator[tuple[str, SetPicture]]:
    """The pictures with the names of their files, without suffix: first those in texts."""
    for text in edition.prose:
        for picture in text.pictures:
            yield picture.anchor, picture
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetPicture):
            yield f"attachment-{attachment.ordinal}", attachment.content


def finished_of(edition: Edition) -> Iterator[tuple[str, SetFile]]:
    """The same of finished files."""
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetFile):
            yield f"attachment-{attachment.ordinal}", attachment.content
