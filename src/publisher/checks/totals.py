"""Lines of figures, with sums among them → the sums that their parts do not come to.

A line is a row or a column. What a sum is made of is nowhere said, so that there are readings of
it: all lines beside it, the sums below it, those since the sum before it. A sum is wrong where no
reading comes to it and the arrangement is sure: there is one reading alone, or it comes to other
sums of the same lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from math import isqrt, pi, prod, sqrt
from operator import itemgetter

from publisher.words.figures import names_total
from publisher.words.numerals import COUNTED

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
        return bool(self.path) and self.is_empty

    @property
    def is_empty(self) -> bool:
        """Whether it holds no figure."""
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
    f"[{COUNTED}]+、",
    f"（[{COUNTED}]+）",
    r"[0-9]+[.．、](?![0-9])",
    r"[（(][0-9]+[）)]",
    r"[0-9]+\.[0-9]+",
    "[①-⑳]",
)
_MEASURE = re.compile("[%％‰均比率]|增长|增幅|增速|指数|最[高低大小]|中位|同期|上年|去年")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NEAR = Decimal("0.05")
_CHANCE = 0.01
_MOST_MORE = Decimal("1.5")
"""How many times their sum parts may be where one was put in."""
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
    if _is_exact(totals):
        for total in totals:
            total.fail_where_rounded()
    scores = Counter(kind for total in totals for kind in total.matches.elements())
    fails = Counter(kind for total in totals for kind in total.fails.elements())
    return [wrong for total in totals for wrong in total.wrong(scores, fails)]


def _is_exact(totals: list[_Total]) -> bool:
    """Whether sums that are exact are too many to be so by chance, if their parts were rounded."""
    if sum(len(total.rounded) for total in totals) > 1:
        return False
    counts = [count for total in totals for count in total.exact]
    return prod(sqrt(6 / (pi * (count + 1))) for count in counts) < _CHANCE


# -- which lines a sum may be made of -----------------------------------------------------


class _Places:
    """What lines are, and where sums and gaps stand among them; each looked at once."""

    def __init__(self, lines: Sequence[Line], levels: Sequence[int | None]) -> None:
        self.lines = lines
        self.levels = levels
        self.ranks = [
            -1 if level is None else _rank(line.path[level])
            for line, level in zip(lines, levels, strict=True)
        ]
        self.totals = [at for at, level in enumerate(levels) if level is not None]
        self.of_which = [line.is_part_of_part for line in lines]
        self.empty = [line.is_empty for line in lines]
        self._gaps = [at for at in range(len(lines)) if self._names_lines_behind(at)]
        self._is_gap = set(self._gaps)
        self._runs: dict[int, list[range]] = {}
        """By a level, the run of lines that each stands in, which share their names above it."""
        self._scopes: dict[tuple[int, int], tuple[list[int], int]] = {}

    def _names_lines_behind(self, at: int) -> bool:
        """Whether a line is a gap: one that is numbered as its neighbour is, is its equal."""
        line, behind = self.lines[at], at + 1
        form = _form(line, 0)
        is_last = behind == len(self.lines) or self.levels[behind] is not None
        beside = at - 1 if is_last else behind
        return line.is_gap and not (form and beside >= 0 and _form(self.lines[beside], 0) == form)

    def scope(self, at: int, level: int) -> range:
        """The neighbours of a line that share its names above a level."""
        if not level:
            return range(len(self.lines))
        if level not in self._runs:
            prefixes = (line.path[:level] for line in self.lines)
            self._runs[level] = [
                run
                for _, group in groupby(enumerate(prefixes), key=itemgetter(1))
                for run in _each_of([n for n, _ in group])
            ]
        return self._runs[level][at]

    def totals_in(self, within: range) -> list[int]:
        """The sums in a range."""
        first = bisect_left(self.totals, within.start)
        return self.totals[first : bisect_left(self.totals, within.stop)]

    def of_scope(self, scope: range, level: int) -> tuple[list[int], int]:
        """The sums of a scope, and the highest rank of those of a level."""
        key = (scope.start, level)
        if key not in self._scopes:
            totals = self.totals_in(scope)
            same = [self.ranks[at] for at in totals if self.levels[at] == level]
            self._scopes[key] = totals, max(same, default=-1)
        return self._scopes[key]

    def section(self, at: int) -> range:
        """The neighbours of a line up to those that hold no figure."""
        after = bisect_left(self._gaps, at)
        first = self._gaps[after - 1] + 1 if after else 0
        return range(first, self._gaps[after] if after < len(self._gaps) else len(self.lines))

    def above(self, at: int, within: range) -> range:
        """The lines before a sum, from the sum or gap before it."""
        first = at
        while first > within.start and not self._parts(first - 1):
            first -= 1
        return range(first, at)

    def since(self, at: int, within: range) -> range:
        """The lines from the sum before a sum, for those without figures may be parts too."""
        before = self.totals_in(range(within.start, at))
        return range(before[-1] + 1 if before else within.start, at)

    def below(self, at: int, within: range) -> range:
        """The lines behind a sum, to the next sum or gap."""
        end = at + 1
        while end < within.stop and not self._parts(end):
            end += 1
        return range(at + 1, end)

    def lower_above(self, at: int, within: range) -> list[int]:
        """The sums before one up to the next that is not of a lower rank."""
        lower: list[int] = []
        for index in range(bisect_left(self.totals, at) - 1, -1, -1):
            n = self.totals[index]
            if n not in within or (
                self.levels[n] == self.levels[at] and self.ranks[n] >= self.ranks[at]
            ):
                break
            lower.append(n)
        return lower[::-1]

    def has_more(self, at: int, within: range) -> bool:
        """Whether other sums stand in a range."""
        index = bisect_left(self.totals, at)
        beside = (*self.totals[max(index - 1, 0) : index], *self.totals[index + 1 : index + 2])
        return any(n in within for n in beside)

    def has_gaps(self, within: range) -> bool:
        """Whether lines without figures part those of a scope."""
        first = bisect_left(self._gaps, within.start)
        return first < len(self._gaps) and self._gaps[first] < within.stop

    def _parts(self, at: int) -> bool:
        return self.levels[at] is not None or at in self._is_gap


def _each_of(run: list[int]) -> list[range]:
    return [range(run[0], run[-1] + 1)] * len(run)


def _rank(name: str) -> int:
    """小计 before 合计 before 总计."""
    word = re.sub(r"\s|[（(].*", "", name)[-2:-1]
    return next((n for n, words in enumerate(_RANKS) if word in words), 1)


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
    rounded: dict[int, list[str]] = field(default_factory=dict)
    """By the line across: the readings that come to it but for rounding, where none is exact."""
    exact: list[int] = field(default_factory=list)
    """Of how many parts it is the sum without rounding, though its parts may be rounded."""
    fails: Counter[str] = field(default_factory=Counter)
    failing: list[int] = field(default_factory=list)
    """The lines across in which no reading comes to it."""
    is_doubtful: bool = False

    @cached_property
    def line(self) -> Line:
        return self.arrangement.lines[self.at]

    # -- readings ---------------------------------------------------------------------------

    def read(self, places: _Places) -> None:
        """Find the readings, and hold each line across against them."""
        scope = places.scope(self.at, self.level)
        section = places.section(self.at)
        within = range(max(scope.start, section.start), min(scope.stop, section.stop))
        is_parted = places.has_gaps(scope)
        totals, highest = places.of_scope(scope, self.level)
        has_beside = places.has_more(self.at, within)
        is_end = places.ranks[self.at] == highest and self.at in (totals[0], totals[-1])
        if is_end or not (is_parted or has_beside):
            self._add("all", self._leaves(places, scope))
        if is_parted:
            self._add("section", self._leaves(places, within))
            self._add("since", self._leaves(places, places.since(self.at, scope)))
        if is_end:
            self._add("totals", self._lower(places, scope, totals))
        if has_beside:
            self._add("above", self._leaves(places, places.above(self.at, within)))
            self._add("below", self._leaves(places, places.below(self.at, within)))
            lower = places.lower_above(self.at, within)
            self._add("lower", self._lower(places, within, lower))
            self._add("with rest", self._with_rest(places, within, lower))
        excused = list(self.readings.values())
        outermost = {kind: self._outermost(parts) for kind, parts in self.readings.items()}
        of_parts = {kind: parts for kind, parts in outermost.items() if len(parts) > 1}
        self.sure = of_parts or outermost
        self.readings = dict(self.sure)
        for parts in excused:
            self._add(f"any {len(self.readings)}", parts)
            self._excuses(places, parts)
        self._compare()

    def _outermost(self, parts: Indexes) -> Indexes:
        """The lines without those that are numbered otherwise than the first, as parts of it."""
        forms = {n: _form(self.arrangement.lines[n], self.level) for n in parts}
        outer = forms[parts[0]]
        return tuple(n for n in parts if not outer or forms[n] in ("", outer))

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
            and not places.empty[at]
            and not places.of_which[at]
            and (not behind or places.lines[at].path[-len(behind) :] == behind)
        )

    def _lower(self, places: _Places, within: range, totals: list[int]) -> Indexes:
        """The sums that this one is of, with the lines that none of them has."""
        behind = self.line.path[self.level + 1 :]
        lines = self.arrangement.lines
        rank = places.ranks[self.at]
        lower = [
            at
            for at in totals
            if at != self.at
            and ((places.levels[at] or 0) > self.level or places.ranks[at] < rank)
            and (not behind or lines[at].path[-len(behind) :] == behind)
        ]
        if not lower:
            return ()
        outer = min((places.levels[at] or 0 for at in lower), default=0)
        lower = [at for at in lower if places.levels[at] == outer]
        covered = {lines[at].path[:outer] for at in lower} if outer > self.level else set()
        rest = self._leaves(places, within) if outer > self.level else ()
        return tuple(sorted({*lower, *(n for n in rest if lines[n].path[:outer] not in covered)}))

    def _with_rest(self, places: _Places, within: range, totals: list[int]) -> Indexes:
        """The sums that this one is of, with the lines between the last of them and itself."""
        lower = [at for at in self._lower(places, within, totals) if at in totals]
        above = max((at for at in lower if at < self.at), default=None)
        if above is None:
            return ()
        return (*lower, *self._leaves(places, range(above + 1, self.at)))

    def _excuses(self, places: _Places, parts: Indexes) -> None:
        """Readings that are possible too: lines that are parts of others in another way."""
        lines = self.arrangement.lines
        self._add("named", tuple(n for n in parts if not _is_measure(lines[n])))
        forms = {n: _form(lines[n], self.level) for n in parts}
        self._add("numbered", tuple(n for n in parts if forms[n] and forms[n] == forms[parts[0]]))
        of_which = [n for n in range(parts[0], parts[-1] + 1) if places.of_which[n]]
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
            self._note_rounding(across, total, right, sums)
            self.matches.update(kind for kind in right if self._says_something(kind, across))
            if not right and any(sums[kind] is not None for kind in self.sure):
                self.failing.append(across)
                self.fails.update(kind for kind in self.sure if sums[kind] is not None)

    def _note_rounding(
        self, across: int, total: Decimal, right: list[str], sums: dict[str, Decimal | None]
    ) -> None:
        exact = [kind for kind in right if sums[kind] == total]
        if right and not exact:
            self.rounded[across] = right
        for kind in exact[:1]:
            parts = self.readings[kind]
            if self._says_something(kind, across) and self._may_be_rounded(parts, across):
                self.exact.append(len(parts))

    def _may_be_rounded(self, parts: Indexes, across: int) -> bool:
        return bool(self.arrangement.tolerance(across, (*parts, self.at)))

    def fail_where_rounded(self) -> None:
        """Take what is off by no more than rounding for wrong, for nothing else is rounded."""
        for across, kinds in self.rounded.items():
            self.failing.append(across)
            self.matches.subtract(kinds)
            self.fails.update(list(self.sure))
        self.failing.sort()

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
        years = sum(1 for part in parts if _YEAR.search("".join(lines[part].path[self.level :])))
        if self.arrangement.needs_proof and (not self.level or years > 1):
            return right >= 2 * wrong and right > 1
        if right:
            return (1 if self.arrangement.needs_proof else 3) * right >= wrong
        if len(self.sure) > 1:
            return scores[kind] >= fails[kind]
        if self.is_doubtful or (len(parts) == 1 and not self.level) or self._is_tree(parts):
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

    def _is_tree(self, parts: Indexes) -> bool:
        """Whether parts come to so much more that each line has those below it in it."""
        for across in self.failing:
            summed, total = self._sum(parts, across), self.line.values[across]
            if summed is not None and total is not None and summed >= total * _MOST_MORE > 0:
                return True
        return False

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
        if self.arrangement.needs_proof and self.level:
            return False  # a sum below the head of its parts is one
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
