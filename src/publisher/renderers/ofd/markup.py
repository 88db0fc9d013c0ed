"""Numbers, places and words → how OFD writes them in XML."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from publisher.matrices import Matrix
from publisher.renderers.ofd.places import MM, Edges

NAMESPACE = "http://www.ofdspec.org/2016"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NEVER = "\ufffe\uffff"
FINE = 1000
"""Places are written in thousandths of a millimetre."""


def root(name: str, inner: str, attributes: str = "") -> str:
    """A part of a package: its only outermost element."""
    return f'{DECLARATION}<ofd:{name} xmlns:ofd="{NAMESPACE}"{attributes}>{inner}</ofd:{name}>'


def element(name: str, attributes: Iterable[str], inner: str) -> str:
    """An element with attributes that are written already."""
    return f"<ofd:{name} {' '.join(attributes)}>{inner}</ofd:{name}>"


def thousandths(count: int) -> str:
    """So many thousandths, without noughts at the end."""
    sign = "-" if count < 0 else ""
    whole, part = divmod(abs(count), FINE)
    return f"{sign}{whole}.{part:03}".rstrip("0").rstrip(".") if part else f"{sign}{whole}"


def number(value: float) -> str:
    """A length, to the thousandth."""
    return thousandths(round(value * FINE))


def box(edges: Edges) -> str:
    """A box: its upper left corner and its size."""
    left, top = number(edges.left), number(edges.top)
    return f"{left} {top} {number(edges.width)} {number(edges.height)}"


def matrix(turned: Matrix, x: MM, y: MM) -> str:
    """How something is turned, and where it stands."""
    turns = " ".join(f"{round(part, 6) + 0.0:g}" for part in turned[:4])
    return f"{turns} {number(x)} {number(y)}"


def clean(words: str) -> str:
    """Words without what XML cannot hold."""
    return "".join(each for each in words if (each >= " " and each not in _NEVER) or each in "\t\n")


def said(words: str) -> str:
    """Words between tags."""
    return escape(clean(words))
