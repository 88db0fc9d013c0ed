"""`content/bureau.yaml` → what all documents of the bureau share, and findings."""

from __future__ import annotations

from pathlib import Path

from publisher.diagnostics import Finding
from publisher.model import Bureau, Named, Organ, Place, Site, Term
from publisher.readers.schema import BureauEntry, SiteEntry, validate
from publisher.readers.source import read_source
from publisher.readers.yaml import Values, read_mapping

FILE = "bureau.yaml"


def read_bureau(content: Path) -> tuple[Bureau, list[Finding]]:
    """The bureau whose documents stand in the folder `content`; empty where the file is missing."""
    file = f"{content.name}/{FILE}"
    source, found = read_source(content / FILE, file, Place(file))
    if source is None:
        return Bureau(()), found
    values, yaml_found = read_mapping(source.text, file)
    entry, schema_found = validate(values, BureauEntry)
    return _bureau(entry, values), [*found, *yaml_found, *schema_found]


def _bureau(entry: BureauEntry, values: Values) -> Bureau:
    return Bureau(
        organs=tuple(
            Organ(organ.name, organ.short_name, organ.mark, organ.code) for organ in entry.organs
        ),
        site=Site(**(entry.site or SiteEntry.model_validate({})).model_dump()),
        people=tuple(
            Named(name, spellings or (), values.place_of(("人员", name)))
            for name, spellings in entry.people.items()
        ),
        departments=tuple(
            Named(name, spellings or (), values.place_of(("部门", name)))
            for name, spellings in entry.departments.items()
        ),
        terms=tuple(
            Term(form, slips or (), values.place_of(("术语", form)))
            for form, slips in entry.terms.items()
        ),
    )
