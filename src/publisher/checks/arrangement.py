"""A plan and its task table (任务对账) → headings and order that do not agree."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from publisher.checks.counts import without_count
from publisher.checks.reconciliation import Reconciliations, place_of, where
from publisher.checks.review import review, short
from publisher.diagnostics import Finding
from publisher.model import (
    ColumnRole,
    Document,
    Heading,
    Piece,
    Place,
    Reconciliation,
    Task,
    plain,
)
from publisher.postings import Postings
from publisher.reconcile import agrees, extents
from publisher.words.numbering import numbers, split
from publisher.words.sentences import trimmed


def heading_quoted_differently(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A group of the table is named otherwise than the heading of the plan that it repeats.

    Readers look the heading up by its words and number. A group whose name is like no heading above
    its tasks has a name of its own, and is not told; （共6项） behind a name is no part of it. Name
    it as the heading is printed.
    """
    for reconciliation in bound:
        for group in _groups(reconciliation):
            if group.heading is not None and not group.is_quoted:
                yield review(
                    "heading_quoted_differently",
                    group.place,
                    f"分组“{group.label}”与计划的标题“{group.number}{group.words}”不一致",
                    "请把两处改成一致；标题的序号以印出的为准。",
                )


def task_under_other_heading(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A task stands in the group of one heading, and in the plan under another.

    A row was moved or its group mistyped. Only tasks that have the plan's very words are told, and
    that it has but once. Put the row into its group.
    """
    for reconciliation in bound:
        limits = dict(extents(reconciliation.text, reconciliation.sentences))
        times = Counter(trimmed(sentence.words) for sentence in reconciliation.sentences)
        for group in _groups(reconciliation):
            if group.heading is None:
                continue
            first, end = limits[group.heading]
            for task in group.tasks:
                sure = [
                    piece.sentence
                    for piece in task.pieces
                    if _is_sure(reconciliation, piece, times)
                ]
                away = [index for index in sure if index is not None and not first <= index < end]
                if away and len(away) == len(task.pieces) and not task.is_declared:
                    clause = reconciliation.sentences[away[0]].clause
                    blocks = reconciliation.text.blocks
                    words = "引言" if clause is None else plain(blocks[clause].content)
                    yield review(
                        "task_under_other_heading",
                        place_of(reconciliation, task),
                        f"这项任务在计划中属于{short(words)}，表中列在“{group.label}”之下",
                        "请把这一行移到它的分组，或改正分组的名称。",
                    )


def _is_sure(reconciliation: Reconciliation, piece: Piece, times: Counter[str]) -> bool:
    if piece.sentence is None:
        return False
    sentence = reconciliation.sentences[piece.sentence]
    return agrees(piece, sentence) and times[trimmed(sentence.words)] == 1


def scattered_task(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """The sentences of one task are not neighbours in the plan.

    What stands between them went to another row, or was lost when rows were cut and pasted. Look
    whether it was meant so.
    """
    for reconciliation in bound:
        order = _order(reconciliation)
        for task in reconciliation.tasks:
            placed = [piece for piece in task.pieces if piece.sentence in order]
            for before, after in pairwise(placed):
                assert before.sentence is not None
                assert after.sentence is not None
                if order[after.sentence] - order[before.sentence] not in (0, 1):
                    sentence = reconciliation.sentences[after.sentence]
                    yield review(
                        "scattered_task",
                        place_of(reconciliation, task, after),
                        f"{short(after.words)}在计划中不接在{short(before.words)}之后"
                        f"（计划 {where(reconciliation, sentence)}）",
                        "请核对是否拆错了行；有意合并的，可写入 accepted.yaml 并说明理由。",
                    )
                    break


def _order(reconciliation: Reconciliation) -> dict[int, int]:
    """The sentences that are no headings, counted."""
    texts = (
        index for index, sentence in enumerate(reconciliation.sentences) if not sentence.is_heading
    )
    return {index: number for number, index in enumerate(texts)}


def task_out_of_order(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """The tasks do not follow the order of the plan.

    Rows were swapped, or put in at the wrong place; numbers typed anew hide it. Of those out of
    order as few as possible are told. Move the row, or mend the plan.
    """
    for reconciliation in bound:
        firsts = [
            (task, first) for task in reconciliation.tasks if (first := _first(task)) is not None
        ]
        kept = _longest_rising([first for _, first in firsts])
        for position, (task, first) in enumerate(firsts):
            if position not in kept:
                place = where(reconciliation, reconciliation.sentences[first])
                yield review(
                    "task_out_of_order",
                    place_of(reconciliation, task),
                    f"这项任务的先后与计划不同（计划 {place}）：{short(task.words)}",
                    "请按计划的先后排列；有意调整的，可写入 accepted.yaml 并说明理由。",
                )


def _first(task: Task) -> int | None:
    return next((piece.sentence for piece in task.pieces if piece.sentence is not None), None)


def _longest_rising(values: list[int]) -> set[int]:
    """The positions of a longest subsequence that does not fall."""
    tails: list[tuple[int, int]] = []
    before: list[int | None] = []
    for position, value in enumerate(values):
        at = bisect_left(tails, (value, len(values)))
        before.append(tails[at - 1][1] if at else None)
        tails[at : at + 1] = [(value, position)]
    kept = set()
    step = tails[-1][1] if tails else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept


def unknown_clause(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A row names a clause (对应条款) that the plan does not have.

    A clause is named by its identifier, its words, or its number after those above it, as 二（一）.
    The row is bound by its words meanwhile. Mend the name, or leave the cell empty.
    """
    for reconciliation in bound:
        for task in reconciliation.tasks:
            clause = reconciliation.table.rows[task.row].clause
            if clause is not None and clause.items and not task.is_declared:
                yield review(
                    "unknown_clause",
                    clause.place,
                    f"计划中没有条款“{clause.text}”",
                    "请写标题的标识、标题的文字，或序号如“二（一）”；不写的由程序按文字查找。",
                )


# -- groups -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that share a group, and the heading of the plan that the group repeats."""

    label: str
    place: Place
    tasks: tuple[Task, ...]
    heading: int | None
    """Index of the heading; None where the group has a name of its own."""
    number: str = ""
    """As the heading is printed."""
    words: str = ""

    @property
    def is_quoted(self) -> bool:
        """Whether the group has number and words of the heading; it may leave the number out."""
        number, words = split(without_count(self.label))
        return trimmed(words) == trimmed(without_count(self.words)) and (
            not number or number == self.number
        )


_LIKE = 60.0
"""From 0 to 100: how like a heading a group's name must be to be meant for it."""


def _groups(reconciliation: Reconciliation) -> list[_Group]:
    """The groups of a table, each with the heading that it names; none where no column groups."""
    column = reconciliation.table.column_of(ColumnRole.GROUP)
    if column is None:
        return []
    headings = _Headings(reconciliation)
    cells = [row.cells[column] for row in reconciliation.table.rows]
    made = []
    for label, tasks in groupby(reconciliation.tasks, lambda task: cells[task.row].text):
        rows = tuple(tasks)
        place = cells[rows[0].row].place
        named = headings.named(label) if label else None
        made.append(_Group(label, place, rows, *(named or (None, "", ""))))
    return made


_FEW = 100
"""Headings that are all compared with a name; among more, those that share characters with it."""


class _Headings:
    """The headings of a plan, to be looked up by what groups call them."""

    def __init__(self, reconciliation: Reconciliation) -> None:
        self._headings = [
            (index, number.label.strip(), plain(block.content))
            for index, number in numbers(reconciliation.text)
            if isinstance(block := reconciliation.text.blocks[index], Heading)
        ]
        self._words = [trimmed(without_count(words)) for _, _, words in self._headings]
        self._same: dict[str, list[int]] = defaultdict(list)
        for position, words in enumerate(self._words):
            self._same[words].append(position)
        self._postings = Postings(self._words)
        self._known: dict[str, tuple[int, str, str] | None] = {}

    def named(self, label: str) -> tuple[int, str, str] | None:
        """The heading with the words of a group, else the likest, of equals that of its number."""
        if label not in self._known:
            self._known[label] = self._named(label)
        return self._known[label]

    def _named(self, label: str) -> tuple[int, str, str] | None:
        from rapidfuzz import fuzz

        number, words = split(without_count(label))
        scores = {
            position: (
                fuzz.ratio(trimmed(words), self._words[position]),
                number == self._headings[position][1],
            )
            for position in self._likely(trimmed(words))
        }
        best = max(scores, key=lambda position: scores[position], default=None)
        return self._headings[best] if best is not None and scores[best][0] >= _LIKE else None

    def _likely(self, words: str) -> Iterable[int]:
        """The positions of headings that words may be meant for, in order."""
        if len(self._words) <= _FEW:
            return range(len(self._words))
        return self._same.get(words) or sorted(self._postings.candidates(words))
