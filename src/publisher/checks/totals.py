"""Lines of figures, with sums among them → the sums that their parts do not come to.

A line is a row or a column. What a sum is made of is nowhere said, so that there are readings of
it: all lines beside it, the sums below it, those since the sum before it. A sum is wrong where no
reading comes to it and the arrangement is sure: there is one reading alone, or it comes to other
sums of the same lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import isqrt

from publisher.words.figures import names_total

Indexes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of figures."""

    path: tuple[str, ...]
    """What it is called, from the outermost name."""
    values: tuple[Decimal | None, ...]
    """One for each line across; None where it is not known."""

    @property
    def is_gap(self) -> bool:
        """Whether it holds no figure at all, and so names the lines behind it."""
        return all(value is None for value in self.values)

    @property
    def level(self) -> int | None:
        """Which of its names says that it is a sum; None where none does."""
        return next((n for n, name in enumerate(self.path) if names_total(name)), None)

    @property
    def is_part_of_part(self) -> bool:
        """Whether it is contained in another line: 其中：女."""
        return any(map(_OF_WHICH.match, self.path))


_OF_WHICH = re.compile("其中|内含|[内含][：:]|包括|[#＃]")
_RANKS = ("小", "合共", "总")
_FORMS = (
    "[一二三四五六七八九十]+、",
    "（[一二三四五六七八九十]+）",
    r"[0-9]+[.．、](?![0-9])",
    r"[（(][0-9]+[）)]",
    r"[0-9]+\.[0-9]+",
    "[①-⑳]",
)
_MEASURE = re.compile("[%％‰均比率]|增长|增幅|增速|指数|最[高低大小]|中位|同期|上年|去年")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NEAR = Decimal("0.05")
_MOST_BEHIND = 6
"""How many lines behind 其中 may belong to it."""
_MOST_TRIED = 60
"""Among how many lines parts within parts are looked for."""


