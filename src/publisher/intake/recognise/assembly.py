"""Lines and what each is taken for → the blocks of a text, counted as the program will count them.

A number that the program would print otherwise stays in the words of a paragraph, and is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from publisher.intake.recognise.inlines import inlines
from publisher.intake.recognise.labels import BLANKS
from publisher.intake.recognise.lines import BESIDE_ITEMS, OF_ITEM, OUR_ITEM, TextLine
from publisher.intake.recognise.looks import without_first
from publisher.intake.recognise.shapes import LineShape, LineSort
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import Run
from publisher.model import (
    NOWHERE,
    STANDARD_LEVELS,
    Block,
    Heading,
    Item,
    LevelForm,
    Paragraph,
    Place,
    Prose,
)
from publisher.readers.item_marks import ItemMarks
from publisher.styles import Style
from publisher.words.numbering import Counter, Ordinal, TypedLabel
from publisher.words.sentences import ends_sentence


@dataclass(frozen=True, slots=True)
class Levels:
    """How the headings and items of a text are numbered."""

    forms: tuple[LevelForm, ...] = STANDARD_LEVELS
    continuous: tuple[LevelForm, ...] = ()
    typed: tuple[LevelForm, ...] = ()
    """Of `forms`, those of which no number is printed: their numbers stay in the words."""
    outlines: tuple[int, ...] = ()
    """Of headings without numbers, where several levels have none: from the highest down, one for
    each level without a number."""

    @property
    def printed(self) -> tuple[LevelForm, ...]:
        """标题层次."""
        return tuple(LevelForm.UNNUMBERED if form in self.typed else form for form in self.forms)


@dataclass(frozen=True, slots=True)
class Solid:
    """Blocks of a text that are no lines, ready made: a table, a picture, a list of names."""

    blocks: tuple[Block, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Assembled:
    """The blocks of a text with the levels that were tried."""

    blocks: tuple[Block, ...]
    decisions: tuple[Decision, ...]
    levels: Levels
    doubted: tuple[LevelForm, ...]
    """The forms of the numbers that the program would print otherwise."""
    skips: int
    """How many headings stand below one that is more than a level higher."""

    @property
    def cost(self) -> tuple[int, int]:
        """The less, the better these levels are the text's own."""
        return len(self.doubted), self.skips


Piece = tuple[TextLine, LineShape] | Solid
"""What a text consists of."""


def assembled(pieces: Sequence[Piece], levels: Levels, source: str) -> Assembled:
    """The blocks that pieces make with these levels."""
    assembler = _Assembler(levels, source)
    for index, piece in enumerate(pieces):
        if isinstance(piece, Solid):
            assembler.solid(piece)
        else:
            assembler.line(*piece, _Following(pieces, index + 1))
    return assembler.result()


@dataclass(frozen=True, slots=True)
class _Following:
    """The pieces from one on, without a copy of them."""

    pieces: Sequence[Piece]
    first: int

    def __iter__(self) -> Iterator[Piece]:
        for index in range(self.first, len(self.pieces)):
            yield self.pieces[index]


@dataclass(slots=True)
class _Counting:
    """What the program will print before the next heading or item."""

    counter: Counter
    marks: ItemMarks = field(default_factory=ItemMarks)
    level: int = 0
    """Of the latest heading."""
    depth: int = 0
    """Of the item that is open."""

    def heading(self, level: int) -> Ordinal:
        """Count a heading."""
        self.marks.heading()
        self.depth = 0
        self.level = level
        return self.counter.heading(Heading(level, ()))

    def next_heading(self, level: int) -> Ordinal:
        """What the next heading would be counted as."""
        return self.counter.copy().heading(Heading(level, ()))

    def item(self, depth: int, number: int) -> bool:
        """Count an item that its file counts so; whether its number begins anew."""
        begins_anew = self.marks.mark(depth, number, NOWHERE)
        self.depth = depth
        self.counter.item(Item(depth, (), begins_anew=begins_anew))
        return begins_anew

    def next_item(self, depth: int, number: int) -> Ordinal:
        """What the next item would be counted as."""
        begins_anew = self.marks.begins_anew(depth, number)
        return self.counter.copy().item(Item(depth, (), begins_anew=begins_anew))

    def paragraph(self, depth: int) -> None:
        """Count nothing: a paragraph of an item so deep, or of none."""
        self.depth = depth
        self.marks.paragraph(depth)

    def depth_of(self, form: LevelForm) -> int | None:
        """How deep items of a form are here; None where none can stand here."""
        forms = [self.counter.levels[level - 1] for level in self.counter.item_levels()]
        depth = forms.index(form) + 1 if form in forms else None
        return depth if depth and depth <= self.depth + 1 else None


