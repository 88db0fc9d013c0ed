"""What a file says it was made from → the content as it was then."""

from __future__ import annotations

import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from publisher import builds, committed, git, revisions
from publisher.diagnostics import BrokenEnvironment
from publisher.model import Document
from publisher.provenance import Provenance
from publisher.readers import read_bureau, read_document
from publisher.takeback.commits import commit_of
from publisher.takeback.result import Base, BaseKind


def base_of(provenance: Provenance | None, current: Document, content: Path) -> Base:
    """The content that a file was made from; of one that is not known, the content as it is.

    `current` is the document as it lies in `content`.
    """
    version = provenance.content if provenance else ""
    if version == builds.printed_version(builds.content_of(content, current.slug)):
        return Base(BaseKind.CURRENT, current)
    try:
        base = _committed(version, current.slug, content) if version else None
    except (BrokenEnvironment, revisions.UnknownVersion, committed.UnreadableVersion):
        base = None  # no git, or none that answers
    return base or Base(BaseKind.UNKNOWN, current)


def _committed(version: str, slug: str, content: Path) -> Base | None:
    root = revisions.root_of(content)
    if root is None or not content.resolve().is_relative_to(root):
        return None
    inside = content.resolve().relative_to(root).as_posix()
    commit = commit_of(version, root, inside, slug)
    document = _document_at(commit, root, inside, slug) if commit else None
    if commit is None or document is None:
        return None
    return Base(BaseKind.COMMIT, document, _called(root, commit))


def _document_at(commit: str, root: Path, inside: str, slug: str) -> Document | None:
    with TemporaryDirectory(prefix="publisher-") as folder:
        committed.write(root, commit, commit[:_SHORT], inside, Path(folder))
        content = Path(folder) / inside
        return read_document(content / slug, read_bureau(content)[0])[0]


_SHORT = 7


def _called(root: Path, commit: str) -> str:
    """提交 1a2b3c4（2026-03-01）."""
    answer = git.tried(root, "rev-list", "--no-walk", "--format=%cs", commit) or b""
    *_, date = ["", *answer.decode(errors="replace").split()]
    try:
        day = f"（{datetime.date.fromisoformat(date)}）"
    except ValueError:
        day = ""
    return f"提交 {commit[:_SHORT]}{day}"
