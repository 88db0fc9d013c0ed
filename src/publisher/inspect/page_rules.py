"""Pages → readings of paper, 版心, text and the file itself (clauses 3, 5 and 9)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import multimode

from publisher import standard
from publisher.inspect import thresholds
from publisher.inspect.area import STANDARD
from publisher.inspect.colors import hexadecimal, is_black
from publisher.inspect.faces import face_of, is_bold, is_chinese
from publisher.inspect.lines import BLANKS, CLOSING, OPENING, Line, is_text
from publisher.inspect.pages import Box, Glyph, Page
from publisher.inspect.paragraphs import Paragraph, paragraphs
from publisher.inspect.readings import (
    Absent,
    Hidden,
    Measure,
    Number,
    Reading,
    Spot,
    Words,
    across,
    at,
    fonts_of,
)
from publisher.inspect.recognised import TEXT, Part, Recognised
from publisher.latest import keeps_latest
from publisher.rules import LETTER
from publisher.standard import FANG, NOTHING, Length

# -- paper ------------------------------------------------------------------------------


def paper_width(seen: Recognised) -> Iterator[Reading]:
    """The shorter side of each page."""
    for page in seen.pages:
        yield Number(min(page.width, page.height), _whole(page))


def paper_height(seen: Recognised) -> Iterator[Reading]:
    """The longer side of each page."""
    for page in seen.pages:
        yield Number(max(page.width, page.height), _whole(page))


def _whole(page: Page) -> Spot:
    return Spot(page.number, page.box)


# -- 版心 -------------------------------------------------------------------------------


def head_margin(seen: Recognised) -> Iterator[Reading]:
    """From the paper's upper edge to the em box of the first line of text, page by page."""
    # In a 信函 the 份号 stands below the first double line (10.1).
    registered = () if seen.form in LETTER else seen.of(Part.COPY_NUMBER)
    lines = [*_first_of_pages(seen), *registered]
    for line in lines:
        yield Number(line.top, at(line, Box(line.left, NOTHING, line.left, line.top)))
    if not lines:
        yield Hidden("没有从版心第一行排起的一面，第一行在哪里看不出")


def binding_margin(seen: Recognised) -> Iterator[Reading]:
    """From the paper's left edge to where lines begin; on even pages also from its right edge.

    Who prints on both sides may turn the 版心 round on even pages: there the nearer of both counts.
    """
    shown = False
    for page in _upright_pages(seen):
        flush = [
            line for line in _text_on(seen, page) if abs(seen.offset(line)) < thresholds.FLUSH_TEXT
        ]
        if len(flush) < thresholds.FEWEST_FLUSH_LINES:
            continue
        shown = True
        left = _usual_left(flush)
        sides = (left, page.width - seen.frame.right) if page.number % 2 == 0 else (left,)
        value = min(sides, key=lambda side: abs(side - seen.area.left))
        yield Number(value, at(flush[0], across(flush[0], NOTHING, left)))
    if not shown:
        yield from _red_line_margin(seen)


def _red_line_margin(seen: Recognised) -> Iterator[Reading]:
    lefts = (*seen.of(Part.RECIPIENTS), *seen.of(Part.COPY_NUMBER))
    for line in lefts[:1]:
        yield Number(line.left, at(line, across(line, NOTHING, line.left)))
    if not lefts:
        yield Hidden("没有顶格的文字，版心左边在哪里看不出")


def _usual_left(lines: list[Line]) -> Length:
    """Where most of the lines begin, to a tenth of a millimetre."""
    tenths = Counter(round(line.left / thresholds.ONE_ROW) for line in lines)
    return thresholds.ONE_ROW * tenths.most_common(1)[0][0]


def type_area_width(seen: Recognised) -> Iterator[Reading]:
    """From where lines begin to where full lines end; punctuation may hang beyond that."""
    frame = seen.frame
    if frame.text_right is None:
        yield Hidden("排满的行太少，版心右边在哪里看不出")
        return
    lines = [line for page in _upright_pages(seen) for line in _text_on(seen, page)]
    widest = max(lines, key=lambda line: line.inner_right)
    right = max(frame.text_right, widest.inner_right - thresholds.UNEVEN)
    yield Number(right - frame.left, at(widest, across(widest, frame.left, right)))


