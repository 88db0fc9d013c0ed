"""This system, Debian's packages or a folder → the fonts that publishing needs, in their folder.

A free font is taken where it is installed, else out of its package, which nobody need be root for.
What of the office's own fonts is installed is linked, and wins.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from publisher import fonts, output, programs
from publisher.diagnostics import BrokenEnvironment
from publisher.files import Refusal, read_regular
from publisher.standard import LATIN

PACKAGES = {
    "FandolFang-Regular.otf": "texlive-lang-chinese",
    "LXGWWenKai-Regular.ttf": "fonts-lxgw-wenkai",
    "LiberationSerif-Regular.ttf": "fonts-liberation",
    "NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "NotoSerifCJK-Bold.ttc": "fonts-noto-cjk",
    "NotoSerifCJK-Regular.ttc": "fonts-noto-cjk",
}
"""The package of Debian that each free font is taken from."""
LICENCES = "licences"
"""Below the folder of fonts: what their packages say of their licences."""
_FONT = re.compile(r"\.(?:ttf|otf|ttc)", re.IGNORECASE)
_FANDOL = "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
_SLANTED, _BOLDER = 0, 100
"""As fontconfig counts them."""
_SECONDS = 60
_DOWNLOAD_SECONDS = 1800

Say = Callable[[str], None]


class NoFonts(BrokenEnvironment):
    """Fonts could not be had; the sentence says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A font file of this system, as fontconfig knows it."""

    path: Path
    families: tuple[str, ...]
    is_upright: bool
    is_heavy: bool
    """Whether it is bolder than ordinary text."""


def missing(folder: Path) -> tuple[str, ...]:
    """The free fonts that are not in a folder, by their files' names."""
    return tuple(name for name in PACKAGES if not (folder / name).is_file())


def supply(folder: Path, say: Say, source: Path | None = None) -> None:
    """Put the free fonts that a folder lacks into it, and link the office's own ones.

    `source` is a folder that holds them, for a machine without internet. NoFonts, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with output.alone(folder):
        _supply(folder, say, source)


def _supply(folder: Path, say: Say, source: Path | None) -> None:
    present = [font for font in installed() if not font.path.is_relative_to(folder.resolve())]
    lacking = missing(folder)
    if lacking:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as made:
            work = Path(made)
            taken = _from_folder(lacking, source) if source else _from_system(lacking, present)
            if rest := [name for name in lacking if name not in taken]:
                if source:
                    raise NoFonts(f"文件夹 {source} 中没有字体 {'、'.join(rest)}")
                taken |= _from_packages(rest, work, say)
            _put(folder, taken)
        whence = f"，从 {source} 取得 {len(taken)} 个" if source else ""
        say(f"字体已就绪（{folder}）{whence}。")
    _link_own(folder / fonts.OWN, present, say)
    fonts.configure(fonts.served_faces(folder), folder)  # others may not write here


def installed() -> tuple[Installed, ...]:
    """The fonts that fontconfig knows; none where it is not there."""
    form = "%{file}\t%{family}\t%{slant}\t%{weight}\n"
    try:
        done = programs.run(["fc-list", "--format", form], _SECONDS)
    except (OSError, programs.TooMuch, subprocess.TimeoutExpired):
        return ()
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return tuple(filter(None, map(_installed, lines)))


def _installed(line: str) -> Installed | None:
    match line.split("\t"):
        case [path, families, slant, weight]:
            return Installed(
                Path(path),
                tuple(families.split(",")),
                is_upright=_number(slant) <= _SLANTED,
                is_heavy=_number(weight) > _BOLDER,
            )
    return None


def _number(words: str) -> float:
    """The first number of a range, as variable fonts have it; 0 where there is none."""
    match = re.search(r"[0-9]+(?:\.[0-9]+)?", words)
    return float(match[0]) if match else 0.0


# -- where the free fonts are taken from ------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Taken:
    """A font file to be copied, and whence it is."""

    path: Path
    whence: str
    licences: Mapping[str, bytes]
    """By the names of the files that they become."""


def _from_folder(names: Iterable[str], source: Path) -> dict[str, _Taken]:
    texts = {path.name: read_regular(path) for path in sorted((source / LICENCES).glob("*.txt"))}
    licences = {name: text for name, text in texts.items() if isinstance(text, bytes)}
    known = _lines_of_sources(source / fonts.SOURCES)
    return {
        name: _Taken(path, known.get(name, str(path)), licences)
        for name in names
        if (path := source / name).is_file()
    }


def _lines_of_sources(file: Path) -> dict[str, str]:
    text = read_regular(file)
    if isinstance(text, Refusal):
        return {}
    lines = (line.partition("\t") for line in text.decode("utf-8", "replace").splitlines())
    return {name: whence for name, _, whence in lines}


def _from_system(names: Iterable[str], present: Iterable[Installed]) -> dict[str, _Taken]:
    paths = {font.path.name: font.path for font in present}
    taken = {}
    for name in names:
        package = PACKAGES[name]
        path = paths.get(name) or _in_package(package, name)  # fontconfig knows not TeX's folder
        if path is not None and path.is_file():
            version = _says("dpkg-query", "-W", "-f", "${Version}", package)
            whence = f"{package} {version}" if version else str(path)
            taken[name] = _Taken(path, whence, _licences(Path("/"), package))
    return taken


def _in_package(package: str, name: str) -> Path | None:
    """The file of that name in a package that is installed."""
    lines = _says("dpkg-query", "-L", package).splitlines()
    return next((Path(line) for line in lines if line.endswith(f"/{name}")), None)


def _licences(root: Path, package: str) -> dict[str, bytes]:
    made = {}
    with suppress(OSError):
        made[f"{package}.txt"] = (root / "usr/share/doc" / package / "copyright").read_bytes()
    if package == PACKAGES["FandolFang-Regular.otf"]:
        with suppress(OSError, EOFError):
            made["Fandol.txt"] = gzip.decompress((root / _FANDOL).read_bytes())
    return made


def _says(*command: str) -> str:
    """What a command says; nothing where it cannot be run, or fails."""
    with suppress(OSError, programs.TooMuch, subprocess.TimeoutExpired):
        done = programs.run(command, _SECONDS)
        if done.returncode == 0:
            return done.stdout.decode("utf-8", "replace").strip()
    return ""


# -- out of packages --------------------------------------------------------------------


def _from_packages(names: Iterable[str], work: Path, say: Say) -> dict[str, _Taken]:
    """Fonts out of Debian's packages, fetched into a folder of our own."""
    wanted = list(names)
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise NoFonts(
            f"缺少字体 {'、'.join(wanted)}，本系统没有 apt-get，无法自动下载；"
            "请在另一台机器上取得这些文件，放在一个文件夹里，再运行 publisher fonts --from 文件夹"
        )
    packages = sorted({PACKAGES[name] for name in wanted})
    say(f"正在下载字体（{'、'.join(packages)}），只此一次，请稍候……")
    _download(packages, work)
    root, versions = work / "root", {}
    for package in packages:
        for archive in work.glob(f"{package}_*.deb"):
            programs.run(["dpkg-deb", "-x", str(archive), str(root)], _DOWNLOAD_SECONDS)
            versions[package] = _says("dpkg-deb", "-f", str(archive), "Version")
    taken = {}
    for name in wanted:
        package = PACKAGES[name]
        path = next((path for path in root.rglob(name) if path.is_file()), None)
        if path is None:
            raise NoFonts(f"没有从软件包 {package} 中取得字体 {name}，请检查网络后重试")
        whence = f"{package} {versions.get(package, '')}".strip()
        taken[name] = _Taken(path, whence, _licences(root, package))
    return taken


