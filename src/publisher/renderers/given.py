"""An edition → the pictures and finished files in it, each as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from publisher.images import Image, ImageType
from publisher.model import Edition, SetFile, SetPicture
from publisher.renderers.screen import WIDEST, on_screen
from publisher.standard import Length


def render(edition: Edition) -> dict[str, bytes]:
    """`picture-N` of each picture in a text; `attachment-N` of each attachment that is a picture,
    or a finished file, which goes out as it is. A drawing is there as PNG, too.
    """
    drawings = {
        file_of(stem, each): each.image.data
        for stem, each in pictures_of(edition)
        if each.image.is_drawing
    }
    finished = {file_of(stem, each): each.data for stem, each in finished_of(edition)}
    return pictures(edition) | drawings | finished


def pictures(edition: Edition) -> dict[str, bytes]:
    """The pictures alone, as any site takes them: few take drawings."""
    return {
        site_file_of(stem, each): as_pixels(each.image).data for stem, each in pictures_of(edition)
    }


def shown(edition: Edition) -> dict[str, tuple[bytes, ...]]:
    """By the names that any site takes, all files in which a picture may be shown as it is."""
    return {
        site_file_of(stem, each): (
            as_pixels(each.image).data,
            each.image.data,
            on_screen(each.image).image.data,
        )
        for stem, each in pictures_of(edition)
    }


def as_pixels(image: Image) -> Image:
    """The picture; of a drawing, one as wide as is of use on screens."""
    if not image.is_drawing:
        return image
    # Here and not above: names of files are told without what draws them.
    from publisher.renderers.raster import DRAWING_DPI, POINTS_PER_INCH, drawing_as_png

    width = Length(POINTS_PER_INCH * WIDEST / DRAWING_DPI)
    return drawing_as_png(image, width, width * (image.height / image.width))


def file_of(stem: str, thing: SetPicture | SetFile) -> str:
    """The name of the file of a picture or finished file, whose stem is given."""
    if isinstance(thing, SetPicture):
        return stem + thing.image.kind.suffix
    return stem + PurePosixPath(thing.name).suffix.lower()


def site_file_of(stem: str, picture: SetPicture) -> str:
    """The name of the file that any site takes."""
    return stem + ImageType.PNG.suffix if picture.image.is_drawing else file_of(stem, picture)


def pictures_of(edition: Edition) -> Iterator[tuple[str, SetPicture]]:
    """The pictures with the names of their files, without suffix: the mark, then those in texts."""
    if edition.mark_picture:
        yield MARK, edition.mark_picture
    for text in edition.prose:
        for picture in text.pictures:
            yield picture.anchor, picture
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetPicture):
            yield f"attachment-{attachment.ordinal}", attachment.content


MARK = "mark"
"""The stem of the file of a mark that is a picture."""


def finished_of(edition: Edition) -> Iterator[tuple[str, SetFile]]:
    """The same of finished files."""
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetFile):
            yield f"attachment-{attachment.ordinal}", attachment.content
