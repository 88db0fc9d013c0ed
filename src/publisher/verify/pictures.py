"""The document's pictures and those of a page → which are gone, say or show something else."""

from __future__ import annotations

import io
import warnings
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from publisher.files import read_regular
from publisher.verify.differences import Difference, Effect, change_of_words, short
from publisher.verify.saved import Page, SeenPicture, folded

Look = Callable[[str], bytes | None]
"""Gives the bytes of the picture at an address; None where they were not saved with the page."""

Files = Mapping[str, Sequence[bytes]]
"""By its address in the fragment, the files that show a picture as it is; the first has pixels."""

_ALIKE = 0.03
"""How much the proportions of two files of one picture may differ: sites round."""
_LARGEST = 64 * 1024 * 1024


def nothing_saved(_address: str) -> None:
    """For who has the page alone."""


def saved_with(page: Path) -> Look:
    """The pictures that a browser saved with a page: in it, or in the folder beside it."""

    def look(address: str) -> bytes | None:
        if address.startswith("data:"):
            return _held(address)
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path or "\0" in unquote(parts.path):
            return None
        file = page.parent / unquote(parts.path)
        data = read_regular(file, page.parent, _LARGEST)
        return data if isinstance(data, bytes) else None

    return look


def _held(address: str) -> bytes | None:
    """The bytes that an address holds itself."""
    about, _, data = address.partition(",")
    try:
        return b64decode(data) if about.endswith(";base64") else unquote_to_bytes(data)
    except ValueError:
        return None


def compare_pictures(
    own: Page,
    page: Page,
    inside: Callable[[int], bool],
    files: Files,
    look: Look,
) -> Iterator[Difference]:
    """What became of each picture of the document, whose `files` are known."""
    there = [picture for picture in page.pictures if inside(picture.block)]
    unknown: list[str] = []
    for picture, match in _paired(own, page, there):
        place = f"图片{short(picture.words)}"
        if match is None:
            yield Difference("lost_picture", Effect.LOST, place, "图片没有了", picture.words)
            continue
        yield from _of_words(place, picture.words, match.words)
        if shown := files.get(picture.address):
            published = look(match.address)
            if published is None:
                unknown.append(place)
            else:
                yield from _of_bytes(place, shown, published, match.address)
    if unknown:
        more = f"等 {len(unknown)} 张" if len(unknown) > 1 else ""
        message = "图片没有随网页存下来，不能核对是不是原来的那一张；请看一眼"
        yield Difference("unknown_picture", Effect.NOTE, unknown[0] + more, message)


def _of_words(place: str, canonical: str, published: str) -> Iterator[Difference]:
    if not folded(published):
        message = "图片的替代文字没有了，看不见图的人不知道图上是什么"
        yield Difference("lost_alternative", Effect.LOST, place, message, canonical)
    elif change := change_of_words(f"{place}的替代文字", canonical, published):
        yield change


def _of_bytes(
    place: str, files: Sequence[bytes], published: bytes, address: str
) -> Iterator[Difference]:
    if published in files:
        return
    shown = "" if address.startswith("data:") else address
    before, after = _shape(files[0]), _shape(published)
    if before and after and abs(before / after - 1) > _ALIKE:
        message = "图片换了一张，或者被剪过：宽和高的比例与原来的不同"
        yield Difference("changed_picture", Effect.CHANGED, place, message, "", shown)
        return
    message = "图片的文件与原来的不同，可能是网站压缩过；请看一眼是不是同一张、字看得清看不清"
    yield Difference("other_picture_file", Effect.NOTE, place, message, "", shown)


def _shape(data: bytes) -> float | None:
    """How many times as wide as high a picture is; None of a drawing, and of what is no picture."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            return picture.width / picture.height
    except (OSError, ValueError, SyntaxError, ZeroDivisionError, Image.DecompressionBombError):
        return None


# -- which is which -----------------------------------------------------------------------


def _paired(
    own: Page, page: Page, there: Sequence[SeenPicture]
) -> list[tuple[SeenPicture, SeenPicture | None]]:
    """Each picture of the document with that of the page: by its words, by the name of its file,
    by what stands before or behind it.
    """
    waiting = list(there)
    pairs: dict[int, SeenPicture] = {}
    keys: tuple[Callable[[Page, SeenPicture], str], ...] = (
        lambda _, picture: folded(picture.words),
        lambda _, picture: PurePosixPath(unquote(picture.address)).name,
        lambda of, picture: of.passage_words(picture.after - 1),
        lambda of, picture: of.passage_words(picture.after),
    )
    for key in keys:
        for number, picture in enumerate(own.pictures):
            wanted = key(own, picture)
            if number in pairs or not wanted:
                continue
            match = next((each for each in waiting if key(page, each) == wanted), None)
            if match is not None:
                pairs[number] = match
                waiting.remove(match)
    return [(picture, pairs.get(number)) for number, picture in enumerate(own.pictures)]
