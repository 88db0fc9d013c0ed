"""Files that others made with habits of theirs, imported: what is right is got, no word is lost."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from foreign_files import SHARED, Foreign, all_files, needs_office, saved
from measured import Measured, measured, share

from conftest import ROOT, tool
from tried import TIMES, some_of

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]

FILES = {file.name: file for file in all_files()}
HERE = [name for name, file in FILES.items() if not needs_office(file)]
OF_OFFICE = some_of((name for name, file in FILES.items() if needs_office(file)), 2)
ENOUGH = 0.95
"""Which part of all blocks is right."""
of_real = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")


@cache
def result(name: str) -> Measured:
    file = FILES[name]
    return measured(file, file.make())


@pytest.fixture(scope="module")
def of_office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measured]:
    """What became of the files that LibreOffice saves."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("office")
    data = saved((FILES[name] for name in OF_OFFICE), folder)
    return {name: measured(FILES[name], {name: data[name]}) for name in OF_OFFICE}


def test_there_are_forty_files_of_ten_habits_without_the_real_ones() -> None:
    ours = [file for file in FILES.values() if not file.is_real]
    assert len(ours) >= 40
    assert len({file.habit for file in ours}) >= 10


@pytest.mark.parametrize("name", HERE)
def test_no_word_of_a_file_is_lost(name: str) -> None:
    assert not result(name).lost, str(result(name))


@pytest.mark.parametrize("name", HERE)
def test_the_result_is_as_the_docs_say(name: str) -> None:
    tools = tool("confusion")
    assert tools.row(result(name)) in tools.PAGE.read_text("utf-8"), str(result(name))


def test_ninety_five_of_a_hundred_blocks_are_right() -> None:
    results = [result(name) for name in HERE]
    assert share(results) >= ENOUGH, "\n".join(str(each) for each in results if each.misses)


@pytest.mark.slow
def test_what_libreoffice_saves_is_recognised_as_well(of_office: dict[str, Measured]) -> None:
    for each in of_office.values():
        assert not each.lost, str(each)
    assert share(of_office.values()) >= ENOUGH, "\n".join(map(str, of_office.values()))


@pytest.mark.slow
@pytest.mark.skipif(TIMES == 1, reason="a long run has all files")
@of_real
def test_the_table_of_the_docs_is_what_is_measured(of_office: dict[str, Measured]) -> None:
    tools = tool("confusion")
    results = [of_office[name] if name in of_office else result(name) for name in FILES]
    assert tools.page(results) == tools.PAGE.read_text("utf-8")


@pytest.mark.parametrize("file", FILES.values(), ids=list(FILES))
def test_the_answer_has_all_that_the_file_was_made_of(file: Foreign) -> None:
    """An answer that has no words would be right of any file."""
    assert all(block.words.strip() for block in file.answers())
    assert len(file.answers()) >= 7


def test_no_word_of_a_real_document_is_in_the_checkout() -> None:
    texts = Path(ROOT, "tests", "foreign", "texts").glob("*.yaml")
    assert not any("国务院办公厅关于" in path.read_text("utf-8") for path in texts)
