"""All contents of the tests, and some by chance → every file made of them, for `diff -rq`.

    outputs.py before                 # then change what is to change nothing
    outputs.py after; diff -rq before after

What a manifest says of the program is left out: it is what changed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
SLUG = "case"
sys.path.insert(0, str(TESTS))

import edited  # noqa: E402


def main() -> None:
    """Write the files; what commands print stands beside them."""
    asked = _asked()
    asked.into.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        published = {**_made(), **_by_chance(place, asked.random)}
        edited.versions(place / "edited")
        compared = {"edited": place / "edited"}
        compared |= {name: place / name for name in published if (place / name / "new").is_dir()}
        with ThreadPoolExecutor(asked.jobs) as executor:
            for name, content in published.items():
                executor.submit(_publish, name, content, asked.into)
            for name, both in compared.items():
                executor.submit(_diff, name, both, asked.into)
    for manifest in asked.into.rglob("manifest.json"):
        manifested = json.loads(manifest.read_bytes())
        kept = {key: value for key, value in manifested.items() if key not in ("inputs", "tools")}
        manifest.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make everything of everything.")
    parser.add_argument("into", type=Path, help="a folder that is not there yet")
    parser.add_argument("-j", "--jobs", type=int, default=2, help="commands at a time")
    parser.add_argument("--random", type=int, default=10, help="documents by chance")
    return parser.parse_args()


def _made() -> dict[str, Path]:
    """The folders of content that there are, by the name of what is made of each."""
    plans = {f"plans-{folder.name}": folder for folder in sorted((TESTS / "plans").iterdir())}
    made = {"documents": TESTS / "documents", "notices": TESTS / "notices"}
    return {"real": ROOT / "content", **made, **plans}


# -- documents by chance ----------------------------------------------------------------


def _by_chance(place: Path, count: int) -> dict[str, Path]:
    """So many documents put together from those that there are, each in two versions."""
    places = {}
    for number in range(count):
        name = f"random-{number}"
        _write(place / name, random.Random(number))
        places[name] = place / name / "old"
    return places


def _write(both: Path, chance: random.Random) -> None:
    """A document whose front matter is one's and whose text is many's; and the same, edited."""
    sources = [
        path
        for name, made in _made().items()
        if name != "notices"  # which hold errors
        for path in sorted(made.glob("*/document.md"))
    ]
    source = chance.choice(sources)
    shutil.copytree(source.parent, both / "old" / SLUG)
    shutil.copy(source.parents[1] / "bureau.yaml", both / "old")
    with (both / "old" / "bureau.yaml").open("a", encoding="utf-8") as bureau:
        bureau.write(chance.choice(("", "", "\n版面: 版心网格\n")))
    texts = [
        block for source in sources for path in source.parent.glob("*.md") for block in _text(path)
    ]
    for path in sorted((both / "old" / SLUG).glob("*.md")):
        blocks = chance.sample(texts, chance.randrange(1, 60))
        own = [*_text(path), *blocks] if chance.random() < 0.5 else blocks
        path.write_text(_front(path) + "\n\n".join(own) + "\n", "utf-8")
    shutil.copytree(both / "old", both / "new")
    for path in sorted((both / "new" / SLUG).iterdir()):
        if path.suffix in (".md", ".csv"):
            _edit(path, chance)


def _front(path: Path) -> str:
    match = re.match("---\n.*?\n---\n+", path.read_text("utf-8"), re.DOTALL)
    return match[0] if match else ""


def _text(path: Path) -> list[str]:
    text = path.read_text("utf-8")[len(_front(path)) :]
    return [block for block in text.strip().split("\n\n") if block.strip()]


def _edit(path: Path, chance: random.Random) -> None:
    """Lines of a table, or blocks of a text: some deleted, moved, doubled or reworded."""
    is_table = path.suffix == ".csv"
    parting = "\n" if is_table else "\n\n"
    head = path.read_text("utf-8").split("\n", 1)[0] + "\n" if is_table else _front(path)
    pieces = path.read_text("utf-8")[len(head) :].strip("\n").split(parting)
    for _ in range(chance.randrange(8)):
        at, to = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0 if len(pieces) > 2:
                del pieces[at]
            case 1:
                pieces.insert(to, pieces.pop(at))
            case 2:
                pieces.insert(to, pieces[at])
            case _:
                pieces[at] = re.sub("[的和工作]", "全面", pieces[at], count=2)
    path.write_text(head + parting.join(pieces) + "\n", "utf-8")


# -- what is made of them ---------------------------------------------------------------


def _publish(name: str, content: Path, into: Path) -> None:
    build = into / name
    said = _run("publish", "--content", str(content), "--build", str(build))
    said += _run("check", "--content", str(content))
    (into / f"{name}.txt").write_text(said.replace(str(into), ""), "utf-8")
    (build / ".lock").unlink(missing_ok=True)


def _diff(name: str, both: Path, into: Path) -> None:
    build = into / f"{name}-compared"
    when = ("--author", "审阅", "--date", "2025-03-01")
    said = _run("diff", "old", "new", "--build", str(build), *when, at=both)
    (into / f"{name}-compared.txt").write_text(said.replace(str(into), ""), "utf-8")


def _run(*arguments: str, at: Path = ROOT) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "publisher", *arguments],
        cwd=at,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return f"{run.stdout}{run.returncode}\n"


if __name__ == "__main__":
    main()
