"""The bytes of a picture, and how a drawing shows them → a picture that content can have."""

from __future__ import annotations

import io
import posixpath
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.source import Room, SourcePicture
from publisher.limits import MOST_PIXELS

if TYPE_CHECKING:
    from publisher.intake.word.drawings import PictureFile

_KEPT = {b"\x89PNG\r\n": ".png", b"\xff\xd8\xff": ".jpg"}
_CONVERTED = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_LEAST_CROP = 0.01
_ON_ITS_SIDE = 270


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
    raise Unreadable("EMF、WMF 或不认识格式的图片；请在 Word 中另存为 PNG")


def _redrawn(data: bytes, crop: tuple[float, float, float, float], turned: int) -> bytes:
    """As PNG, cut and turned clockwise as a drawing shows it."""
    from PIL import Image

    if turned % 90:
        raise Unreadable(f"旋转了 {turned} 度的图片")
    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unreadable("太大的图片")
            left, top, right, bottom = crop
            box = (left, top, 1 - right, 1 - bottom)
            sides = (image.width, image.height) * 2
            edges = [round(place * side) for place, side in zip(box, sides, strict=True)]
            shown = image.crop((edges[0], edges[1], edges[2], edges[3])) if any(crop) else image
            shown.rotate(-turned, expand=True).save(made, "PNG")
    except Unreadable:
        raise
    except Exception as error:  # what a damaged picture raises is anything
        raise Unreadable("损坏的图片") from error
    return made.getvalue()
