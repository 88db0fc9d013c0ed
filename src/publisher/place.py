"""Where something stands in the source: file, line and column."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the source; lines and columns count from 1."""

    file: str
    """Path from the folder that holds `content/`, with forward slashes."""
    line: int = 1
    column: int = 1

    def after(self, characters: int) -> Place:
        """The place so many characters further on the same line."""
        return Place(self.file, self.line, self.column + characters)


NOWHERE = Place("")
"""The place of what no file holds: made documents in tests, derived values."""
