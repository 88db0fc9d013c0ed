"""Lines below the head → the document's own, and those of each text issued and attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import takewhile

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.lists import AttachmentList, lists_in
from publisher.intake.recognise.frame.taking import SourceSetting, Taken, asked, known
from publisher.intake.recognise.frame.titles import (
    is_title_words,
    looks_like_title,
    squeezed,
    title_of,
)
from publisher.intake.result import Certainty, Role
from publisher.styles import Style
from publisher.words.elements import (
    FULL_LABEL,
    IN_BRACKETS,
    LABEL,
    LABELLED,
    LIST_MARK,
    NUMBER,
    PUBLIC,
    SIGNERS,
    is_open_day,
    is_to_fill_in,
    may_be_organ,
    signed_day,
)
from publisher.words.numerals import value_of


class SectionKind(Enum):
    """What a text is to the document."""

    OWN = "正文"
    ISSUED = "印发件"
    ATTACHED = "附件"


@dataclass
class TextSection:
    """One text: the document's own, what it issues, or an attachment."""

    relation: SectionKind
    label: FrameLine | None = None
    number: int | None = None
    """Of an attachment, as its label has it."""
    titles: list[FrameLine] = field(default_factory=list)
    labelled: str = ""
    """Its title where that stands on one line with its label."""
    lines: list[FrameLine] = field(default_factory=list)
    """What stands below its title."""
    cover: list[FrameLine] = field(default_factory=list)
    head: list[FrameLine] = field(default_factory=list)
    """The 版头 that a forwarded document brings along; it is kept as text."""
    is_separate: bool = False
    """Whether it is not bound with the document (另附)."""


def divide(
    setting: SourceSetting,
    lines: Sequence[FrameLine],
    announced: frozenset[str],
    titles: Sequence[FrameLine],
) -> tuple[list[TextSection], Taken]:
    """The sections of lines in reading order, and what their labels and titles were taken for.

    `announced` are the titles that the document says it issues; `titles` are its own.
    """
    return _Divider(setting, lines, announced, titles).sections()


