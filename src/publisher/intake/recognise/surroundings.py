"""Lines above and below a table → its title, unit, remarks and notes, each with its decision."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import Source, SourceParagraph
from publisher.styles import Style
from publisher.words import captions

_NUMBERED = re.compile(r"[0-9]{1,2}\s*[.．、]\s*")
_NOTE = re.compile(r"([①-⑳㉑-㉟㊱-㊿])\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a table."""

    title: str = ""
    unit: str | None = None
    remarks: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    """The words of its notes by their marks."""
    above: tuple[Decision, ...] = ()
    below: tuple[Decision, ...] = ()


def read_around(
    above: Sequence[SourceParagraph], below: Sequence[SourceParagraph], source: Source
) -> Around:
    """What lines around a table say of it."""
    title, unit = "", None
    decisions = []
    for paragraph in above:
        words = paragraph.words.strip()
        if said := captions.UNIT.fullmatch(words):
            unit = said["said"]
            decisions.append(_decision(paragraph, Role.TABLE_UNIT, "表格上面的“单位：”", source))
            continue
        if captions.GOES_ON.fullmatch(words):
            decisions.append(_decision(paragraph, Role.LEFT_OUT, "续表由程序印", source))
            continue
        numbered = captions.TABLE_TITLE.fullmatch(words)
        own = (numbered["title"] or "").strip() if numbered else words
        title = f"{title}{own}"
        reason = "表号和题目" if numbered else "紧接在表格上面，居中"
        decisions.append(_decision(paragraph, Role.TABLE_TITLE, reason, source))
    notes: dict[str, str] = {}
    remarks: list[str] = []
    behind = []
    for paragraph in below:
        words = paragraph.words.strip()
        if note := _NOTE.fullmatch(words):
            notes[note[1]] = note[2].strip()
            behind.append(_decision(paragraph, Role.TABLE_REMARK, "表格下面的脚注", source))
            continue
        remark = captions.REMARK.fullmatch(words)
        said_here = remark["said"] if remark else words
        remarks.append(said_here)
        behind.append(_decision(paragraph, Role.TABLE_REMARK, "表格下面的“注：”", source))
    return Around(title, unit, _without_numbers(remarks), notes, tuple(decisions), tuple(behind))


def _without_numbers(remarks: Sequence[str]) -> tuple[str, ...]:
    """Several remarks without the numbers that the program prints."""
    if len(remarks) < 2:
        return tuple(remarks)
    return tuple(_NUMBERED.sub("", each, count=1) for each in remarks)


def _decision(paragraph: SourceParagraph, role: Role, reason: str, source: Source) -> Decision:
    return Decision(
        paragraph.number,
        paragraph.words,
        role,
        certainty=Certainty.SURE if Style.named(paragraph.look.style) else Certainty.LIKELY,
        reason=reason,
        source=source.name,
    )
