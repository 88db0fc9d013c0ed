"""Files that pass: nobody else's, and gone with the run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from publisher import scratch


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder for temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_all_temporary_files_go_there_and_with_it(place: Path) -> None:
    with scratch.folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert Path(tempfile.mkdtemp()).parent == folder
        asked = [sys.executable, "-c", "import tempfile; print(tempfile.mkdtemp())"]
        other = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        assert Path(other.strip()).parent == folder
    assert list(place.iterdir()) == []
    assert os.environ["TMPDIR"] == str(place)


def test_what_a_killed_run_left_is_removed_by_the_next(place: Path) -> None:
    killed = (
        "import os, signal; from publisher import scratch\n"
        "with scratch.folder() as f: (f / 'secret').write_text('x'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", killed], check=False)
    (left,) = place.iterdir()
    assert (left / "secret").exists()
    with scratch.folder() as folder:
        assert list(place.iterdir()) == [folder]


def test_what_is_in_use_stays(place: Path) -> None:
    with scratch.folder() as first, scratch.folder() as second:
        assert first.is_dir()
        assert second.is_dir()


def test_what_is_not_ours_stays(place: Path) -> None:
    (place / "publisher-notes").mkdir()
    (place / "publisher-link").symlink_to(place)
    with scratch.folder():
        assert (place / "publisher-notes").is_dir()
        assert (place / "publisher-link").is_symlink()
