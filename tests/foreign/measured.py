"""All foreign files → what became of each block of them, and how that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answers import Block
from foreign_files import BUREAU, Foreign
from judging import LOST, Judged, judged, unaccounted

from publisher.intake import take_in
from publisher.intake.result import Role


@dataclass(frozen=True)
class Measured:
    """What became of a file."""

    file: Foreign
    blocks: tuple[Judged, ...]
    lost: Counter[str]
    """Characters of which nobody knows where they went."""

    @property
    def of_document(self) -> list[Judged]:
        """The blocks of the document, without what a site puts around."""
        return [each for each in self.blocks if each.right.role is not Role.LEFT_OUT]

    @property
    def right(self) -> int:
        """How many of them are right."""
        return sum(not each.how for each in self.of_document)

    @property
    def misses(self) -> list[Judged]:
        """Those that are not."""
        return [each for each in self.blocks if each.how]

    def __str__(self) -> str:
        lines = [f"{self.file.name}（{self.file.habit}）：{self.right}/{len(self.of_document)}"]
        lines += [f"  {miss}" for miss in self.misses]
        if self.lost:
            lines.append(f"  没有下落的字：{''.join(sorted(self.lost.elements()))}")
        return "\n".join(lines)


def measured(file: Foreign, data: Mapping[str, bytes]) -> Measured:
    """What became of a file, whose bytes are `data` by name."""
    intake = take_in(list(data.items()), BUREAU, "tried")
    answers: Sequence[Block] = file.answers()
    return Measured(file, tuple(judged(answers, intake)), unaccounted(answers, intake))


def share(results: Iterable[Measured]) -> float:
    """Which part of all blocks is right."""
    results = list(results)
    return sum(each.right for each in results) / sum(len(each.of_document) for each in results)


def confusion(results: Iterable[Measured]) -> dict[Role, Counter[str]]:
    """For each role that is right, how often which was got."""
    table: dict[Role, Counter[str]] = {}
    for result in results:
        for each in result.blocks:
            got = each.how or each.right.role.value
            table.setdefault(each.right.role, Counter())[got.split(" ")[0]] += 1
    return {role: table[role] for role in Role if role in table}


__all__ = ["LOST", "Measured", "confusion", "measured", "share"]
