"""A folder of font files → which of them serves each face of the standard, told to fontconfig."""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from publisher import shipped
from publisher.diagnostics import BrokenEnvironment
from publisher.shapes import value_of
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

FOLDER = ".fonts"
CONFIGURATION = "fonts.conf"
COVERAGE = "coverage.json"
SOURCES = "sources.txt"
"""Below the folder of fonts: a line each of which package or file a free font was taken from."""
OWN = "own"
"""Below the folder of fonts: the bureau's own, which win."""

NORMAL, BOLD = 400, 700

# The free fonts that serve where the bureau has none: file, number in a collection, family, weight.
_FREE = {
    FANG: ("FandolFang-Regular.otf", 0, "FandolFang R", NORMAL),
    KAI: ("LXGWWenKai-Regular.ttf", 0, "LXGW WenKai", NORMAL),
    HEI: ("NotoSansCJK-Regular.ttc", 2, "Noto Sans CJK SC", NORMAL),
    XIAO_BIAO_SONG: ("NotoSerifCJK-Bold.ttc", 2, "Noto Serif CJK SC", BOLD),
    SONG: ("NotoSerifCJK-Regular.ttc", 2, "Noto Serif CJK SC", NORMAL),
    LATIN: ("LiberationSerif-Regular.ttf", 0, "Liberation Serif", NORMAL),
}

# SHA-256 of the releases with which documents were looked at: those of Debian 12, which are
# texlive-lang-chinese 2022.20230122-1, fonts-lxgw-wenkai 1.250+repack-1,
# fonts-noto-cjk 1:20220127+repack1-1 and fonts-liberation 1:1.07.4-11.
_KNOWN = {
    "FandolFang-Regular.otf": "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
    "LXGWWenKai-Regular.ttf": "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
    "NotoSansCJK-Regular.ttc": "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "NotoSerifCJK-Bold.ttc": "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac",
    "NotoSerifCJK-Regular.ttc": "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
    "LiberationSerif-Regular.ttf": (
        "1c9c77c2cd0f3c2d2aeef53ea50a4d5d3d684ac73a431d7c70d7864887d194a3"
    ),
}


class MissingFonts(BrokenEnvironment):
    """The folder lacks a font that a face of the standard needs."""


@dataclass(frozen=True, slots=True)
class ServedFace:
    """Which font file sets a face."""

    face: Typeface
    file: Path
    index: int
    """The font's number in a collection."""
    family: str
    """The name that the font gives itself."""
    weight: int
    """As CSS counts it."""


def folder() -> Path:
    """The folder of fonts: PUBLISHER_FONTS, or `.fonts` of the checkout; where the program was
    installed, `.fonts` here, if there is one, or what this user keeps for all work.
    """
    if named := os.environ.get("PUBLISHER_FONTS"):
        return Path(named)
    if shipped.CHECKOUT:
        return shipped.CHECKOUT / FOLDER
    here = Path.cwd() / FOLDER
    return here if here.is_dir() else user_data_path("publisher", appauthor=False) / "fonts"


def own_families() -> frozenset[str]:
    """The families of the office's own fonts: those of the standard's faces that are not free."""
    free = {family for _, _, family, _ in _FREE.values()}
    return frozenset(family for face in TYPEFACES for family in face.families) - free


def served_faces(fonts: Path) -> tuple[ServedFace, ...]:
    """For each face of the standard the font that sets it; MissingFonts where one has none."""
    own = _own_families(fonts / OWN)
    return tuple(_served(face, own, fonts) for face in TYPEFACES)


def _served(face: Typeface, own: dict[str, Path], fonts: Path) -> ServedFace:
    for family in face.families:
        if family in own:
            return ServedFace(face, own[family], 0, family, NORMAL)
    name, index, family, weight = _FREE[face]
    if not (fonts / name).is_file():
        command = "make fonts" if shipped.CHECKOUT else "publisher fonts"
        raise MissingFonts(f"没有找到{face.name}字体 {name}，请运行 {command}")
    return ServedFace(face, fonts / name, index, family, weight)


def unknown_releases(served: Mapping[ServedFace, str], fonts: Path) -> tuple[str, ...]:
    """A sentence in Chinese for each free font that is another than those documents were looked at
    with: what is set may differ a little. `served` tells each face's SHA-256; what the bureau's own
    fonts are is the bureau's to know.
    """
    names = {
        face.file.name
        for face, digest in served.items()
        if face.file.parent == fonts and _KNOWN.get(face.file.name, digest) != digest
    }
    return tuple(
        f"字体 {name}{_whence(name, fonts)}与本程序试过的版本不同，换行和测量结果可能略有差别"
        for name in sorted(names)
    )


