"""Runs → runs of Chinese text, of Latin text and of marks, each in the style for it."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.renderers.docx.elements import w

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

LATIN_STYLE = "西文"
"""The character style of letters and digits among 仿宋 and 楷体."""
WIDE_STYLE = "全角标点"
"""The character style of marks that a free 楷体 has in half width: they stay in 仿宋."""
_LATIN = re.compile("([!-~]+‰?)")
_LATIN_OR_MARKS = re.compile("([!-~]+‰?|[“”‘’·]+)")


def set_latin(document: WordDocument) -> None:
    """Give letters and digits among 仿宋 and 楷体 runs of their own, in the style for them.

    Runs are split because a face for Latin text in a Chinese run takes “ ” — … too: LibreOffice
    does not know the hint with which Word tells them apart.
    """
    faces = {style.style_id: _face(style.element) for style in document.styles}
    styles = {style.name: style.style_id for style in document.styles}
    for paragraph in document.element.body.iter(w("w:p")):
        outer = paragraph.find(f"{w('w:pPr')}/{w('w:pStyle')}")
        for run in list(paragraph.iter(w("w:r"))):
            own = run.find(f"{w('w:rPr')}/{w('w:rStyle')}")
            style = outer if own is None or faces.get(own.get(w("w:val"))) is None else own
            face = standard.FANG.word_family if style is None else faces.get(style.get(w("w:val")))
            if face == standard.FANG.word_family:
                _split_run(run, _LATIN, styles)
            elif face == standard.KAI.word_family:
                _split_run(run, _LATIN_OR_MARKS, styles)


def _face(style: Element) -> str | None:
    fonts = style.find(f"{w('w:rPr')}/{w('w:rFonts')}")
    return None if fonts is None else fonts.get(w("w:eastAsia"))


def _split_run(run: Element, pattern: re.Pattern[str], styles: dict[str, str]) -> None:
    """Replace a run of texts and tabs by runs of Chinese text and of what the pattern finds."""
    texts = [child for child in run if child.tag != w("w:rPr")]
    of_words = (w("w:t"), w("w:delText"))
    words = "".join(text.text or "" for text in texts if text.tag in of_words)
    if not pattern.search(words) or any(
        text.tag not in (*of_words, w("w:tab"), w("w:br")) for text in texts
    ):
        return
    for text in texts:
        parts = pattern.split(text.text or "") if text.tag in of_words else [None]
        for index, part in enumerate(parts):
            if part is None or part:
                name = (LATIN_STYLE if _LATIN.match(part or "") else WIDE_STYLE) * (index % 2)
                run.addprevious(_run_with(run, text, part, styles[name] if name else ""))
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _run_with(run: Element, content: Element, words: str | None, style: str) -> Element:
    """A run like another, that holds one text, tab or line end alone."""
    made: Any = deepcopy(run)
    for child in list(made):
        if child.tag != w("w:rPr"):
            made.remove(child)
    kept: Any = deepcopy(content)
    if words is not None:
        kept.text = words
        kept.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(kept)
    if style:
        made.get_or_add_rPr().style = style
    element: Element = made
    return element
