"""A file whose styles are gone, and what it showed with them → each paragraph set as it was.

Words that were pasted into another template look as that has it. Nobody edited that: where styles
say nothing any more, the words say which paragraph is which.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from publisher.compare.similar import between, equal_in_order
from publisher.intake.recognise.labels import label_of
from publisher.intake.source import (
    Room,
    Run,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourcePicture,
    SourceTable,
    alike_as_one,
)
from publisher.model import LevelForm
from publisher.styles import Style
from publisher.takeback.merging.pairing import Member, paired
from publisher.wordings import bare, steps

_TOLD = "文件里的样式没有了，像是把文字粘贴到了别的模板里：每一段按生成时的样式读，只看改了哪些字"
_FIGURES = re.compile("[0-9]+")
_TEXTS = (Style.TEXT, Style.NUMBERED_MORE)
"""Styles that a paragraph without a number has where nothing else is known of it."""
_NEAR = 200
"""Paragraphs above and below a new one among which it is looked for one that it is like."""
Paragraphs = Sequence[SourceParagraph]


def restyled(was: SourceFile, now: SourceFile) -> SourceFile:
    """The file as it is now, with the styles of when it was made; itself where it has them."""
    if was.blocks == now.blocks or not _is_bare(was, now):
        return now
    known = _Known(list(_worded(was.blocks)), list(_worded(now.blocks)))
    tables = [each for each in was.blocks if isinstance(each, SourceTable)]
    pictures = [each for each in was.blocks if isinstance(each, SourcePicture)]

    def restored() -> Iterator[SourceBlock]:
        for block in now.blocks:
            match block:
                case SourceTable():
                    yield _table(block, tables)
                case SourcePicture():
                    yield _picture(block, pictures)
                case SourceParagraph():
                    yield from known.of(block)

    return replace(now, blocks=tuple(restored()), sentences=(*now.sentences, _TOLD))


def _is_bare(was: SourceFile, now: SourceFile) -> bool:
    """Whether most of what has words is in no style of ours, or in none that others have not."""
    before, after = ([_style(each) for each in _worded(some.blocks)] for some in (was, now))
    ours = [sum(style is not None for style in styles) for styles in (before, after)]
    own = [
        sum(style is not None and not style.is_words_own for style in styles)
        for styles in (before, after)
    ]
    has_few_own = 2 * own[1] * len(before) < own[0] * len(after)
    return 2 * ours[1] < len(after) or has_few_own


def _worded(blocks: Iterable[SourceBlock]) -> Iterator[SourceParagraph]:
    """The paragraphs of the text that say something, apart from those of tables."""
    for each in blocks:
        if isinstance(each, SourceParagraph) and each.room in (Room.TEXT, Room.FRAME):
            yield from () if each.is_empty else (each,)


def _style(paragraph: SourceParagraph) -> Style | None:
    return Style.named(paragraph.look.style)


def _ink(words: str) -> str:
    return "".join(words.split())


# -- which paragraph is which ---------------------------------------------------------------------


class _Known:
    """The paragraphs of a file, each with those that it was when the file was made."""

    def __init__(self, olds: Paragraphs, news: Paragraphs) -> None:
        self._olds, self._news = olds, news
        self._made: dict[int, tuple[SourceParagraph, ...]] = {}
        """By the place of the first of a paragraph's parts; empty for the others."""
        self._at = {id(each): at for at, each in enumerate(news)}
        left = self._equal()
        self._alike(*left)
        self._new()

    def of(self, paragraph: SourceParagraph) -> tuple[SourceParagraph, ...]:
        """What a paragraph is: itself, those that its lines were, or nothing beside the first."""
        at = self._at.get(id(paragraph))
        return (paragraph,) if at is None else self._made[at]

    def _equal(self) -> tuple[list[int], list[int]]:
        """Those that say what they said; the places of what is left."""
        olds, news = ([_ink(each.words) for each in side] for side in (self._olds, self._news))
        left: tuple[list[int], list[int]] = ([], [])
        pairs = equal_in_order(olds, news)
        for within, new_within, anchor in between(pairs, len(olds), len(news)):
            self._ended_otherwise(list(within), list(new_within), left)
            for at, to in anchor:
                self._take([at], [to])
        return left

    def _ended_otherwise(
        self, within: list[int], new_within: list[int], left: tuple[list[int], list[int]]
    ) -> None:
        """Paragraphs of which the lines are paragraphs now, or were."""
        while within and new_within:
            old, new = self._olds[within[0]], self._news[new_within[0]]
            count = _lines_in(old, [self._news[at] for at in new_within])
            old_count = _lines_in(new, [self._olds[at] for at in within])
            if count or old_count:
                self._take(within[: old_count or 1], new_within[: count or 1])
                del within[: old_count or 1], new_within[: count or 1]
            elif len(within) >= len(new_within):
                left[0].append(within.pop(0))
            else:
                left[1].append(new_within.pop(0))
        left[0].extend(within)
        left[1].extend(new_within)

    def _take(self, olds: Sequence[int], news: Sequence[int]) -> None:
        first, *rest = news
        if len(olds) == len(news) == 1:
            self._made[first] = (dressed(self._olds[olds[0]], self._news[first]),)
        else:
            number = self._news[first].number
            self._made[first] = tuple(replace(self._olds[at], number=number) for at in olds)
        self._made.update(dict.fromkeys(rest, ()))

    def _alike(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Those that were edited, or moved."""
        sides = [
            [_member(side[at]) for at in some]
            for side, some in ((self._olds, olds), (self._news, news))
        ]
        for at, to in paired(*sides):
            self._take([olds[at]], [news[to]])

    # -- what is new ----------------------------------------------------------------------

    def _new(self) -> None:
        """What nobody printed is set as what stands around it and is counted as it is."""
        known = dict(sorted(self._made.items()))
        places = [at for at, made in known.items() if made]
        plain = next((each for each in self._olds if _style(each) in _TEXTS), None)
        for at, paragraph in enumerate(self._news):
            if at in known:
                continue
            here = bisect(places, at)
            above = [known[to][-1] for to in reversed(places[max(here - _NEAR, 0) : here])]
            below = [known[to][0] for to in places[here : here + _NEAR]]
            model = _model(paragraph, above, below) or plain
            self._made[at] = (_set_as(model, paragraph) if model else paragraph,)


def _member(paragraph: SourceParagraph) -> Member:
    return Member(_ink(paragraph.words), bare(paragraph.words))


def _lines_in(paragraph: SourceParagraph, those: Paragraphs) -> int:
    """How many paragraphs are the lines of one, ended by hand there; 0 where they are not."""
    lines = [_ink(line) for line in paragraph.words.split("\n")]
    is_same = len(lines) > 1 and lines == [_ink(each.words) for each in those[: len(lines)]]
    return len(lines) if is_same else 0


def _model(
    paragraph: SourceParagraph, above: Paragraphs, below: Paragraphs
) -> SourceParagraph | None:
    """The paragraph like which a new one is set: the nearest that is numbered as it is.

    `above` and `below` begin with the nearest.
    """
    shape = _shape(paragraph)
    if shape is not None:
        return next((each for each in (*above, *below) if _shape(each) == shape), None)
    if above and below and _style(above[0]) == _style(below[0]) and _shape(above[0]) is None:
        return above[0]
    return next((each for each in above if _style(each) in _TEXTS), None)


def _shape(paragraph: SourceParagraph) -> LevelForm | str | None:
    """By what lines of a sort begin: their number; what stands before figures, if it is short."""
    if label := label_of(paragraph):
        return label.number.form
    words = _ink(paragraph.words)
    said = _FIGURES.sub("#", words)
    return said if said != words and len(said) <= _SHORT else None


_SHORT = 6
"""附件#：."""


# -- one paragraph --------------------------------------------------------------------------------


def dressed(old: SourceParagraph, new: SourceParagraph) -> SourceParagraph:
    """The words of a paragraph as they were set where they stood before, the new ones as those."""
    notes = [[_said(run) for run in each.runs if run.note] for each in (old, new)]
    if _ink(old.words) == _ink(new.words) and notes[0] == notes[1]:
        return replace(old, number=new.number, marks=new.marks)
    looks = _looks(old.typed, _characters(old), new.typed)
    return replace(
        new, look=old.look, room=old.room, runs=tuple(alike_as_one(_runs(old, new, looks)))
    )


def _characters(paragraph: SourceParagraph) -> list[Run]:
    return [run for run in paragraph.runs for _ in run.words]


def _looks(old: str, runs: Sequence[Run], new: str) -> list[Run]:
    """For each character the run in whose look it stands."""
    made: list[Run] = []
    for kind, start, end, first, last in steps(old, new, str):
        if kind == "equal":
            made += runs[start:end]
        else:
            nearest = runs[min(start, len(runs) - 1)] if runs else Run("")
            model = replace(nearest, link="") if start == end else nearest
            made += [model] * (last - first)
    return made


def _runs(old: SourceParagraph, new: SourceParagraph, looks: Sequence[Run]) -> Iterator[Run]:
    notes = {_said(run): run.note for run in old.runs if run.note}
    at = 0
    for run in new.runs:
        for character in run.words:
            yield replace(looks[at], words=character, note=None)
            at += 1
        if run.note is not None:
            yield replace(run, words="", note=notes.get(_said(run), run.note))


def _said(run: Run) -> str:
    return _ink("".join(each.words for each in run.note or ()))


def _set_as(model: SourceParagraph, new: SourceParagraph) -> SourceParagraph:
    """A paragraph that is new, set as another: what leads that in leads this in as well."""
    main = model.main_run
    runs = (replace(main, words=run.words, note=run.note, link="") for run in new.runs)
    return replace(
        new, look=replace(model.look, begins_page=False), room=model.room, runs=tuple(runs)
    )


# -- tables ---------------------------------------------------------------------------------------

_ALIKE = 0.6


def _table(table: SourceTable, olds: list[SourceTable]) -> SourceTable:
    """A table with its paragraphs as they were in the one that has most of its words."""
    old = max(olds, key=lambda each: _share(each, table), default=None)
    if old is None or _share(old, table) < _ALIKE:
        return table
    olds.remove(old)
    pairs = {to: at for at, to in paired(_rows(old), _rows(table))}
    before = {(each.row, each.column): each for each in old.cells}
    model = {each.column: each for each in old.cells if each.row >= old.head_rows and each.words}
    cells = tuple(
        _cell(each, before.get((pairs.get(each.row, -1), each.column)), model.get(each.column))
        for each in table.cells
    )
    is_same_grid = table.width == old.width
    return replace(
        table,
        cells=cells,
        is_ruled=old.is_ruled,
        widths=old.widths if is_same_grid else table.widths,
        heights=tuple(_heights(old, table, pairs)),
        is_landscape=old.is_landscape,
        begins_page=old.begins_page,
        room=old.room,
    )


def _heights(
    old: SourceTable, table: SourceTable, pairs: Mapping[int, int]
) -> Iterator[float | None]:
    """Of each row its own, else that of the row that it was."""
    for row in range(table.height):
        own = table.heights[row] if row < len(table.heights) else None
        at = pairs.get(row, -1)
        yield own or (old.heights[at] if 0 <= at < len(old.heights) else None)


def _share(old: SourceTable, new: SourceTable) -> float:
    """The part of the words of two tables that both have."""
    sides = [{_ink(each.words) for each in some.cells} - {""} for some in (old, new)]
    both = len(sides[0] & sides[1])
    return 2 * both / max(len(sides[0]) + len(sides[1]), 1)


def _rows(table: SourceTable) -> list[Member]:
    words = [""] * table.height
    for cell in table.cells:
        words[cell.row] += _ink(cell.words) + "|"
    return [Member(each, bare(each)) for each in words]


def _cell(cell: SourceCell, old: SourceCell | None, model: SourceCell | None) -> SourceCell:
    if old is not None and _ink(old.words) == _ink(cell.words):
        return replace(cell, blocks=old.blocks)
    like = [each for each in (old or model or cell).blocks if isinstance(each, SourceParagraph)]
    if not like:
        return cell
    blocks: list[SourceBlock] = []
    for at, block in enumerate(cell.blocks):
        if isinstance(block, SourceParagraph):
            known = like[min(at, len(like) - 1)]
            block = dressed(known, block) if old else _set_as(known, block)
        blocks.append(block)
    return replace(cell, blocks=tuple(blocks))


# -- pictures -------------------------------------------------------------------------------------


def _picture(picture: SourcePicture, olds: Sequence[SourcePicture]) -> SourcePicture:
    """A picture on a page that lies as that did on which it stood."""
    old = next((each for each in olds if each.data == picture.data), None)
    if old is None:
        return picture
    return replace(picture, is_landscape=old.is_landscape, is_turned=old.is_turned)
