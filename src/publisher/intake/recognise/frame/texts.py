"""A section of a source → a `Prose`, a table or a picture, with what its lines were taken for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from publisher.intake.recognise.frame.contents import contents
from publisher.intake.recognise.frame.head import read_recipients, recipients_at
from publisher.intake.recognise.frame.lines import Line
from publisher.intake.recognise.frame.lists import AttachmentList, lists_in
from publisher.intake.recognise.frame.sections import Section
from publisher.intake.recognise.frame.signature import ReadSignature, read_signature, signed
from publisher.intake.recognise.tables import read_table
from publisher.intake.recognise.frame.taking import Known, Setting, Taken, known, rest
from publisher.intake.recognise.text import ReadText, read_text
from publisher.intake.recognise.frame.titles import title_words
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import LeftOut, SourceParagraph, SourcePicture, SourceTable
from publisher.model import Attachment, OwnElements, Picture, Place, Prose
from publisher.readers.images import read_image
from publisher.words.elements import ATTENDANCE, IN_BRACKETS

_ABOVE_TABLE = re.compile(r"(?:[（(]?(?:计量)?单位[：:]|填报|制表|截至|数据截至).*", re.DOTALL)
_BELOW_TABLE = re.compile(r"(?:注|备注|说明|附注)[：:0-9].*|[0-9]{1,2}[.．、].*|[①-⑳].*", re.DOTALL)
_LONGEST_ABOVE = 40
_LONGEST_SUBTITLE = 800


@dataclass(frozen=True)
class Recognised:
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
    text: Sequence[Line]


Around = Callable[[Setting, Section], _Around]


def own_section(setting: Setting, section: Section, taken: Taken) -> Recognised:
    """The document's own text."""
    around = _around(setting, section, is_inner=False)
    return _recognised(setting, section, around, taken)


def inner_section(setting: Setting, section: Section) -> Recognised:
    """A text issued or attached, which may be a document itself; or a table or picture alone."""
    around = _around(setting, section, is_inner=True)
    return _recognised(setting, section, around, {})


def _around(setting: Setting, section: Section, *, is_inner: bool) -> _Around:
    lines = section.lines
    taken, levels = contents(lines) if is_inner else ({}, 0)
    if is_inner:
        taken |= _subtitle(rest(lines, taken))
        taken |= recipients_at(setting, rest(lines, taken), Role.RECIPIENTS)
    taken |= _attendance(rest(lines, taken))
    listed = next(lists_in(rest(lines, taken)), None)
    if listed:
        reason = "以“附件：”开头，或接着它的编号"
        taken |= known(listed.lines, Role.ATTACHMENT_LIST, reason, Certainty.SURE)
    if _may_be_signed(section):
        taken |= signed(setting, rest(lines, taken))
    return _Around(taken, levels, listed, rest(lines, taken))


def _may_be_signed(section: Section) -> bool:
    """Whether words are in it: a form alone has dates that are to be filled in."""
    return any(line.is_words for line in section.lines)


def _subtitle(lines: Sequence[Line]) -> Taken:
    first = lines[0] if lines else None
    if first is None or not first.is_words or first.is_styled and first.role is not Role.SUBTITLE:
        return {}
    is_short = len(first.bare) < _LONGEST_SUBTITLE
    if first.role is Role.SUBTITLE or is_short and IN_BRACKETS.fullmatch(first.words):
        return known([first], Role.SUBTITLE, "括号里的一段，紧接在标题下面")
    return {}


def _attendance(lines: Sequence[Line]) -> Taken:
    its = [line for line in lines if line.role is Role.ATTENDANCE]
    if its:
        return known(its, Role.ATTENDANCE, "")
    typed = [line for line in lines if line.is_words and ATTENDANCE.fullmatch(line.words)]
    return known(typed, Role.ATTENDANCE, "以“出席：”“列席：”一类的字开头")


def _recognised(setting: Setting, section: Section, around: _Around, taken: Taken) -> Recognised:
    all_taken = {**around.taken, **taken}
    signature = read_signature(section.lines, around.taken)
    alone = _alone(setting, section, around)
    if alone is not None:
        content, decisions, left_out = alone
    else:
        read = read_text([line.block for line in around.text], setting.source)
        content = _prose(setting, section, around, read, signature)
        decisions, left_out = read.decisions, read.left_out
    attendance = _people(section.lines, around.taken)
    return Recognised(content, signature, around.listed, attendance, all_taken, decisions, left_out)


