"""The bytes of a picture, and how a drawing shows them → a picture that content can have."""

from __future__ import annotations

import io
import posixpath
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.source import Room, SourcePicture
from publisher.intake.word.metafiles import is_metafile
from publisher.limits import MOST_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

    from publisher.intake.word.drawings import PictureFile

_KEPT = {b"\x89PNG\r\n": ".png", b"\xff\xd8\xff": ".jpg"}
_CONVERTED = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_LEAST_CROP = 0.01
_ON_ITS_SIDE = 270
_OF_PNG = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
"""How the colours of a PNG may be kept."""


def picture(file: PictureFile, data: bytes, number: int, room: Room) -> SourcePicture:
    """A picture as it is shown; Unreadable where it is of a kind that no page can have."""
    name, suffix = posixpath.basename(file.part), _suffix(data)
    is_turned = file.turned in (90, _ON_ITS_SIDE)
    rest = (file.turned + 90) % 360 if is_turned else file.turned
    cropped = any(abs(side) > _LEAST_CROP for side in file.crop)
    if suffix == ".svg":
        if cropped or rest:
            raise Unreadable("裁剪或旋转过的 SVG 图")
    elif cropped or rest or suffix not in _KEPT.values():
        data, suffix = _redrawn(data, file.crop if cropped else (0, 0, 0, 0), rest), ".png"
    stem = posixpath.splitext(name)[0]
    return SourcePicture(number, data, stem + suffix, file.alternative, file.width, is_turned, room)


def _suffix(data: bytes) -> str:
    for start, suffix in _KEPT.items():
        if data.startswith(start):
            return suffix
    if data.startswith(_CONVERTED):
        return ".gif"
    if b"<svg" in data[:4096]:
        return ".svg"
    if is_metafile(data):
        raise Unreadable("EMF 或 WMF 图片，请在 Word 中另存为 PNG")
    raise Unreadable("不认识格式的图片，请在 Word 中另存为 PNG" if data else "空的图片")


def _redrawn(data: bytes, crop: tuple[float, float, float, float], turned: int) -> bytes:
    """As PNG, cut and turned clockwise as a drawing shows it."""
    from PIL import Image

    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unreadable("太大的图片")
            _turned(_cut(image, crop), turned).save(made, "PNG")
    except Unreadable:
        raise
    except Exception as error:  # what a damaged picture raises is anything
        raise Unreadable("损坏的图片") from error
    return made.getvalue()


def _cut(image: Image, crop: tuple[float, float, float, float]) -> Image:
    """What a drawing shows of a picture, in colours that a PNG may have (not those of print)."""
    shown = image if image.mode in _OF_PNG else image.convert("RGB")
    left, top, right, bottom = crop
    sides = (image.width, image.height) * 2
    places = zip((left, top, 1 - right, 1 - bottom), sides, strict=True)
    edges = [round(place * side) for place, side in places]
    if edges[0] >= edges[2] or edges[1] >= edges[3]:
        raise Unreadable("全部裁剪掉的图片")
    return shown.crop((edges[0], edges[1], edges[2], edges[3])) if any(crop) else shown


def _turned(image: Image, turned: int) -> Image:
    """A picture turned clockwise; what lies beside it then is seen through."""
    if turned % 90:
        from PIL.Image import Resampling

        return image.convert("RGBA").rotate(-turned, Resampling.BICUBIC, expand=True)
    return image.rotate(-turned, expand=True)
