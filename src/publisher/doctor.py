"""This machine → what the program needs and finds here, what it lacks, and the command for that."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publisher import __version__, fonts, fontsupply, office, shipped, templates
from publisher.fonts import MissingFonts


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that was looked for; all words in Chinese."""

    name: str
    is_there: bool
    words: str
    """What was found; of what is missing, what cannot be done without it."""
    is_needed: bool = True
    """Whether nothing can be published without it."""
    command: str = ""
    """That brings what is missing."""


def examined() -> Iterator[Need]:
    """Everything that the program uses of a machine, what it needs first."""
    yield Need("程序", True, f"publisher {__version__}，Python {platform.python_version()}")
    for look in (_templates, _manual, _typesetter, _fonts, _office, _git, _browser):
        yield look()


def _templates() -> Need:
    place = templates.root()
    there = (place / "print").is_dir() and (place / "web").is_dir()
    if there:
        return Need("模板", True, str(place))
    if templates.VARIABLE in os.environ:
        words = f"{place} 不是模板文件夹（环境变量 {templates.VARIABLE}）"
        return Need("模板", False, words, command=f"unset {templates.VARIABLE}")
    return Need("模板", False, f"{place} 中没有，请重新安装程序")


def _manual() -> Need:
    """Where the pages are that messages name: docs/writing.md and others."""
    place = shipped.folder("docs")
    there = (place / "writing.md").is_file()
    words = str(place) if there else "没有随程序安装，提示中说到的 docs/ 各页看不到"
    return Need("说明文档（docs/）", there, words, is_needed=False)


def _typesetter() -> Need:
    """WeasyPrint, which loads Pango as it is imported."""
    name = "排版（WeasyPrint、Pango）"
    try:
        import weasyprint
    except (ImportError, OSError):
        command = _install("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
        return Need(name, False, "没有它不能生成 PDF", command=command)
    return Need(name, True, f"WeasyPrint {weasyprint.__version__}")


def _fonts() -> Need:
    folder = fonts.folder()
    try:
        served = fonts.served_faces(folder)
    except MissingFonts:
        words = f"{folder} 中缺少 {'、'.join(fontsupply.missing(folder)) or '字体'}"
        command = "make fonts" if shipped.CHECKOUT else "publisher fonts"
        return Need("字体", False, words, command=command)
    named = "，".join(f"{face.face.name}：{face.family}" for face in served)
    return Need("字体", True, f"{folder}（{named}）")


def _office() -> Need:
    program = office.office()
    home = program.parent if program else None
    if home and all((home / name).exists() for name in ("libswlo.so", "libsclo.so")):
        return Need("LibreOffice", True, str(program), is_needed=False)
    return Need(
        "LibreOffice",
        False,
        "没有它照样生成全部文件，但 Word 文件的版面不测量，.doc 等旧格式不能读入",
        is_needed=False,
        command=_install("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
    )


def _git() -> Need:
    return _command("git", ["git"], "没有它不能与过去的版本对照，回稿时不知道改的是哪一版", "git")


def _browser() -> Need:
    names = ["xdg-open", "chromium", "chromium-browser", "google-chrome", "firefox", "open"]
    return _command("浏览器", names, "没有它在本机看不了预览（publisher serve）和网页", "chromium")


def _command(name: str, names: Sequence[str], without: str, package: str) -> Need:
    path = next(filter(None, map(shutil.which, names)), None)
    if path:
        return Need(name, True, path, is_needed=False)
    return Need(name, False, without, is_needed=False, command=_install(package))


def _install(*packages: str) -> str:
    """The command that installs packages of Debian; elsewhere their names there."""
    if shutil.which("apt-get"):
        sudo = "sudo " if shutil.which("sudo") else ""
        return f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"
    return f"安装本系统中与 Debian 的 {'、'.join(packages)} 对应的软件包"


def tell(needs: Sequence[Need], say: Callable[[str], None]) -> None:
    """Say what was found, a line each, and last what is to be done."""
    for need in needs:
        mark = "有" if need.is_there else "缺" if need.is_needed else "无"
        say(f"[{mark}] {need.name}：{need.words}")
        if need.command:
            say(f"     {need.command}")
    if is_ready(needs):
        say("可以生成公文。")
    else:
        say("还不能生成公文：请先运行标“缺”的各项下面的命令。")


def is_ready(needs: Sequence[Need]) -> bool:
    """Whether documents can be published here."""
    return all(need.is_there or not need.is_needed for need in needs)
