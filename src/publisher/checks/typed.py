"""A text → elements that its author typed and the program prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document, Paragraph, plain
from publisher.words.days import SIGNED

_TYPED_LIST = re.compile(r"附件\s*[1-9]?[0-9]?\s*[：:]")
_NOTE = re.compile("（(?:此件|联系人)[^（）]*）")
_ADDRESS = re.compile("各[^。：要应须将请]*[局委办府位室院厅处所站会校门队区县镇乡司织业构体]：")


def typed_element(document: Document) -> Iterator[Finding]:
    """An element that the program prints is typed into the text: 附件说明, 署名, 成文日期 …

    It would stand there twice, or where it does not belong (GB/T 9704 7.3.2 to 7.3.6, 7.4.2).
    Delete the paragraph, and give the element in the front matter. 主送 is looked for in the first
    paragraph, 署名, 成文日期 and 附注 in the last three. The text of an 印发件 is left alone: what
    is passed on keeps its own signature.
    """
    paragraphs = [block for block in document.body.blocks if isinstance(block, Paragraph)]
    for number, paragraph in enumerate(paragraphs):
        words = re.sub(r"\s", "", plain(paragraph.content))
        ends = number >= len(paragraphs) - 3
        for key, what in _typed(words, document, begins=number == 0, ends=ends):
            yield review(
                "typed_element",
                paragraph.place,
                f"正文里写了{what}，这一项由程序排印",
                f"请删去这一段，写在文件信息的“{key}”里。",
            )


def _typed(
    words: str, document: Document, *, begins: bool, ends: bool
) -> Iterator[tuple[str, str]]:
    """Keys of the front matter whose elements a paragraph is, and what the elements are called."""
    if _TYPED_LIST.match(words):
        yield "附件", "附件说明"
    if words.startswith(("抄送：", "抄送:")):
        yield "抄送", "抄送机关"
    if begins and (words == f"{document.recipients}：" or _ADDRESS.fullmatch(words)):
        yield "主送", "主送机关"
    if ends and _NOTE.fullmatch(words):
        yield "附注", "附注"
    names = "|".join(re.escape(name) for name in _names(document))
    signature = (
        re.fullmatch(f"(?P<names>(?:{names}){{0,12}})(?P<day>{SIGNED})?", words) if ends else None
    )
    if signature and signature["names"]:
        yield "发文机关", "发文机关署名"
    if signature and signature["day"]:
        yield "成文日期", "成文日期"


def _names(document: Document) -> Iterator[str]:
    for organ in document.issuers:
        yield organ.name
        if organ.short_name:
            yield organ.short_name
