"""The bytes of a file → its lines, and back: lines that stay keep their bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """A file as its lines."""

    lines: tuple[str, ...]
    """Without line ends; bytes that are no characters stand for themselves."""
    ends: tuple[str, ...]
    """Of each line; empty of the last."""
    mark: bytes = b""
    """The byte order mark before it."""
    encoding: str = "utf-8"
    usual_end: str = field(default="\n")
    """Of lines that are added."""

    @classmethod
    def of(cls, data: bytes) -> EncodedFile:
        """The lines of bytes, read as the readers do."""
        mark, encoding = next((each for each in _MARKS if data.startswith(each[0])), (b"", ""))
        body = data[len(mark) :]
        encoding = encoding or _guessed(body)
        matches = [*_LINE.finditer(body.decode(encoding, "surrogateescape"))]
        if len(matches) > 1 and matches[-2][2] == "":  # the end is matched twice
            matches.pop()
        ends = tuple(match[2] for match in matches)
        usual = max(("\n", "\r\n", "\r"), key=ends.count)
        return cls(tuple(match[1] for match in matches), ends, mark, encoding, usual)

    @property
    def text(self) -> str:
        """The lines joined."""
        return "\n".join(self.lines)

    def with_lines(self, lines: Sequence[str]) -> bytes:
        """The bytes with other lines: those that were there keep how they end."""
        ends = self._ends_of(lines)
        text = "".join(line + end for line, end in zip(lines, ends, strict=True))
        return self.mark + text.encode(self.encoding, "surrogateescape")

    def _ends_of(self, lines: Sequence[str]) -> list[str]:
        """How each line ends: as it did, where it was there; the last has no end."""
        from difflib import SequenceMatcher

        ends = [self.usual_end] * len(lines)
        if len({*self.ends[:-1]}) > 1:
            matcher = SequenceMatcher(None, self.lines, lines, autojunk=False)
            for block in matcher.get_matching_blocks():
                for n in range(block.size):
                    ends[block.b + n] = self.ends[block.a + n] or self.usual_end
        ends[-1:] = [""] * bool(lines)
        return ends


def _guessed(data: bytes) -> str:
    """UTF-8, or GB 18030 where it is that and not the other."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            return "utf-8"
        broken = data.decode("utf-8", "replace").count("\ufffd")
        foreign = sum(byte > 0x7F for byte in data)
        return "gb18030" if broken * 10 > foreign / 3 else "utf-8"
    return "utf-8"
