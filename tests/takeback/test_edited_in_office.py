"""Files that others edited, or only saved → just the edits, and none where there are none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from edited_in_office import cases, cases_by_hand, cases_pasted, program, wrong
from pasted import pasted
from returned import Desk, told

from conftest import Saves
from publisher import fonts, office
from publisher.renderers.docx.comments import CommentedFile, WordComment, words_of
from publisher.takeback.portions import portion_of
from publisher.takeback.printing import printed
from tried import in_turn

CASES = 3
"""`make takeback` tries hundreds."""
SAVED = (
    *("complete", "finished-files", "forms", "pictures", "withheld-group", "items"),
    *("regulation", "signature-stamp", "letter", "figures"),
)
"""Documents with all that LibreOffice saves in its own way."""


@pytest.mark.slow
@pytest.mark.thorough
def test_edits_as_word_and_wps_save_them_come_back_and_no_others(tmp_path: Path) -> None:
    made = list(cases_by_hand(1, range(CASES), tmp_path))
    assert len(made) > CASES // 2
    assert [words for case in made for words in wrong(case)] == []


@pytest.mark.slow
@pytest.mark.thorough
def test_edits_of_words_that_were_pasted_elsewhere_come_back_and_no_others(tmp_path: Path) -> None:
    made = list(cases_pasted(1, range(CASES), tmp_path))
    assert [words for case in made for words in wrong(case)] == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "way"), [("minutes", "plain"), ("forms", "by hand"), ("pictures", "bureau")]
)
def test_words_that_were_only_pasted_elsewhere_have_no_edit(
    tmp_path: Path, name: str, way: str
) -> None:
    desk = Desk.of(tmp_path, name)
    path = tmp_path / "粘贴的.docx"
    path.write_bytes(pasted(desk.published(), way))
    made = desk.take(path, slug=name)
    assert (told(made), made.conflicts, made.not_taken) == ([], (), ())
    assert any("样式没有了" in each for each in made.returned[0].sentences)


@pytest.mark.slow
@pytest.mark.skipif(program() is None, reason="needs LibreOffice and a Python that knows UNO")
@pytest.mark.usefixtures("one_office")
def test_edits_in_office_come_back_and_no_others(tmp_path: Path) -> None:
    made = cases(1, range(CASES), tmp_path)
    assert len(made) > CASES // 2
    assert [words for case in made for words in wrong(case)] == []


FORMATS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
}
COMMENTED = "commented"
QUESTION, ANSWER = "工作任务能按时完成吗？", "能，已经问过。"


def commented(data: bytes) -> bytes:
    """The file with a comment that is answered and settled."""
    file = CommentedFile(data)
    moment = "2030-03-02T09:30:00Z"
    answer = WordComment("陆堃", ANSWER, moment)
    where = next(each for each in file.paragraphs if "各单位" in words_of(each))
    at = words_of(where).index("各单位")
    file.add(WordComment("柳喆", QUESTION, moment, (answer,), True), where, at, at + 3)
    return file.data()


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Desk, bytes]]:
    """Documents and their Word files, by name."""
    place = tmp_path_factory.mktemp("saved")
    made = {name: Desk.of(place / name, name) for name in SAVED}
    return {name: (desk, desk.published()) for name, desk in made.items()}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "suffix"), in_turn(SAVED, [*FORMATS]))
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


@pytest.fixture(scope="module")
def with_comment(desks: dict[str, tuple[Desk, bytes]]) -> dict[str, Path]:
    """A file with a comment as LibreOffice converts it; told through UNO, it ends there."""
    if office.office() is None:
        pytest.skip("needs LibreOffice")
    where = fonts.folder()
    fonts.use(fonts.served_faces(where), where)
    desk, data = desks[SAVED[0]]
    file = desk.place / f"{COMMENTED}.docx"
    file.write_bytes(commented(data))
    made = {}
    for suffix in FORMATS:
        made[suffix] = desk.place / suffix / f"{COMMENTED}.{suffix}"
        command = ["soffice", f"-env:UserInstallation={(desk.place / 'profile').as_uri()}"]
        command += ["--headless", "--convert-to", FORMATS[suffix]]
        command += ["--outdir", str(made[suffix].parent), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=250)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
def test_comments_come_back_from_what_libreoffice_saved(
    desks: dict[str, tuple[Desk, bytes]], with_comment: dict[str, Path], suffix: str
) -> None:
    desk, _ = desks[SAVED[0]]
    made = desk.take(with_comment[suffix])
    (comment,) = made.comments
    assert (comment.author, comment.words, comment.anchor) == ("柳喆", QUESTION, "各单位")
    assert [(each.author, each.words) for each in comment.replies] == [("陆堃", ANSWER)]
    assert comment.is_resolved == (suffix != "doc")  # which has no place for it
