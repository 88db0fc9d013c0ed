"""A document → elements that its kind must have and it has not (条例 article 9, GB/T 9704)."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checks.structure import is_its_own_text
from publisher.diagnostics import Finding, Severity
from publisher.forms import printed_form
from publisher.keys import KEYS, value_of
from publisher.model import Document, Form, Heading, Kind, Prose, Seal
from publisher.standard import Size, type_width

_UPWARD = (Kind.REQUEST, Kind.REPORT)
_PERHAPS_UPWARD = (*_UPWARD, Kind.OPINION, Kind.MOTION)


def missing_element(document: Document) -> Iterator[Finding]:
    """A document lacks 文种, 标题, 发文机关 or 成文日期.

    Every official document has these four (条例 article 9); nothing can be set without them. Other
    elements may be absent, and are then not printed. Add the line to the front matter.
    """
    wanted = {
        "文种": document.kind,
        "标题": document.body.title,
        "发文机关": document.issuers,
        "成文日期": document.date,
    }
    for name, value in wanted.items():
        # Where no key was read, or a value of the wrong form, the reader has said why.
        if not value and document.places and not _is_written(document, name):
            yield Finding(
                "missing_element",
                Severity.ERROR,
                document.place,
                f"文件信息没有写“{name}”",
                f"请在开头两行“---”之间补写“{name}: ……”。",
            )


def _is_written(document: Document, key: str) -> bool:
    """Whether something stands after a key of the front matter."""
    lines = "".join(line for line, _ in document.lines_of(key))
    return bool(lines.partition(":")[2].strip("|> "))


def missing_signer(document: Document) -> Iterator[Finding]:
    """An upward document, 请示 or 报告, names nobody who signed it off (签发人).

    Upward documents carry their signer's name (条例 article 9, GB/T 9704 7.2.6). Add 签发人. A 报告
    without 主送 is published and goes to nobody above, as the yearly one on 政府信息公开.
    """
    is_upward = document.kind is Kind.REQUEST or (
        document.kind is Kind.REPORT and bool(document.recipients)
    )
    if is_upward and not document.signers:
        yield Finding(
            "missing_signer",
            Severity.REVIEW,
            document.place_of("文种"),
            "上行文应当标注签发人，文件信息中没有",
            "请补写“签发人: 姓名”，几位之间用顿号分隔。",
        )


def needless_signer(document: Document) -> Iterator[Finding]:
    """A document that goes down or across names who signed it off (签发人).

    Only upward documents carry it (GB/T 9704 7.2.6): 请示 and 报告, perhaps 意见 and 议案. It is
    printed all the same; delete the line.
    """
    upward = document.kind is None or document.kind in _PERHAPS_UPWARD
    if document.signers and document.form is Form.GENERAL and not upward:
        yield Finding(
            "needless_signer",
            Severity.REVIEW,
            document.place_of("签发人"),
            "签发人只在上行文中标注，本文不是上行文",
            "请删去“签发人”一行；要印签名章的，用“签名人”。",
        )


def missing_stamp_name(document: Document) -> Iterator[Finding]:
    """A document that bears the stamp of a signature does not say whose: 签名人 is not given.

    Nothing then stands above the date: with 签名章 the organ's name is not printed (7.3.5.3). An
    order is always signed (10.2). Add 签名人, and 用印: 签名章.
    """
    is_order = document.form is Form.ORDER
    is_stamped = document.seal is Seal.SIGNATURE_STAMP
    if (is_order or is_stamped) and not document.stamp_name:
        yield Finding(
            "missing_stamp_name",
            Severity.REVIEW,
            document.place_of("用印" if is_stamped else "文种"),
            "用签名章的公文没有写签名人" if is_stamped else "命令由机关负责人签署，没有写签名人",
            "请写明“用印: 签名章”“签名人职务: 职务”“签名人: 姓名”三行。",
        )


def joint_stamp(document: Document) -> Iterator[Finding]:
    """Several organs issue a document that bears the stamp of one signature.

    Each organ's 职务 and 签名章 would have to stand there (7.3.5.3); one can be given, and the
    names of the organs are not printed. Seal it, or issue it without a seal.
    """
    if document.seal is Seal.SIGNATURE_STAMP and len(document.issuers) > 1:
        yield Finding(
            "joint_stamp",
            Severity.REVIEW,
            document.place_of("用印"),
            "联合行文只能印一个机关的签名章，其他机关不会署名",
            "请改为“用印: 印章”或“用印: 无”，各机关依次署名。",
        )


def element_not_printed(document: Document) -> Iterator[Finding]:
    """The front matter gives an element that the document's form does not print.

    出席, 请假 and 列席 stand in 纪要 alone (10.3). A 信函 has no 印发机关 and 印发日期 (10.1), a
    命令 no 主送 (10.2), and neither has 签发人. 签名人 and 签名人职务 need 用印: 签名章. Delete
    the line, or choose another 版式 or 用印.
    """
    elements = printed_form(document).elements
    for key in KEYS:
        if key.element and key.element not in elements and value_of(document, key.field):
            what = f"“{document.form.value}”版式不印“{key.name}”"
            yield _not_printed(document, key.name, what, "请删去这一行，或改用别的“版式”。")
    if document.seal is not Seal.SIGNATURE_STAMP:
        stamp = {"签名人职务": document.stamp_title, "签名人": document.stamp_name}
        for name in (name for name, words in stamp.items() if words):
            what = f"不用签名章的公文不印“{name}”"
            yield _not_printed(document, name, what, "请写“用印: 签名章”，或删去这一行。")


def _not_printed(document: Document, key: str, message: str, hint: str) -> Finding:
    place = document.place_of(key)
    return Finding("element_not_printed", Severity.REVIEW, place, message, hint)


def classified_without_copy_number(document: Document) -> Iterator[Finding]:
    """A classified document (密级) has no 份号.

    Every copy of a classified document is numbered (条例 article 9, GB/T 9704 7.2.1). Add 份号. No
    web page is made of such a document.
    """
    if document.classification and not document.copy_number:
        yield Finding(
            "classified_without_copy_number",
            Severity.REVIEW,
            document.place_of("密级"),
            "涉密公文应当标注份号，文件信息中没有",
            '请补写“份号: "000001"”；涉密公文不生成网页。',
        )


_URGENCIES = ("特提", "特急", "加急", "平急")


def unknown_urgency(document: Document) -> Iterator[Finding]:
    """紧急程度 is none of those that there are: 特急 and 加急, of telegrams 特提 and 平急 too.

    条例 article 9 names them; readers look for the word that they know. Mend the word, or delete
    the line where the document is not urgent.
    """
    if document.urgency and document.urgency not in _URGENCIES:
        yield Finding(
            "unknown_urgency",
            Severity.REVIEW,
            document.place_of("紧急程度"),
            f"没有“{document.urgency}”这种紧急程度",
            "请写“特急”或“加急”；电报写“特提”“特急”“加急”或“平急”；不急的，请删去这一行。",
        )


def long_title_line(document: Document) -> Iterator[Finding]:
    """A line of the title, as its author broke it, does not fit the page's width.

    It would be broken a second time, at any character. Break the title into more lines, or take the
    breaks out: then it is broken at whole words (7.3.1).
    """
    most = int(type_width(landscape=False).pt // Size.NO_2.value)
    lines = document.body.title.split("\n")
    if len(lines) > 1 and any(len(line) > most for line in lines):
        yield Finding(
            "long_title_line",
            Severity.REVIEW,
            document.place_of("标题"),
            f"标题有一行超过 {most} 个字，一行排不下",
            "请多分几行；或写成一行，由程序按词分行。",
        )


def empty_text(document: Document) -> Iterator[Finding]:
    """A text says nothing: the document itself, something it issues, or an attachment.

    It has no paragraph, and no heading that is text itself, as an article (第一条) or a sentence.
    Write the text, or delete the entry that names it. Of a text that is beyond a limit, and was not
    read for that, nothing is said.
    """
    for text in document.proses:
        if text.is_whole and not _says_something(text):
            yield Finding(
                "empty_text",
                Severity.REVIEW,
                text.place,
                "这个文件里没有正文",
                "请写上正文；如不需要这个文件，请从文件信息中删去它。",
            )


def _says_something(text: Prose) -> bool:
    return any(
        not isinstance(block, Heading) or is_its_own_text(block, text) for block in text.blocks
    )
