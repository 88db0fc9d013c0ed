"""The bytes of a source file → its lines as text that every output can hold, and findings."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher.diagnostics import Finding, further_findings
from publisher.files import Refusal, read_regular
from publisher.limits import MOST_ATTACHED, MOST_BYTES, MOST_FINDINGS, MOST_LINES
from publisher.model import Place
from publisher.readers import findings

REPLACEMENT = "\ufffd"
# What XML 1.0 cannot hold, what it discourages, and line separators that are not \n.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# What steers other characters, joins or parts them, and is not seen itself. The selectors U+FE00
# to U+FE0F and U+E0100 to U+E01EF choose among the forms of a character and belong to it.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LOST = re.compile(REPLACEMENT)
UNSEEN = (
    (CONTROL, findings.control_character),
    (_LOST, findings.lost_character),
    (_INVISIBLE, findings.invisible_character),
)
"""Characters that are told wherever they stand, in files of others too, and what is said."""
SUSPICIOUS = (*UNSEEN, (_PRIVATE, findings.private_character))
"""The same, and those that need a font of one's own, which content cannot have."""
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # begins as the mark of UTF-16 does
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text."""

    file: str
    """Its name in findings."""
    lines: tuple[str, ...]
    """Without line ends."""
    size: int = 0
    """Its bytes."""

    @property
    def text(self) -> str:
        """The lines joined."""
        return "\n".join(self.lines)


def read_source(
    path: Path,
    file: str,
    mentioned: Place,
    within: Path | None = None,
    most: int = MOST_BYTES,
) -> tuple[Source | None, list[Finding]]:
    """The text of `path`; None with a finding at `mentioned` where it cannot be read.

    Links that lead out of the folder `within` are not followed.
    """
    data, faults = read_bytes(path, file, mentioned, within, most, MOST_BYTES)
    return decode(data, file) if data is not None else (None, faults)


def read_bytes(
    path: Path,
    file: str,
    mentioned: Place,
    within: Path | None = None,
    most: int = MOST_ATTACHED,
    bound: int = MOST_ATTACHED,
) -> tuple[bytes | None, list[Finding]]:
    """The bytes of `path`; None with a finding at `mentioned` where it cannot be read.

    It may have `most`, which is what others have left of `bound`.
    """
    data = read_regular(path, within, most)
    match data:
        case bytes():
            return data, []
        case Refusal.MISSING:
            return None, [findings.missing_file(mentioned, file)]
        case Refusal.OUTSIDE:
            return None, [findings.outside_file(mentioned, file)]
        case Refusal.LARGE:
            return None, [_large(mentioned, f"{bound >> 20} MB", "全部文件的大小")]
    return None, [findings.unreadable_file(mentioned, file, data.value)]


def _large(place: Place, most: str, what: str) -> Finding:
    return findings.beyond_limit(place, what, most, "请核对是否放错了文件。")


def decode(data: bytes, file: str) -> tuple[Source | None, list[Finding]]:
    """Text from bytes in UTF-8, UTF-16 with a byte order mark, or GB 18030."""
    text, faults = text_in(data, Place(file))
    if text is None:
        return None, faults
    if text.count("\n") > MOST_LINES:
        return None, [*faults, _large(Place(file, MOST_LINES + 1), f"{MOST_LINES} 行", "文件")]
    lines = text.split("\n")
    for pattern, make in SUSPICIOUS:
        faults += _suspicious(pattern, make, lines, file)
    kept = tuple(CONTROL.sub(REPLACEMENT, line) for line in lines)
    return Source(file, kept, len(data)), faults


def text_in(data: bytes, place: Place) -> tuple[str | None, list[Finding]]:
    """The same as it stands there, whatever characters are in it; None where nobody can tell."""
    text, faults = _text(data, place)
    return text and text.replace("\r\n", "\n").replace("\r", "\n"), faults


def _text(data: bytes, place: Place) -> tuple[str | None, list[Finding]]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), []
    if data.count(0) > len(data) * _DAMAGED:  # UTF-16 without a mark, or no text at all
        return None, [findings.unreadable_encoding(place)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    if text.count(REPLACEMENT) <= _foreign(text) * _DAMAGED:
        return text, []
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None, [findings.unreadable_encoding(place)]
    # Big5 and broken UTF-8 decode as GB 18030 too, into characters that are seldom used.
    common = len(text.encode("gb2312", errors="ignore").decode("gb2312"))
    if _PRIVATE.search(text) or len(text) - common > _foreign(text) * _RARE:
        return None, [findings.unreadable_encoding(place)]
    return text, [findings.other_encoding(place, "GB 18030")]


_DAMAGED = 0.1
"""The part of the characters of a UTF-8 file that may be broken; more, and it is no UTF-8."""
_RARE = 0.3
"""The part of the characters of a GB 18030 file that GB 2312 may lack; more, and it is another."""


def _foreign(text: str) -> int:
    """How many characters are not ASCII."""
    return len(text) - len(text.encode("ascii", errors="ignore"))


def _suspicious(
    pattern: re.Pattern[str],
    make: Callable[[Place, str], Finding],
    lines: Sequence[str],
    file: str,
) -> list[Finding]:
    """Where characters of a kind stand: the first of them, and how many more there are."""
    faults: list[Finding] = []
    count = 0
    for number, line in enumerate(lines, 1):
        for match in pattern.finditer(line) if not line.isprintable() or not line.isascii() else ():
            count += 1
            if count <= MOST_FINDINGS + 1:
                faults.append(make(Place(file, number, match.start() + 1), match.group()))
    if count > MOST_FINDINGS:
        faults[-1] = further_findings(faults[-1], count - MOST_FINDINGS)
    return faults
