"""A change → what a reviewer is told of it: its kind, its weight, its place, its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from publisher.changes import (
    Both,
    Change,
    ChangeKind,
    Op,
    Piece,
    Script,
    StaleReference,
    Subject,
    Where,
)
from publisher.words.numbering import typed
from publisher.words.sentences import SENTENCE_ENDS

CONTEXT, LONGEST = 14, 90
"""Characters that stay beside changed words, and of changed words, where there is little room."""
_MOST = 6
"""Paragraphs of a long change that are shown where there is little room."""
_BEGINNINGS = 3
"""Two paragraphs and what parts them: what became of one that was split."""
GAP = "……"
_STOPS = "，。；："
BLANK_ROW = "（空行）"
_CELL_END = " | "
"""What parts the cells of a row that a change tells as a whole."""
_CELL_BREAK = "；"
"""The same where each cell has its name before it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one version, and whether the other version lacks them."""

    words: str
    is_marked: bool = False
    script: Script | None = None


Runs = tuple[Run, ...]


def kind(change: Change) -> str:
    """What became of what: 修改句子, 新增行."""
    return change.kind.value + change.subject.value


def labels(change: Change) -> tuple[str, ...]:
    """Its kind, its weight, and how far it is known what differs."""
    return tuple(filter(None, (kind(change), weight(change), change.remark)))


def weight(change: Change) -> str:
    """How much it matters, and why: 实质（数字、时限）."""
    matters = "、".join(matter.value for matter in change.matters)
    return f"{change.weight.value}（{matters}）" if matters else change.weight.value


# -- where ------------------------------------------------------------------------------


_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)*(?=\u3000)")
"""Names the numbers above it too."""
_NUMBER = re.compile(f"{_DECIMAL.pattern}|{typed()}")


def row(where: Where, *, by_place: bool = False) -> str:
    """What a row is called: by its serial, else by its place and its first words; else empty."""
    if where.serial and not by_place:
        return f"序号 {where.serial}"
    name = f"“{where.name}”" if where.name else ""
    return f"第 {where.row} 行{name}" if where.row else ""


def keeps_serial(change: Change) -> bool:
    """Whether a row was moved with its serial, which then does not tell from where to where."""
    old, new = change.old, change.new
    return bool(is_moved(change) and old and new and old.row and old.serial == new.serial)


def place(where: Where, *, by_place: bool = False) -> tuple[str, ...]:
    """Where something stands, from its part on; of headings above the last the number is enough."""
    if not where.part:
        return ("公文要素", where.column)
    steps = [where.part, *table(where)]
    if where.serial or where.row:
        steps.append("".join([*map(_number, where.clauses), row(where, by_place=by_place)]))
    elif where.clauses:
        steps.append(clause(where))
    if where.paragraph > 1 or (where.paragraph and not where.clauses):
        steps.append(f"第 {where.paragraph} 段")
    if where.column:
        steps.append(part_of(where))
    return tuple(steps)


def table(where: Where) -> tuple[str, ...]:
    """Where a table of a text stands, and what it is called; nothing for what is in none."""
    if not where.table:
        return ()
    *above, name = where.table
    return (clause(Where(where.part, tuple(above))), name) if above else (name,)


def is_region(change: Change) -> bool:
    """Whether cells became one, or ceased to be."""
    return change.subject in (Subject.CELL, Subject.HEAD) and _is_regrouped(change)


def part_of(where: Where) -> str:
    """A column, an element, a note, or a line of a list of names under its label."""
    return f"{where.column}：{where.name}" if where.name and not where.row else where.column


def clause(where: Where) -> str:
    """The heading that something stands below, after the numbers of those above it."""
    numbers = [
        _number(above)
        for above, below in pairwise(where.clauses)
        if not (_DECIMAL.match(above) and _DECIMAL.match(below))
    ]
    return "".join([*numbers, where.clauses[-1].rstrip("。：")])


def _number(clause: str) -> str:
    """The number of a heading; one that has none is told itself, parted from what follows."""
    number = _NUMBER.match(clause)
    return number[0] if number else f"{clause.rstrip('。')}　"


def names_now(changes: Iterable[Change]) -> dict[str, str]:
    """What a part is called now, by what it was called."""
    return {
        change.old.part: change.new.part
        for change in changes
        if change.old and change.new and not is_moved(change)
    }


def by_part(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Changes under the name of their part: the one that it has now, for what was removed too."""
    listed = list(changes)
    names = names_now(listed)

    def name(change: Change) -> str:
        part = place(change.where)[0]
        return part if change.new else names.get(part, part)

    return [(part, list(some)) for part, some in groupby(listed, name)]


