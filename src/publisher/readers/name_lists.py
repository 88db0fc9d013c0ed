"""Lines of labels and entries → a list of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.model import Block, Link, NameEntry, NameGroup, NameList, Note, Paragraph, Place
from publisher.words.names import parted

_LONGEST_LABEL = 20
"""Characters of what may be the label of names above an empty line."""
_COMMA = re.compile("[\u3400-\u9fff·]{2,4}[，,][^，。；\\s]+")
"""A name and an office with a comma between them."""

_END = re.compile(r"(?<![\s：:])[\s：:]+\Z")
"""Behind a label, however often: what prints it puts one colon there."""


def label_of(blocks: Sequence[Block]) -> tuple[str, Place] | None:
    """The words of the last block, if it may be the label of the names below it."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or len(last.lines) != 1:
        return None
    if any(isinstance(each, Link | Note) for each in last.content):  # it would lose them
        return None
    words = last.lines[0][0]
    is_entry = words.startswith((":", "："))  # told by a check
    return last.lines[0] if len(words) <= _LONGEST_LABEL and not is_entry else None


@dataclass(slots=True)
class _Group:
    label: str
    place: Place
    entries: list[NameEntry] = field(default_factory=list)


def parts_at_comma(words: str) -> bool:
    """Whether an entry has a comma where a blank parts name and office: 王明，市民政局局长."""
    return bool(_COMMA.fullmatch(words.strip()))


class NameLines:
    """Collects the lines of a list of names."""

    def __init__(self) -> None:
        self._groups: list[_Group] = []
        self._lines: list[tuple[str, Place]] = []

    @classmethod
    def of(cls, block: NameList) -> NameLines:
        """What a list was made of, to be gone on with."""
        made = cls()
        made._groups = [_Group(each.label, each.place, [*each.entries]) for each in block.groups]
        made._lines = list(block.lines)
        return made

    def label(self, line: str, words: str, place: Place) -> None:
        """Begin the entries of a label: the line as it was typed, and what it says."""
        self._lines.append((line, place))
        self._groups.append(_Group(_END.sub("", words.strip()), place))

    def entry(self, line: str, words: str, place: Place) -> None:
        """Add an entry to the latest label: the line as it was typed, and what it says."""
        self._lines.append((line, place))
        name, office = parted(words)
        self._groups[-1].entries.append(NameEntry(name, office, place))

    def stands_above(self, place: Place) -> bool:
        """Whether the latest entry stands on the line before."""
        return place.line == self._lines[-1][1].line + 1

    def further(self, line: str, words: str, place: Place) -> None:
        """Add a line to the office of the latest entry."""
        self._lines.append((line, place))
        entries = self._groups[-1].entries
        last = entries.pop()
        entries.append(NameEntry(last.name, last.office + words.strip(), last.place))

    def block(self) -> NameList:
        """The list."""
        groups = tuple(
            NameGroup(group.label, tuple(group.entries), group.place) for group in self._groups
        )
        return NameList(groups, self._groups[0].place, tuple(self._lines))
