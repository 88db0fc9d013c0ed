"""`content/<slug>/reading.md`: a text that explains policy → its page, as no paper has it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from publisher import builds, diagnostics, output
from publisher.archive.policies import PAGE, WEB, Policy
from publisher.archive.record import record_of, withheld
from publisher.diagnostics import Finding
from publisher.folders import documents_in
from publisher.model import Edition, Place, one_line
from publisher.readers import read_bureau, read_document
from publisher.renderers import given, text, web
from publisher.renderers.downloads import downloads
from publisher.setting.editions import edition_of

FILE = "reading.md"


def readings_in(content: Path) -> tuple[str, ...]:
    """The names of all folders with a `reading.md` that are no documents."""
    taken = set(documents_in(content))
    try:
        with os.scandir(content) as entries:
            names = [entry.name for entry in entries if entry.name not in taken]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(
        sorted(
            name
            for name in names
            if (content / name / FILE).is_file() and not output.is_reserved(name)
        )
    )


def version_of(content: Path, slug: str) -> str:
    """What tells one state of its files, and of the program, from another."""
    return output.digest(repr((builds.content_of(content, slug), builds.environment())).encode())


def read_reading(
    content: Path, slug: str
) -> tuple[Policy | None, Mapping[str, bytes], list[Finding]]:
    """A text that explains, with its page and its files; None, and findings, where it has errors.

    Only its errors are told: it is no official document, and the checks are those of documents.
    """
    bureau, _ = read_bureau(content)
    document, faults = read_document(content / slug, bureau, FILE)
    errors = [fault for fault in faults if diagnostics.stops_publishing([fault])]
    if document is None or errors or withheld(document):
        return None, {}, errors
    # It has neither head nor signature: who explains stands among the facts alone.
    record = record_of(document)
    edition = edition_of(replace(document, issuers=(), date=None, number=None))
    files = given.render(edition)
    offered = downloads(edition, files)
    made = web.render(edition, files)
    record = {**record, "downloads": [_entry(file) for file in offered]}
    policy = Policy(
        slug=slug,
        title=one_line(document.body.title),
        record=record,
        version=version_of(content, slug),
        folder=content / slug,
        files={
            name: {"bytes": len(data), "sha256": output.digest(data)}
            for name, data in sorted(files.items())
        },
        place=Place(f"{content.name}/{slug}/{FILE}"),
        page=made[WEB + PAGE],
        spoken=_words(edition),
    )
    return policy, files, []


def _entry(file: Any) -> dict[str, str]:
    return {
        "name": file.name,
        "subject": file.subject,
        "saved_as": file.known_as or file.saved_as,
    }


def _words(edition: Edition) -> str:
    return text.render(edition)["document.txt"].decode()
