"""Which font sets what: the bureau's own where it has them, else the free ones, and no others."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from publisher import fonts
from publisher.standard import FANG, HEI, KAI, LATIN, SONG, TYPEFACES, XIAO_BIAO_SONG


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the free fonts, and the environment as it was afterwards."""
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))
    copy = tmp_path / "字 体"
    copy.mkdir()
    for font in fonts.folder().glob("*.[ot]t[fc]"):
        (copy / font.name).symlink_to(font.resolve())
    (copy / "own").mkdir()
    return copy


def make_font(path: Path, family: str) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def matched(family: str) -> tuple[str, str]:
    done = subprocess.run(
        ["fc-match", "-f", "%{file}|%{family[0]}", family], capture_output=True, text=True
    )
    file, _, name = done.stdout.partition("|")
    return Path(file).name, name


def test_each_face_is_served_by_its_free_font(folder: Path) -> None:
    served = {one.face: one.file.name for one in fonts.served_faces(folder)}
    assert served == {
        FANG: "FandolFang-Regular.otf",
        KAI: "LXGWWenKai-Regular.ttf",
        HEI: "NotoSansCJK-Regular.ttc",
        XIAO_BIAO_SONG: "NotoSerifCJK-Bold.ttc",
        SONG: "NotoSerifCJK-Regular.ttc",
        LATIN: "LiberationSerif-Regular.ttf",
    }


@pytest.mark.parametrize("family", FANG.families[:2] + KAI.families[:2] + HEI.families[:2])
def test_every_name_that_a_document_may_ask_by_finds_the_serving_font(
    folder: Path, family: str
) -> None:
    served = fonts.served_faces(folder)
    fonts.use(served, folder)
    wanted = next(one for one in served if family in one.face.families)
    assert matched(family)[0] == wanted.file.name


def test_the_title_face_is_bold_and_no_font_of_the_machine_is_seen(folder: Path) -> None:
    fonts.use(fonts.served_faces(folder), folder)
    assert matched("方正小标宋简体")[0] == "NotoSerifCJK-Bold.ttc"
    listed = subprocess.run(["fc-list", "-f", "%{file}\n"], capture_output=True, text=True).stdout
    assert {Path(line).parent for line in listed.split("\n") if line} == {folder}


def test_the_latin_face_sets_no_chinese_punctuation(folder: Path) -> None:
    fonts.use(fonts.served_faces(folder), folder)
    done = subprocess.run(
        ["fc-list", "Liberation Serif", "-f", "%{charset}"], capture_output=True, text=True
    )
    assert done.stdout == "21-7e"


def test_the_bureaus_own_font_wins(folder: Path) -> None:
    make_font(folder / "own" / "fang.ttf", "仿宋_GB2312")
    served = next(one for one in fonts.served_faces(folder) if one.face is FANG)
    assert (served.file.name, served.family) == ("fang.ttf", "仿宋_GB2312")


def test_a_file_that_is_no_font_serves_nothing(folder: Path) -> None:
    (folder / "own" / "readme.txt").write_text("not a font")
    assert len(fonts.served_faces(folder)) == len(TYPEFACES)


def test_a_missing_font_is_named_with_what_to_do(folder: Path) -> None:
    (folder / "LXGWWenKai-Regular.ttf").unlink()
    with pytest.raises(
        fonts.MissingFonts, match=r"楷体字体 LXGWWenKai-Regular.ttf，请运行 make fonts"
    ):
        fonts.served_faces(folder)


def test_the_configuration_is_written_once(folder: Path) -> None:
    served = fonts.served_faces(folder)
    fonts.use(served, folder)
    before = (folder / fonts.CONFIGURATION).stat().st_mtime_ns
    fonts.use(served, folder)
    assert (folder / fonts.CONFIGURATION).stat().st_mtime_ns == before
    shutil.rmtree(folder)