def type_area_height(seen: Recognised) -> Iterator[Reading]:
    """From the top of line 1 to the bottom of the last, on the fullest of the full pages."""
    full = _full_pages(seen)
    if not full:
        yield Hidden("没有排满的一面，版心有多高看不出")
        return
    first, last = max(full, key=lambda ends: ends[1].bottom - ends[0].top)
    top, bottom = first.top, last.bottom
    box = Box(first.left, top, seen.frame.right, bottom)
    height = Box(first.left, top, first.left, bottom)
    yield Number(bottom - top, Spot(first.page, box, height))


def lines_per_page(seen: Recognised) -> Iterator[Reading]:
    """How many lines the full pages have, as most of them do."""
    full = _full_pages(seen)
    counts = [round(seen.frame.steps(first, last)) + 1 for first, last in full]
    if not counts:
        yield Hidden("没有排满的一面，一面有几行看不出")
        return
    usual = max(multimode(counts))
    first, last = full[counts.index(usual)]
    yield Number(usual, Spot(first.page, Box(first.left, first.top, last.right, last.bottom)))


def characters_per_line(seen: Recognised) -> Iterator[Reading]:
    """How many characters the full lines have that hold Chinese ones alone, as most do."""
    full = [
        line
        for paragraph in paragraphs(seen)
        for line in paragraph.lines[:-1]
        if abs(seen.offset(line)) < thresholds.FLUSH_TEXT and _all_wide(line)
    ]
    counts = [len(line.glyphs) - _hanging(seen, line) for line in full]
    if not counts:
        yield Hidden("没有排满汉字的一行，一行有几个字看不出")
        return
    usual = max(multimode(counts))
    yield Number(usual, at(full[counts.index(usual)]))


def _all_wide(line: Line) -> bool:
    return all(
        is_chinese(glyph.character) or glyph.character in CLOSING + OPENING for glyph in line.glyphs
    )


def _hanging(seen: Recognised, line: Line) -> int:
    """How many characters stand in the right margin."""
    edge = (seen.frame.right + line.size * 0.5).pt
    return sum(1 for glyph in line.glyphs if glyph.end > edge)


def line_pitch(seen: Recognised) -> Iterator[Reading]:
    """From line to line of text."""
    lines = [line for line in seen.of(Part.BODY) if is_text(line)]
    for above, below in pairwise(lines):
        step = below.baseline - above.baseline
        if above.page == below.page and abs(step - seen.frame.pitch) < thresholds.SAME_PITCH:
            shown = Box(above.left, above.baseline, above.left, below.baseline)
            yield Number(seen.frame.pitch, at(below, shown))
            return
    yield Hidden("正文不到两行，行距看不出")


# -- text -------------------------------------------------------------------------------


def text_size(seen: Recognised) -> Iterator[Reading]:
    """The size of the text; single lines of another size, as notes are, do not count."""
    lines = [line for line in _running(seen) if not _is_heading_size(line)]
    sizes = Counter(line.size for line in lines)
    if not sizes:
        yield Absent("没有正文")
        return
    usual, _ = sizes.most_common(1)[0]
    yield Number(usual, at(next(line for line in lines if line.size == usual)))
    for size, count in sizes.items():
        if count > len(lines) * thresholds.RARE:
            yield Number(size, at(next(line for line in lines if line.size == size)))


def _is_heading_size(line: Line) -> bool:
    return line.size > standard.Size.NO_3.length + standard.SIZE_TOLERANCE


def text_face(seen: Recognised) -> Iterator[Reading]:
    """In what font the text is set that is no heading; a twentieth may be in another."""
    glyphs = [
        (glyph, paragraph)
        for paragraph in paragraphs(seen)
        if not _is_unnumbered_heading(paragraph)
        for glyph in paragraph.text
        if is_chinese(glyph.character)
    ]
    if not glyphs:
        yield Absent("没有正文")
        return
    foreign = [pair for pair in glyphs if face_of(pair[0].style.font) is not FANG]
    holds = len(foreign) <= len(glyphs) * thresholds.RARE
    shown = glyphs if holds else foreign
    place = at(shown[0][1].lines[0])
    yield Words(fonts_of(glyph for glyph, _ in shown[:200]), holds, place)


def _is_unnumbered_heading(paragraph: Paragraph) -> bool:
    """Whether it is one line without a stop at its end: in what a heading is set is free."""
    return len(paragraph.lines) == 1 and paragraph.lines[0].text[-1] not in CLOSING


