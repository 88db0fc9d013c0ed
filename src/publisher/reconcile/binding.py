"""The tasks of a table and a text → which sentences of the text each task repeats.

Words that are alike are bound first. The rest goes to the likest sentence, looked for among those
that share rare pairs of characters with it, so that the work grows with the rows alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from publisher.model import (
    Block,
    ColumnRole,
    Heading,
    Item,
    LevelForm,
    Merge,
    Piece,
    Prose,
    Reconciliation,
    Row,
    Sentence,
    Strong,
    Table,
    Task,
    plain,
)
from publisher.postings import Postings
from publisher.reconcile.agreement import LEAST, agrees, holds
from publisher.reconcile.extents import clauses_of_blocks, extents
from publisher.row_kinds import is_item
from publisher.spans import filled
from publisher.words.numbering import numbers
from publisher.words.sentences import bounds, called, clauses, sentences, spans, to_marks, trimmed

LIKE = 60.0
"""From 0 to 100: how like a sentence must be to be the counterpart of a task's words."""
SURELY_LIKE = 80.0
"""The same, where the words have a counterpart already and a second one is looked for."""
_LONGER = 1.25
_MOST_COMPARED = 250_000
"""The product of two lengths up to which the one is looked for inside the other."""


def bind(text: Sentences, table: Table, column: int) -> Reconciliation:
    """Text and table, with the tasks of a column of it bound to the sentences of the text."""
    return _Binder(text, table).reconciliation(table, column)


def clause_of(row: Row) -> str:
    """What its author calls the clause of a row; empty where nothing is said."""
    return row.clause.text if row.clause else ""


# -- the text ---------------------------------------------------------------------------


class Sentences:
    """The sentences of a text, and where to look for words among them."""

    def __init__(self, text: Prose) -> None:
        self.prose = text
        self.sentences = tuple(_sentences(text))
        self.trimmed = [trimmed(sentence.words) for sentence in self.sentences]
        self.exact: dict[str, list[int]] = defaultdict(list)
        self._postings = Postings(self.trimmed)
        self._latest: tuple[str, list[int]] = ("", [])
        self.listed: dict[str, list[int]] = defaultdict(list)
        """By the words of a clause, between marks, the sentences that have it."""
        for index, words in enumerate(self.trimmed):
            self.exact[words].append(index)
            for clause in clauses(words):
                self.listed[trimmed(clause)].append(index)
        self.clauses = dict(_names_of_clauses(text))
        self.extents = dict(extents(text, self.sentences))

    def candidates(self, words: str) -> list[int]:
        """The sentences that words may be like; those words are mostly asked for twice."""
        if words != self._latest[0]:
            self._latest = words, self._postings.candidates(words)
        return self._latest[1]


def _sentences(text: Prose) -> Iterator[Sentence]:
    nearest = clauses_of_blocks(text)
    for index, block in enumerate(text.blocks):
        title = _title_of(block, text)
        for span in sentences(block):
            yield Sentence(span.words, index, span.start, nearest[index], span.end <= title)


def _title_of(block: Block, text: Prose) -> int:
    """How many characters of a block are a heading: all of one, and what leads an item.

    Of 第一条 and what is below it the words are text.
    """
    match block:
        case Heading() if LevelForm.ARTICLE not in text.levels[: block.level]:
            return len(plain(block.content))
        case Item(content=(Strong() as lead, *_)):
            return len(plain((lead,)))
        case _:
            return 0


def _names_of_clauses(text: Prose) -> Iterator[tuple[str, int]]:
    """What an author may call a clause: its identifier, its words, its number after those above."""
    above: list[tuple[int, str]] = []
    for index, number in numbers(text):
        clause = text.blocks[index]
        assert isinstance(clause, Heading | Item)
        above = [upper for upper in above if upper[0] < number.level]
        if number.form.is_decimal:  # which names the numbers above it itself
            above = []
        above.append((number.level, number.label))
        if clause.identifier:
            yield _name(clause.identifier), index
        numbers_above = "".join(upper for _, upper in above)
        yield _name(numbers_above), index
        short = [called(clause.content)] if isinstance(clause, Item) else []
        for words in (plain(clause.content), *short):
            for name in (words, numbers_above + words, number.label + words):
                yield _name(name), index


def _name(words: str) -> str:
    """What is called so, without marks and blanks; those between figures part them."""
    return re.sub(r"[\s#（）()、.。，]", "", _BETWEEN_FIGURES.sub("·", words))


_BETWEEN_FIGURES = re.compile(r"(?<=[0-9])[\s（(、.]+(?=[0-9])")


def _begins(table: Table, column: int) -> list[int]:
    """For each row, that in which its cell of a column begins."""
    merged = (row.cells[column].merge is Merge.ABOVE for row in table.rows)
    starts = (0 if above else at for at, above in enumerate(merged))
    return list(accumulate(starts, max))


