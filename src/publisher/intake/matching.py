"""What sources show, and what a document prints → which words of the one are which of the other.

Words of an author are matched character by character. What the program writes itself is looked for
where it must stand, in all ways in which a file may write it, and in no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from publisher.intake.aligned import aligned
from publisher.intake.prints import FLOW, Nature, PrintedUnit, Stands
from publisher.intake.shown import SourcePassage, ink
from publisher.intake.source import LeftOut
from publisher.intake.written import SEPARATORS, as_words
from publisher.words.numerals import COUNTED, ONES

FREE, OUT, PARTED = -1, -2, -3
"""Of a character: it has no counterpart; it becomes no content; it parts names, as the program
does itself."""
_ROUNDS = 8
"""How often what was moved is looked for: each time one order of it is found."""
_LONG, _SHORT, _ISLAND = 4, 4, 2
"""Characters that are moved together by no chance; that may stand by chance in another place; that
agree by chance in words that differ."""
_MARK = r"(?:[^\w×○□△◇◎●■▲◆☆★※]|_)"
"""A mark; signs that stand for words, as in ×××文件, are none."""
_OF_PROGRAM = re.compile(
    rf"附[件表]?[0-9０-９{ONES}十]*[：:]?(?:[0-9０-９]+[.．、])?|[0-9０-９]+[.．、]|{_MARK}+"
)
"""What the program may print itself, though it is said to be left out: that is looked for first."""

_WORD = re.compile(f"[^\\W\\d{COUNTED}]")
"""A character of a label that says more than a number."""
_LONGEST = 60
"""Characters of a label."""


class First(Enum):
    """What is matched first: the rest is looked for among what that leaves."""

    AUTHORED = "the words of an author, as many as agree in order"
    WHOLES = "passages and units that are the same as a whole, and no others are"
    ALL = "all words, those of the program too, as many as agree in order"


class Matching:
    """Each character of what is shown and of what is printed, with its counterpart."""

    def __init__(
        self,
        passages: Sequence[SourcePassage],
        units: Sequence[PrintedUnit],
        left_out: Sequence[LeftOut],
        first: First,
    ) -> None:
        self._first = first
        self.passages, self.units = passages, units
        self.shown = "".join(passage.words for passage in passages)
        self.passage_of = [at for at, each in enumerate(passages) for _ in each.words]
        self.starts = list(accumulate((len(each.words) for each in passages), initial=0))
        self._begins = {
            *self.starts,
            *(
                start + line
                for start, passage in zip(self.starts, passages, strict=False)
                for line in passage.lines
            ),
        }
        words = [ink(unit.words) for unit in units]
        self.printed = "".join(words)
        self.unit_of = [at for at, each in enumerate(words) for _ in each]
        self.extents = list(pairwise(accumulate(map(len, words), initial=0)))
        self.to_print = [FREE] * len(self.shown)
        self.to_source = [FREE] * len(self.printed)
        self.rewritten: list[tuple[str, str, int]] = []
        """Before, after, and the index of the passage."""
        self._together: Counter[tuple[int, int]] = Counter()
        """How much of a passage and a unit agrees."""
        self._numbered: dict[tuple[str, int], int] = {}
        """Where the words of a paragraph begin, by the name of its file and its number."""
        for at, passage in enumerate(passages):
            for source in (passage.source, ""):
                self._numbered.setdefault((source, passage.number), self.starts[at])
        self._sought: dict[tuple[str, int], int] = {}
        """From where on words are looked for that were found before."""
        early = [each for each in left_out if not _OF_PROGRAM.fullmatch(ink(each.words))]
        self.dropped = tuple(filter(self._leave_out, early))
        if first is First.WHOLES:
            self._match_wholes([each.words for each in passages], words)
        self._match(lambda run: not self._is_island(run), is_first=True)
        self._give_to_lists()
        for _ in range(_ROUNDS):
            if not self._match(self._is_moved):
                break
        self._settle_written()
        late = [each for each in left_out if each not in early]
        self.dropped += (*filter(self._leave_out, late), *self._repeated())

    # -- what is matched with what --------------------------------------------------------

    def _leave_out(self, left: LeftOut) -> bool:
        """Whether words that are said to be left out are shown, and nothing else's counterpart."""
        words = ink(left.words)
        begin = self._numbered.get((left.source, left.number), 0) if left.number else 0
        at = self.shown.find(words, self._sought.get((words, begin), begin)) if words else -1
        while at >= 0:
            self._sought[words, begin] = at + 1
            if self.is_free(at, at + len(words)):
                self.to_print[at : at + len(words)] = [OUT] * len(words)
                return True
            at = self.shown.find(words, at + 1)
        return False

    def is_free(self, first: int, last: int) -> bool:
        """Whether nothing from one place to another of what is shown has a counterpart."""
        return all(state == FREE for state in self.to_print[first:last])

    def _match(
        self, is_sure: Callable[[Sequence[tuple[int, int]]], bool], *, is_first: bool = False
    ) -> bool:
        """Whether more of what is free on both sides could be matched, in one order.

        The first time long words of the program keep others from being taken for them.
        """
        free = [at for at, state in enumerate(self.to_print) if state == FREE]
        wanted = [
            at
            for at, state in enumerate(self.to_source)
            if state == FREE and (self._is_authored(at) or (is_first and self._keeps_place(at)))
        ]
        shown = "".join(self.shown[at] for at in free)
        printed = "".join(self.printed[at] for at in wanted)
        places = aligned(shown, printed)
        near = [(place, at) for at, place in enumerate(places) if place >= 0]
        starts = {begin for begin, _ in self.extents}
        begins = (
            {at for at, place in enumerate(free) if self.begins(place)},
            {at for at, place in enumerate(wanted) if place in starts},
        )
        near = _slid(_slid(near, 0, shown, begins), 1, printed, begins)
        pairs = [(free[place], wanted[at]) for place, at in near]
        pairs = [pair for run in runs_of(pairs) for pair in run if self._is_to_keep(pair[1], run)]
        self._together = Counter((self.passage_of[shown], self.unit_of[at]) for shown, at in pairs)
        is_more = False
        for run in runs_of(pairs):
            if is_sure(run):
                is_more = True
                for place, at in run:
                    self.to_print[place], self.to_source[at] = at, place
        return is_more

    def _match_wholes(self, shown: Sequence[str], printed: Sequence[str]) -> None:
        """Match passages with units of their author that have the same words, and no others do."""
        often = (Counter(shown), Counter(printed))
        units = {words: at for at, words in enumerate(printed)}
        for passage, words in enumerate(shown):
            is_long = len(words) >= _LONG and often[0][words] == often[1][words] == 1
            if not is_long or self.units[units[words]].nature is not Nature.AUTHORED:
                continue
            first, last = self.starts[passage], self.starts[passage + 1]
            begin, end = self.extents[units[words]]
            if self.is_free(first, last):
                self.to_print[first:last] = range(begin, end)
                self.to_source[begin:end] = range(first, last)

    def _give_to_lists(self) -> None:
        """A title that is shown once, behind a number of the 附件说明, is an entry of that."""
        titles = {unit.twin: at for at, unit in enumerate(self.units) if _is_title(unit)}
        for index, unit in enumerate(self.units):
            if not unit.twin or _is_title(unit) or unit.twin not in titles:
                continue
            begin, end = self.extents[titles[unit.twin]]
            places = self.to_source[begin:end]
            if self._is_entry(index, places[0]) and self._take_over(index, places):
                self.to_source[begin:end] = [FREE] * len(places)

    def _is_entry(self, index: int, place: int) -> bool:
        """Whether the number of an entry stands right before a place, on its line."""
        if place < 0 or self.begins(place):
            return False
        start = max(place - _LONGEST, self.starts[self.passage_of[place]])
        label = re.compile(f"(?:{self._pattern(index - 1)})$").search(self.shown, start, place)
        return label is not None and (
            self.begins(label.start()) or self.shown[label.start() - 1] in "：:"
        )

    def _take_over(self, index: int, places: Sequence[int]) -> bool:
        """Whether a unit could be given all that was another's."""
        begin, end = self.extents[index]
        if len(places) != end - begin or FREE in places:
            return False
        for at, place in enumerate(places, begin):
            self.to_print[place], self.to_source[at] = at, place
        return True

    def _is_authored(self, at: int) -> bool:
        return self.unit_at(at).nature is Nature.AUTHORED

    def _is_to_keep(self, at: int, run: Sequence[tuple[int, int]]) -> bool:
        """Whether a match stays: of an author's words, or of a whole entry of the 附件说明."""
        begin, end = self.extents[self.unit_of[at]]
        is_whole = run[0][1] <= begin and end - 1 <= run[-1][1]
        is_known = bool(self.unit_at(at).twin) or self._first is First.ALL
        return self._is_authored(at) or (is_known and is_whole)

    def _keeps_place(self, at: int) -> bool:
        unit = self.unit_at(at)
        if self._first is First.ALL:
            return True
        return bool(unit.twin) or (unit.nature is Nature.DERIVED and len(unit.words) > _SHORT)

    def _is_moved(self, run: Sequence[tuple[int, int]]) -> bool:
        """Whether so much agrees that it is the same, though it stands elsewhere."""
        (shown, printed), (last, end) = run[0], run[-1]
        if len(run) >= _LONG or self._is_whole(run):
            return True
        is_unit = self.extents[self.unit_of[printed]] == (printed, end + 1)
        is_all = (
            not self._is_free_at(shown - 1, self.to_print)
            and not self._is_free_at(last + 1, self.to_print)
            and not self._is_free_at(printed - 1, self.to_source)
            and not self._is_free_at(end + 1, self.to_source)
        )
        return len(run) > _ISLAND and (is_unit or is_all)

    @staticmethod
    def _is_free_at(at: int, states: Sequence[int]) -> bool:
        return 0 <= at < len(states) and states[at] == FREE

    def _is_whole(self, run: Sequence[tuple[int, int]]) -> bool:
        """Whether all of a unit is all of a passage, a number before it aside."""
        (shown, printed), length = run[0], len(run)
        index, passage = self.unit_of[printed], self.passage_of[shown]
        if self.extents[index] != (printed, printed + length):
            return False
        start = self.starts[passage]
        if self.starts[passage + 1] != shown + length:
            return False
        is_numbered = index > 0 and self.units[index - 1].stands is Stands.BEFORE
        before = self.shown[start:shown]
        return not before or (
            is_numbered and re.fullmatch(self._pattern(index - 1), before) is not None
        )

    def _is_island(self, run: Sequence[tuple[int, int]]) -> bool:
        """Whether a few characters agree of words that do not."""
        (shown, printed), length = run[0], len(run)
        begin, end = self.extents[self.unit_of[printed]]
        together = self._together[self.passage_of[shown], self.unit_of[printed]]
        return length <= _ISLAND and together < min(_SHORT, end - begin)

    def begins(self, at: int) -> bool:
        """Whether a passage or a line of it begins at a place, or all ends there."""
        return at in self._begins

    def unit_at(self, at: int) -> PrintedUnit:
        """The unit of a place of what is printed."""
        return self.units[self.unit_of[at]]

    # -- what the program writes itself ---------------------------------------------------

    def _settle_written(self) -> None:
        """Match what the program writes itself: the longest first, labels with what is behind them.

        What is short is known by its neighbours, which may be known the next time.
        """
        waiting = [at for at, unit in enumerate(self.units) if unit.nature is not Nature.AUTHORED]
        waiting.sort(key=lambda index: (-len(self.units[index].words), -index))
        for settle in (self._settle_in_order, self._settle_anywhere):
            before = len(waiting) + 1
            while before > len(waiting):
                before = len(waiting)
                waiting = [index for index in waiting if not settle(index)]
                self._settle_separators()

    def _settle_in_order(self, index: int) -> bool:
        """Whether what the program writes could be matched, between what is printed beside it."""
        begin, end = self.extents[index]
        match self.units[index].stands:
            case Stands.BEFORE if end < len(self.to_source) and self._first_of(index + 1) >= 0:
                return self._settle_before(index, self._first_of(index + 1))
            case Stands.BEHIND if begin and self.to_source[begin - 1] >= 0:
                return self._settle_behind(index, self.to_source[begin - 1] + 1)
            case Stands.APART | Stands.BEFORE:
                before = next((each for each in self.to_source[begin::-1] if each >= 0), -1)
                after = next((each for each in self.to_source[begin:] if each >= 0), -1)
                last = after if after >= 0 else len(self.shown)
                return self._settle_apart(index, before + 1, last)
        return False

    def _settle_anywhere(self, index: int) -> bool:
        unit = self.units[index]
        is_number = unit.stands is Stands.BEFORE and not _WORD.search(unit.words)
        if is_number:
            return False
        if unit.stands is Stands.BEHIND:  # what it stands behind may be known by now
            return self._settle_in_order(index)
        return self._settle_in_order(index) or self._settle_apart(index, 0, len(self.shown))

    def _first_of(self, index: int) -> int:
        """Where a unit begins in what is shown; -1 where it is not there."""
        if index >= len(self.units):
            return FREE
        begin, end = self.extents[index]
        steps = enumerate(self.to_source[begin:end])
        step, place = next(((step, place) for step, place in steps if place >= 0), (0, FREE))
        is_before = place >= step and self.is_free(place - step, place)
        return place - step if is_before else place

    def _settle_before(self, index: int, last: int) -> bool:
        """Whether a unit is said right before a place."""
        first = max(last - _LONGEST, 0)
        pattern = re.compile(f"(?:{self._pattern(index)})$")
        match = pattern.search(self.shown, first, last)
        return match is not None and self._take(index, match.start(), last)

    def _settle_behind(self, index: int, first: int) -> bool:
        """Whether a unit is said right behind a place."""
        match = re.compile(self._pattern(index)).match(self.shown, first)
        return match is not None and self._take(index, first, match.end())

    def _settle_apart(self, index: int, low: int, high: int) -> bool:
        """Whether a unit is said by itself somewhere, or beside what is no running text."""
        pattern = re.compile(self._pattern(index))
        return any(
            self._stands_apart(*match.span()) and self._take(index, *match.span())
            for match in pattern.finditer(self.shown, low, high)
            if self.is_free(*match.span())
        )

    def _stands_apart(self, first: int, last: int) -> bool:
        """Whether words are no part of a running text, or of a table that is printed as one."""
        if self._is_in_table(first) or self._is_in_table(last - 1):
            return False
        return self._begins_apart(first) and self._ends_apart(last)

    def _begins_apart(self, at: int) -> bool:
        while not self.begins(at) and self.is_free(at - 1, at):
            before = self._before_of_frame.search(self.shown, max(at - _LONGEST, 0), at)
            if before is None or before.start() == at:
                return False
            at = before.start()
        return self.begins(at) or self._is_of_frame(at - 1)

    def _ends_apart(self, at: int) -> bool:
        while not self.begins(at) and self.is_free(at, at + 1):
            after = self._of_frame.match(self.shown, at)
            if after is None or after.end() == at:
                return False
            at = after.end()
        return self.begins(at) or self._is_of_frame(at)

    def _is_of_frame(self, at: int) -> bool:
        """Whether a place has its counterpart, and that is no running text."""
        state = self.to_print[at]
        return state in (OUT, PARTED) or (state >= 0 and self.unit_at(state).stream != FLOW)

    @cached_property
    def _of_frame(self) -> re.Pattern[str]:
        """What the program writes of elements, each in all ways, and what parts names."""
        units = (
            index
            for index, unit in enumerate(self.units)
            if unit.stream != FLOW and unit.nature is not Nature.AUTHORED
        )
        longest = sorted(units, key=lambda index: -len(self.units[index].words))
        patterns = dict.fromkeys(map(self._pattern, longest))
        return re.compile("|".join([*patterns, f"[{SEPARATORS}]"]))

    @cached_property
    def _before_of_frame(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self._of_frame.pattern})$")

    def _is_in_table(self, at: int) -> bool:
        """Whether a place is in a table that is printed as one."""
        table = self.passages[self.passage_of[at]].table
        return table in self.printed_tables

    @cached_property
    def printed_tables(self) -> Container[int]:
        """The tables of the sources that are printed as tables."""
        return {
            self.passages[self.passage_of[place]].table
            for at, place in enumerate(self.to_source)
            if place >= 0 and self.unit_at(at).cell
        } - {0}

    def _pattern(self, index: int) -> str:
        return self.units[index].pattern or as_words(self.units[index].words)

    def _take(self, index: int, first: int, last: int) -> bool:
        """Whether words were free, and are those of a unit now."""
        if first >= last or not self.is_free(first, last):
            return False
        begin, end = self.extents[index]
        words, before = self.printed[begin:end], self.shown[first:last]
        if before == words:
            self.to_print[first:last] = range(begin, end)
            self.to_source[begin:end] = range(first, last)
        else:
            self.to_print[first:last] = [begin] * (last - first)
            self.to_source[begin:end] = [*[first] * (end - begin - 1), last - 1]  # its ends agree
            self.rewritten.append((before, words, self.passage_of[first]))
        return True

    def _settle_separators(self) -> None:
        """One mark between names that the program parts itself, or behind the last of them."""
        for first, last in self.left():
            if last - first != 1 or self.shown[first] not in SEPARATORS:
                continue
            before = self._unit_beside(first - 1)
            after = self._unit_beside(last)
            is_last = after is None and self.begins(last)
            if before is not None and self._parts(before, after, is_last=is_last):
                self.to_print[first] = PARTED
                self.rewritten.append((self.shown[first], "", self.passage_of[first]))

    def _unit_beside(self, at: int) -> int | None:
        is_there = 0 <= at < len(self.to_print) and self.to_print[at] >= 0
        return self.unit_of[self.to_print[at]] if is_there else None

    def _parts(self, before: int, after: int | None, *, is_last: bool) -> bool:
        """Whether a unit is a name of a list, and behind it stands the next one, or nothing."""
        if is_last:
            return self.units[before].is_parted and self.units[before].cell is None
        return after == before + 1 and self.units[after].is_parted

    def _repeated(self) -> Iterator[LeftOut]:
        """The words of merged cells that a file says once more, in a row below or another page."""
        rows: dict[tuple[int, int], tuple[int, int]] = {}
        """By table and row of the sources, those that are printed."""
        above: dict[tuple[int, int, str], PrintedUnit] = {}
        for index, passage in enumerate(self.passages):
            state = self.to_print[self.starts[index]]
            if passage.cell and state >= 0 and (cell := self.unit_at(state).cell):
                rows.setdefault((passage.table, passage.cell.row), cell[:2])
        for index, passage in enumerate(self.passages):
            place = rows.get((passage.table, passage.cell.row)) if passage.cell else None
            if passage.cell is None or place is None:
                continue
            first, last = self.starts[index], self.starts[index + 1]
            key = (place[0], passage.cell.column, passage.words)
            if (state := self.to_print[first]) >= 0 and self.unit_at(state).cell:
                above[key] = self.unit_at(state)
            elif self.is_free(first, last) and _spans(above.get(key), place[1]):
                self.to_print[first:last] = [OUT] * (last - first)
                yield self.said(passage.words, "重复的分组名，合为一组", first)

    def left(self) -> list[tuple[int, int]]:
        """From where to where something shown is free, each within a passage."""
        places = [at for at, state in enumerate(self.to_print) if state == FREE]
        return extents_of(places, lambda at: self.passage_of[at])

    @property
    def kept(self) -> int:
        """How many characters that are shown are printed."""
        return sum(state >= 0 or state == PARTED for state in self.to_print)

    def said(self, words: str, why: str, at: int) -> LeftOut:
        """Words that are told, with the paragraph of a place of what is shown."""
        if not self.passages:
            return LeftOut(words, why)
        passage = self.passages[self.passage_of[at]]
        return LeftOut(words, why, passage.number, passage.source)


def _spans(unit: PrintedUnit | None, row: int) -> bool:
    """Whether a cell reaches down to a row from above it."""
    return (
        unit is not None and unit.cell is not None and unit.cell[1] < row < unit.cell[1] + unit.rows
    )


def _is_title(unit: PrintedUnit) -> bool:
    return bool(unit.twin) and unit.nature is Nature.AUTHORED


def runs_of(pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
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


def extents_of(places: Sequence[int], owner: Callable[[int], int]) -> list[tuple[int, int]]:
    """From where to where places follow one another and have one owner."""
    extents: list[tuple[int, int]] = []
    groups = groupby(enumerate(places), lambda pair: (pair[1] - pair[0], owner(pair[1])))
    for _, group in groups:
        run = [place for _, place in group]
        extents.append((run[0], run[-1] + 1))
    return extents
