"""A picture as it is published: its bytes without metadata → its type, size and fingerprint."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256


class ImageType(Enum):
    """The types of pictures that are read; the value is the media type."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    SVG = "image/svg+xml"

    @property
    def suffix(self) -> str:
        """That of its files, with the dot."""
        return {ImageType.PNG: ".png", ImageType.JPEG: ".jpg", ImageType.SVG: ".svg"}[self]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that is safe to pass on: nothing in it leads outside, or tells of who made it."""

    data: bytes = field(repr=False)
    kind: ImageType
    width: float
    """In pixels; of a drawing (SVG), in the pixels of CSS, 96 to the inch."""
    height: float
    resolution: float | None = None
    """Pixels per inch, as the file says; None where it does not, and of a drawing."""

    @property
    def is_drawing(self) -> bool:
        """Whether it is made of lines, and sharp at any size."""
        return self.kind is ImageType.SVG

    @property
    def fingerprint(self) -> str:
        """The same for the same picture, else another."""
        return sha256(self.data).hexdigest()
