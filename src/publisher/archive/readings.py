"""`content/<slug>/reading.md`: a text that explains policy → its page, as no paper has it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from publisher import builds, diagnostics, output
from publisher.archive.policies import PAGE, WEB, Policy
from publisher.archive.record import record_of, withheld
from publisher.diagnostics import BrokenEnvironment, Finding
from publisher.folders import documents_in
from publisher.model import Edition, Place, one_line

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


def reading_of(
    content: Path, slug: str, program: str, known: Mapping[str, Any]
) -> tuple[Policy | None, dict[str, Any], list[Finding]]:
    """A text that explains, and what is kept of it: what was not changed is not read again.

    None, and findings, where it has errors.
    """
    version = output.digest(repr((builds.content_of(content, slug), program)).encode())
    if known.get("version") == version:
        return _policy(content, slug, known), dict(known), []
    made = read_reading(content, slug)
    if not isinstance(made, Reading):
        return None, {}, made
    kept = {
        "version": version,
        "title": made.title,
        "record": made.record,
        "spoken": made.spoken,
        "files": {
            name: {"bytes": len(data), "sha256": output.digest(data)}
            for name, data in sorted(made.files.items())
        },
        "stamp": None,
    }
    return _policy(content, slug, kept), kept, []


def _policy(content: Path, slug: str, kept: Mapping[str, Any]) -> Policy:
    def page() -> bytes:
        made = read_reading(content, slug)
        if not isinstance(made, Reading):
            raise BrokenEnvironment(f"{content / slug / FILE} 在归档时被改动，请再运行一次")
        return made.page

    return Policy(
        slug=slug,
        title=kept["title"],
        record=kept["record"],
        version=kept["version"],
        folder=content / slug,
        files=kept["files"],
        place=Place(f"{content.name}/{slug}/{FILE}"),
        page=page,
        spoken=kept["spoken"],
    )


@dataclass(frozen=True)
class Reading:
    """A text that explains, rendered."""

    title: str
    record: Mapping[str, Any]
    spoken: str
    """Its words."""
    page: bytes
    files: Mapping[str, bytes]
    """Its pictures, for who wants them alone."""


def read_reading(content: Path, slug: str) -> Reading | list[Finding]:
    """A text that explains; its errors, where it has any.

    Only its errors are told: it is no official document, and the checks are those of documents.
    """
    from publisher.readers import read_bureau, read_document
    from publisher.renderers import given, web
    from publisher.renderers.downloads import downloads
    from publisher.setting.editions import edition_of

    bureau, _ = read_bureau(content)
    document, faults = read_document(content / slug, bureau, FILE)
    errors = [fault for fault in faults if diagnostics.stops_publishing([fault])]
    if document is None or errors or withheld(document):
        return errors
    # It has neither head nor signature: who explains stands among the tags alone.
    edition = edition_of(replace(document, issuers=(), date=None, number=None))
    files = given.render(edition)
    downloaded = [_entry(file) for file in downloads(edition, files)]
    return Reading(
        title=one_line(document.body.title),
        record={**record_of(document), "downloads": downloaded},
        spoken=_words(edition),
        page=web.render(edition, files)[WEB + PAGE],
        files=files,
    )


def _entry(file: Any) -> dict[str, str]:
    return {
        "name": file.name,
        "subject": file.subject,
        "saved_as": file.known_as or file.saved_as,
    }


def _words(edition: Edition) -> str:
    from publisher.renderers import text

    return text.render(edition)["document.txt"].decode()
