"""The document's links and those of a page → links that are gone or lead elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from urllib.parse import unquote, urlsplit

from publisher.verify.differences import Difference, Effect, short
from publisher.verify.places import Places
from publisher.verify.saved import Anchor

_END = "\0"
"""Parts the words of links; no words hold it."""


def compare_links(own: Sequence[Anchor], page: Sequence[Anchor]) -> Iterator[Difference]:
    """What became of each link of the document."""
    starts = [0, *accumulate(len(one.words) + len(_END) for one in page)]
    places = Places("".join(one.words + _END for one in page))
    words_of: dict[str, list[str]] = defaultdict(list)
    for one in dict.fromkeys(page):
        words_of[_plain(one.target)].append(one.words)
    for link in own:
        if any(link.words in words for words in words_of.get(_plain(link.target), ())):
            continue
        place = f"链接{short(link.text)}"
        there = places.first(link.words, 1) if link.words else [0][: len(page)]
        if there:
            target = page[bisect_right(starts, there[0]) - 1].target
            yield _changed(place, link.target, target)
        else:
            message = f"链接没有了，原来指向 {link.target}"
            yield Difference("lost_link", Effect.LOST, place, message, link.target)


def _changed(place: str, before: str, after: str) -> Difference:
    if _plain(before) in _plain(after) or before in unquote(after):
        message = f"链接先经过网站的跳转页：{after}"
        return Difference("wrapped_link", Effect.NOTE, place, message, before, after)
    message = f"链接改了：{before} 变成 {after}"
    return Difference("changed_link", Effect.CHANGED, place, message, before, after)


def _plain(address: str) -> str:
    """An address without scheme and closing slash, so that https for http is no change."""
    try:
        parts = urlsplit(unquote(address.strip()))
    except ValueError:  # one that no browser opens
        return address
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"
