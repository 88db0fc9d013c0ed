"""Three versions of a cell → what stands in it, and its note."""

from __future__ import annotations

from dataclasses import replace

from publisher.model import Cell, Merge
from publisher.takeback.merging.three import Grain, Merging, Naming, Three
from publisher.takeback.merging.values import merged_fields
from publisher.takeback.merging.words import merged_words
from publisher.wordings import bare


def merged_cell(merging: Merging, where: Naming, three: Three[Cell]) -> Cell:
    """A cell; words are edited in it, but several persons or departments as a whole."""
    if not three.is_disputed:
        return replace(three.best, place=three.ours.place)
    note = merged_fields(merging, lambda _: where, three, ["note"])["note"]
    said = three.map(lambda cell: (cell.items, cell.merge))
    if not said.is_disputed:
        items, merge = said.best
        return replace(three.ours, items=items, merge=merge, note=note)
    cells = (three.base, three.ours, three.theirs)
    if all(cell.merge is None and len(cell.items) == 1 for cell in cells):
        words = merged_words(merging, where, three.map(lambda cell: cell.items[0]))
        return replace(three.ours, items=(words,) if words else (), note=note)
    if merging.grain is Grain.CHARACTER and is_alike(three.base, three.ours):
        return replace(three.theirs, place=three.ours.place, note=note)
    merging.dispute(where, three.map(cell_words))
    return replace(three.ours, note=note)


def is_alike(old: Cell, new: Cell) -> bool:
    """Whether two cells say the same, however it is written."""
    return old.merge is new.merge and bare(old.text) == bare(new.text)


def cell_words(cell: Cell) -> str:
    """A cell in words; what is one with a neighbour is told as such."""
    if cell.merge is not None:
        return "（与上格合并）" if cell.merge is Merge.ABOVE else "（与左格合并）"
    return cell.text + (f"（注：{cell.note}）" if cell.note else "")
