"""An extract, or all of them → the page that shows it: one file, which fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.extracts.calendar import undated
from publisher.extracts.extract import Extract, by_deadline
from publisher.extracts.notice import closing, counted, lead, source_named, source_title
from publisher.extracts.tasks import AssignedTask
from publisher.model import ColumnRole, Document, one_line
from publisher.renderers.closed import closed
from publisher.templates import environment


def page(extract: Extract, files: Sequence[str]) -> bytes:
    """The tasks of an extract, and links to the other `files` of it."""
    tables = {id(task.table): task.table for task in extract.tasks}
    template = environment("reports").get_template("extract.html.jinja")
    shown = template.render(
        extract=extract,
        source=source_named(extract.document),
        said=tuple(lead(extract)),
        deadlines=counted(extract),
        closing=tuple(closing(extract)),
        undated=undated(extract),
        files=files,
        tables=[
            {
                "title": one_line(table.title) or source_title(extract.document),
                "columns": table.columns,
                "tasks": [task for task in extract.tasks if task.table is table],
            }
            for table in tables.values()
        ],
        SERIAL=ColumnRole.SERIAL,
        TEXT=ColumnRole.TEXT,
        DEADLINE=ColumnRole.DEADLINE,
    )
    return closed(shown.encode())


@dataclass(frozen=True, slots=True)
class OwnerCount:
    """How much one department has to do."""

    name: str
    folder: str
    """Beside the overview; empty where it has none."""
    count: int
    shared: int
    deadlines: tuple[tuple[str, int], ...]


def counts(extracts: Sequence[Extract], folders: Sequence[str]) -> tuple[OwnerCount, ...]:
    """The line of each extract in the overview."""
    return tuple(
        OwnerCount(
            extract.owner,
            folder,
            len(extract.tasks),
            len(extract.shared),
            tuple(by_deadline(extract.tasks)),
        )
        for extract, folder in zip(extracts, folders, strict=True)
    )


def overview(
    document: Document,
    tasks: Sequence[AssignedTask],
    owned: Sequence[OwnerCount],
    when: str,
) -> bytes:
    """Who has how much to do and until when; what nobody has; whether the sums agree."""
    template = environment("reports").get_template("extracts.html.jinja")
    shared = [task for task in tasks if len(task.departments) > 1]
    shown = template.render(
        source=source_named(document),
        when=when,
        owned=owned,
        total=len(tasks),
        shared=shared,
        named=sum(each.count for each in owned),
        nobodys=[task for task in tasks if not task.departments],
        deadlines=by_deadline(tasks),
    )
    return closed(shown.encode())
