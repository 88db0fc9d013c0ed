"""The numbered lines of a text → which are headings, which lead in a paragraph, which are items."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from publisher.intake.recognise.lines import OF_OUR_PAGES, OUR_ITEM, OUR_RUN_IN, TextLine
from publisher.intake.result import Certainty
from publisher.model import LevelForm
from publisher.styles import Style
from publisher.words.sentences import SENTENCE_ENDS


class LineSort(Enum):
    """What a line of a text is."""

    HEADING = "标题"
    """On a line of its own."""
    RUN_IN = "接排的标题"
    """Its first sentence is a heading, and the rest of the line its paragraph."""
    CLAUSE = "条文"
    """Its number is a heading's, its words are text: 第一条 …"""
    ITEM = "条目"
    TEXT = "正文"

    @property
    def is_heading(self) -> bool:
        """Whether it is counted as headings are."""
        return self not in (LineSort.ITEM, LineSort.TEXT)


@dataclass(frozen=True, slots=True)
class LineShape:
    """What a line is taken for."""

    sort: LineSort
    lead: int = 0
    """How many characters of its words the heading has that leads them in."""
    certainty: Certainty = Certainty.SURE
    reason: str = ""


TEXT = LineShape(LineSort.TEXT, reason="没有序号的一段")
_WITH_FACES = (LevelForm.PART, LevelForm.CLAUSE)
"""Forms of headings that no paragraph looks like: a heading that runs in may have lost its face."""
_LONGEST_LEAD = 30
_SHORTEST_SENTENCE = 12
"""A sentence of so many characters on a line of its own is a heading: （一）指导思想。"""
_FIRST = re.compile(f"[^{SENTENCE_ENDS}；：]{{2,{_LONGEST_LEAD}}}[{SENTENCE_ENDS}](?=.)", re.DOTALL)
_MOST = 2 / 3
_CHAPTERS = (LevelForm.CHAPTER, LevelForm.SECTION)


def shapes_of(
    lines: Sequence[TextLine], order: Sequence[LevelForm], *, is_flat: bool = True
) -> list[LineShape]:
    """What each line is; `order` has the forms of the text, the highest first.

    `is_flat` where nothing in the whole file stands out: it keeps no looks, or lost them. Lines of
    one form below the same one above them are alike: all have headings, or all are items.
    """
    shaper = _Shaper(lines, order, is_flat=is_flat)
    return shaper.shapes()