def _download(packages: list[str], work: Path) -> None:
    """Fetch packages into `work`; with lists of our own where the system's do not do."""
    (work / "lists" / "partial").mkdir(parents=True)
    (work / "cache" / "archives" / "partial").mkdir(parents=True)
    common = ["-qq", "-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=3"]
    own = ["-o", f"Dir::State::lists={work / 'lists'}", "-o", f"Dir::Cache={work / 'cache'}"]
    own += ["-o", "Debug::NoLocking=1"]
    if _runs(["apt-get", *common, "download", *packages], work):
        return
    _runs(["apt-get", *common, *own, "update"], work)
    if not _runs(["apt-get", *common, *own, "download", *packages], work):
        raise NoFonts(f"字体下载失败（{'、'.join(packages)}），请检查网络后重试")


def _runs(command: list[str], place: Path) -> bool:
    """Whether a command that works in a folder succeeds."""
    try:
        shell = ["sh", "-c", 'cd "$0" && exec "$@"', str(place), *command]
        return programs.run(shell, _DOWNLOAD_SECONDS).returncode == 0
    except (OSError, programs.TooMuch, subprocess.TimeoutExpired):
        return False


# -- into the folder --------------------------------------------------------------------


def _put(folder: Path, taken: Mapping[str, _Taken]) -> None:
    """Copy fonts, each whole or not at all, with what is known of them."""
    licences = folder / LICENCES
    licences.mkdir(exist_ok=True)
    for name, font in taken.items():
        for file, data in font.licences.items():
            (licences / file).write_bytes(data)
        beside = folder / f".new-{name}"
        shutil.copyfile(font.path, beside)
        beside.replace(folder / name)
    known = _lines_of_sources(folder / fonts.SOURCES)
    known |= {name: font.whence for name, font in taken.items()}
    lines = (f"{name}\t{whence}\n" for name, whence in sorted(known.items()))
    (folder / fonts.SOURCES).write_text("".join(lines), "utf-8")


def _link_own(own: Path, present: Iterable[Installed], say: Say) -> None:
    """Link the office's own fonts; what is there already stays, and fontconfig's cache valid."""
    wanted = sorted(_own(present, fonts.own_families()))
    own.mkdir(parents=True, exist_ok=True)
    links = [path for path in own.iterdir() if path.is_symlink()]
    if sorted(path.readlink() for path in links) == wanted:
        return
    for link in links:
        link.unlink()
    for path in wanted:
        (own / f"{crc32(os.fsencode(path))}-{path.name}").symlink_to(path)
    if wanted:
        say(f"优先使用本机已装的公文字体（{len(wanted)} 个文件）。")


def _own(present: Iterable[Installed], named: frozenset[str]) -> Iterator[Path]:
    """The upright fonts of the families that the standard names; letters not bold either."""
    letters = set(LATIN.families)
    for font in present:
        families = named.intersection(font.families)
        if not families or not font.is_upright or not _FONT.fullmatch(font.path.suffix):
            continue
        if not (font.is_heavy and families & letters):
            yield font.path
