"""Recognised elements → readings of the head of page 1 (clause 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publisher.inspect.colors import hexadecimal, is_red
from publisher.inspect.lines import BLANKS, Line, is_text, joined
from publisher.inspect.pages import Box, Glyph
from publisher.inspect.readings import (
    Absent,
    Hidden,
    Measure,
    Number,
    Reading,
    Spot,
    Words,
    across,
    along,
    at,
    chinese,
    down,
    fonts_of,
    in_face,
    length_of,
    missing,
    set_in,
)
from publisher.inspect.recognised import Part, Recognised
from publisher.inspect.thresholds import FLUSH
from publisher.rules import LETTER
from publisher.standard import (
    COPY_NUMBER_DIGITS,
    FANG,
    HEI,
    KAI,
    NOTHING,
    NUMBER_INDENT,
    PLACE_TOLERANCE,
    SIGNERS_PER_LINE,
    XIAO_BIAO_SONG,
    Length,
)

# -- 份号, 密级, 紧急程度 ----------------------------------------------------------------


def copy_number_form(seen: Recognised) -> Iterator[Reading]:
    """Six digits of 3号."""
    for line in seen.of(Part.COPY_NUMBER):
        holds = bool(re.fullmatch(f"[0-9]{{{COPY_NUMBER_DIGITS}}}", line.words)) and is_text(line)
        yield Words(f"{line.words}，{line.size.pt:g} 磅", holds, at(line))


def copy_number_place(seen: Recognised) -> Iterator[Reading]:
    """On the first line, flush left; in a 信函 the first line stands elsewhere (10.1)."""
    for line in seen.of(Part.COPY_NUMBER):
        lower = line.top - seen.frame.top
        first = seen.form in LETTER or abs(lower) <= PLACE_TOLERANCE * 2
        holds = first and abs(seen.offset(line)) <= FLUSH
        said = f"左空 {seen.offset(line):.1f} 字，上边到版心上边 {lower.mm:.1f} mm"
        yield Words(said, holds, at(line))


def classification_form(seen: Recognised) -> Iterator[Reading]:
    """黑体 of 3号, flush left, the period after a ★."""
    for line in seen.of(Part.CLASSIFICATION):
        starred = bool(re.fullmatch(r"(绝密|机密|秘密)(★.+)?", line.words))
        yield _registered(seen, line, starred)


def urgency_form(seen: Recognised) -> Iterator[Reading]:
    """黑体 of 3号, flush left."""
    for line in seen.of(Part.URGENCY):
        yield _registered(seen, line, True)


def _registered(seen: Recognised, line: Line, worded: bool) -> Words:
    hei = set_in(chinese([line]), HEI)
    holds = worded and hei and is_text(line) and abs(seen.offset(line)) <= FLUSH
    said = f"{line.words}，{fonts_of(chinese([line]))} {line.size.pt:g} 磅，"
    return Words(said + f"左空 {seen.offset(line):.1f} 字", holds, at(line))


def head_order(seen: Recognised) -> Iterator[Reading]:
    """The three from the top down, a line each."""
    parts = (Part.COPY_NUMBER, Part.CLASSIFICATION, Part.URGENCY)
    lines = [line for part in parts for line in seen.of(part)[:1]]
    if len(lines) < 2:
        yield Absent("没有两项以上，谈不上顺序")
        return
    downward = [line.baseline for line in lines]
    holds = all(below - above > PLACE_TOLERANCE for above, below in pairwise(downward))
    yield Words("、".join(line.words for line in lines), holds, at(lines[0]))


# -- 发文机关标志 ------------------------------------------------------------------------


def mark_top(seen: Recognised) -> Iterator[Reading]:
    """From the top of the 版心 to where the mark's strokes begin, as a ruler finds it."""
    yield from mark_below(seen, seen.frame.top)


