"""A kind of document → a first `document.md` of it, to be filled in."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from publisher import output, templates
from publisher.diagnostics import Finding
from publisher.model import Kind
from publisher.readers import bureau as of_bureau

_UPWARD = (Kind.REQUEST, Kind.REPORT)


def new(content: Path, slug: str, kind: Kind, today: date) -> tuple[Finding, ...]:
    """Write a first `document.md` of a kind, to be filled in; OSError where that cannot be done.

    Where there is no `bureau.yaml` yet, that too. What is wrong in the one there is: the name of
    the organ may then be missing.
    """
    make = templates.environment("new").get_template
    shared = content / of_bureau.FILE
    if _is_missing(shared):
        content.mkdir(parents=True, exist_ok=True)
        output.write_file(shared, make("bureau.yaml.jinja").render().encode())
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


def _is_missing(path: Path) -> bool:
    """Whether nothing has a name; OSError where that cannot be known, for it may be somebody's."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    return False
