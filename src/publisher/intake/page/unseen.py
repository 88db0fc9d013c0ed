"""The elements of a page → those that a browser does not show, each with what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.intake.page.styles import StyleSheet
from publisher.intake.page.zones import is_article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CODE = frozenset(["script", "style"])
"""Elements that hold no words."""
NUMBER = "自动编号"
"""Of Word's own pages: what it typed for its automatic numbers."""
CONTENTS = "目录"
"""Of our own pages: the headings of a text, listed before it."""
_ELEMENTS = {
    **dict.fromkeys(CODE, "网页代码"),
    "head": "网页的标题和说明",
    "noscript": "浏览器不显示的文字",
    "template": "浏览器不显示的文字",
    "select": "网页的控件",
    "option": "网页的控件",
    "textarea": "网页的控件",
    "svg": "图形里的文字",
    "object": "嵌入的对象",
    "iframe": "嵌入的网页",
}


def unseen(root: HtmlElement, styles: StyleSheet) -> dict[HtmlElement, str]:
    """What is not shown, or is no words."""
    return {
        element: why
        for element in root.iter()
        if isinstance(element.tag, str) and (why := _why(element, styles))
    }


def _why(element: HtmlElement, styles: StyleSheet) -> str:
    if styles.of(element).get("mso-list", "").lower() == "ignore":
        return NUMBER
    return _ELEMENTS.get(element.tag) or _generated(element) or _hidden(element, styles)


def _generated(element: HtmlElement) -> str:
    """Of pages that this program made."""
    if element.get("data-generated") is None:
        return ""
    return CONTENTS if element.get("class") == "headings" else "生成网页时加的文字"


def _hidden(element: HtmlElement, styles: StyleSheet) -> str:
    """What holds an article is hidden until a script shows it."""
    said = styles.of(element)
    is_hidden = (
        element.get("hidden") is not None
        or said.get("display", "").lower() == "none"
        or said.get("visibility", "").lower() in ("hidden", "collapse")
        or said.get("mso-hide", "").lower() == "all"
    )
    return "隐藏的文字" if is_hidden and not is_article(element) else ""
