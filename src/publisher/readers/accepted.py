"""`accepted.yaml` of a document → the findings that the bureau accepts, each with its reason."""

from __future__ import annotations

from pathlib import Path

from publisher.diagnostics import Finding
from publisher.model import Acceptance, Place
from publisher.readers.schema import AcceptedEntry, validate
from publisher.readers.source import read_source
from publisher.readers.yaml import read_mapping

FILE = "accepted.yaml"


def read_accepted(folder: Path, name: str) -> tuple[tuple[Acceptance, ...], list[Finding]]:
    """What the file in `folder` accepts; nothing where there is none. `name` is the folder's."""
    path = folder / FILE
    if not path.exists():
        return (), []
    file = f"{name}/{FILE}"
    source, found = read_source(path, file, Place(file))
    if source is None:
        return (), found
    values, yaml_found = read_mapping(source.text, file)
    entry, schema_found = validate(values, AcceptedEntry)
    accepted = tuple(
        Acceptance(
            finding=one.finding,
            file=f"{name}/{one.file}",
            words=one.words,
            reason=one.reason,
            place=values.place_of(("接受", index)),
        )
        for index, one in enumerate(entry.accepted)
    )
    return accepted, [*found, *yaml_found, *schema_found]
