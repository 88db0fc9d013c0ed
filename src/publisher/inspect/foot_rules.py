"""Recognised elements → readings of 版记, page numbers and turned pages (clauses 7.4, 7.5, 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.inspect import thresholds
from publisher.inspect.area import LANDSCAPE, STANDARD
from publisher.inspect.cells import table_boxes
from publisher.inspect.faces import face_of
from publisher.inspect.lines import Line, joined
from publisher.inspect.pages import DASHES, NO_BOX, Box, Page
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
    down,
    in_face,
    length_of,
    missing,
    of_size,
)
from publisher.inspect.recognised import Part, Recognised
from publisher.inspect.thresholds import ALIGNED
from publisher.latest import keeps_latest
from publisher.model import NumberForm, NumberPlace
from publisher.standard import FANG, PLACE_TOLERANCE, SONG

# -- 版记 -------------------------------------------------------------------------------


def _page_of_imprint(seen: Recognised) -> int:
    return seen.of(Part.IMPRINT)[0].page


def _no_lines(seen: Recognised) -> Iterator[Reading]:
    """That there is no 版记, or that it has no lines."""
    if not seen.of(Part.IMPRINT):
        yield missing(Part.IMPRINT)
    elif not seen.imprint_strokes:
        yield Words("没有分隔线", False, at(seen.of(Part.IMPRINT)[0]))


def imprint_line_width(seen: Recognised) -> Iterator[Reading]:
    """How long each line is."""
    yield from _no_lines(seen)
    for stroke in seen.imprint_strokes:
        yield length_of(stroke, _page_of_imprint(seen))


def imprint_outer_weight(seen: Recognised) -> Iterator[Reading]:
    """How thick the first and the last line are."""
    yield from _no_lines(seen)
    for stroke in (*seen.imprint_strokes[:1], *seen.imprint_strokes[1:][-1:]):
        yield Number(stroke.weight, along(stroke, _page_of_imprint(seen)))


def imprint_inner_weight(seen: Recognised) -> Iterator[Reading]:
    """How thick the lines between are."""
    inner = seen.imprint_strokes[1:-1]
    for stroke in inner:
        yield Number(stroke.weight, along(stroke, _page_of_imprint(seen)))
    if not inner:
        yield Absent("版记没有中间的分隔线")


def imprint_bottom(seen: Recognised) -> Iterator[Reading]:
    """From the paper's upper edge down to the last line."""
    yield from _no_lines(seen)
    for stroke in seen.imprint_strokes[-1:]:
        left, bottom = stroke.box.left, stroke.box.bottom
        miss = Box(left, STANDARD.bottom, left, bottom)
        yield Number(bottom, along(stroke, _page_of_imprint(seen), miss))


def imprint_last_page(seen: Recognised) -> Iterator[Reading]:
    """On which page it is, of how many."""
    for line in seen.of(Part.IMPRINT)[:1]:
        said = f"在第 {line.page} 面，共 {len(seen.pages)} 面"
        yield Words(said, line.page == len(seen.pages), at(line))


def imprint_even_page(seen: Recognised) -> Iterator[Reading]:
    """Whether its page is even; a file does not tell whether the paper has one printed side."""
    for line in seen.of(Part.IMPRINT)[:1]:
        odd = line.page % 2
        said = f"在第 {line.page} 面" + ("（单面印刷的不受此限，文件中看不出）" if odd else "")
        yield Words(said, not odd, at(line))


def imprint_size(seen: Recognised) -> Iterator[Reading]:
    """The size of each line."""
    yield from of_size(seen.of(Part.IMPRINT))


def imprint_face(seen: Recognised) -> Iterator[Reading]:
    """In what each line is set."""
    yield from in_face(seen.of(Part.IMPRINT), FANG)


def _copies(seen: Recognised) -> list[Line]:
    """抄送： and the lines on which its organs go on."""
    lines = seen.of(Part.IMPRINT)
    starts = [index for index, line in enumerate(lines) if re.match("抄送|抄报|分送", line.words)]
    if not starts:
        return []
    printed = {line.baseline for line in lines if line.words.endswith("印发")}
    return [line for line in lines[starts[0] :] if line.baseline not in printed]


