"""A section of a source → a `Prose`, a table or a picture, with what its lines were taken for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from publisher.intake.recognise.frame.contents import contents
from publisher.intake.recognise.frame.head import (
    made_below_title,
    read_recipients,
    read_subtitle,
    recipients_at,
)
from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.lists import AttachmentList, lists_in
from publisher.intake.recognise.frame.names import people_in, split_names
from publisher.intake.recognise.frame.sections import TextSection
from publisher.intake.recognise.frame.signature import ReadSignature, read_signature, signed
from publisher.intake.recognise.frame.taking import (
    SourceSetting,
    Taken,
    asked,
    known,
    left_out,
    of_role,
    rest,
)
from publisher.intake.recognise.frame.titles import squeezed, title_words
from publisher.intake.recognise.text import ReadText, read_text
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import LeftOut
from publisher.model import (
    Attachment,
    FinishedFile,
    Orientation,
    OwnElements,
    Picture,
    Place,
    Prose,
    Table,
)
from publisher.words.elements import (
    ATTENDANCE,
    IN_BRACKETS,
    LABELLED,
    bare,
    may_be_organ,
    signed_day,
)
from publisher.words.names import is_name

_COUNT = re.compile("[（(]?共[0-9]+[项个条家人][）)]?(?:[，,].*)?$")
_LONGEST_SUBTITLE = 800


@dataclass(frozen=True)
class ReadSection:
    """A section, recognised: what it says, and what its lines were taken for."""

    content: Attachment
    signature: ReadSignature
    listed: AttachmentList | None
    """The attachments that it names."""
    attendance: tuple[tuple[str, tuple[str, ...]], ...]
    taken: Taken
    decisions: tuple[Decision, ...]
    """Of the lines of its text."""
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class _Around:
    """The elements around the text of a section, and the lines that are left for it."""

    taken: Taken
    levels: int
    """Of its 目录."""
    listed: AttachmentList | None
    text: Sequence[FrameLine]


def own_section(setting: SourceSetting, section: TextSection, taken: Taken) -> ReadSection:
    """The document's own text."""
    marks = of_role(setting.lines, taken, Role.MARK, Role.TITLE)
    is_minutes = any(line.bare.endswith("纪要") for line in marks)
    around = _around(setting, section, is_inner=False, is_minutes=is_minutes)
    return _recognised(setting, section, around, taken, is_inner=False)


def inner_section(setting: SourceSetting, section: TextSection) -> ReadSection:
    """A text issued or attached, which may be a document itself; or a table or picture alone."""
    around = _around(setting, section, is_inner=True)
    return _recognised(setting, section, around, {}, is_inner=True)


def _around(
    setting: SourceSetting, section: TextSection, *, is_inner: bool, is_minutes: bool = False
) -> _Around:
    lines = section.lines
    taken, levels = contents(lines, setting.source.left_out)
    below = [line for line in lines if line not in section.head]
    if is_inner:
        taken |= _repeated_title(section)
        taken |= _subtitle(rest(below, taken))
        taken |= recipients_at(setting, rest(below, taken), is_inner=True)
    if is_minutes:
        taken |= _attendance(rest(lines, taken))
    listed = next(lists_in(rest(lines, taken)), None)
    if listed:
        reason = "以“附件：”开头，或接着它的编号"
        taken |= known(listed.lines, Role.ATTACHMENT_LIST, reason, Certainty.SURE)
    if _may_be_signed(section):
        taken |= signed(setting, rest(lines, taken), is_inner=is_inner)
    text = [
        line
        for line in lines
        if line.index not in taken or taken[line.index].role is Role.PARAGRAPH
    ]
    return _Around(taken, levels if is_inner else 0, listed, text)


