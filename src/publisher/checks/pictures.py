"""Pictures → words for those who do not see them that say nothing, and pictures too coarse."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from publisher import standard
from publisher.checks.review import review, short
from publisher.diagnostics import Finding
from publisher.model import Document, Orientation, Picture, one_line
from publisher.standard import Length

_LONGEST = 200
_NOTHING_SAID = re.compile(
    r"(?:(?:一?[张幅个])?(?:图|图片|图像|图例|图示|照片|插图|附图|截图|截屏|示意图|流程图|地图|配图)"
    r"|(?:image|img|picture|pic|photo|figure|fig|screenshot|untitled|未命名|微信图片|微信截图|无标题)"
    r"|无|同上|略|待补|替代文字|alt)[\s_\-－（(]*[0-9０-９]*[)）]?[.。]?",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[\s\u3000。.]")


def empty_alternative_text(document: Document) -> Iterator[Finding]:
    """The alternative text of a picture says nothing: 图片, image1, the file's name, the caption.

    Who does not see the picture is told what it shows by these words alone; the caption is read
    aloud beside them. Write what a reader takes from the picture: what follows what in a flow
    chart, what lies where on a map, what a curve does.
    """
    for picture in document.pictures:
        words = _plain(picture.words)
        if words and (why := _why_empty(picture, words)):
            yield review(
                "empty_alternative_text",
                picture.place,
                f"替代文字{short(picture.words)}{why}，看不到图的人不知道图上是什么",
                "请写明看图的人从图上看到什么：流程图写各环节怎样相连，地图写各处在哪里。",
            )


def _why_empty(picture: Picture, words: str) -> str:
    file = PurePosixPath(picture.name)
    if _NOTHING_SAID.fullmatch(words):
        return "没有说出内容"
    if words.lower() in (_plain(file.name).lower(), _plain(file.stem).lower()):
        return "只是文件名"
    return "只重复了图题" if words == _plain(one_line(picture.title)) else ""


def _plain(words: str) -> str:
    return _BLANKS.sub("", words)


def long_alternative_text(document: Document) -> Iterator[Finding]:
    """The alternative text of a picture has more than 200 characters.

    It is read aloud in one piece, in which nobody can go back to a part. Say what the picture shows
    in a sentence or two, and write the rest into the text, where all can read it.
    """
    for picture in document.pictures:
        if len(picture.words) > _LONGEST:
            yield review(
                "long_alternative_text",
                picture.place,
                f"替代文字有 {len(picture.words)} 字，读屏软件会一口气读完",
                f"请用一两句话写明图上是什么（不超过 {_LONGEST} 字），细节写进正文。",
            )


def coarse_picture(document: Document) -> Iterator[Finding]:
    """A picture has fewer than 150 pixels per inch as it is printed: its lines and words blur.

    It is printed as large as 宽 says, or as its file does, and no wider than the text. Take the
    original, or an SVG, or print it smaller: the width at which it is sharp enough is told.
    """
    for picture in document.pictures:
        if picture.image.is_drawing:
            continue
        wide = _printed_width(document, picture)
        resolution = picture.image.width / (wide.mm / _MM_OF_INCH)
        if resolution < standard.LEAST_RESOLUTION - _ROUNDED:
            inches, pixels = wide.mm / _MM_OF_INCH, picture.image.width
            right = math.floor(pixels / standard.LEAST_RESOLUTION * _MM_OF_INCH) / 10
            yield review(
                "coarse_picture",
                picture.place,
                f"“{picture.name}”印出来宽 {wide.mm / 10:.1f} 厘米，"
                f"每英寸只有 {resolution:.0f} 点，字和线会发虚",
                f"请换用更清晰的原图（宽 {math.ceil(inches * standard.LEAST_RESOLUTION)} 像素以上）"
                f"或 SVG；不换的，请写 宽: {right:.1f}厘米。",
            )


_MM_OF_INCH = 25.4
_ROUNDED = 0.5
"""What is told is rounded: 149.6 would be told as 150."""


def _printed_width(document: Document, picture: Picture) -> Length:
    """How wide a picture is printed, before it is turned."""
    image = picture.image
    is_landscape = picture.orientation is Orientation.LANDSCAPE
    across = standard.text_width(
        standard.page_profile(document.bureau.page), landscape=is_landscape
    )
    down = standard.TYPE_AREA_WIDTH if is_landscape else standard.TYPE_AREA_HEIGHT
    if picture.is_turned:
        across, down = down, across
    if picture.width is not None:
        wide = Length.of_mm(picture.width)
    elif picture.is_turned:
        wide = across
    else:
        wide = standard.picture_width(image.width, image.resolution)
    return min(wide, across, down * (image.width / image.height))
