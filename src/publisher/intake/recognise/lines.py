"""Paragraphs of one text → its lines: their numbers, and what stands out at their begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from publisher.intake.recognise.labels import BLANKS, FoundLabel, believed, label_of
from publisher.intake.recognise.looks import (
    UsualLook,
    is_neutral,
    lead_of,
    standing_out,
    without_first,
)
from publisher.intake.source import Aligned, Look, Run, SourceBlock, SourceParagraph
from publisher.latest import keeps_latest
from publisher.model import LevelForm
from publisher.styles import HEADINGS, RUN_IN_HEADINGS, Style
from publisher.words import captions
from publisher.words.numbering import TypedLabel
from publisher.words.sentences import SENTENCE_ENDS, open_quotations

_LONGEST_HEADING = 60
_FEWEST_ALONE = 2
_OF_HEADINGS = (LevelForm.PART, LevelForm.CHAPTER, LevelForm.SECTION, LevelForm.ARTICLE)
_HALF = 2
_NO_HEADING_ENDS = "，,；;：:、"
OF_OUR_PAGES = OUR_ITEM, OUR_RUN_IN = "p.clause", "div.clause"
"""Items, and headings that run in, on our own pages."""
OF_ITEM, BESIDE_ITEMS = "p.of-item", "p"
"""Paragraphs of pages that stand in an item of a list, and others."""
_FIRST_SENTENCE = re.compile("1\u3000")
_RUN_IN = frozenset(RUN_IN_HEADINGS.values())
_HEADING_STYLES = ("heading", "标题", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)  # without slots: what is derived is kept
class TextLine:
    """A paragraph of a text."""

    paragraph: SourceParagraph
    number: TypedLabel | None
    """None where it has none, or one that is quoted."""
    start: int
    """How many characters of what is typed stand before its words."""
    usual: UsualLook
    is_ours: bool = False
    """Whether it stands in a file of ours, whose styles say what lines are."""
    heads_alone: bool = False
    """Whether it is one of several short lines that stand out, each above text, of a text whose
    headings have no numbers."""

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Those of its words, without the number."""
        label = self.paragraph.label
        before = (Run(f"{label}\u3000"),) if self.number is None and label else ()
        return (*before, *without_first(self.paragraph.runs, self.start))

    @cached_property
    def words(self) -> str:
        """Its words without the number and the blanks at its ends."""
        return "".join(run.words for run in self.runs).strip(BLANKS)

    @cached_property
    def lead(self) -> int:
        """How many characters at their begin stand out; in files of ours those of its heading."""
        if self.is_ours and (own := _run_in(self.runs)):
            return min(own, len(self.words))
        return min(lead_of(self.runs, standing_out(self.runs, self.usual)), len(self.words))

    @property
    def is_whole(self) -> bool:
        """Whether all of it stands out."""
        return 0 < len(self.words) <= self.lead

    @property
    def first_run(self) -> int:
        """How many characters of its words look the same at the begin; 0 where all do."""
        first = len(self.runs[0].words) if self.runs else 0
        return first if first < len(self.words) else 0

    @property
    def has_notes(self) -> bool:
        """Whether marks of notes stand in it."""
        return any(run.note for run in self.paragraph.runs)

    @property
    def form(self) -> LevelForm | None:
        """That of its number."""
        return self.number.form if self.number else None

    @property
    def style(self) -> Style | None:
        """Our own style that it stands in; None in another, and in files of others."""
        return Style.named(self.paragraph.look.style) if self.is_ours else None

    @property
    def is_number_alone(self) -> bool:
        """Whether its number stands out, and no word behind it does."""
        first, *_ = self.paragraph.runs or (Run(""),)
        is_number = first.words.strip(BLANKS) == self.paragraph.typed[: self.start].strip(BLANKS)
        return self.lead == 0 and bool(first.words) and is_number and self.usual.differs(first)

    @property
    def is_in_heading_style(self) -> bool:
        """Whether the file itself says that it is a heading."""
        if self.style is not None:
            return self.style in HEADINGS.values()
        return _is_headed(self.paragraph.look)

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.words.endswith(tuple(SENTENCE_ENDS))

    @property
    def goes_on(self) -> bool:
        """Whether it ends within a sentence, as no heading does."""
        return self.words.endswith(tuple(_NO_HEADING_ENDS))

    @property
    def could_be_title(self) -> bool:
        """Whether it is as short as a heading, and no sentence or clause."""
        words = self.words
        return (
            0 < len(words) <= _LONGEST_HEADING // _HALF
            and not self.is_sentence
            and not self.goes_on
            and not set(SENTENCE_ENDS) & set(words)
        )

    @property
    def could_be_headed(self) -> bool:
        """Whether it is short enough, and one sentence at most."""
        inner = self.words[:-1]
        return (
            len(self.words) <= _LONGEST_HEADING
            and not set(SENTENCE_ENDS) & set(inner)
            and not self.goes_on
        )

    @property
    def heads_unnumbered(self) -> bool:
        """Whether it is a heading without a number, as sure as can be."""
        if self.form is not None or not self.could_be_title or is_caption(self.words):
            return False
        if self.is_in_heading_style or self.heads_alone:
            return True
        is_large = self.usual.is_below(self.paragraph.main_run.size)
        return self.is_centred and (self.is_whole or is_large)

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle."""
        return self.paragraph.look.alignment is Aligned.CENTRED


def _run_in(runs: Sequence[Run]) -> int:
    """How many characters at the begin have the style of a heading that runs in.

    Letters and quotation marks among them have a style of their own.
    """
    length = reached = 0
    for run in runs:
        is_of_heading = Style.named(run.style) in _RUN_IN
        if not is_of_heading and not is_neutral(run):
            break
        length += len(run.words)
        reached = length if is_of_heading else reached
    return reached


def _is_headed(look: Look) -> bool:
    return look.outline is not None or look.style.casefold().startswith(_HEADING_STYLES)


def _is_said(paragraph: SourceParagraph) -> bool:
    """Whether a file says of a line that it is a heading, or ours that a heading or an item."""
    look, runs = paragraph.look, paragraph.runs
    is_item = look.style in OF_OUR_PAGES or Style.named(look.style) is Style.NUMBERED
    runs_in = any(Style.named(run.style) in _RUN_IN for run in runs[:3])  # behind its number
    return is_item or runs_in or _is_headed(look)


def _is_as_printed(paragraph: SourceParagraph) -> bool:
    """Whether a line begins as the program prints 1 before a sentence, which has no style."""
    return bool(_FIRST_SENTENCE.match(paragraph.typed))


def _has_bold_number(paragraph: SourceParagraph) -> bool:
    """Whether 1 alone stands out of a line: somebody means it to be a number."""
    first, second, *_ = (*paragraph.runs, Run(""), Run(""))
    is_number = bool(_FIRST_SENTENCE.fullmatch(first.words))
    return is_number and first.is_bold and bool(second.words) and not second.is_bold


def is_caption(words: str) -> bool:
    """Whether words are the title of a table or picture: 表1　题."""
    return bool(captions.TABLE_TITLE.fullmatch(words) or captions.PICTURE_TITLE.fullmatch(words))


@keeps_latest
def are_ours(blocks: Iterable[SourceBlock]) -> bool:
    """Whether blocks stand in styles that only our own files have."""
    styles = (Style.named(each.look.style) for each in blocks if isinstance(each, SourceParagraph))
    return any(style is not None and not style.is_words_own for style in styles)


def lines_of(paragraphs: Sequence[SourceParagraph], *, is_ours: bool = False) -> list[TextLine]:
    """The lines of a text, in order; `is_ours` where its file is."""
    usual = UsualLook.of(paragraphs)
    if any(each.look.style in OF_OUR_PAGES for each in paragraphs):
        usual = replace(usual, is_bold=False)  # of little text most may be stressed
    are_said = [
        _is_said(each) or _has_bold_number(each) or (is_ours and _is_as_printed(each))
        for each in paragraphs
    ]
    labels = believed([label_of(each) for each in paragraphs], are_said)
    is_quoted = _closed(list(open_quotations(each.typed for each in paragraphs)))
    lines = [
        _line(paragraph, label if not quoted else None, usual, is_ours=is_ours)
        for paragraph, label, quoted in zip(paragraphs, labels, is_quoted, strict=True)
    ]
    return lines if is_ours else _with_bare_headings(lines)


def _with_bare_headings(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines, those that head alone known as that: two at least, and nothing else is a heading."""
    if any(line.form in _OF_HEADINGS or line.is_in_heading_style for line in lines):
        return list(lines)
    alone = {
        at
        for at, (line, below) in enumerate(pairwise(lines))
        if line.form is None and line.is_whole and line.could_be_title and not below.is_whole
    }
    if len(alone) < _FEWEST_ALONE:
        return list(lines)
    return [replace(line, heads_alone=at in alone) for at, line in enumerate(lines)]


@keeps_latest
def is_flat(blocks: Sequence[SourceBlock]) -> bool:
    """Whether no paragraph with a number stands out among others, by its looks or its style."""
    paragraphs = [each for each in blocks if isinstance(each, SourceParagraph)]
    return not any(
        line.number and (line.lead or line.is_in_heading_style) for line in lines_of(paragraphs)
    )


def _closed(is_quoted: list[bool]) -> list[bool]:
    """The same without a quotation that never ends: somebody forgot its mark."""
    end = len(is_quoted)
    while end and is_quoted[end - 1]:
        end -= 1
    return [*is_quoted[:end], *[False] * (len(is_quoted) - end)]


def _line(
    paragraph: SourceParagraph, label: FoundLabel | None, usual: UsualLook, *, is_ours: bool
) -> TextLine:
    if label:
        return TextLine(paragraph, label.number, label.typed, usual, is_ours)
    typed = paragraph.typed
    return TextLine(paragraph, None, len(typed) - len(typed.lstrip(BLANKS)), usual, is_ours)
