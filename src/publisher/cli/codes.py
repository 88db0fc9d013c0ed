"""What was found → the exit code of a command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from publisher import diagnostics
from publisher.diagnostics import Finding

if TYPE_CHECKING:
    from publisher.pipeline import Outcome


CLEAN, STOPPED, UNFINISHED, WRONG_USAGE = range(4)


def all_findings(outcomes: Iterable[Outcome]) -> tuple[Finding, ...]:
    """The findings of all documents, in order."""
    return diagnostics.in_order(finding for outcome in outcomes for finding in outcome.findings)


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """STOPPED where a finding stops publishing."""
    return STOPPED if diagnostics.stops_publishing(all_findings(outcomes)) else CLEAN