# -- tasks ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A task that is being bound."""

    at: int
    """Index of the row."""
    row: Row
    words: str
    clause: int | None
    pieces: list[Piece]


class _Binder:
    """Binds the tasks of one table to the sentences of one text."""

    def __init__(self, text: Sentences, table: Table) -> None:
        self.text = text
        self._deadlines = table.column_of(ColumnRole.DEADLINE)
        self._owners = [i for i, column in enumerate(table.columns) if column.role.many]
        self._taken: set[int] = set()
        self._last = -1
        """The sentence bound last: tasks mostly follow the plan's order."""

    def reconciliation(self, table: Table, column: int) -> Reconciliation:
        """Text and table with all that could be bound."""
        drafts = list(self._drafts(table, column))
        for bind in (self._exact, self._likest):
            for draft in drafts:
                draft.pieces = [part for piece in draft.pieces for part in bind(piece, draft)]
        self._share(drafts)
        tasks = tuple(self._task(draft.at, draft) for draft in drafts)
        return Reconciliation(self.text.prose, table, column, self.text.sentences, tasks)

    def _share(self, drafts: list[_Draft]) -> None:
        """Mark the pieces that share a sentence with other tasks and have its words alone."""
        carriers = Counter(
            index
            for draft in drafts
            for index in {piece.sentence for piece in draft.pieces if piece.sentence is not None}
        )
        for draft in drafts:
            draft.pieces = [
                replace(piece, is_share=True) if self._is_share(piece, carriers) else piece
                for piece in draft.pieces
            ]

    def _is_share(self, piece: Piece, carriers: Counter[int]) -> bool:
        if piece.sentence is None or carriers[piece.sentence] < 2:
            return False
        sentence = self.text.sentences[piece.sentence]
        return not agrees(piece, sentence) and holds(sentence.words, trimmed(piece.words))

    def _drafts(self, table: Table, column: int) -> Iterator[_Draft]:
        """A task for each row that is an item, and one for rows that share its cell."""
        rows = filled(table.rows)
        items = [n for n, row in enumerate(rows) if is_item(table.columns, row)]
        for _, group in groupby(items, _begins(table, column).__getitem__):
            at = list(group)
            yield self._draft(at[0], [rows[n] for n in at], column)

    def _draft(self, at: int, rows: list[Row], column: int) -> _Draft:
        row = rows[0]
        words = row.cells[column].text
        named = self.text.clauses.get(_name(clause_of(row))) if clause_of(row) else None
        owners = tuple(
            item for each in rows for index in self._owners for item in each.cells[index].items
        )
        is_dated = self._dated(row)
        pieces = [
            Piece(span.words, span.start, is_dated=is_dated, owners=owners) for span in spans(words)
        ]
        return _Draft(at, row, words, named, pieces)

    def _dated(self, row: Row) -> bool:
        return self._deadlines is not None and bool(row.cells[self._deadlines].items)

    def _exact(self, piece: Piece, draft: _Draft) -> Iterator[Piece]:
        """Bound to the same words: of several such sentences, the next that is free."""
        same = self._within(self.text.exact.get(trimmed(piece.words), ()), draft)
        free = [index for index in same if index not in self._taken]
        if not free:
            yield piece
            return
        yield self._whole(piece, next((i for i in free if i > self._last), free[0]))

    def _whole(self, piece: Piece, index: int) -> Piece:
        self._taken.add(index)
        self._last = index
        return replace(piece, sentence=index, part=(0, len(self.text.sentences[index].words)))

    def _within(self, indices: Iterable[int], draft: _Draft) -> list[int]:
        """Those below the clause that the author names, if any is named."""
        if draft.clause is None:
            return list(indices)
        first, end = self.text.extents[draft.clause]
        return [index for index in indices if first <= index < end]

    def _likest(self, piece: Piece, draft: _Draft) -> Iterator[Piece]:
        """Bound to the likest sentence; words that belong to another one become a piece apart."""
        if piece.sentence is not None:
            yield piece
            return
        words = trimmed(piece.words)
        same = self._within(self.text.exact.get(words, ()), draft)
        # Words that the table has more often than the plan may be a slip of a sentence like them.
        index = self._best(words, draft, SURELY_LIKE, self._taken) if same else None
        if same and index is None:
            yield self._whole(piece, same[0])
            return
        index = self._best(words, draft) if index is None else index
        index = self._holding(words, draft) if index is None else index
        if index is None:
            yield piece
        else:
            yield from self._fitted(piece, index, draft)

    def _holding(self, words: str, draft: _Draft) -> int | None:
        """The sentence that holds all of some words, wherever they stand in it.

        Few words are found by chance: they must be what a list in a sentence has between its marks.
        """
        if len(words) < LEAST:
            listed = self._within(self.text.listed.get(words, ()), draft)
            return next(iter(listed), None)
        candidates = self._within(self.text.candidates(words), draft)
        return next((i for i in candidates if holds(self.text.trimmed[i], words)), None)

    def _best(
        self,
        words: str,
        draft: _Draft,
        least: float = LIKE,
        without: Container[int] = frozenset(),
    ) -> int | None:
        """The likest sentence, of equals a free one; None where none is like enough.

        Where its author names the clause, a task need not repeat it: less than surely like is not.
        """
        least = least if draft.clause is None else SURELY_LIKE
        candidates = self._within(self.text.candidates(words), draft)
        scores = {
            index: (_likeness(words, self.text.trimmed[index]), index not in self._taken)
            for index in candidates
            if index not in without
        }
        best = max(scores, key=lambda index: scores[index], default=None)
        return best if best is not None and scores[best][0] >= least else None

    def _fitted(self, piece: Piece, index: int, draft: _Draft) -> Iterator[Piece]:
        """A piece beside the part of a sentence that it repeats, between pieces of others."""
        sentence = self.text.sentences[index].words
        before, core, after = _cut(piece.words, sentence)
        belong = [self._other(words, index, draft) for words in (before, after)]
        if belong[0] is None:
            before, core = "", before + core
        if belong[1] is None:
            core, after = core + after, ""
        self._taken.add(index)
        self._last = index
        if before and belong[0] is not None:
            yield from self._fitted(replace(piece, words=before), belong[0], draft)
        start = piece.start + len(before)
        part = _part(core, sentence)
        yield replace(piece, words=core, start=start, sentence=index, part=part)
        if after and belong[1] is not None:
            later = replace(piece, words=after, start=start + len(core))
            yield from self._fitted(later, belong[1], draft)

    def _other(self, words: str, index: int, draft: _Draft) -> int | None:
        """The other sentence to which words surely belong."""
        if len(trimmed(words)) < LEAST:
            return None
        sentence = self._best(trimmed(words), draft, SURELY_LIKE)
        return None if sentence == index else sentence

    def _task(self, index: int, draft: _Draft) -> Task:
        clauses: Counter[int | None] = Counter()
        for piece in draft.pieces:
            if piece.sentence is not None:
                clauses[self.text.sentences[piece.sentence].clause] += len(piece.words)
        most = max(clauses, key=lambda clause: clauses[clause], default=None)
        is_declared = draft.clause is not None
        clause = draft.clause if is_declared else most
        return Task(index, draft.words, tuple(draft.pieces), clause, is_declared)


