"""The files of a document, what they say and what they are to say → those that change.

What is the same in both stays as its author typed it, byte for byte. Where something cannot be
changed in its place, its text alone is written anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from publisher.diagnostics import Finding, Severity
from publisher.images import Image
from publisher.model import Document, Picture, Prose, Table
from publisher.readers.document import parted, read_document
from publisher.readers.source import Source
from publisher.writers.block_pairs import said
from publisher.writers.counterparts import with_files
from publisher.writers.document import DocumentWriter
from publisher.writers.encoded import EncodedFile
from publisher.writers.files import DOCUMENT, Files
from publisher.writers.front import document_front, text_front
from publisher.writers.table_edits import edited_csv
from publisher.writers.tables import WrittenTable
from publisher.writers.text_edits import TextEditor
from publisher.writers.yaml import Keys, lines_of
from publisher.writers.yaml_edits import NotInPlaceError, edited_yaml

_FENCE = "---"


class UnwritableError(Exception):
    """Content that, however it is written, is read otherwise than meant or with new errors."""

    def __init__(self, slug: str, wrong: Sequence[Finding] = ()) -> None:
        why = "；".join(each.message for each in wrong) or "写出来读回去不是原来的意思"
        super().__init__(f"“{slug}”的改动写不成内容：{why}，没有改动文件")


def edit(files: Mapping[str, bytes], old: Document, new: Document) -> dict[str, bytes]:
    """The files that change, by name, where `files` say what `old` does and are to say `new`.

    Lines of what is the same in both stay as they are, byte for byte. No file is taken away: one
    that the new version does not name is left to whoever has it. UnwritableError where no way of
    writing them reads as the new version, or only with errors that were not there before: nothing
    may be written then.
    """
    placed = with_files(old, new)
    made: dict[str, bytes] = {}
    anew: frozenset[str] | None = frozenset()
    while True:
        made = _edited(files, old, placed, anew)
        again, errors = _read({**files, **made}, new)
        says = again == new and again is not None and _working(again) == _working(placed)
        is_sound = not errors or _named(errors) <= _named(_read(files, old)[1])
        if says and is_sound:
            return made
        if anew is None:
            raise UnwritableError(old.slug, errors if says else ())
        anew = (_differing(again, placed) if again and not anew else None) or None


def _edited(
    files: Mapping[str, bytes], old: Document, new: Document, anew: frozenset[str] | None
) -> dict[str, bytes]:
    writer = _Editor(
        Files(old.slug, dict(files), set(files)), previous=_Previous.of(old), given=files, anew=anew
    )
    writer.files.data.pop(DOCUMENT, None)
    document = writer.document(new)
    data = {DOCUMENT: document, **writer.files.data}
    return {name: each for name, each in data.items() if files.get(name) != each}


def _read(files: Mapping[str, bytes], like: Document) -> tuple[Document | None, list[Finding]]:
    """What files say in a folder of a document's name, and the errors that stand in them."""
    with TemporaryDirectory() as made:
        folder = Path(made) / "content" / like.slug
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        document, findings = read_document(folder, like.bureau)
        return document, [each for each in findings if each.severity is Severity.ERROR]


def _named(errors: Sequence[Finding]) -> Counter[str]:
    """How many there are of each; their places move with the lines above them."""
    return Counter(each.name for each in errors)


def _working(document: Document) -> list[object]:
    """What takes no part in whether two versions are the same, and yet is content."""
    return [said(table) for table in document.tables]


def _differing(made: Document, wanted: Document) -> frozenset[str]:
    """The files of texts that do not say what they should."""
    pairs = zip(made.proses, wanted.proses, strict=False)
    return frozenset(each.place.file for each, text in pairs if each.blocks != text.blocks)


@dataclass(frozen=True, slots=True)
class _Previous:
    """The version that files say, by the names of their files."""

    texts: Mapping[str, tuple[Prose, Keys]]
    """With what is said in their front matter."""
    tables: Mapping[str, Table]
    pictures: Mapping[str, Image]

    @classmethod
    def of(cls, document: Document) -> _Previous:
        writer = DocumentWriter(Files(document.slug))
        writer.document(document)
        texts = {DOCUMENT: (document.body, document_front(document, writer.attached))}
        for issued in document.issued:
            for text in issued.proses:
                front = text_front(text, writer.attached, with_attachments=text is not issued)
                texts[writer.names[id(text)]] = (text, front)
        for text in document.body.proses[1:]:
            front = text_front(text, writer.attached, with_attachments=True)
            texts[writer.names[id(text)]] = (text, front)
        named = ((writer.files.place_name(table.place, ".csv"), table) for table in document.tables)
        pictures = {picture.name: picture.image for picture in document.pictures}
        return cls(texts, {name: table for name, table in named if name}, pictures)


@dataclass(slots=True)
class _Editor(DocumentWriter):
    """Makes the files of a document of those that are there."""

    previous: _Previous = field(default_factory=lambda: _Previous({}, {}, {}))
    given: Mapping[str, bytes] = field(default_factory=dict)
    """The files as they are."""
    anew: frozenset[str] | None = frozenset()
    """The texts that are written anew; None: all of them."""

    def made(self, name: str, text: Prose, front: Keys) -> bytes:
        """The file of a text, changed if it was there."""
        if name not in self.previous.texts or name not in self.given:
            return DocumentWriter.made(self, name, text, front)
        file = EncodedFile.of(self.given[name])
        old, old_front = self.previous.texts[name]
        lines = list(file.lines)
        parts = parted(Source(name, file.lines))
        first = parts[1].first - 1 if parts else 0
        is_anew = self.anew is None or text.place.file in self.anew
        try:
            if is_anew:
                raise NotInPlaceError
            body = TextEditor(lines, first, self.block_writer()).edit(old.blocks, text.blocks)[
                first:
            ]
        except NotInPlaceError:
            body = [*([""] if parts else []), *self.block_writer().lines(text.blocks), ""]
        above = _front(lines[:first], old_front, front, is_anew=self.anew is None)
        if not above and parts:
            while body and not body[0].strip():
                body.pop(0)
        return file.with_lines([*above, *body])

    def picture(self, picture: Picture) -> str:
        """The name of the file of a picture, which stays where it shows the same."""
        if self.previous.pictures.get(picture.name) == picture.image:
            return picture.name
        return DocumentWriter.picture(self, picture)

    def made_csv(self, name: str, table: Table, made: WrittenTable) -> bytes:
        """The file of a table, changed if it was there."""
        old = self.previous.tables.get(name)
        if old is None or name not in self.given:
            return DocumentWriter.made_csv(self, name, table, made)
        if said(old) == said(table):
            return self.given[name]
        file = EncodedFile.of(self.given[name])
        return file.with_lines(edited_csv(file.text, old, table, made).split("\n"))


def _front(above: list[str], old: Keys, new: Keys, *, is_anew: bool) -> list[str]:
    """The lines of the front matter with their fences, and the empty line below where it is new."""
    if not above:
        said = {key: value for key, value in new.items() if is_anew or old.get(key) != value}
        return [_FENCE, *lines_of(said), _FENCE, ""] if said else []
    if not new and old:
        return []
    start = next(n for n, line in enumerate(above) if line.strip())
    end = len(above) - 1
    try:
        if is_anew:
            raise NotInPlaceError
        made = edited_yaml("\n".join(above[start + 1 : end]), old, new).split("\n")
    except NotInPlaceError:
        made = list(lines_of(new))
    return [*above[: start + 1], *made, *above[end:]]
