"""What websites and editors do to a fragment that changes nothing of the document."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from verify.damages import drop, markup, tree

Cleaning = Callable[[str], str]


def on_tree(do: Callable[[HtmlElement], None]) -> Cleaning:
    def clean(fragment: str) -> str:
        root = tree(fragment)
        do(root)
        return markup(root)

    return clean


def _no_styles(root: HtmlElement) -> None:
    for one in root.iter():
        for name in ("style", "scope", "data-generated", "width"):
            one.attrib.pop(name, None)
    for one in root.xpath(".//caption"):
        drop(one)


def _no_scope(root: HtmlElement) -> None:
    for one in root.xpath(".//*[@scope]"):
        del one.attrib["scope"]


def _no_caption(root: HtmlElement) -> None:
    for one in root.xpath(".//caption"):
        drop(one)


def _caption_as_figcaption(root: HtmlElement) -> None:
    for one in root.xpath(".//caption"):
        one.attrib.clear()
        one.tag = "figcaption"
        one.getparent().addnext(one)


def _without(*finds: str) -> Callable[[HtmlElement], None]:
    def do(root: HtmlElement) -> None:
        for find in finds:
            for one in root.xpath(find):
                drop(one)

    return do


MARK = "./p[contains(@style, 'color')]"
TITLE = "./h2[1][not(@data-generated)][not(preceding-sibling::table)]"


def _wrapped(root: HtmlElement) -> None:
    from lxml import html

    for table in root.xpath(".//table"):
        around = html.Element("div", {"class": "table-wrap"})
        table.addprevious(around)
        around.append(table)


def _as_div(root: HtmlElement) -> None:
    for one in root.xpath("./p"):
        one.tag = "div"


def _split(root: HtmlElement) -> None:
    """Long paragraphs in two lines."""
    from lxml import html

    for one in root.xpath("./p[not(*)]"):
        text = one.text or ""
        at = text.find("，") + 1
        if at and len(text) > 30:
            one.text = text[:at]
            line = html.Element("br")
            line.tail = text[at:]
            one.append(line)


def _fonts(root: HtmlElement) -> None:
    for one in root.xpath(".//strong"):
        one.tag = "b"
    for one in root.xpath(".//p | .//td"):
        from lxml import html

        font = html.Element("font", {"face": "宋体", "size": "3"})
        font.text, one.text = one.text, None
        for child in [*one]:
            font.append(child)
        one.append(font)


def _items_in_lists(root: HtmlElement) -> None:
    """Paragraphs with a number as entries of a list, those of names as the lines of one."""
    from lxml import html

    for line in root.xpath("./p"):
        if NUMBERED.match(line.text_content()):
            entry = html.Element("li")
            entry.text, line.text, line.tail = line.text, None, None
            entry.extend([*line])
            above = line.getprevious()
            if above is None or above.tag != "ol":
                above = html.Element("ol", {"class": "list-paddingleft-2"})
                line.addprevious(above)
            above.append(entry)
            line.drop_tree()


NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十0-9]+）|[0-9]+）|[①-⑳]")


def _nothing_raised(root: HtmlElement) -> None:
    for raised in root.xpath(".//sup | .//sub"):
        raised.drop_tag()


def _lines_in_cells(root: HtmlElement) -> None:
    """Lines of a cell as paragraphs."""
    from lxml import html

    for cell in root.xpath(".//td[br]"):
        pieces = [cell.text, *(one.tail for one in cell.xpath("./br"))]
        for child in [*cell]:
            cell.remove(child)
        cell.text = None
        for piece in pieces:
            line = html.Element("p")
            line.text = piece
            cell.append(line)


def _links(root: HtmlElement) -> None:
    for one in root.xpath(".//a[@href]"):
        one.set("target", "_blank")
        one.set("rel", "noopener")
        if one.get("href").endswith(".xlsx"):
            one.set("href", "./P0203103.xlsx")


def _one_body(root: HtmlElement) -> None:
    """All groups of a table in one part."""
    for table in root.xpath(".//table"):
        bodies = table.xpath("./tbody")
        for other in bodies[1:]:
            for row in [*other]:
                bodies[0].append(row)
            table.remove(other)


CLEANINGS: dict[str, Cleaning] = {
    "nothing": lambda fragment: fragment,
    "mark and title deleted": on_tree(_without(MARK, TITLE)),
    "title deleted": on_tree(_without(TITLE)),
    "mark deleted": on_tree(_without(MARK)),
    "no styles": on_tree(_no_styles),
    "no scope": on_tree(_no_scope),
    "no caption": on_tree(_no_caption),
    "the caption below": on_tree(_caption_as_figcaption),
    "tables wrapped": on_tree(_wrapped),
    "blocks for paragraphs": on_tree(_as_div),
    "paragraphs in two lines": on_tree(_split),
    "fonts": on_tree(_fonts),
    "items in lists": on_tree(_items_in_lists),
    "nothing raised": on_tree(_nothing_raised),
    "paragraphs in cells": on_tree(_lines_in_cells),
    "links of the site": on_tree(_links),
    "groups in one part": on_tree(_one_body),
    "blanks around": lambda fragment: re.sub(
        r"(<(?:p|td|th|h3)\b[^>]*>)", r"\1&nbsp;　&emsp;", fragment
    ).replace("</p>", " &nbsp;</p>"),
    "lines in the source": lambda fragment: fragment.replace("，", "，\n      "),
    "no empty lines": lambda fragment: fragment.replace("\n", ""),
    "all at once": lambda fragment: CLEANINGS["blanks around"](
        on_tree(_without(MARK, TITLE))(
            on_tree(_fonts)(on_tree(_no_styles)(on_tree(_wrapped)(fragment)))
        )
    ),
}
