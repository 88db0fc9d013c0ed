"""A PDF → where it leads: its outline, and the links on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from publisher.renderers.ofd.places import PER_POINT, around
from publisher.renderers.ofd.telling import Goal, OutlineEntry, PageLink

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 30


class Leading:
    """What leads where in one PDF."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        import pikepdf

        self._file = file
        self._pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        self._boxes = [tuple(map(float, page.mediabox)) for page in file.pages]
        held: Any = file.Root.get("/Names", {})
        names = held.get("/Dests")
        self._named: Any = pikepdf.NameTree(names) if names is not None else {}

    def outline(self) -> tuple[OutlineEntry, ...]:
        """All entries."""
        with self._file.open_outline() as outline:
            return tuple(self._entries(outline.root, _DEEPEST))

    def _entries(self, items: Any, depth: int) -> Iterator[OutlineEntry]:
        for item in items if depth else ():
            target = item.destination
            if target is None and item.action is not None:
                target = item.action.get("/D")
            inner = tuple(self._entries(item.children, depth - 1))
            yield OutlineEntry(str(item.title), self._goal(target), inner)

    def links(self, number: int) -> list[PageLink]:
        """The links on a page."""
        page = self._file.pages[number].obj
        return [
            link
            for annotation in page.get("/Annots", ())
            if annotation.get("/Subtype") == "/Link" and (link := self._link(number, annotation))
        ]

    def _link(self, number: int, annotation: Any) -> PageLink | None:
        left, _, _, top = self._boxes[number]
        a, b, c, d = map(float, annotation.Rect)
        spots = (((x - left) * PER_POINT, (top - y) * PER_POINT) for x, y in ((a, b), (c, d)))
        box = around(spots)
        action = annotation.get("/A", {})
        if action.get("/S") == "/URI":
            return PageLink(box, str(action.URI))
        goal = self._goal(annotation.get("/Dest", action.get("/D")))
        return PageLink(box, goal) if goal else None

    def _goal(self, target: Any) -> Goal | None:
        import pikepdf

        if isinstance(target, pikepdf.String | str) and str(target) in self._named:
            target = self._named[str(target)]
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if not isinstance(target, pikepdf.Array) or len(target) < 1:
            return None
        number = self._pages.get(target[0].objgen)
        if number is None:
            return None
        left, _, _, top = self._boxes[number]
        spot = [_number(part) for part in list(target)[2:4]] if len(target) > 3 else []
        x, y = spot if len(spot) == 2 else (left, top)
        return Goal(number, (x - left) * PER_POINT, max(top - y, 0) * PER_POINT)


def _number(part: Any) -> float:
    try:
        return float(part)
    except (TypeError, ValueError):
        return 0.0