def _whence(name: str, fonts: Path) -> str:
    """Where a free font was taken from, if that is known."""
    with suppress(OSError, UnicodeDecodeError):
        for line in (fonts / SOURCES).read_text("utf-8").splitlines():
            if line.startswith(f"{name}\t"):
                return f"（来自 {line.removeprefix(name).strip()}）"
    return f"（{fonts / name}）"


def _own_families(own: Path) -> dict[str, Path]:
    """The family names of the bureau's own fonts; of two files of a name the first."""
    files = sorted(own.glob("*"))
    if not files:
        return {}
    from fontTools.ttLib import TTFont, TTLibError

    families: dict[str, Path] = {}
    for file in files:
        try:
            with TTFont(file, fontNumber=0, lazy=True) as font:
                names = [record.toUnicode() for record in font["name"].names if record.nameID == 1]
        except (OSError, TTLibError, UnicodeDecodeError):
            continue  # a file that is no font serves nothing
        for name in names:
            families.setdefault(name, file)
    return families


def call_by_number(font: Any) -> None:
    """Have glyphs called by their numbers: their names take longer to read than all else."""
    font.setGlyphOrder([f"glyph{number:05}" for number in range(font["maxp"].numGlyphs)])


def advances(served: ServedFace) -> dict[str, float]:
    """The widths of a font's characters, in parts of its size; reading large fonts takes 0.1 s."""
    from fontTools.ttLib import TTFont

    with TTFont(served.file, fontNumber=served.index, lazy=True) as font:
        call_by_number(font)
        widths, unit = font["hmtx"], font["head"].unitsPerEm
        glyphs = font.getBestCmap() or {}
        return {chr(code): widths[glyph][0] / unit for code, glyph in glyphs.items()}


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where a program that sets lines puts a font's baseline, in parts of the size."""

    ascent: float
    descent: float


def baseline(served: ServedFace) -> Baseline:
    """How far the font says it rises above its baseline and falls below."""
    from fontTools.ttLib import TTFont

    with TTFont(served.file, fontNumber=served.index, lazy=True) as font:
        unit, table = font["head"].unitsPerEm, font["hhea"]
        return Baseline(table.ascent / unit, -table.descent / unit)


def use(faces: tuple[ServedFace, ...], fonts: Path) -> None:
    """Make fontconfig, in this process and those it starts, know these fonts and no others.

    A document that asks for a face by a name that is not here, as a DOCX does, gets the font that
    serves; the font keeps its own name, so that a PDF tells truly what set it.
    """
    os.environ["FONTCONFIG_FILE"] = str(configure(faces, fonts).resolve())


def configure(faces: tuple[ServedFace, ...], fonts: Path) -> Path:
    """The file by which fontconfig knows these fonts; written beside them where it is another."""
    configuration = fonts / CONFIGURATION
    text = _configuration(faces, fonts)
    if not configuration.is_file() or configuration.read_text("utf-8") != text:
        _write_whole(configuration, text)
    return configuration