def copies_form(seen: Recognised) -> Iterator[Reading]:
    """Its colon and its full stop."""
    lines = _copies(seen)
    if not lines:
        yield Absent("本文没有抄送机关")
        return
    words = joined(lines)
    holds = bool(re.fullmatch(r"抄送：.+。", words))
    yield Words(f"“{words[:3]}…{words[-1:]}”", holds, at(lines[0]))


def copies_place(seen: Recognised) -> Iterator[Reading]:
    """How far it is from either side, in its own characters, and how its lines are aligned."""
    lines = _copies(seen)
    if not lines:
        yield Absent("本文没有抄送机关")
        return
    first = lines[0]
    yield Number((first.left - seen.frame.left) / first.size, at(first))
    start = first.glyphs[3].left if len(first.glyphs) > 3 else first.left
    for line in lines[1:]:
        if abs(line.left - start) > line.size * ALIGNED:
            yield Words("回行没有与冒号后的首字对齐", False, at(line))
    widest = max(lines, key=lambda line: line.inner_right)
    if (seen.frame.right - widest.inner_right) / widest.size < 1 - ALIGNED:
        yield Words("右边没有空一字", False, at(widest))


def printed_place(seen: Recognised) -> Iterator[Reading]:
    """How far 印发机关 is from the left and 印发日期 from the right, in their own characters."""
    date = _printed_date(seen)
    if date is None:
        yield Absent("本文没有印发日期")
        return
    organ = next((line for line in seen.of(Part.IMPRINT) if _beside(line, date)), None)
    if organ:
        yield Number((organ.left - seen.frame.left) / organ.size, at(organ))
    yield Number((seen.frame.right - date.right) / date.size, at(date))
    below = [line for line in seen.of(Part.IMPRINT) if line.top > date.bottom]
    if below:
        yield Words("不在末条分隔线之上", False, at(below[0]))


def _printed_date(seen: Recognised) -> Line | None:
    dates = [line for line in seen.of(Part.IMPRINT) if line.words.endswith("印发")]
    return dates[-1] if dates else None


def _beside(line: Line, date: Line) -> bool:
    return line is not date and abs(line.baseline - date.baseline) < PLACE_TOLERANCE


def printed_date_form(seen: Recognised) -> Iterator[Reading]:
    """The characters of 印发日期."""
    date = _printed_date(seen)
    if date is None:
        yield Absent("本文没有印发日期")
        return
    pattern = r"[12][0-9]{3}年([1-9]|1[0-2])月([1-9]|[12][0-9]|3[01])日印发"
    yield Words(date.words, bool(re.search(pattern + "$", date.words)), at(date))


# -- 页码 -------------------------------------------------------------------------------


def _numbers(seen: Recognised) -> dict[int, Line]:
    return {line.page: line for line in seen.of(Part.PAGE_NUMBER)}


def _printed(line: Line) -> int:
    return int(re.sub("[^0-9]", "", line.words))


def _turned(line: Line) -> bool:
    return line.style.turned != 0


def form_of(line: Line) -> NumberForm | None:
    """How a page number is written; None where it is in no way that is known."""
    return next((form for form, like in _FORMS.items() if like.fullmatch(line.words)), None)


_FORMS = {
    NumberForm.DASHED: re.compile("[—―─][0-9]+[—―─]"),
    NumberForm.BARE: re.compile("[0-9]+"),
    NumberForm.SPELLED: re.compile("第[0-9]+页"),
}


def page_number_form(seen: Recognised) -> Iterator[Reading]:
    """Digits between two dashes."""
    for line in _numbers(seen).values():
        form = form_of(line)
        is_own = form is seen.area.number_form
        yield Words(line.words, form is NumberForm.DASHED, at(line), is_own)
    if not all(_may_be_bare(seen, page.number) for page in seen.pages) and not _numbers(seen):
        yield Words("没有页码", False)


def page_number_size(seen: Recognised) -> Iterator[Reading]:
    """The size of each."""
    yield from of_size(_numbers(seen).values())


def page_number_face(seen: Recognised) -> Iterator[Reading]:
    """In what the digits are set."""
    for line in _numbers(seen).values():
        fonts = {glyph.style.font for glyph in line.glyphs if glyph.character.isdigit()}
        yield Words("、".join(sorted(fonts)), {face_of(font) for font in fonts} == {SONG}, at(line))


