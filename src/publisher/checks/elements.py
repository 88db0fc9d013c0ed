"""Elements that a document of its kind must have (条例 article 9, GB/T 9704 7.2 and 7.3)."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Finding, Severity
from publisher.model import Document, Kind, Paragraph

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
        if not value:
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
