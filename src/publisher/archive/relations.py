"""Documents and what younger ones say of older ones → what each page says of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.archive import findings
from publisher.archive.policies import Policy, plain_name
from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.words.days import day_of, written

if TYPE_CHECKING:
    from publisher.readers.archive import ArchivePlan

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
    is_earlier: bool = False
    """Whether it is a previous version."""
    later: Policy | None = None
    """The version in force of one that is not; None too where that is not in the archive."""

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
    later, said = _versions(policies, plan, ties)
    names = _Names(policies, later)
    acts: dict[tuple[str, ...], _Said] = {}
    # Named twice, as by its title and its folder, it is one.
    for policy in policies:
        for what, given in policy.record["relations"].items():
            for name in given:
                made = names.tied(policy, what, name)
                if isinstance(made, Finding):
                    said.append(made)
                elif what == EXPLAINS:
                    ties[policy.slug].explains.append(made.older)
                    ties[made.older.slug].explained_by.append(policy)
                else:
                    acts.setdefault((what, *made.ends), made)
    circular = _circular(acts.values())
    for act in acts.values():
        if act.ends in circular:
            said.append(findings.circular_relation(act.policy.place, act.what, act.name))
        else:
            ties[act.policy.slug].done.append(Act(act.what, act.older))
            ties[act.older.slug].suffered.append(Act(act.what, act.policy))
    for held in ties.values():
        held.suffered.sort(key=lambda act: (act.policy.since, act.policy.slug))
        held.explained_by.sort(key=lambda reading: (reading.day, reading.slug))
    return ties, later, said


@dataclass(frozen=True, slots=True)
class _Said:
    """What a document says of an older one, by the name that it gives it."""

    policy: Policy
    what: str
    older: Policy
    name: str

    @property
    def ends(self) -> tuple[str, str]:
        return self.policy.slug, self.older.slug


class _Names:
    """All by which documents may be named: folder, 发文字号, title."""

    def __init__(self, policies: Sequence[Policy], later: Mapping[str, str]) -> None:
        self._later = later
        self._known: list[dict[str, list[Policy]]] = [{}, {}, {}]
        for policy in policies:
            own = (policy.slug, policy.record["number"], policy.title)
            for known, name in zip(self._known, own, strict=True):
                if name:
                    known.setdefault(plain_name(name), []).append(policy)

    def tied(self, policy: Policy, what: str, name: str) -> _Said | Finding:
        """Whom a document means; what is wrong, where it means nobody, several, or a younger."""
        meant = self._meant(policy, name)
        if not meant:
            known = {key for names in self._known for key in names}
            return findings.unknown_relation(policy.place, what, name, known)
        if len(meant) > 1:
            slugs = [each.slug for each in meant]
            return findings.ambiguous_relation(policy.place, what, name, slugs)
        (older,) = meant
        is_younger = older.since > policy.since and bool(policy.since)
        if older is policy or (what != EXPLAINS and (is_younger or older.is_reading)):
            return findings.younger_relation(policy.place, what, name)
        return _Said(policy, what, older, name)

    def _meant(self, policy: Policy, name: str) -> list[Policy]:
        """Itself alone where no other has the name; a version in force before previous ones."""
        for known in self._known:
            meant = known.get(plain_name(name), [])
            if meant:
                by_that_name = [each for each in meant if each is not policy]
                in_force = [each for each in by_that_name if each.slug not in self._later]
                return in_force or by_that_name or meant
        return []


def _circular(acts: Iterable[_Said]) -> frozenset[tuple[str, str]]:
    """What says in a circle that each is the younger: nobody can tell what is in force."""
    left = {act.ends for act in acts}
    while left:
        youngers, olders = ({ends[at] for ends in left} for at in (0, 1))
        between = {ends for ends in left if ends[0] in olders and ends[1] in youngers}
        if between == left:
            break
        left = between
    return frozenset(left)


def _versions(
    policies: Iterable[Policy], plan: ArchivePlan, ties: dict[str, Ties]
) -> tuple[dict[str, str], list[Finding]]:
    there = {policy.slug: policy for policy in policies}
    later: dict[str, str] = {}
    said: list[Finding] = []
    for slug, names in plan.entry.earlier.items():
        place = plan.place_of("以前的版本", slug)
        current = there.get(slug)
        if current is None:
            said.append(_unknown(place, slug))
        for name in names:
            if name not in there or name in later or name == slug:
                said.append(_unknown(place, name))
                continue
            # Where the version in force is not to be seen, an earlier one is no more in force.
            later[name] = slug
            ties[name].is_earlier = True
            if current is not None:
                ties[name].later = current
                ties[slug].earlier.append(there[name])
        ties[slug].earlier.sort(key=lambda policy: (policy.day, policy.slug), reverse=True)
    return later, said


def _unknown(place: Place, name: str) -> Finding:
    return findings.unknown_in_archive(place, name, "以前的版本")
