"""Pages → which line is which element, told by place, size, colour and words alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise, takewhile
from statistics import median

from publisher import standard
from publisher.files import Unreadable
from publisher.inspect.area import STANDARD, Area
from publisher.inspect.cells import Cell, cells
from publisher.inspect.lines import CLOSING, OPENING, Line, joined, lines_of, turned_lines
from publisher.inspect.pdf import DASHES, Box, Color, Page, Stroke
from publisher.model import Form
from publisher.standard import Size


class Part(Enum):
    """The elements that lines belong to."""

    COPY_NUMBER = "份号"
    CLASSIFICATION = "密级和保密期限"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNERS = "签发人"
    TITLE = "标题"
    RECIPIENTS = "主送机关"
    LABELS = "出席、请假、列席"
    BODY = "正文"
    NOTES = "附件说明"
    SIGNATURE = "署名"
    DATE = "成文日期"
    NOTE = "附注"
    ATTACHMENT = "附件"
    ATTACHMENT_TITLE = "附件标题"
    ISSUED_TITLE = "印发件标题"
    TABLE = "表格"
    IMPRINT = "版记"
    PAGE_NUMBER = "页码"


@dataclass(frozen=True, slots=True)
class Frame:
    """The 版心 that a file itself shows, in millimetres from the paper's upper left corner."""

    left: float
    """Where lines begin."""
    right: float
    """Where the red line ends if that is as wide as it should be; else where full lines do."""
    text_right: float | None
    """Where full lines end; None where there are too few."""
    top: float
    """As it should be; where no page has an allowed 天头, the allowed one that is nearest."""
    pitch: float
    """From line to line."""

    @property
    def centre(self) -> float:
        """Its middle line."""
        return (self.left + self.right) / 2

    @property
    def character(self) -> float:
        """One 字 of the text (3.1): a twenty-eighth of the width that it should have."""
        return standard.TYPE_AREA_WIDTH.mm / standard.CHARACTERS_PER_LINE


TYPE_AREA_BOTTOM = (standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT).mm


@dataclass(frozen=True, slots=True)
class Section:
    """A text with a title after the first: what is issued, or an attachment."""

    page: int
    label: Line | None
    """附件 and its number; None for what is issued."""
    title: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Elements:
    """What was recognised in a file."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    """All upright lines, in reading order."""
    form: Form
    area: Area
    """The 版心 that it should show."""
    frame: Frame
    parts: dict[Part, tuple[Line, ...]]
    sections: tuple[Section, ...]
    red_lines: tuple[Stroke, ...]
    """The lines of the head: one in general, of a 信函 those that stand on page 1."""
    imprint_lines: tuple[Stroke, ...]
    main_pages: frozenset[int]
    """Pages on which the document's own text stands."""
    cells: tuple[Cell, ...] = ()
    """Of its tables, in reading order."""

    def of(self, part: Part) -> tuple[Line, ...]:
        """The lines of an element, in reading order."""
        return self.parts.get(part, ())

    def page(self, number: int) -> Page:
        """A page by its number."""
        return self.pages[number - 1]

    def offset(self, line: Line) -> float:
        """How far a line is indented, in characters of the text."""
        return (line.left - self.frame.left) / self.frame.character

    def indent_right(self, line: Line) -> float:
        """How far a line ends from the right edge, in characters of the text."""
        return (self.frame.right - line.right) / self.frame.character

    def blank_lines(self, above: Line, below: Line) -> float:
        """How many blank lines stand between two, of the text's pitch."""
        return (below.baseline - above.baseline) / self.frame.pitch - 1


def recognise(pages: tuple[Page, ...], area: Area = STANDARD) -> Elements:
    """What stands on the pages; Unreadable where nothing says that it is an official document."""
    return _Recogniser(pages, area).elements()


# -- words and colours ------------------------------------------------------------------

