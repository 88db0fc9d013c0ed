"""Made pictures, as readers give them."""

from __future__ import annotations

import io

from PIL import Image as Pillow

from publisher.images import Image, ImageType
from publisher.model import Picture

WORDS = "申请、受理、审核依次相连"
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">\
<rect width="400" height="200" fill="#00f"/>\
<text x="20" y="100" font-size="20">\xe6\xb5\x81\xe7\xa8\x8b</text></svg>"""


def pixels(width: int, height: int, kind: ImageType = ImageType.PNG) -> Image:
    """A picture whose left upper quarter is red, at 96 pixels to the inch."""
    made = Pillow.new("RGB", (width, height), "white")
    made.paste("red", (0, 0, width // 2, height // 2))
    stream = io.BytesIO()
    made.save(stream, kind.name)
    return Image(stream.getvalue(), kind, width, height)


def drawing() -> Image:
    return Image(DRAWING, ImageType.SVG, 400, 200)


def picture(image: Image, title: str = "办理流程", **given: object) -> Picture:
    return Picture(title, image, WORDS, f"flow{image.kind.suffix}", **given)  # type: ignore[arg-type]
