"""What is written is read as what it was; and as a clerk would have written it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import DOCUMENTS, ROOT, read_content
from publisher.writers import write
from read_again import read_again

ROOTS = (ROOT / "content", DOCUMENTS, ROOT / "templates" / "new" / "gallery", ROOT / "tests/plans")


def cases() -> Iterator[Path]:
    for root in ROOTS:
        yield from sorted(path.parent for path in root.glob("*/document.md"))


@pytest.mark.parametrize(
    "folder", list(cases()), ids=lambda folder: f"{folder.parent.name}/{folder.name}"
)
def test_what_is_written_is_read_as_what_it_was(folder: Path) -> None:
    reading = read_content(folder.parent, folder.name)
    again = read_again(reading.document)
    assert again.read == reading.document
    before = [finding.name for finding in reading.findings if finding.name != "unused_file"]
    assert {each.name for each in again.findings} - set(before) == set()


def test_the_examples_are_written_as_their_authors_wrote_them() -> None:
    for folder in cases():
        if folder.parent.name == "gallery":
            document = read_content(folder.parent, folder.name).document
            file = (folder / "document.md").read_bytes()
            made = write(document)["document.md"]
            differing = set(made.splitlines()) ^ set(file.splitlines())
            assert len(differing) < 12, folder.name
