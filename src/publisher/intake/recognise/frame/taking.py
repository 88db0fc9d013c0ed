"""Lines, and a table of functions that each know an element → what each line was taken for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from publisher.intake.recognise.frame.lines import FrameLine, UsualLooks
from publisher.intake.result import Certainty, Role
from publisher.intake.source import SourceFile


@dataclass(frozen=True, slots=True)
class Known:
    """What a line was taken for, and why."""

    role: Role
    certainty: Certainty = Certainty.SURE
    reason: str = ""
    question: str = ""
    why_left_out: str = ""
    """Of what becomes no content."""


Taken = dict[int, Known]
"""What lines were taken for, by their index."""


@dataclass(frozen=True, slots=True)
class SourceSetting:
    """What is known of a source before its elements are."""

    def says_elsewhere(self, words: str) -> bool:
        """Whether some words, without blanks, stand in a line that holds more than they."""
        return any(words in line.bare and words != line.bare for line in self.lines)

    source: SourceFile
    lines: tuple[FrameLine, ...]
    looks: UsualLooks
    is_own: bool = False
    """Whether the file is one of ours."""
    names: frozenset[str] = frozenset()
    """Full and short names of the bureau's organs."""
    named: frozenset[str] = field(default=frozenset())
    """Titles that other files name, without blanks: of what they issue and attach."""


Finder = Callable[[SourceSetting, Sequence[FrameLine], Taken], Taken]
"""What is known, lines that no element has yet, what was taken before → what it takes."""


def take(finders: Iterable[Finder], setting: SourceSetting, taken: Taken) -> Taken:
    """With what the functions take, one after another."""
    for find in finders:
        taken = {**taken, **find(setting, rest(setting.lines, taken), taken)}
    return taken


def rest(lines: Iterable[FrameLine], taken: Taken) -> list[FrameLine]:
    """The lines that nothing was taken for."""
    return [line for line in lines if line.index not in taken]


def known(
    lines: Iterable[FrameLine], role: Role, reason: str, certainty: Certainty = Certainty.LIKELY
) -> Taken:
    """Lines taken for the same; a style of ours that says so makes sure."""
    return {line.index: _known(line, role, reason, certainty) for line in lines}


def _known(line: FrameLine, role: Role, reason: str, certainty: Certainty) -> Known:
    if line.role is role and line.paragraph is not None:
        return Known(role, Certainty.SURE, f"样式“{line.paragraph.look.style}”")
    return Known(role, certainty, reason)


def asked(lines: Iterable[FrameLine], role: Role, reason: str, question: str) -> Taken:
    """Lines of which a person has to say what they are."""
    return {line.index: Known(role, Certainty.ASKED, reason, question) for line in lines}


def left_out(lines: Iterable[FrameLine], why: str, reason: str) -> Taken:
    """Lines that become no content."""
    return {
        line.index: Known(Role.LEFT_OUT, Certainty.LIKELY, reason, why_left_out=why)
        for line in lines
    }


def of_role(lines: Iterable[FrameLine], taken: Taken, *roles: Role) -> list[FrameLine]:
    """The lines that were taken for one of some elements."""
    return [line for line in lines if line.index in taken and taken[line.index].role in roles]
