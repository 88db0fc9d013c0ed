"""A fragment, and what an editor saved of it → what is gone, as the table for editors says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import html
from lxml.html import HtmlElement

Measure = Callable[[HtmlElement], int]


def _count(path: str) -> Measure:
    return lambda page: len(page.xpath(path))


def _styled(path: str, style: str) -> Measure:
    pattern = re.compile(style)
    return lambda page: sum(bool(pattern.search(one.get("style", ""))) for one in page.xpath(path))


def _placed(page: HtmlElement) -> int:
    """Paragraphs and titles that stand in the middle or at the right, by whatever marks."""
    pattern = re.compile(r"text-align: ?(center|right)|ql-align-|align=")
    return sum(
        bool(pattern.search(html.tostring(one, encoding="unicode").split(">")[0]))
        for one in page.xpath(".//p | .//h2")
    )


MEASURES: Mapping[str, Measure] = {
    "首行缩进": _styled(".//p | .//h3", "text-indent"),
    "居中和靠右": _placed,
    "红色": _styled(".//*", r"(^|[; ])color: ?(#b00000|rgb\(176)"),
    "上标和下标": _count(".//sup | .//sub"),
    "表头单元格": _count(".//th"),
    "表头的 scope": _count(".//th[@scope]"),
    "组名的 scope": _count(".//th[@scope='rowgroup']"),
    "表格的题注": _count(".//caption | .//figcaption"),
    "合并的单元格": _count(".//td[@rowspan > 1] | .//th[@rowspan > 1]"),
    "跨几列的单元格": _count(".//td[@colspan > 1] | .//th[@colspan > 1]"),
    "数字靠右": _styled(".//td", r"text-align: ?right"),
    "列宽": _styled(".//th | .//col", r"(^|[; ])width"),
    "边框": _styled(".//td", r"border(-(top|bottom|left|right))?(-(style|width))?:"),
}
"""What is counted; lost is that of which nothing is left, though the fragment has it."""


def losses(given: str, saved: str) -> list[str]:
    """What of a fragment is gone altogether."""
    before, after = (html.fragment_fromstring(one, create_parent="div") for one in (given, saved))
    gone = [name for name, measure in MEASURES.items() if measure(before) and not measure(after)]
    # Who loses the cells has no scope either, and who loses every scope has none of groups.
    whole = {"表头的 scope": "表头单元格", "组名的 scope": "表头的 scope"}
    return [one for one in gone if whole.get(one) not in gone]
