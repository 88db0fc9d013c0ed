"""The name of a compiled template → its code, kept where Python keeps that of the program.

To compile the templates of a page takes three times as long as to fill them. As with the program's
own code, what cannot be kept is compiled in each process anew, and nobody is told.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import NamedTemporaryFile

_FORMAT = 1
"""Another number where templates are compiled otherwise."""

_READABLE = 0o644
"""By whoever runs the program, as its own code is."""


def kept(name: str) -> bytes | None:
    """What was kept under a name; None where nothing was."""
    with suppress(OSError):
        return (_folder() / name).read_bytes()
    return None


def keep(name: str, code: bytes) -> None:
    """Keep code for further runs, if Python keeps that of the program."""
    folder = _folder()
    if sys.dont_write_bytecode or not folder.parent.is_dir():
        return
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=name, delete=False) as file:
            file.write(code)
        made = Path(file.name)
        made.chmod(_READABLE)
        made.replace(folder / name)  # whole or not at all


@cache
def _folder() -> Path:
    """One for each release of what compiles, beside the code of this module."""
    known = f"templates-{version('jinja2')}-{sys.implementation.cache_tag}-{_FORMAT}"
    return Path(cache_from_source(__file__)).parent / known
