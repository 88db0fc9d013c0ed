"""A kind of document, or an example → a first `document.md` of it, to be filled in or changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from publisher import bureau_files, output, templates
from publisher.diagnostics import Finding
from publisher.files import Refusal, read_regular
from publisher.folders import documents_in
from publisher.model import Kind
from publisher.readers import bureau as of_bureau

_UPWARD = (Kind.REQUEST, Kind.REPORT)
_TEMPLATES, _GALLERY = "new", "gallery"


def new(content: Path, slug: str, kind: Kind, today: date) -> tuple[Finding, ...]:
    """Write a first `document.md` of a kind, to be filled in; OSError where that cannot be done.

    Where there is no `bureau.yaml` yet, that too. What is wrong in the one there is: the name of
    the organ may then be missing.
    """
    make = templates.environment(_TEMPLATES).get_template
    shared = make("bureau.yaml.jinja").render(organ="", code="", site="")
    _write_where_missing(content / bureau_files.FILE, shared.encode())
    bureau, findings = of_bureau.read_bureau(content)
    text = make("document.md.jinja").render(
        kind=kind.value,
        organ=bureau.organs[0].name if bureau.organs else "××××",
        today=today.isoformat(),
        upward=kind in _UPWARD,
        contact=kind is Kind.REQUEST,
    )
    target = content / slug / "document.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        output.write_file(target, text.encode())
    except BaseException:
        with suppress(OSError):  # not empty: somebody else's, or written after all
            target.parent.rmdir()
        raise
    return tuple(findings)


def gallery() -> Path:
    """The folder of the examples: content of its own, which can be published as it is.

    A bureau's templates may have their own; else those that come with the program.
    """
    own = templates.root() / _TEMPLATES / _GALLERY
    return own if own.is_dir() else templates.SHIPPED / _TEMPLATES / _GALLERY


def examples() -> tuple[str, ...]:
    """The names of the examples."""
    return documents_in(gallery())


def new_like(content: Path, slug: str, example: str) -> tuple[str, ...]:
    """Write the files of an example as a new document, and return their names; OSError if not.

    Where there is no `bureau.yaml` yet, that of the examples too.
    """
    shared = bureau_files.FILE
    files = dict(_files_in(gallery() / example))
    _write_where_missing(content / shared, dict(_files_in(gallery()))[shared])
    output.write_folder(content / slug, files)
    return tuple(files)


def _files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        data = read_regular(path)
        if not isinstance(data, Refusal):
            yield path.name, data


def _write_where_missing(path: Path, data: bytes) -> None:
    if _is_missing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        output.write_file(path, data)


def _is_missing(path: Path) -> bool:
    """Whether nothing has a name; OSError where that cannot be known, for it may be somebody's."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    return False
