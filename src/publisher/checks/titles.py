"""A title → what it lacks of organ, subject and kind (条例 article 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Kind, one_line
from publisher.words.numerals import COUNTED

_ENDINGS = {Kind.ORDER: "令"}
"""How a title ends where that is not the kind's own name."""
_AFTER_KIND = re.compile(
    f"(?:[（(][^（）()]*[）)]|(?:[0-9]{{4}}年|〔[0-9]{{4}}〕)?第?[0-9{COUNTED}]+[号期])+"
)
_WITHOUT_SUBJECT = (
    Kind.ANNOUNCEMENT,
    Kind.PUBLIC_NOTICE,
    Kind.ORDER,
    Kind.COMMUNIQUE,
    Kind.RESOLUTION,
    Kind.MINUTES,
)
"""Kinds whose title may be organ and kind alone."""


_OF_PUBLIC = (Kind.ANNOUNCEMENT, Kind.PUBLIC_NOTICE, Kind.NOTICE)


def unquoted(title: str) -> str:
    """A title without blanks, breaks, and the marks that show it to be one."""
    return re.sub(r"[\s《》〈〉]", "", title)


def _to_kind(document: Document) -> str:
    """The title up to its kind: without blanks, and without （试行） or 第3号 after it."""
    title = re.sub(r"\s", "", one_line(document.body.title))
    return re.sub(f"{_AFTER_KIND.pattern}$", "", title) or title


def title_without_kind(document: Document) -> Iterator[Finding]:
    """The title does not end in the document's kind.

    A title is organ, subject and kind (条例 article 9), so a 通知 ends in 通知. One of the two is
    wrong: the title, or 文种, which decides how the document is set. What follows in brackets, as
    （试行）, and a number as 第3号 are left aside; 复函 and 紧急通知 end in their kind, and 公示 is
    what a 公告, 通告 or 通知 may be called that asks for objections.
    """
    title, kind = _to_kind(document), document.kind
    if not title or kind is None or title.endswith(_ENDINGS.get(kind, kind.value)):
        return
    if kind in _OF_PUBLIC and title.endswith("公示"):
        return
    ending = next((known.value for known in Kind if title.endswith(known.value)), None)
    said = f"以“{ending}”结尾" if ending else "没有以文种结尾"
    yield review(
        "title_without_kind",
        document.place_of("标题"),
        f"标题{said}，文种写的是“{kind.value}”",
        "标题由发文机关、事由和文种组成；请改正标题，或改正“文种”。",
    )


def title_without_organ(document: Document) -> Iterator[Finding]:
    """The title begins with its subject, as 关于……的通知, without the organ that issues it.

    A title is organ, subject and kind (条例 article 9); where it is listed or cited alone, nobody
    else says whose it is. Put the organ's name or standing short name before it. The title of 纪要,
    whose mark names the meeting, may do without, and so may that of 命令, which is not printed.
    """
    free = (Kind.MINUTES, Kind.ORDER)
    title = _to_kind(document)
    if document.kind not in free and re.match("关于|印发|转发|批转", title):
        yield review(
            "title_without_organ",
            document.place_of("标题"),
            "标题没有写发文机关",
            "标题由发文机关、事由和文种组成；请在前面补上发文机关的全称或规范化简称。",
        )


def title_without_subject(document: Document) -> Iterator[Finding]:
    """The title is an organ and a kind, or a kind alone, and does not say what it is about.

    A title is organ, subject and kind (条例 article 9). Write 关于……的 between the two. The titles
    of 公告, 通告, 令, 公报, 决议 and 纪要 may do without, as 某某市人民政府公告.
    """
    title, kind = _to_kind(document), document.kind
    if kind is None or kind in _WITHOUT_SUBJECT or not title.endswith(kind.value):
        return
    names = (name for organ in document.issuers for name in (organ.name, organ.short_name) if name)
    for name in sorted(names, key=len, reverse=True):
        title = title.replace(name, "")
    if re.fullmatch("[、和]*(?:关于)?的?(?:紧急|重要|补充)?", title.removesuffix(kind.value)):
        yield review(
            "title_without_subject",
            document.place_of("标题"),
            "标题没有写事由",
            f"请写明是关于什么的，例如“关于……的{kind.value}”。",
        )


def doubled_kind(document: Document) -> Iterator[Finding]:
    """The title says two kinds at its end: 转发……的通知的通知, or 请示报告.

    A notice that passes on another's takes that one's title in 《》, or leaves its kind out; 请示
    and 报告 are two kinds, and only one of them is answered (条例 article 15).
    """
    match = re.search("(?:转发|印发).*(通知的通知)$|(请示报告)$", _to_kind(document))
    if match:
        words = match[1] or match[2]
        yield review(
            "doubled_kind",
            document.place_of("标题"),
            f"标题末尾的文种重叠：“{words}”",
            "请只保留一个“通知”，或给所转发的标题加上书名号。"
            if match[1]
            else "请示和报告是两个文种，请只用一个。",
        )
