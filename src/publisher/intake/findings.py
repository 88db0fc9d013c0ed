"""What was recognised in a file of others with doubt → a finding: its docstring is the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.diagnostics import Finding, Severity
from publisher.intake.result import Decision, Intake
from publisher.intake.seen import spoken
from publisher.intake.source import SourceFile
from publisher.model import Place
from publisher.readers.source import UNSEEN


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


_IN_A_FILE = {
    "control_character": "请在原来的程序里删去这个字符。",
    "lost_character": "请对照原文补上这个字。",
}
"""What to do, where that is not as in content."""


def unseen(source: SourceFile) -> Iterator[Finding]:
    """A finding for each character in a paragraph that nobody sees, steers others, or was lost."""
    for number, words in (*source.invisible, *spoken(source.blocks)):
        for pattern, make in UNSEEN:
            for character in dict.fromkeys(pattern.findall(words)):
                finding = make(Place(source.name, number), character)
                yield replace(finding, hint=_IN_A_FILE.get(finding.name, finding.hint))


def _place(decision: Decision, taken: Intake) -> Place:
    return Place(decision.source or taken.sources[0].name, max(decision.number, 1))