def _configuration(faces: tuple[ServedFace, ...], fonts: Path) -> str:
    directory = escape(str(fonts.resolve()))
    rules = "".join(_alias(served, faces) for served in faces)
    rules += _LATIN_ONLY.format(file=escape(_of(LATIN, faces).file.name))
    rules += _WITHOUT_NARROW_MARKS.format(file=_FREE[KAI][0])
    # What fontconfig remembers of a font includes what these rules made of it.
    cache = f"cache-{sha256(rules.encode()).hexdigest()[:8]}"
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{directory}</dir>
  <cachedir>{directory}/{cache}</cachedir>
  <cachedir prefix="xdg">publisher/fonts-{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
{rules}</fontconfig>
"""


def _of(face: Typeface, faces: tuple[ServedFace, ...]) -> ServedFace:
    return next(served for served in faces if served.face is face)


def _alias(served: ServedFace, faces: tuple[ServedFace, ...]) -> str:
    """The rule by which a face's names find the font that serves, and after it the fallbacks."""
    names = dict.fromkeys([served.family, *(_of(face, faces).family for face in FALLBACKS)])
    weight = "bold" if served.weight == BOLD else "regular"
    return "".join(
        f"""  <match target="pattern">
    <test name="family"><string>{escape(family)}</string></test>
    <edit name="family" mode="assign" binding="strong">
      {"".join(f"<string>{escape(name)}</string>" for name in names)}</edit>
    <edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit>
  </match>
"""
        for family in served.face.families
        if family not in _FREE_FAMILIES
    )


_FREE_FAMILIES = {family for _, _, family, _ in _FREE.values()}

# “ ” — … belong to the Chinese face that stands beside the Latin one (GB/T 15834).
_LATIN_ONLY = """  <match target="scan">
    <test name="file" compare="contains"><string>{file}</string></test>
    <edit name="charset" mode="assign"><charset><range>
      <int>0x0021</int><int>0x007e</int>
    </range></charset></edit>
  </match>
"""

# The free 楷体 has these as narrow as in English text; the next face has them full width.
_WITHOUT_NARROW_MARKS = """  <match target="scan">
    <test name="file" compare="contains"><string>{file}</string></test>
    <edit name="charset" mode="assign"><minus><name>charset</name><charset>
      <int>0x00b7</int><int>0x00d7</int>
      <int>0x2018</int><int>0x2019</int><int>0x201c</int><int>0x201d</int>
    </charset></minus></edit>
  </match>
"""


# -- which characters there are --------------------------------------------------------

_FontState = tuple[str, int, int, int]
"""A font file: path below the folder of fonts, number in a collection, bytes, time of change."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """The characters that some font of a folder has."""

    borders: tuple[int, ...]
    """Where runs of characters begin and, in turn, where they have ended; ascending."""

    def __contains__(self, character: object) -> bool:
        code = ord(character) if isinstance(character, str) else -1
        return bisect_right(self.borders, code) % 2 == 1


def coverage(fonts: Path) -> Repertoire | None:
    """What can be set with the fonts of a folder; None where fonts of the standard are missing.

    A character that its face lacks is set in a fallback and then in any font of the folder, so all
    of them count. What was read of the fonts is kept beside them, if that can be written.
    """
    try:
        served = served_faces(fonts)
    except MissingFonts:
        return None
    files = {(face.file, face.index) for face in served if face.face is not LATIN}
    files |= {
        (fonts / name, index) for face, (name, index, *_) in _FREE.items() if face is not LATIN
    }
    files |= {(file, 0) for file in (fonts / OWN).glob("*") if file != _of(LATIN, served).file}
    return _coverage(fonts, tuple(sorted(_states(files, fonts))))


def _states(files: Iterable[tuple[Path, int]], fonts: Path) -> Iterable[_FontState]:
    for file, index in files:
        if file.is_file():
            state = file.stat()
            name = file.relative_to(fonts).as_posix()
            yield name, index, state.st_size, state.st_mtime_ns


@lru_cache(maxsize=4)
def _coverage(fonts: Path, states: tuple[_FontState, ...]) -> Repertoire:
    kept = _kept_coverage(fonts, states)
    if kept is None:
        kept = Repertoire(tuple(_borders(_characters(fonts, states))))
        _keep_coverage(kept, fonts, states)
    return kept


def _characters(fonts: Path, states: Iterable[_FontState]) -> set[int]:
    """The code points that the fonts have, and ASCII: what `_LATIN_ONLY` leaves the Latin face."""
    from fontTools.ttLib import TTFont, TTLibError

    characters = set(range(0x20, 0x7F))
    for name, index, *_ in states:
        try:
            with TTFont(fonts / name, fontNumber=index, lazy=True) as font:
                call_by_number(font)
                characters |= (font.getBestCmap() or {}).keys()
        except (OSError, TTLibError, KeyError):
            continue  # a file that is no font sets nothing
    return characters


def _borders(characters: Iterable[int]) -> Iterable[int]:
    end = None
    for character in sorted(characters):
        if character != end:
            if end is not None:
                yield end
            yield character
        end = character + 1
    if end is not None:
        yield end


def _kept_coverage(fonts: Path, states: tuple[_FontState, ...]) -> Repertoire | None:
    """What was read of the same fonts before; None where that is not there or not whole."""
    try:
        kept = value_of((fonts / COVERAGE).read_bytes())
        if kept["fonts"] == [list(state) for state in states]:
            return Repertoire(tuple(map(int, kept["borders"])))
    except (OSError, ValueError, TypeError, KeyError):
        pass
    return None


def _keep_coverage(coverage: Repertoire, fonts: Path, states: tuple[_FontState, ...]) -> None:
    with suppress(OSError):  # a folder that cannot be written: they are read again next time
        kept = json.dumps({"fonts": states, "borders": coverage.borders})
        _write_whole(fonts / COVERAGE, kept)


def _write_whole(path: Path, text: str) -> None:
    """Write a file that other processes may read at any time."""
    part = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
