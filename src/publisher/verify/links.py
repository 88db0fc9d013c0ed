"""The document's links and those of a page → links that are gone or lead elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from publisher.verify.differences import Difference, Effect, short
from publisher.verify.index import WordIndex
from publisher.verify.saved import Anchor

_END = "\0"
"""Parts the words of links; no words hold it."""
_MOST = 40
"""How often the words of a link are looked up."""
_FILE = re.compile(r"\.(?:docx?|wps|odt|xlsx?|et|ods|csv|pptx?|pdf|ofd|txt|rtf|zip|rar|7z)")
"""How addresses of files end that a site keeps where it likes."""


def compare_links(own: Sequence[Anchor], page: Sequence[Anchor]) -> Iterator[Difference]:
    """What became of each link of the document; each of the page's stands for one of them."""
    there: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, anchor in enumerate(page):
        there[_plain(anchor.target), anchor.words].append(number)
    used: set[int] = set()
    elsewhere = []
    for link in own:
        same = there.get((_plain(link.target), link.words))
        if same:
            used.add(same.pop(0))
        else:
            elsewhere.append(link)
    starts = [0, *accumulate(len(anchor.words) + len(_END) for anchor in page)]
    places = WordIndex("".join(anchor.words + _END for anchor in page))
    for link in elsewhere:
        place = f"链接{short(link.text)}"
        at = (bisect_right(starts, at_words) - 1 for at_words in places.first(link.words, _MOST))
        match = next((number for number in at if number not in used), None) if link.words else None
        if match is None:
            message = f"链接没有了，原来指向 {link.target}"
            yield Difference("lost_link", Effect.LOST, place, message, link.target)
            continue
        used.add(match)
        if _plain(page[match].target) != _plain(link.target):
            yield _changed(place, link.target, page[match].target)


def _changed(place: str, before: str, after: str) -> Difference:
    if _plain(before) in _plain(after) or before in unquote(after):
        message = f"链接先经过网站的跳转页：{after}"
        return Difference("wrapped_link", Effect.NOTE, place, message, before, after)
    if _FILE.fullmatch(_ending(before)) and _ending(before) == _ending(after):
        message = f"文件的链接改到了网站自己的位置：{after}；请点开看一下是不是同一个文件"
        return Difference("moved_file", Effect.NOTE, place, message, before, after)
    message = f"链接改了：{before} 变成 {after}"
    return Difference("changed_link", Effect.CHANGED, place, message, before, after)


def _ending(address: str) -> str:
    """What the name of the file ends with that an address leads to."""
    try:
        path = urlsplit(unquote(address.strip())).path
    except ValueError:
        return ""
    return PurePosixPath(path).suffix.lower()


def _plain(address: str) -> str:
    """An address without scheme and closing slash, so that https for http is no change."""
    try:
        parts = urlsplit(unquote(address.strip()))
    except ValueError:  # one that no browser opens
        return address
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"
