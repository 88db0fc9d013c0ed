"""Edition → the bytes of finished files, a module a format."""

from __future__ import annotations

from collections.abc import Callable

from publisher.model import Edition
from publisher.renderers import docx, pdf, reconciliation, table, text

Renderer = Callable[[Edition], dict[str, bytes]]

RENDERERS: dict[str, Renderer] = {
    "PDF": pdf.render,
    "Word": docx.render,
    "附件表": table.render,
    "对账": reconciliation.render,
    "纯文本": text.render,
}
"""What is made from an edition, the slowest first; each gives files by name.

The web page is made last and apart: it tells the size of what these gave.
"""
