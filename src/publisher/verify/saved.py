"""A saved web page → its passages, tables and links in reading order."""

from __future__ import annotations

import email
import email.policy
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NO_WORDS = "script style noscript template head select option textarea svg object iframe"
_UNSEEN = frozenset(_NO_WORDS.split())
_BLOCK_NAMES = (
    "html body p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article header footer nav main "
    "aside blockquote pre table caption thead tbody tfoot tr td th form fieldset legend figure "
    "figcaption address hr center details summary"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADING = re.compile("h[1-6]")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WRITTEN_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("—–―─‐‑‒−", "-"),
        **dict.fromkeys("•・‧", "·"),
        **dict.fromkeys("〔【［", "["),
        **dict.fromkeys("〕】］", "]"),
        "。": ".",
        "、": ",",
    }
)
"""Marks that differ in form alone, beside those that NFKC knows."""


class UnreadablePage(ValueError):
    """A file that holds no web page; its words are for the user."""


def folded(text: str) -> str:
    """Text without blanks, full and half width and the forms of marks made alike."""
    return "".join(_fold(character) for character in text)


def _fold(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Cc", "Zs", "Zl", "Zp"):
        return ""
    plain = unicodedata.normalize("NFKC", character).translate(_WRITTEN_ALIKE)
    return re.sub(r"\s", "", plain)


@dataclass(frozen=True)
class Passage:
    """Words that stand together: a paragraph, a heading, a line of it, or a cell."""

    text: str
    level: int = 0
    """Of a heading, 1 to 6."""

    @cached_property
    def words(self) -> str:
        """As they are compared."""
        return folded(self.text)


@dataclass(frozen=True)
class Cell(Passage):
    """A cell of a table."""

    is_header: bool = False
    has_scope: bool = False
    rowspan: int = 1
    colspan: int = 1

    @cached_property
    def words(self) -> str:
        """As they are compared; the dash of an empty cell is none."""
        words = folded(self.text)
        return "" if set(words) <= {"-", "/"} else words


@dataclass(frozen=True)
class Row:
    """A row of a table; a merged cell stands in each row and column that it covers."""

    cells: tuple[Cell, ...]

    @cached_property
    def single(self) -> tuple[Cell, ...]:
        """Its cells, each once."""
        return tuple({id(cell): cell for cell in self.cells}.values())

    @cached_property
    def words(self) -> str:
        """Of all its cells."""
        return "".join(cell.words for cell in self.single)

    @property
    def heads(self) -> bool:
        """Whether it has nothing but headers, and more than one."""
        return len(self.single) > 1 and all(cell.is_header for cell in self.single)


@dataclass(frozen=True)
class Sheet:
    """A table of data."""

    rows: tuple[Row, ...]
    written: tuple[Cell, ...]
    """Its cells in reading order, each once."""


@dataclass(frozen=True)
class Anchor:
    """A link: its words and where it leads."""

    text: str
    target: str


@dataclass(frozen=True)
class Page:
    """What a reader gets from a page."""

    items: tuple[Passage | Sheet, ...]
    links: tuple[Anchor, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Those outside tables of data."""
        return tuple(one for one in self.items if isinstance(one, Passage))

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Its tables of data."""
        return tuple(one for one in self.items if isinstance(one, Sheet))

    @property
    def flow(self) -> Iterator[tuple[Passage, int | None]]:
        """All words in reading order, with the number of the table in which they stand."""
        sheet = 0
        for item in self.items:
            if isinstance(item, Passage):
                yield item, None
            else:
                yield from ((cell, sheet) for cell in item.written)
                sheet += 1


def read_page(data: bytes, longest_cell: int = 400, is_own: bool = False) -> Page:
    """The page in the bytes of a file, whatever its encoding.

    A table with a cell of more words than `longest_cell` lays a page out and is none of data. What
    our own pages mark as generated is left out. In our `own` fragment a line break parts nothing.
    UnreadablePage where there is no HTML.
    """
    from lxml import etree, html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decoded(_html_in(data)))
    if "<" not in text:
        raise UnreadablePage("文件里没有网页内容")
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except etree.ParserError:
        raise UnreadablePage("文件里没有网页内容") from None
    reader = _Reader(longest_cell, is_own)
    reader.read(root)
    reader.end_passage()
    return Page(tuple(reader.items), tuple(reader.links))


def _html_in(data: bytes) -> bytes:
    """The page itself of a single-file archive (.mhtml)."""
    if not re.match(rb"(?:From|MIME-Version|Snapshot-Content-Location):", data, re.IGNORECASE):
        return data
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else data
    return data


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:4096])
    # UTF-8 first: browsers save it and leave the page's old declaration; GBK never passes for it.
    for name in ("utf-8-sig", declared[1].decode() if declared else "", "gb18030", "big5"):
        try:
            return data.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace")