class _Shaper:
    """Decides for siblings together, from the highest down."""

    def __init__(
        self, lines: Sequence[TextLine], order: Sequence[LevelForm], *, is_flat: bool
    ) -> None:
        self._lines = lines
        self._order = order
        self._own = [_by_look(line) for line in lines]
        self._says_all = any(line.paragraph.look.style in OF_OUR_PAGES for line in lines)
        self._is_flat = is_flat
        self._parents = list(self._above())
        for index in self._of_articles():
            self._own[index] = LineShape(LineSort.CLAUSE, reason="条以下的项，样式与正文相同")
        self._votes = self._votes_of_forms()

    def shapes(self) -> list[LineShape]:
        """What each line is."""
        made = [shape or TEXT for shape in self._own]
        siblings: dict[tuple[int | None, LevelForm], list[int]] = defaultdict(list)
        for index, line in enumerate(self._lines):
            if line.form and line.form in self._order:
                siblings[self._parents[index], line.form].append(index)
        for (parent, form), indices in sorted(siblings.items(), key=lambda pair: pair[1][0]):
            below_item = parent is not None and made[parent].sort is LineSort.ITEM
            is_headed = not below_item and self._are_headed(form, indices)
            for index in indices:
                own = self._own[index]
                if own and (self._says_all or self._lines[index].is_ours):
                    made[index] = own  # its style says what it is, whatever others of its form are
                else:
                    made[index] = self._headed(index) if is_headed else self._item(index)
        return made

    def _above(self) -> Iterable[int | None]:
        """For each line the nearest one above it of a higher form."""
        open_lines: list[tuple[int, int]] = []
        for index, line in enumerate(self._lines):
            if line.heads_unnumbered:
                open_lines.clear()  # what is below it belongs to it
            if line.form not in self._order:
                yield open_lines[-1][1] if open_lines else None
                continue
            rank = self._order.index(line.form)
            while open_lines and open_lines[-1][0] >= rank:
                open_lines.pop()
            yield open_lines[-1][1] if open_lines else None
            open_lines.append((rank, index))

    def _of_articles(self) -> Iterable[int]:
        """The lines below an article whose words are text: our own files set them apart from items.

        In Word by the style of text, as none else has it; on pages by a number that stands out.
        """
        below: set[int] = set()
        for index, line in enumerate(self._lines):
            parent = self._parents[index]
            above = self._lines[parent] if parent is not None else None
            is_below = parent in below or (above is not None and above.form is LevelForm.ARTICLE)
            is_set_apart = line.style is Style.TEXT or line.is_number_alone
            if line.form and is_below and is_set_apart and self._own[index] is None:
                below.add(index)
        return below

    def _votes_of_forms(self) -> dict[LevelForm, int]:
        """For each form how many more of its lines look headed than look like items."""
        votes: Counter[LevelForm] = Counter()
        for line, shape in zip(self._lines, self._own, strict=True):
            if line.form and shape:
                votes[line.form] += 1 if shape.sort.is_heading else -1
        return votes

    # -- siblings ---------------------------------------------------------------------------

    def _are_headed(self, form: LevelForm, indices: Sequence[int]) -> bool:
        """Whether siblings have headings."""
        looks = [shape for index in indices if (shape := self._own[index])]
        headed = sum(shape.sort.is_heading for shape in looks)
        if looks:
            return 2 * headed > len(looks) or (2 * headed == len(looks) and self._votes[form] > 0)
        if self._begins_anew(indices):
            return False
        if self._votes[form]:
            is_plain = not self._is_flat and all(self._is_plain_sentence(at) for at in indices)
            return self._votes[form] > 0 and not is_plain and self._could_be_headed(indices)
        titles = sum(self._is_title(index) for index in indices)
        if 2 * titles > len(indices):
            return True
        leads = sum(bool(_lead(self._lines[index])) for index in indices)
        may_lead = self._is_flat and form in _WITH_FACES and self._could_be_headed(indices)
        return may_lead and leads + titles >= _MOST * len(indices)

    def _begins_anew(self, indices: Sequence[int]) -> bool:
        """Whether siblings are counted from 1 more than once, as items are and headings are not."""
        numbers = (self._lines[index].number for index in indices)
        return sum(number is not None and number.value[-1] == 1 for number in numbers) > 1

    def _is_plain_sentence(self, index: int) -> bool:
        """Whether a line is a sentence that looks as the text does, and heads nothing.

        Or ends as no heading does, with more of the sentence below it: 分三步进行：.
        """
        line = self._lines[index]
        goes_on = line.goes_on and not line.is_whole
        return goes_on or (line.is_sentence and not self._is_title(index))

    def _could_be_headed(self, indices: Sequence[int]) -> bool:
        """Whether each is short, or begins with a short sentence."""
        lines = [self._lines[index] for index in indices]
        return all(len(line.words) <= _LONGEST_LEAD or _lead(line) for line in lines)

    def _is_title(self, index: int) -> bool:
        """Whether a line is short, and something that is no sibling of it stands below it."""
        line = self._lines[index]
        is_short = line.is_sentence and len(line.words) <= _SHORTEST_SENTENCE
        if not (line.could_be_title or is_short) or index + 1 == len(self._lines):
            return False
        below = self._lines[index + 1]
        is_deeper = self._parents[index + 1] == index
        return is_deeper or (below.form is None and not below.is_in_heading_style)

    # -- each -------------------------------------------------------------------------------

    def _headed(self, index: int) -> LineShape:
        line, own = self._lines[index], self._own[index]
        if own and own.sort.is_heading:
            return own
        as_siblings = "与同级的各条一致"
        if line.could_be_title or self._is_title(index):
            return LineShape(LineSort.HEADING, 0, Certainty.LIKELY, "独占一行的短句，下面是文字")
        if lead := _lead(line):
            reason = "首句短，是标题，与下文接排" if self._is_flat else as_siblings
            return LineShape(LineSort.RUN_IN, lead, Certainty.LIKELY, reason)
        if line.is_sentence and line.could_be_headed:
            return LineShape(LineSort.HEADING, 0, Certainty.LIKELY, as_siblings)
        if lead := _first_sentence(line):
            return LineShape(LineSort.RUN_IN, lead, Certainty.ASKED, as_siblings)
        return LineShape(LineSort.HEADING, 0, Certainty.ASKED, as_siblings)

    def _item(self, index: int) -> LineShape:
        own = self._own[index]
        if own and own.sort is LineSort.ITEM:
            return own
        return LineShape(LineSort.ITEM, 0, Certainty.LIKELY, "有序号的整段文字")


