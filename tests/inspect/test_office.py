"""LibreOffice that hangs, crashes or makes nothing: the file is measured by its settings."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from test_outside import link

from publisher import office
from publisher.inspect import Inspection, inspect_docx, inspect_file
from publisher.inspect.report import sentence
from publisher.outside import sealed
from publisher.wordfile import parts_of

WORD = link()


def serve_as_office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of this name comes first on the path."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{process}/status").read_text()


def wait_for(condition: object) -> None:
    for _ in range(200):
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


@pytest.mark.parametrize(
    "script",
    ["exit 1", "kill -SEGV $$", 'for last; do :; done; echo "%PDF-1.7" > "${last%.docx}.pdf"'],
    ids=["fails", "crashes", "writes half a file, as on a full disk"],
)
def test_an_office_that_makes_nothing_has_failed_and_that_is_said(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_as_office(tmp_path, monkeypatch, script)
    inspection = inspect_docx("x.docx", WORD)
    assert inspection.failed
    assert "LibreOffice 没有把它排出来" in inspection.how
    assert not inspection.broken


def test_a_file_that_is_too_long_is_not_given_to_an_office_and_that_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_as_office(tmp_path, monkeypatch, f"touch {tmp_path}/started")
    monkeypatch.setattr(office, "MOST_PARAGRAPHS", 0)
    inspection = inspect_docx("x.docx", WORD)
    assert not (tmp_path / "started").exists()
    assert "个，不用 LibreOffice 排版" in inspection.how
    assert not inspection.failed
    assert sentence(inspection).startswith("能测量的必须遵守的条款")


def test_a_full_disk_has_failed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_as_office(tmp_path, monkeypatch, "exit 0")
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path / "none"))
    assert inspect_docx("x.docx", WORD).failed


def test_without_an_office_nothing_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    assert not inspect_docx("x.docx", WORD).failed


@pytest.mark.thorough
def test_of_an_office_that_hangs_no_process_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Within a family of processes of its own, it does not know by what number we call it.
    monkeypatch.setattr(office, "_alone", lambda: ())
    monkeypatch.setattr(office, "TIMEOUT", 1)
    serve_as_office(tmp_path, monkeypatch, f"sleep 999 & echo $! > {tmp_path}/child; wait")
    assert office.as_pdf(WORD) is None
    child = int((tmp_path / "child").read_text())
    wait_for(lambda: not is_alive(child))  # the system ends it when its turn comes


def test_of_an_office_that_was_ended_no_temporary_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_as_office(tmp_path, monkeypatch, f'echo "$TMPDIR" > {tmp_path}/seen; touch "$TMPDIR/lu1"')
    assert office.as_pdf(WORD) is None
    assert not Path((tmp_path / "seen").read_text().strip()).exists()


@pytest.mark.skipif(office.office() is None, reason="needs LibreOffice")
def test_of_an_office_that_was_ended_no_socket_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets: list[Path] = []
    find = office._sockets

    def listened(profile: str) -> list[Path]:
        sockets.extend(find(profile))
        return sockets

    monkeypatch.setattr(office, "_sockets", listened)
    listening = "$(ls /tmp/OSL_PIPE_* 2>/dev/null | wc -l)"
    until = f"n={listening}; {office.office()} $@ & while [ {listening} = $n ]; do :; done"
    serve_as_office(tmp_path, monkeypatch, until)
    assert office.as_pdf(WORD) is None
    # None where another that runs here began to listen in between.
    assert not any(socket.exists() for socket in sockets)


@pytest.mark.skipif(not office._alone(), reason="the system gives no family of processes")
def test_where_the_program_is_killed_its_office_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tmp_path / "alive"
    script = f"(while :; do date +%N > {alive}; sleep 0.05; done) & wait"
    serve_as_office(tmp_path, monkeypatch, script)
    process = os.fork()
    if not process:
        office.as_pdf(WORD)
        os._exit(0)
    wait_for(alive.exists)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)

    def stands_still() -> bool:
        before = alive.read_text()
        time.sleep(0.3)
        return alive.read_text() == before

    wait_for(stands_still)


def test_measuring_a_file_is_bounded_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_as_office(tmp_path, monkeypatch, "exit 1")
    (tmp_path / "x.docx").write_bytes(WORD)
    assert "能测量的" in sentence(inspect_file(tmp_path / "x.docx"))


def test_several_files_are_set_after_one_start_and_each_is_known_by_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "starts"
    makes = (
        'for file; do case $file in *.docx) echo "$file %%EOF" > "${file%.docx}.pdf";; esac; done'
    )
    serve_as_office(tmp_path, monkeypatch, f"echo >> {log}; {makes}")
    first, second = sealed(parts_of(WORD)), b"another"
    with office.together([first, second]):
        pdfs = [office.as_pdf(data) for data in (first, second, first)]
    assert log.read_text().count("\n") == 1
    assert pdfs[0] == pdfs[2] != pdfs[1]
    office.as_pdf(first)
    assert log.read_text().count("\n") == 2


def test_what_is_not_set_among_others_is_set_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    makes = 'for file; do :; done; case $file in *-*) ;; *) echo %%EOF > "${file%.docx}.pdf";; esac'
    serve_as_office(tmp_path, monkeypatch, makes)
    with office.together([WORD, b"another"]):
        assert office.as_pdf(WORD)


def test_a_verdict_is_a_line_whatever_the_words_of_the_file_hold() -> None:
    inspection = Inspection("x.pdf", "", None, (), problem="附件\r一\x08览表\x85")
    assert sentence(inspection) == "不能测量：附件<U+000D>一<U+0008>览表<U+0085>"
