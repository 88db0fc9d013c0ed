"""Sources → the same, with the pictures that a page only names taken from files given beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from publisher.intake.source import (
    NOT_IN_FILE,
    SourceBlock,
    SourceFile,
    SourceParagraph,
    SourcePicture,
    pictures_in,
)


def with_given_pictures(sources: Sequence[SourceFile]) -> list[SourceFile]:
    """Sources of which those are no more that are the pictures of another, and nothing else."""
    alone = {each.name: each.data for each in sources if each.data and not each.blocks}
    wanted = {
        name
        for source in sources
        for picture in pictures_in(source.blocks)
        if not picture.data and (name := unquote(picture.name)) in alone
    }
    wanted |= {name for name in alone if any(_is_missed(each, name) for each in sources)}
    if not wanted:
        return list(sources)
    given = {name: alone[name] for name in wanted}
    return [_filled(source, given) for source in sources if source.name not in wanted]


def _is_missed(source: SourceFile, name: str) -> bool:
    """Whether a source shows a picture of this name, be it in its text or as its mark."""
    missing = (f" {unquote(each.words)}" for each in source.remarks if each.kind == NOT_IN_FILE)
    return any(words.endswith((f" {name}", f"/{name}")) for words in missing)


def _filled(source: SourceFile, given: Mapping[str, bytes]) -> SourceFile:
    remarks = (
        each
        for each in source.remarks
        if each.kind != NOT_IN_FILE or not unquote(each.words).endswith(tuple(given))
    )
    return replace(source, blocks=_in_blocks(source.blocks, given), remarks=tuple(remarks))


def _in_blocks(
    blocks: Sequence[SourceBlock], given: Mapping[str, bytes]
) -> tuple[SourceBlock, ...]:
    return tuple(_in_block(block, given) for block in blocks)


def _in_block(block: SourceBlock, given: Mapping[str, bytes]) -> SourceBlock:
    if isinstance(block, SourceParagraph):
        return block
    if isinstance(block, SourcePicture):
        data = given.get(unquote(block.name), b"")
        return block if block.data or not data else replace(block, data=data)
    cells = (replace(each, blocks=_in_blocks(each.blocks, given)) for each in block.cells)
    return replace(block, cells=tuple(cells))
