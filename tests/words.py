"""Finished files → the words that their readers read, in order, without white space."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree, html

from tagged import Link, Tag, Tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(words: str) -> str:
    """Words without white space: it is the setting's, not the text's."""
    return re.sub(r"\s", "", words)


def of_docx(data: bytes) -> str:
    """The words of a Word file's body; a table's row by row, merged cells once.

    What a page repeats of a table, its head and the names of rows that go on, is left out.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    _join_tables(body)
    words = ""
    for block in body:
        if block.find(f"{W}tblPr/{W}tblStyle[@{W}val='公文表格']") is not None:
            words += "".join(_table_words(block))
        else:
            words += _docx_block(block)
    return squeezed(words)


def _join_tables(body: etree._Element) -> None:
    """Make tables that 续表 divides one again."""
    for mark in body.findall(f"{W}p/{W}pPr/{W}pStyle[@{W}val='续表题']/../.."):
        table, rest = mark.getprevious(), mark.getnext()
        assert table is not None
        assert rest is not None
        rows = rest.findall(f"{W}tr")
        table.extend(row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is None)
        body.remove(mark)
        body.remove(rest)


def _table_words(table: etree._Element) -> Iterator[str]:
    """The words of each cell; of one that begins again on a new page, once."""
    above: dict[int, tuple[str, bool]] = {}
    banner = ""
    for row in table.iter(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        if len(cells) == 1 < len(table.findall(f"{W}tblGrid/{W}gridCol")):
            if _docx_text(row) != banner:
                banner = _docx_text(row)
                yield banner
            continue
        at = 0
        for cell in cells:
            words, merge = _docx_text(cell), _value(cell, "vMerge")
            if merge != "continue":
                if above.get(at) != (words, True):
                    yield words
                above[at] = words, merge == "restart"
            at += int(_value(cell, "gridSpan") or 1)


def _value(cell: etree._Element, name: str) -> str:
    """What a cell says of itself; nothing where it does not."""
    said = cell.find(f"{W}tcPr/{W}{name}")
    return "" if said is None else said.get(f"{W}val", "")


def _docx_block(block: etree._Element) -> str:
    if block.tag == f"{W}tbl":
        # The mark of several organs: the names stand in one column, 文件 in the next.
        rows = [row.findall(f"{W}tc") for row in block.findall(f"{W}tr")]
        return "".join(_docx_text(cell) for column in zip(*rows, strict=True) for cell in column)
    return _docx_text(block)


def _docx_text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def of_html(data: bytes) -> str:
    """The words of a page's article; what the page adds is marked `data-generated`."""
    article = html.fromstring(data.decode()).find(".//article")
    assert article is not None
    return _own_words(article)


def of_fragment(data: bytes) -> str:
    """The words of what is pasted into a CMS, without what the program adds."""
    return _own_words(html.fromstring(f"<div>{data.decode()}</div>"))


def _own_words(article: html.HtmlElement) -> str:
    for added in article.xpath(".//*[@data-generated]"):
        added.drop_tree()
    return squeezed(article.text_content())


def of_changes(data: bytes, gone: str) -> list[list[str]]:
    """The blocks of each part on a page of changes, without what stands in `gone`: ins or del."""
    page = html.fromstring(data.decode())
    statuses = ("added", "moved-to") if gone == "ins" else ("removed", "moved-from")
    unsaid = ("hidden", "badge", "from", "note", "noted", "label", "colon", "end")
    for one in page.xpath(
        " | ".join(
            [
                f"//{gone}",
                *(f"//*[{_has('block')} and {_has(status)}]" for status in statuses),
                *(f"//*[{_has(name)}]" for name in unsaid),
            ]
        )
    ):
        one.drop_tree()
    parts = page.xpath(f"//section[{_has('part')} and not(@aria-labelledby)]")
    return [[squeezed(one.text_content()) for one in part.find_class("words")] for part in parts]


def _has(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


@lru_cache(maxsize=1)
def _root(data: bytes) -> Tag:
    return Tree(data).root


def of_pdf(data: bytes) -> str:
    """The words of a PDF in the order of its tags, without notes of a text; furniture has none."""
    root = _root(data)
    return squeezed(_without_notes(root, list(_notes_of_texts(root))))


def _without_notes(tag: Tag, notes: list[Tag]) -> str:
    """The words in a tag, but for notes of a text, which stand at the foot, and their marks."""
    return "".join(
        _without_notes(kid, notes) if isinstance(kid, Tag) else kid.words
        for kid in tag.kids
        if not isinstance(kid, Link)
        and not (isinstance(kid, Tag) and _is_left_out(kid, tag.name == "TOCI", notes))
    )


def _is_left_out(tag: Tag, in_contents: bool, notes: list[Tag]) -> bool:
    if tag.name == "Reference":
        return not in_contents and not re.fullmatch("[①-⓿]", tag.words.strip())
    return any(tag is note for note in notes)


def _notes_of_texts(root: Tag) -> Iterator[Tag]:
    """The notes that stand below no table: those of a table go on from 注： or have ①."""
    below_table = False
    for note in root.all("Note"):
        label = "".join(each.words for each in note.all("Lbl")).strip()
        goes_on = bool(re.fullmatch("(?!1[.])[0-9]+[.]", label))
        below_table = bool(re.match("注：|[①-⓿]", label)) or (below_table and goes_on)
        if not below_table:
            yield note


def notes_of_pdf(data: bytes) -> list[str]:
    """The notes of a PDF's texts without their numbers."""
    notes = _notes_of_texts(_root(data))
    return [
        squeezed("".join(kid.words for kid in note.kids if kid.name != "Lbl")) for note in notes
    ]


def notes_of_docx(data: bytes) -> list[str]:
    """The notes of a Word file; separators have no words."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "word/footnotes.xml" not in package.namelist():
            return []
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    return list(filter(None, (squeezed(_docx_text(note)) for note in notes)))
