"""Documents that are written and read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import Reading
from publisher.diagnostics import in_order
from publisher.model import Bureau, Document
from publisher.readers import read_document
from publisher.writers import write


def read_files(files: Mapping[str, bytes], slug: str, bureau: Bureau) -> Reading:
    """What files in a folder say."""
    with TemporaryDirectory() as made:
        folder = Path(made) / "content" / slug
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        document, found = read_document(folder, bureau)
    return Reading(bureau, document, in_order(found))


def read_again(document: Document) -> Reading:
    """What is read of a document that is written."""
    return read_files(write(document), document.slug, document.bureau)
