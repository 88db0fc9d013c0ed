"""Lines that were taken for elements → signs in them that front matter does not write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.taking import Taken
from publisher.intake.result import Role
from publisher.intake.source import LeftOut
from publisher.words.elements import ATTENDANCE

_HEAD = re.compile(
    r"^[（(]|[）)]$|(?:文\s*号|发文字号|密\s*级|紧急程度|份\s*号)\s*[：:]|N[oO]\s*[.．:：]?|(?<=[\u3400-\u9fff])[、，](?=[\u3400-\u9fff])"
)
_SIGNS = {
    **dict.fromkeys(
        (Role.NUMBER, Role.COPY_NUMBER, Role.CLASSIFICATION, Role.URGENCY, Role.SIGNER), _HEAD
    ),
    Role.RECIPIENTS: re.compile(r"^主\s*送\s*[：:]|。$"),
    Role.COPIES: re.compile(r"^(?:抄报|分送|发送|报送)\s*[：:]"),
    Role.ATTACHMENT_LIST: re.compile(r"^附\s*[：:]|[；;]$"),
    Role.ATTACHMENT_MARK: re.compile(r"^附(?!\s*件)|(?<=附)[表录图]|[：:．.、]$"),
    Role.SIGNATORY: re.compile(r"&\w+;|、"),
}
"""What of a line is read and not kept, by what the line was taken for."""
_WHY = "这一项里不写的字，有的由程序印"


def stripped(lines: tuple[FrameLine, ...], taken: Taken) -> Iterator[LeftOut]:
    """Labels, brackets and marks between names that are not kept."""
    for line in lines:
        role = taken[line.index].role if line.index in taken else None
        for words in _parts(line.words, role):
            yield LeftOut(words, _WHY, line.block.number)


def _parts(words: str, role: Role | None) -> Iterator[str]:
    if role is Role.ATTENDANCE:
        match = ATTENDANCE.fullmatch(words)
        label = match["label"] if match else ""
        said = words[: match.start("names")] if match else ""
        yield from filter(None, (said.removeprefix(label).rstrip("：: "),))
        yield from ("。",) if words.endswith("。") else ()
        return
    pattern = _SIGNS.get(role) if role else None
    if pattern is not None:
        yield from (match[0] for match in pattern.finditer(words) if match[0].strip())
