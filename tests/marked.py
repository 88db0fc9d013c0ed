"""Titles that were marked by hand (`tests/titles/*.txt`) → where a line of each may end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from conftest import ROOT

FOLDER = ROOT / "tests" / "titles"


@dataclass(frozen=True)
class Marked:
    """A title, and the places at which whoever marked it lets a line end."""

    words: str
    places: frozenset[int]

    def torn(self, lines: Iterable[str]) -> list[str]:
        """Where else one of the lines ends; blanks at the ends of lines count for nothing."""
        found = []
        at = 0
        for line in list(lines)[:-1]:
            at = self.words.index(line.strip(), at) + len(line.strip())
            past_blank = at + (self.words[at : at + 1] == " ")
            if not self.places & {at, past_blank}:
                found.append(f"{self.words[:at]}|{self.words[at:]}")
        return found

    def widest_piece(self, at: int) -> int:
        """How many characters stand whole around a place, by the marks."""
        ends = sorted({0, *self.places, len(self.words)})
        return next(after - before for before, after in pairwise(ends) if before <= at <= after)


def marked(*names: str) -> Sequence[Marked]:
    """The titles of some of the lists, in their order."""
    return [
        Marked("".join(pieces), frozenset(accumulate(map(len, pieces[:-1]))))
        for name in names
        for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
        for pieces in [line.split("|")]
    ]
