"""The elements of a page → those that become no content, each with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.intake.page.blocks import CODE
from publisher.intake.page.styles import StyleSheet
from publisher.verify.tree import UNSEEN

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def aside(root: HtmlElement, styles: StyleSheet) -> dict[HtmlElement, str]:
    """What is left out."""
    result: dict[HtmlElement, str] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in UNSEEN:
            result[element] = "网页代码" if element.tag in CODE else _UNSEEN.get(element.tag, "")
        elif _is_hidden(element, styles):
            result[element] = "隐藏的文字"
    return result


_UNSEEN = {
    "head": "网页标题和说明",
    "noscript": "浏览器不显示的文字",
    "template": "浏览器不显示的文字",
    "select": "网页控件",
    "option": "网页控件",
    "textarea": "网页控件",
    "svg": "图形里的文字",
    "object": "嵌入的对象",
    "iframe": "嵌入的网页",
}


def _is_hidden(element: HtmlElement, styles: StyleSheet) -> bool:
    said = styles.of(element)
    return (
        element.get("hidden") is not None
        or said.get("display", "").lower() == "none"
        or said.get("visibility", "").lower() == "hidden"
        or said.get("mso-hide", "").lower() == "all"
    )