def _prose(
    setting: Setting,
    section: Section,
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
    subtitle = next(
        (
            match["words"]
            for line in section.lines
            if line.index in around.taken
            and around.taken[line.index].role is Role.SUBTITLE
            and (match := IN_BRACKETS.fullmatch(line.words))
        ),
        None,
    )
    return Prose(
        title_of_section(section),
        read.blocks,
        read.levels,
        read.continuous,
        subtitle=subtitle,
        contents=around.levels,
        has_cover=bool(section.cover),
        own=own,
        place=place_of(setting, section.titles or section.lines),
    )


def _signatories(signature: ReadSignature) -> tuple[str, ...]:
    if signature.stamp:
        return ("\u3000\u3000".join(signature.stamp),)
    return signature.names


def title_of_section(section: Section) -> str:
    """The title above a section; empty where there is none."""
    return title_words(section.titles) if section.titles else section.labelled


def place_of(setting: Setting, lines: Sequence[Line]) -> Place:
    """Where lines begin."""
    return Place(setting.source.name, lines[0].block.number if lines else 1)


# -- a table or picture alone -------------------------------------------------------------------


_Alone = tuple[Attachment, tuple[Decision, ...], tuple[LeftOut, ...]]


def _alone(setting: Setting, section: Section, around: _Around) -> _Alone | None:
    """An attachment that is one table with what stands around it, or one picture."""
    lines = around.text
    if len(around.taken) > 0 or section.cover:
        return None
    apart = [place for place, line in enumerate(lines) if not line.is_words]
    if len(apart) != 1:
        return None
    (place,) = apart
    above, block, below = lines[:place], lines[place].block, lines[place + 1 :]
    if isinstance(block, SourcePicture) and not above and not below:
        return _picture(setting, section, block)
    if isinstance(block, SourceTable) and _are_of_table(above, below):
        words = [[line.block for line in part] for part in (above, below)]
        read = read_table(
            block, setting.source, *map(_paragraphs, words), title_of_section(section)
        )
        return read.table, read.decisions, ()
    return None


def _paragraphs(blocks: Sequence[object]) -> list[SourceParagraph]:
    return [block for block in blocks if isinstance(block, SourceParagraph)]


def _are_of_table(above: Sequence[Line], below: Sequence[Line]) -> bool:
    is_unit = all(
        len(line.bare) <= _LONGEST_ABOVE and _ABOVE_TABLE.fullmatch(line.words) for line in above
    )
    return is_unit and (not below or bool(_BELOW_TABLE.fullmatch(below[0].words)))


def _picture(setting: Setting, section: Section, block: SourcePicture) -> _Alone | None:
    place = Place(setting.source.name, block.number)
    image, _ = read_image(block.data, block.name, place)
    if image is None:
        return None
    picture = Picture(
        title_of_section(section),
        image,
        block.alternative,
        block.name,
        block.width,
        block.is_turned,
        place=place,
    )
    reason = "附件标题之下只有一幅图"
    decision = Decision(block.number, "", Role.PICTURE, reason=reason, source=setting.source.name)
    return picture, (decision,), ()


# -- minutes ------------------------------------------------------------------------------------


def _people(lines: Sequence[Line], taken: Taken) -> tuple[tuple[str, tuple[str, ...]], ...]:
    people: dict[str, tuple[str, ...]] = {}
    label = ""
    for line in lines:
        if line.index not in taken or taken[line.index].role is not Role.ATTENDANCE:
            continue
        match = ATTENDANCE.fullmatch(line.words)
        label = match["label"].replace("缺席", "请假") if match else label
        names = _listed_people(match["names"] if match else line.words)
        people[label] = people.get(label, ()) + names
    return tuple(people.items())


def _listed_people(words: str) -> tuple[str, ...]:
    """Names parted by 、 outside brackets."""
    names = re.split(r"、(?![^（(]*[）)])", words.strip().rstrip("。"))
    return tuple(name.strip() for name in names if name.strip())


def with_title(content: Attachment, title: str) -> Attachment:
    """An attachment as 附件说明 names it; the title above it is kept where it is another."""
    if isinstance(content, Prose) and content.title:
        return replace(content, title=title, own_title=content.title)
    return replace(content, title=title)


def asked_known(question: str, reason: str, role: Role) -> Known:
    """What a person has to say of a line."""
    return Known(role, Certainty.ASKED, reason, question)
