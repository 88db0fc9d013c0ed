"""What sources show, and what a document prints → which words of the one are which of the other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import accumulate, groupby, pairwise, repeat
from unicodedata import normalize

from publisher.intake.aligned import aligned, longest_rising
from publisher.intake.prints import Nature, PrintedUnit
from publisher.intake.shown import SourcePassage, ink
from publisher.intake.source import LeftOut
from publisher.words.days import SIGNED
from publisher.words.numerals import COUNTED, ONES, value_of

_FREE, _OUT = -1, -2
_ROUNDS = 8
"""How often what was moved is looked for: each time one order of it is found."""
_LONG, _SHORT, _ISLAND = 4, 4, 2
"""Characters that are moved together by no chance; that may stand by chance in another place; that
agree by chance in words that differ."""
_MARK = r"(?:[^\w×○□△◇◎●■▲◆☆★※]|_)"
"""A mark; signs that stand for words, as in ×××文件, are none."""
_MARKS = re.compile(f"{_MARK}+")
_MARKS_AT_END = re.compile(f"{_MARK}+$")
_DAY = re.compile(SIGNED)
_OF_PROGRAM = re.compile(
    rf"附[件表]?[0-9０-９{ONES}十]*[：:]?(?:[0-9０-９]+[.．、])?|[0-9０-９]+[.．、]|{_MARK}+"
)
"""What the program may print itself, though it is said to be left out: that is looked for first."""
_LONGEST = 60
"""Characters of what the program writes in another form."""


class Matching:
    """Each character of what is shown and of what is printed, with its counterpart."""

    def __init__(
        self,
        passages: Sequence[SourcePassage],
        units: Sequence[PrintedUnit],
        left_out: Sequence[LeftOut],
    ) -> None:
        self.passages, self.units = passages, units
        self.shown = "".join(passage.words for passage in passages)
        self._passage_of = [at for at, each in enumerate(passages) for _ in each.words]
        self._starts = list(accumulate((len(each.words) for each in passages), initial=0))
        words = [ink(unit.words) for unit in units]
        self.printed = "".join(words)
        self._unit_of = [at for at, each in enumerate(words) for _ in each]
        self._extents = list(pairwise(accumulate(map(len, words), initial=0)))
        self._to_print = [_FREE] * len(self.shown)
        self._to_source = [_FREE] * len(self.printed)
        self._together: Counter[tuple[int, int]] = Counter()
        """How much of a passage and a unit agrees."""
        self.rewritten: list[tuple[str, str, int]] = []
        """Before, after, and the index of the passage."""
        early = [each for each in left_out if not _OF_PROGRAM.fullmatch(ink(each.words))]
        self.dropped = tuple(filter(self._leave_out, early))
        self._match(Nature.AUTHORED, lambda run: not self._is_island(run))
        for _ in range(_ROUNDS):
            if not self._match(Nature.AUTHORED, self._is_moved):
                break
        derived = [at for at, unit in enumerate(units) if unit.nature is Nature.DERIVED]
        left = [index for index in derived if not self._settle(index)]
        self._match(Nature.DERIVED, lambda run: True)
        for index in left:
            self._settle(index)
        self._match_generated()
        self._settle_marks()
        late = [each for each in left_out if each not in early]
        self.dropped += (*filter(self._leave_out, late), *self._repeated())

    # -- what is matched with what --------------------------------------------------------

    def _leave_out(self, left: LeftOut) -> bool:
        """Whether words that are said to be left out are shown, and nothing else's counterpart."""
        words = ink(left.words)
        starts = (
            at
            for at, index in enumerate(self._passage_of)
            if self.passages[index].number == left.number
            and left.source in ("", self.passages[index].source)
        )
        at = self.shown.find(words, next(starts, 0) if left.number else 0)
        while at >= 0 and words:
            if all(state == _FREE for state in self._to_print[at : at + len(words)]):
                self._to_print[at : at + len(words)] = [_OUT] * len(words)
                return True
            at = self.shown.find(words, at + 1)
        return False

    def _match(self, nature: Nature, is_sure: Callable[[Sequence[tuple[int, int]]], bool]) -> bool:
        """Whether more of what is free on both sides could be matched, in one order."""
        free = [at for at, state in enumerate(self._to_print) if state == _FREE]
        wanted = [
            at
            for at, state in enumerate(self._to_source)
            if state == _FREE
            and self._unit_at(at).nature is nature
            # What is short is known by its neighbours alone.
            and (nature is Nature.AUTHORED or self._length(at) > _SHORT)
        ]
        shown = "".join(self.shown[at] for at in free)
        printed = "".join(self.printed[at] for at in wanted)
        places = aligned(shown, printed)
        near = [(place, at) for at, place in enumerate(places) if place >= 0]
        starts = {begin for begin, _ in self._extents}
        begins = (
            {at for at, place in enumerate(free) if self._begins(place)},
            {at for at, place in enumerate(wanted) if place in starts},
        )
        near = _slid(_slid(near, 0, shown, begins), 1, printed, begins)
        pairs = [(free[place], wanted[at]) for place, at in near]
        self._together = Counter(
            (self._passage_of[shown], self._unit_of[at]) for shown, at in pairs
        )
        is_more = False
        for run in _runs(pairs):
            if is_sure(run):
                is_more = True
                self._join(run)
        return is_more

    def _join(self, run: Sequence[tuple[int, int]]) -> None:
        for shown, printed in run:
            self._to_print[shown], self._to_source[printed] = printed, shown

    def _is_moved(self, run: Sequence[tuple[int, int]]) -> bool:
        """Whether so much agrees that it is the same, though it stands elsewhere."""
        (shown, printed), (last, end) = run[0], run[-1]
        if len(run) >= _LONG or self._is_whole(run):
            return True
        is_unit = self._extents[self._unit_of[printed]] == (printed, end + 1)
        is_all = (
            not self._is_free_at(shown - 1, self._to_print)
            and not self._is_free_at(last + 1, self._to_print)
            and not self._is_free_at(printed - 1, self._to_source)
            and not self._is_free_at(end + 1, self._to_source)
        )
        return len(run) > _ISLAND and (is_unit or is_all)

    @staticmethod
    def _is_free_at(at: int, states: Sequence[int]) -> bool:
        return 0 <= at < len(states) and states[at] == _FREE

    def _is_whole(self, run: Sequence[tuple[int, int]]) -> bool:
        """Whether all of a unit is all of a passage."""
        (shown, printed), length = run[0], len(run)
        begin, end = self._extents[self._unit_of[printed]]
        return (end - begin == length and begin == printed) and (
            len(self.passages[self._passage_of[shown]].words) == length
        )

    def _is_island(self, run: Sequence[tuple[int, int]]) -> bool:
        """Whether a few characters agree of words that do not."""
        (shown, printed), length = run[0], len(run)
        together = self._together[self._passage_of[shown], self._unit_of[printed]]
        return length <= _ISLAND and together < min(_SHORT, self._length(printed))

    def _begins(self, at: int) -> bool:
        return at == 0 or self._passage_of[at - 1] != self._passage_of[at]

    def _ends(self, at: int) -> bool:
        return at + 1 == len(self.shown) or self._passage_of[at + 1] != self._passage_of[at]

    def _length(self, at: int) -> int:
        begin, end = self._extents[self._unit_of[at]]
        return end - begin

    def _unit_at(self, at: int) -> PrintedUnit:
        return self.units[self._unit_of[at]]

    # -- what is printed in another form --------------------------------------------------

    def _settle(self, index: int) -> bool:
        """Whether what the program writes of what the content says could be matched, all of it."""
        begin, end = self._extents[index]
        places = [at for at in self._to_source[begin:end] if at >= 0]
        if len(places) == end - begin and places[-1] - places[0] == end - begin - 1:
            return True
        for at in places:
            self._to_print[at] = _FREE
        self._to_source[begin:end] = [_FREE] * (end - begin)
        words = self.printed[begin:end]
        for first, last in self._regions(begin, end, places):
            before = self.shown[first:last]
            if before == words or _is_same(before, words):
                self._to_print[first:last] = [begin] * (last - first)
                self._to_source[begin:end] = [first] * (end - begin)
                if before != words:
                    self.rewritten.append((before, words, self._passage_of[first]))
                return True
        return False

    def _regions(self, begin: int, end: int, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """From where to where the source may have said a unit, the widest first.

        Around what agrees by its characters, or beside what stands beside the unit.
        """
        for passage, middle in self._around(begin, end, places):
            low = high = middle
            while low > 0 and self._is_free(low - 1, passage):
                low -= 1
            while high < len(self.shown) and self._is_free(high, passage):
                high += 1
            inner = [at for at in places if low <= at < high]
            for first in sorted({low, *inner, middle}):
                for last in sorted({high, *(at + 1 for at in inner), middle}, reverse=True):
                    if 0 < last - first <= _LONGEST:
                        yield first, last
        yield from self._elsewhere(self.printed[begin:end])

    def _elsewhere(self, words: str) -> Iterator[tuple[int, int]]:
        """Where a unit that is a date, a passage, or no short one may be said by itself."""
        for at, passage in enumerate(self.passages):
            if passage.words == words and passage.cell is None:
                first = self._starts[at]
                if all(map(self._is_free, range(first, first + len(words)), repeat(at))):
                    yield first, first + len(words)
        is_date = _DAY.fullmatch(words)
        pattern = _DAY if is_date else re.compile(re.escape(words))
        for low, high in self._left() if is_date or len(words) > _SHORT else ():
            for match in pattern.finditer(self.shown[low:high].replace("○", "〇")):
                yield low + match.start(), low + match.end()

    def _around(self, begin: int, end: int, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Passages in which a unit is looked for, and a place in what says it, or beside it."""
        if places:
            passage, _ = Counter(self._passage_of[at] for at in places).most_common(1)[0]
            yield passage, max(at for at in places if self._passage_of[at] == passage)
        if end < len(self._to_source) and (after := self._to_source[end]) >= 0:
            yield self._passage_of[after], after
            if after:
                yield self._passage_of[after - 1], after
        if begin and (before := self._to_source[begin - 1]) >= 0:
            yield self._passage_of[before], before + 1
            if before + 1 < len(self.shown):
                yield self._passage_of[before + 1], before + 1

    def _is_free(self, at: int, passage: int) -> bool:
        return self._to_print[at] == _FREE and self._passage_of[at] == passage

    # -- what is said by the program itself -----------------------------------------------

    def _match_generated(self) -> None:
        """Match what the program says of itself with what is left, the longest first."""
        units = [index for index, unit in enumerate(self.units) if unit.nature is Nature.GENERATED]
        waiting = sorted(units, key=lambda index: -len(self._core(index)[1]))
        # What is short is known by its neighbours, which may be known the next time.
        for keeps_order in (True, False):
            before = len(waiting) + 1
            while before > len(waiting):
                before = len(waiting)
                waiting = [index for index in waiting if not self._take(index, keeps_order)]

    def _take(self, index: int, keeps_order: bool) -> bool:
        """Whether what the program says could be matched; in order with all else where asked."""
        begin, core = self._core(index)
        if not keeps_order and self._take_alias(index):
            return True
        low, high = self._between(begin) if keeps_order else (0, len(self.shown))
        at = self.shown.find(core, low, high) if core else -1
        while at >= 0:
            run = [(at + step, begin + step) for step in range(len(core))]
            if self._may_be(index, run):
                self._join(run)
                return True
            at = self.shown.find(core, at + 1, high)
        return False

    def _take_alias(self, index: int) -> bool:
        """Whether a whole passage, or what stands before its neighbour, says a unit otherwise."""
        begin, _ = self._extents[index]
        aliases = self.units[index].aliases
        for first, last in self._left() if aliases else ():
            words, at = self.shown[first:last], self._passage_of[first]
            is_all = len(words) == len(self.passages[at].words)
            if _MARKS.sub("", words) in aliases and (
                is_all or self._neighbour(last - 1, 1) == index + 1
            ):
                self._to_print[first:last] = [begin] * len(words)
                self.rewritten.append((words, self.units[index].words, at))
                return True
        return False

    def _between(self, at: int) -> tuple[int, int]:
        """Between which places what stands at one of the print is shown, if in order."""
        before = next((place for place in self._to_source[at::-1] if place >= 0), -1)
        after = next((place for place in self._to_source[at:] if place >= 0), len(self.shown))
        return before + 1, after

    def _core(self, index: int) -> tuple[int, str]:
        """A unit without the marks at its ends, and where that begins."""
        begin, end = self._extents[index]
        words = self.printed[begin:end]
        inner = _MARKS.sub("", words[:1]) + words[1:]
        begin += len(words) - len(inner)
        return begin, _MARKS_AT_END.sub("", inner)

    def _may_be(self, index: int, run: Sequence[tuple[int, int]]) -> bool:
        """Whether words that are left are a unit: long, a passage, or beside its neighbours."""
        first, last = run[0][0], run[-1][0]
        passage = self._passage_of[first]
        if any(self._to_print[at] != _FREE for at, _ in run):
            return False
        if passage != self._passage_of[last]:
            return len(run) > _SHORT  # a name on two lines
        is_paragraph = self.passages[passage].cell is None and self._is_said(index, passage, first)
        if len(run) >= _SHORT or is_paragraph:
            return True
        beside = (self._neighbour(first, -1), self._neighbour(last, 1))
        stream = self.units[index].stream
        return any(each is not None and self.units[each].stream == stream for each in beside)

    def _is_said(self, index: int, passage: int, first: int) -> bool:
        """Whether a passage says from a place on a unit and those behind it, and nothing else.

        What is left out of it is nothing else.
        """
        begin, end = self._starts[passage], self._starts[passage + 1]
        words = "".join(self.shown[at] for at in range(begin, end) if self._to_print[at] != _OUT)
        is_first = not _MARKS.sub("", self.shown[begin:first])
        said = ""
        for at in range(index, len(self.units)):
            if not is_first or self.units[at].stream != self.units[index].stream:
                return False
            said += _MARKS.sub("", self.printed[slice(*self._extents[at])])
            if said == _MARKS.sub("", words):
                return True
        return False

    def _neighbour(self, at: int, step: int) -> int | None:
        """The unit of what stands beside a place of a passage, free marks between them aside."""
        passage = self._passage_of[at]
        at += step
        while 0 <= at < len(self.shown) and self._is_free(at, passage):
            if not _MARKS.fullmatch(self.shown[at]):
                return None
            at += step
        is_there = 0 <= at < len(self.shown) and self._passage_of[at] == passage
        return self._unit_of[self._to_print[at]] if is_there and self._to_print[at] >= 0 else None

    def _settle_marks(self) -> None:
        """Marks beside what the program writes itself are of its making, and need not be there."""
        for first, last in self._left():
            words = self.shown[first:last]
            if not _MARKS.fullmatch(words):
                continue
            before, after = self._neighbour(first, -1), self._neighbour(last - 1, 1)
            if self._parts(before, after):
                unit = before if before is not None else after
                assert unit is not None
                at = self._extents[unit][1] - 1 if unit == before else self._extents[unit][0]
                self._to_print[first:last] = [at] * (last - first)
                self.rewritten.append((words, "", self._passage_of[first]))

    def _repeated(self) -> Iterator[LeftOut]:
        """The words of merged cells that a file says once more, in a row below or another page."""
        rows: dict[tuple[int, int], int] = {}
        """By table and row of the sources, the row of the table that is printed."""
        above: dict[tuple[int, int, str], PrintedUnit] = {}
        for index, passage in enumerate(self.passages):
            first = self._starts[index]
            state = self._to_print[first]
            if passage.cell and state >= 0 and (place := self._unit_at(state).cell):
                rows.setdefault((passage.table, passage.cell.row), place[1])
        for index, passage in enumerate(self.passages):
            if passage.cell is None:
                continue
            first, last = self._starts[index], self._starts[index + 1]
            key = (passage.table, passage.cell.column, passage.words)
            if (state := self._to_print[first]) >= 0 and self._unit_at(state).cell:
                above[key] = self._unit_at(state)
            elif all(each == _FREE for each in self._to_print[first:last]) and (
                (unit := above.get(key)) and unit.cell
            ):
                row = rows.get((passage.table, passage.cell.row), -1)
                if unit.cell[1] < row < unit.cell[1] + unit.rows:
                    self._to_print[first:last] = [_OUT] * (last - first)
                    yield self._said(passage.words, "重复的分组名，合为一组", first)

    def _parts(self, before: int | None, after: int | None) -> bool:
        """Whether the program parts two units itself, or writes the one beside a mark."""
        beside = [self.units[index] for index in (before, after) if index is not None]
        if any(unit.nature is not Nature.AUTHORED for unit in beside):
            return True
        if after is not None:
            return before != after and self.units[after].is_parted
        return any(unit.is_parted and unit.cell is None for unit in beside)

    def _left(self) -> list[tuple[int, int]]:
        """From where to where something shown is free, each within a passage."""
        places = [at for at, state in enumerate(self._to_print) if state == _FREE]
        return _extents_of(places, lambda at: self._passage_of[at])

    # -- what came of it ------------------------------------------------------------------

    @property
    def kept(self) -> int:
        """How many characters that are shown are printed."""
        return sum(state >= 0 for state in self._to_print)

    def lost(self) -> Iterator[LeftOut]:
        """What is shown and not printed."""
        for first, last in self._left():
            yield self._said(self.shown[first:last], "内容里没有", first)

    def surplus(self) -> Iterator[LeftOut]:
        """What is printed as its author's and not shown."""
        for first, last in self._unsaid():
            if self._unit_at(first).nature is Nature.AUTHORED and not self._is_twin(first, last):
                before = next((at for at in self._to_source[first::-1] if at >= 0), 0)
                yield self._said(self.printed[first:last], "原件里没有", before)

    def added(self) -> Iterator[str]:
        """What is printed of the program's own and not shown: what it is, and the words."""
        for first, last in self._unsaid():
            unit = self._unit_at(first)
            is_own = unit.nature is not Nature.AUTHORED or self._is_twin(first, last)
            words = self.printed[first:last]
            if is_own and unit.what and not _MARKS.fullmatch(words):
                yield f"{unit.what}“{words}”"

    def _unsaid(self) -> list[tuple[int, int]]:
        places = [at for at, state in enumerate(self._to_source) if state == _FREE]
        return _extents_of(places, lambda at: self._unit_of[at])

    def _is_twin(self, first: int, last: int) -> bool:
        """Whether a whole unit is printed twice, and shown where it is printed otherwise."""
        index = self._unit_of[first]
        name = self.units[index].twin
        return (
            bool(name)
            and self._extents[index] == (first, last)
            and any(
                unit.twin == name and self._to_source[self._extents[at][0]] >= 0
                for at, unit in enumerate(self.units)
                if at != index and self._extents[at][0] < self._extents[at][1]
            )
        )

    def misplaced(self) -> Iterator[LeftOut]:
        """What is printed in another order than it is shown, or in another cell."""
        streams: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for at, place in enumerate(self._to_source):
            unit = self._unit_at(at)
            if place >= 0 and unit.nature is not Nature.GENERATED:
                streams[unit.stream].append((place, at))
        for pairs in streams.values():
            runs = list(_runs(pairs))
            kept = set(longest_rising([run[0][0] for run in runs]))
            for index, run in enumerate(runs):
                # The marks beside what is written in another form share its place.
                if index not in kept and run[0][0] != runs[index - 1][-1][0]:
                    words = "".join(self.printed[at] for _, at in run)
                    yield self._said(words, "次序与原件不同", run[0][0])
        yield from self._in_other_cells()

    def _in_other_cells(self) -> Iterator[LeftOut]:
        """Cells whose words stand in several, or in another row or column than those beside."""
        pairs = Counter(
            (self._passage_of[place], cell)
            for at, place in enumerate(self._to_source)
            if place >= 0
            and (cell := self._unit_at(at).cell)
            and self.passages[self._passage_of[place]].cell
        )
        rows: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
        columns: dict[tuple[int, int, int], Counter[int]] = defaultdict(Counter)
        for index, (table, row, column) in pairs:
            passage = self.passages[index]
            assert passage.cell is not None
            rows[passage.table, passage.cell.row][row] += passage.cell.rows == 1
            columns[passage.table, passage.cell.column, table][column] += passage.cell.columns == 1
        places: dict[int, set[tuple[int, int, int]]] = defaultdict(set)
        owners: dict[tuple[int, int, int], set[int]] = defaultdict(set)
        for index, cell in pairs:
            places[index].add(cell)
            owners[cell].add(id(self.passages[index].cell))
        for index, cell in pairs:
            passage = self.passages[index]
            assert passage.cell is not None
            table, row, column = cell
            usual_row = rows[passage.table, passage.cell.row].most_common(1)[0][0]
            usual = columns[passage.table, passage.cell.column, table].most_common(1)[0][0]
            if (
                len(places[index]) > 1
                or len(owners[cell]) > 1
                or (passage.cell.rows == 1 and row != usual_row)
                or (passage.cell.columns == 1 and column != usual)
            ):
                yield LeftOut(passage.words, "不在原来的格里", passage.number, passage.source)

    def _said(self, words: str, why: str, at: int) -> LeftOut:
        if not self.passages:
            return LeftOut(words, why)
        passage = self.passages[self._passage_of[at]]
        return LeftOut(words, why, passage.number, passage.source)


def _runs(pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Pairs that follow one another on both sides."""
    run: list[tuple[int, int]] = []
    for shown, printed in pairs:
        if run and (shown - run[-1][0] not in (0, 1) or printed != run[-1][1] + 1):
            yield run
            run = []
        run.append((shown, printed))
    if run:
        yield run


_Begins = tuple[Container[int], Container[int]]
"""Where passages begin on one side, and units on the other."""


def _slid(
    pairs: Sequence[tuple[int, int]], side: int, words: str, begins: _Begins
) -> list[tuple[int, int]]:
    """Pairs of which each stretch that has no counterpart on a side begins where words begin.

    Of `查甲。查乙。` and `查乙。` nobody can say which 查 is there: that of the whole.
    """
    places = [pair[side] for pair in pairs]
    is_first = [pair[1 - side] in begins[1 - side] for pair in pairs]
    for index in range(len(places) - 1):
        begin, end = places[index] + 1, places[index + 1]
        if begin < end:
            step = _step(places, index, words, begins[side], is_first)
            first, last = sorted((index + 1, index + 1 + step))
            for moved in range(first, last):
                places[moved] += end - begin if step < 0 else begin - end
    return [
        (place, pair[1]) if side == 0 else (pair[0], place)
        for place, pair in zip(places, pairs, strict=True)
    ]


def _step(
    places: Sequence[int],
    index: int,
    words: str,
    begins: Container[int],
    is_first: Sequence[bool],
) -> int:
    """How many places a stretch without counterpart is to go on, or back, to tear nothing."""
    begin, end = places[index] + 1, places[index + 1]

    def score(step: int) -> int:
        is_between = not 0 <= index + 1 + step < len(places) or is_first[index + 1 + step]
        return (begin + step in begins) + (end + step in begins) + is_between

    best, most = 0, score(0)
    for way in (-1, 1):
        step = 0
        first, last = (begin - 1, end - 1) if way < 0 else (begin, end)
        at, edge = (index, first) if way < 0 else (index + 1, last)
        while 0 <= at < len(places) and places[at] == edge and words[first] == words[last]:
            step += way
            if score(step) > most:
                best, most = step, score(step)
            first, last, edge, at = first + way, last + way, edge + way, at + way
    return best


def _extents_of(places: Sequence[int], owner: Callable[[int], int]) -> list[tuple[int, int]]:
    """From where to where places follow one another and have one owner."""
    extents: list[tuple[int, int]] = []
    groups = groupby(enumerate(places), lambda pair: (pair[1] - pair[0], owner(pair[1])))
    for _, group in groups:
        run = [place for _, place in group]
        extents.append((run[0], run[-1] + 1))
    return extents


_NUMERAL = re.compile(f"[0-9]+|[○Ｏ{COUNTED}]+")
_POSITIONAL = str.maketrans(f"〇○零Ｏ{ONES}", "0000123456789")
_OF_DATES = re.compile("[年月日号]")


def _is_same(before: str, after: str) -> bool:
    """Whether words say the same in another form: numerals, dates, marks and brackets aside."""
    return _bare(before) == _bare(after)


def _bare(words: str) -> tuple[str, tuple[int, ...]]:
    plain = normalize("NFKC", words.replace("○", "〇"))
    numbers = tuple(_number(match[0]) for match in _NUMERAL.finditer(plain))
    rest = _MARKS.sub("", _NUMERAL.sub("", plain))
    return (_OF_DATES.sub("", rest) if len(numbers) == 3 else rest), numbers


def _number(numeral: str) -> int:
    value = value_of(numeral)
    if value is None or "〇" in numeral:
        positional = numeral.translate(_POSITIONAL)
        value = int(positional) if positional.isdecimal() else -1
    return value