def text_black(seen: Recognised) -> Iterator[Reading]:
    """The colour of all characters but those of the mark."""
    marks = set(seen.of(Part.MARK))
    for line in seen.lines:
        if line in marks:
            continue
        color = max((glyph.style.color for glyph in line.glyphs), key=max)
        yield Words(hexadecimal(color), is_black(color), at(line))


def no_bold(seen: Recognised) -> Iterator[Reading]:
    """Whether characters are set in a bold font, or made bold by a stroke."""
    skipped = {line for part in (Part.MARK, Part.TABLE) for line in seen.of(part)}
    lines = [line for line in seen.lines if line not in skipped]
    bold = [line for line in lines if any(map(_is_bold, line.glyphs))]
    for line in bold:
        yield Words(f"“{_short(line)}”加粗", False, at(line))
    if not bold:
        yield Words("没有加粗的字", True)


def _is_bold(glyph: Glyph) -> bool:
    return glyph.style.bold or is_bold(glyph.style.font)


def _short(line: Line) -> str:
    return line.words if len(line.words) <= _SHORT else line.words[:_SHORT] + "…"


_SHORT = 10


# -- punctuation (9) --------------------------------------------------------------------


def no_closing_first(seen: Recognised) -> Iterator[Reading]:
    """Lines that begin with a mark which belongs to what stands before it."""
    yield from _edges(seen, lambda line: line.text[0] in CLOSING, "行首没有句读和后括号")


def no_opening_last(seen: Recognised) -> Iterator[Reading]:
    """Lines that end with a mark which belongs to what comes next."""
    yield from _edges(seen, lambda line: line.text[-1] in OPENING, "行末没有前括号")


def _edges(seen: Recognised, wrong: Callable[[Line], bool], right: str) -> Iterator[Reading]:
    # Where a column has room for a character a line, no mark can stay with what it belongs to.
    upright = {
        line
        for cell in seen.cells
        if len(cell.lines) > 1 and all(len(line.text) == 1 for line in cell.lines)
        for line in cell.lines
    }
    lines = [line for line in _words_of(seen) if wrong(line) and line not in upright]
    for line in lines:
        yield Words(f"“{_short(line)}”", False, at(line))
    if not lines:
        yield Words(right, True)


def number_whole(seen: Recognised) -> Iterator[Reading]:
    """Numbers of which a part stands on the next line, in text and in cells of tables."""
    texts = (pairwise(paragraph.lines) for paragraph in paragraphs(seen))
    torn = [
        (above, below)
        for pairs in texts
        for above, below in pairs
        if _tears_number(above, below)
        and any(is_chinese(glyph.character) for glyph in above.glyphs)
    ]
    torn += [
        (above, below)
        for cell in seen.cells
        for above, below in pairwise(cell.lines)
        if _tears_number(above, below)
    ]
    for above, below in torn:
        yield Words(f"“{above.words[-4:]}／{below.words[:4]}”", False, at(below))
    if not torn:
        yield Words("没有拆开的数字", True)


def _tears_number(above: Line, below: Line) -> bool:
    return bool(re.search(r"[0-9.]$", above.text) and re.match(r"[0-9.%％]", below.text))


# -- the file ---------------------------------------------------------------------------


def fonts_embedded(seen: Recognised) -> Iterator[Reading]:
    """Fonts that the file names and does not hold."""
    styles = {glyph.style for page in seen.pages for glyph in page.glyphs}
    lacking = sorted({style.font for style in styles if not style.embedded})
    yield Words("、".join(lacking) + "没有嵌入" if lacking else "全部嵌入", not lacking)


def text_extractable(seen: Recognised) -> Iterator[Reading]:
    """Characters of which the file does not say what they are."""
    lost = sum(page.lost for page in seen.pages)
    yield Words(f"{lost} 个字取不出" if lost else "全部取得出", not lost)


# -- what several share -----------------------------------------------------------------


def _running(seen: Recognised) -> list[Line]:
    return [line for line in seen.of(Part.BODY) if not seen.page(line.page).landscape]


def _words_of(seen: Recognised) -> list[Line]:
    lines = seen.of_all((*TEXT, *_WITH_WORDS))
    lines += [line for cell in seen.cells for line in cell.lines]
    return [line for line in lines if line.text.strip(BLANKS)]


