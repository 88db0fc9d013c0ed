"""Lines above the text → 版头, title, what a website writes around it, and 主送机关."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.names import people_in, split_names
from publisher.intake.recognise.frame.redness import LONGEST_MARK, NO_MARK
from publisher.intake.recognise.frame.signature import WITH_DATE
from publisher.intake.recognise.frame.taking import (
    Known,
    SourceSetting,
    Taken,
    asked,
    known,
    of_role,
)
from publisher.intake.recognise.frame.titles import (
    is_title_words,
    looks_like_title,
    title_of,
)
from publisher.intake.recognise.grids import unbroken
from publisher.intake.result import Certainty, Role
from publisher.words.days import DATE
from publisher.words.elements import (
    CLASSIFICATION,
    COPIES,
    COPY_NUMBER,
    HAN,
    IN_BRACKETS,
    LABEL,
    LISTED_FIRST,
    MARK_SUFFIXES,
    NUMBER,
    SIGNERS,
    URGENCY,
    bare,
    is_open_day,
    kind_of,
    may_be_addressed,
    may_be_organ,
    may_be_recipients,
    narrow,
    signed_day,
)
from publisher.words.numbering import typed
from publisher.words.numerals import COUNTED

_MOST_LINES = 40
_SENTENCE = 60
"""Characters from which a line is text, and no title."""
_MOST_RECIPIENT_LINES = 4
_OPEN_NUMBER = re.compile("[^0-9]号$")
"""How a 发文字号 ends of which the number is to be filled in."""
_NUMBERED = re.compile(rf"{typed()}|第[{COUNTED}]+[章节条]")
_RECORD = re.compile(
    "(?:索引号|主题分类|发文机关|发文单位|成文日期|发文日期|发布日期|发布时间|发布机构|公开日期|生成日期|"
    "有效性|名称|标题|文号|发文字号|来源|信息来源|作者|浏览次数|浏览量|阅读次数|点击数|字号|字体|"
    "公开方式|公开范围|体裁分类|服务对象|关键词|效力状态|文件编号|统一编号)[：:].*"
)
"""A line that a website writes around a document."""
_SAYS = re.compile(rf"[{HAN}\s]{{2,12}}[：:]\s*(?!20[0-9]{{2}}[-/.])\S")
"""What a line says of something: 时间：, 主持人：, 当事人：."""


# -- where the text begins --------------------------------------------------------------------


def zone(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> list[FrameLine]:
    """The lines up to where 主送机关 or the text begins."""
    known_above = [
        line
        for line in setting.lines
        if line.index not in taken or taken[line.index].role in _OPENING_ROLES
    ]
    first = _anchor(setting, known_above[:_MOST_LINES])
    below = _above_text(known_above[first : first + _MOST_LINES])
    whole = {line.index for line in (*known_above[:first], *below)}
    return [line for line in lines if line.index in whole]


def _above_text(lines: Iterable[FrameLine]) -> Iterator[FrameLine]:
    """Lines up to where the text begins; below a title it may do so with 时间：…."""
    is_titled = False
    for line in lines:
        says = bool(_SAYS.match(line.words)) and not line.is_centred
        is_plain = says and line.role is None and not _is_head_line(line)
        if _begins_text(line) or (is_titled and is_plain and not _RECORD.match(line.words)):
            return
        yield line
        is_titled |= line.role is Role.TITLE or (not says and _may_be_title(line))


def _anchor(setting: SourceSetting, lines: Sequence[FrameLine]) -> int:
    """Where the first line stands that is sure to be of the head, behind what a site puts there."""
    for place, line in enumerate(lines):
        if _is_anchor(setting, line):
            return place
        if line.role in (Role.RECIPIENTS, Role.DATE) or (line.is_styled and line.role is None):
            return 0
        if _is_behind_head(line):
            return 0
    return 0


def _is_behind_head(line: FrameLine) -> bool:
    """Whether a line stands in a document or below it, so that what follows is no head of its."""
    if not line.is_words:
        return False
    if LABEL.fullmatch(line.bare) or LISTED_FIRST.fullmatch(line.words):
        return True
    if may_be_recipients(line.words) and may_be_addressed(line.words) and not line.is_centred:
        return True
    return line.bare.endswith("。") or bool(line.is_at_right and signed_day(line.words))


def _is_anchor(setting: SourceSetting, line: FrameLine) -> bool:
    if not line.is_words:
        return False
    if line.role in (Role.MARK, Role.TITLE) or line.bare.startswith(("标题：", "名称：")):
        return line.role is not None
    if NUMBER.fullmatch(line.bare) and any(sign in line.bare for sign in "〔［[【("):
        return True
    is_title = looks_like_title(setting, line) and "关于" in line.bare
    return is_title and kind_of(line.bare) is not None


def _begins_text(line: FrameLine) -> bool:
    if not line.is_words or line.role in (Role.RECIPIENTS, Role.ATTACHMENT_MARK, Role.ISSUED_TITLE):
        return True
    if line.role is not None:
        return False
    if line.is_styled or LABEL.fullmatch(line.bare):
        return True
    if _is_head_line(line) or IN_BRACKETS.fullmatch(line.bare) or _RECORD.match(line.words):
        return False
    if may_be_recipients(line.words) and not line.is_centred:
        return True
    if line.is_centred and len(line.bare) <= _SENTENCE and not line.bare.endswith(("。", "：")):
        return False
    is_sentence = (
        len(line.bare) > _SENTENCE or "。" in line.bare or line.bare.endswith(("；", "："))
    )
    return is_sentence or bool(_NUMBERED.match(line.words))


def _is_head_line(line: FrameLine) -> bool:
    return any(_fields(line.words)) or bool(SIGNERS.match(line.bare))


# -- 版头 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _HeadFields:
    """What a line of the 版头 gives; several may stand beside one another on it."""

    copy_number: str = ""
    classification: str = ""
    urgency: str = ""
    number: str = ""
    signers: str = ""
    rest: str = ""

    def __iter__(self) -> Iterator[str]:
        named = (self.copy_number, self.classification, self.urgency, self.number, self.signers)
        return iter(named if not self.rest else ())


def _fields(words: str) -> _HeadFields:
    """The elements on a line; `rest` is what is none of them."""
    before, label, signers = _at_signers(narrow(words))
    spread = bare(before)
    values: dict[str, str] = {}
    for name, pattern in (("copy_number", COPY_NUMBER), ("classification", CLASSIFICATION)):
        if match := pattern.match(spread):
            values[name] = match[1]
            spread = spread[match.end() :]
    if match := URGENCY.match(spread):
        values["urgency"] = match[1]
        spread = spread[match.end() :]
    inner = IN_BRACKETS.fullmatch(spread)
    if NUMBER.fullmatch(spread):
        values["number"], spread = spread, ""
    elif inner and NUMBER.fullmatch(inner["words"]):
        values["number"], spread = inner["words"], ""
    elif match := NUMBER.match(re.sub("^(?:文号|发文字号)[：:]", "", spread)):
        values["number"] = match[0]
        names = words.partition(match[0][-4:])[2].strip()
        spread = "" if _are_names(names) else spread
        signers = names if _are_names(names) and not label else signers
    return _HeadFields(**values, signers=signers if label or not spread else "", rest=spread)


def _at_signers(words: str) -> tuple[str, str, str]:
    match = re.search(r"签\s*发\s*人?\s*[：:]", words)
    return (words[: match.start()], match[0], words[match.end() :]) if match else (words, "", "")


def _are_names(words: str) -> bool:
    return bool(words) and all(2 <= len(name) <= 4 for name in people_in(words))


def head(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """份号, 密级, 紧急程度, 发文字号 and 签发人, each by how it is written."""
    its: Taken = {}
    seen: set[Role] = set()
    is_signers = False
    for line in zone(setting, lines, taken):
        role = _head_role(line)
        if role in seen and line.role is None:
            continue  # a second one is text, for one alone can be kept
        if role is None and is_signers and _are_names(line.words) and not line.is_centred:
            role = Role.SIGNER
        is_signers = role is Role.SIGNER or (role is Role.NUMBER and "签发" in line.bare)
        if role is not None:
            seen |= {role} - {Role.SIGNER}
            its |= _known_head(line, role)
    return its


def _known_head(line: FrameLine, role: Role) -> Taken:
    reason = f"是{role.value}的写法，在标题上下"
    number = _fields(line.words).number
    if role is Role.NUMBER and _OPEN_NUMBER.search(number):
        return asked([line], role, reason, "发文字号没有填全：请写明。")
    is_sure = any(sign in line.bare for sign in "〔［[【★：:") or role is Role.URGENCY
    return known([line], role, reason, Certainty.SURE if is_sure else Certainty.LIKELY)


def _head_role(line: FrameLine) -> Role | None:
    if line.role in (Role.TITLE, Role.MARK, Role.SUBTITLE):
        return None
    fields = _fields(line.words)
    if line.role in _HEAD and not (line.role is Role.CLASSIFICATION and any(fields)):
        return line.role
    if any(fields):
        names = ("number", "signers", "copy_number", "classification", "urgency")
        return next(role for name, role in zip(names, _HEAD, strict=True) if getattr(fields, name))
    return None


_HEAD = (Role.NUMBER, Role.SIGNER, Role.COPY_NUMBER, Role.CLASSIFICATION, Role.URGENCY)


@dataclass(frozen=True, slots=True)
class ReadHead:
    """What the 版头 says."""

    copy_number: str | None = None
    classification: str | None = None
    urgency: str | None = None
    number: str | None = None
    signers: tuple[str, ...] = ()


def read_head(lines: Sequence[FrameLine], taken: Taken) -> ReadHead:
    """The elements of the 版头, from the lines that were taken for them."""
    values: dict[str, str] = {}
    signers: list[str] = []
    for line in of_role(lines, taken, *_HEAD):
        fields = _fields(line.words)
        for name in ("copy_number", "classification", "urgency", "number"):
            if getattr(fields, name):
                values.setdefault(name, getattr(fields, name))
        if taken[line.index].role is Role.SIGNER and not any(fields):
            signers += people_in(line.words)
        signers += people_in(fields.signers)
    return ReadHead(**values, signers=tuple(signers))


# -- the mark and the title -----------------------------------------------------------------


def mark(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """Red and large, or the name of an organ with 文件 above the title."""
    above = zone(setting, lines, taken)
    its = [line for line in above if line.role is Role.MARK]
    if its:
        return known(its, Role.MARK, "")
    if any(line.role is Role.TITLE for line in above):
        above = list(takewhile(lambda line: line.role is not Role.TITLE, above))
    red = [line for line in above if line.is_red]
    is_titled = any(is_title_words(line.words) for line in above if line not in red)
    if red and (is_titled or any(line.is_red_mark for line in red)):
        rows = {line.row for line in red if line.row}
        its = [
            line for line in above if line in red or (line.row in rows and _may_be_of_mark(line))
        ]
        return known(its, Role.MARK, "红色的字，在标题之上")
    return _mark_by_words(setting, above)


def _may_be_of_mark(line: FrameLine) -> bool:
    """Whether a line beside a mark is part of it: names of organs."""
    return all(may_be_organ(part) for part in line.words.split("\n"))


def _mark_by_words(setting: SourceSetting, above: Sequence[FrameLine]) -> Taken:
    for place, line in enumerate(above):
        if not line.bare.endswith(MARK_SUFFIXES) or NO_MARK.search(line.bare):
            continue
        if len(line.bare) > LONGEST_MARK or (line.bare in MARK_SUFFIXES and not place):
            continue
        names = _joint(above[: place + 1], has_suffix_alone=line.bare in MARK_SUFFIXES)
        if line.bare in MARK_SUFFIXES and len(names) < 2:
            continue
        if line.bare.endswith("纪要") and not any(map(_may_be_title, above[place + 1 :])):
            return {}  # it is the title
        reason = f"以“{_suffix(line.bare)}”结尾的机关名称，在标题之上"
        return known(names, Role.MARK, reason, Certainty.LIKELY)
    first = above[0] if above else None
    if first and may_be_organ(first.words) and len(above) > 1 and _stands_out(setting, above):
        return known([first], Role.MARK, "机关名称，字号比标题大，在最前")
    return {}


def _may_be_title(line: FrameLine) -> bool:
    return is_title_words(line.words) and not _is_head_line(line)


def _suffix(words: str) -> str:
    return next(suffix for suffix in MARK_SUFFIXES if words.endswith(suffix))


def _joint(above: Sequence[FrameLine], *, has_suffix_alone: bool) -> list[FrameLine]:
    """The last line with the names right above it; they look as it does, or it is no name."""
    *before, last = above
    names: list[FrameLine] = []
    for line in reversed(before):
        is_alike = has_suffix_alone or line.size == last.size
        if not line.is_words or not _may_be_of_mark(line) or not is_alike:
            break
        names.append(line)
    return [*reversed(names), last]


def _stands_out(setting: SourceSetting, above: Sequence[FrameLine]) -> bool:
    first, *below = above
    if setting.looks.has_looks and first.size:
        return first.size > max((line.size for line in below), default=0)
    return first.bare in setting.names and any(kind_of(line.bare) for line in below)


def made_by(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """Who made a 纪要 and when, on one line below its number."""
    its = [line for line in zone(setting, lines, taken) if _is_organ_and_day(line)]
    return known(its, Role.SIGNATORY, "版头里的机关和日期")


def _is_organ_and_day(line: FrameLine) -> bool:
    match = WITH_DATE.fullmatch(line.words)
    return bool(match) and may_be_organ(match["name"] if match else "")


def record(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """索引号, 发布日期 and the like, that a website writes above a document."""
    its = [line for line in zone(setting, lines, taken) if _RECORD.match(line.words)]
    reason = "以“索引号：”一类的字开头，在标题上下"
    why = "网站写的公开信息，有用的已写入文件信息"
    return {
        line.index: Known(Role.WEB_RECORD, Certainty.LIKELY, reason, why_left_out=why)
        for line in its
    }


def title(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """By style; else the large or centred lines above 主送机关, or those that end with a 文种."""
    above = zone(setting, lines, taken)
    its = [line for line in above if line.role is Role.TITLE]
    if its:
        return known(its, Role.TITLE, "标题样式或元素（h1）")
    candidates = [line for line in above if is_title_words(line.words)]
    largest = max((line.size for line in candidates), default=0)
    large = [line for line in candidates if line.size == largest]
    if largest > setting.looks.size + _LARGER:
        run = title_of(setting, lines, lines.index(large[0]), setting.named)
        words = "".join(line.bare for line in run)
        sure = Certainty.SURE if "关于" in words or kind_of(words) else Certainty.LIKELY
        return known(run, Role.TITLE, "主送机关以上字号最大的一段，居中或独占一行", sure)
    if run := _of_kind(candidates):
        reason = "主送机关以上，写明“关于……”，以文种结尾"
        return known(run, Role.TITLE, reason, Certainty.SURE)
    centred = [line for line in candidates if line.is_centred]
    start = centred or candidates
    if not start:
        return {}
    run = title_of(setting, lines, lines.index(start[0]), setting.named)
    kind = kind_of("".join(line.bare for line in run))
    if kind:
        return known(run, Role.TITLE, f"主送机关以上，以“{kind.value}”结尾", Certainty.LIKELY)
    if centred or setting.looks.has_looks is False or run[0].main_run.is_bold:
        return known(run, Role.TITLE, "在最前，不是一句话")
    return asked(run, Role.TITLE, "在最前，不是一句话", "是不是标题？")


_LARGER = 1.0
_MOST_TITLE_LINES = 4


def _of_kind(candidates: Sequence[FrameLine]) -> list[FrameLine]:
    """The lines from 关于 to a 文种, with the organs on the line above; none where none are so."""
    for end, line in enumerate(candidates):
        if kind_of(line.bare) is None:
            continue
        for start in range(end, max(-1, end - _MOST_TITLE_LINES), -1):
            run = candidates[start : end + 1]
            if "关于" not in run[0].bare:
                continue
            if run[0].index + len(run) - 1 != line.index:
                break
            above = candidates[start - 1] if start else None
            is_begun = run[0].bare.startswith("关于") and above is not None
            if is_begun and above and above.index + 1 == run[0].index:
                names = split_names(above.words)
                if all(map(may_be_organ, names)) and not above.bare.endswith(MARK_SUFFIXES):
                    run = [above, *run]
            return list(run)
    return []


def subtitle(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """（2025年3月4日…通过） right below the title."""
    titles = of_role(setting.lines, taken, Role.TITLE)
    below = [
        line for line in zone(setting, lines, taken) if titles and line.index > titles[-1].index
    ]
    its = [line for line in below if line.role is Role.SUBTITLE]
    if not its and (made := made_below_title(below)):
        return made
    if not its:
        its = [line for line in below[:3] if IN_BRACKETS.fullmatch(line.words)]
    return known(its, Role.SUBTITLE, "括号里的一段，紧接在标题下面")


def made_below_title(below: Sequence[FrameLine]) -> Taken:
    """Who made a text, and when, on two lines: 题注 as they stand right below the title."""
    names, days = (
        [line for line in below[:2] if fits(line)] for fits in (_may_have_made, _is_when)
    )
    if len(names) != 1 or len(days) != 1 or names == days:
        return {}
    return known([*names, *days], Role.SUBTITLE, "标题下面的机关或人，和日期")


def _may_have_made(line: FrameLine) -> bool:
    """Whether a line may name who made a text: an organ, or in the middle a person."""
    is_person = line.is_centred and bool(_PERSON.fullmatch(line.bare))
    return line.is_words and (is_person or may_be_organ(line.words))


_PERSON = re.compile(f"[{HAN}·]{{2,4}}")


def _is_when(line: FrameLine) -> bool:
    """Whether a line says when, in brackets or in the middle: a day, a month, a year."""
    match = IN_BRACKETS.fullmatch(line.words)
    plain = bare(match["words"] if match else line.words)
    is_day = bool(signed_day(plain) or is_open_day(plain) or re.fullmatch(DATE, plain))
    return is_day and (match is not None or line.is_centred)


def read_subtitle(lines: Sequence[FrameLine], taken: Taken) -> str | None:
    """题注 without its brackets."""
    words = []
    for line in of_role(lines, taken, Role.SUBTITLE):
        match = IN_BRACKETS.fullmatch(line.words)
        words.append(_subtitle_in_one(match["words"].strip() if match else line.words))
    return "\u3000".join(words) or None


_BETWEEN_EVENTS = re.compile(r"(?<=发布|公布|通过|批准|施行|修订|修正)\n(?=根据|自?[12][0-9]{3}年)")


def _subtitle_in_one(words: str) -> str:
    """题注 without ends of lines; one between two events of a text stands for the blank there."""
    return unbroken(_BETWEEN_EVENTS.sub("\u3000", words))


def beside_title(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """A date alone below the title, as websites write it: 成文日期 where no other is given."""
    titles = of_role(setting.lines, taken, Role.TITLE)
    above = zone(setting, lines, taken)
    dates = [
        line
        for line in above
        if titles and line.index > titles[-1].index and signed_day(line.words)
    ]
    return known(dates, Role.DATE, "标题下面单独一行的日期") if dates else {}


def recipients(setting: SourceSetting, lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """Flush left below the title, up to a colon; or names of organs where that is forgotten."""
    if of_role(setting.lines, taken, Role.RECIPIENTS):
        return {}  # they stand in the 版记
    styled = [line for line in lines if line.role is Role.RECIPIENTS]
    if styled:
        first = styled[0].index
        if not [line for line in lines if line.index < first and line.is_styled]:
            return known(styled[:1], Role.RECIPIENTS, "")
    titles = of_role(setting.lines, taken, Role.TITLE, Role.MARK)
    below = [line for line in lines if not titles or line.index > titles[0].index]
    return recipients_at(setting, below, is_inner=False)


def _is_addressed(line: FrameLine, is_inner: bool) -> bool:
    """Whether an indented line names recipients all the same: where all lines are indented."""
    if COPIES.match(line.words):
        return True
    is_list = bool(re.search("[、，,]|^各|人民政府", line.bare))
    return not is_inner and is_list and may_be_addressed(line.words)


def recipients_at(setting: SourceSetting, below: Sequence[FrameLine], *, is_inner: bool) -> Taken:
    """主送机关 where a text begins with them."""
    role = Role.RECIPIENTS
    for count, line in enumerate(below[:_MOST_RECIPIENT_LINES], 1):
        if not line.is_words or (line.is_styled and line.role is not Role.RECIPIENTS):
            break
        if _is_in_text(setting, line) and not (count == 1 and _is_addressed(line, is_inner)):
            break
        if may_be_recipients(line.words):
            sure = Certainty.SURE if may_be_addressed(line.words) else Certainty.LIKELY
            return known(below[:count], role, "标题之下顶格，以冒号结尾", sure)
        if not _goes_on(line.words):
            break
    first = below[0] if below else None
    if first is None or not first.is_words or first.is_styled or not setting.looks.is_indented:
        return {}
    is_flush = not _is_in_text(setting, first) and not first.is_centred and not first.is_at_right
    if is_flush and may_be_addressed(first.words) and len(below) > 1 and _is_list(first.words):
        return known([first], role, "标题之下顶格，是机关名称，缺冒号")
    return {}


def _is_list(words: str) -> bool:
    return all(
        may_be_addressed(name) for name in re.split("[、，,；]", bare(words).rstrip("：:")) if name
    )


def _goes_on(words: str) -> bool:
    return bool(re.search("[、，,]", words)) and not re.search("[。！？；]", words)


def _is_in_text(setting: SourceSetting, line: FrameLine) -> bool:
    """Whether a line is indented as the text is, where the text is."""
    return setting.looks.is_indented and line.lead >= 1


OPENING = (head, made_by, record, mark, title, subtitle, beside_title, recipients)
"""In this order: each leaves to the next what it does not know."""
_OPENING_ROLES = frozenset((*_HEAD, Role.MARK, Role.WEB_RECORD, Role.TITLE, Role.SUBTITLE))
"""Of lines among which the begin of the text is looked for."""


def read_recipients(lines: Sequence[FrameLine], taken: Taken) -> str | None:
    """主送机关 without the colon."""
    its = of_role(lines, taken, Role.RECIPIENTS)
    words = "".join(bare(line.words) if len(its) > 1 else unbroken(line.words) for line in its)
    words = re.sub(r"^主\s*送[：:]\s*", "", words)
    return words.rstrip("：:。").strip() or None
