"""A folder of content → the files in it that say what all its documents share."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from publisher.files import read_regular
from publisher.filetypes import PICTURES

FILE = "bureau.yaml"


def files_of(content: Path) -> list[str]:
    """The names of all files that say what documents share: where marks are pictures, those beside
    `bureau.yaml` too, whichever of them it names.
    """
    data = read_regular(content / FILE, content)
    if not isinstance(data, bytes) or not has_pictures(data):
        return [FILE]
    return [FILE, *sorted(each.name for each in content.iterdir() if is_picture(each.name))]


def has_pictures(data: bytes) -> bool:
    """Whether a `bureau.yaml` may name pictures, in whatever way its characters are written."""
    return any("标志图片".encode(encoding) in data for encoding in _ENCODINGS)


_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def is_picture(name: str) -> bool:
    """Whether a file may be that of a mark, by its name."""
    return PurePosixPath(name).suffix.lower() in PICTURES