@dataclass
class _Reader:
    """Walks a page and collects what it says."""

    longest_cell: int
    is_own: bool
    items: list[Passage | Sheet] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    level: int = 0
    pieces: list[str] = field(default_factory=list)

    def end_passage(self) -> None:
        """What was collected is a passage, if it says anything."""
        text = _one_line("".join(self.pieces))
        self.pieces.clear()
        if folded(text):
            self.items.append(Passage(text, self.level))

    def read(self, element: HtmlElement) -> None:
        """Collect an element, without the words behind it."""
        tag = element.tag
        if not isinstance(tag, str) or _is_unseen(element):
            return
        if tag == "a" and element.get("href"):
            self.links.append(Anchor(_text_of(element), element.get("href", "")))
        if tag == "table" and (sheet := self._sheet(element)):
            self.end_passage()
            self.items.append(sheet)
            self.links += _links_in(element)
        elif tag in _BLOCKS or (tag == "br" and not self.is_own):
            self._read_block(element, tag)
        else:
            self._read_inside(element)

    def _read_block(self, element: HtmlElement, tag: str) -> None:
        self.end_passage()
        outer = self.level
        self.level = int(tag[1]) if _HEADING.fullmatch(tag) else outer
        self._read_inside(element)
        self.end_passage()
        self.level = outer

    def _read_inside(self, element: HtmlElement) -> None:
        self.pieces.append(element.text or "")
        for child in element:
            self.read(child)
            self.pieces.append(child.tail or "")

    def _sheet(self, table: HtmlElement) -> Sheet | None:
        """The table as data; None where it only lays the page out."""
        if table.xpath(".//table") or table.get("role") in ("presentation", "none"):
            return None
        lines = [
            [_cell(cell) for cell in row.xpath("./td | ./th")]
            for row in table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
        ]
        cells = [cell for line in lines for cell in line]
        is_layout = len(cells) < 2 or any(len(cell.words) > self.longest_cell for cell in cells)
        return None if is_layout else Sheet(_grid(lines), tuple(cells))


def _is_unseen(element: HtmlElement) -> bool:
    style = re.sub(r"\s", "", element.get("style", "").lower())
    return (
        element.tag in _UNSEEN
        or "display:none" in style
        or element.get("hidden") is not None
        or element.get("data-generated") is not None  # none of the document's words
    )


def _text_of(element: HtmlElement) -> str:
    return _one_line("".join(_pieces(element)))


def _pieces(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_unseen(child):
            yield " " if child.tag == "br" or child.tag in _BLOCKS else ""
            yield from _pieces(child)
        yield child.tail or ""


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _links_in(table: HtmlElement) -> list[Anchor]:
    found = table.xpath(".//a[@href]")
    return [Anchor(_text_of(one), one.get("href", "")) for one in found]


def _cell(element: HtmlElement) -> Cell:
    return Cell(
        _text_of(element),
        is_header=element.tag == "th" or element.get("role") in ("columnheader", "rowheader"),
        has_scope=bool(element.get("scope") or element.get("role")),
        rowspan=_span(element.get("rowspan")),
        colspan=_span(element.get("colspan")),
    )


def _span(value: str | None) -> int:
    digits = re.match(r"\s*([0-9]{1,4})", value or "")
    return max(1, int(digits[1])) if digits else 1


def _grid(lines: list[list[Cell]]) -> tuple[Row, ...]:
    """Rows in which a merged cell stands wherever it reaches."""
    rows: list[dict[int, Cell]] = [{} for _ in lines]
    for index, line in enumerate(lines):
        column = 0
        for cell in line:
            while column in rows[index]:
                column += 1
            for row in rows[index : index + cell.rowspan]:
                row.update((column + step, cell) for step in range(min(cell.colspan, 99)))
            column += cell.colspan
    return tuple(Row(tuple(row[column] for column in sorted(row))) for row in rows if row)