def mark_below(seen: Recognised, top: Length) -> Iterator[Reading]:
    """How far below a height the strokes of the mark begin, or the picture that it is."""
    box = seen.mark_box
    if box:
        middle = (box.left + box.right) * 0.5
        yield Number(box.top - top, Spot(1, box, Box(middle, top, middle, box.top)))


def mark_centred(seen: Recognised) -> Iterator[Reading]:
    """How far the middle of the whole mark is from that of the 版心."""
    box = seen.mark_box
    if box:
        middle, centre = (box.left + box.right) * 0.5, seen.frame.centre
        yield Number(abs(middle - centre), Spot(1, box, Box(centre, box.top, middle, box.top)))


def mark_red(seen: Recognised) -> Iterator[Reading]:
    """The mark's colour, judged by its hue: screens show Y80 M80 as #FF0000 or near it."""
    yield from _hidden_in_picture(seen, "颜色")
    for line in seen.of(Part.MARK):
        yield Words(hexadecimal(line.style.color), is_red(line.style.color), at(line))


def mark_face(seen: Recognised) -> Iterator[Reading]:
    """In what the mark is set."""
    yield from _hidden_in_picture(seen, "字体")
    if not seen.mark_picture:
        yield from in_face(seen.of(Part.MARK), XIAO_BIAO_SONG)


def mark_size(seen: Recognised) -> Iterator[Reading]:
    """The size of the mark beside that of the title."""
    title = max((line.size for line in seen.of(Part.TITLE)), default=NOTHING)
    for shown in filter(None, [seen.mark_picture]):
        high = shown.box.height
        said = f"标志是图片，高 {high.mm:.1f} mm，宽 {shown.box.width.mm:.1f} mm"
        yield Words(said, high >= title, Spot(1, shown.box))
    for line in seen.of(Part.MARK)[:1]:
        yield Words(f"{line.size.pt:g} 磅", line.size >= title, at(line))


def _hidden_in_picture(seen: Recognised, what: str) -> Iterator[Hidden]:
    """What nobody measures of a mark that is a picture."""
    if seen.mark_picture:
        yield Hidden(f"标志是图片，{what}看不出")


def _joint(seen: Recognised) -> tuple[list[Line], Line | None]:
    """The names of several organs in the mark, and 文件 beside them; none where there is one."""
    lines = [part for line in seen.of(Part.MARK) for part in _without_suffix(line)]
    suffix = next((line for line in lines if line.words == _SUFFIX), None)
    names = [line for line in lines if line is not suffix]
    return (names, suffix) if len(names) > 1 else ([], None)


def is_joint_mark(seen: Recognised) -> bool:
    """Whether the mark names several organs."""
    return bool(_joint(seen)[0])


_SUFFIX = "文件"


def _without_suffix(line: Line) -> list[Line]:
    """文件 apart from the name on whose line it happens to stand."""
    end = len(line.glyphs) - len(_SUFFIX)
    if not line.text.endswith(_SUFFIX) or end < 1:
        return [line]
    return [Line(line.page, line.glyphs[:end]), Line(line.page, line.glyphs[end:])]


_ALONE = Absent("标志上只有一个机关")


def _alone(seen: Recognised) -> Absent | Hidden:
    return Hidden("标志是图片，上面有几个机关看不出") if seen.mark_picture else _ALONE


def joint_mark_widths(seen: Recognised) -> Iterator[Reading]:
    """Whether the names of the organs begin and end alike."""
    names, _ = _joint(seen)
    if not names:
        yield _alone(seen)
        return
    widths = [line.width for line in names]
    said = "、".join(f"{width.mm:.1f}" for width in widths) + " mm"
    odd = max(names, key=lambda line: abs(line.width - max(widths)))
    yield Words(said, max(widths) - min(widths) <= PLACE_TOLERANCE, at(odd))


