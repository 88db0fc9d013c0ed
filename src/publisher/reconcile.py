"""A document → for each task table, which sentences of the text each task breaks down (任务对账).

Words that are alike are bound first. The rest goes to the likest sentence, looked for among those
that share rare pairs of characters with it, so that the work grows with the rows alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from publisher.model import (
    ColumnRole,
    Document,
    Heading,
    LevelForm,
    Piece,
    Prose,
    Reconciled,
    Reconciliation,
    Row,
    Sentence,
    Table,
    Task,
    plain,
)
from publisher.numbering import numbers
from publisher.sentences import sentences, spans
from publisher.wordings import tokens

BREAKS_DOWN = 0.5
"""The part of a table's words that a text must have for the table to break it down."""
LIKE = 60.0
"""From 0 to 100: how like a sentence must be to be the counterpart of a task's words."""
SURELY_LIKE = 80.0
"""The same, where the words have a counterpart already and a second one is looked for."""
LEAST = 6
"""Characters; fewer are not looked for by themselves."""
_RARE_PAIRS, _POSTINGS, _CANDIDATES = 16, 200, 8
"""Pairs of characters looked up, sentences listed for each, and sentences compared."""
_LONGER = 1.25
_WHITE = re.compile(r"\s+")
_MARKS = "。！？；，、："
_BEHIND_MARK = re.compile(f"(?<=[{_MARKS}])")


def reconcile(document: Document) -> tuple[Reconciliation, ...]:
    """Each table that breaks a text of the document down, with that text and how they are bound.

    The text is the one with most of the table's words. A table of which no text has half the words
    breaks none down, unless its author says that it does (对账).
    """
    texts = [_Text(text) for text in document.proses if text.blocks]
    found = (_reconciled(table, texts) for table in document.tables)
    return tuple(one for one in found if one is not None)


def words_of(piece: Piece, sentence: Sentence) -> tuple[str, str]:
    """What plan and table say, without the marks that end them.

    A day that the plan names may stand in the row's deadline instead of its words, and who acts
    among its people and departments.
    """
    planned, listed = bare(sentence.words[slice(*piece.part)]), bare(piece.words)
    if piece.is_dated and planned != listed:
        planned = _TIME.sub(lambda one: one[0] if one[1] in listed else "", planned)
    for owner in piece.owners:
        planned = planned if owner in listed else planned.replace(owner, "")
    return bare(planned), listed


def agrees(piece: Piece, sentence: Sentence) -> bool:
    """Whether plan and table say the same; blanks and marks at their ends aside."""
    planned, listed = words_of(piece, sentence)
    return piece.is_share or planned == listed


DAY = (
    "(?:20[0-9]{2}年度?(?:[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|[底末])?|[上下]半年|[底末内]"
    "|第?[一二三四]季度末?)?|[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|[底末])?|[上下]半年|年[底末内]"
    "|第?[一二三四]季度末?)"
)
"""A pattern of what a text calls a day or a year."""
_TIME = re.compile(f"((?:到|至|于|在|截至)?{DAY}(?:[之以]?前|底前)?)[，,]?")


def needs_task(one: Reconciliation) -> tuple[bool, ...]:
    """For each sentence whether it asks for a task: it is neither heading nor introduction.

    Introductions stand before the first heading, or between a heading and those below it; parts at
    the beginning and the end that no task touches introduce and close the plan.
    """
    leaves = set(_leaves(one.text))
    around = _around(one)
    return tuple(
        not sentence.is_heading
        and sentence.clause in leaves
        and index not in around
        and bool(bare(sentence.words))
        for index, sentence in enumerate(one.sentences)
    )


def _around(one: Reconciliation) -> set[int]:
    """The sentences of the first and the last parts of a plan that no task touches at all.

    They say what the plan is for and how it is seen through; nobody breaks them down.
    """
    headings = [block for block in one.text.blocks if isinstance(block, Heading)]
    top = min((block.level for block in headings), default=0)
    carried, by_clause = one.carried(), given(one)
    parts = [
        (range(*limits), any(carried[i] or i in by_clause for i in range(*limits)))
        for index, limits in sorted(extents(one.text, one.sentences))
        if isinstance(block := one.text.blocks[index], Heading) and block.level == top
    ]
    if not any(is_touched for _, is_touched in parts):
        return set()
    found: set[int] = set()
    for ordered in (parts, parts[::-1]):
        for part, _ in takewhile(lambda one: not one[1], ordered):
            found.update(part)
    return found


def given(one: Reconciliation) -> frozenset[int]:
    """The sentences of the clauses that authors of tasks name (对应条款): those carry them."""
    limits = dict(extents(one.text, one.sentences))
    named = {task.clause for task in one.tasks if task.is_declared and task.clause is not None}
    return frozenset(index for clause in named for index in range(*limits[clause]))


