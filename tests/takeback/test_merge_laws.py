"""What holds of every merge, whatever was edited."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from conftest import DOCUMENTS, ROOT
from edited_at_random import edited_at_random
from publisher.model import Document
from publisher.readers import read_bureau, read_document
from publisher.takeback.merging import Grain, Merged, merge
from tried import tried

ROOTS = (ROOT / "content", ROOT / "templates/new/gallery", DOCUMENTS, ROOT / "tests/edits/content")
FOLDERS = [path.parent for root in ROOTS for path in sorted(root.glob("*/document.md"))]

folders = st.sampled_from(FOLDERS)
grains = st.sampled_from(Grain)
seeds = st.integers(0, 10**6)


@cache
def read(folder: Path) -> Document:
    return read_document(folder, read_bureau(folder.parent)[0])[0]


def edited(document: Document, seed: int) -> Document:
    chance = Random(seed)
    for _ in range(chance.randint(1, 4)):
        document = edited_at_random(document, chance)
    return document


@tried(40)
@given(folder=folders, seed=seeds, grain=grains)
def test_edits_of_one_version_are_taken_and_no_others_are_made(
    folder: Path, seed: int, grain: Grain
) -> None:
    base = read(folder)
    new = edited(base, seed)
    assert merge(base, base, new, grain) == Merged(new)
    assert merge(base, new, base, grain) == Merged(new)
    assert merge(base, new, new, grain) == Merged(new)
