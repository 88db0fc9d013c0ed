"""Tracked changes → what stands when all are taken, and who made which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.intake.source import SourceRemark
from publisher.intake.word.names import W, local, value

if TYPE_CHECKING:
    from lxml.etree import _Element

INSERTED, DELETED, MOVED, FORMATTED = (
    f"修订（{what}）" for what in ("插入", "删除", "移动", "格式")
)
TAKEN = {f"{W}ins": INSERTED, f"{W}moveTo": MOVED}
"""What stands when all changes are taken."""
GONE = {f"{W}del": DELETED, f"{W}moveFrom": ""}
"""What does not; a move is told where it leads to."""
_GONE_WITH = {f"{W}tr": ("del", "moveFrom"), f"{W}tc": ("cellDel",)}
"""By which mark among its settings a whole row or cell does not."""
_WORDS = (f"{W}t", f"{W}delText")


def remark(kind: str, mark: _Element, words: str) -> SourceRemark:
    """Who made a change, and when."""
    return SourceRemark(
        kind,
        words,
        author=value(mark, attribute="author") or "",
        date=value(mark, attribute="date") or "",
    )


def words_in(element: _Element) -> str:
    """All words that a changed stretch has, whether they stand or not."""
    return "".join(str(each.text or "") for each in element.iter(*_WORDS))


def is_gone(element: _Element) -> bool:
    """Whether a stretch, a row or a cell does not stand when all changes are taken."""
    if element.tag in GONE:
        return True
    names = _GONE_WITH.get(str(element.tag), ())
    return bool(names) and mark_of(element.find(f"{element.tag}Pr"), *names) is not None


def ends_deleted(paragraph: _Element) -> bool:
    """Whether the mark that ends a paragraph is gone, so that it runs on into the next."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(marks.find(name) is not None for name in GONE)


def of_table(table: _Element) -> Iterator[SourceRemark]:
    """What was done to whole rows and cells of a table, not to those of tables in it."""
    for holder, what in ((f"{W}tr", _ROW), (f"{W}tc", _CELL)):
        for element in table.iter(holder):
            if next(element.iterancestors(f"{W}tbl"), None) is not table:
                continue
            for name, kind in what.items():
                mark = element.find(f"{W}{local(element)}Pr/{W}{name}")
                if mark is not None and not (kind == INSERTED and _has_insertion(element)):
                    yield remark(kind, mark, _words_of_cells(element))


_ROW = {"ins": INSERTED, "del": DELETED}
_CELL = {"cellIns": INSERTED, "cellDel": DELETED, "cellMerge": FORMATTED}


def _has_insertion(element: _Element) -> bool:
    """Whether its words say themselves that they were inserted."""
    return next(element.iter(f"{W}ins"), None) is not element.find(f"{W}trPr/{W}ins")


def _words_of_cells(element: _Element) -> str:
    cells = [element] if element.tag == f"{W}tc" else element.iter(f"{W}tc")
    return " | ".join(words_in(cell) for cell in cells)


def mark_of(settings: _Element | None, *names: str) -> _Element | None:
    """The first child that says that what the settings belong to was changed so."""
    if settings is None:
        return None
    return next((mark for name in names if (mark := settings.find(f"{W}{name}")) is not None), None)
