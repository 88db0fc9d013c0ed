"""The text of a web page → its elements, bounded, and a walk through them in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from publisher.verify.bytes import UnreadablePage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NO_WORDS = "script style noscript template head select option textarea svg object iframe"
UNSEEN = frozenset(_NO_WORDS.split())
_BLOCK_NAMES = (
    "html body p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article header footer nav main "
    "aside blockquote pre table caption thead tbody tfoot tr td th form fieldset legend figure "
    "figcaption address hr center details summary"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEAD_NAMES = "base basefont bgsound link meta noscript script style template title"
_OF_HEAD = frozenset(_HEAD_NAMES.split())
_ATTRIBUTES = r"""(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+"""
_TAG = re.compile(
    rf"<(?:script|style)\b(?P<raw>{_ATTRIBUTES})(?:>(?:[^<]++|<(?!/(?:script|style)))*+)?"
    r"|<!--(?:[^-]++|-(?!->))*+"
    rf"|<[a-z][^\s/<>]*+(?P<attributes>{_ATTRIBUTES})"
    "|[^<]++|<",
    re.IGNORECASE,
)
"""Tags, scripts, comments, and the words between them."""
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_MOST_TAGS = 1_000_000
_MOST_ATTRIBUTES = 5_000
"""Of one tag: the parser compares each with each."""
MOST_ROWS, MOST_COLUMNS = 65_534, 1_000
"""How far a cell reaches, in HTML's own bounds."""


def parsed(text: str) -> HtmlElement:
    """The root element of a page.

    UnreadablePage where there is no HTML, or where it would keep the parser too long.
    """
    from lxml import etree, html

    if "<" not in text:
        raise UnreadablePage("文件里没有网页内容")
    _bounded(text)
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError):
        raise UnreadablePage("文件里没有网页内容") from None
    ended = [error.message for error in parser.error_log if error.level == etree.ErrorLevels.FATAL]
    if any("depth" in message for message in ended):
        raise UnreadablePage("网页的标签套了两千层以上，读不到底")
    if ended:
        raise UnreadablePage("网页已损坏，读不到底")
    _end_head(root)
    return root


def _end_head(root: HtmlElement) -> None:
    """Move into the body what the parser left in the head, not knowing that no head holds it.

    A page may have neither tag: `<meta charset="utf-8"><article>…`, as browsers copy it.
    """
    head = root.find("head")
    children = () if head is None else head
    first = next((child for child in children if _begins_body(child)), None)
    if first is None:
        return
    moved = [first, *first.itersiblings()]
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    moved[-1].tail = f"{moved[-1].tail or ''}{body.text or ''}"
    body.text = None
    body[:0] = moved


def _begins_body(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag not in _OF_HEAD


def _bounded(text: str) -> None:
    """UnreadablePage where the parser would take too long, or too much memory."""
    if text.count("<") > _MOST_TAGS:
        raise UnreadablePage(f"网页的标签超过 {_MOST_TAGS // 10_000} 万个")
    for tag in _TAG.finditer(text):
        attributes = tag["raw"] or tag["attributes"] or ""
        if len(attributes) > 2 * _MOST_ATTRIBUTES:
            names = _QUOTED.sub(" ", attributes).split()
            if len(names) > _MOST_ATTRIBUTES:
                raise UnreadablePage(f"网页里一个标签的属性超过 {_MOST_ATTRIBUTES} 个")


class Event(Enum):
    """What comes next in a tree."""

    START = "start"
    END = "end"
    ASIDE = "aside"
    """What no reader sees: a comment, a script, an element that is hidden."""


class Walk:
    """An element and all below it, each with the words that follow its tag.

    It keeps its own place and calls nothing for each level: no page is too deep.
    """

    def __init__(self, top: HtmlElement, is_unseen: Callable[[HtmlElement], bool]) -> None:
        from lxml import etree

        self._top = top
        self._is_unseen = is_unseen
        self._walk = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
        self._aside: HtmlElement | None = None

    def skip(self) -> None:
        """Go on with the end of the element that has just begun."""
        self._walk.skip_subtree()

    def __iter__(self) -> Iterator[tuple[Event, HtmlElement, str]]:
        for event, element in self._walk:
            tail = "" if element is self._top else element.tail or ""
            if event == "start":
                if self._is_unseen(element):
                    self._aside = element
                    self.skip()
                else:
                    yield Event.START, element, element.text or ""
            elif event == "end" and element is not self._aside:
                yield Event.END, element, tail
            else:
                yield Event.ASIDE, element, tail


def joined(base: str, address: str) -> str:
    """An address as the page's own base makes it; itself where that is none.

    Browsers leave out the ends of lines and tabs in it.
    """
    address = re.sub(r"[\t\n\r]", "", address)
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def spanned(value: str | None, most: int) -> int:
    """How far a cell reaches, by its attribute."""
    digits = re.match(r"\s*([0-9]{1,9})", value or "")
    return min(max(1, int(digits[1])), most) if digits else 1
