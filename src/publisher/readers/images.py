"""The bytes of a picture → an `Image` without metadata that leads nowhere; findings."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PIL import ExifTags, ImageFile, ImageOps
from PIL import Image as Raster

from publisher.diagnostics import Finding
from publisher.images import Image, ImageType
from publisher.limits import MOST_PIXELS
from publisher.model import Place
from publisher.readers import findings, jpeg
from publisher.readers.drawings import read_drawing

_TYPES = {"PNG": ImageType.PNG, "JPEG": ImageType.JPEG}
_TURNED = range(2, 9)
"""The orientations of pictures that are to be turned or mirrored."""
_BEST = 95
"""The quality of a JPEG that must be made anew."""


def read_image(data: bytes, name: str, place: Place) -> tuple[Image | None, list[Finding]]:
    """The picture in `data`; None with a finding where it cannot be used."""
    if name.lower().endswith(".svg"):
        return read_drawing(data, name, place)
    try:
        with warnings.catch_warnings(), _to_their_ends():
            warnings.simplefilter("error", Raster.DecompressionBombWarning)
            return _raster(data, name, place)
    except (Raster.DecompressionBombError, Raster.DecompressionBombWarning):
        return None, [_too_many_pixels(name, place)]
    except (OSError, ValueError, SyntaxError, Warning):
        return None, [findings.broken_picture(place, name, "文件已损坏，或不是图片")]


@contextmanager
def _to_their_ends() -> Iterator[None]:
    """While it lasts, files that are cut off are errors: WeasyPrint has Pillow fill them up."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_many_pixels(name: str, place: Place) -> Finding:
    advice = "请把图片缩小后再用：按印出的宽度，每英寸 300 点就够。"
    return findings.beyond_limit(place, f"图片“{name}”", f"{MOST_PIXELS} 像素", advice)


def _raster(data: bytes, name: str, place: Place) -> tuple[Image | None, list[Finding]]:
    with Raster.open(io.BytesIO(data)) as picture:
        kind = _TYPES.get(picture.format or "")
        if kind is None:
            return None, [findings.unknown_picture_type(place, name)]
        if picture.width * picture.height > MOST_PIXELS:
            return None, [_too_many_pixels(name, place)]
        dpi = picture.info.get("dpi")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        is_turned = picture.getexif().get(ExifTags.Base.Orientation) in _TURNED
        clean = _png(upright) if kind is ImageType.PNG else _jpeg(upright, data, is_turned)
    resolution = float(dpi[0]) if dpi and dpi[0] > 1 else None
    return Image(clean, kind, upright.width, upright.height, resolution), []


def _png(picture: Raster.Image) -> bytes:
    made = io.BytesIO()
    _plain(picture).save(made, "PNG", optimize=False)
    return made.getvalue()


def _jpeg(upright: Raster.Image, data: bytes, is_turned: bool) -> bytes:
    """The very pixels of the file, where they stand upright in it and it has all its parts."""
    with suppress(ValueError):  # what programs show though its end is missing is made anew
        if not is_turned:
            return jpeg.bare(data)
    made = io.BytesIO()
    upright.save(made, "JPEG", quality=_BEST)
    return made.getvalue()


def _plain(picture: Raster.Image) -> Raster.Image:
    """The same without what its file says beside its pixels."""
    plain = picture.copy()
    for key in set(plain.info) - {"transparency", "gamma"}:
        del plain.info[key]
    return plain
