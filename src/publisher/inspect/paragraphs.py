"""Lines of text → paragraphs, with the level that the number at their head tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from publisher.inspect import thresholds
from publisher.inspect.faces import is_chinese
from publisher.inspect.headings import NumberedParagraph, has_short_lead, heading_lengths
from publisher.inspect.lines import CLOSING, OPENING, Line, is_text, joined
from publisher.inspect.pages import Glyph
from publisher.inspect.recognised import Part, Recognised
from publisher.inspect.thresholds import Characters
from publisher.standard import NOTHING
from publisher.words.numerals import COUNTED

_LEVELS = (
    f"[{COUNTED}]+、",
    f"[（(][{COUNTED}]+[）)]",
    r"[0-9]{1,2}[.．](?!(?![0-9]{3})[0-9])",  # 2.5亿元 is text, 2.2031年 an item
    r"[（(][0-9]{1,2}[）)]",
)
_ARTICLE = re.compile(f"第[{COUNTED}0-9]+[条章节]")
_NUMBERED_ARTICLE = f"第[{COUNTED}0-9]+条"


@dataclass(frozen=True, eq=False)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]
    level: int
    """1 for 一、 to 4 for （1）; 0 for text without a number."""
    indent: Characters
    """Of its first line."""
    headed: int = 0
    """How many of its characters are its heading; 0 of text, and of items, whose number is text."""
    may_be_headed: bool = False
    """Whether an item begins as one with a heading does, whose face would tell."""

    @cached_property
    def glyphs(self) -> list[Glyph]:
        """Its characters."""
        return [glyph for line in self.lines for glyph in line.glyphs]

    @property
    def heading(self) -> list[Glyph]:
        """The characters of its heading."""
        return self.glyphs[: self.headed]

    @cached_property
    def text(self) -> list[Glyph]:
        """The characters that are neither heading nor the number of an article."""
        article = _ARTICLE.match(joined(self.lines))
        return self.glyphs[max(self.headed, article.end() if article else 0) :]


@lru_cache(maxsize=1)
def paragraphs(seen: Recognised) -> tuple[Paragraph, ...]:
    """The paragraphs of all texts of 3号 on upright pages."""
    lines = [
        line
        for line in seen.of(Part.BODY)
        if is_text(line) and not seen.page(line.page).landscape and not _centred(seen, line)
    ]
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(seen, line, groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    regulated = _regulated_pages(seen)
    starts = _starts_of_texts(seen)
    numbered = [_numbered(group, regulated, starts) for group in groups]
    lengths = heading_lengths(numbered)
    return tuple(
        Paragraph(
            tuple(group),
            each.level,
            seen.offset(group[0]),
            length,
            may_be_headed=bool(each.level) and not length and has_short_lead(each),
        )
        for group, each, length in zip(groups, numbered, lengths, strict=True)
    )


def _numbered(lines: list[Line], regulated: set[int], starts: list[int]) -> NumberedParagraph:
    page = lines[0].page
    level, number = (0, 0) if page in regulated else number_before(joined(lines))
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    return NumberedParagraph(level, number, glyphs, bisect_right(starts, page))


def number_before(words: str) -> tuple[int, int]:
    """The level that the number before words tells, and its length; 0 where there is none."""
    matches = ((level, re.match(form, words)) for level, form in enumerate(_LEVELS, 1))
    return next(((level, match.end()) for level, match in matches if match), (0, 0))


def _begins(seen: Recognised, line: Line, last: Line) -> bool:
    """Whether a line begins a paragraph: indented, after a short line, or after a gap."""
    if seen.offset(line) > thresholds.INDENTED or not goes_on(seen, line, last):
        return True
    return line.page == last.page and seen.frame.steps(last, line) > thresholds.APART


def _fits(seen: Recognised, line: Line, last: Line) -> bool:
    """Whether a line's first word would have found room on the last, with the marks that close it.

    A word that goes on from the last line, as an address does, is broken already.
    """
    opening = list(takewhile(lambda glyph: glyph.character in OPENING, line.glyphs))
    rest = line.glyphs[len(opening) :]
    word = list(takewhile(lambda glyph: glyph.character.isascii(), rest))
    if word and not opening and last.text[-1].isascii():
        return False
    # Between the digit and what follows, which may be its unit, nobody breaks.
    held = len(word) + (1 if word and word[-1].character.isdigit() else 0)
    marks = takewhile(lambda glyph: glyph.character in CLOSING, rest[held:])
    first = [*opening, *rest[:held], *marks]
    width = first[-1].right - first[0].left if first else NOTHING
    return last.right + width < seen.frame.right


def goes_on(seen: Recognised, line: Line, last: Line) -> bool:
    """Whether a line that is flush left may be the rest of what the last line holds.

    Where a page was begun within a paragraph, its line before is short and ends without a stop.
    """
    is_parted = (
        line.page != last.page
        and seen.offset(last) < thresholds.INDENTED
        and is_chinese(last.glyphs[-1].character)
    )
    return is_parted or not (ends_short(seen, last) and _fits(seen, line, last))


def ends_open(line: Line) -> bool:
    """Whether a line ends as no paragraph does, without a mark: its author may have broken it."""
    return is_chinese(line.glyphs[-1].character) and number_before(line.words) == (0, 0)


def ends_short(seen: Recognised, line: Line) -> bool:
    """Whether a line ends well before the right edge, as the last of a paragraph does."""
    return seen.indent_right(line) > thresholds.ENDS_SHORT


def _centred(seen: Recognised, line: Line) -> bool:
    return (
        seen.offset(line) > thresholds.CENTRED_FROM
        and seen.frame.off_centre(line) < thresholds.MIDDLE
    )


def _regulated_pages(seen: Recognised) -> set[int]:
    """Pages of regulations: below 第一条, （一） numbers what is text."""
    starts = _starts_of_texts(seen)
    ends = [*starts[1:], len(seen.pages) + 1]
    pages: set[int] = set()
    for start, end in zip(starts, ends, strict=True):
        if any(
            re.match(_NUMBERED_ARTICLE, line.words) for line in _lines_between(seen, start, end)
        ):
            pages |= set(range(start, end))
    return pages


def _starts_of_texts(seen: Recognised) -> list[int]:
    """The pages on which the document's own text and the later ones begin."""
    return sorted({1, *(section.page for section in seen.sections)})


def _lines_between(seen: Recognised, start: int, end: int) -> Iterator[Line]:
    return (
        line
        for line in seen.of(Part.BODY)
        if start <= line.page < end and seen.offset(line) > thresholds.INDENTED
    )