def _leaves(text: Prose) -> Iterator[int]:
    """The headings whose text is not followed by a heading below them."""
    headings = [
        (i, block.level) for i, block in enumerate(text.blocks) if isinstance(block, Heading)
    ]
    for (index, level), (_, following) in pairwise([*headings, (-1, 0)]):
        if following <= level:
            yield index


def gaps(sentence: Sentence, carried: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, int]]:
    """From where to where no piece repeats a sentence, where enough words stand to ask for it."""
    pieces = [piece for _, piece in carried]
    length = len(sentence.words)
    end = 0
    for start, stop in [*sorted(piece.part for piece in pieces), (length, length)]:
        if len(bare(sentence.words[end:start])) >= LEAST:
            yield from _unsaid(sentence.words, end, start, [piece.words for piece in pieces])
        end = max(end, stop)


def _unsaid(words: str, start: int, end: int, listed: list[str]) -> Iterator[tuple[int, int]]:
    """From where to where a stretch of a sentence says what no task says in any order."""
    if not listed:
        yield start, end
        return
    bounds = [one for one in _bounds(words) if start <= one <= end]
    open_from = None
    for first, last in pairwise(sorted({start, *bounds, end})):
        part = bare(_TIME.sub("", words[first:last]))
        if len(part) >= LEAST and not any(_has_words(one, part) for one in listed):
            open_from = first if open_from is None else open_from
        elif open_from is not None and part:
            yield open_from, first
            open_from = None
    if open_from is not None:
        yield open_from, end


_MOST = 0.7
"""The part of a clause's words, by characters, that says it as well in another order."""


def _has_words(listed: str, part: str) -> bool:
    """Whether a task has all figures of a clause and most of its words."""
    own = set(tokens(listed))
    words = list(tokens(part))
    said = sum(len(one) for one in words if one in own or (one in listed and not _has_digit(one)))
    return said >= _MOST * len(part) and all(one in own for one in words if _has_digit(one))


def _has_digit(word: str) -> bool:
    return any(one.isdigit() for one in word)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what asks for a task is carried by one."""

    sentences: int
    carried_sentences: int
    characters: int
    carried_characters: int


def coverage(one: Reconciliation) -> Coverage:
    """How many sentences of a plan, and how many of their characters, its tasks carry."""
    carried = one.carried()
    wanted = [index for index, needed in enumerate(needs_task(one)) if needed]
    length = {index: len(one.sentences[index].words) for index in wanted}
    missing = {
        index: sum(end - start for start, end in gaps(one.sentences[index], carried[index]))
        for index in wanted
        if carried[index]
    } | dict.fromkeys(given(one).intersection(wanted), 0)
    return Coverage(
        sentences=len(wanted),
        carried_sentences=len(missing),
        characters=sum(length.values()),
        carried_characters=sum(length[index] - gap for index, gap in missing.items()),
    )


def bare(words: str) -> str:
    """Words without blanks, and without the marks at their ends."""
    return _WHITE.sub("", words).strip(_MARKS)


def _reconciled(table: Table, texts: list[_Text]) -> Reconciliation | None:
    column = task_column(table)
    if column is None or not table.rows or not texts or table.reconciled is Reconciled.NO:
        return None
    bound = [_Binder(text, table).reconciliation(table, column) for text in texts]
    best = max(bound, key=_found)
    total = sum(len(task.words) for task in best.tasks)
    is_declared = table.reconciled is Reconciled.YES or any(_clause_of(row) for row in table.rows)
    return best if is_declared or (total and _found(best) >= BREAKS_DOWN * total) else None


def _clause_of(row: Row) -> str:
    """What its author calls the clause of a row; empty where nothing is said."""
    return row.clause.text if row.clause else ""


def task_column(table: Table) -> int | None:
    """The index of the column of text with the most words; None where no column holds text."""
    columns = [i for i, one in enumerate(table.columns) if one.role is ColumnRole.TEXT]
    length = {i: sum(_chinese(row.cells[i].text) for row in table.rows) for i in columns}
    return max(columns, key=lambda i: length[i], default=None)


def _found(one: Reconciliation) -> int:
    """How many characters of the table the text has; a word or two are alike by chance."""
    return sum(
        len(piece.words)
        for task in one.tasks
        for piece in task.pieces
        if task.is_declared or (piece.sentence is not None and _chinese(piece.words) >= LEAST)
    )


def _chinese(words: str) -> int:
    """How many Chinese characters there are: telephone numbers are like one another by chance."""
    return sum("\u4e00" <= one <= "\u9fff" for one in words)


# -- the text ---------------------------------------------------------------------------


class _Text:
    """The sentences of a text, and where to look for words among them."""

    def __init__(self, text: Prose) -> None:
        self.prose = text
        self.sentences = tuple(_sentences(text))
        self.bare = [bare(one.words) for one in self.sentences]
        self.exact: dict[str, list[int]] = defaultdict(list)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(self.bare):
            self.exact[words].append(index)
            for pair in set(_pairs(words)):
                self._postings[pair].append(index)
        self.clauses = dict(_names_of_clauses(text))
        self.extents = dict(extents(text, self.sentences))

    def candidates(self, words: str) -> list[int]:
        """The sentences that share the most rare pairs of characters with words."""
        pairs = {pair: self._postings[pair] for pair in _pairs(words) if pair in self._postings}
        rarest = sorted(pairs.values(), key=len)[:_RARE_PAIRS]
        shared = Counter(index for listed in rarest for index in listed[:_POSTINGS])
        return [index for index, _ in shared.most_common(_CANDIDATES)]


def extents(text: Prose, found: Sequence[Sentence]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For the index of each heading, where its sentences and those below it begin and end."""
    blocks = [one.block for one in found]
    unended: list[tuple[int, int]] = []
    for index, block in enumerate(text.blocks):
        if isinstance(block, Heading):
            while unended and unended[-1][0] >= block.level:
                yield _extent(unended.pop()[1], index, blocks)
            unended.append((block.level, index))
    for _, heading in unended:
        yield _extent(heading, len(text.blocks), blocks)


