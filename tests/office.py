"""`python3 office.py (SOURCE TARGET accept|reject)...`: LibreOffice's own accepting and rejecting.

Runs with the Python that knows UNO, which is not that of the tests; `resolved` calls it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    document = desktop.loadComponentFromURL(
        Path(source).as_uri(), "_blank", 0, (_property("Hidden", True),)
    )
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    document.storeToURL(Path(target).as_uri(), (_property("FilterName", "MS Word 2007 XML"),))
    document.close(True)


def _property(name: str, value: object) -> Any:
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    main(sys.argv[1:])
