"""`Document` → the files of its folder: front matter, texts, tables, pictures, finished files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from publisher.filetypes import FINISHED, PICTURES
from publisher.images import ImageType
from publisher.model import (
    ColumnRole,
    Document,
    FinishedFile,
    Picture,
    Prose,
    Table,
)
from publisher.writers.blocks import BlockWriter, TextFiles
from publisher.writers.files import DOCUMENT, Files, choices
from publisher.writers.front import AttachedFiles, document_front, text_front
from publisher.writers.pictures import file_of
from publisher.writers.tables import WrittenTable, written
from publisher.writers.yaml import Keys, lines_of

_TASKS = {ColumnRole.DEADLINE, ColumnRole.PEOPLE, ColumnRole.DEPARTMENTS}


def write(document: Document) -> dict[str, bytes]:
    """The files of a document's folder by name, `document.md` first."""
    writer = DocumentWriter(Files(document.slug))
    text = writer.document(document)
    return {DOCUMENT: text, **writer.files.data}


@dataclass(slots=True)
class DocumentWriter:
    """Makes the files of one document."""

    files: Files
    names: dict[int, str] = field(default_factory=dict)
    tables: dict[int, WrittenTable] = field(default_factory=dict)
    ordinals: Iterator[int] = field(default_factory=lambda: count(1))
    """Of attachments that have no name yet."""

    @property
    def attached(self) -> AttachedFiles:
        """The files of what is attached."""
        return AttachedFiles(self.names, self.tables)

    def document(self, document: Document) -> bytes:
        """`document.md`; all other files are among `files`."""
        for text in document.issued:
            self._attachments(text, depth=1)
            self._text(text, "plan.md", is_issued=True)
        self._attachments(document.body, depth=0)
        return self.made(DOCUMENT, document.body, document_front(document, self.attached))

    def _attachments(self, text: Prose, depth: int) -> None:
        for each in text.attachments:
            ordinal = next(self.ordinals)
            if isinstance(each, Prose):
                self._attachments(each, depth + 1)
                self._text(each, f"attachment-{ordinal}.md", is_issued=False)
            else:
                self._file(each, ordinal)

    def _file(self, each: Table | Picture | FinishedFile, ordinal: int) -> None:
        match each:
            case Table():
                self.tables[id(each)] = made = written(each)
                is_tasks = any(column.role in _TASKS for column in each.columns)
                name = "tasks.csv" if is_tasks else f"attachment-{ordinal}.csv"
                self.names[id(each)] = self._csv(each, made, name)
            case Picture():
                self.names[id(each)] = self.picture(each)
            case FinishedFile():
                suffix = "." + each.name.rpartition(".")[2].lower()
                wanted = each.name if suffix in FINISHED else ""
                otherwise = f"attachment-{ordinal}{suffix if suffix in FINISHED else '.pdf'}"
                self.names[id(each)] = self.files.add(each.data, choices(wanted, otherwise))

    def _text(self, text: Prose, otherwise: str, *, is_issued: bool) -> None:
        front = text_front(text, self.attached, with_attachments=not is_issued)
        wanted = self.files.place_name(text.place, ".md")
        made = self.made(wanted, text, front)
        self.names[id(text)] = self.files.add(made, choices(wanted, otherwise))

    def made(self, name: str, text: Prose, front: Keys) -> bytes:
        """The file of a text; `name` is that which it had, if it had one."""
        return joined(front, self.block_writer().lines(text.blocks)).encode()

    def block_writer(self) -> BlockWriter:
        """What writes the blocks of a text."""
        own = TextFiles(
            table=lambda table, made: self._csv(table, made, "table-1.csv"), picture=self.picture
        )
        return BlockWriter(own)

    def _csv(self, table: Table, made: WrittenTable, otherwise: str) -> str:
        wanted = self.files.place_name(table.place, ".csv")
        return self.files.add(self.made_csv(wanted, table, made), choices(wanted, otherwise))

    def made_csv(self, name: str, table: Table, made: WrittenTable) -> bytes:
        """The file of a table; `name` is that which it had, if it had one."""
        return made.csv.encode()

    def picture(self, picture: Picture) -> str:
        """The name of the file of a picture."""
        suffix = picture.image.kind.suffix
        is_drawing = picture.name.lower().endswith(ImageType.SVG.suffix)
        is_fit = picture.name.lower().endswith(PICTURES) and is_drawing == picture.image.is_drawing
        names = choices(picture.name if is_fit else "", f"picture-1{suffix}")
        return self.files.add(file_of(picture.image), names)


def joined(front: Keys, lines: list[str]) -> str:
    """A file of front matter, if there is any, and text."""
    above = ["---", *lines_of(front), "---", ""] if front else []
    return "".join(f"{line}\n" for line in [*above, *lines])
