"""The wheel: all that the program needs travels in it, and it works outside a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import tool
from publisher import __main__, cli, fonts

ROOT = Path(__file__).parents[1]
RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from publisher.__main__ import main; main()"
"""The program as it was installed into a folder, the packages that it needs being those here."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked outside the checkout."""
    folder = tmp_path_factory.mktemp("source")
    build(ROOT, "sdist", folder)
    (made,) = folder.glob("*.tar.gz")
    with tarfile.open(made) as archive:
        archive.extractall(folder, filter="data")
    return folder / made.name.removesuffix(".tar.gz")


def build(project: Path, target: str, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=project,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build(ROOT, "wheel", folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is installed."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(site: Path, place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = ("PATH", "LC_ALL", "FONTCONFIG_FILE", "LD_LIBRARY_PATH")
    plain = {name: os.environ[name] for name in kept if name in os.environ}
    plain |= {"HOME": str(place), "XDG_DATA_HOME": str(place / "data")}
    command = [sys.executable, "-I", "-c", RUN, str(site), *arguments]
    return subprocess.run(
        command, cwd=place, env=plain, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_it_has_a_name_of_its_own_and_the_command_stays(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert wheel.name.startswith("gongwen_publisher-")
        assert "publisher = publisher.__main__:main" in archive.read(entry_points).decode()


def test_what_the_program_reads_travels_in_it(site: Path) -> None:
    shipped = site / "publisher" / "shipped"
    for folder in ("templates", "docs"):
        for path in sorted(shipped.joinpath(folder).rglob("*")):
            assert (
                path.is_dir()
                or path.read_bytes() == (ROOT / path.relative_to(shipped)).read_bytes()
            )
    templates = {path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*")}
    schemas = {path.relative_to(ROOT) for path in (ROOT / "docs").glob("*.schema.json")}
    there = {path.relative_to(shipped) for path in shipped.rglob("*")}
    assert templates | schemas <= there


@pytest.mark.thorough
def test_the_sdist_makes_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    build(source, "wheel", tmp_path)
    (made,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(made) as again, zipfile.ZipFile(wheel) as once:
        assert again.namelist() == once.namelist()
        assert all(again.read(name) == once.read(name) for name in once.namelist())


def test_on_windows_it_says_where_it_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(__main__, "os", SimpleNamespace(name="nt"))
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == cli.UNFINISHED
    assert "WSL" in capsys.readouterr().err


@pytest.mark.slow
def test_from_nothing_to_a_published_page(site: Path, tmp_path: Path) -> None:
    begun = run(site, tmp_path, "init", "--organ", "临江市民政局", "--like", "年检通知")
    assert begun.returncode == 0, begun.stderr
    lacking = run(site, tmp_path, "doctor")
    assert lacking.returncode == 2
    assert "publisher fonts" in lacking.stdout
    supplied = run(site, tmp_path, "fonts", "--from", str(fonts.folder()))
    assert supplied.returncode == 0, supplied.stderr
    ready = run(site, tmp_path, "doctor")
    assert ready.returncode == 0, ready.stdout
    assert str(tmp_path / "data") in ready.stdout
    published = run(site, tmp_path, "publish")
    assert published.returncode in (0, 1), published.stderr
    (page,) = tmp_path.glob("build/*-first/web/index.html")
    assert "<html" in page.read_text("utf-8")
    assert str(ROOT) not in published.stdout + published.stderr + ready.stdout


def test_the_licences_of_what_is_bundled_are_written_beside_it(wheel: Path, tmp_path: Path) -> None:
    assert tool("bundle").write_notices(wheel.parent, tmp_path / "notices") == []
    names = (tmp_path / "notices" / "licences.txt").read_text("utf-8")
    assert names == "gongwen_publisher\tMIT\n"
    kept = (tmp_path / "notices" / "gongwen_publisher" / "LICENSE").read_bytes()
    assert kept == (ROOT / "LICENSE").read_bytes()
