"""A plan and its task table (任务对账) → words and figures that only one of them has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import ne

from publisher.checks.review import review, short
from publisher.diagnostics import Finding
from publisher.model import (
    Document,
    Item,
    Piece,
    Place,
    Reconciliation,
    Sentence,
    Task,
    plain,
)
from publisher.reconcile import agrees, extents, gaps, given, needs_task, words_of
from publisher.wordings import Stretch, stretches
from publisher.words.numerals import CHINESE
from publisher.words.places import place_in
from publisher.words.sentences import trimmed

Reconciliations = tuple[Reconciliation, ...]
"""The tables of a document that break a text down, each with that text."""


def task_without_counterpart(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A task of the table, or a sentence of one, has no counterpart in the plan.

    The plan was shortened or the table lengthened, and the other was forgotten: the department is
    given a task that nobody decided. Add it to the plan, or take it out of the table. A row whose
    author names its clause (对应条款) may be put in other words, and is not told.
    """
    for reconciliation in bound:
        for task, piece in _pieces(reconciliation):
            if piece.sentence is None and trimmed(piece.words) and not task.is_declared:
                what = "这项任务" if len(task.pieces) == 1 else "这一句"
                yield review(
                    "task_without_counterpart",
                    place_of(reconciliation, task, piece),
                    f"{what}在计划中没有对应的内容：{short(piece.words)}",
                    "请核对：计划漏写的补写，表中多出的删去；换了说法的，可加一列“对应条款”写明条款。",
                )


def task_differs_from_plan(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """The table has other words than the sentence of the plan that it breaks down.

    Both are issued together, so one of them is wrong. Each difference is told where it stands;
    figures by `figure_differs`. Marks and blanks at the ends do not count. Make the two alike.
    """
    for difference in _differences(bound):
        if not difference.is_of_figures:
            yield review(
                "task_differs_from_plan",
                difference.place,
                f"与计划的文字不一致：{difference.readings}（计划 {difference.planned}）",
                "请核对哪一处正确，把另一处改成一致。",
            )


def figure_differs(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A figure in the table is not that of the plan's sentence.

    The task would be measured against two goals. Look which is right, and mend the other.
    """
    for difference in _differences(bound, _have_other_figures):
        if difference.is_of_figures:
            yield review(
                "figure_differs",
                difference.place,
                f"数字与计划不一致：{difference.readings}（计划 {difference.planned}）",
                "请核对哪一个数字正确，把另一处改成一致。",
            )


def sentence_without_task(_: Document, bound: Reconciliations) -> Iterator[Finding]:
    """A sentence of the plan, or a part of one, is carried by no task of the table.

    Nobody is made responsible for it. Introductions, before the first heading or between a heading
    and those below it, and headings themselves need no task, nor do parts at the beginning or the
    end that no task touches. Where nothing below another heading is carried, this is told once, at
    the heading. Add the task; where the sentence asks for nothing,
    accept it.
    """
    for reconciliation in bound:
        needed = needs_task(reconciliation)
        carried = reconciliation.carried()
        by_clause = given(reconciliation)
        uncarried: set[int] = set()
        for heading, (first, end) in sorted(extents(reconciliation.text, reconciliation.sentences)):
            wanting = {index for index in range(first, end) if needed[index]}
            if wanting - uncarried and not any(
                carried[index] or index in by_clause for index in range(first, end)
            ):
                uncarried |= wanting
                block = reconciliation.text.blocks[heading]
                words = short(plain(block.content))
                if isinstance(block, Item):
                    yield _uncarried(block.place, f"计划的这一条没有任务承担：{words}")
                else:
                    yield _uncarried(block.place, f"{words}之下的内容没有任何任务承担")
        for index, sentence in enumerate(reconciliation.sentences):
            if not needed[index] or index in uncarried or index in by_clause:
                continue
            for start, end in gaps(sentence, carried[index]):
                place = place_in(reconciliation.text.blocks[sentence.block], sentence.start + start)
                what = "计划这句话中的一段" if carried[index] else "计划的这句话"
                words = short(sentence.words[start:end])
                yield _uncarried(place, f"{what}没有任务承担：{words}")


def _uncarried(place: Place, message: str) -> Finding:
    hint = "请在表中补上任务和责任部门；本来不需要分解的，可写入 accepted.yaml 并说明理由。"
    return review("sentence_without_task", place, message, hint)


# -- what the other modules of reconciliation use too -----------------------------------


def place_of(reconciliation: Reconciliation, task: Task, piece: Piece | None = None) -> Place:
    """Where a task, or a piece of it, stands in the table."""
    place = reconciliation.table.rows[task.row].cells[reconciliation.column].place
    return place.after(piece.start) if piece else place


def where(reconciliation: Reconciliation, sentence: Sentence) -> str:
    """The place of a sentence in a message: file and line."""
    place = place_in(reconciliation.text.blocks[sentence.block], sentence.start)
    return f"{place.file.rsplit('/', 1)[-1]}:{place.line}"


# -- words ------------------------------------------------------------------------------


def _pieces(reconciliation: Reconciliation) -> Iterator[tuple[Task, Piece]]:
    return ((task, piece) for task in reconciliation.tasks for piece in task.pieces)


@dataclass(frozen=True, slots=True)
class _Difference:
    """Words of a task that are not those of its sentence."""

    stretch: Stretch
    place: Place
    planned: str
    """Where the sentence stands."""

    @property
    def is_of_figures(self) -> bool:
        """Whether a figure differs; a longer stretch that one of them lacks is words."""
        before, after = self.stretch.before, self.stretch.after
        is_lacking = not (before and after) and len(before + after) > _FIGURE_AND_UNIT
        return not is_lacking and _have_other_figures(before, after)

    @property
    def readings(self) -> str:
        """What plan and table have."""
        before, after = self.stretch.before, self.stretch.after
        if not after:
            return f"表中少了{short(before)}"
        if not before:
            return f"表中多了{short(after)}"
        return f"计划为{short(before)}，表中为{short(after)}"


_FIGURE = re.compile(
    r"[0-9]+(?:\.[0-9]+)?[%％‰]?"
    f"|[{CHINESE}]+(?=[个项期次名户轮届条类家所座处批场])"
)


_FIGURE_AND_UNIT = 8


def _have_other_figures(before: str, after: str) -> bool:
    return Counter(_FIGURE.findall(before)) != Counter(_FIGURE.findall(after))


def _differences(
    bound: Reconciliations, are_wanted: Callable[[str, str], bool] = ne
) -> Iterator[_Difference]:
    """The places at which a task repeats a sentence in other words, where those are wanted."""
    for reconciliation in bound:
        for task, piece in _pieces(reconciliation):
            if piece.sentence is None or agrees(piece, reconciliation.sentences[piece.sentence]):
                continue
            sentence = reconciliation.sentences[piece.sentence]
            planned, listed = words_of(piece, sentence)
            if not are_wanted(planned, listed):
                continue
            place = place_of(reconciliation, task, piece).after(piece.words.index(listed[:1]))
            for stretch in stretches(planned, listed):
                if not stretch.agrees:
                    yield _Difference(stretch, place, where(reconciliation, sentence))
                place = place.after(len(stretch.after))