_WITH_WORDS = (
    Part.TITLE,
    Part.SUBTITLE,
    Part.RECIPIENTS,
    Part.NOTES,
    Part.FOOTNOTES,
    Part.TABLE_WORDS,
    Part.IMPRINT,
)


def _upright_pages(seen: Recognised) -> list[Page]:
    return [page for page in seen.pages if not page.landscape]


def _text_on(seen: Recognised, page: Page) -> list[Line]:
    return _texts(seen)[page.number]


@keeps_latest  # asked for every page
def _texts(seen: Recognised) -> dict[int, list[Line]]:
    """The lines of text by their page."""
    pages: dict[int, list[Line]] = {page.number: [] for page in seen.pages}
    for line in filter(is_text, seen.of_all((Part.RECIPIENTS, *TEXT))):
        pages[line.page].append(line)
    return pages


def _first_of_pages(seen: Recognised) -> list[Line]:
    """The first line of each page after the first, where it is text of 3号."""
    firsts = {line.page: line for line in reversed(_content(seen))}
    flowing = set(seen.of_all((Part.ATTACHMENT, *TEXT)))
    return [
        line
        for page, line in sorted(firsts.items())
        if page > 1 and line in flowing and is_text(line) and not seen.page(page).landscape
    ]


def _content(seen: Recognised) -> list[Line]:
    """All lines but page numbers, in reading order."""
    numbers = set(seen.of(Part.PAGE_NUMBER))
    return [line for line in seen.lines if line not in numbers]


def _full_pages(seen: Recognised) -> list[tuple[Line, Line]]:
    """First and last line of each page of text that goes on, as the same text, on the next.

    One that ends early, as before a heading that is kept with its text, is none.
    """
    begun = {section.page for section in seen.sections}
    first = {line.page: line for line in _first_of_pages(seen)}
    body = set(seen.of_all((Part.BODY, Part.NAMES)))
    last = {line.page: line for line in _content(seen)}
    return [
        (line, last[page])
        for page, line in first.items()
        if page + 1 in first
        and page + 1 not in begun
        and last[page] in body
        and is_text(last[page])
        and not _may_end_early(seen, last[page], first[page + 1])
    ]


def _may_end_early(seen: Recognised, last: Line, following: Line) -> bool:
    """Whether a page has room for another line that its text may have been kept from."""
    if last.bottom + seen.frame.pitch > STANDARD.bottom + thresholds.UNEVEN:
        return False
    goes_along = [  # with the signature (7.3.5.5)
        line
        for date in seen.of(Part.DATE)
        if date.page == following.page
        for line in _text_on(seen, seen.page(date.page))
        if line.baseline < date.baseline
    ]
    return (
        _is_line_of_its_own(seen, following)
        or _are_one_paragraph(seen, goes_along)
        or _is_noted(seen, following)
    )


def _is_noted(seen: Recognised, line: Line) -> bool:
    """Whether a line holds the mark of a note that stands at the foot of its page."""
    small = line.size.pt * thresholds.SHIFTED_SIZE
    marks = any(glyph.style.size < small for glyph in line.glyphs)
    return marks and any(note.page == line.page for note in seen.of(Part.FOOTNOTES))


def _is_line_of_its_own(seen: Recognised, line: Line) -> bool:
    """Whether a line is a whole paragraph, as a heading is that is kept with its text."""
    paragraph = _paragraph_of(seen).get(line)
    return paragraph is None or len(paragraph.lines) == 1


def _are_one_paragraph(seen: Recognised, lines: list[Line]) -> bool:
    return len({_paragraph_of(seen).get(line) for line in lines}) == 1


@keeps_latest
def _paragraph_of(seen: Recognised) -> dict[Line, Paragraph]:
    """The paragraph of each line of text."""
    return {line: paragraph for paragraph in paragraphs(seen) for line in paragraph.lines}


MEASURES: tuple[Measure, ...] = (
    paper_width,
    paper_height,
    head_margin,
    binding_margin,
    type_area_width,
    type_area_height,
    lines_per_page,
    characters_per_line,
    line_pitch,
    text_size,
    text_face,
    text_black,
    no_bold,
    no_closing_first,
    no_opening_last,
    number_whole,
    fonts_embedded,
    text_extractable,
)
