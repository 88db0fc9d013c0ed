"""How long publishing and comparing take, as ratios against others in the same run → a table.

Nothing is asserted: machines are noisy. Each time is the least of several runs, taken in turn.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from html import escape
from importlib.util import find_spec
from pathlib import Path

import bench_imports
import bench_tables
from publisher import fonts, pipeline, workers
from publisher.inspect import inspect_pdf, page_pictures
from publisher.model import Edition, SetTable
from publisher.renderers import ofd, pdf, text
from publisher.renderers.parts import parts_of
from publisher.setting.editions import edition_of

ROOT = Path(__file__).parents[1]
SLUG = "2025-work-points"
ALONE = "the PDF alone"
YARDSTICK = "the yardstick"
"""A page of HTML that never changes, made a PDF by WeasyPrint alone: all else is told by it."""
_PAGE = ROOT.parent / "shared" / "bench" / "print-yardstick.html"
COLD, BARE, UNCHANGED = "publish, cold", "publish, cold, no LibreOffice", "publish, unchanged"
CHECK, IMPORTS = "publisher check", "python with the imports of a check"
ROWS = (1000, 10_000)
EDITS = 100
MANY = {f"diff, {rows} rows, {EDITS} edits": f"many-{rows}" for rows in ROWS}
"""By the name of the case, the folder of both versions."""
TAKEN_BACK = "take-back, forty edits"
_TAKE_BACK = ("take-back", "returned.docx")
_NEEDED = """\
import click, pydantic, rapidfuzz.distance, rapidfuzz.fuzz, rjieba
import publisher.checks, publisher.cli, publisher.pipeline, publisher.readers
from markdown import Markdown
from ruamel.yaml import YAML
"""
"""What a check of a document imports, and nothing more."""
IN_PARTS = "the PDF alone, two processes"
BY_YARDSTICK = (BARE, COLD, ALONE, IN_PARTS, TAKEN_BACK, "weasyprint, same HTML")
RUNS = 3


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(ROOT / "content", place / "content")
        _prepare(place)
        cases = _cases(place)
        times = {name: [] for name in cases}  # type: dict[str, list[float]]
        for _ in range(RUNS):
            for name, run in cases.items():
                times[name].append(run())
        folders = {"diff, forty edits": "edited", **MANY}
        peaks = {name: _peak(place, *_diff(*_both(folder))) for name, folder in folders.items()}
        _print({name: min(taken) for name, taken in times.items()})
        for name, memory in peaks.items():
            print(f"{name + ': memory of its largest process':60}{memory:6.0f} MB")
        _print_publishing_rows(place, times)
        bench_tables.print_taken(place)
        bench_imports.print_taken(place / "imports")


def _prepare(place: Path) -> None:
    """What the others work on: the same HTML for WeasyPrint, our own DOCX for LibreOffice."""
    faces = fonts.served_faces(fonts.folder())
    fonts.use(faces, fonts.folder())
    document, _, reconciliations = pipeline.read(place / "content", SLUG)
    assert document is not None
    (place / "print.html").write_text(
        pdf.html(edition_of(document, reconciliations), faces), "utf-8"
    )
    _run(place, *_publish("first"))
    _run(place, sys.executable, str(ROOT / "tests" / "edited.py"), "edited")
    for rows, folder in zip(ROWS, MANY.values(), strict=True):
        _write_many_rows(place / folder, rows)
    shutil.copy(place / "first" / SLUG / "document.docx", place / "document.docx")
    _edit(place / "document.docx", place / "returned.docx")


def _cases(place: Path) -> dict[str, Callable[[], float]]:
    def cold() -> float:
        shutil.rmtree(place / "build", ignore_errors=True)
        return _run(place, *_publish("build"))

    def bare() -> float:
        shutil.rmtree(place / "bare", ignore_errors=True)
        return _run(place, *_publish("bare"), path=_without_office(place))

    page = _PAGE if _PAGE.is_file() else place / "print.html"
    cases: dict[str, Callable[[], float]] = {
        YARDSTICK: lambda: _run(place, *_weasyprint(page)),
        BARE: bare,
        COLD: cold,
        UNCHANGED: lambda: _run(place, *_publish("build")),
        CHECK: lambda: _run(place, *_check("content")),
        IMPORTS: lambda: _run(place, sys.executable, "-c", _NEEDED),
        **{f"{CHECK}, {rows} rows": partial(_run_check, place, rows) for rows in ROWS},
        "diff, forty edits": lambda: _run(place, *_diff(*_both("edited"))),
        TAKEN_BACK: lambda: _run(place, sys.executable, "-m", "publisher", *_TAKE_BACK),
        **{name: partial(_run, place, *_diff(*_both(document))) for name, document in MANY.items()},
        "weasyprint, same HTML": lambda: _run(place, *_weasyprint(place / "print.html")),
    }
    document, _, reconciliations = pipeline.read(place / "content", SLUG)
    assert document is not None
    edition = edition_of(document, reconciliations)
    made = (place / "first" / SLUG / "document.pdf").read_bytes()
    cases[ALONE] = lambda: _timed(lambda: pdf.render(edition))
    cases["OFD of the PDF"] = lambda: _timed(lambda: ofd.render(edition, {"document.pdf": made}))
    cases[IN_PARTS] = partial(_in_parts, edition)
    cases["measuring the PDF"] = lambda: _timed(lambda: inspect_pdf("document.pdf", made))
    cases["measuring: pictures, beside it"] = lambda: _timed(lambda: page_pictures(made))
    if soffice := shutil.which("soffice"):
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        convert = (soffice, profile, "--headless", "--convert-to", "pdf", "document.docx")
        _run(place, *convert)  # the first run makes a profile
        cases["LibreOffice, our DOCX to PDF"] = lambda: _run(place, *convert)
    if shutil.which("pandoc"):
        by_pandoc = ("pandoc", "plain.html", "-o", "pandoc.docx")
        (place / "plain.html").write_text(_plain(edition), "utf-8")
        cases["pandoc, the same words to DOCX"] = lambda: _run(place, *by_pandoc)
    if find_spec("typst"):
        (place / "notice.typ").write_text(_typst(edition), "utf-8")
        compile_ = "import typst; typst.compile('notice.typ', output='typst.pdf')"
        cases["typst, the same words"] = lambda: _run(place, sys.executable, "-c", compile_)
    return cases


def _weasyprint(page: Path) -> tuple[str, ...]:
    command = (sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1")
    return (*command, str(page), "weasyprint.pdf")


def _without_office(place: Path) -> str:
    """A PATH on which no LibreOffice is: no other program is needed to publish."""
    (place / "no-programs").mkdir(exist_ok=True)
    return str(place / "no-programs")


def _in_parts(edition: Edition) -> float:
    """From the first part to the PDF, by two processes that are ready."""
    with ExitStack() as stack:
        executor = workers.start(2, of=pipeline.SLOWEST)
        stack.callback(workers.end, executor)
        for ready in [executor.submit(time.sleep, 0.1) for _ in range(2)]:
            ready.result()
        start = time.perf_counter()
        parts = parts_of(edition, 2)
        drawn = [executor.submit(pdf.set_part, part) for part in parts]
        executor.submit(pdf.join, edition, parts, [each.result() for each in drawn]).result()
        return time.perf_counter() - start


# -- the same words for others ----------------------------------------------------------


def _words(edition: Edition) -> tuple[list[str], list[list[str]]]:
    """The paragraphs of the text, and the rows of its table, as plain words."""
    *paragraphs, _ = text.render(edition)["document.txt"].decode().split("\n")
    tables = (attachment.content for attachment in edition.attachments)
    rows = [row for table in tables if isinstance(table, SetTable) for row in table.rows]
    return paragraphs, [["；".join(cell.items) for cell in row.cells] for row in rows]


def _plain(edition: Edition) -> str:
    paragraphs, rows = _words(edition)
    shown = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    cells = ("".join(f"<td>{escape(words)}</td>" for words in row) for row in rows)
    return f"<title>.</title>{shown}<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _typst(edition: Edition) -> str:
    """The same for typst, on pages of the standard in the font that serves."""
    face = fonts.served_faces(fonts.folder())[0]
    paragraphs, rows = _words(edition)
    page = f'#set page(paper: "a4")\n#set text(font: "{face.family}", size: 16pt)\n'
    shown = "\n\n".join(f"#{json.dumps(words, ensure_ascii=False)}" for words in paragraphs)
    cells = ", ".join(json.dumps(words, ensure_ascii=False) for row in rows for words in row)
    return f"{page}{shown}\n#table(columns: {len(rows[0])}, {cells})\n"


def _timed(call: Callable[[], object]) -> float:
    """Seconds of this process's own work: other programs on the machine do not count."""
    start = time.process_time()
    call()
    return time.process_time() - start


