"""Documents, the oldest first → the words of each year; of one that did not change as kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from publisher import output
from publisher.archive import search
from publisher.archive.policies import Policy
from publisher.files import LARGEST, Refusal, read_regular
from publisher.shapes import value_of

FOLDER = ".archive-words"
"""In the folder of builds: what is known of words, a file a year."""


def require_ours(build: Path) -> None:
    """What is known of words may be written; InTheWay where a link would lead elsewhere."""
    output.require_no_link(build / FOLDER)


def lots_of(
    build: Path, oldest_first: Iterable[Policy], program: str, *, trusts: bool
) -> Iterator[search.Lot]:
    """The words of each year's documents; those of a year in which none changed are kept."""
    folder = build / FOLDER
    if not trusts:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    left = {file.name for file in folder.glob("*.json")}
    for year, lot in groupby(oldest_first, key=lambda policy: policy.year):
        policies = [*lot]
        file = folder / f"{year or 'undated'}.json"
        left.discard(file.name)
        said = [(policy.slug, policy.version, policy.title, policy.record) for policy in policies]
        key = output.digest(repr((program, said)).encode())
        held = _held(file, key)
        if held is None:
            held = search.held_by(map(_sought, policies))
            kept = {"key": key, "sum": _sum(held), "held": held}
            output.write_file(file, search.as_json(kept), private=True)
        yield search.Lot(len(policies), held)
    for name in left:
        (folder / name).unlink()


def _sought(policy: Policy) -> str:
    """All words by which a document is found."""
    record = policy.record
    about = (policy.title, record["number"], record["subject"], record["summary"])
    return "\n".join((*about, *record["keywords"], *record["issuers"], policy.words()))


def _held(file: Path, key: str) -> Mapping[str, str] | None:
    """What was kept under a key; None where nothing was, or somebody wrote into it."""
    data = read_regular(file, file.parent, LARGEST)
    try:
        kept = value_of(b"" if isinstance(data, Refusal) else data)
    except ValueError:
        return None
    if not isinstance(kept, dict) or kept.get("key") != key:
        return None
    held = kept.get("held")
    is_whole = isinstance(held, dict) and kept.get("sum") == _sum(held)
    return held if is_whole else None


def _sum(held: Mapping[str, str]) -> str:
    return output.digest(search.as_json(held))
