"""A source → its elements and sections, each recognised, before sources are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from publisher.intake.recognise.frame.enclosed import title_of_file
from publisher.intake.recognise.frame.furniture import (
    draft_marks,
    heads_and_feet,
    page_numbers,
    published_by,
    rules,
    without_text,
)
from publisher.intake.recognise.frame.head import OPENING, title
from publisher.intake.recognise.frame.imprint import disclosure, imprint
from publisher.intake.recognise.frame.lines import FrameLine, lines_of, looks_of
from publisher.intake.recognise.frame.sections import SectionKind, TextSection, divide
from publisher.intake.recognise.frame.styled import is_own
from publisher.intake.recognise.frame.taking import (
    Known,
    SourceSetting,
    Taken,
    known,
    of_role,
    rest,
    take,
)
from publisher.intake.recognise.frame.texts import ReadSection, inner_section, own_section
from publisher.intake.recognise.frame.titles import books_in, issued_names, squeezed, title_words
from publisher.intake.result import Certainty, Role
from publisher.intake.source import SourceFile, SourceTable
from publisher.model import Bureau
from publisher.words.elements import NUMBER, kind_of, may_be_recipients

_FURNITURE = (page_numbers, rules, without_text, published_by, heads_and_feet)
_BESIDE = (
    *(page_numbers, rules, draft_marks, without_text, published_by, disclosure, imprint),
    heads_and_feet,
)
_PARAGRAPHS_OF_NOTICE = 3
_ISSUING = ("印发", "转发", "公布", "批转", "发布", "下发")


@dataclass(frozen=True)
class ReadSource:
    """A source, recognised."""

    setting: SourceSetting
    taken: Taken
    opening: Taken
    """Of these, the elements of 版头, title, 主送机关 and 版记."""
    parts: tuple[tuple[TextSection, ReadSection], ...]
    """In reading order; of the source that holds the document, its own text first."""

    announced: frozenset[str] = frozenset()
    """What it says that it issues, as titles are compared."""

    @property
    def listed(self) -> frozenset[str]:
        """What its 附件说明 name, as titles are compared."""
        lists = (recognised.listed for _, recognised in self.parts)
        return frozenset(
            squeezed(entry.title) for listed in lists if listed for entry in listed.titles
        )

    @property
    def lines(self) -> tuple[FrameLine, ...]:
        """All lines of the source."""
        return self.setting.lines

    @property
    def title(self) -> str:
        """The title of the document."""
        return title_words(of_role(self.lines, self.taken, Role.TITLE))


def setting_of(source: SourceFile, bureau: Bureau, named: Iterable[str] = ()) -> SourceSetting:
    """What is known of a source beforehand."""
    lines = lines_of(source)
    names = (name for organ in bureau.organs for name in (organ.name, organ.short_name) if name)
    own = is_own(source.blocks)
    return SourceSetting(source, lines, looks_of(lines), own, frozenset(names), frozenset(named))


def read_whole(setting: SourceSetting) -> ReadSource:
    """A source that holds the document itself, with what is issued and attached behind it."""
    taken = take((*_BESIDE, *OPENING), setting, {})
    titles = of_role(setting.lines, taken, Role.TITLE)
    below = rest(setting.lines, taken)
    words = title_words(titles)
    announced = frozenset(map(squeezed, (*issued_names(words), *_announced(below))))
    sections, more = divide(setting, below, announced, titles)
    own, *inner = sections
    if inner and inner[0].label and not own.lines and not titles:
        own, *inner = inner
        taken |= _attachment_alone(own)
    parts = [(own, own_section(setting, own, taken))]
    parts += [(section, inner_section(setting, section)) for section in inner]
    all_taken = _all_taken({**more, **taken}, parts)
    return ReadSource(setting, all_taken, taken, tuple(parts), announced)


def _attachment_alone(section: TextSection) -> Taken:
    """What label and title of a file are that is an attachment of something that is not here."""
    assert section.label
    question = "这个文件是附件，没有公文的正文；有正文的，请一起导入。"
    mark = Known(Role.LEFT_OUT, Certainty.ASKED, "文件以附件的标记开头", question, "附件标记")
    titles = known(section.titles, Role.TITLE, "附件标记下面的标题")
    return {section.label.index: mark, **titles}


def read_part(setting: SourceSetting) -> ReadSource:
    """A source that holds what the document issues or attaches."""
    taken = take(_FURNITURE, setting, {})
    below = rest(setting.lines, taken)
    sections, more = divide(setting, below, frozenset(), ())
    first, *inner = sections
    if first.lines:
        more = {**more, **_begin(setting, first, taken)}
        inner = [*_tables_apart(setting, first), *inner]
    taken = {**taken, **more}
    parts = [(section, inner_section(setting, section)) for section in inner]
    return ReadSource(setting, _all_taken(taken, parts), {}, tuple(parts))


def _begin(setting: SourceSetting, section: TextSection, taken: Taken) -> Taken:
    """Take the title at the begin of a source; it is what is issued until a list names it."""
    section.relation = SectionKind.ISSUED
    more = title(setting, section.lines, taken)
    section.titles = of_role(section.lines, more, Role.TITLE)
    above = section.titles[0].index if section.titles else 0
    section.lines = [line for line in section.lines if line.index not in more]
    section.lines.sort(key=lambda line: (line.index < above, line.index))
    return {
        index: type(each)(Role.ISSUED_TITLE, each.certainty, each.reason, each.question)
        for index, each in more.items()
    }


def _tables_apart(setting: SourceSetting, section: TextSection) -> list[TextSection]:
    """A section; of tables alone one each, as the sheets of a workbook are, by their names."""
    if any(line.is_words for line in section.lines):
        return [section]
    apart = []
    for line in section.lines:
        caption = line.block.caption if isinstance(line.block, SourceTable) else ""
        is_first = line is section.lines[0]
        name = title_of_file(setting.source.name)[0] if len(section.lines) == 1 else caption
        titles = section.titles if is_first else []
        apart.append(TextSection(section.relation, titles=titles, labelled=name, lines=[line]))
    return apart


def _all_taken(taken: Taken, parts: Iterable[tuple[TextSection, ReadSection]]) -> Taken:
    for _, recognised in parts:
        taken = {**recognised.taken, **taken}
    return taken


def _announced(lines: Sequence[FrameLine]) -> list[str]:
    """What the first paragraphs say is issued with them."""
    first = [line.words for line in lines if line.is_words][:_PARAGRAPHS_OF_NOTICE]
    return [
        book
        for words in first
        if any(verb in words for verb in _ISSUING)
        for book in books_in(words)
    ]


def rank(setting: SourceSetting) -> int:
    """How much speaks for a source to hold the document itself."""
    lines = [line for line in setting.lines if line.is_words][:_LOOKED_AT]
    styled = any(line.role in (Role.MARK, Role.RECIPIENTS, Role.NUMBER) for line in lines)
    has_number = any(NUMBER.fullmatch(line.bare) and "号" in line.bare for line in lines)
    has_kind = any(kind_of(line.bare) for line in lines)
    has_recipients = any(may_be_recipients(line.words) for line in lines)
    is_red = any(line.is_red for line in lines)
    is_attached = setting.source.name.startswith("附")
    points = 3 * has_number + 2 * has_kind + 2 * has_recipients + is_red + 3 * styled
    return points - 4 * is_attached


_LOOKED_AT = 20
