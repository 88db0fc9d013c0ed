"""A Word file of ours → its words, pasted into templates that know nothing of our styles.

Copied from one window of Word or WPS and pasted into another: what stands in tables stays in them,
notes and pictures come with the words; styles, sections, head and foot lines do not.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from docx import Document as open_word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from publisher.styles import HEADINGS, Style
from publisher.wordfile import DOCUMENT, STYLES, W, packed, unpacked, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CUSTOM = "docProps/custom.xml"
_OF_PASTE = (
    f"{W}tab",
    f"{W}br",
    f"{W}t",
    f"{W}footnoteReference",
    f"{W}drawing",
    f"{W}footnoteRef",
)
_MARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")


def pasted(data: bytes, way: str) -> bytes:
    """The words of a file of ours as they look after they were pasted in a way of `WAYS`."""
    parts = unpacked(data)
    body, styles = xml_of(parts[DOCUMENT]), xml_of(parts[STYLES])
    names = {str(each.get(f"{W}styleId")): each for each in styles.iter(f"{W}style")}
    sheet, look = WAYS[way]
    own = {each.name: each.style_id for each in open_word(io.BytesIO(sheet())).styles}
    story = [body]
    if "word/footnotes.xml" in parts:
        story.append(xml_of(parts["word/footnotes.xml"]))
    for root in story:
        _unwrap(root)
        for paragraph in list(root.iter(f"{W}p")):
            look(paragraph, _Known(names), own)
        _bare_tables(root)
    new = {each: data for each, data in parts.items() if not each.startswith("word/footer")}
    new = {each: data for each, data in new.items() if not each.startswith("word/header")}
    new[DOCUMENT] = _bytes(body)
    if len(story) > 1:
        new["word/footnotes.xml"] = _bytes(story[1])
    new[STYLES] = unpacked(sheet())[STYLES]
    new["[Content_Types].xml"] = _without(parts["[Content_Types].xml"], "PartName", "/word/")
    relations = "word/_rels/document.xml.rels"
    new[relations] = _without(parts[relations], "Target", "")
    new.pop(_CUSTOM, None)
    for name in ("[Content_Types].xml", "_rels/.rels"):
        root = xml_of(new[name])
        for each in list(root):
            if "custom.xml" in str(each.attrib.values()):
                root.remove(each)
        new[name] = _bytes(root)
    return packed(new)


def _without(part: bytes, key: str, before: str) -> bytes:
    """A list of parts without the head and foot lines."""
    root = xml_of(part)
    for each in list(root):
        if str(each.get(key)).startswith((f"{before}footer", f"{before}header")):
            root.remove(each)
    return _bytes(root)


def _bytes(root: Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


# -- what no paste takes along --------------------------------------------------------------------


def _unwrap(root: Element) -> None:
    """Without bookmarks, sections, links, what is filled in, and what is drawn around words."""
    from lxml import etree

    for each in list(root.iter(*_MARKS)):
        _remove(each)
    for each in list(root.iter(f"{W}sectPr")):
        holder = each.getparent()
        is_last = holder is not None and holder.tag == f"{W}body"
        _emptied(each) if is_last else _remove(each)
    for kind in ("hyperlink", "sdt", "smartTag"):
        for each in list(root.iter(f"{W}{kind}")):
            inner = each.find(f"{W}sdtContent") if kind == "sdt" else each
            for child in list(inner) if inner is not None else ():
                each.addprevious(child)
            _remove(each)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "w14", "wp14", "r", "wp", "mc"])


def _emptied(section: Element) -> None:
    for each in list(section):
        if each.tag in (f"{W}footerReference", f"{W}headerReference"):
            section.remove(each)


def _remove(element: Element) -> None:
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def _bare_tables(root: Element) -> None:
    """Tables as others draw them: lines around cells, and nothing said of rows."""
    for table in root.iter(f"{W}tbl"):
        settings = table.find(f"{W}tblPr")
        assert settings is not None
        for each in list(settings):
            settings.remove(each)
        borders = settings.makeelement(f"{W}tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = borders.makeelement(f"{W}{side}")
            line.set(f"{W}val", "single")
            line.set(f"{W}sz", "4")
            borders.append(line)
        settings.append(borders)
        for row in table.iter(f"{W}trPr"):
            for each in list(row):
                row.remove(each)


# -- how words look in the end --------------------------------------------------------------------


class _Known:
    """The styles of the file that was copied from."""

    def __init__(self, styles: dict[str, Element]) -> None:
        self._styles = styles

    def named(self, paragraph: Element) -> Style | None:
        """Which of ours a paragraph has."""
        style = self._styles.get(_style_of(paragraph, "pPr/", "pStyle"))
        return Style.named(_style_of(style, "", "name") if style is not None else "")

    def said(self, holder: Element, kind: str, name: str) -> Iterator[Element]:
        """What a style and those it stands on say in `pPr` or `rPr`: the nearest first."""
        identifier = name
        while identifier and (style := self._styles.get(identifier)) is not None:
            settings = style.find(f"{W}{kind}")
            yield from settings if settings is not None else ()
            based = style.find(f"{W}basedOn")
            identifier = str(based.get(f"{W}val")) if based is not None else ""


def _style_of(element: Element, path: str, name: str) -> str:
    there = element.find(f"{W}{path}{W}{name}")
    return str(there.get(f"{W}val")) if there is not None else ""


Look = Callable[["Element", _Known, dict[str, str]], None]


def _set(paragraph: Element, settings: list[Element]) -> None:
    old = paragraph.find(f"{W}pPr")
    if old is not None:
        paragraph.remove(old)
    if settings:
        made = paragraph.makeelement(f"{W}pPr")
        made.extend(settings)
        paragraph.insert(0, made)


def _plain(paragraph: Element, known: _Known, own: dict[str, str]) -> None:
    """As the text of whatever document it stands in."""
    _set(paragraph, [])
    for run in paragraph.iter(f"{W}r"):
        settings = run.find(f"{W}rPr")
        if settings is not None:
            _keep_shift(run, settings)


def _keep_shift(run: Element, settings: Element) -> None:
    """Marks of notes stay small; nothing else of a look does."""
    is_mark = run.find(f"{W}footnoteReference") is not None
    run.remove(settings)
    if is_mark:
        made = run.makeelement(f"{W}rPr")
        shift = made.makeelement(f"{W}vertAlign")
        shift.set(f"{W}val", "superscript")
        made.append(shift)
        run.insert(0, made)


_DIRECT = ("jc", "ind", "spacing")
_FACES = ("rFonts", "sz", "b", "color", "vertAlign", "u")


def _by_hand(paragraph: Element, known: _Known, own: dict[str, str]) -> None:
    """All in `Normal`, with fonts, sizes and indents set by hand."""
    name = _style_of(paragraph, "pPr/", "pStyle")
    settings = paragraph.find(f"{W}pPr")
    own_settings = list(settings) if settings is not None else []
    for run in paragraph.iter(f"{W}r"):
        before = run.find(f"{W}rPr")
        character = _style_of(run, "rPr/", "rStyle")
        said = [
            *(list(before) if before is not None else ()),
            *known.said(run, "rPr", character),
            *known.said(run, "rPr", name),
        ]
        if before is not None:
            run.remove(before)
        made = run.makeelement(f"{W}rPr")
        made.extend(_first(said, _FACES))
        run.insert(0, made)
    _set(paragraph, _first([*own_settings, *known.said(paragraph, "pPr", name)], _DIRECT))


def _first(said: list[Element], names: tuple[str, ...]) -> list[Element]:
    there: dict[str, Element] = {}
    for each in said:
        there.setdefault(str(each.tag).removeprefix(W), each)
    return [deepcopy(there[name]) for name in names if name in there]


_LEVELS = {
    style: f"Heading {level}" for level, style in enumerate(dict.fromkeys(HEADINGS.values()), 1)
}
_TITLES = (Style.TITLE, Style.ISSUED_TITLE, Style.ATTACHMENT_TITLE)
_RIGHT = (Style.SIGNATURE, Style.DATE, Style.JOINT_SIGNATURE)


def _of_bureau(paragraph: Element, known: _Known, own: dict[str, str]) -> None:
    """In the styles of another bureau's template, given to each paragraph by hand."""
    style = known.named(paragraph)
    name = "公文正文"
    if style in _TITLES:
        name = "公文标题"
    elif style in _RIGHT:
        name = "公文落款"
    elif style in _LEVELS:
        name = _LEVELS[style]
    elif next(paragraph.iterancestors(f"{W}tbl"), None) is not None:
        name = "表格文字"
    _plain(paragraph, known, own)
    made = paragraph.makeelement(f"{W}pStyle")
    made.set(f"{W}val", own[name])
    _set(paragraph, [made])


@cache
def _default() -> bytes:
    return _saved(open_word())


@cache
def _bureau() -> bytes:
    """The template of a bureau that nobody here knows."""
    document = open_word()
    for name, size, alignment, first in (
        ("公文标题", 22, WD_ALIGN_PARAGRAPH.CENTER, 0),
        ("公文正文", 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 32),
        ("公文落款", 16, WD_ALIGN_PARAGRAPH.RIGHT, 0),
        ("表格文字", 12, WD_ALIGN_PARAGRAPH.LEFT, 0),
    ):
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(size)
        style.paragraph_format.alignment = alignment
        style.paragraph_format.first_line_indent = Pt(first)
    return _saved(document)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


WAYS: dict[str, tuple[Callable[[], bytes], Look]] = {
    "plain": (_default, _plain),
    "by hand": (_default, _by_hand),
    "bureau": (_bureau, _of_bureau),
}
"""How words are pasted: without any look, with looks set by hand, into styles of another bureau."""
