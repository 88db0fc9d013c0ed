"""Lines of a text → its 署名, 成文日期 and 附注."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.names import names_of, split_names
from publisher.intake.recognise.frame.sections import is_remark
from publisher.intake.recognise.frame.taking import (
    Known,
    SourceSetting,
    Taken,
    asked,
    known,
    of_role,
)
from publisher.intake.recognise.grids import unbroken
from publisher.intake.result import Certainty, Role
from publisher.intake.source import Aligned
from publisher.words.days import SIGNED
from publisher.words.elements import (
    IN_BRACKETS,
    STAMPED,
    bare,
    is_open_day,
    may_be_organ,
    signed_day,
)
from publisher.words.names import names_office
from publisher.words.numbering import typed

_MOST_BELOW = 6
"""Lines that may stand below a date."""
_MOST_SENTENCES = 3
"""That may stand below a signature, where name and date stand at the right."""
_MOST_NAMES = 16
_LONGEST_NAME = 34
_NO_NAME = re.compile("[。；：！？，,:;]")
_NUMBERED = re.compile(typed())
WITH_DATE = re.compile(rf"(?P<name>\S.*?)[\s\u3000]*(?P<date>{SIGNED})", re.DOTALL)
_CLOSING = re.compile("特此|此[复令致布告]|妥否|以上|当否|盼|望(?!.{1,3}[市县区乡镇州])|请")
"""How a text ends, which is no name."""
_JUNK = re.compile(r"&\w+;|[^\w]+", re.ASCII)
"""What a website leaves between names."""
_CONTACT = re.compile("(?:联系人|联系电话|联系方式)[^。：:]{0,6}[：:].*")
_SURE_REMARK = re.compile("公开|联系|此件")


def signed(setting: SourceSetting, lines: Sequence[FrameLine], *, is_inner: bool) -> Taken:
    """署名, 成文日期 and 附注 at the end of a text; `lines` are those no other element has.

    `is_inner` is a text of another: a date left open there is to be filled in by who gets it.
    """
    styled = _styled(lines)
    if styled:
        return styled | _remarks(lines, max(styled))
    place = _date_place(setting, lines, takes_open=not is_inner)
    if place is None:
        return _unsigned(setting, lines, is_inner=is_inner)
    date_line = lines[place]
    with_name = signed_day(date_line.words) is None and not is_open_day(date_line.words)
    sure = Certainty.SURE if date_line.is_at_right else Certainty.LIKELY
    role = Role.SIGNATORY if with_name else Role.DATE
    taken = known([date_line], role, "文末单独一行的日期", sure)
    if is_open_day(date_line.words):
        taken = {date_line.index: _OPEN}
    names = [] if with_name else _names_above(setting, lines[:place])
    reason = "成文日期之上的机关或人名"
    organs = [line for line in names if may_be_organ(line.words) or line.bare in setting.names]
    taken |= known(names, Role.SIGNATORY, reason) | known(organs, Role.SIGNATORY, reason, sure)
    taken |= _further_stamps(names)
    return taken | _remarks(lines, date_line.index)


_OPEN = Known(
    Role.DATE,
    Certainty.ASKED,
    "文末单独一行的日期，没有填全",
    "成文日期没有填全，或没有这一天，没有收入：请写明成文日期。",
    "没有填全的成文日期",
)


def _further_stamps(names: Sequence[FrameLine]) -> Taken:
    """Those who sign beside the first: the program prints one, so they are kept as text."""
    stamped = [line for line in names if STAMPED.fullmatch(line.words)]
    if len(stamped) < 2 or len(stamped) < len(names):
        return {}
    question = "程序只印一位的签名章，这一位留在文字里，请核对。"
    return asked(stamped[1:], Role.PARAGRAPH, "第二位签署人", question)


def _styled(lines: Sequence[FrameLine]) -> Taken:
    its: Taken = {}
    for line in lines:
        if line.role in (Role.SIGNATORY, Role.DATE):
            its |= known([line], line.role, "")
    return its


def _remarks(lines: Sequence[FrameLine], index: int) -> Taken:
    below = [line for line in lines if line.index > index and line.is_words][:_MOST_BELOW]
    its = [line for line in below if line.role is Role.REMARK]
    its += [line for line in below if line.role is None and _may_be_below(line)]
    sure = [line for line in its if _SURE_REMARK.search(line.words)]
    reason = "成文日期之下括号里的一段"
    return known(its, Role.REMARK, reason) | known(sure, Role.REMARK, reason, Certainty.SURE)


def _date_place(
    setting: SourceSetting, lines: Sequence[FrameLine], *, takes_open: bool
) -> int | None:
    """Where the last date stands below which nothing but 附注 does."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if not line.is_words:
            return None
        if _is_date(line) or (takes_open and _is_open_date(setting, lines, place)):
            return place
        if len(lines) - place > _MOST_BELOW or not _may_be_below(line):
            break
    return _date_above_others(setting, lines)


