"""What is written is read as what it was; and as a clerk would have written it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from read_again import read_again

from conftest import DOCUMENTS, ROOT, read_content
from publisher.images import ImageType
from publisher.model import Document, Picture, Prose
from publisher.writers import write

ROOTS = (ROOT / "content", DOCUMENTS, ROOT / "templates" / "new" / "gallery", ROOT / "tests/plans")


def cases() -> Iterator[Path]:
    for root in ROOTS:
        yield from sorted(path.parent for path in root.glob("*/document.md"))


@pytest.mark.parametrize(
    "folder", cases(), ids=lambda folder: f"{folder.parent.name}/{folder.name}"
)
def test_what_is_written_is_read_as_what_it_was(folder: Path) -> None:
    reading = read_content(folder.parent, folder.name)
    again = read_again(reading.document)
    assert again.read == without_photographs(reading.document, again.document)
    before = [finding.name for finding in reading.findings if finding.name != "unused_file"]
    assert {each.name for each in again.findings} - set(before) == set()


def without_photographs(document: Document, again: Document) -> Document:
    """The document with the photographs (JPEG) of the other: they are encoded anew when read."""
    made = {each.name: each for each in again.pictures}

    def attached(text: Prose) -> Prose:
        return replace(
            text,
            blocks=tuple(map(same, text.blocks)),
            attachments=tuple(map(same, text.attachments)),
        )

    def same(each):  # type: ignore[no-untyped-def]
        match each:
            case Picture() if each.image.kind is ImageType.JPEG:
                return replace(each, image=made[each.name].image)
            case Prose():
                return attached(each)
        return each

    return replace(
        document, body=attached(document.body), issued=tuple(map(attached, document.issued))
    )


def test_the_examples_are_written_as_their_authors_wrote_them() -> None:
    for folder in cases():
        if folder.parent.name == "gallery":
            document = read_content(folder.parent, folder.name).document
            file = (folder / "document.md").read_bytes()
            made = write(document)["document.md"]
            differing = set(made.splitlines()) ^ set(file.splitlines())
            assert len(differing) < 12, folder.name
