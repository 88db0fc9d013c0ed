"""What is proposed for `bureau.yaml` → that file, where it is missing or may be added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from publisher import bureau_files, writers
from publisher.diagnostics import BrokenEnvironment
from publisher.files import Refusal, read_regular
from publisher.intake.result import Intake, Proposal
from publisher.model import Bureau


def bureau_file(intake: Intake, there: bytes | None, *, adds: bool) -> bytes | None:
    """`bureau.yaml` as it is to be; None where the one that is `there` stays as it is.

    A first one names the organ, for no document goes without; people and departments too where
    they are to be added.
    """
    if there is None:
        return writers.write_bureau(intake.bureau if adds else _organs_alone(intake.bureau))
    if not adds or not intake.proposals:
        return None
    bureau = intake.bureau
    try:
        return writers.with_entries(there, bureau.organs, bureau.people, bureau.departments)
    except ValueError as problem:
        why = str(problem) or "它的写法特别，补进去会改坏"
        raise BrokenEnvironment(f"不能补进 bureau.yaml：{why}。请先改正，再导入") from None


def existing(content: Path) -> bytes | None:
    """The `bureau.yaml` that is there, None without one; BrokenEnvironment: it is unreadable."""
    data = read_regular(content / bureau_files.FILE, content)
    if isinstance(data, Refusal) and data is not Refusal.MISSING:
        raise BrokenEnvironment(f"{content / bureau_files.FILE} {data.value}，没有导入")
    return data if isinstance(data, bytes) else None


def _organs_alone(bureau: Bureau) -> Bureau:
    return replace(bureau, people=(), departments=())


def in_words(proposals: Iterable[Proposal]) -> dict[str, list[str]]:
    """The names that are proposed, by the key of `bureau.yaml` under which they would stand."""
    names: dict[str, list[str]] = {}
    for proposal in proposals:
        names.setdefault(proposal.key, []).append(proposal.name)
    return names
