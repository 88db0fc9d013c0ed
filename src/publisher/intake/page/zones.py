"""The names that sites give their elements → which parts of a page belong to the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAVIGATION = "网站导航"
FOOT = "网站页脚"
RELATED = "相关链接"
BUTTONS = "网站的按钮"
PUBLISHED = "发布信息"
_BY_ELEMENT = {"nav": NAVIGATION, "footer": FOOT, "aside": RELATED, "button": BUTTONS}
_BY_ROLE = {"navigation": NAVIGATION, "contentinfo": FOOT, "complementary": RELATED}
_BY_WORD = {
    NAVIGATION: """
        nav navi navigation navbar menu mainmenu submenu breadcrumb breadcrumbs crumb crumbs bread
        mbx dqwz position location currentposition topnav topbar sitenav logo banner search
        searchbox login toplogin skip toc catalog mulu
    """,
    PUBLISHED: "rich_media_meta_list js_tags rich_media_tool",
    FOOT: "footer foot copyright copy bottom footernav siteinfo dibu",
    RELATED: """
        related relate relation relevant recommend recommended hot sidebar sider side rightside
        leftside xgwd xglj xgjd xgxw xgzc relnews pagination pager page-turn prevnext prev next pn
        friendlink friendlinks links comment comments pinglun disqus respond
    """,
    BUTTONS: """
        share bdsharebuttonbox bdshare jiathis sharebox print printbtn tool tools toolbar fontsize
        fontsizes ewm qrcode qr erweima wechat weixin jiucuo wza
    """,
}
_WHY = {word: why for why, words in _BY_WORD.items() for word in words.split()}
_PART = re.compile(r"[^a-zA-Z0-9]+")
_DIGITS = "0123456789"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ARTICLES = """
ucap-content zoom trs_editor view-trs_ueditor trs_ueditor trs_editor_view trs_view
trs_paper_preview vsb_content v_news_content wp_articlecontent entry-content post-content
article-content article_content articlecontent news_content newscontent news-content pages_content
bt-content bt_content xxgk_content zwgk_content content-body article-body articlebody article_body
artcontent art_con art_content info_content infocontent main-text con_text conttxt txt-content
txtcontent zoomcon bodylabel ewb-info-content detail-content detail_content view-content
rich_media_content content_body contentbody article_con article-con news_con newsbody textcontent
text_content editor-content article_main arc_con arccon mainbody
"""
"""Identifiers and classes that systems and sites give what holds an article."""
_TITLES = frozenset(["title", "tit", "bt", "biaoti", "headline", "btitle", "newstitle"])
_CONTENT = frozenset(_ARTICLES.split())


def _names(element: HtmlElement) -> list[str]:
    return [*(element.get("class") or "").split(), *(element.get("id") or "").split()]


def _words(name: str) -> Iterator[str]:
    """A name in small letters, and its words where it has several: side of side2-left.

    Letters between figures are no word: a program counts so, or makes a hash.
    """
    yield name.lower()
    parts = (part.strip(_DIGITS) for part in _PART.split(_CAMEL.sub(" ", name)))
    yield from (part.lower() for part in parts if part.isalpha())


def zone_of(element: HtmlElement) -> str:
    """Why an element belongs to the site, by what it is and is called; empty where it may not."""
    why = _BY_ELEMENT.get(element.tag) or _BY_ROLE.get(element.get("role") or "")
    if why:
        return why
    if element.tag == "a" and "skip" in _names(element):
        return NAVIGATION
    return next(
        (_WHY[word] for name in _names(element) for word in _words(name) if word in _WHY), ""
    )


def is_article(element: HtmlElement) -> bool:
    """Whether an element is called as those are that hold an article."""
    return (
        element.tag == "article"
        or "articlebody" in (element.get("itemprop") or "").lower()
        or any(name.lower() in _CONTENT for name in _names(element))
    )


def is_title(element: HtmlElement) -> bool:
    """Whether an element is called as those are that hold a title."""
    return any(word in _TITLES for name in _names(element) for word in _words(name))
