"""What is printed of which words → what is lost, what nobody wrote, what stands elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, pairwise

from publisher.intake.aligned import longest_rising
from publisher.intake.matching import FREE, OUT, Matching, extents_of, runs_of
from publisher.intake.prints import FLOW, Floats, Nature, Stands
from publisher.intake.source import LeftOut


class Whereabouts:
    """What is to be told of a matching: it trusts none of the ways by which it was found."""

    def __init__(self, matching: Matching) -> None:
        self._of = matching

    def lost(self) -> Iterator[LeftOut]:
        """What is shown and not printed."""
        for first, last in self._of.left():
            yield self._of.said(self._of.shown[first:last], "内容里没有", first)

    # -- what nobody wrote ----------------------------------------------------------------

    def surplus(self) -> Iterator[LeftOut]:
        """What is printed as its author's and not shown."""
        for first, last in self._unsaid():
            if self._is_surplus(first, last):
                before = next((at for at in self._of.to_source[first::-1] if at >= 0), 0)
                yield self._of.said(self._of.printed[first:last], "原件里没有", before)

    def added(self) -> Iterator[str]:
        """What is printed of the program's own and not shown: what it is, and the words."""
        for first, last in self._unsaid():
            unit, words = self._of.unit_at(first), self._of.printed[first:last]
            if unit.what and any(map(str.isalnum, words)) and not self._is_surplus(first, last):
                yield f"{unit.what}“{words}”"

    def _unsaid(self) -> list[tuple[int, int]]:
        places = [at for at, state in enumerate(self._of.to_source) if state == FREE]
        return extents_of(places, lambda at: self._of.unit_of[at])

    def _is_surplus(self, first: int, last: int) -> bool:
        """Whether a file has to say what the content says here."""
        index = self._of.unit_of[first]
        unit = self._of.units[index]
        match unit.nature:
            case Nature.AUTHORED:
                return not self._is_twin(index, first, last)
            case Nature.DERIVED if unit.words == "；":
                return not self._parts_lines(first, last)
            case Nature.DERIVED:
                return unit.stands is Stands.APART
        return bool(unit.causes) and not self._is_meant(index)

    def _is_twin(self, index: int, first: int, last: int) -> bool:
        """Whether a whole unit is printed twice, and shown where it is printed otherwise."""
        name = self._of.units[index].twin
        return (
            bool(name)
            and self._of.extents[index] == (first, last)
            and any(
                unit.twin == name and self._is_there(at)
                for at, unit in enumerate(self._of.units)
                if at != index
            )
        )

    def _is_there(self, index: int) -> bool:
        begin, end = self._of.extents[index]
        return begin < end and self._of.to_source[begin] >= 0

    def _parts_lines(self, first: int, last: int) -> bool:
        """Whether what stands on both sides of a mark stands on lines of its own."""
        before, after = self._of.to_source[first - 1], self._of.to_source[last]
        return before < 0 or after < 0 or self._of.begins(after)

    def _is_meant(self, index: int) -> bool:
        """Whether a file names who is named here, and all of a list or nobody of it."""
        unit = self._of.units[index]
        beside = [
            at
            for at, each in enumerate(self._of.units)
            if each.stream == unit.stream and each.causes and at != index
        ]
        is_doubled = any(self._of.units[at].words == unit.words and at < index for at in beside)
        return (
            not is_doubled
            and not any(map(self._is_there, beside))
            and any(cause in self._of.shown for cause in unit.causes)
        )

    # -- what stands elsewhere ------------------------------------------------------------

    def misplaced(self) -> Iterator[LeftOut]:
        """What is printed in another order than it is shown, or in another cell."""
        moved = chain(
            self._in_other_cells(),
            self._in_and_out_of_cells(),
            self._out_of_order(),
            self._far_away(),
            self._torn(),
        )
        once: dict[tuple[str, str, int], LeftOut] = {}
        for each in moved:
            once.setdefault((each.words, each.source, each.number), each)
        yield from once.values()

    def _out_of_order(self) -> Iterator[LeftOut]:
        orders: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
        for at, place in enumerate(self._of.to_source):
            if place >= 0 and not self._is_called(self._of.unit_of[at]):
                unit, source = self._of.unit_at(at), self._source_at(place)
                is_free = unit.floats in (Floats.AROUND, Floats.FREELY)
                own = unit.stream if is_free or self._may_stand(place, at) else FLOW
                orders[own, source].append((place, at))
        for pairs in orders.values():
            runs = list(runs_of(pairs))
            kept = set(longest_rising([run[0][0] for run in runs]))
            for index, run in enumerate(runs):
                if index not in kept:
                    words = "".join(self._of.printed[at] for _, at in run)
                    yield self._of.said(words, "次序与原件不同", run[0][0])

    def _far_away(self) -> Iterator[LeftOut]:
        """Titles and remarks of tables and pictures that do not stand around these."""
        before = self._beside(range(len(self._of.units)))
        after = self._beside(range(len(self._of.units) - 1, -1, -1))
        for index, unit in enumerate(self._of.units):
            first, last = self._of.extents[index]
            places = [place for place in self._of.to_source[first:last] if place >= 0]
            if unit.floats is not Floats.AROUND or not places:
                continue
            source = self._source_at(places[0])
            low = before[index] if self._is_in(source, before[index]) else -1
            high = after[index] if self._is_in(source, after[index]) else len(self._of.shown)
            if not low < places[0] <= places[-1] < high:
                yield self._of.said(self._of.printed[first:last], "次序与原件不同", places[0])

    def _beside(self, indexes: Iterable[int]) -> dict[int, int]:
        """For each unit where the last one before it stands that is neither of nor around a table.

        Before it as the indexes run.
        """
        beside, last = {}, FREE
        for index in indexes:
            unit = self._of.units[index]
            beside[index] = last
            if unit.stream == FLOW and unit.cell is None and unit.nature is Nature.AUTHORED:
                begin, _ = self._of.extents[index]
                last = self._of.to_source[begin] if self._of.to_source[begin] >= 0 else last
        return beside

    def _is_in(self, source: str, place: int) -> bool:
        return place >= 0 and self._source_at(place) == source

    def _source_at(self, place: int) -> str:
        return self._of.passages[self._of.passage_of[place]].source

    def _may_stand(self, place: int, at: int) -> bool:
        """Whether a file may put what is printed at `at` elsewhere, as it does."""
        match self._of.unit_at(at).floats:
            case Floats.ABOVE:
                return self._is_above(place)
            case Floats.BETWEEN:
                is_name = self._of.unit_at(at).nature is Nature.GENERATED
                return self._is_between(place) or (self._is_above(place) and not is_name)
        return False

    def _is_above(self, place: int) -> bool:
        return place < self._texts.get(self._source_at(place), place + 1)

    @cached_property
    def _texts(self) -> dict[str, int]:
        """Where the text of each file begins, below its titles."""
        begins: dict[str, int] = {}
        for at, place in enumerate(self._of.to_source):
            unit = self._of.unit_at(at)
            if place >= 0 and unit.stream == FLOW and not unit.what:
                source = self._source_at(place)
                begins[source] = min(place, begins.get(source, place))
        return begins

    def _is_between(self, place: int) -> bool:
        """Whether one text ends before a place, and the next begins, if any does, behind it."""
        at = bisect_left(self._sections, (place, 0))
        before = self._sections[at - 1][1] if at else -1
        after = self._sections[at][1] if at < len(self._sections) else -1
        return before != after

    @cached_property
    def _sections(self) -> list[tuple[int, int]]:
        """Where running text stands, and in which of the texts, in the order of the files."""
        section, places = 0, []
        for index, unit in enumerate(self._of.units):
            if unit.stream != FLOW:
                continue
            section += unit.begins_text
            begin, end = self._of.extents[index]
            places += [(at, section) for at in self._of.to_source[begin:end] if at >= 0]
        return sorted(places)

    def _is_called(self, index: int) -> bool:
        """Whether the file names what stands at a place, by a word that was left out."""
        called, (begin, _) = self._of.units[index].called, self._of.extents[index]
        place = self._of.to_source[begin]
        before = self._of.shown[: max(place, 0)].rstrip("：:")
        return bool(called) and before.endswith(called) and self._of.to_print[place - 1] == OUT

    def _torn(self) -> Iterator[LeftOut]:
        """What stands in a file amid the words of another unit, which are printed without it."""
        for index, (begin, end) in enumerate(self._of.extents):
            places = [at for at in self._of.to_source[begin:end] if at >= 0]
            for before, after in pairwise(places):
                between = (at for at in self._of.to_print[before + 1 : after] if at >= 0)
                if any(self._of.unit_of[at] != index for at in between):
                    words = self._of.printed[begin:end]
                    yield self._of.said(words, "在原件里分在几处", after)
                    break

    def _in_other_cells(self) -> Iterator[LeftOut]:
        """Cells whose words stand in several, or in another row or column than those beside."""
        pairs = Counter(
            (self._of.passage_of[place], cell)
            for at, place in enumerate(self._of.to_source)
            if place >= 0
            and (cell := self._of.unit_at(at).cell)
            and self._of.passages[self._of.passage_of[place]].cell
        )
        rows: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
        columns: dict[tuple[int, int, int], Counter[int]] = defaultdict(Counter)
        for index, (table, row, column) in pairs:
            passage = self._of.passages[index]
            assert passage.cell is not None
            rows[passage.table, passage.cell.row][row] += passage.cell.rows == 1
            columns[passage.table, passage.cell.column, table][column] += passage.cell.columns == 1
        places: dict[int, set[tuple[int, int, int]]] = defaultdict(set)
        owners: dict[tuple[int, int, int], set[int]] = defaultdict(set)
        for index, cell in pairs:
            places[index].add(cell)
            owners[cell].add(id(self._of.passages[index].cell))
        for index, cell in pairs:
            passage = self._of.passages[index]
            assert passage.cell is not None
            table, row, column = cell
            usual_row = rows[passage.table, passage.cell.row].most_common(1)[0][0]
            usual = columns[passage.table, passage.cell.column, table].most_common(1)[0][0]
            if (
                len(places[index]) > 1
                or len(owners[cell]) > 1
                or (passage.cell.rows == 1 and row != usual_row)
                or (column != usual and (passage.cell.columns == 1 or index not in self._alone))
            ):
                yield LeftOut(passage.words, "不在原来的格里", passage.number, passage.source)

    def _in_and_out_of_cells(self) -> Iterator[LeftOut]:
        """Words of cells that became running text, and running text that became a cell's.

        What stands around a table may be a row of its own in a file.
        """
        moved: dict[int, list[str]] = defaultdict(list)
        for at, place in enumerate(self._of.to_source):
            unit = self._of.unit_at(at)
            if place < 0 or unit.nature is not Nature.AUTHORED:
                continue
            index = self._of.passage_of[place]
            passage = self._of.passages[index]
            is_out = not unit.cell and passage.table in self._of.printed_tables
            is_peeled = unit.stream != FLOW and index in self._alone
            if (unit.cell and not passage.cell) or (is_out and not is_peeled):
                moved[index].append(self._of.printed[at])
        for index, words in moved.items():
            passage = self._of.passages[index]
            yield LeftOut("".join(words), "不在原来的格里", passage.number, passage.source)

    @cached_property
    def _alone(self) -> set[int]:
        """The passages of cells beside which no other of their row says anything."""
        rows: dict[tuple[int, int], set[int]] = defaultdict(set)
        for index, passage in enumerate(self._of.passages):
            if passage.cell:
                rows[passage.table, passage.cell.row].add(index)
        cells = (
            (indexes, {id(self._of.passages[index].cell) for index in indexes})
            for indexes in rows.values()
        )
        return {index for indexes, owners in cells if len(owners) == 1 for index in indexes}
