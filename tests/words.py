"""Finished files → the words that their readers read, in order, without white space."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from publisher.model import Edition, SetTable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(words: str) -> str:
    """Words without white space: it is the setting's, not the text's."""
    return re.sub(r"\s", "", words)


def of_docx(data: bytes) -> str:
    """The words of a Word file's body; a table's row by row, merged cells once."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    return squeezed("".join(_docx_block(block) for block in body))


def _docx_block(block: etree._Element) -> str:
    if block.tag == f"{W}tbl" and block.find(f".//{W}tblHeader") is None:
        # The mark of several organs: the names stand in one column, 文件 in the next.
        rows = [row.findall(f"{W}tc") for row in block.findall(f"{W}tr")]
        return "".join(_docx_text(cell) for column in zip(*rows, strict=True) for cell in column)
    return _docx_text(block)


def _docx_text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def of_html(data: bytes) -> str:
    """The words of a page's article; what the page adds is marked `data-generated`."""
    page = html.fromstring(data.decode())
    article = page.find(".//article")
    assert article is not None
    for added in article.xpath(".//*[@data-generated]"):
        added.drop_tree()
    return squeezed(article.text_content())


def of_pdf(data: bytes, edition: Edition) -> str:
    """The words of a PDF; page furniture and table heads that a page repeats are left out."""
    headers = [
        squeezed("".join(column.name for column in attachment.content.columns))
        for attachment in edition.attachments
        if isinstance(attachment.content, SetTable)
    ]
    return "".join(_without_repeated(list(_pdf_pages(data)), headers))


def _pdf_pages(data: bytes) -> Iterator[str]:
    """The words of each page in the order of its tags; what no tag holds is furniture."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            words: dict[int, str] = defaultdict(str)
            for character in page.chars:
                words[character["mcid"]] += character["text"]
            yield squeezed("".join(words[one] for one in _marked(page.structure_tree)))


def _marked(tags: list[dict[str, Any]]) -> Iterator[int]:
    for tag in tags:
        yield from tag.get("mcids", ())
        yield from _marked(tag.get("children", []))


def _without_repeated(pages: list[str], headers: list[str]) -> Iterator[str]:
    for page in pages:
        repeated = next((header for header in headers if page.startswith(header)), "")
        yield page.removeprefix(repeated)
