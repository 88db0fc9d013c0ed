"""What a file showed and what it shows after another program saved it → the second as if by ours.

Other programs draw drawings anew, round lengths, and lose what is told of tables beside their
words. Nobody edited that. What people can edit stays as they left it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from publisher.files import Unreadable
from publisher.intake.source import (
    Run,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourcePicture,
    SourceTable,
    paragraphs_in,
    pictures_in,
)
from publisher.model import Place
from publisher.styles import Style

_NEAR = 0.3
"""Millimetres by which a width may differ that was rounded."""
_ALIKE = 0.6
"""The part of their words that two paragraphs or tables share at least to be one."""
Drawn = Mapping[bytes, bytes]
"""For drawings (SVG) the picture that programs show in their place which cannot draw."""


def as_saved(was: SourceFile, now: SourceFile, drawn: Drawn, *, is_converted: bool) -> SourceFile:
    """What a file shows, without what saving alone does.

    `is_converted`: it was in another format in between, which keeps less.
    """
    if was.blocks == now.blocks:
        return now
    saved = _Saved(was, drawn, is_converted)
    whole = list(_joined(was, now.blocks))
    return replace(now, blocks=tuple(saved.restored(_styled(was, whole))))


# -- paragraphs below one that was deleted --------------------------------------------------------


def _styled(was: SourceFile, blocks: Sequence[SourceBlock]) -> Iterator[SourceBlock]:
    """With their own style where LibreOffice gives paragraphs that of one deleted above them."""
    said = {each.words for each in blocks if isinstance(each, SourceParagraph)}
    below = dict(_below_deleted(was.blocks, said))
    for block in blocks:
        if isinstance(block, SourceParagraph) and block.words in below:
            old, gone = below[block.words]
            if block.look.style != old.look.style and any(_is_set_as(block, each) for each in gone):
                block = replace(old, number=block.number, marks=block.marks)
        yield block


def _below_deleted(
    blocks: Sequence[SourceBlock], said: Collection[str]
) -> Iterator[tuple[str, tuple[SourceParagraph, list[SourceParagraph]]]]:
    """By its words each paragraph that stood right below some of which nothing is said any more."""
    gone: list[SourceParagraph] = []
    for block in blocks:
        if isinstance(block, SourceParagraph) and block.words not in said:
            gone.append(block)
            continue
        if isinstance(block, SourceParagraph) and gone:
            yield block.words, (block, gone)
        gone = []


def _is_set_as(paragraph: SourceParagraph, model: SourceParagraph) -> bool:
    """Whether it looks as another does throughout: nobody gave its words a look of their own."""
    looks = {_look(run) for run in model.runs}
    return paragraph.look.style == model.look.style and looks.issuperset(map(_look, paragraph.runs))


def _look(run: Run) -> tuple[object, ...]:
    """How a run looks, apart from its face: figures have another."""
    return (run.size, run.is_bold, run.is_red, run.is_underlined, run.shift)


# -- paragraphs that were parted ------------------------------------------------------------------


def _joined(was: SourceFile, blocks: Sequence[SourceBlock]) -> Iterator[SourceBlock]:
    """With paragraphs whole that LibreOffice parts where a page begins in their midst."""
    said = {each.words for each in blocks if isinstance(each, SourceParagraph)}
    gone = [
        each.words
        for each in was.blocks
        if isinstance(each, SourceParagraph) and each.words not in said
    ]
    at = 0
    while at < len(blocks):
        first, *rest = blocks[at : at + 2]
        second = rest[0] if rest else None
        at += 1
        match first, second:
            case SourceParagraph(), SourceParagraph() if _was_one(first, second, gone):
                at += 1
                yield replace(first, runs=(*first.runs, *second.runs))
            case _:
                yield first


def _was_one(first: SourceParagraph, second: SourceParagraph, gone: Sequence[str]) -> bool:
    if not second.look.begins_page or not first.words.strip() or not second.words.strip():
        return False
    both = first.words + second.words
    return any(
        (likeness := _likeness(both, words)) >= _ALIKE
        and likeness > max(_likeness(first.words, words), _likeness(second.words, words))
        for words in gone
    )


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


# -- tables and pictures --------------------------------------------------------------------------


class _Saved:
    """What the file showed when it was made, to look up what saving loses of it."""

    def __init__(self, was: SourceFile, drawn: Drawn, is_converted: bool) -> None:
        self._tables = [each for each in was.blocks if isinstance(each, SourceTable)]
        self._pictures = list(pictures_in(was.blocks))
        self._drawn, self._is_converted = drawn, is_converted

    def restored(self, blocks: Iterable[SourceBlock]) -> Iterator[SourceBlock]:
        for block in blocks:
            match block:
                case SourceTable():
                    yield self._table(block)
                case SourcePicture():
                    yield self._picture(block)
                case _:
                    yield block

    # -- tables ---------------------------------------------------------------------------

    def _table(self, table: SourceTable) -> SourceTable:
        cells = tuple(
            replace(each, blocks=tuple(self.restored(iter(each.blocks)))) for each in table.cells
        )
        table = replace(table, cells=cells)
        old = self._like(table)
        if old is None:
            return table
        self._tables.remove(old)
        if _is_filled_in(old):
            table = replace(table, cells=tuple(_without_blanks(old, each) for each in table.cells))
        return replace(
            table,
            caption=table.caption or old.caption,
            description=table.description or old.description,
            names_rows=table.names_rows or old.names_rows,
            head_rows=table.head_rows or old.head_rows,
        )

    def _like(self, table: SourceTable) -> SourceTable | None:
        """The first of the tables that has most of its words."""
        words = _cells(table)
        for old in self._tables:
            shared = len(words & _cells(old))
            if 2 * shared >= _ALIKE * (len(words) + len(_cells(old))):
                return old
        return None

    # -- pictures -------------------------------------------------------------------------

    def _picture(self, picture: SourcePicture) -> SourcePicture:
        old = next((each for each in self._pictures if self._shows(each, picture)), None)
        if old is None:
            return picture
        self._pictures.remove(old)
        is_near = (
            picture.width is not None
            and old.width is not None
            and abs(picture.width - old.width) <= _NEAR
        )
        is_kept = bool(picture.alternative) and not self._is_converted
        return replace(
            picture,
            data=old.data,
            name=old.name,
            alternative=picture.alternative if is_kept else old.alternative,
            width=old.width if is_near else picture.width,
        )

    def _shows(self, old: SourcePicture, new: SourcePicture) -> bool:
        if new.data in (old.data, self._drawn.get(old.data)):
            return True
        return _bare(old) == _bare(new) != b""


def _bare(picture: SourcePicture) -> bytes:
    """What a picture shows, without what else its file says; empty where it is unreadable."""
    from publisher.readers.images import read_image

    image, _ = read_image(picture.data, picture.name, Place(picture.name))
    return image.data if image else b""


def _cells(table: SourceTable) -> set[str]:
    return {words for each in table.cells if (words := "".join(each.words.split()))}


def _is_filled_in(table: SourceTable) -> bool:
    """Whether it has places to fill in, which other programs turn into blanks."""
    runs = (run for each in paragraphs_in((table,)) for run in each.runs)
    return any(Style.named(run.style) is Style.PLACEHOLDER for run in runs)


def _without_blanks(old: SourceTable, cell: SourceCell) -> SourceCell:
    """A cell as it was where it says the same, blanks aside."""
    words = "".join(cell.words.split())
    for before in old.cells:
        is_place = (before.row, before.column) == (cell.row, cell.column)
        if is_place and "".join(before.words.split()) == words:
            return replace(before, rows=cell.rows, columns=cell.columns)
    return cell


# -- drawings -------------------------------------------------------------------------------------

_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def drawn_in(docx: bytes) -> Drawn:
    """The drawings of a file of ours, and the pictures of them."""
    from publisher.intake.word.package import Package

    try:
        package = Package(docx)
    except Unreadable:
        return {}
    relations = package.relations(package.main)
    pairs = {}
    for blip in package.document.iter("{*}blip"):
        for drawing in blip.iter("{*}svgBlip"):
            ends = [str(each.get(_EMBEDDED) or "") for each in (drawing, blip)]
            parts = [
                package.parts.get(posixpath.normpath(relations[end].target))
                for end in ends
                if end in relations
            ]
            if len(parts) == len(ends) and parts[0] and parts[1]:
                pairs[parts[0]] = parts[1]
    return pairs
