"""A 发文字号 → what is wrong with its form, its organ or its year (GB/T 9704 7.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Kind
from publisher.words.numerals import CHINESE

_NUMBER = re.compile(r"(?P<code>[\u3400-\u9fffA-Za-z（）]+)〔(?P<year>[0-9]{4})〕[1-9][0-9]*号")
_SERIAL = re.compile(
    f"(?:[0-9]{{4}}年)?第(?:[1-9][0-9]*|[{CHINESE}]+)[号期次]|〔[0-9]{{4}}〕[1-9][0-9]*[号期]"
)
_ALWAYS_IN_FULL = (
    Kind.NOTICE,
    Kind.OPINION,
    Kind.REPORT,
    Kind.REQUEST,
    Kind.REPLY,
    Kind.LETTER,
)
"""Kinds that are never counted by 第N号 alone, as 命令, 纪要, 公告 and others are."""

_FAULTS = (
    (re.compile(r"\s"), "里有空格", "请删去空格。"),
    (re.compile("[０-９]"), "用了全角数字", "请改为半角的阿拉伯数字。"),
    (
        re.compile(r"[\[(（【〖﹝［{][0-9０-９]{2,4}年?[\])）】〗﹞］}]"),
        "的年份没有用六角括号",
        "请改为六角括号，例如〔2025〕。",
    ),
    (
        re.compile("〔(?![0-9０-９]{4}〕)[^〔〕]*〕"),
        "的年份没有写四位数字",
        "请写全，例如〔2025〕。",
    ),
    (re.compile("[〕\\])）】〗﹞］]第"), "的序号前加了“第”", "请删去“第”，例如〔2025〕6号。"),
    (re.compile("[〕\\])）】〗﹞］第]0"), "的序号补了“0”", "请写作 6 号，不写 06 号。"),
    (re.compile("〕[0-9]+$"), "缺少“号”字", "请在末尾补上“号”。"),
)


def malformed_number(document: Document) -> Iterator[Finding]:
    """发文字号 does not have its form: 机关代字〔2025〕6号.

    The year has four digits and stands in 〔〕, the number after it has neither 第 nor a zero
    before it, and 号 follows (GB/T 9704 7.2.5). 命令 and 纪要 are counted 第6号 (10.2, 10.3), and
    announcements and the like may be, as 2025年第6号; a 通知 or 函 is not.
    """
    number = document.number or ""
    if not number or "×" in number or _NUMBER.fullmatch(number):
        return
    if _SERIAL.fullmatch(number) and document.kind not in _ALWAYS_IN_FULL:
        return
    faults = [(what, hint) for pattern, what, hint in _FAULTS if pattern.search(number)]
    for what, hint in faults or [("不是“机关代字〔年份〕序号”的写法", "例如 临民发〔2025〕6号。")]:
        yield review(
            "malformed_number",
            document.place_of("发文字号"),
            f"发文字号“{number}”{what}",
            hint,
        )


def number_of_other_organ(document: Document) -> Iterator[Finding]:
    """发文字号 does not begin with the 机关代字 that `bureau.yaml` gives the organ.

    The number is the host organ's, in a joint document too (条例 article 9). A last 发, 函 or 字 of
    the 机关代字 may differ: with 临民发, 临民函〔2025〕6号 is right. Nothing is said where
    `bureau.yaml` gives no 机关代字.
    """
    match = _NUMBER.fullmatch(document.number or "")
    host = document.issuers[0] if document.issuers else None
    if not match or not host or not host.code:
        return
    if not match["code"].startswith(re.sub("(?<=.)[发函字]$", "", host.code)):
        yield review(
            "number_of_other_organ",
            document.place_of("发文字号"),
            f"发文字号的机关代字“{match['code']}”与{host.name}的“{host.code}”不符",
            "请核对发文字号；联合行文用主办机关的。代字有变的，请改 bureau.yaml 的“机关代字”。",
        )


def number_of_other_year(document: Document) -> Iterator[Finding]:
    """The year in 发文字号 is not the year of 成文日期.

    Numbers are given year by year (GB/T 9704 7.2.5); often last year's document was the draft. A
    document of January may carry a number of the year before: it was registered in December.
    """
    match = re.search("〔([0-9]{4})〕", document.number or "")
    if not match or document.date is None:
        return
    numbered, dated = int(match[1]), document.date.year
    if numbered != dated and not (numbered == dated - 1 and document.date.month == 1):
        yield review(
            "number_of_other_year",
            document.place_of("发文字号"),
            f"发文字号的年份是 {numbered} 年，成文日期是 {dated} 年",
            "请核对发文字号和成文日期。",
        )