def page_number_gap(seen: Recognised) -> Iterator[Reading]:
    """From the lower edge of the 版心 to the dash; on a page turned sideways that edge is left."""
    for line in _numbers(seen).values():
        dash = next((glyph for glyph in line.glyphs if glyph.character in DASHES), None)
        if dash is None:
            yield Hidden("页码没有一字线")
        elif _turned(line):
            middle, edge = dash.ink_middle, LANDSCAPE.left
            away = Box(edge, dash.baseline, middle, dash.baseline)
            yield Number(abs(edge - middle), _lying(line, away))
        elif not seen.page(line.page).landscape:
            bottom, middle = STANDARD.bottom, dash.ink_middle
            yield Number(middle - bottom, at(line, down(line, bottom, middle)))


def _lying(line: Line, distance: Box | None = None) -> Spot:
    """The place of a line that lies on its side."""
    return Spot(line.page, _lying_box(line), distance)


def _lying_box(line: Line) -> Box:
    """Half a character on both sides of its baseline, and from its one end to the other."""
    places, half = [glyph.left for glyph in line.glyphs], line.size * 0.5
    ends = [end for glyph in line.glyphs for end in (glyph.baseline, glyph.right)]
    return Box(min(places) - half, min(ends), max(places) + half, max(ends))


def page_number_side(seen: Recognised) -> Iterator[Reading]:
    """Odd ones right, even ones left, on upright pages."""
    for number, line in _numbers(seen).items():
        if seen.page(number).landscape:
            continue
        right = line.centre > seen.page(number).width * 0.5
        centred = abs(line.centre - seen.frame.centre) < line.size
        side = "居中" if centred else ("居右" if right else "居左")
        wanted = "居右" if _printed(line) % 2 else "居左"
        is_own = centred and seen.area.number_place is NumberPlace.CENTRE
        yield Words(f"第 {_printed(line)} 页{side}", side == wanted, at(line), is_own)


def page_number_indent(seen: Recognised) -> Iterator[Reading]:
    """How far each is from its side of the 版心, in its own characters."""
    if seen.area.number_place is NumberPlace.CENTRE:
        yield Absent("本单位的页码居中")
        return
    for number, line in _numbers(seen).items():
        if seen.page(number).landscape:
            continue
        right = line.centre > seen.frame.centre
        room = seen.frame.right - line.right if right else line.left - seen.frame.left
        edge, end = (seen.frame.right, line.right) if right else (seen.frame.left, line.left)
        yield Number(room / line.size, at(line, across(line, edge, end)))


def page_number_sequence(seen: Recognised) -> Iterator[Reading]:
    """Whether numbers go on from page to page, those of attachments too."""
    numbers = _numbers(seen)
    wrong = [line for number, line in numbers.items() if _printed(line) != number]
    bare = [page.number for page in seen.pages if page.number not in numbers]
    bare = [number for number in bare if not _may_be_bare(seen, number)]
    for line in wrong:
        yield Words(f"第 {line.page} 面印的是 {_printed(line)}", False, at(line))
    if bare and numbers:
        yield Words(f"第 {'、'.join(map(str, bare))} 面没有页码", False, Spot(bare[0], NO_BOX))
    if numbers and not wrong and not bare:
        yield Words(f"1 至 {max(map(_printed, numbers.values()))} 连续", True)


def _may_be_bare(seen: Recognised, number: int) -> bool:
    """Page 1 of a 信函, covers, blank pages and the page of the 版记 alone."""
    is_cover = number in {line.page for line in seen.of(Part.COVER)}
    is_head = number == 1 and seen.form.value == "信函"
    return is_head or is_cover or number in _without_text(seen)


@keeps_latest  # asked for every page
def _without_text(seen: Recognised) -> set[int]:
    """Pages on which nothing stands but the 版记, if that."""
    skipped = {line for part in (Part.PAGE_NUMBER, Part.IMPRINT) for line in seen.of(part)}
    filled = {line.page for line in seen.lines if line not in skipped}
    filled |= {page.number for page in seen.pages if page.placed or page.pictures}
    return {page.number for page in seen.pages} - filled