class _Assembler:
    """Makes blocks in order."""

    def __init__(self, levels: Levels, source: str) -> None:
        self._levels = levels
        self._source = source
        text = Prose("", levels=levels.printed, continuous=levels.continuous)
        self._counting = _Counting(Counter(text))
        self._blocks: list[Block] = []
        self._decisions: list[Decision] = []
        self._doubted: list[LevelForm] = []
        self._skips = 0
        self._is_of_our_page = False
        """Whether the latest item says itself that it is one, as on our pages."""
        self._asked: set[LevelForm | None] = set()
        """Forms whose numbers stay typed, of which that was asked."""

    def result(self) -> Assembled:
        """All that was made."""
        return Assembled(
            tuple(self._blocks),
            tuple(self._decisions),
            self._levels,
            tuple(self._doubted),
            self._skips,
        )

    def solid(self, solid: Solid) -> None:
        """Add what is no line."""
        self._blocks += solid.blocks
        self._decisions += solid.decisions
        self._counting.paragraph(0)

    def line(self, line: TextLine, shape: LineShape, following: Iterable[Piece]) -> None:
        """Add a line."""
        counting = self._counting
        if shape.sort.is_heading and (level := self._level_of(line)):
            is_typed = line.number is None or line.number.form in self._levels.typed
            if is_typed or _counts(counting.next_heading(level), line.number):
                self._skips += level > counting.level + 1
                counting.heading(level)
                self._heading(line, shape, level, following)
                return
        elif shape.sort is LineSort.ITEM and line.number:
            depth, number = counting.depth_of(line.number.form), line.number.value[-1]
            if depth and _counts(counting.next_item(depth, number), line.number):
                self._item(line, shape, depth, begins_anew=counting.item(depth, number))
                return
        if shape.sort is LineSort.TEXT:
            self._paragraph(line, shape, following)
        else:
            self._as_typed(line)

    def _level_of(self, line: TextLine) -> int | None:
        form, forms = line.form or LevelForm.UNNUMBERED, self._levels.forms
        if form not in forms:
            return None
        outlines, outline = self._levels.outlines, line.paragraph.look.outline
        below = outlines.index(outline) if line.form is None and outline in outlines else 0
        return [level for level, each in enumerate(forms, 1) if each is form][below]

    # -- headings and items -----------------------------------------------------------------

    def _heading(
        self, line: TextLine, shape: LineShape, level: int, following: Iterable[Piece]
    ) -> None:
        place = self._place(line)
        runs = line.runs
        if line.form in self._levels.typed:
            runs = _with_label(line)
            shape = replace(shape, lead=shape.lead + _length(runs) - _length(line.runs))
            asks = line.form not in self._asked
            self._asked.add(line.form)
            certainty = Certainty.ASKED if asks else Certainty.LIKELY
            shape = replace(shape, certainty=certainty, reason=_TYPED)
        if shape.sort is LineSort.RUN_IN:
            title, rest = _divided(runs, shape.lead)
            self._blocks.append(Heading(level, inlines(title, place), place=place))
            content = inlines(rest, place, line.usual)
            self._blocks.append(Paragraph(content, place=place))
        else:
            usual = line.usual if shape.sort is LineSort.CLAUSE else None
            content = inlines(runs, place, usual)
            alone = (
                shape.sort is LineSort.HEADING
                and ends_sentence(content)
                and (line.is_in_heading_style or _is_followed(following))
            )
            self._blocks.append(Heading(level, content, stands_alone=alone, place=place))
        self._decide(line, shape, Role.HEADING, level)

    def _item(self, line: TextLine, shape: LineShape, depth: int, *, begins_anew: bool) -> None:
        place = self._place(line)
        self._is_of_our_page = line.paragraph.look.style == OUR_ITEM
        content = inlines(line.runs, place, line.usual)
        self._blocks.append(Item(depth, content, begins_anew=begins_anew, place=place))
        self._decide(line, shape, Role.ITEM, depth)

    # -- paragraphs -------------------------------------------------------------------------

    def _paragraph(self, line: TextLine, shape: LineShape, following: Iterable[Piece]) -> None:
        depth = self._depth_of(line, following)
        self._counting.paragraph(depth)
        place = self._place(line)
        content = inlines(line.runs, place, line.usual)
        self._blocks.append(Paragraph(content, depth, place))
        if line.could_be_title and shape.certainty is Certainty.SURE and not line.is_ours:
            shape = replace(shape, certainty=Certainty.LIKELY)
        self._decide(line, shape, Role.PARAGRAPH)

    def _depth_of(self, line: TextLine, following: Iterable[Piece]) -> int:
        """Of the item that a paragraph is part of; where items go on below it, it is."""
        deepest = self._counting.depth
        look = line.paragraph.look.style
        if not deepest or line.style is Style.NUMBERED_MORE or look == OF_ITEM:
            return deepest
        is_beside = look == BESIDE_ITEMS and self._is_of_our_page
        if line.style is Style.TEXT or is_beside:
            return 0
        for piece in islice(following, _MOST_OF_ITEM):
            if isinstance(piece, Solid):
                return 0
            below, shape = piece
            if shape.sort is LineSort.TEXT:
                continue
            if shape.sort is not LineSort.ITEM or below.number is None:
                return 0
            depth = self._counting.depth_of(below.number.form)
            if depth is None:
                return 0
            is_anew = below.number.value[-1] == 1
            return min(deepest, depth - 1 if is_anew else deepest)
        return 0

    def _as_typed(self, line: TextLine) -> None:
        """Keep a number that would be printed otherwise."""
        assert line.number is not None
        self._doubted.append(line.number.form)
        place = Place(self._source, line.paragraph.number)
        typed = _with_label(line)
        self._counting.paragraph(0)
        self._blocks.append(Paragraph(inlines(typed, place, line.usual), place=place))
        question = (
            f"序号“{line.number.label.strip()}”接不上前面的，照原样留在文字里："
            "请核对是否漏了、重了或错了序号。"
        )
        self._decisions.append(
            Decision(
                line.paragraph.number,
                line.paragraph.words,
                Role.PARAGRAPH,
                certainty=Certainty.ASKED,
                reason="按层次编排，印出的序号会不同",
                question=question,
                source=self._source,
            )
        )

    def _place(self, line: TextLine) -> Place:
        return Place(self._source, line.paragraph.number, line.start + 1)

    def _decide(self, line: TextLine, shape: LineShape, role: Role, level: int = 0) -> None:
        is_asked = shape.certainty is Certainty.ASKED
        self._decisions.append(
            Decision(
                line.paragraph.number,
                line.paragraph.words,
                role,
                level,
                shape.certainty,
                shape.reason,
                (_TYPED_ASKED if shape.reason == _TYPED else f"看作{role.value}，对吗？")
                if is_asked
                else "",
                self._source,
            )
        )


