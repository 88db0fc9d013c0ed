"""An edition → the report that shows plan and task table side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import (
    Block,
    ColumnRole,
    Edition,
    Item,
    Piece,
    Reconciliation,
    Sentence,
    Task,
    one_line,
    plain,
)
from publisher.reconcile import agrees, coverage, gaps, given, needs_task
from publisher.renderers.closed import closed
from publisher.templates import environment
from publisher.wordings import stretches
from publisher.words.numbering import numbers
from publisher.words.sentences import called, trimmed

if TYPE_CHECKING:
    from markupsafe import Markup

FILE = "reconciliation.html"


def render(edition: Edition) -> dict[str, bytes]:
    """`reconciliation.html`; nothing where no table breaks a text down."""
    if not edition.reconciliations:
        return {}
    template = environment("reports").get_template("reconciliation.html.jinja")
    page = template.render(
        title=one_line(edition.body.title),
        reports=[_report(reconciliation) for reconciliation in edition.reconciliations],
    )
    return {FILE: closed(page.encode())}


def sentence(reconciliation: Reconciliation) -> str:
    """What a reconciliation comes to, in a sentence."""
    covered = coverage(reconciliation)
    said = sum(1 for task in reconciliation.tasks if trimmed(task.words))
    if not covered.sentences:
        return f"{said} 项任务；计划没有分条，不计算有多少由任务承担"
    return (
        f"{said} 项任务；计划应分解的 {covered.sentences} 句中 {covered.carried_sentences} 句、"
        f"{_percent(covered.carried_characters, covered.characters)} 的字有任务承担"
    )


def _percent(part: int, whole: int) -> str:
    """Rounded down, so that 100% means all."""
    return f"{1000 * part // whole / 10:g}%"


@dataclass(frozen=True, slots=True)
class _Part:
    """A task, or as much of one as repeats a sentence."""

    serial: str
    anchor: str
    words: Markup
    agrees: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A heading or sentence of the plan with the tasks that carry it."""

    anchor: str
    number: str
    """Of a heading, and of the first sentence of an item; empty for others."""
    words: Markup
    parts: tuple[_Part, ...]
    is_heading: bool
    is_given: bool
    """Whether the author of a task names its clause."""
    is_uncarried: bool
    """Whether it asks for a task and has none, or has one for a part of it."""


@dataclass(frozen=True, slots=True)
class _TaskLine:
    """A task with the sentences that it repeats."""

    serial: str
    anchor: str
    words: Markup
    sentences: tuple[tuple[str, Markup], ...]
    """Anchor and words of each."""
    clause: str
    is_new: bool
    """Whether words of it have no counterpart."""


@dataclass(frozen=True, slots=True)
class _Report:
    """What the template shows of one plan and its table."""

    plan: str
    table: str
    summary: str
    lines: tuple[_Line, ...]
    tasks: tuple[_TaskLine, ...]

    @property
    def uncarried(self) -> list[_Line]:
        """Sentences, or parts of them, that no task carries."""
        return [line for line in self.lines if line.is_uncarried]

    @property
    def new(self) -> list[_TaskLine]:
        """Tasks that the plan does not have."""
        return [task for task in self.tasks if task.is_new]

    @property
    def differing(self) -> list[tuple[_Line, _Part]]:
        """Sentences beside the tasks that repeat them in other words."""
        return [(line, part) for line in self.lines for part in line.parts if not part.agrees]


def _report(reconciliation: Reconciliation) -> _Report:
    return _Report(
        plan=one_line(reconciliation.text.title),
        table=one_line(reconciliation.table.title),
        summary=sentence(reconciliation),
        lines=tuple(_lines(reconciliation)),
        tasks=tuple(_tasks(reconciliation)),
    )


def _lines(reconciliation: Reconciliation) -> Iterator[_Line]:
    labels = {index: number.label.strip() for index, number in numbers(reconciliation.text)}
    needed = needs_task(reconciliation)
    by_clause = given(reconciliation)
    for index, (sentence, carried) in enumerate(
        zip(reconciliation.sentences, reconciliation.carried(), strict=True)
    ):
        yield _Line(
            anchor=f"s{index + 1}",
            number="" if sentence.start else labels.get(sentence.block, ""),
            words=_planned(sentence, [piece for _, piece in carried]),
            parts=tuple(
                _part(reconciliation, reconciliation.tasks[task], piece) for task, piece in carried
            ),
            is_heading=sentence.is_heading,
            is_given=index in by_clause,
            is_uncarried=needed[index]
            and index not in by_clause
            and (not carried or any(gaps(sentence, carried))),
        )