def page_number_imprint(seen: Recognised) -> Iterator[Reading]:
    """Whether a blank page bears a number, or the page of the 版记 after one."""
    blank = _without_text(seen) - {line.page for line in seen.of(Part.IMPRINT)}
    bare = blank | {number for number in _without_text(seen) if number - 1 in blank}
    if not bare:
        yield Absent("版记之前没有空白页")
    for number in sorted(bare):
        line = _numbers(seen).get(number)
        said = f"第 {number} 面" + ("有页码" if line else "没有页码")
        yield Words(said, line is None, at(line) if line else Spot(number, NO_BOX))


# -- pages turned sideways ----------------------------------------------------------------


def _sideways(seen: Recognised) -> list[Page]:
    return [page for page in seen.pages if page.landscape]


_NONE_SIDEWAYS = Absent("本文没有横排页")


def landscape_head(seen: Recognised) -> Iterator[Reading]:
    """Which edge of the upright page the head of the table is at: it must be the left one.

    That is the binding side of an odd page and the outer side of an even one. The page number says
    which way round the sheet is bound; where the page itself is turned, that says it.
    """
    pages = _sideways(seen)
    if not pages:
        yield _NONE_SIDEWAYS
    for page in pages:
        number = _numbers(seen).get(page.number)
        place = Spot(page.number, page.box)
        if page.turned:
            yield Words("表头在左" if page.turned == 1 else "表头在右", page.turned == 1, place)
        elif number is None or not _turned(number):
            yield Hidden("页码不在规定的位置，纸往哪边转看不出")
        else:
            left = number.left < page.width * 0.5
            yield Words("表头在左" if left else "表头在右", left, _lying(number))


def landscape_number(seen: Recognised) -> Iterator[Reading]:
    """Where the number is on a page turned sideways: on its left edge, odd ones at the bottom."""
    pages = _sideways(seen)
    if not pages:
        yield _NONE_SIDEWAYS
    for page in pages:
        number = _numbers(seen).get(page.number)
        if number is None:
            if not _may_be_bare(seen, page.number):
                yield Words(f"第 {page.number} 面没有页码", False, Spot(page.number, NO_BOX))
        elif not _turned(number):
            yield Words(f"第 {page.number} 面的页码在横页的下边", False, at(number))
        else:
            is_centred = seen.area.number_place is NumberPlace.CENTRE
            yield _lying_number(page, number, is_centred=is_centred)


def _lying_number(page: Page, line: Line, *, is_centred: bool) -> Words:
    """On the left edge, one character in: odd ones from its lower end, even ones from its upper.

    Or in the middle of it, where the bureau has it so.
    """
    box, odd = _lying_box(line), bool(_printed(line) % 2)
    room = (LANDSCAPE.bottom - box.bottom if odd else box.top - LANDSCAPE.top) / line.size
    on_left = line.left < LANDSCAPE.left
    said = f"第 {page.number} 面的页码在横页{'左' if on_left else '右'}边，"
    said += f"距{'下' if odd else '上'}端 {room:.1f} 字"
    beside = abs((box.top + box.bottom) * 0.5 - (LANDSCAPE.top + LANDSCAPE.bottom) * 0.5)
    is_own = is_centred and on_left and beside < line.size
    return Words(said, on_left and abs(room - 1) <= ALIGNED, _lying(line), is_own)


def landscape_area(seen: Recognised) -> Iterator[Reading]:
    """Whether the table is inside the 版心 of the upright page, turned."""
    pages = _sideways(seen)
    if not pages:
        yield _NONE_SIDEWAYS
    area = LANDSCAPE
    for page in pages:
        for box in table_boxes(page):
            beside = (area.left - box.left, box.right - area.left - area.width)
            over = max(*beside, area.top - box.top, box.bottom - area.bottom)
            is_over = over > thresholds.OUTSIDE
            said = f"超出 {over.mm:.1f} mm" if is_over else "在版心之内"
            yield Words(said, over <= PLACE_TOLERANCE, Spot(page.number, box))


MEASURES: tuple[Measure, ...] = (
    imprint_line_width,
    imprint_outer_weight,
    imprint_inner_weight,
    imprint_bottom,
    imprint_last_page,
    imprint_even_page,
    imprint_size,
    imprint_face,
    copies_form,
    copies_place,
    printed_place,
    printed_date_form,
    page_number_form,
    page_number_size,
    page_number_face,
    page_number_gap,
    page_number_side,
    page_number_indent,
    page_number_sequence,
    page_number_imprint,
    landscape_head,
    landscape_number,
    landscape_area,
)
