"""The real notice and a later draft of it, made by the list of edits in `revision.toml`."""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from publisher.changes import Changes
from publisher.compare import compare
from publisher.model import Document
from publisher.readers import read_bureau, read_document

ROOT = Path(__file__).parents[3]
SLUG = "2025-work-points"
EDITS = tomllib.loads(Path(__file__).with_name("revision.toml").read_text("utf-8"))["edit"]


def write_revised(content: Path) -> Path:
    """Write the bureau and the edited notice to a content folder; its document's folder."""
    shutil.copytree(ROOT / "content", content)
    folder = content / SLUG
    for edit in EDITS:
        path = folder / edit["file"]
        text = path.read_text("utf-8-sig")
        count = text.count(edit["old"])
        assert count == 1 or (edit.get("all") and count), (edit["what"], count)
        path.write_text(text.replace(edit["old"], edit["new"]), "utf-8")
    _count_anew(folder / "tasks.csv")
    return folder


def _count_anew(path: Path) -> None:
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
    # A row without tasks goes; the first row goes to the end of its group.
    rows = [row for row in rows if any(row[3:])]
    rows.insert(4, rows.pop(0))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([str(number), *row[1:]] for number, row in enumerate(rows, 1))


@cache
def changes() -> Changes:
    """What a reviewer reads of the later draft."""
    with TemporaryDirectory() as folder:
        revised = write_revised(Path(folder) / "content")
        return compare(_read(ROOT / "content" / SLUG), _read(revised))


def _read(folder: Path) -> Document:
    document, findings = read_document(folder, read_bureau(folder.parent)[0])
    assert document is not None
    assert findings == []
    return document
