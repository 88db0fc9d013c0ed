"""The tags of an open page → what each picture has for who does not see it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

_FIGURE = "Figure"
_LONGEST = 4096
"""Bytes of an alternative text that are read, of UTF-16."""
_DEEPEST = 40

Take = Callable[[int], int]
"""Counts what is read, and refuses what is too much."""


def said_of_figures(pdfium: Any, page: Any, take: Take) -> tuple[str, ...]:
    """The alternative text of each picture that is tagged, empty where it has none."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ()
    try:
        count = take(max(pdfium.FPDF_StructTree_CountChildren(tree), 0))
        tops = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
        return tuple(said for top in tops for said in _said(pdfium, top, take, 0))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _said(pdfium: Any, element: Any, take: Take, depth: int) -> Iterator[str]:
    if not element or depth > _DEEPEST:
        return
    if _words(pdfium.FPDF_StructElement_GetType, element) == _FIGURE:
        yield _words(pdfium.FPDF_StructElement_GetAltText, element).strip()
        return
    for index in range(take(max(pdfium.FPDF_StructElement_CountChildren(element), 0))):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        yield from _said(pdfium, child, take, depth + 1)


def _words(ask: Any, element: Any) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST)
    length = ask(element, buffer, _LONGEST)
    return buffer.raw[: min(length, _LONGEST)].decode("utf-16-le", "replace").strip("\0")