def _date_above_others(setting: SourceSetting, lines: Sequence[FrameLine]) -> int | None:
    """The same where more stands below it that is no 附注: little of it, or no sentence."""
    sentences = 0
    for place in range(len(lines) - 1, 0, -1):
        line = lines[place]
        if not line.is_words:
            return None
        sentences += line.bare.endswith("。")
        if _is_date(line):
            is_named = _may_be_name(setting, lines[place - 1], [])
            if sentences:
                is_signed = line.is_at_right and is_named
                return place if is_signed and sentences <= _MOST_SENTENCES else None
            return place if line.is_at_right or is_named else None
    return None


def _is_date(line: FrameLine) -> bool:
    if line.is_styled:
        return False
    if signed_day(line.words):
        return True
    match = WITH_DATE.fullmatch(line.words)
    return bool(match) and may_be_organ(match["name"] if match else "")


def _is_open_date(setting: SourceSetting, lines: Sequence[FrameLine], place: int) -> bool:
    """Whether a date stands there that a draft leaves open: below a name, and in no form."""
    if not is_open_day(lines[place].words) or lines[place].is_styled or not place:
        return False
    return _may_be_name(setting, lines[place - 1], [])


def _may_be_below(line: FrameLine) -> bool:
    return is_remark(line.words) or bool(_CONTACT.fullmatch(line.bare))


def _names_above(setting: SourceSetting, above: Sequence[FrameLine]) -> list[FrameLine]:
    names: list[FrameLine] = []
    for line in reversed(above[-_MOST_NAMES:]):
        if not _may_be_name(setting, line, names):
            break
        names.append(line)
    return names[::-1]


def _may_be_name(setting: SourceSetting, line: FrameLine, below: Sequence[FrameLine]) -> bool:
    if not line.is_words or line.is_styled:
        return False
    if line.is_at_right and STAMPED.fullmatch(line.words):
        return True
    if _NO_NAME.search(line.words) or _is_of_list(line):
        return False
    if _CLOSING.match(line.bare):
        return False
    is_parted = bool(below) and below[-1].blank_above > 0
    if IN_BRACKETS.fullmatch(line.bare) or _NUMBERED.match(line.words):
        return False
    if line.row and below and line.row == below[-1].row:
        return True
    names = [name for name in split_names(line.words) if not _JUNK.fullmatch(name)]
    if any(len(bare(name)) > _LONGEST_NAME for name in names):
        return False
    is_named = all(may_be_organ(name) or bare(name) in setting.names for name in names)
    is_free = is_named or not below or below[-1].is_at_right or len(names) > 1
    if line.is_at_right and is_free and (is_named or not is_parted):
        return True
    if is_named or STAMPED.fullmatch(line.words):
        return True
    if is_parted:
        return False
    return bool(below) and setting.says_elsewhere(line.bare + below[-1].bare)


def _is_of_list(line: FrameLine) -> bool:
    """Whether a line is one of a list of names: 王明　市民政局局长; a page may say so itself."""
    tag = line.paragraph.look.style.split(".")[0] if line.paragraph else ""
    return tag in ("dt", "dd") or (line.alignment is not Aligned.RIGHT and names_office(line.words))


def _unsigned(setting: SourceSetting, lines: Sequence[FrameLine], *, is_inner: bool) -> Taken:
    """署名 without a date, and 附注 without either.

    At the end of a text of another a name may be the last of a list: there its place has to tell.
    """
    its: Taken = {}
    end = len(lines)
    while end and lines[end - 1].is_words and "公开" in lines[end - 1].words:
        if not is_remark(lines[end - 1].words):
            break
        end -= 1
        its |= known([lines[end]], Role.REMARK, "文末括号里的一段")
    last = lines[end - 1] if end else None
    if last and last.is_words and not last.is_styled and end > 1:
        is_named = may_be_organ(last.words) or bare(last.words) in setting.names
        is_free = last.is_at_right or not (setting.looks.has_looks or is_inner)
        if is_named and is_free and not _NO_NAME.search(last.words):
            its |= known([last], Role.SIGNATORY, "文末单独一行的机关名称，没有日期")
    return its


# -- what it says ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadSignature:
    """Who signed, and when."""

    names: tuple[str, ...] = ()
    date: date | None = None
    stamp: tuple[str, str] | None = None
    """The office and the name of who signs with a stamp."""
    remark: str | None = None

    @property
    def is_given(self) -> bool:
        """Whether it says who signed, or when."""
        return bool(self.names or self.date or self.stamp)


def read_signature(lines: Sequence[FrameLine], taken: Taken) -> ReadSignature:
    """The signature of a text, from the lines that were taken for it."""
    words: list[str] = []
    days = [signed_day(line.words) for line in of_role(lines, taken, Role.DATE)]
    for line in of_role(lines, taken, Role.SIGNATORY):
        match = WITH_DATE.fullmatch(line.words)
        words.append(match["name"] if match else line.words)
        days += [signed_day(match["date"])] if match else []
    stamp = STAMPED.fullmatch(words[0].strip()) if len(words) == 1 else None
    remarks = [line.words for line in of_role(lines, taken, Role.REMARK)]
    return ReadSignature(
        () if stamp else names_of(words),
        next((day for day in days if day), None),
        (bare(stamp["title"]), bare(stamp["name"])) if stamp else None,
        "\u3000".join(map(_inner, remarks)) or None,
    )


def _inner(words: str) -> str:
    match = IN_BRACKETS.fullmatch(words.strip())
    return unbroken(match["words"].strip() if match else words.strip())