_MOST_OF_ITEM = 30
"""Paragraphs that an item may have behind its first."""
_TYPED = "序号与层次对不上，照原样写在标题里"
_TYPED_ASKED = "这一级的序号不能按层次编排，照原样写在标题里：请核对是否漏了、重了或错了序号。"


def _length(runs: Sequence[Run]) -> int:
    return len("".join(run.words for run in runs).lstrip(BLANKS))


def _counts(ordinal: Ordinal, number: TypedLabel | None) -> bool:
    """Whether the program prints the number that its file shows."""
    if number is None:
        return False
    if ordinal.form is not number.form:
        return False
    if number.form.is_decimal:
        return ordinal.label.strip() == ".".join(map(str, number.value))
    return ordinal.number == number.value[-1]


def _is_followed(following: Iterable[Piece]) -> bool:
    """Whether a paragraph is next."""
    first = next(iter(following), None)
    return isinstance(first, tuple) and first[1].sort is LineSort.TEXT


def _divided(runs: Sequence[Run], count: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Runs before and behind so many characters, of which blanks at the begin are none."""
    words = "".join(run.words for run in runs)
    count += len(words) - len(words.lstrip())
    first: list[Run] = []
    left = count
    for run in runs:
        if left <= 0:
            break
        note = run.note if left > len(run.words) else None
        first.append(replace(run, words=run.words[:left], note=note))
        left -= len(run.words)
    return tuple(first), without_first(runs, count)


def _with_label(line: TextLine) -> tuple[Run, ...]:
    """All runs of a line, its number typed before them."""
    label_words = line.paragraph.label
    before = (Run(label_words),) if label_words else ()
    return (*before, *line.paragraph.runs)
