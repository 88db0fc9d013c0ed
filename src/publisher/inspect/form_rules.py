"""Recognised elements → readings of what is peculiar to 信函, 命令 and 纪要 (clause 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher import standard
from publisher.inspect.colors import hexadecimal, is_red
from publisher.inspect.faces import is_chinese
from publisher.inspect.head_rules import below_mark, mark_below
from publisher.inspect.lines import Line, is_text, joined
from publisher.inspect.pages import Box, Stroke
from publisher.inspect.readings import (
    Absent,
    Hidden,
    Measure,
    Number,
    Reading,
    Words,
    along,
    at,
    fonts_of,
    length_of,
    missing,
    off_centre,
    set_in,
)
from publisher.inspect.recognised import Part, Recognised
from publisher.inspect.thresholds import ALIGNED
from publisher.standard import FANG, HEI, NOTHING

# -- 信函 -------------------------------------------------------------------------------


def _pairs(seen: Recognised) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """The strokes of the first double line and of the last, each from the top down."""
    half = seen.page(1).height * 0.5
    return (
        tuple(stroke for stroke in seen.red_strokes if stroke.middle < half),
        tuple(stroke for stroke in seen.red_strokes if stroke.middle >= half),
    )


def letter_mark_top(seen: Recognised) -> Iterator[Reading]:
    """From the paper's upper edge to where the mark's characters begin."""
    yield from mark_below(seen, NOTHING)


def letter_line_widths(seen: Recognised) -> Iterator[Reading]:
    """How long each stroke is; that a double line is not there is a deviation too."""
    for name, strokes in zip(("第一条", "第二条"), _pairs(seen), strict=True):
        if len(strokes) < 2:
            yield Words(f"{name}双线只有 {len(strokes)} 道", False)
        for stroke in strokes:
            yield length_of(stroke, 1)


def letter_lines_centred(seen: Recognised) -> Iterator[Reading]:
    """How far the middle of each stroke is from that of the paper."""
    centre = seen.page(1).width * 0.5
    for stroke in seen.red_strokes:
        yield Number(abs(stroke.centre - centre), along(stroke, 1))


def letter_lines_red(seen: Recognised) -> Iterator[Reading]:
    """The colour of each stroke."""
    for stroke in seen.red_strokes:
        yield Words(hexadecimal(stroke.color), is_red(stroke.color), along(stroke, 1))


def letter_first_line(seen: Recognised) -> Iterator[Reading]:
    """From the em box of the mark down to the first double line."""
    first, _ = _pairs(seen)
    box = seen.mark_box
    for stroke in first[:1]:
        if not box:
            return
        bottom, top, middle = box.bottom, stroke.box.top, (box.left + box.right) * 0.5
        yield Number(top - bottom, along(stroke, 1, Box(middle, bottom, middle, top)))


def letter_last_line(seen: Recognised) -> Iterator[Reading]:
    """From the last double line down to the paper's lower edge; the nearer of its edges counts.

    The standard says that the double line stands there, and not which of its edges does.
    """
    _, last = _pairs(seen)
    height, wanted = seen.page(1).height, standard.LETTER_LAST_LINE_HEIGHT
    if last:
        edges = (last[0].box.top, last[-1].box.bottom)
        edge = min(edges, key=lambda edge: abs(height - edge - wanted))
        below = Box(seen.frame.centre, edge, seen.frame.centre, height)
        yield Number(height - edge, along(last[-1], 1, below))


def letter_line_weights(seen: Recognised) -> Iterator[Reading]:
    """The first is thick above thin, the last thin above thick."""
    first, last = (tuple(stroke.weight for stroke in strokes) for strokes in _pairs(seen))
    if len(first) == len(last) == 2:
        said = f"上 {first[0].mm:.2f}／{first[1].mm:.2f}，下 {last[0].mm:.2f}／{last[1].mm:.2f} mm"
        yield Words(said, first[0] > first[1] and last[0] < last[1], along(seen.red_strokes[0], 1))


def letter_number(seen: Recognised) -> Iterator[Reading]:
    """Below the first double line, flush right."""
    first, _ = _pairs(seen)
    for line in seen.of(Part.NUMBER)[:1]:
        below = not first or line.top > first[-1].middle
        said = f"右空 {seen.indent_right(line):.1f} 字"
        yield Words(said, below and abs(seen.indent_right(line)) <= ALIGNED, at(line))


def letter_first_page(seen: Recognised) -> Iterator[Reading]:
    """Whether page 1 bears a number."""
    numbered = [line for line in seen.of(Part.PAGE_NUMBER) if line.page == 1]
    yield Words(
        "首页有页码" if numbered else "首页没有页码",
        not numbered,
        at(numbered[0]) if numbered else None,
    )


def letter_imprint(seen: Recognised) -> Iterator[Reading]:
    """The 版记 has neither lines nor 印发."""
    for line in seen.of(Part.IMPRINT)[:1]:
        printed = any(row.words.endswith("印发") for row in seen.of(Part.IMPRINT))
        wrong = [
            words
            for words, is_so in (("分隔线", seen.imprint_strokes), ("印发日期", printed))
            if is_so
        ]
        yield Words(
            "有" + "、".join(wrong) if wrong else "没有分隔线和印发日期", not wrong, at(line)
        )


# -- 命令 -------------------------------------------------------------------------------


def order_mark_top(seen: Recognised) -> Iterator[Reading]:
    """From the top of the 版心 to where the mark's characters begin."""
    yield from mark_below(seen, seen.frame.top)