def _repeated_title(section: TextSection) -> Taken:
    """The title once more right below it, as the caption of a table, perhaps with its count."""
    first = section.lines[0] if section.lines else None
    if first is None or not first.is_words or first.is_styled:
        return {}
    words = _COUNT.sub("", first.bare)
    if not words or squeezed(words) != squeezed(title_of_section(section)):
        return {}
    return left_out([first], "重复的标题", "与上面的标题相同")


def _may_be_signed(section: TextSection) -> bool:
    """Whether words are in it: a form alone has dates that are to be filled in."""
    return any(line.is_words for line in section.lines)


def _subtitle(lines: Sequence[FrameLine]) -> Taken:
    first = lines[0] if lines else None
    if first is None or not first.is_words or (first.is_styled and first.role is not Role.SUBTITLE):
        return {}
    is_short = len(first.bare) < _LONGEST_SUBTITLE
    if first.role is Role.SUBTITLE or (is_short and IN_BRACKETS.fullmatch(first.words)):
        return known([first], Role.SUBTITLE, "括号里的一段，紧接在标题下面")
    return made_below_title(lines) or _organs_below_title(lines)


_ATTENDANCE_ABOVE = (
    "出席人员由程序印在文末，这里下面还有别的文字，照原来的次序留在正文里：要印在文末的，"
    "请写进文件信息的“出席”“请假”“列席”。"
)
_MOST_ORGANS = 6
_BEHIND_LABEL = 2
"""Characters by which names below others stand further in than the label of these."""
_BETWEEN_NAMES = ("、", "，", ",")
_NO_NAMES = re.compile("[。；：:](?!$)")


def _organs_below_title(lines: Sequence[FrameLine]) -> Taken:
    """The organs that made a text, in the middle right below its title."""
    its = list(takewhile(_is_of_organs, lines[: _MOST_ORGANS + 1]))
    is_followed = len(its) < len(lines)
    if not its or len(its) > _MOST_ORGANS or not is_followed:
        return {}
    return known(its, Role.SUBTITLE, "标题下面居中的机关名称")


def _is_of_organs(line: FrameLine) -> bool:
    names = split_names(line.words) if line.is_words and line.is_centred else []
    return bool(names) and all(map(may_be_organ, names))


def _attendance(lines: Sequence[FrameLine]) -> Taken:
    its = [line for line in lines if line.role is Role.ATTENDANCE]
    if its:
        return known(its, Role.ATTENDANCE, "")
    label: FrameLine | None = None
    for line in lines:
        if line.is_words and ATTENDANCE.fullmatch(line.words):
            label = line
        elif label is None or not _has_more_names(label, its[-1], line):
            label = None
            continue
        its.append(line)
    if its and any(_is_text(line) for line in lines if line.index > its[-1].index):
        reason = "出席人员下面还有别的文字"
        first = asked(its[:1], Role.PARAGRAPH, reason, _ATTENDANCE_ABOVE)
        return first | known(its[1:], Role.PARAGRAPH, reason)
    return known(its, Role.ATTENDANCE, "以“出席：”“列席：”一类的字开头，或接着它的名单")


def _is_text(line: FrameLine) -> bool:
    """Whether a line is no signature and no list of attachments."""
    is_signed = signed_day(line.words) or may_be_organ(line.words)
    return line.is_words and not is_signed and not LABELLED.match(line.words)


def _has_more_names(label: FrameLine, above: FrameLine, line: FrameLine) -> bool:
    """Whether the names behind a label go on: below them, or behind a mark that parts names."""
    is_next = line.is_words and line.role is None and line.index == above.index + 1
    is_below = line.lead > label.lead + _BEHIND_LABEL
    goes_on = is_below or above.words.endswith(_BETWEEN_NAMES)
    return is_next and goes_on and not _NO_NAMES.search(line.words)