class _Divider:
    def __init__(
        self,
        setting: SourceSetting,
        lines: Sequence[FrameLine],
        announced: frozenset[str],
        titles: Sequence[FrameLine],
    ) -> None:
        self._setting, self._lines, self._announced = setting, lines, announced
        self._size = max((line.size for line in titles), default=0)
        self._lists: dict[int, AttachmentList] = {}
        for listed in lists_in(lines):
            self._lists[listed.lines[0].index] = listed
        self._listed = frozenset(
            squeezed(entry.title) for each in self._lists.values() for entry in each.titles
        )
        self._sections = [TextSection(SectionKind.OWN)]
        self._taken: Taken = {}
        self._is_signed = False

    def sections(self) -> tuple[list[TextSection], Taken]:
        place = 0
        while place < len(self._lines):
            place = self._next(place)
        return self._sections, self._taken

    def _next(self, place: int) -> int:
        """Give the line at a place to a section; the place of the next."""
        line = self._lines[place]
        if line.index in self._lists and not self._is_label_of_title(place):
            listed = self._lists[line.index]
            self._sections[-1].lines += listed.lines
            return place + len(listed.lines)
        if (number := self._label(place)) is not None:
            return self._attached(place, number)
        if title := self._title(place):
            return self._titled(place, title)
        self._sections[-1].lines.append(line)
        self._is_signed = self._is_signed or self._ends(line)
        return place + 1

    # -- what begins a section ----------------------------------------------------------------

    def _label(self, place: int) -> int | None:
        """The number of the attachment whose label stands here, 0 for none; None for no label."""
        line = self._lines[place]
        if not line.is_words or (line.is_styled and line.role is not Role.ATTACHMENT_MARK):
            return None
        match = LABEL.fullmatch(line.bare) or FULL_LABEL.fullmatch(line.bare)
        if match is None and self._is_label_of_title(place):
            match = LABELLED.fullmatch(line.words)
        if match is None:
            return 0 if line.role is Role.ATTACHMENT_MARK else None
        if line.role is None and not self._is_above_something(place):
            if self._is_signed:
                question = "附件标记下面没有内容，这一行留在文字里，请核对。"
                self._taken |= asked([line], Role.PARAGRAPH, "单独一行的附件标记", question)
            return None
        return value_of(match["number"] or "") or 0

    def _is_label_of_title(self, place: int) -> bool:
        """附件1：办法 on one line, above what it names and not in 附件说明."""
        line = self._lines[place]
        match = LABELLED.fullmatch(line.words) if line.is_words else None
        if match is None or line.is_styled:
            return False
        listed = self._lists.get(line.index)
        if listed and len(listed.titles) > 1:
            return False
        seen = any(
            squeezed(entry.title) == squeezed(match["title"])
            for index, each in self._lists.items()
            for entry in each.titles
            if index < line.index
        )
        has_more = place + 1 < len(self._lines)
        return has_more and (seen or self._is_signed)

    def _is_above_something(self, place: int) -> bool:
        """Whether what stands below a label is what it labels, and no list of attachments."""
        if place + 1 >= len(self._lines) or self._is_label_alone(place + 1):
            return False
        line, following = self._lines[place], self._lines[place + 1]
        if LIST_MARK.fullmatch(line.bare) and following.is_words:
            return self._is_signed or following.is_centred or line.begins_page
        return True

    def _is_label_alone(self, place: int) -> bool:
        """Whether the next label stands there."""
        line = self._lines[place]
        return line.is_words and bool(LABEL.fullmatch(line.bare))

    def _title(self, place: int) -> list[FrameLine]:
        """The lines of a title that begins a section here; none where none does."""
        line = self._lines[place]
        if line.role in (Role.ISSUED_TITLE, Role.ATTACHMENT_TITLE, Role.TITLE):
            return [line]
        if not line.is_words or line.is_styled or not is_title_words(line.words):
            return []
        run = title_of(self._setting, self._lines, place, self._named)
        words = squeezed("".join(each.bare for each in run))
        if self._is_repeated(words) and not line.begins_page:
            return []
        if words in self._named:
            return run
        if looks_like_title(self._setting, line) and self._may_begin_section(line):
            return run
        is_last = not self._is_signed or PUBLIC.fullmatch(line.bare) or line.role is not None
        return run if not is_last and self._has_text(place + len(run)) else []

    def _has_text(self, place: int) -> bool:
        """Whether a sentence or a table stands below: else a line is what a site puts there."""
        below = self._lines[place : place + _LOOKED_AT]
        return any(not line.is_words or line.bare.endswith("。") for line in below)

    def _is_repeated(self, words: str) -> bool:
        """Whether words are the title of the section that was begun last, once more."""
        section = self._sections[-1]
        title = squeezed("".join(line.bare for line in section.titles)) or squeezed(
            section.labelled
        )
        return bool(title) and not section.lines and title == words and not section.cover

    @property
    def _named(self) -> frozenset[str]:
        names = self._announced | self._listed | self._setting.named
        return frozenset(name for name in names if not is_to_fill_in(name))

    def _may_begin_section(self, line: FrameLine) -> bool:
        is_as_large = bool(self._size) and line.size >= self._size - 1
        return self._is_signed or line.begins_page or is_as_large

    def _ends(self, line: FrameLine) -> bool:
        """Whether a line ends a text: its date."""
        if line.role is Role.DATE:
            return True
        is_date = line.is_words and (signed_day(line.words) or is_open_day(line.words))
        return bool(is_date) and (
            line.is_at_right or not self._setting.looks.has_looks or line.lead > 4
        )

    # -- sections -------------------------------------------------------------------------------

    def _attached(self, place: int, number: int) -> int:
        line = self._lines[place]
        section = TextSection(SectionKind.ATTACHED, line, number or None)
        section.is_separate = bool(FULL_LABEL.fullmatch(line.bare))
        self._begin(section)
        labelled = LABELLED.fullmatch(line.words)
        reason = "单独一行的“附件”和序号"
        is_sure = bool(number) or line.begins_page or bool(self._listed)
        sure = Certainty.SURE if is_sure else Certainty.LIKELY
        self._taken |= known([line], Role.ATTACHMENT_MARK, reason, sure)
        if labelled and not LABEL.fullmatch(line.bare):
            section.labelled = labelled["title"].strip()
            return place + 1
        return place + 1 + self._title_below(place + 1, section)

    def _title_below(self, place: int, section: TextSection) -> int:
        """Take the title below a label, behind a 版头 of its own; how many lines there are."""
        head = self._own_head(place)
        section.head, section.lines = head, list(head)
        return len(head) + self._title_at(place + len(head), section)

    def _own_head(self, place: int) -> list[FrameLine]:
        """The lines of a 版头 that a forwarded document has, above its title."""
        its = list(takewhile(_is_of_head, self._lines[place : place + _LOOKED_AT]))
        return its if any(each.is_red_mark or _is_number(each) for each in its) else []

    def _title_at(self, place: int, section: TextSection) -> int:
        if place >= len(self._lines) or not self._lines[place].is_words:
            return 0
        line = self._lines[place]
        if (line.is_styled and line.role is None) or not is_title_words(line.words):
            return 0
        run = title_of(self._setting, self._lines, place, self._named)
        is_named = squeezed("".join(each.bare for each in run)) in self._named
        is_sure = is_named or looks_like_title(self._setting, run[0])
        sure = Certainty.SURE if is_sure else Certainty.LIKELY
        self._taken |= known(run, Role.ATTACHMENT_TITLE, "“附件”标记下面的标题", sure)
        section.titles = run
        return len(run)

    def _titled(self, place: int, title: list[FrameLine]) -> int:
        words = squeezed("".join(line.bare for line in title))
        is_attached = title[0].role is Role.ATTACHMENT_TITLE or (
            words in self._listed and words not in self._announced
        )
        relation = SectionKind.ATTACHED if is_attached else SectionKind.ISSUED
        role = Role.ATTACHMENT_TITLE if is_attached else Role.ISSUED_TITLE
        before = self._sections[-1]
        section = TextSection(relation, titles=title)
        if _is_cover(before, title):
            section.cover = [*before.titles, *before.lines]
            self._taken |= known(before.lines, Role.LEFT_OUT, "封面上的字")
            self._sections.pop()
        self._begin(section)
        self._taken |= self._decided(title, role, words)
        return place + len(title)

    def _decided(self, title: list[FrameLine], role: Role, words: str) -> Taken:
        if words in self._named:
            reason = "与公文标题、附件说明写的名称相同"
            return known(title, role, reason, Certainty.SURE)
        if looks_like_title(self._setting, title[0]):
            return known(title, role, "字号大、居中，另起的标题")
        question = "成文日期以后的这一行，是不是印发件的标题？"
        return asked(title, role, "在成文日期之后，不是一句话", question)

    def _begin(self, section: TextSection) -> None:
        self._sections.append(section)
        self._size = max([self._size, *(line.size for line in section.titles)])
        self._is_signed = False