def _part(reconciliation: Reconciliation, task: Task, piece: Piece) -> _Part:
    assert piece.sentence is not None
    sentence = reconciliation.sentences[piece.sentence]
    return _Part(
        _serial(reconciliation, task),
        _anchor(task),
        _listed(piece, sentence),
        agrees(piece, sentence),
    )


def _tasks(reconciliation: Reconciliation) -> Iterator[_TaskLine]:
    from markupsafe import Markup

    labels = {index: number.label.strip() for index, number in numbers(reconciliation.text)}
    for task in reconciliation.tasks:
        bound = [piece for piece in task.pieces if piece.sentence is not None]
        yield _TaskLine(
            serial=_serial(reconciliation, task),
            anchor=_anchor(task),
            words=Markup().join(_of_task(reconciliation, piece) for piece in task.pieces),
            sentences=tuple(
                (
                    f"s{piece.sentence + 1}",
                    _planned(reconciliation.sentences[piece.sentence], [piece]),
                )
                for piece in bound
                if piece.sentence is not None
            ),
            clause=""
            if task.clause is None
            else labels[task.clause] + _called(reconciliation.text.blocks[task.clause]),
            is_new=not task.is_declared
            and (len(bound) < len(task.pieces) or not trimmed(task.words)),
        )


def _called(clause: Block) -> str:
    """What a clause is called: a heading by all its words, an item by its first ones."""
    content = clause.content
    return called(content) if isinstance(clause, Item) else plain(content)


def _serial(reconciliation: Reconciliation, task: Task) -> str:
    """What the row is called: its 序号, else its place among the rows."""
    column = reconciliation.table.column_of(ColumnRole.SERIAL)
    words = "" if column is None else reconciliation.table.rows[task.row].cells[column].text
    return words or f"第 {task.row + 1} 行"


def _anchor(task: Task) -> str:
    return f"t{task.row + 1}"


# -- words with what differs in them marked ----------------------------------------------


def _of_task(reconciliation: Reconciliation, piece: Piece) -> Markup:
    if piece.sentence is None:
        return _marked("only", piece.words, "计划中没有")
    return _listed(piece, reconciliation.sentences[piece.sentence])


def _listed(piece: Piece, sentence: Sentence) -> Markup:
    """The words of a task; what the plan has otherwise is marked."""
    from markupsafe import Markup, escape

    start, end = piece.part
    if agrees(piece, sentence):
        return escape(piece.words)
    return Markup().join(
        escape(stretch.after) if stretch.agrees else _reading(stretch.after, stretch.before, "计划")
        for stretch in stretches(sentence.words[start:end], piece.words)
    )


def _planned(sentence: Sentence, pieces: list[Piece]) -> Markup:
    """The words of a sentence; what a task has otherwise, or no task has, is marked."""
    from markupsafe import Markup, escape

    differing = next((piece for piece in pieces if not agrees(piece, sentence)), None)
    if differing is not None:
        start, end = differing.part
        inner = Markup().join(
            escape(stretch.before)
            if stretch.agrees
            else _reading(stretch.before, stretch.after, "表中")
            for stretch in stretches(sentence.words[start:end], differing.words)
        )
        return escape(sentence.words[:start]) + inner + escape(sentence.words[end:])
    return Markup().join(_with_gaps(sentence, pieces))


def _with_gaps(sentence: Sentence, pieces: list[Piece]) -> Iterator[Markup]:
    from markupsafe import escape

    at = 0
    for start, end in gaps(sentence, enumerate(pieces)) if pieces else ():
        yield escape(sentence.words[at:start])
        yield _marked("only", sentence.words[start:end], "没有任务承担")
        at = end
    yield escape(sentence.words[at:])


def _reading(here: str, there: str, where: str) -> Markup:
    """Words that the other side has otherwise, with what it has."""
    if not here:
        return _marked("lacks", "∧", f"{where}多出“{there}”")
    return _marked("differs", here, f"{where}为“{there}”" if there else f"{where}没有")


def _marked(kind: str, words: str, note: str) -> Markup:
    """Marked words; the note is read aloud and shown when pointed at."""
    from markupsafe import Markup

    form = '<mark class="{}" title="{}">{}<span class="hidden">（{}）</span></mark>'
    return Markup(form).format(kind, note, words, note)
