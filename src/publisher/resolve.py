"""`Document` → `Edition`: numbers, anchors, joins, tables, due dates, clauses of tasks."""

from __future__ import annotations

import unicodedata
from base64 import b32encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import accumulate, count, groupby
from typing import assert_never

from publisher.form_cells import with_fields
from publisher.forms import mark_picture, set_mark
from publisher.model import (
    Attachment,
    Binding,
    Block,
    Clause,
    Column,
    ColumnRole,
    Document,
    Edition,
    FinishedFile,
    Heading,
    HeadRow,
    Inline,
    Item,
    NameList,
    NumberedHeading,
    NumberedItem,
    Orientation,
    Paragraph,
    Picture,
    Prose,
    Reconciliation,
    Row,
    RowGroup,
    SetAttachment,
    SetBlock,
    SetCell,
    SetFile,
    SetNameList,
    SetParagraph,
    SetPicture,
    SetRow,
    SetTable,
    SetText,
    Table,
    notes_in,
    one_line,
    plain,
)
from publisher.row_kinds import is_total
from publisher.spans import Spanned, filled, merged_cells, set_cell
from publisher.words.deadlines import due_date
from publisher.words.numbering import Counter, Ordinal, holds_text
from publisher.words.sentences import ends_sentence


def landscape(table: SetTable) -> Orientation:
    """The way round of the pages of any table, where nobody knows how wide it is."""
    return Orientation.LANDSCAPE


def resolve(
    document: Document,
    reconciliations: tuple[Reconciliation, ...] = (),
    orientation_of: Callable[[SetTable], Orientation] = landscape,
) -> Edition:
    """The edition of a document: its words unchanged, and beside them all that is generated.

    Rows are bound to clauses as the `reconciliations` of its tables say. Which way round the pages
    of an attached table are whose author does not say it, `orientation_of` does.
    """
    resolver = _Resolver(document.year, _first_notes(document), orientation_of)
    names, suffix = set_mark(document)
    # Attachments are numbered as they are printed: what is issued comes before the body's own.
    issued = tuple(resolver.text(prose) for prose in document.issued)
    body = resolver.text(document.body)
    bindings = tuple(binding for each in reconciliations for binding in resolver.bindings(each))
    return Edition(
        document,
        names,
        suffix,
        body,
        issued,
        reconciliations,
        bindings,
        mark_picture(document),
    )


def _first_notes(document: Document) -> dict[int, int]:
    """By the identity of each text, the number of its first note.

    As Word counts its footnotes: through the document, in the order in which it is printed.
    """
    body = document.body
    issued = (prose for text in document.issued for prose in text.proses)
    printed = (body, *issued, *body.proses[1:])
    notes = [sum(1 for block in prose.blocks for _ in notes_in(block.content)) for prose in printed]
    return dict(zip(map(id, printed), accumulate(notes, initial=1), strict=False))


# -- anchors ----------------------------------------------------------------


_LONGEST = 24
"""Characters of an anchor: chat programs cut longer addresses off, and encode all but ASCII."""


