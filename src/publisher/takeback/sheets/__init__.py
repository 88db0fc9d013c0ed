"""A workbook of ours that came back → the content with what was done to its rows and cells.

From a workbook come cells and rows. Its columns, their names and the order of sorted rows belong to
whoever worked in it: they are told, and nothing that stands in them is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from publisher import office
from publisher.bounded import bounded
from publisher.files import Unreadable
from publisher.intake import sheets as workbooks
from publisher.intake.sheets.workbook import WholeSheet
from publisher.model import Document, Edition, Prose, SetText, Table
from publisher.renderers import table as tables
from publisher.renderers.sheet import Sheeted, own_columns
from publisher.setting.editions import edition_of
from publisher.takeback.merging import Grain, Merged
from publisher.takeback.merging.naming import Names
from publisher.takeback.merging.tables import merged_table
from publisher.takeback.merging.three import Merging, Three
from publisher.takeback.replacing import with_table
from publisher.takeback.result import NotTaken, Reason
from publisher.takeback.sheets.laid import Shape, ShownTable, laid, shape_of
from publisher.takeback.sheets.order import in_order, numbered
from publisher.takeback.sheets.settling import settled

_SECONDS = 60
"""That reading may take; LibreOffice has its own beside them."""


def taken(stem: str, name: str, data: bytes, base: Document) -> Merged:
    """The base with what was done to its workbook; Unreadable where it has no such table.

    `stem` is what the workbook was called when it was made: attachment-1, table-2.
    """
    made = _made(stem, base)
    was = laid(made.sheet, made.shape)
    now, left = _shown(_sheets(name, data), made)
    edited = numbered(was.table, in_order(was.table, settled(was, now, base)))
    merging = Merging(Grain.CHARACTER, Names(()))
    table = merged_table(merging, str, Three(was.table, made.table, edited.table))
    where = made.called
    not_taken = [*left, *edited.left]
    return Merged(
        with_table(base, made.table, table),
        tuple(replace(each, where=f"{where} {each.where}".strip()) for each in merging.conflicts),
        tuple(replace(each, where=f"{where} {each.where}".strip()) for each in not_taken),
    )


_LIKE = 1.0
"""How much of a head, and of what stands in its columns, a sheet of the same table has at least:
each counts 1."""


def is_like(stem: str, name: str, data: bytes, document: Document) -> bool:
    """Whether a workbook shows the table of a document that has that name; Unreadable."""
    if stem not in dict(named_tables(edition_of(document))):
        return False
    made = _made(stem, document)
    return _shown(_sheets(name, data), made)[0].likeness >= _LIKE


@dataclass(frozen=True, slots=True)
class _Made:
    """The workbook of a table as it is made."""

    table: Table
    called: str
    sheet: WholeSheet
    shape: Shape


def _made(stem: str, base: Document) -> _Made:
    edition = edition_of(base)
    sources = dict(named_tables(edition))
    sheeted = dict(tables.sheeted_tables(edition))
    if stem not in sources:
        raise Unreadable("内容里没有它所属的那个表")
    files = tables.render(edition)
    (sheet,) = workbooks.whole(f"{stem}.xlsx", files[f"{stem}.xlsx"])
    shape = shape_of(
        sources[stem], sheeted[stem].table, sheet, own_columns(sheeted[stem], base.bureau.page)
    )
    return _Made(sources[stem], _called(sheeted[stem], stem), sheet, shape)


def _called(sheeted: Sheeted, stem: str) -> str:
    ordinal = stem.rpartition("-")[2]
    is_attached = stem.startswith("attachment")
    return f"附件{ordinal}《{sheeted.title}》" if is_attached else f"《{sheeted.title}》"


def _sheets(name: str, data: bytes) -> list[WholeSheet]:
    return bounded(partial(workbooks.whole, name, data), _SECONDS + office.TIMEOUT)


def _shown(sheets: list[WholeSheet], made: _Made) -> tuple[ShownTable, list[NotTaken]]:
    """What the sheet shows that is most like ours; of others, that they are not taken."""
    filled = [sheet for sheet in sheets if sheet.cells]
    if not filled:
        raise Unreadable("表格里没有文字")
    readings = [laid(sheet, made.shape) for sheet in filled]
    best = max(range(len(filled)), key=lambda n: (readings[n].likeness, -n))
    left = [
        NotTaken(Reason.UNSAID, f"工作表“{sheet.name}”", _words(sheet))
        for n, sheet in enumerate(filled)
        if n != best
    ]
    return readings[best], left


def _words(sheet: WholeSheet) -> str:
    return " | ".join(words for _, words in sorted(sheet.cells.items()))


# -- the tables of a document ---------------------------------------------------------------


def named_tables(edition: Edition) -> Iterator[tuple[str, Table]]:
    """The tables of a document, by what their workbooks are called."""
    document = edition.document
    for prose, text in zip(
        (*document.issued, document.body), (*edition.issued, edition.body), strict=True
    ):
        yield from _of_text(prose, text)


def _of_text(prose: Prose, text: SetText) -> Iterator[tuple[str, Table]]:
    blocks = [block for block in prose.blocks if isinstance(block, Table)]
    yield from ((made.anchor, table) for made, table in zip(text.tables, blocks, strict=True))
    for source, attachment in zip(prose.attachments, text.attachments, strict=True):
        if isinstance(source, Table):
            yield f"attachment-{attachment.ordinal}", source
        elif isinstance(source, Prose) and isinstance(attachment.content, SetText):
            yield from _of_text(source, attachment.content)
