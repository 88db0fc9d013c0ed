"""An extract, or all of them → the page that shows it: one file, which fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.extracts.calendar import undated
from publisher.extracts.counting import TaskCounts
from publisher.extracts.extract import Extract
from publisher.extracts.notice import closing, counted, lead, source_named, source_title
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


def overview(document: Document, counted_all: TaskCounts, when: str, files: Sequence[str]) -> bytes:
    """Who has how much to do and until when; what nobody has; whether the sums agree."""
    template = environment("reports").get_template("extracts.html.jinja")
    shown = template.render(
        source=source_named(document), when=when, counted=counted_all, files=files
    )
    return closed(shown.encode())