def within(change: Change) -> tuple[str, ...]:
    """Where something stands in its part, a step each; a title is where it is."""
    return _place(change, change.where)[1:] or (change.subject.value,)


def _place(change: Change, where: Where) -> tuple[str, ...]:
    return place(where, by_place=keeps_serial(change))


def origin(change: Change, names: Mapping[str, str]) -> tuple[str, ...]:
    """Where something that was moved stood; in its part, if that is the same one."""
    if change.old is None or not is_moved(change):
        return ()
    part, *steps = _place(change, change.old)
    is_same = names.get(part, part) == place(change.where)[0]
    return tuple(steps) or (change.subject.value,) if is_same else (part, *steps)


def is_moved(change: Change) -> bool:
    """Whether it stands elsewhere now."""
    return change.kind in (ChangeKind.MOVED, ChangeKind.MOVED_EDITED)


def stale(reference: StaleReference) -> str:
    """What a reviewer is told of a reference that kept its number."""
    now = f"现在是“{reference.now}”" if reference.now else "现在没有了"
    return f"“{reference.words}”原指“{reference.target}”，{now}"


# -- blanks -----------------------------------------------------------------------------

_BLANKS = {" ": "半角空格", "\t": "制表符", "\u3000": "U+3000 全角空格"}


def blanks(words: str) -> str:
    """What words are called that are blanks alone: nobody sees them; empty for others."""
    if not words.isspace() or "\n" in words:
        return ""
    counted = [(blank, len(list(alike))) for blank, alike in groupby(words)]
    return "、".join(
        _BLANKS.get(blank, f"U+{ord(blank):04X} 空白") + (f"×{count}" if count > 1 else "")
        for blank, count in counted
    )


# -- before and after -------------------------------------------------------------------


def before(change: Change) -> tuple[Runs, ...]:
    """The old words, a paragraph or cell each; what went is marked."""
    return _side(change, change.before, Op.INSERTED)


def after(change: Change) -> tuple[Runs, ...]:
    """The new words, a paragraph or cell each; what came is marked."""
    return _side(change, change.after, Op.DELETED)


def in_full(change: Change) -> Both[tuple[Runs, ...]]:
    """The words of both sides where there is room: a row is one line, each cell with its name.

    Of paragraphs that were split or merged, how each begins and ends: what was edited in them
    stands in the list by itself.
    """
    if change.subject is Subject.ROW and not _is_regrouped(change):
        return Both(
            tuple(_named_rows(change, change.before, change.columns.old, Op.INSERTED)),
            tuple(_named_rows(change, change.after, change.columns.new, Op.DELETED)),
        )
    return Both(_abridged(change, before(change)), _abridged(change, after(change)))


def _named_rows(
    change: Change, rows: tuple[str, ...], names: tuple[str, ...], left_out: Op
) -> Iterator[Runs]:
    """Rows in a line each, marked as their pieces are; cells without words are left out."""
    marks = _Marks(change, left_out)
    for row in rows:
        cells = row.split(_CELL_END)
        named = names if len(names) == len(cells) else ("",) * len(cells)
        runs: list[Run] = []
        for name, cell in zip(named, cells, strict=True):
            words = _runs((character, marks.of(character)) for character in cell)
            if cell.strip():
                ends = bool(runs) and not runs[-1].words.endswith(tuple(SENTENCE_ENDS))
                before = _CELL_BREAK * ends + (f"{name}：" if name else "")
                runs += [*([Run(before)] if before else []), *words]
        yield tuple(runs) or (Run(BLANK_ROW),)


def _abridged(change: Change, paragraphs: tuple[Runs, ...]) -> tuple[Runs, ...]:
    """The words of a change; of paragraphs that were split or merged, how each begins and ends."""
    if change.subject is Subject.ROW or is_region(change) or not _is_regrouped(change):
        return paragraphs
    return tuple((Run(_ends("".join(run.words for run in runs))),) for runs in paragraphs)


def _is_regrouped(change: Change) -> bool:
    """Whether of one paragraph or row several were made, or the other way."""
    return change.kind in (ChangeKind.SPLIT, ChangeKind.MERGED)


def _ends(words: str) -> str:
    most = 2 * CONTEXT
    if len(words) <= 3 * most:
        return words
    head, tail = words[:most], words[-most:]
    # At a mark of punctuation, where one is near.
    stop = max(head.rfind(mark) for mark in _STOPS) + 1
    start = min(tail.find(mark) % most for mark in _STOPS) + 1
    return head[: stop if stop > CONTEXT else most] + GAP + tail[start if start < CONTEXT else 0 :]


