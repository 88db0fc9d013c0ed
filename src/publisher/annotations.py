"""Findings → what other programs show beside the source: GitHub's annotations, and SARIF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from publisher import __version__
from publisher.diagnostics import Finding, Severity

if TYPE_CHECKING:
    from sarif_pydantic import Result

_COMMANDS = {Severity.ERROR: "error", Severity.REVIEW: "warning"}


def as_github(findings: Iterable[Finding]) -> str:
    """A workflow command a line, as GitHub Actions reads them; what is accepted is a notice."""
    return "".join(f"{_command(one)}\n" for one in findings)


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "title": f"{finding.label} {finding.name}",
    }
    told = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in properties.items())
    command = "notice" if finding.accepted else _COMMANDS[finding.severity]
    words = f"{finding.message}\n{finding.advice}"
    return f"::{command} {told}::{_escaped(words)}"


def _escaped(words: str, more: str = "") -> str:
    """What would end a command or its properties, in the form that GitHub reads back."""
    for character in f"%\r\n{more}":
        words = words.replace(character, f"%{ord(character):02X}")
    return words


def as_sarif(findings: Iterable[Finding]) -> str:
    """A SARIF 2.1.0 log; what is accepted is a result with its suppression and the reason."""
    from sarif_pydantic import Run, Sarif, Tool, ToolDriver
    from sarif_pydantic.sarif import ReportingDescriptor

    found = tuple(findings)
    rules = [ReportingDescriptor(id=name) for name in sorted({one.name for one in found})]
    driver = ToolDriver(name="publisher", version=__version__, rules=rules)
    run = Run(tool=Tool(driver=driver), results=[_result(one) for one in found])
    log = Sarif(schema_uri=_SCHEMA, runs=[run])
    written: str = log.model_dump_json(by_alias=True, exclude_none=True, indent=2)
    return written + "\n"


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _result(finding: Finding) -> Result:
    from sarif_pydantic import (
        ArtifactLocation,
        Level,
        Location,
        Message,
        PhysicalLocation,
        Region,
        Result,
    )
    from sarif_pydantic.sarif import Suppression

    place = finding.place
    where = PhysicalLocation(
        artifact_location=ArtifactLocation(uri=quote(place.file)),
        region=Region(start_line=place.line, start_column=place.column),
    )
    result = Result(
        rule_id=finding.name,
        level=Level.ERROR if finding.severity is Severity.ERROR else Level.WARNING,
        message=Message(text=f"{finding.message}\n{finding.advice}"),
        locations=[Location(physical_location=where)],
    )
    if finding.accepted:
        # The library's own field is `suppression`; the standard (3.27.23) has a list of them.
        ours = Suppression(kind="external", justification=finding.accepted)
        return result.model_copy(update={"suppressions": [ours]})
    return result
