"""Documents and what younger ones say of older ones → what each page says of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from publisher.archive import findings
from publisher.archive.policies import Policy, plain_name
from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.readers.archive import ArchivePlan
from publisher.words.days import day_of, written

EXPLAINS = "解读"
STATUS = {"修改": "已修改", "替代": "已被替代", "废止": "已废止"}
"""What becomes of an older document, the weakest first."""
ENDS = ("替代", "废止")
"""What takes a document out of force."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a younger document does to an older one, seen from either."""

    what: str
    """修改, 替代 or 废止."""
    policy: Policy
    """On the page of the older one the younger, and the other way."""

    @property
    def status(self) -> str:
        """What the older one is then."""
        return STATUS[self.what]

    @property
    def day(self) -> str:
        """When the younger one says so, in words; empty where nothing says when."""
        day = day_of(self.policy.since) if self.policy.since else None
        return written(day) if day else ""


@dataclass
class Ties:
    """What a page says of other pages of the archive."""

    done: list[Act] = field(default_factory=list)
    """By this document to older ones."""
    suffered: list[Act] = field(default_factory=list)
    """By younger ones, the youngest last."""
    explained_by: list[Policy] = field(default_factory=list)
    explains: list[Policy] = field(default_factory=list)
    earlier: list[Policy] = field(default_factory=list)
    """Previous versions, the youngest first."""
    later: Policy | None = None
    """The version in force of one that is not."""

    @property
    def status(self) -> str:
        """What later documents made of it, the strongest; empty where none did anything."""
        order = [*STATUS.values()]
        return max((act.status for act in self.suffered), key=order.index, default="")

    @property
    def is_in_force(self) -> bool:
        """Whether no younger document took it out of force."""
        return not any(act.what in ENDS for act in self.suffered)


def validity_of(policy: Policy, ties: Ties) -> str:
    """有效性: what later documents made of it, else what its author says."""
    validity: str = policy.record["validity"]
    return ties.status or validity


def tie(
    policies: Sequence[Policy], plan: ArchivePlan
) -> tuple[Mapping[str, Ties], Mapping[str, str], list[Finding]]:
    """Of each document its ties; of previous versions which version is in force; findings."""
    ties: dict[str, Ties] = defaultdict(Ties)
    said: list[Finding] = []
    known = _names(policies)
    for policy in policies:
        for what, names in policy.record["relations"].items():
            for name in names:
                said += _tied(policy, what, known.get(plain_name(name)), name, ties, known)
    for held in ties.values():
        held.suffered.sort(key=lambda act: (act.policy.since, act.policy.slug))
        held.explained_by.sort(key=lambda reading: (reading.day, reading.slug))
    later, of_versions = _versions(policies, plan, ties)
    return ties, later, [*said, *of_versions]


def _names(policies: Iterable[Policy]) -> dict[str, Policy]:
    """Documents by title, 发文字号 and folder: the last decides, for it is there once."""
    known: dict[str, Policy] = {}
    listed = [*policies]
    for policy in listed:
        known[plain_name(policy.title)] = policy
    for policy in listed:
        if policy.record["number"]:
            known[plain_name(policy.record["number"])] = policy
    for policy in listed:
        known[plain_name(policy.slug)] = policy
    return known


def _tied(
    policy: Policy,
    what: str,
    older: Policy | None,
    name: str,
    ties: dict[str, Ties],
    known: Mapping[str, Policy],
) -> list[Finding]:
    if older is None:
        return [findings.unknown_relation(policy.place, what, name, known)]
    if what == EXPLAINS and older is not policy:
        ties[policy.slug].explains.append(older)
        ties[older.slug].explained_by.append(policy)
        return []
    is_younger = older.since > policy.since and bool(policy.since)
    if older is policy or is_younger or older.is_reading:
        return [findings.younger_relation(policy.place, what, name)]
    ties[policy.slug].done.append(Act(what, older))
    ties[older.slug].suffered.append(Act(what, policy))
    return []


def _versions(
    policies: Iterable[Policy], plan: ArchivePlan, ties: dict[str, Ties]
) -> tuple[dict[str, str], list[Finding]]:
    there = {policy.slug: policy for policy in policies}
    later: dict[str, str] = {}
    said: list[Finding] = []
    for slug, names in plan.entry.earlier.items():
        place = plan.place_of("以前的版本", slug)
        if slug not in there:
            said.append(_unknown(place, slug))
            continue
        for name in names:
            if name not in there or name in later or name == slug:
                said.append(_unknown(place, name))
                continue
            later[name] = slug
            ties[name].later = there[slug]
            ties[slug].earlier.append(there[name])
        ties[slug].earlier.sort(key=lambda policy: (policy.day, policy.slug), reverse=True)
    return later, said


def _unknown(place: Place, name: str) -> Finding:
    return findings.unknown_in_archive(place, name, "以前的版本")