@dataclass(frozen=True, slots=True)
class WrongTotal:
    """A sum that its parts do not come to."""

    line: int
    across: int
    total: Decimal
    summed: Decimal
    parts: Indexes


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Lines in their order, and what is known of them beside their figures."""

    lines: Sequence[Line]
    is_additive: Callable[[int], bool]
    """Whether what stands in a line across may be summed."""
    alike: Callable[[Indexes], bool]
    """Whether lines have one unit."""
    tolerance: Callable[[int, Indexes], Decimal]
    """How far a sum may be off, for its parts were rounded: of a line across and the parts."""
    needs_proof: bool = False
    """Whether lines beside a sum need not be its parts, as columns of other things."""


def wrong_totals(arrangement: Arrangement) -> list[WrongTotal]:
    """The sums that are surely wrong."""
    lines = arrangement.lines
    levels = [line.level for line in lines]
    totals = [
        _Total(arrangement, at, level) for at, level in enumerate(levels) if level is not None
    ]
    if not totals or len(totals) == len(lines):
        return []
    places = _Places(lines, levels)
    for total in totals:
        total.read(places)
    scores = Counter(kind for total in totals for kind in total.matches.elements())
    fails = Counter(kind for total in totals for kind in total.fails.elements())
    return [wrong for total in totals for wrong in total.wrong(scores, fails)]


# -- which lines a sum may be made of -----------------------------------------------------


class _Places:
    """Where sums and gaps stand among lines."""

    def __init__(self, lines: Sequence[Line], levels: Sequence[int | None]) -> None:
        self.lines = lines
        self.levels = levels
        self._gaps = {at for at, line in enumerate(lines) if line.is_gap}
        self._scopes: dict[tuple[int, int], Indexes] = {}

    def scope(self, at: int, level: int) -> range:
        """The neighbours of a line that share its names above a level."""
        prefix = self.lines[at].path[:level]
        if not prefix:
            return range(len(self.lines))
        return self._run(at, lambda n: self.lines[n].path[:level] == prefix)

    def section(self, at: int) -> range:
        """The neighbours of a line up to those that hold no figure."""
        return self._run(at, lambda n: n not in self._gaps)

    def above(self, at: int, within: range) -> range:
        """The lines before a sum, from the sum or gap before it."""
        first = at
        while first > within.start and not self._parts(first - 1):
            first -= 1
        return range(first, at)

    def below(self, at: int, within: range) -> range:
        """The lines behind a sum, to the next sum or gap."""
        end = at + 1
        while end < within.stop and not self._parts(end):
            end += 1
        return range(at + 1, end)

    def has_gaps(self, within: range) -> bool:
        """Whether lines without figures part those of a scope."""
        return any(gap in within for gap in self._gaps)

    def _parts(self, at: int) -> bool:
        return self.levels[at] is not None or at in self._gaps

    def _run(self, at: int, belongs: Callable[[int], bool]) -> range:
        first, end = at, at + 1
        while first > 0 and belongs(first - 1):
            first -= 1
        while end < len(self.lines) and belongs(end):
            end += 1
        return range(first, end)


@dataclass
class _Total:
    """A sum among lines, and what comes of each reading of it."""

    arrangement: Arrangement
    at: int
    level: int
    readings: dict[str, Indexes] = field(default_factory=dict)
    """Its parts by the kind of reading; those that are not in `sure` only excuse."""
    sure: dict[str, Indexes] = field(default_factory=dict)
    matches: Counter[str] = field(default_factory=Counter)
    fails: Counter[str] = field(default_factory=Counter)
    failing: list[int] = field(default_factory=list)
    """The lines across in which no reading comes to it."""
    is_doubtful: bool = False

    @cached_property
    def line(self) -> Line:
        return self.arrangement.lines[self.at]

    @property
    def rank(self) -> int:
        """小计 before 合计 before 总计."""
        word = re.sub(r"\s|[（(].*", "", self.line.path[self.level])[-2:-1]
        return next((n for n, words in enumerate(_RANKS) if word in words), 1)

    # -- readings ---------------------------------------------------------------------------

    def read(self, places: _Places) -> None:
        """Find the readings, and hold each line across against them."""
        scope = places.scope(self.at, self.level)
        section = places.section(self.at)
        within = range(max(scope.start, section.start), min(scope.stop, section.stop))
        is_parted = places.has_gaps(scope)
        totals = [at for at in scope if places.levels[at] is not None and at != self.at]
        beside = [at for at in totals if at in within]
        is_top = all(self._rank_of(at, places) <= self.rank for at in totals)
        is_end = is_top and (not totals or not min(totals) < self.at < max(totals))
        if is_end or not (is_parted or beside):
            self._add("all", self._leaves(places, scope))
        if is_parted:
            self._add("section", self._leaves(places, within))
        if is_end:
            self._add("totals", self._lower(places, scope, totals))
        if beside:
            self._add("above", self._leaves(places, places.above(self.at, within)))
            self._add("below", self._leaves(places, places.below(self.at, within)))
            self._add("lower", self._lower(places, within, beside))
        self.sure = {kind: self._outermost(parts) for kind, parts in self.readings.items()}
        excused = list(self.readings.values())
        self.readings = dict(self.sure)
        for parts in excused:
            self._add(f"any {len(self.readings)}", parts)
            self._excuses(places, parts)
        self._compare()

    def _rank_of(self, at: int, places: _Places) -> int:
        """The rank of another sum, if it is one of the same level."""
        level = places.levels[at]
        is_same = level == self.level
        return _Total(self.arrangement, at, self.level).rank if is_same else 0

    def _outermost(self, parts: Indexes) -> Indexes:
        """Those of the lines that are numbered as the first is; all where it has no number."""
        forms = {n: _form(self.arrangement.lines[n], self.level) for n in parts}
        outer = tuple(n for n in parts if forms[n] == forms[parts[0]])
        return outer if forms[parts[0]] and len(outer) > 1 else parts

    def _add(self, kind: str, parts: Indexes) -> None:
        if parts and parts not in self.readings.values():
            self.readings[kind] = parts

    def _leaves(self, places: _Places, within: range) -> Indexes:
        """The lines of a range that are no sums themselves, and no parts of others."""
        behind = self.line.path[self.level + 1 :]
        return tuple(
            at
            for at in within
            if places.levels[at] is None
            and not (line := self.arrangement.lines[at]).is_gap
            and not line.is_part_of_part
            and (not behind or line.path[-len(behind) :] == behind)
        )

    def _lower(self, places: _Places, within: range, totals: list[int]) -> Indexes:
        """The sums that this one is of, with the lines that none of them has."""
        behind = self.line.path[self.level + 1 :]
        lines = self.arrangement.lines
        lower: list[int] = []
        for at in totals:
            level = places.levels[at]
            assert level is not None
            is_lower = level > self.level or _Total(self.arrangement, at, level).rank < self.rank
            if is_lower and (not behind or lines[at].path[-len(behind) :] == behind):
                lower.append(at)
        outer = min((places.levels[at] or 0 for at in lower), default=0)
        lower = [at for at in lower if places.levels[at] == outer]
        covered = {lines[at].path[:outer] for at in lower} if outer > self.level else set()
        rest = self._leaves(places, within) if outer > self.level else ()
        return tuple(sorted({*lower, *(n for n in rest if lines[n].path[:outer] not in covered)}))

    def _excuses(self, places: _Places, parts: Indexes) -> None:
        """Readings that are possible too: lines that are parts of others in another way."""
        lines = self.arrangement.lines
        self._add("named", tuple(n for n in parts if not _is_measure(lines[n])))
        of_which = [n for n in range(parts[0], parts[-1] + 1) if lines[n].is_part_of_part]
        if of_which:
            self.is_doubtful = any(n + 1 in parts for n in of_which)
            self._add("with", tuple(sorted({*parts, *of_which})))
            for most in range(1, _MOST_BEHIND + 1):
                behind = {n + more for n in of_which for more in range(1, most + 1)}
                self._add(f"behind {most}", tuple(n for n in parts if n not in behind))
        if self.arrangement.needs_proof and not self.level:
            for most in range(2, len(parts)):
                self._add(f"first {most}", parts[:most])
                self._add(f"last {most}", parts[-most:])

    # -- what comes of them -----------------------------------------------------------------

    def _compare(self) -> None:
        for across, total in enumerate(self.line.values):
            if total is None or not self.arrangement.is_additive(across):
                continue
            sums = {kind: self._sum(parts, across) for kind, parts in self.readings.items()}
            right = [
                kind
                for kind, summed in sums.items()
                if summed is not None and self._is_close(kind, across, summed - total)
            ]
            self.matches.update(kind for kind in right if self._says_something(kind, across))
            if not right and any(sums[kind] is not None for kind in self.sure):
                self.failing.append(across)
                self.fails.update(kind for kind in self.sure if sums[kind] is not None)

    def _values(self, parts: Indexes, across: int) -> list[Decimal | None]:
        return [self.arrangement.lines[part].values[across] for part in parts]

    def _sum(self, parts: Indexes, across: int) -> Decimal | None:
        values = self._values(parts, across)
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(values) else None

    def _is_close(self, kind: str, across: int, difference: Decimal) -> bool:
        parts = self.readings[kind]
        return abs(difference) <= self.arrangement.tolerance(across, (*parts, self.at))

    def _says_something(self, kind: str, across: int) -> bool:
        return bool(self.line.values[across]) and len(self.readings[kind]) > 1

    # -- what is surely wrong ---------------------------------------------------------------

    def wrong(self, scores: Counter[str], fails: Counter[str]) -> Iterator[WrongTotal]:
        """The lines across in which it is surely wrong; by how many sums each kind is proved."""
        kind = self._kind(scores)
        is_sure = kind is not None and self._is_sure(kind, scores, fails)
        for across in self.failing:
            total = self.line.values[across]
            agreed = self._agreed(across)
            meant = kind if is_sure or (kind and self._is_near(kind, across)) else agreed
            if meant is None or total is None:
                continue
            parts = self.readings[meant]
            summed = self._sum(parts, across)
            is_proved = agreed is not None or not self._may_be_mean(meant, across)
            if summed is not None and is_proved and self.arrangement.alike((*parts, self.at)):
                yield WrongTotal(self.at, across, total, summed, parts)

    def _agreed(self, across: int) -> str | None:
        """A reading that comes to the same as another, for that is no chance."""
        sums = {self._sum(parts, across) for parts in self.sure.values()}
        is_agreed = len(self.sure) > 1 and len(sums) == 1 and None not in sums
        return next(iter(self.sure)) if is_agreed else None

    def _is_near(self, kind: str, across: int) -> bool:
        """Whether parts miss their sum by so little that they are meant to be all of it."""
        summed, total = self._sum(self.readings[kind], across), self.line.values[across]
        is_open = self.arrangement.needs_proof and self.matches[kind] < len(self.failing)
        if summed is None or total is None or is_open:
            return False
        return abs(summed - total) < abs(total) * _NEAR

    def _kind(self, scores: Counter[str]) -> str | None:
        """The reading that is meant; None where that is open."""
        own = self.matches.most_common(2)
        if own and (len(own) == 1 or own[0][1] > own[1][1]):
            return own[0][0]
        if len(self.sure) == 1:
            return next(iter(self.sure))
        proved = sorted(self.sure, key=lambda kind: -scores[kind])
        if proved and scores[proved[0]] > max([0, *(scores[kind] for kind in proved[1:])]):
            return proved[0]
        return None

    def _is_sure(self, kind: str, scores: Counter[str], fails: Counter[str]) -> bool:
        parts = self.readings[kind]
        right, wrong = self.matches[kind], len(self.failing)
        lines = self.arrangement.lines
        years = sum(1 for part in parts if _YEAR.search("".join(lines[part].path)))
        if self.arrangement.needs_proof and (not self.level or years > 1):
            return right >= 2 * wrong and right > 1
        if right:
            return (1 if self.arrangement.needs_proof else 3) * right >= wrong
        if len(self.sure) > 1:
            return scores[kind] >= fails[kind]
        if self.is_doubtful or (len(parts) == 1 and not self.level):
            return False
        return wrong == 1 or self._is_row_missing(parts)

    def _is_row_missing(self, parts: Indexes) -> bool:
        """Whether sums that are all wrong were forgotten when lines were put in or taken out."""
        if self.arrangement.needs_proof or self._has_hierarchy(parts):
            return False
        pairs = [
            (self._sum(parts, across), self.line.values[across] or Decimal(0))
            for across in self.failing
        ]
        known = [(summed, total) for summed, total in pairs if summed is not None]
        is_more = all(summed > total for summed, total in known)
        is_bare = len(re.sub(r"\s", "", self.line.path[self.level])) == 2
        return is_more or (is_bare and all(total / 2 <= summed < total for summed, total in known))

    def _has_hierarchy(self, parts: Indexes) -> bool:
        """Whether a line among the parts is the sum of those behind it in all lines across."""
        if len(parts) > _MOST_TRIED:
            return True  # who knows
        return any(
            all(
                self._sum(parts[first + 1 : end], across) == self._values(parts, across)[first]
                for across in self.failing
            )
            for first in range(len(parts))
            for end in range(first + 3, len(parts) + 1)
        )

    def _may_be_mean(self, kind: str, across: int) -> bool:
        """Whether it lies between its parts, as a mean does, and few other sums speak for one."""
        values = [value for value in self._values(self.readings[kind], across) if value is not None]
        total = self.line.values[across] or Decimal(0)
        is_between = len(values) > 1 and min(values) <= total <= max(values)
        return is_between and self.matches[kind] < 2


def _is_measure(line: Line) -> bool:
    return any(map(_MEASURE.search, line.path))


def _form(line: Line, level: int) -> str:
    """The form of the number that stands before the name of a line at a level."""
    name = line.path[level] if level < len(line.path) else ""
    return next((form for form in _FORMS if re.match(form, name)), "")


def rounding(decimals: int, count: int, *, is_rounded: bool) -> Decimal:
    """How far the sum of so many rounded figures may be off."""
    if not decimals and not is_rounded:
        return Decimal(0)
    off = min(Decimal(count) / 2, Decimal(isqrt(count) + 1))
    return off.scaleb(-decimals)
