"""A picture of a file, with the line below it → a `Picture` with its title and words."""

from __future__ import annotations

from dataclasses import replace

from publisher import standard
from publisher.images import Image
from publisher.intake.recognise.assembly import Solid
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import SourceFile, SourceParagraph, SourcePicture
from publisher.model import Picture, Place
from publisher.styles import Style
from publisher.words import captions


def is_caption(paragraph: SourceParagraph, number: int) -> bool:
    """Whether a line below a picture is its title, with the number that would be printed."""
    if Style.named(paragraph.look.style) is Style.CAPTION:
        return True
    match = captions.PICTURE_TITLE.fullmatch(paragraph.words.strip())
    if match is None:
        return False
    return captions.number_of(match["number"]) == number and captions.is_title(match["title"] or "")


def read_picture(
    picture: SourcePicture, source: SourceFile, caption: SourceParagraph | None = None
) -> Solid:
    """A picture with its caption; nothing but its decision where it cannot be read."""
    from publisher.readers.images import read_image  # few documents have pictures

    place = Place(source.name, picture.number)
    title = ""
    decisions: list[Decision] = []
    if caption is not None:
        words = caption.words.strip()
        numbered = captions.PICTURE_TITLE.fullmatch(words)
        title = (numbered["title"] or "").strip() if numbered else words
        decisions.append(
            Decision(
                caption.number,
                caption.words,
                Role.PICTURE_TITLE,
                certainty=Certainty.LIKELY,
                reason="图下面的一行",
                source=source.name,
            )
        )
    image, faults = read_image(picture.data, picture.name, place)
    if image is None:
        return Solid((), (_unreadable(picture, faults[0].message, source), *decisions))
    words = picture.alternative or title
    width = _own_width(picture, image)
    made = Picture(title, image, words, picture.name, width, picture.is_turned, place=place)
    return Solid((made,), (_decision(picture, words, source), *decisions))


def read_picture_of_cell(picture: SourcePicture, source: SourceFile) -> Solid:
    """A picture that stands in a table, where none can: behind the table, and asked."""
    made = read_picture(picture, source)
    if not made.blocks:
        return made
    question = "这张图片原来在表格的格里，放在表格后面：请核对位置，并写替代文字。"
    asked = (replace(each, certainty=Certainty.ASKED, question=question) for each in made.decisions)
    return replace(made, decisions=tuple(asked))


_NEAR = 0.01
"""By how much of it a width may differ from another and be the same."""


def _own_width(picture: SourcePicture, image: Image) -> float | None:
    """The width that its author gave it, in millimetres; None for that which it has by itself."""
    if picture.width is None or picture.is_turned:
        return None
    by_itself = standard.picture_width(image.width, image.resolution).mm
    usual = (by_itself, min(by_itself, standard.TYPE_AREA_WIDTH.mm))
    is_usual = any(abs(picture.width - width) <= width * _NEAR for width in usual)
    return None if is_usual else picture.width


def _decision(picture: SourcePicture, words: str, source: SourceFile) -> Decision:
    has_own = bool(picture.alternative)
    return Decision(
        picture.number,
        words or picture.name,
        Role.PICTURE,
        certainty=Certainty.SURE if has_own else Certainty.ASKED,
        reason="图片",
        question="" if has_own else "请写替代文字：图上画的是什么，给看不见图的人。",
        source=source.name,
    )


def _unreadable(picture: SourcePicture, why: str, source: SourceFile) -> Decision:
    return Decision(
        picture.number,
        picture.name,
        Role.LEFT_OUT,
        certainty=Certainty.ASKED,
        reason=why,
        question="这张图片没有收入，请另存为 PNG 或 JPEG 后补上。",
        source=source.name,
    )