def _side(change: Change, words: tuple[str, ...], left_out: Op) -> tuple[Runs, ...]:
    """The words of one version, marked as their pieces are."""
    if change.subject is Subject.ROW and _is_regrouped(change):
        columns = [dict(_values(column)) for column in _columns(change, left_out)]
        return tuple(_row(row, columns) for row in words)
    if change.subject is Subject.ROW:
        words = tuple(cell for row in words for cell in _cells(row))
    marks = _Marks(change, left_out)
    return tuple(
        _runs((character, marks.of(character)) for character in paragraph) for paragraph in words
    )


def _cells(row: str) -> list[str]:
    return [cell for cell in row.split(_CELL_END) if cell.strip(" |")] or [BLANK_ROW]


_Form = tuple[bool, Script | None]
"""Whether the other version lacks a character, and whether it stands on the line."""
_Marked = list[tuple[str, _Form]]
"""Characters, each in its form."""


def _columns(change: Change, left_out: Op) -> list[_Marked]:
    """What the rows of one version say, column by column, as the pieces of such a change do."""
    columns: list[_Marked] = [[]]
    for piece in change.pieces:
        if piece.op is left_out:
            continue
        is_marked = piece.op is not Op.EQUAL
        parts = [piece.words] if is_marked else piece.words.split(_CELL_END)
        for number, words in enumerate(parts):
            if number:
                columns.append([])
            columns[-1] += [(character, (is_marked, None)) for character in words]
    return columns


def _values(column: _Marked) -> Iterator[tuple[str, Runs]]:
    """What each cell of a column says, and the same marked."""
    for is_end, some in groupby(column, lambda item: item[0] == "\n"):
        if not is_end:
            value = list(some)
            yield "".join(character for character, _ in value), _runs(value)


def _row(row: str, columns: list[dict[str, Runs]]) -> Runs:
    """A row in one line, each cell marked as it is in its column."""
    runs: list[Run] = []
    for cell, values in zip(row.split(_CELL_END), columns, strict=False):
        runs += [Run(_CELL_END)] if runs else []
        runs += values.get(cell, (Run(cell),))
    return tuple(
        Run("".join(run.words for run in alike), is_marked)
        for is_marked, alike in groupby(runs, lambda run: run.is_marked)
    )


class _Marks:
    """The marks of one side's characters in order; what no piece holds is marked as what follows.

    The numbers of headings are such: they are generated, and no piece holds them. Words that other
    changes have edited, as in a paragraph that was split, are theirs to mark.
    """

    def __init__(self, change: Change, left_out: Op) -> None:
        parting = _CELL_END + "\n" if change.subject is Subject.ROW else "\n"
        self._stream = [
            (character, (_is_own(piece, change), piece.script))
            for piece in change.pieces
            if piece.op is not left_out
            for character in piece.words
            if character not in parting
        ]
        self._at = 0

    def of(self, character: str) -> _Form:
        """The form of this character, the next of the side's words."""
        if not self._stream:
            return False, None
        expected, form = self._stream[min(self._at, len(self._stream) - 1)]
        if expected != character:
            return form[0], None
        self._at += 1
        return form


def _is_own(piece: Piece, change: Change) -> bool:
    return piece.op is not Op.EQUAL and piece.change == change.identifier


def _runs(characters: Iterable[tuple[str, _Form]]) -> Runs:
    return tuple(
        Run("".join(character for character, _ in alike), *form)
        for form, alike in groupby(characters, lambda item: item[1])
    )


def short(paragraphs: tuple[Runs, ...]) -> Runs:
    """The changed words with a little of what stands around them; beginnings where none are."""
    runs = [
        run
        for at, paragraph in enumerate(paragraphs[:_MOST])
        for run in _after_break(at, paragraph)
    ]
    if len(paragraphs) > _MOST:
        runs.append(Run("\n" + GAP))
    if not any(run.is_marked for run in runs):
        runs = [replace(run, words=_cut(run.words, 2 * CONTEXT)) for run in runs[:_BEGINNINGS]]
    return tuple(_shortened(runs))


def _after_break(number: int, paragraph: Runs) -> Runs:
    return (Run("\n"), *paragraph) if number else paragraph


def _shortened(runs: list[Run]) -> Iterator[Run]:
    for number, run in enumerate(runs):
        words = run.words
        if run.is_marked:
            yield replace(run, words=_cut(words, LONGEST))
            continue
        head = words[:CONTEXT] if any(run.is_marked for run in runs[:number]) else ""
        tail = words[-CONTEXT:] if any(run.is_marked for run in runs[number + 1 :]) else ""
        if not head + tail or len(words) <= len(head) + len(tail) + len(GAP):
            yield run
        else:
            yield replace(run, words=head + GAP + tail)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most + len(GAP) else words[:most] + GAP