def _extent(heading: int, end: int, blocks: list[int]) -> tuple[int, tuple[int, int]]:
    return heading, (bisect_left(blocks, heading), bisect_left(blocks, end))


def _pairs(words: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(words))


def _sentences(text: Prose) -> Iterator[Sentence]:
    clause = None
    for index, block in enumerate(text.blocks):
        is_heading = isinstance(block, Heading)
        if isinstance(block, Heading):
            clause = index
            # Of 第一条 and what is below it the words are text.
            is_heading = LevelForm.ARTICLE not in text.levels[: block.level]
        for span in sentences(block):
            yield Sentence(span.words, index, span.start, clause, is_heading)


def _names_of_clauses(text: Prose) -> Iterator[tuple[str, int]]:
    """What an author may call a clause: its identifier, its words, its number after those above."""
    above: list[tuple[int, str]] = []
    for index, number in numbers(text):
        heading = text.blocks[index]
        assert isinstance(heading, Heading)
        above = [one for one in above if one[0] < heading.level]
        above.append((heading.level, _name(number)))
        if heading.identifier:
            yield _name(heading.identifier), index
        words, numbers_above = _name(plain(heading.content)), "".join(one for _, one in above)
        for name in (words, numbers_above, numbers_above + words, _name(number) + words):
            yield name, index


def _name(words: str) -> str:
    return re.sub(r"[\s#（）()、.。，]", "", words)


# -- tasks ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A task that is being bound."""

    row: Row
    words: str
    clause: int | None
    pieces: list[Piece]


