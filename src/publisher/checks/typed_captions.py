"""Words beside a table or picture, or in rows → those that keys say, and the program prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from publisher.checks.review import review, short
from publisher.diagnostics import Finding
from publisher.model import Block, Document, Paragraph, Picture, Place, Row, Table, plain
from publisher.words import captions
from publisher.words.captions import is_title


def typed_caption(document: Document) -> Iterator[Finding]:
    """What stands beside a table or picture is typed there, or in a row: 表1, 图1, 单位：, 注：.

    The program prints them from keys, and counts tables and pictures: 表1 typed in a title would
    stand there twice, and a row 注：… is taken for data. Delete what is typed, and write the key:
    in braces right below a table of a text, for an attachment in its entry of 附件; the title of a
    picture behind its file.
    """
    for text in document.proses:
        for before, block in pairwise((*text.blocks[:1], *text.blocks)):
            if isinstance(block, Table):
                yield from _of_title(block)
                yield from _of_rows(block, is_attached=False)
                yield from _above(before)
            elif isinstance(before, Table):
                yield from _below(block)
            if isinstance(block, Picture):
                yield from _of_picture(block)
                yield from _beside_picture(before)
            elif isinstance(before, Picture):
                yield from _beside_picture(block)
        for table in text.attachments:
            if isinstance(table, Table):
                yield from _of_rows(table, is_attached=True)


def _of_title(table: Table) -> Iterator[Finding]:
    match = captions.TABLE_TITLE.match(table.title)
    if match:
        yield _finding(
            table.place,
            f"表题里写了“{match['number']}”，印出来会有两个表号",
            "请只写题目；表号由程序编排，别处写“见表1”即可。",
        )


def _of_picture(picture: Picture) -> Iterator[Finding]:
    if match := captions.PICTURE_TITLE.match(picture.title):
        yield _finding(
            picture.place,
            f"图题里写了“{match['number']}”，印出来会有两个图号",
            "请只写题目；图号由程序编排，别处写“见图1”即可。",
        )


def _beside_picture(block: Block) -> Iterator[Finding]:
    """Of a paragraph above or below a picture."""
    words = plain(block.content).strip() if isinstance(block, Paragraph) else ""
    title = captions.PICTURE_TITLE.fullmatch(words)
    if title and is_title(title["title"] or ""):
        yield _finding(
            block.place,
            f"图片旁边的{short(words)}写成了段落，不会随图片排印",
            '请删去这一段，把题目写进图片：![……](文件 "题目")；图号由程序编排。',
        )


def _above(block: Block) -> Iterator[Finding]:
    """Of a paragraph above a table."""
    if not isinstance(block, Paragraph):
        return
    words = plain(block.content).strip()
    if (unit := captions.UNIT.fullmatch(words)) is not None:
        yield _typed(block.place, words, f"单位: {unit['said']}")
    elif captions.GOES_ON.fullmatch(words):
        yield _typed(block.place, words, "续表: 是", "两段表格是一张的，请接在一起；")
    elif (title := captions.TABLE_TITLE.fullmatch(words)) and is_title(title["title"] or ""):
        yield _typed(block.place, words, f"标题: {title['title'] or '……'}", "表号由程序编排；")


def _below(block: Block) -> Iterator[Finding]:
    """Of a paragraph below a table."""
    words = plain(block.content).strip() if isinstance(block, Paragraph) else ""
    if remark := captions.REMARK.fullmatch(words):
        yield _typed(block.place, words, f"注: {_short(remark['said'])}")


def _of_rows(table: Table, *, is_attached: bool) -> Iterator[Finding]:
    if table.is_form:  # 单位： and 备注： are labels there
        return
    for row in table.rows:
        words = _alone(row)
        for key, pattern in (("单位", captions.UNIT), ("注", captions.REMARK)):
            match = pattern.fullmatch(words)
            if match is None:
                continue
            where = "附件的这一项里" if is_attached else "表格正下方的花括号里"
            yield _finding(
                row.place,
                f"表格里有一行{short(words)}，会当作数据",
                f"请删去这一行，在{where}写“{key}: {_short(match['said'])}”，由程序排印。",
            )


def _alone(row: Row) -> str:
    """The words of a row in which one cell alone has any."""
    filled = [cell.text for cell in row.cells if cell.items]
    return filled[0] if len(filled) == 1 else ""


def _typed(place: Place, words: str, key: str, why: str = "") -> Finding:
    return _finding(
        place,
        f"表格旁边的{short(words)}写成了段落，不会随表格排印",
        f"请删去这一段，在表格正下方的花括号里写“{{{key}}}”；{why}已有花括号的，写在里面。",
    )


def _short(words: str) -> str:
    return words if len(words) <= 12 else f"{words[:12]}……"


def _finding(place: Place, message: str, hint: str) -> Finding:
    return review("typed_caption", place, message, hint)
