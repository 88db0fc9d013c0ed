"""Findings → what other programs show beside the source: GitHub's annotations, and SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from publisher import __version__
from publisher.diagnostics import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.REVIEW: "warning"}
"""Alike for both."""


def as_github(findings: Iterable[Finding]) -> str:
    """A workflow command a line, as GitHub Actions reads them; what is accepted is a notice."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": place.file,
        "line": max(place.line, 1),
        "col": place.column,
        "title": f"{finding.label} {finding.name}",
    }
    written = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in properties.items())
    command = "notice" if finding.accepted else _LEVELS[finding.severity]
    words = f"{finding.message}\n{finding.advice}"
    return f"::{command} {written}::{_escaped(words)}"


def _escaped(words: str, more: str = "") -> str:
    """What would end a command or its properties, in the form that GitHub reads back."""
    for character in f"%\r\n{more}":
        words = words.replace(character, f"%{ord(character):02X}")
    return words


def as_sarif(findings: Iterable[Finding]) -> str:
    """A SARIF 2.1.0 log; what is accepted is a result with its suppression and the reason."""
    results = tuple(findings)
    rules = [{"id": name} for name in sorted({finding.name for finding in results})]
    driver = {"name": "publisher", "version": __version__, "rules": rules}
    log = {
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{"tool": {"driver": driver}, "results": list(map(_result, results))}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding) -> dict[str, Any]:
    """A finding as SARIF 3.27 has it; its `suppressions` only where it is accepted."""
    place = finding.place
    where = {
        "artifactLocation": {"uri": quote(place.file)},
        "region": {"startLine": max(place.line, 1), "startColumn": place.column},
    }
    result: dict[str, Any] = {
        "ruleId": finding.name,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}\n{finding.advice}"},
        "locations": [{"physicalLocation": where}],
    }
    if finding.accepted:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result
