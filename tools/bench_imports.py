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
from pathlib import Path

from publisher import fonts
from publisher.readers import read_bureau, read_document
from publisher.renderers import docx
from publisher.setting.editions import edition_of

ROOT = Path(__file__).parents[1]
YARDSTICK = ROOT.parent / "shared" / "bench" / "print-yardstick.html"
SLUG = "2025-work-points"
ROWS = (100, 1000)
RUNS = 3


def main() -> None:
    """Print what imports take."""
    print_taken(Path(sys.argv[1]).resolve())


def print_taken(place: Path) -> None:
    """Print the least of several runs of each, taken in turn."""
    place.mkdir(exist_ok=True)
    faces = fonts.served_faces(fonts.folder())
    fonts.use(faces, fonts.folder())
    for name, content, slug in _sources(place):
        (place / name).write_bytes(_word_of(content, slug))
    names = ["notice.docx", *(f"rows-{rows}.docx" for rows in ROWS)]
    times: dict[str, list[float]] = {name: [] for name in names}
    yardstick: list[float] = []
    for _ in range(RUNS):
        for name in names:
            times[name].append(_import(place, name))
        if YARDSTICK.is_file():
            yardstick.append(_run(place, *_print()))
    least = {name: min(taken) for name, taken in times.items()}
    few, many = (least[f"rows-{rows}.docx"] for rows in ROWS)
    print(f"\n{'import':32}{'seconds':>9}{'ratio':>8}  of")
    ratio = f"{least['notice.docx'] / min(yardstick):8.2f}" if yardstick else f"{'':8}"
    print(f"{'the real notice, DOCX':32}{least['notice.docx']:9.2f}{ratio}  the yardstick")
    print(f"{f'table, {ROWS[0]} rows':32}{few:9.2f}")
    print(f"{f'table, {ROWS[1]} rows':32}{many:9.2f}{many / few:8.2f}  {ROWS[0]} rows")


def _sources(place: Path) -> Iterator[tuple[str, Path, str]]:
    """What is made into Word files: name, content, slug."""
    yield "notice.docx", ROOT / "content", SLUG
    for rows in ROWS:
        yield f"rows-{rows}.docx", _with_rows(place / f"rows-{rows}", rows), SLUG


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


def _word_of(content: Path, slug: str) -> bytes:
    bureau, _ = read_bureau(content)
    document, _ = read_document(content / slug, bureau)
    assert document is not None
    return docx.render(edition_of(document, ()))["document.docx"]


def _import(place: Path, name: str) -> float:
    """One import into a content folder that has nothing yet."""
    for folder in ("imported", "report"):
        shutil.rmtree(place / folder, ignore_errors=True)
    command = (sys.executable, "-m", "publisher", "import", name, "--slug", "imported")
    return _run(place, *command, "--content", "imported", "--build", "report")


def _print() -> tuple[str, ...]:
    variant = ("--pdf-variant", "pdf/ua-1")
    return (sys.executable, "-m", "weasyprint", *variant, str(YARDSTICK), "yardstick.pdf")


def _run(place: Path, *command: str) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=place, env=os.environ, check=False, capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()  # 1: something is to be looked at
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
