"""What became of the archive in a run → what the next run is told of it, and says again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import diagnostics
from publisher.archive.policies import Withheld
from publisher.diagnostics import Finding

if TYPE_CHECKING:
    from publisher.archive.links import LinkReport


@dataclass(frozen=True)
class MadeArchive:
    """What became of the archive."""

    folder: Path
    count: int = 0
    """Documents in it, and texts that explain them."""
    withheld: tuple[Withheld, ...] = ()
    findings: tuple[Finding, ...] = ()
    written: int = 0
    """Files that were not as they were."""
    zips: Mapping[str, int] = field(default_factory=dict)
    links: LinkReport | None = None


def as_kept(count: int, withheld: Iterable[Withheld], said: Iterable[Finding]) -> dict[str, Any]:
    """What a run says of the archive, for one that finds nothing changed."""
    return {
        "count": count,
        "withheld": [[each.slug, each.why] for each in withheld],
        "findings": diagnostics.as_json(said),
    }


def said_before(folder: Path, before: Mapping[str, Any]) -> MadeArchive:
    """What the run said that kept this."""
    withheld = tuple(Withheld(slug, why) for slug, why in before["withheld"])
    findings = diagnostics.from_json(before["findings"].encode())
    return MadeArchive(folder, before["count"], withheld, findings)
