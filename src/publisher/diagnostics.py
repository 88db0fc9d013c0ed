"""Findings → the same in order, counted, as text and as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from heapq import nsmallest
from typing import Any

from publisher.limits import MOST_FINDINGS
from publisher.place import Place
from publisher.shapes import has_shape, value_of


class BrokenEnvironment(Exception):
    """Something beside the content is missing or damaged; the words tell the user what to do."""


class UndrawnPicture(BrokenEnvironment):
    """A picture that WeasyPrint cannot draw, as a drawing with what it does not know."""


class Severity(Enum):
    """What a finding means for publishing."""

    ERROR = "error"
    """Stops publishing."""
    REVIEW = "review"
    """A person should look; publishing goes on."""

    @property
    def label(self) -> str:
        """The word that the user reads."""
        return {"error": "错误", "review": "请核对"}[self.value]


ACCEPTED = "已接受"
"""The word for findings that `accepted.yaml` accepts."""


_LONGEST, _END = 300, 100
"""Characters of a message, and of its end where it is shortened."""
_LONG_QUOTATION = re.compile("(?<=“)([^“”]{40})[^“”]{20,}([^“”]{10})(?=”)")


def shown(message: str) -> str:
    """A message on one line that ends; one that is shown already stays as it is.

    What it quotes may stand on several lines, or go on for pages.
    """
    words = _LONG_QUOTATION.sub(r"\1……\2", message.replace("\n", " "))
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - _END]}……{words[-_END:]}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should know about a document."""

    name: str
    """Stable: the name of the function that makes it, and of its heading in docs/findings.md."""
    severity: Severity
    place: Place
    message: str
    """What is wrong, in Chinese, in one sentence."""
    hint: str
    """What to do next, in Chinese."""
    accepted: str = ""
    """Why the bureau accepts it, in its own words; empty where it does not."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", shown(self.message))
        object.__setattr__(self, "hint", shown(self.hint))

    @property
    def label(self) -> str:
        """The word that the user reads before the message."""
        return ACCEPTED if self.accepted else self.severity.label

    @property
    def advice(self) -> str:
        """What to do next, or why nothing is to be done."""
        return f"理由：{self.accepted}" if self.accepted else self.hint


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, line and column, each once."""
    return tuple(sorted(set(findings), key=_where))


def _where(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.name, finding.message


def bounded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in order; of those of one name in one file the first, and how many more there are.

    Accepted ones are all told: somebody wrote down each.
    """
    kept: list[Finding] = []
    alike: dict[tuple[str, str, Severity], list[Finding]] = {}
    for finding in set(findings):
        kind = finding.place.file, finding.name, finding.severity
        (kept if finding.accepted else alike.setdefault(kind, [])).append(finding)
    for group in alike.values():
        first = nsmallest(MOST_FINDINGS + 1, group, key=_where)
        kept += first[:MOST_FINDINGS]
        if len(group) > MOST_FINDINGS:
            kept.append(further_findings(first[-1], len(group) - MOST_FINDINGS))
    return in_order(kept)


def further_findings(first: Finding, count: int) -> Finding:
    """A file has more findings of one name than anybody would read: the others are counted.

    Mostly one cause is behind all of them. Mend those that are told, and check again.
    """
    return Finding(
        "further_findings",
        first.severity,
        first.place,
        f"从这里起还有 {count} 处 {first.name}，没有逐一列出",
        "多半是同一个原因；请先改正已经列出的，再检查一次。",
    )


def stops_publishing(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error that nobody accepts."""
    return any(finding.severity is Severity.ERROR and not finding.accepted for finding in findings)


def unsettled(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that nobody accepts."""
    return tuple(finding for finding in findings if not finding.accepted)


def as_lines(finding: Finding, spoken: str = "") -> tuple[str, str]:
    """`file:line:column: severity [name] message`, and the hint or the reason.

    `spoken` is the place in words, where its file has no lines.
    """
    place = finding.place
    where = spoken or f"{place.file}:{place.line}:{place.column}"
    what = f"{finding.label} [{finding.name}] {finding.message}"
    return f"{where}: {what}", f"    → {finding.advice}"


def as_data(finding: Finding) -> dict[str, object]:
    """A finding as plain JSON values."""
    return {
        "name": finding.name,
        "severity": finding.severity.value,
        **asdict(finding.place),
        "message": finding.message,
        "hint": finding.hint,
        "accepted": finding.accepted,
    }


FORMAT = 1
"""Of the findings as JSON: raised when what stands there changes its meaning."""


def as_json(findings: Iterable[Finding]) -> str:
    """Findings for programs, as docs/findings.schema.json says, ended by a newline."""
    record = {"format": FORMAT, "findings": list(map(as_data, findings))}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


_SHAPE = {
    **dict.fromkeys(("name", "severity", "file", "message", "hint"), str),
    **dict.fromkeys(("line", "column"), int),
    "accepted": (str, type(None)),
}


def from_json(data: bytes) -> tuple[Finding, ...]:
    """The findings that `as_json` wrote; earlier versions wrote just the list. Else ValueError."""
    record = value_of(data)
    entries: Any = record.get("findings") if isinstance(record, dict) else record
    if not has_shape(entries, [_SHAPE]):
        raise ValueError("these are no findings")
    return tuple(
        Finding(
            name=entry["name"],
            severity=Severity(entry["severity"]),
            place=Place(entry["file"], entry["line"], entry["column"]),
            message=entry["message"],
            hint=entry["hint"],
            accepted=entry["accepted"],
        )
        for entry in entries
    )


def count(findings: Iterable[Finding]) -> str:
    """A sentence that says how many findings of each severity there are, and how many accepted."""
    return count_of(Counter(finding.label for finding in findings))


def count_of(labels: Mapping[str, int]) -> str:
    """The same of how many there are by their labels."""
    known = (*(severity.label for severity in Severity), ACCEPTED)
    phrases = [f"{label} {labels[label]} 处" for label in known if labels.get(label)]
    if set(labels) <= {ACCEPTED}:
        phrases = ["没有发现问题", *phrases]
    return "，".join(phrases)
