"""The documents of the archive → what their pages must say and nobody gave."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.archive import findings
from publisher.archive.policy_page import tag_values_of
from publisher.archive.stock import Stock
from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.renderers.metadata import missing_tags

_GIVES = {
    "site_name": ("bureau.yaml", "bureau.yaml“网站”下的“名称”"),
    "site_domain": ("bureau.yaml", "bureau.yaml“网站”下的“域名”"),
    "site_identifier": ("bureau.yaml", "bureau.yaml“网站”下的“网站标识码”"),
    "column_name": ("archive.yaml", "archive.yaml“栏目”下的“名称”"),
    "column_type": ("archive.yaml", "archive.yaml“栏目”下的“类型”"),
    "published": ("", "文件信息里的“发布日期”和“发布时间”"),
    "issuers": ("", "文件信息里的“发文机关”"),
    "title": ("", "文件信息里的“标题”"),
}
"""Where what a tag says is written: a file of all documents or the document's own, in words."""


def missing(stock: Stock) -> Iterator[Finding]:
    """What pages must say and nobody gave; what is alike for all pages is told at its file."""
    if not stock.policies:
        return
    for policy in stock.policies:
        values = tag_values_of(policy, stock.plan)
        for tag, value in missing_tags(values):
            shared, words = _GIVES.get(value, ("", f"它的来源（{value}）"))
            is_own = not shared or (shared == "archive.yaml" and bool(stock.plan.entry.columns))
            place = policy.place if is_own else Place(f"{stock.content.name}/{shared}")
            yield findings.missing_page_tag(place, tag, words)
        if policy.record["published"] and not policy.record["time"]:
            yield findings.page_without_time(policy.place)
    if not stock.plan.address:
        yield findings.missing_site_address(Place(f"{stock.content.name}/archive.yaml"))
    there = {policy.slug for policy in stock.policies}
    for at, column in enumerate(stock.plan.entry.columns):
        for name in column.documents:
            if name not in there:
                place = stock.plan.place_of("栏目", at, "公文")
                yield findings.unknown_in_archive(place, name, "栏目")