def joint_mark_suffix(seen: Recognised) -> Iterator[Reading]:
    """How far the middle of 文件 is above or below that of the names; it stands right of them."""
    names, suffix = _joint(seen)
    if not names or suffix is None:
        yield Absent("标志没有“文件”二字") if names else _alone(seen)
        return
    middle = (min(line.top for line in names) + max(line.bottom for line in names)) * 0.5
    away = Box(suffix.left, middle, suffix.left, suffix.middle)
    if suffix.left < max(line.right for line in names):
        yield Words("不在机关名称右侧", False, at(suffix))
    yield Number(abs(suffix.middle - middle), at(suffix, away))


# -- 发文字号 and 签发人 -----------------------------------------------------------------


_SERIAL = re.compile("(?:[12][0-9]{3}年)?第[1-9][0-9]*号")
_PUBLISHED = re.compile("(?:公告|通告|公报|决议|决定)$")


def number_form(seen: Recognised) -> Iterator[Reading]:
    """机关代字〔2025〕6号; the standard says nothing of serial numbers, as 公告 have them."""
    for line in seen.of(Part.NUMBER):
        if _SERIAL.fullmatch(line.words) and _PUBLISHED.search(joined(seen.of(Part.TITLE))):
            yield Hidden("公告一类按“第几号”编号，标准没有规定写法")
            continue
        pattern = r"[^0-9〔〕第]+〔[12][0-9]{3}〕[1-9][0-9]*号"
        yield Words(line.words, bool(re.fullmatch(pattern, line.words)), at(line))


def number_place(seen: Recognised) -> Iterator[Reading]:
    """Blank lines from the mark down to the first line of 发文字号 and 签发人."""
    lines = [*seen.of(Part.NUMBER), *seen.of(Part.SIGNERS)]
    if not lines or not seen.mark_box:
        yield missing(Part.NUMBER if seen.mark_box else Part.MARK)
        return
    first = min(lines, key=lambda line: line.top)
    yield below_mark(seen, first)


def below_mark(seen: Recognised, line: Line) -> Number:
    """Blank lines between the mark and a line, without half of what parts two lines of text."""
    box = seen.mark_box
    bottom = box.bottom if box else NOTHING
    leading = (seen.frame.pitch - line.size) * 0.5
    value = (line.top - leading - bottom) / seen.frame.pitch
    return Number(value, at(line, down(line, bottom, line.top)))


def number_aligned(seen: Recognised) -> Iterator[Reading]:
    """Centred; with 签发人 one character in, on the line of the last of them."""
    signers = seen.of(Part.SIGNERS)
    for line in seen.of(Part.NUMBER)[:1]:
        if signers:
            last = max(row.baseline for row in signers)
            holds = (
                abs(seen.offset(line) - NUMBER_INDENT) <= FLUSH
                and abs(last - line.baseline) <= PLACE_TOLERANCE
            )
            said = f"左空 {seen.offset(line):.1f} 字，"
            beside = "与" if abs(last - line.baseline) <= PLACE_TOLERANCE else "不与"
            yield Words(said + beside + "最后一个签发人同行", holds, at(line))
        else:
            away = abs(line.centre - seen.frame.centre)
            shown = across(line, seen.frame.centre, line.centre)
            yield Words(f"偏离中线 {away.mm:.1f} mm", away <= PLACE_TOLERANCE, at(line, shown))


def signers_faces(seen: Recognised) -> Iterator[Reading]:
    """仿宋 for the label, 楷体 for the names, both of 3号."""
    for line in seen.of(Part.SIGNERS):
        label, names = _label_and_names(line)
        label_holds = not label or set_in(label, FANG)
        name_holds = not names or set_in(names, KAI)
        said = f"{fonts_of(label)}，{fonts_of(names)}" if label else fonts_of(names)
        yield Words(said, label_holds and name_holds and is_text(line), at(line))


def _label_and_names(line: Line) -> tuple[list[Glyph], list[Glyph]]:
    glyphs = chinese([line])
    return (glyphs[:3], glyphs[3:]) if line.words.startswith("签发人") else ([], glyphs)