def _recognised(
    setting: SourceSetting, section: TextSection, around: _Around, taken: Taken, *, is_inner: bool
) -> ReadSection:
    signature = read_signature(section.lines, around.taken)
    read = read_text([line.block for line in around.text], setting.source)
    content = _alone(section, around, read) if is_inner else None
    content = content or _prose(setting, section, around, read, signature)
    return ReadSection(
        _turned(setting, section, content) if is_inner else content,
        signature,
        around.listed,
        _people(section.lines, around.taken),
        {**around.taken, **taken},
        read.decisions,
        read.left_out,
    )


def _turned(setting: SourceSetting, section: TextSection, content: Attachment) -> Attachment:
    """With its 版面: landscape where its pages are; in our files also portrait."""
    if isinstance(content, FinishedFile):
        return content
    if any(line.is_landscape for line in section.lines):
        return replace(content, orientation=Orientation.LANDSCAPE)
    if setting.is_own and isinstance(content, Table | Picture):
        return replace(content, orientation=Orientation.PORTRAIT)
    return content


def _prose(
    setting: SourceSetting,
    section: TextSection,
    around: _Around,
    read: ReadText,
    signature: ReadSignature,
) -> Prose:
    own = OwnElements(
        read_recipients(section.lines, around.taken),
        _signatories(signature),
        signature.date,
        signature.remark,
    )
    return Prose(
        title_of_section(section),
        read.blocks,
        read.levels,
        read.continuous,
        subtitle=read_subtitle(section.lines, around.taken),
        contents=around.levels,
        has_cover=bool(section.cover),
        own=own,
        place=place_of(setting, section.titles or section.lines),
    )


def _signatories(signature: ReadSignature) -> tuple[str, ...]:
    if signature.stamp:
        return ("\u3000\u3000".join(signature.stamp),)
    return signature.names


def title_of_section(section: TextSection) -> str:
    """The title above a section; empty where there is none."""
    return title_words(section.titles) if section.titles else section.labelled


def place_of(setting: SourceSetting, lines: Sequence[FrameLine]) -> Place:
    """Where lines begin."""
    return Place(setting.source.name, lines[0].block.number if lines else 1)


def _alone(section: TextSection, around: _Around, read: ReadText) -> Attachment | None:
    """What is no text: one table with what stands around it, or one picture."""
    is_around = any(known.role is not Role.LEFT_OUT for known in around.taken.values())
    if is_around or section.cover or len(read.blocks) != 1:
        return None
    (block,) = read.blocks
    if not isinstance(block, Table | Picture):
        return None
    title = title_of_section(section)
    if block.title and squeezed(block.title) != squeezed(title):
        return replace(block, title=block.title) if not title else None
    return replace(block, title=title or block.title)


# -- minutes ------------------------------------------------------------------------------------


def _people(lines: Sequence[FrameLine], taken: Taken) -> tuple[tuple[str, tuple[str, ...]], ...]:
    people: dict[str, tuple[str, ...]] = {}
    label = ""
    for line in lines:
        if line.index not in taken or taken[line.index].role is not Role.ATTENDANCE:
            continue
        match = ATTENDANCE.fullmatch(line.words)
        label = bare(match["label"]) if match else label
        names = _listed_people(match["names"] if match else line.words)
        people[label] = people.get(label, ()) + names
    return tuple(people.items())


def _listed_people(words: str) -> tuple[str, ...]:
    """Names parted by 、 outside brackets, or names alone by blanks."""
    names = re.split(r"、(?![^（(]*[）)])", words.strip().rstrip("".join(("。", *_BETWEEN_NAMES))))
    if len(names) == 1 and all(map(_is_person, people := people_in(names[0]))):
        return people
    return tuple(name.strip() for name in names if name.strip())


def _is_person(words: str) -> bool:
    return is_name(words) and not may_be_organ(words)


def with_title(content: Attachment, title: str) -> Attachment:
    """An attachment as 附件说明 names it; the title above it is kept where it is another."""
    if isinstance(content, Prose) and content.title:
        return replace(content, title=title, own_title=content.title)
    return replace(content, title=title)