def _likeness(words: str, sentence: str) -> float:
    """How like two texts are, 0 to 100; one may be a part of the other."""
    from rapidfuzz import fuzz

    whole = fuzz.ratio(words, sentence)
    if min(len(words), len(sentence)) < LEAST or len(words) * len(sentence) > _MOST_COMPARED:
        return whole
    return max(whole, 0.9 * fuzz.partial_ratio(words, sentence))


def _part(words: str, sentence: str) -> tuple[int, int]:
    """From where to where a sentence is repeated: all of it, or the clauses between marks."""
    from rapidfuzz import fuzz

    at = sentence.find(trimmed(words))
    if at >= 0:
        return to_marks(sentence, at, at + len(trimmed(words)))
    if len(sentence) <= _LONGER * len(words):
        return 0, len(sentence)
    figures = set(_FIGURE.findall(words))
    there = bounds(sentence)
    runs = [
        (start, end)
        for at, start in enumerate(there)
        for end in there[at + 1 : at + 1 + _MOST_CLAUSES]
    ]

    def likeness(run: tuple[int, int]) -> float:
        part = sentence[slice(*run)]
        has_figures = figures <= set(_FIGURE.findall(part))
        return fuzz.ratio(words, part) + (_FIGURES_COUNT if has_figures else 0)

    return max(runs, key=likeness)


_FIGURE = re.compile("[0-9]+(?:[.][0-9]+)?")
_FIGURES_COUNT = 20.0
"""So much liker, of 100, is a stretch that has all figures of a task."""
_MOST_CLAUSES = 12
"""Clauses of a sentence, between marks, that one task may repeat."""


def _cut(words: str, sentence: str) -> tuple[str, str, str]:
    """What stands before, in and after the part of words that a sentence has."""
    from rapidfuzz.distance import Levenshtein

    matched = [
        (step.src_start, step.src_end)
        for step in Levenshtein.opcodes(words, sentence)
        if step.tag == "equal" and step.src_end - step.src_start > 1
    ]
    if not matched:
        return "", words, ""
    start, end = to_marks(words, matched[0][0], matched[-1][1])
    return words[:start], words[start:end], words[end:]
