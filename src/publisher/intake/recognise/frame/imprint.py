"""Lines → the 版记: 抄送机关, 印发机关和日期, and what old documents have beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.taking import (
    Known,
    SourceSetting,
    Taken,
    asked,
    known,
    left_out,
    of_role,
)
from publisher.intake.result import Certainty, Role
from publisher.words.elements import (
    COPIES,
    COPIES_COUNT,
    DISCLOSURE,
    KEYWORDS,
    OPEN_PRINTED,
    PRINTED,
    SENT,
    bare,
    may_be_addressed,
    may_be_organ,
    narrow,
    signed_day,
)

_LAST = 16
"""Among so many lines at the end the 版记 is looked for."""
_LONGEST = 60
"""Characters of 印发机关."""


def imprint(setting: SourceSetting, lines: Sequence[FrameLine], _: Taken) -> Taken:
    """By styles; else by 抄送： and 印发 among the last lines."""
    taken: Taken = {}
    is_to = False
    for line in lines:
        if line.role in (Role.COPIES, Role.PRINTING):
            is_to = is_to or line.words.startswith("主送")
            is_to = is_to and not line.words.startswith("抄送") and line.role is Role.COPIES
            taken |= known([line], Role.RECIPIENTS if is_to else line.role, "在版记里")
    if taken:
        return taken
    last = [line for line in lines if line.is_words][-_LAST:]
    taken = _of_brief(last)
    for place, line in enumerate(last):
        taken |= _taken(line, last[:place], taken)
    return taken | _wrapped(last, taken)


def _taken(line: FrameLine, above: Sequence[FrameLine], taken: Taken) -> Taken:
    match = COPIES.fullmatch(line.words)
    label = bare(match["label"]) if match else ""
    if label == "抄送":
        return known([line], Role.COPIES, f"以“{label}：”开头，在文末", Certainty.SURE)
    if label and label != "主送":
        return _sent([line], label)
    if label == "主送" and above:
        return known([line], Role.RECIPIENTS, "以“主送：”开头，在文末")
    if KEYWORDS.fullmatch(line.bare):
        return {line.index: _KEYWORDS}
    if COPIES_COUNT.fullmatch(line.bare):
        return left_out([line], "印刷份数、打字校对", "在文末，是印刷的说明")
    printed = _printed(line.words)
    if printed is None or len(printed["organ"]) > _LONGEST:
        return {}
    its = [line]
    if not bare(printed["organ"]) and above and may_be_organ(above[-1].words):
        its = [above[-1], line] if above[-1].index not in taken else its
    reason = "文末的机关、日期和“印发”"
    if signed_day(printed["date"]) is None:
        question = "印发日期没有填全，或没有这一天，没有收入：请写明印发日期。"
        return known(its[:-1], Role.PRINTING, reason) | asked(
            [line], Role.PRINTING, reason, question
        )
    return known(its, Role.PRINTING, reason, Certainty.SURE)


def _printed(words: str) -> re.Match[str] | None:
    """印发机关 and 印发日期 on a line, its digits however wide."""
    return PRINTED.fullmatch(narrow(words)) or OPEN_PRINTED.fullmatch(narrow(words))


def _sent(lines: Sequence[FrameLine], label: str) -> Taken:
    """Lines of other labels than 抄送, as which they are printed."""
    question = f"“{label}：”印作“抄送：”，请核对。"
    return asked(lines, Role.COPIES, f"以“{label}：”开头，在文末", question)


def _of_brief(last: Sequence[FrameLine]) -> Taken:
    """报：, 送：, 发： below one another, as 简报 have them."""
    its = [(line, match["label"]) for line in last if (match := SENT.fullmatch(line.words))]
    taken: Taken = {}
    for line, label in its if len({label for _, label in its}) > 1 else ():
        taken |= _sent([line], label)
    return taken


_KEYWORDS = Known(
    Role.LEFT_OUT,
    Certainty.ASKED,
    "以“主题词：”开头，在文末",
    "现行格式没有主题词，没有收入；要用作网页的关键词，请写进“关键词”。",
    "主题词",
)


def _wrapped(lines: Sequence[FrameLine], taken: Taken) -> Taken:
    """The lines on which 抄送 goes on: up to 印发, or those further in."""
    goes_on: Taken = {}
    is_open = False
    for place, line in enumerate(lines):
        if line.index in taken:
            is_open = taken[line.index].role is Role.COPIES
            continue
        follows = any(
            taken[each.index].role is Role.PRINTING
            for each in lines[place + 1 :]
            if each.index in taken
        )
        ends = line.words.endswith(("。", "，", "、"))
        may_go_on = follows or (line.lead >= 1 and ends) or _names_organs(line.words)
        if is_open and not signed_day(line.words) and may_go_on:
            goes_on |= known([line], Role.COPIES, "接着上一行的抄送")
        else:
            is_open = False
    return goes_on


def _names_organs(words: str) -> bool:
    """Whether a line is a group of organs: 县财政局，县审计局。"""
    names = re.split("[、，,；]", bare(words).rstrip("。"))
    return all(may_be_organ(name) or may_be_addressed(name) for name in names)


@dataclass(frozen=True, slots=True)
class ReadImprint:
    """What the 版记 says."""

    copies: tuple[str, ...] = ()
    organ: str | None = None
    date: date | None = None
    disclosure: str | None = None
    recipients: str | None = None


def read_imprint(lines: Sequence[FrameLine], taken: Taken) -> ReadImprint:
    """The elements of the 版记, from the lines that were taken for it."""
    groups = [
        group for line in of_role(lines, taken, Role.COPIES) for group in line.words.split("\n")
    ]
    printing = of_role(lines, taken, Role.PRINTING)
    organ, day = _printing(" ".join(line.words for line in printing))
    disclosed = (DISCLOSURE.fullmatch(line.bare) for line in lines if line.is_words)
    disclosure = next((match[1] for match in disclosed if match), None)
    return ReadImprint(tuple(_copies(groups)), organ, day, disclosure, _recipients(lines, taken))


def _recipients(lines: Sequence[FrameLine], taken: Taken) -> str | None:
    """主送 that stands in the 版记, for it is too long for the first page (7.3.2)."""
    its = of_role(lines, taken, Role.RECIPIENTS)
    begins = [n for n, line in enumerate(its) if line.words.startswith(("主送：", "主送:"))]
    groups = _copies(line.words for line in its[begins[0] :]) if begins else []
    return "".join(groups) or None


def _copies(lines: Iterable[str]) -> list[str]:
    """Groups of organs: each ends with 。, and a line that does not goes on below."""
    groups: list[str] = []
    is_open = False
    for line in lines:
        match = COPIES.fullmatch(line.strip()) or SENT.fullmatch(line.strip())
        words = (match["organs"] if match else line).strip()
        if is_open and groups and not match:
            groups[-1] += words
        elif words:
            groups.append(words)
        is_open = not words.endswith("。")
    return [group.removesuffix("。") for group in groups]


def _printing(words: str) -> tuple[str | None, date | None]:
    match = _printed(words.strip())
    if not match:
        return None, None
    organ = re.sub(r"[\s\u3000]+", "", match["organ"])
    return organ or None, signed_day(match["date"])


def disclosure(_: SourceSetting, lines: Sequence[FrameLine], __: Taken) -> Taken:
    """公开属性：主动公开 on a line of its own."""
    its = [line for line in lines if line.is_words and DISCLOSURE.fullmatch(line.bare)]
    return known(its, Role.WEB_RECORD, "以“公开属性：”一类的字开头")
