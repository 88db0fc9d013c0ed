"""A picture → what a page shows of it: no larger than screens need, in an address that holds it."""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.images import Image, ImageType

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

WIDEST = 1600
"""Pixels across: twice what the text is wide on large screens, for those that are sharper."""
LIGHT = 300_000
"""Bytes of a PNG from which on it is tried as JPEG: a photograph takes a fraction of it then."""
QUALITY = 85
"""Of a JPEG that is made here."""
HEAVIEST_PAGE = 2 * 1024 * 1024
"""Bytes of a page from which on publishers are told that it is heavy."""
_SMALL = 280
"""Pixels across that any telephone shows whole."""
_COLUMN = 640
"""Pixels across that the column of a site has at least on a computer."""


@dataclass(frozen=True, slots=True)
class ScreenPicture:
    """A picture as a page holds it."""

    image: Image

    @property
    def address(self) -> str:
        """It holds the picture itself: nothing is fetched, and no script in a drawing runs."""
        return f"data:{self.image.kind.value};base64,{b64encode(self.image.data).decode()}"

    @property
    def width(self) -> int:
        """In pixels."""
        return max(1, round(self.image.width))

    @property
    def height(self) -> int:
        """In pixels."""
        return max(1, round(self.image.height))

    @property
    def is_small(self) -> bool:
        """Whether there is nothing to enlarge."""
        return self.width <= _SMALL


def on_screen(image: Image, widest: int = WIDEST) -> ScreenPicture:
    """The picture, scaled down where it has more pixels than are seen; the same bytes each time."""
    if image.is_drawing or (image.width <= widest and len(image.data) <= LIGHT):
        return ScreenPicture(image)
    return ScreenPicture(min(_candidates(image, widest), key=lambda each: len(each.data)))


def in_column(image: Image, share: float | None) -> tuple[int, int]:
    """Width and height of a picture in a site's column, of which it takes a share if that is said;
    no site is known to make a picture smaller that is wider.
    """
    width = round(_COLUMN * share) if share else min(image.width, _COLUMN)
    return max(1, round(width)), max(1, round(width * image.height / image.width))


def weight_told(page: bytes) -> str:
    """What publishers are told of a heavy page, in Chinese; empty of others."""
    if len(page) <= HEAVIEST_PAGE:
        return ""
    size, bound = (f"{count / 1024**2:.1f} MB" for count in (len(page), HEAVIEST_PAGE))
    because = (
        "图片都在网页里面，请把图片缩小，或者减少图片"
        if b'src="data:image/' in page
        else "文字里的表格太长，请改作附件，很长的附件表自己成一页"
    )
    return f"index.html 有 {size}，超过 {bound}，手机上打开很慢：{because}"


def _candidates(image: Image, widest: int) -> list[Image]:
    from PIL import Image as Raster

    with Raster.open(io.BytesIO(image.data)) as opened:
        if opened.mode.startswith(("I", "F")):  # of more than eight bits: made smaller, they change
            return [image]
        picture = _plain(opened)
    if picture.width > widest:
        height = max(1, round(picture.height * widest / picture.width))
        picture = picture.resize((widest, height), Raster.Resampling.LANCZOS)
    made = [_saved(picture, image.kind)] if picture.width < image.width else []
    if image.kind is ImageType.PNG and picture.mode in ("L", "RGB"):
        photograph = _saved(picture, ImageType.JPEG)
        lightest = min(len(each.data) for each in (image, *made))
        made += [photograph] if len(photograph.data) * 2 < lightest > LIGHT else []
    return [image, *made]


def _plain(picture: Pixels) -> Pixels:
    """The picture in colours that can be mixed."""
    if picture.mode in ("L", "LA", "RGB", "RGBA") and "transparency" not in picture.info:
        return picture.copy()
    if picture.mode == "1":
        return picture.convert("L")
    return picture.convert("RGBA" if "transparency" in picture.info else "RGB")


def _saved(picture: Pixels, kind: ImageType) -> Image:
    stream = io.BytesIO()
    if kind is ImageType.PNG:
        picture.save(stream, "PNG", optimize=True)
    else:
        picture.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return Image(stream.getvalue(), kind, picture.width, picture.height)
