"""Findings as other programs read them: GitHub's annotations and SARIF."""

from __future__ import annotations

import json

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