def _check(content: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "publisher", "check", "--content", content)


def _edit(source: Path, target: Path) -> None:
    """A Word file with other words in forty of its runs."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                runs = part.decode().split("，")
                step = max(len(runs) // 40, 1)
                parts = ("，并及时报告，" if n % step == 0 else "，" for n in range(1, len(runs)))
                part = "".join(
                    [runs[0], *(a + b for a, b in zip(parts, runs[1:], strict=True))]
                ).encode()
            new.writestr(name, part)


def _run_check(place: Path, rows: int) -> float:
    """A check of a plan and table of so many rows, each tenth of which differs from the plan."""
    content = place / f"rows-{rows}"
    if not content.exists():
        _write_rows(place, content, rows)
    return _run(place, *_check(content.name))


def _write_rows(place: Path, content: Path, rows: int) -> None:
    """The real notice with a plan and a table of made sentences."""
    shutil.copytree(place / "content", content)
    folder = content / SLUG
    (folder / "accepted.yaml").unlink()
    header, *tasks = csv.reader((folder / "tasks.csv").read_text("utf-8").splitlines())
    words = sorted({word for task in tasks for word in re.split("[，。；、“”]", task[2]) if word})
    chance = random.Random(rows)
    plan, table = ["现明确重点任务如下。"], [header]
    for number in range(1, rows + 1):
        if number % 20 == 1:
            heading = f"第{number}部分工作"
            plan += ["", f"# {heading}", ""]
        sentence = f"{'，'.join(chance.sample(words, 3))}，完成{number}项。"
        plan.append(sentence)
        listed = sentence.replace("完成", "做好") if number % 10 == 0 else sentence
        table.append([str(number), heading, listed, *chance.choice(tasks)[3:]])
    (folder / "plan.md").write_text("\n".join(plan), "utf-8")
    with (folder / "tasks.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)


def _publish(build: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "publisher", "publish", "--build", build)


def _diff(old: str, new: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "publisher", "diff", old, new)


def _both(folder: str) -> tuple[str, str]:
    return f"{folder}/old", f"{folder}/new"


def _write_many_rows(target: Path, count: int) -> None:
    """Two versions of the notice with many rows in its table, made of its own; a few edited."""
    chance = random.Random(1)
    with (ROOT / "content" / SLUG / "tasks.csv").open(encoding="utf-8", newline="") as file:
        header, *own = csv.reader(file)
    rows = [
        [str(n), f"第{n * 20 // count}组", f"{n}号事项：{row[2]}", *row[3:]]
        for n, row in enumerate((own * (count // len(own) + 1))[:count], 1)
    ]
    edited = [list(row) for row in rows]
    for n in range(EDITS):
        at = chance.randrange(len(edited))
        match n % 4:
            case 0:
                edited[at][3] = f"{n % 12 + 1}月{n % 28 + 1}日前"
            case 1:
                edited.insert(at, ["", *edited[at][1:2], f"新增的第{n}件事。", *edited[at][3:]])
            case 2:
                edited.insert(min(at + 9, len(edited) - 1), edited.pop(at))
            case _:
                edited.pop(at)
    for name, some in (("old", rows), ("new", edited)):
        shutil.copytree(ROOT / "content", target / name)
        path = target / name / SLUG / "tasks.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *some])


_MEASURED = """\
import ctypes, os, resource, subprocess, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # what its processes leave behind becomes its own
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(place: Path, *command: str, path: str = "") -> float:
    """The most memory that a command has at once, in megabytes.

    A small process starts it: what is started is charged with the memory of who starts it.
    """
    measured = (sys.executable, "-c", _MEASURED, *command)
    environment = os.environ | ({"PATH": path} if path else {})
    done = subprocess.run(measured, cwd=place, env=environment, check=True, capture_output=True)
    return int(done.stdout) / 1024


