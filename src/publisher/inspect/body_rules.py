"""Recognised elements → readings of title, text, signature and attachments (clause 7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publisher import standard
from publisher.inspect import thresholds
from publisher.inspect.area import LANDSCAPE
from publisher.inspect.cells import table_boxes
from publisher.inspect.faces import is_chinese
from publisher.inspect.lines import BLANKS, Line, is_text, joined
from publisher.inspect.pages import Box, Glyph
from publisher.inspect.paragraphs import Paragraph, ends_open, goes_on, paragraphs
from publisher.inspect.readings import (
    Absent,
    Hidden,
    Measure,
    Number,
    Reading,
    Words,
    across,
    at,
    down,
    fonts_of,
    in_face,
    missing,
    of_size,
    off_centre,
    set_in,
)
from publisher.inspect.recognised import TEXT, Part, Recognised, Section
from publisher.inspect.thresholds import ALIGNED, Characters
from publisher.latest import keeps_latest
from publisher.model import Seal
from publisher.phrases import torn
from publisher.standard import (
    FANG,
    HEI,
    KAI,
    NOTHING,
    PLACE_TOLERANCE,
    XIAO_BIAO_SONG,
    Length,
    Typeface,
)

# -- 标题 -------------------------------------------------------------------------------


def _titles(seen: Recognised) -> list[Line]:
    return [*seen.of(Part.TITLE), *seen.of(Part.ISSUED_TITLE)]


def title_size(seen: Recognised) -> Iterator[Reading]:
    """The size of each line of the titles of texts."""
    yield from of_size(_titles(seen))


def title_face(seen: Recognised) -> Iterator[Reading]:
    """In what the titles of texts are set."""
    yield from in_face(_titles(seen), XIAO_BIAO_SONG)


def title_place(seen: Recognised) -> Iterator[Reading]:
    """Blank lines from the red line down to the title, but half of what parts two lines."""
    if not seen.red_strokes:
        yield Hidden("没有找到红色分隔线")
        return
    middle = seen.red_strokes[0].middle
    for line in seen.of(Part.TITLE)[:1]:
        leading = (seen.frame.pitch - line.size) * 0.5
        value = (line.top - leading - middle) / seen.frame.pitch
        yield Number(value, at(line, down(line, middle, line.top)))


def title_centred(seen: Recognised) -> Iterator[Reading]:
    """How far the middle of each line is from that of the 版心."""
    yield from off_centre(seen, _titles(seen))


def title_shape(seen: Recognised) -> Iterator[Reading]:
    """What the lengths of a title's lines make: 梯形 and 菱形 are asked for."""
    for lines in (
        seen.of(Part.TITLE),
        *(section.title for section in seen.sections if not section.label),
    ):
        if len(lines) > 1:
            shape = _shape([line.width for line in lines], lines[0].size)
            yield Words(shape, shape in ("梯形", "菱形"), at(lines[0]))
    if len(seen.of(Part.TITLE)) == 1:
        yield Absent("标题只有一行")


def _shape(widths: list[Length], character: Length) -> str:
    """梯形 grows or shrinks line by line; 菱形 grows and then shrinks; half a character counts."""
    steps = [_sign(below - above, character) for above, below in pairwise(widths)]
    moves = [step for step in steps if step]
    if not moves:
        return "矩形"
    turns = [(before, after) for before, after in pairwise(moves) if before != after]
    if not turns:
        return "梯形"
    return "菱形" if turns == [(1, -1)] else "沙漏形或其他形状"


def _sign(difference: Length, character: Length) -> int:
    return 0 if abs(difference) < character * 0.5 else (1 if difference > NOTHING else -1)


def title_words(seen: Recognised) -> Iterator[Reading]:
    """Words that a line of a title tears; that it tears none is not for a program to say."""
    titles = [seen.of(Part.TITLE), *(section.title for section in seen.sections)]
    broken = [lines for lines in titles if len(lines) > 1]
    for lines in broken:
        if all(abs(line.centre - _centre(seen, line.page)) < line.size * 2 for line in lines):
            for number, word in torn([line.words for line in lines]):
                yield Words(f"“{word}”拆在两行", False, at(lines[number]))
    if broken:
        yield Hidden("没有看出拆开的词；词意是否完整，还要人看")
    else:
        yield Absent("标题只有一行")


