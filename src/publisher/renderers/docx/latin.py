"""Runs → runs of Chinese text, of Latin text and of marks, each in the style for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher import standard
from publisher.renderers.docx import footnotes
from publisher.renderers.docx.elements import Maker, copied, new_element, w
from publisher.styles import CONTENTS, Style

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_LATIN = re.compile("([!-~]+‰?)")
# A free 楷体 has these marks in half width: they stay in 仿宋.
_LATIN_OR_MARKS = re.compile("([!-~]+‰?|[“”‘’·]+)")
# A face for Latin text takes these.
_LATIN_OR_ALL_MARKS = re.compile("([!-~]+‰?|[“”‘’·—…]+)")
_OF_WORDS = ("w:t", "w:delText")
_BREAKS = ("w:tab", "w:br")


def set_latin(document: WordDocument) -> None:
    """Give letters and digits among 仿宋 and 楷体 runs of their own, in the style for them.

    Runs are split because a face for Latin text in a Chinese run takes “ ” — … too: LibreOffice
    does not know the hint with which Word tells them apart.
    """
    faces = {style.style_id: _face(style.element) for style in document.styles}
    with_latin = {
        style.style_id for style in document.styles if Style.named(style.name or "") in CONTENTS
    }
    raised = {style.style_id for style in document.styles if _is_beside_line(style.element)}
    maker = Maker(document)
    patterns = {standard.FANG.word_family: _LATIN, standard.KAI.word_family: _LATIN_OR_MARKS}
    stories = (document.element.body, *footnotes.roots(document))
    for paragraph in (paragraph for story in stories for paragraph in story.iter(w("w:p"))):
        outer = _style(paragraph, "w:pPr", "w:pStyle")
        for run in list(paragraph.iter(w("w:r"))):
            own = _style(run, "w:rPr", "w:rStyle")
            if own in raised:  # a style that has its own face for them
                continue
            style = outer if own is None or faces.get(own) is None else own
            face = standard.FANG.word_family if style is None else faces.get(style)
            if style in with_latin:
                _split_run(run, _LATIN_OR_ALL_MARKS, maker)
            elif face in patterns:
                _split_run(run, patterns[face], maker)


def _face(style: Element) -> str | None:
    fonts = style.find(f"{w('w:rPr')}/{w('w:rFonts')}")
    return None if fonts is None else fonts.get(w("w:eastAsia"))


def _is_beside_line(style: Element) -> bool:
    return style.find(f"{w('w:rPr')}/{w('w:vertAlign')}") is not None


def _style(element: Element, properties: str, style: str) -> str | None:
    """The style of a paragraph or run; its properties come first in it, and the style in them."""
    named = element[0] if len(element) else None
    if named is None or named.tag != w(properties) or not len(named) or named[0].tag != w(style):
        return None
    return named[0].get(w("w:val"))


def _split_run(run: Element, pattern: re.Pattern[str], maker: Maker) -> None:
    """Replace a run of texts and tabs by runs of Chinese text and of what the pattern finds."""
    texts = [child for child in run if child.tag != w("w:rPr")]
    of_words = tuple(map(w, _OF_WORDS))
    known = (*of_words, *map(w, _BREAKS))
    words = "".join(text.text or "" for text in texts if text.tag in of_words)
    if not pattern.search(words) or any(text.tag not in known for text in texts):
        return
    for text in texts:
        parts = pattern.split(text.text or "") if text.tag in of_words else [None]
        for index, part in enumerate(parts):
            if part is None or part:
                style = Style.LATIN_WORDS if _LATIN.match(part or "") else Style.WIDE_MARKS
                identifier = maker.style_id(style) if index % 2 else ""
                run.addprevious(_run_with(run, text, part, identifier))
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _run_with(run: Element, content: Element, words: str | None, style: str) -> Element:
    """A run like another, that holds one text, tab or line end alone."""
    made: Element = new_element("w:r")
    if len(run) and run[0].tag == w("w:rPr"):
        made.append(copied(run[0]))
    kept = copied(content)
    if words is not None:
        kept.text = words
        kept.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(kept)
    if style:
        _set_style(made, style)
    return made


def _set_style(run: Element, style: str) -> None:
    if run[0].tag != w("w:rPr"):
        run.insert(0, new_element("w:rPr"))
    properties = run[0]
    if not len(properties) or properties[0].tag != w("w:rStyle"):
        properties.insert(0, new_element("w:rStyle"))
    properties[0].set(w("w:val"), style)