def order_number_place(seen: Recognised) -> Iterator[Reading]:
    """Blank lines between the mark and 第N号."""
    for line in seen.of(Part.NUMBER)[:1] if seen.mark_box else ():
        yield below_mark(seen, line)


def order_number_centred(seen: Recognised) -> Iterator[Reading]:
    """How far the middle of 第N号 is from that of the 版心."""
    yield from off_centre(seen, seen.of(Part.NUMBER)[:1])


def order_body_place(seen: Recognised) -> Iterator[Reading]:
    """Blank lines between 第N号 and the text."""
    for number, line in zip(seen.of(Part.NUMBER)[:1], seen.of(Part.BODY)[:1], strict=False):
        between = Box(line.left, number.bottom, line.left, line.top)
        yield Number(seen.blank_lines(number, line), at(line, between))


# -- 纪要 -------------------------------------------------------------------------------


def minutes_mark(seen: Recognised) -> Iterator[Reading]:
    """The mark's words."""
    words = joined(seen.of(Part.MARK))
    for line in seen.of(Part.MARK)[:1]:
        yield Words(words, words.endswith("纪要"), at(line))
    if seen.mark_picture:
        yield Hidden("标志是图片，上面的字看不出")


def minutes_labels(seen: Recognised) -> Iterator[Reading]:
    """Labels in 黑体 of 3号, two characters in, with a full-width colon."""
    for line in _labelled(seen):
        glyphs = [glyph for glyph in line.glyphs[:2] if is_chinese(glyph.character)]
        colon = bool(re.match("[^：:]+：", line.words))
        holds = set_in(glyphs, HEI) and colon and is_text(line)
        holds = holds and abs(seen.offset(line) - standard.TEXT_INDENT) <= ALIGNED
        said = f"{line.words[:3]}{fonts_of(glyphs)}，左空 {seen.offset(line):.1f} 字"
        yield Words(said, holds, at(line))
    if not _labelled(seen):
        yield missing(Part.LABELS)


def _labelled(seen: Recognised) -> list[Line]:
    return [line for line in seen.of(Part.LABELS) if re.match("(出席|请假|列席)", line.words)]


def minutes_names(seen: Recognised) -> Iterator[Reading]:
    """Names in 仿宋, turned lines under the first of them."""
    start = NOTHING
    for line in seen.of(Part.LABELS):
        after = [index for index, glyph in enumerate(line.glyphs) if glyph.character in "：:"]
        labelled = bool(re.match("(出席|请假|列席)", line.words)) and bool(after)
        names = line.glyphs[after[0] + 1 :] if labelled else line.glyphs
        shown = [glyph for glyph in names if is_chinese(glyph.character)]
        if labelled and names:
            start = names[0].left
        aligned = labelled or abs(line.left - start) <= line.size * ALIGNED
        if shown:
            yield Words(fonts_of(shown), set_in(shown, FANG) and aligned, at(line))
    if not _labelled(seen):
        yield Absent("本文没有出席、请假、列席")


MEASURES: tuple[Measure, ...] = (
    letter_mark_top,
    letter_line_widths,
    letter_lines_centred,
    letter_lines_red,
    letter_first_line,
    letter_last_line,
    letter_line_weights,
    letter_number,
    letter_first_page,
    letter_imprint,
    order_mark_top,
    order_number_place,
    order_number_centred,
    order_body_place,
    minutes_mark,
    minutes_labels,
    minutes_names,
)
