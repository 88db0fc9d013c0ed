"""Elements that a document of its kind must have (条例 article 9, GB/T 9704 7.2 and 7.3)."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Finding, Severity
from publisher.model import Document, Kind, Paragraph
from publisher.standard import Size, type_width

_UPWARD = (Kind.REQUEST, Kind.REPORT)


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
        if not value and document.places:  # where no key was read, the reader has said why
            yield Finding(
                "missing_element",
                Severity.ERROR,
                document.place,
                f"文件信息没有写“{name}”",
                f"请在开头两行“---”之间补写“{name}: ……”。",
            )


def missing_signer(document: Document) -> Iterator[Finding]:
    """An upward document, 请示 or 报告, names nobody who signed it off (签发人).

    Upward documents carry their signer's name (条例 article 9, GB/T 9704 7.2.6). Add 签发人.
    """
    if document.kind in _UPWARD and not document.signers:
        yield Finding(
            "missing_signer",
            Severity.REVIEW,
            document.place_of("文种"),
            "上行文应当标注签发人，文件信息中没有",
            "请补写“签发人: 姓名”，几位之间用顿号分隔。",
        )


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
    """A text has no paragraph: the document itself, something it issues, or an attachment.

    Write the text, or delete the entry that names it.
    """
    for text in document.proses:
        if not any(isinstance(block, Paragraph) for block in text.blocks):
            yield Finding(
                "empty_text",
                Severity.REVIEW,
                text.place,
                "这个文件里没有正文",
                "请写上正文；如不需要这个文件，请从文件信息中删去它。",
            )
