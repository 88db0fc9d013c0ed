"""Lines above and below a table → its title, unit, remarks and notes, each with its decision."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from publisher.intake.recognise.lines import TextLine
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import LeftOut, SourceFile, SourceParagraph, SourceTable
from publisher.styles import Style
from publisher.words import captions
from publisher.words.elements import bare, may_be_organ

_NUMBERED = re.compile(r"[0-9]{1,2}\s*[.．、]\s*")
_NAMES_TABLE = re.compile("(?:表|清单|名单|一览|坐标|目录|指标|标准|安排|台账)$")
"""How the title of a table ends, where nothing else tells that it is one."""
_WITH_UNIT = re.compile(
    r"(?P<title>[^（(]+?)(?:\s+|(?<=[^填制报]表))(?P<unit>(?:计量|金额)?单位[：:].+)"
)
_SHORTEST_ORGAN = 4
_ALONE = re.compile(r"(?:备?注|说明)\s*[：:]")
"""Above remarks that stand on lines of their own."""
_OTHERWISE = re.compile("备(?=注)|说明")
"""What stands there in place of the 注 that the program prints."""
_MARK = re.compile("[①-⑳㉑-㉟㊱-㊿]")
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
    left_out: tuple[LeftOut, ...] = ()
    """What the program prints otherwise: 备注：, and 续表 of no table."""


@dataclass(slots=True)
class CaptionLines:
    """Which lines of a text belong to its tables."""

    MOST_ABOVE: ClassVar[int] = 3
    titled: int = 0
    """How many tables have a title so far."""

    def above(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """Of the last lines above a table those that are its title and unit."""
        taken: list[TextLine] = []
        for line in reversed(lines):
            is_title = self._is_title(line)
            if line.number or line.has_notes or not (is_title or _is_unit(line)):
                break
            taken.insert(0, line)
            if is_title:
                self.titled += 1
                break
        return taken

    def _is_title(self, line: TextLine) -> bool:
        """Whether a line is the title of a table, with the number that would be printed."""
        if line.style is Style.TABLE_TITLE:
            return True
        words, _ = title_and_unit(line.words)
        numbered = captions.TABLE_TITLE.fullmatch(words)
        if numbered:
            counted = captions.number_of(numbered["number"]) == self.titled + 1
            # A number alone is no title: the program prints none of a table without one.
            return counted and bool(title := numbered["title"]) and captions.is_title(title)
        if line.paragraph.look.style.split(".")[0] == "caption":
            return True
        stands_apart = line.is_centred or line.is_whole or bool(_NAMES_TABLE.search(words))
        return line.number is None and stands_apart and line.could_be_title

    @staticmethod
    def below(lines: Sequence[TextLine], table: SourceTable) -> list[TextLine]:
        """Of the first lines below a table those that are its remarks and notes."""
        marks = {mark for cell in table.cells for mark in _MARK.findall(cell.words)}
        taken: list[TextLine] = []
        remarks = 0
        for line in lines:
            words = line.paragraph.words.strip()
            if line.has_notes:
                break
            note = _NOTE.fullmatch(words)
            number = _NUMBERED.match(words)
            begins = line.style is Style.TABLE_NOTE or bool(captions.REMARK.fullmatch(words))
            begins |= not taken and bool(_ALONE.fullmatch(words))
            goes_on = taken and number and _value(number[0]) == remarks + 1
            if not (begins or goes_on or (note and note[1] in marks)):
                break
            is_remark = not (note and note[1] in marks) and not _ALONE.fullmatch(words)
            remarks += is_remark
            taken.append(line)
        return taken

    @staticmethod
    def go_on(lines: Sequence[TextLine]) -> bool:
        """Whether lines between two tables say that the second goes on with the first: 续表."""
        words = [line.words for line in lines]
        says_so = [
            bool(captions.GOES_ON.fullmatch(each) or each.startswith("续表")) for each in words
        ]
        units = [bool(captions.UNIT.fullmatch(each)) for each in words]
        return any(says_so) and all(a or b for a, b in zip(says_so, units, strict=True))


def title_and_unit(words: str) -> tuple[str, str | None]:
    """A title, and the unit that stands at the end of its line; None where none does."""
    match = _WITH_UNIT.fullmatch(words)
    unit = captions.UNIT.fullmatch(match["unit"]) if match else None
    return (match["title"], unit["said"]) if match and unit else (words, None)


def _is_unit(line: TextLine) -> bool:
    said = captions.UNIT.fullmatch(line.words)
    is_measure = bool(said) and not (said and _names_organ(said["said"]))
    return line.style is Style.TABLE_UNIT or is_measure


def _names_organ(words: str) -> bool:
    """Whether 单位： is followed by an organ, and by no measure as 所 or 万处."""
    return len(bare(words)) >= _SHORTEST_ORGAN and may_be_organ(words)


def _value(number: str) -> int:
    return int(re.sub("[^0-9]", "", number))


def read_around(
    above: Sequence[SourceParagraph], below: Sequence[SourceParagraph], source: SourceFile
) -> Around:
    """What lines around a table say of it."""
    title, unit = "", None
    decisions = []
    left_out: list[LeftOut] = []
    for paragraph in above:
        words = paragraph.words.strip()
        if said := captions.UNIT.fullmatch(words):
            unit = said["said"]
            decisions.append(_decision(paragraph, Role.TABLE_UNIT, "表格上面的“单位：”", source))
            continue
        if captions.GOES_ON.fullmatch(words):
            decisions.append(_decision(paragraph, Role.LEFT_OUT, "续表由程序印", source))
            left_out.append(LeftOut(words, "续表由程序印", paragraph.number, source.name))
            continue
        words, beside = title_and_unit(words)
        unit = beside or unit
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
        if label := _OTHERWISE.match(words):
            why = "表注的标记由程序印"
            left_out.append(LeftOut(label[0], why, paragraph.number, source.name))
        remark = captions.REMARK.fullmatch(words)
        if remark and remarks:
            why = "表注的标记由程序印"
            left_out.append(LeftOut("注：", why, paragraph.number, source.name))
        if not _ALONE.fullmatch(words):
            remarks.append(remark["said"] if remark else words)
        behind.append(_decision(paragraph, Role.TABLE_REMARK, "表格下面的“注：”", source))
    return Around(
        title,
        unit,
        _without_numbers(remarks),
        notes,
        tuple(decisions),
        tuple(behind),
        tuple(left_out),
    )


def _without_numbers(remarks: Sequence[str]) -> tuple[str, ...]:
    """Several remarks without the numbers that the program prints."""
    if len(remarks) < 2:
        return tuple(remarks)
    return tuple(_NUMBERED.sub("", each, count=1) for each in remarks)


def _decision(paragraph: SourceParagraph, role: Role, reason: str, source: SourceFile) -> Decision:
    return Decision(
        paragraph.number,
        paragraph.words,
        role,
        certainty=Certainty.SURE if Style.named(paragraph.look.style) else Certainty.LIKELY,
        reason=reason,
        source=source.name,
    )