def signers_place(seen: Recognised) -> Iterator[Reading]:
    """How far the longest line of names ends from the right edge, in characters."""
    lines = seen.of(Part.SIGNERS)
    if lines:
        line = max(lines, key=lambda row: row.right)
        room = across(line, line.right, seen.frame.right)
        yield Number(seen.indent_right(line), at(line, room))


def signers_aligned(seen: Recognised) -> Iterator[Reading]:
    """Whether the first names of the lines stand under one another, two names a line at most."""
    lines = seen.of(Part.SIGNERS)
    if not lines:
        return
    starts = [_first_name(line) for line in lines]
    many = [line for line in lines if _names_in(line) > SIGNERS_PER_LINE]
    spread = max(starts) - min(starts)
    said = f"{len(lines)} 行，各行第一个姓名相差 {spread.mm:.1f} mm"
    yield Words(said, spread <= PLACE_TOLERANCE and not many, at(lines[-1]))


def _first_name(line: Line) -> Length:
    """Where the first name begins: after the label and its colon."""
    ends = [index for index, glyph in enumerate(line.glyphs) if glyph.character in "：:"]
    rest = line.glyphs[ends[0] + 1 :] if ends else line.glyphs
    shown = [glyph.left for glyph in rest if glyph.character not in BLANKS]
    return shown[0] if shown else line.left


def _names_in(line: Line) -> int:
    """Names parted by two blanks; one of two characters has one blank inside."""
    words = re.split("[：:]", line.text)[-1]
    return len(re.split(f"[{BLANKS}]{{2,}}", words.strip(BLANKS)))


# -- 版头中的分隔线 ----------------------------------------------------------------------

_NO_LINE = Absent("没有找到分隔线")


def red_line_gap(seen: Recognised) -> Iterator[Reading]:
    """From the em box of 发文字号 down to the line."""
    above = [*seen.of(Part.NUMBER), *seen.of(Part.SIGNERS)]
    if not seen.red_strokes:
        yield _NO_LINE
    elif not above:
        yield missing(Part.NUMBER)
    else:
        line, top = max(above, key=lambda line: line.bottom), seen.red_strokes[0].box.top
        yield Number(top - line.bottom, at(line, down(line, line.bottom, top)))


def red_line_width(seen: Recognised) -> Iterator[Reading]:
    """How long the line is."""
    if not seen.red_strokes:
        yield _NO_LINE
    for stroke in seen.red_strokes[:1]:
        yield length_of(stroke, 1)


def red_line_centred(seen: Recognised) -> Iterator[Reading]:
    """How far the middle of the line is from that of the 版心."""
    if not seen.red_strokes:
        yield _NO_LINE
    for stroke in seen.red_strokes[:1]:
        yield Number(abs(stroke.centre - seen.frame.centre), along(stroke, 1))


def red_line_red(seen: Recognised) -> Iterator[Reading]:
    """The line's colour; that there is none is a deviation too."""
    if not seen.red_strokes and seen.mark_box:
        mark = joined(seen.of(Part.MARK))
        said = f"“{mark}”" if mark else "标志的图片"
        yield Words(f"{said}之下没有分隔线", False, Spot(1, seen.mark_box))
    for stroke in seen.red_strokes[:1]:
        yield Words(hexadecimal(stroke.color), is_red(stroke.color), along(stroke, 1))


MEASURES: tuple[Measure, ...] = (
    copy_number_form,
    copy_number_place,
    classification_form,
    urgency_form,
    head_order,
    mark_top,
    mark_centred,
    mark_red,
    mark_face,
    mark_size,
    joint_mark_widths,
    joint_mark_suffix,
    number_form,
    number_place,
    number_aligned,
    signers_faces,
    signers_place,
    signers_aligned,
    red_line_gap,
    red_line_width,
    red_line_centred,
    red_line_red,
)
