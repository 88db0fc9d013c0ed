"""Files that others edited, or only saved → just the edits, and none where there are none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from edited_in_office import cases, cases_by_hand, program, wrong
from returned import Desk

from publisher import fonts, office
from publisher.takeback.portions import portion_of
from publisher.takeback.printing import printed

CASES = 8
"""`make takeback` tries hundreds."""
SAVED = (
    *("complete", "finished-files", "forms", "pictures", "withheld-group", "items"),
    *("regulation", "signature-stamp", "letter", "figures"),
)
"""Documents with all that LibreOffice saves in its own way."""
FORMATS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
}


@pytest.mark.thorough
def test_edits_as_word_and_wps_save_them_come_back_and_no_others(tmp_path: Path) -> None:
    made = list(cases_by_hand(1, range(2 * CASES), tmp_path))
    assert len(made) > CASES // 2
    assert [words for case in made for words in wrong(case)] == []


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason="needs LibreOffice and a Python that knows UNO")
def test_edits_in_office_come_back_and_no_others(tmp_path: Path) -> None:
    made = cases(1, range(CASES), tmp_path)
    assert len(made) > CASES // 2
    assert [words for case in made for words in wrong(case)] == []


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Desk]:
    """Documents that LibreOffice opened and saved, each in all formats, by its name."""
    if office.office() is None:
        pytest.skip("needs LibreOffice")
    place = tmp_path_factory.mktemp("saved")
    where = fonts.folder()
    fonts.use(fonts.served_faces(where), where)
    desks = {name: Desk.of(place / name, name) for name in SAVED}
    for name, desk in desks.items():
        (place / f"{name}.docx").write_bytes(desk.published())
    files = [str(place / f"{name}.docx") for name in SAVED]
    for suffix, kind in FORMATS.items():
        command = ["soffice", f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(place / suffix), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=250)
    return desks


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", SAVED)
def test_what_was_only_saved_has_no_edit(saved: dict[str, Desk], name: str, suffix: str) -> None:
    desk = saved[name]
    made = desk.take(desk.place.parent / suffix / f"{name}.{suffix}")
    assert made.files == {}
    assert not made.changes
    assert [(each.reason, each.words) for each in made.not_taken] == []
    (returned,) = made.returned
    assert returned.provenance is not None
    assert returned.edited == printed(returned.base.document, portion_of("document.docx")).document
