"""`accepted.yaml` → the findings that a bureau accepts, each with its reason."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from publisher.diagnostics import Finding
from publisher.model import Acceptance, Place, RuleAcceptance
from publisher.readers import findings
from publisher.readers.schema import AcceptedEntry, validate
from publisher.readers.source import read_source
from publisher.readers.yaml import read_mapping
from publisher.rules import NAMES

FILE = "accepted.yaml"
KEY, _RULES_KEY = "接受", "接受条款"


class Accepted(NamedTuple):
    """What a bureau accepts in a document."""

    findings: tuple[Acceptance, ...] = ()
    rules: tuple[RuleAcceptance, ...] = ()


def read_accepted(folder: Path, name: str) -> tuple[Accepted, list[Finding]]:
    """What the file in `folder` accepts; nothing where there is none. `name` is the folder's."""
    if not os.path.lexists(folder / FILE):
        return Accepted(), []
    file = f"{name}/{FILE}"
    source, faults = read_source(folder / FILE, file, Place(file), within=folder.parent)
    if source is None:
        return Accepted(), faults
    values, yaml_found = read_mapping(source.text, file)
    entry, schema_found = validate(values, AcceptedEntry)
    accepted = tuple(
        Acceptance(
            finding=acceptance.finding,
            file=f"{name}/{acceptance.file}",
            message=acceptance.message,
            words=acceptance.words or "",
            reason=acceptance.reason,
            place=values.place_of((KEY, index)),
        )
        for index, acceptance in enumerate(entry.accepted)
    )
    rules = tuple(
        RuleAcceptance(rule.rule, rule.reason, values.place_of((_RULES_KEY, index)))
        for index, rule in enumerate(entry.rules)
    )
    unknown = [
        findings.unknown_rule(rule.place, rule.rule) for rule in rules if rule.rule not in NAMES
    ]
    return Accepted(accepted, rules), [*faults, *yaml_found, *schema_found, *unknown]
