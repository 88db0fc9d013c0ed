"""Findings as other programs read them: GitHub's annotations and SARIF."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from publisher.annotations import as_github, as_sarif
from publisher.diagnostics import Finding, Severity
from publisher.model import Place

ERROR = Finding(
    "wrong_weekday", Severity.ERROR, Place("content/计划/a,b.md", 3, 5), "100% 不对：是周一", "改"
)
REVIEW = Finding("empty_task", Severity.REVIEW, Place("content/x/t.csv", 2, 1), "空", "补")
ACCEPTED = Finding(
    "empty_task", Severity.REVIEW, Place("content/x/t.csv", 9, 1), "空", "补", "原件如此"
)


def test_each_finding_is_a_workflow_command_on_a_line() -> None:
    assert as_github([ERROR, REVIEW, ACCEPTED]).splitlines() == [
        "::error file=content/计划/a%2Cb.md,line=3,col=5,title=错误 wrong_weekday"
        "::100%25 不对：是周一%0A改",
        "::warning file=content/x/t.csv,line=2,col=1,title=请核对 empty_task::空%0A补",
        "::notice file=content/x/t.csv,line=9,col=1,title=已接受 empty_task::空%0A理由：原件如此",
    ]


def test_sarif_holds_rule_level_place_and_why_it_is_suppressed() -> None:
    (run,) = json.loads(as_sarif([ERROR, REVIEW, ACCEPTED]))["runs"]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["empty_task", "wrong_weekday"]
    error, review, accepted = run["results"]
    assert (error["ruleId"], error["level"]) == ("wrong_weekday", "error")
    assert error["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "content/%E8%AE%A1%E5%88%92/a%2Cb.md"},
        "region": {"startLine": 3, "startColumn": 5},
    }
    assert review["level"] == "warning"
    assert "suppressions" not in review
    assert accepted["suppressions"] == [{"kind": "external", "justification": "原件如此"}]


# -- the shape of SARIF 2.1.0, as far as it is used -------------------------------------


class _Object(BaseModel):
    """An object with no other properties than these (as the standard's schema has it)."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class _Message(_Object):
    """SARIF 3.11."""

    text: str


class _ArtifactLocation(_Object):
    """SARIF 3.4: a relative reference, percent-encoded."""

    uri: Annotated[str, Field(pattern=r"^[A-Za-z0-9._~/%-]+$")]


class _Region(_Object):
    """SARIF 3.30: lines and columns are counted from 1."""

    start_line: Annotated[int, Field(ge=1)]
    start_column: Annotated[int, Field(ge=1)]


class _PhysicalLocation(_Object):
    """SARIF 3.29."""

    artifact_location: _ArtifactLocation
    region: _Region


class _Location(_Object):
    """SARIF 3.28."""

    physical_location: _PhysicalLocation


class _Suppression(_Object):
    """SARIF 3.35."""

    kind: Literal["inSource", "external"]
    justification: str


class _Result(_Object):
    """SARIF 3.27."""

    rule_id: str
    level: Literal["none", "note", "warning", "error"]
    message: _Message
    locations: list[_Location]
    suppressions: list[_Suppression] = []


class _Rule(_Object):
    """SARIF 3.49."""

    id: str


class _Driver(_Object):
    """SARIF 3.19."""

    name: str
    version: str
    rules: list[_Rule]


class _Tool(_Object):
    """SARIF 3.18."""

    driver: _Driver


class _Run(_Object):
    """SARIF 3.14."""

    tool: _Tool
    results: list[_Result]


class _Log(_Object):
    """SARIF 3.13."""

    version: Literal["2.1.0"]
    schema_: Annotated[str, Field(alias="$schema")]
    runs: list[_Run]


def test_sarif_has_the_shape_of_the_standard() -> None:
    _Log.model_validate_json(as_sarif([]))
    log = _Log.model_validate_json(as_sarif([ERROR, REVIEW, ACCEPTED]))
    (run,) = log.runs
    known = {rule.id for rule in run.tool.driver.rules}
    assert known == {result.rule_id for result in run.results}
