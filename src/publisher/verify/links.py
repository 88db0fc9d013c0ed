"""The document's links and those of a page → links that are gone or lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from publisher.verify.differences import Difference, Effect, short
from publisher.verify.saved import Anchor, folded


def compare_links(own: Sequence[Anchor], page: Sequence[Anchor]) -> Iterator[Difference]:
    """What became of each link of the document."""
    for link in own:
        place = f"链接{short(link.text)}"
        targets = [one.target for one in page if folded(link.text) in folded(one.text)]
        if not targets:
            message = f"链接没有了，原来指向 {link.target}"
            yield Difference("lost_link", Effect.LOST, place, message, link.target)
        elif not any(_plain(one) == _plain(link.target) for one in targets):
            yield _changed(place, link.target, targets[0])


def _changed(place: str, before: str, after: str) -> Difference:
    if _plain(before) in _plain(after) or before in unquote(after):
        message = f"链接先经过网站的跳转页：{after}"
        return Difference("wrapped_link", Effect.NOTE, place, message, before, after)
    message = f"链接改了：{before} 变成 {after}"
    return Difference("changed_link", Effect.CHANGED, place, message, before, after)


def _plain(address: str) -> str:
    """An address without scheme and closing slash, so that https for http is no change."""
    parts = urlsplit(unquote(address.strip()))
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"
