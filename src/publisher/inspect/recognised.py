"""What was recognised in a file: its form, its 版心, and the lines of each element."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from publisher import standard
from publisher.inspect.area import Area
from publisher.inspect.cells import Cell
from publisher.inspect.lines import Line
from publisher.inspect.pages import Box, Page, PlacedPicture, Stroke
from publisher.inspect.thresholds import Characters, Lines
from publisher.model import Form
from publisher.standard import Length


class Part(Enum):
    """The elements that lines belong to."""

    COPY_NUMBER = "份号"
    CLASSIFICATION = "密级和保密期限"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNERS = "签发人"
    TITLE = "标题"
    SUBTITLE = "题注"
    CONTENTS = "目录"
    RECIPIENTS = "主送机关"
    LABELS = "出席、请假、列席"
    BODY = "正文"
    NAMES = "名单"
    NOTES = "附件说明"
    SIGNATURE = "署名"
    DATE = "成文日期"
    NOTE = "附注"
    ATTACHMENT = "附件"
    ATTACHMENT_TITLE = "附件标题"
    ISSUED_TITLE = "印发件标题"
    COVER = "封面"
    INNER = "印发件或附件的主送、署名、日期和附注"
    FOOTNOTES = "注"
    TABLE = "表格"
    PICTURE = "图片里的文字"
    CAPTION = "图题"
    TABLE_WORDS = "表格的标题、单位和注"
    IMPRINT = "版记"
    PAGE_NUMBER = "页码"


TEXT = (Part.BODY, Part.NAMES, Part.CONTENTS, Part.INNER)
"""What flows from page to page."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The 版心 that a file itself shows, from the paper's upper left corner."""

    left: Length
    """Where lines begin."""
    right: Length
    """Where the red line ends if that is as wide as it should be; else where full lines do."""
    text_right: Length | None
    """Where full lines end; None where there are too few."""
    top: Length
    """As it should be; where no page has an allowed 天头, the allowed one that is nearest."""
    pitch: Length
    """From line to line."""

    @property
    def centre(self) -> Length:
        """Its middle line."""
        return (self.left + self.right) * 0.5

    def offset(self, line: Line) -> Characters:
        """How far a line is indented."""
        return (line.left - self.left) / standard.CHARACTER

    def indent_right(self, line: Line) -> Characters:
        """How far a line ends from the right edge."""
        return (self.right - line.right) / standard.CHARACTER

    def off_centre(self, line: Line) -> Characters:
        """How far the middle of a line is from its own."""
        return abs(line.centre - self.centre) / standard.CHARACTER

    def steps(self, above: Line, below: Line) -> Lines:
        """How many lines of text one baseline is below another."""
        return (below.baseline - above.baseline) / self.pitch


@dataclass(frozen=True, slots=True)
class Section:
    """A text with a title after the first: what is issued, or an attachment."""

    page: int
    label: Line | None
    """附件 and its number; None for what is issued."""
    title: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Recognised:
    """All that was recognised in a file."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    """All upright lines, in reading order."""
    form: Form
    area: Area
    """The 版心 that it should show."""
    frame: Frame
    parts: dict[Part, tuple[Line, ...]]
    sections: tuple[Section, ...]
    red_strokes: tuple[Stroke, ...]
    """The lines of the head: one in general, of a 信函 those that stand on page 1."""
    imprint_strokes: tuple[Stroke, ...]
    cells: tuple[Cell, ...] = ()
    """Of its tables, in reading order."""
    is_preprinted: bool = False
    """Whether mark and red lines are on the paper already (套打), and not in the file."""
    is_attachment: bool = False
    """Whether it is an attachment alone, which is not bound with its document (另附)."""
    separate: int | None = None
    """How many of the attachments are not bound (另附); None where that is not known."""
    mark_picture: PlacedPicture | None = None
    """What stands on page 1 where the mark should, which has no words there."""

    @property
    def mark_box(self) -> Box | None:
        """Where the mark stands, in words or as a picture; None where there is none."""
        lines = self.of(Part.MARK)
        if lines:
            return Box(
                min(line.left for line in lines),
                min(line.ink_top for line in lines),
                max(line.right for line in lines),
                max(line.bottom for line in lines),
            )
        return self.mark_picture.box if self.mark_picture else None

    def of(self, part: Part) -> tuple[Line, ...]:
        """The lines of an element, in reading order."""
        return self.parts.get(part, ())

    def of_all(self, parts: Iterable[Part]) -> list[Line]:
        """The lines of several elements, in reading order."""
        lines = (line for part in parts for line in self.of(part))
        return sorted(lines, key=lambda line: (line.page, line.baseline.pt, line.left.pt))

    def page(self, number: int) -> Page:
        """A page by its number."""
        return self.pages[number - 1]

    def offset(self, line: Line) -> Characters:
        """How far a line is indented."""
        return self.frame.offset(line)

    def indent_right(self, line: Line) -> Characters:
        """How far a line ends from the right edge."""
        return self.frame.indent_right(line)

    def blank_lines(self, above: Line, below: Line) -> Lines:
        """How many blank lines stand between two."""
        return self.frame.steps(above, below) - 1
