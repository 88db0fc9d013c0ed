"""One LibreOffice for many files: it accepts and rejects their changes, or converts them.

    python3 office.py (SOURCE TARGET accept|reject)...
    python3 office.py, and lines of JSON, [SOURCE, TARGET]: each is answered by a line

Runs with the Python that knows UNO, which is not that of the tests; `resolved` and `converting`
call it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

COMMANDS = {
    "accept": ".uno:AcceptAllTrackedChanges",
    "reject": ".uno:RejectAllTrackedChanges",
}
_PYTHONS = ("/usr/bin/python3", "python3")


def python() -> str | None:
    """A Python that can talk to LibreOffice; None where there is none."""
    beside = Path(shutil.which("soffice") or "/").resolve().with_name("python")
    for name in (*_PYTHONS, str(beside)):
        found = shutil.which(name)
        if (
            found
            and not subprocess.run([found, "-c", "import uno"], capture_output=True).returncode
        ):
            return found
    return None


def resolved(program: str, folder: Path, files: dict[str, bytes]) -> dict[tuple[str, str], bytes]:
    """Each file with all changes accepted, and with all rejected: by its name and how."""
    jobs = []
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
        for how in COMMANDS:
            jobs += [str(folder / f"{name}.docx"), str(folder / f"{name}-{how}.docx"), how]
    subprocess.run([program, __file__, *jobs], check=True, capture_output=True, timeout=300)
    return {
        (name, how): (folder / f"{name}-{how}.docx").read_bytes()
        for name in files
        for how in COMMANDS
    }


@contextmanager
def converting(program: str) -> Iterator[Callable[[bytes, str, str], bytes]]:
    """(file, its suffix, another suffix) → the file as LibreOffice saves it; started once."""
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [program, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server,
    ):
        asked, answers = server.stdin, server.stdout
        assert asked
        assert answers
        numbers = count()

        def convert(data: bytes, suffix: str, into: str) -> bytes:
            # Processes that were forked off may ask too: each name is asked for once.
            name = f"{os.getpid()}-{next(numbers)}"
            source = Path(folder, f"{name}{suffix}")
            target = Path(folder, f"{name}-saved.{into}")
            source.write_bytes(data)
            print(json.dumps([str(source), str(target)]), file=asked, flush=True)
            assert answers.readline() == f"{target}\n"
            return target.read_bytes()

        yield convert
        asked.close()


FILTERS = {
    ".docx": ("MS Word 2007 XML", ""),
    ".doc": ("MS Word 97", ""),
    ".odt": ("writer8", ""),
    ".rtf": ("Rich Text Format", ""),
    ".txt": ("Text (encoded)", "UTF8"),
    ".xlsx": ("Calc MS Excel 2007 XML", ""),
    ".xls": ("MS Excel 97", ""),
    ".ods": ("calc8", ""),
}
"""As what it saves a file, and how."""


# -- inside of the Python that knows UNO ----------------------------------------------------


@contextmanager
def running() -> Iterator[Any]:
    """The context of a LibreOffice with a profile of its own, which ends with it."""
    with tempfile.TemporaryDirectory() as place:
        pipe = f"tests{os.getpid()}"
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={Path(place, 'profile').as_uri()}",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp;",
            ],
            env={**os.environ, "HOME": place},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield _connected(pipe)
        finally:
            office.terminate()
            office.wait(30)


def main(jobs: list[str]) -> None:
    with running() as context:
        for source, target, how in zip(jobs[::3], jobs[1::3], jobs[2::3], strict=True):
            _resolve(context, source, target, COMMANDS[how])


def serve() -> None:
    with running() as context:
        for line in sys.stdin:
            source, target = json.loads(line)
            document = opened(context, source)
            save(document, Path(target))
            document.close(True)
            print(target, flush=True)


def _connected(pipe: str) -> Any:
    import uno  # type: ignore[import-not-found]

    here = uno.getComponentContext()
    bridge = here.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", here
    )
    for _ in range(600):
        try:
            return bridge.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # until it listens
            time.sleep(0.1)
    raise TimeoutError("LibreOffice does not answer")


def _resolve(context: Any, source: str, target: str, command: str) -> None:
    services = context.ServiceManager
    dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    document = opened(context, source)
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    save(document, Path(target))
    document.close(True)


def save(document: Any, target: Path) -> None:
    """As the suffix of its new name says."""
    name, options = FILTERS[target.suffix]
    document.storeToURL(
        target.as_uri(), (_property("FilterName", name), _property("FilterOptions", options))
    )


def opened(context: Any, source: str) -> Any:
    """A document that nobody sees. One with comments ends LibreOffice 7.4."""
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    return desktop.loadComponentFromURL(
        Path(source).as_uri(), "_blank", 0, (_property("Hidden", True),)
    )


def _property(name: str, value: object) -> Any:
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    if sys.argv[1:]:
        main(sys.argv[1:])
    else:
        serve()
