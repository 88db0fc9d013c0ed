"""The frame of twelve real documents, as their pages and as plain texts: what their content says.

They lie beside the project, not in it: a checkout alone skips.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conftest import ROOT, read_content
from publisher.intake import take_in
from publisher.keys import KEYS, value_of
from publisher.model import Document, one_line

sys.path.insert(0, str(ROOT / "tests" / "real"))
from sources import build

SHARED = ROOT.parent / "shared" / "real"
NAMES = sorted(path.stem for path in SHARED.glob("*.html"))

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here"),
    pytest.mark.usefixtures("read_here"),
]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of all of them, made by hand."""
    folder = tmp_path_factory.mktemp("real") / "content"
    build(SHARED, folder)
    return folder


@pytest.mark.parametrize("suffix", [".html", ".txt"])
@pytest.mark.parametrize("name", NAMES)
def test_elements_and_texts_are_those_of_the_document(
    name: str, suffix: str, content: Path
) -> None:
    right = read_content(content, name.replace("_", "-")).document
    file = (SHARED / name).with_suffix(suffix)
    intake = take_in([(file.name, file.read_bytes())], right.bureau, right.slug)
    assert _elements(intake.document) == _elements(right)
    assert _texts(intake.document) == _texts(right)


def _elements(document: Document) -> dict[str, object]:
    return {key.name: value_of(document, key.field) for key in KEYS if key.is_compared}


def _texts(document: Document) -> list[tuple[object, ...]]:
    """Each text with what it has of its own, and its attachments by their titles."""
    return [
        (
            one_line(prose.title),
            (prose.own, prose.subtitle, prose.contents),
            [one_line(each.title) for each in prose.attachments],
        )
        for prose in document.proses
    ]
