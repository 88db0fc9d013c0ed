"""The head of a page → what it says of its document: title, date, source, address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from publisher.verify.tree import joined

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = {
    "articletitle": "标题",
    "pubdate": "发布日期",
    "contentsource": "来源",
    "keywords": "关键词",
    "description": "摘要",
    "author": "作者",
    "og:title": "标题",
    "publishdate": "发布日期",
}
"""Of `<meta>`, as government sites have them."""
_ADDRESSES = frozenset(["og:url", "url"])
_SEPARATOR = re.compile(r"\s*[_|｜–—]+\s*|\s+[-－]\s+|-(?=[^-]*$)")
_SAVED = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)(\S{1,2000})\s*-->")
_BLANKS = re.compile(r"[\s　]+")
_LONGEST_TITLE = 300
"""Characters of what a page is called, the names of its site and column behind it."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself."""

    properties: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]
    """What its document may be called, without blanks."""
    address: str
    base: str


def declarations(root: HtmlElement, text: str) -> PageHead:
    """What stands in the head of a page."""
    properties: list[tuple[str, str]] = []
    address = ""
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name in _NAMES and content:
            properties.append((_NAMES[name], content))
        elif name in _ADDRESSES and content.startswith(("http://", "https://")):
            address = content
    made = (each for each in root.iter("h1", "h2") if "data-generated" in each.attrib)
    properties += [("标题", "".join(each.text_content().split())) for each in islice(made, 1)]
    title = next((element.text_content() for element in root.iter("title")), "")
    title = " ".join(title.split())[:_LONGEST_TITLE]
    canonical = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    saved = _SAVED.search(text[:4096])
    address = next((each for each in (*canonical, address, saved and saved[1]) if each), "")
    base = next((part.get("href") for part in root.iter("base") if part.get("href")), address)
    given = [content for name, content in properties if name == "标题"]
    if title and not given:
        properties.append(("标题", _SEPARATOR.split(title)[0]))
    titles = [*given, *_beginnings(title)]
    if address.startswith(("http://", "https://")):
        properties.append(("网址", address))
    bare = dict.fromkeys(_BLANKS.sub("", each) for each in titles)
    return PageHead(tuple(properties), tuple(filter(None, bare)), address, base or "")


def _beginnings(title: str) -> list[str]:
    """A title with and without the names of sites and columns behind it."""
    ends = [match.start() for match in _SEPARATOR.finditer(title)]
    return [title[:end] for end in [*ends, len(title)]]


def related(root: HtmlElement, base: str) -> list[tuple[str, str]]:
    """Of our own pages the files that the document is related to: title and address."""
    sections = root.xpath("//section[@aria-labelledby='page-related']")
    return [
        ("相关文件", f"{' '.join(link.text_content().split())} {joined(base, link.get('href'))}")
        for section in sections
        for link in section.iter("a")
        if link.get("href")
    ]