def title_no_stop(seen: Recognised) -> Iterator[Reading]:
    """The last character of the titles."""
    for lines in (seen.of(Part.TITLE), *(section.title for section in seen.sections)):
        if lines:
            last = lines[-1].text[-1]
            yield Words(f"末字“{last}”", last not in "。，、；：.,;", at(lines[-1]))


# -- 主送机关 ---------------------------------------------------------------------------


def recipients_gap(seen: Recognised) -> Iterator[Reading]:
    """Blank lines between the title and those to whom it goes."""
    title, below = seen.of(Part.TITLE), seen.of(Part.RECIPIENTS)
    if title and below:
        value = (below[0].middle - title[-1].middle) / seen.frame.pitch - 1
        x = below[0].left
        yield Number(value, at(below[0], Box(x, title[-1].bottom, x, below[0].top)))


def recipients_place(seen: Recognised) -> Iterator[Reading]:
    """How far each line is indented, in characters."""
    for line in seen.of(Part.RECIPIENTS):
        yield Number(seen.offset(line), at(line))


def recipients_colon(seen: Recognised) -> Iterator[Reading]:
    """The character at the end."""
    for line in seen.of(Part.RECIPIENTS)[-1:]:
        yield Words(f"末字“{line.text[-1]}”", line.text[-1] == "：", at(line))


# -- 正文 -------------------------------------------------------------------------------


def body_on_first_page(seen: Recognised) -> Iterator[Reading]:
    """How many lines of text stand on page 1; a text may be a table and nothing else."""
    first = [line for line in seen.of_all((*TEXT, Part.TABLE)) if line.page == 1]
    yield Words(f"首页有正文 {len(first)} 行", bool(first), at(first[0]) if first else None)


def paragraph_indent(seen: Recognised) -> Iterator[Reading]:
    """How far the first line of each paragraph is indented, in characters."""
    for paragraph in paragraphs(seen):
        line = paragraph.lines[0]
        if paragraph.indent < thresholds.NOT_A_PARAGRAPH and not _goes_on(seen, paragraph):
            yield Number(paragraph.indent, at(line, _indent(seen, line)))


def _goes_on(seen: Recognised, paragraph: Paragraph) -> bool:
    """Whether it is the rest of one that other lines part: at the top of a page, flush left."""
    if abs(paragraph.indent) >= ALIGNED:
        return False
    line, body = paragraph.lines[0], seen.of(Part.BODY)
    before = (body[index] for index in range(_places(seen)[line] - 1, -1, -1))
    last = next(
        (earlier for earlier in before if (earlier.page, earlier.top) < (line.page, line.top)), None
    )
    return last is None or ends_open(last) or goes_on(seen, line, last)


@keeps_latest
def _places(seen: Recognised) -> dict[Line, int]:
    """Where each line of text stands among them."""
    return {line: index for index, line in enumerate(seen.of(Part.BODY))}


def part_face(seen: Recognised) -> Iterator[Reading]:
    """In what headings of the first level are set, and leads of items; items are text."""
    yield from _level_faces(seen, HEI, 1)


def clause_face(seen: Recognised) -> Iterator[Reading]:
    """In what headings of the second level are set, to their full stop."""
    yield from _level_faces(seen, KAI, 2)


def item_face(seen: Recognised) -> Iterator[Reading]:
    """In what headings of the third and fourth level are set."""
    yield from _level_faces(seen, FANG, 3, 4)


def _level_faces(seen: Recognised, face: Typeface, *levels: int) -> Iterator[Reading]:
    for paragraph in paragraphs(seen):
        glyphs = _chinese(paragraph.heading)
        if paragraph.level in levels and glyphs:
            yield Words(fonts_of(glyphs), set_in(glyphs, face), at(paragraph.lines[0]))
        elif paragraph.level in levels and paragraph.may_be_headed and face is not FANG:
            yield Hidden(f"条目开头的短句是正文还是该用{face.name}的标题，从字体看不出来，要人看")


