"""The sections of a file → how their pages lie, and what stands above and below the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.intake.word.names import TWIPS_PER_MM, R, W, number, switch, twips, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS = ("first", "default", "even")
_SAME_PAGE = ("continuous", "nextColumn")


@dataclass(frozen=True, slots=True)
class PageSection:
    """How the pages of a section lie."""

    columns: int = 1
    is_landscape: bool = False
    begins_page: bool = True
    """Whether it begins on a page of its own."""
    width: float = 0
    """Of its text, in millimetres; 0 where nobody says."""
    headers: tuple[str, ...] = ()
    """Identifiers of the relations to its headers: of the first page, of all, of even ones."""
    footers: tuple[str, ...] = ()


def sections(document: _Element, settings: _Element | None = None) -> list[PageSection]:
    """The sections of a file in order, at least one; `settings` say whether even pages differ."""
    even_differ = bool(switch(settings, "evenAndOddHeaders"))
    marks = [
        mark
        for mark in document.iter(f"{W}sectPr")
        if (holder := mark.getparent()) is not None and holder.tag in (f"{W}pPr", f"{W}body")
    ]
    return [_section(mark, even_differ) for mark in marks] or [PageSection()]


def _section(mark: _Element, even_differ: bool) -> PageSection:
    size, margins = mark.find(f"{W}pgSz"), mark.find(f"{W}pgMar")
    width, height = (twips(value(size, "", side)) for side in ("w", "h"))
    sides = sum(twips(value(margins, "", side)) for side in ("left", "right"))
    return PageSection(
        columns=max(1, number(value(mark.find(f"{W}cols"), "", "num"), 1)),
        is_landscape=value(size, "", "orient") == "landscape" or width > height > 0,
        begins_page=value(mark, "type") not in _SAME_PAGE,
        width=max(0, width - sides) / TWIPS_PER_MM,
        headers=_references(mark, "headerReference", even_differ),
        footers=_references(mark, "footerReference", even_differ),
    )


def _references(mark: _Element, name: str, even_differ: bool) -> tuple[str, ...]:
    """Those that are shown: one for first or even pages is not, unless these are said to differ."""
    kinds = {
        value(each, attribute="type") or "default": str(each.get(f"{R}id") or "")
        for each in mark.findall(f"{W}{name}")
    }
    if not switch(mark, "titlePg"):
        kinds.pop("first", None)
    if not even_differ:
        kinds.pop("even", None)
    return tuple(kinds[kind] for kind in _KINDS if kind in kinds)
