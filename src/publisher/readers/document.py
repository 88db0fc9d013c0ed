"""A document's folder → `Document`: front matter, text, and the files they name; findings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TypeVar

from publisher.diagnostics import Finding, stops_publishing
from publisher.filetypes import FINISHED, PICTURES
from publisher.forms import form_of
from publisher.limits import MOST_ATTACHED, MOST_BYTES, MOST_FILES, MOST_FINDINGS
from publisher.model import (
    STANDARD_LEVELS,
    Archive,
    Attachment,
    Block,
    Bureau,
    Delivery,
    Document,
    FinishedFile,
    Heading,
    LevelForm,
    Organ,
    Orientation,
    OwnElements,
    Picture,
    Place,
    Prose,
    SourceLines,
    Table,
    WebRecord,
    WrittenFile,
)
from publisher.readers import findings
from publisher.readers.accepted import read_accepted
from publisher.readers.comments import read_comments
from publisher.readers.finished import fault_of, pdf_pages
from publisher.readers.markdown import TextLeft, read_blocks
from publisher.readers.records import TablesLeft
from publisher.readers.schema import (
    AttachmentEntry,
    FrontMatter,
    IssuedEntry,
    TextFront,
    validate,
)
from publisher.readers.source import Source, read_bytes, read_source
from publisher.readers.tables import read_csv
from publisher.readers.text_tables import layout_of, made_table, misfits
from publisher.readers.yaml import Keys, Values, read_mapping
from publisher.words.numbering import all_levels

FILE = "document.md"
_FENCE = "---"
_TYPES = (".md", ".csv", *PICTURES, *FINISHED)
"""Of the files that a document is made of."""

_WRITTEN = (".md", ".csv")
"""Of those that are written, and not given."""

_DEEPEST = 3
"""Of attachments: those to an attachment of what a document issues."""

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Lines of a file, and the number of the first."""

    lines: Sequence[str]
    first: int

    def placed(self, file: str) -> SourceLines:
        """Each line with where it begins."""
        return tuple((line, Place(file, n)) for n, line in enumerate(self.lines, self.first))


def read_document(
    folder: Path, bureau: Bureau, file: str = FILE
) -> tuple[Document | None, list[Finding]]:
    """The document in `folder`, as far as it can be read; None where its `file` cannot."""
    return _FolderReader(folder, bureau, file).document()


def _is_cut(faults: Iterable[Finding]) -> bool:
    """Whether something was not read, for there is too much of it."""
    return any(fault.name == findings.beyond_limit.__name__ for fault in faults)


_UNREAD = frozenset(
    fault.__name__
    for fault in (
        findings.beyond_limit,
        findings.missing_file,
        findings.broken_picture,
        findings.unknown_picture_type,
    )
)


def _lacks_something(faults: Iterable[Finding]) -> bool:
    """Whether something of a text was not read: too much of it, or a picture or table lost."""
    return any(fault.name in _UNREAD for fault in faults)


def _too_many(place: Place) -> Finding:
    advice = "请把几个表格、文字并成一个，或分成几份公文。"
    return findings.beyond_limit(place, "印发件和附件的个数", f"{MOST_FILES} 个", advice)


def _places(values: Values) -> tuple[tuple[str, Place], ...]:
    """Where each key of a front matter stands."""
    return tuple(
        (path[0], where)
        for path, where in values.places.items()
        if len(path) == 1 and isinstance(path[0], str)
    )


@dataclass(frozen=True, slots=True)
class _Entries:
    """Entries of a front matter, and where in it they stand."""

    values: Values
    keys: Keys

    def below(self, key: str | int) -> _Entries:
        """Those of a key or number in them."""
        return _Entries(self.values, (*self.keys, key))

    def place(self) -> Place:
        """Where they stand."""
        return self.values.place_of(self.keys)

    def place_of(self, key: str) -> Place:
        """Where a key of them stands."""
        return self.below(key).place()


