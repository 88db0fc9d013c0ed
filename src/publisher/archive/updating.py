"""What the archive is made of → the archive: as it was where nothing changed, else made anew.

That nothing changed is told by hashes and times alone: what reads and makes is not even loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from pathlib import Path

from publisher import builds, output, templates
from publisher.archive import handover, lots
from publisher.archive.folder import PublicFolder
from publisher.archive.made import MadeArchive, said_before
from publisher.archive.policies import stamp_of
from publisher.archive.readings import readings_in
from publisher.folders import ARCHIVE, documents_in


def update(
    content: Path,
    build: Path,
    current: Container[str] = (),
    *,
    is_whole: bool = False,
    waits: Callable[[], None] = lambda: None,
) -> MadeArchive:
    """Make `build/public/` of what stands in `build`; nothing is rendered but its own pages.

    `current` are the documents whose builds were just made or found up to date. Where `is_whole`,
    all files are looked at, all links are checked, and the ZIPs are made. BrokenEnvironment: what
    stands there is not ours, or a template is damaged. OSError where it cannot be written.
    """
    with output.locked(build, waits), templates.told_of_damage("模板"):
        folder = PublicFolder(build, trusts=not is_whole)
        folder.require_ours()
        handover.require_ours(build)
        lots.require_ours(build)
        seen = _seen(content, build, current)
        if not is_whole and folder.was_made_of(seen):
            return said_before(folder.path, folder.before)
        from publisher.archive.making import make

        return make(content, build, current, folder, seen, is_whole=is_whole)


def _seen(content: Path, build: Path, current: Container[str]) -> str:
    """What tells one state of all that the archive is made of from another.

    Empty where that takes reading: of a document that was neither made nor found up to date, the
    content is looked at.
    """
    stamps = [(slug, stamp_of(build / slug / output.MANIFEST)) for slug in documents_in(content)]
    if any(stamp is not None and slug not in current for slug, stamp in stamps):
        return ""
    readings = [(slug, builds.content_of(content, slug)) for slug in readings_in(content)]
    declared = builds.hash_of(content / ARCHIVE, content)
    return output.digest(repr((stamps, readings, declared, builds.environment())).encode())