def _chinese(glyphs: list[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if is_chinese(glyph.character)]


# -- 附件说明 ---------------------------------------------------------------------------

_STOPS = "。，、；："
_NUMBER = r"(?P<number>[0-9]{1,2})[.．](?!(?![0-9]{3})[0-9])"
"""Not that of 2.5亿元, but 2. before a year or 12345热线."""
ENTRY = re.compile(rf"(附件[：:])?({_NUMBER})?(?P<name>.*)")
"""An entry of a 附件说明, of its first line on."""


def _notes(seen: Recognised) -> list[list[Line]]:
    """The lines of each 附件说明: a document has one, and what it issues may have its own."""
    notes: list[list[Line]] = []
    for line in seen.of(Part.NOTES):
        if re.match("附件[：:]", line.words):
            notes.append([])
        if notes:
            notes[-1].append(line)
    return notes


def notes_gap(seen: Recognised) -> Iterator[Reading]:
    """Blank lines between the text and the 附件说明, where both stand on one page."""
    for lines in _notes(seen):
        above = [
            line
            for line in seen.of_all(TEXT)
            if line.page == lines[0].page and line.baseline < lines[0].baseline
        ]
        table = _table_above(seen, lines[0])
        if table and (not above or above[-1].baseline < table):
            # A blank line is one above the line box of the first.
            edge = lines[0].middle - seen.frame.pitch * 0.5
            yield Number((edge - table) / seen.frame.pitch, at(lines[0]))
        elif above:
            yield Number(seen.blank_lines(above[-1], lines[0]), at(lines[0]))
        else:
            yield Hidden("附件说明在一面的开头，上面空几行看不出")


def _table_above(seen: Recognised, line: Line) -> Length | None:
    """Where the last table of a page that is above a line ends, with what is said below it."""
    ends = [box.bottom for box in table_boxes(seen.page(line.page))]
    ends += [said.bottom for said in seen.of(Part.TABLE_WORDS) if said.page == line.page]
    return max((end for end in ends if end < line.top), default=None)


def notes_place(seen: Recognised) -> Iterator[Reading]:
    """How far 附件： is indented, in characters; its colon is full width."""
    for lines in _notes(seen):
        line = lines[0]
        if not line.words.startswith("附件："):
            yield Words("“附件”后不是全角冒号", False, at(line))
        yield Number(seen.offset(line), at(line, _indent(seen, line)))


def _indent(seen: Recognised, line: Line) -> Box:
    return across(line, seen.frame.left, line.left)


def notes_aligned(seen: Recognised) -> Iterator[Reading]:
    """Whether numbers stand under the first number, and turned lines under the first name."""
    for lines in _notes(seen):
        number, name = _starts(lines[0])
        wrong = [
            line
            for line in lines[1:]
            if abs(line.left - (number if _numbered(line) else name)) > line.size * ALIGNED
        ]
        if len(lines) > 1:
            said = f"“{wrong[0].words[:8]}”没有对齐" if wrong else "对齐"
            yield Words(said, not wrong, at(wrong[0] if wrong else lines[0]))
    if _notes(seen):
        yield Absent("附件说明只有一行")


def _starts(line: Line) -> tuple[Length, Length]:
    """Where the number and the name of the first entry begin."""
    glyphs = [glyph for glyph in line.glyphs if glyph.character.strip()]
    entry = glyphs[3:]
    match = re.match(_NUMBER, "".join(glyph.character for glyph in entry))
    named = entry[match.end() :] if match else entry
    first = entry[0].left if entry else line.left
    return first, named[0].left if named else first


def _numbered(line: Line) -> bool:
    return bool(re.match(_NUMBER, line.words))


def notes_no_stop(seen: Recognised) -> Iterator[Reading]:
    """The last character of each entry."""
    for lines in _notes(seen):
        for _, name, line in _entries(lines):
            yield Words(f"末字“{name[-1:]}”", name[-1:] not in tuple(_STOPS), at(line))


def _entries(lines: list[Line]) -> Iterator[tuple[str, str, Line]]:
    """Number, name and last line of each attachment that a 附件说明 names."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _numbered(line):
            groups.append([])
        groups[-1].append(line)
    for group in groups:
        match = ENTRY.fullmatch(joined(group))
        if match and match["name"]:
            yield match["number"] or "", match["name"], group[-1]


# -- 署名 and 成文日期 -------------------------------------------------------------------


def signature_place(seen: Recognised) -> Iterator[Reading]:
    """署名 and date beside the three ways of 7.3.5; a seal or stamp itself is not looked for."""
    names = seen.of(Part.SIGNATURE)
    for date in seen.of(Part.DATE)[:1]:
        right = seen.indent_right(date)
        said = f"日期右空 {right:.1f} 字"
        if names:
            said += f"，署名右空 {seen.indent_right(names[-1]):.1f} 字、" + _beside(
                seen, date, names
            )
        room = across(date, date.right, seen.frame.right)
        yield Words(said, _is_placed(seen, date, names), at(date, room))


def _beside(seen: Recognised, date: Line, names: tuple[Line, ...]) -> str:
    name = names[-1]
    shift = (date.left - name.left) / standard.CHARACTER
    return f"中线偏日期 {abs(name.centre - date.centre).mm:.1f} mm、首字在日期之前 {shift:.1f} 字"


def _is_placed(seen: Recognised, date: Line, names: tuple[Line, ...]) -> bool:
    right = seen.indent_right(date)
    if not names or len(names) > 1 or _is_row(names[0]):
        is_placed = _near(right, standard.SEALED_DATE_INDENT) or _near(right, _UNSEALED)
        return is_placed or _begins_two_right(seen, date, names)
    return bool(_ways(seen, date, names[0]))


def ways_of_signing(seen: Recognised) -> frozenset[Seal]:
    """In which of the three ways of 7.3.5 a single 署名 and the date below it stand."""
    names, dates = seen.of(Part.SIGNATURE), seen.of(Part.DATE)
    if len(names) != 1 or not dates or _is_row(names[0]):
        return frozenset()
    return _ways(seen, dates[0], names[0])


def _ways(seen: Recognised, date: Line, name: Line) -> frozenset[Seal]:
    right, edge = seen.indent_right(date), seen.indent_right(name)
    is_over = abs(name.centre - date.centre) <= PLACE_TOLERANCE * 2 or edge < ALIGNED
    ways = {
        Seal.SEALED: _near(right, standard.SEALED_DATE_INDENT) and is_over,
        Seal.SIGNATURE_STAMP: all(_near(each, standard.STAMP_INDENT) for each in (right, edge)),
        Seal.UNSEALED: _is_unsealed(seen, date, (name,)),
    }
    return frozenset(way for way, is_its in ways.items() if is_its)


def _is_row(line: Line) -> bool:
    """Whether names of several organs share a line, parted by a blank or a gap."""
    return line.width > line.size * thresholds.LONGEST_NAME and any(
        after.left - before.right > line.size * 0.5 or before.character in BLANKS
        for before, after in pairwise(line.glyphs)
    )


def _is_unsealed(seen: Recognised, date: Line, names: tuple[Line, ...]) -> bool:
    """The longer of both two in from the right, the date beginning two after the name."""
    edge = min(seen.indent_right(date), seen.indent_right(names[0]))
    return _near(edge, _UNSEALED) and _begins_two_right(seen, date, names)


def _begins_two_right(seen: Recognised, date: Line, names: tuple[Line, ...]) -> bool:
    first = min((name.left for name in names), default=date.left)
    return _near((date.left - first) / standard.CHARACTER, _UNSEALED)


_UNSEALED = standard.UNSEALED_INDENT


def _near(value: Characters, wanted: Characters) -> bool:
    return abs(value - wanted) <= ALIGNED


def date_form(seen: Recognised) -> Iterator[Reading]:
    """The date's characters."""
    for date in seen.of(Part.DATE):
        pattern = r"[12][0-9]{3}年([1-9]|1[0-2])月([1-9]|[12][0-9]|3[01])日"
        yield Words(date.words, bool(re.fullmatch(pattern, date.words)), at(date))


def signature_with_text(seen: Recognised) -> Iterator[Reading]:
    """Whether text stands on the page of the date."""
    for date in seen.of(Part.DATE)[:1]:
        above = [
            line
            for line in seen.of_all((*TEXT, Part.NOTES, Part.LABELS))
            if line.page == date.page and line.baseline < date.baseline
        ]
        empty = any("此页无正文" in line.words for line in seen.lines)
        said = "用了“此页无正文”" if empty else f"署名之上有正文 {len(above)} 行"
        yield Words(said, bool(above) and not empty, at(date))


def note_form(seen: Recognised) -> Iterator[Reading]:
    """How far the 附注 is indented, in characters; brackets around it; on the next line."""
    lines, dates = seen.of(Part.NOTE), seen.of(Part.DATE)
    if not lines:
        return
    line, words = lines[0], joined(lines)
    if not re.fullmatch("（.*）", words):
        yield Words("没有用全角圆括号括起来", False, at(line))
    if dates and seen.blank_lines(dates[0], line) > thresholds.UNDER_DATE:
        yield Words("不在成文日期的下一行", False, at(line))
    yield Number(seen.offset(line), at(line, _indent(seen, line)))


# -- 附件 -------------------------------------------------------------------------------


def _attached(seen: Recognised) -> list[tuple[Section, Line]]:
    return [(section, section.label) for section in seen.sections if section.label]


def _left_edge(seen: Recognised, page: int) -> Length:
    """The left of the 版心: on a page turned sideways it is the lower edge of an upright one."""
    if seen.page(page).landscape:
        return LANDSCAPE.left
    return seen.frame.left


def _centre(seen: Recognised, page: int) -> Length:
    if seen.page(page).landscape:
        return LANDSCAPE.left + LANDSCAPE.width * 0.5
    return seen.frame.centre


def attachment_label(seen: Recognised) -> Iterator[Reading]:
    """附件 in 黑体 of 3号, flush left."""
    for _, line in _attached(seen):
        glyphs = _chinese(list(line.glyphs))
        away = (line.left - _left_edge(seen, line.page)) / standard.CHARACTER
        holds = set_in(glyphs, HEI) and is_text(line) and abs(away) <= ALIGNED
        said = f"{line.words}，{fonts_of(glyphs)} {line.size.pt:g} 磅，左空 {away:.1f} 字"
        yield Words(said, holds, at(line))


def attachment_first_line(seen: Recognised) -> Iterator[Reading]:
    """附件 on the first line of its page."""
    for _, line in _attached(seen):
        landscape = seen.page(line.page).landscape
        top = LANDSCAPE.top if landscape else seen.frame.top
        lower = line.top - top
        is_first = abs(lower) < thresholds.ON_FIRST_LINE
        between = Box(line.left, top, line.left, line.top)
        yield Words(f"上边到版心上边 {lower.mm:.1f} mm", is_first, at(line, between))


def attachment_title_centred(seen: Recognised) -> Iterator[Reading]:
    """How far the middle of each line of the title is from that of the 版心."""
    for section, _ in _attached(seen):
        centre = _centre(seen, section.page)
        for line in section.title:
            away = across(line, centre, line.centre)
            yield Number(abs(line.centre - centre), at(line, away))


def attachment_title_line(seen: Recognised) -> Iterator[Reading]:
    """On which line of the page the title begins."""
    for section, label in _attached(seen):
        for line in section.title[:1]:
            if line.page != label.page:
                yield Hidden("附件有封面，标题在它的下一面")
                continue
            value = (line.middle - label.middle) / seen.frame.pitch + 1
            yield Number(value, at(line, Box(label.left, label.middle, label.left, line.middle)))


def attachment_titles_agree(seen: Recognised) -> Iterator[Reading]:
    """Whether the attachments are those that the 附件说明 names.

    One that is signed is a document of its own, which keeps its title.
    """
    attached = _attached(seen)
    named = [
        (number, name.rstrip(_STOPS))
        for lines in _notes(seen)
        for number, name, _ in _entries(lines)
    ]
    if not attached:
        yield Absent("附件不在本文件中" if named else "本文没有附件")
        return
    readings = [_agreement(seen, section, label, named) for section, label in attached]
    wrong = any(isinstance(reading, Words) and not reading.holds for reading in readings)
    missing_ones = len(named) - len(attached) - (seen.separate or 0)
    if missing_ones > 0 and seen.separate is not None:
        said = f"附件说明列了 {len(named)} 个，附件有 {len(attached)} 个"
        yield Words(said + (f"，另附 {seen.separate} 个" if seen.separate else ""), False)
    if missing_ones > 0 and seen.separate is None and not wrong:
        yield Hidden("附件说明列的附件有的不在本文件中，是不是另附看不出")
    else:
        yield from readings


def _agreement(
    seen: Recognised, section: Section, label: Line, named: list[tuple[str, str]]
) -> Reading:
    """Whether an attachment is called as the 附件说明 calls it."""
    number = re.sub("[^0-9]", "", label.words)
    title = joined(section.title)
    numbered = [name for of_note, name in named if not number or number == of_note]
    agrees = any(_is_called(title, name) for name in numbered)
    if numbered and not agrees and _is_signed(seen, section):
        return Hidden("附件是单独成文的文件，标题照原件，与附件说明是否一致要人看")
    return Words(f"{label.words} {title}", agrees, at(label))


def _is_signed(seen: Recognised, section: Section) -> bool:
    """Whether 署名 and 成文日期 of its own stand below a text."""
    later = (each.page for each in seen.sections if each.page > section.page)
    end = min(later, default=len(seen.pages) + 1)
    return any(section.page <= line.page < end for line in seen.of(Part.INNER))


def _is_called(title: str, name: str) -> bool:
    """Whether a name is a title, with the organ before 关于 that signed below, if any."""
    return title == name or (title.startswith("关于") and name.endswith(title))


def attachment_full_label(seen: Recognised) -> Iterator[Reading]:
    """What stands before 附件 on the first line of an attachment that is not bound."""
    if not seen.is_attachment:
        yield Absent("本文件不是另附的附件")
        return
    for _, line in _attached(seen)[:1]:
        yield Words(line.words, line.page == 1 and bool(_FULL_LABEL.match(line.words)), at(line))


_FULL_LABEL = re.compile(r"[^0-9〔〕]+〔[12][0-9]{3}〕[1-9][0-9]*号附件|第[^号]+号附件")


def attachment_before_imprint(seen: Recognised) -> Iterator[Reading]:
    """On which page the last attachment begins, and on which the 版记 is."""
    attached, imprint = _attached(seen), seen.of(Part.IMPRINT)
    if not attached or not imprint:
        yield missing(Part.ATTACHMENT if not attached else Part.IMPRINT)
        return
    last = attached[-1][0].page
    said = f"附件在第 {last} 面，版记在第 {imprint[0].page} 面"
    yield Words(said, last <= imprint[0].page, at(imprint[0]))


MEASURES: tuple[Measure, ...] = (
    title_size,
    title_face,
    title_place,
    title_centred,
    title_shape,
    title_words,
    title_no_stop,
    recipients_gap,
    recipients_place,
    recipients_colon,
    body_on_first_page,
    paragraph_indent,
    part_face,
    clause_face,
    item_face,
    notes_gap,
    notes_place,
    notes_aligned,
    notes_no_stop,
    signature_place,
    date_form,
    signature_with_text,
    note_form,
    attachment_label,
    attachment_first_line,
    attachment_title_centred,
    attachment_title_line,
    attachment_titles_agree,
    attachment_full_label,
    attachment_before_imprint,
)
