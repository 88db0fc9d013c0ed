"""A document → what it cannot say yet, and is printed as ordinary text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import (
    Block,
    ColumnRole,
    Document,
    Heading,
    LevelForm,
    Paragraph,
    Place,
    Prose,
    Table,
    plain,
)
from publisher.standard import FANG, HEADING_FACES
from publisher.words.days import SIGNED
from publisher.words.sentences import spans

_ENCLOSED = re.compile("[（(][^（）()]*[）)]|“[^“”]*”|《[^《》]*》")


def heading_of_sentences(document: Document) -> Iterator[Finding]:
    """A heading of the forms 一、, （一） and the like holds several sentences.

    It is set in 黑体 or 楷体 as a whole, stands in the contents of Word and page, and the next
    paragraph runs in. Items that are whole paragraphs are set in 仿宋 (GB/T 9704 7.3.3), and cannot
    be numbered by the program yet: type them as paragraphs with their numbers. Where the first
    sentence alone is the heading, begin a paragraph behind it. Articles are text and not meant, and
    neither is a remark in brackets behind the sentence.
    """
    for text in document.proses:
        if LevelForm.ARTICLE in text.levels:
            continue
        for block in text.blocks:
            if not isinstance(block, Heading):
                continue
            face = HEADING_FACES[text.levels[block.level - 1]]
            words = _ENCLOSED.sub("", plain(block.content)) if face is not FANG else ""
            count = sum(1 for _ in spans(words))
            if count > 1:
                yield review(
                    "heading_of_sentences",
                    block.place,
                    f"标题里有 {count} 句话，会整段印成{face.name}，并与下一段接排",
                    "整段的条目现在还不能由程序编号：请改成段落，段首手写序号；"
                    "只有第一句是标题的，把后面的话另起一段，程序会接排。",
                )


_ORGAN = "[局委办府位室院厅处所站会校门队区县镇乡司部组团行社厂村心署]"
_ADDRESSED = re.compile(
    f"[^，。；！？：、]{{1,30}}(?:[、，][^，。；！？：、]{{1,30}})*{_ORGAN}[：:]"
)
_SIGNED = re.compile(f"[^，。；！？：、]{{1,40}}{_ORGAN}")
_SIGNED_AND_DATED = re.compile(f"(?P<name>[^，。；！？：、0-9]{{0,60}})(?P<day>{SIGNED})")


def inner_element(document: Document) -> Iterator[Finding]:
    """What is issued or attached is a document itself, with 主送, 署名 or 成文日期 of its own.

    A forwarded 请示 or an attached letter has them (GB/T 9704 7.3.2 and 7.3.5 set them apart), and
    they cannot be given yet: they are printed as ordinary paragraphs, and the program's 附件说明
    stands below them. Look at what is printed; a 附件说明 that is typed would stand there twice.
    """
    for text in document.proses:
        if text is document.body or not text.blocks:
            continue
        inner = list(_inner(text))
        if inner:
            names = "、".join(name for name, _ in inner)
            below = "，附件说明会印在它后面" if text.attachments and names != "主送机关" else ""
            yield review(
                "inner_element",
                inner[0][1],
                f"这份文件写了它自己的{names}，现在还不能单独排，会印成普通段落{below}",
                "文字照样印出，不顶格也不居右；请看样后决定保留，或改写成正文里的说明。",
            )
        yield from _typed_lists(text)


def _inner(text: Prose) -> Iterator[tuple[str, Place]]:
    """The elements of its own that a text has as paragraphs, and where they stand."""
    first = text.blocks[0]
    if isinstance(first, Paragraph) and _ADDRESSED.fullmatch(_words(first)):
        yield "主送机关", first.place
    *before, last = text.blocks
    dated = _SIGNED_AND_DATED.fullmatch(_words(last)) if isinstance(last, Paragraph) else None
    if dated is None:
        return
    above = before[-1] if before else None
    if dated["name"]:
        yield "署名", last.place
    elif isinstance(above, Paragraph) and _SIGNED.fullmatch(_words(above)):
        yield "署名", above.place
    yield "成文日期", last.place


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
    """A text begins with the note of when it was passed, published or revised (题注), in brackets.

    Such a note stands centred below the title; it cannot be given yet, and is printed as the first
    paragraph. Look whether that will do, or say it in the text.
    """
    for text in document.proses:
        first = text.blocks[0] if text.blocks else None
        words = _words(first) if isinstance(first, Paragraph) else ""
        if words.startswith("（") and words.endswith("）") and _PASSED.search(words):
            yield review(
                "note_below_title",
                text.blocks[0].place,
                "标题下的题注现在还不能单独排，会印成正文的第一段",
                "文字照样印出；请看样后决定保留，或写进附则、正文。",
            )


def merged_cells(document: Document) -> Iterator[Finding]:
    """The first column of words in a table is empty in some rows, as merged cells are when saved.

    Merged cells lose their words in all rows but the first when a sheet is saved as CSV. Only the
    column of groups is merged again: make it one (分组), and fill in each row. A second column of
    groups cannot be merged yet; repeat its words in each row.
    """
    for table in document.tables:
        column = next(iter(_texts_of(table)), None)
        if column is None or not table.rows or not table.rows[0].cells[column].items:
            continue
        empty = [row.cells[column] for row in table.rows if not row.cells[column].items]
        if empty and _are_filled_otherwise(table, column):
            name = table.columns[column].name
            yield review(
                "merged_cells",
                empty[0].place,
                f"“{name}”列有 {len(empty)} 格空着，不会与上面的格合并",
                "只有“分组”列会合并单元格：请在“列”里把它写成“分组”，每行都写明；已有分组的，"
                "每行都写出这一格的文字。本来没有内容的，可以保留。",
            )


def _are_filled_otherwise(table: Table, column: int) -> bool:
    """Whether the rows that are empty in a column have words in all others of text."""
    texts = [index for index in _texts_of(table) if index != column]
    rows = [row for row in table.rows if not row.cells[column].items]
    return bool(texts) and all(row.cells[index].items for row in rows for index in texts)


def _texts_of(table: Table) -> list[int]:
    """The columns of text."""
    roles = [column.role for column in table.columns]
    return [index for index, role in enumerate(roles) if role is ColumnRole.TEXT]