def parted(source: Source) -> tuple[_Numbered, _Numbered] | None:
    """The lines of the front matter and those below it; None where a file begins with none."""
    lines = [line.rstrip() for line in source.lines]
    start = next((index for index, line in enumerate(lines) if line), 0)
    if not lines or lines[start] != _FENCE or _FENCE not in lines[start + 1 :]:
        return None
    end = lines.index(_FENCE, start + 1)
    front = _Numbered(source.lines[start + 1 : end], start + 2)
    return front, _Numbered(source.lines[end + 1 :], end + 2)


class _FolderReader:
    """Reads the files of one folder, and keeps the findings."""

    def __init__(self, folder: Path, bureau: Bureau, file: str) -> None:
        self.folder = folder
        self.file = file
        self.bureau = bureau
        self.name = f"{folder.parent.name}/{folder.name}"
        self.faults: list[Finding] = []
        self.values = Values()
        self.bytes_left = MOST_BYTES
        self.attached_left = MOST_ATTACHED
        self.tables_left = TablesLeft()
        self.text_left = TextLeft()
        self.files_left = MOST_FILES
        self._named = {file}
        """The files that the content names."""

    def document(self) -> tuple[Document | None, list[Finding]]:
        place = Place(f"{self.name}/{self.file}")
        source = self._read(self.folder / self.file, place.file, place, self.folder.parent)
        if source is None:
            return None, self.faults
        front, text = self._split(source)
        values, faults = read_mapping("\n".join(front.lines), source.file, front.first)
        missing = findings.missing_front_matter(place)
        if not values.data and not faults and missing not in self.faults:
            faults = [missing]
        self.values = self._keep((values, faults))
        entry = self._within_files(self._keep(validate(self.values, FrontMatter)))
        before = len(self.faults)
        blocks, faults = self._blocks(text, source.file)
        self.faults += faults
        is_whole = not _lacks_something(self.faults[before:])
        accepted = self._keep(read_accepted(self.folder, self.name))
        comments = self._keep(read_comments(self.folder, self.name))
        document = self._document(entry, blocks, is_whole, place)
        self.faults += self._unused_files()
        return replace(
            document,
            front=front.placed(source.file),
            accepted=accepted.findings,
            accepted_rules=accepted.rules,
            comments=comments,
            sources=tuple(self._sources(document)),
        ), self.faults

    def _keep(self, result: tuple[Read, list[Finding]]) -> Read:
        value, faults = result
        self.faults += faults
        return value

    def _read(self, path: Path, file: str, mentioned: Place, within: Path) -> Source | None:
        """The text of a file; None where there is none, or too much with those read before."""
        source = self._keep(read_source(path, file, mentioned, within, self.bytes_left))
        self.bytes_left -= source.size if source else 0
        return source

    def _within_files(self, entry: FrontMatter) -> FrontMatter:
        """The front matter, without any file where it names more than are read."""
        within = [attachment for issue in entry.issued for attachment in issue.attachments]
        self.files_left -= len(entry.issued) + len(entry.attachments) + len(within)
        if self.files_left >= 0:
            return entry
        place = self.values.place_of(("印发件" if entry.issued else "附件",))
        self.faults.append(_too_many(place))
        return entry.model_copy(update={"issued": (), "attachments": ()})

    def _split(self, source: Source) -> tuple[_Numbered, _Numbered]:
        """The lines of the front matter and those of the text; told where there is none."""
        parts = parted(source)
        if parts is None:
            self.faults.append(findings.missing_front_matter(Place(source.file)))
        return parts or (_Numbered((), 1), _Numbered(source.lines, 1))

    def _unused_files(self) -> Iterator[Finding]:
        """One finding for each file beside `document.md` that may be part of it and is not named.

        None where there are errors: what a broken entry would have named is not known.
        """
        if stops_publishing(self.faults):
            return
        for path in sorted(self.folder.iterdir()):
            is_hidden = path.name.startswith((".", "~"))
            if path.suffix.lower() in _TYPES and path.name not in self._named and not is_hidden:
                # A name may be of bytes that are no characters.
                name = os.fsencode(path.name).decode(errors="backslashreplace")
                yield findings.unused_file(Place(f"{self.name}/{name}"), name)

    def _sources(self, document: Document) -> Iterator[WrittenFile]:
        """The texts and tables that the content names, where archives are to get them.

        Which could not be read was told when they were.
        """
        if document.archived_as is not Archive.SOURCES:
            return
        for name in sorted(self._named):
            path = self.folder / name
            if path.suffix.lower() in _WRITTEN:
                data, _ = read_bytes(path, name, Place(f"{self.name}/{name}"), self.folder.parent)
                if data is not None:
                    yield WrittenFile(name, data)

    def _document(
        self, entry: FrontMatter, blocks: tuple[Block, ...], is_whole: bool, place: Place
    ) -> Document:
        levels = entry.levels or STANDARD_LEVELS
        entries = _Entries(self.values, ())
        attachments = self._attachments(entry.attachments, entries.below("附件"))
        issued = [self._issued(issue, ("印发件", n)) for n, issue in enumerate(entry.issued)]
        lost = [
            len(issue.attachments)
            for issue, read in zip(entry.issued, issued, strict=True)
            if not read
        ]
        return Document(
            slug=self.folder.name,
            bureau=self.bureau,
            body=Prose(
                title=entry.title or "",
                blocks=self._within(blocks, levels),
                levels=levels,
                continuous=self._continuous(entry.continuous, levels, entries),
                attachments=attachments,
                subtitle=entry.subtitle,
                place=place,
                is_whole=is_whole,
                unread=len(entry.attachments) - len(attachments) + max(lost, default=0),
            ),
            kind=entry.kind,
            form=entry.form or form_of(entry.kind),
            sides=entry.sides,
            red_head=entry.red_head,
            archive=entry.archive,
            issuers=tuple(self._organs(entry.issuers)),
            mark=entry.mark,
            number=entry.number,
            copy_number=entry.copy_number,
            classification=entry.classification,
            urgency=entry.urgency,
            signers=entry.signers,
            recipients=entry.recipients,
            copies=entry.copies,
            date=entry.date,
            seal=entry.seal,
            stamp_title=entry.stamp_title,
            stamp_name=entry.stamp_name,
            note=entry.note,
            present=entry.present,
            excused=entry.excused,
            observers=entry.observers,
            disclosure=entry.disclosure,
            printing_organ=entry.printing_organ,
            printing_date=entry.printing_date,
            issued=tuple(text for text in issued if text),
            web=WebRecord(
                index_number=entry.index_number,
                subject=entry.subject,
                keywords=entry.keywords,
                summary=entry.summary,
                published=entry.published,
                time=entry.time,
                validity=entry.validity,
                address=entry.address,
                related=tuple(entry.related.items()),
                amends=entry.amends,
                repeals=entry.repeals,
                replaces=entry.replaces,
                explains=entry.explains,
            ),
            place=place,
            places=_places(self.values),
        )

    def _organs(self, names: Iterable[str]) -> Iterable[Organ]:
        known = {organ.name: organ for organ in self.bureau.organs}
        known |= {organ.short_name: organ for organ in self.bureau.organs if organ.short_name}
        for n, name in enumerate(names):
            if name not in known:
                place = self.values.place_of(("发文机关", n))
                # To look for the likest takes long, and no more are told than this.
                choices = known if n < MOST_FINDINGS else {}
                self.faults.append(findings.unknown_organ(place, name, choices))
            yield known.get(name, Organ(name))

    def _issued(self, entry: IssuedEntry, keys: Keys) -> Prose | None:
        """What is issued; its attachments may have some of their own."""
        return self._text(entry, _Entries(self.values, keys), depth=1)

    def _attachments(
        self, given: tuple[AttachmentEntry, ...], entries: _Entries, depth: int = 1
    ) -> tuple[Attachment, ...]:
        read = (
            self._attachment(entry, entries.below(number), depth)
            for number, entry in enumerate(given)
        )
        return tuple(attachment for attachment in read if attachment is not None)

    def _attachment(
        self, entry: AttachmentEntry, entries: _Entries, depth: int
    ) -> Attachment | None:
        match PurePath(entry.file).suffix.lower():
            case ".csv":
                source = self._source(entry.file, entries)
                return self._table(entry, entries, source) if source else None
            case suffix if suffix in PICTURES:
                return self._picture(entry, entries)
            case suffix if suffix in FINISHED:
                return self._finished(entry, entries)
        return self._text(entry, entries, depth)

    def _picture(self, entry: AttachmentEntry, entries: _Entries) -> Picture | None:
        place = entries.place_of("文件")
        data = self._given(entry.file, place)
        if data is None:
            return None
        from publisher.readers.images import read_image  # few documents have pictures

        image = self._keep(read_image(data, entry.file, place))
        if not entry.words:
            self.faults.append(findings.picture_without_words(place, entry.file))
        if image is None:
            return None
        return Picture(
            title=entry.title,
            image=image,
            words=entry.words or "",
            name=entry.file,
            width=entry.width,
            orientation=entry.orientation,
            delivery=entry.delivery,
            place=place,
        )

    def _finished(self, entry: AttachmentEntry, entries: _Entries) -> FinishedFile | None:
        place = entries.place_of("文件")
        data = self._given(entry.file, place)
        if data is None:
            return None
        if why := fault_of(data, entry.file):
            self.faults.append(findings.broken_attachment(place, entry.file, why))
            return None
        pages = pdf_pages(data)[0] if entry.file.lower().endswith(".pdf") else None
        return FinishedFile(entry.title, entry.file, data, pages, entry.delivery, place)

    def _text(
        self, entry: AttachmentEntry | IssuedEntry, entries: _Entries, depth: int
    ) -> Prose | None:
        if not self._is_of_type(entry.file, (".md",), entries):
            return None
        source = self._source(entry.file, entries)
        return self._prose(entry, entries, source, depth) if source else None

    def _is_of_type(self, name: str, types: tuple[str, ...], entries: _Entries) -> bool:
        if name.lower().endswith(types):
            return True
        place = entries.place_of("文件")
        self.faults.append(findings.unknown_attachment_type(place, name))
        return False

    def _source(self, name: str, entries: _Entries) -> Source | None:
        self._named.add(PurePath(name).name)
        place = entries.place_of("文件")
        file = f"{self.name}/{name}"
        return self._read(self.folder / name, file, place, self.folder)

    def _prose(
        self, entry: AttachmentEntry | IssuedEntry, entries: _Entries, source: Source, depth: int
    ) -> Prose | None:
        """A text; None where there is too much of it, so that nothing is said of what is lost."""
        front, values, text = self._own_front(source)
        if front.levels and entry.levels and front.levels != entry.levels:
            self.faults.append(findings.levels_twice(entries.place_of("层次"), entry.file))
        levels = front.levels or entry.levels or STANDARD_LEVELS
        before = len(self.faults)
        blocks, faults = self._blocks(text, source.file)
        self.faults += faults
        is_whole = not _lacks_something(self.faults[before:])
        if not blocks and not is_whole:
            return None
        named: tuple[AttachmentEntry, ...] = getattr(entry, "attachments", ())
        attachments = (
            *self._attachments(named, entries.below("附件"), depth + 1),
            *self._inner_attachments(front, _Entries(values, ("附件",)), depth + 1),
        )
        return Prose(
            title=entry.title,
            blocks=self._within(blocks, levels),
            levels=levels,
            continuous=self._continuous(front.continuous, levels, _Entries(values, ())),
            attachments=attachments,
            orientation=getattr(entry, "orientation", None) or Orientation.PORTRAIT,
            delivery=getattr(entry, "delivery", Delivery.BOUND),
            own_title=front.title,
            subtitle=front.subtitle,
            contents=front.contents,
            has_cover=front.has_cover,
            own=OwnElements(
                recipients=front.recipients,
                signatories=front.signatories,
                date=front.date,
                remark=front.remark,
                places=_places(values),
            ),
            place=Place(source.file),
            is_whole=is_whole,
            unread=len(named) + len(front.attachments) - len(attachments),
        )

    def _own_front(self, source: Source) -> tuple[TextFront, Values, _Numbered]:
        """What a text says of itself above its words, and where they begin."""
        parts = parted(source)
        if parts is None:
            return TextFront.model_validate({}), Values(), _Numbered(source.lines, 1)
        front, text = parts
        values = self._keep(read_mapping("\n".join(front.lines), source.file, front.first))
        return self._keep(validate(values, TextFront)), values, text

    def _inner_attachments(
        self, front: TextFront, entries: _Entries, depth: int
    ) -> tuple[Attachment, ...]:
        """The attachments that a text names itself: they may not go on for ever."""
        if front.attachments and depth > _DEEPEST:
            self.faults.append(findings.deep_attachment(entries.place()))
            return ()
        self.files_left -= len(front.attachments)
        if self.files_left < 0:
            self.faults.append(_too_many(entries.place()))
            return ()
        return self._attachments(front.attachments, entries, depth)

    def _blocks(self, text: _Numbered, file: str) -> tuple[tuple[Block, ...], list[Finding]]:
        """The blocks of a text, with the tables and pictures of the files that it names."""
        return read_blocks(
            text.lines,
            file,
            text.first,
            self.text_left,
            self._table_source,
            self.tables_left,
            self._picture_data,
        )

    def _table_source(self, name: str, place: Place) -> Source | None:
        """The file of a table in a text; None where it cannot be read, or there are too many."""
        if not self._may_read(name, place):
            return None
        return self._read(self.folder / name, f"{self.name}/{name}", place, self.folder)

    def _picture_data(self, name: str, place: Place) -> bytes | None:
        """The file of a picture in a text; None where it cannot be read, or there are too many."""
        return self._given(name, place) if self._may_read(name, place) else None

    def _may_read(self, name: str, place: Place) -> bool:
        """Whether one more file may be read that a text names."""
        self._named.add(PurePath(name).name)
        self.files_left -= 1
        if self.files_left < 0:
            self.faults.append(_too_many(place))
        return self.files_left >= 0

    def _given(self, name: str, place: Place) -> bytes | None:
        """The bytes of a picture or finished file; None where they cannot be read."""
        self._named.add(PurePath(name).name)
        file = f"{self.name}/{name}"
        read = read_bytes(self.folder / name, file, place, self.folder, self.attached_left)
        data = self._keep(read)
        self.attached_left -= len(data or b"")
        return data

    def _table(self, entry: AttachmentEntry, entries: _Entries, source: Source) -> Table | None:
        layout = layout_of(entry, entry.head_rows, lambda _: None)
        grid, faults = read_csv(source, layout, self.tables_left)
        self.faults += faults
        if not grid.columns and _is_cut(faults):
            return None
        lines = _Numbered(source.lines, 1).placed(source.file)
        self.faults += misfits(entry, grid, entries.place())
        table = made_table(entry.title, grid, entry, Place(source.file), lines)
        return replace(table, orientation=entry.orientation, delivery=entry.delivery)

    def _within(
        self, blocks: tuple[Block, ...], levels: tuple[LevelForm, ...]
    ) -> tuple[Block, ...]:
        """The blocks, with headings deeper than the text has levels set as the deepest."""
        return tuple(self._heading_within(block, len(levels)) for block in blocks)

    def _continuous(
        self, forms: tuple[LevelForm, ...], levels: tuple[LevelForm, ...], entries: _Entries
    ) -> tuple[LevelForm, ...]:
        """The forms that go on, of those that the text has."""
        there = all_levels(levels)
        self.faults += [
            findings.continuous_without_level(entries.place_of("连续编号"), form.value, levels)
            for form in forms
            if form not in there
        ]
        return tuple(form for form in forms if form in there)

    def _heading_within(self, block: Block, most: int) -> Block:
        if not isinstance(block, Heading) or block.level <= most:
            return block
        self.faults.append(findings.deep_heading(block.place, block.level, most))
        return replace(block, level=most)
