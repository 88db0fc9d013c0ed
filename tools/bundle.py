"""The program, what it needs and the fonts → one archive that sets up a machine without internet.

In it: `wheels/`, `fonts/`, `notices/` with the licences of all that travels, and `install.sh`.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from publisher import __version__, fonts, fontsupply

ROOT = Path(__file__).parents[1]
NAME = f"publisher-{__version__}-offline"
INSTALL = """\
#!/bin/sh
# 在不能上网的机器上安装 publisher：sh install.sh [文件夹]，默认装在 ~/publisher。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=${1:-$HOME/publisher}
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "需要 Python 3.11 或更高版本（可用 PYTHON=/路径/python3.11 指定）。" >&2
    exit 2
}
"$python" -m venv "$home"
"$home/bin/pip" install --quiet --no-index --find-links "$here/wheels" gongwen-publisher
"$home/bin/publisher" fonts --from "$here/fonts"
echo "已经装好：$home/bin/publisher"
"$home/bin/publisher" doctor
"""
_NOTICES = ("licen", "copying", "notice", "authors")
"""How the names of files begin, or go on, that tell of a licence."""


def main() -> None:
    """Write the archive, and say what is in it."""
    parser = argparse.ArgumentParser(description="做一个离线安装包")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / f"{NAME}.tar.gz")
    target = parser.parse_args().output
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / NAME
        without = fill(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(target, "w:gz", compresslevel=1) as archive:
            archive.add(place, NAME)
        count = len(list((place / "wheels").iterdir()))
    print(f"{target}：{count} 个软件包和字体，{target.stat().st_size // 2**20} MB。")
    if without:
        print(f"没有许可证文件的软件包：{'、'.join(without)}；名称见 notices/licences.txt。")


def fill(place: Path, python: str | None = None) -> list[str]:
    """Make a folder what the archive holds; the names of packages without a file of their licence.

    It is for this machine's system and processor, and for its Python where none is named.
    """
    missing = fontsupply.missing(fonts.folder())
    if missing:
        sys.exit(f"缺少字体 {'、'.join(missing)}，请先运行 make fonts")
    fetch_wheels(place / "wheels", python)
    copy_fonts(fonts.folder(), place / "fonts")
    (place / "install.sh").write_text(INSTALL, "utf-8")
    return write_notices(place / "wheels", place / "notices")


def fetch_wheels(folder: Path, python: str | None) -> None:
    """Our own wheel, and those of all that it needs, as the lock file pins them."""
    folder.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    locked = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
    if python:
        locked += ["--python-version", python]
    subprocess.run([*pip, "download", "--only-binary=:all:", *locked, "-d", folder], check=True)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)


def copy_fonts(source: Path, target: Path) -> None:
    """The free fonts with what is known of them; the office's own ones are the office's."""
    target.mkdir(parents=True)
    for name in (*fontsupply.PACKAGES, fonts.SOURCES):
        shutil.copyfile(source / name, target / name)
    shutil.copytree(source / fontsupply.LICENCES, target / fontsupply.LICENCES)


def write_notices(wheels: Path, folder: Path) -> list[str]:
    """The licences of all wheels, a folder each, and their names in `licences.txt`; the names of
    those that hold no such file.
    """
    folder.mkdir(parents=True)
    lines, without = [], []
    for path in sorted(wheels.glob("*.whl")):
        name = path.name.split("-")[0]
        with zipfile.ZipFile(path) as wheel:
            lines.append(f"{name}\t{licence_of(wheel)}\n")
            notices = list(notices_in(wheel))
            for inner in notices:
                target = folder / name / PurePosixPath(inner).name
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(wheel.read(inner))
        if not notices:
            without.append(name)
    (folder / "licences.txt").write_text("".join(lines), "utf-8")
    return without


def notices_in(wheel: zipfile.ZipFile) -> Iterator[str]:
    """The files in the metadata of a wheel that tell of its licence."""
    for name in wheel.namelist():
        parts = PurePosixPath(name).parts
        is_notice = parts[-1].lower().startswith(_NOTICES)
        if parts[0].endswith(".dist-info") and (is_notice or "licenses" in parts[1:-1]):
            yield name


def licence_of(wheel: zipfile.ZipFile) -> str:
    """What the metadata of a wheel calls its licence."""
    metadata = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    lines = io.TextIOWrapper(wheel.open(metadata), "utf-8").read().split("\n\n")[0].splitlines()
    for key in ("License-Expression: ", "License: "):
        if line := next((line for line in lines if line.startswith(key)), None):
            return line.removeprefix(key)
    kinds = [line.split(" :: ")[-1] for line in lines if line.startswith("Classifier: License")]
    return "、".join(kinds) or "没有写明"


if __name__ == "__main__":
    main()
