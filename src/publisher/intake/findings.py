"""What was recognised in a file of others with doubt → a finding: its docstring is the page."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Finding, Severity
from publisher.intake.result import Decision, Intake
from publisher.model import Place


def doubtful_block(place: Place, role: str, question: str) -> Finding:
    """What a paragraph of a Word file, page or PDF is, cannot be told for sure.

    It is taken for what it most looks like, or kept as text; a person has to say. Its words are
    kept whatever it is.
    """
    return Finding(
        "doubtful_block",
        Severity.REVIEW,
        place,
        f"这一段当作“{role}”，没有把握",
        question or "请核对它是什么。",
    )


def doubts(taken: Intake) -> Iterator[Finding]:
    """A finding for each block of which a person is asked."""
    for decision in taken.questions:
        yield doubtful_block(_place(decision, taken), decision.role.value, decision.question)


def _place(decision: Decision, taken: Intake) -> Place:
    return Place(decision.source or taken.sources[0].name, max(decision.number, 1))