_DATE = re.compile(
    r"([0-9]{2,4}|[〇○零Ｏ一二三四五六七八九]{4})年[0-9一二三四五六七八九十]{1,3}月"
    r"[0-9一二三四五六七八九十]{1,3}日"
)
_NUMBER = re.compile(r".{0,24}[0-9]{4}.{0,3}[0-9]+号|第[0-9一二三四五六七八九十百〇]+[号期次]")
_IMPRINT = re.compile(r"(主送|抄送|抄报|分送|印发)[：:].*|.*日印发")
_ATTACHMENT = re.compile(r"附件[0-9一二三四五六七八九十]*[：:]?")
_NOTES = re.compile(r"附件[：:].*")
_LABELS = re.compile(r"(出席|请假|列席)(人员)?[：:].*")
_CLASSIFIED = re.compile(r"(绝密|机密|秘密).*")
_URGENT = re.compile(r"(特急|加急|特提|平急|急件|紧急).*")
_PAGE_NUMBER = re.compile(rf"[{re.escape(DASHES)}]*[0-9]{{1,4}}[{re.escape(DASHES)}]*")
LARGE_SIZE, TITLE_SIZE = 26.0, 19.0
"""Sizes in points from which a line is taken for a mark, or a title."""
_WIDE = 60.0
"""Lines of the head and of the 版记 are at least so wide; millimetres."""


def is_red(color: Color) -> bool:
    """Whether a colour is the red of Y80 M80, as screens and printers show it."""
    red, green, blue = color
    return red >= 170 and max(green, blue) <= 100 and abs(green - blue) <= 60


def is_text(line: Line) -> bool:
    """Whether a line is of 3号, as text is."""
    return abs(line.size - Size.NO_3.value) <= standard.SIZE_TOLERANCE.pt


def is_date(line: Line) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATE.fullmatch(line.words))


# -- the page's own frame ---------------------------------------------------------------


def _frame(
    texts: list[Line], rules: tuple[Stroke, ...], first_tops: list[float], area: Area
) -> Frame:
    rule = next((one for one in rules if _is_as_wide_as_it_should(one, area)), None)
    left = _edge([line.left for line in texts if line.left < _WIDE], 1, 1)
    wanted = rule.left if rule else area.left
    if left is None or left - wanted > _ONLY_INDENTED:
        left = wanted
    text_right = _right_edge(texts, left, area)
    if rule and abs(rule.left - left) <= standard.PLACE_TOLERANCE.mm:
        right = rule.right
    else:
        right = text_right or left + area.width
    steps = [
        below.baseline - above.baseline
        for above, below in pairwise(texts)
        if above.page == below.page and _LOW < below.baseline - above.baseline < _HIGH
    ]
    pitch = median(steps) if steps else area.pitch
    return Frame(left, right, text_right, _allowed_top(first_tops, area), pitch)


def _right_edge(texts: list[Line], left: float, area: Area) -> float | None:
    """Where full lines end; None where there are too few.

    Lines further in than a paragraph's first are not asked: those of a list need not be full. The
    punctuation at their ends may hang beyond the edge or stand before it; where all of them end
    in punctuation, that is taken to be so which gives the width that should be.
    """
    running = [line for line in texts if line.left - left < _NOT_RUNNING]
    edges = [
        _edge([end for end in ends if end > left + area.width - _SHORTER], -1, _FEW_FULL_LINES)
        for ends in ([line.inner_right for line in running], [line.right for line in running])
    ]
    shown = [edge for edge in edges if edge is not None]
    wanted = left + area.width
    return min(shown, key=lambda edge: abs(edge - wanted), default=None)


def _is_as_wide_as_it_should(rule: Stroke, area: Area) -> bool:
    return abs(rule.width - area.width) <= standard.PLACE_TOLERANCE.mm


_LOW, _HIGH = 6.5, 13.5
"""Pitches of lines that may follow one another in a text; millimetres."""
_ONLY_INDENTED = 5.0
"""Where lines begin so far to the right of the red line, all of them are indented."""
_NOT_RUNNING = 14.0
"""Lines that begin so far to the right of the others belong to lists; millimetres."""
_SHORTER, _FEW_FULL_LINES = 16.0, 3
"""A line that is shorter than the 版心 by more millimetres is not full."""
_SAME = 0.6
"""Edges within so many millimetres are one."""


