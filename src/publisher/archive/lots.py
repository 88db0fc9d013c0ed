"""Documents, the oldest first → the words of each year; of one that did not change as kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from publisher import output
from publisher.archive import search
from publisher.archive.policies import Policy

FOLDER = ".archive-words"
"""In the folder of builds: what is known of words, a file a year."""


def lots_of(
    build: Path, oldest_first: Iterable[Policy], program: str, *, trusts: bool
) -> Iterator[search.Lot]:
    """The words of each year's documents; those of a year in which none changed are kept."""
    folder = build / FOLDER
    if not trusts:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    left = {file.name for file in folder.iterdir()}
    for year, lot in groupby(oldest_first, key=lambda policy: policy.year):
        policies = [*lot]
        file = folder / f"{year or 'undated'}.json"
        left.discard(file.name)
        said = [(policy.slug, policy.version, policy.title, policy.record) for policy in policies]
        key = output.digest(repr((program, said)).encode())
        kept = _read(file)
        if kept.get("key") != key:
            kept = {"key": key, "held": search.held_by(map(_sought, policies))}
            output.write_file(file, search.as_json(kept), private=True)
        yield search.Lot(len(policies), kept["held"])
    for name in left:
        (folder / name).unlink()


def _sought(policy: Policy) -> str:
    """All words by which a document is found."""
    record = policy.record
    about = (policy.title, record["number"], record["subject"], record["summary"])
    return "\n".join((*about, *record["keywords"], *record["issuers"], policy.words()))


def _read(file: Path) -> Mapping[str, Any]:
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
