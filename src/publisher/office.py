"""DOCX → PDF and pictures, old formats → DOCX by LibreOffice: no network, limited time."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, lru_cache, partial
from hashlib import md5, sha256
from itertools import chain
from pathlib import Path

from publisher import fonts, programs
from publisher.bounded import bounded
from publisher.files import Unreadable, contents
from publisher.outside import reaches_out, sealed
from publisher.wordfile import DOCUMENT, parts_of

TIMEOUT = 120
"""Seconds that LibreOffice may take."""
_FURTHER = 20
"""Seconds more for each further file that it is given at once."""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""
"""Follow no link, run no macro. 7.4 does not know DisableActiveContent, and passes it over."""

_ALONE = (
    # A network of its own, which has nothing in it.
    *("unshare", "--net", "--map-root-user", "--"),
    # Who starts it may be killed and clear nothing away: LibreOffice's several processes are a
    # family of their own, whose first one ends with who started it, and all others with that.
    *("setpriv", "--pdeathsig", "KILL", "--"),
    *("unshare", "--pid", "--fork", "--kill-child", "--"),
)


def office() -> Path | None:
    """Where LibreOffice is; None where it is not installed."""
    program = shutil.which("soffice")
    return Path(program).resolve() if program else None


def office_version() -> str:
    """What tells one LibreOffice from another, without starting it; empty where there is none."""
    program = office()
    if program is None:
        return ""
    try:
        return sha256((program.parent / "versionrc").read_bytes()).hexdigest()
    except OSError:
        return program.name


MOST_PARAGRAPHS = 10_000
"""Of a DOCX, those in cells too, for LibreOffice to set it: a notice of 30 pages has a thousand,
and with ten times as many the time that it has would run out, each time anew."""
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[ >]")
_TOO_LONG = f"段落（包括表格各格里的）超过 {MOST_PARAGRAPHS} 个，不用 LibreOffice 排版"
_NO_OFFICE = "没有安装 LibreOffice，不能排版"
_OUTSIDE = "文件引用了外部的文件，或嵌入了整份文件，为安全起见不用 LibreOffice 打开"


def why_not_set(parts: dict[str, bytes]) -> str:
    """Why LibreOffice is not to set a DOCX, in Chinese; empty where it is."""
    if reaches_out(parts):
        return _OUTSIDE
    if office() is None:
        return _NO_OFFICE
    paragraphs = sum(1 for _ in _PARAGRAPH.finditer(parts[DOCUMENT]))
    return _TOO_LONG if paragraphs > MOST_PARAGRAPHS else ""


def as_pdf(data: bytes, *, names_places: bool = False) -> bytes | None:
    """A DOCX as LibreOffice sets it, in the fonts that serve here; None where it does not.

    `names_places`: its bookmarks are places of the PDF, by about the same names.

    Give it what `outside.sealed` made: of what a file refers to, LibreOffice fetches what it can.
    """
    if not names_places and (known := _set_before.get(sha256(data).digest())):
        return known
    (pdf,) = _as_pdfs([data], names_places=names_places)
    return pdf


_set_before: dict[bytes, bytes] = {}
"""By the SHA-256 of a DOCX, how LibreOffice set it, while `together` lasts."""


@contextmanager
def together(files: Sequence[bytes]) -> Iterator[None]:
    """Inside, `as_pdf` knows these files: LibreOffice is started once for all of them, which takes
    it longer than to set a short one. What it does not set among others, `as_pdf` has set alone.
    """
    before = _set_before.copy()
    if len(files) > 1:
        made = zip(files, _as_pdfs(files), strict=True)
        _set_before.update((sha256(data).digest(), pdf) for data, pdf in made if pdf)
    try:
        yield
    finally:
        _set_before.clear()
        _set_before.update(before)


def _as_pdfs(files: Sequence[bytes], *, names_places: bool = False) -> list[bytes | None]:
    """The same for files that are set one after another by one LibreOffice."""
    program = office()
    if program is None:
        return [None] * len(files)
    where = fonts.folder()
    fonts.use(fonts.served_faces(where), where)
    # Else it leaves out the blank page before a section that begins on an even one.
    options = {"IsSkipEmptyPages": False} | ({_PLACES: True} if names_places else {})
    values = {
        name: {"type": "boolean", "value": str(is_so).lower()} for name, is_so in options.items()
    }
    pdfs = _all_converted(program, files, ".docx", f"pdf:writer_pdf_Export:{json.dumps(values)}")
    # Where the disk filled up, its end is missing.
    return [pdf if b"%%EOF" in pdf[-_TAIL:] else None for pdf in pdfs]


_TAIL = 1024
_PLACES = "ExportBookmarksToPDFDestination"


@lru_cache(maxsize=4)
def as_docx(data: bytes, suffix: str) -> bytes | None:
    """A file of another format, which its suffix names, as DOCX; None where it is not made.

    Give it what can fetch nothing: LibreOffice reads pictures that an old file names.
    """
    program = office()
    if program is None:
        return None
    docx = _converted(program, data, suffix, "docx:MS Word 2007 XML")
    return docx if zipfile.is_zipfile(io.BytesIO(docx)) else None


@lru_cache(maxsize=4)
def as_xlsx(data: bytes, suffix: str) -> bytes | None:
    """A workbook of another format, which its suffix names, as XLSX; None where it is not made."""
    program = office()
    if program is None:
        return None
    xlsx = _converted(program, data, suffix, "xlsx:Calc MS Excel 2007 XML")
    return xlsx if zipfile.is_zipfile(io.BytesIO(xlsx)) else None


def _converted(program: Path, data: bytes, suffix: str, kind: str) -> bytes:
    (made,) = _all_converted(program, [data], suffix, kind)
    return made


def _all_converted(program: Path, files: Sequence[bytes], suffix: str, kind: str) -> list[bytes]:
    """What LibreOffice makes of each file; nothing where it makes none."""
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return [_made(file) for file in _convert(program, Path(folder), files, suffix, kind)]
    except OSError:  # the disk is full
        return [b""] * len(files)


def _made(file: Path) -> bytes:
    try:
        return contents(file) if file.exists() else b""
    except (OSError, Unreadable):  # what it made is no file, or endless
        return b""


def _convert(
    program: Path, place: Path, files: Sequence[bytes], suffix: str, kind: str
) -> list[Path]:
    """Where the files are that it made; with a profile of its own, for two on one lose files."""
    settings = place / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, "utf-8")
    numbered = "" if len(files) == 1 else "-{}"
    given = [
        place / f"document{numbered.format(number)}{suffix}" for number in range(1, len(files) + 1)
    ]
    for file, data in zip(given, files, strict=True):
        file.write_bytes(data)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [str(program), profile, "--headless", "--norestore", "--convert-to", kind]
    command += ["--outdir", str(place), *map(str, given)]
    seconds = TIMEOUT + _FURTHER * (len(files) - 1)
    # Temporary files too: of what does not end by itself, they stay.
    environment = {**os.environ, "HOME": str(place), "TMPDIR": str(place)}
    try:
        with suppress(subprocess.TimeoutExpired, programs.TooMuch):
            programs.run([*_alone(), *command], seconds, environment=environment)
    finally:
        for socket in _sockets((place / "profile").as_uri()):
            with suppress(OSError):
                socket.unlink()
    return [file.with_suffix(f".{kind.partition(':')[0]}") for file in given]


_LISTENING = (Path("/tmp"), Path("/var/tmp"))
"""Where it makes its sockets, whatever folder is set for what is temporary."""


def _sockets(profile: str) -> list[Path]:
    """At what a LibreOffice listens; it removes that itself, unless it is ended."""
    digest = md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    sockets = (each.glob(f"OSL_PIPE_*_SingleOfficeIPC_{name}") for each in _LISTENING)
    return [*chain.from_iterable(sockets)]


# -- pages as pictures ------------------------------------------------------------------

MOST_PAGES = 60
"""That are drawn of a file: whoever looks for more has the file itself."""
_PAGE_DPI, _POINTS_PER_INCH, _COLORS = 96, 72, 32
_DRAWING_SECONDS = 60


def pages(data: bytes) -> tuple[bytes, ...] | None:
    """The first pages of a DOCX as PNG, as LibreOffice sets them; None where it does not."""
    try:
        parts = parts_of(data)
        pdf = None if why_not_set(parts) else as_pdf(sealed(parts))
        return None if pdf is None else bounded(partial(_drawn, pdf), _DRAWING_SECONDS)
    except Unreadable:
        return None


def _drawn(pdf: bytes) -> tuple[bytes, ...]:
    import pypdfium2

    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(len(document), MOST_PAGES)):
            shown = document[number].render(scale=_PAGE_DPI / _POINTS_PER_INCH).to_pil()
            file = io.BytesIO()
            shown.convert("RGB").quantize(_COLORS).save(file, "PNG", optimize=True)
            pictures.append(file.getvalue())
    return tuple(pictures)


@cache
def _alone() -> tuple[str, ...]:
    """What a command begins with that shall have no network; nothing where the system forbids."""
    try:
        return () if programs.run([*_ALONE, "true"], TIMEOUT).returncode else _ALONE
    except (OSError, subprocess.TimeoutExpired):
        return ()
