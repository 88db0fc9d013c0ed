"""A document → what its kind asks and it does not do: whom it addresses, whom to call (条例)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Form, Kind, one_line
from publisher.words.places import place_in
from publisher.words.sentences import sentences

_ADDRESSED = (Kind.REQUEST, Kind.REPORT, Kind.REPLY, Kind.LETTER, Kind.MOTION)
_TO_EVERYBODY = (Kind.ANNOUNCEMENT, Kind.PUBLIC_NOTICE, Kind.COMMUNIQUE, Kind.RESOLUTION)


def missing_recipients(document: Document) -> Iterator[Finding]:
    """A document of a kind that is always addressed to somebody has no 主送.

    请示 and 报告 go up, 批复 answers one organ, 函 goes to another, 议案 to the people's congress
    (条例 articles 8, 9 and 15). Add 主送. 通知, 意见, 决定 and 通报 may be published to all, so
    nothing is said of them, and neither of a 报告 that is published, as its title (年度报告), its
    公开属性 or its 附注 shows.
    """
    is_published = document.kind is Kind.REPORT and _is_published(document)
    if document.kind in _ADDRESSED and not document.recipients and not is_published:
        yield review(
            "missing_recipients",
            document.place_of("文种"),
            f"{document.kind.value}应当有主送机关，文件信息中没有",
            "请补写“主送: 机关名称”，不写末尾的冒号。",
        )


def _is_published(document: Document) -> bool:
    said = (document.disclosure or "", document.note or "")
    return "年度报告" in one_line(document.body.title) or any(
        re.search("(?<!不予)(?<!不)公开", words) for words in said
    )


def needless_recipients(document: Document) -> Iterator[Finding]:
    """A document that is published to everybody names 主送.

    公告, 通告, 公报 and 决议 are made known to all (条例 article 8), so no organ is the one that
    has to act on them. It is printed all the same; delete the line, or choose 通知.
    """
    if document.kind in _TO_EVERYBODY and document.form is Form.GENERAL and document.recipients:
        yield review(
            "needless_recipients",
            document.place_of("主送"),
            f"{document.kind.value}面向社会公布，一般没有主送机关",
            "请删去“主送”一行；要发给确定的机关办理的，文种宜用通知。",
        )


def request_with_several_recipients(document: Document) -> Iterator[Finding]:
    """A 请示 names more than one 主送.

    A document that goes up has one 主送 as a principle, and other organs get it as 抄送 (条例
    article 15): of two that are asked, each may wait for the other. Leave the one that decides.
    """
    if document.kind is Kind.REQUEST and re.search("[、，；,;]", document.recipients or ""):
        yield review(
            "request_with_several_recipients",
            document.place_of("主送"),
            "请示原则上只主送一个上级机关，这里写了几个",
            "请只保留负责答复的机关，其他的移到“抄送”。",
        )


_CONTACT = re.compile("联系|电话|手机")
_TELEPHONE = re.compile("[0-9×]{3}")


def request_without_contact(document: Document) -> Iterator[Finding]:
    """A 请示 does not name in its 附注 whom the organ above may call: a person and a telephone.

    The 办法 of 2000 asked for it, the 条例 of 2012 leaves open what a 附注 tells; offices still ask
    for it, and what lacks it may come back. Add the line 附注.
    """
    note = document.note or ""
    if document.kind is Kind.REQUEST and not (_CONTACT.search(note) and _TELEPHONE.search(note)):
        yield review(
            "request_without_contact",
            document.place_of("附注" if note else "文种"),
            "请示的附注没有写明联系人和电话",
            "请补写“附注: 联系人：姓名，联系电话：号码”。",
        )


_FORMULA = re.compile(
    "(?:妥否|当否|可否|是否妥当|是否可行)，?(?:恳|敬)?请[^，。]{0,6}(?:批示|指示|批复|审批|批准|核准)。?"
    "|(?:以上(?:报告|意见|请示)?，?)?(?:恳|敬)?请(?:予|予以|及时|尽快)?(?:批示|批复|审批|批准|核准)。?"
)
_QUESTION = re.compile("[^。]*(?=妥否|当否|可否|是否妥当|是否可行)")


def report_with_request(document: Document) -> Iterator[Finding]:
    """A 报告 ends as a 请示 does, as in 妥否，请批示: it asks for an answer.

    No request may stand in a 报告 (条例 article 15): a report is read and not answered, so the
    matter would rest. Send a 请示 of its own. Only the formulas that end a 请示 are looked for;
    请审阅 and 请批转 are none.
    """
    if document.kind is not Kind.REPORT:
        return
    for block in document.body.blocks:
        for sentence in sentences(block):
            question = _QUESTION.match(sentence.words)
            start = question.end() if question else 0
            if _FORMULA.fullmatch(sentence.words, start):
                yield review(
                    "report_with_request",
                    place_in(block, sentence.start + start),
                    f"报告里写了请示的话“{sentence.words[start:]}”",
                    "报告不得夹带请示事项；需要上级答复的，请另写请示。",
                )
