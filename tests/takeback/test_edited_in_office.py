"""Files that others edited, or only saved → just the edits, and none where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited_in_office import cases, cases_by_hand, program, wrong
from returned import Desk

from conftest import Saves
from publisher.takeback.portions import portion_of
from publisher.takeback.printing import printed

CASES = 8
"""`make takeback` tries hundreds."""
SAVED = (
    *("complete", "finished-files", "forms", "pictures", "withheld-group", "items"),
    *("regulation", "signature-stamp", "letter", "figures"),
)
"""Documents with all that LibreOffice saves in its own way."""


@pytest.mark.thorough
def test_edits_as_word_and_wps_save_them_come_back_and_no_others(tmp_path: Path) -> None:
    made = list(cases_by_hand(1, range(2 * CASES), tmp_path))
    assert len(made) > CASES // 2
    assert [words for case in made for words in wrong(case)] == []


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason="needs LibreOffice and a Python that knows UNO")
@pytest.mark.usefixtures("one_office")
def test_edits_in_office_come_back_and_no_others(tmp_path: Path) -> None:
    made = cases(1, range(CASES), tmp_path)
    assert len(made) > CASES // 2
    assert [words for case in made for words in wrong(case)] == []


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Desk, bytes]]:
    """Documents and their Word files, by name."""
    place = tmp_path_factory.mktemp("saved")
    made = {name: Desk.of(place / name, name) for name in SAVED}
    return {name: (desk, desk.published()) for name, desk in made.items()}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "doc", "odt"])
@pytest.mark.parametrize("name", SAVED)
def test_what_was_only_saved_has_no_edit(
    desks: dict[str, tuple[Desk, bytes]], name: str, suffix: str, one_office: Saves
) -> None:
    desk, data = desks[name]
    saved = desk.place / f"{name}.{suffix}"
    saved.write_bytes(one_office(data, ".docx", suffix))
    made = desk.take(saved)
    assert made.files == {}
    assert not made.changes
    assert [(each.reason, each.words) for each in made.not_taken] == []
    (returned,) = made.returned
    assert returned.provenance is not None
    assert returned.edited == printed(returned.base.document, portion_of("document.docx")).document
