"""Words → the clauses that they name by number, step by step: 第五条第二款第（一）项."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.words.numerals import NUMBER, value_of

_STEP = re.compile(
    rf"第(?P<open>[（(])?(?P<numeral>{NUMBER})(?(open)[）)])(?P<unit>条|章|节|款|项|点|部分)"
    "(?![目线路河道船课])"
)


@dataclass(frozen=True, slots=True)
class ReferenceStep:
    """One of the numbers by which a clause is named."""

    unit: str
    """条, 章, 节, 款, 项, 点 or 部分."""
    number: int
    is_bracketed: bool
    is_in_figures: bool


@dataclass(frozen=True, slots=True)
class ClauseReference:
    """Words that name a clause."""

    words: str
    start: int
    """Where they stand among those that were read."""
    steps: tuple[ReferenceStep, ...]
    """From the outermost to the clause itself."""

    @property
    def end(self) -> int:
        """Where what follows them stands."""
        return self.start + len(self.words)


def references(words: str) -> Iterator[ClauseReference]:
    """The clauses that are named, in order; whose clauses they are, what stands around them says.

    第九条线路 and 第五项目 name none, and neither does what is no number, as 第十十条.
    """
    steps: list[ReferenceStep] = []
    start = end = 0
    for match in _STEP.finditer(words):
        number = value_of(match["numeral"])
        if number is None:
            continue
        if steps and match.start() != end:
            yield ClauseReference(words[start:end], start, tuple(steps))
            steps = []
        start = start if steps else match.start()
        end = match.end()
        in_figures = match["numeral"].isdecimal()
        steps.append(ReferenceStep(match["unit"], number, bool(match["open"]), in_figures))
    if steps:
        yield ClauseReference(words[start:end], start, tuple(steps))
