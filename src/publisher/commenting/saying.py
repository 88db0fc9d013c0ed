"""A finding → the words of a comment on it; such words → the finding again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from publisher.diagnostics import Finding
from publisher.terminal import visible

AUTHOR = "publisher"
"""Who makes the comments on findings."""


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


def finding_of(words: str, findings: Iterable[Finding]) -> Finding | None:
    """Which of the findings a comment was made of: lines may have moved, other words not."""
    alike = [finding for finding in findings if _is_said(finding, words)]
    exact = [finding for finding in alike if said(finding).split("\n")[1] in words]
    return next(iter(exact or alike), None)


def _is_said(finding: Finding, words: str) -> bool:
    return f"[{finding.name}]" in words and visible(finding.message) in words
