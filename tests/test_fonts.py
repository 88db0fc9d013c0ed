"""Which font sets what: the bureau's own where it has them, else the free ones, and no others."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from conftest import CASE, STOCK, at, write
from publisher import fonts, pipeline
from publisher.checks.characters import is_invisible
from publisher.diagnostics import Severity
from publisher.standard import (
    FALLBACKS,
    FANG,
    HEI,
    KAI,
    LATIN,
    SONG,
    TYPEFACES,
    XIAO_BIAO_SONG,
    Typeface,
)


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


def make_font(path: Path, family: str, characters: str = "") -> None:
    names = {ord(one): f"u{ord(one):X}" for one in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", *names.values())})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (1000, 0)))
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


# -- which characters there are --------------------------------------------------------


RARE = "䶮喆堃玥𠮷𱁬"
NOWHERE = "😀\ue000\u0378\U0003ffff"


def coverage(folder: Path) -> fonts.Repertoire:
    """What the fonts of a folder have, read as a new process would read it."""
    fonts._coverage.cache_clear()
    found = fonts.coverage(folder)
    assert found is not None
    return found


def test_rare_names_and_chinese_marks_can_be_set_and_emoji_cannot(folder: Path) -> None:
    there = coverage(folder)
    assert [one for one in RARE + "“”—…〔〕★①Aa1 ～" if one not in there] == []
    assert [one for one in NOWHERE if one in there] == []
    assert None not in there


@pytest.mark.thorough
def test_any_font_of_the_bureau_helps_out(folder: Path) -> None:
    assert NOWHERE[1] not in coverage(folder)
    make_font(folder / "own" / "rare.ttf", "Rare Names", NOWHERE[:2])
    assert [one in coverage(folder) for one in NOWHERE] == [True, True, False, False]


def test_the_latin_face_counts_for_ascii_alone(folder: Path) -> None:
    make_font(folder / "own" / "times.ttf", "Times New Roman", NOWHERE[:2])
    there = coverage(folder)
    assert "A" in there
    assert NOWHERE[0] not in there


def test_what_fonts_have_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = coverage(folder)
    monkeypatch.setattr(fonts, "_characters", None)
    assert coverage(folder) == first


@pytest.mark.thorough
@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"fonts": [], "borders": [1]}', "\ufffd"])
def test_a_damaged_memory_of_it_is_read_again(folder: Path, kept: str) -> None:
    (folder / fonts.COVERAGE).write_text(kept, "utf-8")
    assert RARE[0] in coverage(folder)


def test_a_folder_that_cannot_be_written_does_no_harm(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "write_text", refuse)
    assert RARE[0] in coverage(folder)
    assert not (folder / fonts.COVERAGE).exists()


def test_a_damaged_font_sets_nothing(folder: Path) -> None:
    whole = (folder / "LiberationSerif-Regular.ttf").read_bytes()
    (folder / "own" / "half.ttf").write_bytes(whole[: len(whole) // 2])
    (folder / "own" / "page.ttf").write_text("<html>")
    assert RARE[0] in coverage(folder)


def test_without_the_fonts_of_the_standard_nothing_is_known(tmp_path: Path) -> None:
    assert fonts.coverage(tmp_path) is None


@pytest.mark.thorough
@pytest.mark.parametrize("face", [FANG, XIAO_BIAO_SONG])
def test_what_counts_as_there_is_never_printed_as_a_box(
    face: Typeface, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served = {one.face: one for one in fonts.served_faces(folder)}
    fonts.use(tuple(served.values()), folder)
    from weasyprint import HTML  # asks at once which fonts there are

    families = ", ".join(f'"{served[one].family}"' for one in (LATIN, face, *FALLBACKS))
    there = coverage(folder)
    last = {chr(end - 1) for end in there.borders[1::2]} | {"ก", NOWHERE[0]}
    words = "".join(one for one in sorted(last) if one in there or is_invisible(one))
    with caplog.at_level(logging.WARNING, "weasyprint"):
        HTML(string=f"<p style='font-family: {families}'>{escape(words)}").write_pdf()
    assert "notdef" not in caplog.text


def test_checking_asks_the_fonts_that_there_are_and_none_where_there_are_none(
    folder: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(content, {**STOCK, f"{CASE}/plan.md": f"逐段{NOWHERE[0]}排查。\n"})
    monkeypatch.setenv("PUBLISHER_FONTS", str(folder))
    (found,) = pipeline.read(content, CASE).findings
    assert (found.name, found.severity) == ("character_without_font", Severity.ERROR)
    assert at(found.place) == "plan.md:1:3"
    (folder / "LXGWWenKai-Regular.ttf").unlink()
    assert pipeline.read(content, CASE).findings == ()
