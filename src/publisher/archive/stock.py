"""Builds, texts that explain, and what is declared → all that the archive is made of."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import builds, output
from publisher.archive.policies import Policy, Withheld, by_age, collect
from publisher.archive.readings import FILE as READING
from publisher.archive.readings import reading_of, readings_in
from publisher.archive.relations import Ties, tie, validity_of
from publisher.diagnostics import Finding
from publisher.folders import documents_in

if TYPE_CHECKING:
    from publisher.readers.archive import ArchivePlan


@dataclass(frozen=True)
class Stock:
    """All that the archive is made of."""

    content: Path
    plan: ArchivePlan
    policies: tuple[Policy, ...]
    withheld: tuple[Withheld, ...]
    kept: Mapping[str, Any]
    """What is known of builds without reading them again."""
    ties: Mapping[str, Ties]
    later: Mapping[str, str]
    """Which version is in force, by the slug of one that is not."""
    findings: tuple[Finding, ...]
    program: str
    """What tells one version of the program and its libraries from another."""

    @property
    def listed(self) -> list[Policy]:
        """All but previous versions, the newest first."""
        return by_age(each for each in self.policies if each.slug not in self.later)[::-1]

    def standing(self) -> dict[str, str]:
        """有效性 by slug."""
        return {each.slug: validity_of(each, self.ties[each.slug]) for each in self.policies}

    def site(self) -> Mapping[str, str]:
        """The bureau's website; empty words for what nobody gave."""
        from publisher.readers import bureau_if_any

        bureau, _ = bureau_if_any(self.content)
        given = asdict(bureau.site).items()
        return {name: words for name, words in given if isinstance(words, str)}

    def signature(self) -> str:
        """What tells one state of all that the archive is made of from another."""
        plan = self.plan.entry.model_dump_json()
        versions = [(each.slug, each.version) for each in self.policies]
        versions += [(each.slug, each.why) for each in self.withheld]
        stamps = [(slug, each["stamp"]) for slug, each in sorted(self.kept.items())]
        return output.digest(repr((plan, versions, stamps, self.program)).encode())


def stock_of(
    content: Path, build: Path, current: Container[str], before: Mapping[str, Any]
) -> Stock:
    """What stands in `build` and may go online; what the run `before` knew is not read again."""
    from publisher.readers.archive import read_archive

    plan, faults = read_archive(content, before.get("plan"))
    known = before.get("documents", {})
    policies: list[Policy] = []
    withheld: list[Withheld] = []
    kept: dict[str, Any] = {}
    slugs = documents_in(content)
    for slug in slugs:
        output.end_writing(content / slug)
    for entry, of_build in collect(content, build, slugs, current, plan, known):
        kept[entry.slug] = of_build
        if isinstance(entry, Policy):
            policies.append(entry)
        else:
            withheld.append(entry)
    program = output.digest(repr(builds.environment()).encode())
    for slug in readings_in(content):
        if slug in plan.entry.withdrawn:
            withheld.append(Withheld(slug, "archive.yaml 写明撤下"))
            continue
        reading, of_reading, errors = reading_of(content, slug, program, known.get(slug, {}))
        faults += errors
        if reading is None:
            withheld.append(Withheld(slug, f"{READING} 有错误，或写明不公开"))
        else:
            policies.append(reading)
            kept[slug] = of_reading
    ties, later, of_ties = tie(policies, plan)
    return Stock(
        content,
        plan,
        tuple(policies),
        tuple(withheld),
        kept,
        ties,
        later,
        (*faults, *of_ties),
        program,
    )
