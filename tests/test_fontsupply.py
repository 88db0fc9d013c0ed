"""Fonts: taken from a folder or this system, put whole into their own, the office's linked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publisher import cli, fonts, fontsupply
from publisher.fontsupply import Installed


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fontsupply, "installed", lambda: ())
    monkeypatch.setattr(fontsupply, "_in_package", lambda package, name: None)


@pytest.mark.usefixtures("nothing_installed")
def test_they_are_taken_from_a_folder(tmp_path: Path) -> None:
    said: list[str] = []
    fontsupply.supply(tmp_path / "fonts", said.append, fonts.folder())
    assert fontsupply.missing(tmp_path / "fonts") == ()
    assert fonts.served_faces(tmp_path / "fonts")
    whence = (tmp_path / "fonts" / fonts.SOURCES).read_text("utf-8")
    assert {line.split("\t")[0] for line in whence.splitlines()} == set(fontsupply.PACKAGES)
    assert any((tmp_path / "fonts" / fontsupply.LICENCES).iterdir())
    (sentence,) = said
    assert sentence.endswith(f"，从 {fonts.folder()} 取得 {len(fontsupply.PACKAGES)} 个。")
    assert (tmp_path / "fonts" / fonts.CONFIGURATION).is_file()
    fontsupply.supply(tmp_path / "fonts", said.append)
    assert len(said) == 1


@pytest.mark.usefixtures("nothing_installed")
def test_a_folder_without_them_is_told(tmp_path: Path) -> None:
    with pytest.raises(fontsupply.NoFonts, match=r"FandolFang-Regular\.otf"):
        fontsupply.supply(tmp_path / "fonts", print, tmp_path)
    assert sorted(path.name for path in (tmp_path / "fonts").iterdir()) == []


@pytest.mark.usefixtures("nothing_installed")
def test_what_is_no_text_beside_them_is_not_waited_for(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / fontsupply.LICENCES).mkdir(parents=True)
    for name in fontsupply.PACKAGES:
        (source / name).symlink_to(fonts.folder() / name)
    os.mkfifo(source / fontsupply.LICENCES / "x.txt")
    os.mkfifo(source / fonts.SOURCES)
    fontsupply.supply(tmp_path / "fonts", print, source)
    assert fontsupply.missing(tmp_path / "fonts") == ()
    assert not any((tmp_path / "fonts" / fontsupply.LICENCES).iterdir())


def test_it_is_said_that_a_folder_was_not_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["fonts", "--from", str(tmp_path)]) == cli.CLEAN
    assert f"没有看 {tmp_path}；" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where fonts are complete: it would seem to have been looked at."""
    assert cli.run(["fonts", "--from", str(tmp_path / "x")]) == cli.WRONG_USAGE
    assert f"找不到文件夹 {tmp_path / 'x'}。" in capsys.readouterr().err


def test_a_folder_that_may_only_be_read_is_remembered_elsewhere() -> None:
    """Fontconfig writes into the first of its folders that it may."""
    served = fonts.served_faces(fonts.folder())
    text = fonts.configure(served, fonts.folder()).read_text("utf-8")
    assert '<cachedir prefix="xdg">' in text.split("<cachedir>")[1]


@pytest.mark.usefixtures("nothing_installed")
def test_a_system_without_apt_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(fontsupply.NoFonts, match="--from"):
        fontsupply.supply(tmp_path / "fonts", print)


def test_what_is_installed_is_copied_and_the_office_s_own_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "system"
    place.mkdir()
    free = [place / name for name in fontsupply.PACKAGES]
    own = place / "simfang.ttf"
    slanted, heavy, bitmap = place / "timesi.ttf", place / "timesbd.ttf", place / "fang.pcf"
    for path in (*free, own, slanted, heavy, bitmap):
        path.write_bytes(path.name.encode())
    present = (
        *(Installed(path, ("Free",), is_upright=True, is_heavy=False) for path in free),
        Installed(own, ("仿宋_GB2312", "FangSong_GB2312"), is_upright=True, is_heavy=False),
        Installed(slanted, ("Times New Roman",), is_upright=False, is_heavy=False),
        Installed(heavy, ("Times New Roman",), is_upright=True, is_heavy=True),
        Installed(bitmap, ("仿宋",), is_upright=True, is_heavy=False),
    )
    monkeypatch.setattr(fontsupply, "installed", lambda: present)
    folder = tmp_path / "fonts"
    said: list[str] = []
    fontsupply.supply(folder, said.append)
    assert all((folder / name).read_bytes() == name.encode() for name in fontsupply.PACKAGES)
    (link,) = (folder / fonts.OWN).iterdir()
    assert link.readlink() == own
    assert any("1 个文件" in words for words in said)
    monkeypatch.setattr(fontsupply, "installed", lambda: present[:-4])
    fontsupply.supply(folder, said.append)
    assert list((folder / fonts.OWN).iterdir()) == []


def test_free_families_are_never_taken_for_the_office_s_own() -> None:
    own = fonts.own_families()
    assert {"仿宋_GB2312", "方正小标宋简体", "Times New Roman"} <= own
    assert not own & {"LXGW WenKai", "Noto Sans CJK SC", "Liberation Serif", "FandolFang R"}


@pytest.mark.parametrize(
    ("line", "is_upright", "is_heavy"),
    [
        ("/f/a.ttf\t仿宋,FangSong\t0\t80", True, False),
        ("/f/a.ttf\tA\t100\t200", False, True),
        ("/f/a.ttf\tA\t0\t[0 210]", True, False),
    ],
)
def test_what_fontconfig_says_is_read(line: str, is_upright: bool, is_heavy: bool) -> None:
    font = fontsupply._installed(line)
    assert font is not None
    assert (font.is_upright, font.is_heavy) == (is_upright, is_heavy)
