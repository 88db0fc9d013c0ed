"""The fragment of a document and a page saved from a website → what the website lost of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from publisher.verify.bytes import UnreadablePage, read_file
from publisher.verify.differences import (
    Difference,
    Effect,
    change_of_blanks,
    change_of_height,
    change_of_marks,
)
from publisher.verify.links import compare_links
from publisher.verify.lists import with_numbers
from publisher.verify.pictures import Files, Look, compare_pictures, nothing_saved, saved_with
from publisher.verify.region import holder_of
from publisher.verify.saved import Page, read_page
from publisher.verify.sheets import SheetComparison
from publisher.verify.stream import Stream, stream_of
from publisher.verify.tables import Progress, compare_tables, in_captions
from publisher.verify.telling import in_order, told
from publisher.verify.words import compare_words

__all__ = [
    "Difference",
    "Effect",
    "UnreadablePage",
    "Verification",
    "as_json",
    "likeliest",
    "read_file",
    "saved_with",
    "told",
    "verify",
]

_ENOUGH = 0.2
"""The part of a document's words that a page must have to be that document's."""


@dataclass(frozen=True)
class Tally:
    """How much of something the page has."""

    what: str
    kept: int
    of: int


@dataclass(frozen=True)
class Verification:
    """What became of a document on a page."""

    slug: str
    differences: tuple[Difference, ...]
    counts: tuple[Tally, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost or changed."""
        return not any(difference.effect.counts for difference in self.differences)


def likeliest(saved: bytes, fragments: Mapping[str, bytes]) -> str | None:
    """The document that a page shows, by most of its words; None where it shows none of them."""
    stream = stream_of(read_page(saved, 10**9))
    shares = {
        slug: _share(read_page(fragment, 10**9, True), stream)
        for slug, fragment in fragments.items()
    }
    best = max(shares, key=lambda slug: shares[slug], default=None)
    return best if best is not None and shares[best] >= _ENOUGH else None


def _share(own: Page, stream: Stream) -> float:
    """The part of a document's words that a page has, passage by passage."""
    lengths = {
        passage.words: len(passage.words) for passage, _ in own.flow if len(passage.words) > 5
    }
    there = sum(length for words, length in lengths.items() if words in stream.places)
    return there / max(1, sum(lengths.values()))


_NO_PICTURES: Files = MappingProxyType({})


def _silent(_done: int, _of: int) -> None:
    """Nobody waits for it."""


def verify(
    slug: str,
    fragment: bytes,
    saved: bytes,
    progress: Progress = _silent,
    pictures: Files = _NO_PICTURES,
    look: Look = nothing_saved,
) -> Verification:
    """Compare a page with a document's fragment, whatever stands around it on the page.

    The files of its `pictures`, by the addresses in the fragment, are held against those that were
    saved with the page. UnreadablePage where the file is none.
    """
    own = read_page(fragment, 10**9, is_own=True)
    longest = max((len(cell.words) for sheet in own.sheets for cell in sheet.written), default=0)
    page, of_lists = with_numbers(read_page(saved, max(400, 2 * longest)), own.passages)
    everything = stream_of(page).places
    tables, matched = compare_tables(own.sheets, page, everything, progress)
    captions = in_captions(own, tables, page)
    running = replace(own, flow=tuple(each for each in own.flow if each not in captions))
    words = compare_words(running, page, matched, _no_longer_in_tables(tables))
    pairs = words.marks + [mark for table in tables for mark in table.marks]
    of_form = (change_of_marks(pairs), change_of_blanks(pairs), change_of_height(pairs), of_lists)
    inside = _inside(page, words.region, matched)
    differences = [
        *words.differences,
        *(difference for table in tables for difference in table.differences),
        *filter(None, of_form),
        *compare_links(own.links, [link for link in page.links if inside(link.block)]),
        *compare_pictures(own, page, inside, pictures, look),
    ]
    return Verification(
        slug,
        tuple(in_order(differences)),
        _counts(own, words.intact + len(captions), tables, differences),
    )


def _no_longer_in_tables(tables: Sequence[SheetComparison]) -> frozenset[str]:
    """The words of rows and cells that are not in a table of the page."""
    rows = [
        row for table in tables for number, row in table.body.items() if number not in table.rows
    ]
    heads = [cell for table in tables if not table.rows for cell in table.columns]
    cells = [cell.words for row in rows for cell in row.single]
    return frozenset([*cells, *(row.core for row in rows), *(passage.words for passage in heads)])


def _inside(page: Page, region: tuple[int, int], matched: frozenset[int]) -> Callable[[int], bool]:
    """Whether an element of the page stands in the text, or in a table of the document's."""
    stream = stream_of(page, matched)
    holders = [holder_of(page, stream, region), *(page.sheets[sheet].block for sheet in matched)]
    return lambda block: any(page.holds(holder, block) for holder in holders)


def _counts(
    own: Page, intact: int, tables: list[SheetComparison], differences: list[Difference]
) -> tuple[Tally, ...]:
    cells = {id(cell) for sheet in own.sheets for cell in sheet.written if cell.is_heading}
    lost = sum(difference.name == "lost_picture" for difference in differences)
    links = sum(difference.name in ("lost_link", "changed_link") for difference in differences)
    counts = (
        Tally("段落和标题", intact, len(own.passages)),
        Tally(
            "表格的行",
            sum(table.intact for table in tables),
            sum(len(table.body) for table in tables),
        ),
        Tally("表头单元格", min(sum(table.headers for table in tables), len(cells)), len(cells)),
        Tally("图片", len(own.pictures) - lost, len(own.pictures)),
        Tally("链接", len(own.links) - links, len(own.links)),
    )
    return tuple(count for count in counts if count.of)


def as_json(result: Verification) -> str:
    """A verification for programs."""
    return (
        json.dumps(
            {
                "slug": result.slug,
                "whole": result.is_whole,
                "counts": {
                    count.what: {"kept": count.kept, "of": count.of} for count in result.counts
                },
                "differences": [
                    {
                        "name": difference.name,
                        "effect": difference.effect.name.lower(),
                        "place": difference.place,
                        "message": difference.message,
                        "canonical": difference.canonical,
                        "published": difference.published,
                    }
                    for difference in result.differences
                ],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