def _lead(line: TextLine) -> int:
    """The first sentence of a line where that is as short as a heading, and more follows."""
    match = _FIRST.match(line.words)
    return match.end() if match else 0


def _first_sentence(line: TextLine) -> int:
    match = re.match(f"[^{SENTENCE_ENDS}]+[{SENTENCE_ENDS}](?=.)", line.words, re.DOTALL)
    return match.end() if match else 0


# -- what a line looks like by itself -----------------------------------------------------------


def _by_look(line: TextLine) -> LineShape | None:
    """What a line is by its style or face; None where these tell nothing."""
    if line.form is None:
        return _unnumbered(line) if line.heads_unnumbered else None
    return _by_form(line) or _by_own_style(line) or _by_face(line)


def _unnumbered(line: TextLine) -> LineShape:
    if line.is_in_heading_style:
        return LineShape(LineSort.HEADING, reason=f"样式“{line.paragraph.look.style}”，没有序号")
    reason = "独占一行，字体或字号与正文不同的短句，没有序号"
    return LineShape(LineSort.HEADING, 0, Certainty.LIKELY, reason)


def _by_form(line: TextLine) -> LineShape | None:
    assert line.form is not None
    if line.form in _CHAPTERS:
        return LineShape(LineSort.HEADING, reason="章、节的标题")
    if line.form is LevelForm.ARTICLE:
        return LineShape(LineSort.CLAUSE, reason="条的文字在序号后面")
    if line.form.is_decimal:
        sort = LineSort.CLAUSE if line.is_sentence else LineSort.HEADING
        return LineShape(sort, reason="序号是 1.1 一类")
    return None


def _by_own_style(line: TextLine) -> LineShape | None:
    style = line.style
    if line.paragraph.look.style == OUR_ITEM:
        return LineShape(LineSort.ITEM, reason="本程序网页里的条目")
    if line.paragraph.look.style == OUR_RUN_IN and (lead := _lead(line) or line.first_run):
        return LineShape(LineSort.RUN_IN, lead, reason="本程序网页里接排的标题")
    if style is None or style.is_words_own:
        return None
    reason = f"样式“{style.word_name}”"
    if style is Style.NUMBERED:
        return LineShape(LineSort.ITEM, reason=reason)
    return LineShape(LineSort.HEADING, reason=reason) if line.is_in_heading_style else None


def _by_face(line: TextLine) -> LineShape | None:
    look = "字体与正文不同"
    styled = line.paragraph.look.style or "大纲级别"
    if line.is_in_heading_style and (line.could_be_headed or line.is_whole):
        return LineShape(LineSort.HEADING, reason=f"样式“{styled}”")
    if line.is_in_heading_style and (lead := _lead(line)):
        return LineShape(LineSort.RUN_IN, lead, reason=f"样式“{styled}”，首句是标题")
    if line.is_whole:
        if line.could_be_headed:
            return LineShape(LineSort.HEADING, reason=f"独占一行，{look}")
        return None
    if line.is_centred and line.could_be_title:
        return LineShape(LineSort.HEADING, 0, Certainty.LIKELY, "居中的短句")
    if lead := _sentence_lead(line):
        return LineShape(LineSort.RUN_IN, lead, reason=f"首句{look}")
    if line.lead:
        return LineShape(LineSort.ITEM, reason=f"开头几个字{look}，不成一句")
    return None


def _sentence_lead(line: TextLine) -> int:
    """How many characters stand out at the begin, with the stop that ends them.

    Where the next sentence begins in stress too, those of the first.
    """
    lead, words = line.lead, line.words
    if not 0 < lead < len(words):
        return 0
    if words[lead] in SENTENCE_ENDS:
        lead += 1
    if not words[:lead].rstrip().endswith(tuple(SENTENCE_ENDS)):
        first = _lead(line)
        return first if first < lead else 0
    return lead if lead < len(words) else 0


def as_text(shape: LineShape, reason: str) -> LineShape:
    """The same line kept as text, because its number would be printed otherwise."""
    return replace(shape, sort=LineSort.TEXT, certainty=Certainty.ASKED, reason=reason)