def _is_number(line: FrameLine) -> bool:
    return bool(NUMBER.fullmatch(line.bare))


def _is_of_head(line: FrameLine) -> bool:
    """Whether a line is one of a 版头: a red mark, 发文字号, 签发人."""
    if not line.is_words:
        return False
    is_mark = line.is_red_mark or (line.bare.endswith("文件") and may_be_organ(line.bare[:-2]))
    return is_mark or _is_number(line) or bool(SIGNERS.match(line.bare))


def _is_cover(section: TextSection, title: Sequence[FrameLine]) -> bool:
    """Whether a section is a 封面: the title that follows it, and who made it when."""
    if not section.titles or any(not line.is_words for line in section.lines):
        return False
    styles = {line.paragraph.look.style for line in section.titles if line.paragraph}
    if Style.COVER_TITLE.word_name in styles:
        return True
    same = [squeezed("".join(line.bare for line in each)) for each in (section.titles, title)]
    is_short = len(section.lines) <= _MOST_ON_COVER
    return same[0] == same[1] and is_short and all(map(_is_short, section.lines))


def _is_short(line: FrameLine) -> bool:
    return len(line.bare) < _LONGEST_ON_COVER


_LOOKED_AT = 30
_MOST_ON_COVER, _LONGEST_ON_COVER = 4, 40


def is_remark(words: str) -> bool:
    """Whether words are 附注: in brackets, or that a document may be published."""
    return bool(IN_BRACKETS.fullmatch(words) or PUBLIC.fullmatch(words))
