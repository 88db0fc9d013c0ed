"""Words → what they name by number: clauses, as 第五条第二款第（一）项, tables and pictures."""

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


def _numbered(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[见如按据由在从对于与和及至、，。；：（(“])|(?<![\w》])){name}\s?"
        rf"(?P<numeral>[0-9]{{1,2}}|{NUMBER}(?=[、，。；：）)所中的至和与及]|$))"
        r"(?![0-9.\-－—–－年月日个项张级种份幅])"
    )


_TABLE, _PICTURE = _numbered("表"), _numbered("图")


TABLE_OF_ANOTHER = re.compile("》|附件|附表|附录|年鉴|年报|原表")
"""In a sentence that names a table: it may be that of another text."""


@dataclass(frozen=True, slots=True)
class TableReference:
    """Words that name a table of a text, or a picture."""

    words: str
    start: int
    """Where they stand among those that were read."""
    number: int


def table_references(words: str) -> Iterator[TableReference]:
    """The tables that are named by their numbers, in order; whose they are, stands around them.

    附表1 and 报表2 are none of a text's own, and 表2-1 is counted otherwise than here.
    """
    yield from _references_by(_TABLE, words)


PICTURE_OF_ANOTHER = re.compile("》|附件|附图|附录|图集|图册|图则|原图")
"""In a sentence that names a picture: it may be that of another text."""


def picture_references(words: str) -> Iterator[TableReference]:
    """The pictures that are named by their numbers, in order, as tables are."""
    yield from _references_by(_PICTURE, words)


def _references_by(pattern: re.Pattern[str], words: str) -> Iterator[TableReference]:
    for match in pattern.finditer(words):
        number = value_of(match["numeral"])
        if number is not None:
            yield TableReference(match[0], match.start(), number)
