"""A DOCX with tracked changes → the same with some of them rejected, as it is to be read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from publisher.intake.word.names import W, local
from publisher.wordfile import unpacked, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

Keeps = Callable[[str, str], bool]
"""Told the author of a change and its date, whether it stays as a tracked change."""
_AUTHOR, _DATE = f"{W}author", f"{W}date"
_CAME, _GONE = ("ins", "moveTo"), ("del", "moveFrom")
_SETTINGS = ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid", "tblPrEx")
_STAYS = {"pPr": ("rPr", "sectPr")}
"""What settings hold that is no matter of the change of them."""
_STANDS_AGAIN = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}


def rejected(data: bytes, keeps: Keeps) -> bytes:
    """The same file with all tracked changes rejected but those that stay; Unreadable: it is none.

    A paragraph whose end was inserted stands as one whose end was deleted: whoever reads it joins
    it with the next.
    """
    parts = unpacked(data)
    made = {name: _without(part, keeps) for name, part in parts.items() if _may_have(name, part)}
    return _packed({**parts, **made})


def signatures(data: bytes) -> tuple[tuple[str, str], ...]:
    """Author and date of each tracked change, each pair once, as they come."""
    pairs = (
        (str(mark.get(_AUTHOR) or ""), str(mark.get(_DATE) or ""))
        for name, part in unpacked(data).items()
        if _may_have(name, part)
        for mark in _marks(words_of(part))
    )
    return tuple(dict.fromkeys(pairs))


def _may_have(name: str, part: bytes) -> bool:
    is_words = name.endswith(".xml") and "comments" not in name and "people" not in name
    return is_words and name.startswith("word/") and bool(_MARKED.search(part))


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


_MARKS = {
    *(f"{W}{name}" for name in (*_CAME, *_GONE, "cellIns", "cellDel", "cellMerge")),
    *(f"{W}{name}Change" for name in _SETTINGS),
}
_MARKED = re.compile(
    rb"author=|[:<](?:ins|del|move(?:From|To)|cell(?:Ins|Del|Merge)|\w+Change)[\s/>]"
)
"""Some of these stand in a part with tracked changes; their author may be hidden."""


def _marks(root: _Element) -> Iterator[_Element]:
    return root.iter(*_MARKS)


def _without(part: bytes, keeps: Keeps) -> bytes:
    from lxml import etree

    root = words_of(part)
    for mark in list(_marks(root)):
        is_there = any(above is root for above in mark.iterancestors())
        if is_there and not keeps(str(mark.get(_AUTHOR) or ""), str(mark.get(_DATE) or "")):
            _reject(mark)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _reject(mark: _Element) -> None:
    name, holder = local(mark), mark.getparent()
    assert holder is not None  # the root is no change
    within = local(holder)
    if name.endswith("Change"):
        _as_it_was(mark, holder)
    elif name == "cellMerge":
        _parted_again(mark, holder)
    elif name == "cellIns":
        _leave_out(holder)
    elif name == "cellDel":
        holder.remove(mark)
    elif within == "trPr":
        holder.remove(mark)
        if name in _CAME:
            _leave_out(holder)
    elif within == "rPr":
        _reject_end(mark, holder)
    elif within == "numPr":
        _remove(holder)
    elif name in _CAME:
        _remove(mark)
    else:
        _stand_again(mark)


def _as_it_was(mark: _Element, settings: _Element) -> None:
    """Settings as they were before they were changed."""
    before = mark[0] if len(mark) else None
    stays = _STAYS.get(local(settings), ())
    for child in list(settings):
        if local(child) not in stays:
            settings.remove(child)
    if before is not None:
        settings[:0] = [child for child in before if local(child) not in stays]


def _parted_again(mark: _Element, settings: _Element) -> None:
    """A cell that was made one with the one above it."""
    merge = settings.find(f"{W}vMerge")
    before = {"cont": "continue", "rest": "restart"}.get(str(mark.get(f"{W}vMergeOrig")))
    if merge is not None and before is None:
        settings.remove(merge)
    elif merge is not None and before is not None:
        merge.set(f"{W}val", before)
    settings.remove(mark)


def _leave_out(settings: _Element) -> None:
    """Take away the row or cell that settings belong to; what holds nothing then goes with it."""
    element = settings.getparent()
    holder = None if element is None else element.getparent()
    if element is None or holder is None:
        return
    holder.remove(element)
    if next(holder.iter(f"{W}tc"), None) is None:
        _remove(holder)


def _reject_end(mark: _Element, characters: _Element) -> None:
    """The end of a paragraph: it stands again, or it is as good as deleted."""
    characters.remove(mark)
    if local(mark) in _CAME and characters.find(f"{W}del") is None:
        characters.append(characters.makeelement(f"{W}del", {}, nsmap=None))


def _stand_again(mark: _Element) -> None:
    """Words that were deleted, or moved away, in their place."""
    for piece in mark.iter(*_STANDS_AGAIN):
        piece.tag = _STANDS_AGAIN[str(piece.tag)]
    holder = mark.getparent()
    assert holder is not None  # it stands in a paragraph
    at = holder.index(mark)
    holder[at : at + 1] = list(mark)


def _remove(element: _Element) -> None:
    """Take an element away with all that is in it; what stands behind it stays."""
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)
