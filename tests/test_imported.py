"""What comes back of our own Word files, pages and fragments is the document they were made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conftest import DOCUMENTS, ROOT, read_content
from imported import FORMATS, differences
from publisher import drafts
from publisher.model import Document
from rendered import NOTICE, SLUGS
from tried import in_turn, some_of

REAL = ROOT.parent / "shared" / "real"
PLANS = ROOT / "tests" / "plans"
pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]


def _folders() -> Iterator[tuple[str, Path, str]]:
    """Each made document by a name: the folder of its content, and its slug."""
    yield NOTICE, ROOT / "content", NOTICE
    for slug in SLUGS:
        yield slug, DOCUMENTS, slug
    for folder in sorted(PLANS.glob("*/*/document.md")):
        yield (
            f"{folder.parent.parent.name}-{folder.parent.name}",
            folder.parent.parent,
            folder.parent.name,
        )
    for name in drafts.examples():
        yield name, drafts.gallery(), name


MADE = {name: (folder, slug) for name, folder, slug in _folders()}


@cache
def document(name: str) -> Document:
    folder, slug = MADE[name]
    return read_content(folder, slug).document


WHOLE = [(NOTICE, format_) for format_ in FORMATS]


@pytest.mark.parametrize(
    ("name", "format_"), [*WHOLE, *in_turn(some_of(sorted(MADE.keys() - {NOTICE}), 2), [*FORMATS])]
)
def test_a_made_document_comes_back_as_it_is(name: str, format_: str) -> None:
    assert differences(document(name), format_) == []


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the real documents."""
    sys.path.append(str(ROOT / "tests" / "real"))
    from sources import build

    folder = tmp_path_factory.mktemp("real") / "content"
    build(REAL, folder)
    return folder


@pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize(
    ("name", "format_"),
    in_turn(sorted(path.stem for path in REAL.glob("*.html")), [*FORMATS]),
)
def test_a_real_document_comes_back_as_it_is(name: str, format_: str, real: Path) -> None:
    assert differences(read_content(real, name.replace("_", "-")).document, format_) == []
