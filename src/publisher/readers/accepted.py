"""`accepted.yaml` → the findings that a bureau accepts, each with its reason; and back."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
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
_KEY, _RULES_KEY = "接受", "接受条款"
_HEAD = "# 看过、决定保留的问题，各写明理由。有关的文字改动后，要重新判断。"


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
            place=values.place_of((_KEY, index)),
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


def with_acceptances(text: str, added: Iterable[Acceptance]) -> str:
    """The text of an `accepted.yaml` with further entries at its end; what it has stays.

    ValueError: the text is not YAML, so that nothing can be added without loss.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 1000
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        data = yaml.load(text)
        if data is None:  # nothing, or comments alone, which stay
            data = yaml.load(f"{text.rstrip() or _HEAD}\n{_KEY}: []")
    except Exception as error:  # beside its own errors, any that making a value of a tag ends in
        raise ValueError("不合 YAML 格式，或有程序不能原样写回的值（如日期没有加引号）") from error
    if isinstance(data, dict) and data.get(_KEY) is None:
        data[_KEY] = []
    if not isinstance(data, dict) or not isinstance(data[_KEY], list):
        raise ValueError(f"里的“{_KEY}”不是列表")
    data[_KEY] += [_entry(acceptance) for acceptance in added]
    stream = io.StringIO()
    yaml.dump(data, stream)
    made = stream.getvalue()
    if not _keeps(text, made):
        raise ValueError("里有程序不能原样写回的值（如 -0 没有加引号）")
    return made


def _keeps(text: str, made: str) -> bool:
    """Whether all that a text says stands in the other too, before what was added."""
    before, after = (read_mapping(version, FILE)[0].data for version in (text, made))
    lists = ((key, value) for key, value in before.items() if isinstance(value, list))
    return all(after.get(key, [])[: len(value)] == value for key, value in lists)


def _entry(acceptance: Acceptance) -> dict[str, str]:
    words = {"原文": acceptance.words} if acceptance.words else {}
    return {
        "问题": acceptance.finding,
        "文件": acceptance.file.rsplit("/", 1)[-1],
        "提示": acceptance.message,
        **words,
        "理由": acceptance.reason,
    }
