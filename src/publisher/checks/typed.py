"""A text → elements that its author typed and the program prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Block, Document, Paragraph, Place, Prose, plain
from publisher.words.days import SIGNED
from publisher.words.names import TYPED_NAME

_TYPED_LIST = re.compile(r"附件\s*[1-9]?[0-9]?\s*[：:]")
_NOTE = re.compile("（(?:此件|联系人)[^（）]*）")
_ADDRESS = re.compile("各[^。：要应须将请]*[局委办府位室院厅处所站会校门队区县镇乡司织业构体][：:]")


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
    if begins and _is_address(words, document):
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


def _is_address(words: str, document: Document) -> bool:
    """Whether a first paragraph is 主送: as given, each of a kind, or one organ or several."""
    given = (f"{document.recipients}{colon}" for colon in "：:")
    is_organ = _ADDRESSED.fullmatch(words) and not _SAYS.search(words)
    return words in given or bool(is_organ or _ADDRESS.fullmatch(words))


def _names(document: Document) -> Iterator[str]:
    for organ in document.issuers:
        yield organ.name
        if organ.short_name:
            yield organ.short_name


# -- of a document inside the document --------------------------------------------------

_SAYS = re.compile("[请将已须应拟]")
"""No name of an organ has these: 现将名单印发各区民政局："""
_ORGAN = "[局委办府位室院厅处所站会校门队区县镇乡司部组团行社厂村心署]"
_ADDRESSED = re.compile(
    f"[^，。；！？：、]{{1,30}}(?:[、，][^，。；！？：、]{{1,30}})*{_ORGAN}[：:]"
)
_SIGNED = re.compile(f"[^，。；！？：、]{{1,40}}{_ORGAN}")
_SIGNED_AND_DATED = re.compile(f"(?P<name>[^，。；！？：、0-9]{{0,60}})(?P<day>{SIGNED})")


def inner_element(document: Document) -> Iterator[Finding]:
    """What is issued or attached is a document itself, and its 主送, 署名 or 成文日期 are typed.

    A forwarded 请示 or an attached letter has them (GB/T 9704 7.3.2 and 7.3.5 set them apart). As
    paragraphs they stand neither flush left nor at the right, and the program's 附件说明 stands
    below them. Delete them, and give them between two lines `---` at the begin of the text's own
    file: 主送, 署名, 成文日期, 附注, 附件. A typed 附件说明 would stand there twice.
    """
    for text in document.proses:
        if text is document.body or not text.blocks:
            continue
        inner = list(_inner(text))
        if inner:
            keys = [key for key, _ in inner]
            lines = "”“".join(map(_line, keys))
            yield review(
                "inner_element",
                inner[0][1],
                f"这份文件自己的{'、'.join(keys)}写成了段落，不会顶格或者居右",
                f"请删去这些段落，{_AT_BEGIN}写“{lines}”。",
            )
        yield from _typed_lists(text)


_AT_BEGIN = "在这个文件开头的两行“---”之间（没有就加上）"
_VALUES = {"主送": "机关名称", "署名": "名称", "成文日期": "2025-01-31", "附注": "文字"}


def _line(key: str) -> str:
    """A line of front matter, to be filled in."""
    return f"{key}: {_VALUES[key]}"


def _inner(text: Prose) -> Iterator[tuple[str, Place]]:
    """The keys of the elements of its own that a text has as paragraphs, and where they stand."""
    first = text.blocks[0]
    if isinstance(first, Paragraph) and _ADDRESSED.fullmatch(_words(first)):
        yield "主送", first.place
    *before, last = text.blocks
    remark = last if before and _is_paragraph(last, _NOTE) else None
    if remark is not None:
        *before, last = before
    dated = _SIGNED_AND_DATED.fullmatch(_words(last)) if isinstance(last, Paragraph) else None
    if dated is None:
        return
    above = before[-1] if before else None
    if dated["name"]:
        yield "署名", last.place
    elif above is not None and _is_paragraph(above, _SIGNED):
        yield "署名", above.place
    yield "成文日期", last.place
    if remark is not None:
        yield "附注", remark.place


def _is_paragraph(block: Block, pattern: re.Pattern[str]) -> bool:
    return isinstance(block, Paragraph) and bool(pattern.fullmatch(_words(block)))


_LIST = re.compile("附(?:件[1-9]?[0-9]?)?[：:]")


def _typed_lists(text: Prose) -> Iterator[Finding]:
    titles = [re.sub(r"\s", "", attachment.title) for attachment in text.attachments]
    for block in text.blocks:
        words = _words(block)
        if _LIST.match(words) and any(title in words for title in titles):
            yield review(
                "inner_element",
                block.place,
                "这份文件里写了附件说明，程序还会印一次",
                "请删去这一段；附件说明由程序按“附件”排印。",
            )


def _words(block: Block) -> str:
    return re.sub(r"\s", "", plain(block.content))


_PASSED = re.compile("[12][0-9]{3}年[^（）]*(?:通过|公布|发布|修订|修正|批准|印发|施行)")


def note_below_title(document: Document) -> Iterator[Finding]:
    """A text begins with the note of when it was passed, published or revised, in brackets (题注).

    Such a note stands centred below the title; typed, it is printed as the first paragraph. Delete
    it and give it as 题注: between the two lines `---` at the begin of the text's file.
    """
    for text in document.proses:
        first = text.blocks[0] if text.blocks else None
        words = _words(first) if isinstance(first, Paragraph) else ""
        if words.startswith("（") and words.endswith("）") and _PASSED.search(words):
            yield review(
                "note_below_title",
                text.blocks[0].place,
                "标题下的题注写成了段落，会印成正文的第一段",
                f"请删去这一段，{_AT_BEGIN}写“题注: ……”，不写括号，程序居中印在标题下。",
            )


_CONTENTS = re.compile("目录|目次")
_ENTRY = re.compile(r"[^。；！？]+(?:[.·]{6,}|…{2,})\s*[0-9]{1,3}")


def typed_contents(document: Document) -> Iterator[Finding]:
    """A 目录 is typed: a line 目录, or entries with dots and the numbers of pages.

    The numbers stay as they are when pages move. Delete it, and write `目录: 是` between the two
    lines `---` at the begin of the text's file: the program lists the headings and counts pages.
    """
    for text in document.proses:
        typed = [block for block in text.blocks if _is_of_contents(block)]
        if typed:
            yield review(
                "typed_contents",
                typed[0].place,
                "目录是手写的，页码不会随正文变动",
                f"请删去手写的目录，{_AT_BEGIN}写“目录: 是”，由程序编排。",
            )


def _is_of_contents(block: Block) -> bool:
    words = _words(block)
    return bool(_CONTENTS.fullmatch(words) or _ENTRY.fullmatch(words))


def typed_names(document: Document) -> Iterator[Finding]:
    """A list of names is typed as paragraphs with blanks that shall align it: 组　长：王明　局长.

    Blanks do not hold names below one another: faces differ, and so do web page and paper. Write
    the label as a line, and below it each person as `: name　office`; the program aligns them and
    spreads names of two characters. Told once a text.
    """
    for text in document.proses:
        typed = [
            block
            for block in text.blocks
            if isinstance(block, Paragraph) and TYPED_NAME.fullmatch(plain(block.content).strip())
        ]
        if typed:
            count = f"（本文共 {len(typed)} 处）" if len(typed) > 1 else ""
            yield review(
                "typed_names",
                typed[0].place,
                f"名单用空格对齐，印出来会参差不齐{count}",
                "请写成名单：“组长”独占一行，下面每人一行写“: 姓名　职务”，由程序对齐。",
            )