class _Binder:
    """Binds the tasks of one table to the sentences of one text."""

    def __init__(self, text: _Text, table: Table) -> None:
        self.text = text
        self._deadlines = table.column_of(ColumnRole.DEADLINE)
        self._owners = [i for i, one in enumerate(table.columns) if one.role.many]
        self._taken: set[int] = set()
        self._last = -1
        """The sentence bound last: tasks mostly follow the plan's order."""

    def reconciliation(self, table: Table, column: int) -> Reconciliation:
        """Text and table with all that could be bound."""
        drafts = [self._draft(row, column) for row in table.rows]
        for bind in (self._exact, self._likest):
            for draft in drafts:
                draft.pieces = [one for piece in draft.pieces for one in bind(piece, draft)]
        self._share(drafts)
        tasks = tuple(self._task(index, draft) for index, draft in enumerate(drafts))
        return Reconciliation(self.text.prose, table, column, self.text.sentences, tasks)

    def _share(self, drafts: list[_Draft]) -> None:
        """Mark the pieces that share a sentence with other tasks and have its words alone."""
        carriers = Counter(
            index
            for draft in drafts
            for index in {one.sentence for one in draft.pieces if one.sentence is not None}
        )
        for draft in drafts:
            draft.pieces = [
                replace(one, is_share=True) if self._is_share(one, carriers) else one
                for one in draft.pieces
            ]

    def _is_share(self, piece: Piece, carriers: Counter[int]) -> bool:
        if piece.sentence is None or carriers[piece.sentence] < 2:
            return False
        sentence = self.text.sentences[piece.sentence]
        return not agrees(piece, sentence) and _holds(sentence.words, bare(piece.words))

    def _draft(self, row: Row, column: int) -> _Draft:
        words = row.cells[column].text
        named = self.text.clauses.get(_name(_clause_of(row))) if _clause_of(row) else None
        owners = tuple(item for index in self._owners for item in row.cells[index].items)
        of_row = Piece("", 0, is_dated=self._dated(row), owners=owners)
        pieces = [replace(of_row, words=one.words, start=one.start) for one in spans(words)]
        return _Draft(row, words, named, pieces)

    def _dated(self, row: Row) -> bool:
        return self._deadlines is not None and bool(row.cells[self._deadlines].items)

    def _exact(self, piece: Piece, draft: _Draft) -> Iterator[Piece]:
        """Bound to the same words: of several such sentences, the next that is free."""
        same = self._within(self.text.exact.get(bare(piece.words), ()), draft)
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
        words = bare(piece.words)
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
        """The sentence that holds all of some words, wherever they stand in it."""
        if len(words) < LEAST:
            return None
        candidates = self._within(self.text.candidates(words), draft)
        return next((i for i in candidates if _holds(self.text.bare[i], words)), None)

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
            index: (_likeness(words, self.text.bare[index]), index not in self._taken)
            for index in candidates
            if index not in without
        }
        best = max(scores, key=lambda index: scores[index], default=None)
        return best if best is not None and scores[best][0] >= least else None

    def _fitted(self, piece: Piece, index: int, draft: _Draft) -> Iterator[Piece]:
        """A piece beside the part of a sentence that it repeats, between pieces of others."""
        sentence = self.text.sentences[index].words
        before, core, after = _cut(piece.words, sentence)
        others = [self._other(words, index, draft) for words in (before, after)]
        if others[0] is None:
            before, core = "", before + core
        if others[1] is None:
            core, after = core + after, ""
        self._taken.add(index)
        self._last = index
        if before and others[0] is not None:
            yield from self._fitted(replace(piece, words=before), others[0], draft)
        start = piece.start + len(before)
        part = _part(core, sentence)
        yield replace(piece, words=core, start=start, sentence=index, part=part)
        if after and others[1] is not None:
            later = replace(piece, words=after, start=start + len(core))
            yield from self._fitted(later, others[1], draft)

    def _other(self, words: str, index: int, draft: _Draft) -> int | None:
        """The other sentence to which words surely belong."""
        if len(bare(words)) < LEAST:
            return None
        found = self._best(bare(words), draft, SURELY_LIKE)
        return None if found == index else found

    def _task(self, index: int, draft: _Draft) -> Task:
        clauses: Counter[int | None] = Counter()
        for piece in draft.pieces:
            if piece.sentence is not None:
                clauses[self.text.sentences[piece.sentence].clause] += len(piece.words)
        most = max(clauses, key=lambda one: clauses[one], default=None)
        is_declared = draft.clause is not None
        clause = draft.clause if is_declared else most
        return Task(index, draft.words, tuple(draft.pieces), clause, is_declared)


def _holds(sentence: str, words: str) -> bool:
    """Whether a sentence has all words of a task in any order, and the same figures."""
    own = set(tokens(sentence))
    return all(one in own or (one in sentence and not _has_digit(one)) for one in tokens(words))


def _likeness(words: str, sentence: str) -> float:
    """How like two texts are, 0 to 100; one may be a part of the other."""
    from rapidfuzz import fuzz

    whole = fuzz.ratio(words, sentence)
    if min(len(words), len(sentence)) < LEAST:
        return whole
    return max(whole, 0.9 * fuzz.partial_ratio(words, sentence))


def _part(words: str, sentence: str) -> tuple[int, int]:
    """From where to where a sentence is repeated: all of it, or the clauses between marks."""
    from rapidfuzz import fuzz

    at = sentence.find(bare(words))
    if at >= 0:
        return _to_marks(sentence, at, at + len(bare(words)))
    if len(sentence) <= _LONGER * len(words):
        return 0, len(sentence)
    figures = set(_FIGURE.findall(words))
    bounds = _bounds(sentence)
    runs = [
        (start, end)
        for at, start in enumerate(bounds)
        for end in bounds[at + 1 : at + 1 + _MOST_CLAUSES]
    ]

    def likeness(run: tuple[int, int]) -> float:
        there = sentence[slice(*run)]
        has_figures = figures <= set(_FIGURE.findall(there))
        return fuzz.ratio(words, there) + (_FIGURES_COUNT if has_figures else 0)

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
    start, end = _to_marks(words, matched[0][0], matched[-1][1])
    return words[:start], words[start:end], words[end:]


def _bounds(words: str) -> list[int]:
    """Where the clauses of words begin and end: behind each mark."""
    return sorted({0, *(one.start() for one in _BEHIND_MARK.finditer(words)), len(words)})


def _to_marks(words: str, start: int, end: int) -> tuple[int, int]:
    """A part widened to whole clauses: from behind a mark to behind the next."""
    bounds = _bounds(words)
    first = max(one for one in bounds if one <= start)
    last = min(one for one in bounds if one >= end)
    return first, last
