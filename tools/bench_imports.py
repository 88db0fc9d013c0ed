"""Files of our own, imported → how long that takes, against a print of a page and by their rows.

`bench_imports.py FOLDER`, an empty one. An import is `publisher import` as its user runs it, with
what is written and the report; the yardstick is WeasyPrint with a page that lies beside it all.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from publisher import fonts
from publisher.readers import read_bureau, read_document
from publisher.renderers import docx
from publisher.setting.editions import edition_of

ROOT = Path(__file__).parents[1]
YARDSTICK = ROOT.parent / "shared" / "bench" / "print-yardstick.html"
SLUG = "2025-work-points"
_ROWS = {"a table of 100 rows": 100, "a table of 1,000 rows": 1000}
NOTICE = "the real notice"
WITH_PICTURES = "the same, with pictures of its pages"
BY_PRINTING = "the yardstick, printed by WeasyPrint"
RUNS = 3


def main() -> None:
    """Print what imports take."""
    print_taken(Path(sys.argv[1]).resolve())


def print_taken(place: Path) -> None:
    """Print the least of several runs of each, taken in turn."""
    place.mkdir(exist_ok=True)
    faces = fonts.served_faces(fonts.folder())
    fonts.use(faces, fonts.folder())
    for name, content in _sources(place):
        (place / f"{name}.docx").write_bytes(_word_of(content))
    cases = {name: partial(_import, place, f"{name}.docx") for name in (NOTICE, *_ROWS)}
    if shutil.which("soffice"):
        cases[WITH_PICTURES] = partial(_import, place, f"{NOTICE}.docx", os.environ["PATH"])
    if YARDSTICK.is_file():
        cases[BY_PRINTING] = partial(_run, place, *_print())
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(RUNS):
        for name, run in cases.items():
            times[name].append(run())
    _print_times({name: min(taken) for name, taken in times.items()})


def _print_times(times: dict[str, float]) -> None:
    print(f"\n{'import':42}{'seconds':>9}{'ratio':>8}  of")
    few, many = _ROWS
    against = {NOTICE: BY_PRINTING, WITH_PICTURES: BY_PRINTING, many: few}
    for name, taken in times.items():
        other = against.get(name, "")
        ratio = f"{taken / times[other]:8.2f}  {other}" if other in times else ""
        print(f"{name:42}{taken:9.2f}{ratio}")


def _sources(place: Path) -> Iterator[tuple[str, Path]]:
    """What is made into Word files: name and content."""
    yield NOTICE, ROOT / "content"
    for name, rows in _ROWS.items():
        yield name, _with_rows(place / f"content-{rows}", rows)


def _with_rows(content: Path, count: int) -> Path:
    """The real notice, its table that long."""
    shutil.copytree(ROOT / "content", content)
    path = content / SLUG / "tasks.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *own = csv.reader(file)
    rows = (own * (count // len(own) + 1))[:count]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *([str(n), *row[1:]] for n, row in enumerate(rows, 1))])
    return content


def _word_of(content: Path) -> bytes:
    bureau, _ = read_bureau(content)
    document, _ = read_document(content / SLUG, bureau)
    assert document is not None
    return docx.render(edition_of(document, ()))["document.docx"]


def _import(place: Path, name: str, path: str = "") -> float:
    """One import into a content folder that has nothing yet; without programs on the path, there
    are no pictures of pages.
    """
    for folder in ("imported", "report"):
        shutil.rmtree(place / folder, ignore_errors=True)
    command = (sys.executable, "-m", "publisher", "import", name, "--slug", "imported")
    return _run(place, *command, "--content", "imported", "--build", "report", path=path)


def _print() -> tuple[str, ...]:
    variant = ("--pdf-variant", "pdf/ua-1")
    return (sys.executable, "-m", "weasyprint", *variant, str(YARDSTICK), "yardstick.pdf")


def _run(place: Path, *command: str, path: str | None = None) -> float:
    environment = {**os.environ} if path is None else {**os.environ, "PATH": path}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=place, env=environment, check=False, capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()  # 1: something is to be looked at
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