def _edge(values: list[float], direction: int, few: int) -> float | None:
    """The outermost value that several lines share: the least with 1, the greatest with -1."""
    enough = max(few, len(values) // 20)
    ordered = sorted(direction * value for value in values)
    for index, value in enumerate(ordered):
        end = bisect_right(ordered, value + _SAME)
        if end - index >= enough:
            return direction * median(ordered[index:end])
    return None


def _allowed_top(tops: list[float], area: Area) -> float:
    """Where the 版心 should begin, but a margin that is wrong moves it by what is allowed.

    What stands below is then not told to be wrong too.
    """
    head, tolerance = area.top, standard.MARGIN_TOLERANCE.mm
    nearest = min(tops, key=lambda top: abs(top - head), default=head)
    if abs(nearest - head) <= tolerance:
        return head
    return head + (tolerance if nearest > head else -tolerance)


# -- tables -----------------------------------------------------------------------------


def table_box(page: Page) -> Box | None:
    """Where a table is drawn on a page: what its upright lines enclose."""
    upright = [stroke for stroke in page.strokes if not stroke.horizontal]
    if len(upright) < _FEWEST_UPRIGHTS:
        return None
    return (
        min(stroke.left for stroke in upright),
        min(stroke.top for stroke in upright),
        max(stroke.right for stroke in upright),
        max(stroke.bottom for stroke in upright),
    )


_FEWEST_UPRIGHTS = 3


def _inside(line: Line, box: Box | None) -> bool:
    return (
        bool(box)
        and box is not None
        and (box[0] <= line.centre <= box[2] and box[1] <= line.middle <= box[3])
    )


def _lies_inside(line: Line, box: Box | None) -> bool:
    """Of a line on its side: its characters have one x."""
    return box is not None and box[0] <= line.glyphs[0].x <= box[2]


# -- which line is what -----------------------------------------------------------------


class _Recogniser:
    """Goes through the pages in order and gives each line to an element."""

    def __init__(self, pages: tuple[Page, ...], area: Area) -> None:
        self.pages = pages
        self.area = area
        self.by_page = {page.number: lines_of(page) for page in pages}
        self.lines = [line for lines in self.by_page.values() for line in lines]
        self.parts: dict[Part, list[Line]] = defaultdict(list)
        self.sections: list[Section] = []
        self.taken: set[Line] = set()
        self.main_pages: set[int] = set()
        self.first = self.by_page.get(1, [])
        self.tables = {page.number: table_box(page) for page in pages}
        self.cells: list[Cell] = []

    def elements(self) -> Elements:
        """Each step takes the lines that it knows, and leaves the rest to the next."""
        self._page_numbers()
        self._tables()
        imprint_lines = self._imprint()
        self._mark()
        self.rules = self._rules()
        self.form = self._form()
        if not self.parts[Part.MARK] and not self.rules:
            raise Unreadable(
                "没有认出发文机关标志和红色分隔线，不像一份公文（附件单独成文的不能测量）"
            )
        self.frame = self._measured_frame()
        self._head()
        self._first_title()
        self._sections()
        self._main()
        return Elements(
            self.pages,
            tuple(self.lines),
            self.form,
            self.area,
            self.frame,
            {part: tuple(lines) for part, lines in self.parts.items()},
            tuple(self.sections),
            self.rules,
            imprint_lines,
            frozenset(self.main_pages),
            tuple(self.cells),
        )

    def _take(self, part: Part, *lines: Line) -> None:
        self.parts[part].extend(lines)
        self.taken.update(lines)

    def _left(self, lines: Iterable[Line] | None = None) -> list[Line]:
        """Lines that no element has yet."""
        return [line for line in (self.lines if lines is None else lines) if line not in self.taken]

    # -- furniture of the pages

    def _page_numbers(self) -> None:
        for page in self.pages:
            box, foot = self.tables[page.number], page.height - _FOOT
            near_edge = [
                line
                for line in self.by_page[page.number]
                if line.baseline > foot and not _inside(line, box)
            ]
            lying = [line for line in turned_lines(page) if not _lies_inside(line, box)]
            for line in (*near_edge, *lying):
                if _PAGE_NUMBER.fullmatch(line.words):
                    self._take(Part.PAGE_NUMBER, line)

    def _tables(self) -> None:
        for page in self.pages:
            box = self.tables[page.number]
            inside = [line for line in self._left(self.by_page[page.number]) if _inside(line, box)]
            self._take(Part.TABLE, *inside)
            if inside:
                self.cells += cells(page, inside)

    def _imprint(self) -> tuple[Stroke, ...]:
        """The 版记: from 抄送 or 印发 on the last page that has one; and the lines around it."""
        texts = self._left()
        known = [
            line
            for line in texts
            if _IMPRINT.fullmatch(line.words) and line.baseline > self._height(line) * _UPPER_PART
        ]
        if not known:
            return ()
        page = known[-1].page
        first = min(line.top for line in known if line.page == page)
        lines = [line for line in texts if line.page == page and line.top >= first - _SAME]
        self._take(Part.IMPRINT, *lines)
        last = max(line.bottom for line in lines)
        return tuple(
            stroke
            for stroke in sorted(self.pages[page - 1].strokes, key=lambda one: one.middle)
            if stroke.horizontal
            and stroke.width > _WIDE
            and not is_red(stroke.color)
            and first - _AROUND_IMPRINT <= stroke.middle <= last + _AROUND_IMPRINT
        )

    def _height(self, line: Line) -> float:
        return self.pages[line.page - 1].height

    # -- the head of page 1

    def _mark(self) -> None:
        large = [line for line in self._left(self.first) if line.size >= LARGE_SIZE]
        red = [
            line
            for line in self._left(self.first)
            if is_red(line.style.color) and line.size > TITLE_SIZE
        ]
        self._take(Part.MARK, *(red or large))

    def _rules(self) -> tuple[Stroke, ...]:
        """The lines of the head: red ones, or where there are none the first wide one."""
        wide = sorted(
            (one for one in self.pages[0].strokes if one.horizontal and one.width > _WIDE),
            key=lambda one: one.middle,
        )
        red = tuple(one for one in wide if is_red(one.color))
        top = max((line.bottom for line in self.parts[Part.MARK]), default=0.0)
        box = self.tables[1]
        other = [
            one
            for one in wide
            if top < one.middle < top + _HEAD_REACH
            and not (box and box[1] - _SAME <= one.middle <= box[3] + _SAME)
        ]
        return red or tuple(other[:1] if self.parts[Part.MARK] else ())

    def _form(self) -> Form:
        mark = joined(self.parts[Part.MARK])
        if mark.endswith("纪要"):
            return Form.MINUTES
        if mark.endswith("令"):
            return Form.ORDER
        at_foot = [one for one in self.rules if one.middle > self.pages[0].height - _LETTER_FOOT]
        pair = any(below.middle - above.middle < _PAIR for above, below in pairwise(self.rules))
        return Form.LETTER if at_foot or (pair and not mark.endswith("文件")) else Form.GENERAL

    def _measured_frame(self) -> Frame:
        upright = {page.number for page in self.pages if not page.landscape}
        texts = [line for line in self._left() if is_text(line) and line.page in upright]
        tops = [line.top for line in first_lines(texts, self.area)]
        return _frame(texts, self.rules, tops, self.area)

    def _head(self) -> None:
        """What stands above the end of the head: in general above the red line."""
        mark = self.parts[Part.MARK]
        mark_top = min((line.top for line in mark), default=0.0)
        for line in self._left(self.first):
            if line.bottom <= max(mark_top, self._above_letter()):
                self._registry(line)
        end = self._head_end()
        for line in self._left(self.first):
            if line.top < end:
                self._head_line(line)

    def _above_letter(self) -> float:
        """In a 信函, 份号 and the like stand below the first double line, on the left (10.1)."""
        return self._head_end() if self.form is Form.LETTER else 0.0

    def _registry(self, line: Line) -> None:
        if re.fullmatch(r"[0-9]{3,8}", line.words):
            self._take(Part.COPY_NUMBER, line)
        elif _CLASSIFIED.fullmatch(line.words):
            self._take(Part.CLASSIFICATION, line)
        elif _URGENT.fullmatch(line.words):
            self._take(Part.URGENCY, line)

    def _head_end(self) -> float:
        """Where the title or the text begins, at the latest."""
        mark_bottom = max((line.bottom for line in self.parts[Part.MARK]), default=0.0)
        match self.form:
            case Form.LETTER:
                first = self.rules[0].middle if self.rules else mark_bottom
                titles = [line.top for line in self.first if self._could_be_title(line, first)]
                return min(titles, default=first + self._room())
            case Form.ORDER:
                return mark_bottom + self._room()
            case _:
                below = [one.middle for one in self.rules if one.middle > mark_bottom]
                return below[0] if below else mark_bottom + self._room()

    def _room(self) -> float:
        """Four lines, in which a number stands that no line ends."""
        return 4 * standard.LINE_OF_TEXT.mm

    def _could_be_title(self, line: Line, below: float) -> bool:
        return line.top > below and line.size >= TITLE_SIZE and not is_red(line.style.color)

    def _head_line(self, line: Line) -> None:
        if "签发人" in line.words:
            self._take(Part.SIGNERS, line)
        elif _NUMBER.fullmatch(line.words):
            self._take(Part.NUMBER, line)
        elif self.form is Form.GENERAL and line.left > self.frame.centre:
            self._take(Part.SIGNERS, line)
        elif self.form is Form.GENERAL and re.search(r"[0-9]+号", line.words):
            self._take(Part.NUMBER, line)

    # -- the title and those to whom it goes

    def _first_title(self) -> None:
        below = [line for line in self._left(self.first) if line.top > self._text_begins()]
        if self.form is not Form.ORDER:
            title = self._title_among(below)
            self._take(Part.TITLE, *title)
            below = [line for line in below if line not in self.taken]
        if self.form is Form.MINUTES:
            return
        recipients: list[Line] = []
        for line in below[:_MOST_RECIPIENT_LINES]:
            if abs(line.left - self.frame.left) > self.frame.character:
                break
            recipients.append(line)
            if line.words.endswith(("：", ":")):
                self._take(Part.RECIPIENTS, *recipients)
                break
        else:
            return
        if recipients and not self.parts[Part.RECIPIENTS] and _ends_short(recipients, self.frame):
            self._take(Part.RECIPIENTS, *recipients)

    def _text_begins(self) -> float:
        numbers = [line.bottom for line in self.parts[Part.NUMBER]]
        if self.form is Form.LETTER and self.rules:
            return self.rules[0].middle
        ends = [one.middle for one in self.rules if one.middle < self.pages[0].height * 0.7]
        marks = [line.bottom for line in self.parts[Part.MARK]]
        return max([*ends[:1], *numbers, *marks], default=0.0)

    def _title_among(self, lines: list[Line]) -> list[Line]:
        """The first lines of 2号; or the first that stand in the middle."""
        large = [line for line in lines if line.size >= TITLE_SIZE]
        if large:
            return _together(lines[lines.index(large[0]) :], lambda one: one.size >= TITLE_SIZE)
        return _together(lines, self._stands_in_the_middle)

    def _stands_in_the_middle(self, line: Line) -> bool:
        free = line.left - self.frame.left
        return free > 1.5 * self.frame.character and (
            abs(line.centre - self.frame.centre) < self.frame.character
        )

    # -- texts after the first

    def _sections(self) -> None:
        """What is issued and what is attached: each begins a page."""
        for page in self.pages[1:]:
            lines = self._left(self.by_page[page.number])
            if not lines:
                continue
            centre = page.width / 2 if page.landscape else self.frame.centre
            if _ATTACHMENT.fullmatch(lines[0].words):
                title = self._section_title(lines[1:], centre)
                self._take(Part.ATTACHMENT, lines[0])
                self._take(Part.ATTACHMENT_TITLE, *title)
                self.sections.append(Section(page.number, lines[0], tuple(title)))
            elif lines[0].size >= TITLE_SIZE and abs(lines[0].centre - centre) < _NEAR_CENTRE:
                title = _together(lines, lambda one: one.size >= TITLE_SIZE)
                self._take(Part.ISSUED_TITLE, *title)
                self.sections.append(Section(page.number, None, tuple(title)))

    def _section_title(self, lines: list[Line], centre: float) -> list[Line]:
        large = _together(lines, lambda one: one.size >= TITLE_SIZE)
        if large:
            return large
        return _together(lines, lambda one: abs(one.centre - centre) < _NEAR_CENTRE)[:3]

    # -- the document's own text

    def _main(self) -> None:
        end = min((section.page for section in self.sections), default=len(self.pages) + 1)
        rest = self._left()
        begins = self._text_begins() if self.form is not Form.LETTER else self._title_end()
        main = [
            line for line in rest if line.page < end and not (line.page == 1 and line.top < begins)
        ]
        self.main_pages = {line.page for line in main} | {1}
        self._labels(main)
        self._notes(main)
        self._signature([line for line in main if line not in self.taken])
        later = [line for line in rest if line.page >= end and line not in self.taken]
        self._notes(later)
        self._take(Part.BODY, *self._left(main), *self._left(later))
        self.parts[Part.BODY].sort(key=lambda line: (line.page, line.baseline, line.left))

    def _title_end(self) -> float:
        below = [*self.parts[Part.TITLE], *self.parts[Part.RECIPIENTS], *self.parts[Part.NUMBER]]
        return max((line.bottom for line in below if line.page == 1), default=0.0)

    def _labels(self, lines: list[Line]) -> None:
        """出席, 请假 and 列席 of a 纪要, with the lines on which their names go on (10.3)."""
        if self.form is not Form.MINUTES:
            return
        last: Line | None = None
        for line in lines:
            if _LABELS.fullmatch(line.words):
                last = line
            elif last and (self._offset(line) < _DEEP - 0.4 or self._apart(last, line)):
                last = None
            if last:
                self._take(Part.LABELS, line)
                last = line

    def _notes(self, lines: list[Line]) -> None:
        """附件：… and the lines that follow it without a blank one."""
        last: Line | None = None
        for line in lines:
            if last is None and _NOTES.fullmatch(line.words) and self._offset(line) > 1:
                last = line
            elif last and (self._apart(last, line) or self._offset(line) < _DEEP):
                last = None
            if last:
                self._take(Part.NOTES, line)
                last = line

    def _signature(self, lines: list[Line]) -> None:
        dates = [line for line in lines if is_date(line) and self._offset(line) > _DEEP]
        if not dates:
            return
        date = dates[-1]
        index = lines.index(date)
        self._take(Part.DATE, date)
        below = date
        above = list(takewhile(lambda one: one.page == date.page, reversed(lines[:index])))
        baselines = sorted(line.baseline for line in above)
        for line in above:
            beside = _is_in_a_row(line, baselines)
            far = self._offset(line) <= _DEEP or self._apart(line, below, _WITHIN_SIGNATURE)
            # Between rows of names stands room for seals.
            near = 1.6 if len(line.words) < _ROW_OF_NAMES else _WITHIN_SIGNATURE + 2
            names = not self._apart(line, below, near) and _is_bare_of_marks(line)
            if far and not beside and not names:
                break
            self._take(Part.SIGNATURE, line)
            below = line
        self.parts[Part.SIGNATURE].sort(key=lambda line: (line.page, line.baseline, line.left))
        note = [line for line in lines[index + 1 :] if line.page == date.page]
        if note and note[0].words.startswith(("（", "(")):
            self._take(Part.NOTE, *_together(note, lambda one: True))

    def _offset(self, line: Line) -> float:
        return (line.left - self.frame.left) / self.frame.character

    def _apart(self, above: Line, below: Line, lines: float = 1.6) -> bool:
        if above.page != below.page:
            return False
        return below.baseline - above.baseline > lines * self.frame.pitch


_FOOT = 40.0
"""Page numbers stand within so many millimetres of the lower edge."""
_UPPER_PART = 0.15
_AROUND_IMPRINT = 9.0
_HEAD_REACH = 80.0
"""How far below the mark the line of the head may be looked for; millimetres."""
_LETTER_FOOT, _PAIR = 45.0, 3.0
_MOST_RECIPIENT_LINES = 14
_NEAR_CENTRE = 8.0
_ROW_OF_NAMES = 12
"""Characters from which a line without any mark is a row of names."""
_DEEP = 3.2
"""Characters from the left from which a line is neither text nor the first of a paragraph."""
_WITHIN_SIGNATURE = 3.2
"""Lines between 署名 and 成文日期, at most."""


def _is_in_a_row(line: Line, baselines: list[float]) -> bool:
    """Whether others stand on its baseline: of several organs up to three share a line."""
    start = bisect_right(baselines, line.baseline - _SAME)
    return bisect_left(baselines, line.baseline + _SAME) - start > 1


def _is_bare_of_marks(line: Line) -> bool:
    """Whether a line has neither punctuation nor digits, as a row of names."""
    return not any(one in CLOSING + OPENING or one.isdigit() for one in line.words)


def _together(lines: list[Line], fits: Callable[[Line], bool]) -> list[Line]:
    """The first lines that fit, as long as none is far from the last."""
    found: list[Line] = []
    for line in lines:
        if not fits(line) or (found and line.page != found[-1].page):
            break
        if found and line.top - found[-1].bottom > 1.2 * line.em:
            break
        found.append(line)
    return found


def _ends_short(lines: list[Line], frame: Frame) -> bool:
    return lines[-1].right < frame.right - 3 * frame.character and len(lines) <= 2


def first_lines(lines: list[Line], area: Area) -> list[Line]:
    """The first line of each page after the first, where it is text at the top."""
    firsts: dict[int, Line] = {}
    for line in lines:
        firsts.setdefault(line.page, line)
    highest = area.top + 1.3 * area.pitch
    return [line for page, line in firsts.items() if page > 1 and line.top < highest]
