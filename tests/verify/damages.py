"""What an editor or a website does to a fragment, and by what names the editor is told of it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import html
from lxml.html import HtmlElement

Doing = Callable[[HtmlElement, int], bool]
"""Spoils one of the places that are fit, by number; says whether there is any."""


@dataclass(frozen=True)
class Damage:
    """One way to spoil a fragment."""

    do: Doing
    names: tuple[str, ...]
    """What counts against the page then: one finding each, of one of the names parted by `|`."""


def tree(fragment: str) -> HtmlElement:
    """The fragment in a block of its own."""
    return html.fragment_fromstring(fragment, create_parent="div")


def markup(root: HtmlElement) -> str:
    """What stands in that block."""
    whole = str(html.tostring(root, encoding="unicode"))
    return whole[len("<div>") : -len("</div>")]


# -- places ---------------------------------------------------------------------------------


def nth(places: list[HtmlElement], number: int) -> HtmlElement | None:
    return places[number * 7 % len(places)] if places else None


def paragraphs(root: HtmlElement) -> list[HtmlElement]:
    """Plain paragraphs of some length below the title, without links."""
    after = root.xpath("./h2[1]/following-sibling::p")
    return [one for one in after if not len(one) and len(one.text_content()) > 15]


def headings(root: HtmlElement) -> list[HtmlElement]:
    return list(root.xpath("./h3"))


def rows(root: HtmlElement) -> list[HtmlElement]:
    """Rows of tables that are neither the first of a merged group nor names of groups."""
    found = root.xpath(".//tbody/tr[count(*) > 2][not(*[@rowspan])]")
    return [one for one in found if len(one.text_content().strip()) > 8]


def cells(root: HtmlElement) -> list[HtmlElement]:
    return [one for row in rows(root) for one in row.xpath("./td") if words(one)]


def words(element: HtmlElement) -> str:
    text = element.text_content().strip()
    return "" if text == "—" else re.sub(r"\s", "", text)


def texts(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for one in element.iter():
        if one.text and one.text.strip():
            yield one, one.text


def put(cell: HtmlElement, other: HtmlElement) -> None:
    """Give a cell what another has."""
    style = dict(cell.attrib)
    for child in [*cell]:
        cell.remove(child)
    cell.text = other.text
    for child in copy.deepcopy(other):
        cell.append(child)
    cell.attrib.update(style)


def exchange(one: HtmlElement, other: HtmlElement) -> None:
    first = copy.deepcopy(one)
    put(one, other)
    put(other, first)


def drop(element: HtmlElement) -> None:
    element.drop_tree()


# -- words ----------------------------------------------------------------------------------


def change_text(pattern: str, other: Callable[[re.Match[str]], str] | str) -> Doing:
    def do(root: HtmlElement, number: int) -> bool:
        one = nth([p for p in paragraphs(root) if re.search(pattern, p.text)], number)
        if one is None:
            return False
        one.text = re.sub(pattern, other, one.text, count=1)
        return True

    return do


def other_digit(match: re.Match[str]) -> str:
    return str((int(match[0]) + 3) % 10)


def delete_words(root: HtmlElement, number: int) -> bool:
    one = nth(paragraphs(root), number)
    if one is None:
        return False
    at = len(one.text) // 2
    while not re.fullmatch("[一-龥]{2}", one.text[at : at + 2]):
        at += 1
        if at >= len(one.text):
            return False
    one.text = one.text[:at] + one.text[at + 2 :]
    return True


def insert_words(root: HtmlElement, number: int) -> bool:
    one = nth(paragraphs(root), number)
    if one is None:
        return False
    at = len(one.text) // 2
    one.text = one.text[:at] + "原则上" + one.text[at:]
    return True


def insert_first(root: HtmlElement, number: int) -> bool:
    one = nth(paragraphs(root), number)
    if one is None:
        return False
    one.text = "拟" + one.text
    return True


def lose_paragraph(root: HtmlElement, number: int) -> bool:
    one = nth(paragraphs(root), number)
    return one is not None and (drop(one) or True)


def repeat_paragraph(root: HtmlElement, number: int) -> bool:
    one = nth(paragraphs(root), number)
    if one is None:
        return False
    one.addnext(copy.deepcopy(one))
    return True


def move_paragraph(root: HtmlElement, number: int) -> bool:
    found = [one for one in paragraphs(root) if len(one.text_content()) > 15]
    if len(found) < 4:
        return False
    one = found[number % (len(found) - 3)]
    if words(one) == words(found[-1]):
        return False
    found[-1].addnext(one)
    return one is not found[-1]


def swap_paragraphs(root: HtmlElement, number: int) -> bool:
    found = paragraphs(root)
    pairs = [one for one in pairwise(found) if one[0].getnext() is one[1]]
    if not pairs:
        return False
    exchange(*pairs[number * 7 % len(pairs)])
    return True


def half_marks(root: HtmlElement, number: int) -> bool:
    one = nth([p for p in paragraphs(root) if "，" in p.text], number)
    if one is None:
        return False
    one.text = one.text.replace("，", ",")
    return True


def line_of(pattern: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    def find(root: HtmlElement) -> list[HtmlElement]:
        return [one for one in root.xpath("./p") if re.fullmatch(pattern, one.text_content())]

    return find


DATE = line_of(r"\d{4}年\d+月\d+日")


def lose_date(root: HtmlElement, _: int) -> bool:
    found = DATE(root)
    return bool(found) and (drop(found[0]) or True)


def change_date(root: HtmlElement, _: int) -> bool:
    found = DATE(root)
    if not found:
        return False
    found[0].text = re.sub(r"(\d)日", lambda m: f"{(int(m[1]) + 1) % 9 + 1}日", found[0].text)
    return True


def lose_organ(root: HtmlElement, _: int) -> bool:
    found = DATE(root)
    before = found[0].getprevious() if found else None
    if before is None or before.get("style") != "text-align: right":
        return False
    drop(before)
    return True


def lose_recipients(root: HtmlElement, _: int) -> bool:
    one = root.find("h2")
    after = None if one is None else one.getnext()
    if after is None or after.tag != "p" or not after.text_content().endswith("："):
        return False
    drop(after)
    return True


def lose_notes(root: HtmlElement, _: int) -> bool:
    found = [one for one in root.xpath("./p") if one.text_content().startswith("附件：")]
    if not found:
        return False
    drop(found[0])
    return True


def lose_blank(root: HtmlElement, number: int) -> bool:
    found = [
        one
        for one in root.xpath("./p | ./p/strong")
        if re.search(r"[一-龥㐀-䶿][　 ][一-龥㐀-䶿]", one.text or "")
    ]
    one = nth(found, number)
    if one is None:
        return False
    one.text = re.sub(r"(?<=[一-龥㐀-䶿])[　 ](?=[一-龥㐀-䶿])", "", one.text)
    return True


def change_number(root: HtmlElement, _: int) -> bool:
    found = line_of(r"\S+〔\d{4}〕\d+号")(root)
    if not found:
        return False
    found[0].text = re.sub(r"(\d)号", lambda m: f"{(int(m[1]) + 1) % 10}号", found[0].text)
    return True


def change_title(root: HtmlElement, _: int) -> bool:
    one = root.xpath("./h2[not(@data-generated)]")
    if not one or one[0].getprevious() is None or "关于" not in one[0].text_content():
        return False
    for element, text in texts(one[0]):
        if "关于" in text:
            element.text = text.replace("关于", "关干", 1)
            return True
    return False


def lose_link(root: HtmlElement, number: int) -> bool:
    one = nth(root.xpath(".//a[@href]"), number)
    return one is not None and (one.drop_tag() or True)


def change_link(root: HtmlElement, number: int) -> bool:
    one = nth(root.xpath(".//a[starts-with(@href, 'http')]"), number)
    if one is None or one.get("href").endswith("xlsx"):
        return False
    one.set("href", "https://other.example.cn/x.html")
    return True


# -- headings -------------------------------------------------------------------------------


def lose_heading(root: HtmlElement, number: int) -> bool:
    one = nth(headings(root), number)
    return one is not None and (drop(one) or True)


def demote_heading(root: HtmlElement, number: int) -> bool:
    one = nth(headings(root), number)
    if one is None:
        return False
    one.tag = "p"
    return True


def change_heading(root: HtmlElement, number: int) -> bool:
    one = nth([h for h in headings(root) if h.text and len(h.text) > 6], number)
    if one is None:
        return False
    one.text = one.text[:-1] + "事"
    return True


def cut_text(root: HtmlElement, _: int) -> bool:
    """What follows a heading in the last text without a table is gone: a second page."""
    if root.xpath(".//table") or len(headings(root)) < 3:
        return False
    last = headings(root)[1]
    for one in [*last.itersiblings()]:
        drop(one)
    drop(last)
    return True


# -- tables ---------------------------------------------------------------------------------


def lose_row(root: HtmlElement, number: int) -> bool:
    one = nth(rows(root), number)
    if one is None:
        return False
    _narrow(one)
    drop(one)
    return True


def _narrow(row: HtmlElement) -> None:
    """An editor makes the merged cell one row shorter."""
    for cell in row.getparent().xpath(".//*[@rowspan]"):
        cell.set("rowspan", str(int(cell.get("rowspan")) - 1))


def lose_row_only(root: HtmlElement, number: int) -> bool:
    one = nth(rows(root), number)
    return one is not None and (drop(one) or True)


def repeat_row(root: HtmlElement, number: int) -> bool:
    one = nth(rows(root), number)
    if one is None:
        return False
    for cell in one.getparent().xpath(".//*[@rowspan]"):
        cell.set("rowspan", str(int(cell.get("rowspan")) + 1))
    one.addnext(copy.deepcopy(one))
    return True


def add_row(root: HtmlElement, number: int) -> bool:
    one = nth(rows(root), number)
    if one is None:
        return False
    for cell in one.getparent().xpath(".//*[@rowspan]"):
        cell.set("rowspan", str(int(cell.get("rowspan")) + 1))
    new = copy.deepcopy(one)
    for cell in new:
        for child in [*cell]:
            cell.remove(child)
        cell.text = "另行研究补充"
    one.addnext(new)
    return True


def swap_rows(root: HtmlElement, number: int) -> bool:
    found = [one for one in rows(root) if one.getnext() is not None and one.getnext() in rows(root)]
    one = nth(found, number)
    if one is None:
        return False
    one.getnext().addnext(one)
    return True


def _cells_of(row: HtmlElement) -> list[HtmlElement]:
    return [one for one in row.xpath("./td") if words(one)]


def swap_cells(root: HtmlElement, number: int) -> bool:
    found = [
        (one, other)
        for row in rows(root)
        for one, other in zip(_cells_of(row), _cells_of(row)[1:], strict=False)
        if words(one) != words(other)
    ]
    if not found:
        return False
    exchange(*found[number * 7 % len(found)])
    return True


def swap_cells_of_rows(root: HtmlElement, number: int) -> bool:
    found = [
        (one, other)
        for row in rows(root)
        if row.getnext() is not None and row.getnext() in rows(root)
        for one, other in zip(row[1:], row.getnext()[1:], strict=False)
        if words(one) and words(other) and words(one) != words(other) and len(words(one)) < 12
    ]
    if not found:
        return False
    exchange(*found[number * 7 % len(found)])
    return True


def change_cell(root: HtmlElement, number: int) -> bool:
    one = nth([c for c in cells(root) if c.text and len(c.text) > 3 and "月" not in c.text], number)
    if one is None:
        return False
    one.text = one.text[:1] + "某" + one.text[2:]
    return True


def change_digit_in_cell(root: HtmlElement, number: int) -> bool:
    one = nth([c for c in cells(root) if re.search(r"\d", c.text or "")], number)
    if one is None:
        return False
    one.text = re.sub(r"\d", other_digit, one.text, count=1)
    return True


def empty_cell(root: HtmlElement, number: int) -> bool:
    one = nth(cells(root), number)
    if one is None:
        return False
    for child in [*one]:
        one.remove(child)
    one.text = ""
    return True


def slide_cells(root: HtmlElement, number: int) -> bool:
    """A cell is deleted, the others move up, and the editor fills the row."""
    found = [r for r in rows(root) if len(_cells_of(r)) == len(r.xpath("./td")) > 2]
    one = nth(found, number)
    if one is None:
        return False
    drop(one.xpath("./td")[-3])
    one.append(html.fragment_fromstring("<td>&nbsp;</td>"))
    return True


def lose_cell(root: HtmlElement, number: int) -> bool:
    found = [r for r in rows(root) if len(_cells_of(r)) == len(r.xpath("./td")) > 2]
    one = nth(found, number)
    if one is None:
        return False
    drop(one.xpath("./td")[-2])
    return True


def join_cells(root: HtmlElement, number: int) -> bool:
    found = [r for r in rows(root) if len(_cells_of(r)) == len(r.xpath("./td")) > 1]
    one = nth(found, number)
    if one is None:
        return False
    left, right = one.xpath("./td")[-2:]
    left.append(html.fragment_fromstring(f"<span>{words(right)}</span>"))
    for child in [*right]:
        right.remove(child)
    right.text = ""
    return True


def cut_table(root: HtmlElement, _: int) -> bool:
    """The end of the last table is gone."""
    found = root.xpath("(.//table)[last()]//tbody/tr")
    if len(found) < 6:
        return False
    for row in found[-3:]:
        for cell in row.xpath("./*[@rowspan]"):
            cell.set("rowspan", "1")
        drop(row)
    for part in root.xpath(".//tbody[not(tr)]"):
        drop(part)
    return True


def lose_column(root: HtmlElement, _: int) -> bool:
    table = next(iter(root.xpath(".//table[not(.//tbody//*[@rowspan or @colspan])]")), None)
    if table is None:
        return False
    for row in table.xpath(".//tr"):
        drop(row[-1])
    return True


def lose_heads(root: HtmlElement, _: int) -> bool:
    one = next(iter(root.xpath(".//thead")), None)
    return one is not None and (drop(one) or True)


def plain_heads(root: HtmlElement, _: int) -> bool:
    found = root.xpath("(.//table)[1]//thead//th")
    for one in found:
        one.tag = "td"
    return bool(found)


def plain_row_heads(root: HtmlElement, _: int) -> bool:
    found = root.xpath("(.//table)[1]//tbody//th[@scope='row']")
    found = [one for one in found if words(one)]
    for one in found:
        one.tag = "td"
    return bool(found)


def change_head(root: HtmlElement, _: int) -> bool:
    one = next(iter(root.xpath(".//thead//th[last()]")), None)
    if one is None:
        return False
    one.text = one.text[:-1] + "方"
    return True


def swap_heads(root: HtmlElement, _: int) -> bool:
    found = root.xpath("(.//table)[1]//thead//th")
    if len(found) < 4:
        return False
    exchange(found[-2], found[-1])
    return True


def swap_columns(root: HtmlElement, _: int) -> bool:
    table = next(iter(root.xpath(".//table[.//tbody]")), None)
    if table is None:
        return False
    for row in table.xpath(".//tr[count(*) > 2]"):
        row[-2].addprevious(row[-1])
    return True


def lose_group(root: HtmlElement, number: int) -> bool:
    """The name of a group is emptied."""
    found = root.xpath(".//tbody//th[@scope='rowgroup'][@rowspan > 1]")
    one = nth(found, number)
    if one is None:
        return False
    for child in [*one]:
        one.remove(child)
    one.text = ""
    return True


def lose_banner(root: HtmlElement, number: int) -> bool:
    one = nth(root.xpath(".//tbody/tr[th[@colspan > 1]][count(*) = 1]"), number)
    return one is not None and (drop(one) or True)


def change_group(root: HtmlElement, number: int) -> bool:
    found = root.xpath(".//tbody//th[@scope='rowgroup'][string-length(.) > 2]")
    one = nth([cell for cell in found if cell.text], number)
    if one is None:
        return False
    one.text = one.text[:-1] + "某"
    return True


def split_groups(root: HtmlElement, _: int) -> bool:
    found = root.xpath("(.//table)[1]//*[@rowspan > 1]")
    if sum(int(one.get("rowspan")) - 1 for one in found) < 3:
        return False
    for one in found:
        del one.attrib["rowspan"]
    return True


def lose_table(root: HtmlElement, number: int) -> bool:
    one = nth(root.xpath(".//table"), number)
    return one is not None and (drop(one) or True)


def table_as_text(root: HtmlElement, _: int) -> bool:
    one = next(iter(root.xpath(".//table")), None)
    if one is None:
        return False
    for caption in one.xpath("./caption"):
        drop(caption)
    for cell in one.xpath(".//td | .//th"):
        cell.tag = "p"
        cell.attrib.clear()
    for part in one.xpath(".//thead | .//tbody | .//tr"):
        part.drop_tag()
    one.drop_tag()
    return True


def join_names(root: HtmlElement, number: int) -> bool:
    found = [
        c
        for c in cells(root)
        if c.find("br") is not None
        and re.search("[一-龥㐀-䶿]$", c.text or "")
        and re.match("[一-龥㐀-䶿]", c.find("br").tail or "")
    ]
    one = nth(found, number)
    if one is None:
        return False
    one.find("br").drop_tag()
    return True


# -- items, names, notes --------------------------------------------------------------------


def of_text(pattern: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """Paragraphs of a text whose words begin so; items, names and notes are such."""

    def find(root: HtmlElement) -> list[HtmlElement]:
        after = root.xpath("./h2[1]/following-sibling::p")
        return [one for one in after if re.match(pattern, one.text_content())]

    return find


def short_items(root: HtmlElement) -> list[HtmlElement]:
    """Those of one sentence."""
    return [one for one in of_text(r"（[一二三四五]+）[^。；]+。$")(root) if not len(one)]


NAMES = of_text(r"(?:副?组长：|成员：)?\w{2,3}　\w{4}")
NOTES = of_text(r"\[[0-9]+\]")


def lose_line(find: Callable[[HtmlElement], list[HtmlElement]]) -> Doing:
    def do(root: HtmlElement, number: int) -> bool:
        one = nth(find(root), number)
        return one is not None and (drop(one) or True)

    return do


def other_words(
    find: Callable[[HtmlElement], list[HtmlElement]], pattern: str, other: str
) -> Doing:
    """Words of a line changed, wherever in its elements they stand."""

    def do(root: HtmlElement, number: int) -> bool:
        one = nth([line for line in find(root) if _holder(line, pattern)], number)
        if one is None:
            return False
        holder, name = _holder(one, pattern)
        setattr(holder, name, re.sub(pattern, other, getattr(holder, name), count=1))
        return True

    return do


def _holder(line: HtmlElement, pattern: str) -> tuple[HtmlElement, str] | None:
    for element in line.iter():
        for name in ("text", "tail"):
            outside = element is line and name == "tail"
            if not outside and re.search(pattern, getattr(element, name) or ""):
                return element, name
    return None


def lose_note_mark(root: HtmlElement, number: int) -> bool:
    one = nth([mark for mark in root.xpath(".//sup") if mark.text.startswith("[")], number)
    return one is not None and (drop(one) or True)


DAMAGES: dict[str, Damage] = {
    "an item lost": Damage(lose_line(short_items), ("lost_words",)),
    "an item's number changed": Damage(
        other_words(short_items, "（[一二三四]）", "（五）"), ("changed_words",)
    ),
    "a name changed": Damage(other_words(NAMES, r"\w　", "某　"), ("changed_words",)),
    "a name's office changed": Damage(other_words(NAMES, r"　\w\w", "　某局"), ("changed_words",)),
    "a name lost": Damage(lose_line(NAMES), ("lost_words",)),
    "a name and its office run together": Damage(other_words(NAMES, "　", ""), ("changed_blanks",)),
    "a note lost": Damage(lose_line(NOTES), ("lost_words",)),
    "the mark of a note lost": Damage(lose_note_mark, ("changed_number|changed_words",)),
    "words deleted": Damage(delete_words, ("changed_words|changed_date|changed_number",)),
    "words put in": Damage(insert_words, ("changed_words|changed_number|changed_date",)),
    "a word in front": Damage(insert_first, ("changed_words",)),
    "a digit": Damage(change_text("[0-9]", other_digit), ("changed_number|changed_date",)),
    "another mark": Damage(change_text("。", "！"), ("changed_words",)),
    "marks in half width": Damage(half_marks, ("changed_marks",)),
    "a blank": Damage(lose_blank, ("changed_blanks",)),
    "a paragraph lost": Damage(lose_paragraph, ("lost_words",)),
    "a paragraph twice": Damage(repeat_paragraph, ("repeated_words",)),
    "a paragraph moved": Damage(move_paragraph, ("moved_words",)),
    "paragraphs swapped": Damage(swap_paragraphs, ("moved_words",)),
    "the date lost": Damage(lose_date, ("lost_words",)),
    "the date changed": Damage(change_date, ("changed_date",)),
    "who signs lost": Damage(lose_organ, ("lost_words",)),
    "who is addressed lost": Damage(lose_recipients, ("lost_words",)),
    "the list of attachments lost": Damage(lose_notes, ("lost_words",)),
    "the number changed": Damage(change_number, ("changed_number|changed_date",)),
    "the title changed": Damage(change_title, ("changed_words",)),
    "a link lost": Damage(lose_link, ("lost_link",)),
    "a link changed": Damage(change_link, ("changed_link",)),
    "a heading lost": Damage(lose_heading, ("lost_heading",)),
    "a heading demoted": Damage(demote_heading, ("lost_heading_level",)),
    "a heading changed": Damage(change_heading, ("changed_words",)),
    "the end lost": Damage(cut_text, ("lost_words",)),
    "a row lost": Damage(lose_row, ("lost_row",)),
    "a row lost under a merged cell": Damage(lose_row_only, ("lost_row",)),
    "a row twice": Damage(repeat_row, ("repeated_row",)),
    "a row put in": Damage(add_row, ("added_row",)),
    "rows swapped": Damage(swap_rows, ("moved_row",)),
    "cells swapped": Damage(swap_cells, ("swapped_cells",)),
    "cells of two rows swapped": Damage(swap_cells_of_rows, ("swapped_cells",)),
    "a cell changed": Damage(change_cell, ("changed_words|changed_number|changed_date",)),
    "a digit in a cell": Damage(change_digit_in_cell, ("changed_number|changed_date",)),
    "a cell emptied": Damage(empty_cell, ("lost_cell_words",)),
    "cells slid": Damage(slide_cells, ("lost_cell",)),
    "a cell lost": Damage(lose_cell, ("lost_cell",)),
    "two cells joined": Damage(join_cells, ("joined_cells",)),
    "the end of the table lost": Damage(cut_table, ("lost_row",)),
    "a column lost": Damage(lose_column, ("lost_column",)),
    "headings of columns lost": Damage(lose_heads, ("lost_header_row",)),
    "headings of columns plain": Damage(plain_heads, ("lost_header_cell",)),
    "headings of rows plain": Damage(plain_row_heads, ("lost_header_cell",)),
    "a heading of a column changed": Damage(change_head, ("changed_words",)),
    "headings of columns swapped": Damage(swap_heads, ("swapped_cells",)),
    "columns swapped": Damage(swap_columns, ("moved_column",)),
    "a group's name emptied": Damage(lose_group, ("lost_cell_words",)),
    "a group's line lost": Damage(lose_banner, ("lost_row",)),
    "a group's name changed": Damage(change_group, ("changed_words",)),
    "merged cells undone": Damage(split_groups, ("lost_cell",)),
    "a table lost": Damage(lose_table, ("lost_table",)),
    "a table as text": Damage(table_as_text, ("lost_table_structure",)),
    "names run together": Damage(join_names, ("changed_blanks",)),
}
