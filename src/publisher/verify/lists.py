"""The lists of a page → the numbers that a browser draws before their entries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.verify.differences import Difference, Effect, short
from publisher.verify.saved import Page, Passage, folded
from publisher.words.numbering import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(rf"\s*(?:{typed()}|[0-9]+(?:\.[0-9]+)+)\s*")
_ENOUGH = 6
"""Words after its number by which an item is known, though a later one has changed."""


def with_numbers(page: Page, own: Iterable[Passage]) -> tuple[Page, Difference | None]:
    """The page with the numbers of its lists where the document has an item, and what to look at.

    Editors make lists of paragraphs that begin with a number, which is no word of them then.
    """
    numbered = (_NUMBER.match(passage.text) and passage for passage in own)
    begins = {_rest(passage)[:_ENOUGH] for passage in numbered if passage} - {""}
    drawn = [
        passage
        for passage in page.passages
        if passage.marker and not passage.is_link and passage.words[:_ENOUGH] in begins
    ]
    known = {id(passage) for passage in drawn}
    flow = tuple(
        (_written(passage) if id(passage) in known else passage, sheet)
        for passage, sheet in page.flow
    )
    return replace(page, flow=flow), _told(drawn)


def _rest(passage: Passage) -> str:
    return folded(_NUMBER.sub("", passage.text, count=1))


def _written(passage: Passage) -> Passage:
    return replace(passage, text=passage.marker + passage.text)


def _told(drawn: Sequence[Passage]) -> Difference | None:
    if not drawn:
        return None
    place = f"段落{short(drawn[0].text)}" + (f"等 {len(drawn)} 处" if len(drawn) > 1 else "")
    message = "编号成了列表自动加的，不再是文字：网站样式可能不显示它，复制时会丢；请看一下"
    return Difference("listed_numbers", Effect.NOTE, place, message)
