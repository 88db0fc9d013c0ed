"""Files that LibreOffice reads first, as `import`, `textconv`, `inspect` and checks take them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random

import seeds
from engine import Broken, Target
from grammars import OPEN_FORMAT, RTF
from intake_targets import taken_in, workbooks
from mutations import of_compound, of_package, of_text, pack, part_of, unpack

from publisher import office
from publisher.inspect import inspect_docx
from publisher.textconv import text_of
from publisher.traces import traces_in


def _hold(holds: object, promise: str, about: object = "") -> None:
    if not holds:
        raise Broken(promise, about)


def _read(suffix: str) -> Callable[[bytes], str]:
    take = taken_in(suffix)

    def read(data: bytes) -> str:
        with leaving_nothing():
            _hold(text_of(data).startswith("（"), "to textconv it is no Word file")
            _hold(inspect_docx("a.docx", data).problem, "to inspect it is no Word file")
            traces_in(data, f"a{suffix}")
            return take(data)

    return read


@contextmanager
def leaving_nothing() -> Iterator[None]:
    """Whatever other programs were run, no process and no file of theirs is left behind."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            yield
            left = [path.name for path in Path(folder).iterdir()]
            _hold(not left, "no file is left behind", left)
            _hold(_have_ended(folder), "no process is left behind")
        finally:
            tempfile.tempdir = before


_PATIENCE, _STEP = 5.0, 0.02


def _have_ended(folder: str) -> bool:
    """Whether no process has anything to do with a folder; the system ends one when it can."""
    until = time.monotonic() + _PATIENCE
    while any(folder.encode() in words for words in _commands()):
        if time.monotonic() > until:
            return False
        time.sleep(_STEP)
    return True


def _commands() -> Iterator[bytes]:
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield process.read_bytes()
        except OSError:  # it has ended meanwhile
            continue


# -- seeds ------------------------------------------------------------------------------

_NEEDLESS = ("Thumbnails/", "Configurations2/", "settings.xml", "manifest.rdf")
"""Parts of open formats in which no words stand."""


@cache
def _saved(source: str, suffix: str) -> tuple[bytes, ...]:
    """Documents of ours as LibreOffice saves them."""
    program = office.office()
    assert program, "needs LibreOffice"
    files = seeds.word_files() if source == ".docx" else workbooks()
    saved = office._all_converted(program, files, source, suffix[1:])
    assert all(saved), f"LibreOffice saves no {suffix}"
    return tuple(map(_reduced, saved))


def _reduced(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    parts = unpack(data)
    return pack({name: part for name, part in parts.items() if not name.startswith(_NEEDLESS)})


def _target(
    suffix: str,
    source: str,
    mutate: Callable[[Random, Sequence[bytes]], bytes],
    saved_as: str = "",
) -> Target:
    return Target(
        f"import-{suffix[1:]}",
        suffix,
        lambda: _saved(source, saved_as or suffix),
        mutate,
        _read(suffix),
        300,
        1,
        needs_office=True,
        patience=400,
        memory=None,
    )


_of_open_format = of_package(part_of(OPEN_FORMAT))

OFFICE = (
    _target(".doc", ".docx", of_compound),
    _target(".wps", ".docx", of_compound, ".doc"),
    _target(".odt", ".docx", _of_open_format),
    _target(".rtf", ".docx", of_text(RTF)),
    _target(".xls", ".xlsx", of_compound),
    _target(".et", ".xlsx", of_compound, ".xls"),
    _target(".ods", ".xlsx", _of_open_format),
)
