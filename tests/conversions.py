"""Word files → PDFs of them, by one LibreOffice: to start it takes as long as to set twenty."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from publisher import fonts

# Else LibreOffice leaves out the blank page before a section that begins on an even one.
_KIND = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages": {"type": "boolean", "value": "false"}}'


def converted(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The PDFs of Word files by their names, as the program itself has them set."""
    paths = {name: folder / f"{name}.docx" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    faces = fonts.folder()
    fonts.use(fonts.served_faces(faces), faces)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", _KIND, "--outdir", str(folder)]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        [*command, *map(str, paths.values())],
        check=True,
        capture_output=True,
        timeout=280,
        env=environment,
    )
    return {name: path.with_suffix(".pdf").read_bytes() for name, path in paths.items()}
