"""`content/archive.yaml` → what the archive is told beside its documents, and findings."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from publisher.diagnostics import Finding, stops_publishing
from publisher.folders import ARCHIVE as FILE
from publisher.model import Place
from publisher.readers.schema import ArchiveEntry, SiteColumnEntry, validate
from publisher.readers.source import read_source
from publisher.readers.yaml import Values, read_mapping


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """Names, earlier versions and 栏目 of an archive: they are declared here alone."""

    entry: ArchiveEntry
    values: Values
    file: str
    """Its name where it is told."""

    def kept(self) -> dict[str, Any]:
        """What is declared, for the next time."""
        return self.entry.model_dump(mode="json", by_alias=True)

    @property
    def name(self) -> str:
        """What the archive is called."""
        return self.entry.name or "政策文件库"

    @property
    def address(self) -> str:
        """Where `build/public/` stands online, with a slash at its end; empty where unknown."""
        address = self.entry.address or ""
        return address if not address or address.endswith("/") else f"{address}/"

    def place_of(self, *path: str | int) -> Place:
        """Where something of it is declared."""
        return self.values.place_of(path) if self.values.places else Place(self.file)

    def column_of(self, slug: str, kind: str, subject: str) -> SiteColumnEntry | None:
        """The 栏目 that a document stands in: named, by its kind or subject, or the open one."""
        columns = self.entry.columns
        lots = (
            (column for column in columns if slug in column.documents),
            (column for column in columns if kind in column.kinds or subject in column.subjects),
            (
                column
                for column in columns
                if not (column.documents or column.kinds or column.subjects)
            ),
        )
        return next(chain.from_iterable(lots), None)


def read_archive(content: Path, before: Any = None) -> tuple[ArchivePlan, list[Finding]]:
    """What is declared of the archive of the documents in `content`; nothing where no file is.

    Of a file with errors nothing is heeded but what was declared `before`, as `kept` gave it:
    else a slip of the pen would bring back what was withdrawn.
    """
    file = f"{content.name}/{FILE}"
    nothing = ArchivePlan(ArchiveEntry.model_validate({}), Values(start=Place(file)), file)
    try:
        os.lstat(content / FILE)
    except (FileNotFoundError, NotADirectoryError):  # else it may be there, and withdraw something
        return nothing, []
    source, faults = read_source(content / FILE, file, Place(file), within=content)
    if source is None:
        return _as_before(nothing, before), faults
    values, of_yaml = read_mapping(source.text, file)
    entry, of_schema = validate(values, ArchiveEntry)
    plan = ArchivePlan(entry, values, file)
    faults = [*faults, *of_yaml, *of_schema]
    return _as_before(plan, before) if stops_publishing(faults) else plan, faults


def _as_before(plan: ArchivePlan, before: Any) -> ArchivePlan:
    """A plan with what was declared before, where anything was."""
    if before is None:
        return plan
    return replace(
        plan, entry=ArchiveEntry.model_validate(before), values=Values(start=Place(plan.file))
    )