class _Anchors:
    """Gives each thing a name in addresses, once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, Iterator[int]] = {}
        """By what was wanted: the numbers that were not tried yet."""

    def unique(self, wanted: str) -> str:
        """`wanted`, or `wanted-2` and so on where it is taken."""
        anchor = wanted
        while anchor in self._taken:
            anchor = f"{wanted}-{next(self._numbers.setdefault(wanted, count(2)))}"
        self._taken.add(anchor)
        return anchor

    def below(self, above: str, words: str) -> str:
        """The name of what stands below `above`, never too long."""
        anchor = self.unique(f"{above}-{words}")
        return anchor if len(anchor) <= _LONGEST else self.unique(f"x-{anchor_words(anchor)}")


def anchor_words(words: str) -> str:
    """A name in addresses for words: the same for the same letters and digits, else another.

    It is their hash: their number, their punctuation and other headings do not change it.
    """
    kept = [character for character in words if unicodedata.category(character)[0] in "LN"]
    return b32encode(sha256("".join(kept).encode()).digest()[:5]).decode().lower()


def _plain_words(words: str) -> str:
    """Letters and digits that stand in an address as they are; else the name for the words."""
    kept = "".join(character for character in words if unicodedata.category(character)[0] in "LN")
    return kept if kept.isascii() and kept else anchor_words(words)


# -- texts ------------------------------------------------------------------------------


class _Resolver:
    """Sets the texts and tables of one document, which share anchors and ordinals."""

    def __init__(
        self,
        year: int | None,
        first_notes: dict[int, int],
        orientation_of: Callable[[SetTable], Orientation],
    ) -> None:
        self._orientation_of = orientation_of
        self._year = year
        self._first_notes = first_notes
        self._anchors = _Anchors()
        self._ordinals = count(1)
        self._table_ordinals = count(1)
        self._picture_ordinals = count(1)
        self._clauses: dict[int, dict[int, str]] = {}
        """By the identity of a text, the anchors of its headings and items by the index of each."""
        self._rows: dict[int, list[str]] = {}
        """By the identity of a table, the anchors of its rows."""

    def text(self, prose: Prose) -> SetText:
        anchor = self._anchors.unique(f"t-{anchor_words(prose.title)}")
        blocks = tuple(self._blocks(prose, anchor))
        numbered = (block.anchor for block in blocks if isinstance(block, Clause))
        indices = (n for n, block in enumerate(prose.blocks) if isinstance(block, Heading | Item))
        self._clauses[id(prose)] = dict(zip(indices, numbered, strict=True))
        return SetText(
            title=prose.own_title or prose.title,
            anchor=anchor,
            blocks=blocks,
            attachments=tuple(self._attachments(prose.attachments)),
            subtitle=prose.subtitle,
            contents=prose.contents,
            has_cover=prose.has_cover,
            own=prose.own,
            first_note=self._first_notes[id(prose)],
        )

    def bindings(self, reconciliation: Reconciliation) -> Iterator[Binding]:
        """The rows of a table that is set, each with its clause; those without one left out."""
        clauses = self._clauses[id(reconciliation.text)]
        rows = self._rows[id(reconciliation.table)]
        for task in reconciliation.tasks:
            if task.clause is not None:
                yield Binding(rows[task.row], clauses[task.clause])

    def _blocks(self, prose: Prose, text_anchor: str) -> Iterator[SetBlock]:
        counter = Counter(prose)
        parent = text_anchor
        blocks = list(prose.blocks)
        tables = pictures = 0  # those with a title, each of which has a number
        while blocks:
            match block := blocks.pop(0):
                case Heading():
                    heading = self._heading(block, prose, counter, blocks)
                    parent = heading.anchor
                    yield heading
                case Item():
                    yield self._item(block, counter.item(block))
                case NameList():
                    yield SetNameList(block.groups, self._anchors.below(parent, "n"))
                case Table():
                    tables += bool(block.title)
                    yield self._text_table(block, tables)
                case Picture():
                    pictures += bool(block.title)
                    anchor = self._anchors.unique(f"picture-{next(self._picture_ordinals)}")
                    label = f"图{pictures}" if block.title else ""
                    yield replace(_picture(block), anchor=anchor, label=label)
                case Paragraph():
                    anchor = self._anchors.below(parent, "p")
                    yield SetParagraph(block.content, anchor, block.depth)
                case _:
                    assert_never(block)

    def _heading(
        self, block: Heading, prose: Prose, counter: Counter, following: list[Block]
    ) -> NumberedHeading:
        """The heading set; a paragraph that runs in is taken from `following`."""
        number = counter.heading(block)
        words = plain(block.content)
        anchor = self._anchors.unique(block.identifier or f"h-{anchor_words(words)}")
        run_in: tuple[Inline, ...] | None = None
        is_text = holds_text(block, prose)
        if is_text:
            run_in = ()
        elif ends_sentence(block.content) and not block.stands_alone:
            joins = bool(following) and isinstance(following[0], Paragraph)
            run_in = following.pop(0).content if joins else ()
        return NumberedHeading(
            number.level, number.form, number.label, block.content, anchor, run_in, is_text
        )

    def _item(self, block: Item, number: Ordinal) -> NumberedItem:
        """The item set: its address is made of its words, so that its number may change."""
        wanted = f"i-{anchor_words(plain(block.content))}"
        anchor = self._anchors.unique(block.identifier or wanted)
        return NumberedItem(
            number.level, number.form, number.label, block.content, anchor, block.depth
        )

    def _attachments(self, attachments: tuple[Attachment, ...]) -> Iterator[SetAttachment]:
        """Attachments as 7.3.7 numbers them: a single one has no number."""
        for number, attachment in enumerate(attachments, 1):
            is_numbered = len(attachments) > 1
            ordinal = next(self._ordinals)
            title = one_line(attachment.title)
            content = self._content(attachment, ordinal)
            yield SetAttachment(
                ordinal=ordinal,
                label=f"附件{number}" if is_numbered else "附件",
                note=f"{number}. {title}" if is_numbered else title,
                anchor=self._anchors.unique(f"attachment-{ordinal}"),
                orientation=attachment.orientation or self._fitting(content),
                content=content,
                delivery=attachment.delivery,
            )

    def _fitting(self, content: SetText | SetTable | SetPicture | SetFile) -> Orientation:
        """Which way round the pages are of what its author left open."""
        if isinstance(content, SetTable) and not content.is_form:
            return self._orientation_of(content)
        return Orientation.PORTRAIT

    def _content(
        self, attachment: Attachment, ordinal: int
    ) -> SetText | SetTable | SetPicture | SetFile:
        match attachment:
            case Prose():
                return self.text(attachment)
            case Table():
                return self._table(attachment, f"attachment-{ordinal}")
            case Picture():
                return _picture(attachment)
            case FinishedFile(title, name, data, pages):
                return SetFile(title, name, data, pages)
            case _:
                assert_never(attachment)

    # -- tables -------------------------------------------------------------------------

    def _text_table(self, table: Table, number: int) -> SetTable:
        """A table in a text, whose title stands behind 表 and a number."""
        anchor = self._anchors.unique(f"table-{next(self._table_ordinals)}")
        made = self._table(table, anchor)
        return replace(made, anchor=anchor, label=f"表{number}" if table.title else "")

    def _table(self, table: Table, anchor: str) -> SetTable:
        notes = _notes_of(table)
        groups = tuple(self._groups(table, anchor, notes))
        self._rows[id(table)] = [row.anchor for group in groups for row in group.rows]
        return SetTable(
            title=table.title,
            columns=table.columns,
            groups=groups if not table.is_form else _form(groups),
            grouping=table.grouping,
            head=_head(table, notes),
            unit=table.unit,
            remarks=table.remarks,
            notes=tuple(notes),
            says_it_goes_on=table.says_it_goes_on,
            is_form=table.is_form,
            is_fillable=table.is_fillable,
            widths=table.widths,
            heights=table.heights,
        )

    def _groups(
        self, table: Table, table_anchor: str, notes: Mapping[str, int]
    ) -> Iterator[RowGroup]:
        roles = [column.role for column in table.columns]
        index = roles.index(ColumnRole.GROUP) if ColumnRole.GROUP in roles else None

        def label_of(row: Row) -> str:
            return "" if index is None else row.cells[index].text

        for words, rows in groupby(filled(table.rows), label_of):
            anchor = self._anchors.below(table_anchor, _plain_words(words))
            of_group = tuple(rows)
            cells = merged_cells(of_group, roles)
            made = tuple(
                self._row(row, line, table, table_anchor, notes)
                for row, line in zip(of_group, cells, strict=True)
            )
            if len(made) == 1 and not any(_beside(made[0].cells, index)):
                made = (replace(made[0], is_blank=index is not None and bool(words)),)
            yield RowGroup(words, anchor, made)

    def _row(
        self,
        row: Row,
        spanned: Sequence[Spanned],
        table: Table,
        table_anchor: str,
        notes: Mapping[str, int],
    ) -> SetRow:
        name = next(
            (
                cell.text
                for column, cell in zip(table.columns, row.cells, strict=True)
                if column.role is ColumnRole.SERIAL and cell.text
            ),
            "row",
        )
        anchor = self._anchors.below(table_anchor, _plain_words(name))
        cells = tuple(
            self._cell(column, each, notes)
            for column, each in zip(table.columns, spanned, strict=True)
        )
        return SetRow(anchor, cells, is_total=is_total(table.columns, cells))

    def _cell(self, column: Column, spanned: Spanned, notes: Mapping[str, int]) -> SetCell:
        is_deadline = column.role is ColumnRole.DEADLINE
        made = set_cell(spanned, notes)
        due = due_date("；".join(made.items), self._year) if is_deadline else None
        return replace(made, due=due) if due else made


def _form(groups: tuple[RowGroup, ...]) -> tuple[RowGroup, ...]:
    return tuple(replace(group, rows=with_fields(group.rows)) for group in groups)


def _picture(picture: Picture) -> SetPicture:
    return SetPicture(
        title=picture.title,
        image=picture.image,
        words=picture.words,
        name=picture.name,
        width=picture.width,
        is_turned=picture.is_turned,
    )


def _head(table: Table, notes: Mapping[str, int]) -> tuple[HeadRow, ...]:
    if table.is_form:
        return ()
    if not table.head:
        return (tuple(SetCell((column.name,)) for column in table.columns),)
    return tuple(
        tuple(set_cell(each, notes) for each in line) for line in merged_cells(table.head, ())
    )


def _notes_of(table: Table) -> dict[str, int]:
    """The notes to the cells of a table with their numbers, in the order of their marks."""
    cells = (cell for row in (*table.head, *table.rows) for cell in row.cells)
    words = dict.fromkeys(cell.note for cell in cells if cell.note is not None)
    return {note: number for number, note in enumerate(words, 1)}


def _beside(cells: tuple[SetCell, ...], group: int | None) -> Iterator[tuple[str, ...]]:
    """What the cells of a row but that of its group hold."""
    return (cell.items for index, cell in enumerate(cells) if index != group)
