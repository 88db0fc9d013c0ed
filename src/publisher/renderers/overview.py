"""What was published → the overview of a build: each document, its files and its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.diagnostics import Finding, count
from publisher.filetypes import called, size
from publisher.renderers.closed import closed, tidy
from publisher.templates import environment

INDEX_SIGN = b'<main class="overview"'
"""By which an overview that this program wrote is known."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What was published of one document, as the overview of a build lists it."""

    slug: str
    title: str
    version: str
    """Hash of the content that it was made from."""
    files: tuple[tuple[str, int], ...]
    """Path below the document's folder, and size in bytes."""
    findings: tuple[Finding, ...]
    classification: str = ""
    """Its 密级; empty where it has none."""
    broken: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The files that break rules which must hold, and the names of those."""


def render_index(entries: Sequence[IndexEntry]) -> bytes:
    """The overview as a page."""
    templates = environment("web")
    templates.filters.update(kind=called, size=size, count_findings=count)
    return closed(tidy(templates.get_template("index.html.jinja").render(entries=entries)))
