"""Annotations, destinations and outlines of a PDF → its links and bookmarks as plain values."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from publisher.foreign.objects import inner
from publisher.foreign.pages import Bookmark, Corners, Destination, ForeignLink

_ADDRESSES = ("https://", "http://", "mailto:")
_MOST_BOOKMARKS, _DEEPEST = 5000, 8
_LONGEST = 500
"""Characters of the title of a bookmark, and of what is said of a link."""


class Places:
    """The pages of a PDF and its named destinations."""

    def __init__(self, pdf: Pdf) -> None:
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._old_names = inner(pdf.Root, "/Dests")
        names = inner(pdf.Root, "/Names").get("/Dests")
        self._names = NameTree(names) if isinstance(names, Dictionary) else None

    def spot(self, target: Any) -> Destination | None:
        """Where a destination is in its own file; None where that is not known."""
        if isinstance(target, Name):
            target = self._old_names.get(target)
        elif isinstance(target, String):
            target = self._names.get(str(target)) if self._names is not None else None
        if isinstance(target, Dictionary):
            target = target.get("/D")
        if not isinstance(target, Array) or not len(target):
            return None
        page, *how = target
        number = self.pages.get(page.objgen) if isinstance(page, Dictionary) else None
        return None if number is None else Destination(number, *_corner(how))


def _corner(how: list[Any]) -> tuple[float | None, float | None]:
    """The upper left corner of what a destination shows (ISO 32000-1 12.3.2.2)."""
    kind, *numbers = how or [None]
    values = [_number(each) for each in numbers]
    match str(kind), values:
        case "/XYZ", [left, top, *_]:
            return left, top
        case "/FitH" | "/FitBH", [top, *_]:
            return None, top
        case "/FitR", [left, _, _, top]:
            return left, top
        case _:
            return None, None


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def link_of(annotation: Any, page: int, places: Places) -> ForeignLink | None:
    """A link; None of what is no link, leads to another file, or does something."""
    if annotation.get("/Subtype") != Name.Link:
        return None
    action = inner(annotation, "/A")
    target: str | Destination | None = None
    if "/Dest" in annotation:
        target = places.spot(annotation.Dest)
    elif action.get("/S") == Name.GoTo:
        target = places.spot(action.get("/D"))
    elif action.get("/S") == Name.URI:
        address = str(action.get("/URI", ""))
        target = address if address.lower().startswith(_ADDRESSES) else None
    box = annotation.get("/Rect")
    if target is None or not isinstance(box, Array):
        return None
    words = str(annotation.get("/Contents", "")) or (target if isinstance(target, str) else "链接")
    return ForeignLink(page, _corners(box), target, words[:_LONGEST])


def _corners(box: Array) -> Corners:
    left, bottom, right, top = (float(side) for side in box)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def bookmarks_of(pdf: Pdf, places: Places) -> tuple[Bookmark, ...]:
    """The entries of its outline."""
    return tuple(_Bookmarks(places).below(inner(pdf.Root, "/Outlines"), 0))


class _Bookmarks:
    """Reads entries, each once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._seen: set[tuple[int, int]] = set()

    def below(self, holder: Any, depth: int) -> list[Bookmark]:
        made: list[Bookmark] = []
        entry = holder.get("/First")
        while isinstance(entry, Dictionary) and self._is_new(entry):
            title = " ".join(str(entry.get("/Title", "")).split())[:_LONGEST]
            below = self.below(entry, depth + 1) if depth < _DEEPEST else []
            spot = self._spot(entry)
            if spot or below:
                made.append(Bookmark(title or "…", spot, tuple(below)))
            entry = entry.get("/Next")
        return made

    def _is_new(self, entry: Dictionary) -> bool:
        is_new = entry.objgen not in self._seen and len(self._seen) < _MOST_BOOKMARKS
        self._seen.add(entry.objgen)
        return is_new

    def _spot(self, entry: Dictionary) -> Destination | None:
        action = inner(entry, "/A")
        is_place = action.get("/S") == Name.GoTo
        return self._places.spot(entry.get("/Dest", action.get("/D") if is_place else None))
