"""A finding → the words of a comment on it; such words → the finding again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from publisher.diagnostics import ACCEPTED, Finding, Severity
from publisher.terminal import visible

AUTHOR = "publisher"
"""Who makes the comments on findings."""
_LABELS = "|".join((*(severity.label for severity in Severity), ACCEPTED))
_SAID = re.compile(rf"(?:{_LABELS})：.+\n\[(\w+)\] .+ 第 [0-9]+ 行(?:\n|$)")


def said(finding: Finding) -> str:
    """How grave it is and what it is; where it stands, and its name; what to do."""
    place = finding.place
    where = f"{PurePosixPath(place.file).name} 第 {place.line} 行"
    lines = (
        f"{finding.label}：{finding.message}",
        f"[{finding.name}] {where}",
        f"→ {finding.advice}",
    )
    return "\n".join(map(visible, lines))


def is_of_finding(words: str) -> bool:
    """Whether the words of a comment are those of one on a finding, whoever the file says made it:
    Word leaves out authors on demand.
    """
    return bool(_SAID.match(words))


def name_in(words: str) -> str:
    """The name of the finding in the words of a comment."""
    match = _SAID.match(words)
    return match[1] if match else ""


def finding_of(words: str, findings: Iterable[Finding]) -> Finding | None:
    """Which of the findings a comment was made of: lines may have moved, other words not."""
    alike = [finding for finding in findings if _is_said(finding, words)]
    exact = [finding for finding in alike if said(finding).split("\n")[1] in words]
    return next(iter(exact or alike), None)


def _is_said(finding: Finding, words: str) -> bool:
    return f"[{finding.name}]" in words and visible(finding.message) in words