def _run(place: Path, *command: str, path: str = "") -> float:
    environment = os.environ | ({"PATH": path} if path else {})
    start = time.perf_counter()
    subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def _print_publishing_rows(place: Path, times: dict[str, list[float]]) -> None:
    """How long many rows take to be published once, and the largest process that did it."""
    yardstick = min(times[YARDSTICK])
    for rows in ROWS:
        name, content = f"publish, {rows} rows, no LibreOffice", f"rows-{rows}"
        command = (*_publish(f"built-{rows}"), "--content", content)
        start = time.perf_counter()
        memory = _peak(place, *command, path=_without_office(place))
        taken = time.perf_counter() - start
        told = f"{taken / yardstick:8.2f}  of {YARDSTICK}, {memory:.0f} MB"
        print(f"{name:40}{taken:9.2f}{told}")


def _print(times: dict[str, float]) -> None:
    cold, yardstick = times[COLD], times[YARDSTICK]
    print(f"{'':32}{'seconds':>9}{'ratio':>8}  of")
    for name, taken in times.items():
        if name == YARDSTICK:
            print(f"{name:32}{taken:9.2f}")
        elif name in BY_YARDSTICK or name.startswith(("typst", "pandoc", "LibreOffice")):
            print(f"{name:32}{taken:9.2f}{taken / yardstick:8.2f}  {YARDSTICK}")
        elif name.startswith(("publish,", "diff")):
            print(f"{name:32}{taken:9.2f}{taken / cold:8.2f}  a cold publish")
        elif name.startswith(f"{CHECK}, "):
            print(f"{name:32}{taken:9.2f}{taken / times[CHECK]:8.2f}  {CHECK}")
        elif name == IMPORTS:
            print(f"{name:32}{taken:9.2f}{times[CHECK] / taken:8.2f}  {CHECK} takes so many of it")
        elif name.startswith(("measuring", "OFD")):
            print(f"{name:32}{taken:9.2f}{taken / times[ALONE]:8.2f}  {ALONE}")
        else:
            print(f"{name:32}{taken:9.2f}{cold / taken:8.2f}  a cold publish takes so many of it")


if __name__ == "__main__":
    main()
